"""Published figures under a period of another kind: the year's first quarter called the year.

A statistic of the first day of a quarter is downloaded with its year alone, and is published once
more as a series of its own, which is newer than the one that everything is compared in.
"""

from collections.abc import Collection

import duckdb

from kpi.domain import format as fmt
from kpi.domain.catalog import Catalog
from kpi.domain.errors import Problem
from kpi.domain.period import parse_period
from kpi.domain.period_words import period_in_text, when
from kpi.ingest.checks.faults import shown
from kpi.ingest.mapping.column_mapping import Plan
from kpi.ingest.table.raw import RawTable

# Fewer equal figures, or fewer different ones among them, may be chance.
_FEWEST, _DIFFERENT = 5, 4


def same_in_other_kind(
    connection: duckdb.DuckDBPyConnection,
    table: RawTable,
    plan: Plan,
    catalog: Catalog,
    unusual: Collection[tuple[int, str]],
) -> dict[tuple[int, str], Problem]:
    """An error for each indicator and unusual kind of period whose figures are published ones.

    `unusual` are numbers of indicators, and kinds that none of their published periods is of. Each
    of the file's periods of that kind has all its figures of one published period within it, or
    around it: of months whose January alone is the published quarter, none is wrong.
    """
    rows = connection.execute(
        _SAME,
        {
            "indicators": [number for number, _ in unusual], "kinds": [kind for _, kind in unusual],
            "fewest": _FEWEST, "different": _DIFFERENT,
        },
    ).fetchall()  # fmt: skip
    indicators = list(catalog.indicators.values())
    return {
        (number, kind): Problem(
            "other_period_kind", "", line, plan.name_of("period", table), shown(text),
            f"{indicators[number].name}: Alle {fmt.number(areas, 0)} områders tal "
            f"{when(parse_period(period), indicators[number], catalog)} er dem, der er udgivet for "
            f"{period_in_text(parse_period(known), indicators[number], catalog)}.",
            (f"Skriv {known}, eller angiv perioden for hele filen med --period {known}."
             if periods == 1
             else f"Skriv {known}, og filens andre perioder på samme måde.")
            + " Ellers er de samme tal to serier.",
            reported_as="error", weight=areas,
        )
        for number, kind, period, known, areas, periods, line, text in rows
    }  # fmt: skip


_SAME = """
WITH unusual AS (
    SELECT unnest($indicators::INTEGER[]) AS indicator, unnest($kinds::VARCHAR[]) AS kind
),
own AS (
    SELECT valid.record, valid.indicator, unusual.kind, valid.value, known_indicator.id
            AS indicator_id, known_area.id AS area_id, known_group.id AS group_id,
        known_period.id AS period, start_date, end_date
    FROM valid
    JOIN known_period ON known_period.number = valid.period
    JOIN unusual ON unusual.indicator = valid.indicator
        AND unusual.kind = known_period.kind::VARCHAR
    JOIN known_indicator ON known_indicator.number = valid.indicator
    JOIN known_area ON known_area.number = valid.area
    JOIN known_group ON known_group.number = valid.population_group
    WHERE valid.value IS NOT NULL AND valid.status NOT IN ('at_least', 'at_most')
),
beside AS (
    SELECT own.*, now.period AS known, now.period_end, now.value = own.value AS is_same
    FROM own
    JOIN spor.current_observation AS now USING (indicator_id, area_id, group_id)
    WHERE NOT now.is_hidden AND now.value IS NOT NULL
        AND now.status NOT IN ('at_least', 'at_most')
        AND (
            now.period_start >= own.start_date AND now.period_end <= own.end_date
            OR now.period_start <= own.start_date AND now.period_end >= own.end_date
        )
),
same AS (
    SELECT indicator, kind, period, known, count(*) AS areas, min(record) AS record
    FROM beside
    GROUP BY indicator, kind, period, known
    HAVING bool_and(is_same) AND count(*) >= $fewest AND count(DISTINCT value) >= $different
),
other AS (
    SELECT own.indicator, own.kind
    FROM own ANTI JOIN same USING (indicator, kind, period)
)
SELECT same.indicator, same.kind, same.period, known, areas, periods, candidate.line,
    spelled_period.text
FROM same
JOIN (
    SELECT indicator, kind, count(DISTINCT period) AS periods FROM same GROUP BY indicator, kind
) AS counted USING (indicator, kind)
ANTI JOIN other USING (indicator, kind)
JOIN candidate USING (record)
LEFT JOIN spelled_period ON spelled_period.spelling = candidate.period
QUALIFY row_number() OVER (
    PARTITION BY same.indicator, kind ORDER BY same.period DESC, known DESC
) = 1
ORDER BY same.indicator, kind
"""
