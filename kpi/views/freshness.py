"""How old the newest figures of each indicator and source are, and which are late."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kpi.domain import format as fmt
from kpi.domain.age import (
    ON_TIME,
    OVERDUE,
    PUNCTUALITY_NAMES,
    Freshness,
    age_text,
    counted_until,
    freshness,
)
from kpi.domain.catalog import Catalog
from kpi.domain.model import Observation
from kpi.domain.period import Period, parse_period
from kpi.domain.period_words import row_period_name
from kpi.domain.vocabulary import FREQUENCY_NAMES, MeasuredHow
from kpi.domain.wording import Badge
from kpi.store import Store

# Indicator, source, period, how it was counted, day: as Store.newest_periods answers.
_Newest = tuple[str, str, str, MeasuredHow, str]


@dataclass(frozen=True)
class FreshnessRow:
    """An indicator's newest figures from one source, in words; `badge` says if more are due.

    `is_continued` where another source has newer ones; `end` is the day they count until.
    """

    indicator_id: str
    indicator_name: str
    source_title: str
    period: str
    published: str
    age: str
    rhythm: str
    expected: str
    owner: str
    badge: Badge
    source_id: str = ""
    is_continued: bool = False
    end: date = date.min

    @property
    def is_overdue(self) -> bool:
        """Whether newer figures should have been out by the day that is looked at."""
        return self.badge.kind == OVERDUE


def freshness_rows(store: Store, catalog: Catalog) -> tuple[FreshnessRow, ...]:
    """Every indicator and source with figures as seen from the catalog's day, late ones first."""
    order = {indicator_id: place for place, indicator_id in enumerate(catalog.indicators)}
    newest_of_each = store.newest_periods()
    later = _continuing(newest_of_each)
    rows = [
        _row(*newest, catalog, continued_by=later.get(newest[:2], "")) for newest in newest_of_each
    ]
    return tuple(sorted(rows, key=lambda row: (not row.is_overdue, order[row.indicator_id])))


def overdue_rows(store: Store, catalog: Catalog) -> tuple[FreshnessRow, ...]:
    """What is older than expected."""
    return tuple(row for row in freshness_rows(store, catalog) if row.is_overdue)


def _continuing(newest_of_each: Sequence[_Newest]) -> dict[tuple[str, str], str]:
    """Of an indicator's sources those that another one goes on after, and which does so longest.

    Only periods that are alike follow each other: a school year is no continuation of a half.
    """
    periods: dict[str, list[tuple[Period, str]]] = {}
    for indicator_id, source_id, period, *_ in newest_of_each:
        periods.setdefault(indicator_id, []).append((parse_period(period), source_id))
    return {
        (indicator_id, source_id): max(after, key=lambda other: other[0].order)[1]
        for indicator_id, known in periods.items()
        for own, source_id in known
        if (after := [each for each in known if each[0].is_like(own) and each[0].end > own.end])
    }


def _row(
    indicator_id: str,
    source_id: str,
    period: str,
    measured: MeasuredHow,
    day: str,
    catalog: Catalog,
    continued_by: str = "",
) -> FreshnessRow:
    indicator, source = catalog.indicators[indicator_id], catalog.sources[source_id]
    # Only what names its period and how it was counted: no figure of any area.
    newest = Observation(
        indicator_id, "", "", parse_period(period), None, None, None, "missing", None, None, None,
        source_id, measured=measured,
    )  # fmt: skip
    end = counted_until(newest, source, indicator)
    published = day or source.published
    due = freshness(end, published, source.frequency, source.next_release, catalog.day)
    if continued_by:
        due = Freshness(None, f"nyere tal i {catalog.sources[continued_by].title}", ON_TIME)
    return FreshnessRow(
        indicator_id,
        indicator.name,
        source.title,
        row_period_name(newest, indicator, catalog),
        fmt.partial_date(published) if published else "ikke oplyst",
        age_text(newest, source, indicator, catalog.day),
        FREQUENCY_NAMES[source.frequency],
        due.expected_text,
        source.owner,
        Badge(due.state, PUNCTUALITY_NAMES[due.state]),
        source_id,
        bool(continued_by),
        end,
    )
