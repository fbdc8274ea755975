"""What a specification of a table says: its columns, what they hold, and what people call them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

# What the cells of a column hold. A day is a date of three parts; words may be in a date's place;
# ids are several of the table that is referred to, with ";" between them.
Cells = Literal[
    "text", "number", "whole", "date", "day", "date_or_words", "period", "breaks", "ids"
]
DATES: tuple[Cells, ...] = ("date", "day", "date_or_words")
# metadata: names and orders figures; all rows ever given are kept in `…_row`. plan: the action
# plan. claim: statements of papers. data: only data/ has rows of it. All others may be entered.
Part = Literal["metadata", "plan", "claim", "data"]


@dataclass(frozen=True)
class Column:
    """A column. Without a `danish` name it is called as what it refers to, an id `id`.

    `refers_to` is the table whose id (or ids) a cell is; `beside_ids` are words that it may hold
    in place of one, and what people call them. `choices` are all that a cell may be, `words` what
    people call them. `optional`: a file of data/ may leave the column out.
    `former_name` and `former_words` are of earlier templates, and still read.
    """

    name: str
    danish: str = ""
    cells: Cells = "text"
    required: bool = False
    optional: bool = False
    refers_to: str = ""
    beside_ids: Mapping[str, str] = field(default_factory=dict)
    choices: tuple[str, ...] = ()
    words: Mapping[str, str] = field(default_factory=dict)
    former_name: str = ""
    former_words: Mapping[str, str] = field(default_factory=dict)


class Nouns(NamedTuple):
    """What a table's rows are called; `definite` where people add them beside data/ one by one."""

    one: str = ""
    several: str = ""
    definite: str = ""


_NAMELESS = Nouns()


@dataclass(frozen=True)
class TableSpec:
    """A table of data/, in the file `name`.csv.

    `key` are the columns that no two rows agree on: the id, or thing and period; none where several
    rows are of one thing. `called_by` is the column that people know a row by.
    """

    name: str
    part: Part
    columns: tuple[Column, ...]
    nouns: Nouns = _NAMELESS
    key: tuple[str, ...] = ()
    called_by: str = ""
    # Of the plan's tables: the sheet of a file, and what problems call it where that is no noun.
    sheet: str = ""
    former_sheet: str = ""
    in_problems: str = ""
    # Columns that make two rows the same whatever their ids, and how such a row is reported.
    same_by: tuple[str, ...] = ()
    if_twice: str = ""
    # Columns that the id of a new row is made of, where no person needs to see ids.
    id_of: tuple[str, ...] = ()
    may_be_missing: bool = False

    @property
    def column_names(self) -> tuple[str, ...]:
        """As the first line of its file must name them."""
        return tuple(column.name for column in self.columns)

    @property
    def required(self) -> tuple[str, ...]:
        """The columns that must be filled in, besides the first."""
        return tuple(column.name for column in self.columns[1:] if column.required)

    @property
    def optional(self) -> tuple[str, ...]:
        """The columns that a file of data/ may leave out."""
        return tuple(column.name for column in self.columns if column.optional)

    @property
    def is_by_period(self) -> bool:
        """Whether its rows say something of a period, as figures keep it."""
        return len(self.key) == 2

    @property
    def has_ids(self) -> bool:
        """Whether the first column names the row."""
        return self.key == (self.columns[0].name,)

    @property
    def rows_table(self) -> str:
        """The table of a store that keeps all rows ever given."""
        return f"{self.name}_row" if self.part == "metadata" else self.name
