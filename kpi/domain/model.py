"""Domain entities, as frozen values. Text fields hold what a person reads, in Danish."""

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal, NamedTuple

from kpi.domain.kinds import KIND_PROPERTIES, MONEY, KindProperties
from kpi.domain.period import Period
from kpi.domain.units import digits_of_scale
from kpi.domain.vocabulary import (
    BENCHMARK_JUDGED_BY,
    BOUNDS,
    LEVEL_RANKS,
    REMOVED_TEXT,
    BatchState,
    Benchmark,
    Bound,
    ClaimKind,
    Direction,
    FigureStatus,
    Frequency,
    JudgedBy,
    Kind,
    Level,
    MeasuredHow,
    PeriodKind,
)

# How a title says that its figures were copied, or computed, by others than their publisher.
_SECOND_HAND = re.compile(r"\((?:afskrift|beregnet)\)", re.IGNORECASE)


@dataclass(frozen=True)
class Theme:
    """A track of the action plan, or one of the two subjects beside it (`plan_track` None)."""

    theme_id: str
    name: str
    short_name: str
    plan_track: int | None
    sort_order: int
    description: str


class Break(NamedTuple):
    """The first day on which an indicator is counted in another way than before, and why."""

    day: date
    title: str


@dataclass(frozen=True)
class Indicator:
    """A key figure and all that its display needs: unit, decimals, direction, definition.

    `aliases` are names it had before: files that were made with them are still read. Figures of
    both sides of one of its `breaks` (oldest first) are not compared. From the day `retired`
    (empty: none) it is not offered; its figures and its address stay. A share or a mean is of those
    whom `denominator_id` counts (of a share: those who have it), and `numerator_id` counts those
    who have it, or what all of them have together.
    """

    indicator_id: str
    theme_id: str
    name: str
    short_name: str
    kind: Kind
    unit: str
    direction: Direction
    decimals: int
    headline: bool
    default_group: str
    definition: str
    source_note: str
    benchmark: Benchmark = ""
    aliases: tuple[str, ...] = ()
    breaks: tuple[Break, ...] = ()
    retired: str = ""
    numerator_id: str = ""
    denominator_id: str = ""

    @property
    def properties(self) -> KindProperties:
        """What holds for every indicator of this one's kind."""
        return KIND_PROPERTIES[self.kind]

    @property
    def judged_by(self) -> JudgedBy:
        """What its benchmark makes it judged by: an area, the mean of a set, or the median."""
        return BENCHMARK_JUDGED_BY[self.benchmark]

    @property
    def is_proportion(self) -> bool:
        """Whether values are percentages, so that differences are in percentage points."""
        return KIND_PROPERTIES[self.kind].is_proportion

    @property
    def is_total(self) -> bool:
        """Whether it grows with the area's size: areas are neither ranked nor judged by it."""
        return KIND_PROPERTIES[self.kind].is_total

    @property
    def is_rate(self) -> bool:
        """Whether areas of any size compare by it, and chance is asked for."""
        return KIND_PROPERTIES[self.kind].is_rate

    @property
    def is_quantity(self) -> bool:
        """Whether it is how many or how much, which moves and differs in parts of itself."""
        return KIND_PROPERTIES[self.kind].is_quantity

    @property
    def most_decimals(self) -> int | None:
        """How many decimals are kept of a source whose small numbers are hidden; None: all of them.

        One more than is shown: those that a spreadsheet computes disclose the denominator, also of
        hours or money for each. Of what is counted in thousands or millions those of one of it. All
        of a count.
        """
        if self.is_total:
            return None
        return max(self.decimals + 1, 2, digits_of_scale(self.unit))

    def counted_on(self, period: Period) -> date | None:
        """The day that a figure of the period counts, where the definition says 1 January.

        So many persons live in a municipality on that day: of the year that follows it says
        nothing. None of what is counted over the period, and of periods that begin on another day.
        """
        begins = period.start
        if (begins.month, begins.day) != (1, 1) or period.kind not in _KINDS_OF_NEW_YEAR:
            return None
        return begins if _counts_on_new_year(self.definition) else None

    @property
    def is_bare(self) -> bool:
        """Whether its unit names what is counted and is not written after each value.

        That of money always is.
        """
        return KIND_PROPERTIES[self.kind].is_bare and self.unit not in MONEY


