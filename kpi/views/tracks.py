"""The action plan's tracks on the front page: each initiative's state, counts and newest figure."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import assert_never

from kpi.domain import format as fmt
from kpi.domain.catalog import Catalog
from kpi.domain.model import Observation, Theme
from kpi.domain.period_words import row_period_name
from kpi.domain.plan import NO_STATUS, Initiative, Plan
from kpi.domain.selection import Selection
from kpi.domain.vocabulary import STATE_NAMES, STATE_PREDICATES, InitiativeState
from kpi.domain.wording import Badge, capital, caution_badges, counts_in_words, in_text
from kpi.plan.counts import report_text
from kpi.views.plan import PlanRow, plan_row, silence_of, track_name

# Squares and counts in this order: what is done first.
_ORDER: tuple[InitiativeState, ...] = (
    "completed", "in_operation", "in_progress", "blocked", "planned",
)  # fmt: skip
_ON_THE_WAY = ("completed", "in_operation", "in_progress")
# Said of the figure itself; that it is rough its own words say.
_SAID_OF_FIGURES = ("doubted", "disputed", "rounded")


@dataclass(frozen=True)
class TrackRow:
    """A track or programme: the states of its initiatives (None: no status yet) and newest figure.

    `counts` says the states in words, `silent` how many lack news. Of a theme without initiatives
    only the figure is told; `figure` is empty where there is none.
    """

    name: str
    states: tuple[InitiativeState | None, ...]
    counts: str
    silent: str
    figure: str
    dated: str
    badges: tuple[Badge, ...]
    selection: Selection


@dataclass(frozen=True)
class Tracks:
    """The plan in a line a track: how many initiatives are on their way, and the rows."""

    title: str
    subtitle: str
    rows: tuple[TrackRow, ...]


def tracks(
    plan: Plan,
    catalog: Catalog,
    day: date,
    figures: Mapping[str, Observation],
    shown_already: Sequence[Observation],
) -> Tracks | None:
    """The tracks in the themes' order, then the other themes; None where there is neither.

    `figures` are the themes' headline figures by theme id. A theme without initiatives has a row
    only for a figure that is not among those `shown_already`.
    """
    meetings = [meeting.day for meeting in catalog.meetings.values()]
    rows, counted, everything = [], [], []
    for theme in sorted(catalog.themes.values(), key=lambda theme: not theme.plan_track):
        initiatives = plan.of_theme(theme.theme_id)
        silence = silence_of(initiatives, meetings, day)
        states = [plan_row(each, None, day, silence, ()) for each in initiatives]
        figure = figures.get(theme.theme_id)
        if not initiatives and (figure is None or figure in shown_already):
            continue
        rows.append(_row(theme, states, figure, catalog, day))
        everything += states
        counted += states if theme.plan_track else []
    if not rows:
        return None
    return Tracks(
        _title(counted or everything, of_tracks=bool(counted)),
        _subtitle(plan.initiatives, day),
        tuple(rows),
    )


def _title(rows: Sequence[PlanRow], *, of_tracks: bool) -> str:
    if not rows:
        return "Nyeste tal i de øvrige temaer"
    themes = {row.initiative.theme_id for row in rows}
    begun = sum(row.state in _ON_THE_WAY for row in rows)
    begun_word, of_word = counts_in_words(begun, len(rows))
    noun = "indsats" if len(rows) == 1 else "indsatser"
    (number,) = counts_in_words(len(themes), common=False)
    plan = f"Handleplanens {number} spor" if of_tracks and len(themes) > 1 else "Handleplanen"
    many = begun_word if begun else "ingen"
    begun_words = f"{STATE_PREDICATES['in_progress']} eller {in_text(STATE_NAMES['completed'])}"
    return f"{plan}: {many} af {of_word} {noun} {begun_words}"


def _subtitle(initiatives: Sequence[Initiative], day: date) -> str:
    legend = (
        f"Hver firkant er en indsats: den blå {STATE_PREDICATES['in_progress']}, den grønne "
        f"{STATE_PREDICATES['in_operation']} eller {in_text(STATE_NAMES['completed'])}, den åbne "
        f"{STATE_PREDICATES['planned']}"
    )
    return ". ".join(filter(None, (legend, report_text(initiatives, day)))) if initiatives else ""


def _row(
    theme: Theme,
    rows: Sequence[PlanRow],
    figure: Observation | None,
    catalog: Catalog,
    day: date,
) -> TrackRow:
    states = sorted_states(rows)
    silent = [row.initiative for row in rows if row.silent]
    text, dated, badges = _figure(figure, catalog) if figure else ("", "", ())
    page = Selection("handleplan", tema=theme.theme_id)
    return TrackRow(
        track_name(theme),
        tuple(states),
        counts_of(states),
        silent_of(silent, day),
        text,
        dated,
        badges,
        page if rows else Selection("tema", tema=theme.theme_id),
    )


def sorted_states(rows: Sequence[PlanRow]) -> list[InitiativeState | None]:
    """The initiatives' states, what is done first."""
    return sorted((row.state for row in rows), key=_place)


def _place(state: InitiativeState | None) -> int:
    return len(_ORDER) if state is None else _ORDER.index(state)


def counts_of(states: Sequence[InitiativeState | None]) -> str:
    """`3 i gang, 2 planlagte`: numbers in digits, as they stand under each other."""
    counts = Counter(states)
    parts = []
    for state in (*_ORDER, None):
        if count := counts[state]:
            name = _in_state(state, is_several=count > 1) if state else in_text(NO_STATUS)
            parts.append(f"{fmt.number(count, 0)} {name}")
    return ", ".join(parts)


def _in_state(state: InitiativeState, *, is_several: bool) -> str:
    """What an initiative of the state is, or several are: `planlagt`, `planlagte`, `i gang`."""
    name = in_text(STATE_NAMES[state])
    match state:
        case "planned":
            return f"{name}e" if is_several else name
        case "completed":
            return f"{name.removesuffix('t')}de" if is_several else name
        case "in_progress" | "in_operation" | "blocked":
            return name
    assert_never(state)


def silent_of(initiatives: Sequence[Initiative], day: date) -> str:
    """`2 mangler statusopdatering siden juni 2024`: the month of the oldest of their statuses."""
    statuses = [status for each in initiatives if (status := each.status_on(day)) is not None]
    if not statuses:
        return ""
    oldest = min(statuses, key=lambda status: status.day)
    count = fmt.number(len(statuses), 0)
    return f"{count} mangler statusopdatering siden {fmt.partial_date(oldest.date[:7])}"


def _figure(row: Observation, catalog: Catalog) -> tuple[str, str, tuple[Badge, ...]]:
    indicator, area = catalog.indicators[row.indicator_id], catalog.areas[row.area_id]
    name = indicator.short_name
    where = f", {area.name}" if area.is_local else ""
    badges = tuple(
        badge for badge in caution_badges(row, catalog) if badge.kind in _SAID_OF_FIGURES
    )
    return (
        f"{capital(name)}{where}: {fmt.display(row, indicator)}",
        row_period_name(row, indicator, catalog),
        badges,
    )
