"""Lines over time: the chosen area strong, the benchmark in ink, others muted, named at the end."""

from collections.abc import Sequence
from datetime import date

import plotly.graph_objects as go

from kpi import format as fmt
from kpi.charts import style
from kpi.charts.marks import (
    BENCHMARK,
    FOCUS,
    PEER,
    TARGET,
    EventMark,
    Frame,
    Line,
    LinePoint,
    Scale,
)

_HEIGHT, _SLOPE_HEIGHT = 416, 260
_LABEL_GAP = 18
# How much of the width the names at the lines' ends may take; a page's is not known.
_MOST_LABEL_SHARE, _PAGE_WIDTH = 0.42, 560
# The narrowest page that a chart must fit, and the width of a digit.
_PHONE, _DIGIT = 358, 8
# Letters of a value that stands behind its line's name: `ca. 53,1`.
_MOST_BESIDE = 9
_FEW_PERIODS = 3
_MOST_NAMES_IN_A_FRAME = 7


def trend(
    lines: Sequence[Line],
    scale: Scale,
    gaps: bool = True,
    frame: Frame | None = None,
    events: Sequence[EventMark] = (),
) -> go.Figure:
    """Lines with their last value at the right end; the axis may start above 0.

    Two periods make a lower figure from 0, with a dot and a label at both ends. With `gaps`, the
    distance from the chosen area to the benchmark stands in blue at the first, the widest and the
    last common period. Periods keep their true distance on the time axis;
    four of them are named, in a wide frame up to seven. Events are numbered at the axis; a month
    or a season is a band as long as it lasted.
    """
    most = (frame.width if frame else _PAGE_WIDTH) * _MOST_LABEL_SHARE
    drawn = _strongest_last(lines)
    ends = [_end_text(line, most) for line in drawn]
    periods = _periods(lines)
    longest = max(len(part) for text in ends for part in text.split("<br>"))
    height = _SLOPE_HEIGHT if periods <= 2 else _HEIGHT
    margin = {"l": 44, "r": 27 + 7 * longest, "t": 22, "b": 34}
    if frame:
        plot = frame.width - margin["l"] - margin["r"]
        height = round(frame.height or height)
        names = _names_that_fit(drawn, plot)
    else:
        plot = _PHONE - margin["l"] - margin["r"]
        names = min(_names_that_fit(drawn, plot, apart=6, broken=True), 4)
    sketch = style.blank(height, margin)
    low, high = _axes(sketch, drawn, scale, most_ticks=4, most_names=names)
    if frame is None:
        _break_names(sketch)
    _events(sketch, events, plot)
    for line in drawn:
        _draw(sketch, line, 8 if line.role == FOCUS else 6, all_dots=periods <= _FEW_PERIODS)
        if periods <= 2 and len(line.points) > 1:
            first = line.points[0]
            sketch.label(first.text, line.role, x=_x(first).toordinal(), y=first.value, yshift=14)
    _end_labels(sketch, drawn, ends, (low, high))
    if gaps:
        _gap_labels(sketch, lines, scale, plot)
    return sketch.figure()


def told_gaps(lines: Sequence[Line]) -> list[tuple[LinePoint, LinePoint]]:
    """Points of the chosen area and the benchmark at the first, widest and last common period."""
    focus = next((line for line in lines if line.role == FOCUS), None)
    benchmark = next((line for line in lines if line.role == BENCHMARK), None)
    if focus is None or benchmark is None:
        return []
    theirs = {point.period: point for point in benchmark.points}
    pairs = [(own, theirs[own.period]) for own in focus.points if own.period in theirs]
    if len(pairs) < 2:
        return []
    widest = max(pairs, key=lambda pair: abs(pair[0].value - pair[1].value))
    return list(dict.fromkeys([pairs[0], widest, pairs[-1]]))


def _end_text(line: Line, most_pixels: float) -> str:
    """A line's name with its last value, in two or three lines where one would be too wide."""
    value = line.points[-1].text
    if 7 * len(f"{line.name} {value}") <= most_pixels:
        return f"{line.name}{fmt.NO_BREAK_SPACE}{value}"
    # A value with its counts is too long to stand behind half a name.
    if len(value) > _MOST_BESIDE:
        return f"{style.in_two_lines(line.name, most_pixels)}<br>{value}"
    room = max(most_pixels - 7 * (len(value) + 1), most_pixels / 2)
    return f"{style.in_two_lines(line.name, room)}{fmt.NO_BREAK_SPACE}{value}"


