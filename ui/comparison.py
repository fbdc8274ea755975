"""The boxes of the free comparison, and the selection they make together."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import streamlit as st

from kpi.domain.area_presets import is_preset, municipality_for, offered_presets, preset_name
from kpi.domain.catalog import Catalog
from kpi.domain.period import parse_period
from kpi.domain.period_words import period_name
from kpi.domain.selection import DIAGRAMS, Diagram, Selection
from kpi.domain.wording import capital
from kpi.views.comparison import Choices, ComparisonView
from kpi.views.comparison_reasons import unavailable_line
from ui.badges import plain, small
from ui.choose import ManyBox, OneBox
from ui.picture_mode import is_picture


def lead_to_boxes() -> None:
    """What opens and folds the boxes on a phone (choosing.js), where the answer comes first."""
    if not is_picture():
        with st.container(key="sammenlign-til-valg"):
            st.markdown("[:material/expand_more: Vælg nøgletal og områder](#valg)")


def indicator_box(catalog: Catalog, names: Mapping[str, str], wanted: str) -> OneBox[str]:
    """The box of indicators, in the order of `names`; a retired one only where it is `wanted`."""
    offered = {each.indicator_id for each in catalog.offered_indicators(also=wanted)}
    return OneBox(
        "Nøgletal",
        [indicator_id for indicator_id in names if indicator_id in offered],
        wanted,
        names.__getitem__,
        key="noegletal",
    )


def area_box(catalog: Catalog, selection: Selection, home_id: str) -> ManyBox:
    """The box of areas and sets of them; the first chosen one is the strong one in charts."""
    own = municipality_for(selection.omraader, home_id, catalog)
    sets = offered_presets(own, selection.noegletal, catalog)
    chosen = [name for name in selection.omraader if is_preset(name, catalog)]

    def name_of(name: str) -> str:
        """An area's name; a set's with a capital letter."""
        if is_preset(name, catalog):
            return capital(preset_name(name, own, catalog))
        return catalog.areas[name].name

    return ManyBox(
        "Områder",
        [
            *dict.fromkeys([*(each.set_id for each in sets), *chosen]),
            *(area.area_id for area in catalog.sorted_areas(also=selection.omraader)),
        ],
        selection.omraader,
        name_of,
        key=f"omraader-{selection.noegletal}",
    )


def group_box(catalog: Catalog, selection: Selection, choices: Choices) -> ManyBox:
    """The box of the groups that the indicator has figures for."""
    return ManyBox(
        "Grupper",
        choices.groups,
        selection.grupper,
        lambda group_id: catalog.groups[group_id].name,
        key=f"grupper-{selection.noegletal}",
    )


@dataclass(frozen=True)
class DiagramBoxes:
    """The diagrams that can be made, and the first and last period to show.

    `missing` says which diagrams cannot be made; one that the address asks for stays in the row.
    """

    selection: Selection
    diagram: OneBox[Diagram]
    since: OneBox[str]
    until: OneBox[str]
    missing: str

    def chosen(self) -> Selection:
        """What is chosen, before the boxes are drawn."""
        return self._with(self.diagram.chosen(), self.since.chosen(), self.until.chosen())

    def show(self) -> Selection:
        """Draws the boxes beside each other; what is chosen."""
        # ui/spor.css gives the diagrams a row where it is narrow.
        with st.container(key="diagramvalg"):
            left, middle, right = st.columns([2, 1, 1])
        with left:
            diagram = self.diagram.show_row()
        with middle:
            since = self.since.show()
        with right:
            until = self.until.show()
        if self.missing and not is_picture():
            st.markdown(small(plain(self.missing)))
        return self._with(diagram, since, until)

    def _with(self, diagram: Diagram, since: str, until: str) -> Selection:
        return replace(self.selection, diagram=diagram, fra=since, til=until)


def diagram_boxes(catalog: Catalog, view: ComparisonView) -> DiagramBoxes:
    """The boxes of the diagrams and periods that the view can be shown as."""
    selection, choices = view.selection, view.choices
    indicator = catalog.indicators[selection.noegletal]
    periods = ["", *(period.text for period in choices.periods)]

    def name_of(period: str) -> str:
        """The period as the list names it; without one there is no limit."""
        if not period:
            return "Ingen grænse"
        return period_name(parse_period(period), indicator, catalog)

    wanted: Diagram = selection.diagram or "udvikling"
    offered = [name for name in DIAGRAMS if name == wanted or name not in view.unavailable]
    return DiagramBoxes(
        selection,
        OneBox("Diagram", offered, wanted, DIAGRAMS.__getitem__, "diagram"),
        OneBox("Fra", periods, selection.fra, name_of, f"fra-{selection.noegletal}"),
        OneBox("Til", periods, selection.til, name_of, f"til-{selection.noegletal}"),
        unavailable_line(view.unavailable),
    )