_KINDS_OF_NEW_YEAR: tuple[PeriodKind, ...] = ("year", "half", "quarter", "month")
# Such a definition is of a stock; one that says `fra 1. januar til …` is of what happened.
_OF_NEW_YEAR = re.compile(
    r"(?<!fra )\b(?:den|pr\.?) 1\. januar\b(?! (?:til|og|(?:19|20)\d\d))|\bprimo (?:januar|året)\b",
    re.IGNORECASE,
)


@lru_cache(maxsize=4_000)
def _counts_on_new_year(definition: str) -> bool:
    """Whether a definition says that it counts on 1 January: asked for each figure of a page."""
    return _OF_NEW_YEAR.search(definition) is not None


@dataclass(frozen=True)
class Area:
    """A country, region, municipality, or a part of one; `aliases` are other names of it.

    `valid_from` and `valid_to` are the first and last day that it is or was an area (empty: not
    known, or still is); `succeeded_by` are the areas it became part of. Its figures stay its own.
    From the day `retired` it is not offered. `context_of` is the programme area (empty: none) that
    it is shown beside: other people and other figures, never those of the programme. `region_id` is
    a municipality's region, empty where it is not known.
    """

    area_id: str
    name: str
    level: Level
    parent_id: str | None
    code: str | None
    aliases: tuple[str, ...]
    valid_from: str = ""
    valid_to: str = ""
    succeeded_by: tuple[str, ...] = ()
    retired: str = ""
    context_of: str = ""
    region_id: str = ""

    @property
    def is_programme(self) -> bool:
        """Whether its figures are of a programme's participants, not of all who live there."""
        return self.level == "programme_area"

    @property
    def is_residential(self) -> bool:
        """Whether it is a part of a municipality where people live that are followed as a whole."""
        return self.level in ("programme_area", "housing_area", "parish")

    @property
    def is_local(self) -> bool:
        """Whether it lies within a municipality: a programme or housing area, parish or school."""
        return LEVEL_RANKS[self.level] > LEVEL_RANKS["municipality"]


@dataclass(frozen=True)
class AreaSet:
    """Areas that are compared with each other, such as 6-byerne."""

    set_id: str
    name: str
    area_ids: tuple[str, ...]


@dataclass(frozen=True)
class TilePlace:
    """An area's square on the schematic map: columns from the west, rows from the north."""

    area_id: str
    column: int
    row: int
    short: str


@dataclass(frozen=True)
class PopulationGroup:
    """Who is counted. `reference_group_id` is the group it is compared with, where there is one.

    `part_of` are the groups it is within, and the splits (kpi/suppression/groups.py): `all:origin`.
    `aliases` are names it had before: files that were made with them are still read. From the day
    `retired` (empty: none) it is not offered.
    """

    group_id: str
    name: str
    note: str
    reference_group_id: str | None
    aliases: tuple[str, ...] = ()
    retired: str = ""
    part_of: str = ""


@dataclass(frozen=True)
class Source:
    """A document or register. Counts below `min_cell` are hidden (0: already public).

    `frequency` is how often it has new figures, `next_release` when the next are expected (a date,
    or the source's words), `owner` who keeps it up in the municipality; empty where not known.
    """

    source_id: str
    title: str
    publisher: str
    published: str
    section: str
    min_cell: int
    frequency: Frequency = ""
    next_release: str = ""
    owner: str = ""

    @property
    def gives_way(self) -> bool:
        """Whether its figures are a copy of its publisher's, or computed from them by others.

        An equal figure that comes straight from the publisher takes the place of such a one.
        """
        return _SECOND_HAND.search(self.title) is not None

    def is_of_publisher(self, other: "Source") -> bool:
        """Whether the two have one publisher: of the departments of a municipality it is that."""
        own, its = (each.publisher.partition(",")[0].strip().casefold() for each in (self, other))
        return own == its != ""

    @property
    def shown_from(self) -> int:
        """From how many persons its numbers are shown; 0: all of them.

        Below two there is only one: who sees that a number is hidden would know it.
        """
        return max(self.min_cell, 3) if self.min_cell > 1 else 0


