"""Looking back and ahead: what became of what a meeting was told, and whose next step it is."""

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd
import streamlit as st

from kpi import format as fmt
from kpi.catalog import Catalog
from kpi.plan import Meeting, Plan
from kpi.views.meetings import FollowUpRow, follow_up
from kpi.views.next_steps import NextSteps, next_steps
from kpi.views.plan import PlanView
from kpi.wording import capital, sentences
from ui.as_of import shown_day
from ui.badges import badge_text, plain, small
from ui.picture_mode import is_picture


def show_follow_up(plan: Plan, catalog: Catalog, meeting: Meeting) -> None:
    """Each initiative as the meeting was told of it, and what has been told of it since."""
    if is_picture():
        return
    shown = st.expander(
        f"Opfølgning på mødet {fmt.long_date(meeting.day)}", icon=":material/fact_check:",
        key="opfoelgning", on_change="rerun",
    )  # fmt: skip
    if not shown.open:
        return
    found = follow_up(plan, catalog, meeting, shown_day())
    with shown:
        st.markdown(
            f"Mødet: {plain(meeting.body)}, **{plain(meeting.title)}**. {plain(found.title)}."
        )
        if found.rows:
            _show_rows(found.rows)
        if found.happened:
            told = "; ".join(f"{when}: {what}" for when, what in found.happened)
            st.markdown(small(plain(f"Hændelser siden: {told}.")))


def _show_rows(rows: Sequence[FollowUpRow]) -> None:
    frame = pd.DataFrame(
        [
            {
                "Indsats": f"**{plain(one.initiative.title)}**  \n"
                + small(plain(one.initiative.responsible) or "Ansvarlig ikke oplyst"),
                "Ved mødet": _told(badge_text(one.before), one.before_words, ""),
                "Siden": _told(badge_text(one.after), one.after_words, one.after_day)
                if one.after
                else small("Ikke omtalt siden"),
            }
            for one in rows
        ]
    )
    st.table(frame, border="horizontal", hide_index=True, alt="Opfølgning på mødet")


def _told(badge: str, words: str, day: str) -> str:
    parts = [badge, plain(words), small(plain(day)) if day else ""]
    return "  \n".join(filter(None, parts))


def show_next_steps(view: PlanView, theme_id: str) -> None:
    """Each unit with what it has to begin, to free, or to tell of; and what lies ahead.

    Of one theme's initiatives, or (empty) of all.
    """
    if is_picture():
        return
    sections = tuple(one for one in view.sections if theme_id in ("", one.theme.theme_id))
    found = next_steps(replace(view, sections=sections))
    with st.expander(
        f"Hvem har næste skridt? {capital(found.title)}", icon=":material/next_plan:",
        key="naeste-skridt", expanded=True,
    ):  # fmt: skip
        if found.units:
            frame = pd.DataFrame(
                [
                    {
                        "Ansvarlig": f"**{plain(one.responsible)}**",
                        "Skal i gang": _list(one.planned),
                        "Blokeret": _list(one.blocked),
                        "Mangler nyt": _list(one.silent),
                    }
                    for one in found.units
                ]
            )
            st.table(frame, border="horizontal", hide_index=True, alt="Hvem har næste skridt?")
        st.markdown(small(plain(_dates(found))))


def _dates(found: NextSteps) -> str:
    """The newest report, what lies ahead, and what has passed since and is not told of."""
    ahead = "; ".join(f"{one.when}: {one.name}" for one in found.ahead)
    passed = "; ".join(f"{one.when}: {one.name}" for one in found.passed)
    parts = [
        "I parentes: senest omtalt" if found.units else "",
        "Mangler nyt: ikke omtalt i den seneste rapport om sporet" if found.units else "",
        found.report and f"Den seneste rapport er fra {found.report}",
        f"Forude: {ahead}" if ahead else "Ingen datoer ligger forude",
        passed and f"Passeret, uden at nogen rapport har fortalt om det: {passed}",
    ]
    return sentences(*parts)


def _list(waiting: Sequence[tuple[str, str]]) -> str:
    lines = (
        plain(title) + (f" {small(plain(f'({told})'))}" if told else "") for title, told in waiting
    )
    return "  \n".join(lines) or "–"
