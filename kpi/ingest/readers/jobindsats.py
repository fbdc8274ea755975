"""Answers of jobindsats.dk as JSON: v3, v2, or a list of row objects, at any depth."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from kpi.domain.errors import Problem
from kpi.domain.format import number
from kpi.ingest.readers.json_shapes import as_records
from kpi.ingest.readers.json_texts import further_rows, texts_beside
from kpi.ingest.table.json_values import cell_text, decimal_mark, plain_text, refused
from kpi.ingest.table.raw import ABOVE, HIDDEN, MOST_ROWS, Beside, RawTable, RefusedError
from kpi.ingest.words.heads import last_parts, measure_column, unit_above
from kpi.ingest.words.lookup import folded

_DEEPEST = 60
# How jobindsats and Danmarks Statistik describe a table: its name, and the keys beside it.
_DESCRIBED = (("table_id", {"mgroups", "periods"}), ("id", {"variables", "text"}))
_ROW_OBJECTS = "row objects"


@dataclass(frozen=True)
class _Found:
    """A table in the document: its shape's name, its columns, and its rows as lists."""

    shape: str
    columns: tuple[str, ...]
    rows: Sequence[object]

    def has_columns(self, wanted: Collection[str]) -> bool:
        """Whether it has all of these columns, by name or by the last part of it."""
        names = [
            *self.columns,
            *(name for part in last_parts(self.columns).values() for name in part),
        ]
        return {folded(name) for name in wanted} <= {folded(name) for name in names}


def jobindsats_table(document: object, wanted_columns: Collection[str] = ()) -> RawTable | None:
    """The one table of a jobindsats answer, or None where the document has none.

    Of several tables the only one with all of `wanted_columns` (compared without case and spaces)
    is read. A null is HIDDEN.

    Raises:
        RefusedError: several tables fit, the answer is an error, or a row does not fit the columns.
    """
    _refuse_description(document)
    tables: list[_Found] = []
    causes: list[tuple[str, str]] = []
    for node, at_node in _nodes(document):
        tables += at_node
        causes += _causes_at(node)
    # A list of objects in each object looks like a table for each, and is one table.
    are_within = all(table.shape == _ROW_OBJECTS for table in tables)
    if not causes and are_within:
        records = [table for _, at_node in _nodes(as_records(document)) for table in at_node]
        tables = records if not tables or _has_more(records, tables) else tables
    if not tables and causes:
        raise refused(
            f"Svaret er en fejlmeddelelse fra {causes[0][0]}, ikke en tabel: »{causes[0][1]}«.",
            "Ret forespørgslen, og hent filen igen.",
        )
    if not tables:
        return None
    table = _table(_the_one(tables, wanted_columns), texts_beside(document))
    if key := further_rows(document, len(table.rows)):
        further = Problem(
            "text_words", "", None, None, plain_text(key),
            f"Svaret siger selv, at der er flere rækker: »{plain_text(key)}«.",
            "Hent alle sider. Rækker, der ikke er i filen, er hverken 0 eller slettet.",
        )  # fmt: skip
        table = replace(table, problems=(*table.problems, further))
    return table


def _has_more(records: Sequence[_Found], tables: Sequence[_Found]) -> bool:
    """Whether the one table of `records` has the columns of the first of `tables`, and others."""
    return len(records) == 1 and {*records[0].columns} > {*tables[0].columns}


def _refuse_description(document: object) -> None:
    """Raises RefusedError for a description of a table in place of its figures."""
    if not isinstance(document, dict):
        return
    for name, also in _DESCRIBED:
        if isinstance(document.get(name), str) and also <= document.keys():
            raise refused(
                f"Filen beskriver tabellen »{plain_text(document[name])[:60]}«, men har ingen tal.",
                "Hent tabellens tal, og indlæs dem.",
            )


def _the_one(tables: Sequence[_Found], wanted: Collection[str]) -> _Found:
    fitting = [table for table in tables if table.has_columns(wanted)]
    if not wanted:
        # Beside an answer, a list of objects describes it.
        fitting = [table for table in tables if table.shape != _ROW_OBJECTS] or list(tables)
    if len(fitting) == 1:
        return fitting[0]
    if len(tables) == 1:
        return tables[0]
    fit = "ingen" if not fitting else f"{len(fitting)}"
    asked = f", og {fit} af dem har opskriftens kolonner" if wanted else ""
    raise refused(
        f"Filen indeholder {number(len(tables), 0)} tabeller{asked}.", "Gem ét svar pr. fil."
    )


