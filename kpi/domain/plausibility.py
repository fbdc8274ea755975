"""Values that cannot be believed: far from what other areas have and from the area's own figures.

The rule is defined only here, once in Python for the rows of a page and once in SQL for a complete
file. Only percentages and means are judged: a count or an amount grows with the size of the area.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from statistics import median

from kpi.domain.kinds import KIND_PROPERTIES
from kpi.domain.model import Indicator, Observation
from kpi.domain.series_break import side_of
from kpi.domain.vocabulary import Kind

JUDGED_KINDS: tuple[Kind, ...] = tuple(
    kind for kind, properties in KIND_PROPERTIES.items() if properties.is_rate
)
# A person who has checked a strange value in its source begins the row's note so.
CONFIRMED = "Bekræftet"

# Iglewicz and Hoaglin 1993, How to Detect and Handle Outliers: a modified z-score,
# 0.6745 * |value - median| / median absolute deviation, above 3.5.
_MOST_SPREADS = 3.5 / 0.6745
# Fewer do not show what is usual: areas with a value in the period, other periods of the area.
FEWEST_AREAS, FEWEST_PERIODS = 6, 3
# The least spread that counts, so that figures which hardly move do not make each step an outlier:
# of a percentage on the scale of `_scaled` (then 2.8 points at 8 % are far, 5 at 75 %), of a mean
# as a part of the median (then a quarter of it is far).
_FLOOR, _FLOOR_PART = 0.01, 0.05
_STATUSES = frozenset({"final", "preliminary", "approximate"})

Key = tuple[str, str, str, str]
_Series = tuple[str, str, str, str]


def outliers(rows: Iterable[Observation], indicator: Indicator) -> frozenset[Key]:
    """The keys (indicator, area, group, period) of the outliers among rows of one indicator.

    An outlier is far from the median of all areas in its period, and far from the median of the
    area's other figures (periods of the same kind, on the same side of every break in the series);
    each group is judged apart. Rows without a value, bounds and ranges are ignored. A confirmed row
    is no outlier, but counts among the others.
    """
    if not indicator.is_rate:
        return frozenset()
    judged = [
        (row, _scaled(row.value, indicator.kind))
        for row in rows
        if row.value is not None and row.status in _STATUSES
    ]
    in_period: dict[tuple[str, str], list[float]] = defaultdict(list)
    over_time: dict[_Series, list[float]] = defaultdict(list)
    for row, own in judged:
        in_period[row.group_id, row.period.text].append(own)
        over_time[_over_time(row, indicator)].append(own)
    usual = {
        key: _usual(values, indicator.kind)
        for key, values in in_period.items()
        if len(values) >= FEWEST_AREAS
    }
    outlying = set()
    for row, own in judged:
        among_areas = usual.get((row.group_id, row.period.text))
        if among_areas is None or _lies_in(own, among_areas) or is_confirmed(row.note):
            continue
        history = list(over_time[_over_time(row, indicator)])
        history.remove(own)
        if len(history) >= FEWEST_PERIODS and not _lies_in(own, _usual(history, indicator.kind)):
            outlying.add((row.indicator_id, row.area_id, row.group_id, row.period.text))
    return frozenset(outlying)


def _over_time(row: Observation, indicator: Indicator) -> _Series:
    """What an area's other figures have in common with one: group, kind, and side of each break."""
    side = side_of(row.period, indicator) if indicator.breaks else ""
    return row.group_id, row.area_id, row.period.kind, side


def may_hold_outliers(rows: Iterable[Observation], indicator: Indicator) -> bool:
    """Whether any of the rows is far from its area's other figures: a cheap look beforehand.

    `rows` are whole series of one indicator. Without one there is no outlier among them. The lowest
    and highest of a series are enough: what lies between them is no farther from the others.
    """
    if not indicator.is_rate:
        return False
    over_time: dict[_Series, list[float]] = defaultdict(list)
    for row in rows:
        if row.value is not None and row.status in _STATUSES:
            over_time[_over_time(row, indicator)].append(_scaled(row.value, indicator.kind))
    for series in over_time.values():
        series.sort()
        lowest, *above = series
        *below, highest = series
        if len(series) > FEWEST_PERIODS and not (
            _lies_in(lowest, _usual(above, indicator.kind))
            and _lies_in(highest, _usual(below, indicator.kind))
        ):
            return True
    return False


def is_confirmed(note: str | None) -> bool:
    """Whether a row's note says that a person has checked the value in its source."""
    return (note or "").strip().casefold().startswith(CONFIRMED.casefold())


