"""CSV of all kinds: where the table begins, what separates its columns, and its records.

A plain file of one line a record is read by DuckDB in parallel; every other one by Python's csv,
record by record. Both give the same rows, and tests compare them.
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import NamedTuple

from kpi.domain import format as fmt
from kpi.domain.errors import NO_ACTION_NEEDED, Problem
from kpi.ingest.readers.delimiters import are_semicolons_in, delimiters_of, figure_columns
from kpi.ingest.readers.head_lines import head_lines, is_pivot_line, texts_above
from kpi.ingest.readers.row_lengths import (
    begin_with_numbers,
    packed_by,
    parted_by_spaces,
    splits_decimals,
)
from kpi.ingest.readers.second_names import names_left_out
from kpi.ingest.readers.side_blocks import main_columns
from kpi.ingest.readers.single_name import is_single_name
from kpi.ingest.table.byte_scan import Signs
from kpi.ingest.table.formats import Format
from kpi.ingest.table.raw import MOST_CELL_CHARACTERS, Beside, RefusedError
from kpi.ingest.words.heading_lines import heading_line
from kpi.ingest.words.heads import unit_above
from kpi.ingest.words.template import REQUIRED, is_template, is_wide_template, template_columns
from kpi.ingest.words.written_periods import is_period_name

_HEAD_CHARACTERS = 64_000
_HEAD_RECORDS = 60
_VALUE_COLUMNS = {"indhold", "content", "contents", "value"}
_TIME_COLUMNS = {"tid", "time"}
_JOBINDSATS = {"periode", "område"}
_SCHOOL = {"klassetrin", "skoleår", "skoletrin"}

# What databases draw under the names of columns, and around a table: `-----+----`.
_RULE = re.compile(r"[-+|=: ]*-{3}[-+|=: ]*")

# What a program writes between two pages that it prints.
_PAGE = re.compile(
    r"(?:side|page)\s\d{1,4}(?:\s?(?:af|of|/)\s?\d{1,4})?|-\s?\d{1,4}\s?-", re.IGNORECASE
)

# The most broken rows that are reported one by one: a million would fill the memory.
MOST_BROKEN = 1_000

Record = tuple[int, tuple[str, ...]]


@dataclass(frozen=True)
class Head:
    """The head of a CSV file: its columns are on `line` (from 1).

    `unit` is what a line above them says that the figures count in, `beside` are those lines.

    `nameless` are the places of columns without a name. A row has at least `least` cells: what
    follows them may be left out.
    """

    format: Format
    delimiter: str
    columns: tuple[str, ...]
    line: int
    title: str
    nameless: frozenset[int] = frozenset()
    unit: str = ""
    least: int = 0
    beside: tuple[Beside, ...] = ()


def read_head(text: str) -> Head:
    """The head of a CSV. Raises RefusedError when there is none, or nothing below it."""
    start = text[:_HEAD_CHARACTERS]
    if parted_by_spaces(start):
        raise RefusedError(
            "not_a_table",
            "Felterne er delt ved mellemrum, og dem er der også i navne og tal.",
            "Indsæt teksten i et regneark, vælg Data > Tekst til kolonner, og gem som XLSX, eller "
            "sæt semikolon mellem felterne.",
        )
    heads = [
        head
        for delimiter in delimiters_of(start)
        if (head := _head_with(start, delimiter)) is not None
    ]
    if not heads and packed_by([cells for _, cells in _records(start, ";")]):
        raise RefusedError(
            "not_a_table",
            "Hver linje er ét felt: der er anførselstegn om hele linjen.",
            "Hent filen igen, eller fjern anførselstegnene ved linjernes ender, og gør de dobbelte "
            "enkelte.",
        )
    if not heads:
        raise RefusedError(
            "not_a_table",
            "Filen har ingen tabel med mindst to kolonner.",
            "Gem den som CSV med semikolon, eller brug skabelonen.",
        )
    templates = [head for head, _ in heads if _is_ours(head.columns)]
    chosen = (
        templates[0] if templates else max(heads, key=lambda head_and_weight: head_and_weight[1])[0]
    )
    by_sign = {head.delimiter: (head, weight) for head, weight in heads}
    if chosen.delimiter == "," and ";" in by_sign and are_semicolons_in(start):
        by_semicolon, weight = by_sign[";"]
        # A title with a comma over figures with decimals is as many rows, of no more figures.
        chosen = by_semicolon if weight.figures >= by_sign[","][1].figures else chosen
    if chosen.delimiter == "," and splits_decimals([cells for _, cells in _records(start, ",")]):
        raise RefusedError(
            "not_a_table",
            "Felterne er delt ved komma, og det er tallenes decimaler også, så et tal som 71,2 "
            "står i to felter.",
            "Gem filen med semikolon mellem felterne (i Excel: CSV (semikolonsepareret)), som "
            "XLSX eller med tallene i anførselstegn.",
        )
    return chosen


class _Weight(NamedTuple):
    """How much speaks for a delimiter: the rows of one width, their columns of figures, the width.

    Compared in this order.
    """

    rows: int
    figures: int
    width: int


def _head_with(start: str, delimiter: str) -> tuple[Head, _Weight] | None:
    """The head with this delimiter, and its weight."""
    records = _records(start, delimiter)
    widths = Counter(len(cells) for _, cells in records if len(cells) > 1)
    if not widths:
        return None
    template = next((at for at, record in enumerate(records[:20]) if _is_ours(record[1])), None)
    width = max(widths, key=lambda count: (widths[count], count))
    # Some programs end every row but the head's with a separator, or the head's alone.
    filled = _filled_width([cells for _, cells in records if len(cells) == width])
    if template is not None:
        filled = len(records[template][1])
        width = width if filled <= width and widths[width] > widths[filled] else filled
    if filled < 2:
        return None
    numbered = _numbered_head(records)
    rows = [cells for _, cells in records]
    main = main_columns(rows)
    place = next(
        (
            at for at, (_, cells) in enumerate(records)
            if at == (numbered if template is None else template)
            or (template is None
            and (_fits(cells, filled, width, main) or is_single_name(rows, at)))
        ),
        None,
    )  # fmt: skip
    if place is None:
        return None
    first, last, names = head_lines(place, rows)
    if numbered == place:
        names, width = ("", *names), len(names) + 1
    names = (*names, *[""] * (width - len(names)))
    line, title_end = records[last][0], records[first][0]
    above = " ".join(" ".join(cells).strip() for number, cells in records if number < title_end)
    columns = named(names)
    nameless = frozenset(at for at, name in enumerate(names) if not name.strip())
    head = Head(
        _format_of(columns), delimiter, columns, line, above.strip(), nameless,
        _unit_above(records[:first]), _least(columns, nameless),
        (*texts_above(records[:first]), *names_left_out(records[first : last + 1], names)),
    )  # fmt: skip
    count = widths[width] if line == records[0][0] else widths[width] - 1
    return head, _Weight(count, figure_columns(rows[last + 1 :], width), width)


def _numbered_head(records: list[Record]) -> int | None:
    """The place of a head over rows that begin with their number, for which it has no name."""
    place = next((at for at, (_, cells) in enumerate(records) if len(cells) > 1), None)
    below = [] if place is None else [cells for _, cells in records[place + 1 :]]
    if place is None or {len(cells) for cells in below} != {len(records[place][1]) + 1}:
        return None
    return place if begin_with_numbers(below) else None


def _records(start: str, delimiter: str) -> list[Record]:
    """The first records of a file, as this delimiter divides them."""
    whole = start if len(start) < _HEAD_CHARACTERS else start[: start.rfind("\n") + 1]
    records = []
    with suppress(csv.Error):  # a cell of excessive length below the head is reported with its row
        for record in _python_records(whole, delimiter, strict=False):
            records.append(record)
            if len(records) == _HEAD_RECORDS:
                break
    return records


def _unit_above(records: list[Record]) -> str:
    return unit_above(cell for _, cells in records for cell in cells)


def _is_ours(columns: tuple[str, ...]) -> bool:
    return is_template(columns) or is_wide_template(columns)


def _filled_width(rows: list[tuple[str, ...]]) -> int:
    """How many columns rows of one width use; the ones after are empty in all of them."""
    return max(
        (at + 1 for cells in rows for at, cell in enumerate(cells) if cell.strip()), default=0
    )


def _fits(cells: tuple[str, ...], filled: int, width: int, main: frozenset[int] | None) -> bool:
    """Whether a record may be the head: as wide as the rows, or without their empty ends.

    A title that a spreadsheet padded to the table's width (`Andel i Aarhus;;`) is none, nor is the
    blank line below it. Its names are over the `main` columns, where others stand beside them.
    """
    is_shorter = filled <= len(cells) < width and len(cells) == _filled_width([cells])
    names = sum(bool(c.strip()) for at, c in enumerate(cells) if main is None or at in main)
    return (len(cells) == width or is_shorter) and names > 1 and not is_pivot_line(cells)


def _least(columns: tuple[str, ...], nameless: frozenset[int]) -> int:
    """How many cells a row must have: in the template all columns of figures, else all named."""
    if is_template(columns):
        known = template_columns(columns)
        numbers = {*REQUIRED, "numerator", "denominator", "low", "high"}
        return 1 + max(place for column, place in known.items() if column in numbers)
    return max((at + 1 for at in range(len(columns)) if at not in nameless), default=0)


def named(cells: tuple[str, ...]) -> tuple[str, ...]:
    """A header without blanks around names; columns without a name get their number."""
    return tuple(cell.strip() or f"kolonne {place}" for place, cell in enumerate(cells, start=1))


def _format_of(columns: tuple[str, ...]) -> Format:
    names = {column.casefold() for column in columns}
    if _is_ours(columns):
        return "table_csv"
    if any(re.fullmatch(r"\[.+\]\.\[.+\]", column) for column in columns):
        return "uvm_csv"
    if columns[-1].casefold() in _VALUE_COLUMNS and names & _TIME_COLUMNS:
        return "statbank_csv"
    if len(names & _SCHOOL) >= 2:
        return "uvm_csv"
    if names >= _JOBINDSATS or (names & _JOBINDSATS and period_columns(columns)):
        return "jobindsats_csv"
    return "table_csv"


def period_columns(columns: tuple[str, ...]) -> list[int]:
    """The columns that are named by a period; two or more of them make a wide table."""
    places = [place for place, column in enumerate(columns) if is_period_name(column)]
    return places if len(places) > 1 else []


def is_plain(content: bytes, signs: Signs) -> bool:
    """Whether every line must be one record: no quotes, one kind of line end."""
    if signs.quotes:
        return False
    returns = signs.returns
    return returns == 0 or returns == content.count(b"\r\n") == signs.line_feeds


def lines_of(content: bytes, signs: Signs) -> int:
    """How many lines a plain file has."""
    return signs.line_feeds + (not content.endswith(b"\n"))


def records(text: str, head: Head, problems: list[Problem]) -> Iterator[Record]:
    """The records below the head, blank ones left out: (line on which it begins, cells).

    A record with another number of cells, or with an unclosed quote, is added to `problems`
    as `not_a_table`, the first of many one by one; a cell of excessive length as `too_large`.
    """
    width = len(head.columns)
    last, broken = head.line, 0
    pages: list[int] = []
    try:
        for line, cells in _python_records(text, head.delimiter, strict=True):
            last = line
            if line <= head.line or not any(cell.strip() for cell in cells):
                continue
            if len(cells) == 1 and _PAGE.fullmatch(cells[0].strip()):
                pages.append(line)
                continue
            fitted = _fitted(cells, head)
            if fitted is None:
                broken += 1
                if broken > MOST_BROKEN:
                    continue
                words = _of_other_length(cells, width)
                problems.append(Problem("not_a_table", "", line, None, None, *words))
                continue
            yield line, fitted
    except csv.Error as error:
        long = "field larger than" in str(error)
        problems.append(
            Problem(
                "too_large" if long else "not_a_table", "", last + 1, None, None,
                f"Et felt er længere end {fmt.number(MOST_CELL_CHARACTERS, 0)} tegn."
                if long
                else "Rækken kan ikke læses, og resten af filen heller ikke.",
                "Kontrollér, at alle anførselstegn er afsluttet.",
            )
        )  # fmt: skip
    if pages:
        count = fmt.counted(len(pages), "linje", "linjer")
        problems.append(
            Problem("ignored_row", "", pages[0], None, None,
                    f"{count} med sidetal springes over.", NO_ACTION_NEEDED)
        )  # fmt: skip
    if broken > MOST_BROKEN:
        more = fmt.counted(broken - MOST_BROKEN, "række", "rækker")
        problems.append(
            Problem("not_a_table", "", None, None, None,
                    f"Yderligere {more} har et andet antal felter end tabellen.",
                    "Ret filen, eller hent udtrækket igen.")
        )  # fmt: skip


def _of_other_length(cells: tuple[str, ...], width: int) -> tuple[str, str]:
    """Message and remedy of a record with another number of cells than the head's `width`."""
    filled = [cell for cell in cells if cell.strip()]
    if len(filled) == 1 and (heading := heading_line(filled[0])) is not None:
        return heading
    return (
        f"Rækken har {fmt.counted(len(cells), 'felt', 'felter')}, men tabellen har "
        f"{fmt.counted(width, 'kolonne', 'kolonner')}.",
        "Sæt tekst med skilletegn i anførselstegn, eller ret rækken.",
    )


def _fitted(cells: tuple[str, ...], head: Head) -> tuple[str, ...] | None:
    """A record with as many cells as the head; None where other than empty ends differ."""
    width = len(head.columns)
    if len(cells) > width and any(cell.strip() for cell in cells[width:]):
        return None
    if len(cells) < width and not 0 < head.least <= len(cells):
        return None
    return (*cells[:width], *[""] * (width - len(cells)))


def _unforced(cell: str) -> str:
    """A cell without the formula that makes Excel keep it as text: `="0751"`."""
    return cell[2:-1] if cell.startswith('="') and cell.endswith('"') and len(cell) > 2 else cell


def _python_records(text: str, delimiter: str, strict: bool) -> Iterator[Record]:
    csv.field_size_limit(MOST_CELL_CHARACTERS)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=strict)
    line = 1
    for cells in reader:
        if cells and not (len(cells) == 1 and _RULE.fullmatch(cells[0])):
            yield line, tuple(map(_unforced, cells))
        line = reader.line_num + 1
