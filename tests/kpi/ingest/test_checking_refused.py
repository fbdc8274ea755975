"""Files that are refused as a whole: personal data above all, what is no table, and broken ones."""

import io

import pytest
import xlsxwriter

from kpi.ingest.checking import check
from kpi.ingest.mapping.choices import Choices
from kpi.ingest.table.raw import MOST_CELL_CHARACTERS, Upload
from kpi.store.connection import compared_with
from tests.kpi.ingest.checked import Desk, codes, read

# A made-up number of somebody born on 1 January 1990, and as Excel keeps it: without its zero.
TEN, NINE = "0101901234", "101901234"
DASHED = "010190-1234"
HEAD = "indicator;area;period;value\n"
ROW = "hours;aarhus;2020;5\n"
PX = (
    'CHARSET="ANSI";\nCODEPAGE="utf-8";\nTITLE="%s";\nSTUB="køn";\nHEADING="tid";\n'
    'VALUES("køn")="%s","K";\nVALUES("tid")="2023";\nDATA=\n%s\n2;\n'
)
JSON = '[{"Område": "%s", "Tid": "2020", "Antal": 5}, {"Område": "b", "Tid": "2", "Antal": %s}]'


def book(*sheets: tuple[str, list[tuple[object, ...]]], hidden: str = "") -> bytes:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as workbook:
        for name, rows in sheets:
            sheet = workbook.add_worksheet(name)
            for line, row in enumerate(rows):
                for column, cell in enumerate(row):
                    sheet.write(line, column, cell)
            if name == hidden:
                sheet.hide()
    return content.getvalue()


TABLE: list[tuple[object, ...]] = [
    ("indicator", "area", "period", "value"),
    ("hours", "aarhus", 2020, 5),
]


