"""Small charts on a page: name and newest value as text above each, more of them when asked for."""

from collections.abc import Sequence

import streamlit as st

from kpi.charts.marks import Panel, PanelLine, PanelMarks
from kpi.charts.panels import MOST, Axes, axes_of, panel_figure
from kpi.domain.format import NO_BREAK_SPACE
from ui.badges import plain, small
from ui.chart_config import CHART_CONFIG
from ui.more import first_ones, show_more

# As many panels as a wide window has in a row; of fewer than one more row none is held back.
_ROW = 4


def show_panels(key: str, marks: PanelMarks, most: int) -> None:
    """The panels, as many beside each other as there is room for (ui/spor.css).

    The first `most` of them, and as many again each time a person asks for more.
    """
    shown = first_ones(key, marks.panels, most, spare=_ROW)
    st.markdown(_legend(marks.legend))
    axes = axes_of(marks)
    with st.container(key=f"felter-{key}"):
        for place, panel in enumerate(shown):
            _show_panel(f"{key}-{place}", marks, panel, axes)
    show_more(key, len(marks.panels) - len(shown))


def panels_of_each(exhibits: int) -> int:
    """How many panels each of so many exhibits begins with: a page of ten is not ten times as long.

    Whole rows.
    """
    return max(_ROW, MOST // max(exhibits, 1) // _ROW * _ROW)


def _show_panel(key: str, marks: PanelMarks, panel: Panel, axes: Axes) -> None:
    with st.container(key=f"felt-{key}", gap=None):
        with st.container(horizontal=True, gap="xsmall", vertical_alignment="bottom"):
            name, value = f"**{plain(panel.name)}**", f"**{plain(panel.value)}**"
            if panel.is_own:
                name, value = f":blue[{name}]", f":blue[{value}]"
            gap = f" :gray[:small[({plain(panel.gap)})]]" if panel.gap else ""
            st.markdown(name, width="stretch")
            st.markdown(value + gap, width="content")
        st.plotly_chart(
            panel_figure(marks, panel, axes), theme=None, config=CHART_CONFIG, height="stretch",
            key=f"figur-{key}", alt=panel.alt,
        )  # fmt: skip


def _legend(legend: Sequence[tuple[PanelLine, str]]) -> str:
    """What each line is, after a stroke that looks like it."""
    return (4 * NO_BREAK_SPACE).join(_entry(kind, words) for kind, words in legend)


def _entry(kind: PanelLine, words: str) -> str:
    match kind:
        case "area":
            return f"**━━** {small(plain(words))}"
        case "own":
            return f":blue[**━━**] {small(plain(words))}"
        case "median":
            return f":gray[┅┅] {small(plain(words))}"
        case "break":
            return f"**┊** {small(plain(words))}"
