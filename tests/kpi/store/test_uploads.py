"""Publishing files and taking them back: versions, history, originals, as of a day, at once."""

import json
import os
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta, tzinfo
from pathlib import Path

import duckdb
import pytest

from kpi.domain.errors import KpiError
from kpi.ingest.mapping.choices import Choices
from kpi.ingest.mapping.recipe import find_recipe
from kpi.ingest.mapping.recipe_sections import RecipeError
from kpi.ingest.table.raw import Upload
from kpi.store import current_version, init, inserting, open_store
from kpi.store.backup import backup, restore
from kpi.store.connection import derive_after
from kpi.store.current_rows import rebuild_all_rows
from kpi.store.uploads import (
    PublishedUpload,
    check_file,
    keep_recipe,
    publish,
    recipe_folders,
    withdraw,
)
from kpi.store.versions import version_path, versions, write_lock
from tests.conftest import DATA
from tests.days import today, yesterday
from tests.kpi.store.tiny_store import figures, files

pytestmark = pytest.mark.whole_check

CORRECTED = "område;periode;nøgletal;værdi\naarhus;2022;rate;71,5\nAarhus;2023;rate;72,0\n"


def upload(text: str = CORRECTED, name: str = "tal.csv") -> Upload:
    """A file as it comes from the page or the command line."""
    return Upload(name, text.encode())


def published(home: Path, text: str = CORRECTED) -> PublishedUpload:
    """The file published by Ida."""
    return publish(upload(text), None, "Ida", "Rettet", home)


# --- publishing ---------------------------------------------------------------------------------


def test_new_and_changed_rows_are_a_new_version(spor: Path) -> None:
    old = version_path(spor, "000001").read_bytes()
    done = published(spor)
    assert (done.batch_id, done.version) == (2, "000002")
    assert (done.checked.new, done.checked.changed, done.checked.unchanged) == (1, 1, 0)
    assert figures(spor) == {
        ("aarhus", "2021"): 69.0,
        ("aarhus", "2022"): 71.5,
        ("aarhus", "2023"): 72.0,
        ("denmark", "2022"): 77.2,
        ("gellerup", "2022"): "suppressed",
    }
    assert version_path(spor, "000001").read_bytes() == old


