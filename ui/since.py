"""What has changed since a meeting: figures, verdicts, initiatives and corrections."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from kpi.domain import format as fmt
from kpi.domain.catalog import Catalog
from kpi.domain.plan import NO_STATUS, SUMMARY, Meeting, Plan
from kpi.domain.wording import meeting_name
from kpi.views.headlines import Headlines
from kpi.views.meetings import meetings_before, usual_meeting
from kpi.views.since import ChangedFigure, Flipped, MovedInitiative, NewFigure, Since
from ui import cache
from ui.as_of import shown_day
from ui.badges import badge_text, badges_text, plain, small
from ui.choose import choose_one
from ui.drawn_table import draw_table
from ui.page import show_heading
from ui.picture_mode import is_picture

_MOST = 60


def choose_since(catalog: Catalog, plan: Plan, wanted: str, day: date) -> Meeting | None:
    """The meeting that the page is compared with; None where there was none before the day.

    A meeting in the address that was not before the day gives a message.
    """
    known = {meeting.meeting_id: meeting for meeting in meetings_before(catalog, day)}
    usual = usual_meeting(catalog, plan, day)
    if wanted and wanted not in known:
        chosen = catalog.meetings[wanted]
        st.warning(
            f"Mødet {fmt.long_date(chosen.day)} ligger ikke før {fmt.long_date(day)}. Siden vises "
            "uden dette valg.",
            icon=":material/link_off:",
        )
    if usual is None:
        return None
    chosen_id = choose_one(
        "Siden mødet", list(known), wanted if wanted in known else usual.meeting_id,
        lambda meeting_id: _meeting_name(known[meeting_id]), key="siden",
    )  # fmt: skip
    return known[chosen_id]


def _meeting_name(meeting: Meeting) -> str:
    return f"{fmt.long_date(meeting.day)}, {meeting.body}"


def show_since_meeting(
    version: str, meeting: Meeting | None, home_id: str, theme_id: str = ""
) -> None:
    """The changes since the meeting, computed when a person opens them."""
    if is_picture() or meeting is None:
        return
    shown = st.expander(
        f"Nyt siden {meeting_name(meeting)}", icon=":material/history:",
        key=f"siden-sidst-{theme_id}", on_change="rerun",
    )  # fmt: skip
    if shown.open:
        with shown:
            st.markdown(f"Mødet: {plain(meeting.body)}, **{plain(meeting.title)}**.")
            show_since(cache.since_of(version, meeting.day, home_id, theme_id), shown_day())


def show_headlines(headlines: Headlines) -> None:
    """The important new figures since the meeting, each beside that of the period before."""
    show_heading(headlines.title, headlines.subtitle)
    if not headlines.rows:
        return
    rows = [
        {
            "Nøgletal": plain(row.name) + (f"  \n{small(plain(row.others))}" if row.others else ""),
            "Perioden før": plain(row.before) if row.before != fmt.MISSING else "Intet tal",
            "Nyt tal": f"**{plain(row.now)}** ({plain(row.period)})",
            "Vurdering": badges_text(row.badges),
        }
        for row in headlines.rows
    ]
    draw_table(rows, headlines.title, "nye-tal")


def show_since(since: Since, day: date) -> None:
    """A table for each kind of change until the day shown; says so where nothing has changed."""
    if since.is_empty:
        st.markdown("Ingen tal og ingen indsatser er ændret siden.")
        return
    days = fmt.long_date(since.day), fmt.long_date(day)
    _show(
        "Indsatser med ny status, og indsatser, der er nye i opfølgningen",
        "siden-status",
        _moved(since.moved, days[0]),
    )
    _show("Ændrede vurderinger", "siden-vurderinger", _flipped(since.flipped, days))
    _show("Nye tal", "siden-nye", _new(since.new, days[0]))
    _show("Rettede tal", "siden-rettede", _changed(since.changed, days))
    _show(
        "Rettelser og fortrudte indlæsninger",
        "siden-rettelser",
        [
            {"Rettelse": plain(action), "Dato": plain(when), "Begrundelse": plain(why)}
            for action, when, why in since.corrections
        ],
    )


def _moved(rows: Sequence[MovedInitiative], then: str) -> list[dict[str, str]]:
    return [
        {
            "Indsats": f"{plain(row.title)}  \n{small(plain(row.responsible))}",
            then: badge_text(row.then) if row.then else NO_STATUS,
            "Seneste status": f"{badge_text(row.now)}  \n{small(plain(row.reported_on))}",
            SUMMARY: plain(row.summary),
        }
        for row in rows
    ]


def _flipped(rows: Sequence[Flipped], days: tuple[str, str]) -> list[dict[str, str]]:
    then, now = days
    return [
        {
            "Nøgletal": plain(row.name),
            then: badge_text(row.then),
            now: badge_text(row.now),
        }
        for row in rows
    ]


def _new(rows: Sequence[NewFigure], then: str) -> list[dict[str, str]]:
    return [
        {
            "Nøgletal": plain(row.name),
            "Periode": plain(row.period)
            + (f"  \n{small(plain(row.others))}" if row.others else ""),
            then: plain(row.before) or "Intet tal",
            "Nyt tal": f"**{plain(row.value)}**",
        }
        for row in rows
    ]


def _changed(rows: Sequence[ChangedFigure], days: tuple[str, str]) -> list[dict[str, str]]:
    then, now = days
    return [
        {
            "Nøgletal": plain(row.name),
            "Periode": plain(row.period),
            then: plain(row.old),
            now: f"**{plain(row.new)}**",
        }
        for row in rows
    ]


def _show(title: str, name: str, rows: Sequence[dict[str, str]]) -> None:
    if not rows:
        return
    st.markdown(f"**{title}** ({len(rows)})")
    draw_table(rows, title, name, most=_MOST)
    if len(rows) > _MOST:
        st.markdown(small(f"Og {len(rows) - _MOST} til."))
