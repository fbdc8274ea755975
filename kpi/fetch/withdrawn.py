"""Which publication of a definition a person has withdrawn: until it is approved, nothing comes.

The history says which publication was the latest, as the journal does not after a kill or when it
is spoiled; of a table that several definitions ask for, but for what the others' journals have as
theirs.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from kpi.domain.model import Batch
from kpi.fetch.definition import Definition
from kpi.fetch.journal import Entry
from kpi.fetch.queue import Waiting, fetched_words, is_rejected


def withdrawn_of(
    definition: Definition, entry: Entry, batches: Sequence[Batch], others: Collection[int]
) -> Batch | None:
    """The latest publication of a definition where it no longer counts; None where it does.

    `batches` are all publications, newest first; `others` are the ids of those that came of other
    definitions. One that a person has brought back in another way counts again.
    """
    if all(batch.state == "published" for batch in batches):
        return None
    noted = (batch.batch_id for batch in _noted(definition, batches, others))
    latest = {entry.last_batch_id, next(noted, None)} - {entry.restored_batch_id}
    gone = (batch for batch in batches if batch.batch_id in latest and batch.state != "published")
    return next(gone, None)


def withdrawn_earlier(
    definition: Definition, entry: Entry, batches: Sequence[Batch], others: Collection[int]
) -> tuple[Batch, ...]:
    """The publications of a definition that were withdrawn while a later one is current.

    Newest first, as `batches`. Those that were withdrawn before the later one came are not among
    them, as whoever approved that decided about their figures, too; nor those whose file is
    published again. Where it was on the same day, they are.
    """
    if all(batch.state == "published" for batch in batches):
        return ()
    noted = _noted(definition, batches, others)
    ids = {entry.last_batch_id, *entry.batch_ids, *(batch.batch_id for batch in noted)}
    own = [batch for batch in batches if batch.batch_id in ids]
    newest = next((batch for batch in own if batch.state == "published"), None)
    if newest is None:
        return ()
    published = {batch.original_sha256 for batch in batches if batch.state == "published"}
    return tuple(
        batch
        for batch in own[own.index(newest) + 1 :]
        if batch.state == "withdrawn"
        and batch.batch_id != entry.restored_batch_id
        and batch.withdrawn_on >= newest.known_from
        and batch.original_sha256 not in published
    )


def _noted(
    definition: Definition, batches: Sequence[Batch], others: Collection[int]
) -> Iterator[Batch]:
    """The publications that say they were fetched of the definition's table, but for `others`."""
    words = re.compile(rf"{re.escape(fetched_words(definition.table, None))}[,.]")
    return (batch for batch in batches if words.match(batch.note) and batch.batch_id not in others)


def can_return(home: Path, name: str, withdrawn: Batch | None, waiting: Waiting | None) -> bool:
    """Whether the figures that were withdrawn can be fetched again.

    They are neither removed for good nor rejected, and do not wait already.
    """
    return (
        withdrawn is not None
        and withdrawn.state == "withdrawn"
        and waiting is None
        and not is_rejected(home, withdrawn.original_sha256, name)
    )
