"""A cell's number is searched as it is kept, also where its format or an error shows another."""

from datetime import date
from decimal import Decimal

from kpi.ingest.readers.cell_styles import CellStyle
from kpi.ingest.readers.cell_values import may_be_person
from kpi.ingest.readers.opendocument_cells import error_read, number_read
from kpi.ingest.readers.workbook_rows import PERCENT, _marked
from kpi.ingest.table.raw import TYPED, UNREADABLE
from tests.tables import for_each

_DAY = date(1899, 12, 30)


@for_each("value", ["2512481623", "2512484916", "101901234"])
def test_numbers_that_may_be_persons(value: str) -> None:
    assert may_be_person(Decimal(value))
    for shown in ("#REF!", "Err:502", "Fejl:504", "###"):
        assert number_read("float", value, shown, CellStyle()).text == TYPED + value
        assert error_read("float", value, shown).text == TYPED + value
    assert number_read("percentage", value, "251248162300%", CellStyle()).text == TYPED + value
    assert _marked(TYPED + value, PERCENT, _DAY) == TYPED + value


@for_each("value", ["0.571", "57", "3212481623", "99999999", "25124849160", "-1"])
def test_other_numbers(value: str) -> None:
    hundredfold = f"{(Decimal(value) * 100).normalize():f}"
    assert not may_be_person(Decimal(value))
    assert number_read("float", value, "#REF!", CellStyle()).text == UNREADABLE + "#REF!"
    assert error_read("float", value, "#REF!").text == UNREADABLE + "#REF!"
    assert number_read("percentage", value, "", CellStyle()).text == TYPED + hundredfold + "%"
    assert _marked(TYPED + value, PERCENT, _DAY) == TYPED + hundredfold
