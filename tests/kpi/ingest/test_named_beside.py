"""What file names, folders, pairs of columns and notes of PX and JSON-stat say is compared, too."""

import io
import json
from collections.abc import Mapping
from typing import Any
from zipfile import ZipFile

import pytest

from kpi.ingest.mapping.recipe import find_recipe
from kpi.ingest.mapping.recipe_fit import Fit, fit_of, mismatch
from kpi.ingest.readers.archive import files_in, member
from kpi.ingest.readers.jsonstat import jsonstat_table
from kpi.ingest.readers.px import px_table
from kpi.ingest.table.raw import RawTable, Upload
from tests.conftest import DATA
from tests.kpi.ingest.checked import Desk
from tests.tables import for_each

ROWS = "nøgletal;område;periode;værdi{}\nBeskæftigelse;Aarhus;2025;74,6{}\n"


def _zipped(files: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with ZipFile(out, "w") as archive:
        for path, content in files.items():
            archive.writestr(path, content)
    return out.getvalue()


def _asked(desk: Desk, content: str, name: str = "udtræk.csv") -> list[str | None]:
    checked = desk.check(content, name=name)
    return [problem.value for problem in checked.problems if problem.code == "text_words"]


@pytest.mark.parametrize(
    ("heads", "ages", "value"),
    [
        ("Alder fra;Alder til", "16;66", "16-66 år"),
        ("Alder fra;Alder til", "16;64", None),
        ("alder_min;alder_max", "30;64", "30-64 år"),
        ("Til alder;Fra alder", "69;15", "15-69 år"),
        ("Alder fra", "18", "fra 18 år"),
        ("Løn fra;Løn til", "16;66", None),  # no ages
    ],
)
def test_two_columns_of_one_age_each(real: Desk, heads: str, ages: str, value: str | None) -> None:
    expected = [] if value is None else [value]
    assert _asked(real, ROWS.format(f";{heads}", f";{ages}")) == expected


@pytest.mark.parametrize(
    ("name", "is_asked"),
    [
        ("beskæftigelse jan-maj 2025.csv", True), ("beskaeftigelse_2025H1.csv", True),
        ("beskæftigelse 1. halvår 2025.csv", True), ("beskæftigelse_2025K3.csv", True),
        ("beskæftigelse ÅTD 2025.csv", True),
        ("beskæftigelse jan-dec 2025.csv", False),  # all of it
        ("beskæftigelse_2025K4.csv", False), ("beskæftigelse 2. halvår 2025.csv", False),
        ("beskæftigelse jan-maj 2026.csv", False),  # when it was made
        ("beskæftigelse maj 2025.csv", False), ("beskæftigelse 2025.csv", False),
    ],
)  # fmt: skip
def test_a_file_called_by_a_part_of_its_newest_year(real: Desk, name: str, is_asked: bool) -> None:
    assert bool(_asked(real, ROWS.format("", ""), name)) is is_asked


@for_each(
    ("file", "other"),
    [
        ("RAS201_20250101.csv", "RAS201"), ("ras201.csv", "RAS201"), ("RAS200_2025.csv", None),
        ("beskæftigelse.csv", None), ("udtræk2025.csv", None), ("data2.csv", None),
    ],
)  # fmt: skip
def test_a_file_called_after_another_table(file: str, other: str | None) -> None:
    recipe = find_recipe("ras200", [DATA / "recipes"])
    table = RawTable("statbank_csv", (), ())
    messages = [p.message for p in mismatch(recipe, table, False, file) if "tabel" in p.message]
    assert len(messages) == (other is not None)
    assert all(f"siger tabel {other}," in message for message in messages)
    assert (fit_of(recipe, table, file) is Fit.OTHER) == (other is not None)
    assert not [p for p in mismatch(recipe, table, True, file) if "siger tabel" in p.message]


def test_folders_of_a_zip_that_say_what_the_figures_are(real: Desk) -> None:
    paths = ("mænd/aarhus.csv", "2019/odense.csv", "tal/vejle.csv", "a/ens.csv", "b/ens.csv")
    upload = Upload("tal.zip", _zipped(dict.fromkeys(paths, ROWS.format("", "").encode())))
    names = [file.name for file in files_in(upload)]
    assert names == ["mænd/aarhus.csv", "2019/odense.csv", "vejle.csv", "a/ens.csv", "b/ens.csv"]
    assert member(upload, "aarhus.csv").name == "mænd/aarhus.csv"
    assert _asked(real, ROWS.format("", ""), "mænd/aarhus.csv")


PX = """TITLE="Beskæftigelse";UNITS="pct.";CONTENTS="Beskæftigelse";STUB="område";HEADING="tid";
VALUES("område")="Aarhus","Odense";VALUES("tid")="2024","2025";
{}DATA=74.1 74.6 73.0 73.1;
"""


@for_each("keyword", ['VALUENOTE("område","Aarhus")', 'CELLNOTE("Aarhus","2025")',
                                     "NOTE", "REFPERIOD"])  # fmt: skip
def test_notes_of_a_px_file(keyword: str) -> None:
    table = px_table(PX.format(f'{keyword}="Kun kvinder";\n'))
    assert "Kun kvinder" in [text.text for text in table.beside]


@for_each(
    ("place", "text"),
    [
        ({"note": ["Kun kvinder"]}, "Kun kvinder"),
        ({"extension": {"notes": [{"note": "Kun kvinder"}]}}, "Kun kvinder"),
        ({"extension": {"px": {"cellnote": {"a": "Kun kvinder"}}}}, "Kun kvinder"),
        ({"extension": {"px": {"seasadj": "YES"}}}, "Sæsonkorrigeret"),
        ({"extension": {"px": {"adjustment": {"x": "SesOnly"}}}}, "Sæsonkorrigeret"),
        ({"extension": {"px": {"tableid": "RAS200"}}}, None),
    ],
)
def test_notes_of_a_json_stat_file(place: dict[str, Any], text: str | None) -> None:
    texts = [beside.text for beside in _json_stat(place).beside]
    assert texts == ["Beskæftigelse", *([text] if text else [])]


def test_notes_of_a_category_and_units_of_all() -> None:
    table = _json_stat({"extension": {"px": {"units": "promille"}}}, {"751": ["Kun mænd"]})
    assert table.unit == "promille"
    assert "Kun mænd" in [beside.text for beside in table.beside]


def _json_stat(place: dict[str, Any], notes: dict[str, Any] | None = None) -> RawTable:
    category: dict[str, Any] = {"index": ["751"], "label": {"751": "Aarhus"}}
    if notes is not None:
        category["note"] = notes
    document = {
        "version": "2.0", "class": "dataset", "label": "Beskæftigelse", "id": ["område", "tid"],
        "size": [1, 1], "value": [74.6],
        "dimension": {"område": {"category": category}, "tid": {"category": {"index": ["2025"]}}},
    }  # fmt: skip
    table = jsonstat_table(json.loads(json.dumps(document | place)))
    assert table is not None
    return table
