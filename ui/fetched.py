"""What is known of fetched figures beside the versions: of the disk, kept till it changes."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import streamlit as st

from kpi.domain.period import today
from kpi.domain.selection import Selection
from kpi.fetch.definition import definition_folders
from kpi.fetch.queue import queue_folder, waiting_files
from kpi.fetch.states import FetchState, states_of
from kpi.store import home_folder
from kpi.views.approval import WaitingCard, waiting_card
from kpi.views.fetched import (
    FetchRow,
    as_fetched,
    attention_line,
    fetch_rows,
    source_facts,
    trouble_line,
)
from kpi.views.freshness import FreshnessRow
from ui.as_of import day_parameter
from ui.badges import badges_text, plain, small
from ui.drawn_table import draw_table
from ui.keeping import kept
from ui.page import show_link
from ui.picture_mode import is_picture
from ui.switches import uploads_are_open


def fetch_states() -> tuple[FetchState, ...]:
    """Every definition as it stands now; none where the page shows an earlier day."""
    return () if day_parameter() else _now(home_folder())


def states_now() -> tuple[FetchState, ...]:
    """Every definition as it stands now, whatever day the page shows."""
    return _now(home_folder())


def _now(home: Path) -> tuple[FetchState, ...]:
    folders = {*definition_folders(home), queue_folder(home)}
    # And which version is current: a publication of theirs may have been withdrawn.
    paths = [
        path
        for folder in sorted(folders)
        for path in sorted(folder.glob("*.*"))
        if path.suffix in (".toml", ".json")
    ] + [*home.glob("current")]
    written = tuple((str(path), path.stat().st_mtime_ns) for path in paths)
    return _states(written, home, today().isoformat())


@kept(most=2)
def _states(_: tuple[tuple[str, int], ...], home: Path, __: str) -> tuple[FetchState, ...]:
    return tuple(states_of(home, datetime.now(UTC)))


def waiting_now() -> tuple[WaitingCard, ...]:
    """The files that wait, whatever day the page shows; those without a definition too."""
    home = home_folder()
    sources = {
        state.name: state.definition.source for state in _now(home) if state.definition is not None
    }
    return tuple(waiting_card(each, sources.get(each.name)) for each in waiting_files(home))


def with_fetched(rows: Sequence[FreshnessRow]) -> tuple[FreshnessRow, ...]:
    """The ages of figures, with what their sources have said themselves."""
    return as_fetched(rows, source_facts(fetch_states()))


def show_attention() -> None:
    """One line where a fetched file waits or a source is late; nothing where neither."""
    states = fetch_states()
    waits = any(state.waiting is not None for state in states)
    _show_line(attention_line(states), to_queue=waits and uploads_are_open())


def show_trouble() -> None:
    """One line where a source is late or was not fetched, with the way to what is known of it."""
    _show_line(trouble_line(fetch_states()), to_queue=False)


def _show_line(line: str, *, to_queue: bool) -> None:
    if not line or is_picture():
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(small(f":material/cloud_download: {plain(line)}"), width="content")
        if to_queue:
            show_link(Selection("indlaes"), "Se dem", icon=":material/arrow_forward:")
        else:
            show_link(
                Selection("om", afsnit=("hentning",)),
                "Se kilderne",
                icon=":material/arrow_forward:",
            )


def fetched_sources() -> tuple[FetchRow, ...]:
    """The sources that Spor asks itself."""
    return fetch_rows(fetch_states())


def show_fetched_sources(rows: Sequence[FetchRow]) -> None:
    """When each was asked, what came of it, and what is late."""
    draw_table(
        [_cells(row) for row in rows],
        "Kilder, der hentes automatisk, med sidste hentning og næste ventede opdatering",
        "hentede-kilder",
    )


def _cells(row: FetchRow) -> dict[str, str]:
    return {
        "Kilde": f"**{plain(row.title)}**  \n{small(plain(row.source))}",
        "Status": badges_text(row.badges),
        "Sidst spurgt": plain(row.asked),
        "Sidst hentet": plain(row.fetched),
        "Kilden opdateret": plain(row.updated),
        "Næste ventes": plain(row.expected),
        "Seneste resultat": plain(row.result),
    }
