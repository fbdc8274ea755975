"""The same figure from its source itself: it takes the place of a copy, and of nothing else."""

import csv
import shutil
from contextlib import closing
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from kpi.domain.period import DENMARK
from kpi.domain.plausibility import CONFIRMED
from kpi.ingest.checked import Checked
from kpi.ingest.mapping.choices import Choices
from kpi.ingest.mapping.recipe import find_recipe
from kpi.ingest.table.raw import Upload
from kpi.store import open_store
from kpi.store.uploads import check_file, publish, withdraw
from tests.conftest import DATA

_RECIPE = find_recipe("ras200_api", (DATA / "recipes",))
_HEAD = "OMRÅDE;HERKOMST;ALDER;KØN;BEREGNING;TID;INDHOLD"
_COPY = "ras200_transcript"


@pytest.fixture
def home(shipped_home: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(shipped_home, tmp_path / "home"))


def _copied() -> dict[tuple[str, str], str]:
    """The copied figures of Aarhus and Odense, by area and year."""
    with (DATA / "observations" / f"{_COPY}.csv").open(encoding="utf-8", newline="") as file:
        return {
            (row["area_id"], row["period"]): row["value"]
            for row in csv.DictReader(file)
            if row["area_id"] in ("aarhus", "odense")
        }


def _table(figures: dict[tuple[str, str], str]) -> Upload:
    rows = [
        f"{area.title()};00;16-64;TOT;BFK;{year};{value.replace('.', ',')}"
        for (area, year), value in figures.items()
    ]
    return Upload("RAS200.csv", "\n".join([_HEAD, *rows, ""]).encode())


def _template(figures: dict[tuple[str, str], str], source: str, note: str = "") -> Upload:
    rows = [
        f"employment_rate;{area};all;{year};{value.replace('.', ',')};{source};{note}"
        for (area, year), value in figures.items()
    ]
    head = "nøgletal;område;gruppe;periode;værdi;kilde;note"
    return Upload("tal.csv", "\n".join([head, *rows, ""]).encode())


def _counts(checked: Checked) -> tuple[int, int, int, int]:
    return checked.new, checked.changed, checked.reattributed, checked.unchanged


def _sources(home: Path, as_of: date | None = None) -> set[str]:
    with closing(open_store(home, as_of=as_of)) as store:
        rows = store.series(["employment_rate"], ["aarhus"])
    return {row.source_id for row in rows if row.group_id == "all" and row.period.text > "2021"}


def test_a_copy_gives_way_to_its_source_until_that_is_undone(home: Path) -> None:
    figures = _copied()
    changed = {**figures, ("odense", "2022"): "70.0"}
    done = publish(_table(changed), Choices(_RECIPE), "Anna", "Fra kilden", home)
    assert done.batch_id is not None
    assert _counts(done.checked) == (0, 1, len(figures) - 1, 0)
    assert [change.is_reattributed for change in done.checked.changes].count(True) == 5
    assert (_sources(home), _counts(check_file(_table(changed), Choices(_RECIPE), home))) == (
        {"ras200"}, (0, 0, 0, len(figures)),
    )  # fmt: skip
    with closing(open_store(home)) as store:
        batch = store.batches()[0]
    assert (batch.rows_new, batch.rows_changed, batch.rows_reattributed) == (0, 1, 5)
    yesterday = datetime.now(DENMARK).date() - timedelta(1)
    assert _sources(home, yesterday) == {_COPY}
    # The copy does not come back by a file of its own, but by undoing.
    back = _template(dict.fromkeys(figures, "") | figures, _COPY)
    assert check_file(back, None, home).reattributed == 0
    withdraw(done.batch_id, "Anna", "Forkert", home)
    assert _sources(home) == {_COPY}


def test_only_the_publishers_own_table_takes_the_place_of_a_copy(home: Path) -> None:
    """Table of sources, of files with equal figures."""
    figures = _copied()
    taken = {}
    for source in ("ras200", "folk1a", "own_upload", "uvm_absence", "ras200_origin_transcript"):
        checked = check_file(_template(figures, source), None, home)
        taken[source] = (checked.reattributed, checked.unchanged)
    count = len(figures)
    assert taken == {
        "ras200": (count, 0), "folk1a": (count, 0), "own_upload": (0, count),
        "uvm_absence": (0, count), "ras200_origin_transcript": (0, count),
    }  # fmt: skip


def test_what_a_person_confirmed_stays_confirmed(home: Path) -> None:
    figures = {("aarhus", "2024"): _copied()["aarhus", "2024"]}
    note = f"{CONFIRMED} af DST"
    assert publish(_template(figures, _COPY, note), None, "Anna", "Bekræftet", home).batch_id
    assert publish(_table(figures), Choices(_RECIPE), "Anna", "Fra kilden", home).batch_id
    with closing(open_store(home)) as store:
        rows = store.series(["employment_rate"], ["aarhus"])
    [row] = [each for each in rows if each.period.text == "2024" and each.group_id == "all"]
    assert (row.source_id, row.note) == ("ras200", note)
