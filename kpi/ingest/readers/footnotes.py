"""Text under a table: sources, notes and legends, reported once and never read as rows."""

import csv
import re
from collections.abc import Sequence

from kpi.domain.errors import NO_ACTION_NEEDED, Problem
from kpi.ingest.readers.encodings import encoding_of_part
from kpi.ingest.table.byte_scan import Signs
from kpi.ingest.table.raw import TYPED
from kpi.ingest.words.numbers import NOT_A_NUMBER, understand
from kpi.ingest.words.written_periods import is_period_name

# Only so much of a file's end is looked at: notes are short.
_END_BYTES = 16_384
_MOST_SHOWN_CHARACTERS = 80
# A text of so many words is no label of a row.
_WORDS_OF_A_SENTENCE = 4
_MARKER = re.compile(
    r"""(?:
        (?:kilde|kilder|note|noter|anm|anmærkning(?:er)?|bemærk|bemærkning(?:er)?|fodnoter?|source|
           sources|signaturforklaring|tegnforklaring|forklaring|filtre|filter|data|enhed|units?|
           anvendte\ filtre|applied\ filters|kontakt|contact|copyright|licens)\s*[:.]
      | (?:kilder?|noter?|fodnoter?|anmærkninger|bemærkninger|sources?|\w*dato)$
      | (?:udtrukket|udskrevet|opdateret|sidst\ opdateret|senest\ opdateret|hentet|dannet|
           eksporteret|trukket|opgjort|last\ updated|downloaded|copyright)[:\s]
      # How many rows there are, and that there are no more.
      | \(?\d+\ (?:rows?|records?|rækker|poster|linjer|kommuner|områder|regioner|skoler|sogne
           |boligområder|institutioner|enheder)\b
      | (?:antal\ |total\ |i\ alt\ )?(?:rækker|linjer|poster|rows?|records?)
        (?:\ i\ alt|\ count)?\s*[:=]
      | antal\ (?:rækker|linjer)(?:\ i\ alt)?$ | i\ alt:?\ \d+\ (?:rækker|poster|linjer)\b
      | [<*=\ -]*(?:slut|end|eof)(?:\ (?:på|of)\ .*)?[>*=.\ -]*$ | ={3,}
      | https?:// | www\.
      | [©*†‡¹²³] | [\da-zæøå]\)\s | \(\d\)\s | \.\.+\s | [-–:]\s
    )""",
    re.IGNORECASE | re.VERBOSE,
)
# What a program says of its file, a line each: `Kørselsdato: 1/2 2026`, `Rapport-id: 8831`.
_NAME_AND_TEXT = re.compile(r"[^\W\d][^\W\d_ /-]*(?:[ /-][^\W\d_]+){0,3}\s?:\s*\S.*")
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z")
_DIGITS = str.maketrans("0123456789", "9999999999")

Record = tuple[int | None, tuple[str, ...]]


def notes_at_end(rows: Sequence[Record], width: int) -> int:
    """How many of the last rows are text under the table. Blank rows are not among `rows`.

    Such a row has no figure, no period and no sign of a missing value, and does not begin as a row
    above does. The first of them must be under a blank row, begin as notes do
    (`Kilde:`, `*`, `1)`), name what they tell (`Bruger: abc`), or be a sentence: a row that lacks
    all but its label is no note.
    """
    start = len(rows)
    while start and _may_be_note(rows[start - 1][1]):
        start -= 1
    if start == len(rows):
        return 0
    labels = {cells[0].strip() for _, cells in rows[:start]}
    for place in range(start, len(rows)):
        if rows[place][1][0].strip() in labels:
            start = place + 1
    while start < len(rows) and not _surely_begins(rows, start, width):
        start += 1
    return len(rows) - start


def note_problems(notes: Sequence[Record]) -> list[Problem]:
    """One warning for all the rows of text under a table, with its first words."""
    if not notes:
        return []
    first, last = notes[0][0], notes[-1][0]
    texts = dict.fromkeys(" ".join(cell.split()) for cell in notes[0][1] if cell.strip())
    text = " ".join(texts)
    if len(text) > _MOST_SHOWN_CHARACTERS:
        text = text[:_MOST_SHOWN_CHARACTERS].rstrip() + "…"
    counted = f"Række {first}" if len(notes) == 1 else f"Rækkerne {first}-{last}"
    return [
        Problem(
            "ignored_row", "", first, None, text,
            f"{counted} er tekst under tabellen og springes over.", NO_ACTION_NEEDED,
        )
    ]  # fmt: skip


