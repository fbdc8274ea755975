"""A published file is removed for good: its original, its rows in every version, and its name."""

import json
import shutil
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest

from kpi.domain.errors import KpiError
from kpi.fetch.queue import Waiting, wait_for_person, waiting_files
from kpi.ingest.readers.archive import member
from kpi.ingest.table.raw import Upload
from kpi.store import current_version, init, open_store, uploads
from kpi.store.backup import backup, restore
from kpi.store.purging import Purged, finish_purge, purge
from kpi.store.removed import removed_among
from kpi.store.uploads import publish, withdraw
from kpi.store.versions import version_path, versions
from tests.conftest import DATA
from tests.days import today
from tests.kpi.store.tiny_store import figures, files

WORD = "hemmelighed"
FILE = Upload(
    f"{WORD}.csv",
    f"område;periode;nøgletal;værdi;note\naarhus;2022;rate;71,5;{WORD}\n"
    f"aarhus;2023;rate;72,0;{WORD}\n".encode(),
)
LATER = Upload(
    "b.csv", b"omr\xc3\xa5de;periode;n\xc3\xb8gletal;v\xc3\xa6rdi\naarhus;2024;rate;73\n"
)
BEFORE = {
    ("aarhus", "2021"): 69.0, ("aarhus", "2022"): 70.0, ("denmark", "2022"): 77.2,
    ("gellerup", "2022"): "suppressed",
}  # fmt: skip
RECIPE = """
source_id = "own_upload"
indicator_id = "rate"
area = "område"
value = "værdi"
period = "periode"

[made_from]
file = "FILE"
"""
TABLES = ("past_observation", "current_observation", "hidden_observation")


