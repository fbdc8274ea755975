"""The columns of a file that no part of the proposal has taken yet."""

from collections.abc import Sequence

from kpi.domain.catalog import Catalog
from kpi.ingest.table.raw import RawTable
from kpi.ingest.turning.column_texts import ColumnTexts
from kpi.ingest.words.template import template_columns


class FreeColumns:
    """One file's columns, each taken once.

    `free` are those that are not taken (name to texts), in the file's order; `columns` are all.
    `ours` (role to name) are those that are called as the template calls them. `rows` is how many
    rows the file has.
    """

    def __init__(
        self, table: RawTable, columns: Sequence[ColumnTexts], rows: int, catalog: Catalog
    ) -> None:
        self.table = table
        self.rows = rows
        self.catalog = catalog
        # Of two columns of one name nobody can say which is meant, so only the first is kept.
        self.free = {column.name: column for column in reversed(columns) if column.filled}
        self.free = dict(reversed(self.free.items()))
        self.columns = tuple(columns)
        ours = template_columns(table.columns)
        self.ours = {role: table.columns[place] for role, place in ours.items()}

    def take(self, name: str) -> str:
        """The name, whose column is now taken; one that is empty or taken takes nothing."""
        self.free.pop(name, None)
        return name

    def called_as_ours(self, role: str) -> str:
        """Takes the free column with the template's name of a role; empty where there is none."""
        name = self.ours.get(role, "")
        return self.take(name) if name in self.free else ""
