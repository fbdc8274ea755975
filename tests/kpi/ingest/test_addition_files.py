"""Files for `kpi add`: of the wrong kind, with titles and other sheets, in people's words."""

import io

import pytest
import xlsxwriter

from kpi.additions.files import read_addition_file, table_of
from kpi.additions.model import ADDED_NOUNS
from kpi.domain.units import known_units, unit_of
from kpi.ingest.table.raw import RefusedError, Upload
from tests.kpi.ingest.checked import Desk
from tests.tables import for_each

FILES = {
    "indicator": "navn;tema;slags;enhed;definition\nX;Bolig;andel;procent;x\n",
    "area": "navn;områdetype;hører under\nBispehaven;Boligområde;Aarhus\n",
    "group": "navn;note;del af\nBørn;0-17 år;Alle\n",
    "source": "titel;udgiver\nRegister;Kommunen\n",
    "theme": "navn;kort navn;beskrivelse\nBolig;Bolig;x\n",
}


@for_each("noun", FILES)
@for_each("given", FILES)
def test_a_file_of_another_kind_is_named_as_that(noun: str, given: str) -> None:
    upload = Upload("fil.csv", FILES[given].encode())
    if noun == given:
        assert read_addition_file(ADDED_NOUNS[noun], upload).rows
        return
    with pytest.raises(RefusedError, match=f"python -m kpi add {given} FIL"):
        read_addition_file(ADDED_NOUNS[noun], upload)


@pytest.mark.parametrize("noun", FILES)
def test_a_file_to_add_is_named_as_that_where_figures_are_expected(real: Desk, noun: str) -> None:
    (problem,) = real.check(FILES[noun]).problems
    assert (problem.code, f"kpi add {noun} FIL" in problem.hint) == ("not_a_table", True)


@for_each(
    "columns",
    [("nøgletal", "område", "periode", "værdi"), ("område", "gruppe"), ("navn",),
     ("kommune", "navn", "andel"), ("navn", "områdetype", "2024"), ("titel",)],
)  # fmt: skip
def test_tables_of_figures_are_none_to_add(columns: tuple[str, ...]) -> None:
    assert table_of(columns) == ""


def test_a_title_above_and_other_sheets_beside() -> None:
    titled = Upload("fil.csv", f"Nye områder;;\n;;\n{FILES['area']}".encode())
    file = read_addition_file("area", titled)
    assert ([row["name"] for row in file.rows], list(file.lines)) == (["Bispehaven"], [4])
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        for noun, name in (("group", "Ark1"), ("area", "Ark2")):
            sheet = book.add_worksheet(name)
            for at, line in enumerate(FILES[noun].splitlines()):
                sheet.write_row(at, 0, line.split(";"))
    for noun, name in (("group", "Børn"), ("area", "Bispehaven")):
        rows = read_addition_file(ADDED_NOUNS[noun], Upload("a.xlsx", out.getvalue())).rows
        assert [row["name"] for row in rows] == [name]


@for_each(
    ("table", "head", "column"),
    [
        ("area", "Boligområde;type;kommune", "name"), ("area", "Områdets navn;slags", "name"),
        ("indicator", "titel;måleenhed", "unit"), ("population_group", "gruppe;alias", "aliases"),
        ("source", "kildens titel;udgiver", "title"),
    ],
)  # fmt: skip
def test_what_people_call_columns(table: str, head: str, column: str) -> None:
    cells = ";".join("x" for _ in head.split(";"))
    (row,) = read_addition_file(table, Upload("a.csv", f"{head}\n{cells}\n".encode())).rows
    assert column in row


@for_each(
    ("written", "unit"),
    [
        *((text, "percent") for text in ("%", "pct.", "Pct", "procent", "(%)", "i procent",
                                         "Andel i procent")),
        # What kind of figure it is says nothing of what is counted: »2 antal« is no Danish.
        *((text, "") for text in ("antal", "Antal", "(antal)", "beløb", "Gns.", "Antal i alt")),
        ("Antal personer", "persons"), ("antal af sager", "cases"),
        ("Elev; Elever", "elev; elever"),
        ("antal sager pr. 1.000 indbyggere", "sager pr. 1.000 indbyggere"), ("kr", "kr."),
        ("DKK", "kr."), ("mio. kr", "mio. kr."), ("stk", "stk."), ("Kr. pr. elev", "kr. pr. elev"),
        ("ECTS", "ECTS"), ("CO2-ækvivalenter", "CO2-ækvivalenter"), ("m²", "m²"),
        *((unit, unit) for unit in known_units()),
    ],
)  # fmt: skip
def test_a_unit_is_what_stands_after_a_number(written: str, unit: str) -> None:
    assert unit_of(written) == unit
