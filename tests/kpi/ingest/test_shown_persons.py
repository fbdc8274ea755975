"""What a workbook shows or holds of a cell beside the value that is read of it: searched too."""

import io
import struct
from collections.abc import Sequence
from datetime import date

import pytest
import xlsxwriter

from kpi.domain.personal import holds_personal_number
from kpi.ingest.gate.unseen_xml import Texts
from kpi.ingest.loading import load
from kpi.ingest.readers.number_formats import replaces_numbers, shown_instead, shown_text
from kpi.ingest.readers.workbook import read_workbook
from kpi.ingest.table.file_kind import Workbook
from kpi.ingest.table.raw import RefusedError, Upload
from tests.empty_database import empty_database
from tests.kpi.ingest.made_files import ods, ods_sheet, wide, xlsb, xlsb_cell, xlsb_row
from tests.tables import for_each

CPR = "010190-1234"
P = f"<text:p>{CPR}</text:p>"
TEXT = 'office:value-type="string"'

ODS_CELLS = {
    "number": f'<table:table-cell office:value-type="float" office:value="101901234">{P}',
    "share": f'<table:table-cell office:value-type="percentage" office:value="0.5">{P}',
    "money": f'<table:table-cell office:value-type="currency" office:value="5">{P}',
    "day": f'<table:table-cell office:value-type="date" office:date-value="1990-01-01">{P}',
    "yes": f'<table:table-cell office:value-type="boolean" office:boolean-value="true">{P}',
    "bare": f"<table:table-cell {TEXT}>{CPR}<text:p>x</text:p>",
    "ruby": f"<table:table-cell {TEXT}><text:p>a<text:ruby><text:ruby-base>b</text:ruby-base>"
    f"<text:ruby-text>{CPR}</text:ruby-text></text:ruby></text:p>",
    "table within": f"<table:table-cell {TEXT}><table:table><table:table-row><table:table-cell "
    f"{TEXT}>{P}</table:table-cell></table:table-row></table:table><text:p>x</text:p>",
    "error": '<table:table-cell office:value-type="float" office:value="2512481623" '
    'calcext:value-type="error"><text:p>#REF!</text:p>',
    "value of a text": f'<table:table-cell {TEXT} office:value="2512484916"><text:p>x</text:p>',
}


def is_found_in(content: bytes, kind: Workbook) -> bool:
    sheets = read_workbook(Upload(f"a.{kind}", content), kind)
    cells = (text for sheet in sheets for row in sheet.rows for text in row)
    return bool(sheets[-1].personal) or any(map(holds_personal_number, cells))


def test_every_text_of_an_ods_cell_is_searched() -> None:
    for what, cell in ODS_CELLS.items():
        row = f"<table:table-row>{cell}</table:table-cell></table:table-row>"
        assert is_found_in(ods(f'<table:table table:name="A">{row}</table:table>'), "ods"), what


@for_each(
    ("code", "number", "shown"),
    [
        ("000000\\-0000", 101901234, "010190-1234"),
        ("000000-0000", 2512484916, "251248-4916"),
        ("0\\-0000", 2512484916, "251248-4916"),
        ("00 00 00\\-0000", 101901234, "01 01 90-1234"),
        ("0000000000", 101901234, "0101901234"),
        ('"0"0', 101901234, "0101901234"),
        ('"0"General', 101901234, "0101901234"),
        ('"CPR "000000-0000', 101901234, "CPR 010190-1234"),
    ],
)
def test_a_number_that_its_format_shows_as_a_personal_number(
    code: str, number: int, shown: str
) -> None:
    assert replaces_numbers(code)
    assert shown_instead(code, number) == shown


@for_each(
    ("code", "number"),
    [('"251248-"0000', 4917), ('"070761"0000', 2062), ('"25"0000-0000', 12484917)],
)  # fmt: skip
def test_a_number_of_which_the_format_has_some_digits(code: str, number: int) -> None:
    assert holds_personal_number(shown_instead(code, number) or "")


@for_each(
    ("code", "number"),
    [('"2024: "0', 120345), ('"24/"000000', 4917), ('"1551-"0000000000', 123456),
     ('"31.12.2023: "0', 4567), ('"nr. 2024-"0000', 12), ('"+45 "00 00 00 00', 89402000)],
)  # fmt: skip
def test_digits_of_a_format_that_are_no_part_of_a_number(code: str, number: int) -> None:
    assert not holds_personal_number(shown_instead(code, number) or "")


