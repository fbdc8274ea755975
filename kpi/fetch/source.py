"""What the sources have in common: a stamp that tells whether anything is new, and a file."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from kpi.fetch.definition import Definition
from kpi.fetch.http import Client
from kpi.ingest.table.raw import Upload


@dataclass(frozen=True)
class Stamp:
    """What a source says of its table: when it was updated, as it writes it; when it will be."""

    updated: str
    next_expected: date | None = None


@dataclass(frozen=True)
class Source:
    """How one kind of source is asked.

    `stamp` asks for the table alone; it raises ChangedError where the table no longer has what the
    definition asks for. None: the source says nothing before the figures themselves. `download`
    asks for the figures, as a file.
    """

    download: Callable[[Client, Definition], Upload]
    stamp: Callable[[Client, Definition], Stamp] | None = None
