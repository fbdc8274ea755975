"""The pack: everything in it, listed by its manifest, and the same bytes when it is made again."""

import hashlib
import io
import json
from datetime import date
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from kpi.domain.errors import KpiError
from kpi.export import browser
from kpi.export.choice import Choice
from kpi.export.pack import manifest as pack_manifest
from kpi.export.pack import numbers_csv, pack
from kpi.export.paper import Paper, paper
from kpi.ingest.table.raw import Upload
from kpi.store import open_store
from kpi.store.entering import enter
from kpi.store.uploads import publish

JUNE = date(2024, 6, 26)
CHOICE = Choice(
    "aarhus",
    "sbu_2024_06_26",
    indicator_ids=("self_sufficiency_rate", "employment_rate"),
    titles={"niveau-self_sufficiency_rate-non_western-aarhus": "Syv af ti forsørger sig selv"},
)
# New, corrected, and of the day itself: none of it was known on 26 June 2024.
LATER = """nøgletal;område;gruppe;periode;værdi
self_sufficiency_rate;aarhus;non_western;2022;71,5
self_sufficiency_rate;aarhus;non_western;2023;72
employment_rate;aarhus;all;2021;74,9
employment_rate;aarhus;all;2022;75
"""
STATUS = {
    "initiative_id": "plan_overall", "date": "2024-06-25", "state": "blocked",
    "summary": "Indført senere", "source_id": "indstilling_2024",
}  # fmt: skip

EVENT = {
    "event_id": "later", "date": "2021-05-01", "precision": "day", "area_id": "aarhus",
    "title": "Indført senere", "source_id": "indstilling_2024",
}  # fmt: skip


def made_of(home: Path, as_of: date) -> bytes:
    """The pack of the choice on a day."""
    store = open_store(home, as_of=as_of)
    catalog = store.catalog()
    try:
        return pack(paper(store, catalog, CHOICE), catalog)
    finally:
        store.close()


@pytest.fixture(scope="module")
def content(built_home: Path, browser_path: str) -> bytes:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BROWSER_PATH", browser_path)
        return made_of(built_home, JUNE)


@pytest.fixture(scope="module")
def files(content: bytes) -> dict[str, bytes]:
    with ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="module")
def manifest(files: dict[str, bytes]) -> Any:
    return json.loads(files["indhold.json"])


def test_everything_is_in_it(files: dict[str, bytes]) -> None:
    assert {name: content[:4] for name, content in files.items()} == {
        "oplaeg.pptx": b"PK\x03\x04",
        "indstilling.docx": b"PK\x03\x04",
        "bilag-1-kort-status.pdf": b"%PDF",
        "bilag-2-noegletal.pdf": b"%PDF",
        "tal.xlsx": b"PK\x03\x04",
        "tal.csv": b"\xef\xbb\xbfi",
        "overblik.pdf": b"%PDF",
        "billeder/01-selvforsoergelse.png": b"\x89PNG",
        "billeder/02-beskaeftigelse.png": b"\x89PNG",
        "indhold.json": b'{\n "',
    }


def test_the_manifest_names_each_file_with_its_hash(files: dict[str, bytes], manifest: Any) -> None:
    listed = {name: content for name, content in files.items() if name != "indhold.json"}
    assert manifest["files"] == {
        name: hashlib.sha256(content).hexdigest() for name, content in listed.items()
    }


def test_the_manifest_says_what_it_was_made_of(manifest: Any) -> None:
    assert manifest["as_of"] == "2024-06-26"
    assert manifest["version"] == "indlæsning 1-3"
    assert manifest["meeting"] == "Social- og Beskæftigelsesudvalget, 26. juni 2024"
    assert manifest["exhibits"] == [
        "niveau-self_sufficiency_rate-non_western-aarhus", "udvikling-employment_rate-all",
    ]  # fmt: skip
    chosen = manifest["selection"]
    assert (chosen["area_id"], chosen["meeting_id"]) == ("aarhus", "sbu_2024_06_26")
    assert list(chosen["titles"].values()) == ["Syv af ti forsørger sig selv"]


def test_the_manifest_names_a_user_s_own_template(few: Paper, manifest: Any) -> None:
    assert manifest["template"] is None
    own = b"egen skabelon"
    answer = json.loads(pack_manifest(few, {}, own))
    assert answer["template"] == hashlib.sha256(own).hexdigest()


def test_the_numbers_are_those_of_the_figures_each_once(files: dict[str, bytes]) -> None:
    lines = files["tal.csv"].decode("utf-8-sig").splitlines()
    assert len(lines) == len(set(lines))
    (rate,) = (line for line in lines if line.startswith("self_sufficiency_rate,aarhus,"))
    assert rate.split(",")[2:5] == ["non_western", "2022", "70.0"]


def test_no_name_in_it_leads_out_of_a_folder(content: bytes) -> None:
    with ZipFile(io.BytesIO(content)) as archive:
        for entry in archive.infolist():
            assert ".." not in entry.filename
            assert not entry.filename.startswith("/")
            assert entry.date_time == (1980, 1, 1, 0, 0, 0)
            assert entry.compress_type == ZIP_DEFLATED


@pytest.mark.usefixtures("drawing")
def test_made_again_after_new_figures_it_is_the_same_bytes(home: Path, content: bytes) -> None:
    done = publish(Upload("tal.csv", LATER.encode()), None, "Ida", "Rettet", home)
    assert (done.checked.new, done.checked.changed) == (2, 2)
    enter({"initiative_status": [STATUS], "event": [EVENT]}, "Anna", home)
    again = made_of(home, JUNE)
    assert hashlib.sha256(again).hexdigest() == hashlib.sha256(content).hexdigest()


def test_of_another_day_it_would_be_another(home: Path, files: dict[str, bytes]) -> None:
    """Else the test above could not fail."""
    publish(Upload("tal.csv", LATER.encode()), None, "Ida", "Rettet", home)
    today = open_store(home)
    known = today.catalog()
    made = paper(today, known, CHOICE)
    today.close()
    assert b"71.5" in numbers_csv(made, known)
    assert numbers_csv(made, known) != files["tal.csv"]


@pytest.mark.usefixtures("drawing")
def test_progress_goes_from_nothing_to_all(few: Paper, built_home: Path) -> None:
    reported: list[tuple[float, str]] = []
    store = open_store(built_home)
    pack(few, store.catalog(), progress=lambda done, what: reported.append((done, what)))
    store.close()
    shares = [done for done, _ in reported]
    assert (shares[0], shares[-1]) == (0.0, 1.0)
    assert shares == sorted(shares)
    assert [what for _, what in reported][:2] == ["oplaeg.pptx", "indstilling.docx"]


def test_without_a_browser_no_pack(
    few: Paper, built_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(browser, "_RUNNING", browser._Running())
    monkeypatch.setenv("BROWSER_PATH", "/findes/ikke")
    store = open_store(built_home)
    with pytest.raises(KpiError, match="Billedet kan ikke tegnes"):
        pack(few, store.catalog())
    store.close()


@pytest.fixture(scope="module")
def few(built_home: Path) -> Paper:
    """One figure."""
    store = open_store(built_home)
    made = paper(store, store.catalog(), Choice("aarhus", indicator_ids=("nsk_cases",)))
    store.close()
    return made
