"""Values of another scale than their indicator: fractions, thousands, kroner.

One error for each indicator, with the clearest figure as evidence. It is answered by a factor, or
by 1: the values are right as written.
"""

from collections.abc import Container
from dataclasses import dataclass

import duckdb

from kpi.domain import format as fmt
from kpi.domain.catalog import Catalog
from kpi.domain.errors import Problem
from kpi.domain.model import Indicator
from kpi.domain.vocabulary import Severity
from kpi.ingest.checks.faults import shown
from kpi.ingest.mapping.column_mapping import Plan
from kpi.ingest.plausibility.dates_as_figures import dates_as_figures
from kpi.ingest.plausibility.evidence import (
    beside_words,
    exact,
    in_own_unit,
    is_power,
    mended_in_file,
    multiplied,
    power_of,
    ratio_words,
    times_words,
)
from kpi.ingest.plausibility.percent_cells import percent_cells
from kpi.ingest.plausibility.two_scales import two_scales
from kpi.ingest.plausibility.wholes import broken_counts
from kpi.ingest.table.raw import RawTable

# Between two periods hardly any area's figure grows fivefold, and never most of them.
_LEAST_RATIO = 5.0
# With fewer figures to compare, one that moved by itself would be most of them.
_FEWEST = 3
# Then only what a scale alone explains: two figures that are a hundredfold, or tenfold and no
# small counts; a single one only where a percentage became a fraction.
_HUNDREDFOLD, _TIGHT, _LEAST_LEVEL = 50.0, (8.0, 12.5), 20.0
# Kroner of one figure are asked about too: 800 beside 400.000 is a budget in thousands.
_THOUSANDS = (3, 6)
_MONEY = {-3: "1.000 kr.", -6: "mio. kr."}
# A year has twelve months, and a euro is 7.46 kroner; both with what figures may grow in a year.
_TWELVE, _EURO = (11.3, 12.7), (6.8, 8.2)
# How far from 100 % a share and the known one beside it are together where one is the rest.
_NEAR_WHOLE = 3.0
# Without a series that agrees, percentages of at most 1 are asked about where the published ones of
# the same indicator are so many times larger, or there are none; of many of them less is enough.
_LEAST_BELOW, _LEAST_BELOW_OF_MANY, _MANY = 20.0, 5.0, 10


@dataclass(frozen=True)
class Off:
    """Figures of one indicator that are `ratio` times those known: how many, and the clearest.

    `is_part`: the file has others of it that are not, so that no factor is right for all.
    `is_rest`: with those known they make 100 %, and are of the other people. `is_fraction`: they
    are percentages of at most 1, and no other power of ten explains more of them. `at_most_one`:
    how many the file has, where all of them are percentages of at most 1; 0 where not.
    """

    indicator: int
    record: int
    ratio: float
    count: int
    is_part: bool
    is_rest: bool
    is_fraction: bool
    at_most_one: int

    @property
    def power(self) -> int | None:
        """The power of ten that the figures are off by; None where none explains them."""
        if self.is_fraction:
            return -2
        return power_of(self.ratio) if is_power(self.ratio) else None


