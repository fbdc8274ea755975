"""Takeaways: each names indicator, place and number, and can be read alone."""

import math
from collections.abc import Callable, Collection, Sequence
from itertools import pairwise
from statistics import mean
from typing import assert_never

from kpi.charts.marks import Line, LinePoint
from kpi.domain import format as fmt
from kpi.domain.catalog import Catalog
from kpi.domain.compare import Change, Comparison
from kpi.domain.format import display_in_words
from kpi.domain.judgement import is_neutral
from kpi.domain.measure import share
from kpi.domain.model import Indicator, Observation
from kpi.domain.period import Period
from kpi.domain.period_words import (
    is_other_season,
    period_in_text,
    row_period_name,
    since_when,
    when,
    when_row,
)
from kpi.domain.price_levels import is_in_years_prices
from kpi.domain.series_break import is_across
from kpi.domain.vocabulary import EQUAL, SAME, VERDICT_NAMES
from kpi.domain.wording import among, capital, gap_phrase, in_text, people, size
from kpi.exhibits.parts import benchmark_name, group_in_title, inside, label_of

# What a title says of spring beside autumn; the remark says it of a figure without such a title.
SAME_SEASON = "samme årstid"
# From fewer changes nobody knows how far a gap swings.
_FEWEST_STEPS = 4
DOUBT = " (usandsynligt tal, ikke bekræftet)"


def other_group(area_id: str, group_id: str, indicator: Indicator, catalog: Catalog) -> str:
    """`, mellemtrin`: added to what a title is about where that is not the usual group.

    Else the figures of several groups beside each other would have the same title. A programme's
    own families need no second name.
    """
    is_usual = group_id == indicator.default_group or is_neutral(catalog.areas[area_id])
    return "" if is_usual else group_in_title(indicator, group_id, catalog)


def gap_title(
    area_name: str,
    gap_points: float,
    other_name: str,
    indicator: Indicator,
    in_percent: bool,
    approximate: bool = False,
    of_group: str = "",
) -> str:
    """`Selvforsørgelse: Aarhus ligger 7,2 procentpoint under hele landet`.

    `of_group` as `other_group` gives it.
    """
    phrase = gap_phrase(gap_points, indicator, benchmark_name(other_name), in_percent, approximate)
    return f"{capital(indicator.short_name)}{of_group}: {area_name} ligger {phrase}"


def surely(compared: Collection[Comparison]) -> str:
    """` statistisk sikkert`, of how many lie over and under; empty where one of them is not judged.

    A rough figure, or one without counts, lies over another by its value alone.
    """
    apart = [each for each in compared if each.verdict not in (SAME, EQUAL)]
    is_sure = any(each.is_judged for each in compared) and all(each.is_judged for each in apart)
    return " statistisk sikkert" if is_sure else ""


def unsure(comparison: Comparison | Change | None) -> str:
    """Added to a title whose difference is not statistically certain: ` (ingen sikker forskel)`."""
    if isinstance(comparison, Change):
        return ", ingen sikker ændring" if comparison.is_chance else ""
    is_same = comparison is not None and comparison.verdict == SAME
    return f" ({VERDICT_NAMES[SAME]})" if is_same else ""


def doubt(rows: Sequence[Observation], catalog: Catalog) -> str:
    """What follows a number where one of its rows is implausible; else empty."""
    return DOUBT if any(catalog.is_implausible(row) for row in rows) else ""


def gap_since(
    focus: Line,
    benchmark: Line,
    indicator: Indicator,
    catalog: Catalog,
    comparison_in: Callable[[Period], Comparison | None],
) -> str:
    """`; forskellen er blevet mindre siden 2008`; of school figures only in the same season.

    `comparison_in` gives the difference in a period with its confidence interval. Nothing is said
    of a change that may be chance, nor of implausible values; of amounts in each year's prices only
    that they lay on the other side: their gaps grow with prices. Where no counts are known, a
    change no larger than such gaps swing from period to period is none.
    """
    theirs = {point.period: point for point in believed(benchmark)}
    common = [point for point in believed(focus) if point.period in theirs]
    common = unbroken(common, indicator)
    if len(common) < 2 or common[-1] is not exact(focus)[-1]:
        return ""
    last = common[-1]
    first = earliest_alike(common, last, indicator, catalog)
    shown = (first, last, theirs[first.period], theirs[last.period])
    if (
        first is last
        or any(point.approximate for point in shown)
        or is_other_season(first.period, last.period, indicator, catalog)
    ):
        return ""
    now, then = comparison_in(last.period), comparison_in(first.period)
    if now is not None and then is not None and _is_chance(now, then):
        return ""
    # As the gap of the title is: 1.85 less 1.90 is a hair above -0.05 in binary.
    gap, earlier = (
        fmt.round_half_up(round(point.value - theirs[point.period].value, 10), indicator.decimals)
        for point in (last, first)
    )
    if gap * earlier < 0:
        side = "over" if earlier > 0 else "under"
        if then is not None and then.verdict == SAME:
            return ""
        return f"; {when(first.period, indicator, catalog)} lå {focus.name} {side}"
    if is_in_years_prices(indicator):
        return ""
    if gap == earlier:
        at = when(first.period, indicator, catalog)
        return f", ligesom {at}" if not gap else f"; forskellen er den samme som {at}"
    if now is None or not now.is_judged:
        gaps = [point.value - theirs[point.period].value for point in common]
        if abs(gaps[-1] - gaps[common.index(first)]) <= _usual_swing(gaps):
            # Two numbers and no verdict on them: it swings as much from year to year.
            was = fmt.number(float(abs(earlier)), indicator.decimals)
            return f"; {when(first.period, indicator, catalog)} var forskellen {was}"
    moved = "større" if abs(gap) > abs(earlier) else "mindre"
    return f"; forskellen er blevet {moved} {since_when(first.period, indicator, catalog)}"


