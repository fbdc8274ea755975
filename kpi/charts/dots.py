"""Dots on rows: one value each, with the distance to the benchmark where there is one."""

from collections.abc import Sequence
from dataclasses import replace

import plotly.graph_objects as go

from kpi.charts import style
from kpi.charts.marks import AT_LEAST, AT_MOST, BENCHMARK, FOCUS, PEER, RANGE, Dot, Frame, Scale
from kpi.charts.rows import FEW, MOST_NAMED, middles, rows_to_name

_ROW, _LEAST_ROW, _MOST_ROW, _THIN_ROW = 39.0, 30.0, 64.0, 9.0
_MOST_NAME_SHARE = 0.24
# On a page, which may be a phone; and how wide a bold letter is.
_MOST_NAME, _LETTER, _PHONE = 130, 7.4, 358
# Letters of a value that is written beside its dot: `100,0`; longer ones would take half a phone.
_MOST_BESIDE = 6


def dots(rows: Sequence[Dot], scale: Scale, frame: Frame | None = None) -> go.Figure:
    """One row per value, highest first; stems start at the benchmark and carry the gap, else at 0.

    Approximate values are hollow, their stems dotted; limits are open, ranges bars. Values are
    beside their dots; with a benchmark and counts, which are long, in the right margin. Of more
    than 20 rows those of `rows_to_name` are named, the others are thin.
    """
    most = frame.width * _MOST_NAME_SHARE if frame else _MOST_NAME
    ordered = _ordered(rows, most)
    benchmark = next((dot for dot in ordered if dot.role == BENCHMARK), None)
    named_places, heights = _rows(ordered, frame.height if frame else None)
    places = middles(heights)
    named = [ordered[place] for place in named_places]
    left, right = _margins(named)
    in_margin = _stands_in_margin(ordered, benchmark)
    sketch = style.blank(round(58 + sum(heights)), {"l": left, "r": right, "t": 14, "b": 30})
    start = benchmark.value if benchmark else 0.0
    low, high = dot_range(rows, scale)
    _value_axis(sketch, low, high, scale)
    sketch.yaxis.update(range=[sum(heights), 0], showticklabels=False)
    _names(sketch, [(ordered[place], places[place]) for place in named_places], size=14)
    if benchmark:
        sketch.rule(x=start, color=style.INK, width=1.5, dash="dot")
    for place, (dot, y) in enumerate(zip(ordered, places, strict=True)):
        is_named = place in named_places
        width = 3.5 if dot.role == FOCUS else 2
        _draw(sketch, dot, y, (start, dot.value), (low, high), width, is_named)
        style.whiskers(sketch, [(dot, y)], dot.role)
        if not is_named:
            continue
        if in_margin:
            sketch.label(dot.text, dot.role, xref="paper", x=1, y=y, xanchor="left", xshift=8)
        else:
            side = "right" if dot.value < start else "left"
            _value_label(sketch, dot, y, side, 14, (low, high))
        if benchmark and dot.gap_text and dot.role != BENCHMARK:
            sketch.label(
                dot.gap_text, dot.role, 13, x=(dot.value + start) / 2, y=y, yshift=14,
                bgcolor=style.VEIL, borderpad=0,
            )  # fmt: skip
    return sketch.figure()


def dot_range(rows: Sequence[Dot], scale: Scale) -> tuple[float, float]:
    """The value axis of `dots`: from 0, or with a benchmark from a round number near the values.

    The same in every form and width: there is room for values left of their dots on a phone.
    """
    benchmark = next((dot for dot in rows if dot.role == BENCHMARK), None)
    ends = [end for dot in rows for end in dot.ends]
    low, high = style.span(ends, scale, from_zero=benchmark is None, room=0.16)
    if not _stands_in_margin(rows, benchmark):
        left, right = _margins(_ordered(rows, _MOST_NAME))
        plot = max(_PHONE - left - right, _PHONE / 4)
        start = benchmark.value if benchmark else 0.0
        low = _low_with_room(low, high, [d for d in rows if d.value < start], plot)
    if benchmark is None:
        return low, high
    return (style.round_start(low, high) if low > 0 else low), high


def axis_start(rows: Sequence[Dot], scale: Scale) -> float | None:
    """Where the value axis of `dots` starts when that is above 0, for the remark; else None."""
    low, _ = dot_range(rows, scale)
    return low if low > 0 else None


