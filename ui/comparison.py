"""The boxes of the free comparison, and the selection they make together."""

from collections.abc import Mapping
from dataclasses import replace

import streamlit as st

from kpi.domain.area_presets import is_preset, municipality_for, offered_presets, preset_name
from kpi.domain.catalog import Catalog
from kpi.domain.period import parse_period
from kpi.domain.period_words import period_name
from kpi.domain.selection import DIAGRAMS, Selection
from kpi.domain.wording import capital
from kpi.views.comparison import Choices, ComparisonView
from kpi.views.comparison_reasons import unavailable_line
from ui.badges import plain, small
from ui.choose import choose_many, choose_one, choose_word
from ui.picture_mode import is_picture


def choose_indicator(catalog: Catalog, names: Mapping[str, str], wanted: str) -> str:
    """The box of indicators, in the order of `names`; a retired one only where it is `wanted`."""
    offered = {each.indicator_id for each in catalog.offered_indicators(also=wanted)}
    return choose_one(
        "Nøgletal",
        [indicator_id for indicator_id in names if indicator_id in offered],
        wanted,
        names.__getitem__,
        key="noegletal",
    )


def choose_areas(catalog: Catalog, selection: Selection, home_id: str) -> tuple[str, ...]:
    """The box of areas and sets of them; the first chosen one is the strong one in charts."""
    own = municipality_for(selection.omraader, home_id, catalog)
    sets = offered_presets(own, selection.noegletal, catalog)
    chosen = [name for name in selection.omraader if is_preset(name, catalog)]

    def name_of(name: str) -> str:
        """An area's name; a set's with a capital letter."""
        if is_preset(name, catalog):
            return capital(preset_name(name, own, catalog))
        return catalog.areas[name].name

    return choose_many(
        "Områder",
        [
            *dict.fromkeys([*(each.set_id for each in sets), *chosen]),
            *(area.area_id for area in catalog.sorted_areas(also=selection.omraader)),
        ],
        selection.omraader,
        name_of,
        key=f"omraader-{selection.noegletal}",
    )


def choose_groups(catalog: Catalog, selection: Selection, choices: Choices) -> tuple[str, ...]:
    """The box of the groups that the indicator has figures for."""
    return choose_many(
        "Grupper",
        choices.groups,
        selection.grupper,
        lambda group_id: catalog.groups[group_id].name,
        key=f"grupper-{selection.noegletal}",
    )


def choose_diagram_and_periods(catalog: Catalog, view: ComparisonView) -> Selection:
    """The row of diagrams that can be made, and the first and last period to show.

    Which ones cannot is said in a line; one that the address asks for stays in the row.
    """
    selection, choices = view.selection, view.choices
    indicator = catalog.indicators[selection.noegletal]
    periods = ["", *(period.text for period in choices.periods)]

    def name_of(period: str) -> str:
        """The period as the list names it; without one there is no limit."""
        if not period:
            return "Ingen grænse"
        return period_name(parse_period(period), indicator, catalog)

    with st.container(key="diagramvalg"):  # ui/spor.css gives the diagrams a row where it is narrow
        left, middle, right = st.columns([2, 1, 1])
    with left:
        wanted = selection.diagram or "udvikling"
        offered = {
            diagram: name
            for diagram, name in DIAGRAMS.items()
            if diagram == wanted or diagram not in view.unavailable
        }
        diagram = choose_word("Diagram", offered, wanted, key="diagram")
    with middle:
        since = choose_one("Fra", periods, selection.fra, name_of, f"fra-{selection.noegletal}")
    with right:
        until = choose_one("Til", periods, selection.til, name_of, f"til-{selection.noegletal}")
    missing = unavailable_line(view.unavailable)
    if missing and not is_picture():
        st.markdown(small(plain(missing)))
    return replace(selection, diagram=diagram, fra=since, til=until)