@pytest.mark.every_case
@pytest.mark.parametrize(
    ("content", "name", "row"),
    [
        (HEAD + ROW + f"hours;{TEN};2020;5\n", "a.csv", 3),
        (HEAD + f"hours;aarhus;2020;{DASHED}\n", "a.csv", 2),
        (HEAD + ROW + f"{NINE};{TEN};{DASHED};5\n", "a.csv", 3),  # in several columns
        (HEAD + f"hours;aarhus;2020;{TEN}\n", "a.csv", 2),  # in the value column too
        (HEAD + "hours;aarhus;2020;010190 1234\n", "a.csv", 2),
        (HEAD + "hours;aarhus;2020;010190\u00a0–\u00a01234\n", "a.csv", 2),
        (HEAD + "hours;aarhus;2020;6101901234\n", "a.csv", 2),  # a substitute number
        (HEAD + "hours;aarhus;2020;٠١٠١٩٠١٢٣٤\n", "a.csv", 2),  # digits of another script
        (HEAD + f'hours;"Se\n{DASHED}";2020;5\n', "a.csv", 2),
        (f"indicator;area;period;value;{TEN}\nhours;aarhus;2020;5;x\n", "a.csv", 1),
        (f"Udtræk for {DASHED}\n{HEAD}{ROW}", "a.csv", 2),
        (HEAD + ROW, f"{DASHED}.csv", None),
        # rows that cannot be read are looked through as well
        (HEAD + ROW + f"hours;aarhus;2020;5;{TEN};6\n", "a.csv", 3),
        (HEAD + ROW + f'"hours;{DASHED}\n', "a.csv", 3),
        (f"cpr\n{TEN}\n", "a.csv", 2),
        (f"OMRÅDE;TID;INDHOLD\n{TEN};2020;5\n", "a.csv", 2),
        (f"Område;Køn;2020;2021\nx;{TEN};5;6\n", "a.csv", 2),
        ((HEAD + f"hours;å;2020;{DASHED}\n").encode("cp1252"), "a.csv", 2),
        ((HEAD + f"hours;å;2020;{DASHED}\n").encode("utf-16"), "a.csv", 2),
        # an escape whose end parts two cells, a date and four digits, lines of one cell
        (HEAD + "hours;251248&#45;4916;2020;5\n", "a.csv", 2),
        (HEAD + "hours;25/12/48 4916;2020;5\n", "a.csv", 2),
        (HEAD + 'hours;"251248\n4916";2020;5\n', "a.csv", 2),
        ("indicator;area;period;value;fødselsdato;løbenr\nhours;å;2020;5;25-12-1948;4916\n",
         "a.csv", 2),
        ("indicator;area;period;value;a;b\nhours;å;2020;5;CPR-nr.;101901234\n", "a.csv", 2),
        # nine digits: in a column named for it, and where nothing else stands
        (f"indicator;area;period;value;cpr-nr\nhours;aarhus;2020;5;{NINE}\n", "a.csv", 2),
        (f"indicator;area;period;value;Person-nr.\nhours;aarhus;2020;5;{NINE}\na;b;c;d;x\n",
         "a.csv", 2),
        ("indicator;area;period;value;x\n" + "".join(
            f"hours;aarhus;{year};5;{year % 28 + 1}01901234\n" for year in range(2000, 2004)),
         "a.csv", 2),
        ("indicator;area;period;value;x\n" + f"hours;aarhus;2020;5;{NINE}.0\n" * 3, "a.csv", 2),
        (book(("Tal", [*TABLE, ("hours", TEN, 2020, 5)])), "a.xlsx", 3),
        (book(("Tal", [*TABLE, ("hours", "aarhus", 2020, 2512484916)])), "a.xlsx", 3),
        (book(("Tal", [(f"Om {DASHED}",), *TABLE])), "a.xlsx", 1),
        (book(("Tal", TABLE), (DASHED, [("x",)])), "a.xlsx", None),
        (book(("Tal", TABLE), ("Gemt", [("x", ""), (DASHED, "")]), hidden="Gemt"), "a.xlsx", 2),
        (book(("Tal", [(*row, extra) for row, extra in
                       zip(TABLE, ("CPR", int(NINE)), strict=True)])), "a.xlsx", 2),
        (JSON % (DASHED, "5"), "a.json", 1),
        (JSON % ("a", TEN[1:].join(("1", ""))), "a.json", 1),
        (JSON.replace("Område", "CPR") % (NINE, "5"), "a.json", 1),
        (JSON % ("\\u0030101901234", "5"), "a.json", 1),
        (PX % (DASHED, "M", "1"), "a.px", 3),
        (PX % ("x", TEN, "1"), "a.px", 6),
        (PX % ("x", "M", TEN), "a.px", 9),
        (PX % ("x", "M", '"251248 4916"'), "a.px", 9),
    ],
)  # fmt: skip
def test_personal_data(tiny: Desk, content: str | bytes, name: str, row: int | None) -> None:
    checked = tiny.check(content, name=name)
    assert codes(checked) == ["personal_data"]
    (problem,) = checked.problems
    assert (problem.severity, problem.row) == ("error", row)
    assert problem.message
    assert problem.hint
    assert (checked.rows_read, checked.observations, checked.publishable) == (0, 0, False)
    said = str(checked)
    assert not [number for number in (TEN, NINE, DASHED, "1234", "٠١٠١٩٠") if number in said]


@pytest.mark.parametrize(
    "content",
    [
        # decimals, amounts with decimals, long numbers, dates
        "dato;sag;" + HEAD + "2020-12-21;1608584803;hours;aarhus;2020;5\n",
        "dato;x;" + HEAD + "21.12.2020;1608584803;hours;aarhus;2020;5\n",
        "dato;antal;"
        + HEAD
        + "".join(f"{day:02}.03.2024;{4900 + day};hours;aarhus;2020;5\n" for day in range(2, 28)),
        HEAD + "hours;201101-2020;2020;5\n",
        HEAD + "hours;aarhus;2020;70.2512484916\n",
        HEAD + "hours;aarhus;2020;0101901234,5\n".replace("0101901234", "1201901234"),
        HEAD + "hours;aarhus;2020;12345678901\n",
        HEAD + "hours;aarhus;2020;9999999999\n",
        # nine digits among other numbers
        HEAD + "".join(f"hours;aarhus;{2000 + n};{NINE}\n" for n in range(3)) + ROW,
        HEAD + f"hours;aarhus;2020;{NINE}\n",
    ],
)
def test_no_personal_data(tiny: Desk, content: str) -> None:
    assert "personal_data" not in codes(tiny.check(content))


