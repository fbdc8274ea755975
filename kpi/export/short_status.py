"""The short status: the plan's tracks on a page, a programme's areas on another, as plain texts."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from kpi.charts.marks import Dot, OutcomeMarks, OutcomeRow
from kpi.domain import format as fmt
from kpi.domain.catalog import Catalog
from kpi.domain.measure import share
from kpi.domain.model import Area, Observation
from kpi.domain.plan import NO_STATUS, SUMMARY_NOTE
from kpi.domain.vocabulary import STATE_NAMES
from kpi.domain.wording import capital, for_whom, in_text, listing, sentences
from kpi.exhibits.comments import is_comment
from kpi.export.actions import Action
from kpi.export.claim_lines import ClaimLine
from kpi.export.corrected import corrected_text
from kpi.export.outcome_verdicts import outcome_rows, outcome_verdicts
from kpi.export.paper import Item, Paper, Programme
from kpi.export.plan_words import states_text
from kpi.export.sources import sources_line
from kpi.plan.counts import scope_text

TITLE = "Kort status"
NOT_REPORTED_ON = "Ikke omtalt"
# So many points of a track are written out; what more there is, is named in one of them.
_MOST_POINTS = 5
_IN_DIGITS = 100
# A count below this is drawn as squares.
_MOST_SQUARES = 10


@dataclass(frozen=True)
class Point:
    """A point of a track: the state in a word, what it is about, and one sentence."""

    state: str
    name: str
    said: str


@dataclass(frozen=True)
class SmallRow:
    """A line of a small figure: whose number it is (empty: everyone's), it, and squares to draw."""

    label: str
    number: str
    squares: int


@dataclass(frozen=True)
class SmallFigure:
    """A track's figure beside its points; `remarks` are all that a reader must know of it."""

    title: str
    measure: str
    rows: tuple[SmallRow, ...]
    remarks: tuple[str, ...]
    source: str


@dataclass(frozen=True)
class Track:
    """A track: its number and name, its actions counted by state, its points and its figure."""

    name: str
    counts: str
    points: tuple[Point, ...]
    figure: SmallFigure | None


@dataclass(frozen=True)
class AreaColumn:
    """A programme area: its state, who the programme is for there, and its newest status."""

    name: str
    state: str
    facts: tuple[tuple[str, str], ...]
    said: str


@dataclass(frozen=True)
class Share:
    """An area's outcome: `31 %`, `21 af 68`, and its value and interval in percent."""

    percent: str
    counts: str
    value: float
    low: float
    high: float


@dataclass(frozen=True)
class OutcomeLine:
    """An outcome in each area, None where it has no figure.

    `verdict` is of the first area beside the second, empty where it is not known.
    """

    name: str
    group: str
    verdict: str
    cells: tuple[Share | None, ...]


@dataclass(frozen=True)
class ProgrammePage:
    """A programme: columns of areas, outcomes, one development, deviations, caveats, sources."""

    title: str
    columns: tuple[AreaColumn, ...]
    finding: str
    outcomes: tuple[OutcomeLine, ...]
    development: Item | None
    claims: tuple[ClaimLine, ...]
    caveats: tuple[str, ...]
    sources: str


@dataclass(frozen=True)
class ShortStatus:
    """What the short status says. `tracks` are empty without a plan, `programme` None without.

    `corrected` are the figures that the meeting before saw with another value, `comments` the
    administration's.
    """

    title: str
    lead: str
    corrected: str
    note: str
    tracks: tuple[Track, ...]
    programme: ProgrammePage | None
    comments: tuple[str, ...]

    @property
    def remarks(self) -> tuple[str, ...]:
        """What must be known of the tracks' figures, each with the figure it is of."""
        figures = [track.figure for track in self.tracks if track.figure]
        return (
            *(
                f"{figure.title}: {sentences(*figure.remarks)}"
                for figure in figures
                if figure.remarks
            ),
            sources_line(figure.source for figure in figures),
        )


def short_status(paper: Paper, catalog: Catalog) -> ShortStatus:
    """The paper in brief."""
    tracks = [action for action in paper.actions if action.track is not None]
    return ShortStatus(
        f"{TITLE}: Integrationshandleplanen" if tracks else f"{TITLE}: {paper.area_name}",
        _lead(paper, tracks),
        corrected_text(paper),
        SUMMARY_NOTE,
        tuple(
            _track(f"{number}. {theme}", list(actions), paper, catalog)
            for (number, theme), actions in groupby(tracks, lambda a: (a.track, a.theme))
        ),
        _programme(paper, paper.programme, catalog) if paper.programme else None,
        tuple(
            f"{line.subject}: {line.text.rstrip('.')} ({line.given})." for line in paper.comments
        ),
    )


def _lead(paper: Paper, tracks: Sequence[Action]) -> str:
    if not tracks:
        return ""
    silent = [action for action in tracks if not action.is_current]
    dates = sorted(action.status_date for action in tracks if action.is_current)
    newest = f"Seneste status er fra {fmt.partial_date(dates[-1])}" if dates else ""
    count = fmt.counted(len(silent), "indsats er", "indsatser er")
    left = f"{count} ikke omtalt i den og står med tidligere status" if silent else ""
    scope = _in_tracks(scope_text(paper.scope, _IN_DIGITS))
    return sentences(f"Handleplanen har {scope}: {states_text(tracks)}", newest, left)


def _in_tracks(scope: str) -> str:
    """`24 indsatser i 4 spor`: those beside the tracks have a page of their own."""
    return scope.partition(" og ")[0]


def _track(name: str, actions: Sequence[Action], paper: Paper, catalog: Catalog) -> Track:
    current = [action for action in actions if action.is_current]
    silent = [action for action in actions if not action.is_current]
    room = _MOST_POINTS - bool(silent)
    shown, more = current[:room], current[room:]
    if len(more) == 1:
        shown, more = current, []
    points = [Point(action.state, action.title, action.summary) for action in shown]
    if more:
        points.append(Point("", "Desuden", listing([_with_state(action) for action in more])))
    if silent:
        points.append(Point(NOT_REPORTED_ON, "", listing([_with_state(a) for a in silent])))
    return Track(
        name,
        _states(actions),
        tuple(points),
        _figure(actions[0].theme, paper, catalog),
    )


def _with_state(action: Action) -> str:
    return f"{action.title} ({in_text(action.state)})"


def _states(actions: Sequence[Action]) -> str:
    """`3 i gang · 1 planlagt, heraf 2 ikke omtalt`: the states are those that the lead counts."""
    counts = [
        (sum(action.state == state for action in actions), in_text(state))
        for state in (*STATE_NAMES.values(), NO_STATUS)
    ]
    silent = sum(not action.is_current for action in actions)
    left = f", heraf {silent} {in_text(NOT_REPORTED_ON)}" if silent else ""
    return " · ".join(f"{count} {words}" for count, words in counts if count) + left


def _figure(theme: str, paper: Paper, catalog: Catalog) -> SmallFigure | None:
    """The theme's first headline figure, else its first."""
    items = [item for item in paper.items if item.theme.short_name == theme]
    items.sort(key=lambda item: not item.indicator.headline)
    if not items:
        return None
    item = items[0]
    newest = max((row.period for row in item.exhibit.observations), key=lambda each: each.order)
    rows = [row for row in item.exhibit.observations if row.period == newest]
    own = [row for row in rows if row.area_id == rows[0].area_id]
    parts = [row for row in own if row.group_id != "all"] or own
    return SmallFigure(
        capital(item.indicator.short_name),
        item.exhibit.measure_alone or item.exhibit.subtitle,
        tuple(
            SmallRow(
                ""
                if row.group_id == "all"
                else for_whom(item.indicator, catalog.groups[row.group_id].name),
                fmt.display(row, item.indicator),
                _squares(row) if item.indicator.is_total else 0,
            )
            for row in parts
        ),
        (
            *(remark for remark in item.remarks if not is_comment(remark)),
            *(line.text for line in item.claims),
        ),
        item.exhibit.source,
    )


def _squares(row: Observation) -> int:
    """How many squares a count is drawn as: none where it is hidden, rough, or no small number."""
    is_exact = row.value is not None and row.status in ("final", "preliminary")
    return int(row.value or 0) if is_exact and 0 < (row.value or 0) < _MOST_SQUARES else 0


def _programme(paper: Paper, programme: Programme, catalog: Catalog) -> ProgrammePage:
    items = programme.items
    outcomes = programme.outcomes
    theme = (outcomes or items[0]).theme
    development = next((item for item in items if item.exhibit.key.startswith("udvikling-")), None)
    shown = [item for item in (outcomes, development) if item]
    remarks = dict.fromkeys(
        remark for item in shown for remark in item.exhibit.remarks
        if not remark.startswith(fmt.MISSING) and not is_comment(remark)
    )  # fmt: skip
    finding, *caveats = remarks or [""]
    return ProgrammePage(
        f"{TITLE}: {theme.name}",
        tuple(_column(area, items, paper) for area in programme.areas),
        finding,
        _outcomes(outcomes, programme.areas, catalog) if outcomes else (),
        development,
        tuple(dict.fromkeys(line for item in items for line in item.claims)),
        tuple(caveats),
        sources_line(item.exhibit.source for item in items),
    )


def _column(area: Area, items: Sequence[Item], paper: Paper) -> AreaColumn:
    facts = tuple(
        (item.indicator.short_name, fmt.display(row, item.indicator))
        for item in items
        for row in item.exhibit.observations
        if row.area_id == area.area_id
        and item.indicator.is_total
        and item.indicator.direction == "neutral"
        and share(row, item.indicator) is None
    )
    own = [action for action in paper.actions if action.title.endswith(f" i {area.name}")]
    return AreaColumn(
        area.name,
        own[0].state if own else "",
        facts,
        own[0].summary if own else "",
    )


def _outcomes(item: Item, areas: Sequence[Area], catalog: Catalog) -> tuple[OutcomeLine, ...]:
    marks = item.exhibit.marks
    if not isinstance(marks, OutcomeMarks):
        return ()
    verdicts = outcome_verdicts(item.exhibit)
    return tuple(
        _outcome(line, item.theme.name, rows, areas, catalog, verdict)
        for line, rows, verdict in zip(
            marks.rows, outcome_rows(item.exhibit), verdicts, strict=True
        )
    )


def _outcome(
    line: OutcomeRow,
    theme_name: str,
    rows: Sequence[Observation],
    areas: Sequence[Area],
    catalog: Catalog,
    verdict: str,
) -> OutcomeLine:
    dots = {dot.name: dot for dot in line.dots}
    return OutcomeLine(
        catalog.indicators[rows[0].indicator_id].short_name,
        line.section.removesuffix(f" i {theme_name}"),
        verdict,
        tuple(_share(dots.get(area.name)) for area in areas),
    )


def _share(dot: Dot | None) -> Share | None:
    if dot is None:
        return None
    counts, _, percent = dot.text.partition("  ")
    low = dot.value if dot.low is None else dot.low
    high = dot.value if dot.high is None else dot.high
    return Share(percent, counts, dot.value, low, high)