def scale_problems(
    connection: duckdb.DuckDBPyConnection,
    table: RawTable,
    plan: Plan,
    catalog: Catalog,
    answer: float | None,
) -> tuple[dict[int, Problem], frozenset[int]]:
    """The problem of each indicator (by number) that has one, and those that are off scale.

    Off scale are indicators whose figures are reported together, as of another scale than known.

    `answer` is the factor that a person gave for this file: 1 answers the question; after another
    the multiplied values are checked once more, and reported as a warning.
    """
    if answer == 1:
        return {}, frozenset()
    indicators = list(catalog.indicators.values())
    reported_as: Severity | None = None if answer is None else "warning"
    off_by_indicator = _off_scale(connection, indicators)
    problems: dict[int, Problem] = {}
    for off_scale in off_by_indicator.values():
        line, text, value, earlier, beside, area = connection.execute(
            _EVIDENCE, {"record": off_scale.record, "indicator": off_scale.indicator}
        ).fetchall()[0]
        indicator = indicators[off_scale.indicator]
        known = beside_words(earlier, beside, indicator, catalog)
        problems[off_scale.indicator] = (
            Problem("scale", "", line, plan.name_of("value", table), shown(text),
                    _message(indicator, off_scale, f"{exact(value, indicator)} mod {known}",
                             list(catalog.areas.values())[area].name),
                    _remedy(indicator, off_scale, plan.scale or 1),
                    weight=off_scale.count, reported_as=reported_as)
        )  # fmt: skip
    if plan.scale is None:
        problems |= _fractions(connection, table, plan, indicators, off_by_indicator.keys())
    if answer is None:
        problems = (
            broken_counts(connection, table, plan, catalog)
            | dates_as_figures(connection, table, plan, catalog)
            | two_scales(connection, table, plan, catalog, frozenset(off_by_indicator))
            | problems
            | percent_cells(connection, table, plan, catalog)
        )
    return problems, frozenset(off_by_indicator)


def _off_scale(
    connection: duckdb.DuckDBPyConnection, indicators: list[Indicator]
) -> dict[int, Off]:
    """The indicators most of whose figures are of another scale, in all or in one group or period.

    Within the file only the figures of a period are compared with the period before: those of a
    whole file agree with each other. Of percentages some fractions are enough, too.
    """
    if connection.table("changed").limit(1).fetchone() is None:
        return {}
    limits = {"ratio": _LEAST_RATIO, "tight_from": _TIGHT[0], "tight_to": _TIGHT[1]}
    rows = connection.execute(_OFF, limits).fetchall()
    if not rows:
        return {}
    sizes = {tuple(key): size for *key, size in connection.execute(_SIZES).fetchall()}
    at_most_one = dict(connection.execute(_AT_MOST_ONE).fetchall())
    off_by_indicator: dict[int, Off] = {}
    for indicator, group, period, ratio, level, is_tight, from_whole, count, record in rows:
        is_most = 2 * count > sizes.get((indicator, group, period), 0)
        kind = indicators[indicator]
        is_some = kind.is_proportion and ratio <= 1 / _HUNDREDFOLD and count >= _FEWEST
        if not (is_most or is_some):
            continue
        if _is_scale(kind, ratio, level, is_tight, count, period is None):
            is_part = not is_most or group is not None or period is not None
            is_rest = kind.is_proportion and count >= _FEWEST and from_whole <= _NEAR_WHOLE
            is_fraction = (
                ratio < 1 and indicator in at_most_one
                and (count < _FEWEST or not is_power(ratio))
            )  # fmt: skip
            off = Off(indicator, record, ratio, count, is_part, is_rest, is_fraction,
                      at_most_one.get(indicator, 0))  # fmt: skip
            off_by_indicator.setdefault(indicator, off)
    return off_by_indicator


def _is_scale(
    indicator: Indicator, ratio: float, level: float, is_tight: bool, count: int, is_known: bool
) -> bool:
    size = max(ratio, 1 / ratio)
    if count >= _FEWEST:
        return is_tight or level >= _LEAST_LEVEL or size >= _HUNDREDFOLD
    if not is_known:
        return False
    if count == 1 and _is_money(indicator) and abs(power_of(ratio)) in _THOUSANDS:
        return True
    if count == 1:
        return indicator.is_proportion and ratio <= 1 / _HUNDREDFOLD
    return size >= _HUNDREDFOLD or (is_tight and level >= _LEAST_LEVEL)


def _is_money(indicator: Indicator) -> bool:
    """Whether an indicator counts kroner: tables of them are as often in thousands or millions."""
    return indicator.unit.startswith("dkk")


def _remedy(indicator: Indicator, off: Off, scale: float) -> str:
    if off.is_part:
        return mended_in_file(indicator)
    if off.is_rest or off.power is None:
        return in_own_unit(indicator)
    return multiplied(indicator, scale, off.power)


