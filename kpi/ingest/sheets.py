"""Which sheet of a workbook holds the table, and where on it the table stands."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from kpi.errors import choices_hint
from kpi.ingest.cell_problems import with_notes
from kpi.ingest.raw import TYPED, UNREADABLE, RawTable, RefusedError
from kpi.ingest.statbank_xlsx import VALUE, statbank_table
from kpi.ingest.template import is_template
from kpi.ingest.workbook import Sheet

PERIOD = "Periode"
_MOST_ROWS_TO_HEAD = 20
_GUIDES = ("vejledning", "guide", "læs mig", "læsmig", "readme")
_MONTH = (
    r"(?:jan(?:uar|uary)?|feb(?:ruar|ruary)?|mar(?:ts|ch)?|apr(?:il)?|ma[jy]|jun[ie]?|jul[iy]?"
    r"|aug(?:ust)?|sept?(?:ember)?|o[kc]t(?:ober)?|nov(?:ember)?|de[cs](?:ember)?)"
)
_YEAR = r"(?:19|20)\d\d"
_ONE_PERIOD = (
    rf"(?:(?:år\s?)?{_YEAR}(?:/(?:20)?\d\d|\s?[HKQMUY]\d{{1,2}}(?:D\d\d)?)?"
    rf"|(?:[HKQMU]\s?\d{{1,2}}|\d\d?\.?\s?(?:kvt|kvartal|halvår|quarter|q)\.?"
    rf"|{_MONTH}\.?|(?:forår|efterår)|(?:uge|week)\s?\d\d?,?)\s?{_YEAR})"
)
_PERIOD = re.compile(rf"{_ONE_PERIOD}(?:\s?[-–:]\s?{_ONE_PERIOD})?", re.IGNORECASE)

Row = tuple[str, ...]


def workbook_table(sheets: Sequence[Sheet], wanted: str | None = None) -> RawTable:
    """The one table of a workbook: the template before StatBank, jobindsats and any other head.

    `wanted` names the sheet; otherwise exactly one visible sheet must hold a table of the best
    kind found. Guide sheets are passed over. Wide jobindsats sheets are unpivoted: a record a
    period column, with the columns `Periode` and `INDHOLD`. Raises RefusedError: `not_a_table`
    where no sheet or more than one fits, `empty_file` where there is nothing under the head.
    """
    candidates = _candidates(sheets, wanted)
    for read in _KINDS:
        found = [(sheet, table) for sheet in candidates if (table := read(sheet)) is not None]
        filled = [(sheet, table) for sheet, table in found if table.rows]
        if len(filled) > 1:
            raise _several([sheet.name for sheet, _ in filled])
        if filled:
            return with_notes(*filled[0])
        if found and read is _template:
            break
    raise _nothing(candidates, sheets)


def _candidates(sheets: Sequence[Sheet], wanted: str | None) -> list[Sheet]:
    visible = [sheet for sheet in sheets if sheet.visible]
    if wanted is None:
        tables = [sheet for sheet in visible if not _plain(sheet.name).startswith(_GUIDES)]
        return tables or visible
    named = [sheet for sheet in sheets if _plain(sheet.name) == _plain(wanted)]
    if not named:
        hint = choices_hint(wanted, [sheet.name for sheet in visible])
        raise RefusedError("not_a_table", f"Projektmappen har ikke et ark »{wanted}«.", hint)
    if not named[0].visible:
        message = f"Arket »{named[0].name}« er skjult, og skjulte ark læses ikke som tabel."
        raise RefusedError("not_a_table", message, "Vis arket i Excel, og gem projektmappen.")
    return named


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def _several(names: list[str]) -> RefusedError:
    return RefusedError(
        "not_a_table",
        f"Projektmappen har {len(names)} ark med en tabel.",
        "Vælg arket med --sheet NAVN: " + " eller ".join(f"»{name}«" for name in names) + ".",
    )


def _nothing(candidates: Sequence[Sheet], sheets: Sequence[Sheet]) -> RefusedError:
    heads = [
        row for sheet in candidates for row in sheet.rows[:_MOST_ROWS_TO_HEAD] if _is_head(row)
    ]
    if heads:
        message, hint = (
            "Tabellen har kolonnenavne, men ingen rækker.",
            "Udfyld tabellen, og indlæs filen igen.",
        )
    elif not any(any(row) for sheet in candidates for row in sheet.rows):
        message, hint = "Projektmappen er tom.", "Vælg filen med tallene."
        if any(not sheet.visible and sheet.rows for sheet in sheets):
            hint = "Skjulte ark læses ikke som tabel: vis arket i Excel, og gem projektmappen."
    else:
        message = "Ingen af projektmappens ark har en overskriftsrække med rækker under."
        hint = "Sæt kolonnernes navne i én række lige over tallene."
        return RefusedError("not_a_table", message, hint)
    return RefusedError("empty_file", message, hint)


def _template(sheet: Sheet) -> RawTable | None:
    """The table under the first row that names the template's required columns."""
    place = _first(sheet, lambda row: is_template([_name(cell) for cell in row]))
    if place is None:
        return None
    columns, rows = _below(sheet, place)
    return RawTable("table_xlsx", columns, list(rows), _title(sheet, place))


