"""Which sheet of a workbook is the table, and where on it the table begins."""

from collections.abc import Sequence

import pytest

from kpi.ingest.readers.sheets import workbook_table
from kpi.ingest.readers.workbook import Sheet
from kpi.ingest.table.raw import RawTable, RefusedError
from tests.tables import for_each

Row = tuple[str, ...]
HEAD = ("indicator_id", "område", "Periode", "Værdi")
ONE = ("employment_rate", "751", "2022", "\x0254.5")
TEMPLATE = [HEAD, ONE]
STATBANK = [("A efter område og tid",), ("", "2023"), ("Aarhus", "\x021")]
WIDE = [("Ydelser",), (), ("Område", "1. kvt. 2022", "2. kvt. 2022"), ("Aarhus", "\x021", "\x022")]
OTHER = [("Kommune", "Andel"), ("Aarhus", "\x021")]
GUIDE = [("Kolonne", "Forklaring"), ("Periode", "Skriv 2022")]


def sheet(rows: Sequence[Row], name: str = "Ark1", visible: bool = True) -> Sheet:
    return Sheet(name, visible, list(rows))


def one(*rows: Row) -> RawTable:
    return workbook_table([sheet(rows)])


@for_each(
    ("rows", "table_format", "columns", "records"),
    [
        (TEMPLATE, "table_xlsx", HEAD, [(2, ONE)]),
        # title rows, an empty margin, a blank row, a column and a row too many
        (
            [
                ("Indberetning",) * 4,
                (),
                ("", *HEAD, "", " "),
                ("", *ONE),
                (),
                ("", *ONE),
                ("", " "),
            ],
            "table_xlsx",
            HEAD,
            [(4, ONE), (6, ONE)],
        ),
        # a cell beside the table and a short row are kept in their places
        (
            [(*HEAD, "", "Note"), (*ONE, "x"), ONE[:2]],
            "table_xlsx",
            (*HEAD, "kolonne 5", "Note"),
            [(2, (*ONE, "x", "")), (3, (*ONE[:2], "", "", "", ""))],
        ),
        (
            STATBANK,
            "statbank_xlsx",
            ("område", "tid", "INDHOLD"),
            [(3, ("Aarhus", "2023", "\x021"))],
        ),
        (
            WIDE,
            "jobindsats_csv",
            ("Område", "Periode", "INDHOLD"),
            [(4, ("Aarhus", "1. kvt. 2022", "\x021")), (4, ("Aarhus", "2. kvt. 2022", "\x022"))],
        ),
        # years that are numbers in the sheet; a footnote below a blank row
        (
            [
                ("Område", "Køn", "\x022021", "\x022022"),
                ("A", "I alt", "..", "\x022"),
                (),
                ("Kilde",),
            ],
            "jobindsats_csv",
            ("Område", "Køn", "Periode", "INDHOLD"),
            [(2, ("A", "I alt", "2021", "..")), (2, ("A", "I alt", "2022", "\x022"))],
        ),
        (
            [("Ydelser",), ("Område", "Periode", "Antal"), ("Aarhus", "jan 2022", "\x021")],
            "jobindsats_csv",
            ("Område", "Periode", "Antal"),
            [(3, ("Aarhus", "jan 2022", "\x021"))],
        ),
        # a count that looks like a year, beside the row's own period
        (
            [
                ("Kommune", "Måned", "Antal"),
                ("Aarhus", "maj 2025", "\x021800"),
                ("Odense", "maj 2025", "\x022001"),
                ("Randers", "maj 2025", "\x02950"),
            ],
            "table_xlsx",
            ("Kommune", "Måned", "Antal"),
            [
                (2, ("Aarhus", "maj 2025", "\x021800")),
                (3, ("Odense", "maj 2025", "\x022001")),
                (4, ("Randers", "maj 2025", "\x02950")),
            ],
        ),
        (OTHER, "table_xlsx", ("Kommune", "Andel"), [(2, ("Aarhus", "\x021"))]),
        # "Kilde | DST" stands over a line of its own and is no head
        (
            [
                ("Kilde", "DST"),
                ("Kun voksne",),
                ("Andel", "Andel", "Kommune"),
                ("1", "2", "Aarhus"),
            ],
            "table_xlsx",
            ("Andel", "Andel", "Kommune"),
            [(4, ("1", "2", "Aarhus"))],
        ),
    ],
)
def test_one_sheet(
    rows: Sequence[Row], table_format: str, columns: Row, records: list[tuple[int, Row]]
) -> None:
    table = one(*rows)
    assert (table.format, table.columns) == (table_format, columns)
    assert list(table.rows) == records


def test_title() -> None:
    assert one(*WIDE).title == "Ydelser"
    assert one(*TEMPLATE).title == ""


