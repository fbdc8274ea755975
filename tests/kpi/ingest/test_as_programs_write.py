"""Files as R, pandas, Stata, SAS and databases write them, and as spreadsheets spoil them."""

import json
from collections.abc import Sequence

import pytest

from kpi.domain.personal import head_holds_number
from tests.kpi.ingest.checked import Desk, codes, codes_of_cells, read, reported_of_cells
from tests.kpi.ingest.made_tables import as_csv, workbook

AREAS = ("Aarhus", "Odense", "Randers")
ROWS = [("Aarhus", 2024, 51.5), ("Odense", 2024, 42.5), ("Randers", 2024, 33.5)]
READ = [("aarhus", "all", "2024", 51.5, "final"), ("odense", "all", "2024", 42.5, "final"),
        ("randers", "all", "2024", 33.5, "final")]  # fmt: skip


@pytest.mark.parametrize("written", [as_csv, workbook], ids=["csv", "xlsx"])
@pytest.mark.parametrize("rule", [("-------", "----", "-----"), (":---", "---:", ":---:")])
def test_a_line_drawn_under_the_names_is_no_row(
    tiny: Desk, written: object, rule: Sequence[str]
) -> None:
    assert callable(written)
    checked = tiny.check(written([("Kommune", "År", "Andel"), rule, *ROWS]), indicator_id="rate")
    assert checked.publishable
    assert read(checked) == READ


@pytest.mark.parametrize("written", [as_csv, workbook], ids=["csv", "xlsx"])
@pytest.mark.parametrize(
    "numbered", ["Kolonne{}", "Column{}", "Unnamed: {}", "V{}", "...{}", "Field {}"]
)
def test_a_line_that_numbers_the_columns_is_over_their_names(
    tiny: Desk, written: object, numbered: str
) -> None:
    assert callable(written)
    line = [numbered.format(number) for number in (1, 2, 3)]
    checked = tiny.check(written([line, ("Kommune", "År", "Andel"), *ROWS]), indicator_id="rate")
    assert checked.publishable
    assert read(checked) == READ


@pytest.mark.parametrize("value", ["51,5", ".."])
def test_a_row_under_numbered_columns_is_not_lost(tiny: Desk, value: str) -> None:
    checked = tiny.check(f"V1;V2;V3\nAarhus;2024;{value}\nOdense;2024;42,5\n", indicator_id="rate")
    assert checked.rows_read == 2


def test_dashes_in_place_of_figures_are_no_line(tiny: Desk) -> None:
    checked = tiny.check(
        "Kommune;År;Andel\nAarhus;2024;51,5\nOdense;2024;--\n", indicator_id="rate"
    )
    assert ("not_a_number", "error", 3, "Andel", "--") in reported_of_cells(checked)


def test_a_file_added_to_another_begins_with_its_mark_of_encoding(tiny: Desk) -> None:
    head = "\ufeffKommune;År;Andel\n"
    checked = tiny.check(f"{head}Aarhus;2024;51,5\n{head}Odense;2024;42,5\n", indicator_id="rate")
    assert read(checked) == READ[:2]


@pytest.mark.parametrize(
    "heads",
    [
        ("X2023", "X2024"), ("_2023", "_2024"), ("y2023", "y2024"), ("aar2023", "aar2024"),
        ("rate_2023", "rate_2024"), ("INDHOLD_2023", "INDHOLD_2024"),
    ],
)  # fmt: skip
def test_columns_named_by_programs_are_periods(tiny: Desk, heads: tuple[str, str]) -> None:
    rows = [("Kommune", *heads), ("Aarhus", 51.0, 51.5), ("Odense", 42.0, 42.5)]
    checked = tiny.check(as_csv(rows), indicator_id="rate")
    assert checked.publishable
    assert [(area, period, value) for area, _, period, value, _ in read(checked)] == [
        ("aarhus", "2023", 51.0), ("aarhus", "2024", 51.5),
        ("odense", "2023", 42.0), ("odense", "2024", 42.5),
    ]  # fmt: skip


def test_a_recipe_reads_such_columns_too(tiny: Desk) -> None:
    recipe = (
        'title = "t"\nsource_id = "own_upload"\nindicator_id = "rate"\narea = "Kommune"\n'
        'period = "Periode"\nvalue = "INDHOLD"\n'
    )
    rows = [("Kommune", "rate_2023", "rate_2024"), ("Aarhus", 51.0, 51.5)]
    assert len(read(tiny.check(as_csv(rows), recipe))) == 2


def test_a_year_in_a_variable_may_be_of_its_definition(tiny: Desk) -> None:
    rows = [
        ("Kommune", "År", "komkode_2007", "omr_2021", "Andel"), ("Aarhus", 2024, 7, 1, 51.5),
        ("Odense", 2024, 8, 2, 42.5), ("Randers", 2024, 9, 3, 33.5),
    ]  # fmt: skip
    checked = tiny.check(as_csv(rows), indicator_id="rate", measure="Andel")
    assert read(checked) == READ


def test_words_in_such_names_are_compared_with_the_indicator(tiny: Desk) -> None:
    rows = [("Kommune", "kvinder_2023", "kvinder_2024"), ("Aarhus", 51.0, 51.5)]
    assert "head_words" in codes(tiny.check(as_csv(rows), indicator_id="rate"))