@pytest.fixture(scope="module")
def used_once(once: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("used") / "spor"
    shutil.copytree(once / "spor", home)
    publish(FILE, None, "Ida", WORD, home)
    publish(LATER, None, "Bo", "Senere", home)
    return home


@pytest.fixture
def used(used_once: Path, tmp_path: Path) -> Path:
    """A store with the file as batch 2, and another after it."""
    return Path(shutil.copytree(used_once, tmp_path / "spor"))


@pytest.fixture(scope="module")
def removal(used_once: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Purged]:
    """The same after the removal, with a store moved aside. Never change it."""
    home = Path(shutil.copytree(used_once, tmp_path_factory.mktemp("removal") / "spor [drift]"))
    shutil.copytree(home, home.with_name("spor [drift]-20250319T120000"))
    return home, purge(2, "Eva", "En borger har bedt om det", home)


@pytest.fixture
def removed(removal: tuple[Path, Purged], tmp_path: Path) -> Path:
    """A store that the file was removed from, for the test to go on with."""
    return Path(shutil.copytree(removal[0], tmp_path / "spor"))


def published_on(home: Path) -> date:
    """The day on which batch 2 was published."""
    store = open_store(home)
    (day,) = [batch.known_from for batch in store.batches() if batch.batch_id == 2]
    store.close()
    return date.fromisoformat(day)


def traces(home: Path) -> list[str]:
    """Where something of the file is left: a text in a file's bytes, or rows of its batch."""
    places = [
        name
        for name, content in files(home).items()
        if WORD.encode() in content or WORD in name or FILE.sha256 in name
    ]
    for version in versions(home):
        with duckdb.connect(str(version_path(home, version)), read_only=True) as connection:
            places += [
                f"{version}: {table}"
                for table in TABLES
                if connection.table(table).filter("batch_id = 2").fetchone()
            ]
            if connection.table("batch").filter(f"original_sha256 = '{FILE.sha256}'").fetchone():
                places.append(f"{version}: batch")
    return places


def test_nothing_of_the_file_is_left(used_once: Path, removal: tuple[Path, Purged]) -> None:
    home, done = removal
    assert traces(used_once)
    assert traces(home) == []
    assert (done.batch_ids, done.version, done.originals) == ((2,), "000004", 1)
    assert (done.rewritten_versions, done.deleted_versions) == (2, 0)
    assert versions(home) == ["000001", "000002", "000003", "000004"]
    assert done.indicator_ids == {"rate"}
    assert not (home / "purging.json").exists()
    # Where it is still.
    assert done.copies == ("spor [drift]-20250319T120000",)


def test_what_was_current_before_is_current_again_on_every_day(removed: Path) -> None:
    after = BEFORE | {("aarhus", "2024"): 73.0}
    assert figures(removed) == after
    assert figures(removed, as_of=today()) == after
    assert figures(removed, as_of=published_on(removed) - timedelta(days=1)) == BEFORE
    # An earlier version as it was, less the file.
    assert figures(removed, "000002") == BEFORE
    assert figures(removed, "000003") == after
    # The other file is untouched, and the store goes on.
    assert len(list((removed / "originals").iterdir())) == 1
    withdraw(3, "Bo", "x", removed)
    assert figures(removed) == BEFORE


def test_its_periods_go(removal: tuple[Path, Purged]) -> None:
    with duckdb.connect(str(version_path(removal[0], "000004")), read_only=True) as connection:
        periods = {period for (period,) in connection.sql("SELECT period FROM period").fetchall()}
    assert {"2021", "2022", "2024"} <= periods
    assert "2023" not in periods


def test_a_file_that_is_withdrawn_is_removed_too_and_its_recipes_are_named(used: Path) -> None:
    withdraw(2, "Ida", WORD, used)
    (used / "recipes").mkdir()
    for name, file in (("own", FILE.name), ("other", "b.csv")):
        text = RECIPE.replace("FILE", file)
        (used / "recipes" / f"{name}.toml").write_text(text, encoding="utf-8")
    assert purge(2, "Eva", "x", used).recipes == ("own",)
    assert traces(used) == ["recipes/own.toml"]


@pytest.mark.parametrize("is_today", [False, True])
def test_the_history_says_that_something_was_removed_and_not_what(
    removal: tuple[Path, Purged], is_today: bool
) -> None:
    store = open_store(removal[0], as_of=today() if is_today else None)
    later, gone, first = store.batches()
    assert (later.state, first.state) == ("published", "published")
    assert (gone.batch_id, gone.state, gone.original_name, gone.note) == (2, "purged", "", "")
    assert (gone.original_sha256, gone.rows_new, gone.rows_changed) == ("", 0, 0)
    assert (gone.withdrawn_on, gone.withdrawn_by) == (today().isoformat(), "Eva")
    assert gone.withdrawn_why == "En borger har bedt om det"
    assert "uden 2" in store.edition()
    store.close()


@pytest.mark.soak
def test_all_publications_of_the_same_file_go(used: Path) -> None:
    withdraw(2, "Ida", "x", used)
    again = publish(FILE, None, "Ida", WORD, used)
    assert again.batch_id == 4
    done = purge(4, "Eva", "x", used)
    assert done.batch_ids == (2, 4)
    assert traces(used) == []


def test_the_same_file_may_be_published_anew(removed: Path) -> None:
    assert publish(FILE, None, "Ida", "igen", removed).batch_id == 4
    assert figures(removed)["aarhus", "2022"] == 71.5
    purge(4, "Eva", "x", removed)
    assert traces(removed) == []


@pytest.mark.every_case
@pytest.mark.parametrize(
    ("batch", "by", "why", "said"),
    [
        (9, "Eva", "x", "ingen indlæsning nr. 9"),
        (1, "Eva", "x", "data/"),
        (2, "", "x", "--by"),
        (2, "Eva", " ", "--why"),
        (2, "Eva", "om 25/12/48 4916", "CPR"),
    ],
)
def test_what_cannot_be_removed(used: Path, batch: int, by: str, why: str, said: str) -> None:
    before = files(used)
    with pytest.raises(KpiError, match=said):
        purge(batch, by, why, used)
    assert files(used) == before


def test_the_same_file_waits_no_more(used: Path) -> None:
    waiting = Waiting(
        FILE.sha256, "try", "Hentet", "T", FILE.name, "try", None, "2026-01-01T00:00:00+00:00",
        "", 2, 0, 0, (),
    )  # fmt: skip
    wait_for_person(used, waiting, FILE)
    assert len(waiting_files(used)) == 1
    purge(2, "Eva", "x", used)
    assert waiting_files(used) == []
    assert traces(used) == []


def test_a_file_is_removed_once(removal: tuple[Path, Purged]) -> None:
    home, _ = removal
    before = files(home)
    with pytest.raises(KpiError, match=r"allerede slettet.*Eva"):
        purge(2, "Bo", "y", home)
    with pytest.raises(KpiError, match=r"slettet.*Eva"):
        withdraw(2, "Bo", "y", home)
    assert files(home) == before
    assert finish_purge(home) is None


def test_a_version_that_cannot_be_read_is_removed(used: Path) -> None:
    version_path(used, "000002").write_bytes(b"no database " + WORD.encode())
    done = purge(2, "Eva", "x", used)
    assert (done.rewritten_versions, done.deleted_versions) == (1, 1)
    assert versions(used) == ["000001", "000003", "000004"]
    assert traces(used) == []


def test_init_goes_on(removed: Path, tiny: Path) -> None:
    assert not init(removed, tiny).changed
    assert figures(removed) == BEFORE | {("aarhus", "2024"): 73.0}


@pytest.mark.soak
def test_a_backup_made_before_is_reported_and_does_not_bring_it_back(
    used: Path, tmp_path: Path
) -> None:
    before, copy = tmp_path / "before", tmp_path / "kopi"
    backup(before, used)
    backup(copy, used)
    done = purge(2, "Eva", "x", used)
    assert done.backups == (str(before), str(copy))
    after = figures(used)
    assert figures(copy) != after
    version = restore(copy, used, replace=True)
    assert version == current_version(used)
    assert traces(used) == []
    assert figures(used) == after
    store = open_store(used)
    removed = next(batch for batch in store.batches() if batch.batch_id == 2)
    store.close()
    assert (removed.state, removed.withdrawn_by, removed.withdrawn_why) == ("purged", "Eva", "x")
    # Another copy, put in the place of what was restored, is distinguished too.
    restore(before, used, replace=True)
    assert traces(used) == []
    # Where nobody knows of the removal it is all there.
    restore(before, tmp_path / "andet")
    assert traces(tmp_path / "andet")


@pytest.mark.soak
def test_a_backup_of_an_earlier_program_is_rid_of_it_by_init(
    used: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    backup(tmp_path / "kopi", used)
    purge(2, "Eva", "x", used)
    with monkeypatch.context() as patched:
        patched.setattr("kpi.store.purging.is_up_to_date", lambda _: False)
        restore(tmp_path / "kopi", used, replace=True)
    assert traces(used)
    assert finish_purge(used) is not None
    assert traces(used) == []
    assert finish_purge(used) is None


def test_what_is_remembered_reveals_nothing_of_the_file(removed: Path) -> None:
    purge(3, "Eva", "y", removed)
    kept = (removed / "removed.json").read_text()
    assert FILE.sha256 not in kept
    assert len({file["salt"] for file in json.loads(kept)}) == 2
    assert [sha256 for sha256, _ in removed_among(removed, [FILE.sha256, "0" * 64, ""])] == [
        FILE.sha256
    ]


@pytest.mark.soak
def test_a_full_disk_leaves_what_can_be_finished(
    used: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("kpi.store.purging.shutil.copyfile", full)
        with pytest.raises(KpiError, match="samme kommando igen"):
            purge(2, "Eva", "x", used)
    assert figures(used)["aarhus", "2022"] == 71.5  # nothing is half removed
    assert purge(2, "Eva", "x", used).version == "000004"
    assert traces(used) == []


@pytest.mark.parametrize(
    "cut", ["kpi.store.purging.place.make_current", "kpi.store.purging.place.take_place_of",
            "kpi.store.purging._copies"],
)  # fmt: skip
def test_cut_short_it_is_finished_by_whoever_asks(
    used: Path, cut: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(cut, lambda *_: sys.exit(9))
        with pytest.raises(SystemExit):
            purge(2, "Eva", "x", used)
    if cut.endswith("current"):
        done = finish_purge(used)
        assert done is not None
        assert done.batch_ids == (2,)
    elif cut.endswith("of"):
        assert purge(2, "Bo", "y", used).batch_ids == (2,)
    assert traces(used) == []
    assert not (used / "purging.json").exists()


@pytest.mark.soak
def test_killed_before_any_step_it_can_be_asked_again(used: Path, tmp_path: Path) -> None:
    order = tmp_path / "2.purge"
    order.touch()
    (tmp_path / "killed").mkdir()
    program = [sys.executable, "-m", "tests.kpi.store.crashes", "steps", str(tmp_path / "killed")]
    done = subprocess.run(
        [*program, str(order), str(used)],
        cwd=DATA.parent, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    steps = int(done.stdout)
    assert steps >= 12
    after = BEFORE | {("aarhus", "2024"): 73.0}
    unpurged = after | {("aarhus", "2022"): 71.5, ("aarhus", "2023"): 72.0}
    seen = []
    for place in range(steps):
        home = tmp_path / "killed" / str(place)
        shown = figures(home)
        assert shown in (unpurged, after), place
        seen.append(shown == after)
        if place % 2:
            finish_purge(home)
        if (home / "purging.json").exists() or current_version(home) == "000003":
            purge(2, "Eva", "x", home)
        assert figures(home) == after, place
        assert traces(home) == [], place
        assert not list((home / "versions").glob("*.tmp"))
    assert seen == sorted(seen)


def test_a_file_that_is_removed_while_it_is_published_anew_stays_away(
    used: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever waits for the lock finds the file removed, and does not bring it back."""

    def removed_by_another(*given: Any) -> Upload:
        """A removal between the beginning of a publication and its lock."""
        purge(2, "Anna", "Ved en fejl", used)
        return member(*given)

    monkeypatch.setattr(uploads, "member", removed_by_another)
    with pytest.raises(KpiError, match="slettede den samme fil for altid"):
        publish(FILE, None, "Ida", "Igen", used)
    assert not list((used / "originals").glob(f"{FILE.sha256}.*"))
    monkeypatch.undo()
    assert publish(FILE, None, "Ida", "Med vilje", used).batch_id is not None
