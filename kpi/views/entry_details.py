"""What an entry added or corrected, field by field in words, for the page and the command line."""

from collections.abc import Sequence
from dataclasses import dataclass

from kpi.domain import format as fmt
from kpi.domain.catalog import Catalog
from kpi.domain.wording import capital
from kpi.plan.changes import CHANGED, SAME, PlanChange
from kpi.views.new_changes import FIELD_NAMES, Difference, differences

_MOST_ROWS = 10


@dataclass(frozen=True)
class EntryDetail:
    """One row of an entry: what it is called, and a line for each of its fields.

    `is_correction`: the lines say what stood before; else what the new row was made with.
    """

    name: str
    is_correction: bool
    lines: tuple[str, ...]


def entry_details(
    changes: Sequence[PlanChange], catalog: Catalog, most: int = _MOST_ROWS
) -> tuple[EntryDetail, ...]:
    """The first `most` rows of an entry that changed something."""
    telling = [change for change in changes if change.kind != SAME]
    return tuple(_detail(change, catalog) for change in telling[:most])


def _detail(change: PlanChange, catalog: Catalog) -> EntryDetail:
    # A correction is listed under the name that its row had.
    row = change.before or change.row
    key = next(iter(row))
    name = row.get("name") or row.get("title") or row[key]
    fields = differences(change, catalog)
    if change.kind == CHANGED:
        return EntryDetail(name, True, tuple(_correction(field) for field in fields))
    # The id of a new row is made of its name, and nobody reads it.
    id_label = capital(FIELD_NAMES[change.table][key])
    lines = [f"{field.label}: {field.after}" for field in fields if field.label != id_label]
    return EntryDetail(name, False, tuple(lines))


def _correction(field: Difference) -> str:
    """`Navn: fra »Ledige« til »Ledighed«`."""
    if field.before == fmt.MISSING:
        return f"{field.label}: tilføjet »{field.after}«"
    if field.after == fmt.MISSING:
        return f"{field.label}: fjernet »{field.before}«"
    return f"{field.label}: fra »{field.before}« til »{field.after}«"


def rest_words(changes: Sequence[PlanChange], most: int = _MOST_ROWS) -> str:
    """`Og 12 rækker til.`: the rows that are not listed; empty where all are."""
    rest = sum(change.kind != SAME for change in changes) - most
    return f"Og {fmt.counted(rest, 'række', 'rækker')} til." if rest > 0 else ""