def _ordered(rows: Sequence[Dot], most_name: float) -> list[Dot]:
    ordered = sorted(rows, key=lambda dot: dot.value, reverse=True)
    return [replace(dot, name=style.in_two_lines(dot.name, most_name)) for dot in ordered]


def _rows(rows: Sequence[Dot], frame_height: float | None) -> tuple[list[int], list[float]]:
    """Which rows are named, and how high each row is in pixels."""
    if len(rows) > FEW:
        named = rows_to_name(rows, MOST_NAMED)
        return named, [_LEAST_ROW if place in named else _THIN_ROW for place in range(len(rows))]
    height = float(_ROW)
    if frame_height:
        height = min(max((frame_height - 58) / len(rows), _LEAST_ROW), _MOST_ROW)
    return list(range(len(rows))), [height] * len(rows)


def _margins(rows: Sequence[Dot]) -> tuple[int, int]:
    """The room left of the plot for names, and right of it for values, in pixels."""
    names = max(len(line) for dot in rows for line in dot.name.split("<br>"))
    return round(24 + _LETTER * names), 24 + 7 * max(len(dot.text) for dot in rows)


def _stands_in_margin(rows: Sequence[Dot], benchmark: Dot | None) -> bool:
    return benchmark is not None and max(len(dot.text) for dot in rows) > _MOST_BESIDE


def _low_with_room(low: float, high: float, rows: Sequence[Dot], pixels: float) -> float:
    """The axis' start with room for values that are written left of their dots; not below 0."""
    if not rows:
        return low
    share = min((16 + 8 * max(len(dot.text) for dot in rows)) / max(pixels, 1), 0.5)
    first = min(min(dot.ends) for dot in rows)
    wanted = (first - share * high) / (1 - share)
    return min(low, wanted if first < 0 else max(wanted, 0.0))


# How wide a card's plot is at least, in pixels.
_CARD_PLOT = 150
# Where an axis of percentages ends on a card.
_CARD_AXES = (20.0, 60.0, 100.0)


def cards_dots(rows: Sequence[Dot], scale: Scale) -> go.Figure:
    """`dots` in small for a card: at most three rows in the given order.

    A value stands on its confidence interval, so that overlapping ones are seen to overlap; one
    without stands on a stem from 0. Percentages get one of three axes, to 20, 60 or 100, so that
    cards side by side can be compared.
    """
    names = max(len(dot.name) for dot in rows)
    texts = max(len(dot.text) for dot in rows)
    foot = 34 if any(map(_has_interval, rows)) else 18
    # Short names have no narrow letters to make up for their wide ones.
    left = round(18 + 6.8 * names)
    sketch = style.blank(
        16 + foot + 22 * len(rows),
        {"l": left, "r": 18 + 6 * texts, "t": 2, "b": foot},
        size=12,
    )
    ends = [end for dot in rows for end in dot.ends]
    smallest, largest = min(ends), max(ends)
    low = 0.0
    if smallest < 0:
        low, high = style.span(ends, scale, from_zero=True)
        low = _low_with_room(low, high, [dot for dot in rows if dot.value < 0], _CARD_PLOT)
        ticks = style.nice_ticks(low, high, 3)
    elif scale.top == 100:
        end = next(end for end in _CARD_AXES if largest <= end)
        ticks = [0.0, end / 2, end]
    else:
        ticks = [0.0, style.nice_ticks(0, largest * 1.3 or 1.0, 3)[-1]]
    span = (low, max(ticks[-1], largest * 1.05))
    sketch.xaxis.update(
        range=list(span),
        tickvals=ticks,
        ticktext=style.tick_texts(ticks, scale),
        tickfont={"color": style.GREY_TEXT},
        showgrid=True,
        gridcolor=style.GRID,
        tickangle=0,
    )
    sketch.yaxis.update(range=[len(rows) - 0.5, -0.5], showticklabels=False)
    _names(sketch, [(dot, row) for row, dot in enumerate(rows)], size=12)
    for row, dot in enumerate(rows):
        line = (dot.low, dot.high) if _has_interval(dot) else (0.0, dot.value)
        _draw(sketch, dot, row, line, span, width=2)
        _value_label(sketch, dot, row, "right" if dot.value < 0 else "left", 12, span)
    if foot > 18:
        sketch.label(
            "Streg: sikkerhedsinterval (95 %)", PEER, 12, x=0, xref="paper", y=0, yref="paper",
            xanchor="left", yanchor="top", yshift=-16, xshift=-left,
        )  # fmt: skip
    return sketch.figure()


