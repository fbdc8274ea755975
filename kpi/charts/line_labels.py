"""What is written in a chart of lines: which lines are named, their ends, distances, events.

No label lies over another: what has no room is left to the hover text and the table.
"""

from collections.abc import Sequence

from kpi.charts import style
from kpi.charts.boxes import Box
from kpi.charts.clear_places import clear_box
from kpi.charts.marks import (
    BENCHMARK,
    FOCUS,
    LIMIT,
    NO_FIGURES,
    PEER,
    TARGET,
    EventMark,
    Line,
    LinePoint,
    NoteMark,
    Scale,
)
from kpi.charts.time_axis import x_of
from kpi.domain import format as fmt

LABEL_GAP = 18
# More names than these are read by nobody, however high the chart.
MOST_NAMED = 12
# Letters of a value that is written behind its line's name: `ca. 53,1`.
_MOST_BESIDE = 9
# The width of a digit of an event's number.
_DIGIT = 8
# Of a line over a break: what fits beside it on a phone, and in a wide frame.
_BREAK_CHARACTERS = {False: 26, True: 44}


def lines_to_name(lines: Sequence[Line], most: int) -> list[Line]:
    """The lines that get a name: the chosen area, targets, the benchmark, the extremes, then peers.

    Peers in their given order, as a person chose them. In the order of `lines`; at most `most`, but
    always the chosen area.
    """
    drawn = [line for line in lines if line.points]
    if len(drawn) <= most:
        return drawn
    areas = [place for place, line in enumerate(drawn) if line.role in (FOCUS, PEER)]
    areas.sort(key=lambda place: drawn[place].points[-1].value)
    extremes = [*areas[-1:], *areas[:1]]
    by_role = [
        place for role in (FOCUS, TARGET, LIMIT, BENCHMARK) for place, line in enumerate(drawn)
        if line.role == role
    ]  # fmt: skip
    order = dict.fromkeys([*by_role, *extremes, *range(len(drawn))])
    chosen = set(list(order)[: max(most, 1)])
    return [line for place, line in enumerate(drawn) if place in chosen]


def lines_that_fit(lines: Sequence[Line], heights: Sequence[float], room: float) -> list[Line]:
    """As many of the lines to name as have room above each other; `heights` are their labels'."""
    by_line = {id(line): height for line, height in zip(lines, heights, strict=True)}
    for most in range(min(len(lines), MOST_NAMED), 1, -1):
        named = lines_to_name(lines, most)
        if sum(by_line[id(line)] for line in named) <= room:
            return named
    return lines_to_name(lines, 1)


def newest_period(lines: Sequence[Line]) -> LinePoint:
    """The latest point of all figures; targets lie ahead and do not count."""
    figures = [line.points[-1] for line in lines if line.role not in NO_FIGURES and line.points]
    ends = figures or [line.points[-1] for line in lines]
    return max(ends, key=lambda point: point.period.order)


def end_name(line: Line, newest: LinePoint) -> tuple[str, str]:
    """A line's name and last value; with the value's period where others have a newer one."""
    last = line.points[-1]
    late = line.role not in NO_FIGURES and last.period.order < newest.period.order
    return line.name, f"{last.text} ({last.period_name})" if late else last.text


def end_text(line: Line, newest: LinePoint, most_pixels: float) -> str:
    """A line's name with its last value, in two or three lines where one would be too wide."""
    name, value = end_name(line, newest)
    if 7 * len(f"{name} {value}") <= most_pixels:
        return f"{name}{fmt.NO_BREAK_SPACE}{value}"
    # A value with its counts is too long to be written behind half a name.
    if len(value) > _MOST_BESIDE:
        # Nor in front of its period, which would leave the lines no room.
        broken = value if 7 * len(value) <= most_pixels else value.replace(" (", "<br>(")
        return f"{style.in_two_lines(name, most_pixels)}<br>{broken}"
    room = max(most_pixels - 7 * (len(value) + 1), most_pixels / 2)
    return f"{style.in_two_lines(name, room)}{fmt.NO_BREAK_SPACE}{value}"


def start_text(point: LinePoint) -> str:
    """A first value as it is written left of its point: counts and percent under each other."""
    return point.text if len(point.text) <= _MOST_BESIDE else point.text.replace(" · ", "<br>")


