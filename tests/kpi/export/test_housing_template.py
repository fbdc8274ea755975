"""The template of the housing areas' yearly figures: typed into, it is read without a question."""

import io
import itertools
from datetime import date
from pathlib import Path

from python_calamine import CalamineWorkbook

from kpi.export.housing_template import housing_rows, housing_template, list_day
from kpi.export.template import HEADERS, SHEET, filled_template
from kpi.store import Store
from tests.kpi.ingest.checked import Desk
from tests.tables import for_each


@for_each(
    ("day", "listed"),
    [("2026-10-31", "2025-12-01"), ("2026-11-01", "2026-12-01"), ("2026-12-01", "2026-12-01"),
     ("2027-01-01", "2026-12-01")],
)  # fmt: skip
def test_the_list_that_is_typed(day: str, listed: str) -> None:
    assert list_day(date.fromisoformat(day)) == date.fromisoformat(listed)


def test_a_row_for_each_of_the_five_numbers_of_each_area(shipped: Store) -> None:
    catalog = shipped.catalog()
    book = CalamineWorkbook.from_filelike(io.BytesIO(housing_template(catalog)))
    head, *rows = book.get_sheet_by_name(SHEET).to_python()
    assert tuple(head) == HEADERS
    cells = [dict(zip(HEADERS, row, strict=False)) for row in rows]
    areas = [area.name for area in catalog.areas.values() if area.level == "housing_area"]
    assert sorted(str(cell["område"]) for cell in cells) == sorted(areas * 5)
    assert {cell["værdi"] for cell in cells} == {""}
    assert {cell["periode"] for cell in cells} == {f"{list_day(catalog.day):%YM%mD%d}"}


def test_typed_into_it_is_read_without_an_error(shipped_home: Path) -> None:
    desk = Desk.of(shipped_home)
    rows = housing_rows(desk.catalog)
    for row, value in zip(rows, itertools.cycle((42.0, 2.1, 58.5, 54.2, 61.0)), strict=False):
        row[HEADERS.index("værdi")] = value
    checked = desk.check(filled_template(desk.catalog, rows), name="tal.xlsx")
    assert [each.message for each in checked.problems if each.severity == "error"] == []
    assert checked.observations == len(rows)
    assert (checked.source_ids, checked.lacks_source) == (("udsatte_omraader",), False)
