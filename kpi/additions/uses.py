"""What ids of indicators, areas, groups, sources and themes are and were ever used for."""

from collections.abc import Mapping
from dataclasses import dataclass

from kpi.ingest.words.lookup import folded
from kpi.tables.spec import Row

# A row that says the same in these columns is of the same thing: what it is called, and what may
# not change once there are figures.
_MEANS: Mapping[str, tuple[str, ...]] = {
    "theme": ("name",), "indicator": ("name", "kind", "unit"),
    "area": ("name", "level", "parent_id"), "population_group": ("name",),
    "source": ("title", "publisher"),
}  # fmt: skip
# The words of a row that say what its id is of.
Meaning = tuple[str, ...]


def meaning_of(table: str, row: Mapping[str, str | None]) -> Meaning:
    """What a row's id is of, whatever else the row says; without case and spaces."""
    return tuple(folded(row.get(column) or "") for column in _MEANS[table])


@dataclass(frozen=True)
class Uses:
    """What figures and other rows say of the ids of each table (table: id: what).

    `figures` counts today's figures; `others` names one row that points there, in Danish.
    `batches` are the publications that are not withdrawn with figures of an id, smallest first.
    `used_ids` are ids that figures of any day have, `meanings` all that an id was ever entered as.
    """

    figures: Mapping[str, Mapping[str, int]]
    others: Mapping[str, Mapping[str, str]]
    used_ids: Mapping[str, frozenset[str]]
    meanings: Mapping[str, Mapping[str, frozenset[Meaning]]]
    batches: Mapping[str, Mapping[str, tuple[int, ...]]]

    def is_of_another(self, table: str, row_id: str, row: Row) -> bool:
        """Whether figures of any day have this id, and it was never of what the row is of.

        What was withdrawn may come back under its own id: recipes and links use it.
        """
        known = self.meanings[table].get(row_id, frozenset())
        return row_id in self.used_ids[table] and meaning_of(table, row) not in known
