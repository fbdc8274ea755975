"""Rows of the action plan as people write them: names for ids, Danish words and Danish dates."""

import re
from collections.abc import Mapping, Sequence

from babel.dates import get_month_names

from kpi.domain.catalog import Catalog
from kpi.domain.plan import Plan
from kpi.ingest.words.written_periods import period_of
from kpi.plan.changes import current_plan_rows
from kpi.plan.editing import FILLED_IN, free_id, names_of, same_row
from kpi.plan.files import FILE_TABLES
from kpi.tables.rows import is_date
from kpi.tables.spec import COLUMNS, SPECS, Row, cells_of
from kpi.tables.table_spec import DATES

_DAY = re.compile(r"(\d{1,2})[./-] ?(\d{1,2})[./-] ?(\d{4})", re.ASCII)
_MONTH = re.compile(r"(?:(\d{1,2})\.? )?([a-zæøå]+) (\d{4})")
_ISO_DAY = re.compile(r"\b(\d{4})-(\d\d)-(\d\d)\b")
_ISO_MONTH = re.compile(r"\b(\d{4})-(0[1-9]|1[0-2])\b")
_MONTHS = {name: number for number, name in get_month_names("wide", locale="da_DK").items()}

Rows = Mapping[str, Sequence[Row]]


def written_day(text: str) -> str:
    """A date as Danes write it (`1.6.2025`, `1. juni 2025`, `juni 2025`), as the tables write it.

    Any other text comes back as it is, whether it is a date or not.
    """
    plain, written = " ".join(text.casefold().split()), text
    if match := _DAY.fullmatch(plain):
        written = f"{match[3]}-{int(match[2]):02}-{int(match[1]):02}"
    elif (match := _MONTH.fullmatch(plain)) and match[2] in _MONTHS:
        day = f"-{int(match[1]):02}" if match[1] else ""
        written = f"{match[3]}-{_MONTHS[match[2]]:02}{day}"
    # The 32nd stays as it is written, for the problem that names it.
    return written if is_date(written) else text


def with_danish_dates(hint: str) -> str:
    """A hint of data/'s tables, `Skriv 2025-03-19 eller 2025-03.`, as people write the dates.

    >>> with_danish_dates("Skriv 2025-03-19, 2025-03 eller 2025.")
    'Skriv 19.03.2025, marts 2025 eller 2025.'
    """
    months = {number: name for name, number in _MONTHS.items()}
    in_days = _ISO_DAY.sub(r"\3.\2.\1", hint)
    return _ISO_MONTH.sub(lambda match: f"{months[int(match[2])]} {match[1]}", in_days)


def written_period(text: str) -> str:
    """A period as a file may write it (`1. kvartal 2025`, `2024M01:2024M12`), as Spor does.

    Any other text comes back as it is, whether it is a period or not.
    """
    period = period_of(text)
    return period.text if period else text


def as_written(rows: Rows, plan: Plan, catalog: Catalog) -> dict[str, list[Row]]:
    """The rows with ids where they write names or none, and dates as the tables write them.

    Names and ids are known in any letter case; what names nothing stays as it is. A row without an
    id of its own gets that of the current row of the same thing, else a new one. Rows of other
    tables than the plan's come back as they are.
    """
    written: dict[str, list[Row]] = {}
    # Initiatives come before their statuses, which may name them by title.
    for table, entered in rows.items():
        ids = _ids(table, {**rows, **written}, plan, catalog)
        written[table] = [
            _as_written(table, row, ids) if table in FILE_TABLES else row for row in entered
        ]
        if table in FILE_TABLES and SPECS[table].id_of:
            _name(table, written[table], current_plan_rows(table, plan, catalog))
    return written


def _name(table: str, rows: Sequence[Row], current: Mapping[str, Row]) -> None:
    """Gives rows without an id theirs."""
    key = COLUMNS[table][0]
    known = {same_row(table, row): id_ for id_, row in current.items()}
    used = {*current, *(row[key] for row in rows)}
    for row in rows:
        if not row[key]:
            row[key] = known.get(same_row(table, row)) or free_id(table, row, used)
            used.add(row[key])


def _as_written(table: str, row: Row, ids: Mapping[str, Mapping[str, str]]) -> Row:
    written = dict(row)
    for column, text in row.items():
        cells = cells_of(table, column)
        if cells in DATES:
            written[column] = written_day(text)
        elif cells == "period":
            written[column] = written_period(text)
        elif column in FILLED_IN:
            written[column] = text or FILLED_IN[column]
        elif cells == "ids":
            parts = [part.strip() for part in text.split(";")]
            written[column] = ";".join(_id(part, ids.get(column, {})) for part in parts if part)
        elif column in ids:
            written[column] = _id(text, ids[column])
    return written


def _id(text: str, ids: Mapping[str, str]) -> str:
    return ids.get(text.casefold(), text)


def _ids(table: str, rows: Rows, plan: Plan, catalog: Catalog) -> dict[str, dict[str, str]]:
    """What a column's cells may write (in small letters) and the id it stands for.

    Empty for other tables than the plan's. What the rows themselves bring may be named too.
    """
    if table not in FILE_TABLES:
        return {}
    names = {column: dict(name_of) for column, name_of in names_of(table, plan, catalog).items()}
    for named in FILE_TABLES:
        key, called_by = COLUMNS[named][0], SPECS[named].called_by
        if called_by and key in names:
            new = {row[key]: row[called_by] for row in rows.get(named, ())}
            names[key] = new | names[key]
    indicators = {
        name: indicator.indicator_id
        for indicator in catalog.indicators.values()
        for name in indicator.aliases
    } | {indicator.short_name: indicator.indicator_id for indicator in catalog.indicators.values()}
    other = {
        "indicator_id": indicators,
        "indicator_ids": indicators,
        "area_id": {name: area.area_id for area in catalog.areas.values() for name in area.aliases},
        "group_id": {
            name: group.group_id for group in catalog.groups.values() for name in group.aliases
        },
        "theme_id": {theme.short_name: theme_id for theme_id, theme in catalog.themes.items()},
    } | {column.name: column.former_words for column in SPECS[table].columns if column.former_words}
    known = {
        column: {name.casefold(): id_ for name, id_ in other.get(column, {}).items()}
        | {name.casefold(): id_ for id_, name in name_of.items()}
        | {id_.casefold(): id_ for id_ in name_of}
        for column, name_of in names.items()
        if column in COLUMNS[table]
    }
    current = current_plan_rows(table, plan, catalog)
    own = {COLUMNS[table][0]: {id_.casefold(): id_ for id_ in current}} if current else {}
    return known | own