def end_labels(
    sketch: style.Sketch,
    lines: Sequence[Line],
    texts: Sequence[str],
    span: tuple[float, float],
    edge: float,
    size: int = 14,
) -> None:
    """A text at the right end of each line, pushed apart where they would lie over each other.

    All are at `edge`, the newest day: a thin rule leads there from a line that ends earlier.
    """
    pixels = sketch.plot_height / (span[1] - span[0])
    wishes = [(line.points[-1].value - span[0]) * pixels for line in lines]
    for line, text, wish, place in zip(
        lines, texts, wishes, _places(sketch, wishes, texts, size), strict=True
    ):
        last, x = line.points[-1], x_of(line.points[-1]).toordinal()
        if x < edge:
            sketch.trace(
                x=[x, edge], y=[last.value] * 2, mode="lines", hoverinfo="skip",
                line={"color": style.GREY_LINE, "width": 1, "dash": "dot"},
            )  # fmt: skip
        sketch.label(
            text,
            line.role,
            size,
            x=edge,
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


def start_labels(
    sketch: style.Sketch, lines: Sequence[Line], span: tuple[float, float], first_day: float
) -> None:
    """The first values, left of the plot and pushed apart, of lines that begin on the first day."""
    begun = [
        line
        for line in lines
        if len(line.points) > 1 and x_of(line.points[0]).toordinal() == first_day
    ]
    texts = [start_text(line.points[0]) for line in begun]
    pixels = sketch.plot_height / (span[1] - span[0])
    wishes = [(line.points[0].value - span[0]) * pixels for line in begun]
    for line, text, wish, place in zip(
        begun, texts, wishes, _places(sketch, wishes, texts, 14), strict=True
    ):
        sketch.label(
            text, line.role, x=first_day, y=line.points[0].value, xanchor="right", xshift=-9,
            yshift=place - wish, align="right",
        )  # fmt: skip


def _places(
    sketch: style.Sketch, wishes: Sequence[float], texts: Sequence[str], size: int
) -> list[float]:
    """The heights of the texts' middles: apart, and so that each lies within the plot."""
    heights = [label_height(text, size) for text in texts]
    return style.stacked(wishes, heights, 0, sketch.plot_height)


def label_height(text: str, size: int = 14) -> float:
    """The pixels that a text takes up and down."""
    return (LABEL_GAP if size > 12 else 15) * (text.count("<br>") + 1)


def labelled_gaps(lines: Sequence[Line]) -> list[tuple[LinePoint, LinePoint]]:
    """Points of the chosen area and the benchmark at the first, widest and last common period.

    Implausible values, limits and ranges have no distance.
    """
    focus = next((line for line in lines if line.role == FOCUS), None)
    benchmark = next((line for line in lines if line.role == BENCHMARK), None)
    if focus is None or benchmark is None:
        return []
    theirs = {point.period: point for point in benchmark.points if _has_distance(point)}
    pairs = [
        (own, theirs[own.period])
        for own in focus.points
        if own.period in theirs and _has_distance(own)
    ]
    if len(pairs) < 2:
        return []
    widest = max(pairs, key=lambda pair: abs(pair[0].value - pair[1].value))
    return list(dict.fromkeys([pairs[0], widest, pairs[-1]]))


def gap_text(own: LinePoint, other: LinePoint, scale: Scale) -> str:
    """The distance between two points as the chart writes it: `−7,2`, of rough values `ca. −7`."""
    approximate = own.approximate or other.approximate
    decimals = scale.rough_decimals if approximate else scale.decimals
    text = fmt.number(round(own.value - other.value, 10), decimals, sign=True)
    return f"ca.{fmt.NO_BREAK_SPACE}{text}" if approximate else text


def _has_distance(point: LinePoint) -> bool:
    return not point.bound and not point.doubted


def gap_labels(
    sketch: style.Sketch,
    lines: Sequence[Line],
    scale: Scale,
    pixels: float,
    taken: Sequence[Box],
) -> None:
    """The distances in blue, beside the lines that they are between where there is room.

    A number that would lie over another label, or over both lines, is left out.
    """
    gaps = labelled_gaps(lines)
    (start, end), (low, high) = sketch.xaxis["range"], sketch.yaxis["range"]

    def across(point: LinePoint) -> float:
        return float((x_of(point).toordinal() - start) / (end - start) * pixels)

    def up_to(value: float) -> float:
        return float((value - low) / (high - low) * sketch.plot_height)

    strokes = [
        [(across(point), up_to(point.value)) for point in line.points]
        for line in lines
        if line.role in (FOCUS, BENCHMARK)
    ]
    placed = list(taken)
    # The last is named before the first, and these before one between them.
    for own, other in [*gaps[-1:], *gaps[:-1]]:
        x, middle = x_of(own).toordinal(), (own.value + other.value) / 2
        sketch.trace(
            x=[x] * 2,
            y=[own.value, other.value],
            mode="lines",
            line={"color": style.BLUE, "width": 1.5, "dash": "dot"},
            hoverinfo="skip",
        )
        text = gap_text(own, other, scale)
        width = 8 * len(text) + 6
        place = across(own)
        leftward = x_of(own) == x_of(gaps[-1][0]) or place + width > pixels
        at = up_to(middle)
        up = min(max(at, LABEL_GAP / 2), sketch.plot_height - LABEL_GAP / 2)
        left = place - (width if leftward else 0)
        beside = Box(left, left + width, up - LABEL_GAP / 2, up + LABEL_GAP / 2)
        ends = (up_to(own.value), up_to(other.value))
        box = clear_box(beside, ends, strokes, sketch.plot_height)
        if box is None or any(box.overlaps(label) for label in placed):
            continue
        placed.append(box)
        sketch.label(
            text,
            FOCUS,
            x=x,
            y=middle,
            bgcolor=style.VEIL,
            xanchor="right" if leftward else "left",
            xshift=-5 if leftward else 5,
            yshift=(box.bottom + box.top) / 2 - at,
        )


def event_labels(sketch: style.Sketch, events: Sequence[EventMark], pixels: float) -> list[Box]:
    """The events, numbered from 1; a number that would lie over another is above it.

    Returns the boxes of the numbers.
    """
    start, end = sketch.xaxis["range"]
    ends: list[float] = []  # of the last number on each level, in pixels
    boxes = []
    for number, event in enumerate(events, start=1):
        middle = _draw_event(sketch, event)
        place = (middle - start) / (end - start) * pixels
        width = _DIGIT * len(str(number))
        level = next((n for n, last in enumerate(ends) if place - last >= width), len(ends))
        ends[level : level + 1] = [place + width]
        boxes.append(Box(place - width, place + width, 16 * level, 16 * level + 16))
        # On the dots of a break's line its number could not be read: it stands beside them.
        beside = {"xanchor": "left", "xshift": 2} if event.is_break else {}
        sketch.label(
            str(number), PEER, 12, x=middle, yref="paper", y=0, yanchor="bottom",
            yshift=16 * level, hovertext=f"{event.when}: {event.name}", **beside,
        )  # fmt: skip
    return boxes


# Pixels from a point to the letter of its remark.
_NOTE_AWAY = 17


def note_labels(sketch: style.Sketch, notes: Sequence[NoteMark]) -> None:
    """A letter in a frame at each remark's point, over it or under it."""
    for note in notes:
        sketch.label(
            note.letter, PEER, 11, x=x_of(note.point).toordinal(), y=note.point.value,
            yshift=_NOTE_AWAY if note.is_over else -_NOTE_AWAY, bgcolor=style.WHITE,
            bordercolor=style.AXIS, borderwidth=1, borderpad=2,
        )  # fmt: skip


def break_lines(events: Sequence[EventMark], is_wide: bool) -> list[str]:
    """The text over the newest break: its day and name, and that nothing is compared across."""
    newest = next((event for event in reversed(events) if event.is_break), None)
    if newest is None:
        return []
    name = newest.name.removeprefix("brud i serien, ")
    words = f"{newest.when}: {name}".split(" ")
    lines = [""]
    for word in words:
        if lines[-1] and len(lines[-1]) + len(word) >= _BREAK_CHARACTERS[is_wide]:
            lines.append("")
        lines[-1] += (" " if lines[-1] else "") + word
    across = " hen over stregen" if is_wide else ""
    return [*lines, f"kan ikke sammenlignes{across}"]


def break_label(
    sketch: style.Sketch, events: Sequence[EventMark], is_wide: bool, plot: float
) -> None:
    """Writes `break_lines` over the line that they are of, on the side with more room.

    `plot` is how wide the plot is in pixels; there is room in its margins as well.
    """
    lines = break_lines(events, is_wide)
    if not lines:
        return
    newest = next(event for event in reversed(events) if event.is_break)
    start, end = sketch.xaxis["range"]
    # One within the first period lies before its point: it is drawn where the axis begins.
    x = max(newest.first.toordinal(), start)
    margin, before = sketch.layout["margin"], (x - start) / (end - start) * plot
    side = "right" if margin["l"] + before > margin["r"] + plot - before else "left"
    sketch.label(
        "<br>".join(lines), PEER, 12, x=x, yref="paper", y=1, xanchor=side, yanchor="bottom",
        align=side, yshift=2,
    )  # fmt: skip


def _draw_event(sketch: style.Sketch, event: EventMark) -> float:
    """Draws an event; returns its middle on the time axis."""
    first, last = event.first.toordinal(), event.last.toordinal()
    if event.is_break:
        sketch.rule(x=max(first, sketch.xaxis["range"][0]), color=style.INK, width=1.5, dash="dot")
    elif first == last:
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
