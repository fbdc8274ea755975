"""Ordinary files as people and programs write them: short names, unseen marks, pivots, ends."""

import io
from typing import Any

import pytest
import xlsxwriter

from kpi.cli.file_answers import check_text
from tests.kpi.ingest.checked import Desk

RATE = "employment_rate"
Rows = tuple[tuple[object, ...], ...]


def book(rows: Rows) -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as made:
        sheet = made.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return file.getvalue()


def csv(rows: Rows) -> bytes:
    lines = (";".join(str(cell).replace(".", ",") for cell in row) for row in rows)
    return ("\n".join(lines) + "\n").encode()


def _read(real: Desk, content: str | bytes, **said: Any) -> list[tuple[str, str, float | None]]:
    checked = real.check(content, indicator_id=said.pop("indicator_id", RATE), **said)
    errors = [problem for problem in checked.problems if problem.severity == "error"]
    assert not errors, errors
    changes = [(change.area_id, change.period, change.new) for change in checked.changes]
    assert checked.unchanged == 0
    return changes


@pytest.mark.parametrize(
    ("name", "area"),
    [
        ("Region Midt", "region_midtjylland"), ("Region Midt.", "region_midtjylland"),
        ("Midtjylland", "region_midtjylland"), ("Reg. Midtjylland", "region_midtjylland"),
        ("Region Syd", "region_syddanmark"), ("REGION NORD", "region_nordjylland"),
        ("Syddanmark", "region_syddanmark"), ("Region Hovedst.", "region_hovedstaden"),
        ("Hovedstaden", "region_hovedstaden"), ("Region Sj", None), ("Sjælland", None),
        ("Midt", None), ("Syd", None), ("Region", None), ("Jylland", None), ("Østjylland", None),
        ("Region Øst", None),
    ],
)  # fmt: skip
def test_short_forms_of_regions(real: Desk, name: str, area: str | None) -> None:
    checked = real.check(f"Område;År;Andel\n{name};2022;71\nOdense;2022;70\n", indicator_id=RATE)
    assert [change.area_id for change in checked.changes] == [*([area] if area else []), "odense"]


def test_sjaelland_among_regions(real: Desk) -> None:
    five = "Hovedstaden;2022;70\nSjælland;2022;70\nSyddanmark;2022;71\nMidtjylland;2022;71\n"
    areas = [area for area, *_ in _read(real, f"Region;År;Andel\n{five}")]
    assert "region_sjaelland" in areas
    parts = real.check(f"Region;År;Andel\n{five}Fyn;2022;70\n", indicator_id=RATE)
    (problem,) = [problem for problem in parts.problems if problem.value == "Sjælland"]
    assert "skriv »Region Sjælland«" in problem.hint


@pytest.mark.parametrize(
    "regions", [("Midtjylland", "Syddanmark"), ("Region Midtjylland", "Region Syddanmark")]
)
@pytest.mark.parametrize("head", ["Region;Kommune", "Kommune;Region", "Kommune;Landsdel"])
def test_regions_beside_municipalities(real: Desk, regions: tuple[str, str], head: str) -> None:
    places = [regions, ("Aarhus", "Odense")]
    first, second = places if head.startswith("Region") else places[::-1]
    rows = "".join(f"{place};{other};2022;71\n" for place, other in zip(first, second, strict=True))
    assert [area for area, *_ in _read(real, f"{head};År;Andel\n{rows}")] == ["aarhus", "odense"]


@pytest.mark.parametrize("mark", ["\u200b", "\ufeff", "\u00ad", "\u2060", "\u200e", "\u200d"])
def test_marks_that_nobody_sees(real: Desk, mark: str) -> None:
    text = f"{mark}Kom{mark}mune;År{mark};Andel\n{mark}Aarhus;{mark}2022;71,5{mark}\n"
    text += f"Oden{mark}se;20{mark}22;{mark}70,{mark}5\nAarhus{mark};2023;70\n"
    assert _read(real, text) == [
        ("aarhus", "2022", 71.5), ("odense", "2022", 70.5), ("aarhus", "2023", 70.0),
    ]  # fmt: skip


def test_the_same_name_with_and_without_a_mark_is_one(real: Desk) -> None:
    twice = "Kommune;År;Andel\nAarhus;2022;71,5\n\u200bAarhus;2022;70,5\n"
    checked = real.check(twice, indicator_id=RATE)
    assert "duplicate_key" in [problem.code for problem in checked.problems]


