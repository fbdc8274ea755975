"""A theme's page in parts: what its address asks for, and one indicator in depth."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Literal

import streamlit as st

from kpi.domain.catalog import Catalog
from kpi.domain.model import Theme
from kpi.domain.plan import Meeting
from kpi.domain.selection import DIAGRAMS, Diagram, Selection
from kpi.domain.targets import NO_TARGET
from kpi.exhibits.tile_map import FEWEST
from kpi.views.indicator import IndicatorView
from kpi.views.retired import retired_notes
from kpi.views.theme import ThemeView
from ui import cache
from ui.about import show_about, show_incomparable, show_no_figures
from ui.among import choose_among
from ui.as_of import show_nothing_known, shown_day
from ui.badges import plain, small
from ui.cards import show_cards
from ui.choose import choose_one, choose_word
from ui.exhibits import show_exhibit, show_later
from ui.page import show_heading, show_link, two_columns
from ui.picture_mode import is_picture
from ui.plan import show_theme_plan
from ui.since import choose_since, show_since_meeting
from ui.tables import show_rows

# The views of an exhibit on this page.
_VIEWS: Mapping[Diagram, str] = {
    diagram: DIAGRAMS[diagram] for diagram in ("udvikling", "kort")
}  # fmt: skip


def with_theme(wanted: Selection, catalog: Catalog) -> Selection:
    """The theme that an indicator's link leaves out; a note where the two do not fit."""
    if not wanted.noegletal:
        return wanted
    indicator = catalog.indicators[wanted.noegletal]
    if not wanted.tema:
        return replace(wanted, tema=indicator.theme_id)
    if catalog.under(indicator, wanted.tema) is None:
        theme = catalog.themes[indicator.theme_id]
        st.warning(
            plain(f"{indicator.name} hører til {theme.name}. Siden viser temaet."),
            icon=":material/link_off:",
        )
    return wanted


def show_no_indicators(theme: Theme) -> None:
    """Says that a theme has no indicators that are offered, and where they are made."""
    st.info(
        f"Temaet »{plain(theme.name)}« har endnu ingen nøgletal. De oprettes på siden Indlæs data.",
        icon=":material/info:",
    )


def show_housing_links(view: ThemeView) -> None:
    """Where the theme's figures of single housing areas are."""
    if not view.housing or is_picture():
        return
    show_heading(
        "Boligområdernes egne tal",
        "De gælder beboerne i hvert boligområde og står på områdets side, med lovens grænser",
    )
    with st.container(horizontal=True, gap="small"):
        for area in view.housing:
            show_link(
                Selection("omraade", omraade=area.area_id), area.name, ":material/home_work:"
            )  # fmt: skip


def show_without(view: ThemeView) -> None:
    """The way to each of the many indicators that have no figure yet."""
    if not view.without or is_picture():
        return
    folded = st.expander(plain(view.without_title), key=f"uden-{view.theme.theme_id}")
    with folded, st.container(horizontal=True, gap="small"):
        for card in view.without:
            show_link(card.selection, card.subject)


def choose_theme(catalog: Catalog, wanted: str) -> str:
    """The box with the themes; the chosen one's id."""
    theme_ids = list(catalog.themes)
    return choose_one(
        "Tema", theme_ids, wanted or theme_ids[0],
        lambda theme_id: catalog.themes[theme_id].name, key="tema",
    )  # fmt: skip


def chooser(theme_id: str) -> Callable[[str], None]:
    """What a card's button does: its indicator is chosen in the box beside the chart."""

    def choose(indicator_id: str) -> None:
        """Chooses the indicator for the page's next run."""
        st.session_state[_box(theme_id)] = indicator_id

    return choose


def show_indicators(
    view: ThemeView, offered: Sequence[str], wanted: Selection, version: str, home_id: str
) -> Selection:
    """The theme's cards and one of its indicators in depth; what is chosen of the address.

    An indicator of another theme is ignored.
    """
    catalog = cache.catalog(version)
    show_cards(view.cards, columns=3, choose=chooser(view.theme.theme_id))
    notes = (
        (":material/question_mark:", view.uncertainty_note),
        (":material/flag:", view.targets_note),
    )
    if said := [small(f"{icon} {plain(note)}") for icon, note in notes if note]:
        st.markdown("  \n".join(said))
    st.space("small")
    left, right = two_columns("noegletal", 1.65)
    with right:
        chosen = choose_one(
            "Nøgletal", offered,
            wanted.noegletal if wanted.noegletal in offered else view.default_indicator,
            lambda indicator_id: catalog.indicators[indicator_id].short_name,
            key=_box(view.theme.theme_id),
        )  # fmt: skip
        among = choose_among(catalog, home_id, wanted.blandt, "tema-blandt")
        depth = cache.indicator_of(version, chosen, home_id, among, view.theme.theme_id)
        show_figures(depth, version)
        if not is_picture():
            show_elsewhere(depth)
    with left:
        # On a phone the boxes are under the chart, which must not be read without it.
        for note in retired_notes(replace(wanted, noegletal=chosen), catalog):
            st.info(plain(note), icon=":material/info:")
        diagram = show_chart_or_map(depth, wanted.diagram, version, home_id, among)
    show_other_counts(depth, version, home_id, among)
    return replace(wanted, noegletal=chosen, diagram=diagram, blandt=among)


