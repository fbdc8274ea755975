"""Two levels of labels in one column: parted where every block has the same labels."""

from collections.abc import Callable, Sequence

import pytest

from tests.kpi.ingest.checked import Desk, codes, read
from tests.kpi.ingest.made_tables import as_csv, workbook

Rows = list[list[object]]
Writer = Callable[[Sequence[Sequence[object]]], str | bytes]
AS_FILE = pytest.mark.parametrize("written", [as_csv, workbook], ids=["csv", "xlsx"])
GROUPS = [
    ("aarhus", "danish", "2023", 81.5), ("aarhus", "non_western", "2023", 51.5),
    ("odense", "danish", "2023", 80.5), ("odense", "non_western", "2023", 41.5),
]  # fmt: skip
WHOLES = [("aarhus", "all", "2023", 70.5), ("odense", "all", "2023", 60.5)]
YEARS = [
    ("aarhus", "all", "2023", 51.5), ("aarhus", "all", "2024", 52.5),
    ("odense", "all", "2023", 41.5), ("odense", "all", "2024", 42.5),
]  # fmt: skip


def blocks(head: list[object], *rows: list[object], last: list[object] | None = None) -> Rows:
    """A table of these rows, and a row under them."""
    return [head, *rows, *([last] if last else [])]


AARHUS: Rows = [["  Dansk", 81.5], ["  Ikke-vestlig", 51.5]]
ODENSE: Rows = [["  Dansk", 80.5], ["  Ikke-vestlig", 41.5]]


@AS_FILE
@pytest.mark.parametrize(
    ("rows", "observations"),
    [
        (blocks(["Kommune", 2023], ["Aarhus", ""], *AARHUS, ["Odense", ""], *ODENSE), GROUPS),
        (blocks(["Kommune", 2023], ["Aarhus", 70.5], *AARHUS, ["Odense", 60.5], *ODENSE),
         [*WHOLES, *GROUPS]),
        (blocks(["", 2023], ["Dansk", ""], ["Aarhus", 81.5], ["Odense", 80.5],
                ["Ikke-vestlig", ""], ["Aarhus", 51.5], ["Odense", 41.5]), GROUPS),
        (blocks(["", "Andel"], ["Aarhus", ""], [2023, 51.5], [2024, 52.5],
                ["Odense", ""], [2023, 41.5], [2024, 42.5]), YEARS),
        (blocks(["År", "Andel"], [2023, ""], ["Aarhus", 51.5], ["Odense", 41.5],
                [2024, ""], ["Aarhus", 52.5], ["Odense", 42.5]), YEARS),
        (blocks(["", 2023, 2024], ["Aarhus", "", ""], ["Antal", 515, 525], ["Andel", 51.5, 52.5],
                ["Odense", "", ""], ["Antal", 415, 425], ["Andel", 41.5, 42.5]), YEARS),
        # a label that nobody knows, beneath each of the first level, is passed by and reported
        (blocks(["Kommune", 2023], ["Aarhus", ""], *AARHUS, ["Andre", 1.5],
                ["Odense", ""], *ODENSE, ["Andre", 2.5]), GROUPS),
    ],
)  # fmt: skip
def test_each_level_is_a_column(
    tiny: Desk, written: Writer, rows: Rows, observations: list[tuple[str, str, str, float]]
) -> None:
    checked = tiny.check(written(rows), indicator_id="rate")
    assert sorted(each[:4] for each in read(checked)) == sorted(observations)
    assert [each for each in checked.problems if each.severity == "error"] == []
    assert any("læses som" in p.message and "har både" in p.message for p in checked.problems)


@AS_FILE
@pytest.mark.parametrize(
    "rows",
    [
        # a row is missing, is there twice, or stands in another order
        blocks(["Kommune", 2023], ["Aarhus", ""], *AARHUS, ["Odense", ""], ODENSE[0]),
        blocks(["Kommune", 2023], ["Aarhus", ""], *AARHUS, ["Odense", ""], *ODENSE, last=ODENSE[1]),
        blocks(["Kommune", 2023], ["Aarhus", ""], *AARHUS, ["Odense", ""], *ODENSE[::-1]),
        # groups after several areas are of none of them
        blocks(["Kommune", 2023], ["Aarhus", 70.5], ["Odense", 60.5], *ODENSE),
        # a group before any area
        blocks(["Kommune", 2023], *AARHUS, ["Odense", ""], *ODENSE),
        # another column says the groups already
        blocks(["Kommune", "Herkomst", 2023], ["Aarhus", "Alle", ""], ["Dansk", "Alle", 81.5],
               ["Ikke-vestlig", "Alle", 51.5]),
    ],
)  # fmt: skip
def test_what_is_not_the_same_for_all_stays(tiny: Desk, written: Writer, rows: Rows) -> None:
    checked = tiny.check(written(rows), indicator_id="rate")
    assert "unknown_area" in codes(checked)
    assert not checked.publishable


@AS_FILE
@pytest.mark.parametrize("has_wholes", [False, True])
@pytest.mark.parametrize("is_last", [False, True])
def test_a_heading_that_nobody_knows_is_the_only_error(
    tiny: Desk, written: Writer, has_wholes: bool, is_last: bool
) -> None:
    """With and without figures of the headings themselves, between and after the known ones."""

    def part(area: str, whole: float, within: Rows) -> Rows:
        return [[area, whole if has_wholes else ""], *within]

    odense, nyby = part("Odense", 60.5, ODENSE), part("Nyby", 50.5, AARHUS)
    rows: Rows = [["Kommune", 2023], *part("Aarhus", 70.5, AARHUS)]
    rows += odense + nyby if is_last else nyby + odense
    checked = tiny.check(written(rows), indicator_id="rate")
    errors = {(each.code, each.value) for each in checked.problems if each.severity == "error"}
    assert errors == {("unknown_area", "Nyby")}
    known = [*GROUPS, *(WHOLES if has_wholes else [])]
    assert sorted(each[:4] for each in read(checked)) == sorted(known)


@AS_FILE
def test_what_nobody_knows_under_each_area_is_taken_for_groups(tiny: Desk, written: Writer) -> None:
    within: list[list[object]] = [["Blå gruppe", 81.5, 82.5], ["Grøn gruppe", 51.5, 52.5]]
    rows: Rows = [["Kommune", 2023, 2024], ["Aarhus", "", ""], *within, ["Odense", "", ""], *within]
    checked = tiny.check(written(rows), indicator_id="rate")
    (error,) = [each for each in checked.problems if each.severity == "error"]
    assert (error.code, error.column) == ("unused_column", "Gruppe")
    assert "»Blå gruppe« og »Grøn gruppe«" in error.message
    # Under one area alone they may be areas as it is.
    alone = tiny.check(written(rows[:4]), indicator_id="rate")
    assert {each.code for each in alone.problems if each.severity == "error"} == {"unknown_area"}
