"""A table in one test: every case is tried, and every one that fails is named."""

import inspect

import pytest

from tests.tables import for_each
from tests.tiers import as_if


def test_every_failing_case_is_named_and_the_others_are_tried() -> None:
    tried = []

    @for_each(("word", "length"), [("en", 2), ("to", 3), ("tre", 3), ("fire", 5)])
    def test_lengths(word: str, length: int) -> None:
        tried.append(word)
        assert len(word) == length

    with pytest.raises(
        ExceptionGroup, match="2 of 4 cases: word='to', length=3; word='fire'"
    ) as failed:
        test_lengths()
    assert tried == ["en", "to", "tre", "fire"]
    assert [failure.__notes__ for failure in failed.value.exceptions] == [
        ["Case: word='to', length=3"],
        ["Case: word='fire', length=5"],
    ]


def test_an_error_and_what_was_not_raised_are_failures_as_well() -> None:
    @for_each("number", [0, pytest.param(1, id="the first"), 2])
    def test_division(number: int) -> None:
        if number == 1:
            pytest.fail("no")
        assert 1 / number

    with pytest.raises(BaseExceptionGroup, match="2 of 3 cases: number=0; the first"):
        test_division()


def test_a_table_of_tables_names_both_cases_and_leaves_the_fixtures() -> None:
    @for_each("first", [1, 2])
    @for_each("second", [3, 4])
    def test_sums(first: int, second: int, limit: int) -> None:
        assert first + second < limit

    assert [*inspect.signature(test_sums).parameters] == ["limit"]
    test_sums(limit=7)
    with pytest.raises(ExceptionGroup, match=r"1 of 2 cases: first=2") as failed:
        test_sums(limit=6)
    assert "1 of 2 cases: second=4" in str(failed.value.exceptions[0])


@pytest.mark.parametrize(
    ("is_whole_run", "slow", "tried"),
    [(False, True, [0, 9]), (False, False, [*range(10)]), (True, True, [*range(10)])],
)
def test_of_slow_cases_some_are_tried(is_whole_run: bool, slow: bool, tried: list[int]) -> None:
    of_folder, at_hand, whole, of_tables = [], [], [], []

    @for_each("number", range(10))
    def test_folder(number: int, folder: str) -> None:
        of_folder.append(number)

    @for_each("number", range(10))
    def test_store(number: int, store: str) -> None:
        at_hand.append(number)

    @pytest.mark.every_case
    @for_each("number", range(10))
    def test_whole(number: int, folder: str) -> None:
        whole.append(number)

    @for_each("first", range(10))
    @for_each("second", range(10))
    def test_pairs(first: int, second: int, store: str) -> None:
        of_tables.append((first, second))

    with as_if(is_whole_run):
        test_folder(folder="") if slow else test_store(store="")
        test_whole(folder="")
        test_pairs(store="")
    assert (of_folder if slow else at_hand) == tried
    assert whole == [*range(10)]
    assert len(of_tables) == 100


def test_no_cases_and_marked_cases_are_refused() -> None:
    with pytest.raises(AssertionError, match="tests nothing"):
        for_each("number", [])
    with pytest.raises(AssertionError, match="marked case"):
        for_each("number", [pytest.param(1, marks=pytest.mark.soak)])
    with pytest.raises(ValueError, match="zip"):
        for_each("first, second", [(1, 2, 3)])