@for_each(
    ("code", "number"),
    [
        ("0000000000", 2512484916), ("#,##0", 101901234), ("0", 101901234), ("0.00", 2512484916),
        ("General", 2512484916), ("000000-0000", 9999991234), ("0000000000", 12),
        ("00-00", 1234), ("0000-0000", 86123456), ("#,##0 kr.", 1012021234),
    ],
)  # fmt: skip
def test_a_number_that_its_format_shows_as_it_is(code: str, number: int) -> None:
    assert shown_instead(code, number) is None


BORN = (date(1948, 12, 25) - date(1899, 12, 30)).days


@for_each(
    "code",
    ['ddmmyy"-4916"', "ddmmyy\\-\\4\\9\\1\\6", 'dd.mm.yy"-4916"', 'dd/mm/yyyy"-4916"',
     'ddmmyy"4916"', 'd. mmm yyyy" 4916";@', '[$-406]ddmmyy" 4916"'],
)  # fmt: skip
def test_a_day_that_its_format_shows_as_a_number(code: str) -> None:
    assert replaces_numbers(code)
    assert holds_personal_number(shown_instead(code, BORN) or "")


@for_each(
    "code",
    ["ddmmyy", 'yyyy" (2024)"', '"2024 uge "dd', 'dd.mm.yy" kl. 1430"', 'dd-mm-yyyy" 00:00:00"',
     '"pr. "dd.mm.yyyy" 1000 kr."'],
)  # fmt: skip
def test_days_with_figures_of_their_format(code: str) -> None:
    assert [shown_instead(code, day) for day in (BORN, 45_291, 45_657)] == [None] * 3


def test_a_day_of_an_ods_whose_style_has_the_other_digits() -> None:
    style = (
        '<number:date-style style:name="N9"><number:day number:style="long"/><number:month '
        'number:style="long"/><number:year/><number:text>-4916</number:text></number:date-style>'
        '<style:style style:name="born" style:family="table-cell" style:data-style-name="N9"/>'
    )
    cell = (
        '<table:table-cell table:style-name="born" office:value-type="date" '
        'office:date-value="{}"><text:p>x</text:p></table:table-cell>'
    )
    for day, is_number in (("1948-12-25", True), ("2024-12-25", True), ("1900-01-05", False)):
        row = f"<table:table-row>{cell.format(day)}</table:table-row>"
        content = ods(f'<table:table table:name="A">{row}</table:table>', styles=style)
        assert is_found_in(content, "ods") is is_number, day


@pytest.mark.parametrize(
    ("number", "code"), [(101901234, "000000-0000"), (BORN, 'ddmmyy"-4916"')]
)  # fmt: skip
def test_a_formatted_cell_is_read_as_the_screen_shows_it(number: int, code: str) -> None:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        book.add_worksheet("A").write(0, 0, number, book.add_format({"num_format": code}))
    assert is_found_in(file.getvalue(), "xlsx")
    sheet = xlsb_row(0, xlsb_cell(5, 0, struct.pack("<d", number), style=1))
    content = xlsb(sheet, formats=[code], styles=[(0, 0), (164, 0)])
    assert is_found_in(content, "xlsb")


@for_each(
    ("code", "text", "shown"),
    [('@"-4916"', "251248", "251248-4916"), ('"251248-"@', "4916", "251248-4916"),
     ("@\\-\\4\\9\\1\\6", "251248", "251248-4916"), ('0;0;0;@" 49"', "251248-", "251248- 49"),
     ('"nr. "@', "251248", "251248"), ('@" (2024)"', "251248", "251248"), ("@", "251248", "251248"),
     ('@"-4916"', "Aarhus", "Aarhus")],
)  # fmt: skip
def test_a_text_whose_format_has_digits(code: str, text: str, shown: str) -> None:
    is_number = holds_personal_number(shown)
    assert shown_text(code, text) == (shown if is_number else text)
    if not text.isdecimal():
        return
    assert (shown_instead(code, int(text)) == shown) is is_number
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        style = book.add_format({"num_format": code})
        book.add_worksheet("A").write_row(0, 0, [text, int(text)], style)
    assert is_found_in(file.getvalue(), "xlsx") is is_number
    sheet = xlsb_row(0, xlsb_cell(6, 0, wide(text), style=1))
    content = xlsb(sheet, formats=[code], styles=[(0, 0), (164, 0)])
    assert is_found_in(content, "xlsb") is is_number


