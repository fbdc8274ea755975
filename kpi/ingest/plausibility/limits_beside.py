"""Limits and ranges compared with known figures: `mindst 0,7` of a percentage that was 72 %.

They are no values to be compared with others, but a limit may be of another scale as well.
"""

from collections import defaultdict
from collections.abc import Collection

import duckdb

from kpi.domain import format as fmt
from kpi.domain.catalog import Catalog
from kpi.domain.errors import Problem
from kpi.domain.kinds import RATE_KINDS
from kpi.domain.model import Indicator
from kpi.ingest.checks.faults import MOST_PROBLEMS, shown
from kpi.ingest.mapping.column_mapping import Plan
from kpi.ingest.plausibility.evidence import (
    CHECK_IN_SOURCE,
    beside_words,
    exact,
    mended_in_file,
    multiplied,
)
from kpi.ingest.table.raw import RawTable

# Percentages of at most 1 where so many times larger ones are known are asked about; of other
# limits, those that leave out all values within so many times what is known.
_FRACTION_TIMES, FAR_TIMES = 20.0, 5.0
# Smaller counts and percentages are no surprise.
LEAST = {"count": 20.0, "proportion": 5.0}


def far_limits(
    connection: duckdb.DuckDBPyConnection,
    table: RawTable,
    plan: Plan,
    catalog: Catalog,
    answer: float | None,
    reported: Collection[int],
) -> list[Problem]:
    """An error for each indicator with limits like fractions, a warning at other far ones.

    Indicators in `reported` are asked about already; `answer` 1 says that values are no fractions.
    """
    if not connection.execute(_HAS_LIMITS).fetchone():
        return []
    indicators, areas = list(catalog.indicators.values()), list(catalog.areas.values())
    name = plan.name_of("value", table)
    fractions: dict[int, list[Problem]] = defaultdict(list)
    far: list[Problem] = []
    given = {"most": MOST_PROBLEMS, "rates": RATE_KINDS}
    rows = connection.execute(_LIMITS, given).fetchall()
    for line, text, number, area, least, most, known, period, of_area, has_others, noted in rows:
        indicator = indicators[number]
        top = most if least is None else least if most is None else max(least, most)
        words = limit_words(indicator, least, most)
        if known is None:
            beside = "der er intet at holde dem op imod"
        elif of_area:
            beside = f"mod {beside_words(known, period, indicator, catalog)}"
        else:
            beside = f"mod omkring {exact(known, indicator)} i andre områder"
        where = f"{words} for {areas[area].name}"
        is_fraction = indicator.is_proportion and 0 < top <= 1 and (
            known is None or known >= _FRACTION_TIMES * top
        )  # fmt: skip
        if is_fraction and answer is None and number not in reported:
            joint = "; " if known is None else " "
            fractions[number].append(
                Problem("scale", "", line, name, shown(text),
                        f"{indicator.name}: {where}{joint}{beside}. Er tallene andele (0-1)?",
                        mended_in_file(indicator) if has_others
                        else multiplied(indicator, 1, -2))
            )  # fmt: skip
        elif known is not None and not noted and _is_far(indicator, least, most, known):
            far.append(
                Problem("big_change", "", line, name, shown(text),
                        f"Grænsen ligger langt fra de kendte tal: {where} {beside}.",
                        CHECK_IN_SOURCE)
            )  # fmt: skip
    return [of_indicator[0] for of_indicator in fractions.values()] + far


def _is_far(indicator: Indicator, least: float | None, most: float | None, known: float) -> bool:
    if known <= 0 or max(known, least or 0) < LEAST.get(indicator.kind, 0):
        return False
    return (least is not None and least >= FAR_TIMES * known) or (
        most is not None and 0 <= most * FAR_TIMES <= known
    )


def limit_words(indicator: Indicator, least: float | None, most: float | None) -> str:
    """`mindst 0,7 %`, `højst 3`, `0,6-0,7 %`."""
    if least is None or most is None:
        word, limit = ("mindst", least) if most is None else ("højst", most)
        return f"{word} {exact(limit or 0, indicator)}"
    low = exact(least, indicator).partition(fmt.NO_BREAK_SPACE)[0]
    return f"{low}-{exact(most, indicator)}"


# Known is the newest published figure of the series; of percentages and means, which are alike
# everywhere, else the median of the others that are published, else of the file's own.
_HAS_LIMITS = "SELECT 1 FROM valid WHERE status IN ('range', 'at_least', 'at_most') LIMIT 1"
_LIMITS = """
WITH limits AS (
    SELECT record, indicator, population_group, area, valid.period, valid.kind,
        CASE WHEN status <> 'at_most' THEN coalesce(low, value) END AS least,
        CASE WHEN status <> 'at_least' THEN coalesce(high, value) END AS most
    FROM valid
    WHERE status IN ('range', 'at_least', 'at_most')
),
asked AS (
    SELECT limits.*, known_indicator.id AS indicator_id, known_group.id AS group_id,
        known_area.id AS area_id, known_period.kind AS period_kind
    FROM limits
    JOIN known_indicator ON known_indicator.number = limits.indicator
    JOIN known_group ON known_group.number = limits.population_group
    JOIN known_area ON known_area.number = limits.area
    JOIN known_period ON known_period.number = limits.period
),
exact_published AS (
    SELECT indicator_id, group_id, area_id, period_kind, period, period_end, value
    FROM spor.current_observation
    WHERE value IS NOT NULL AND status NOT IN ('at_least', 'at_most')
        AND indicator_id IN (SELECT indicator_id FROM asked)
),
of_series AS (
    SELECT indicator_id, group_id, area_id, period_kind, arg_max(value, period_end) AS value,
        arg_max(period, period_end) AS period
    FROM exact_published
    GROUP BY ALL
),
of_indicator AS (
    SELECT indicator_id, median(value) AS value
    FROM exact_published
    WHERE value > 0
    GROUP BY indicator_id
),
of_file AS (
    SELECT indicator, median(value) AS value
    FROM valid
    WHERE value > 0 AND status NOT IN ('at_least', 'at_most')
        AND indicator IN (SELECT indicator FROM limits)
    GROUP BY indicator
)
SELECT candidate.line, spelled_value.text, asked.indicator, asked.area, least, most,
    coalesce(of_series.value, CASE WHEN list_contains($rates::VARCHAR[], asked.kind::VARCHAR)
        THEN coalesce(of_indicator.value, of_file.value) END) AS known,
    of_series.period, of_series.value IS NOT NULL AS is_of_area,
    of_file.value IS NOT NULL OR asked.indicator IN (
        SELECT indicator FROM limits WHERE greatest(least, most) > 1
    ) AS has_others,
    confirmed_note.spelling IS NOT NULL
FROM asked
JOIN candidate USING (record)
JOIN spelled_value ON spelled_value.spelling = candidate.value
LEFT JOIN confirmed_note ON confirmed_note.spelling = candidate.note
LEFT JOIN of_series ON of_series.indicator_id = asked.indicator_id
    AND of_series.group_id = asked.group_id AND of_series.area_id = asked.area_id
    AND of_series.period_kind = asked.period_kind
LEFT JOIN of_indicator ON of_indicator.indicator_id = asked.indicator_id
LEFT JOIN of_file ON of_file.indicator = asked.indicator
ORDER BY record
LIMIT $most
"""
