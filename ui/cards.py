"""Drawing cards: a key figure in a box, with room for a small chart."""

from collections.abc import Sequence

import streamlit as st

from kpi.views.cards import Card
from ui.badges import plain, show_badges, small
from ui.exhibits import CHART_CONFIG
from ui.page import show_link


def show_cards(cards: Sequence[Card], columns: int, wide: bool = False) -> None:
    """Cards in rows of equal height."""
    for start in range(0, len(cards), columns):
        row = st.columns(columns)
        for column, card in zip(row, cards[start : start + columns], strict=False):
            with column:
                show_card(card, wide)


def show_card(card: Card, wide: bool = False) -> None:
    """One card: subject and period, value beside its chart, sentence, badges, source and link."""
    key = f"kort-{card.indicator.indicator_id}"
    with st.container(border=True, height="stretch", gap="xsmall", key=key):
        with st.container(horizontal=True, horizontal_alignment="distribute"):
            st.markdown(f":small[**{plain(card.subject)}**]", width="content")
            st.markdown(small(plain(card.period)), width="content")
        if card.figure is None:
            _show_value(card)
        else:
            left, right = st.columns([1, 1.5] if wide else [1, 1.35], gap="small")
            with left:
                _show_value(card)
            with right:
                st.plotly_chart(
                    card.figure, theme=None, config=CHART_CONFIG, key=f"{key}-figur", alt=card.alt
                )
        st.markdown(f":small[{_bold_kept(card.sentence)}]")
        show_badges(card.badges)
        with st.container(horizontal=True, horizontal_alignment="distribute", gap="small"):
            show_link(card.selection, "Se nøgletallet")
            if card.source:
                st.markdown(small(plain(card.source)), width="content")


def _show_value(card: Card) -> None:
    st.markdown(f":small[{plain(card.label)}]")
    st.metric(card.label, card.value, label_visibility="collapsed")


def _bold_kept(sentence: str) -> str:
    return "**".join(plain(part) for part in sentence.split("**"))
