"""What is known about a figure beside its value: definition, source, history, and its limits."""

import streamlit as st

from kpi.domain import format as fmt
from kpi.domain.model import Indicator
from kpi.domain.wording import in_text, sentences
from kpi.views.indicator import About
from kpi.views.known import known_words
from ui import cache
from ui.badges import plain, small
from ui.fetched import with_fetched
from ui.page import show_heading
from ui.picture_mode import is_picture


def show_about(version: str, about: About) -> None:
    """Definition and unit of an indicator; its sources and history are read when it is opened."""
    if is_picture():
        return
    indicator = about.indicator
    shown = st.expander(
        "Om tallet: definition, kilde og historik",
        key="om-tallet",
        icon=":material/info:",
        on_change="rerun",
    )
    with shown:
        definition = f" {plain(indicator.definition.rstrip('.'))}." if indicator.definition else ""
        st.markdown(f"**{plain(indicator.name)}.**{definition}")
        st.markdown(f"Enhed: {plain(about.unit)}. {about.direction}. Gruppe: {plain(about.group)}.")
        if indicator.is_rate:
            st.markdown(f"Sammenligningsgrundlag: {plain(about.benchmark)}.")
        if indicator.source_note:
            st.markdown(f"{plain(indicator.source_note.rstrip('.'))}.")
        for broken in indicator.breaks:
            sentence = f"Brud i serien {fmt.long_date(broken.day)}: {broken.title}."
            st.markdown(f"{plain(sentence)} Tal før og efter kan ikke sammenlignes.")
        if not shown.open:
            return
        history = cache.history_of(version, indicator.indicator_id)
        for source in history.sources:
            st.markdown(
                f"- {plain(source.title)}, {plain(source.publisher)}, "
                f"{plain(fmt.partial_date(source.published))}. {plain(source.section)}"
            )
        for row in with_fetched(history.freshness):
            st.markdown(
                f"- Nyeste tal: {plain(row.period)}, {plain(row.age)}. Næste ventes: "
                f"{plain(row.expected)}."
            )
        for batch in history.batches:
            st.markdown(
                small(
                    f"Indlæst {plain(fmt.partial_date(batch.published_at[:10]))} fra "
                    f"{plain(batch.original_name)} ({plain(batch.note)}), offentliggjort "
                    f"{plain(known_words(batch, cache.catalog(version)))}."
                )
            )


def show_incomparable(sentence: str) -> None:
    """Says that figures measure differently; nothing where there is nothing to say."""
    if not sentence:
        return
    with st.container(border=True, gap="xsmall", key="kan-ikke-sammenlignes"):
        st.markdown(":gray-badge[:material/question_mark: Kan ikke sammenlignes]")
        st.markdown(f":small[{plain(sentence)}]")


def show_no_figures(indicator: Indicator) -> None:
    """An indicator without figures: says so, and what its source reports instead."""
    show_heading(f"{indicator.name}: ikke oplyst")
    sentence = (
        f"Kilderne indeholder endnu ingen tal for {in_text(indicator.name)}. De vises her, når "
        "de er indlæst"
    )
    st.info(plain(sentences(sentence, indicator.source_note)), icon=":material/info:")
