"""Single figures far from the nearest known one of their series: a warning at each."""

import math
from dataclasses import dataclass

import duckdb

from kpi.domain import format as fmt
from kpi.domain.catalog import Catalog
from kpi.domain.compare import relative_change
from kpi.domain.errors import Problem
from kpi.domain.model import Indicator
from kpi.domain.period import parse_period
from kpi.domain.period_words import since_when, when
from kpi.domain.plausibility import CONFIRMED
from kpi.domain.problem_codes import ProblemCode
from kpi.domain.series_break import is_across
from kpi.ingest.checks.faults import MOST_PROBLEMS, shown
from kpi.ingest.mapping.column_mapping import Plan
from kpi.ingest.plausibility.beside_areas import MOST_DAYS_UNTIL
from kpi.ingest.plausibility.evidence import (
    CHECK_IN_SOURCE,
    beside_words,
    exact,
    power_of,
    times_words,
)
from kpi.ingest.table.raw import RawTable

# A misplaced mark or digit makes a figure 10, 100 or 1,000 times too large or small; from a period
# to the next it may also have moved by two fifths.
_TENFOLD_SLACK = 1.4
# Smaller counts, and small percentages, may well change tenfold.
_LEAST_TENFOLD = {"count": 100, "proportion": 5}
# A count or percentage from here on is not near 0.
_LEAST_COUNT, _LEAST_POINTS = 20, 5


@dataclass(frozen=True)
class Changed:
    """A value far from the nearest known one, which is in the period `beside` (None: the same).

    `until`: that period ends so many days later. `period` is the value's own.
    """

    area: str
    line: int | None
    text: str | None
    value: float
    earlier: float
    beside: str | None
    until: int | None
    period: str


def big_changes(
    connection: duckdb.DuckDBPyConnection,
    table: RawTable,
    plan: Plan,
    catalog: Catalog,
    off_scale: frozenset[int],
) -> list[Problem]:
    """A warning at each value of `changed`; of indicators off scale, only where under fivefold.

    None of the figures that are another series' (`elsewhere`, other_series.py), and none that its
    scale is asked about (`asked_cell`).
    """
    if connection.table("changed").limit(1).fetchone() is None:
        return []
    indicators, areas = list(catalog.indicators.values()), list(catalog.areas.values())
    names = plan.name_of("value", table)
    problems = []
    for number, area, is_confirmed, *rest in connection.execute(
        _CHANGES, {"most": MOST_PROBLEMS, "off_scale": list(off_scale)}
    ).fetchall():
        changed = Changed(areas[area].name, *rest)
        if _is_across_break(changed, indicators[number]):
            continue
        code, message, hint = _kind(changed, indicators[number], catalog)
        if code == "big_change" and (changed.until or 0) > MOST_DAYS_UNTIL:
            continue
        if changed.line is None:
            message += _which_figure(changed, indicators[number], catalog)
        if not (is_confirmed and code != "big_change"):
            problems.append(
                Problem(code, "", changed.line, names, shown(changed.text),
                        message, hint, weight=_weight(changed))
            )  # fmt: skip
    return problems


def _is_across_break(changed: Changed, indicator: Indicator) -> bool:
    """Whether the figures are on two sides of a break: those are not compared."""
    if not indicator.breaks or changed.beside is None:
        return False
    return is_across(parse_period(changed.period), parse_period(changed.beside), indicator)


def _kind(changed: Changed, indicator: Indicator, catalog: Catalog) -> tuple[ProblemCode, str, str]:
    """The code, message and remedy."""
    known = beside_words(changed.earlier, changed.beside, indicator, catalog)
    own = exact(changed.value, indicator)
    if changed.value == 0 and _is_far_from_zero(changed.earlier, indicator):
        return (
            "from_zero",
            f"0 i en serie, der ikke er nær 0: {own} mod {known} for {changed.area}.",
            "Mangler tallet, så skriv »..«. Er det 0, så begynd noten med "
            f"»{CONFIRMED}«.",
        )  # fmt: skip
    power = _tenfold(changed, indicator)
    if power:
        return (
            "tenfold",
            f"Tallet er ca. {times_words(power)}: {own} mod {known} for {changed.area}. "
            "Mangler der et komma, eller er der et for meget?",
            CHECK_IN_SOURCE,
        )
    return (
        "big_change",
        f"Stor ændring: {_change(changed, indicator, catalog)}.",
        "Kontrollér tallet i kilden, og skriv forklaringen i noten.",
    )


def _which_figure(changed: Changed, indicator: Indicator, catalog: Catalog) -> str:
    """Which figure it is, where it is in no row of the file: the recipe filled it in."""
    period = when(parse_period(changed.period), indicator, catalog)
    return f" Rækken står ikke i filen: »{indicator.name}« for {changed.area} {period}."


def _is_far_from_zero(earlier: float, indicator: Indicator) -> bool:
    if indicator.is_total:
        return abs(earlier) >= _LEAST_COUNT
    return not indicator.is_proportion or earlier >= _LEAST_POINTS


def _tenfold(changed: Changed, indicator: Indicator) -> int:
    """The power of ten between the two figures; 0 where it is none, or they are small."""
    ratio = changed.value / changed.earlier
    larger = max(abs(changed.value), abs(changed.earlier))
    if ratio <= 0 or larger < _LEAST_TENFOLD.get(indicator.kind, 0):
        return 0
    power = power_of(ratio)
    return power if abs(math.log10(ratio) - power) <= math.log10(_TENFOLD_SLACK) else 0


def _weight(changed: Changed) -> float:
    ratio = changed.value / changed.earlier
    return abs(math.log(ratio)) if ratio > 0 else math.inf


def _change(changed: Changed, indicator: Indicator, catalog: Catalog) -> str:
    """`+64,1 procentpoint siden 2024 (fra 6,9 % til 71,0 %)`, `fra 60 til 150 (+150 %) siden …`.

    The change of a percentage is in points. Compared with a later period, the earlier figure is
    the file's.
    """
    earlier, value = changed.earlier, changed.value
    compared_with = "i forhold til det udgivne tal"
    if changed.beside is not None:
        period = parse_period(changed.beside)
        compared_with = since_when(period, indicator, catalog)
        if changed.until is not None:
            compared_with = f"i forhold til tallet {when(period, indicator, catalog)}"
    before, after = (
        fmt.amount(figure, indicator, indicator.decimals) for figure in (earlier, value)
    )
    if indicator.is_proportion:
        return f"{fmt.gap(value - earlier, indicator)} {compared_with} (fra {before} til {after})"
    relative = relative_change(value, earlier)
    percent = "" if relative is None else f" ({fmt.percent(relative, 0, sign=True)})"
    return f"fra {before} til {after}{percent} {compared_with}"


_CHANGES = """
SELECT changed.indicator, changed.area,
    confirmed_note.spelling IS NOT NULL,
    candidate.line, spelled_value.text, changed.value, earlier, beside, until,
    own_period.id AS own_period
FROM changed
JOIN known_period AS own_period ON own_period.number = changed.period
LEFT JOIN candidate USING (record)
LEFT JOIN spelled_value ON spelled_value.spelling = candidate.value
LEFT JOIN confirmed_note ON confirmed_note.spelling = candidate.note
WHERE NOT (list_contains($off_scale::INTEGER[], changed.indicator)
    AND (ratio >= 5 OR ratio BETWEEN 0 AND 0.2))
    AND (changed.indicator, changed.population_group, changed.period) NOT IN (FROM elsewhere)
    AND (changed.record, changed.indicator) NOT IN (FROM asked_cell)
ORDER BY record
LIMIT $most
"""