def _has_interval(dot: Dot) -> bool:
    return dot.low is not None and dot.high is not None and not dot.bound


def _value_axis(
    sketch: style.Sketch, low: float, high: float, scale: Scale, most_ticks: int = 4
) -> None:
    ticks = style.nice_ticks(low, high, most_ticks)
    sketch.xaxis.update(
        range=[low, high], tickvals=ticks, ticktext=style.tick_texts(ticks, scale),
        tickfont={"color": style.GREY_TEXT}, showgrid=True, gridcolor=style.GRID, tickangle=0,
    )  # fmt: skip


def _names(sketch: style.Sketch, rows: Sequence[tuple[Dot, float]], size: int) -> None:
    for dot, y in rows:
        sketch.label(
            dot.name, dot.role, size, x=0, xref="paper", y=y, xanchor="right", xshift=-8,
            align="right",
        )  # fmt: skip


def _draw(
    sketch: style.Sketch,
    dot: Dot,
    y: float,
    line: tuple[float | None, float | None],
    span: tuple[float, float],
    width: float,
    is_named: bool = True,
) -> None:
    """A dot on its line, which is a stem or an interval.

    A range is a bar, a limit an open dot with an arrow away from it.
    """
    colour = style.DOT_COLOUR[dot.role]
    if dot.bound == RANGE:
        sketch.trace(
            x=[dot.range_low, dot.range_high], y=[y, y], mode="lines", cliponaxis=False,
            line={"color": colour, "width": 9},
            hovertemplate=style.hover([f"<b>{dot.name}</b>", dot.text]),
        )  # fmt: skip
        return
    if dot.bound:
        _arrow(sketch, dot, y, span, colour)
    if dot.bound != AT_MOST:
        sketch.trace(
            x=list(line), y=[y, y], mode="lines", hoverinfo="skip",
            line={
                "color": colour, "width": width, "dash": "dot" if dot.approximate else "solid",
            },
        )  # fmt: skip
    _mark(sketch, dot, y, size=12 if is_named else 6)


def _arrow(
    sketch: style.Sketch, dot: Dot, y: float, span: tuple[float, float], colour: str
) -> None:
    """From a limit to the side where the value lies: to the right of "mere end 30"."""
    end = _reach(dot, span)
    right = dot.bound == AT_LEAST
    sketch.trace(
        x=[dot.value, end], y=[y, y], mode="lines+markers", hoverinfo="skip", cliponaxis=False,
        line={"color": colour, "width": 2, "dash": "dot"},
        marker={
            "symbol": ["circle", "triangle-right" if right else "triangle-left"],
            "size": [0, 11], "color": colour,
        },
    )  # fmt: skip


def _reach(dot: Dot, span: tuple[float, float]) -> float:
    """The end of what is drawn of a row to the right (of an upper limit: to the left)."""
    if dot.bound == RANGE and dot.range_high is not None:
        return dot.range_high
    away = 0.07 * (span[1] - span[0])
    if dot.bound == AT_LEAST:
        return dot.value + away
    return max(dot.value - away, span[0]) if dot.bound == AT_MOST else dot.value


def _mark(sketch: style.Sketch, dot: Dot, y: float, size: int = 12) -> None:
    colour = style.DOT_COLOUR[dot.role]
    hollow = dot.approximate or bool(dot.bound)
    sketch.trace(
        x=[dot.value], y=[y], mode="markers", cliponaxis=False,
        marker={
            "size": size, "color": style.WHITE if hollow else colour,
            "line": {"color": colour, "width": 2.5 if hollow else 0},
        },
        hovertemplate=style.hover([f"<b>{dot.name}</b>", dot.text]),
    )  # fmt: skip


def _value_label(
    sketch: style.Sketch, dot: Dot, y: float, side: str, size: int, span: tuple[float, float]
) -> None:
    shift = 11 if side == "left" else -11
    # Beyond the interval, where there is one.
    end = dot.high if side == "left" else dot.low
    x = dot.value if end is None else end
    if dot.bound in (AT_LEAST, RANGE) and side == "left":
        x = _reach(dot, span)
    elif dot.bound and side == "right":
        x = dot.range_low if dot.range_low is not None else _reach(dot, span)
    sketch.label(dot.text, dot.role, size, x=x, y=y, xanchor=side, xshift=shift)