class Observation(NamedTuple):
    """One value of one key (indicator, area, group, period) as its source published it.

    A tuple: a page has tens of thousands, and a dataclass takes several times as long to make.
    `value` is None when the value is hidden or missing. `decimals` is how many the source wrote,
    None where its format does not say. `as_published` keeps the source's own words. Of a status in
    BOUNDS `low` and `high` are the limits the source gives, and `value` the only one of them (None
    for a range). `measured` is one of MEASURED: how the figure belongs to its period.
    """

    indicator_id: str
    area_id: str
    group_id: str
    period: Period
    value: float | None
    numerator: float | None
    denominator: float | None
    status: FigureStatus
    decimals: int | None
    as_published: str | None
    note: str | None
    source_id: str
    low: float | None = None
    high: float | None = None
    measured: MeasuredHow = "over"

    @property
    def is_approximate(self) -> bool:
        """Whether the source gave the value as "ca.", "knap" or the like."""
        return self.status == "approximate"

    @property
    def is_bound(self) -> bool:
        """Whether the source gave limits ("mere end 30", "2-3") and no exact value."""
        return self.status in BOUNDS

    @property
    def bound(self) -> Bound | Literal[""]:
        """Which limits the source gave; empty of an exact value."""
        match self.status:
            case "at_least" | "at_most" | "range":
                return self.status
        return ""


@dataclass(frozen=True)
class Batch:
    """One publication of figures: who, when, from which file, and whether it still counts.

    `withdrawn_*` describe its withdrawal; empty while it counts. `released` are the periods whose
    day of release its source stated, as (period, day), by day. `rows_reattributed` are the same
    figures as before under a better source, and none of the changed ones.
    """

    batch_id: int
    source_id: str
    origin: str
    published_at: str
    known_from: str
    published_by: str
    original_name: str
    original_sha256: str
    note: str
    rows_new: int
    rows_changed: int
    rows_removed: int
    state: BatchState
    withdrawn_on: str = ""
    withdrawn_by: str = ""
    withdrawn_why: str = ""
    released: tuple[tuple[str, str], ...] = ()
    rows_reattributed: int = 0


@dataclass(frozen=True)
class Entry:
    """What a person entered in one go beside data/: who, when (UTC), from which file or page.

    `rows` counts them by table. The next three describe its withdrawal; empty while it counts.
    `names` are those of the themes, indicators, areas, groups, sources and initiatives among them.
    """

    entry_id: int
    entered_at: str
    entered_by: str
    origin: str
    rows: tuple[tuple[str, int], ...]
    withdrawn_on: str = ""
    withdrawn_by: str = ""
    withdrawn_why: str = ""
    names: tuple[str, ...] = ()

    @property
    def is_removed(self) -> bool:
        """Whether it was removed for good (`purge`), and the withdrawal describes that."""
        return self.origin == REMOVED_TEXT


@dataclass(frozen=True)
class Claim:
    """A number that a paper derived from others, to be computed again.

    `kind` says how it was made, `inputs` of which indicators where it is a sum or a ratio.
    `explanation` is what a person wrote about it; empty texts where nothing was given. `entered_by`
    names who added it beside data/.
    """

    claim_id: str
    source_id: str
    indicator_id: str
    area_id: str
    group_id: str
    period: str
    from_period: str
    kind: ClaimKind
    reported_value: float | None
    unit: str
    inputs: str
    explanation: str
    entered_by: str = ""
