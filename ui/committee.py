"""Choosing what is handed in to a meeting: the meeting, its day, the sections and the case."""

from datetime import date

import streamlit as st

from kpi.domain import format as fmt
from kpi.domain.catalog import Catalog
from kpi.domain.lengths import too_long
from kpi.domain.period import today
from kpi.domain.selection import NO_MEETING, Selection
from kpi.domain.vocabulary import SECTION_NAMES
from kpi.export.choice import Choice
from ui.among import choose_among
from ui.badges import small
from ui.choose import choose_one, follow, remember
from ui.committee_state import (
    AMONG,
    AREA,
    CASE,
    CLAIMS,
    COVER,
    DAY,
    GATHERED,
    INDICATORS,
    MEETING,
    OF_MEETING,
    THEMES,
    case_box,
    forget_picked,
    is_on_at_first,
    most_in,
    section_box,
)


def choose(
    catalog: Catalog, wanted: Selection, home_id: str, pinned: date | None
) -> tuple[Choice, date]:
    """Meeting, day of the figures (the `pinned` one, if any), area, themes and indicators."""
    now = today()
    meetings = list(catalog.meetings)[::-1]
    with st.container(border=True, key="udvalg-papir"):
        cover, meeting_box, day_box, area_box = st.columns(
            [2.6, 2.6, 1.2, 1.2], vertical_alignment="bottom"
        )
        with cover:
            st.text_input("Forsidens titel", key=COVER, placeholder="Spors forslag")
            _show_length("Titlen", COVER)
        with meeting_box:
            meeting_id = choose_one(
                "Møde", [*meetings, ""], asked_meeting(wanted, catalog),
                lambda meeting_id: meeting_name(meeting_id, catalog), key=MEETING,
            )  # fmt: skip
        _begin_day(meeting_id, wanted, catalog, pinned)
        with day_box:
            day = st.date_input(
                "Data som kendt", key=DAY, max_value=now, format="DD.MM.YYYY",
                disabled=pinned is not None,
            )  # fmt: skip
            remember(DAY, day)
        with area_box:
            area_id = choose_one(
                "Område", [area.area_id for area in catalog.sorted_areas()],
                wanted.omraade or home_id, lambda area_id: catalog.areas[area_id].name, key=AREA,
            )  # fmt: skip
        _choose_sections()
    with st.expander("Temaer, sammenligning og sag", key="udvalg-mere"):
        left, right = st.columns(2, gap="large")
        with left:
            among = choose_among(catalog, area_id, wanted.blandt, AMONG)
            themes, indicators = _choose_figures(catalog)
        with right:
            for name, label in CASE.items():
                st.text_input(label, key=case_box(name))
                _show_length("Teksten", case_box(name))
    return Choice(area_id, meeting_id, themes, indicators, among=among), day


def _begin_day(meeting_id: str, wanted: Selection, catalog: Catalog, pinned: date | None) -> None:
    """Another meeting starts at its own day or the address', which the box follows then.

    A draft has its day itself. A box that was left with its page is forgotten.
    """
    state, of_meeting = st.session_state, (meeting_id, pinned)
    asked = wanted.dag if meeting_id == asked_meeting(wanted, catalog) else ""
    day = pinned or (date.fromisoformat(asked) if asked else own_day(meeting_id, catalog))
    if state.get(OF_MEETING) != of_meeting or DAY not in state:
        state[OF_MEETING], state[DAY] = of_meeting, day
    elif not wanted.kladde:
        follow(DAY, day)


def asked_meeting(wanted: Selection, catalog: Catalog) -> str:
    """The meeting that the address asks for, the newest where it says nothing; empty for none."""
    if wanted.moede:
        return wanted.moede if wanted.moede != NO_MEETING else ""
    return next(reversed([*catalog.meetings]), "")


def own_day(meeting_id: str, catalog: Catalog) -> date:
    """The day whose data a meeting's papers show until another one is chosen."""
    meeting = catalog.meetings.get(meeting_id)
    return min(meeting.day, today()) if meeting else today()


def _show_length(what: str, box: str) -> None:
    """Said under a field whose text is too long for its place on the paper."""
    if words := too_long(what, str(st.session_state.get(box, "")), most_in(box)):
        st.markdown(small(f":red[{words} Den bruges ikke, før den er kortere.]"))


def _choose_sections() -> None:
    """A switch for each part of the slides beside the figures."""
    state = st.session_state
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        st.markdown("Med i papiret", width="content")
        for section, name in SECTION_NAMES.items():
            state.setdefault(section_box(section), is_on_at_first(section))
            st.toggle(name, key=section_box(section), width="content")
        state.setdefault(GATHERED, True)
        st.toggle(
            "Små nøgletal samlet", key=GATHERED, width="content",
            help="Nøgletal med et eller to tal er rækker på en slide for sporene eller temaet, og "
            "handleplanens status er én slide med antal i hvert spor.",
        )  # fmt: skip
        state.setdefault(CLAIMS, True)
        st.toggle(
            "Regnetjek", key=CLAIMS, width="content",
            help="Papirernes egne beregnede tal står i alle filer ved siden af Spors, hvor de "
            "afviger.",
        )  # fmt: skip


def _choose_figures(catalog: Catalog) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Themes and indicators whose figures are all wanted; none: those of the list."""
    themes = st.multiselect(
        "Temaer", list(catalog.themes), key=THEMES, placeholder="Figurerne på listen", wrap=True,
        format_func=lambda theme_id: catalog.themes[theme_id].name, on_change=forget_picked,
    )  # fmt: skip
    offered = [
        indicator.indicator_id
        for indicator in catalog.offered_indicators()
        if not themes or any(each.theme_id in themes for each in catalog.by_theme(indicator))
    ]
    indicators = st.multiselect(
        "Nøgletal", offered, key=INDICATORS, placeholder="Figurerne på listen", wrap=True,
        format_func=lambda indicator_id: catalog.indicators[indicator_id].short_name,
        on_change=forget_picked,
    )  # fmt: skip
    return tuple(themes), tuple(indicators)


def meeting_name(meeting_id: str, catalog: Catalog) -> str:
    """`Rådmandsmøde, 11. marts 2025`; without a meeting, that the day is chosen."""
    meeting = catalog.meetings.get(meeting_id)
    if meeting is None:
        return "Uden møde: vælg selv dag"
    return f"{meeting.body}, {fmt.long_date(meeting.day)}"
