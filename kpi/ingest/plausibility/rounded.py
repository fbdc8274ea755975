"""Figures that are rounded more than the published ones: 379.000 inhabitants for 378.739.

A single round figure is chance. Nearly all of a series are none, and neither is every second one,
where the published ones of the same indicator and level of areas are not.
"""

import math
from dataclasses import dataclass
from typing import Any

import duckdb

from kpi.domain import format as fmt
from kpi.domain.catalog import Catalog
from kpi.domain.errors import Problem
from kpi.domain.model import Indicator
from kpi.ingest.checks.faults import shown
from kpi.ingest.mapping.column_mapping import Plan
from kpi.ingest.plausibility.evidence import beside_words, exact
from kpi.ingest.table.raw import RawTable

# Nearly all: figures below the rounding of the others may be exact. Or some of them, as where two
# lists were put together.
_PART, _SOME = 0.9, 0.3
# How seldom figures as exact as the published ones would be so round all the same. Of 2,352 lists
# of published figures the rarest is as rare as once in 700.
_MOST_CHANCE, _MOST_CHANCE_OF_SOME = 0.002, 0.0005
# What figures are rounded to, by its power of ten.
_UNITS = {
    -1: "én decimal", 0: "hele tal", 1: "hele tiere", 2: "hele hundreder", 3: "hele tusinder",
    4: "hele titusinder", 5: "hele hundredtusinder", 6: "hele millioner",
}  # fmt: skip
_HINT = "Hent tallene, som de står i kilden, med alle cifre."


@dataclass(frozen=True)
class Roundness:
    """How many figures there are, and how many of them are whole units of each power of ten.

    `choices`: the logarithm of the number of ways in which as many periods of groups could have
    been the round ones of the file's.
    """

    count: int
    whole: tuple[int, ...]
    choices: float = 0.0

    def of(self, power: int) -> int:
        """How many are whole multiples of 10 to this power."""
        return self.whole[list(_UNITS).index(power)]


def rounded_figures(
    connection: duckdb.DuckDBPyConnection, table: RawTable, plan: Plan, catalog: Catalog
) -> list[Problem]:
    """A warning for each indicator with new figures that are rounded more than those published.

    Expects `share_of_period` (compared.py), which tells whether there is anything to look at.
    Figures that the file itself calls approximate say so already.
    """
    connection.execute(_ROUND_PERIOD, {"some": _SOME})
    if connection.table("round_period").limit(1).fetchone() is None:
        return []
    connection.execute(_IS_MULTIPLE)
    powers = {"powers": list(_UNITS)}
    known = {
        tuple(key): Roundness(count, tuple(whole))
        for *key, count, whole in connection.execute(_KNOWN_ROUND, powers).fetchall()
    }
    if not known:
        return []
    indicators = list(catalog.indicators.values())
    problems: dict[int, Problem] = {}
    rows = connection.execute(_OWN_ROUND, powers).fetchall()
    for number, level, records, count, whole, all_periods, periods in rows:
        if (usual := known.get((number, level))) is None or number in problems:
            continue
        own = Roundness(count, tuple(whole), _log_choices(all_periods, periods))
        indicator = indicators[number]
        power = _rounded_to(own, usual, indicator)
        if power is not None:
            record = records[list(_UNITS).index(power)]
            where = {"record": record, "indicator": indicator.indicator_id}
            row = connection.execute(_EVIDENCE, where).fetchall()[0]
            problems[number] = _problem(row, own, power, table, plan, indicator, catalog)
    return list(problems.values())


def _rounded_to(own: Roundness, usual: Roundness, indicator: Indicator) -> int | None:
    """The largest power of ten that figures are rounded to, and the published ones are not.

    None where there is none, or it takes no digit that the indicator shows.
    """
    for power in reversed(_UNITS):
        hits = own.of(power)
        if power <= -indicator.decimals or hits < _SOME * own.count:
            continue
        most = _MOST_CHANCE if hits >= _PART * own.count else _MOST_CHANCE_OF_SOME
        of_each = math.log((usual.of(power) + 1) / (usual.count + 2))
        chance = own.choices + _log_choices(own.count, hits) + hits * of_each
        if chance <= math.log(most):
            return power
    return None


def _log_choices(count: int, chosen: int) -> float:
    """The logarithm of the number of ways to choose so many of them."""
    return math.lgamma(count + 1) - math.lgamma(chosen + 1) - math.lgamma(count - chosen + 1)


