"""What a person withdrew or removed for good does not come back by being fetched."""

from pathlib import Path
from typing import Any

import pytest

from kpi.fetch import fetching
from kpi.fetch.deciding import approve
from kpi.fetch.fetching import fetch
from kpi.fetch.journal import Entry
from kpi.fetch.queue import waiting_files
from kpi.ingest.table.raw import Upload
from kpi.store import open_store
from kpi.store.purging import purge
from kpi.store.removed import forget_fetched, remember
from kpi.store.uploads import withdraw
from tests.kpi.fetch.ras200 import DEFINITION, NAME, fetch_once, new_year, write_definition
from tests.kpi.fetch.sources import Sources


def test_what_a_person_has_withdrawn_does_not_come_back_by_itself(
    prepared: Path, sources: Sources
) -> None:
    new_year(sources)
    batch_id = fetch_once(prepared).entry.batch_id
    assert batch_id is not None
    withdraw(batch_id, "Anna", "Kilden har regnet forkert", prepared)
    assert fetch_once(prepared).entry.outcome == "same"
    new_year(sources)
    assert fetch_once(prepared).entry.outcome == "waiting"
    [waiting] = waiting_files(prepared)
    assert approve(waiting.id, "Anna", "Nu er de rettet", prepared).batch_id is not None
    new_year(sources)
    assert fetch_once(prepared).entry.outcome == "published"


def test_what_was_withdrawn_stays_so_without_a_journal(prepared: Path, sources: Sources) -> None:
    new_year(sources)
    batch_id = fetch_once(prepared).entry.batch_id
    assert batch_id is not None
    withdraw(batch_id, "Anna", "Kilden har regnet forkert", prepared)
    (prepared / "fetch" / f"{NAME}.json").write_text("{", encoding="utf-8")
    assert fetch_once(prepared).entry.outcome == "waiting"


def test_a_withdrawal_holds_up_no_other_definition_of_the_table(
    prepared: Path, sources: Sources
) -> None:
    write_definition(prepared, "b_ras200", DEFINITION.replace('title = "RAS200', 'title = "B'))
    new_year(sources)
    batch_id = fetch("b_ras200", prepared).entry.batch_id
    assert batch_id is not None
    withdraw(batch_id, "Anna", "Kilden har regnet forkert", prepared)
    new_year(sources)
    assert fetch("b_ras200", prepared).entry.outcome == "waiting"
    assert fetch_once(prepared).entry.outcome == "published"
    # Whose it is without its journal, nobody knows: then both ask.
    journal = prepared / "fetch" / "b_ras200.json"
    journal.unlink()
    (prepared / "fetch" / f"{NAME}.json").write_text("{", encoding="utf-8")
    withdraw(open_store(prepared).batches()[0].batch_id, "Anna", "Forkert", prepared)
    assert fetch_once(prepared).entry.outcome == "waiting"


def test_what_was_removed_for_good_does_not_come_back_and_no_journal_has_its_hash(
    prepared: Path, sources: Sources
) -> None:
    new_year(sources)
    entry = fetch_once(prepared).entry
    assert entry.batch_id is not None
    journal = prepared / "fetch" / f"{NAME}.json"
    assert entry.sha256 in journal.read_text(encoding="utf-8")
    purge(entry.batch_id, "Anna", "Hentet ved en fejl", prepared)
    assert entry.sha256 not in journal.read_text(encoding="utf-8")
    assert fetch_once(prepared).entry.outcome == "same"
    sources.updated = "2027-11-28T08:00:00"  # the very same bytes
    for _ in range(2):
        assert fetch_once(prepared).entry.outcome in ("nothing_new", "same")
        assert not waiting_files(prepared)
        assert entry.sha256 not in journal.read_text(encoding="utf-8")


@pytest.mark.parametrize("moment", ["publish", "check_file", "write_entry"])
def test_a_file_that_is_removed_for_good_while_it_is_fetched_leaves_no_copy(
    prepared: Path, sources: Sources, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    if moment == "check_file":
        write_definition(prepared, text=DEFINITION.replace('"when_clean"', '"ask"'))
    new_year(sources)
    before = len(open_store(prepared).batches())
    known: list[str] = []
    goes_on = getattr(fetching, moment)

    def removed_first(*given: Any) -> object:
        """What a removal by another does before the step is taken."""
        file = next(part for part in given if isinstance(part, Upload | Entry))
        known.append(file.sha256)
        remember(prepared, file.sha256, ("Anna", "Hentet ved en fejl"))
        forget_fetched(prepared, file.sha256)
        return goes_on(*given)

    monkeypatch.setattr(fetching, moment, removed_first)
    outcome = fetch_once(prepared).entry.outcome
    kept = b"".join(path.read_bytes() for path in (prepared / "fetch").glob("*.json"))
    assert known
    assert known[0].encode() not in kept
    assert not waiting_files(prepared)
    if moment != "write_entry":  # by then its rows are published: it is the removal that takes them
        assert (outcome, len(open_store(prepared).batches())) == ("nothing_new", before)
        assert not list((prepared / "originals").glob(f"{known[0]}.*"))
