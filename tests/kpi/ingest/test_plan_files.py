"""Files of the action plan: the template filled in, single tables as CSV, and what is no table."""

import io
from collections.abc import Sequence
from pathlib import Path

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from kpi.catalog import Catalog
from kpi.export.plan_template import plan_template
from kpi.ingest.plan_files import COLUMN_NAMES, TABLE_NAMES, read_plan_file
from kpi.ingest.raw import RefusedError, Upload
from kpi.store import Store, init, open_store
from kpi.store.entering import enter


def workbook(**sheets: Sequence[Sequence[object]]) -> Upload:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": "dd-mm-yyyy"})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for place, row in enumerate(rows):
            sheet.write_row(place, 0, row)
    book.close()
    return Upload("plan.xlsx", out.getvalue())


STATUS = ["indsats", "dato", "tilstand", "beskrivelse", "kilde"]


@pytest.mark.parametrize(
    "upload",
    [
        workbook(Status=[STATUS, ["sprogboost", "2025-06-01", "I drift", "Fast", "status_2025"]]),
        Upload(  # a single table is known by its columns
            "s.csv", b"indsats;dato;tilstand;beskrivelse;kilde\nsprogboost;2025-06-01;i drift;Fast;"
            b"status_2025\n",
        ),
        Upload(  # as in data/
            "s.csv", b"initiative_id,date,state,summary,source_id\n"
            b"sprogboost,2025-06-01,in_operation,Fast,status_2025\n",
        ),
    ],
)  # fmt: skip
def test_a_status_is_read(upload: Upload) -> None:
    assert read_plan_file(upload) == {
        "initiative_status": [
            {
                "initiative_id": "sprogboost",
                "date": "2025-06-01",
                "state": "in_operation",
                "summary": "Fast",
                "source_id": "status_2025",
            }
        ]
    }


def test_words_become_codes_and_numbers_keep_their_value() -> None:
    found = read_plan_file(
        workbook(
            Hændelser=[
                ["hændelse", "dato", "nøjagtighed", "titel", "kilde"],
                ["dag_et", "2025-05", "måned", "Temadag", "status_2025"],
            ],
            Mål=[
                ["mål", "nøgletal", "område", "gruppe", "periode", "værdi", "tilstand", "kilde"],
                [
                    "m1",
                    "employment_rate",
                    "aarhus",
                    "all",
                    "2027",
                    77.5,
                    "Besluttet",
                    "status_2025",
                ],
            ],
        )
    )
    assert found["event"][0]["precision"] == "month"
    assert (found["target"][0]["state"], found["target"][0]["value"]) == ("decided", "77.5")


@pytest.mark.parametrize(
    ("upload", "told"),
    [
        (Upload("tal.csv", b"a;b\n1;2\n"), "ingen af handleplanens tabeller"),
        (workbook(Ark1=[["indsats"], ["x"]]), "ingen af handleplanens tabeller"),
        (workbook(Status=[STATUS]), "ingen af handleplanens tabeller"),  # headers only
        (
            workbook(Status=[STATUS, ["sprogboost", "2025-06-01", "I drift", "010190-1111", "x"]]),
            "CPR",
        ),
    ],
)
def test_what_is_refused(upload: Upload, told: str) -> None:
    with pytest.raises(RefusedError) as refused:
        read_plan_file(upload)
    assert told in f"{refused.value.title} {refused.value.message}"


def test_the_template_has_every_table_and_column(store: Store, catalog: Catalog) -> None:
    book = CalamineWorkbook.from_filelike(io.BytesIO(plan_template(catalog, store.plan())))
    assert book.sheet_names == [*TABLE_NAMES.values(), "Lister"]
    heads = {name: book.get_sheet_by_name(name).to_python()[0] for name in TABLE_NAMES.values()}
    assert heads["Status"] == [COLUMN_NAMES[one] for one in (
        "initiative_id", "date", "state", "summary", "source_id",
    )]  # fmt: skip


def test_what_is_read_can_be_entered(tmp_path: Path) -> None:
    init(tmp_path)
    rows = read_plan_file(
        workbook(
            Indsatser=[["indsats", "tema", "titel"], ["ny", "language", "Ny indsats"]],
            Status=[STATUS, ["ny", "2025-06-01", "Planlagt", "Forberedes", "status_2025"]],
        )
    )
    assert enter(rows, "Anna", tmp_path).rows == 2
    titles = [one.title for one in open_store(tmp_path).plan().initiatives]
    assert "Ny indsats" in titles


@pytest.mark.parametrize(
    ("name", "written", "value"),
    [
        ("værdi", "800.000", "800000"), ("værdi", "1.234,5", "1234.5"), ("værdi", "12,5 %", "12.5"),
        ("value", "77.125", "77.125"),  # as data/ writes it
    ],
)  # fmt: skip
def test_a_number_is_read_as_its_column_writes_it(name: str, written: str, value: str) -> None:
    text = f"mål;nøgletal;periode;{name}\nt;nsk_budget;2026;{written}\n"
    (row,) = read_plan_file(Upload("plan.csv", text.encode()))["target"]
    assert row["value"] == value
