"""The text that shows a chart in a frame of another page, for those to copy that may."""

from html import escape

import streamlit as st

from kpi.domain.wording import listing
from kpi.exhibits import Exhibit
from ui.badges import plain
from ui.frames import SETTING, embed_origins
from ui.picture_mode import EMBEDDED, PARAMETER
from ui.url import link_of

# A chart with its title and notes; in a narrow frame the rest is scrolled to.
_HEIGHT = 560


def frame_text(exhibit: Exhibit) -> str:
    """The HTML that shows the exhibit in a page elsewhere."""
    link = link_of(exhibit.selection)
    source = f"{link}{'&' if '?' in link else '?'}{PARAMETER}={EMBEDDED}"
    return (
        f'<iframe src="{escape(source)}" title="{escape(exhibit.title)}" width="100%" '
        f'height="{_HEIGHT}" style="border: 0" loading="lazy"></iframe>'
    )


def show_frame_text(exhibit: Exhibit, place: str) -> None:
    """The text in a `place` of the page; where the server allows no pages, why there is none."""
    origins = embed_origins()
    with st.popover("Indlejr", icon=":material/code:", type="tertiary", width="content"):
        if not origins:
            st.markdown(
                "Indlejring er slået fra på denne server. Den, der driver Spor, kan tillade den "
                f"for bestemte sider med indstillingen {plain(SETTING)}."
            )
            return
        st.markdown(f"Teksten viser figuren på sider under {plain(listing(list(origins)))}.")
        with st.container(key=f"kopierbar-{place}", gap="xsmall"):
            st.code(frame_text(exhibit), language=None, wrap_lines=True)
            # Its press is taken by copy.js.
            st.button("Kopiér teksten", key=f"kopier-ramme-{place}", icon=":material/content_copy:")
