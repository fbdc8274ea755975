"""Choosing and arranging what is handed in to a meeting, and seeing it as it will look."""

from dataclasses import replace
from datetime import date

import streamlit as st

from kpi.domain import format as fmt
from kpi.domain.catalog import Catalog
from kpi.domain.errors import KpiError
from kpi.domain.period import today
from kpi.domain.personal import refuse_personal_texts
from kpi.domain.selection import Selection
from kpi.export.paper import Choice, Item, Paper, arranged
from kpi.export.pictures import PREVIEW, Plate, picture, plate_of
from ui.among import choose_among
from ui.as_of import choose_day
from ui.badges import plain, small
from ui.chart_config import CHART_CONFIG
from ui.choose import choose_one
from ui.keeping import kept
from ui.page import show_fault, show_heading
from ui.turns import waiting

_ORDER, _TITLES, _LEFT_OUT, _SHOWN = (
    "udvalg-orden", "udvalg-titler", "udvalg-ude", "udvalg-figur",
)  # fmt: skip
_THEMES, _INDICATORS, _DAY, _OF_MEETING, _CLAIMS = (
    "udvalg-temaer", "udvalg-noegletal", "udvalg-dag", "udvalg-dag-for", "udvalg-regnetjek",
)  # fmt: skip
_AMONG = "udvalg-blandt"
_REFUSED = "udvalg-titel-afvist"
_MOST_LETTERS = 240


def choose(
    catalog: Catalog, wanted: Selection, home_id: str, pinned: date | None
) -> tuple[Choice, date]:
    """Meeting, day of the figures (the `pinned` one, if any), area, themes and indicators."""
    now = today()
    meetings = list(catalog.meetings)[::-1]
    meeting_id = choose_one(
        "Møde", [*meetings, ""], wanted.moede or meetings[0] if meetings else "",
        lambda meeting_id: _meeting_name(meeting_id, catalog), key="moede",
    )  # fmt: skip
    # Another meeting starts at its own day; a box that was left with its page is forgotten.
    of_meeting = (meeting_id, pinned)
    if st.session_state.get(_OF_MEETING) != of_meeting or _DAY not in st.session_state:
        st.session_state[_OF_MEETING] = of_meeting
        meeting = catalog.meetings.get(meeting_id)
        st.session_state[_DAY] = pinned or (min(meeting.day, now) if meeting else now)
    day = st.date_input(
        "Data som kendt",
        key=_DAY,
        max_value=now,
        format="DD.MM.YYYY",
        disabled=pinned is not None,
    )
    area_id = choose_one(
        "Område", [area.area_id for area in catalog.sorted_areas()], wanted.omraade or home_id,
        lambda area_id: catalog.areas[area_id].name, key="udvalg-omraade",
    )  # fmt: skip
    among = choose_among(catalog, area_id, wanted.blandt, _AMONG)
    themes = st.multiselect(
        "Temaer", list(catalog.themes), key=_THEMES, placeholder="Alle temaer", wrap=True,
        format_func=lambda theme_id: catalog.themes[theme_id].name,
    )  # fmt: skip
    offered = [
        indicator.indicator_id
        for indicator in catalog.offered_indicators()
        if not themes or indicator.theme_id in themes
    ]
    indicators = st.multiselect(
        "Nøgletal", offered, key=_INDICATORS, placeholder="Alle nøgletal", wrap=True,
        format_func=lambda indicator_id: catalog.indicators[indicator_id].short_name,
    )  # fmt: skip
    st.session_state.setdefault(_CLAIMS, True)
    st.toggle(
        "Regnetjek", key=_CLAIMS,
        help="Papirernes egne beregnede tal står i alle filer ved siden af Spors, hvor de afviger.",
    )  # fmt: skip
    return Choice(area_id, meeting_id, tuple(themes), tuple(indicators), among=among), day


def _meeting_name(meeting_id: str, catalog: Catalog) -> str:
    meeting = catalog.meetings.get(meeting_id)
    if meeting is None:
        return "Uden møde: vælg selv dag"
    return f"{meeting.body}, {fmt.long_date(meeting.day)}"


def arrange(full_paper: Paper) -> Paper:
    """The paper in the order, with the titles and without what a person chose to leave out."""
    state = st.session_state
    choice = replace(
        full_paper.choice,
        order=tuple(state.get(_ORDER, ())),
        titles=dict(state.get(_TITLES, {})),
        left_out=tuple(state.get(_LEFT_OUT, ())),
        claims=bool(state.get(_CLAIMS, True)),
    )
    return arranged(full_paper, choice)


def take_over(choice: Choice, day: date) -> None:
    """Puts a saved choice into the boxes; for the next run."""
    state = st.session_state
    # The pack has its own day, whatever day the pages showed.
    choose_day(None)
    state["moede"], state[_OF_MEETING], state[_DAY] = (
        choice.meeting_id, (choice.meeting_id, None), day,
    )  # fmt: skip
    state["udvalg-omraade"] = choice.area_id
    state[f"{_AMONG}-{choice.area_id}"] = choice.among
    state[_THEMES], state[_INDICATORS] = list(choice.theme_ids), list(choice.indicator_ids)
    state[_ORDER], state[_TITLES] = list(choice.order), dict(choice.titles)
    state[_LEFT_OUT], state[_CLAIMS] = list(choice.left_out), choice.claims


