"""ODS as other programs than LibreOffice write it: without styles, texts or the first part."""

import io
from zipfile import ZipFile

import pytest

from tests.kpi.ingest.checked import Desk, codes, read
from tests.kpi.ingest.made_files import ods, ods_sheet

HEAD = ["område", "periode", "nøgletal", "værdi"]


def _cell(kind: str, shown: str = "", **values: str) -> str:
    """A cell without a style: its value in attributes, and what the program showed of it."""
    attributes = " ".join(f'office:{name.replace("_", "-")}="{v}"' for name, v in values.items())
    text = f"<text:p>{shown}</text:p>" if shown else ""
    return f'<table:table-cell office:value-type="{kind}" {attributes}>{text}</table:table-cell>'


def _sheet(period: object, value: object, area: object = "Aarhus") -> bytes:
    return ods(ods_sheet([HEAD, [area, period, "rate", value]]))


@pytest.mark.parametrize(
    ("day", "shown", "period"),
    [
        ("2024-01-01", "2024", "2024"), ("2024-03-01", "mar. 2024", "2024M03"),
        ("2024-04-01", "2. kvartal 2024", "2024K2"), ("2024-03-01", "01-03-2024", "2024M03D01"),
        ("2024-03-01", "", "2024M03D01"), ("2024-03-02", "fredag", "2024M03D02"),
        # What is shown is another time than the cell's: the cell counts.
        ("2024-03-15", "2024", "2024M03D15"), ("2023-01-01", "2024", "2023M01D01"),
    ],
)  # fmt: skip
def test_a_date_without_a_format_is_the_period_that_was_shown(
    tiny: Desk, day: str, shown: str, period: str
) -> None:
    checked = tiny.check(_sheet(_cell("date", shown, date_value=day), 51.5))
    assert [each[:4] for each in read(checked)] == [("aarhus", "all", period, 51.5)]


@pytest.mark.parametrize(("currency", "is_fault"), [("DKK", True), ("EUR", True), ("", False)])
def test_money_without_a_format_is_no_percentage(tiny: Desk, currency: str, is_fault: bool) -> None:
    value = _cell("currency", "51,50", value="51.5", currency=currency)
    checked = tiny.check(_sheet(2024, value))
    assert ("unit_mismatch" in codes(checked)) is is_fault


@pytest.mark.parametrize("value", ["0.515", "51.5"])
def test_values_without_a_text_are_read_from_their_attributes(tiny: Desk, value: str) -> None:
    kind = "percentage" if value == "0.515" else "float"
    area = _cell("string", string_value="Aarhus")
    checked = tiny.check(_sheet(_cell("float", value="2024"), _cell(kind, value=value), area))
    assert read(checked) == [("aarhus", "all", "2024", 51.5, "final")]
    assert checked.publishable


def test_what_a_formula_judges_is_no_number(tiny: Desk) -> None:
    """LibreOffice writes `=TRUE()` as the number 1 that is shown as TRUE."""
    checked = tiny.check(_sheet(2024, _cell("float", "TRUE", value="1")))
    assert codes(checked) == ["not_a_number"]


# LibreOffice calls an error one; other programs write what it shows, and the formula.
_CALLED = {
    "Calc": 'calcext:value-type="error" '
            'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"',
    "another": "",
}  # fmt: skip


_ERRORS = ("#N/A", "#I/T", "#DIV/0!", "#VÆRDI!", "#NAME?", "Err:502")


def _formula(shown: str, program: str) -> str:
    return (
        f'<table:table-cell office:value-type="string" table:formula="of:=A9" {_CALLED[program]}>'
        f"<text:p>{shown}</text:p></table:table-cell>"
    )


@pytest.mark.parametrize("program", _CALLED)
@pytest.mark.parametrize("place", range(4))
def test_an_error_of_a_formula_is_neither_missing_nor_a_name(
    tiny: Desk, place: int, program: str
) -> None:
    """As in every other workbook; a text without a formula says what the source says."""
    rows = [["Aarhus", 2011 + row, "rate", 51.5] for row in range(len(_ERRORS))]
    for row, shown in zip(rows, _ERRORS, strict=True):
        row[place] = _formula(shown, program)
    checked = tiny.check(ods(ods_sheet([HEAD, *rows])))
    errors = [problem for problem in checked.problems if problem.severity == "error"]
    assert [(problem.column, problem.value) for problem in errors] == [
        (HEAD[place], shown) for shown in _ERRORS
    ]
    assert all("fejl i regnearket" in problem.message for problem in errors)


def test_what_a_source_writes_for_missing_is_no_error(tiny: Desk) -> None:
    checked = tiny.check(_sheet(2024, _cell("string", "#N/A")))
    assert [each[3:] for each in read(checked)] == [(None, "missing")]


@pytest.mark.parametrize(
    ("manifest", "is_table"),
    [("application/vnd.oasis.opendocument.spreadsheet", True),
     ("application/vnd.oasis.opendocument.text", False)],
)  # fmt: skip
def test_the_manifest_alone_may_say_what_it_is(tiny: Desk, manifest: str, is_table: bool) -> None:
    with ZipFile(io.BytesIO(_sheet(2024, 51.5))) as whole:
        content = whole.read("content.xml")
    file = io.BytesIO()
    with ZipFile(file, "w") as archive:
        archive.writestr("META-INF/manifest.xml", f'<m full-path="/" media-type="{manifest}"/>')
        archive.writestr("content.xml", content)
    checked = tiny.check(file.getvalue(), name="tal.ods")
    assert checked.publishable is is_table


def test_a_personal_number_in_an_attribute_is_seen(tiny: Desk) -> None:
    area = _cell("string", string_value="010190-1234")
    assert codes(tiny.check(_sheet(2024, 51.5, area))) == ["personal_data"]
