"""What has changed since a meeting: figures, verdicts, initiatives and corrections."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from kpi.views.since import ChangedFigure, Flipped, MovedInitiative, NewFigure, Since
from ui.badges import badge_text, plain, small

_MOST = 60


def show_since(since: Since) -> None:
    """A table for each kind of change; says so where nothing has changed."""
    if since.is_empty:
        st.markdown("Ingen tal og ingen indsatser er ændret siden.")
        return
    _show("Indsatser, der har skiftet tilstand eller er kommet til", _moved(since.moved))
    _show("Domme, der er vendt", _flipped(since.flipped))
    _show("Nye tal", _new(since.new))
    _show("Rettede tal", _changed(since.changed))
    _show(
        "Rettelser og tilbagetrækninger",
        [
            {"Hvad": plain(what), "Hvornår": plain(when), "Hvorfor": plain(why)}
            for what, when, why in since.corrections
        ],
    )


def _moved(rows: Sequence[MovedInitiative]) -> list[dict[str, str]]:
    return [
        {
            "Indsats": f"{plain(one.title)}  \n{small(plain(one.responsible))}",
            "Dengang": badge_text(one.then) if one.then else "–",
            "Nu": badge_text(one.now),
            "Det seneste": f"{plain(one.summary)}  \n{small(plain(one.told))}",
        }
        for one in rows
    ]


def _flipped(rows: Sequence[Flipped]) -> list[dict[str, str]]:
    return [
        {
            "Nøgletal": plain(one.name),
            "Dengang": badge_text(one.then),
            "Nu": badge_text(one.now),
        }
        for one in rows
    ]


def _new(rows: Sequence[NewFigure]) -> list[dict[str, str]]:
    return [
        {
            "Nøgletal": plain(one.name),
            "Periode": plain(one.period),
            "Tal": f"**{plain(one.value)}**",
            "Før": plain(one.before) or "–",
        }
        for one in rows
    ]


def _changed(rows: Sequence[ChangedFigure]) -> list[dict[str, str]]:
    return [
        {
            "Nøgletal": plain(one.name),
            "Periode": plain(one.period),
            "Dengang": plain(one.old),
            "Nu": f"**{plain(one.new)}**",
        }
        for one in rows
    ]


def _show(title: str, rows: Sequence[dict[str, str]]) -> None:
    if not rows:
        return
    st.markdown(f"**{title}** ({len(rows)})")
    st.table(pd.DataFrame(rows[:_MOST]), border="horizontal", hide_index=True, alt=title)
    if len(rows) > _MOST:
        st.markdown(small(f"Og {len(rows) - _MOST} til."))
