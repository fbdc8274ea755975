"""A file as it was handed in, and the table found in it: text only, before any meaning."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from zlib import compress, decompress

from kpi.domain.errors import KpiError, Problem
from kpi.domain.problem_codes import ProblemCode
from kpi.ingest.table.formats import Format

# Put before a number that the file itself typed as a number (XLSX, JSON): its decimal mark is a
# point and nothing about it is ambiguous. `%`, or a blank and a unit (` kr.`), follows where the
# cell's format shows it with the number. No file can have this character in a cell.
TYPED = "\x02"
# Put before a number by those who want it kept as text: spreadsheets show it only in their editor.
TEXT_MARK = "'"
# Put before a cell without a value: an error, a formula without a result, true or false.
UNREADABLE = "\x03"
# A value that the source has but does not show (`null` in answers of jobindsats).
HIDDEN = "\x04"
# What a reader puts before a cell's text; the text itself has none of these signs.
MARKS = (TYPED, UNREADABLE, HIDDEN)

MOST_BYTES = 200 * 1024**2
MOST_INFLATED_BYTES = 500 * 1024**2
# The most bytes of files that a session may keep until publication: as many as a ZIP may unpack to.
MOST_QUEUED_BYTES = MOST_INFLATED_BYTES
# The most bytes of files that all sessions together may keep.
MOST_HELD_BYTES = 1024**3
# What is packed for a few minutes' wait need not be packed well.
_PACKED_QUICKLY = 1
MOST_ROWS = 5_000_000
MOST_CELL_CHARACTERS = 32_767


@dataclass(frozen=True)
class Upload:
    """A file's name (without folders) and its bytes."""

    name: str
    content: bytes

    @cached_property
    def sha256(self) -> str:
        """What the store knows the file by; computed when first asked for, and kept."""
        return sha256(self.content).hexdigest()

    @property
    def size(self) -> int:
        """How many bytes the file has."""
        return len(self.content)

    @property
    def held_bytes(self) -> int:
        """How many bytes it takes while it waits."""
        return self.size


class PackedUpload(Upload):
    """A file of a ZIP that waits packed, as it came: unpacked only while somebody reads it."""

    def __init__(self, upload: Upload) -> None:
        # Frozen, and `content` is worked out here: what is set goes around the dataclass.
        self.__dict__.update(
            name=upload.name, sha256=upload.sha256, _size=upload.size,
            _packed=compress(upload.content, _PACKED_QUICKLY),
        )  # fmt: skip

    @property
    def content(self) -> bytes:
        """The bytes, unpacked anew each time they are asked for."""
        packed: bytes = self.__dict__["_packed"]
        return decompress(packed, bufsize=self.size)

    @property
    def size(self) -> int:
        """How many bytes the file has, unpacked."""
        size: int = self.__dict__["_size"]
        return size

    @property
    def held_bytes(self) -> int:
        """How many bytes it takes while it waits."""
        return len(self.__dict__["_packed"])


@dataclass(frozen=True)
class Beside:
    """A text of a file beside its figures, which is in none of the table's columns.

    `where` is one of the words below. `row` is the line a person sees, None where there is none;
    `column` is the whole head that a HEAD is what was left over of.
    """

    where: str
    text: str
    row: int | None = None
    column: str = ""


# What a head says besides its period, a line above the columns of figures, text above and under the
# table, the sheet's and the table's own name, text boxes and comments, and what the file is called.
IN_HEAD, OVER, ABOVE, UNDER, SHEET, NAME, ASIDE, FILE = (
    "head", "over", "above", "under", "sheet", "name", "aside", "file",
)  # fmt: skip


@dataclass(frozen=True)
class RawTable:
    """The one table of a file, a tuple a record.

    `format` is a format name of docs/extracts.md. `columns` are the names that a person sees;
    `other_names` (column number to names) are further names of a column, such as its code or the
    last part of a bracketed name. `rows` are (row, cells): the line or sheet row that a person
    sees, header included and counted from 1 (JSON and PX: the record, from 1), and as many texts as
    there are columns. A missing cell is empty text. A number that the file typed is written with a
    decimal point after TYPED; the text of a cell without a value comes after UNREADABLE.

    `title` is the text above the table. `measure` and `unit` say what the figures are and what they
    count in, `table_id` is the source's own number of the table, `publisher` whose figures they
    are; each is empty where the file does not say. `measure_column` is the place of the column
    whose labels are measures (units belong to them, so figures of two labels are not of one kind);
    None where there is none. `is_wide`: the file has periods as columns, and each row here is a
    figure of it; `made_columns` are then the names of columns that the file does not have itself.

    `beside` are the texts beside the figures, each once, in their order. `left_out` says in words
    what a workbook has that is not kept of it.

    `codes` (column number to label to code) are the codes of labels, where the file has both.
    `decimal` is "comma" or "point" where the format itself fixes it. `problems` are those of rows
    that were left out (footnotes: nothing; broken records: an error).
    """

    format: Format
    columns: tuple[str, ...]
    rows: Sequence[tuple[int | None, tuple[str, ...]]]
    title: str = ""
    encoding: str = ""
    delimiter: str = ""
    decimal: str | None = None
    other_names: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    codes: Mapping[int, Mapping[str, str]] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    unit: str = ""
    measure: str = ""
    table_id: str = ""
    publisher: str = ""
    measure_column: int | None = None
    is_wide: bool = False
    made_columns: tuple[str, ...] = ()
    beside: tuple[Beside, ...] = ()
    left_out: tuple[str, ...] = ()


class RefusedError(KpiError):
    """The file as a whole cannot be used; `problem` is what `check` reports."""

    def __init__(self, code: ProblemCode, message: str, hint: str, row: int | None = None) -> None:
        super().__init__("Filen kan ikke læses", f"{message} {hint}")
        self.problem = Problem(code, "", row, None, None, message, hint)
        self.problems: tuple[Problem, ...] = (self.problem,)
