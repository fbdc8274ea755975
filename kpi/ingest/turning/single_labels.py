"""What a column of one label says of all figures: their measure, and what they count in."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import islice

from kpi.ingest.table.raw import TYPED, RawTable
from kpi.ingest.words.heads import are_figures, is_measure_name, is_unit_name
from kpi.ingest.words.units import is_power_name, is_unit_word, unit_of_power

_SAMPLE_ROWS = 200


def with_measure_and_unit(table: RawTable, labels: Callable[[int], Iterable[str]]) -> RawTable:
    """The table with its measure and unit, each taken from a column that has only one label.

    `labels` gives the texts of a column, by its place.
    """
    table = _without_figures_as_measures(table, labels)
    measure, unit, power = table.measure, table.unit, ""
    for place, name in enumerate(table.columns):
        is_unit, is_power = is_unit_name(name), is_power_name(name)
        if not (is_unit or is_power or place == table.measure_column):
            continue
        distinct = {text.removeprefix(TYPED).strip() for text in labels(place)} - {""}
        label = distinct.pop() if len(distinct) == 1 else ""
        if is_power:
            power = power or unit_of_power(label, name)
        elif is_unit and is_unit_word(label):
            unit = unit or label
        elif place == table.measure_column:
            measure = measure or label
    return replace(table, measure=measure, unit=power or unit)


def _without_figures_as_measures(
    table: RawTable, labels: Callable[[int], Iterable[str]]
) -> RawTable:
    """The table whose column of measures is one of words: `Tal` and `Indhold` may be figures."""
    place = table.measure_column
    if place is None or not are_figures(islice(labels(place), _SAMPLE_ROWS)):
        return table
    named = (
        candidate for candidate, name in enumerate(table.columns)
        if candidate != place and is_measure_name(name)
        and not are_figures(islice(labels(candidate), _SAMPLE_ROWS))
    )  # fmt: skip
    return replace(table, measure_column=next(named, None))
