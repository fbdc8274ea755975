"""Packs that were made earlier: opened again with that day's data or the newest."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from kpi.domain import format as fmt
from kpi.domain.catalog import Catalog
from kpi.domain.errors import KpiError
from kpi.domain.model import Observation
from kpi.domain.period import today
from kpi.domain.period_words import row_period_name
from kpi.export.choice import Choice
from kpi.export.paper import Paper, arranged
from kpi.export.saved import Moved, SavedPack, moved, saved_packs
from ui import cache
from ui.as_of import choose_day
from ui.badges import plain, small
from ui.committee_drafts import leave_draft, once_saved
from ui.committee_state import put_in_boxes
from ui.drawn_table import draw_table
from ui.page import show_heading

_MOST_SHOWN, _MOST_MOVED = 12, 40


def show_saved(paper: Paper, version: str) -> None:
    """The kept packs, each with its way back and what has changed in its figures since."""
    packs = saved_packs()
    if not packs:
        return
    show_heading(
        "Gemte pakker", "En pakke kan dannes igen med sin egen dags data eller med de nyeste"
    )
    for pack in packs[:_MOST_SHOWN]:
        count = len(pack.exhibits)
        many = "1 figur" if count == 1 else f"{count} figurer"
        with st.expander(
            f"{plain(pack.name)} · data som kendt {fmt.long_date(pack.as_of)} · {many}",
            key=f"pakke-{pack.pack_id}", on_change="rerun",
        ) as shown:  # fmt: skip
            if shown.open:
                _show_pack(pack, version)


def _take_over(choice: Choice, day: date) -> None:
    """Puts a saved choice into the boxes; for the next run."""
    # The pack has its own day, whatever day the pages showed.
    choose_day(None)
    leave_draft()
    put_in_boxes(choice, day)


def _show_pack(pack: SavedPack, version: str) -> None:
    now = today()
    with st.container(horizontal=True, gap="small"):
        st.button(
            f"Åbn med data pr. {fmt.long_date(pack.as_of)}", key=f"dengang-{pack.pack_id}",
            icon=":material/history:",
            on_click=once_saved, args=(_take_over, pack.choice, pack.as_of),
        )  # fmt: skip
        st.button(
            "Åbn med nyeste data", key=f"i-dag-{pack.pack_id}", icon=":material/update:",
            on_click=once_saved, args=(_take_over, pack.choice, now),
        )  # fmt: skip
    try:
        then, newest = (_paper(pack, version, day) for day in (pack.as_of, now))
    except KpiError as error:
        st.markdown(small(plain(f"{error.title}. {error.message}")))
        return
    days = (fmt.long_date(pack.as_of), fmt.long_date(now))
    _show_moved(moved(then, newest), days, cache.catalog(version), pack.pack_id)


def _paper(pack: SavedPack, version: str, day: date) -> Paper:
    full_paper = cache.paper_of(cache.as_of(version, day), pack.choice)
    return arranged(full_paper, pack.choice)


def _show_moved(
    moved: Sequence[Moved], days: tuple[str, str], catalog: Catalog, pack_id: str
) -> None:
    if not moved:
        st.markdown("Ingen af pakkens tal er ændret siden.")
        return
    many = "1 tal er nyt eller ændret"
    if len(moved) > 1:
        many = f"{fmt.number(len(moved), 0)} tal er nye eller ændrede"
    st.markdown(f"**{many} siden:**")
    rows = [_row(figure, days, catalog) for figure in moved]
    title = "Tal, der er ændret, siden pakken blev gemt"
    draw_table(rows, title, f"pakke-{pack_id}", most=_MOST_MOVED)
    if len(moved) > _MOST_MOVED:
        st.markdown(small(f"Og {fmt.number(len(moved) - _MOST_MOVED, 0)} til."))


def _row(figure: Moved, days: tuple[str, str], catalog: Catalog) -> dict[str, str]:
    """The figure with its value on either day."""
    row = figure.now or figure.before
    assert row is not None
    indicator = catalog.indicators[row.indicator_id]

    def shown(observation: Observation | None) -> str:
        """The value as it is shown, or that there is none."""
        return plain(fmt.display(observation, indicator)) if observation else fmt.MISSING

    return {
        "Nøgletal": plain(indicator.short_name),
        "Område": plain(catalog.areas[row.area_id].name),
        "Gruppe": plain(catalog.groups[row.group_id].name),
        "Periode": plain(row_period_name(row, indicator, catalog)),
        days[0]: shown(figure.before),
        days[1]: f"**{shown(figure.now)}**",
    }
