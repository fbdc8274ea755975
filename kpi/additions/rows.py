"""Rows to add or correct as people write them: names for ids, Danish words, cells left out."""

import re
from collections.abc import Callable, Mapping, Sequence, Set
from datetime import date
from itertools import count
from typing import cast

from kpi.additions.model import (
    ADDABLE,
    CHOICE_WORDS,
    LISTED,
    OF_SAME_TABLE,
    OTHER_WORDS,
    catalog_rows,
    names_of_row,
)
from kpi.domain.catalog import Catalog
from kpi.domain.kinds import KIND_PROPERTIES
from kpi.domain.letters import writable
from kpi.domain.series_break import breaks_of, breaks_text
from kpi.domain.units import unit_of
from kpi.domain.vocabulary import Kind
from kpi.domain.whom import OF_NONE, OF_NONE_NAME
from kpi.domain.wording import plain_id
from kpi.ingest.words.area_lookup import area_lookup
from kpi.ingest.words.lookup import Lookup, folded, group_lookup, indicator_lookup
from kpi.plan.rows import written_day
from kpi.tables.group_parts import written_parts
from kpi.tables.spec import COLUMNS, Row

# Marks that hide what is written: pasted, never written.
_UNSEEN = re.compile("[\u200b-\u200f\u2060-\u206f\ufeff]")
_DATES = ("published", "next_release", "valid_from", "valid_to", "retired")
_NAMES = ("name", "short_name", "title", "aliases")
_YES = ("ja", "x", "1")
_BREAK = re.compile(r"(\d{1,2}\. ?[a-zæøå]+ \d{4}|\d{1,2}[-./]\d{1,2}[-./]\d{4}):? +(\S.*)")
# What an empty cell says.
_EMPTY = {"direction": "neutral", "headline": "0", "min_cell": "5"}
# How people write that an indicator is of nobody whom Spor counts.
_OF_NONE = dict.fromkeys(("ingen", "ingen af dem", folded(OF_NONE_NAME)), OF_NONE)


def as_written(
    table: str,
    rows: Sequence[Row],
    catalog: Catalog,
    is_of_another: Callable[[str, str, Row], bool],
    today: date,
) -> list[Row]:
    """The rows with every column of their table: ids for names, the tables' words for Danish ones.

    A column that a row lacks keeps its value; a new entry gets the default. The row of an id, or of
    a name that exists, is that entry's; any other gets an id that is of nothing else
    (`is_of_another`: table, id and row), so what was withdrawn comes back under its own. A
    former name stays among the other names, so that files that use it are still read.
    """
    current = catalog_rows(table, catalog)
    lookups = _lookups(table, catalog)
    key, used = COLUMNS[table][0], set(current)
    written = []
    for row in rows:
        cells = {
            column: _cell(table, column, text, lookups, today)
            for column, text in row.items()
            if column in ADDABLE[table]
        }
        own = _own_id(table, cells, current)
        if own in current:
            before = current[own]
            if before.get("short_name") and before["short_name"] == before.get("name"):
                # Nobody gave it a short name: it follows the name.
                cells = {"short_name": cells.get("name") or before["name"], **cells}
            cells = {**before, **cells, key: own}
            _keep_names(table, cells, current[own])
        else:
            cells = _new(table, cells, current, catalog)
            cells[key] = own or _free_id(table, cells, used, is_of_another)
        used.add(cells[key])
        written.append({column: cells[column] for column in ADDABLE[table]})
    _point_to_each_other(table, written, current)
    return written


def _point_to_each_other(table: str, rows: Sequence[Row], current: Mapping[str, Row]) -> None:
    """Puts ids for the names that rows have for new ones that come with them."""
    new = {
        folded(name): row[COLUMNS[table][0]]
        for row in rows
        if row[COLUMNS[table][0]] not in current
        for name in names_of_row(table, row)
    }

    def id_of(text: str) -> str:
        """The id of a new row by its name; any other text as it is."""
        return text if text in current else new.get(folded(text), text)

    for row in rows:
        for column in OF_SAME_TABLE.get(table, ()):
            if column == "part_of":
                row[column] = written_parts(row[column], id_of)
            else:
                row[column] = ";".join(map(id_of, row[column].split(";")))


def _cell(table: str, column: str, text: str, lookups: Mapping[str, Lookup], today: date) -> str:
    text = _UNSEEN.sub("", writable(text))
    plain = " ".join(text.split()) if column in _NAMES else text.strip()
    if column == "retired" and plain.casefold() in (*_YES, "nej", "0"):
        return today.isoformat() if plain.casefold() in _YES else ""
    if column == "breaks":
        return _breaks(plain)
    if column in _DATES:
        return written_day(plain)
    if column == "unit":
        return unit_of(plain)
    if column == "min_cell":
        return plain or _EMPTY[column]
    if words := CHOICE_WORDS.get((table, column)):
        codes = {word.casefold(): code for code, word in words.items()}
        codes |= OTHER_WORDS.get((table, column), {})
        return codes.get(plain.casefold(), plain or _EMPTY.get(column, ""))
    if column == "part_of":
        return written_parts(plain, lambda name: _id(column, name, lookups))
    if column in LISTED:
        parts = [part.strip() for part in plain.split(";") if part.strip()]
        return ";".join(dict.fromkeys(_id(column, part, lookups) for part in parts))
    return _id(column, plain, lookups)


