"""Pivot tables as Excel saves them: labels once over their rows, and sums that end them."""

from collections.abc import Sequence

import pytest

from tests.kpi.ingest.checked import Desk, codes, read
from tests.kpi.ingest.made_tables import workbook

CASES = "Unikke sager med NSK-vejleder"
AREAS = ("Aarhus", "Odense", "Aalborg")
YEARS = (2023, 2024)
# Counts that look like years are counts, wherever they stand.
COUNTS = {("Aarhus", 2023): 4001, ("Aarhus", 2024): 4012, ("Odense", 2023): 2001,
          ("Odense", 2024): 2014, ("Aalborg", 2023): 1998, ("Aalborg", 2024): 1003}  # fmt: skip


def _figures(content: bytes, real: Desk) -> tuple[bool, set[tuple[str, str, float | None]]]:
    checked = real.check(content, name="pivot.xlsx")
    changes = {(change.area_id, change.period, change.new) for change in checked.changes}
    return checked.publishable, changes


def _of(keys: Sequence[tuple[str, int]] = tuple(COUNTS)) -> set[tuple[str, str, float | None]]:
    return {(area.casefold(), str(year), float(COUNTS[area, year])) for area, year in keys}


def _classic(total: str, areas_first: bool = True, left_out: int = 0) -> bytes:
    """A column a label, each ended by its sum; the first so many rows are not there."""
    outer, inner = (AREAS, YEARS) if areas_first else (YEARS, AREAS)
    rows: list[list[object]] = []
    for label in outer:
        of_label: list[list[object]] = []
        for beside in inner:
            key = (label, beside) if areas_first else (beside, label)
            of_label.append(["", beside, COUNTS[key]])  # type: ignore[index]
        of_label = of_label[left_out if label == outer[0] else 0 :]
        of_label[0][0] = label
        rows += [*of_label, [total.format(label), "", sum(int(str(row[2])) for row in of_label)]]
    names = ["Kommune", "År"] if areas_first else ["År", "Kommune"]
    return workbook([[*names, f"Sum af {CASES}"], *rows, ["Hovedtotal", "", 15029]])


@pytest.mark.parametrize("areas_first", [True, False])
@pytest.mark.parametrize("left_out", [0, 1])
@pytest.mark.parametrize(
    "total", ["{} Total", "{} i alt", "Resultat af {}", "Hovedtotal for {}", "{} Sum"]
)
def test_rows_up_to_the_sum_of_a_label_are_its_own(
    real: Desk, total: str, left_out: int, areas_first: bool
) -> None:
    content = _classic(total, areas_first, left_out)
    read = [key for key in COUNTS if not left_out or key != ("Aarhus", 2023)]
    assert _figures(content, real) == (
        True,
        _of(read),
    )


def test_three_columns_of_labels_are_each_ended_by_their_sums(real: Desk) -> None:
    rows: list[list[object]] = []
    for region, areas in (("Region Midtjylland", AREAS[:1]), ("Region Syddanmark", AREAS[1:2])):
        for at, area in enumerate(areas):
            rows += [[region if at == 0 else "", area, 2023, COUNTS[area, 2023]],
                     ["", "", 2024, COUNTS[area, 2024]], ["", f"{area} Total", "", 1]]  # fmt: skip
        rows.append([f"{region} Total", "", "", 2])
    content = workbook([["Region", "Kommune", "År", f"Sum af {CASES}"], *rows,
                        ["Hovedtotal", "", "", 3]])  # fmt: skip
    assert _figures(content, real) == (True, _of(list(COUNTS)[:4]))


@pytest.mark.parametrize("has_total", [True, False])
@pytest.mark.parametrize("has_sums", [True, False])
def test_years_beneath_their_area_in_one_column(
    real: Desk, has_sums: bool, has_total: bool
) -> None:
    rows: list[list[object]] = []
    for area in AREAS:
        rows.append([area, sum(COUNTS[area, year] for year in YEARS) if has_sums else ""])
        rows += [[year, COUNTS[area, year]] for year in YEARS]
    total: list[list[object]] = [["Hovedtotal", 15029]] if has_total else []
    content = workbook([["Rækkenavne", f"Sum af {CASES}"], *rows, *total])
    assert _figures(content, real) == (True, _of())


def test_the_corner_names_the_figures_under_periods(real: Desk) -> None:
    rows = [[area, *(COUNTS[area, year] for year in YEARS), 9] for area in AREAS]
    corner, head = [f"Sum af {CASES}", "Kolonnenavne"], ["Rækkenavne", *YEARS, "Hovedtotal"]
    content = workbook([corner, head, *rows, ["Hovedtotal", 7, 8, 9]])
    assert _figures(content, real) == (True, _of())


