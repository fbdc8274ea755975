"""The action plan's page in parts: choices, the initiatives as tables, and the time line."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from kpi.charts.timeline import timeline
from kpi.domain import format as fmt
from kpi.domain.plan import FIRST_REPORTED, NO_STATUS, NOT_MENTIONED, SUMMARY, SUMMARY_NOTE, Meeting
from kpi.domain.targets import NO_TARGET
from kpi.domain.vocabulary import STATE_NAMES
from kpi.domain.wording import Badge, sentences
from kpi.views.next_steps import NO_RESPONSIBLE
from kpi.views.plan import LinkedFigure, PlanRow, PlanView, planned_remark, section_line, theme_name
from ui import cache
from ui.as_of import day_parameter, shown_day
from ui.badges import badge_text, badges_text, plain, small, unbroken
from ui.chart_config import CHART_CONFIG
from ui.choose import choose_one
from ui.page import show_heading
from ui.picture_mode import is_picture

_ALL = "alle"
_DASH_NOTE = "– betyder, at der ikke var en status den dag, eller at intet nøgletal er knyttet til."


@dataclass(frozen=True)
class Filters:
    """What a person wants to see; empty for all."""

    responsible: str
    state: str


def show_theme_plan(version: str, theme_id: str, since: Meeting | None, home_id: str) -> None:
    """A theme's initiatives with their status at a meeting and the newest, read when opened."""
    if is_picture():
        return
    shown = st.expander(
        "Temaets indsatser i handleplanen", icon=":material/checklist:",
        key=f"indsatser-{theme_id}", on_change="rerun",
    )  # fmt: skip
    if not shown.open:
        return
    view = cache.plan_view_of(version, since.day if since else None, shown_day(), home_id)
    rows = [
        row
        for section in view.sections
        if section.theme.theme_id == theme_id
        for row in section.rows
    ]
    with shown:
        if rows:
            _show_rows(rows, view, "Temaets indsatser")
            st.markdown(small(plain(f"{SUMMARY_NOTE} {_DASH_NOTE}")))
        else:
            st.markdown(
                f"Spor kendte ingen indsatser under temaet {fmt.long_date(shown_day())}."
                if day_parameter()
                else "Handleplanen har ingen indsatser under temaet."
            )


def choose_filters(view: PlanView, wanted: str) -> tuple[str, Filters]:
    """Theme (tracks by number), responsible unit and status; the theme is in the address."""
    themes = {
        section.theme.theme_id: theme_name(section.theme, short=True) for section in view.sections
    }
    first, second, third = st.columns(3)
    with first:
        theme_id = choose_one(
            "Tema", [_ALL, *themes], wanted or _ALL,
            lambda theme_id: themes.get(theme_id, "Alle spor og temaer"), key="plan-tema",
        )  # fmt: skip
    with second:
        responsible = st.selectbox(
            "Ansvarlig", ["", *view.responsibles], key="plan-ansvarlig",
            format_func=lambda responsible: responsible or "Alle",
        )  # fmt: skip
    with third:
        state = st.selectbox(
            "Seneste status", ["", *STATE_NAMES.values(), NO_STATUS, NOT_MENTIONED],
            key="plan-tilstand", format_func=lambda state: state or "Alle",
        )  # fmt: skip
    return "" if theme_id == _ALL else theme_id, Filters(responsible, state)


def show_sections(view: PlanView, theme_id: str, filters: Filters) -> None:
    """A table a track; says so where nothing is left of it."""
    shown, has_tracks = 0, any(section.theme.plan_track for section in view.sections)
    for section in view.sections:
        if theme_id and section.theme.theme_id != theme_id:
            continue
        rows = [row for row in section.rows if _wanted(row, filters)]
        if not rows:
            continue
        if not shown:
            st.markdown(small(plain(f"{SUMMARY_NOTE} {_DASH_NOTE}")))
        shown += len(rows)
        line = section_line(rows, view.then)
        is_beside = has_tracks and not section.theme.plan_track
        show_heading(section.title, f"Uden for sporene. {line}" if is_beside else line)
        _show_rows(rows, view, section.title)
    if not shown:
        st.info("Ingen indsatser passer til valgene.", icon=":material/search_off:")


def _wanted(row: PlanRow, filters: Filters) -> bool:
    return (not filters.responsible or row.initiative.responsible == filters.responsible) and (
        not filters.state
        or row.now.text == filters.state
        or (filters.state == NOT_MENTIONED and row.silent)
    )


def _show_rows(rows: Sequence[PlanRow], view: PlanView, title: str) -> None:
    then = fmt.long_date(view.then) if view.then else ""
    frame = pd.DataFrame(
        [
            {
                "Indsats": f"**{plain(row.initiative.title)}**  \n"
                + small(plain(row.initiative.responsible) or NO_RESPONSIBLE),
                **({plain(then): badge_text(row.then) if row.then else "–"} if then else {}),
                "Seneste status": _newest(row),
                SUMMARY: plain(row.summary) or "–",
                "Nøgletal": _figures(row.figures) or "–",
            }
            for row in rows
        ]
    )
    st.table(frame, border="horizontal", hide_index=True, alt=title)


def _newest(row: PlanRow) -> str:
    """The newest status with its date, and whether it is new or lacks."""
    parts = [
        badge_text(row.now)
        + (f" {small(plain(unbroken(row.reported_on)))}" if row.reported_on else "")
    ]
    if row.is_new:
        parts.append(badge_text(Badge("new", FIRST_REPORTED)))
    if row.silent:
        parts.append(badge_text(Badge("not_mentioned", NOT_MENTIONED)))
    return "  \n".join(parts)


def _figures(figures: Sequence[LinkedFigure]) -> str:
    """One line per figure, and once that no target is set where none is."""
    lines = [_figure(figure) for figure in figures]
    if figures and all(figure.target == NO_TARGET for figure in figures):
        lines.append(small(NO_TARGET))
    return "  \n".join(lines)


def _figure(figure: LinkedFigure) -> str:
    value = f"**{plain(figure.value)}**" + (f" ({plain(figure.period)})" if figure.period else "")
    badges = f" {badges_text(figure.badges)}" if figure.badges else ""
    target = "" if figure.target == NO_TARGET else f"  \n{small(plain(figure.target))}"
    return f"{plain(figure.name)}: {value}{badges}{target}"


def show_timeline(view: PlanView) -> None:
    """Events and meetings as long as they may have lasted, and the same as a table."""
    if not view.moments:
        return
    show_heading(
        "Tidslinje",
        sentences(
            "Prik: en dag. Bjælke: kun måneden eller årstiden kendes. Rude: et møde",
            planned_remark(view),
        ),
    )
    listed = "; ".join(f"{moment.when}: {moment.name}" for moment in view.moments)
    st.plotly_chart(
        timeline(view.moments), theme=None, config=CHART_CONFIG, key="tidslinje",
        alt=f"Tidslinje. {listed}.",
    )  # fmt: skip
    with st.expander("Tidslinjen som tabel", icon=":material/table:"):
        frame = pd.DataFrame(
            [
                {"Dato": plain(moment.when), "Hændelse eller møde": plain(moment.name)}
                for moment in view.moments
            ]
        )
        st.table(frame, border="horizontal", hide_index=True, alt="Hændelser og møder")