def _breaks(text: str) -> str:
    """Breaks as the tables write them: a Danish day (`1. juli 2025 Ny reform`) may be first."""
    parts = []
    for part in filter(None, (entry.strip() for entry in text.split(";"))):
        day = _BREAK.fullmatch(part)
        written = f"{written_day(day[1])} {day[2]}" if day else part
        parts.append(written)
    plain = "; ".join(parts)
    try:
        return breaks_text(breaks_of(plain))
    except ValueError:
        return plain


def _id(column: str, text: str, lookups: Mapping[str, Lookup]) -> str:
    look_up = lookups.get(column)
    return (text and look_up and look_up(text)) or text


def _lookups(table: str, catalog: Catalog) -> dict[str, Lookup]:
    """How the words of a column are looked up."""
    themes = {
        folded(name): theme_id
        for theme_id, row in catalog_rows("theme", catalog).items()
        for name in names_of_row("theme", row)
    }
    sets = {
        folded(name): area_set.set_id
        for area_set in catalog.area_sets.values()
        for name in (area_set.set_id, area_set.name)
    }
    group, area = group_lookup(catalog), area_lookup(catalog)
    indicator = indicator_lookup(catalog)
    return {
        "theme_id": lambda text: themes.get(folded(text)), "default_group": group,
        "reference_group_id": group, "part_of": group, "parent_id": area, "succeeded_by": area,
        "context_of": area, "region_id": area,
        "numerator_id": indicator,
        "denominator_id": lambda text: indicator(text) or _OF_NONE.get(folded(text)),
        "set_ids": lambda text: sets.get(folded(text)),
    } | ({"theme_id": str} if table == "theme" else {})  # fmt: skip


def _own_id(table: str, cells: Mapping[str, str], current: Mapping[str, Row]) -> str:
    """The id of the entry that a row is of; the one it writes where no entry has it, else empty."""
    written = cells.get(COLUMNS[table][0], "")
    if written:
        by_id = {id_.casefold(): id_ for id_ in current}
        by_name = {
            folded(name): id_
            for id_, row in current.items()
            for name, column in names_of_row(table, row).items()
            if column != "code"
        }
        return by_id.get(written.casefold()) or by_name.get(folded(written)) or written
    name = folded(cells.get("name") or cells.get("title") or "")
    for id_, row in current.items():
        is_called_so = folded(row.get("name") or row.get("title") or "") == name
        if is_called_so and cells.get("level", row.get("level")) == row.get("level"):
            return id_
    return ""


def _keep_names(table: str, cells: Row, before: Row) -> None:
    """Keeps the former name of an entry among its other names."""
    if "aliases" not in cells:
        return
    now = {folded(cells[column]) for column in ("name", "short_name") if column in cells}
    former = [
        before[column]
        for column in ("name", "short_name")
        if cells.get(column, "") and folded(before[column]) not in now
    ]
    names = [*filter(None, cells["aliases"].split(";")), *former]
    kept_names = {folded(name): name for name in names if folded(name) not in now}
    cells["aliases"] = ";".join(kept_names.values())


def _new(table: str, cells: Row, current: Mapping[str, Row], catalog: Catalog) -> Row:
    """A new entry's row, with defaults where nothing is written."""
    usual: Row = dict(_EMPTY)
    if "short_name" in ADDABLE[table]:
        usual["short_name"] = cells.get("name", "")
    if table == "theme":
        order = [int(row["sort_order"]) for row in current.values()]
        usual["sort_order"] = str(max(order, default=0) + 1)
    if table == "indicator":
        if properties := KIND_PROPERTIES.get(cast(Kind, cells.get("kind", ""))):
            usual["unit"] = "percent" if properties.is_proportion else ""
            usual["decimals"] = str(properties.usual_decimals)
        usual["default_group"] = "all" if "all" in catalog.groups else ""
    return {column: cells.get(column) or usual.get(column, "") for column in ADDABLE[table]}


def _free_id(
    table: str, row: Row, used: Set[str], is_of_another: Callable[[str, str, Row], bool]
) -> str:
    wanted = plain_id(row.get("name") or row.get("title") or "") or "ny"
    return next(
        candidate
        for n in count(1)
        if (candidate := f"{wanted}_{n}" if n > 1 else wanted) not in used
        and not is_of_another(table, candidate, row)
    )