def show_preview(paper: Paper, full_paper: Paper) -> None:
    """One figure as it will look, with its title to edit and its place to change."""
    keys = [item.exhibit.key for item in paper.items]
    if not keys:
        st.info("Alle figurer er fjernet. Sæt en ind igen herunder.", icon=":material/info:")
        _show_left_out(full_paper)
        return
    # Set at each run: the names in the box change with the order and the titles.
    wanted = st.session_state.get(_SHOWN)
    st.session_state[_SHOWN] = wanted if wanted in keys else keys[0]
    by_key = {item.exhibit.key: item for item in paper.items}
    shown = st.selectbox(
        "Figur", keys, key=_SHOWN,
        format_func=lambda key: f"{keys.index(key) + 1} af {len(keys)}: {by_key[key].title}",
    )  # fmt: skip
    item = by_key[shown]
    _show_picture(item, paper)
    box = f"udvalg-titel-{shown}"
    st.session_state[box] = item.title
    # As high as its text: a title is never cut, on a phone neither.
    st.text_area(
        "Overskrift", key=box, max_chars=max(_MOST_LETTERS, len(item.title)), height="content",
        on_change=_keep_title, args=(shown, box),
    )  # fmt: skip
    if refused := st.session_state.pop(_REFUSED, None):
        show_fault(refused)
    place = keys.index(shown)
    with st.container(horizontal=True, gap="small"):
        st.button(
            "Forrige", icon=":material/chevron_left:", key="udvalg-forrige", disabled=place == 0,
            on_click=_show, args=(keys[max(place - 1, 0)],),
        )  # fmt: skip
        st.button(
            "Næste", icon=":material/chevron_right:", key="udvalg-naeste",
            disabled=place == len(keys) - 1,
            on_click=_show, args=(keys[min(place + 1, len(keys) - 1)],),
        )  # fmt: skip
        st.button(
            "Flyt op", icon=":material/arrow_upward:", key="udvalg-op", disabled=place == 0,
            on_click=_move, args=(keys, place, place - 1),
        )  # fmt: skip
        st.button(
            "Flyt ned", icon=":material/arrow_downward:", key="udvalg-ned",
            disabled=place == len(keys) - 1, on_click=_move, args=(keys, place, place + 1),
        )  # fmt: skip
        st.button(
            "Fjern figur", icon=":material/remove_circle_outline:", key="udvalg-fjern",
            on_click=_remove, args=(keys, place),
        )  # fmt: skip
    with st.expander("Alle overskrifter", key="udvalg-overskrifter"):
        st.markdown("\n".join(f"{n}. {plain(item.title)}" for n, item in enumerate(paper.items, 1)))
    _show_left_out(full_paper)


def _show_left_out(full_paper: Paper) -> None:
    left_out = st.session_state.get(_LEFT_OUT, [])
    names = {item.exhibit.key: item.exhibit.title for item in full_paper.items}
    kept = [key for key in left_out if key in names]
    if not kept:
        return
    with st.expander(f"Fjernede figurer ({len(kept)})", key="udvalg-fjernede"):
        for key in kept:
            st.button(
                plain(names[key]), key=f"udvalg-ind-{key}", type="tertiary",
                icon=":material/add_circle:", on_click=_put_back, args=(key,),
            )  # fmt: skip


def _show_picture(item: Item, paper: Paper) -> None:
    """The slide's picture; where there is no browser to draw it, the page's own chart."""
    try:
        image = _drawn(plate_of(item, paper))
    except KpiError as error:
        show_heading(item.title, item.exhibit.measure)
        st.plotly_chart(
            item.exhibit.figure, theme=None, config=CHART_CONFIG, key="udvalg-figur-tegnet",
            alt=item.exhibit.alt,
        )  # fmt: skip
        st.markdown(small(plain(f"{error.title}. {error.message}")))
        return
    with st.container(border=True):
        st.image(image, width="stretch", alt=item.exhibit.alt, output_format="PNG")


# Of all sessions together: with its own, each session would take megabytes. Kept by all that is
# seen in it: a publication that changes none of it has nothing drawn anew.
@kept(most=40)
def _drawn(plate: Plate) -> bytes:
    with waiting("Tegner …"):
        return picture(plate, "slide", "png", PREVIEW)


def _keep_title(key: str, box: str) -> None:
    title = " ".join(st.session_state[box].split())
    try:
        refuse_personal_texts(title)
    except KpiError as error:
        st.session_state[_REFUSED] = error
        return
    st.session_state.setdefault(_TITLES, {})[key] = title


def _show(key: str) -> None:
    st.session_state[_SHOWN] = key


def _move(keys: list[str], place: int, to: int) -> None:
    keys[place], keys[to] = keys[to], keys[place]
    st.session_state[_ORDER] = keys


def _remove(keys: list[str], place: int) -> None:
    """Removes a figure, and shows the one that comes in its place."""
    st.session_state[_LEFT_OUT] = [*st.session_state.get(_LEFT_OUT, []), keys[place]]
    left = [*keys[:place], *keys[place + 1 :]]
    if left:
        st.session_state[_SHOWN] = left[min(place, len(left) - 1)]


def _put_back(key: str) -> None:
    st.session_state[_LEFT_OUT] = [
        item_key for item_key in st.session_state.get(_LEFT_OUT, []) if item_key != key
    ]
