"""Finds the sheet of a workbook that has the table, and the table's place on it."""

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace

from kpi.domain.errors import choices_hint
from kpi.domain.wording import first_listed
from kpi.ingest.readers.box_below import box_at_end, box_problem
from kpi.ingest.readers.cell_problems import hidden_tables, with_notes
from kpi.ingest.readers.footnotes import note_problems, notes_at_end
from kpi.ingest.readers.head_lines import (
    head_lines,
    texts_above,
    texts_under,
    without_repeats,
)
from kpi.ingest.readers.row_lengths import are_numbers, packed_by
from kpi.ingest.readers.second_names import names_left_out
from kpi.ingest.readers.sheet_heads import (
    are_periods_over_names,
    are_titles,
    has_serial_heads,
    is_head,
    is_head_of_names,
    is_jobindsats,
    is_name_over_figures,
    is_one_period,
    is_row_of_figures,
    texts,
)
from kpi.ingest.readers.side_blocks import MOST_ROWS_BESIDE, main_columns, parted, without_boxes
from kpi.ingest.readers.single_name import is_single_name
from kpi.ingest.readers.statbank_xlsx import statbank_table
from kpi.ingest.readers.workbook import Sheet
from kpi.ingest.table.formats import Format
from kpi.ingest.table.raw import ASIDE, SHEET, TYPED, Beside, RawTable, RefusedError
from kpi.ingest.turning.grid_labels import with_labels
from kpi.ingest.turning.title_year import with_title_year
from kpi.ingest.turning.wide import turned, turning
from kpi.ingest.words.heads import head_name, measure_column, unit_above
from kpi.ingest.words.template import is_template, is_wide_template

_MOST_ROWS_TO_HEAD = 20
# So many rows below a name over figures alone show that it is a head.
_ROWS_BELOW = 3
_GUIDES = ("vejledning", "guide", "læs mig", "læsmig", "readme")
_SAMPLE_ROWS = 200
_PART = re.compile(r"(?:(.+), )?(kolonne \d+(?:-\d+)?)", re.IGNORECASE)
_DIGITS = str.maketrans("0123456789", "9999999999")
# Sheets of remarks, and what of them is a remark rather than an explanation.
_NOTES = ("note", "bemærk", "forbehold", "obs", "kommentar", "anmærk")
_MOST_ROWS_OF_NOTES, _MOST_CELLS_OF_A_NOTE, _MOST_OF_A_NOTE = 40, 2, 160

Row = tuple[str, ...]
Record = tuple[int | None, Row]


def workbook_table(
    sheets: Sequence[Sheet], wanted: str | None = None, spared: Collection[str] = ()
) -> RawTable:
    """The one table of a workbook: the template before StatBank, jobindsats and any other head.

    `wanted` names the sheet, the columns of one of several tables on it (`kolonne 5-7`), or both
    with a comma between; otherwise exactly one visible sheet must have a table of the best
    kind found. Guide sheets are ignored. Sheets with periods as columns are turned: a record
    a period column, under `Periode` and `INDHOLD`, unless one of these is `spared`. Raises
    RefusedError: `not_a_table` where no sheet or more than one fits, `empty_file` where there is
    nothing under the head.
    """
    wanted, part = _sheet_and_part(sheets, wanted)
    candidates = [replace(sheet, part=part) for sheet in _candidates(sheets, wanted)]
    for read in _KINDS:
        tables = [
            (sheet, table) for sheet in candidates if (table := read(sheet, spared)) is not None
        ]
        filled = [(sheet, table) for sheet, table in tables if table.rows]
        if len(filled) > 1:
            raise _several([", ".join(filter(None, (s.name, part))) for s, _ in filled])
        if filled:
            sheet, table = filled[0]
            aside = tuple(Beside(ASIDE, text) for text in (*sheet.aside, *_notes(sheets, sheet)))
            table = replace(table, beside=(*table.beside, *aside), left_out=sheet.left_out)
            hidden = hidden_tables(s.name for s in sheets if not s.visible and _has_rows(s, read))
            table = replace(table, problems=(*table.problems, *hidden))
            return with_notes(sheet, table)
        if tables and read is _template:
            break
    raise _nothing(candidates, sheets)


def _has_rows(sheet: Sheet, read: Callable[[Sheet, Collection[str]], RawTable | None]) -> bool:
    """Whether a hidden sheet has a table of the kind that was read of another."""
    if _plain(sheet.name).startswith(_GUIDES):
        return False
    try:
        table = read(sheet, ())
    except RefusedError:
        return False
    return table is not None and bool(table.rows)


