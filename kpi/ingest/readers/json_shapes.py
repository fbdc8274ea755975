"""Other shapes of tables in JSON, made lists of rows: lists as columns, nested rows, and lists.

And the refusal of a document that has no table at all.
"""

from collections.abc import Mapping, Sequence

import numpy as np

from kpi.domain.format import number
from kpi.domain.wording import listing
from kpi.ingest.table.json_values import plain_text, refused
from kpi.ingest.table.raw import RefusedError
from kpi.ingest.words.written_periods import is_period_name

_DEEPEST = 3
# What the names of rows are called that have no column of their own.
_NAME = "navn"
_NAMED = 3
_MOST_SHOWN = 40
_FEWEST_SHARED = 2
# Fewer are looked through at once; what is wrong with them is then said with their names.
_MOST_SINGLE = 1_000
# A note may be as long as this, and no cell.
_MOST_OF_A_TEXT = 1_000_000
_MOST_BLANKS = 1_000
_BEHIND_A_TEXT = (b",", b":", b"]", b"}", b"")
_EXAMPLE = '[{"kommune": "Aarhus", "år": 2024, "værdi": 75.1}]'
_AS_TABLE = (
    f"Hent tabellen som CSV eller JSON-stat, eller gem den som en liste af rækker: {_EXAMPLE}."
)


def as_records(document: object) -> object:
    """The document with its rows as objects of single values where it is of a shape known here.

    Else the document itself: pandas' `split`, an object of lists as long as each other, a list
    whose first row is the names of the others, rows with objects within (`{"kommune": {"kode":
    "751"}}` gives `kommune.kode`), rows that lack a name where others have one (a service that
    leaves out what it does not know), rows with a list of objects each, also within an object, and
    the properties of a map's features (GeoJSON).
    """
    if isinstance(document, dict):
        if (features := _of_features(document)) is not None:
            return features
        names = {name.casefold(): name for name in document}
        if {"columns", "data"} <= names.keys():
            columns, rows = document[names["columns"]], document[names["data"]]
            return {"columns": columns, "rows": rows}
        return _of_columns(document) or _within(document, 0) or document
    if isinstance(document, list):
        return _of_rows(document) or document
    return document


def _of_rows(rows: Sequence[object]) -> object | None:
    return _of_lists(rows) or _of_listed(rows) or _of_nested(rows) or _completed(rows)


def _within(document: Mapping[str, object], depth: int) -> dict[str, object] | None:
    """An object with the rows in it made ones of single values; None without one such list."""
    made: dict[str, object] = {}
    for name, value in document.items():
        inside: object | None = None
        if isinstance(value, list):
            inside = _of_rows(value)
        elif isinstance(value, dict) and depth < _DEEPEST:
            inside = _within(value, depth + 1)
        if inside is not None:
            made[name] = inside
    return {**document, **made} if len(made) == 1 else None


def refuse_long_texts(text: str) -> None:
    """Raises RefusedError for a text of excessive length, before anything looks through it.

    Between two quotes are a text, or figures without end: behind a closing one stands a sign.
    """
    content = text.encode(errors="replace")
    quotes = np.flatnonzero(np.frombuffer(content, dtype=np.uint8) == ord('"'))
    ends = np.append(quotes[1:], len(content))
    for at in quotes[ends - quotes > _MOST_OF_A_TEXT].tolist():
        if content[at + 1 : at + _MOST_BLANKS].lstrip()[:1] not in _BEHIND_A_TEXT:
            message = f"Et felt i JSON-filen er længere end {number(_MOST_OF_A_TEXT, 0)} tegn."
            raise RefusedError("too_large", message, "Ret det, og indlæs filen igen.")


def refuse_single_values(document: object) -> None:
    """Raises RefusedError for many values with none within: no table, whatever their texts say."""
    if not isinstance(document, (dict, list)) or len(document) <= _MOST_SINGLE:
        return
    if _are_single(list(document.values()) if isinstance(document, dict) else document):
        # Without their texts: they have not been through the gate.
        count = number(len(document), 0)
        raise refused(f"JSON-filen er {count} enkelte værdier og ingen tabel.", _AS_TABLE)


def no_table(document: object) -> RefusedError:
    """The refusal of a document without a table; it says what is there instead."""
    if isinstance(document, Mapping):
        names = [f"»{plain_text(str(name))[:_MOST_SHOWN]}«" for name in list(document)[:_NAMED]]
        more = len(document) - len(names)
        shown = listing(names + ([f"{more} til"] if more else []))
        contents = f"et objekt med {shown}" if names else "et tomt objekt"
    elif isinstance(document, Sequence) and not isinstance(document, str):
        first = document[0] if document else None
        nested = (
            [name for name, value in first.items() if isinstance(value, (dict, list))]
            if isinstance(first, dict)
            else []
        )
        within = f"; »{plain_text(nested[0])[:_MOST_SHOWN]}« indeholder lister" if nested else ""
        contents = f"en liste, hvis rækker ikke er ens objekter{within}"
    else:
        contents = "en enkelt værdi"
    return refused(
        f"JSON-filen indeholder {contents}, og det er ingen tabel, der kan læses.",
        _AS_TABLE,
    )


def _of_features(document: Mapping[str, object]) -> list[object] | None:
    """The properties of a GeoJSON collection's features, a row each, without places."""
    features = document.get("features")
    if document.get("type") != "FeatureCollection" or not isinstance(features, list):
        return None
    rows = [
        feature.get("properties") if isinstance(feature, dict) else None for feature in features
    ]
    return rows if rows and all(isinstance(row, dict) for row in rows) else None


