"""What is chosen in the boxes of Sammenlign, known before they are drawn, and its comparison."""

from dataclasses import dataclass, replace

import streamlit as st

from kpi.domain.catalog import Catalog
from kpi.domain.selection import Selection
from kpi.views.comparison import ComparisonView
from kpi.views.comparison_change import with_indicator
from kpi.views.retired import retired_notes
from ui import cache
from ui.badges import plain
from ui.choose import ManyBox, OneBox
from ui.comparison import DiagramBoxes, area_box, diagram_boxes, group_box, indicator_box


@dataclass(frozen=True)
class Compared:
    """The comparison of what is chosen, and the boxes that it is chosen in, which are not drawn.

    `is_answered` says whether there is an area and a group to compare; without one `view` is of
    what was chosen before. `left_out` lists what was asked for without the indicator having it.
    """

    view: ComparisonView
    left_out: tuple[str, ...]
    is_answered: bool
    _chosen: Selection
    _indicator: OneBox[str]
    _areas: ManyBox
    _groups: ManyBox
    _diagrams: DiagramBoxes

    def show_boxes(self) -> None:
        """Draws the boxes; where one could not keep its choice, the page runs again."""
        indicator_id = self._indicator.show()
        left, right = st.columns([1.6, 1])
        with left:
            areas = self._areas.show()
        with right:
            groups = self._groups.show()
        shown = self._diagrams.show()
        if replace(shown, noegletal=indicator_id, omraader=areas, grupper=groups) != self._chosen:
            st.rerun()

    def show_notes(self, catalog: Catalog) -> None:
        """What stands before the charts: what is retired, what was left out, and all else."""
        retired = retired_notes(self.view.selection, catalog)
        for note in (*retired, *self.left_out, *self.view.notes):
            st.info(plain(note), icon=":material/info:")

    def show_nothing_to_see(self) -> None:
        """Says so where there is neither a chart nor a reason that there is none."""
        if not (self.view.exhibits or self.left_out or self.view.notes):
            st.warning(
                "Der er ingen tal at vise for det valgte. Vælg et område eller en gruppe mere, "
                "eller en længere periode.",
                icon=":material/search_off:",
            )


def compare_chosen(view: ComparisonView, catalog: Catalog, version: str, home_id: str) -> Compared:
    """The comparison of what the boxes choose; `view` is that of the address."""
    names = cache.indicator_choices_of(version)
    indicators = indicator_box(catalog, names, view.selection.noegletal)
    indicator_id = indicators.chosen()
    if indicator_id != view.selection.noegletal:
        store = cache.store(version)
        kept = with_indicator(store, catalog, view.selection, indicator_id, home_id)
        view = cache.comparison_of(version, kept, home_id)
    areas_of = area_box(catalog, view.selection, home_id)
    groups_of = group_box(catalog, view.selection, view.choices)
    areas, groups = areas_of.chosen(), groups_of.chosen()
    of_chosen = replace(view.selection, omraader=areas, grupper=groups)
    if areas and groups and of_chosen != view.selection:
        view = cache.comparison_of(version, of_chosen, home_id)
    diagrams = diagram_boxes(catalog, view)
    left_out = view.left_out
    chosen = replace(diagrams.chosen(), omraader=areas, grupper=groups)
    is_answered = bool(areas and groups) or not view.choices.groups
    if is_answered and chosen != view.selection:
        view = cache.comparison_of(version, chosen, home_id)
    return Compared(view, left_out, is_answered, chosen, indicators, areas_of, groups_of, diagrams)
