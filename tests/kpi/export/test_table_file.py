"""A page's table as CSV and as a workbook: numbers as such, and no text that runs."""

import io
from datetime import date

from python_calamine import CalamineWorkbook

from kpi.export.table_file import TableFile, table_csv, table_workbook
from tests.tables import for_each

TABLE = TableFile(
    "Fem nøgletal",
    ("Nøgletal", "Før", "Ændring", "Dato", "Periode"),
    (
        ("Fravær\nSkole", "7,0 %\n2023/2024", "−0,1", "3. marts 2025", "2024"),
        ("=1+1", "ca. 1.234 kr.", "+1.000,25", "31. februar 2025", "2. kvartal 2024"),
        ("@x", "skjult", "–", "", "1. juni 2024-3. juni 2024"),
        ("over 30", "<5", "21 af 68 (31 %)", "", "12"),
    ),
    (("Side", "Overblik"),),
)


def test_a_csv_has_decimal_commas_and_columns_for_what_stands_beside_a_number() -> None:
    lines = table_csv(TABLE).decode("utf-8-sig").split("\r\n")
    assert lines == [
        "Nøgletal;Nøgletal, uddybning;Før;Før, forbehold;Før, enhed;Før, uddybning;Ændring;Dato;"
        "Periode",
        "Fravær;Skole;7,0;;%;2023/2024;-0,1;2025-03-03;2024",
        "'=1+1;;1234;ca.;kr.;;1000,25;31. februar 2025;2. kvartal 2024",
        "'@x;;skjult;;;;–;;1. juni 2024-3. juni 2024",
        "over 30;;<5;;;;21 af 68 (31 %);;12",
        "",
    ]


def test_a_workbook_has_numbers_and_days_and_says_what_it_is() -> None:
    content = io.BytesIO(table_workbook(TABLE, date(2026, 11, 28)))
    book = CalamineWorkbook.from_filelike(content)
    rows = book.get_sheet_by_name("Tabel").to_python()
    assert [row[2] for row in rows] == ["Før", 7.0, 1234, "skjult", "<5"]
    assert [row[6] for row in rows] == ["Ændring", -0.1, 1000.25, "–", "21 af 68 (31 %)"]
    assert [row[7] for row in rows[:3]] == ["Dato", date(2025, 3, 3), "31. februar 2025"]
    assert [row[0] for row in rows[1:]] == ["Fravær", "=1+1", "@x", "over 30"]
    about = book.get_sheet_by_name("Om").to_python()
    assert about == [["Tabel", "Fem nøgletal"], ["Side", "Overblik"]]


@for_each("unit", ["%", "procentpoint", "kr. om året", "sager"])
def test_a_unit_that_all_numbers_share_is_in_the_heading(unit: str) -> None:
    table = TableFile("T", ("Værdi",), ((f"1,5 {unit}",), ("skjult",), (f"2,5 {unit}",)))
    assert table_csv(table).decode("utf-8-sig") == f"Værdi ({unit})\r\n1,5\r\nskjult\r\n2,5\r\n"
