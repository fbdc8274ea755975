"""The front page's first screen: the two cards, what is new, what waits, and the tracks."""

from functools import partial

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from kpi.charts.squares import squares
from kpi.domain import format as fmt
from kpi.domain.model import Area
from kpi.domain.selection import Selection
from kpi.domain.wording import genitive
from kpi.views.front_cards import FrontCard, FrontCards, FrontRow
from kpi.views.new_at_home import NewAtHome
from kpi.views.tracks import TrackRow, Tracks
from kpi.views.waiting import Waiting
from ui.badges import badges_text, plain, small, unbroken
from ui.drawn_table import draw_table
from ui.page import show_heading, show_link

# Widths in pixels of a row's parts: side by side where there is room, else one below the other.
_NAME, _VALUE, _GAP, _NOTE = 236, 78, 200, 1056
# The place of what stands under the cards (spor.css).
_BELOW = {None: "under-begge", "worse": "under-daarligere", "better": "under-bedre"}
_TRACK, _SQUARES, _COUNTS, _NEWEST = 186, 158, 470, 390


def show_front_cards(cards: FrontCards, area: Area) -> None:
    """What is worse and what is better, side by side; one alone is as wide as the page.

    What holds for both stands under them: under the shorter one, where that leaves room for it.
    """
    shown = [
        (card, icon, name)
        for card, icon, name in (
            (cards.worse, ":orange[:material/error:]", "daarligere"),
            (cards.better, ":green[:material/check_circle:]", "bedre"),
        )
        if card is not None
    ]
    with st.container(key="kort2-stand"):
        for card, icon, name in shown:
            _show_card(card, icon, name)
        with st.container(key=_BELOW[cards.shorter]):
            _show_below(cards.note, area)


def _show_below(note: str, area: Area) -> None:
    with st.container(
        horizontal=True,
        horizontal_alignment="distribute",
        vertical_alignment="center",
        gap="xsmall",
        key="under-kort",
    ):
        if note:
            st.markdown(small(plain(note)), width=_NOTE)
        link = Selection("omraade", omraade=area.area_id)
        show_link(link, f"Alle {genitive(area.name)} nøgletal", ":material/arrow_forward:")


def _show_card(card: FrontCard, icon: str, name: str) -> None:
    with st.container(border=True, height="stretch", gap="xsmall", key=f"kort-{name}"):
        with st.container(gap=None, key=f"forsidehoved-{name}"):
            st.header(f"{icon} {plain(card.title)}", anchor=False)
            st.markdown(small(plain(card.subtitle)))
        for place, row in enumerate(card.rows):
            _show_row(row, f"{name}-{place}")


def _show_row(row: FrontRow, key: str) -> None:
    with st.container(
        horizontal=True,
        horizontal_alignment="distribute",
        vertical_alignment="center",
        gap="xxsmall",
        key=f"linje-{key}",
    ):
        with st.container(width=_NAME if row.value else _NAME + _VALUE, gap=None):
            show_link(row.selection, row.name)
            st.markdown(small(plain(row.dated)))
        if row.value:
            st.markdown(f"**{plain(row.value)}**", width=_VALUE, text_alignment="right")
        beside = [
            f":small[**{plain(unbroken(row.gap))}**]",
            small(plain(unbroken(row.rank))) if row.rank else "",
            badges_text(row.badges),
            small(f":material/flag: {plain(row.target)}") if row.target else "",
        ]
        st.markdown(" ".join(filter(None, beside)), width=_GAP)


def show_new(new: NewAtHome, area: Area, is_usual: bool) -> None:
    """The area's new figures, each beside the one before.

    `is_usual`: they are those since the meeting that Område means, which the way to the others is.
    """
    show_heading(new.title, new.subtitle, key="sted-nyt")
    if not new.rows:
        return
    rows = [
        {
            "Nøgletal": plain(row.name),
            "Forrige": _dated(plain(row.before), row.before_period),
            "Nyeste": _dated(f"**{plain(row.now)}**", row.period),
            "Ændring": plain(row.change),
        }
        for row in new.all_rows
    ]
    with st.container(key="tal-nyt"):
        draw_table(rows, new.title, "nyt", most=len(new.rows))
    if new.more:
        with _ways("nyt-veje"):
            st.markdown(small(f"Og {fmt.number(new.more, 0)} til"), width="content")
            if is_usual:
                link = Selection("omraade", omraade=area.area_id, vis="nye")
                show_link(link, "Alle med nye tal", ":material/arrow_forward:")


def _ways(key: str) -> DeltaGenerator:
    """A line under a table: how much more there is, and where."""
    return st.container(
        horizontal=True, vertical_alignment="center", gap="small", width="content", key=key
    )


def _dated(value: str, period: str) -> str:
    return f"{value}  \n{small(plain(period))}" if period else value


def show_waiting(waiting: Waiting) -> None:
    """What has waited longest for news, with the ways to who can do something about it."""
    show_heading(waiting.title, waiting.subtitle, key="sted-venter")
    rows = [
        {
            "Hvad": f"{plain(row.what)}  \n{small(plain(row.last))}",
            "Uden nyt i": plain(row.waited),
        }
        for row in waiting.all_rows
    ]
    with st.container(key="tal-venter"):
        draw_table(
            rows, waiting.title, "venter", most=len(waiting.rows), filed=partial(_filed, waiting)
        )
    with _ways("venter-veje"):
        if waiting.more:
            st.markdown(small(f"Og {fmt.number(waiting.more, 0)} til"), width="content")
        show_link(Selection("handleplan"), "Hvem følger op?", ":material/arrow_forward:")
        show_link(
            Selection("om", afsnit=("alder",)), "Alderen på alle tal", ":material/arrow_forward:"
        )


def _filed(waiting: Waiting) -> list[dict[str, str]]:
    """What waits as a file has it: a day and a number of months, which can be counted with."""
    return [
        {
            "Hvad": row.what,
            "Antal": fmt.number(row.things, 0),
            "Sidst kendt": row.last,
            "Uden nyt siden": fmt.long_date(row.since),
            "Måneder uden nyt": fmt.number(row.months, 0),
        }
        for row in waiting.all_rows
    ]


def show_tracks(tracks: Tracks) -> None:
    """A line a track: a square an initiative, the same in words, and the newest figure."""
    show_heading(tracks.title, tracks.subtitle, key="sted-spor")
    with st.container(gap="xxsmall", key="spor"):
        for row in tracks.rows:
            _show_track(row)


def _show_track(row: TrackRow) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
        with st.container(width=_TRACK):
            show_link(row.selection, row.name)
        with st.container(width=_SQUARES):
            if row.states:
                st.image(squares(row.states), alt=f"{row.name}: {row.counts}")
        silent = f"; :orange[{plain(row.silent)}]" if row.silent else ""
        st.markdown(f":small[{plain(row.counts)}{silent}]", width=_COUNTS)
        if row.figure:
            newest = f":small[{plain(row.figure)}] {small(plain(f'({row.dated})'))}"
            st.markdown(f"{newest} {badges_text(row.badges)}".strip(), width=_NEWEST)
