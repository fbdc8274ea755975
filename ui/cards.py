"""Drawing cards: a key figure in a box, with room for a small chart."""

from collections.abc import Callable, Sequence
from typing import Literal

import streamlit as st

from kpi.domain.targets import NO_TARGET
from kpi.views.cards import Card
from ui.badges import badges_text, plain, small
from ui.chart_config import CHART_CONFIG
from ui.page import show_link
from ui.picture_mode import is_picture

# Letters of a value that fits in the third of a card that its chart leaves.
_MOST_BESIDE_A_CHART = 10


def show_cards(
    cards: Sequence[Card],
    columns: int,
    choose: Callable[[str], None] | None = None,
) -> None:
    """Cards in rows of equal height; `choose` gets the id of the one whose button is pressed.

    At most `columns` a row; spor.css puts fewer where the window is narrower.
    """
    if not cards:
        return
    with st.container(key=f"kort{columns}-{cards[0].indicator.indicator_id}"):
        for card in cards:
            show_card(card, wide=False, choose=choose)


def show_card(
    card: Card, wide: bool, choose: Callable[[str], None] | None, with_link: bool = True
) -> None:
    """One card: subject and period, value beside its chart, sentence, badges, source and link.

    A card of what is not published yet leads nowhere: it has no link, and as it stands in no row of
    cards it is as tall as what is in it.
    """
    key = f"kort-{card.indicator.indicator_id}"
    height: Literal["stretch", "content"] = "stretch" if with_link else "content"
    with st.container(border=True, height=height, gap="xsmall", key=key):
        with st.container(horizontal=True, horizontal_alignment="distribute", gap="xsmall"):
            st.markdown(f":small[**{plain(card.subject)}**]", width="content")
            dated = " · ".join(filter(None, (card.period, card.age)))
            st.markdown(small(plain(dated)), width="content")
        _show_number(card, wide, in_full=choose is None, key=key)
        st.markdown(f":small[{_bold_kept(card.sentence)}]")
        _show_remarks(card)
        with st.container(
            horizontal=True,
            horizontal_alignment="distribute",
            vertical_alignment="center",
            gap="small",
            key=f"kortfod-{card.indicator.indicator_id}",
        ):
            if not with_link:
                pass
            elif choose is None:
                show_link(card.selection, "Se temaet", icon=":material/arrow_forward:")
            elif not is_picture():
                st.button(
                    "Vis nøgletallet",
                    key=f"{key}-vis",
                    type="tertiary",
                    icon=":material/show_chart:",
                    on_click=choose,
                    args=(card.indicator.indicator_id,),
                )
            if card.source:
                st.markdown(small(plain(card.source)), width="content")


def _show_remarks(card: Card) -> None:
    """Target, badges and newer figures, each a paragraph; their place stays where there are none.

    One text, as each is a message of its own and put together by itself in the browser.
    """
    is_set = card.target not in ("", NO_TARGET)
    target = small(f":material/flag: {plain(card.target)}") if is_set else ""
    newer = small(f":material/history: {plain(card.newer)}") if card.newer else ""
    remarks = [*filter(None, (target, badges_text(card.badges), newer))]
    if remarks:
        st.markdown("\n\n".join(remarks))
    else:
        st.container()


def _show_number(card: Card, wide: bool, in_full: bool, key: str) -> None:
    """The value with its chart beside it, or under it where it is too long for that."""
    if card.figure is None:
        with st.container(gap=None):
            _show_value(card, in_full)
        return
    if len(card.value) > _MOST_BESIDE_A_CHART:
        with st.container(gap="xsmall"):
            with st.container(gap=None):
                _show_value(card, in_full)
            _show_chart(card, key)
        return
    left, right = st.columns([1, 1.5], gap="small")
    with left:
        _show_value(card, in_full=wide)
    with right:
        _show_chart(card, key)


def _show_chart(card: Card, key: str) -> None:
    st.plotly_chart(card.figure, theme=None, config=CHART_CONFIG, key=f"{key}-figur", alt=card.alt)


def _show_value(card: Card, in_full: bool) -> None:
    if in_full:
        st.markdown(f":small[{plain(card.label)}]")
    st.metric(card.label, card.value, label_visibility="collapsed")
    if not in_full and card.who:
        st.markdown(f":small[{plain(card.who)}]")


def _bold_kept(sentence: str) -> str:
    return "**".join(plain(part) for part in sentence.split("**"))
