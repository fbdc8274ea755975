"""What charts draw: marks whose texts are formatted already, so that charts format no numbers."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from kpi.period import Period

FOCUS, BENCHMARK, PEER, TARGET = "focus", "benchmark", "peer", "target"


@dataclass(frozen=True)
class Scale:
    """The value axis: text after the top tick (` %` or empty), decimals, and natural bounds.

    `top` is the most a value can be (100 for percentages), None where there is no limit.
    """

    unit_mark: str
    decimals: int
    top: float | None = None


@dataclass(frozen=True)
class Frame:
    """The room a figure is drawn for, in its own pixels (text is 14 high); no height: its natural.

    A figure is higher than its frame when its rows need it.
    """

    width: float
    height: float | None = None


class LinePoint(NamedTuple):
    """One value of a line; `approximate` draws it hollow. A tuple: a page has thousands."""

    period: Period
    period_name: str
    value: float
    text: str
    approximate: bool = False


@dataclass(frozen=True)
class Line:
    """One series, oldest point first. `role` is FOCUS, BENCHMARK or PEER.

    A line of the role TARGET is the straight way from a figure to a target.
    """

    name: str
    role: str
    points: tuple[LinePoint, ...]


@dataclass(frozen=True)
class Dot:
    """One value on a row of its own; `gap_text` is its distance to the benchmark, signed.

    `named` peers keep their name where there is no room to name them all. `low` and `high` are the
    interval that is drawn as a whisker, None where chance cannot be judged.
    """

    name: str
    role: str
    value: float
    text: str
    approximate: bool = False
    gap_text: str = ""
    named: bool = False
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class OutcomeRow:
    """One outcome in several areas, the focus first; `section` heads the rows of one population."""

    section: str
    name: str
    dots: tuple[Dot, ...]


@dataclass(frozen=True)
class FunnelDot:
    """A share (percent) of an area with `size` persons; `named` ones carry their name."""

    name: str
    role: str
    size: float
    value: float
    text: str
    named: bool


@dataclass(frozen=True)
class FunnelLimit:
    """Between which percentages chance alone places areas of each size."""

    name: str
    is_outer: bool
    sizes: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]


@dataclass(frozen=True)
class EventMark:
    """Something that happened on a day, or within a month or a season: its first and last day."""

    first: date
    last: date
    name: str
    when: str


@dataclass(frozen=True)
class LineMarks:
    """A development: lines over time, and the numbered events beside them."""

    lines: tuple[Line, ...]
    scale: Scale
    events: tuple[EventMark, ...] = ()


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
    """Shares by size beside what chance allows; `centre` is the common share in percent."""

    dots: tuple[FunnelDot, ...]
    limits: tuple[FunnelLimit, ...]
    centre: float
    scale: Scale


Marks = LineMarks | DotMarks | RankMarks | OutcomeMarks | FunnelMarks
