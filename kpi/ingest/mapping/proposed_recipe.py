"""What a file's columns most likely contain, as a recipe can say it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields

from kpi.ingest.mapping.recipe import MadeFrom, NamedColumns, Recipe
from kpi.ingest.table.raw import RawTable
from kpi.ingest.turning.column_texts import ColumnTexts

# What a recipe is called that nobody made: the file's columns as their contents propose.
OWN_COLUMNS = "filens egne kolonner"


@dataclass(frozen=True)
class Proposal(NamedColumns):
    """What a file's columns most likely contain; a field is empty where no column fits.

    `keep` are totals that were picked among several labels, `unclear` (column to labels) columns
    with several labels of which nobody has chosen, `labels` the one label of each other column.
    `measures` are what the figures may be of, where a person must choose: names of columns, or
    labels of `measure_column`; `other_measures` those that the indicator's unit ruled out.
    `statuses` is what the labels of the status mean, where they are no words of status.
    `skipped_areas` are patterns of areas that are none of Spor's.
    `constant` (period, area) is what the title says of all rows where no column does, and
    `constant_texts` who says it. `made_columns` are not the file's own: their cells
    are taken from the names of its columns.
    """

    statuses: Mapping[str, str] = field(default_factory=dict)
    skipped_groups: tuple[str, ...] = ()
    skipped_areas: tuple[str, ...] = ()
    keep: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    unclear: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    measure_column: str = ""
    measures: tuple[str, ...] = ()
    other_measures: tuple[str, ...] = ()
    columns: tuple[ColumnTexts, ...] = ()
    made_columns: tuple[str, ...] = ()
    constant: Mapping[str, str] = field(default_factory=dict)
    constant_texts: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_understood(self) -> bool:
        """Whether the file can be read once its indicator is known.

        What is `unclear` is checked when it is read (kpi/ingest/checks/unused_columns.py).
        """
        has_value = bool(self.value) or self.counts_shares
        has_key = all(getattr(self, key) or key in self.constant for key in ("area", "period"))
        return has_key and has_value and not self.measures

    @property
    def counts_shares(self) -> bool:
        """Whether there are numerator and denominator, and no value beside them."""
        return bool(self.numerator and self.denominator) and not self.value

    def recipe(self, indicator_id: str, source_id: str, table: RawTable) -> Recipe:
        """The proposal as a recipe, for a file that is understood."""
        ignore = {"areas": self.skipped_areas, "groups": self.skipped_groups}
        return Recipe(
            name=OWN_COLUMNS,
            title="Filens egne kolonner",
            source_id=source_id,
            indicator_id="" if self.indicator else indicator_id,
            **{column.name: getattr(self, column.name) for column in fields(NamedColumns)},
            statuses=self.statuses,
            keep=self.keep,
            constant=self.constant,
            ignore={section: patterns for section, patterns in ignore.items() if patterns},
            made_from=MadeFrom(table.title, table.measure, table.unit, table.table_id, self.labels),
        )
