"""A number of a spreadsheet shows what the text that it is made of said."""

import io
import re
from dataclasses import replace

import pytest
from python_calamine import CalamineWorkbook

from kpi.domain.catalog import Catalog
from kpi.domain.format import MINUS, number
from kpi.export.paper import Paper
from kpi.export.shown_numbers import shown_number
from kpi.export.workbook import CLAIMS, NEWS, workbook
from tests.tables import for_each


def as_excel_shows(value: float, shape: str) -> str:
    """What Danish Excel shows of a number with such a format."""
    words = re.findall(r'"([^"]*)"', shape)
    bare = re.sub(r'"[^"]*"', "\\0", shape)
    decimals = len(re.findall(r"\.(0*)", bare)[0]) if "." in bare else 0
    shown = ("+" if "+" in bare else "") + number(value, decimals)
    bare = re.sub(r"\+?#,##0(?:\.0+)?", shown.replace("\\", ""), bare)
    for text in words:
        bare = bare.replace("\0", text, 1)
    return bare


@for_each(
    ("text", "value"),
    [
        ("6", 6.0), ("40\u00a0%", 40.0), ("−34,0\u00a0%", -34.0), ("+1,5 procentpoint", 1.5),
        ("373.388", 373_388.0), ("1.234,50\u00a0kr.", 1234.5), ("ca. 33\u00a0%", 33.0),
        ("77,4\u00a0% (2023)", 77.4), ("12 (opgjort 6. oktober 2024)", 12.0), ("0", 0.0),
        ("9,7\u00a0% (efterår 2024). Usikkert tal", 9.7),
        *((each, None) for each in (
            "", "–", "Planlagt", "skjult", "<5", "over 30", "mere end 30", "21-43 %", "1/3",
            "21 af 68 (31\u00a0%)", "ca. 8 af 20", "3 til 5 uger", "19. marts 2025", "12.5", "1234",
            "2 \"store\" børn", "Én", f"5 {'x' * 200}",
        )),
    ],
)  # fmt: skip
def test_a_number_is_shown_as_its_text(text: str, value: float | None) -> None:
    shown = shown_number(text)
    assert (shown and shown.value) == value
    if shown:
        assert as_excel_shows(*shown) == text.replace("-", MINUS)


@pytest.mark.parametrize("sheet", [NEWS, CLAIMS])
def test_sheets_of_news_and_claims_have_numbers_as_numbers(
    sheet: str, handed_in: Paper, catalog: Catalog
) -> None:
    rows = (("Nyt tal", "Fravær, 2025", "13,0\u00a0% (2024)", "9,7\u00a0%"),
            ("Ny status", "Sprogboost", "Planlagt", "I gang"))  # fmt: skip
    content = workbook(replace(handed_in, news=rows), catalog)
    read = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_name(sheet)
    cells = [cell for row in read.to_python()[1:] for cell in row[2:4]]
    assert [cell for cell in cells if isinstance(cell, str) and shown_number(cell)] == []
    assert any(isinstance(cell, float) for cell in cells)
