"""Periods of a kind that an indicator's figures never had: a day in a series of years.

Such a figure would be in a series of its own, and be compared with none of the others.
Where nothing is published the file's own periods are compared with each other.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import duckdb

from kpi.domain import format as fmt
from kpi.domain.catalog import Catalog
from kpi.domain.errors import Problem
from kpi.domain.model import Indicator
from kpi.domain.period import Period, parse_period
from kpi.domain.period_words import period_name
from kpi.domain.vocabulary import PERIOD_KIND_PLURALS, PeriodKind
from kpi.domain.wording import listing
from kpi.ingest.checks.faults import shown
from kpi.ingest.mapping.column_mapping import Plan
from kpi.ingest.plausibility.beside_other_kinds import beside_other_kinds
from kpi.ingest.plausibility.same_in_other_kind import same_in_other_kind
from kpi.ingest.table.raw import RawTable

# Of more figures it is not asked whether they are published ones: so many are a series of its own.
_MOST_COMPARED = 50_000
_ONE: Mapping[PeriodKind, str] = {
    "year": "et år", "half": "et halvår", "quarter": "et kvartal", "month": "en måned",
    "week": "en uge", "day": "en dag", "school_year": "et skoleår",
    "range": "en længere periode", "rolling_year": "et rullende år", "year_to_date": "år til dato",
}  # fmt: skip


@dataclass(frozen=True)
class Other:
    """Figures of an indicator in periods of one kind: and how many."""

    kind: PeriodKind
    count: int


def other_period_kinds(
    connection: duckdb.DuckDBPyConnection, table: RawTable, plan: Plan, catalog: Catalog
) -> list[Problem]:
    """A warning for each indicator and kind of period that its figures never had, at its first row.

    Expects `share_of_period` (compared.py): a row for each series and period, so that
    no row of the file is looked at unless there is something to report.
    """
    own: dict[int, list[Other]] = {}
    for indicator, *rest in connection.execute(_OWN).fetchall():
        own.setdefault(indicator, []).append(Other(*rest))
    are_days = any(each.kind == "day" for kinds in own.values() for each in kinds)
    problems = _first_days(connection, table, plan, catalog) if are_days else []
    if not own:
        return problems
    published = {
        indicator: (frozenset(kinds), newest)
        for indicator, kinds, newest in connection.execute(_PUBLISHED).fetchall()
    }
    indicators = list(catalog.indicators.values())
    unusual = [
        (number, other, *published.get(number, (frozenset([kinds[0].kind]), "")))
        for number, kinds in own.items()
        for other in kinds
    ]
    unusual = [candidate for candidate in unusual if candidate[1].kind not in candidate[2]]
    if not unusual:
        return problems
    pairs = [
        (number, other.kind) for number, other, *_ in unusual
        if number in published and other.count <= _MOST_COMPARED
    ]  # fmt: skip
    same = same_in_other_kind(connection, table, plan, catalog, pairs) if pairs else {}
    problems += same.values()
    first = {row[:2]: row[2:] for row in connection.execute(_FIRST).fetchall()}
    for number, other, usual, newest in unusual:
        if (number, other.kind) in same:
            continue
        line, text, period = first[number, other.kind]
        wording = _message_and_remedy(
            parse_period(period), other, usual, newest, indicators[number], catalog
        )
        problems.append(
            Problem("other_period_kind", "", line,
                    plan.name_of("period", table), shown(text), *wording, weight=other.count)
        )  # fmt: skip
    if published:
        problems += beside_other_kinds(connection, table, plan, catalog)
    return problems


def _first_days(
    connection: duckdb.DuckDBPyConnection, table: RawTable, plan: Plan, catalog: Catalog
) -> list[Problem]:
    """A warning for each new indicator whose days are the first ones of months in a row.

    Spreadsheets and databases write a month so, and nothing published says which is meant.
    """
    indicators = list(catalog.indicators.values())
    return [
        Problem(
            "other_period_kind", "", None, plan.name_of("period", table), None,
            f"{indicators[number].name}: Alle {fmt.number(days, 0)} perioder er den første dag i "
            f"en måned, fx {period_name(parse_period(period), indicators[number], catalog)}.",
            f"Er tallene for hele måneder, så skriv {parse_period(period).end.year}M01, eller vis "
            "kolonnen som måned og år i regnearket. Er de talt på dagen, kræver det ingen "
            "handling.",
            weight=figures,
        )
        for number, days, figures, period in connection.execute(_FIRST_DAYS).fetchall()
    ]  # fmt: skip


def _message_and_remedy(
    period: Period,
    other: Other,
    usual: frozenset[PeriodKind],
    newest: str,
    indicator: Indicator,
    catalog: Catalog,
) -> tuple[str, str]:
    """The message and what to do; `newest` is the newest published period, empty without one."""
    name = period_name(period, indicator, catalog)
    kinds = listing([PERIOD_KIND_PLURALS[kind] for kind in sorted(usual)])
    beside = "filens andre perioder er" if not newest else "de udgivne tal er for"
    known = f", senest {period_name(parse_period(newest), indicator, catalog)}" if newest else ""
    many = "" if other.count == 1 else f" Det gælder {fmt.number(other.count, 0)} tal."
    year = period.end.year
    remedy = (
        f"Gælder tallet hele året, så skriv {year}."
        if "year" in usual
        else f"Gælder tallet hele skoleåret, så skriv {_school_year(period)}."
        if "school_year" in usual
        else "Skriv perioden som de andre, hvis det er den, tallet gælder."
    )
    return (
        f"{indicator.name}: {name} er {_ONE[other.kind]}, men {beside} {kinds}{known}.{many}",
        f"{remedy} Ellers vises det for sig og sammenlignes ikke med de andre.",
    )


def _school_year(period: Period) -> str:
    if period.end.year == period.start.year + 1:
        return f"{period.start.year}/{period.end.year}"
    first = period.end.year - (period.end.month < 8)
    return f"{first}/{first + 1}"


# The file's figures by kind of period, the commonest first.
_OWN = """
SELECT indicator, known_period.kind, sum(values_count)::BIGINT AS figures
FROM share_of_period JOIN known_period ON known_period.number = share_of_period.period
GROUP BY indicator, known_period.kind
ORDER BY indicator, figures DESC, known_period.kind
"""
# New indicators all of whose periods are first days, some of them of months that follow each other.
_FIRST_DAYS = """
WITH own AS (
    SELECT indicator, start_date, any_value(id) AS id, any_value(known_period.kind) AS kind,
        sum(values_count) AS figures
    FROM share_of_period JOIN known_period ON known_period.number = share_of_period.period
    GROUP BY indicator, start_date
),
following AS (
    SELECT *, lead(start_date) OVER (PARTITION BY indicator ORDER BY start_date) AS next_date
    FROM own
)
SELECT indicator, count(*), sum(figures)::BIGINT, arg_min(following.id, start_date)
FROM following JOIN known_indicator ON known_indicator.number = indicator
ANTI JOIN spor.figure_count AS now ON now.indicator_id = known_indicator.id
GROUP BY indicator
HAVING bool_and(following.kind = 'day' AND day(start_date) = 1)
    AND bool_or(next_date = start_date + INTERVAL 1 MONTH)
ORDER BY indicator
"""
_PUBLISHED = """
SELECT known_indicator.number, list(DISTINCT period_kind), arg_max(period, period_end)
FROM spor.current_observation AS now
JOIN known_indicator ON known_indicator.id = now.indicator_id
SEMI JOIN share_of_period ON share_of_period.indicator = known_indicator.number
WHERE now.value IS NOT NULL OR now.status = 'range'
GROUP BY known_indicator.number
"""
# The first row of each indicator and kind of period: all in one reading of the rows.
_FIRST = """
WITH first_row AS (
    SELECT indicator, min(record) AS record, period
    FROM valid
    WHERE value IS NOT NULL
    GROUP BY indicator, period
),
first_of_kind AS (
    SELECT indicator, kind, min(record) AS record, arg_min(id, record) AS id
    FROM first_row
    JOIN known_period ON known_period.number = first_row.period
    GROUP BY indicator, kind
)
SELECT indicator, kind, candidate.line, spelled_period.text, first_of_kind.id
FROM first_of_kind
JOIN candidate USING (record)
JOIN spelled_period ON spelled_period.spelling = candidate.period
"""