def _of_columns(document: Mapping[str, object]) -> list[object] | None:
    """The rows of an object of lists, or of pandas' objects of row numbers."""
    columns = list(document.values())
    if len(columns) < 2:
        return None
    if (rows := _of_index(document)) is not None:
        return rows
    if all(isinstance(column, dict) for column in columns):
        numbers = list(columns[0]) if isinstance(columns[0], dict) else []
        if not numbers or not all(number.isdigit() for number in numbers):
            return None
        columns = [
            [column.get(number) for number in numbers]
            for column in columns
            if isinstance(column, dict) and list(column) == numbers
        ]
    lists = [column for column in columns if isinstance(column, list) and _are_single(column)]
    if len(lists) < len(document) or len({len(column) for column in lists}) != 1 or not lists[0]:
        return None
    return [dict(zip(document, row, strict=True)) for row in zip(*lists, strict=True)]


def _of_index(document: Mapping[str, object]) -> list[object] | None:
    """The rows of an object of objects alike, one a row, or one a period: pandas' `index`.

    `{"Aarhus": {"2023": 71.5}}` has a row for each name, `{"2023": {"Aarhus": 71.5}}` for each name
    within.
    """
    objects = [value for value in document.values() if isinstance(value, dict)]
    if len(objects) < len(document) or not objects[0]:
        return None
    names = list(objects[0])
    if any(list(row) != names or not _are_single(list(row.values())) for row in objects):
        return None
    if all(name.isdigit() and not is_period_name(name) for name in names):
        return None  # numbers of rows
    if all(map(is_period_name, document)):
        return [
            {_NAME: name}
            | {period: row[name] for period, row in zip(document, objects, strict=True)}
            for name in names
        ]
    if all(name.isdigit() for name in document):
        return list(objects)
    if _NAME in names:
        return None
    return [{_NAME: outer} | row for outer, row in zip(document, objects, strict=True)]


def _of_lists(document: Sequence[object]) -> dict[str, object] | None:
    """A list of rows as long as each other, the first of them their names."""
    rows = [row for row in document if isinstance(row, list)]
    if len(rows) < 2 or len(rows) < len(document):
        return None
    names = rows[0]
    if not names or not all(isinstance(name, str) and name.strip() for name in names):
        return None
    if any(len(row) != len(names) or not _are_single(row) for row in rows):
        return None
    return {"columns": names, "rows": rows[1:]}


def _of_listed(document: Sequence[object]) -> object | None:
    """A row for each object in the one list that each object has, beside single values (Kolada).

    `{"kommune": "Aarhus", "tal": [{"år": 2024, "andel": 75.1}]}` is one row of three values.
    """
    objects = [row for row in document if isinstance(row, dict)]
    lists = {name for row in objects for name, value in row.items() if isinstance(value, list)}
    if len(objects) < len(document) or len(lists) != 1:
        return None
    name = lists.pop()
    rows: list[object] = []
    for outer in objects:
        inner = outer.get(name, [])
        beside = {key: value for key, value in outer.items() if key != name}
        if not isinstance(inner, list) or not _are_single(list(beside.values())):
            return None
        for fields in inner:
            if not isinstance(fields, dict) or not _are_single(list(fields.values())):
                return None
            rows.append(
                beside | {f"{name}.{key}" if key in beside else key: value
                          for key, value in fields.items()}
            )  # fmt: skip
    return _completed(rows) or rows or None


def _of_nested(document: Sequence[object]) -> list[object] | None:
    """Rows whose objects are taken apart; None where they have none, or have lists."""
    if not document or not all(isinstance(row, dict) for row in document):
        return None
    if not any(
        isinstance(value, dict)
        for row in document
        if isinstance(row, dict)
        for value in row.values()
    ):
        return None
    rows = [_flat(row, "", 0) for row in document if isinstance(row, dict)]
    if any(row is None for row in rows):
        return None
    if any(row.keys() != (rows[0] or {}).keys() for row in rows if row is not None):
        return _completed(rows)
    return list(rows)


def _completed(document: Sequence[object]) -> list[object] | None:
    """Rows of single values with an empty text in place of the names that some of them lack.

    Each row has most of the names, and two names are in all of them.
    """
    rows = [row for row in document if isinstance(row, dict) and _are_single(list(row.values()))]
    if len(rows) < 2 or len(rows) < len(document):
        return None
    names = list(dict.fromkeys(name for row in rows for name in row))
    shared = set(names)
    for row in rows:
        shared &= row.keys()
    if len(shared) < _FEWEST_SHARED or len(shared) == len(names):
        return None
    if any(len(row) * 2 < len(names) for row in rows):
        return None
    return [{name: row.get(name, "") for name in names} for row in rows]


def _flat(row: Mapping[str, object], before: str, depth: int) -> dict[str, object] | None:
    fields: dict[str, object] = {}
    for name, value in row.items():
        if isinstance(value, dict) and depth < _DEEPEST:
            inside = _flat(value, f"{before}{name}.", depth + 1)
            if inside is None:
                return None
            fields |= inside
        elif isinstance(value, (dict, list)):
            return None
        else:
            fields[before + name] = value
    return fields


def _are_single(values: Sequence[object]) -> bool:
    return not any(isinstance(value, (dict, list)) for value in values)