@pytest.mark.parametrize(
    "text",
    [
        " kommune | aar  | andel \n---------+------+-------\n Aarhus  | 2022 |  71.5\n"
        " Odense  | 2022 |  70.5\n(2 rows)\n\n",
        " kommune | aar  | andel \n---------+------+-------\n Aarhus  | 2022 |  71.5\n"
        " Odense  | 2022 |  70.5\n",
        "+---------+------+-------+\n| kommune | aar  | andel |\n+---------+------+-------+\n"
        "| Aarhus  | 2022 |  71.5 |\n| Odense  | 2022 |  70.5 |\n+---------+------+-------+\n"
        "2 rows in set\n",
        "| kommune | aar | andel |\n|---|---|---|\n| Aarhus | 2022 | 71.5 |\n"
        "| Odense | 2022 | 70.5 |\n",
        "kommune;aar;andel\n-------;----;-----\nAarhus;2022;71.5\nOdense;2022;70.5\n\n"
        "(2 rows affected)\n",
    ],
)
def test_what_databases_print(real: Desk, text: str) -> None:
    assert _read(real, text) == [("aarhus", "2022", 71.5), ("odense", "2022", 70.5)]


TURNED = [
    (("aar", 2022, 2023), ("kommune", "", "")),
    (("", "andel", "andel"), ("aar", 2022, 2023), ("kommune", "", "")),
    (("Sum af andel", "Kolonnenavne", ""), ("Rækkenavne", 2022, 2023)),
    (("Antal af andel", "Kolonneetiketter", ""), ("Rækkeetiketter", 2022, 2023)),
]


@pytest.mark.parametrize("form", [csv, book])
@pytest.mark.parametrize("head", TURNED)
def test_heads_of_turned_tables(real: Desk, form: object, head: Rows) -> None:
    rows = (*head, ("Aarhus", 71.5, 70.5), ("Odense", 70.1, 69.1))
    assert _read(real, form(rows)) == [  # type: ignore[operator]
        ("aarhus", "2022", 71.5), ("aarhus", "2023", 70.5),
        ("odense", "2022", 70.1), ("odense", "2023", 69.1),
    ]  # fmt: skip


def test_several_measures_over_their_years(real: Desk) -> None:
    head = (("", "antal", "antal", "andel", "andel"), ("aar", 2022, 2023, 2022, 2023))
    rows = (*head, ("kommune", "", "", "", ""), ("Aarhus", 710, 700, 71.5, 70.5))
    for form in (csv, book):
        assert _read(real, form(rows), measure="andel") == [
            ("aarhus", "2022", 71.5), ("aarhus", "2023", 70.5),
        ]  # fmt: skip
        # The unit of the measure that was chosen is compared, not that of the first.
        counts = real.check(form(rows), indicator_id=RATE, measure="antal")
        assert "unit_mismatch" in [problem.code for problem in counts.problems]


def test_a_heading_under_the_head_names_no_column(real: Desk) -> None:
    text = "Kommune;2022;2023\nRegion Midtjylland;;\nAarhus;71,5;70,5\n"
    checked = real.check(text, indicator_id=RATE)
    assert [change.area_id for change in checked.changes] == ["aarhus"] * 2
    assert checked.columns[0] == "Kommune"


@pytest.mark.parametrize("form", [csv, book])
@pytest.mark.parametrize(
    ("name", "indicator"),
    [
        ("Personer", "children_with_notification"), ("Sager", "nsk_cases"),
        ("Elever i alt", "children_with_notification"),
    ],
)  # fmt: skip
def test_counts_that_look_like_years(real: Desk, form: object, name: str, indicator: str) -> None:
    rows = (("Kommune", "År", name), ("Aarhus", 2022, 1998), ("Odense", 2022, 2011))
    content = form(rows)  # type: ignore[operator]
    assert _read(real, content, indicator_id=indicator) == [
        ("aarhus", "2022", 1998.0), ("odense", "2022", 2011.0),
    ]  # fmt: skip


