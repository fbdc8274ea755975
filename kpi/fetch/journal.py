"""What the latest fetch of each definition came to: KPI_HOME/fetch/NAME.json."""

import json
import logging
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from kpi.domain.vocabulary import FETCH_OUTCOMES, FETCH_TROUBLES, FetchOutcome
from kpi.fetch.definition import Definition
from kpi.ingest.mapping.recipe import Recipe
from kpi.system.writing import write_whole

_LOG = logging.getLogger(__name__)
_TITLE = "Hentningen kan ikke huskes"
# A stamp of a zone further east, or of a clock a little ahead, is believed.
_AHEAD = timedelta(days=1)
# No rhythm is longer: a source that names a later day has the wrong one.
_LONGEST_RHYTHM = timedelta(days=800)
_NUMBERS = frozenset(
    (
        "rows", "new", "changed", "reattributed", "batch_id", "last_batch_id", "restored_batch_id",
        "failures",
    )
)  # fmt: skip


@dataclass(frozen=True)
class Entry:
    """The latest attempt of a definition, and what the source last said of itself.

    Moments are UTC in ISO 8601, empty where there is none. `tried_at` is the latest attempt,
    `fetched_at` the latest answer that was dealt with. `source_updated` is the source's own stamp,
    in its own words; `handled` is the stamp that needs no download any more, with what asked for
    it. `rows`, `new`, `changed`, `reattributed` and `batch_id` are of the latest file;
    `last_batch_id` is the latest publication, `batch_ids` are all of them; `restored_batch_id` is
    one that was withdrawn, and whose figures have been published anew in another way. `failures`
    counts the attempts in a row that failed.
    `since` is when what the source has was first seen: its stamp or, without one, its answer.
    `waits` is the hash of the file that waits for a person, empty where none does. `refused` is why
    the source's latest answer was refused, until another answer is none of those.
    """

    tried_at: str = ""
    fetched_at: str = ""
    source_updated: str = ""
    next_expected: str = ""
    not_before: str = ""
    outcome: FetchOutcome | None = None
    error: str = ""
    sha256: str = ""
    rows: int | None = None
    new: int | None = None
    changed: int | None = None
    batch_id: int | None = None
    failures: int = 0
    handled: str = ""
    last_batch_id: int | None = None
    waits: str = ""
    refused: str = ""
    reattributed: int | None = None
    batch_ids: tuple[int, ...] = ()
    since: str = ""
    restored_batch_id: int | None = None

    def expected_on(self) -> date | None:
        """The day the source is expected to be updated; None where nobody knows.

        One that follows from a stamp which cannot be right is no day either.
        """
        expected, said_on = day_of(self.next_expected), day_of(self.tried_at)
        if expected is None or self.stamp_ahead() is not None:
            return None
        return None if said_on and expected - said_on > _LONGEST_RHYTHM else expected

    def updated_on(self) -> date | None:
        """The day the source was updated, by its own word; None where it does not say."""
        return day_of(self.source_updated)

    def stamp_ahead(self) -> date | None:
        """The day of the source's stamp where it had not come when the stamp was read, else None.

        A source with such a clock is never late by its own word.
        """
        updated, read_on = self.updated_on(), day_of(self.tried_at)
        return updated if updated and read_on and updated - read_on > _AHEAD else None

    def seen_on(self) -> date | None:
        """The day of the source's update or, where no day can be believed, it was first seen."""
        updated = None if self.stamp_ahead() else self.updated_on()
        return updated or day_of(self.since or self.fetched_at)

    def moment(self, text: str) -> datetime | None:
        """One of the moments, with its zone; None for an empty one."""
        try:
            moment = datetime.fromisoformat(text)
        except ValueError:
            return None
        return moment if moment.tzinfo else None