def _table(candidate: _Found, texts: Sequence[str]) -> RawTable:
    if len(candidate.rows) > MOST_ROWS:
        raise RefusedError(
            "too_large",
            f"Tabellen har {number(len(candidate.rows), 0)} rækker; der kan højst være "
            f"{number(MOST_ROWS, 0)}.",
            "Hent færre perioder eller områder ad gangen.",
        )
    rows: list[tuple[int | None, tuple[str, ...]]] = []
    for row, record in enumerate(candidate.rows, start=1):
        if isinstance(record, dict):
            fits = record.keys() == set(candidate.columns)
            cells = [record.get(name) for name in candidate.columns]
        else:
            cells = record if isinstance(record, list) else []
            fits = len(cells) == len(candidate.columns)
        if not fits:
            raise refused(
                f"Række {row} passer ikke med tabellens {len(candidate.columns)} kolonner.", row=row
            )
        rows.append((row, tuple(HIDDEN if cell is None else cell_text(cell) for cell in cells)))
    columns = tuple(plain_text(name) for name in candidate.columns)
    return RawTable(
        "jobindsats_json",
        columns,
        rows,
        unit=unit_above(texts),
        decimal=decimal_mark(cell for _, cells in rows for cell in cells),
        beside=tuple(Beside(ABOVE, text) for text in texts),
        other_names=last_parts(columns),
        measure_column=measure_column(columns),
    )


def _nodes(document: object) -> Iterator[tuple[object, list[_Found]]]:
    """Every list and object in the order of the file, and the table it is.

    The inside of a table is not looked at.
    """
    waiting = [(document, 0)]
    while waiting:
        node, depth = waiting.pop()
        if not isinstance(node, (dict, list)):
            continue
        tables = _tables_at(node)
        yield node, tables
        if depth < _DEEPEST and not tables:
            inside = list(node.values()) if isinstance(node, dict) else node
            waiting += [
                (child, depth + 1) for child in reversed(inside) if isinstance(child, (dict, list))
            ]


def _tables_at(node: object) -> list[_Found]:
    if isinstance(node, list):
        return _row_objects(node)
    assert isinstance(node, dict), "only lists and objects are visited"
    by_name = {name.casefold(): value for name, value in node.items()}
    for shape, columns_name, rows_name in (("v3", "columns", "rows"), ("v2", "variables", "data")):
        columns, rows = by_name.get(columns_name), by_name.get(rows_name)
        if isinstance(columns, list) and isinstance(rows, list) and columns:
            names = [_column_name(column) for column in columns]
            if all(names) and all(isinstance(row, (list, dict)) for row in rows):
                return [_Found(shape, tuple(names), rows)]
    return _described_records(by_name.get("fields"), by_name.get("records"))


def _described_records(fields: object, records: object) -> list[_Found]:
    """The records that fields describe, as CKAN answers, which opendata.dk is made with.

    Both are lists of objects; without each other each would be a table.
    """
    if not (isinstance(fields, list) and isinstance(records, list) and records):
        return []
    names = {field["id"] for field in fields if isinstance(field, dict) and "id" in field}
    return [table for table in _row_objects(records) if names == set(table.columns)]


def _row_objects(node: Sequence[object]) -> list[_Found]:
    """A list where all are objects of the same names, holding nothing but single values."""
    first = node[0] if node else None
    if not isinstance(first, dict) or len(first) < 2:
        return []
    for row in node:
        if not isinstance(row, dict) or row.keys() != first.keys():
            return []
        if any(isinstance(value, (dict, list)) for value in row.values()):
            return []
    return [_Found(_ROW_OBJECTS, tuple(first), node)]


def _column_name(column: object) -> str:
    """The name of a column: itself a text, or its `name`; empty where there is none."""
    if isinstance(column, dict):
        column = {name.casefold(): value for name, value in column.items()}.get("name")
    return column.strip() if isinstance(column, str) else ""


def _causes_at(node: object) -> list[tuple[str, str]]:
    """Who answered with an error, and what it says."""
    if not isinstance(node, Mapping):
        return []
    if {"code", "request_id"} & set(node):
        cause, source = node.get("cause", node.get("message")), "jobindsats"
    elif "errorTypeCode" in node:
        cause, source = node.get("message"), "Danmarks Statistik"
    else:
        return []
    return [(source, plain_text(cause)[:200])] if isinstance(cause, str) else []
