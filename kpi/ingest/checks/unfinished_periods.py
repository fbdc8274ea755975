"""Figures of a period that is not over yet, stored as final: those of a part of it.

What is counted on a day is known from that day on, and what is decided beforehand before it begins:
of these the indicator's own words, or the source's title, speak.
"""

import re
from collections import defaultdict
from datetime import date

import duckdb

from kpi.domain import format as fmt
from kpi.domain.catalog import Catalog
from kpi.domain.errors import Problem
from kpi.domain.model import Indicator, Source
from kpi.domain.period import last_day, parse_period
from kpi.domain.period_words import period_name
from kpi.domain.wording import capital, first_listed
from kpi.ingest.checks.faults import shown
from kpi.ingest.mapping.column_mapping import Plan
from kpi.ingest.table.raw import RawTable
from kpi.ingest.words.statuses import status_to_write

_MOST_NAMED = 3
# With their endings: `mar` is no `markedet`, and `maj` no `majoritet`.
_MONTHS = {
    "jan": "uar", "feb": "ruar", "mar": "ts", "apr": "il", "maj": "", "jun": "i", "jul": "i",
    "aug": "ust", "sep": "t(?:ember)?", "okt": "ober", "nov": "ember", "dec": "ember",
}  # fmt: skip
_MONTH = "|".join(f"{start}(?:{end})?" for start, end in _MONTHS.items())
# `den 1. januar`, `primo kvartalet`: the first day of whatever period it is.
_AT_START = re.compile(
    r"\b(?:den|pr\.?) (?:1\.|første)(?= (?:januar|i |dag)|$)|\b1\. januar|\bprimo\b"
    r"|\b(?:ved )?begyndelsen af|\bfolketal|\bindbyggertal",
    re.IGNORECASE,
)
# `ved udgangen af november`, `pr. 1. oktober`: from then on the year's figure is known.
_IN_YEAR = re.compile(
    rf"\b(?P<end>udgangen af|ultimo)? ?(?:den |pr\.? )?(?:(?P<day>\d{{1,2}})\. )?"
    rf"(?P<month>{_MONTH})\b(?! (?:19|20)\d\d)",
    re.IGNORECASE,
)
_DECIDED = re.compile(
    r"budget|krav\b|kapacitet|normer|takst|\bafsat|\bbevilget|\bbevilling|\bpladser\b",
    re.IGNORECASE,
)
_HINT = (
    "Dækker tallet en del af perioden, så skriv den del (for eksempel 2026M01:2026M10A), eller "
    f"skriv {status_to_write('preliminary')} i status. Er det talt på en dag, så skriv »på "
    "dato« i kolonnen »opgjort«."
)


def unfinished_periods(
    connection: duckdb.DuckDBPyConnection,
    table: RawTable,
    plan: Plan,
    catalog: Catalog,
    today: date,
) -> list[Problem]:
    """A warning for each period that ends today or later and whose new figures are final.

    Of a period that has not begun there is a fault of its own. Expects `valid` and `published`.
    """
    if connection.execute(_HAS_UNFINISHED, {"today": today}).fetchone() is None:
        return []
    indicators, sources = list(catalog.indicators.values()), list(catalog.sources.values())
    by_period: dict[str, list[tuple[Indicator, int, int]]] = defaultdict(list)
    for period_id, number, source, count, record in connection.execute(
        _UNFINISHED, {"today": today}
    ).fetchall():
        indicator = indicators[number]
        if not is_known_by(today, period_id, indicator, sources[source]):
            by_period[period_id].append((indicator, count, record))
    return [
        _problem(connection, table, plan, catalog, period_id, figures)
        for period_id, figures in by_period.items()
    ]


def is_known_by(day: date, period_id: str, indicator: Indicator, source: Source) -> bool:
    """Whether a figure of a period may be final on a day: it is over, or what counts of it is."""
    period = parse_period(period_id)
    if period.end < day or period.kind == "day":
        return True
    own = f"{indicator.name}. {indicator.definition}"
    if _DECIDED.search(own) or _AT_START.search(f"{own}. {source.title}"):
        return True
    if period.kind != "year":
        return False
    counted = _IN_YEAR.search(own)
    return counted is not None and _counted_by(period.end.year, counted) < day


def _counted_by(year: int, counted: re.Match[str]) -> date:
    month = [*_MONTHS].index(counted["month"].casefold()[:3]) + 1
    end = last_day(f"{year:04d}-{month:02d}")
    given = int(counted["day"] or 0)
    return end.replace(day=given) if 0 < given <= end.day else end


def _problem(
    connection: duckdb.DuckDBPyConnection,
    table: RawTable,
    plan: Plan,
    catalog: Catalog,
    period_id: str,
    figures: list[tuple[Indicator, int, int]],
) -> Problem:
    count = sum(figure_count for _, figure_count, _ in figures)
    record = min(first for *_, first in figures)
    line, text = connection.execute(_CELL, {"record": record}).fetchone() or (None, None)
    period = parse_period(period_id)
    # Figures of several sources are of one indicator.
    names = list(dict.fromkeys(indicator.name for indicator, *_ in figures))
    many = f"{fmt.number(count, 0)} tal gemmes som endelige"
    stored = "tallet gemmes som endeligt" if count == 1 else many
    return Problem(
        "unfinished_period", "", line, plan.name_of("period", table), shown(text),
        f"{capital(period_name(period, figures[0][0], catalog))} slutter først den "
        f"{fmt.long_date(period.end)}, men {stored}: {first_listed(names, _MOST_NAMED)}.",
        _HINT, weight=float(count),
    )  # fmt: skip


_HAS_UNFINISHED = """
SELECT 1 FROM known_period
WHERE end_date >= $today::DATE AND start_date <= $today::DATE AND kind <> 'day'
LIMIT 1
"""
_UNFINISHED = """
WITH unfinished AS (
    FROM known_period
    WHERE end_date >= $today::DATE AND start_date <= $today::DATE AND kind <> 'day'
)
SELECT unfinished.id, valid.indicator, valid.source, count(*), min(valid.record)
FROM valid
JOIN unfinished ON unfinished.number = valid.period
LEFT JOIN published ON published.key = valid.key
WHERE valid.status = 'final' AND valid.value IS NOT NULL
    AND coalesce(valid.measured, 'over') = 'over'
    AND NOT (published.status IS NOT DISTINCT FROM 'final'
        AND published.value IS NOT DISTINCT FROM valid.value)
GROUP BY unfinished.id, unfinished.end_date, valid.indicator, valid.source
ORDER BY unfinished.end_date, unfinished.id, min(valid.record)
"""
_CELL = """
SELECT candidate.line, spelled_period.text
FROM candidate
LEFT JOIN spelled_period ON spelled_period.spelling = candidate.period
WHERE candidate.record = $record
"""