def show_later_figures(theme: Theme) -> None:
    """Says that the theme has no figures on the day, and when the first came."""
    first = cache.first_figures(cache.version(), theme.theme_id)
    show_nothing_known(f"tal for temaet »{plain(theme.name)}«", first[1] if first else "")


def show_plan_since(version: str, theme_id: str, home_id: str, wanted: str) -> Meeting | None:
    """The theme's part of the plan, and what is new since a meeting; the chosen meeting."""
    catalog, plan = cache.catalog(version), cache.plan_of(version)
    pick, news = st.columns([1, 2.7], vertical_alignment="bottom")
    with pick:
        since = choose_since(catalog, plan, wanted, shown_day())
    with news:
        show_since_meeting(version, since, home_id, theme_id)
    show_theme_plan(version, theme_id, since, home_id)
    return since


def _box(theme_id: str) -> str:
    """The key of the box that a theme's indicator is chosen in."""
    return f"noegletal-{theme_id}"


def show_figures(depth: IndicatorView, version: str) -> None:
    """What the indicator's newest figures are compared with, its target, and its definition."""
    show_rows(depth.rows_of(depth.first), "valgt")
    if depth.target != NO_TARGET:  # said once, under the cards
        st.markdown(small(f":material/flag: {plain(depth.target)}"))
    show_about(version, depth.about)
    show_incomparable(depth.incomparable)


def show_chart_or_map(
    depth: IndicatorView, wanted: Diagram | Literal[""], version: str, home_id: str, among: str
) -> Diagram | Literal[""]:
    """The indicator's first exhibit, or its newest figures on the map; which one is shown.

    There is a choice where there is a map. An address that asks for another view is told.
    """
    indicator_id, first = depth.indicator.indicator_id, depth.first
    if wanted and wanted not in _VIEWS:
        st.info(f"{DIAGRAMS[wanted]} vises på siden Sammenlign.", icon=":material/info:")
    is_mapped = first is not None and cache.is_mapped(version, indicator_id, first.group_id)
    is_wanted = wanted == "kort"
    with st.container(horizontal=True, vertical_alignment="bottom", key="tema-visning"):
        if is_mapped:
            view: Diagram = "kort" if is_wanted else "udvikling"
            is_wanted = choose_word("Vis som", _VIEWS, view, key="tema-diagram") == "kort"
        show_similar(depth)
    drawn = None
    if is_wanted and is_mapped and first is not None:
        drawn = cache.map_of(version, indicator_id, first.group_id, home_id, among)
    if drawn is not None:
        show_exhibit(drawn, map_alone=True)
        return "kort"
    if is_wanted:
        st.info(
            f"Kortet kræver tal for mindst {FEWEST} kommuner og noget at sammenligne dem med.",
            icon=":material/info:",
        )  # fmt: skip
    show_chart(depth)
    return ""


def show_chart(depth: IndicatorView) -> None:
    """The indicator's first exhibit; says so where there is none."""
    if depth.exhibit:
        show_exhibit(depth.exhibit, place="valgt")
        show_all_schools(depth)
    elif not depth.later:
        show_no_figures(depth.indicator)


def show_all_schools(depth: IndicatorView, group_ids: Sequence[str] = ()) -> None:
    """The way to every school, where a chart has only the first of them."""
    every = depth.all_schools
    if every:
        show_link(replace(every, grupper=tuple(group_ids)), "Se alle skoler", ":material/school:")


def show_similar(depth: IndicatorView) -> None:
    """The way to the indicator among the municipalities most like the home area's."""
    if depth.similar:
        called, selection = depth.similar
        show_link(selection, f"Mod {called}", ":material/compare_arrows:")


def show_elsewhere(depth: IndicatorView) -> None:
    """The way to the indicator's figures that stand under another theme."""
    for called, selection in depth.elsewhere:
        show_link(selection, called, ":material/monitoring:")


def show_other_counts(depth: IndicatorView, version: str, home_id: str, among: str = "") -> None:
    """The other groups and kinds of period, each drawn when it is opened."""
    for counted in () if is_picture() else depth.later:
        more = st.expander(plain(counted.name), key=f"mere-{counted.group_id}", on_change="rerun")
        if not more.open:
            continue
        indicator_id = depth.indicator.indicator_id
        with more:
            left, right = two_columns(counted.group_id, 1.65)
            with left:
                show_later(
                    cache.exhibit_of(version, indicator_id, counted.group_id, home_id, among)
                )
                show_all_schools(depth, counted.together)
            with right:
                show_rows(depth.rows_of(counted), "oevrige")
