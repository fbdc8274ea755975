"""Names after each other in a sentence, and the first of many."""

from kpi.domain import wording
from kpi.domain.wording import shortlist
from tests.tables import for_each


@for_each(
    ("names", "text"),
    [
        ([], ""),
        (["Aarhus"], "Aarhus"),
        (["Aarhus", "Odense"], "Aarhus og Odense"),
        (["Aarhus", "Odense", "Randers"], "Aarhus, Odense og Randers"),
    ],
)
def test_listing(names: list[str], text: str) -> None:
    assert wording.listing(names) == text


@for_each(
    ("count", "text"),
    [
        (1, "1"), (2, "1 og 2"), (8, "1, 2, 3, 4, 5, 6, 7 og 8"), (9, "1, 2, 3, 4, 5 og 4 til"),
        (1205, "1, 2, 3, 4, 5 og 1.200 til"),
    ],
)  # fmt: skip
def test_of_many_names_the_first_are_listed(count: int, text: str) -> None:
    assert shortlist([str(number) for number in range(1, count + 1)]) == text


@for_each(
    ("names", "most", "count", "text"),
    [
        ([], 3, None, ""),
        (["A"], 3, None, "A"),
        (["A", "B", "C"], 3, None, "A, B og C"),
        (["A", "B", "C", "D"], 3, None, "A, B, C og 1 til"),
        (["A", "B"], 2, 7, "A, B og 5 til"),
        (["A", "B"], 1, None, "A og 1 til"),
    ],
)
def test_the_first_of_several_are_listed(
    names: list[str], most: int, count: int | None, text: str
) -> None:
    assert wording.first_listed(names, most, count) == text
