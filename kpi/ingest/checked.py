"""What is known of a file that was checked."""

from dataclasses import dataclass
from typing import Literal

from kpi.domain.errors import Problem
from kpi.domain.problem_codes import ProblemCode
from kpi.ingest.mapping.proposed_recipe import Proposal
from kpi.ingest.table.formats import Format


@dataclass(frozen=True)
class Change:
    """One key that publishing would add (`old` None) or change, at its row in the file.

    `is_hidden`: the published number is suppressed; whether the new one differs is not said.
    `is_reattributed`: the figure is the same, and its source is the one that the other copied.
    """

    row: int | None
    indicator_id: str
    area_id: str
    group_id: str
    period: str
    old: float | None
    new: float | None
    old_status: str | None
    new_status: str
    old_low: float | None = None
    old_high: float | None = None
    new_low: float | None = None
    new_high: float | None = None
    is_hidden: bool = False
    is_reattributed: bool = False
    old_source: str | None = None
    new_source: str = ""


@dataclass(frozen=True)
class Checked:
    """What a file contains and what publishing it would do.

    `rows_read` counts the file's data rows, `observations` the valid ones. A wide file has a data
    row for each figure, on `lines_read` rows of the file; None of others. `faulty` rows are left
    out for an error of their own, `added` ones are in no file: the recipe fills them in. `problems`
    are at most 1,000 of a code, and count the others (`Problem.more`). `hidden` rows are of
    suppressed numbers, and counted as neither changed nor unchanged; nor are `reattributed` ones,
    the same figures from the source itself in place of a copy of it. `label` and `publisher` are
    what is said of the format, empty where it is of nobody's service. `changes` are at most 1,000
    of the new, changed, reattributed and hidden keys. `compared` is false where the file was not
    understood far enough to be compared with what is published: then no count of changes says
    anything. `columns` and `sample` show what was read. `decimal` is the decimal mark that the
    whole column of values was read with, "comma" or "point"; None where no cell shows it. `unit`,
    `measure` and `table_id` are the file's own words for its content. `fitting` are the recipes
    that have the file's columns, `proven` those of them that also know the file's title, measure or
    unit: only these may be used unasked. `proposal` is the recipe that the contents of a file
    propose that is not our template's. `left_out` says in words what is not kept of a workbook.
    `lacks_source`: rows of our template name no source, and get the one that is chosen. `unknown`
    are the names in the file that are not known and can be added, each as code, text and rows: of
    all rows, however many problems are kept. `rounded` figures are kept with fewer decimals than
    the file has.
    """

    file: str
    format: Format | Literal[""]
    rows_read: int
    observations: int
    problems: tuple[Problem, ...]
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    hidden: int = 0
    reattributed: int = 0
    changes: tuple[Change, ...] = ()
    source_ids: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    sample: tuple[tuple[str, ...], ...] = ()
    title: str = ""
    encoding: str = ""
    delimiter: str = ""
    decimal: str | None = None
    fitting: tuple[str, ...] = ()
    proven: tuple[str, ...] = ()
    proposal: Proposal | None = None
    unit: str = ""
    measure: str = ""
    table_id: str = ""
    compared: bool = False
    faulty: int = 0
    added: int = 0
    left_out: tuple[str, ...] = ()
    lines_read: int | None = None
    label: str = ""
    publisher: str = ""
    lacks_source: bool = False
    unknown: tuple[tuple[ProblemCode, str, int], ...] = ()
    rounded: int = 0

    @property
    def publishable(self) -> bool:
        """Whether there is something to publish and no error against it."""
        return self.observations > 0 and not any(
            problem.severity == "error" for problem in self.problems
        )

    @property
    def moved(self) -> int:
        """How many rows publishing would write."""
        return self.new + self.changed + self.hidden + self.reattributed

    @property
    def is_published_already(self) -> bool:
        """Whether nothing is wrong with the file, and publishing it would write no row."""
        return self.publishable and not self.moved

    @property
    def truncated(self) -> bool:
        """Whether `changes` leaves some out."""
        return self.moved > len(self.changes)