@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_rows_in_one_cell_say_how_they_are_parted(tiny: Desk, separator: str) -> None:
    packed = [[separator.join(map(str, row))] for row in [("Kommune", "År", "Andel"), *ROWS]]
    checked = tiny.check(workbook(packed), indicator_id="rate")
    assert codes(checked) == ["not_a_table"]
    assert "i én celle" in checked.problems[0].message
    assert "Tekst til kolonner" in checked.problems[0].hint


@pytest.mark.parametrize("separator", [";", ","])
def test_lines_in_quotation_marks_say_so(tiny: Desk, separator: str) -> None:
    lines = [separator.join(map(str, row)) for row in [("Kommune", "År", "Andel"), *ROWS]]
    checked = tiny.check("".join(f'"{line}"\n' for line in lines), indicator_id="rate")
    assert codes(checked) == ["not_a_table"]
    assert "anførselstegn om hele linjen" in checked.problems[0].message


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("1e+05", "potens"), ("7,42E+01", "potens"), ("#DIV/0!", "fejl i regnearket"),
        ("#REFERENCE!", "fejl i regnearket"), ("formel", "formel uden resultat"),
    ],
)  # fmt: skip
def test_cells_that_programs_spoil_say_what_to_do(tiny: Desk, cell: str, words: str) -> None:
    rows = "Aarhus;2024;51,5\nOdense;2024;42,5\nRanders;2024;33,5\n"
    checked = tiny.check(f"Kommune;År;Andel\n{rows}Randers;2023;{cell}\n", indicator_id="rate")
    (message,) = [problem.message for problem in checked.problems if problem.row == 5]
    assert words in message


@pytest.mark.parametrize("count", [13, 20, 120])
def test_numbers_of_rows_are_no_persons(tiny: Desk, count: int) -> None:
    columns = {
        "Kommune": {str(row): "Aarhus" for row in range(count)},
        "År": {str(row): 1990 + row % 30 for row in range(count)},
        "Andel": {str(row): 50 + row / 10 for row in range(count)},
    }
    assert "personal_data" not in codes(tiny.check(json.dumps(columns), indicator_id="rate"))
    names = tuple(map(str, range(count)))
    assert not head_holds_number(names)
    assert not head_holds_number(("Kommune", *names))


def test_a_number_beside_numbers_of_rows_is_one() -> None:
    assert head_holds_number(("10", "11", "12", "251248", "4916"))


@pytest.mark.parametrize("name", ["Opdateret", "Udtræksdato", "Sidst opdateret", "last_updated"])
def test_the_day_a_table_was_made_is_no_period(tiny: Desk, name: str) -> None:
    rows = "".join(f"{area};2025-03-01;{value}\n" for area, value in zip(AREAS, "123", strict=True))
    checked = tiny.check(f"Kommune;{name};Andel\n{rows}", indicator_id="rate")
    assert not checked.publishable
    assert "missing_column" in codes_of_cells(checked)


@pytest.mark.parametrize("words", ["antal personer", "antal sager", "personer"])
def test_a_count_above_percentages_is_another_unit(tiny: Desk, words: str) -> None:
    text = f"Andel i pct.\nEnhed: {words}\nKommune;År;Andel\nAarhus;2024;51,5\n"
    assert "unit_mismatch" in codes(tiny.check(text, indicator_id="rate"))


@pytest.mark.parametrize("name", ["#", "Rang", "Placering"])
def test_a_number_of_rank_is_no_measure(tiny: Desk, name: str) -> None:
    rows = [(name, "Kommune", "2024"), (1, "Aarhus", 51.5), (2, "Odense", 42.5)]
    assert read(tiny.check(as_csv(rows), indicator_id="rate")) == READ[:2]
    long = [(name, "Kommune", "År", "Andel"), *((at, *row) for at, row in enumerate(ROWS, start=1))]
    assert read(tiny.check(as_csv(long), indicator_id="rate")) == READ


@pytest.mark.parametrize("name", ["Rang", "Placering"])
def test_ranks_alone_are_no_figures(tiny: Desk, name: str) -> None:
    rows = [("Kommune", "År", name), ("Aarhus", 2024, 1), ("Odense", 2024, 2)]
    assert "head_words" in codes(tiny.check(as_csv(rows), indicator_id="rate"))


SHORT_HEADS = [
    "KOM;AAR;FREKVENS", "kom_kode;aar;andel", "Kommune_nr.;År;rate", "KOMKODE;AR;PCT",
    "bopkom;AARMD;x", "knr;aar;bef", "Omr.;Year;N", "municipality_code;TIME;OBS",
]  # fmt: skip


@pytest.mark.parametrize("head", SHORT_HEADS)
@pytest.mark.parametrize("places", [("751", "461"), ("Aarhus", "Odense")])
def test_short_names_of_columns_are_known(real: Desk, head: str, places: tuple[str, str]) -> None:
    text = f"{head}\n" + "".join(f"{place};2022;7{n},5\n" for n, place in enumerate(places))
    checked = real.check(text, indicator_id="employment_rate")
    assert checked.publishable
    assert [(change.area_id, change.new) for change in checked.changes] == [
        ("aarhus", 70.5), ("odense", 71.5),
    ]  # fmt: skip
    # Without an indicator nothing else is missing, and no number is lost to a code.
    asked = real.check(text)
    assert [problem.column for problem in asked.problems] == ["nøgletal"]