def handled_stamp(updated: str, definition: Definition, recipe: Recipe, judged_by: str) -> str:
    """What need not be downloaded again: the source's stamp, asked for, read and judged as now.

    `judged_by` is of the program and the metadata (kpi/fetch/judging.py).
    """
    return f"{updated} {definition.digest[:16]} {recipe_digest(recipe)} {judged_by}"


def recipe_digest(recipe: Recipe) -> str:
    """Some characters that change with what a recipe says."""
    return sha256(repr(recipe).encode()).hexdigest()[:16]


def journal_path(home: Path, name: str) -> Path:
    """The file of a definition's latest fetch."""
    return home / "fetch" / f"{name}.json"


def read_entry(home: Path, name: str) -> Entry:
    """The latest fetch of a definition; an empty entry where there was none, or it is unreadable.

    A journal that somebody has spoiled costs a download, no figure.
    """
    try:
        written = json.loads(journal_path(home, name).read_text(encoding="utf-8"))
        return _entry(written)
    except FileNotFoundError:
        return Entry()
    except (OSError, ValueError, TypeError, RecursionError):
        _LOG.warning("the journal of %s cannot be read; its source is asked anew", name)
        return Entry()


def batches_of_others(home: Path, name: str) -> frozenset[int]:
    """The publications that came of other definitions than this one."""
    return batches_but_of(batches_by_name(home), name)


def batches_by_name(home: Path) -> Mapping[str, frozenset[int]]:
    """The publications of each definition that has a journal."""
    names = sorted(path.stem for path in (home / "fetch").glob("*.json"))
    return {name: _batches_of(read_entry(home, name)) for name in names}


def batches_but_of(by_name: Mapping[str, frozenset[int]], name: str) -> frozenset[int]:
    """All publications but those that came of this definition alone."""
    return frozenset[int]().union(*(ids for other, ids in by_name.items() if other != name))


def _batches_of(entry: Entry) -> frozenset[int]:
    ids = (entry.last_batch_id, *entry.batch_ids)
    return frozenset(batch_id for batch_id in ids if batch_id is not None)


def write_entry(home: Path, name: str, entry: Entry) -> None:
    """Keeps the latest fetch. Raises KpiError where the disk is full or closed."""
    content = json.dumps(asdict(entry), ensure_ascii=False, indent=1).encode()
    write_whole(journal_path(home, name), content, _TITLE, make_folder=True)


def with_decision(entry: Entry, outcome: FetchOutcome, batch_id: int | None = None) -> Entry:
    """The entry after a person has decided about the file that waited.

    What a later attempt came to stays: one that failed is still to be tried again.
    """
    decided = replace(with_batch(entry, batch_id), batch_id=batch_id, waits="")
    if entry.outcome in FETCH_TROUBLES:
        return decided
    return replace(decided, outcome=outcome, error="")


def with_batch(entry: Entry, batch_id: int | None) -> Entry:
    """The entry after a publication; the same where there was none."""
    if batch_id is None:
        return entry
    return replace(entry, last_batch_id=batch_id, batch_ids=(*entry.batch_ids, batch_id))


def _entry(written: Any) -> Entry:
    given = {field.name: written[field.name] for field in fields(Entry) if field.name in written}
    given["batch_ids"] = tuple(given.get("batch_ids", ()))
    entry = Entry(**given)
    if entry.outcome is not None and entry.outcome not in FETCH_OUTCOMES:
        raise ValueError("unknown outcome")
    for field in fields(Entry):
        value = getattr(entry, field.name)
        if field.name == "batch_ids":
            if not all(isinstance(number, int) for number in value):
                raise ValueError("a value of another type")
            continue
        is_number = field.name in _NUMBERS
        if value is not None and not isinstance(value, int if is_number else str):
            raise ValueError("a value of another type")
    for moment in filter(None, (entry.tried_at, entry.fetched_at)):
        datetime.fromisoformat(moment)
    return entry


def day_of(text: str) -> date | None:
    """The day that a source's stamp begins with; None where it is none."""
    try:
        return datetime.fromisoformat(text).date()
    except ValueError:
        return None
