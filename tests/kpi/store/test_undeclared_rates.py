"""Shares, means, rates and amounts of nobody knows whom, beside hidden numbers."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from kpi.domain.errors import RowsRefusedError
from kpi.domain.whom import OF_NONE, Named, may_be_of_any
from kpi.ingest.mapping.choices import Choices
from kpi.ingest.table.raw import Upload
from kpi.store import open_store
from kpi.store.adding import add
from kpi.store.uploads import PublishedUpload, check_file, publish
from kpi.views.addition_lines import addition_word
from tests.kpi.store.test_implied_elsewhere import HEAD, made
from tests.tables import for_each

pytestmark = pytest.mark.whole_check

SMALL = "people;gellerup;all;2024;3;;\npeople;viby_syd;all;2024;60;;\n"
MARKS = "marks;gellerup;all;2024;7,4;;\nmarks;viby_syd;all;2024;6,2;;\n"


def upload(rows: str) -> Upload:
    """A file of our template."""
    return Upload("a.csv", (HEAD + rows).encode())


def published(home: Path, rows: str) -> PublishedUpload:
    """The rows, published whatever is doubted of them."""
    done = publish(upload(rows), Choices(scale=1.0), "Ida", "x", home)
    assert done.batch_id
    return done


def warned(done: PublishedUpload) -> list[str]:
    """The indicators of which the check asks whom they are of."""
    return [each.value or "" for each in done.checked.problems if each.code == "undeclared_whom"]


def hidden(home: Path) -> set[tuple[str, str]]:
    """Where a number is hidden today."""
    store = open_store(home)
    figures = store.series(["people", "cases", "share", "marks"])
    store.close()
    return {(row.indicator_id, row.area_id) for row in figures if row.value is None}


@pytest.mark.parametrize("files", [(SMALL + MARKS,), (MARKS, SMALL), (SMALL, MARKS)])
def test_a_mean_beside_few_is_hidden_whichever_file_comes_first(
    home: Path, files: Sequence[str]
) -> None:
    """7,4 of three, if it is of them; whoever publishes the second of the two is told."""
    made(home, of="", people="count", marks="mean")
    *_, last = [published(home, rows) for rows in files]
    assert hidden(home) == {("people", "gellerup"), ("marks", "gellerup")}
    (name,) = warned(last)
    problem = next(each for each in last.checked.problems if each.code == "undeclared_whom")
    assert name
    assert "Flere felter" in problem.hint
    assert problem.severity == "warning"


def test_what_is_declared_of_none_is_shown_and_said_in_the_history(home: Path) -> None:
    made(home, of="", people="count", marks="mean")
    published(home, SMALL + MARKS)
    add("indicator", [{"indicator_id": "marks", "denominator_id": "Ingen"}], "Ida", home)
    assert hidden(home) == {("people", "gellerup")}
    assert not warned(published(home, "marks;gellerup;all;2024;7,5;;\n"))
    store = open_store(home)
    catalog, entry = store.catalog(), store.entries()[0]
    (change,) = store.entry_changes([entry.entry_id])[entry.entry_id]
    store.close()
    assert catalog.indicators["marks"].denominator_id == OF_NONE
    assert addition_word("indicator", "denominator_id", OF_NONE, catalog, {}) == (
        "Ingen af Spors antal"
    )
    assert entry.entered_by == "Ida"
    assert change.differences() == [("denominator_id", "", OF_NONE)]


def test_what_was_declared_once_stays_known_though_it_is_declared_of_none(home: Path) -> None:
    made(home, of="", people="count", marks="mean")
    published(home, SMALL + MARKS)
    for denominator in ("people", OF_NONE):
        add("indicator", [{"indicator_id": "marks", "denominator_id": denominator}], "Ida", home)
    assert ("marks", "gellerup") in hidden(home)


@pytest.mark.parametrize("row", [{"numerator_id": "people"}, {"indicator_id": "people"}])
def test_none_is_refused_where_another_indicator_is_named_or_it_is_a_count(
    home: Path, row: dict[str, str]
) -> None:
    made(home, of="", people="count", marks="mean")
    with pytest.raises(RowsRefusedError):
        add("indicator", [{"indicator_id": "marks", "denominator_id": OF_NONE, **row}], "Ida", home)


def test_a_raised_limit_hides_the_mean_beside_what_it_makes_small(home: Path) -> None:
    """A change of metadata, after both files."""
    made(home, of="", people="count", marks="mean")
    published(home, SMALL.replace(";3;", ";7;") + MARKS)
    assert not hidden(home)
    done = add("source", [{"source_id": "own_upload", "min_cell": "10"}], "Ida", home)
    assert hidden(home) == {("people", "gellerup"), ("marks", "gellerup")}
    assert done.hidden == {"people": 1, "marks": 1}


# Three in Gellerup in 2024, beside others who are shown; each place has a target of its own.
COUNTED = {"gellerup": (31, 3), "viby_syd": (60, 44), "tilst": (22, 27)}
TARGETS = {"gellerup": (20, 25), "viby_syd": (45, 40), "tilst": (30, 12)}
OTHERS = {"gellerup": (12, 21), "viby_syd": (35, 18), "tilst": (40, 29)}


@pytest.mark.parametrize(
    "amount",
    [
        lambda area, place: COUNTED[area][place] - TARGETS[area][place],
        lambda area, place: 10_000 * COUNTED[area][place] + 16_000 * OTHERS[area][place],
        lambda area, place: (9_000 + 500 * place) * COUNTED[area][place],
    ],
    ids=["how far from a target", "two prices", "a price of each year"],
)
def test_an_amount_is_hidden_wherever_its_number_is(
    home: Path, amount: Callable[[str, int], int]
) -> None:
    """Whoever knows the target or the prices computes the three; numbers alone seldom show it."""
    made(home, of="", people="count", cases="count", marks="amount")
    rows = [
        f"{name};{area};all;{year};{number};;\n"
        for area in COUNTED for place, year in enumerate(("2023", "2024"))
        for name, number in (
            ("people", COUNTED[area][place]), ("cases", OTHERS[area][place]),
            ("marks", amount(area, place)),
        )
    ]  # fmt: skip
    done = published(home, "".join(rows))
    store = open_store(home)
    hidden_places = {
        name: {(row.area_id, row.period.text) for row in store.series([name]) if row.value is None}
        for name in ("people", "marks")
    }
    store.close()
    assert ("gellerup", "2024") in hidden_places["people"]
    assert hidden_places["marks"] == hidden_places["people"]
    assert warned(done)


def test_an_amount_that_is_declared_of_none_is_shown(home: Path) -> None:
    made(home, of="", people="count", marks="amount")
    published(home, SMALL + MARKS)
    assert ("marks", "gellerup") in hidden(home)
    add("indicator", [{"indicator_id": "marks", "denominator_id": "Ingen"}], "Ida", home)
    assert hidden(home) == {("people", "gellerup")}


def test_an_amount_says_nothing_of_few_by_a_count_that_is_shown(home: Path) -> None:
    """Nine cases and 2,2 hours are no four persons of 2,2 each, as with a mean."""
    made(home, of="", cases="count", marks="amount")
    done = published(home, "cases;gellerup;all;2024;9;;\nmarks;gellerup;all;2024;2,2;;\n")
    assert not hidden(home)
    assert not warned(done)


@pytest.mark.parametrize(("number", "is_hidden"), [("9", True), ("11", False), ("40", False)])
def test_a_mean_that_few_would_have_of_a_shown_count_is_hidden(
    home: Path, number: str, is_hidden: bool
) -> None:
    """9 cases, 2,2 each, are of four persons; 11 are of five, and 40 of eighteen."""
    made(home, of="", cases="count", marks="mean")
    done = published(home, f"cases;gellerup;all;2024;{number};;\nmarks;gellerup;all;2024;2,2;;\n")
    assert hidden(home) == ({("marks", "gellerup")} if is_hidden else set())
    assert bool(warned(done)) is is_hidden


@pytest.mark.parametrize(
    ("number", "expected"),
    [("3", {("people", "gellerup"), ("marks", "gellerup")}), ("60", set())],
)
def test_a_mean_of_a_group_among_few_is_hidden(
    home: Path, number: str, expected: set[tuple[str, str]]
) -> None:
    """7,4 of those of the three who are of Danish origin: they are fewer still."""
    made(home, of="", people="count", marks="mean")
    rows = f"people;gellerup;all;2024;{number};;\nmarks;gellerup;danish;2024;7,4;;\n"
    done = published(home, rows)
    assert hidden(home) == expected
    assert bool(warned(done)) is bool(expected)


# Of two, three or four, whole numbers of persons are these shares alone.
@pytest.mark.parametrize(
    ("share", "is_hidden"),
    [("33,3", True), ("66,7", True), ("50,0", True), ("0,0", True), ("28,9", False),
     ("45,0", False)],
)  # fmt: skip
def test_a_share_beside_few_is_hidden_where_it_may_be_of_so_few(
    home: Path, share: str, is_hidden: bool
) -> None:
    made(home, of="", people="count", marks="proportion")
    done = published(home, f"{SMALL}marks;gellerup;all;2024;{share};;\n")
    assert (("marks", "gellerup") in hidden(home)) is is_hidden
    assert bool(warned(done)) is is_hidden


@pytest.mark.parametrize(
    "rows",
    [
        MARKS,  # nothing is counted
        SMALL.replace(";3;", ";7;") + MARKS,  # nothing is small
        SMALL + "marks;viby_syd;all;2024;6,2;;\nmarks;gellerup;all;2023;7,4;;\n",
        "people;gellerup;danish;2024;3;;\nmarks;gellerup;non_western;2024;7,4;;\n",
        SMALL + "marks;gellerup;all;2024;7,4;;80\nmarks;viby_syd;all;2024;6,2;;90\n",
    ],
)
def test_what_cannot_be_of_a_hidden_number_is_neither_hidden_nor_asked_about(
    home: Path, rows: str
) -> None:
    """Of another area, group or period, or where the row says itself of how many."""
    made(home, of="", people="count", marks="mean")
    checked = check_file(upload(rows), Choices(scale=1.0), home)
    assert not [each for each in checked.problems if each.code == "undeclared_whom"]
    published(home, rows)
    assert not {each for each in hidden(home) if each[0] == "marks"}


def test_public_figures_stay(home: Path) -> None:
    """Everybody can look them up: a mean of a public source, and few of a public source."""
    made(home, of="", people="count", marks="mean")
    add("source", [{"source_id": "open", "title": "Åben", "publisher": "Andre",
                    "min_cell": "0"}], "Ida", home)  # fmt: skip
    with_source = HEAD.strip() + ";kilde\n"
    lines = "people;gellerup;all;2024;3;;;Åben\nmarks;gellerup;all;2024;7,4;;;Åben\n"
    file = Upload("a.csv", (with_source + lines).encode())
    done = publish(file, Choices(scale=1.0), "Ida", "x", home)
    assert done.batch_id
    assert not warned(done)
    assert not hidden(home)


FOLK = Named("people", "count", "persons", "Folketal")
OPEN: dict[str, tuple[Named, bool]] = {
    "a mean": (Named("m", "mean", "kr.", "Løn"), True),
    "a share": (Named("m", "proportion", "percent", "Andel i job"), True),
    "a rate of nobody known": (Named("m", "amount", "sager pr. 1.000 deltagere", "Sager"), True),
    "of inhabitants": (Named("m", "mean", "sager pr. 1.000 indbyggere", "Sager"), False),
    "money per inhabitant": (Named("m", "mean", "kr. pr. indbygger", "Udgift"), False),
    "a count": (Named("m", "count", "persons", "Deltagere"), False),
    "a sum": (Named("m", "amount", "kr.", "Udgift"), True),
    "a sum per inhabitant": (Named("m", "amount", "kr. pr. indbygger", "Udgift"), False),
}


@for_each("case", OPEN.values())
def test_whose_words_leave_open_whom_it_is_of(case: tuple[Named, bool]) -> None:
    rate, is_open = case
    assert may_be_of_any(rate, [FOLK, rate]) is is_open