def _problem(
    row: tuple[Any, ...],
    own: Roundness,
    power: int,
    table: RawTable,
    plan: Plan,
    indicator: Indicator,
    catalog: Catalog,
) -> Problem:
    line, text, value, area, known, period = row
    hits, many = own.of(power), fmt.number(own.count, 0)
    subject = f"Alle {many} tal" if hits == own.count else f"{fmt.number(hits, 0)} af {many} tal"
    example = f"{exact(value, indicator)} for {catalog.areas[area].name}"
    beside = "" if known is None else f", som {beside_words(known, period, indicator, catalog)}"
    return Problem(
        "rounded", "", line, plan.name_of("value", table), shown(text),
        f"{indicator.name}: {'Tallet' if own.count == 1 else subject} er afrundet til "
        f"{_UNITS[power]}{':' if own.count == 1 else ', fx'} {example}. De udgivne tal er mindre "
        f"afrundede{beside}.",
        _HINT, weight=hits,
    )  # fmt: skip


# Series and periods of whose figures some are whole tens, or whole of an indicator whose published
# ones have decimals: where none are, no row is looked at. Every tenth is so by chance.
_ROUND_PERIOD = """
CREATE TABLE round_period AS
WITH round AS (
    SELECT indicator, population_group, period,
        tens_count >= $some * values_count AS are_tens
    FROM share_of_period
    WHERE whole_count >= $some * values_count AND highest <> 0
)
SELECT indicator, population_group, period
FROM round
JOIN known_indicator ON known_indicator.number = round.indicator
WHERE are_tens OR EXISTS (
    FROM spor.current_observation AS now
    WHERE now.indicator_id = known_indicator.id AND now.value <> floor(now.value)
)
"""
_IS_MULTIPLE = """
CREATE MACRO is_multiple(value, power) AS
    abs(value / pow(10, power) - round(value / pow(10, power))) < 1e-7
"""
# Figures as they are published change nothing.
_OWN_ROUND = """
WITH own AS (
    SELECT valid.record, valid.indicator, level, valid.value, valid.period, population_group
    FROM valid
    SEMI JOIN round_period USING (indicator, population_group, period)
    JOIN known_area ON known_area.number = valid.area
    LEFT JOIN published USING (key)
    WHERE valid.value <> 0 AND valid.status IN ('final', 'preliminary')
        AND valid.value IS DISTINCT FROM published.value
),
of_file AS (
    SELECT indicator, count(*) AS all_periods FROM share_of_period GROUP BY indicator
),
counted AS (
    SELECT indicator, level, power, count(*) AS figures,
        count(DISTINCT (population_group, period)) AS periods,
        count(*) FILTER (is_multiple(value, power)) AS whole,
        arg_max(record, abs(value)) FILTER (is_multiple(value, power)) AS record
    FROM own, (SELECT unnest($powers) AS power)
    GROUP BY indicator, level, power
)
SELECT indicator, level, list(record ORDER BY power), any_value(figures),
    list(whole ORDER BY power), any_value(all_periods), any_value(periods)
FROM counted JOIN of_file USING (indicator)
GROUP BY indicator, level
ORDER BY indicator, any_value(figures) DESC, level
"""
_KNOWN_ROUND = """
WITH known AS (
    SELECT known_indicator.number AS indicator, known_area.level, now.value
    FROM spor.current_observation AS now
    JOIN known_indicator ON known_indicator.id = now.indicator_id
    SEMI JOIN round_period ON round_period.indicator = known_indicator.number
    JOIN known_area ON known_area.id = now.area_id
    LEFT JOIN series_side
        ON series_side.number = known_indicator.number AND series_side.of_period = now.period
    WHERE now.value <> 0 AND NOT now.is_hidden AND now.status IN ('final', 'preliminary')
        -- A series that is counted in another way may be rounded in another way.
        AND (side IS NULL OR (known_indicator.number, side) IN (FROM side_of_file))
),
counted AS (
    SELECT indicator, level, power, count(*) AS figures,
        count(*) FILTER (is_multiple(value, power)) AS whole
    FROM known, (SELECT unnest($powers) AS power)
    GROUP BY indicator, level, power
)
SELECT indicator, level, any_value(figures), list(whole ORDER BY power)
FROM counted
GROUP BY indicator, level
"""
# The example, and the newest published figure of its own series.
_EVIDENCE = """
SELECT candidate.line, spelled_value.text, valid.value, known_area.id, now.value, now.period
FROM valid
JOIN candidate USING (record)
JOIN spelled_value ON spelled_value.spelling = candidate.value
JOIN known_area ON known_area.number = valid.area
JOIN known_group ON known_group.number = valid.population_group
LEFT JOIN (
    SELECT area_id, group_id, value, period, period_end FROM spor.current_observation
    WHERE indicator_id = $indicator AND value IS NOT NULL AND NOT is_hidden
) AS now ON now.area_id = known_area.id AND now.group_id = known_group.id
LEFT JOIN series_side
    ON series_side.number = valid.indicator AND series_side.of_period = now.period
LEFT JOIN known_period ON known_period.number = valid.period
LEFT JOIN series_side AS own_side
    ON own_side.number = valid.indicator AND own_side.of_period = known_period.id
WHERE valid.record = $record
ORDER BY series_side.side IS NOT DISTINCT FROM own_side.side DESC, now.period_end DESC NULLS LAST
LIMIT 1
"""
