"""Rows of the action plan as people write them: names for ids, Danish words and Danish dates."""

import re
from collections.abc import Mapping, Sequence

from babel.dates import get_month_names

from kpi.domain.catalog import Catalog
from kpi.domain.plan import Plan
from kpi.ingest.words.written_periods import period_of
from kpi.plan.changes import standing_rows
from kpi.plan.editing import FILLED_IN, LISTS, SAME_ROW, free_id, names_of, same_row
from kpi.plan.files import FILE_TABLES, FORMER_STATE_NAMES
from kpi.tables.spec import COLUMNS, Row

_DATES = ("date", "started", "published", "next_release")
_DAY = re.compile(r"(\d{1,2})[./-] ?(\d{1,2})[./-] ?(\d{4})", re.ASCII)
_MONTH = re.compile(r"(?:(\d{1,2})\.? )?([a-zæøå]+) (\d{4})")
_MONTHS = {name: number for number, name in get_month_names("wide", locale="da_DK").items()}

Rows = Mapping[str, Sequence[Row]]


def written_day(text: str) -> str:
    """A date as Danes write it (`1.6.2025`, `1. juni 2025`, `juni 2025`), as the tables write it.

    Any other text comes back as it is, whether it is a date or not.
    """
    plain = " ".join(text.casefold().split())
    if found := _DAY.fullmatch(plain):
        return f"{found[3]}-{int(found[2]):02}-{int(found[1]):02}"
    found = _MONTH.fullmatch(plain)
    if found is None or found[2] not in _MONTHS:
        return text
    day = f"-{int(found[1]):02}" if found[1] else ""
    return f"{found[3]}-{_MONTHS[found[2]]:02}{day}"


def written_period(text: str) -> str:
    """A period as a file may write it (`1. kvartal 2025`, `2024M01:2024M12`), as Spor does.

    Any other text comes back as it is, whether it is a period or not.
    """
    period = period_of(text)
    return period.text if period else text


def as_written(rows: Rows, plan: Plan, catalog: Catalog) -> dict[str, list[Row]]:
    """The rows with ids where they write names or none, and dates as the tables write them.

    Names and ids are known in any letter case; what names nothing stays as it is. A row without an
    id of its own gets that of the row that stands in its place, else a new one. Rows of other
    tables than the plan's come back as they are.
    """
    found: dict[str, list[Row]] = {}
    # Initiatives come before their statuses, which may name them by title.
    for table, given in rows.items():
        ids = _ids(table, {**rows, **found}, plan, catalog)
        found[table] = [_as_written(row, ids) if table in FILE_TABLES else row for row in given]
        if table in SAME_ROW:
            _name(table, found[table], standing_rows(table, plan, catalog))
    return found


def _name(table: str, rows: Sequence[Row], standing: Mapping[str, Row]) -> None:
    """Gives rows without an id theirs."""
    key = COLUMNS[table][0]
    known = {same_row(table, row): one for one, row in standing.items()}
    taken = {*standing, *(row[key] for row in rows)}
    for row in rows:
        if not row[key]:
            row[key] = known.get(same_row(table, row)) or free_id(table, row, taken)
            taken.add(row[key])


def _as_written(row: Row, ids: Mapping[str, Mapping[str, str]]) -> Row:
    found = dict(row)
    for column, text in row.items():
        if column in _DATES:
            found[column] = written_day(text)
        elif column == "period":
            found[column] = written_period(text)
        elif column in FILLED_IN:
            found[column] = text or FILLED_IN[column]
        elif column in LISTS:
            parts = [part.strip() for part in text.split(";")]
            found[column] = ";".join(_id(part, ids.get(column, {})) for part in parts if part)
        elif column in ids:
            found[column] = _id(text, ids[column])
    return found


def _id(text: str, ids: Mapping[str, str]) -> str:
    return ids.get(text.casefold(), text)


def _ids(table: str, rows: Rows, plan: Plan, catalog: Catalog) -> dict[str, dict[str, str]]:
    """What a column's cells may write (in small letters) and the id it stands for.

    Empty for other tables than the plan's. What the rows themselves bring may be named too.
    """
    if table not in FILE_TABLES:
        return {}
    names = {column: dict(found) for column, found in names_of(table, plan, catalog).items()}
    if table == "initiative_status":
        new = {row["initiative_id"]: row["title"] for row in rows.get("initiative", ())}
        names["initiative_id"] = new | names["initiative_id"]
    names["source_id"] |= {row["source_id"]: row["title"] for row in rows.get("source", ())}
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
        "state": FORMER_STATE_NAMES if table == "initiative_status" else {},
        "theme_id": {found.short_name: one for one, found in catalog.themes.items()},
    }
    known = {
        column: {name.casefold(): one for name, one in other.get(column, {}).items()}
        | {name.casefold(): one for one, name in found.items()}
        | {one.casefold(): one for one in found}
        for column, found in names.items()
        if column in COLUMNS[table]
    }
    standing = standing_rows(table, plan, catalog)
    own = {COLUMNS[table][0]: {one.casefold(): one for one in standing}} if standing else {}
    return known | own
