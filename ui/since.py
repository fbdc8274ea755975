"""What has changed since a meeting: figures, verdicts, initiatives and corrections."""

from collections.abc import Sequence
from datetime import date

import pandas as pd
import streamlit as st

from kpi import format as fmt
from kpi.catalog import Catalog
from kpi.plan import Meeting
from kpi.views.since import ChangedFigure, Flipped, MovedInitiative, NewFigure, Since
from ui import cache
from ui.badges import badge_text, plain, small
from ui.choose import choose_one
from ui.picture_mode import is_picture

_MOST = 60


def choose_since(
    catalog: Catalog, wanted: str, day: date, news: date | None = None, first: bool = False
) -> str:
    """The meeting that things are held against: the last before the day, or the `first` of all.

    With `news` (the day of the newest report) the last before that: since then something is new.
    """
    known = [one.meeting_id for one in catalog.meetings.values() if one.day < day]
    known = known or list(catalog.meetings)[:1]
    before = [one for one in known if news and catalog.meetings[one].day < news]
    start = known[0] if first else (before or known)[-1]
    return choose_one(
        "Siden mødet", known, wanted or start,
        lambda one: _meeting_name(catalog.meetings[one]), key="siden",
    )  # fmt: skip


def _meeting_name(meeting: Meeting) -> str:
    return f"{fmt.long_date(meeting.day)}, {meeting.body}"


def newest_meeting(catalog: Catalog, day: date) -> Meeting | None:
    """The last meeting before a day; None where there was none."""
    held = [one for one in catalog.meetings.values() if one.day < day]
    return max(held, key=lambda one: one.day, default=None)


def show_since_meeting(
    version: str, meeting: Meeting | None, home_id: str, theme_id: str = ""
) -> None:
    """What is other than at the meeting, worked out when a person opens it."""
    if is_picture() or meeting is None:
        return
    shown = st.expander(
        f"Hvad er nyt siden {fmt.long_date(meeting.day)}?", icon=":material/history:",
        key=f"siden-sidst-{theme_id}", on_change="rerun",
    )  # fmt: skip
    if shown.open:
        with shown:
            st.markdown(f"{plain(meeting.body)} behandlede: **{plain(meeting.title)}**.")
            show_since(cache.since_of(version, meeting.day, home_id, theme_id))


def show_since(since: Since) -> None:
    """A table for each kind of change; says so where nothing has changed."""
    if since.is_empty:
        st.markdown("Ingen tal og ingen indsatser er ændret siden.")
        return
    _show("Indsatser, der har skiftet tilstand eller er omtalt første gang", _moved(since.moved))
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
            "Periode": plain(one.period)
            + (f"  \n{small(plain(one.others))}" if one.others else ""),
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
