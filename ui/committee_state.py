"""What a person has arranged on Udvalg, as the session keeps it, and what a draft puts there."""

from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import date
from typing import Literal

import streamlit as st

from kpi.domain.catalog import Catalog
from kpi.domain.vocabulary import SECTION_NAMES, Section
from kpi.export.choice import NEW_CHOICE, CaseDetails, Choice
from kpi.export.paper import Paper, arranged
from kpi.export.proposal import proposal

ORDER, TITLES, LEFT_OUT, SHOWN, PICKED = (
    "udvalg-orden", "udvalg-titler", "udvalg-ude", "udvalg-figur", "udvalg-valgte",
)  # fmt: skip
THEMES, INDICATORS, DAY, OF_MEETING, CLAIMS = (
    "udvalg-temaer", "udvalg-noegletal", "udvalg-dag", "udvalg-dag-for", "udvalg-regnetjek",
)  # fmt: skip
AMONG, AREA, MEETING, COVER, GATHERED = (
    "udvalg-blandt", "udvalg-omraade", "moede", "udvalg-forside", "udvalg-samlet",
)  # fmt: skip
SLIDES = "udvalg-egne-slides"
_MOST_COVER, _MOST_CASE, _MOST_ANNEX = 120, 60, 3
CASE: dict[Literal["worker", "number", "written", "department", "annex"], str] = {
    "department": "Afdeling",
    "worker": "Sagsbehandler",
    "number": "Sagsnummer",
    "written": "Papirets dato",
    "annex": "Bilagsnummer",
}


def section_box(section: Section) -> str:
    """The key of a section's switch."""
    return f"udvalg-med-{section}"


def is_on_at_first(section: Section) -> bool:
    """Whether a deck has the section until somebody switches it: so few slides need no contents."""
    return section not in NEW_CHOICE.without


def case_box(name: str) -> str:
    """The key of the box of a case's detail."""
    return f"udvalg-sag-{name}"


def put_in_boxes(choice: Choice, day: date, pinned: date | None = None) -> None:
    """Puts a choice into the boxes, before they are drawn."""
    state = st.session_state
    state[MEETING], state[OF_MEETING], state[DAY] = (
        choice.meeting_id, (choice.meeting_id, pinned), pinned or day,
    )  # fmt: skip
    state[AREA] = choice.area_id
    state[f"{AMONG}-{choice.area_id}"] = choice.among
    put_arrangement(choice)


def put_arrangement(choice: Choice) -> None:
    """Puts all of a choice but meeting, day and area into the session."""
    state = st.session_state
    state[THEMES], state[INDICATORS] = list(choice.theme_ids), list(choice.indicator_ids)
    state[ORDER], state[TITLES] = list(choice.order), dict(choice.titles)
    state[LEFT_OUT], state[CLAIMS] = list(choice.left_out), choice.claims
    state[PICKED], state[COVER] = list(choice.picked) or None, choice.cover
    state[GATHERED], state[SLIDES] = choice.gathered, list(choice.slides)
    for section in SECTION_NAMES:
        state[section_box(section)] = choice.has(section)
    for each in fields(CaseDetails):
        state[case_box(each.name)] = getattr(choice.case, each.name)


def of_today(choice: Choice, catalog: Catalog) -> tuple[Choice, list[str]]:
    """A kept choice without the themes and indicators that are gone, and the ids of these."""
    gone = [id_ for id_ in choice.theme_ids if id_ not in catalog.themes]
    gone += [id_ for id_ in choice.indicator_ids if id_ not in catalog.indicators]
    kept = replace(
        choice,
        theme_ids=tuple(id_ for id_ in choice.theme_ids if id_ not in gone),
        indicator_ids=tuple(id_ for id_ in choice.indicator_ids if id_ not in gone),
    )
    return kept, gone


def arrange(full_paper: Paper) -> Paper:
    """The paper in the order, with the titles and without what a person chose to leave out.

    Raises KpiError for a CPR number in what they wrote.
    """
    state = st.session_state
    own = full_paper.choice
    named = own.theme_ids or own.indicator_ids
    choice = replace(
        own,
        order=tuple(state.get(ORDER, ())),
        titles=dict(state.get(TITLES, {})),
        left_out=tuple(state.get(LEFT_OUT, ())),
        claims=bool(state.get(CLAIMS, True)),
        picked=() if named else tuple(state.get(PICKED) or proposal(full_paper)),
        without=tuple(
            name for name in SECTION_NAMES if not state.get(section_box(name), is_on_at_first(name))
        ),
        cover=" ".join(_fitting(COVER).split()),
        gathered=bool(state.get(GATHERED, True)),
        slides=tuple(state.get(SLIDES, ())),
        case=CaseDetails(**{name: _fitting(case_box(name)) for name in CASE}),
    )
    return arranged(full_paper, choice)


def most_in(box: str) -> int:
    """How many characters of a field there is room for on a paper."""
    if box == COVER:
        return _MOST_COVER
    return _MOST_ANNEX if box == case_box("annex") else _MOST_CASE


def _fitting(box: str) -> str:
    """What is written in a field; nothing where it is too long, of which the page says so."""
    text = str(st.session_state.get(box, "")).strip()
    return text if len(text) <= most_in(box) else ""


def _is_on(section: Section) -> bool:
    return bool(st.session_state.get(section_box(section), is_on_at_first(section)))


def is_arranged() -> bool:
    """Whether a person has made anything of their own: more than which meeting, day and area."""
    state = st.session_state
    boxes = (
        TITLES,
        ORDER,
        LEFT_OUT,
        PICKED,
        THEMES,
        INDICATORS,
        COVER,
        SLIDES,
        *map(case_box, CASE),
    )
    switched = [_is_on(name) == is_on_at_first(name) for name in SECTION_NAMES]
    return any(state.get(box) for box in boxes) or not all(
        [*switched, state.get(CLAIMS, True), state.get(GATHERED, True)]
    )


def forget_picked() -> None:
    """Themes or indicators were chosen: all their figures are meant."""
    st.session_state[PICKED] = None


def show_figure(key: str) -> None:
    """Shows a figure from the next run on."""
    st.session_state[SHOWN] = key


def move(keys: Sequence[str], place: int, to: int) -> None:
    """Moves a figure to another place and shows it."""
    ordered = [*keys]
    to = min(max(to, 0), len(ordered) - 1)
    ordered.insert(to, ordered.pop(place))
    st.session_state[ORDER] = ordered
    st.session_state[SHOWN] = ordered[to]


def remove(keys: Sequence[str], place: int) -> None:
    """Removes a figure, and shows the one that comes in its place."""
    state = st.session_state
    state[LEFT_OUT] = [*state.get(LEFT_OUT, []), keys[place]]
    left = [*keys[:place], *keys[place + 1 :]]
    if left:
        state[SHOWN] = left[min(place, len(left) - 1)]


def put_in(key: str, picked: Sequence[str]) -> None:
    """Puts a figure in, one that was removed or one that was not offered, and shows it."""
    state = st.session_state
    state[LEFT_OUT] = [item_key for item_key in state.get(LEFT_OUT, []) if item_key != key]
    if picked and key not in picked:
        state[PICKED] = [*picked, key]
    state[SHOWN] = key