def _jobindsats(sheet: Sheet) -> RawTable | None:
    """A table with Område and Periode, or with two or more periods as column heads."""
    place = _first(sheet, _is_jobindsats)
    if place is None:
        return None
    columns, rows = _below(sheet, place)
    records = _without_footnotes(rows)
    wide = [number for number, name in enumerate(columns) if _PERIOD.fullmatch(name)]
    if len(wide) < 2:
        return RawTable("jobindsats_csv", columns, list(records), _title(sheet, place))
    kept = [number for number in range(len(columns)) if number not in wide]
    return RawTable(
        "jobindsats_csv",
        (*(columns[number] for number in kept), PERIOD, VALUE),
        [
            (row, (*(cells[k] for k in kept), columns[w], cells[w]))
            for row, cells in records
            for w in wide
        ],
        _title(sheet, place),
    )


def _any_table(sheet: Sheet) -> RawTable | None:
    """The table under the first row of names with a row of cells right beneath it."""
    place = _first(sheet, _is_head)
    while place is not None:
        beneath = next((row for row in sheet.rows[place + 1 :] if _texts(row)), None)
        if beneath is None or len(_texts(beneath)) > 1:
            break
        place = _first(sheet, _is_head, place + 1)
    if place is None:
        return None
    columns, rows = _below(sheet, place)
    return RawTable("table_xlsx", columns, list(_without_footnotes(rows)), _title(sheet, place))


_KINDS: tuple[Callable[[Sheet], RawTable | None], ...] = (
    _template, statbank_table, _jobindsats, _any_table,
)  # fmt: skip


def _first(sheet: Sheet, fits: Callable[[Row], bool], start: int = 0) -> int | None:
    rows = sheet.rows[:_MOST_ROWS_TO_HEAD]
    return next((place for place in range(start, len(rows)) if fits(rows[place])), None)


def _texts(row: Row) -> set[str]:
    """The different texts of a row: a title merged over ten cells is one."""
    return {cell.strip() for cell in row if cell.strip()}


def _is_head(row: Row) -> bool:
    return sum(not text.startswith((TYPED, UNREADABLE)) for text in _texts(row)) >= 2


def _is_jobindsats(row: Row) -> bool:
    names = [_name(cell) for cell in row]
    folded = {name.casefold() for name in names}
    periods = sum(bool(_PERIOD.fullmatch(name)) for name in names)
    texts = _texts(row)
    # At least one head is a word, else a row of years would do.
    return {"område", "periode"} <= folded or (periods >= 2 and len(texts) > periods)


def _name(cell: str) -> str:
    """A head's text in one line: years that the file typed as numbers are names here."""
    return " ".join(cell.removeprefix(TYPED).removeprefix(UNREADABLE).split())


def _title(sheet: Sheet, place: int) -> str:
    texts = (next((cell.strip() for cell in row if cell.strip()), "") for row in sheet.rows[:place])
    return next((text for text in texts if text), "")


def _below(sheet: Sheet, place: int) -> tuple[Row, Iterator[tuple[int | None, Row]]]:
    """A head row's columns and the filled rows beneath with their numbers.

    Empty columns before the first and after the last that holds anything are no part of the table.
    """
    body = sheet.rows[place + 1 :]
    used = {n for row in sheet.rows[place:] for n, cell in enumerate(row) if cell.strip()}
    first, last = min(used), max(used) + 1
    head = sheet.rows[place]
    names = tuple(
        (_name(head[n]) if n < len(head) else "") or f"kolonne {n + 1}" for n in range(first, last)
    )
    width = last - first
    rows = (
        (place + 2 + n, row[first:last] + ("",) * (width - len(row[first:last])))
        for n, row in enumerate(body)
        if any(cell.strip() for cell in row)
    )
    return names, rows


def _without_footnotes(
    rows: Iterable[tuple[int | None, Row]],
) -> Iterator[tuple[int | None, Row]]:
    """Leave out rows of a single text below a gap in the row numbers."""
    before: int | None = None
    below_gap = False
    for row, cells in rows:
        below_gap = below_gap or (before is not None and row != before + 1)
        before = row
        if not (below_gap and len(cells) > 2 and len(_texts(cells)) == 1):
            yield row, cells
