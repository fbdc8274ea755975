"""The queue above the current file: each file with its finding, one click away."""

from collections.abc import Callable
from typing import Literal

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from kpi.views import upload_queue as view
from kpi.views.upload_queue import Finding
from ui.badges import plain, small
from ui.upload_files import (
    Handed,
    current_file,
    drop,
    file_field,
    files,
    fresh_key,
    next_file,
    take_up,
)
from ui.upload_state import Reading, reading_of

# state: icon and colour; meaning never rests on the colour alone.
_LOOKS = {
    view.READY: ("check_circle", "green"),
    view.WARNED: ("warning", "yellow"),
    view.WRONG: ("cancel", "red"),
    view.ASKING: ("help", "yellow"),
    view.LACKING: ("menu_book", "yellow"),
    view.REFUSED: ("gpp_bad", "red"),
    view.UNREAD: ("cancel", "red"),
    view.UNCHANGED: ("drag_handle", "gray"),
    view.WAITING: ("hourglass_empty", "gray"),
    view.PUBLISHED: ("publish", "green"),
}
# More lines scroll: the current file is what the page is about.
_LINES_UNSCROLLED = 5
_SCROLLED_HEIGHT = 220


def show_queue(version_key: str) -> Callable[[Handed, Reading], None]:
    """Draws the queue where there is one; returns what shows a finding that comes in later."""
    queue = files()
    if len(queue) < 2 and (not queue or current_file() is not None):
        return lambda _file, _reading: None
    findings = {file.number: _finding(file, version_key) for file in queue}
    places: dict[int, DeltaGenerator] = {}
    with st.container(border=True, gap="xsmall"):
        with st.container(
            horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"
        ):
            total = st.empty()
            _show_actions()
        height: Literal["content"] | int = (
            _SCROLLED_HEIGHT if len(queue) > _LINES_UNSCROLLED else "content"
        )
        with st.container(gap=None, height=height, border=False, key="indlaes-koe"):
            for file in queue:
                places[file.number] = _show_line(file)
    _show_total(total, findings)
    for number, finding in findings.items():
        _show_finding(places[number], finding)

    def show_late(file: Handed, read: Reading) -> None:
        """Shows what was found in a file that was read after the list was drawn."""
        findings[file.number] = read.finding
        _show_finding(places[file.number], findings[file.number])
        _show_total(total, findings)

    return show_late


def show_next_file(kind: str = "secondary") -> None:
    """The button that makes the next file the current one, where there is one."""
    following = next_file()
    if following is None:
        return
    st.button(
        f"Næste fil: {plain(following.name)}",
        icon=":material/arrow_forward:",
        type="primary" if kind == "primary" else "secondary",
        key=f"naeste-{kind}",
        on_click=take_up,
        args=(following.number,),
    )


def _show_actions() -> None:
    hand, following = current_file(), next_file()
    with st.container(horizontal=True, width="content", gap="small"):
        with st.popover(
            "Tilføj filer", icon=":material/add:", type="tertiary", key=fresh_key("tilfoej")
        ):
            file_field("Vælg flere filer", adds=True)
        if hand is not None and hand.batch_id is None:
            st.button(
                "Fjern filen", icon=":material/close:", type="tertiary", key="fjern-fil",
                on_click=drop, args=(hand.number,),
            )  # fmt: skip
        if following is not None:
            st.button(
                "Næste fil", icon=":material/arrow_forward:", type="tertiary", key="naeste-fil",
                on_click=take_up, args=(following.number,),
            )  # fmt: skip


def _show_line(file: Handed) -> DeltaGenerator:
    """A file's name, a click on which makes it current, and the place of its finding."""
    hand = current_file()
    is_in_hand = hand is not None and hand.number == file.number
    with st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", gap="small"
    ):
        name = plain(file.name)
        st.button(
            f"**{name}**" if is_in_hand else name,
            icon=":material/arrow_right:" if is_in_hand else ":material/description:",
            type="tertiary",
            key=f"tag-fil-{file.number}",
            help=f"Fra {plain(file.archive)}" if file.archive else None,
            on_click=take_up,
            args=(file.number,),
        )
        return st.empty()


def _finding(file: Handed, version_key: str) -> Finding:
    if file.batch_id is not None:
        return view.published(file.batch_id)
    read = reading_of(file, version_key)
    return read.finding if read else view.NOT_READ


def _show_finding(place: DeltaGenerator, finding: Finding) -> None:
    icon, colour = _LOOKS[finding.state]
    place.markdown(f":{colour}-badge[:material/{icon}: {plain(finding.text)}]", width="content")


def _show_total(place: DeltaGenerator, findings: dict[int, Finding]) -> None:
    line = view.queue_line(findings.values())
    place.markdown(f"**Køen** {small('· ' + plain(line))}", width="content")
