"""The action plan's page in parts: choices, the initiatives as tables, and the time line."""

from collections.abc import Sequence
from dataclasses import astuple
from functools import partial

import streamlit as st

from kpi.charts.timeline import timeline
from kpi.domain import format as fmt
from kpi.domain.catalog import Catalog
from kpi.domain.plan import (
    FIRST_REPORTED,
    NOT_MENTIONED,
    STATUS_CHOICES,
    SUMMARY,
    SUMMARY_NOTE,
    Meeting,
)
from kpi.domain.selection import ALL_PARTS, Selection
from kpi.domain.targets import NO_TARGET
from kpi.domain.wording import Badge, sentences
from kpi.views.next_steps import NO_RESPONSIBLE
from kpi.views.plan import (
    LinkedFigure,
    PlanRow,
    PlanSection,
    PlanView,
    planned_remark,
    section_line,
    theme_name,
)
from kpi.views.plan_dates import plan_dates
from kpi.views.plan_filter import NONE_FIT, PlanFilter
from kpi.views.standing import StandingRow, standing
from kpi.views.tracks import counts_of, silent_of, sorted_states
from ui import cache
from ui.as_of import day_parameter, shown_day
from ui.badges import badge_text, badges_text, plain, small, unbroken
from ui.chart_config import CHART_CONFIG
from ui.choose import choose_one
from ui.drawn_table import draw_table
from ui.jumps import show_jumps
from ui.page import show_heading, two_columns
from ui.parts import part_key, show_part, unfolded
from ui.picture_mode import is_picture
from ui.plan_dates import show_dates

_ALL = "alle"
# So many initiatives that a filter leaves are seen at once, and so many that wait.
_FEW, _MOST_STANDING = 6, 8
_DASH_NOTE = "– betyder, at der ikke var en status den dag, eller at intet nøgletal er knyttet til."


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
            _show_rows(rows, view, "Temaets indsatser", "temaets")
            st.markdown(small(plain(f"{SUMMARY_NOTE} {_DASH_NOTE}")))
        else:
            st.markdown(
                f"Spor kendte ingen indsatser under temaet {fmt.long_date(shown_day())}."
                if day_parameter()
                else "Handleplanen har ingen indsatser under temaet."
            )


def choose_filters(view: PlanView, wanted: Selection, catalog: Catalog) -> PlanFilter:
    """Theme (tracks by number), responsible unit and status, as the address asks for them."""
    themes = {
        section.theme.theme_id: theme_name(section.theme, short=True) for section in view.sections
    }
    unknown = (
        [catalog.themes[wanted.tema].name] if wanted.tema and wanted.tema not in themes else []
    )
    if wanted.ansvarlig and wanted.ansvarlig not in view.responsibles:
        unknown.append(wanted.ansvarlig)
    for name in unknown:
        st.warning(
            f"Handleplanen har ingen indsatser under »{plain(name)}«. Siden vises uden dette valg.",
            icon=":material/link_off:",
        )
    first, second, third = st.columns(3)
    with first:
        theme_id = choose_one(
            "Tema", [_ALL, *themes], wanted.tema or _ALL,
            lambda theme_id: themes.get(theme_id, "Alle spor og temaer"), key="plan-tema",
        )  # fmt: skip
    with second:
        responsible = choose_one(
            "Ansvarlig", ["", *view.responsibles], wanted.ansvarlig,
            lambda responsible: responsible or "Alle", key="plan-ansvarlig",
        )  # fmt: skip
    with third:
        state = choose_one(
            "Seneste status", ["", *STATUS_CHOICES], wanted.status,
            lambda state: STATUS_CHOICES.get(state, "Alle"), key="plan-tilstand",
        )  # fmt: skip
    return PlanFilter("" if theme_id == _ALL else theme_id, responsible, state)


def show_plan_jumps(view: PlanView, *, has_dates: bool) -> None:
    """The ways to the sections that the page has."""
    sections = (
        ("Venter længst", "sted-planlagt", standing(view)),
        ("Indsatserne", "sted-indsatser", view.sections),
        ("Tidslinje", "sted-tidslinje", has_dates),
    )
    show_jumps([(word, key) for word, key, is_there in sections if is_there])


def show_standing(view: PlanView) -> None:
    """What stands as planned, the longest wait first; nothing where nothing does."""
    waits = standing(view)
    if waits is None:
        return
    until = fmt.long_date(shown_day()) if day_parameter() else "i dag"
    show_heading(
        waits.title,
        f"Den indsats, der har ventet længst, står først. Regnet til {until}",
        key="sted-planlagt",
    )
    _show_standing(waits.rows[:_MOST_STANDING], waits.title)
    rest = waits.rows[_MOST_STANDING:]
    if rest:
        label = f"De øvrige {len(rest)}, der står som planlagt"
        shown = st.expander(label, key="staar-resten", on_change="rerun")
        if shown.open:
            with shown:
                _show_standing(rest, label)


