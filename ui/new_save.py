"""Writing a new or corrected thing as a new version."""

from dataclasses import dataclass

from kpi.catalog import Catalog
from kpi.errors import KpiError
from kpi.ingest.dataset import COLUMNS, Row
from kpi.plan_changes import NEW
from kpi.store.adding import add, check_additions
from kpi.views.new_things import NOUNS, row_of, with_spelling
from kpi.wording import capital


@dataclass(frozen=True)
class Saved:
    """The entry (None: nothing was new), and the id of the row."""

    entry_id: int | None
    row_id: str


def create(table: str, row: Row, by: str, origin: str = "") -> Saved:
    """Adds one new thing. Raises KpiError that says all that is wrong, also that it stands."""
    # An empty field of a new thing says nothing: what is usual stands there then.
    given = {column: text for column, text in row.items() if text}
    (change,) = check_additions(table, [given])
    if change.kind != NEW:
        name = row.get("name") or row.get("title") or ""
        raise KpiError(
            f"{capital(NOUNS[table][1])} findes i forvejen",
            f"»{name}« står der allerede. Skriv et andet navn, eller ret det, der står.",
        )
    return correct(table, given, by, origin)


def correct(table: str, row: Row, by: str, origin: str = "") -> Saved:
    """Adds the row as what holds of its id. Raises KpiError that says all that is wrong with it."""
    added = add(table, [row], by, origin=origin)
    return Saved(added.entry_id, added.changes[0].row[COLUMNS[table][0]])


def add_spelling(
    table: str, row_id: str, text: str, by: str, catalog: Catalog, origin: str
) -> Saved:
    """Lets a known thing have one more name, which files may use."""
    return correct(table, with_spelling(table, row_of(table, row_id, catalog), text), by, origin)
