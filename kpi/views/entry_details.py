"""What an entry added or corrected, field by field in words, for the page and the command line."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kpi.domain import format as fmt
from kpi.domain.catalog import Catalog
from kpi.domain.plan import Plan
from kpi.domain.wording import capital
from kpi.plan.changes import CHANGED, SAME, PlanChange
from kpi.plan.editing import names_of
from kpi.tables.spec import COLUMNS, SPECS, cells_of, file_name
from kpi.views.entry import plan_word, row_name, state_words
from kpi.views.new_changes import FIELD_NAMES, Difference, differences

_MOST_ROWS = 10
_RETIRED = capital(FIELD_NAMES["indicator"]["retired"])


@dataclass(frozen=True)
class EntryDetail:
    """One row of an entry: what it is called, and a line for each of its fields.

    `is_correction`: the lines say what stood before; else what the new row was made with. A new
    status takes the place of none, and says the one before it.
    """

    name: str
    is_correction: bool
    lines: tuple[str, ...]
    is_status: bool = False

    @property
    def word(self) -> str:
        """What was done with the row."""
        if self.is_status:
            return "Ny status"
        return "Rettet" if self.is_correction else "Oprettet"


def entry_details(
    changes: Sequence[PlanChange], catalog: Catalog, plan: Plan, most: int = _MOST_ROWS
) -> tuple[EntryDetail, ...]:
    """The first `most` rows of an entry that changed something, of metadata and of the plan."""
    telling = [change for change in changes if change.kind != SAME]
    return tuple(
        _detail(change, catalog)
        if SPECS[change.table].part == "metadata"
        else _plan_detail(change, telling, catalog, plan)
        for change in telling[:most]
    )


def _detail(change: PlanChange, catalog: Catalog) -> EntryDetail:
    # A correction is listed under the name that its row had.
    row = change.before or change.row
    key = next(iter(row))
    name = row.get("name") or row.get("title") or row[key]
    fields = differences(change, catalog)
    if change.kind == CHANGED:
        return EntryDetail(name, True, tuple(map(_correction, fields)))
    # The id of a new row is made of its name, and nobody reads it.
    id_label = capital(FIELD_NAMES[change.table][key])
    lines = [f"{field.label}: {field.after}" for field in fields if field.label != id_label]
    return EntryDetail(name, False, tuple(lines))


def _plan_detail(
    change: PlanChange, changes: Sequence[PlanChange], catalog: Catalog, plan: Plan
) -> EntryDetail:
    """A row of the plan under the name that a person knows it by."""
    table, row, before = change.table, change.row, change.before
    new = {
        other.row["initiative_id"]: other.row["title"]
        for other in changes
        if other.table == "initiative"
    }
    names = names_of(table, plan, catalog)

    def field(column: str) -> Difference:
        """A column before and after, in words."""
        cells, called = cells_of(table, column), names.get(column, {})
        words = [plan_word(cells, text, called) for text in ((before or {}).get(column, ""),
                                                            row.get(column, ""))]  # fmt: skip
        return Difference(capital(file_name(table, column)), words[0], words[1])

    is_status = not SPECS[table].has_ids
    subject = change if is_status or before is None else replace(change, row=before)
    name = row_name(subject, new, plan, catalog)
    if change.kind == CHANGED:
        lines = [_correction(field(column)) for column, _, _ in change.differences()]
        return EntryDetail(name, True, tuple(lines))
    columns = [column for column in list(COLUMNS[table])[1:] if row[column]]
    lines = [f"{field(column).label}: {field(column).after}" for column in columns]
    if is_status and before:
        lines.append(f"Seneste status forinden: {state_words(before)}")
    return EntryDetail(name, False, tuple(lines), is_status)


def _correction(field: Difference) -> str:
    """`Navn: fra »Ledige« til »Ledighed«`."""
    if field.label == _RETIRED:
        is_back = field.after == fmt.MISSING
        return "Taget i brug igen" if is_back else f"Taget ud af brug fra {field.after}"
    if field.before == fmt.MISSING:
        return f"{field.label}: tilføjet »{field.after}«"
    if field.after == fmt.MISSING:
        return f"{field.label}: fjernet »{field.before}«"
    return f"{field.label}: fra »{field.before}« til »{field.after}«"


def rest_words(changes: Sequence[PlanChange], most: int = _MOST_ROWS) -> str:
    """`Og 12 rækker til.`: the rows that are not listed; empty where all are."""
    rest = sum(change.kind != SAME for change in changes) - most
    return f"Og {fmt.counted(rest, 'række', 'rækker')} til." if rest > 0 else ""
