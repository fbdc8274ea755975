"""The front page in parts: the plan in a few lines, and what the papers say that does not hold."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from kpi import format as fmt
from kpi.catalog import Catalog
from kpi.claims import DIFFERS, CheckedClaim
from kpi.selection import Selection
from kpi.views.about import claim_row
from kpi.views.plan import PlanMoves
from kpi.wording import capital
from ui.badges import badge_text, plain
from ui.page import show_heading, show_link


def show_moves(moves: PlanMoves | None) -> None:
    """How many initiatives went from which state to which; nothing before the first report."""
    if moves is None:
        return
    show_heading(moves.title, moves.subtitle)
    frame = pd.DataFrame(
        [
            {
                "Antal": fmt.number(one.count, 0),
                "Dengang": badge_text(one.then) if one.then else "–",
                "Nu": badge_text(one.now),
                "Hvad er sket": one.what,
            }
            for one in moves.moves
        ]
    )
    st.table(frame, border="horizontal", hide_index=True, alt=moves.title)
    show_link(Selection("handleplan"), "Se alle indsatser", icon=":material/arrow_forward:")
    st.space("small")


def show_disputed(claims: Sequence[CheckedClaim], catalog: Catalog) -> None:
    """The numbers that papers have worked out otherwise than their own figures come to."""
    found = [claim_row(one, catalog) for one in claims if one.verdict == DIFFERS]
    if not found:
        return
    st.space("small")
    who, of = capital(fmt.count_word(len(found))), fmt.count_word(len(claims))
    title = f"{who} af {of} udsagn stemmer ikke med papirernes egne tal"
    show_heading(title, "Regnetjek: papirernes regnestykker, regnet efter")
    frame = pd.DataFrame(
        [
            {
                "Udsagn": plain(one.subject),
                "Skrevet": plain(one.reported),
                "Regnet ud": f"**{plain(one.computed)}**",
            }
            for one in found
        ]
    )
    st.table(frame, border="horizontal", hide_index=True, alt=title)