def split_notes(
    content: bytes, signs: Signs, encoding: str, delimiter: str, width: int, head_line: int
) -> tuple[bytes, list[Record]]:
    """A CSV without the text under its table, and that text as records."""
    lines = _last_lines(content, signs, encoding)
    rows: list[Record] = []
    ends: list[int] = []  # the last line of each
    begun: list[int] = []  # the lines of a record whose last cell has not ended
    is_within = _begins_within_cell(content, signs, lines, encoding)
    for place, (number, line) in enumerate(lines):
        if is_within:
            is_within = line.count('"') % 2 == 0
            continue
        if number <= head_line:
            continue
        begun.append(place)
        record = "".join(lines[at][1] for at in begun)
        if record.count('"') % 2:  # within a cell of several lines
            continue
        cells = next(csv.reader([record.rstrip("\r\n")], delimiter=delimiter), [])
        if any(cell.strip() for cell in cells):
            rows.append((lines[begun[0]][0], tuple(cells)))
            ends.append(place)
        begun = []
    if begun:
        return content, []
    count = notes_at_end(rows, width)
    if not count:
        return content, []
    # The blank lines above the text go with it, so that what is left is one line a row.
    of_table = ends[: len(rows) - count]
    numbers = [number for number, _ in lines]
    first = of_table[-1] + 1 if of_table else numbers.index(rows[0][0] or 0)
    plain = encoding_of_part(content, encoding)
    cut = sum(len(line.encode(plain)) for _, line in lines[first:])
    return content[:-cut], rows[-count:]


def _begins_within_cell(
    content: bytes, signs: Signs, lines: Sequence[tuple[int, str]], encoding: str
) -> bool:
    """Whether the last lines of a file begin within a cell of several lines."""
    plain = encoding_of_part(content, encoding)
    start = len(content) - sum(len(line.encode(plain)) for _, line in lines)
    if plain.startswith("utf-16"):
        before = content[:start].decode(plain, errors="replace")
        return before.count('"') % 2 == 1
    return (signs.quotes - content.count(b'"', start)) % 2 == 1


def _last_lines(content: bytes, signs: Signs, encoding: str) -> list[tuple[int, str]]:
    """The last lines with their numbers (from 1), each with its end."""
    place = max(0, len(content) - _END_BYTES)
    is_whole = place == 0
    plain = encoding_of_part(content, encoding)
    text = content[place:].decode(plain, errors="replace")
    lines = _LINE.findall(text)[0 if is_whole else 1 :]
    start = len(content) - sum(len(line.encode(plain)) for line in lines)
    count = _lines_before(content, signs, start, plain)
    return list(enumerate(lines, start=count + 1))


def _lines_before(content: bytes, signs: Signs, end: int, encoding: str) -> int:
    if encoding.startswith("utf-16"):
        line_end, old_end = "\n".encode(encoding), "\r".encode(encoding)
        return content.count(line_end, 0, end) or content.count(old_end, 0, end)
    line_feeds = signs.line_feeds - content.count(b"\n", end)
    return line_feeds or signs.returns - content.count(b"\r", end)


def _may_be_note(cells: Sequence[str]) -> bool:
    filled = list(dict.fromkeys(cell.strip() for cell in cells if cell.strip()))
    if not filled:
        return False
    if len(filled) > 1 and _MARKER.match(filled[0]) and not _is_value(filled[0]):
        return True
    return not any(_is_value(cell) for cell in filled)


def _is_value(cell: str) -> bool:
    """Whether a cell is a figure, a sign of a missing one, or a period."""
    if cell.startswith(TYPED) or is_period_name(cell):
        return True
    return understand(cell.translate(_DIGITS)).meaning != NOT_A_NUMBER


def _surely_begins(rows: Sequence[Record], place: int, width: int) -> bool:
    line, cells = rows[place]
    filled = list(dict.fromkeys(cell.strip() for cell in cells if cell.strip()))
    if _MARKER.match(filled[0]):
        return True
    if len(filled) == 1 and len(filled[0].split()) >= _WORDS_OF_A_SENTENCE:
        return True
    if len(filled) == 1 and width > 2 and _NAME_AND_TEXT.fullmatch(filled[0]):
        return True
    before = rows[place - 1][0] if place else None
    is_below_gap = line is not None and before is not None and line > before + 1
    return is_below_gap and width > 2
