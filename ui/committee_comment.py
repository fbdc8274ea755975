"""The administration's remark on the figure that is shown: written on Udvalg, in every paper."""

from datetime import date

import streamlit as st

from kpi.domain.catalog import Catalog
from kpi.domain.period import today
from kpi.exhibits.comments import COMMENT
from kpi.export.paper import Item, Paper
from ui.badges import small
from ui.plan_rows import enter_rows
from ui.switches import uploads_are_open


def show_comment(item: Item, paper: Paper, catalog: Catalog) -> None:
    """A field for the remark and who gives it; kept for all when it is registered."""
    if not uploads_are_open():
        return
    key = item.exhibit.key
    with (
        st.expander(COMMENT, key=f"udvalg-bemaerkning-{key}", icon=":material/edit_note:"),
        st.form(f"udvalg-bemaerkning-form-{key}", border=False, enter_to_submit=False),
    ):
        words = st.text_area(
            "Bemærkning", key=f"udvalg-bemaerkning-tekst-{key}",
            height="content",
        )  # fmt: skip
        by = st.text_input("Dit navn", autocomplete="name", key="udvalg-bemaerkning-navn")
        st.markdown(
            small(
                "Den står under figuren på siderne og i alle papirer. En ny bemærkning om det "
                "samme afløser den."
            )
        )
        pressed = st.form_submit_button("Gem bemærkning")
    if pressed:
        enter_rows({"comment": [_row(item, paper, catalog, words, by)]}, by)


def _row(item: Item, paper: Paper, catalog: Catalog, words: str, by: str) -> dict[str, str]:
    areas = {row.area_id for row in item.exhibit.observations}
    area_id = paper.choice.area_id
    # A paper of an earlier day shows what was said by then.
    day: date = min(today(), paper.as_of)
    meeting_id = paper.meeting.meeting_id if paper.meeting else ""
    return {
        "date": day.isoformat(),
        "author": " ".join(by.split()),
        "text": " ".join(words.split()),
        "indicator_id": item.indicator.indicator_id,
        "area_id": area_id if area_id in areas else "",
        "meeting_id": meeting_id if meeting_id in catalog.meetings else "",
    }
