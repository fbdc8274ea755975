"""What is known of each definition: when it was fetched, is expected, and whether it is late."""

from collections.abc import Collection, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from kpi.domain.model import Batch
from kpi.domain.period import DENMARK
from kpi.fetch.definition import (
    Definition,
    DefinitionError,
    definition_paths,
    read_definition,
    recipe_of,
)
from kpi.fetch.journal import Entry, batches_but_of, batches_by_name, read_entry
from kpi.fetch.queue import Waiting, waiting_files
from kpi.fetch.schedule import is_due, is_overdue, lacking_key
from kpi.fetch.withdrawn import can_return, withdrawn_earlier, withdrawn_of
from kpi.store.connection import open_store
from kpi.store.versions import is_empty


@dataclass(frozen=True)
class FetchState:
    """A definition with its latest fetch; `fault` says why it cannot be read (definition None).

    `source_id` is whose figures it fetches; empty where its recipe cannot be read. `lacking_key` is
    the setting of the key that it waits for; empty where it waits for none. `withdrawn` is its
    latest publication where a person has withdrawn that, `can_return` whether the same figures can
    be fetched again. `withdrawn_earlier` are those that were withdrawn while a later one is
    current.
    """

    name: str
    definition: Definition | None
    entry: Entry
    waiting: Waiting | None
    is_due: bool = False
    is_overdue: bool = False
    fault: str = ""
    source_id: str = ""
    lacking_key: str = ""
    withdrawn: Batch | None = None
    can_return: bool = False
    withdrawn_earlier: tuple[Batch, ...] = ()


def states_of(home: Path, now: datetime) -> list[FetchState]:
    """Every definition, in the order of the names; a faulty one too, with its fault."""
    waiting = {entry.name: entry for entry in waiting_files(home)}
    batches = _batches(home)
    by_name = batches_by_name(home)
    return [
        _with_withdrawal(
            home, _state(home, name, waiting.get(name), now), batches, batches_but_of(by_name, name)
        )
        for name in definition_paths(home)
    ]


def _batches(home: Path) -> list[Batch]:
    """All publications, newest first; none before there are figures."""
    if is_empty(home):
        return []
    with closing(open_store(home)) as store:
        return store.batches()


def _with_withdrawal(
    home: Path, state: FetchState, batches: Sequence[Batch], others: Collection[int]
) -> FetchState:
    if state.definition is None:
        return state
    withdrawn = withdrawn_of(state.definition, state.entry, batches, others)
    earlier = withdrawn_earlier(state.definition, state.entry, batches, others)
    state = replace(state, withdrawn_earlier=earlier)
    if withdrawn is None:
        return state
    returns = can_return(home, state.name, withdrawn, state.waiting)
    return replace(state, withdrawn=withdrawn, can_return=returns)


def _state(home: Path, name: str, waiting: Waiting | None, now: datetime) -> FetchState:
    entry = read_entry(home, name)
    try:
        definition = read_definition(name, home)
    except DefinitionError as error:
        return FetchState(name, None, entry, waiting, fault=error.message)
    lacking = lacking_key(definition, entry)
    return FetchState(
        name, definition, entry, waiting, not lacking and is_due(definition, entry, now),
        is_overdue(definition, entry, now.astimezone(DENMARK).date()),
        source_id=_source_id(definition.recipe, home), lacking_key=lacking,
    )  # fmt: skip


def _source_id(recipe: str, home: Path) -> str:
    try:
        return recipe_of(recipe, home).source_id
    except DefinitionError:
        return ""