def _message(indicator: Indicator, off: Off, evidence: str, area: str) -> str:
    power = off.power
    start = f"{indicator.name}: {evidence} for {area}."
    many = fmt.counted(off.count, "tal", "tal")
    if off.is_rest:
        return f"{start} De giver 100 % tilsammen. Er tallene andelen af de øvrige?"
    if power is None:
        question = _question(indicator, off.ratio)
        return f"{start} {many} er ca. {ratio_words(off.ratio)} end før. {question}"
    if indicator.is_proportion and power == -2:
        if off.is_part:
            return f"{start} {many} i filen: Er de andele (0-1)?"
        if off.at_most_one > 1:
            start = f"{start} Alle {fmt.number(off.at_most_one, 0)} tal er højst 1."
        return f"{start} Er tallene andele (0-1)?"
    if indicator.is_proportion and power == 2 and off.is_part:
        return f"{start} {many} er ca. {times_words(power)}. Er de andre i filen andele (0-1)?"
    if _is_money(indicator) and power in _MONEY:
        return f"{start} Er tallene i {_MONEY[power]}?"
    return f"{start} {many} er ca. {times_words(power)} end før. Er enheden en anden?"


def _question(indicator: Indicator, ratio: float) -> str:
    """The question to ask of figures that are `ratio` times the known ones."""
    size = max(ratio, 1 / ratio)
    if not indicator.is_proportion and _TWELVE[0] <= size <= _TWELVE[1]:
        return "Er tallene pr. måned?" if ratio < 1 else "Er tallene for et helt år?"
    if _is_money(indicator) and ratio < 1 and _EURO[0] <= size <= _EURO[1]:
        return "Er tallene i euro?"
    return "Er det en anden enhed eller et andet nøgletal?"


def _fractions(
    connection: duckdb.DuckDBPyConnection,
    table: RawTable,
    plan: Plan,
    indicators: list[Indicator],
    reported: Container[int],
) -> dict[int, Problem]:
    """Percentages of at most 1 that no published figure of their own series explains."""
    problems = {}
    for number, count in connection.execute(_AT_MOST_ONE).fetchall():
        if number in reported:
            continue
        indicator = indicators[number]
        agrees, says_percent, line, text, first, level, usual = connection.execute(
            _LEVEL,
            {"indicator": number, "id": indicator.indicator_id, "below": 1 / _LEAST_RATIO},
        ).fetchall()[0]
        below = _LEAST_BELOW_OF_MANY if count >= _MANY else _LEAST_BELOW
        if agrees or says_percent or (usual is not None and usual < below * level):
            continue
        beside = f" De udgivne tal er omkring {exact(usual, indicator)}." if usual else ""
        many = "Tallet" if count == 1 else f"Alle {fmt.number(count, 0)} tal"
        problems[number] = (
            Problem("scale", "", line, plan.name_of("value", table), shown(text),
                    f"{indicator.name}: {many} er højst 1, fx {_quoted(text, first, indicator)}"
                    f"{'' if line is None else f' i række {line}'}.{beside} "
                    "Er tallene andele (0-1)?", multiplied(indicator, 1, -2), weight=count)
        )  # fmt: skip
    return problems


def _quoted(text: str | None, value: float, indicator: Indicator) -> str:
    """A value as its cell has it, since a person looks for it there."""
    cell = shown(text)
    return f"»{cell}«" if cell else exact(value, indicator)


