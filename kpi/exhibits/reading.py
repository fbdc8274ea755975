"""One sentence under a chart: what its figures are worth beside chance."""

from collections.abc import Sequence

from kpi import format as fmt
from kpi.catalog import Catalog
from kpi.compare import NO_COMPARISON, SAME, compare, persons
from kpi.measure import comparable_value, interval, share
from kpi.model import Indicator, Observation
from kpi.wording import genitive, place

UNTOLD = "Kilden oplyser ikke antallene bag, så ingen kan sige, hvad tilfældet kan gøre."


def reading_of(rows: Sequence[Observation], indicator: Indicator, catalog: Catalog) -> str:
    """The first figure with its interval, and whether chance could make it unlike the second.

    `rows` are one period's, the one that matters first. Where no counts are known it says so;
    empty for figures that have no share (bare counts, means, amounts).
    """
    shown = [row for row in rows if row.value is not None]
    if not shown:
        return ""
    own = shown[0]
    counted, reach = share(own, indicator), interval(own, indicator)
    if counted is None or reach is None:
        return UNTOLD if indicator.is_proportion else ""
    text = (
        f"{_whose(own, shown, catalog)}: {fmt.n_of_n(*counted)} "
        f"({fmt.percent(100 * counted[0] / counted[1], 0)}, usikkerhed {fmt.span(*reach)})."
    )
    other = next((row for row in shown[1:] if row.period == own.period), None)
    if other is None:
        return text
    held = compare(own, other, indicator, "area", other.area_id)
    value = comparable_value(other, indicator)
    if held.verdict == NO_COMPARISON or value is None:
        return text
    number = persons(held.gap_points or 0.0, counted[1])
    people = f" Forskellen svarer til {fmt.number(number, 0)} af de {fmt.number(counted[1], 0)}."
    against = f"{genitive(_whose(other, shown, catalog))} {fmt.percent(value, 0)}"
    if held.verdict == SAME:
        return f"{text} Kan ikke skelnes fra {against}."
    verdict = f"{held.verdict.capitalize()} end {against}, mere end tilfældet kan forklare."
    return f"{text} {verdict}{people if number else ''}"


def _whose(row: Observation, shown: Sequence[Observation], catalog: Catalog) -> str:
    """The area, or the group where all rows are of one area."""
    if len({one.area_id for one in shown}) > 1 or len(shown) == 1:
        return place(catalog.areas[row.area_id].name)
    return catalog.groups[row.group_id].name
