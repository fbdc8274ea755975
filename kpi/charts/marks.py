"""What charts draw: marks whose texts are formatted already, so that charts format no numbers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple, get_args

from kpi.domain.period import Period
from kpi.domain.vocabulary import SAME, VERDICT_NAMES, Bound

# Whose a mark is: of the area in focus, of what it is judged by, of another, a target's, or a limit
# in a law, which nobody here has set. Each is drawn in its own way (kpi/charts/style.py,
# kpi/export/native_style.py).
Role = Literal["focus", "benchmark", "peer", "target", "limit"]
ROLES: tuple[Role, ...] = get_args(Role)
FOCUS: Role = "focus"
BENCHMARK: Role = "benchmark"
PEER: Role = "peer"
TARGET: Role = "target"
LIMIT: Role = "limit"
# No figures: they are not looked back to, and what lies between their points is not missing.
NO_FIGURES = frozenset((TARGET, LIMIT))
# What a source gives instead of a value: "mere end 30", "højst 50", "2-3 måneder".
AT_LEAST: Bound = "at_least"
AT_MOST: Bound = "at_most"
RANGE: Bound = "range"


@dataclass(frozen=True)
class Scale:
    """The value axis: text after the top tick (` %` or empty), decimals, and natural bounds.

    `top` is the most a value can be (100 for percentages), None where there is no limit.
    `rough_decimals` are those of a difference between values of which one is approximate.
    """

    unit_mark: str
    decimals: int
    top: float | None = None
    rough_decimals: int = 0


@dataclass(frozen=True)
class Frame:
    """The size a figure is drawn for, in its own pixels (text is 14 high); no height: as it needs.

    A figure is higher than its frame when its rows need it.
    """

    width: float
    height: float | None = None


class LinePoint(NamedTuple):
    """One value of a line. A tuple: a page has thousands.

    `after_gap`: the value before it is hidden or missing, so that no line leads here. `bound` is
    filled where the source gives only a limit (in `value`) or a range (`range_low` to
    `range_high`; `value` is then only its place on the axis): such a point is on no line.
    `doubted`: it is implausible. `is_marked`: it has a mark of its own among the others, as a
    figure that is not published yet. `counts` are numerator and denominator, where they are known.
    """

    period: Period
    period_name: str
    value: float
    text: str
    approximate: bool = False
    after_gap: bool = False
    bound: Bound | Literal[""] = ""
    range_low: float | None = None
    range_high: float | None = None
    doubted: bool = False
    is_marked: bool = False
    counts: tuple[float, float] | None = None

    @property
    def is_hollow(self) -> bool:
        """Whether its marker is open: the value is approximate or implausible."""
        return self.approximate or self.doubted


@dataclass(frozen=True)
class Line:
    """One series, oldest point first. `role` is FOCUS, BENCHMARK or PEER.

    A line of the role TARGET goes straight from a figure to a target, one of LIMIT level along the
    figures that are counted as the law counts.
    """

    name: str
    role: Role
    points: tuple[LinePoint, ...]


class NoteMark(NamedTuple):
    """The letter of a remark at the point of a line; `is_over`: the other lines lie under it."""

    letter: str
    point: LinePoint
    is_over: bool


@dataclass(frozen=True)
class Dot:
    """One value on a row of its own; `gap_text` is its distance to the benchmark, signed.

    `named` peers keep their name where there is no room to name them all. `low` and `high` are the
    confidence interval, drawn as a whisker, None where it cannot be computed. `bound` is
    filled where the source gives a limit (in `value`) or a range (`range_low` to `range_high`,
    `value` is then only its place on the axis): drawn open or as a bar, never as a dot alone.
    `period_name` and `counts` (numerator, denominator) are filled where they are known.
    """

    name: str
    role: Role
    value: float
    text: str
    approximate: bool = False
    gap_text: str = ""
    named: bool = False
    low: float | None = None
    high: float | None = None
    bound: Bound | Literal[""] = ""
    range_low: float | None = None
    range_high: float | None = None
    period_name: str = ""
    counts: tuple[float, float] | None = None

    @property
    def ends(self) -> tuple[float, ...]:
        """Every value that the axis must reach: the value, its interval, and its range."""
        wanted = (self.value, self.low, self.high, self.range_low, self.range_high)
        return tuple(end for end in wanted if end is not None)


# How an area's outcome lies beside that of the area next to it; "level": no sure difference.
Lies = Literal["over", "under", "level", ""]
LIES_NAMES: Mapping[Lies, str] = {
    "over": "▲ højere", "under": "▼ lavere", "level": f"= {VERDICT_NAMES[SAME]}", "": "",
}  # fmt: skip


@dataclass(frozen=True)
class OutcomeRow:
    """One outcome in several areas, the focus first; `section` heads the rows of one population.

    `lies`: how the first area lies beside the second, empty where that is not known.
    """

    section: str
    name: str
    dots: tuple[Dot, ...]
    lies: Lies = ""


@dataclass(frozen=True)
class FunnelDot:
    """A share (percent) of an area with `size` persons.

    `named` ones carry their name where there is room, `is_chosen` ones also over other dots. One
    that `is_doubted` is hollow: it cannot be believed.
    """

    name: str
    role: Role
    size: float
    value: float
    text: str
    named: bool
    is_chosen: bool = False
    is_doubted: bool = False

    @property
    def is_filled(self) -> bool:
        """Whether the marker is filled: of those that are named and believed."""
        return self.named and not self.is_doubted


@dataclass(frozen=True)
class FunnelLimit:
    """Control limits: the percentages within which areas of each size vary by chance alone."""

    name: str
    is_outer: bool
    sizes: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]


@dataclass(frozen=True)
class EventMark:
    """Something that happened on a day, or within a month or a season: its first and last day.

    `area` names where, empty where it is of no area. `is_break`: from that day the series is
    counted in another way, so that nothing is compared across it.
    """

    first: date
    last: date
    name: str
    when: str
    area: str = ""
    is_break: bool = False


@dataclass(frozen=True)
class LineMarks:
    """A development: lines over time, the numbered events beside them, and letters at points."""

    lines: tuple[Line, ...]
    scale: Scale
    events: tuple[EventMark, ...] = ()
    notes: tuple[NoteMark, ...] = ()


@dataclass(frozen=True)
class DotMarks:
    """Values of one period, a row each."""

    dots: tuple[Dot, ...]
    scale: Scale


@dataclass(frozen=True)
class RankMarks:
    """Areas in order of their value, with the benchmark where there is one."""

    dots: tuple[Dot, ...]
    scale: Scale


@dataclass(frozen=True)
class OutcomeMarks:
    """A programme's outcomes in its areas."""

    rows: tuple[OutcomeRow, ...]
    scale: Scale