def _show_standing(rows: Sequence[StandingRow], title: str) -> None:
    lines = [
        {
            "Indsats": f"**{plain(row.initiative.title)}**  \n{small(plain(row.where))}  \n"
            f"{badge_text(row.badge)} {small(plain(unbroken(row.since)))}",
            "Har ventet": f"**{plain(unbroken(row.waited))}**",
        }
        for row in rows
    ]
    with st.container(key=f"tal-staar-{len(rows)}"):
        draw_table(lines, title, f"venter-{len(rows)}")


def show_sections(view: PlanView, wanted: Selection, chosen: PlanFilter) -> tuple[str, ...]:
    """A folded table a track; says so where nothing is left of it. Gives back what is open.

    What a filter leaves is open where it is little; without one the address decides.
    """
    if not view.sections:
        st.info(f"{NONE_FIT}.", icon=":material/search_off:")
        return ()
    theme_ids = [section.theme.theme_id for section in view.sections]
    asked, few = unfolded(wanted.afsnit, theme_ids), sum(len(each.rows) for each in view.sections)
    is_little = chosen.is_set and (few <= _FEW or len(theme_ids) == 1)
    # Another filter has other sections: what was folded of one is not folded of the next.
    of_filter = "".join(f"-{part}" for part in astuple(chosen) if part)
    show_heading("Indsatserne", f"{SUMMARY_NOTE} {_DASH_NOTE}", key="sted-indsatser")
    if len(theme_ids) > 1:
        st.button(
            "Vis alle indsatser", icon=":material/unfold_more:", type="tertiary",
            key="plan-alle", on_click=_unfold, args=([f"{each}{of_filter}" for each in theme_ids],),
        )  # fmt: skip
    has_tracks = any(section.theme.plan_track for section in view.sections)
    opened = []
    for section in view.sections:
        theme_id = section.theme.theme_id
        is_open = show_part(
            f"{theme_id}{of_filter}",
            section.title,
            _section_words(section, view, is_beside=has_tracks and not section.theme.plan_track),
            is_little or theme_id in asked,
            partial(_show_rows, section.rows, view, section.title, theme_id),
        )
        opened += [theme_id] if is_open else []
    if chosen.is_set:
        return tuple(part for part in wanted.afsnit)
    return (ALL_PARTS,) if len(opened) == len(theme_ids) > 1 else tuple(opened)


def _unfold(parts: Sequence[str]) -> None:
    for part in parts:
        st.session_state[part_key(part)] = True


def _section_words(section: PlanSection, view: PlanView, *, is_beside: bool) -> str:
    """`3 i gang, 1 planlagt. To af fire har fået ny status`."""
    silent = [row.initiative for row in section.rows if row.silent]
    return sentences(
        "Uden for sporene" if is_beside else "",
        counts_of(sorted_states(section.rows)),
        section_line(section.rows, view.then) if view.then else "",
        silent_of(silent, view.now),
    )


def _show_rows(rows: Sequence[PlanRow], view: PlanView, title: str, name: str) -> None:
    then = fmt.long_date(view.then) if view.then else ""
    lines = [
        {
            "Indsats": f"**{plain(row.initiative.title)}**  \n"
            + small(plain(row.initiative.responsible) or NO_RESPONSIBLE),
            **({then: badge_text(row.then) if row.then else "–"} if then else {}),
            "Seneste status": _newest(row),
            SUMMARY: _summary(row),
            "Nøgletal": _figures(row.figures) or "–",
        }
        for row in rows
    ]
    draw_table(lines, title, f"indsatser-{name}")


def _summary(row: PlanRow) -> str:
    """The status in brief, what the administration says of it, and whether its source is older."""
    lines = [plain(row.summary), *(small(plain(comment)) for comment in row.comments)]
    lines += [f":orange[:material/warning: {small(plain(note))}]" for note in row.source_notes]
    return "  \n".join(filter(None, lines)) or "–"


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
    """Events and meetings as long as they may have lasted, and the same as a list."""
    if not view.moments:
        return
    show_heading(
        "Tidslinje",
        sentences(
            "Prik: en dag. Bjælke: kun måneden eller årstiden kendes. Rude: et møde",
            planned_remark(view),
        ),
        key="sted-tidslinje",
    )
    listed = "; ".join(f"{moment.when}: {moment.name}" for moment in view.moments)
    left, right = two_columns("tidslinje", 1.3)
    # A phone has the list alone (spor.css).
    with left, st.container(key="tidslinje-figur"):
        st.plotly_chart(
            timeline(view.moments, view.now), theme=None, config=CHART_CONFIG, key="tidslinje",
            alt=f"Tidslinje. {listed}.",
        )  # fmt: skip
    with right:
        show_dates(plan_dates(view))
