"""Drawing an exhibit: heading, chart, source, and its table, CSV and link."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import streamlit as st

from kpi.charts.drawing import draw
from kpi.charts.marks import FOCUS, EventMark, LineMarks, PanelMarks, TileMarks
from kpi.charts.panels import MOST
from kpi.exhibits import Exhibit, Table
from kpi.exhibits.comments import is_comment
from kpi.exhibits.events import events_remark
from kpi.exhibits.lines import PERIOD
from kpi.exhibits.point_remarks import is_point_remark
from ui.badges import plain, small
from ui.chart_config import CHART_CONFIG
from ui.comments import show_comments
from ui.downloads import show_downloads
from ui.finished_table import finished_table
from ui.frame_text import show_frame_text
from ui.page import show_heading
from ui.panels import show_panels
from ui.picture_mode import is_picture
from ui.turns import let_draw
from ui.url import link_of

_REMARKS_SHOWN = 3
# Of a table of periods, before its areas are rows.
_MOST_COLUMNS = 10
_SHOWN = "tegnet-i"
_MAP_WIDTH, _TABLE_WIDTH, _TABLE_HEIGHT = 758, 400, 800


def show_exhibit(
    exhibit: Exhibit,
    with_actions: bool = True,
    most_panels: int = MOST,
    map_alone: bool = False,
    place: str = "",
) -> None:
    """The exhibit with everything that belongs to it; its table and files where they are wanted.

    Where another choice puts another exhibit in the same `place` of the page, the browser keeps
    what both have: chart, switch and buttons are not made anew.
    """
    show_heading(exhibit.title, exhibit.measure)
    show_drawn(exhibit, with_actions, most_panels, map_alone, place)


def show_drawn(
    exhibit: Exhibit,
    with_actions: bool = True,
    most_panels: int = MOST,
    map_alone: bool = False,
    place: str = "",
) -> None:
    """What stands under the exhibit's title."""
    place = place or exhibit.key
    if isinstance(exhibit.marks, TileMarks):
        _show_map(exhibit, exhibit.marks, with_table=not map_alone)
    elif isinstance(exhibit.marks, PanelMarks):
        show_panels(exhibit.key, exhibit.marks, most_panels)
    else:
        _show_chart(exhibit, with_actions, place)
    comments = [remark for remark in exhibit.remarks if is_comment(remark)]
    show_comments(comments, exhibit.key)
    # Where there are no notes to open, all of them are under it.
    shown = exhibit.remarks if is_picture() or not with_actions else remarks_under(exhibit)
    shown = tuple(remark for remark in shown if remark not in comments)
    st.markdown(small(plain(" ".join([exhibit.source, *shown]))))
    if with_actions and not is_picture():
        _show_actions(exhibit, place)


# Its switch changes nothing else on the page, which is not sent again then.
@st.fragment
def _show_chart(exhibit: Exhibit, with_actions: bool, place: str) -> None:
    """The chart, and below it the switch of its events: on a phone the chart comes first."""
    marks, switch = exhibit.marks, f"haendelser-{place}"
    # What parts a series is no event beside it: it is always shown.
    breaks = _breaks(marks) if isinstance(marks, LineMarks) else ()
    has_switch = (
        with_actions
        and not is_picture()
        and isinstance(marks, LineMarks)
        and len(breaks) < len(marks.events)
    )
    figure = exhibit.figure
    if has_switch and isinstance(marks, LineMarks) and not st.session_state.get(switch, True):
        figure = draw(replace(marks, events=breaks))
    # What comes after it has the same place in the page whether there is a switch or not.
    with _room_of(place, (exhibit.selection, figure is exhibit.figure)):
        st.plotly_chart(
            figure, theme=None, config=CHART_CONFIG, key=f"figur-{place}", alt=exhibit.alt
        )
        if has_switch:
            st.toggle(
                "Vis hændelser", value=True, key=switch,
                help="Numrene ved aksen er forklaret under figuren.",
            )  # fmt: skip


@contextmanager
def _room_of(place: str, shown: object) -> Iterator[None]:
    """Where the chart goes: emptied first where another one was, which Streamlit would leave there.

    It leaves a chart beside the one that takes its place until the whole page is sent.
    """
    before = st.session_state.setdefault(_SHOWN, {})
    is_other = before.get(place, shown) != shown
    with st.empty().container() if is_other else st.container():
        yield
    before[place] = shown
    if is_other:
        let_draw()


