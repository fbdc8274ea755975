"""Which publication of a definition a person has withdrawn: until it is approved, nothing comes.

The history says which publication was the latest, as the journal does not after a kill or when it
is spoiled; of a table that several definitions ask for, but for what the others' journals have as
theirs.
"""

import re
from collections.abc import Collection, Sequence
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
    words = re.compile(rf"{re.escape(fetched_words(definition.table, None))}[,.]")
    noted = (
        batch.batch_id
        for batch in batches
        if words.match(batch.note) and batch.batch_id not in others
    )
    latest = {entry.last_batch_id, next(noted, None)} - {entry.restored_batch_id}
    gone = (batch for batch in batches if batch.batch_id in latest and batch.state != "published")
    return next(gone, None)


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
