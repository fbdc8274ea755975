"""The axes of a development: periods at their true distance, values from a round start."""

import math
import re
from collections.abc import Mapping, Sequence
from datetime import date

from kpi.charts import style
from kpi.charts.marks import NO_FIGURES, Line, LinePoint, Scale

# As long as a school year: `2019/2020`.
_LONGEST_IN_A_CARD = 9
_MOST_NAMES_IN_A_FRAME = 7
# So many periods from name to name, or one more, look alike.
_LONG_STEP = 4
# Between the two months of a rolling year or a range.
_TWO_MONTHS = re.compile(r"(?<=\d)-(?=[a-z])")
# Of months that have so many first ones the years are named, each so wide with what is around it.
_LEAST_YEARS, _YEAR_WIDTH = 3, 38
# A day, a month or a quarter before its year; a half-year is short enough beside it.
_BEFORE_YEAR = re.compile(r"^((?!forår|efterår)[^/-]*[^\d/-]) (?=\d{4}$)")


def x_of(point: LinePoint) -> date:
    """A point's day on the time axis: the end of its period."""
    return point.period.end


def period_count(lines: Sequence[Line]) -> int:
    """How many periods the lines have together."""
    return len({point.period for line in lines for point in line.points})


def value_range(lines: Sequence[Line], scale: Scale) -> tuple[float, float]:
    """The value axis: from 0 where there are two periods, else from a round number near the values.

    The same in every form and width of the chart.
    """
    ends = (
        end
        for line in lines
        for point in line.points
        for end in (point.value, point.range_low, point.range_high)
    )
    low, high = style.span(
        [end for end in ends if end is not None], scale, from_zero=period_count(lines) <= 2
    )
    return (style.round_start(low, high) if low > 0 else low), high


def axis_start(lines: Sequence[Line], scale: Scale) -> float | None:
    """Where the value axis starts when that is above 0, for the remark that says so; else None."""
    low, _ = value_range(lines, scale)
    return low if low > 0 else None


