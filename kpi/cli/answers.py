"""What `init` and `batches` answer: one JSON object, and the same in Danish text."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from kpi.domain import format as fmt
from kpi.domain.catalog import Catalog
from kpi.domain.model import Batch
from kpi.domain.period import DENMARK
from kpi.domain.vocabulary import BATCH_STATE_NAMES
from kpi.views.known import known_words, publisher_words

if TYPE_CHECKING:
    from kpi.store.publishing import Published


def init_answer(published: "Published") -> dict[str, Any]:
    """Version and what changed, for `init --json`."""
    return {
        "version": published.version,
        "changed": published.changed,
        "new": published.rows_new,
        "changed_rows": published.rows_changed,
        "removed": published.rows_removed,
        "set_aside": list(published.set_aside),
    }


def init_text(published: "Published") -> str:
    """What `init` prints for a person."""
    before = "En afbrudt gendannelse er gjort færdig. " if published.restored else ""
    if not published.changed:
        return f"{before}Udgave {published.version} svarer til data/. Der er intet at udgive."
    text = (
        f"{before}Udgave {published.version} er udgivet: "
        f"{_counts(published.rows_new, published.rows_changed, published.rows_removed)}."
    )
    if published.set_aside:
        broken = ", ".join(published.set_aside)
        text += f" Udgave {broken} kunne ikke læses; filen er ikke ændret."
    if published.anew:
        text += (
            " Ingen tidligere udgave kunne bruges: Den nye har kun tallene i data/, ikke det, der "
            "er indlæst og registreret. Har du en sikkerhedskopi, så læg den på plads."
        )
    return text


def batches_answer(batches: Sequence[Batch]) -> dict[str, Any]:
    """All publications, newest first, for `batches --json`."""
    return {
        "batches": [
            {
                "batch_id": batch.batch_id,
                "source_id": batch.source_id,
                "origin": batch.origin,
                "published_at": batch.published_at,
                "known_from": batch.known_from,
                "published_by": batch.published_by,
                "original_name": batch.original_name,
                "original_sha256": batch.original_sha256,
                "note": batch.note,
                "new": batch.rows_new,
                "changed": batch.rows_changed,
                "removed": batch.rows_removed,
                "reattributed": batch.rows_reattributed,
                "state": batch.state,
                "withdrawn_on": batch.withdrawn_on or None,
                "withdrawn_by": batch.withdrawn_by or None,
                "withdrawn_why": batch.withdrawn_why or None,
            }
            for batch in batches
        ]
    }


def batches_text(batches: Sequence[Batch], catalog: Catalog) -> str:
    """All publications as text, a line each; the day as exact as the source states it."""
    return "\n".join(
        f"{batch.batch_id}  {danish_day(batch.published_at)}  {BATCH_STATE_NAMES[batch.state]}  "
        f"{batch.source_id}  "
        f"{_counts(batch.rows_new, batch.rows_changed, batch.rows_removed)}  "
        f"kendt {known_words(batch, catalog)}  {publisher_words(batch)}{_file_words(batch)}"
        for batch in batches
    )


def _file_words(batch: Batch) -> str:
    """`  tal.csv: Rettet`: by which a person knows an own file again; empty for data/."""
    if batch.origin != "upload":
        return ""
    return "  " + ": ".join(filter(None, (batch.original_name, batch.note)))


def danish_day(moment: str) -> str:
    """`19. marts 2025`: the day in Denmark of a moment in UTC."""
    return fmt.long_date(datetime.fromisoformat(moment).astimezone(DENMARK).date())


def _counts(new: int, changed: int, removed: int) -> str:
    """`2.687 nye tal, 1 ændret, 0 fjernede`."""
    return ", ".join(
        (
            fmt.counted(new, "nyt tal", "nye tal"),
            fmt.counted(changed, "ændret", "ændrede"),
            fmt.counted(removed, "fjernet", "fjernede"),
        )
    )