def _events(sketch: style.Sketch, events: Sequence[EventMark], pixels: float) -> None:
    """The events, numbered from 1; a number that would lie over another stands above it."""
    start, end = sketch.xaxis["range"]
    ends: list[float] = []  # of the last number on each level, in pixels
    for number, event in enumerate(events, start=1):
        middle = _event(sketch, event)
        place = (middle - start) / (end - start) * pixels
        level = next((n for n, last in enumerate(ends) if place - last >= _DIGIT), len(ends))
        ends[level : level + 1] = [place + _DIGIT * len(str(number))]
        sketch.label(
            str(number), PEER, 12, x=middle, yref="paper", y=0, yanchor="bottom",
            yshift=16 * level, hovertext=f"{event.when}: {event.name}",
        )  # fmt: skip


def _event(sketch: style.Sketch, event: EventMark) -> float:
    """Draws an event; the middle of it on the time axis."""
    first, last = event.first.toordinal(), event.last.toordinal()
    if first == last:
        sketch.rule(x=first, color=style.GREY_LINE, width=1, dash="dot")
    else:
        # Cut at the frame, so that a band that began earlier stays inside it.
        start, end = sketch.xaxis["range"]
        first, last = max(first, start), min(last, end)
        sketch.shapes.append(
            {
                "type": "rect", "xref": "x", "x0": first, "x1": last, "yref": "paper", "y0": 0,
                "y1": 1, "fillcolor": style.GRID, "opacity": 0.7, "line": {"width": 0},
                "layer": "below",
            }
        )  # fmt: skip
    return (first + last) / 2


def card_trend(lines: Sequence[Line], scale: Scale) -> go.Figure:
    """The same small, for a card: chosen area and benchmark, first and last period, names only."""
    drawn = _strongest_last(lines)
    sketch = style.blank(96, {"l": 18, "r": 62, "t": 8, "b": 20}, size=12)
    low, high = _axes(sketch, drawn, scale, most_ticks=0, most_names=2)
    for line in drawn:
        _draw(sketch, line, 6)
    _end_labels(sketch, drawn, [line.name for line in drawn], (low, high), size=12)
    return sketch.figure()


def axis_start(lines: Sequence[Line], scale: Scale) -> float | None:
    """Where the value axis starts when that is above 0, for the source line; else None."""
    low, _ = _range(lines, scale)
    return low if low > 0 else None


def _periods(lines: Sequence[Line]) -> int:
    return len({point.period for line in lines for point in line.points})


def _range(lines: Sequence[Line], scale: Scale) -> tuple[float, float]:
    return style.span(_values(lines), scale, from_zero=_periods(lines) <= 2)


def _strongest_last(lines: Sequence[Line]) -> list[Line]:
    rank = {FOCUS: 2, BENCHMARK: 1}
    return sorted((line for line in lines if line.points), key=lambda one: rank.get(one.role, 0))


def _values(lines: Sequence[Line]) -> list[float]:
    return [point.value for line in lines for point in line.points]


def _x(point: LinePoint) -> date:
    return point.period.end


