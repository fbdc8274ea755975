"""What a person withdrew or removed for good does not come back by being fetched."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from kpi.cli.fetch_answers import list_text
from kpi.fetch import fetching
from kpi.fetch.deciding import approve, throw_away
from kpi.fetch.definition import read_definition, recipe_of
from kpi.fetch.fetching import fetch
from kpi.fetch.journal import Entry, read_entry
from kpi.fetch.queue import waiting_files
from kpi.fetch.states import FetchState, states_of
from kpi.fetch.withdrawn import withdrawn_earlier
from kpi.ingest.mapping.choices import Choices
from kpi.ingest.table.raw import Upload
from kpi.store import open_store
from kpi.store.purging import purge
from kpi.store.removed import forget_fetched, remember
from kpi.store.uploads import publish, published_file, withdraw
from tests.kpi.fetch.ras200 import DEFINITION, NAME, fetch_once, new_year, write_definition
from tests.kpi.fetch.sources import AREAS, Sources


def test_what_a_person_has_withdrawn_does_not_come_back_by_itself(
    prepared: Path, sources: Sources
) -> None:
    new_year(sources)
    batch_id = fetch_once(prepared).entry.batch_id
    assert batch_id is not None
    withdraw(batch_id, "Anna", "Kilden har regnet forkert", prepared)
    assert fetch_once(prepared).entry.outcome == "same"
    assert not waiting_files(prepared)
    new_year(sources)
    assert fetch_once(prepared).entry.outcome == "waiting"
    [waiting] = waiting_files(prepared)
    assert approve(waiting.id, "Anna", "Nu er de rettet", prepared).batch_id is not None
    new_year(sources)
    assert fetch_once(prepared).entry.outcome == "published"


def _withdrawn_year(home: Path, sources: Sources) -> int:
    """A new year that came by itself and was taken back."""
    new_year(sources)
    batch_id = fetch_once(home).entry.batch_id
    assert batch_id is not None
    withdraw(batch_id, "Anna", "En fejl", home)
    return batch_id


def _state(home: Path) -> FetchState:
    return next(each for each in states_of(home, datetime.now(UTC)) if each.name == NAME)


def test_what_was_withdrawn_can_be_fetched_again_and_waits(
    prepared: Path, sources: Sources
) -> None:
    batch_id = _withdrawn_year(prepared, sources)
    state = _state(prepared)
    assert state.withdrawn is not None
    assert (state.withdrawn.batch_id, state.can_return) == (batch_id, True)
    figures = len(AREAS)
    again = fetch(NAME, prepared, is_again=True)
    assert (again.entry.outcome, again.entry.new, again.can_return) == ("waiting", figures, False)
    assert not _state(prepared).can_return  # it waits already
    [waiting] = waiting_files(prepared)
    assert approve(waiting.id, "Anna", "Det var ingen fejl", prepared).batch_id is not None
    assert (_state(prepared).withdrawn, fetch_once(prepared).entry.outcome) == (None, "same")
    again = fetch(NAME, prepared, is_again=True)
    assert (again.entry.outcome, again.withdrawn) == ("nothing_new", None)
    new_year(sources)
    assert fetch_once(prepared).entry.outcome == "published"


def test_what_was_withdrawn_and_then_rejected_is_not_offered_again(
    prepared: Path, sources: Sources
) -> None:
    _withdrawn_year(prepared, sources)
    fetch(NAME, prepared, is_again=True)
    [waiting] = waiting_files(prepared)
    throw_away(waiting.id, "Anna", "Det var en fejl", prepared)
    state = _state(prepared)
    assert (state.withdrawn is not None, state.can_return) == (True, False)
    assert fetch(NAME, prepared, is_again=True).entry.outcome == "nothing_new"


@pytest.mark.parametrize("is_in_queue", [False, True])
def test_what_was_withdrawn_and_brought_back_as_a_file_is_withdrawn_no_longer(
    prepared: Path, sources: Sources, is_in_queue: bool
) -> None:
    batch_id = _withdrawn_year(prepared, sources)
    [batch] = [each for each in open_store(prepared).batches() if each.batch_id == batch_id]
    file = published_file(batch.original_sha256, batch.original_name, prepared)
    if is_in_queue:
        fetch(NAME, prepared, is_again=True)
    recipe = recipe_of("try_ras200", prepared)
    assert publish(file, Choices(recipe), "Anna", "Tilbage igen", prepared).batch_id is not None
    if is_in_queue:
        [waiting] = waiting_files(prepared)
        assert approve(waiting.id, "Anna", "Det var ingen fejl", prepared).batch_id is None
    else:
        assert fetch(NAME, prepared, is_again=True).entry.outcome == "nothing_new"
    assert _state(prepared).withdrawn is None
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
    for name, years in ((NAME, '["2019", "2020", "2021", "2023"]'), ("b_ras200", '["2022"]')):
        text = DEFINITION.replace('Tid = "*"', f"Tid = {years}")
        write_definition(prepared, name, text.replace('title = "RAS200', f'title = "{name}'))
    new_year(sources)
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


def test_an_earlier_publication_that_was_withdrawn_does_not_come_back_by_itself(
    prepared: Path, sources: Sources
) -> None:
    first, first_year = _withdrawn_later(prepared, sources), "2022"
    state = _state(prepared)
    assert (state.withdrawn, [each.batch_id for each in state.withdrawn_earlier]) == (None, [first])
    assert f"Den tidligere indlæsning nr. {first} er fortrudt." in list_text([state])
    new_year(sources)
    fetched = fetch_once(prepared)
    assert fetched.checked is not None
    again = [each for each in fetched.checked.problems if each.code == "withdrawn_figure"]
    assert fetched.entry.outcome == "waiting"
    assert [f"{len(AREAS)} tal kommer igen" in each.message for each in again] == [True]
    assert f"nr. {first}, først" in again[0].message
    [waiting] = waiting_files(prepared)
    assert approve(waiting.id, "Anna", "Nu er de rigtige", prepared).batch_id is not None
    sources.bump["751", "00", first_year] += 0.1
    sources.updated = "2031-10-28T08:00:00"
    assert fetch_once(prepared).entry.outcome == "published"


def test_an_earlier_withdrawal_is_named_unless_a_later_publication_came_after_it(
    prepared: Path, sources: Sources
) -> None:
    first = _withdrawn_later(prepared, sources)
    batches = open_store(prepared).batches()
    newest = batches[0]
    withdrawn_on = date.fromisoformat(batches[1].withdrawn_on)
    definition = read_definition(NAME, prepared)
    entry = read_entry(prepared, NAME)
    for days, named in ((-1, [first]), (0, [first]), (1, [])):
        came = replace(newest, known_from=str(withdrawn_on + timedelta(days)))
        earlier = withdrawn_earlier(definition, entry, [came, *batches[1:]], ())
        assert [batch.batch_id for batch in earlier] == named
    # The same file published again has brought its figures back; whose are restored, too.
    again = replace(newest, original_sha256=batches[1].original_sha256)
    assert not withdrawn_earlier(definition, entry, [again, *batches[1:]], ())
    restored = replace(entry, restored_batch_id=first)
    assert not withdrawn_earlier(definition, restored, batches, ())
    # The latest one is `withdrawn_of`'s.
    gone = [replace(newest, state="withdrawn"), *batches[1:]]
    assert not withdrawn_earlier(definition, entry, gone, ())


def test_what_was_withdrawn_comes_back_by_itself_where_the_source_took_it_back_too(
    prepared: Path, sources: Sources
) -> None:
    _withdrawn_later(prepared, sources)
    # The year is hidden at the source, as here: of another year nobody has withdrawn anything.
    sources.years.remove("2022")
    new_year(sources)
    assert fetch_once(prepared).entry.outcome == "published"


def _withdrawn_later(home: Path, sources: Sources) -> int:
    """Two new years that came by themselves, of which the first was taken back; its number."""
    new_year(sources)
    first = fetch_once(home).entry.batch_id
    new_year(sources)
    assert fetch_once(home).entry.outcome == "published"
    assert first is not None
    withdraw(first, "Anna", "Kilden har regnet forkert", home)
    return first


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
