"""Published figures that get another publisher: an extract that says no source is our own.

A figure of Statistics Denmark that is changed by a file of our own is attributed to us from then
on. New figures say no more than the file does, and unchanged ones keep their source.
"""

from typing import Any

import duckdb

from kpi.domain import format as fmt
from kpi.domain.catalog import Catalog
from kpi.domain.errors import Problem
from kpi.domain.model import Source
from kpi.domain.period import parse_period
from kpi.domain.wording import period_name
from kpi.ingest.checks.faults import shown
from kpi.ingest.mapping.column_mapping import Plan
from kpi.ingest.plausibility.evidence import exact
from kpi.ingest.table.raw import RawTable

_HINT = (
    "Er tallene fra {}, så vælg den kilde (kolonnen »kilde«). "
    "Ellers skriv i noten til indlæsningen, hvorfor kilden skifter."
)


def other_source(
    connection: duckdb.DuckDBPyConnection, table: RawTable, plan: Plan, catalog: Catalog
) -> list[Problem]:
    """A warning for each publisher whose figures would be changed under a source of another one.

    Sources of one publisher replace each other: a table itself what was copied from it. Expects
    `replaced` (older_figures.py).
    """
    indicators, areas = list(catalog.indicators.values()), list(catalog.areas.values())
    sources = list(catalog.sources.values())
    first_ones: dict[tuple[str, int], tuple[Any, ...]] = {}
    counts: dict[tuple[str, int], int] = {}
    for before, now, count, *first in connection.execute(_SOURCES).fetchall():
        publisher = _publisher(sources[before])
        if not publisher or sources[before].is_of_publisher(sources[now]):
            continue
        first_ones.setdefault((publisher, now), (before, *first))
        counts[publisher, now] = counts.get((publisher, now), 0) + count
    problems = []
    for (publisher, now), (
        before,
        number,
        area,
        period,
        value,
        stands,
        line,
        text,
    ) in first_ones.items():
        count, indicator = counts[publisher, now], indicators[number]
        name = period_name(parse_period(period), indicator, catalog)
        own = "det gemmes som ikke oplyst" if value is None else exact(value, indicator)
        problems.append(
            Problem(
                "other_source", "", line, plan.name_of("value", table), shown(text),
                f"{fmt.counted(count, 'udgivet tal', 'udgivne tal')} fra {publisher} "
                f"(»{sources[before].title}«) ændres af kilden »{sources[now].title}«: "
                f"{indicator.name}, {areas[area].name}, {name} er {exact(stands, indicator)}, og i "
                f"filen {own}.",
                _HINT.format(publisher), weight=float(count),
            )
        )  # fmt: skip
    return problems


def _publisher(source: Source) -> str:
    """Who publishes: of the departments of a municipality the municipality."""
    return source.publisher.partition(",")[0].strip()


# The figures that are changed, by the source before and the file's own, each with the first.
_SOURCES = """
WITH changed_source AS (
    SELECT replaced.stands_source AS before, replaced.source AS now, count(*) AS figures,
        arg_min(replaced, replaced.record) AS first
    FROM replaced
    WHERE replaced.stands_source <> replaced.source
    GROUP BY replaced.stands_source, replaced.source
)
SELECT before, now, figures, first.indicator, first.area, first.period_id, first.value,
    first.stands, candidate.line, spelled_value.text
FROM changed_source
LEFT JOIN candidate ON candidate.record = first.record
LEFT JOIN spelled_value ON spelled_value.spelling = candidate.value
ORDER BY first.record
"""
