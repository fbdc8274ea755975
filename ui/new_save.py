"""Writing a new or corrected row as a new version."""

from collections.abc import Sequence
from dataclasses import dataclass

from kpi.domain.catalog import Catalog
from kpi.domain.errors import KpiError
from kpi.domain.wording import capital
from kpi.plan.changes import NEW
from kpi.store.adding import check_additions
from kpi.tables.spec import COLUMNS, Row
from kpi.views.new_changes import row_of
from kpi.views.new_drafts import with_spelling
from kpi.views.new_things import NOUNS
from ui.doors import add


@dataclass(frozen=True)
class Saved:
    """The entry (None: nothing was new), and the id of the row."""

    entry_id: int | None
    row_id: str


def create(table: str, row: Row, by: str, origin: str = "") -> Saved:
    """Adds one new row. Raises KpiError that lists every problem, also that it exists."""
    # An empty field of a new row says nothing: it gets the default.
    filled = {column: text for column, text in row.items() if text}
    (change,) = check_additions(table, [filled])
    if change.kind != NEW:
        name = row.get("name") or row.get("title") or ""
        before = change.before or change.row
        standing = before.get("name") or before.get("title") or ""
        raise KpiError(
            f"{capital(NOUNS[table][1])} findes i forvejen",
            f"»{name}« er allerede et navn for {NOUNS[table][1]} »{standing}«. Skriv et andet "
            "navn, eller ret det, der står.",
        )
    return correct(table, filled, by, origin)


def create_areas(names: Sequence[str], shared: Row, by: str, origin: str) -> Saved:
    """Adds several areas in one go, with what they share besides. Raises KpiError as `create`."""
    rows = [{"name": name, **shared} for name in names]
    changes = check_additions("area", rows)
    if known := [change.row["name"] for change in changes if change.kind != NEW]:
        raise KpiError(
            "Området findes i forvejen", f"»{known[0]}« står der allerede. Tag det af listen."
        )
    added = add("area", rows, by, origin=origin)
    return Saved(added.entry_id, "")


def correct(table: str, row: Row, by: str, origin: str = "") -> Saved:
    """Adds the row as the current one of its id. Raises KpiError that lists every problem."""
    added = add(table, [row], by, origin=origin)
    return Saved(added.entry_id, added.changes[0].row[COLUMNS[table][0]])


def add_spelling(
    table: str, row_id: str, text: str, by: str, catalog: Catalog, origin: str
) -> Saved:
    """Gives a known row one more alias, which files may use."""
    return correct(table, with_spelling(table, row_of(table, row_id, catalog), text), by, origin)