def _usual_swing(values: Sequence[float]) -> float:
    """How far apart two values of a series without any drift lie in 19 of 20 cases.

    By the mean change from one to the next, which is 0.798 standard deviations of such changes (the
    median would be no finer than the figures' rounding); 0 of a series too short to know.
    """
    steps = [abs(later - earlier) for earlier, later in pairwise(values)]
    return 1.96 / 0.7979 * mean(steps) if len(steps) >= _FEWEST_STEPS else 0.0


def _is_chance(now: Comparison, then: Comparison) -> bool:
    """Whether chance alone can have moved a difference from `then` to `now`.

    By the intervals of the two (MOVER, Zou and Donner 2008: the distances from each estimate to its
    ends, added as squares); a difference without counts is taken as exact. False without any.
    """
    if now.gap_points is None or then.gap_points is None:
        return False
    if not now.is_judged and not then.is_judged:
        return False
    moved = now.gap_points - then.gap_points
    below = math.hypot(_to(now.low, now.gap_points), _to(then.high, then.gap_points))
    above = math.hypot(_to(now.high, now.gap_points), _to(then.low, then.gap_points))
    return moved - below <= 0 <= moved + above


def _to(end: float | None, estimate: float) -> float:
    return 0.0 if end is None else end - estimate


def change_title(
    focus: Line,
    in_percent: bool,
    change: Change | None,
    indicator: Indicator,
    catalog: Catalog,
    is_newest: bool = True,
    of_group: str = "",
) -> str:
    """`Fravær i Gellerup: fald på 3,3 procentpoint siden 2019`.

    Where only another season is there to look back to, the title says so itself. Where a newer
    figure is there but hidden or missing (`is_newest` is False), it says until when: `fra 2019 til
    2022`.
    """
    points = unbroken(believed(focus), indicator)
    subject = f"{capital(indicator.short_name)} {inside(focus.name)}{of_group}"
    last = (exact(focus) or focus.points)[-1]
    first = earliest_alike(points, last, indicator, catalog) if points else last
    if first is last or points[-1] is not last:
        mark = DOUBT if last.doubted else ""
        unit = fmt.NO_BREAK_SPACE + "%" if in_percent and not last.text.endswith("%") else ""
        return f"{subject}: {last.text}{unit} {when(last.period, indicator, catalog)}{mark}"
    moved = round(last.value - first.value, 10)
    since = since_when(first.period, indicator, catalog)
    if not is_newest:
        begin, end = (period_in_text(each.period, indicator, catalog) for each in (first, last))
        since = f"fra {begin} til {end}"
    other_season = is_other_season(first.period, last.period, indicator, catalog)
    if other_season:
        since = f"{_from_to(first, last, indicator, catalog)}, som ikke er {SAME_SEASON}"
    since += " (årets priser)" if is_in_years_prices(indicator) else ""
    approximate = first.approximate or last.approximate
    if fmt.rounds_to_zero(moved, fmt.gap_decimals(indicator, approximate)):
        return f"{subject}: uændret {since}"
    went = "stigning" if moved > 0 else "fald"
    amount = size(moved, indicator, in_percent, approximate)
    return f"{subject}: {went} på {amount} {since}" + ("" if other_season else unsure(change))


def _from_to(first: LinePoint, last: LinePoint, indicator: Indicator, catalog: Catalog) -> str:
    """`fra foråret til efteråret 2024`, `fra foråret 2023 til efteråret 2024`."""
    begin, end = (
        when(point.period, indicator, catalog).removeprefix("i ") for point in (first, last)
    )
    year = f" {last.period.start.year}"
    return f"fra {begin.removesuffix(year)} til {end}"