def test_rows_of_totals_as_programs_call_them(real: Desk) -> None:
    totals = ["Samlet sum", "Hovedresultat", "Total - Resultat", "Sum i alt", "Grand Total"]
    rows = [[area, *(COUNTS[area, year] for year in YEARS)] for area in AREAS]
    sums: list[list[object]] = [[total, 7, 8] for total in totals]
    content = workbook([[f"Sum af {CASES}"], ["Kommune", *YEARS], *rows, *sums])
    assert _figures(content, real) == (True, _of())


@pytest.mark.parametrize(("blanks", "errors"), [(3, 3), (4, 1)])
def test_blank_labels_of_unknown_rows_are_one_error_where_they_are_many(
    real: Desk, blanks: int, errors: int
) -> None:
    # Without sums, and with other years for each area, nothing shows whose a row is.
    rows: list[list[object]] = [[area, 2018 + at, 500 + at] for at, area in enumerate(AREAS)]
    for at in range(blanks):
        rows.insert(1 + at, ["", 2020 + at, 700 + at])
    checked = real.check(workbook([["Kommune", "År", f"Sum af {CASES}"], *rows]), name="p.xlsx")
    reported = [problem for problem in checked.problems if problem.code == "unknown_area"]
    assert len(reported) == errors
    assert sum(1 + problem.more for problem in reported) == blanks


@pytest.mark.parametrize(("beside", "is_reported"), [(0, True), (1, False), (-1, False)])
@pytest.mark.parametrize("whole", ["Region Midtjylland", "Hele landet"])
def test_the_sum_of_some_parts_is_not_the_whole(
    real: Desk, whole: str, beside: int, is_reported: bool
) -> None:
    parts = [["Aarhus", 4001], ["Randers", 1204], ["Viborg", 903]]
    rows = [[name, 2024, count] for name, count in [*parts, [whole, 6108 + beside]]]
    checked = real.check(workbook([["Kommune", "År", CASES], *rows]), name="tal.xlsx")
    messages = [p.message for p in checked.problems if "Det er summen af 3" in p.message]
    assert bool(messages) is is_reported


def test_the_sum_of_all_parts_is_the_whole_where_few_are_counted(real: Desk) -> None:
    # Rare events: an area without a row has none.
    rows = [["Aarhus", 2024, 4], ["Randers", 2024, 2], ["Hele landet", 2024, 6]]
    checked = real.check(workbook([["Kommune", "År", CASES], *rows]), name="tal.xlsx")
    assert not [p.message for p in checked.problems if "Det er summen af" in p.message]


def test_nought_among_names_is_no_country(real: Desk) -> None:
    """A formula writes it that finds a blank cell; among codes alone it is the country's `000`."""
    head: list[object] = ["Kommune", "År", CASES]
    checked = real.check(workbook([head, ["Aarhus", 2024, 4012], [0, 2024, 4013]]), name="a.xlsx")
    assert [problem.value for problem in checked.problems if problem.code == "unknown_area"] == [
        "0"
    ]
    coded = real.check(workbook([head, [751, 2024, 4012], [0, 2024, 4013]]), name="a.xlsx")
    assert "unknown_area" not in codes(coded)


def test_sums_of_a_pivot_table_that_leaves_the_area_blank(tiny: Desk) -> None:
    rows = "Midtjylland;aarhus;2004;50\nMidtjylland Total;;2004;50\n"
    checked = tiny.check("region;område;periode;værdi\n" + rows, indicator_id="rate")
    (blank,) = [problem for problem in checked.problems if problem.code == "unknown_area"]
    assert (blank.row, "»Vis ikke subtotaler«" in blank.hint) == (3, True)
    assert not checked.publishable


@pytest.mark.parametrize("years", ["2023;2023;2023", "2023;;"])
@pytest.mark.parametrize("total", ["I alt", "Total", "Hele året"])
def test_a_year_beside_its_parts_is_no_part(real: Desk, years: str, total: str) -> None:
    content = (
        f"Kommune;{years}\n;1. kv;2. kv;{total}\nAarhus;74,1;74,3;74,2\nOdense;73,1;73,4;73,2\n"
    )
    checked = real.check(content, indicator_id="employment_rate")
    periods = {period for _, _, period, _, _ in read(checked)}
    assert periods - {"2023"} == {"2023K1", "2023K2"}  # »Hele året« is the year itself
    assert ("2023" in periods) is (total == "Hele året")
    assert [p.code for p in checked.problems if p.severity == "error"] == []
