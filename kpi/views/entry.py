"""What is entered of the action plan, in words: before it is done, and afterwards as a history."""

from collections.abc import Sequence
from dataclasses import dataclass

from kpi import format as fmt
from kpi.catalog import Catalog
from kpi.ingest.dataset import Row
from kpi.ingest.plan_files import COLUMN_NAMES, TABLE_NAMES
from kpi.model import Entry
from kpi.plan import STATE_NAMES, TARGET_STATES, Plan
from kpi.plan_changes import CHANGED, NEW, SAME, PlanChange
from kpi.wording import listing

_KINDS = {NEW: "Ny", CHANGED: "Ændret", SAME: "Står der allerede"}
_ONE_AND_MANY = {
    "initiative": ("indsats", "indsatser"),
    "initiative_status": ("status", "statusser"),
    "event": ("hændelse", "hændelser"),
    "meeting": ("møde", "møder"),
    "target": ("mål", "mål"),
}


@dataclass(frozen=True)
class ChangeLine:
    """A row to be entered: its table and kind in words, what it is of, what stands, what comes."""

    table: str
    kind: str
    name: str
    before: str
    after: str


def change_lines(
    changes: Sequence[PlanChange], plan: Plan, catalog: Catalog
) -> tuple[ChangeLine, ...]:
    """The changes in words, those that change something first."""
    ordered = sorted(changes, key=lambda one: one.kind == SAME)
    return tuple(_line(one, plan, catalog) for one in ordered)


def _line(change: PlanChange, plan: Plan, catalog: Catalog) -> ChangeLine:
    table, kind = TABLE_NAMES[change.table], _KINDS[change.kind]
    name = _name(change, plan, catalog)
    if change.table == "initiative_status":
        before = _state(change.before) if change.before else fmt.MISSING
        summary = change.row["summary"]
        return ChangeLine(
            table, kind, name, before, f"{_state(change.row)}: {summary}".rstrip(": ")
        )
    if change.kind == CHANGED:
        both = [(COLUMN_NAMES[column], old, new) for column, old, new in change.differences()]
        return ChangeLine(
            table,
            kind,
            name,
            "; ".join(f"{column}: {_word(old)}" for column, old, _ in both),
            "; ".join(f"{column}: {_word(new)}" for column, _, new in both),
        )
    columns = list(change.row.items())[1:]
    after = "; ".join(f"{COLUMN_NAMES[column]}: {_word(text)}" for column, text in columns if text)
    return ChangeLine(table, kind, name, fmt.MISSING if change.kind == NEW else after, after)


def _name(change: PlanChange, plan: Plan, catalog: Catalog) -> str:
    row = change.row
    if change.table == "initiative_status":
        titles = {one.initiative_id: one.title for one in plan.initiatives}
        return titles.get(row["initiative_id"], row["initiative_id"])
    if change.table == "target":
        indicator, area = catalog.indicators.get(row["indicator_id"]), row["area_id"]
        of = catalog.areas[area].name if area in catalog.areas else area
        return f"{indicator.short_name if indicator else row['indicator_id']}, {of} {row['period']}"
    return row.get("title") or row.get("body") or next(iter(row.values()))


def _state(row: Row) -> str:
    try:
        day = fmt.partial_date(row["date"])
    except ValueError:
        day = row["date"]
    return f"{_word(row['state'])} ({day})"


def _word(text: str) -> str:
    return STATE_NAMES.get(text) or TARGET_STATES.get(text) or text or fmt.MISSING


def entry_counts(entry: Entry) -> str:
    """`2 statusser og 1 møde`: what an entry holds."""
    return listing([f"{count} {_ONE_AND_MANY[table][count != 1]}" for table, count in entry.rows])