def test_a_text_of_an_ods_whose_style_has_the_other_digits() -> None:
    style = (
        '<number:text-style style:name="N9"><number:text-content/><number:text>{}</number:text>'
        '</number:text-style><style:style style:name="born" style:family="table-cell" '
        'style:data-style-name="N9"/>'
    )
    cell = f'<table:table-cell table:style-name="born" {TEXT}><text:p>251248</text:p>'
    row = f"<table:table-row>{cell}</table:table-cell></table:table-row>"
    for digits, is_number in (("-4916", True), (" (2024)", False)):
        table = f'<table:table table:name="A">{row}</table:table>'
        content = ods(table, styles=style.format(digits))
        assert is_found_in(content, "ods") is is_number, digits


BORN_DAYS = ((date(1948, 12, 25), "4916"), (date(1961, 7, 7), "2061"), (date(1956, 12, 14), "1666"))
MONTHS = tuple((date(2023, month, 1), str(4000 + 37 * month)) for month in (1, 2, 3, 4))


def made_of_days(
    names: tuple[str, str], rows: Sequence[tuple[date, str]], code: str, kind: Workbook
) -> bytes:
    """A workbook with a column of days that a format shows, and one of texts."""
    if kind == "ods":
        day = f'<table:table-cell table:style-name="{code}" office:value-type="date" '
        cells = [
            (f'{day}office:date-value="{born}"><text:p>x</text:p></table:table-cell>', last)
            for born, last in rows
        ]
        return ods(ods_sheet([names, *cells]), styles=DAY_STYLES)
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet("A")
        sheet.write_row(0, 0, names)
        for place, (born, last) in enumerate(rows, start=1):
            sheet.write_datetime(place, 0, born, book.add_format({"num_format": code}))
            sheet.write(place, 1, last)
    return file.getvalue()


def is_refused(upload: Upload) -> bool:
    """Whether a file is refused for CPR numbers."""
    with empty_database() as connection:
        try:
            load(connection, upload)
        except RefusedError as error:
            return error.problem.code == "personal_data"
    return False


DAY_STYLES = (
    '<number:date-style style:name="N8"><number:month number:textual="true"/><number:text>-'
    '</number:text><number:year/></number:date-style><style:style style:name="month" '
    'style:family="table-cell" style:data-style-name="N8"/>'
)


@for_each(
    ("code", "kind"),
    [("mmm-yy", "xlsx"), ("yyyy", "xlsx"), ('"født "yyyy', "xlsx"), ("month", "ods")],
)
def test_days_that_are_shown_as_months_are_parts_of_numbers(code: str, kind: Workbook) -> None:
    """The kept file has the days, whatever is shown of them."""
    for names, rows, is_number in (
        (("a", "b"), BORN_DAYS, True),
        (("fødselsdato", "sidste 4"), BORN_DAYS[:1], True),
        (("måned", "antal"), MONTHS, False),
        (("måned", "x"), MONTHS, False),
    ):
        upload = Upload(f"a.{kind}", made_of_days(names, rows, code, kind))
        assert is_refused(upload) is is_number, names


CELL = '<c r="A1" t="inlineStr"><is><t>{}</t></is></c>'
READ = CELL.format(CPR)
OTHER = CELL.format("x")


@for_each(
    ("rows", "is_found"),
    [
        (f'<row r="1">{READ}</row>', False),
        (f'<row r="1">{READ}</row><row r="1">{OTHER}</row>', True),
        (f'<row r="1">{READ}{OTHER}</row>', True),
        (f'<row r="1"><c r="A1"><v>1</v><is><t>{CPR}</t></is></c></row>', True),
        ('<row r="1"><c r="A1" t="inlineStr"><is><t>a</t>'
         f'<rPh sb="0" eb="1"><t>{CPR}</t></rPh></is></c></row>', True),
    ],
)  # fmt: skip
def test_what_a_sheet_contains_that_no_cell_shows(rows: str, is_found: bool) -> None:
    sheet = f"<worksheet><sheetData>{rows}</sheetData></worksheet>"
    assert Texts(has_cells=True).has_personal_number(iter([sheet.encode()])) == is_found
