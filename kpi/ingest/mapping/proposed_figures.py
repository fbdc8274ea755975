"""Which column the figures are in, and of which measure they are, as the contents propose."""

from collections.abc import Sequence
from dataclasses import replace

from kpi.ingest.mapping.beside_columns import own_figures
from kpi.ingest.mapping.column_mapping import chosen_measure
from kpi.ingest.mapping.free_columns import FreeColumns
from kpi.ingest.mapping.measures import measure_of_unit, says_unit
from kpi.ingest.mapping.proposed_recipe import Proposal
from kpi.ingest.mapping.share_of_counts import ShareOfCounts, share_of_counts
from kpi.ingest.mapping.unread import MOST_CODES
from kpi.ingest.mapping.unread_figures import unread_figures
from kpi.ingest.turning.column_texts import (
    ColumnTexts,
    form_of,
    is_numeric,
    is_usual,
    names_code,
    names_other_time,
)
from kpi.ingest.words import labels
from kpi.ingest.words.heads import named_by_head
from kpi.ingest.words.lookup import folded, indicator_lookup
from kpi.ingest.words.units import is_power_name, unit_kind

# Of several columns of figures the one with this name is the value.
_SURE_VALUES = frozenset(
    map(folded, ("indhold", "værdi", "value", "obs_value", "content", "contents"))
)


def with_value(
    left: FreeColumns, proposal: Proposal, measure: str | None, indicator_id: str
) -> Proposal:
    """The proposal with the column of figures, or the measures of which a person must choose.

    `measure` is the one that was chosen; an indicator knows its own by name and by unit.
    """
    every = [name for name, column in left.free.items() if _is_figures(left, column)]
    indicator = left.catalog.indicators.get(indicator_id)
    figures = own_figures(every, bool(proposal.area), left.catalog, indicator)
    numeric = [name for name, column in left.free.items() if is_numeric(column)]
    figures = figures or numeric[:1] * (len(numeric) == 1)
    if not figures and not proposal.counts_shares:
        figures = unread_figures(left.free, left.catalog)
    place = left.table.measure_column
    named = "" if place is None else left.table.columns[place]
    if _are_units_of_indicators(left, named):
        left.free.pop(named)  # compared with each row's indicator
    find = indicator_lookup(left.catalog)
    # Labels that are indicators (`variable` of a melted table) are no measures of one.
    if named in left.free and not all(map(find, left.free[named].filled)):
        proposal = _with_measure_labels(left, proposal, named, measure, indicator_id)
    usual = [name for name in numeric if folded(name) in _SURE_VALUES]
    chosen = chosen_measure(measure, every or figures or numeric) if measure else None
    if chosen is None and usual:
        # INDHOLD is the last of that name; what else is numeric is no measure beside it.
        chosen = usual[-1]
    named_so = [name for name in figures if named_by_head(find, name) == indicator_id]
    if chosen is None and indicator_id and len(named_so) == 1 and not proposal.measures:
        chosen = named_so[0]
    if chosen is None and len(figures) == 1:
        chosen = figures[0]
    share = _share(left, figures, indicator_id)
    if share is not None and chosen in (None, share.value):
        chosen = share.value
        proposal = replace(proposal, numerator=share.numerator, denominator=share.denominator)
    if chosen is None and (chosen := _of_unit(left, figures, indicator_id) or None):
        proposal = _without(proposal, chosen, figures)
    for name in figures:
        left.free.pop(name, None)
    if chosen is not None:
        left.free.pop(chosen, None)
        return replace(proposal, value=chosen)
    return replace(proposal, measures=tuple(figures))


def _are_units_of_indicators(left: FreeColumns, name: str) -> bool:
    """Whether a column's labels are units, and another one names the indicators they are of."""
    find = indicator_lookup(left.catalog)
    return (
        name in left.free
        and all(map(unit_kind, left.free[name].filled))
        and any(column.count > 1 and all(map(find, column.filled)) for column in left.free.values())
    )


def _share(left: FreeColumns, figures: Sequence[str], indicator_id: str) -> ShareOfCounts | None:
    """The share that is meant among its counts, with an indicator in percent."""
    indicator = left.catalog.indicators.get(indicator_id)
    is_asked = indicator is not None and indicator.is_proportion
    return share_of_counts(left.table, figures) if is_asked else None


def _of_unit(left: FreeColumns, measures: Sequence[str], indicator_id: str) -> str:
    """The measure that the unit of the indicator decides for; empty where it does not."""
    indicator = left.catalog.indicators.get(indicator_id)
    return measure_of_unit(measures, indicator) if indicator else ""


def _with_measure_labels(
    left: FreeColumns, proposal: Proposal, name: str, measure: str | None, indicator_id: str
) -> Proposal:
    column = left.free[name]
    if column.count < 2:
        return proposal
    left.free.pop(name)
    chosen = chosen_measure(measure, column.filled) if measure else None
    # Where another column speaks of measures, too, its label for all may be of the other one.
    is_alone = not any(says_unit(text) for other in left.free.values() for text in other.filled)
    of_unit = _of_unit(left, column.filled, indicator_id) if is_alone else ""
    if chosen is None and of_unit:
        chosen, proposal = of_unit, _without(proposal, of_unit, column.filled)
    if chosen is None:
        return replace(proposal, measure_column=name, measures=column.filled)
    return replace(proposal, measure_column=name, keep={name: (chosen,)})


def _is_figures(left: FreeColumns, column: ColumnTexts) -> bool:
    """Figures have decimals or are many; ages and codes are whole and few, or named so."""
    if not is_numeric(column):
        return False
    name = column.name
    if is_usual("value", name):
        return True
    if names_code(name) or is_power_name(name) or labels.names_dimension(name):
        return False
    if is_usual("period", name) or names_other_time(name):
        return False
    if any(form_of(text).decimals for text in column.texts):
        return True
    return 2 * column.count > left.rows or column.count > MOST_CODES


def _without(proposal: Proposal, chosen: str, measures: Sequence[str]) -> Proposal:
    """The proposal that says which measures were not chosen."""
    return replace(proposal, other_measures=tuple(name for name in measures if name != chosen))
