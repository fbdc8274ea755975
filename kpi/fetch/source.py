"""What the sources have in common: a stamp that says whether anything is new, and a file."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from kpi.fetch.definition import Definition
from kpi.fetch.http import Client
from kpi.ingest.table.raw import Upload


@dataclass(frozen=True)
class Stamp:
    """What a source says of its table before the figures are asked for.

    `updated` is when it was, as the source writes it. `values` (dimension to codes) is what the
    definition asks for, in the source's own codes; `texts` (dimension to code to text) is what each
    of its codes means. `periods` are all that the table has, where the definition asks for its
    newest, whatever that is.
    """

    updated: str
    next_expected: date | None = None
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    texts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    periods: Sequence[str] = ()


@dataclass(frozen=True)
class Source:
    """How one kind of source is asked.

    `stamp` asks for the table alone; it raises ChangedError where the table no longer has what the
    definition asks for. None: the source says nothing before the figures themselves. `download`
    asks for the figures, as a file, after the stamp.
    """

    download: Callable[[Client, Definition, Stamp | None], Upload]
    stamp: Callable[[Client, Definition], Stamp] | None = None
