"""One table in many forms: in Danish and English, with any delimiter, as text and as a workbook."""

import codecs
import csv
import io
from collections.abc import Sequence
from datetime import date
from fractions import Fraction

import pytest
import xlsxwriter

from tests.kpi.ingest.checked import Desk, Read, codes, codes_of_cells, read, reported_of_cells

# The same observations in every form that a table may have.
ENGLISH = [
    ("indicator", "area", "group", "period", "value", "numerator", "denominator", "note"),
    ("rate", "aarhus", "non_western", "2023", "62.5", "5", "8", "løst; hørt"),
    ("persons", "084", "", "2023K1", "1234.5", "", "", ""),
]  # fmt: skip
DANISH = [
    ("Note", "Værdi", "Tæller", "Nævner", "Periode", "Gruppe", "Område", "Nøgletal"),
    ("løst; hørt", "62,5", "5", "8", "2023", "Ikke-vestlig baggrund", "Aarhus Kommune", "Job"),
    ("", "1.234,5", "", "", "1. kvt. 2023", "", "84 Region Hovedstaden", "Personer i forløb"),
]  # fmt: skip


def as_csv(rows: Sequence[tuple[str, ...]], delimiter: str, newline: str = "\n") -> str:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter, lineterminator=newline).writerows(rows)
    return text.getvalue()


def as_xlsx(rows: Sequence[tuple[object, ...]]) -> bytes:
    """A workbook of one sheet. Dates and fractions (a share in percent) are formatted as such."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        sheet = book.add_worksheet("Tal")
        formats = {
            date: book.add_format({"num_format": "dd-mm-yyyy"}),
            Fraction: book.add_format({"num_format": "0.0%"}),
        }
        for line, row in enumerate(rows):
            for column, cell in enumerate(row):
                shown = float(cell) if isinstance(cell, Fraction) else cell
                sheet.write(line, column, shown, formats.get(type(cell)))
    return content.getvalue()


TYPED_ROWS: list[tuple[object, ...]] = [
    ENGLISH[0],
    ("rate", "aarhus", "non_western", 2023, 62.5, 5, 8, "løst; hørt"),
    ("persons", 84, "", "2023K1", 1234.5, "", "", ""),
]


@pytest.mark.parametrize(
    "content",
    [
        as_csv(ENGLISH, ";").encode(),
        as_csv(ENGLISH, ",").encode(),
        as_csv(ENGLISH, "\t", "\r\n").encode(),
        as_csv(DANISH, ";").encode(),
        as_csv(DANISH, ",").encode(),
        as_csv(DANISH, "\t").encode(),
        as_csv(DANISH, ";", "\r\n").encode("utf-8-sig"),
        as_csv(DANISH, ";").encode("utf-16"),
        codecs.BOM_UTF16_BE + as_csv(DANISH, ";").encode("utf-16-be"),
        as_csv(DANISH, ";", "\r\n").encode("cp1252"),
        as_csv([("Indberetning 2023", ""), ("", ""), *DANISH], ";").encode(),
        as_xlsx([*ENGLISH]),
        as_xlsx([*DANISH]),
        as_xlsx(TYPED_ROWS),
        as_xlsx([("Indberetning",), (), *TYPED_ROWS]),
    ],
)
def test_one_table_in_many_forms(tiny: Desk, content: bytes) -> None:
    checked = tiny.check(content)
    assert read(checked) == [
        ("aarhus", "non_western", "2023", 62.5, "final"),
        ("region", "all", "2023K1", 1234.5, "final"),
    ]
    assert codes(checked) == ["other_period_kind", "not_whole"]
    assert checked.publishable


@pytest.mark.parametrize(
    ("period", "value", "observations", "problems"),
    [
        (2020, 5, [("aarhus", "all", "2020", 5.0, "final")], []),
        # an Excel date is a day
        (date(2024, 5, 31), 5, [("aarhus", "all", "2024M05D31", 5.0, "final")], []),
        # 0.167 that Excel shows as 16.7%
        (2020, Fraction(167, 1000), [("aarhus", "all", "2020", 16.7, "final")], []),
        # Of a rate a decimal more than is shown is kept.
        (2020, 0.167, [("aarhus", "all", "2020", 0.17, "final")], []),
        (2020, 1.234, [("aarhus", "all", "2020", 1.23, "final")], []),  # typed: not ambiguous
        # A share in percent is never 1234.
        (2020, "1.234", [("aarhus", "all", "2020", 1.23, "final")], ["read_by_content"]),
        (2020, "16,7", [("aarhus", "all", "2020", 16.7, "final")], []),
        (2020, True, [], ["not_a_number"]),
        (2020, "..", [("aarhus", "all", "2020", None, "missing")], ["suppressed"]),
        (2020, "", [], ["ignored_row"]),
        (2020.5, 5, [], ["unknown_period"]),
        (20, 5, [], ["unknown_period"]),
    ],
)
def test_cells_of_a_workbook(
    tiny: Desk, period: object, value: object, observations: list[Read], problems: list[str]
) -> None:
    rows = [("indicator", "area", "period", "value"), ("rate", "aarhus", period, value)]
    checked = tiny.check(as_xlsx(rows), name="tal.xlsx")
    assert checked.format == "table_xlsx"
    assert read(checked) == observations
    assert codes_of_cells(checked) == problems
    assert {row for _, _, row, *_ in reported_of_cells(checked)} <= {2}


@pytest.mark.parametrize(
    ("values", "given", "decimal"),
    [
        (("50", "1.234,5"), None, "comma"),
        (("50", "1,234.5"), None, "point"),
        (("50", "1.234", "0,5"), None, "comma"),  # one cell decides for the column
        (("1.5", "1,5"), None, None),  # and two that disagree do not
        (("50", "60"), None, None),
        (("1.234", "50"), "point", "point"),
    ],
)
def test_the_decimal_mark_is_reported(
    tiny: Desk, values: tuple[str, ...], given: str | None, decimal: str | None
) -> None:
    rows = "".join(f"hours;aarhus;{2000 + n};{value}\n" for n, value in enumerate(values))
    assert tiny.check(f"indicator;area;period;value\n{rows}", decimal=given).decimal == decimal


@pytest.mark.parametrize(
    ("indicators", "values"), [(("rate", "rate"), [62.5, 25.0]), (("rate", "persons"), [62.5])]
)
def test_an_empty_column_of_values_is_counted_from_its_parts(
    desk: Desk, indicators: tuple[str, str], values: list[float]
) -> None:
    """As where the column is not there at all: of shares only, and reported."""
    rows = f"{indicators[0]};aarhus;2023;;5;8\n{indicators[1]};odense;2023; ;2;8\n"
    checked = desk.check(f"nøgletal;område;periode;værdi;tæller;nævner\n{rows}")
    assert [observation[3] for observation in read(checked)] == values
    assert ("read_by_content" in codes(checked)) == bool(values)
    assert "ignored_column" not in codes(checked)