# Figures that are many times the known one beside them, or many times less: of an indicator and of
# each group compared with what is published, and of each period compared with all that is known.
_OFF = """
WITH far AS (
    SELECT indicator, population_group, period, record, ratio, earlier, value, is_known,
        ratio >= $ratio AS is_up
    FROM changed
    WHERE ratio >= $ratio OR ratio BETWEEN 1e-9 AND 1 / $ratio
)
SELECT indicator, of_group, of_period, median(ratio) AS ratio,
    median(greatest(abs(value), abs(earlier))) AS level,
    quantile_cont(if(is_up, ratio, 1 / ratio), 0.25) >= $tight_from
        AND quantile_cont(if(is_up, ratio, 1 / ratio), 0.75) <= $tight_to AS is_tight,
    quantile_cont(abs(100 - value - earlier), 0.75) AS from_whole,
    count(*) AS figures, arg_max(record, abs(earlier)) AS record
FROM (
    SELECT *, NULL AS of_group, NULL AS of_period FROM far WHERE is_known
    UNION ALL
    SELECT *, population_group, NULL FROM far WHERE is_known
    UNION ALL
    SELECT *, NULL, period FROM far
)
GROUP BY indicator, of_group, of_period, is_up
-- Of periods within the file first those that fell: fractions are in them, not in the next one.
ORDER BY indicator, of_group NULLS FIRST, of_period IS NOT NULL, of_period IS NOT NULL AND is_up,
    figures DESC, of_period
"""

_SIZES = """
WITH size AS (
    SELECT indicator, population_group, period, compared_count, known_count FROM share_of_period
    UNION ALL
    SELECT indicator, population_group, period, 1, is_known::INTEGER
    FROM beside_far
    WHERE earlier <> 0 AND value <> 0
)
SELECT indicator, NULL AS of_group, NULL AS of_period, sum(known_count)
FROM size
GROUP BY indicator
UNION ALL
SELECT indicator, population_group, NULL, sum(known_count)
FROM size
GROUP BY indicator, population_group
UNION ALL
SELECT indicator, NULL, period, sum(compared_count)
FROM size
GROUP BY indicator, period
"""

_EVIDENCE = """
SELECT candidate.line, spelled_value.text, changed.value, earlier, beside, changed.area
FROM changed
LEFT JOIN candidate USING (record)
LEFT JOIN spelled_value ON spelled_value.spelling = candidate.value
WHERE changed.record = $record AND changed.indicator = $indicator
LIMIT 1
"""

_AT_MOST_ONE = """
SELECT indicator, sum(values_count)::BIGINT
FROM share_of_period
WHERE indicator IN (SELECT number FROM known_indicator WHERE kind = 'proportion')
GROUP BY indicator
HAVING max(highest) BETWEEN 1e-9 AND 1
ORDER BY indicator
"""

# Whether any of the file's series is known and of that order, whether its cells say that they are
# percentages, the first of the values that is neither 0 nor 1 with its place, the median of all,
# and that of what is published, on the same side of every break in the series where any is.
_LEVEL = """
WITH own AS (
    SELECT record, value FROM valid WHERE indicator = $indicator AND value > 0
),
first_own AS (
    SELECT candidate.line, spelled_value.text, own.value FROM own
    JOIN candidate USING (record)
    JOIN spelled_value ON spelled_value.spelling = candidate.value
    ORDER BY own.value = 1, record
    LIMIT 1
)
SELECT
    (SELECT sum(known_count) FROM share_of_period WHERE indicator = $indicator) + (
        SELECT count(*) FROM beside_far
        WHERE indicator = $indicator AND is_known AND earlier > 0 AND value > 0
    ) > (
        SELECT count(*) FROM changed
        WHERE indicator = $indicator AND is_known AND value > 0 AND ratio <= $below
    ),
    coalesce((SELECT bool_or(percent) FROM valid WHERE indicator = $indicator), false),
    (SELECT line FROM first_own), (SELECT text FROM first_own), (SELECT value FROM first_own),
    (SELECT median(value) FROM own),
    (
        SELECT coalesce(
            median(value) FILTER (
                side IS NULL OR ($indicator, side) IN (FROM side_of_file)
            ),
            median(value)
        )
        FROM spor.current_observation
        LEFT JOIN series_side
            ON series_side.number = $indicator AND series_side.of_period = period
        WHERE indicator_id = $id AND value > 0 AND status NOT IN ('at_least', 'at_most')
    )
"""
