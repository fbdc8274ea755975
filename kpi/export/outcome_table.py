"""A programme's outcomes as a table of texts: each as `n af N` in its areas, beside each other."""

from collections.abc import Sequence
from dataclasses import dataclass

from kpi.domain import format as fmt
from kpi.domain.measure import share
from kpi.export.outcome_verdicts import outcome_rows
from kpi.export.paper import Item, Paper, Programme

EXTENT, VERDICT = "Omfang", "Vurdering"


@dataclass(frozen=True)
class OutcomeTable:
    """Columns and rows, the first cell of a row its group: whom the outcome is of.

    `areas` are the names of the columns with numbers; a last column has the verdicts, if any.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    areas: tuple[str, ...]

    @property
    def judged(self) -> str:
        """`vurdering af Gellerup i forhold til Viby Syd`; empty without verdicts."""
        if self.columns[-1] != VERDICT:
            return ""
        return f"{VERDICT.lower()} af {self.areas[0]} i forhold til {self.areas[1]}"


def shared_outcomes(paper: Paper, items: Sequence[Item]) -> Programme | None:
    """The programme whose table shows all of the items; None where it does not.

    Who gave one of them a title of their own wants it by itself.
    """
    programme = paper.programme
    if programme is None or programme.outcomes is None:
        return None
    within = {row.indicator_id for row in programme.outcomes.exhibit.observations}
    shown = [
        item
        for item in items
        if (item.indicator.indicator_id in within or is_extent(item, programme))
        and item.exhibit.key not in paper.choice.titles
    ]
    return programme if len(shown) == len(items) else None


def is_extent(item: Item, programme: Programme) -> bool:
    """Whether the figure counts whom the programme is for: a number in each of its areas."""
    ids = {area.area_id for area in programme.areas}
    return (
        item.indicator.is_total
        and item.indicator.direction == "neutral"
        and all(
            row.area_id in ids and share(row, item.indicator) is None
            for row in item.exhibit.observations
        )
    )


def outcome_table(programme: Programme, items: Sequence[Item]) -> OutcomeTable:
    """A row for each count among the items, then one for each outcome of the programme."""
    assert programme.outcomes is not None
    exhibit, theme = programme.outcomes.exhibit, programme.outcomes.theme
    areas = [area for area in programme.areas if area.name in exhibit.table.columns]
    places = [exhibit.table.columns.index(area.name) for area in areas]
    names = {item.indicator.indicator_id: item.indicator.short_name for item in programme.items}
    is_judged = any(programme.verdicts)
    rows: list[tuple[str, ...]] = []
    for item in [item for item in items if is_extent(item, programme)]:
        own = {row.area_id: fmt.display(row, item.indicator) for row in item.exhibit.observations}
        values = (own.get(area.area_id, fmt.MISSING) for area in areas)
        rows.append(
            (EXTENT, item.indicator.short_name, *values, *([fmt.MISSING] if is_judged else []))
        )
    for cells, shown, verdict in zip(
        exhibit.table.rows, outcome_rows(exhibit), programme.verdicts, strict=True
    ):
        name = names.get(shown[0].indicator_id, cells[1])
        judged = [verdict or fmt.MISSING] if is_judged else []
        group = cells[0].removesuffix(f" i {theme.name}")
        rows.append((group, name, *(cells[place] for place in places), *judged))
    named = tuple(area.name for area in areas)
    columns = ("Gruppe", "Resultat", *named, *([VERDICT] if is_judged else []))
    return OutcomeTable(columns, tuple(rows), named)