def _sheet_and_part(sheets: Sequence[Sheet], wanted: str | None) -> tuple[str | None, str]:
    """The sheet and the columns that are meant: `Ark1, kolonne 5-7`."""
    meant = _PART.fullmatch(wanted or "")
    if meant is None or any(_plain(sheet.name) == _plain(wanted or "") for sheet in sheets):
        return wanted, ""
    return meant[1], meant[2]


def _notes(sheets: Sequence[Sheet], of_table: Sheet) -> list[str]:
    """The short texts of other sheets that are called notes and have nothing but texts."""
    rows = [
        list(dict.fromkeys(cell.strip() for cell in row if cell.strip()))
        for sheet in sheets
        if sheet.name != of_table.name and sheet.visible and _plain(sheet.name).startswith(_NOTES)
        for row in sheet.rows[:_MOST_ROWS_OF_NOTES]
    ]
    texts = (" ".join(cells) for cells in rows if 0 < len(cells) <= _MOST_CELLS_OF_A_NOTE)
    return [text for text in texts if len(text) <= _MOST_OF_A_NOTE]


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
    heads = [row for sheet in candidates for row in sheet.rows[:_MOST_ROWS_TO_HEAD] if is_head(row)]
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
        hidden = [
            f"»{sheet.name}«" for sheet in sheets
            if not sheet.visible and any(map(is_head, sheet.rows[:_MOST_ROWS_TO_HEAD]))
        ]  # fmt: skip
        if hidden:
            hint = (
                f"Skjulte ark læses ikke som tabel. Er tallene i {first_listed(hidden, 3)}, så vis "
                "arket i Excel, og gem projektmappen."
            )
        packed = (packed_by([row for row in sheet.rows if any(row)]) for sheet in candidates)
        if separator := next(filter(None, packed), ""):
            shown = "tabulator" if separator == "\t" else separator
            message = f"Hver række står i én celle, med »{shown}« mellem felterne."
            hint = "Markér kolonnen, vælg Data > Tekst til kolonner i regnearket, og gem igen."
        if any(has_serial_heads(row) for sheet in candidates for row in sheet.rows[:1]):
            message = "Kolonnernes navne er tal, som Excel tæller dage med, og ikke perioder."
            hint = "Giv cellerne et datoformat, eller skriv perioderne, for eksempel 2024M01."
        return RefusedError("not_a_table", message, hint)
    return RefusedError("empty_file", message, hint)


def _template(sheet: Sheet, spared: Collection[str]) -> RawTable | None:
    """The table under the first row that names the template's required columns.

    Periods as columns do in place of its period and its value.
    """
    place = _first(sheet, _is_own_head)
    return None if place is None else _table("table_xlsx", sheet, place, spared)


def _is_own_head(row: Row) -> bool:
    names = [head_name(cell) for cell in row]
    return is_template(names) or is_wide_template(names)


def _statbank(sheet: Sheet, _spared: Collection[str]) -> RawTable | None:
    return statbank_table(sheet)


def _jobindsats(sheet: Sheet, spared: Collection[str]) -> RawTable | None:
    """A table with Område and Periode, or with two or more periods as column heads."""
    place = _first(sheet, is_jobindsats)
    if place is None or is_row_of_figures(sheet.rows, place):
        return None
    return _table("jobindsats_csv", sheet, place, spared)


def _nameless_areas(sheet: Sheet, spared: Collection[str]) -> RawTable | None:
    """A table without a name over its areas, whose head is no row of several names.

    Its heads are years that were typed as numbers, or there is one name over its figures alone. It
    has no head of names above them.
    """
    named = _first(sheet, is_head)
    before = sheet.rows[: _MOST_ROWS_TO_HEAD if named is None else named]
    fits = (are_periods_over_names, is_name_over_figures, is_single_name)
    place = next(
        (at for at in range(len(before)) if any(fit(sheet.rows, at) for fit in fits)), None
    )
    return None if place is None else _table("table_xlsx", sheet, place, spared)


def _any_table(sheet: Sheet, spared: Collection[str]) -> RawTable | None:
    """The table under the first row of names with a row of cells right below it.

    Where no row is followed by cells at once, a heading is between the head and its rows, or
    the head is one name and one period.
    """
    first = place = _first(sheet, is_head)
    while place is not None:
        below = next((row for row in sheet.rows[place + 1 :] if texts(row)), None)
        if below is None or (len(texts(below)) > 1 and not are_titles(sheet.rows, place, below)):
            break
        place = _first(sheet, is_head_of_names, place + 1)
    if place is None:
        place = _first(sheet, is_one_period) if first is None else first
    return None if place is None else _table("table_xlsx", sheet, place, spared)


