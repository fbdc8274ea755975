"""What waits of fetched files, and what a person decides of it."""

from pathlib import Path

import pytest

from kpi.domain.errors import KpiError
from kpi.fetch.deciding import approve, throw_away
from kpi.fetch.definition import recipe_of
from kpi.fetch.journal import read_entry
from kpi.fetch.queue import NotWaitingError, waiting_files
from kpi.ingest.mapping.choices import Choices
from kpi.ingest.table.raw import Upload
from kpi.store import open_store
from kpi.store.uploads import publish
from tests.kpi.fetch import sources as imitation
from tests.kpi.fetch.ras200 import NAME, doubtful_year, fetch_once
from tests.kpi.fetch.sources import Sources


def test_a_big_change_waits_and_the_newest_file_alone(prepared: Path, sources: Sources) -> None:
    doubtful_year(sources)
    version = open_store(prepared).version
    first = fetch_once(prepared)
    assert (first.entry.outcome, first.entry.batch_id) == ("waiting", None)
    assert open_store(prepared).version == version
    assert fetch_once(prepared).entry.outcome == "same"  # but it still waits
    assert [waiting.sha256 for waiting in waiting_files(prepared)] == [first.entry.sha256]
    sources.bump["751", "00", "2022"] = -31.0
    sources.updated = "2027-11-01T08:00:00"
    second = fetch_once(prepared)
    assert [waiting.sha256 for waiting in waiting_files(prepared)] == [second.entry.sha256]
    kept = {path.name.partition(".")[0] for path in (prepared / "queue").iterdir()}
    assert kept == {second.entry.sha256}


def test_what_waits_is_approved_by_one_and_another_rejected(
    prepared: Path, sources: Sources
) -> None:
    doubtful_year(sources)
    fetch_once(prepared)
    [waiting] = waiting_files(prepared)
    with pytest.raises(KpiError, match="note"):
        approve(waiting.id, "Anna", " ", prepared)
    done = approve(waiting.id, "Anna", "Kilden bekræfter", prepared)
    assert done.batch_id is not None
    batch = open_store(prepared).batches()[0]
    assert batch.note == "Hentet fra RAS200, opdateret 28.10.2027. Kilden bekræfter"
    assert not waiting_files(prepared)
    assert read_entry(prepared, NAME).batch_id == done.batch_id
    sources.bump["751", "00", "2022"] = 20.0
    sources.updated = "2027-12-01T08:00:00"
    fetch_once(prepared)
    [waiting] = waiting_files(prepared)
    throw_away(waiting.id, "Bent", "Fejl hos kilden", prepared)
    assert not waiting_files(prepared)
    sources.updated = "2027-12-02T08:00:00"  # the very same bytes
    assert fetch_once(prepared).entry.outcome == "nothing_new"
    assert not waiting_files(prepared)
    assert open_store(prepared).batches()[0].batch_id == done.batch_id


def test_a_file_in_the_queue_that_somebody_changed_is_not_published(
    prepared: Path, sources: Sources
) -> None:
    doubtful_year(sources)
    fetch_once(prepared)
    [waiting] = waiting_files(prepared)
    path = prepared / "queue" / f"{waiting.sha256}.{NAME}.csv"
    path.write_bytes(path.read_bytes() + b"751;00;16-64;TOT;BFK;2023;1,0\r\n")
    with pytest.raises(KpiError, match="ikke den, der blev hentet"):
        approve(waiting.id, "Anna", "ja", prepared)
    throw_away(waiting.id, "Anna", "Filen er ændret", prepared)  # as the message says
    assert not waiting_files(prepared)
    with pytest.raises(NotWaitingError):
        approve(waiting.id, "Bent", "ja", prepared)


def test_what_is_approved_is_checked_against_todays_figures(
    prepared: Path, sources: Sources
) -> None:
    doubtful_year(sources)
    fetch_once(prepared)
    [waiting] = waiting_files(prepared)
    content = (prepared / "queue" / f"{waiting.sha256}.{NAME}.csv").read_bytes()
    assert waiting.new == len(imitation.AREAS)
    recipe = recipe_of(NAME, prepared)
    publish(Upload("same.csv", content), Choices(recipe), "Bent", "i hånden", prepared)
    assert approve(waiting.id, "Anna", "ja", prepared).batch_id is None
    assert not waiting_files(prepared)


@pytest.mark.parametrize("ending", [".csv", ".json"])
def test_a_file_that_was_deleted_from_the_queue_is_fetched_anew(
    prepared: Path, sources: Sources, ending: str
) -> None:
    doubtful_year(sources)
    fetch_once(prepared)
    assert fetch_once(prepared).entry.outcome == "same"
    for path in (prepared / "queue").glob(f"*{ending}"):
        path.unlink()
    assert fetch_once(prepared).entry.outcome == "waiting"
    [waiting] = waiting_files(prepared)
    throw_away(waiting.id, "Anna", "Fejl hos kilden", prepared)
    assert fetch_once(prepared).entry.outcome == "same"


def test_a_decision_hides_no_later_failure(prepared: Path, sources: Sources) -> None:
    doubtful_year(sources)
    fetch_once(prepared)
    sources.faults = [imitation.status(404)]
    assert fetch_once(prepared).entry.outcome == "failed"
    [waiting] = waiting_files(prepared)
    batch_id = approve(waiting.id, "Anna", "Kilden bekræfter", prepared).batch_id
    entry = read_entry(prepared, NAME)
    assert (entry.outcome, entry.failures, entry.batch_id) == ("failed", 1, batch_id)
    assert entry.error
