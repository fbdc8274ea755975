"""Of the rows that several indicators report together those of periods of which more than one says.

What only one of them says has been settled by itself.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from kpi.domain.period import parse_period
from kpi.store.ever_shown import Row

# A row as `hidden_row` names it.
Place = tuple[object, ...]


def place_of(row: Row) -> Place:
    """Its key, its source and its publication."""
    return (*row[:4], row.source_id, row.batch_id)


def where_several_stand(rows: Sequence[Row], alike: Mapping[Place, Sequence[Place]]) -> list[Row]:
    """The rows of periods that hang together, by overlapping, and of which several indicators say.

    `alike` has the rows of all indicators that say the same.
    """
    several: list[Row] = []
    some: list[Row] = []
    last = date.min
    in_order = sorted(
        ((parse_period(row.period), row) for row in rows), key=lambda each: each[0].start
    )

    def take_some() -> None:
        """Keeps those that hang together where several indicators say any of them."""
        if len({indicator_id for row in some for indicator_id, *_ in alike[place_of(row)]}) > 1:
            several.extend(some)
        some.clear()

    for period, row in in_order:
        if period.start > last:
            take_some()
        some.append(row)
        last = max(last, period.end)
    take_some()
    return several