@pytest.mark.parametrize("form", [csv, book])
@pytest.mark.parametrize("name", ["Opgørelsesår", "Offentliggjort", "Fødselsår"])
def test_two_columns_of_years_are_named(real: Desk, form: object, name: str) -> None:
    rows = (("Kommune", "År", name, "Andel"), ("Aarhus", 2021, 2022, 71.5),
            ("Aarhus", 2022, 2023, 71.9), ("Odense", 2021, 2022, 70.5))  # fmt: skip
    checked = real.check(form(rows), indicator_id=RATE)  # type: ignore[operator]
    assert checked.columns == ("Kommune", "År", name, "Andel")
    messages = [p.message for p in checked.problems if p.code == "missing_column"]
    assert f"»År« og »{name}«" in messages[0]


@pytest.mark.parametrize(
    ("head", "first", "last", "period"),
    [
        ("Fra;Til", "01-01-2022", "31-12-2022", "2022"),
        ("Startdato;Slutdato", "2022-01-01", "2022-06-30", "2022H1"),
        ("Fra;Til", "2022M01", "2022M06", "2022H1"), ("Fra år;Til år", "2020", "2022", "2020:2022"),
        ("Periode fra;Periode til", "2022", "2022", "2022"),
        ("Fra;Til", "2022M02", "2022M04", "2022M02:2022M04"), ("from;to", "2022M05", "2022M05",
         "2022M05"), ("Fra dato;Til dato", "1.8.2021", "31.7.2022", "2021/2022"),
    ],
)  # fmt: skip
def test_ends_of_a_period(real: Desk, head: str, first: str, last: str, period: str) -> None:
    rows = f"Kommune;{head};Andel\nAarhus;{first};{last};71\nOdense;{first};{last};70\n"
    assert [change[1] for change in _read(real, rows)] == [period] * 2


@pytest.mark.parametrize(
    ("first", "last", "code"),
    [
        ("05-01-2022", "07-02-2022", "unknown_period"),  # no whole months
        ("2022", "2020", "unknown_period"),  # turned
        ("2022", "", "missing_column"),
        ("Odense", "Aarhus", "missing_column"),
    ],
)
def test_ends_that_are_no_period(real: Desk, first: str, last: str, code: str) -> None:
    rows = f"Kommune;Fra;Til;Andel\nAarhus;{first};{last};71\nOdense;2020;2022;70\n"
    checked = real.check(rows, indicator_id=RATE)
    assert code in [problem.code for problem in checked.problems if problem.severity == "error"]


@pytest.mark.parametrize("column", ["Køn", "Alder", "Type", "Branche"])
def test_all_in_a_column_that_is_not_read_is_no_group(real: Desk, column: str) -> None:
    rows = f"Kommune;Herkomst;{column};År;Andel\nAarhus;Dansk;Alle;2022;71\n"
    rows += "Odense;Dansk;Alle;2022;70\n"
    checked = real.check(rows, indicator_id=RATE)
    assert checked.publishable
    assert {change.group_id for change in checked.changes} == {"danish"}
    own = "nøgletal;område;gruppe;{};periode;værdi\nemployment_rate;aarhus;danish;Alle;2022;71\n"
    assert real.check(own.format(column)).publishable


def test_rows_of_the_file_and_figures_are_counted_apart(real: Desk) -> None:
    wide = real.check("Kommune;2022;2023;2024\nAarhus;1;2;3\nOdense;4;5;6\n", indicator_id=RATE)
    assert (wide.lines_read, wide.rows_read) == (2, 6)
    assert "2 rækker læst, 6 tal." in check_text(wide)
    long = real.check("Kommune;År;Andel\nAarhus;2022;1\n", indicator_id=RATE)
    assert (long.lines_read, long.rows_read) == (None, 1)
    assert "1 række læst, 1 tal." in check_text(long)


@pytest.mark.parametrize(
    "label", ["Hovedstadskommuner", "Storbykommunerne", "Byen København", "Fyn", "Østjylland"]
)
def test_groups_of_municipalities_are_passed_by_in_a_table_of_them(real: Desk, label: str) -> None:
    rows = f"Kommune;År;Andel\n{label};2022;71,0\n"
    alone = real.check(rows, indicator_id="employment_rate")
    assert not alone.publishable
    beside = f"{rows}Aarhus;2022;71,5\nOdense;2022;70,5\n"
    checked = real.check(beside, indicator_id="employment_rate")
    assert ("ignored_area", 2) in [(p.code, p.row) for p in checked.problems]
    assert checked.publishable