def test_without_memory_the_earlier_version_stays(
    spor: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def starved(connection: duckdb.DuckDBPyConnection, batch_id: int, is_large: bool) -> None:
        connection.execute("SET memory_limit = '1MB'")
        derive_after(connection, batch_id, is_large)

    monkeypatch.setattr(inserting, "derive_after", starved)
    with pytest.raises(KpiError, match="hukommelse"):
        published(spor)
    assert (current_version(spor), versions(spor)) == ("000001", ["000001"])


def test_the_history_lists_who_when_what_and_why(spor: Path) -> None:
    published(spor)
    store = open_store(spor)
    newest, first = store.batches()
    store.close()
    assert (newest.batch_id, newest.source_id, newest.origin) == (2, "own_upload", "upload")
    assert (newest.published_by, newest.note, newest.original_name) == ("Ida", "Rettet", "tal.csv")
    assert newest.known_from == today().isoformat()
    assert (newest.rows_new, newest.rows_changed, newest.state) == (1, 1, "published")
    assert first.state == "published"


def test_the_original_is_kept_under_its_hash_and_ending(spor: Path) -> None:
    published(spor)
    handed_in = upload()
    kept = spor / "originals" / f"{handed_in.sha256}.csv"
    assert kept.read_bytes() == handed_in.content


@pytest.mark.parametrize("reached", [False, True])
def test_an_original_whose_version_never_came_is_removed_by_the_next(
    spor: Path, reached: bool
) -> None:
    (spor / "originals").mkdir()
    original = spor / "originals" / "abc.csv"
    original.write_text("x")
    marker = spor / "originals" / f"keeping.abc.csv.{'000001' if reached else '000002'}.new"
    marker.touch()
    with write_lock(spor):
        pass
    assert (original.exists(), marker.exists()) == (reached, False)


@pytest.mark.parametrize("name", ["tal", "tal.CSV ", "tal.c/s", "tal.æøå", "../../tal.csv"])
def test_a_strange_name_is_no_path(spor: Path, name: str) -> None:
    publish(upload(name=name), None, "Ida", "Rettet", spor)
    (kept,) = (spor / "originals").iterdir()
    assert kept.stem == upload().sha256
    assert not [path for path in spor.parent.rglob("tal*") if path.is_file()]


def test_publishing_the_same_file_again_changes_nothing(spor: Path) -> None:
    published(spor)
    before = files(spor)
    again = published(spor)
    assert (again.batch_id, again.version, again.checked.publishable) == (None, "000002", True)
    assert (again.checked.new, again.checked.changed, again.checked.unchanged) == (0, 0, 2)
    assert files(spor) == before


def test_a_file_with_an_error_publishes_nothing(spor: Path) -> None:
    before = files(spor)
    done = published(spor, CORRECTED + "Århuus;2024;rate;73\n")
    assert (done.batch_id, done.checked.publishable) == (None, False)
    assert files(spor) == before


def test_a_file_with_a_cpr_number_is_not_kept(spor: Path) -> None:
    before = files(spor)
    done = published(spor, CORRECTED + "aarhus;2024;rate;73;010190-1234\n")
    assert [problem.code for problem in done.checked.problems] == ["personal_data"]
    assert files(spor) == before


@pytest.mark.parametrize(("by", "note"), [("", "x"), ("Ida", " ")])
def test_a_name_and_a_note_are_asked_for(spor: Path, by: str, note: str) -> None:
    with pytest.raises(KpiError, match=r"--by.*--note"):
        publish(upload(), None, by, note, spor)


@pytest.mark.parametrize(("by", "note"), [("010190-1234", "x"), ("Ida", "om 0101901234")])
def test_a_cpr_number_is_no_note(spor: Path, by: str, note: str) -> None:
    before = files(spor)
    with pytest.raises(KpiError, match="CPR-nummer") as refused:
        publish(upload(), None, by, note, spor)
    assert "1234" not in str(refused.value)
    assert files(spor) == before


def test_checking_changes_nothing(spor: Path) -> None:
    before = files(spor)
    checked = check_file(upload(), home=spor)
    assert (checked.new, checked.changed) == (1, 1)
    assert files(spor) == before


def test_a_later_upload_of_another_source_holds(spor: Path) -> None:
    """Of two sources the one that became known last holds; of one day the later publication."""
    publish(upload(), Choices(source_id="paper"), "Ida", "Papirets egen rettelse", spor)
    published(spor, CORRECTED.replace("71,5", "71,6"))
    assert figures(spor)["aarhus", "2022"] == 71.6


# --- withdrawing --------------------------------------------------------------------------------


def test_withdrawing_brings_the_older_values_back(spor: Path) -> None:
    before = figures(spor)
    published(spor)
    done = withdraw(2, "Bo", "Forkert fil", spor)
    assert (done.batch_id, done.version, done.restored) == (2, "000003", 2)
    assert figures(spor) == before
    store = open_store(spor)
    newest = store.batches()[0]
    assert (newest.state, newest.withdrawn_by, newest.withdrawn_why) == (
        "withdrawn", "Bo", "Forkert fil",
    )  # fmt: skip
    assert newest.withdrawn_on == today().isoformat()
    store.close()


def test_a_batch_is_withdrawn_once(spor: Path) -> None:
    published(spor)
    withdraw(2, "Bo", "Forkert fil", spor)
    with pytest.raises(KpiError, match=r"allerede fortrudt.* af Bo"):
        withdraw(2, "Bo", "Igen", spor)
    assert current_version(spor) == "000003"


def test_an_unknown_batch_is_reported(spor: Path) -> None:
    with pytest.raises(KpiError, match=r"ingen indlæsning nr\. 9"):
        withdraw(9, "Bo", "Hvad", spor)


def test_publishing_again_after_a_withdrawal_takes_effect(spor: Path) -> None:
    published(spor)
    withdraw(2, "Bo", "Forkert fil", spor)
    assert published(spor).batch_id == 3
    assert figures(spor)["aarhus", "2022"] == 71.5


def test_withdrawing_an_older_batch_leaves_what_came_after(spor: Path) -> None:
    published(spor)
    published(spor, CORRECTED.replace("71,5", "71,9"))
    assert withdraw(2, "Bo", "Overhalet", spor).restored == 1  # 2023 alone
    assert figures(spor)["aarhus", "2022"] == 71.9
    assert ("aarhus", "2023") not in figures(spor)


def test_the_embedded_figures_can_be_withdrawn_too(spor: Path) -> None:
    assert withdraw(1, "Bo", "Prøve", spor).restored == 4
    assert figures(spor) == {}


# --- days ---------------------------------------------------------------------------------------


def test_an_upload_is_known_from_the_day_it_is_published(spor: Path) -> None:
    before = figures(spor)
    published(spor)
    assert figures(spor, as_of=yesterday()) == before
    assert figures(spor, as_of=today()) == figures(spor)


def test_a_clock_that_was_set_back_puts_nothing_behind_what_it_corrects(
    spor: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = figures(spor)

    class SetBack(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> "SetBack":
            return cls(2020, 1, 1, tzinfo=tz)

    monkeypatch.setattr("kpi.store.inserting.datetime", SetBack)
    published(spor)
    seen = figures(spor)
    assert seen["aarhus", "2022"] == 71.5
    assert figures(spor, as_of=date(2024, 6, 18)) == {}
    assert figures(spor, as_of=date(2024, 6, 19)) == seen != before
    with duckdb.connect(str(version_path(spor, "000002"))) as connection:
        rebuild_all_rows(connection)  # as `init` does for another program
    assert figures(spor) == seen


def test_a_day_on_which_a_batch_still_stood_shows_it(spor: Path) -> None:
    """What a meeting saw stays what it saw, although it was withdrawn later."""
    published(spor)
    seen = figures(spor)
    withdraw(2, "Bo", "Forkert fil", spor)
    assert figures(spor, as_of=today()) != seen  # withdrawn before the day was over
    assert figures(spor, version="000002") == seen


def test_init_after_uploads_keeps_them(spor: Path, tiny: Path) -> None:
    published(spor)
    assert not init(spor, tiny).changed
    assert figures(spor)["aarhus", "2022"] == 71.5


# --- recipes ------------------------------------------------------------------------------------

RECIPE = """
source_id = "paper"
indicator_id = "rate"
area = "Sted"
period = "År"
"""


def test_a_kept_recipe_reads_the_next_file(spor: Path) -> None:
    keep_recipe(RECIPE, "min_opskrift", spor)
    recipe = find_recipe("min_opskrift", recipe_folders(spor))
    checked = check_file(upload("Sted;År;Tal\nAarhus;2022;71,5\n"), Choices(recipe), spor)
    assert (checked.observations, checked.changed, checked.source_ids) == (1, 1, ("paper",))
    offered = check_file(upload("Sted;År;Tal\nAarhus;2022;71,5\n"), home=spor)
    assert offered.fitting == ("min_opskrift",)


@pytest.mark.parametrize("name", ["", "../x", "a b", "æ", "x/y"])
def test_a_recipe_has_a_plain_name(spor: Path, name: str) -> None:
    with pytest.raises(KpiError, match="navn"):
        keep_recipe(RECIPE, name, spor)


def test_a_recipe_that_cannot_be_read_is_not_kept(spor: Path) -> None:
    with pytest.raises(RecipeError):
        keep_recipe("source_id = ", "min", spor)
    with pytest.raises(KpiError, match="CPR-nummer") as refused:
        keep_recipe(RECIPE + "\n# 010190-1234\n", "min", spor)
    assert "1234" not in str(refused.value)
    assert not (spor / "recipes").exists()


# --- copies of the whole store ------------------------------------------------------------------


def test_a_backup_is_put_back_elsewhere(spor: Path, tmp_path: Path) -> None:
    published(spor)
    assert backup(tmp_path / "kopi", spor) == 4  # two versions, current, an original
    assert restore(tmp_path / "kopi", tmp_path / "ny") == "000002"
    assert figures(tmp_path / "ny") == figures(spor)


def test_a_store_is_replaced_only_when_asked_and_never_deleted(spor: Path, tmp_path: Path) -> None:
    backup(tmp_path / "kopi", spor)
    published(spor)
    with pytest.raises(KpiError, match="--replace"):
        restore(tmp_path / "kopi", spor)
    restore(tmp_path / "kopi", spor, replace=True)
    assert versions(spor) == ["000001"]
    (aside,) = spor.parent.glob("spor-*")
    assert versions(aside) == ["000001", "000002"]


def test_a_backup_goes_into_no_filled_folder(spor: Path, tmp_path: Path) -> None:
    (tmp_path / "kopi").mkdir()
    (tmp_path / "kopi" / "x").touch()
    with pytest.raises(KpiError, match="ikke tom"):
        backup(tmp_path / "kopi", spor)


def test_a_broken_backup_is_not_put_in_place(spor: Path, tmp_path: Path) -> None:
    backup(tmp_path / "kopi", spor)
    version_path(tmp_path / "kopi", "000001").write_bytes(b"hej")
    before = files(spor)
    with pytest.raises(KpiError):
        restore(tmp_path / "kopi", spor, replace=True)
    assert files(spor) == before


# --- several at once ----------------------------------------------------------------------------


@pytest.mark.parametrize("publishers", [2, pytest.param(4, marks=pytest.mark.soak)])
def test_publishers_at_once_lose_nothing(spor: Path, tmp_path: Path, publishers: int) -> None:
    programs = []
    for number in range(publishers):
        file = tmp_path / f"tal{number}.csv"
        file.write_text(
            f"indicator_id;area;period;value\nrate;odense;20{10 + number};{50 + number}\n"
        )
        programs.append(
            subprocess.Popen(
                [sys.executable, "-m", "kpi", "publish", str(file), "--by", "Ida", "--note", "x",
                 "--json"],
                cwd=DATA.parent,
                env={**os.environ, "KPI_HOME": str(spor)},
                stdout=subprocess.PIPE,
                text=True,
            )
        )  # fmt: skip
    answers = [json.loads(program.communicate(timeout=120)[0]) for program in programs]
    assert sorted(answer["batch_id"] for answer in answers) == [*range(2, 2 + publishers)]
    values = figures(spor)
    for number in range(publishers):
        assert values["odense", f"20{10 + number}"] == 50 + number


def test_times_are_kept_in_utc(spor: Path) -> None:
    published(spor)
    store = open_store(spor)
    moment = datetime.fromisoformat(store.batches()[0].published_at)
    store.close()
    assert abs(datetime.now(UTC) - moment) < timedelta(minutes=5)


def test_a_copy_of_an_earlier_program_is_put_back_and_brought_along(
    spor: Path, tmp_path: Path, tiny: Path
) -> None:
    backup(tmp_path / "kopi", spor)
    version = current_version(tmp_path / "kopi")
    with duckdb.connect(str(version_path(tmp_path / "kopi", version))) as connection:
        connection.execute("UPDATE derived_by SET sha256 = 'earlier'")
    assert restore(tmp_path / "kopi", spor, replace=True) == version
    init(spor, tiny)
    open_store(spor).close()