def _names_that_fit(
    lines: Sequence[Line], width: float, apart: int = 40, broken: bool = False
) -> int:
    names = {point.period_name for line in lines for point in line.points}
    parts = {part for name in names for part in (_broken(name).split("<br>") if broken else [name])}
    longest = max(map(len, parts))
    return min(max(int(width // (7 * longest + apart)), 2), _MOST_NAMES_IN_A_FRAME)


def _broken(name: str) -> str:
    """A school year in two lines, as a phone has room for it."""
    return name.replace("/", "/<br>")


def _break_names(sketch: style.Sketch) -> None:
    texts = [_broken(name) for name in sketch.xaxis["ticktext"]]
    if texts != sketch.xaxis["ticktext"]:
        sketch.xaxis["ticktext"] = texts
        sketch.layout["margin"]["b"] += 16
        sketch.layout["height"] += 16


def _axes(
    sketch: style.Sketch, lines: Sequence[Line], scale: Scale, most_ticks: int, most_names: int
) -> tuple[float, float]:
    low, high = _range(lines, scale)
    names = {_x(point): point.period_name for line in lines for point in line.points}
    days = sorted(names)
    chosen = days if len(days) <= most_names else _named(lines, days, most_names)
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
    ticks = style.nice_ticks(low, high, most_ticks) if most_ticks else []
    sketch.yaxis.update(
        range=[low, high],
        tickvals=ticks,
        ticktext=style.tick_texts(ticks, scale),
        tickfont={"color": style.GREY_TEXT},
        showgrid=bool(most_ticks),
        gridcolor=style.GRID,
    )
    return low, high


def _named(lines: Sequence[Line], days: Sequence[date], most: int) -> list[date]:
    """Which days are named: beside a target also the last figure's, where there is room."""
    known = sorted({_x(point) for line in lines if line.role != TARGET for point in line.points})
    if not known or known[-1] == days[-1] or most < 3:
        return _some(days, most)
    room = (days[-1] - days[0]) / most
    chosen = [*(known if len(known) < most else _some(known, most - 1)), days[-1]]
    return [one for one in chosen if one == days[-1] or days[-1] - one >= room]


def _some(days: Sequence[date], most: int) -> list[date]:
    """The first and the last day, and others at about the same distance between them."""
    last = len(days) - 1
    return [days[round(last * place / (most - 1))] for place in range(most)]


def _draw(sketch: style.Sketch, line: Line, end_size: int, all_dots: bool = False) -> None:
    colour = style.LINE_COLOUR[line.role]
    hover = style.hover(["<b>%{fullData.name}</b>", "%{text}"])
    alone = len(line.points) == 1
    if not alone:
        sketch.trace(
            x=[_x(point).toordinal() for point in line.points],
            y=[point.value for point in line.points],
            mode="lines",
            line={
                "color": colour,
                "width": style.LINE_WIDTH[line.role],
                "dash": "dash" if line.role in style.DASHED else "solid",
            },
            name=line.name,
            text=[f"{point.period_name}: {point.text}" for point in line.points],
            hovertemplate=hover,
            cliponaxis=False,
        )
    last = line.points[-1]
    wished = line.role == TARGET
    marked = [p for p in line.points if p is last or (not wished and (all_dots or p.approximate))]
    sizes = [max(end_size if p is last else 6, 7 if p.approximate else 0) for p in marked]
    sketch.trace(
        x=[_x(point).toordinal() for point in marked],
        y=[point.value for point in marked],
        mode="markers",
        marker={
            "size": sizes,
            "color": style.DOT_COLOUR[line.role] if alone else colour,
            "symbol": ["circle-open" if point.approximate else "circle" for point in marked],
            "opacity": 1,
        },
        name=line.name,
        text=[f"{point.period_name}: {point.text}" for point in marked],
        hovertemplate=hover,
        cliponaxis=False,
    )


def _end_labels(
    sketch: style.Sketch,
    lines: Sequence[Line],
    texts: Sequence[str],
    span: tuple[float, float],
    size: int = 14,
) -> None:
    """A text at the right end of each line, pushed apart where they would lie over each other.

    Beside a target the lines end earlier than the plot: a thin rule leads to their texts.
    """
    pixels = sketch.plot_height / (span[1] - span[0])
    wishes = [line.points[-1].value * pixels for line in lines]
    rows = max(text.count("<br>") for text in texts) + 1
    least = (_LABEL_GAP if size > 12 else 15) * rows
    # Half a line stands above the plot, in its margin; further lines would be cut.
    top = span[1] * pixels - (rows - 1) * least / rows / 2
    places = style.below(style.spread(wishes, least), least, top)
    aims = [_x(line.points[-1]).toordinal() for line in lines if line.role == TARGET]
    edge = max(aims, default=0)
    for line, text, wish, place in zip(lines, texts, wishes, places, strict=True):
        last, x = line.points[-1], _x(line.points[-1]).toordinal()
        if x < edge:
            sketch.trace(
                x=[x, edge], y=[last.value] * 2, mode="lines", hoverinfo="skip",
                line={"color": style.GREY_LINE, "width": 1, "dash": "dot"},
            )  # fmt: skip
        sketch.label(
            text,
            line.role,
            size,
            x=max(x, edge),
            y=last.value,
            showarrow=True,
            arrowhead=0,
            arrowwidth=1,
            arrowcolor=style.LINE_COLOUR[line.role],
            standoff=5,
            ax=14,
            ay=wish - place,
            xanchor="left",
            align="left",
        )


def _gap_labels(sketch: style.Sketch, lines: Sequence[Line], scale: Scale, pixels: float) -> None:
    """The distances in blue; a number that would lie over the last's or the first's is left out."""
    gaps = told_gaps(lines)
    (start, end), (low, high) = sketch.xaxis["range"], sketch.yaxis["range"]
    placed: list[tuple[float, float]] = []
    # The last is named before the first, and these before one between them.
    for own, other in [*gaps[-1:], *gaps[:-1]]:
        gap_points = round(own.value - other.value, 10)
        x, middle = _x(own).toordinal(), (own.value + other.value) / 2
        sketch.trace(
            x=[x] * 2,
            y=[own.value, other.value],
            mode="lines",
            line={"color": style.BLUE, "width": 1.5, "dash": "dot"},
            hoverinfo="skip",
        )
        at_end = _x(own) == _x(gaps[-1][0])
        text = fmt.number(gap_points, scale.decimals, sign=True)
        width = 8 * len(text) + 10
        left = (x - start) / (end - start) * pixels - (width if at_end else 0)
        up = (middle - low) / (high - low) * sketch.plot_height
        if any(abs(left - one) < width and abs(up - other_up) < 18 for one, other_up in placed):
            continue
        placed.append((left, up))
        sketch.label(
            text,
            FOCUS,
            x=x,
            y=middle,
            bgcolor=style.VEIL,
            xanchor="right" if at_end else "left",
            xshift=-5 if at_end else 5,
        )
