"""Looking back and ahead: what has changed since a meeting, and who follows up."""

from collections.abc import Sequence

import streamlit as st

from kpi.charts.timeline import Moment
from kpi.domain import format as fmt
from kpi.domain.catalog import Catalog
from kpi.domain.plan import NOT_MENTIONED, SUMMARY_NOTE, Meeting, Plan
from kpi.domain.vocabulary import STATE_NAMES
from kpi.domain.wording import Badge, capital, meeting_name, sentences
from kpi.views.meetings import SILENT, FollowUpRow, follow_up
from kpi.views.next_steps import NO_RESPONSIBLE, NextStep, next_steps
from kpi.views.plan import PlanView
from ui.as_of import shown_day
from ui.badges import badge_text, plain, small, unbroken
from ui.drawn_table import draw_table
from ui.picture_mode import is_picture


def show_follow_up(plan: Plan, catalog: Catalog, meeting: Meeting) -> None:
    """Each initiative's status at the meeting, and its newer status since."""
    if is_picture():
        return
    shown = st.expander(
        f"Opfølgning på {meeting_name(meeting)}", icon=":material/fact_check:",
        key="opfoelgning", on_change="rerun",
    )  # fmt: skip
    if not shown.open:
        return
    since_meeting = follow_up(plan, catalog, meeting, shown_day())
    with shown:
        st.markdown(
            f"Mødet: {plain(meeting.body)}, **{plain(meeting.title)}**. "
            f"{plain(since_meeting.title)}."
        )
        if since_meeting.rows:
            _show_rows(since_meeting.rows, meeting)
        if since_meeting.happened:
            listed = "; ".join(f"{name} ({when})" for when, name in since_meeting.happened)
            st.markdown(small(plain(f"Hændelser siden: {listed}.")))


def _show_rows(rows: Sequence[FollowUpRow], meeting: Meeting) -> None:
    lines = [
        {
            "Indsats": f"**{plain(row.initiative.title)}**  \n"
            + small(plain(row.initiative.responsible or NO_RESPONSIBLE)),
            fmt.long_date(meeting.day): _reported(badge_text(row.before), row.before_words, ""),
            "Seneste status": _reported(badge_text(row.after), row.after_words, row.after_day)
            if row.after
            else small(SILENT),
        }
        for row in rows
    ]
    draw_table(lines, "Opfølgning på mødet", "opfoelgning")
    st.markdown(small(SUMMARY_NOTE))


def _reported(badge: str, words: str, day: str) -> str:
    dated = f"{badge} {small(plain(unbroken(day)))}" if day else badge
    return "  \n".join(filter(None, (dated, plain(words))))


def show_next_steps(view: PlanView, catalog: Catalog) -> None:
    """Each unit with what it has planned, what waits and what has no new status; and the dates."""
    if is_picture() or not view.sections:
        return
    steps = next_steps(view, catalog)
    shown = st.expander(
        f"Hvem følger op? {capital(steps.title)}", icon=":material/next_plan:",
        key="naeste-skridt", on_change="rerun",
    )  # fmt: skip
    if not shown.open:
        return
    with shown:
        if steps.units:
            rows = [
                {
                    "Ansvarlig": f"**{plain(unit.responsible)}**",
                    "Indsats": plain(title),
                    "Seneste status": status,
                }
                for unit in steps.units
                for title, status in _waiting(unit)
            ]
            draw_table(rows, "Hvem følger op?", "naeste-skridt")
        counted = sentences(
            f"Omfatter {steps.scope}, ifølge seneste status",
            f"{NOT_MENTIONED}: ikke med i den seneste rapport om sporet"
            if any(unit.silent for unit in steps.units)
            else "",
        )
        st.markdown(small(plain(counted)))
        ahead = _named(steps.ahead)
        st.markdown(
            plain(
                f"Kommende datoer: {ahead}." if ahead else "Ingen kommende datoer er registreret."
            )
        )
        if steps.passed:
            st.markdown(
                ":orange[:material/event_busy: **Dato passeret uden statusopdatering:**] "
                + plain(f"{_named(steps.passed)}.")
            )


def _waiting(unit: NextStep) -> list[tuple[str, str]]:
    """The unit's initiatives: (title, what it waits for as a badge with the status's date)."""
    kinds = (
        (Badge("planned", STATE_NAMES["planned"]), unit.planned),
        (Badge("blocked", STATE_NAMES["blocked"]), unit.blocked),
        (Badge("not_mentioned", NOT_MENTIONED), unit.silent),
    )
    return [
        (title, f"{badge_text(badge)} {small(plain(unbroken(day)))}" if day else badge_text(badge))
        for badge, waiting in kinds
        for title, day in waiting
    ]


def _named(moments: Sequence[Moment]) -> str:
    return "; ".join(f"{moment.name} ({moment.when})" for moment in moments)