def _breaks(marks: LineMarks) -> tuple[EventMark, ...]:
    return tuple(event for event in marks.events if event.is_break)


def _show_map(exhibit: Exhibit, marks: TileMarks, with_table: bool) -> None:
    """The chosen area, the map, as high as its squares need (ui/spor.css), and its numbers.

    They stand beside it, and where there is no room, below.
    """
    if marks.own:
        value, place = marks.own
        st.markdown(f"**{plain(value)}** · {small(plain(place))}")
    with st.container(horizontal=True, wrap=True, gap="large", key=f"kortvisning-{exhibit.key}"):
        with st.container(key=f"fliser-{exhibit.key}", width=_MAP_WIDTH):
            st.plotly_chart(
                exhibit.figure, theme=None, config=CHART_CONFIG, height="stretch",
                key=f"figur-{exhibit.key}", alt=exhibit.alt,
            )  # fmt: skip
        if with_table and not is_picture():
            own = next((tile.name for tile in marks.tiles if tile.role == FOCUS), "")
            with st.container(width=_TABLE_WIDTH, gap="xsmall", key=f"korttal-{exhibit.key}"):
                st.markdown(f"**Alle {len(exhibit.table.rows)} kommuner, lavest først**")
                with st.container(
                    height=_TABLE_HEIGHT, border=False, key=f"korttabel-{exhibit.key}"
                ):
                    show_table(exhibit.table, f"Tallene bag »{exhibit.title}«", strong=own)


def remarks_under(exhibit: Exhibit) -> tuple[str, ...]:
    """The remarks under a figure: the first ones, and what its numbers and letters stand for."""
    first = [remark for remark in exhibit.remarks if not is_comment(remark)][:_REMARKS_SHOWN]
    marks = exhibit.marks
    events = events_remark(marks.events) if isinstance(marks, LineMarks) else ""
    return tuple(
        remark
        for remark in exhibit.remarks
        if remark in first or remark == events or is_point_remark(remark)
    )


def show_later(exhibit: Exhibit | None) -> None:
    """An exhibit that was asked for; says so where nothing of it may be shown."""
    if exhibit:
        show_exhibit(exhibit)
    else:
        st.markdown("Figuren kan ikke vises, fordi alle tal er skjult eller ikke oplyst.")


def _show_actions(exhibit: Exhibit, place: str) -> None:
    with st.container(horizontal=True, gap="small", key=f"figurvalg-{place}"):
        with st.popover("Tabel", icon=":material/table:", type="tertiary", width="content"):
            show_table(exhibit.table, f"Tallene bag »{exhibit.title}«")
        shown = remarks_under(exhibit)
        rest = [
            remark for remark in exhibit.remarks if remark not in shown and not is_comment(remark)
        ]
        if rest:
            with st.popover("Noter", icon=":material/notes:", type="tertiary", width="content"):
                st.markdown("\n".join(f"- {plain(remark)}" for remark in rest))
        show_downloads(exhibit, place)
        # Its press is taken by copy.js; opened in a tab it shows the same.
        st.link_button(
            "Kopiér link", link_of(exhibit.selection), key=f"kopier-{place}",
            icon=":material/link:", type="tertiary",
        )  # fmt: skip
        show_frame_text(exhibit, place)


def _turned(table: Table) -> Table:
    """A development of many areas with a row an area: so many columns nobody could read."""
    if table.columns[0] != PERIOD or len(table.columns) <= _MOST_COLUMNS:
        return table
    head, *rows = zip(table.columns, *table.rows, strict=True)
    return Table(("Område", *head[1:]), tuple(rows))


def show_table(table: Table, alt: str, strong: str = "") -> None:
    """The numbers as a table that people and screen readers can read; rows of `strong` are bold."""
    table = _turned(table)
    finished = finished_table(
        [plain(column) for column in table.columns],
        [
            [f"**{plain(cell)}**" if strong and strong in row else plain(cell) for cell in row]
            for row in table.rows
        ],
    )
    st.table(finished, border="horizontal", hide_index=True, alt=alt)
