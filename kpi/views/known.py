"""Since when figures are known, in words: a day that no source reports is not made up."""

from collections.abc import Iterable
from datetime import date

from kpi.domain import format as fmt
from kpi.domain.catalog import Catalog
from kpi.domain.model import Batch
from kpi.domain.vocabulary import FETCHED_BY

NO_DAY = "dag ikke oplyst"


def known_words(batch: Batch, catalog: Catalog) -> str:
    """`19. juni 2024`, `2022 (dag ikke oplyst)`, and by period where the source reports that.

    An upload is known from the day it came.
    """
    published = _published(batch, catalog)
    if not batch.released:
        return published
    days: dict[str, list[str]] = {}
    for period, day in batch.released:
        days.setdefault(day, []).append(period)
    listed = "; ".join(
        f"{fmt.partial_date(day)} ({', '.join(periods)})" for day, periods in sorted(days.items())
    )
    source = catalog.sources[batch.source_id]
    # On an earlier day the rest may not have come yet: then the source's date is a release's.
    is_out = not source.published or date.fromisoformat(batch.known_from) <= catalog.day
    return f"{listed}; andre perioder: {published}" if is_out else listed


def first_known(batches: Iterable[Batch], catalog: Catalog) -> tuple[date, str] | None:
    """The first day that figures were known, and when in words; None without any current one.

    In words after a verb: `19. juni 2024`, `i 2022 (dag ikke oplyst)`.
    """
    days = []
    for batch in batches:
        if batch.state == "published":
            words = _published(batch, catalog)
            when = f"i {words}" if NO_DAY in words else words
            days.append((date.fromisoformat(batch.known_from), when))
            days += [(date.fromisoformat(day), fmt.partial_date(day)) for _, day in batch.released]
    return min(days, default=None)


def publisher_words(batch: Batch) -> str:
    """Who published a batch: a person's name, or that nobody had to."""
    return "Udgivet automatisk" if batch.published_by == FETCHED_BY else batch.published_by


def _published(batch: Batch, catalog: Catalog) -> str:
    """The source's own date of what `init` read from data/; else the day it was published here."""
    source = catalog.sources.get(batch.source_id)
    if batch.origin != "data" or source is None or not source.published:
        return fmt.partial_date(batch.known_from)
    words = fmt.partial_date(source.published)
    return words if source.published.count("-") == 2 else f"{words} ({NO_DAY})"
