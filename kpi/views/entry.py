"""What is entered of the action plan, in words: before it is done, and afterwards as a history."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kpi.domain import format as fmt
from kpi.domain.catalog import Catalog
from kpi.domain.errors import KpiError
from kpi.domain.model import Entry
from kpi.domain.period import last_day, parse_period
from kpi.domain.plan import Plan
from kpi.domain.vocabulary import CHANGE_NAMES, STATE_NAMES
from kpi.domain.wording import listing
from kpi.plan.changes import CHANGED, NEW, SAME, PlanChange
from kpi.plan.cited import older_source
from kpi.plan.editing import names_of
from kpi.plan.files import FILE_TABLES
from kpi.tables.spec import SPECS, Row, cells_of, file_name
from kpi.tables.table_spec import DATES, Cells

_MOST_NAMED = 3


@dataclass(frozen=True)
class ChangeLine:
    """A row to be entered: its table and kind in words, its subject, its current and new values."""

    table: str
    kind: str
    name: str
    before: str
    after: str


def change_lines(
    changes: Sequence[PlanChange], plan: Plan, catalog: Catalog
) -> tuple[ChangeLine, ...]:
    """The changes in words, those that change something first."""
    ordered = sorted(changes, key=lambda change: change.kind == SAME)
    # What comes in the same go is named too.
    new = {
        change.row["initiative_id"]: change.row["title"]
        for change in changes
        if change.table == "initiative"
    }
    return tuple(_line(change, new, plan, catalog) for change in ordered)


def _line(change: PlanChange, new: Mapping[str, str], plan: Plan, catalog: Catalog) -> ChangeLine:
    table, kind = FILE_TABLES[change.table], CHANGE_NAMES[change.kind]
    name = row_name(change, new, plan, catalog)
    if not SPECS[change.table].has_ids:
        before = state_words(change.before) if change.before else fmt.MISSING
        after = f"{state_words(change.row)}: {change.row['summary']}".rstrip(": ")
        if change.kind == NEW and _is_older(change):
            after += f". Ændrer ikke den seneste status: {before} er nyere"
        source = catalog.sources.get(change.row["source_id"])
        if note := older_source(change.row["date"], source):
            after += f". OBS: {note}"
        return ChangeLine(table, kind, name, before, after)
    names = names_of(change.table, plan, catalog)

    def described(column: str, text: str) -> str:
        """A column's Danish name and its text as a person reads it."""
        cells = cells_of(change.table, column)
        return f"{file_name(change.table, column)}: {plan_word(cells, text, names.get(column, {}))}"

    if change.kind == CHANGED:
        both = change.differences()
        before = "; ".join(described(column, old) for column, old, _ in both)
        return ChangeLine(
            table, kind, name, before, "; ".join(described(column, new) for column, _, new in both)
        )
    columns = list(change.row.items())[1:]
    after = "; ".join(described(column, text) for column, text in columns if text)
    return ChangeLine(table, kind, name, fmt.MISSING if change.kind == NEW else after, after)


def _is_older(change: PlanChange) -> bool:
    """Whether a status is older than the current one, so that it fills in the past only."""
    try:
        return change.before is not None and last_day(change.row["date"]) < last_day(
            change.before["date"]
        )
    except ValueError:
        return False


def row_name(change: PlanChange, new: Mapping[str, str], plan: Plan, catalog: Catalog) -> str:
    """What a row of the plan is called; `new` are titles of initiatives that come with it."""
    row = change.row
    if not SPECS[change.table].has_ids:
        titles = {
            initiative.initiative_id: initiative.title for initiative in plan.initiatives
        } | dict(new)
        return titles.get(row["initiative_id"], row["initiative_id"])
    if change.table == "target":
        indicator, area = catalog.indicators.get(row["indicator_id"]), row["area_id"]
        of = catalog.areas[area].name if area in catalog.areas else area
        period = plan_word("period", row["period"], {})
        return f"{indicator.short_name if indicator else row['indicator_id']}, {of} {period}"
    return row.get("title") or row.get("body") or next(iter(row.values()))


def state_words(row: Row) -> str:
    """A status in words: `I gang (19. marts 2025)`."""
    return f"{STATE_NAMES.get(row['state'], row['state'])} ({plan_word('date', row['date'], {})})"


def plan_word(cells: Cells, text: str, names: Mapping[str, str]) -> str:
    """A field as a person reads it; unchanged where it has no other words."""
    if not text:
        return fmt.MISSING
    if cells == "ids":
        return listing([names.get(name, name) for name in text.split(";")])
    try:
        if cells in DATES:
            return fmt.partial_date(text)
        if cells == "period":
            return parse_period(text).name()
        if cells == "number":
            return fmt.number(float(text), len(text.partition(".")[2]))
    except (ValueError, KpiError):
        return text
    return names.get(text, text)


def entry_counts(entry: Entry) -> str:
    """`2 statusser og 1 møde`: the rows of an entry, counted by kind."""
    return listing([f"{count} {SPECS[table].nouns[count != 1]}" for table, count in entry.rows])


def entry_state(entry: Entry) -> str:
    """Whether an entry counts, was undone, or was removed for good."""
    if entry.is_removed:
        return "slettet"
    return "fortrudt" if entry.withdrawn_on else "gælder"


def undone_words(entry_id: int) -> str:
    """What the page says once an entry is withdrawn."""
    return f"Registrering nr. {entry_id} er fortrudt: Det, der stod før, gælder igen."


def entry_words(entry: Entry) -> str:
    """`1 område: Bispehaven`: the rows of an entry, with the names a person knows them by."""
    shown = [f"»{name}«" for name in entry.names[:_MOST_NAMED]]
    rest = len(entry.names) - len(shown)
    names = listing([*shown, *([f"{fmt.number(rest, 0)} til"] if rest else [])])
    if entry.is_removed:
        return "Teksten er slettet for altid"
    return f"{entry_counts(entry)}: {names}" if names else entry_counts(entry)
