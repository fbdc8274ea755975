"""Statistics Denmark's StatBank as XLSX: a title that names the variables, stubs and heads."""

import re
from collections.abc import Iterator, Sequence

from kpi.ingest.readers.workbook import Sheet
from kpi.ingest.table.raw import NAME, TYPED, UNDER, Beside, RawTable
from kpi.ingest.words.heads import head_name, measure_column

VALUE = "INDHOLD"
_BY = re.compile(r"\s(?:by|efter)\s", re.IGNORECASE)
_AND = re.compile(r"\s(?:and|og)\s", re.IGNORECASE)
_UNIT = re.compile(r"^(?:units?|enhed(?:er)?)\s*:\s*", re.IGNORECASE)
# StatBank names the sheet after the table: RAS200, FOLK1AM.
_TABLE_ID = re.compile(r"[A-ZÆØÅ]{2,10}\d{1,4}[A-Z]{0,3}\d?")
_TIME = {"tid", "time"}
_MOST_ROWS_ABOVE = 10

Row = tuple[str, ...]


def statbank_table(sheet: Sheet) -> RawTable | None:
    """A StatBank sheet as one record a value; None where the sheet has another shape.

    Columns: the names that the title gives, stub variables first, then INDHOLD. `row` is the
    sheet row of the value. Stub cells are filled down, head cells to the right; footnotes (text
    alone under a blank row) are left out. `..` and empty cells stay as they are.
    """
    heads_found = _heads(sheet.rows)
    if heads_found is None:
        return None
    title, unit, first, heads = heads_found
    stubs = min(_first_filled(head) for head in heads)
    names = _names(title, stubs + len(heads))
    labels = _head_labels(heads, stubs)
    if names is None or not labels:
        return None
    body = sheet.rows[first:]
    # A value under no head, or a head without a text: not a table that can be read with certainty.
    if any(len(row) > stubs + len(labels) and len(set(row)) > 2 for row in body):
        return None
    rows = list(_records(body, first, stubs, labels))
    place = measure_column(names)
    return RawTable(
        format="statbank_xlsx",
        columns=(*names, VALUE),
        rows=rows,
        title=f"{title} ({unit})" if unit else title,
        unit=_UNIT.sub("", unit).strip(),
        measure=_BY.split(title)[0].strip(),
        table_id=sheet.name if _TABLE_ID.fullmatch(sheet.name) else "",
        measure_column=place,
        beside=(Beside(NAME, title), *_footnotes(body, first)),
    )


def _heads(rows: Sequence[Row]) -> tuple[str, str, int, list[Row]] | None:
    """Title, unit, place of the first row of values, and the head rows between them."""
    above: list[str] = []
    heads: list[Row] = []
    for place, row in enumerate(rows[:_MOST_ROWS_ABOVE]):
        texts = {cell for cell in row if cell.strip()}
        if not texts:
            continue
        if not row[0].strip():
            heads.append(row)
        elif heads:
            return (above[0], " ".join(above[1:]), place, heads) if above else None
        elif len(texts) == 1:
            above.append(row[0].strip())
        else:
            return None
    return None


def _first_filled(row: Row) -> int:
    return next(place for place, cell in enumerate(row) if cell.strip())


def _names(title: str, wanted: int) -> tuple[str, ...] | None:
    """The variables that a title ends with, where some reading of it gives as many as wanted.

    The last ` by ` that fits counts: the ones before it belong to what is measured.
    """
    for by in reversed(list(_BY.finditer(title))):
        *first, last = [name.strip() for name in title[by.end() :].split(", ")]
        pairs = [(last[: sign.start()], last[sign.end() :]) for sign in _AND.finditer(last)]
        # A name may have an "and" of its own ("age and sex"); time never does, so it decides.
        pairs.sort(key=lambda pair: any(name.casefold() in _TIME for name in pair))
        if pairs and len(first) + 2 == wanted:
            return (*first, *(name.strip() for name in pairs[-1]))
        if len(first) + 1 == wanted and not (first and pairs):
            return (*first, last)
    return None


def _head_labels(heads: list[Row], stubs: int) -> list[Row]:
    """The labels over each column of values, outermost first; empty where one has no label."""
    width = len(heads[-1])
    if any(len(head) > width for head in heads):
        return []
    columns = [
        tuple(_plain(head[place]) if place < len(head) else "" for head in heads)
        for place in range(stubs, width)
    ]
    labels = list(_filled(columns))
    return labels if all(all(label) for label in labels) else []


def _filled(rows: Sequence[Row]) -> Iterator[Row]:
    """Rows with empty cells as above; below a cell that changes, the inner ones start again."""
    current: Row = ("",) * len(rows[0]) if rows else ()
    for row in rows:
        changed = next((place for place, cell in enumerate(row) if cell), len(row))
        current = (*current[:changed], *row[changed:])
        yield current


def _footnotes(body: Sequence[Row], first: int) -> list[Beside]:
    """The texts alone on their row under a blank row; `first` is the place of the body's first."""
    below_blank = False
    notes = []
    for place, row in enumerate(body):
        texts = {cell.strip() for cell in row if cell.strip()}
        below_blank = below_blank or not texts
        if below_blank and len(texts) == 1:
            notes.append(Beside(UNDER, head_name(texts.pop()), first + place + 1))
    return notes


def _records(
    body: Sequence[Row], first: int, stubs: int, labels: list[Row]
) -> Iterator[tuple[int, Row]]:
    width = stubs + len(labels)
    padded = [tuple(cell.strip() for cell in row) + ("",) * (width - len(row)) for row in body]
    below_blank = False
    filled = _filled([row[:stubs] for row in padded])
    for place, (row, stub) in enumerate(zip(padded, filled, strict=True)):
        texts = {cell for cell in row if cell}
        below_blank = below_blank or not texts
        # A footnote may be merged over the whole width: still one text.
        if not texts or (below_blank and (len(texts) == 1 or not any(row[stubs:]))):
            continue
        for label, value in zip(labels, row[stubs:width], strict=True):
            yield first + place + 1, (*stub, *label, value)


def _plain(cell: str) -> str:
    """A head's text: years that the file typed as numbers are names here."""
    return cell.strip().removeprefix(TYPED)
