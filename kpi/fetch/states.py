"""What is known of each definition: when it was fetched, is expected, and whether it is late."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from kpi.domain.period import DENMARK
from kpi.fetch.definition import (
    Definition,
    DefinitionError,
    definition_paths,
    read_definition,
    recipe_of,
)
from kpi.fetch.journal import Entry, read_entry
from kpi.fetch.queue import Waiting, waiting_files
from kpi.fetch.schedule import is_due, is_overdue, lacking_key


@dataclass(frozen=True)
class FetchState:
    """A definition with its latest fetch; `fault` says why it cannot be read (definition None).

    `source_id` is whose figures it fetches; empty where its recipe cannot be read. `lacking_key` is
    the setting of the key that it waits for; empty where it waits for none.
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


def states_of(home: Path, now: datetime) -> list[FetchState]:
    """Every definition, in the order of the names; a faulty one too, with its fault."""
    waiting = {entry.name: entry for entry in waiting_files(home)}
    return [_state(home, name, waiting.get(name), now) for name in definition_paths(home)]


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