def _scaled(value: float, kind: str) -> float:
    """A percentage on the scale where chance spreads it alike at every height, else the value.

    The arcsine of the share's root (Bartlett 1947): near 0 % a point is more than near 50 %.
    """
    if kind != "proportion":
        return value
    return math.asin(math.sqrt(min(max(value, 0.0), 100.0) / 100))


def _usual(values: Sequence[float], kind: str) -> tuple[float, float]:
    """Between which values one is no outlier beside these."""
    centre = median(values)
    floor = _FLOOR if kind == "proportion" else _FLOOR_PART * abs(centre)
    reach = _MOST_SPREADS * max(median(abs(value - centre) for value in values), floor)
    return centre - reach, centre + reach


def _lies_in(value: float, span: tuple[float, float]) -> bool:
    return span[0] <= value <= span[1]


# The values of `judged` that are asked about and lie far from those of all areas in their period.
FAR_IN_PERIOD = """
WITH wide AS (
    -- Periods whose values all lie within the least reach of each other hold no outlier.
    SELECT series, period
    FROM judged
    GROUP BY series, period
    HAVING bool_or(asked) AND count(*) >= $fewest_areas AND if(
        any_value(kind) = 'proportion',
        asin(sqrt(least(greatest(max(value), 0), 100) / 100))
            - asin(sqrt(least(greatest(min(value), 0), 100) / 100)) > $most_spreads * $floor,
        max(value) - min(value)
            > $most_spreads * $floor_part
                * if(min(value) < 0 AND max(value) > 0, 0, least(abs(min(value)), abs(max(value))))
    )
),
suspect AS (
    SELECT judged.* FROM judged SEMI JOIN (SELECT DISTINCT series FROM wide) USING (series)
),
scaled AS (
    SELECT *, if(kind = 'proportion', asin(sqrt(least(greatest(value, 0), 100) / 100)), value)
        AS own
    FROM suspect
),
in_period AS (
    SELECT series, period, median(own) AS centre, median(value) AS middle, count(*) AS areas,
        $most_spreads * greatest(
            mad(own), if(any_value(kind) = 'proportion', $floor, $floor_part * abs(median(own)))
        ) AS reach
    FROM scaled
    SEMI JOIN wide USING (series, period)
    GROUP BY series, period
),
far_in_period AS (
    SELECT scaled.*, middle, areas
    FROM scaled JOIN in_period USING (series, period)
    WHERE asked AND own NOT BETWEEN centre - reach AND centre + reach
)
"""
# Of `judged` (id, series, area, period, period_kind, side, kind, value, asked; a series is one
# indicator and group, a side that of the breaks in it; values are known, kinds are judged ones):
# the outliers among the rows that are asked about, each with the lowest and highest of its area's
# other values that are usual, how many areas there are, and their median.
_FAR_OVER_TIME = """,
over_time AS (
    SELECT far_in_period.id, median(other.own) AS centre,
        $most_spreads * greatest(
            mad(other.own),
            if(any_value(other.kind) = 'proportion', $floor, $floor_part * abs(median(other.own)))
        ) AS reach
    FROM far_in_period JOIN scaled AS other USING (series, area, period_kind, side)
    WHERE other.id <> far_in_period.id
    GROUP BY far_in_period.id HAVING count(*) >= $fewest_periods
),
outlier AS (
    SELECT far_in_period.*, centre - reach AS least, centre + reach AS most
    FROM far_in_period JOIN over_time USING (id)
    WHERE own NOT BETWEEN centre - reach AND centre + reach
),
usual AS (
    SELECT outlier.id, min(scaled.value) AS low, max(scaled.value) AS high
    FROM outlier JOIN scaled USING (series, area, period_kind, side)
    WHERE scaled.own BETWEEN least AND most
    GROUP BY outlier.id
)
SELECT id, value, low, high, areas, middle, period_kind
FROM outlier JOIN usual USING (id)
ORDER BY id
"""
OUTLIERS = f"{FAR_IN_PERIOD}{_FAR_OVER_TIME}"
OUTLIER_LIMITS = {
    "most_spreads": _MOST_SPREADS,
    "floor": _FLOOR,
    "floor_part": _FLOOR_PART,
    "fewest_areas": FEWEST_AREAS,
    "fewest_periods": FEWEST_PERIODS,
}
FAR_LIMITS = {name: limit for name, limit in OUTLIER_LIMITS.items() if name != "fewest_periods"}
