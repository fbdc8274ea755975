"""What has changed since a meeting: figures, verdicts, initiatives and corrections."""

from collections.abc import Sequence
from datetime import date

import pandas as pd
import streamlit as st

from kpi import format as fmt
from kpi.catalog import Catalog
from kpi.plan import Meeting, Plan
from kpi.views.headlines import Headlines
from kpi.views.meetings import meetings_before, usual_meeting
from kpi.views.since import ChangedFigure, Flipped, MovedInitiative, NewFigure, Since
from ui import cache
from ui.badges import badge_text, badges_text, plain, small
from ui.choose import choose_one
from ui.page import show_heading
from ui.picture_mode import is_picture

_MOST = 60


def choose_since(catalog: Catalog, plan: Plan, wanted: str, day: date) -> Meeting | None:
    """The meeting that the page is held against; None where none was held before the day.

    A meeting in the address that was not is told of.
    """
    known = {one.meeting_id: one for one in meetings_before(catalog, day)}
    usual = usual_meeting(catalog, plan, day)
    if wanted and wanted not in known:
        chosen = catalog.meetings[wanted]
        st.warning(
            f"Mødet {fmt.long_date(chosen.day)} ligger ikke før {fmt.long_date(day)}. Siden viser "
            "i stedet sit udgangspunkt.",
            icon=":material/link_off:",
        )
    if usual is None:
        return None
    chosen_id = choose_one(
        "Siden mødet", list(known), wanted if wanted in known else usual.meeting_id,
        lambda one: _meeting_name(known[one]), key="siden",
    )  # fmt: skip
    return known[chosen_id]


def _meeting_name(meeting: Meeting) -> str:
    return f"{fmt.long_date(meeting.day)}, {meeting.body}"


def show_since_meeting(
    version: str, meeting: Meeting | None, home_id: str, theme_id: str = ""
) -> None:
    """What is other than at the meeting, worked out when a person opens it."""
    if is_picture() or meeting is None:
        return
    shown = st.expander(
        f"Alt, der er nyt siden {fmt.long_date(meeting.day)}", icon=":material/history:",
        key=f"siden-sidst-{theme_id}", on_change="rerun",
    )  # fmt: skip
    if shown.open:
        with shown:
            st.markdown(f"Mødet: {plain(meeting.body)}, **{plain(meeting.title)}**.")
            show_since(cache.since_of(version, meeting.day, home_id, theme_id))


def show_headlines(found: Headlines) -> None:
    """The headline figures that are new since the meeting, beside what was known then."""
    show_heading(found.title, found.subtitle)
    if not found.rows:
        return
    frame = pd.DataFrame(
        [
            {
                "Nøgletal": plain(one.name),
                "Før": plain(one.before),
                "Nu": f"**{plain(one.now)}** ({plain(one.period)})",
                "Vurdering": badges_text(one.badges),
            }
            for one in found.rows
        ]
    )
    st.table(frame, border="horizontal", hide_index=True, alt=found.title)


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