@dataclass(frozen=True)
class FunnelMarks:
    """Shares by size with control limits; `centre` is the common share in percent."""

    dots: tuple[FunnelDot, ...]
    limits: tuple[FunnelLimit, ...]
    centre: float
    scale: Scale


# What the classes of a map say: higher is better, lower is better, or neither.
Palette = Literal["rising", "falling", "plain"]


@dataclass(frozen=True)
class Tile:
    """A square of the schematic map: an area with its number.

    `step` is the class, 0 to 4 from the lowest, None where there is no figure; `is_hidden` parts a
    hidden figure from one that is not reported. `is_hollow`: approximate or implausible.
    """

    column: int
    row: int
    short: str
    name: str
    text: str
    role: Role
    step: int | None
    hover: str = ""
    is_hidden: bool = False
    is_hollow: bool = False


@dataclass(frozen=True)
class TileMarks:
    """Municipalities as squares; `legend` are the classes, lowest first: limits, and how many.

    `own` is said of the chosen area beside the map: its value, and its place and difference.
    """

    tiles: tuple[Tile, ...]
    legend: tuple[tuple[str, str], ...]
    palette: Palette
    own: tuple[str, str] | None = None


# What the lines of a small chart are: the panel's own area, the chosen one, the others' median.
PanelLine = Literal["area", "own", "median", "break"]


@dataclass(frozen=True)
class Panel:
    """A small chart: an area's or a group's development, with its newest value as text.

    `line` has no points where none of its values may be drawn. `median` is that of the others,
    None where there is none. `hidden` are the periods whose value is hidden, by name. `is_own`: of
    the chosen area itself. `gap` is the difference to the chosen area, empty where none is known.
    """

    name: str
    line: Line
    median: Line | None
    value: str
    alt: str
    gap: str = ""
    hidden: tuple[tuple[Period, str], ...] = ()
    is_own: bool = False


@dataclass(frozen=True)
class PanelMarks:
    """Small charts with one scale; `own` is the chosen area's line, which all of them have.

    `legend` says in words what each line is. `breaks` are those of the series.
    """

    panels: tuple[Panel, ...]
    own: Line | None
    scale: Scale
    legend: tuple[tuple[PanelLine, str], ...]
    breaks: tuple[EventMark, ...] = ()


@dataclass(frozen=True)
class NumberMarks:
    """A single number, which is no chart: itself, and in small letters what it is and when."""

    text: str
    about: str


Marks = (
    LineMarks
    | DotMarks
    | RankMarks
    | OutcomeMarks
    | FunnelMarks
    | TileMarks
    | PanelMarks
    | NumberMarks
)