@pytest.mark.every_case
@pytest.mark.parametrize(
    ("content", "code", "row"),
    [
        ("", "empty_file", None),
        ("\n \n", "empty_file", None),
        (HEAD, "empty_file", None),
        (HEAD + "\n;;;\n", "empty_file", None),
        (book(("Tal", TABLE[:1])), "empty_file", None),
        ("kommune\nAarhus\n", "not_a_table", None),
        ("%PDF-1.4\n1 0 obj", "not_a_table", None),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 20, "not_a_table", None),
        ("<html><body>Log ind</body></html>", "not_a_table", None),
        (b"SQLite format 3\0" + b"\0" * 100, "not_a_table", None),
        (b"PK\x03\x04broken", "not_a_table", None),
        ('{"a": 1}', "not_a_table", None),
        ('{"columns": ["a"], "rows": [["x"', "not_a_table", 1),
        (HEAD + "hours;aarhus;2020;5;6\n", "not_a_table", 2),
        (HEAD.encode() + b"hours;\x01;2020;5\n", "encoding", 2),
        ((HEAD + ROW).encode("utf-32"), "encoding", None),
        (HEAD + f"hours;{'x' * (MOST_CELL_CHARACTERS + 1)};2020;5\n", "too_large", 2),
    ],
)
def test_no_table(tiny: Desk, content: str | bytes, code: str, row: int | None) -> None:
    checked = tiny.check(content)
    assert codes(checked) == [code]
    (problem,) = checked.problems
    assert (problem.severity, checked.publishable, checked.observations) == ("error", False, 0)
    assert row is None or problem.row in {row, None}
    assert problem.message
    assert problem.hint


def test_a_workbook_may_have_any_name(tiny: Desk) -> None:
    checked = tiny.check(book(("Tal", TABLE)), name="tal.csv")
    assert checked.format == "table_xlsx"
    assert read(checked) == [("aarhus", "all", "2020", 5.0, "final")]


def test_two_sheets_of_tables(tiny: Desk) -> None:
    two = book(("Et", TABLE), ("To", [TABLE[0], ("hours", "odense", 2020, 7)]))
    checked = tiny.check(two)
    assert codes(checked) == ["not_a_table"]
    assert "--sheet" in checked.problems[0].hint
    assert read(tiny.check(two, sheet="To")) == [("odense", "all", "2020", 7.0, "final")]


def test_broken_rows_are_reported_beside_the_others(tiny: Desk) -> None:
    checked = tiny.check(
        HEAD + ROW + "hours;aarhus;2021\nhours;aarhus;2022;q\nhours;aarhus;2023;7\n"
    )
    assert [(problem.code, problem.row) for problem in checked.problems] == [
        ("not_a_table", 3),
        ("not_a_number", 4),
    ]
    assert (checked.observations, checked.publishable) == (2, False)


@pytest.mark.parametrize("note", ["", '"i anførselstegn"'])
@pytest.mark.parametrize("megabytes", [1, 10])
def test_out_of_memory(tiny: Desk, megabytes: int, note: str) -> None:
    """Wherever memory ends, at loading (1 MB) or later, read in either way, a problem says so."""
    rows = [f"hours;aarhus;{1700 + n // 12}M{n % 12 + 1:02};{n},5;{note}\n" for n in range(3600)]
    content = f"indicator;area;period;value;note\n{''.join(rows * 10)}".encode()
    with compared_with(tiny.version, 0) as connection:
        connection.execute("SET memory_limit = $limit", {"limit": f"{megabytes}MB"})
        checked = check(connection, Upload("a.csv", content), tiny.catalog, Choices())
    assert (codes(checked), checked.publishable) == (["too_large"], False)
    assert "for stor" in checked.problems[0].message


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_too_many_lines_are_refused_before_they_are_read(
    desk: Desk, end: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read_rows(*_: object) -> None:
        raise AssertionError("the rows were read")

    many = (HEAD + ROW * 4).replace("\n", end)
    monkeypatch.setattr("kpi.ingest.delimited_loading.MOST_ROWS", 3)
    # Empty lines are no rows.
    assert codes(desk.check((HEAD + ROW * 3 + "\n" * 9).replace("\n", end))) != ["too_large"]
    for loaded in ("_plain_rows", "spelled_rows"):
        monkeypatch.setattr(f"kpi.ingest.delimited_loading.{loaded}", read_rows)
    assert codes(desk.check(many)) == ["too_large"]
