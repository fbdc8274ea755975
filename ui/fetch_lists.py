"""What became of fetches without a person, and how fresh the sources are."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import streamlit as st

from kpi.domain import format as fmt
from kpi.domain.model import Batch
from kpi.domain.period import today
from kpi.fetch.background import fetch_run
from kpi.fetch.queue import rejections
from kpi.fetch.states import FetchState
from kpi.store import home_folder
from kpi.views.fetch_lists import (
    FailedCard,
    PublishedCard,
    RejectedCard,
    WithdrawnCard,
    failed_cards,
    published_cards,
    rejected_cards,
    withdrawn_cards,
)
from kpi.views.source_rows import (
    CHOICES,
    SourceRow,
    chosen_rows,
    other_sources_words,
    source_rows,
    split_rows,
)
from ui import cache
from ui.badges import badge_text, badges_text, plain, small
from ui.drawn_table import draw_table
from ui.fetch_now import start_fetch
from ui.fetched import states_now
from ui.finished_table import finished_table
from ui.page import show_heading
from ui.switches import uploads_are_open
from ui.undo import show_undo
from ui.upload_history import undo_batch

_MOST_SHOWN = 4


@dataclass(frozen=True)
class Fetching:
    """Every definition as it stands, and what became of the newest fetches."""

    states: tuple[FetchState, ...]
    published: tuple[PublishedCard, ...]
    failed: tuple[FailedCard, ...]
    rejected: tuple[RejectedCard, ...]
    withdrawn: tuple[WithdrawnCard, ...]


def read_fetching(batches: Sequence[Batch]) -> Fetching:
    """How it stands now, whatever day the page shows."""
    states = states_now()
    day = today()
    return Fetching(
        states, published_cards(states, batches, day), failed_cards(states),
        rejected_cards(rejections(home_folder()), day), withdrawn_cards(states),
    )  # fmt: skip


def show_fetched(fetching: Fetching, version: str) -> None:
    """What became of fetches, and under it how fresh every source is; nothing without fetches."""
    if not fetching.states:
        return
    _show_lists(fetching)
    known = cache.catalog(version)
    show_source_rows(source_rows(fetching.states, cache.freshness_of(version), known))


def _show_lists(fetching: Fetching) -> None:
    with st.container(key="spalter-hentet"):
        left, right = st.columns(2, gap="medium")
    with left:
        _show_published(fetching.published)
    with right:
        _show_failed(fetching.failed)
    if fetching.withdrawn:
        _show_withdrawn(fetching.withdrawn)
    if fetching.rejected:
        _show_rejected(fetching.rejected)


def _show_published(cards: Sequence[PublishedCard]) -> None:
    show_heading(
        f"Udgivet af sig selv ({fmt.number(len(cards), 0)})",
        "Ingen fejl og ingen spørgsmål, de seneste 30 dage. Kan fortrydes.",
    )
    if not cards:
        st.markdown(small("Ingen hentede tal er udgivet af sig selv de seneste 30 dage."))
    for card in cards[:_MOST_SHOWN]:
        with st.container(border=True, gap="xsmall"):
            _show_line(":green-badge[:material/check_circle: Udgivet]", f"hentet {card.when}")
            st.markdown(f"**{plain(card.title)}**  \n:small[{plain(card.about)}]")
            if uploads_are_open():
                with st.popover(
                    "Fortryd", icon=":material/undo:", type="tertiary",
                    key=f"fortryd-hentet-{card.batch_id}", width="content",
                ):  # fmt: skip
                    show_undo(
                        f"fortryd-hentet-{card.batch_id}",
                        f"**Vil du fortryde indlæsning nr. {card.batch_id}?** De tidligere tal "
                        "gælder igen med det samme, og kildens næste tal venter på jer. I kan "
                        "hente de samme tal igen.",
                        "Fortryd indlæsningen",
                        partial(undo_batch, card.batch_id),
                    )
    _show_rest(len(cards), "De står alle under »Tidligere indlæsninger«.")


def _show_failed(cards: Sequence[FailedCard]) -> None:
    show_heading(
        f"Mislykkedes ({fmt.number(len(cards), 0)})",
        "Tallene i Spor er de samme som før. Der prøves igen.",
    )
    if not cards:
        st.markdown(small("Ingen hentning er mislykkedes."))
    run = fetch_run()
    for card in cards[:_MOST_SHOWN]:
        with st.container(border=True, gap="xsmall"):
            _show_line(badge_text(card.badge), card.when)
            st.markdown(f"**{plain(card.title)}**  \n:small[{plain(card.about)}]")
            with st.container(horizontal=True, gap="small"):
                if card.name and uploads_are_open():
                    st.button(
                        "Prøv igen", key=f"hent-igen-{card.name}", type="tertiary",
                        icon=":material/sync:", on_click=start_fetch, args=(card.name,),
                        disabled=bool(run and run.is_running),
                    )  # fmt: skip
                if card.asked:
                    with st.popover(
                        "Se forespørgslen", icon=":material/settings:", type="tertiary",
                        width="content",
                    ):  # fmt: skip
                        st.table(
                            finished_table(
                                ["Del", "Spørges om"],
                                [[plain(name), plain(value)] for name, value in card.asked],
                            ),
                            border="horizontal", hide_index=True,
                            alt=f"Hvad kilden spørges om: {card.title}",
                        )  # fmt: skip
    _show_rest(len(cards), "De står alle i »Hvor friske er kilderne?«.")


def _show_withdrawn(cards: Sequence[WithdrawnCard]) -> None:
    show_heading(
        f"Fortrudt ({fmt.number(len(cards), 0)})",
        "Hentede tal, som en af jer har fortrudt. De kommer ikke tilbage af sig selv, og kildens "
        "næste tal venter på jer. Hent dem igen, hvis de alligevel skal udgives: så venter de til "
        "godkendelse.",
    )
    run = fetch_run()
    for card in cards[:_MOST_SHOWN]:
        with st.container(border=True, gap="xsmall"):
            _show_line(badge_text(card.badge), card.when)
            st.markdown(f"**{plain(card.title)}**  \n:small[{plain(card.about)}]")
            if card.name and uploads_are_open():
                st.button(
                    "Hent igen", key=f"hent-fortrudt-{card.name}", type="tertiary",
                    icon=":material/sync:", on_click=start_fetch, args=(card.name,),
                    kwargs={"is_again": True}, disabled=bool(run and run.is_running),
                )  # fmt: skip
    _show_rest(len(cards), "De står alle i »Hvor friske er kilderne?«.")


def _show_rejected(cards: Sequence[RejectedCard]) -> None:
    show_heading(
        f"Afvist ({fmt.number(len(cards), 0)})",
        "Hentede filer, som en af jer har afvist de seneste 30 dage. De samme tal kommer ikke i "
        "køen igen.",
    )
    for card in cards[:_MOST_SHOWN]:
        with st.container(border=True, gap="xsmall"):
            _show_line(":gray-badge[:material/block: Afvist]", card.when)
            st.markdown(f"**{plain(card.title)}**  \n:small[{plain(card.about)}]")
    _show_rest(len(cards), "De er ældre.")


def _show_line(badge: str, when: str) -> None:
    with st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", gap="small"
    ):
        st.markdown(badge, width="content")
        if when:
            st.markdown(small(plain(when)), width="content")


def _show_rest(count: int, where: str) -> None:
    if count > _MOST_SHOWN:
        st.markdown(small(f"Og {fmt.number(count - _MOST_SHOWN, 0)} til. {where}"))


def show_source_rows(rows: Sequence[SourceRow]) -> None:
    """How fresh every source is, with a choice of which are listed."""
    with st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="bottom", gap="small"
    ):
        with st.container(width="content"):
            show_heading(
                "Hvor friske er kilderne?",
                "Forsinket: kilden skulle være kommet med nyt, men er det ikke. Det samme står på "
                "Om tallene.",
            )
        choice = st.selectbox(
            "Kilder", list(CHOICES), format_func=CHOICES.__getitem__, key="kilder-vist",
            label_visibility="collapsed", width=220,
        )  # fmt: skip
    shown = chosen_rows(rows, choice)
    if not shown:
        st.markdown(small("Ingen kilder kræver handling." if rows else "Der er ingen kilder."))
        return
    first, rest = split_rows(shown)
    _show_sources(first, "kilder")
    if rest:
        with st.expander(
            other_sources_words(len(rest)), icon=":material/table_rows:", key="flere-kilder"
        ):
            _show_sources(rest, "flere-kilder")


def _show_sources(rows: Sequence[SourceRow], name: str) -> None:
    lines = [
        {
            "Tabel": f"**{plain(row.table)}**",
            "Indhold": plain(row.content),
            "Kilde": plain(row.publisher),
            "Nyeste periode": plain(row.newest),
            "Sidst spurgt": plain(row.asked),
            "Ventes næste gang": plain(row.expected),
            "Status": badges_text(row.badges),
        }
        for row in rows
    ]
    # Its dates stay on one line where there is room for it (spor.css).
    with st.container(key=f"kildetabel-{name}"):
        draw_table(
            lines,
            "Kilder med nyeste periode, sidste hentning, næste ventede opdatering og status",
            name,
        )
