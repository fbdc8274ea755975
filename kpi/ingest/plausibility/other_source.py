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
from kpi.domain.period_words import period_name
from kpi.ingest.checks.faults import shown
from kpi.ingest.mapping.column_mapping import OWN_SOURCE, Plan
from kpi.ingest.plausibility.evidence import exact
from kpi.ingest.table.raw import RawTable

_HINT = (
    "Er tallene fra {}, så vælg den kilde (kolonnen »kilde«). "
    "Ellers skriv i noten til indlæsningen, hvorfor kilden skifter."
)


def other_source(
    connection: duckdb.DuckDBPyConnection,
    table: RawTable,
    plan: Plan,
    catalog: Catalog,
    has_published: bool,
) -> list[Problem]:
    """A warning for each publisher whose figures would be changed under a source of another one.

    And where no figure is changed, for new ones that continue series of another publisher under our
    own source, which is what a file has that names none. Sources of one publisher replace each
    other: a table itself what was copied from it. Where the file has published figures
    (`has_published`) it expects `replaced` (older_figures.py).
    """
    indicators, areas = list(catalog.indicators.values()), list(catalog.areas.values())
    sources = list(catalog.sources.values())
    first_ones: dict[tuple[str, int], tuple[Any, ...]] = {}
    counts: dict[tuple[str, int], int] = {}
    changed = connection.execute(_SOURCES).fetchall() if has_published else []
    for before, now, count, *first in changed:
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
        group,
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
                f"{indicator.name}, {areas[area].name}, {catalog.groups[group].name}, {name} er "
                f"{exact(stands, indicator)}, og i filen {own}.",
                _HINT.format(publisher), weight=float(count),
            )
        )  # fmt: skip
    return problems or _continued(connection, table, plan, catalog)


def _continued(
    connection: duckdb.DuckDBPyConnection, table: RawTable, plan: Plan, catalog: Catalog
) -> list[Problem]:
    """A warning for each publisher whose series our own source goes on with in new periods."""
    indicators, areas = list(catalog.indicators.values()), list(catalog.areas.values())
    groups, sources = list(catalog.groups.values()), list(catalog.sources.values())
    own = catalog.sources.get(OWN_SOURCE)
    if own is None:
        return []
    others = [
        number for number, source in enumerate(sources)
        if _publisher(source) and _publisher(source).casefold() != _publisher(own).casefold()
    ]  # fmt: skip
    ours = {"own": sources.index(own), "others": others}
    if connection.execute(_HAS_OTHERS, ours).fetchone() is None:
        return []
    first_ones: dict[str, tuple[Any, ...]] = {}
    counts: dict[str, int] = {}
    for before, count, *first in connection.execute(_CONTINUED, ours).fetchall():
        publisher = _publisher(sources[before])
        first_ones.setdefault(publisher, (before, *first))
        counts[publisher] = counts.get(publisher, 0) + count
    return [
        Problem(
            "other_source", "", line, plan.name_of("value", table), shown(text),
            f"{fmt.counted(counts[publisher], 'nyt tal får', 'nye tal får')} kilden »{own.title}«, "
            f"men seriens tidligere tal er fra {publisher} (»{sources[before].title}«): "
            f"{indicators[number].name}, {areas[area].name}, {groups[group].name}, "
            f"{period_name(parse_period(period), indicators[number], catalog)}.",
            _HINT.format(publisher), weight=float(counts[publisher]),
        )
        for publisher, (before, number, area, group, period, line, text) in first_ones.items()
    ]  # fmt: skip


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
SELECT before, now, figures, first.indicator, first.area, first.group_id, first.period_id,
    first.value, first.stands, candidate.line, spelled_value.text
FROM changed_source
LEFT JOIN candidate ON candidate.record = first.record
LEFT JOIN spelled_value ON spelled_value.spelling = candidate.value
ORDER BY first.record
"""
# Mostly a file has the source of its series, or its indicators are all our own.
_HAS_OTHERS = """
SELECT 1 FROM published
WHERE source IN (SELECT unnest($others)) AND EXISTS (FROM valid WHERE valid.source = $own)
LIMIT 1
"""
# New figures of our own, by the source that the newest figure of their series has.
_CONTINUED = """
WITH series AS (
    SELECT valid.indicator, area, population_group, count(*) AS figures,
        min(record) AS record, arg_min(valid.period, record) AS period
    FROM valid
    ANTI JOIN published USING (key)
    WHERE valid.source = $own AND valid.value IS NOT NULL
    GROUP BY valid.indicator, area, population_group
),
last AS (
    SELECT known_indicator.number AS indicator, known_area.number AS area,
        known_group.number AS population_group,
        arg_max(known_source.number, now.period_end) AS source
    FROM spor.current_observation AS now
    JOIN known_indicator ON known_indicator.id = now.indicator_id
    JOIN known_area ON known_area.id = now.area_id
    JOIN known_group ON known_group.id = now.group_id
    JOIN known_source ON known_source.id = now.source_id
    WHERE known_indicator.number IN (SELECT DISTINCT indicator FROM series)
    GROUP BY known_indicator.number, known_area.number, known_group.number
),
of_source AS (
    SELECT last.source AS before, sum(figures)::BIGINT AS figures,
        arg_min(series, series.record) AS first
    FROM series JOIN last USING (indicator, area, population_group)
    WHERE last.source IN (SELECT unnest($others))
    GROUP BY last.source
)
SELECT of_source.before, figures, first.indicator, first.area, first.population_group,
    known_period.id, candidate.line,
    spelled_value.text
FROM of_source
JOIN known_period ON known_period.number = first.period
LEFT JOIN candidate ON candidate.record = first.record
LEFT JOIN spelled_value ON spelled_value.spelling = candidate.value
ORDER BY first.record
"""
