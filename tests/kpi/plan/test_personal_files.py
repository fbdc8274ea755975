"""Files of the plan with a CPR number are refused."""

import io

import pytest
import xlsxwriter

from kpi.ingest.table.raw import RefusedError, Upload
from kpi.plan.files import read_plan_file


def test_numbers_beside_the_cells_and_cut_by_an_escape_are_refused() -> None:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet("Status")
        sheet.write_row(0, 0, ("indsats", "dato", "status", "beskrivelse", "kilde"))
        sheet.write_row(1, 0, ("sprogboost", "2025-06-01", "I gang", "Fast", "status_2025"))
        sheet.write_comment("A2", "Om 25/12/48 4916")
    with pytest.raises(RefusedError, match="en kommentar") as refused:
        read_plan_file(Upload("plan.xlsx", file.getvalue()))
    assert "4916" not in str(refused.value)
    text = "indsats;dato;status;beskrivelse\nx;2025-06-01;I gang;251248&#45;4916\n"
    with pytest.raises(RefusedError, match="CPR-nummer"):
        read_plan_file(Upload("plan.csv", text.encode()))