@for_each(
    "head",
    [
        "2022", "2022/2023", "2022/23", "2024K1", "2024M05", "2024M05D31", "2024Y01", "K1 2024",
        "1. kvartal 2022", "4. kvt. 2022", "2. halvår 2023", "jan 2022", "Maj 2021", "marts 2021",
        "dec. 2022", "oktober 2022", "uge 5, 2024", "efterår 2024", "2021:2025", "år 2022",
        "jan 2022 - dec 2022",
    ],
)  # fmt: skip
def test_period_heads(head: str) -> None:
    table = one(("Kommune", head, "2019"), ("Aarhus", "\x021", "\x022"))
    assert [cells for _, cells in table.rows] == [
        ("Aarhus", head, "\x021"),
        ("Aarhus", "2019", "\x022"),
    ]


@for_each("head", ["Andel 2022", "20222", "Alder 16-64", "5. klasse 2022", "1850"])
def test_other_heads(head: str) -> None:
    table = one(("Kommune", head, "2019"), ("Aarhus", "\x021", "\x022"))
    assert table.columns == ("Kommune", head, "2019")


@for_each(
    ("sheets", "wanted", "table_format"),
    [
        ([sheet(OTHER, "A"), sheet(STATBANK, "B"), sheet(TEMPLATE, "C")], None, "table_xlsx"),
        ([sheet(OTHER, "A"), sheet(WIDE, "B"), sheet(STATBANK, "C")], None, "statbank_xlsx"),
        ([sheet(GUIDE, "Vejledning"), sheet(WIDE, "Data")], None, "jobindsats_csv"),
        ([sheet(GUIDE, "Guide til filen"), sheet(OTHER, "Data")], None, "table_xlsx"),
        ([sheet(STATBANK, "A"), sheet(STATBANK, "B", visible=False)], None, "statbank_xlsx"),
        ([sheet(TEMPLATE, "A"), sheet([HEAD], "B")], None, "table_xlsx"),
        ([sheet(TEMPLATE, "A"), sheet(STATBANK, "Tal 2022")], " tal  2022", "statbank_xlsx"),
        ([sheet(TEMPLATE, "Vejledning")], None, "table_xlsx"),
    ],
)
def test_choice_of_sheet(sheets: list[Sheet], wanted: str | None, table_format: str) -> None:
    assert workbook_table(sheets, wanted).format == table_format


@for_each(
    ("sheets", "wanted", "code", "says"),
    [
        ([sheet(TEMPLATE, "A"), sheet(TEMPLATE, "B")], None, "not_a_table",
         "Vælg arket med --sheet NAVN: »A« eller »B«"),
        ([sheet(OTHER, "A"), sheet(OTHER, "B")], None, "not_a_table", "»A« eller »B«"),
        ([sheet(OTHER, "Januar"), sheet(OTHER, "B")], "januarr", "not_a_table", "»Januar«"),
        ([sheet(OTHER, "A", visible=False)], "a", "not_a_table", "skjult"),
        ([sheet(OTHER, "A", visible=False), sheet([], "B")], None, "empty_file", "Skjulte ark"),
        ([sheet([HEAD])], None, "empty_file", "ingen rækker"),
        ([sheet([HEAD, (), ("", " ")])], None, "empty_file", "ingen rækker"),
        ([sheet([HEAD], "A"), sheet(OTHER, "B")], None, "empty_file", "ingen rækker"),
        ([sheet([("A", "B")])], None, "empty_file", "ingen rækker"),
        ([sheet([])], None, "empty_file", "tom"),
        ([], None, "empty_file", "tom"),
        ([sheet([("Kun en tekst",), ("og en til",)])], None, "not_a_table", "overskriftsrække"),
        ([sheet([("Forside",), ("Notat",)]), sheet(OTHER, "Data", visible=False)], None,
         "not_a_table", "Er tallene i »Data«, så vis arket"),
    ],
)  # fmt: skip
def test_refused(sheets: list[Sheet], wanted: str | None, code: str, says: str) -> None:
    with pytest.raises(RefusedError, match=says) as caught:
        workbook_table(sheets, wanted)
    assert caught.value.problem.code == code


@for_each(
    ("name", "rows", "is_reported"),
    [
        ("Gammel", TEMPLATE, True),
        ("Lister", [("Områder",), ("Aarhus",)], False),
        ("Vejledning", TEMPLATE, False),
        ("Tom", [HEAD], False),
        ("Andet", WIDE, False),  # of another kind than the one that is read
    ],
)
def test_a_hidden_sheet_with_a_table_is_reported(
    name: str, rows: Sequence[Row], is_reported: bool
) -> None:
    table = workbook_table([sheet(rows, name, visible=False), sheet(TEMPLATE, "Nyt")])
    assert [problem.code for problem in table.problems] == ["hidden_cells"] * is_reported
    assert all(f"»{name}«" in problem.message for problem in table.problems)