def exact(line: Line) -> list[LinePoint]:
    """The points that may be compared: no limits and no ranges."""
    return [point for point in line.points if not point.bound]


def believed(line: Line) -> list[LinePoint]:
    """Those of them that are not doubted: only these are looked back to."""
    return [point for point in exact(line) if not point.doubted]


def unbroken(points: Sequence[LinePoint], indicator: Indicator) -> list[LinePoint]:
    """Those of the points that no break in the series parts from the last of them."""
    if not points:
        return []
    return [point for point in points if not is_across(point.period, points[-1].period, indicator)]


def earliest_alike(
    points: Sequence[LinePoint], last: LinePoint, indicator: Indicator, catalog: Catalog
) -> LinePoint:
    """The first of the points in the same season as `last`; where none is, the first of all.

    Of those only that share no day with it: `last` itself where there are no others.
    """
    apart = [point for point in points if point.period.is_apart(last.period)]
    alike = [
        point
        for point in apart
        if point is not last and not is_other_season(point.period, last.period, indicator, catalog)
    ]
    return (alike or apart)[0]


def value_title(row: Observation, indicator: Indicator, area_name: str, catalog: Catalog) -> str:
    """A single figure: `Timer til NSK-vejledere i Aarhus: 5 timer om ugen i 2024`."""
    subject = f"{capital(indicator.short_name)} {inside(area_name)}"
    # A programme's own families need no second name.
    is_own = row.group_id == indicator.default_group and is_neutral(catalog.areas[row.area_id])
    subject += "" if is_own else group_in_title(indicator, row.group_id, catalog)
    value, at = _value(row, indicator, catalog), when_row(row, indicator, catalog)
    is_count = row.value is not None and indicator.is_total and not share(row, indicator)
    in_all = " i alt" if is_count else ""
    match row.measured:
        case "reported":
            return f"{subject}: {value} ({at})"
        case "at":
            return f"{subject}: {value}{in_all}, {at}"
        case "since":
            return f"{subject}: {value}{in_all} {at}"
        case "over":
            return f"{subject}: {value} {at}"
    assert_never(row.measured)


def _value(row: Observation, indicator: Indicator, catalog: Catalog) -> str:
    """A figure in a title, with the doubt that there is of it."""
    return display_in_words(row, indicator) + doubt([row], catalog)


def areas_title(
    own: tuple[Observation, str],
    other: tuple[Observation, str],
    indicator: Indicator,
    catalog: Catalog,
) -> str:
    """Two areas' figures beside each other: `Børn med underretning: 32 af 176 (18 %) i Gellerup …`.

    Each of the two is a figure and its area's name.
    """
    ours, theirs = (_value(row, indicator, catalog) for row, _ in (own, other))
    of_group = other_group(own[0].area_id, own[0].group_id, indicator, catalog)
    subject = capital(indicator.short_name) + of_group
    if ours == theirs:
        names = f"{_bare_place(own[1])} og {_bare_place(other[1])}"
        return f"{subject}: {ours} i både {names}"
    return f"{subject}: {ours} {inside(own[1])} mod {theirs} {inside(other[1])}"


def _bare_place(name: str) -> str:
    return inside(name).partition(" ")[2]


def groups_title(
    own: Observation,
    other: Observation,
    indicator: Indicator,
    area_name: str,
    catalog: Catalog,
) -> str:
    """Two groups beside each other, neither of them better.

    `Midlertidige ydelser i Aarhus: ca. 10 % blandt borgere med ikke-vestlig baggrund mod 1,7 % …`.
    """
    name, other_name = (catalog.groups[row.group_id].name for row in (own, other))
    subject = f"{capital(indicator.short_name)} {inside(area_name)}"
    ours, theirs = (_value(row, indicator, catalog) for row in (own, other))
    if not indicator.is_proportion and not share(own, indicator):
        # The unit is said once: 37 timer om ugen for jobparate mod 25 for aktivitetsparate ledige.
        at = row_period_name(own, indicator, catalog)
        return (
            f"{subject}: {ours} for {people(name)} mod {label_of(other, indicator)} for "
            f"{people(other_name)} ({at})"
        )
    first_word = name.split(" ")[0]
    if other_name.startswith(f"{first_word} ") and subject.startswith(f"{first_word} "):
        mine, others = (in_text(text.partition(" ")[2]) for text in (name, other_name))
    else:
        mine, others = among(name), among(other_name)
    return f"{subject}: {ours} {mine} mod {theirs} {others}"