def names_that_fit(
    lines: Sequence[Line], width: float, apart: int = 40, broken: bool = False
) -> int:
    """How many periods can be named beside each other within `width` pixels."""
    names = {point.period_name for line in lines for point in line.points}
    parts = {part for name in names for part in (_broken(name).split("<br>") if broken else [name])}
    longest = max(map(len, parts))
    return min(max(int(width // (7 * longest + apart)), 2), _MOST_NAMES_IN_A_FRAME)


def _broken(name: str) -> str:
    """A school year, a rolling year or a day in two lines, as a phone has room for it."""
    return _BEFORE_YEAR.sub(r"\1<br>", _TWO_MONTHS.sub("-<br>", name.replace("/", "/<br>")))


def break_names(sketch: style.Sketch) -> None:
    """Names the periods in two lines where they have a place to be broken."""
    texts = [_broken(name) for name in sketch.xaxis["ticktext"]]
    if texts != sketch.xaxis["ticktext"]:
        sketch.xaxis["ticktext"] = texts
        sketch.layout["margin"]["b"] += 16
        sketch.layout["height"] += 16


def break_long_names(sketch: style.Sketch) -> None:
    """Names the year of a longer name below the rest: a card has no room for two in a row."""
    texts = [
        "<br>".join(name.rsplit(" ", 1)) if len(name) > _LONGEST_IN_A_CARD else name
        for name in sketch.xaxis["ticktext"]
    ]
    if texts != sketch.xaxis["ticktext"]:
        sketch.xaxis["ticktext"] = texts
        sketch.layout["margin"]["b"] += 14
        sketch.layout["height"] += 14


def draw_axes(
    sketch: style.Sketch,
    lines: Sequence[Line],
    scale: Scale,
    most_ticks: int,
    most_names: int,
    width: float = math.inf,
    broken: bool = False,
) -> tuple[float, float]:
    """Draws both axes; returns the lowest and the highest value of the value axis.

    No name lies on the one before it in a plot `width` pixels wide, where they are `broken` into
    two lines if they have a place for it. Of many months the years are named, at their first one.

    Without ticks only a start above 0 is written: a small chart shows so that its axis is cut.
    """
    low, high = value_range(lines, scale)
    names = {x_of(point): point.period_name for line in lines for point in line.points}
    days = sorted(names)
    if most_ticks and (years := _years(lines, days)):
        names = years
        chosen = (
            _some([*years], max(int(width // _YEAR_WIDTH), 2)) if width < math.inf else [*years]
        )
    else:
        chosen = days if len(days) <= most_names else _named(lines, days, most_names)
        chosen = _apart(chosen, names, width, broken)
    padding = max((days[-1] - days[0]).days, 1) * 0.015
    start, end = days[0].toordinal() - padding, days[-1].toordinal() + padding
    sketch.xaxis.update(
        range=[start, end],
        tickvals=[day.toordinal() for day in chosen],
        ticktext=[names[day] for day in chosen],
        tickfont={"color": style.GREY_TEXT},
        showline=bool(most_ticks),
        linecolor=style.AXIS,
        ticks="outside" if most_ticks else "",
        tickcolor=style.AXIS,
        ticklen=4,
        tickangle=0,
    )
    ticks = style.nice_ticks(low, high, most_ticks) if most_ticks else [low] if low > 0 else []
    sketch.yaxis.update(
        range=[low, high],
        tickvals=ticks,
        ticktext=style.tick_texts(ticks, scale),
        tickfont={"color": style.GREY_TEXT},
        showgrid=bool(most_ticks),
        gridcolor=style.GRID,
    )
    return low, high


def _years(lines: Sequence[Line], days: Sequence[date]) -> dict[date, str]:
    """The first month of each year by its day, as the year; none of other periods, or of few."""
    if {point.period.kind for line in lines for point in line.points} != {"month"}:
        return {}
    first = {day: str(day.year) for day in days if day.month == 1}
    return first if len(first) >= _LEAST_YEARS else {}


def _apart(
    days: Sequence[date], names: Mapping[date, str], width: float, broken: bool
) -> list[date]:
    """The days whose names have room beside the next one's: the last, the first, then the later."""
    length = max((days[-1] - days[0]).days, 1)

    def has_room(former: date, latter: date) -> bool:
        """Whether both names can stand there."""
        letters = max(
            len(part)
            for day in (former, latter)
            for part in (_broken(names[day]).split("<br>") if broken else [names[day]])
        )
        return (latter - former).days / length * width >= 7 * letters + 4

    kept = [days[-1]]
    for day in reversed(days[:-1]):
        if has_room(day, kept[0]) and (day == days[0] or has_room(days[0], day)):
            kept.insert(0, day)
    return kept


def _named(lines: Sequence[Line], days: Sequence[date], most: int) -> list[date]:
    """Which days are named: beside a target also the last figure's, where there is room."""
    known = sorted(
        {x_of(point) for line in lines if line.role not in NO_FIGURES for point in line.points}
    )
    if not known or known[-1] == days[-1] or most < 3:
        return _some(days, most)
    room = (days[-1] - days[0]) / most
    chosen = [*(known if len(known) < most else _some(known, most - 1)), days[-1]]
    return [day for day in chosen if day == days[-1] or days[-1] - day >= room]


def _some(days: Sequence[date], most: int) -> list[date]:
    """Days at equal distances, the last one among them.

    The first is, too, where the distance is that of two periods or where it is long: between four
    and five periods nobody takes the difference for an equal step, between one and two everybody.
    """
    last = len(days) - 1
    step = math.ceil(last / (most - 1))
    if step >= _LONG_STEP or most == 2:
        return [days[round(last * place / (most - 1))] for place in range(most)]
    return [*days[last % step :: step]]