def _table(file_format: Format, sheet: Sheet, place: int, spared: Collection[str]) -> RawTable:
    """The table whose head is on a row (from 0), or on it and the row next to it.

    Text under the table is reported once. Periods as columns are turned into rows.
    """
    first, last, head = head_lines(place, sheet.rows)
    lines_above = sheet.rows[:first]
    body: list[Record] = [
        (number, row) for number, row in enumerate(sheet.rows[last + 1 :], start=last + 2) if row
    ]
    beside = None
    if len(body) <= MOST_ROWS_BESIDE:
        beside = parted(head, body, lines_above, sheet.part, first + 1)
    if beside is not None:
        head, body = beside.head, beside.rows
        lines_above = without_boxes(lines_above, beside.boxes)
    columns, rows = _below(head, body)
    notes = notes_at_end(rows, len(columns))
    box = box_at_end(columns, rows[: len(rows) - notes])
    table_rows, repeated = without_repeats(columns, rows[: len(rows) - notes - len(box)])
    table_rows, filled = with_labels(columns, table_rows)
    sample = [cells for _, cells in table_rows[:_SAMPLE_ROWS]]
    above = " ".join(cell for row in lines_above for cell in row if cell)
    columns, of_year = with_title_year(columns, sample, above, spared)
    if not of_year:  # a sheet a year is called by it
        columns, of_year = with_title_year(columns, sample, sheet.name, spared, "arkets navn")
    table = RawTable(
        file_format,
        columns,
        table_rows,
        _title(sheet, first),
        problems=(
            *(beside.problems if beside else ()),
            *([box_problem(box)] if box else ()),
            *note_problems(rows[len(rows) - notes :]),
            *repeated,
            *filled,
            *of_year,
        ),
        unit=unit_above(cell for row in lines_above for cell in row) or unit_above([sheet.name]),
        measure_column=measure_column(columns),
        beside=(
            Beside(SHEET, sheet.name),
            *texts_above([(line, row) for line, row in enumerate(lines_above, 1) if any(row)]),
            *names_left_out(list(enumerate(sheet.rows[first : last + 1], first + 1)), head),
            *texts_under(rows[len(rows) - notes :]),
        ),
    )
    how = turning(columns, sample, spared)
    return table if how is None else turned(table, how)


_KINDS: tuple[Callable[[Sheet, Collection[str]], RawTable | None], ...] = (
    _template, _statbank, _jobindsats, _nameless_areas, _any_table,
)  # fmt: skip


def _first(sheet: Sheet, fits: Callable[[Row], bool], start: int = 0) -> int | None:
    rows = sheet.rows[:_MOST_ROWS_TO_HEAD]
    main = main_columns(sheet.rows[:_SAMPLE_ROWS])
    if main is not None:
        rows = [tuple(cell if at in main else "" for at, cell in enumerate(row)) for row in rows]
    return next((place for place in range(start, len(rows)) if fits(rows[place])), None)


def _title(sheet: Sheet, place: int) -> str:
    texts = (next((cell.strip() for cell in row if cell.strip()), "") for row in sheet.rows[:place])
    return next((text for text in texts if text), "")


def _below(head: Row, body: Sequence[Record]) -> tuple[Row, list[Record]]:
    """The columns of a head, and the filled rows below it (`body`, with their numbers).

    Columns without a name and without a cell are no part of the table, and neither is a first one
    without a name that numbers the rows, as pandas writes it.
    """
    cells_below = [row for _, row in body]
    used = {n for row in (head, *cells_below) for n, cell in enumerate(row) if cell.strip()}
    width = max(used) + 1
    filled_places = sorted(used)
    if not any(head[: filled_places[0] + 1]) and _numbers_rows(cells_below, filled_places[0]):
        filled_places = filled_places[1:]
    names = tuple(
        (head_name(head[n]) if n < len(head) else "") or f"kolonne {n + 1}" for n in filled_places
    )
    rows: list[Record] = []
    for number, row in body:
        if any(cell.strip() for cell in row):
            padded = (*row, *[""] * (width - len(row)))
            rows.append((number, tuple(padded[n] for n in filled_places)))
    return names, rows


def _numbers_rows(body: Sequence[Row], place: int) -> bool:
    filled = [row for row in body if any(cell.strip() for cell in row)]
    return are_numbers(
        [row[place].removeprefix(TYPED).strip() if place < len(row) else "" for row in filled]
    )
