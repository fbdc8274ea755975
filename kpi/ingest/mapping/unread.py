"""The labels of a column that nothing reads, counted in SQL over the rows that are used."""

import re
from collections.abc import Callable
from dataclasses import dataclass

import duckdb

from kpi.ingest.mapping.beside_columns import compares
from kpi.ingest.table.raw import TYPED, UNREADABLE
from kpi.ingest.words import numbers
from kpi.ingest.words.labels import names_dimension

# No classification that is written in numbers (ages, codes) has more of them.
MOST_CODES = 150
_MOST_SHAPES = 1_000
_MOST_PAIRS = 20_000
_LABELS_SHOWN = 5
_INTERVAL = re.compile(r"[\[(]?\s?(9[\d.]*[.,]9+)\s?(?:-|–|;|til)\s?9[\d.]*[.,]9+\s?[\])]?")
_FIGURES = {numbers.NUMBER, numbers.MISSING, numbers.SUPPRESSED, numbers.DASH, numbers.EMPTY}
# What a label may follow from: the part of the key, and its Danish name.
_PARTS = {
    "area": "området", "period": "perioden", "population_group": "gruppen",
    "indicator": "nøgletallet",
}  # fmt: skip


@dataclass(frozen=True)
class Unused:
    """A column that nothing reads: its first labels in the order of the file, and how many."""

    place: int
    name: str
    first: tuple[str, ...]
    count: int
    rows: int

    @property
    def is_blank(self) -> bool:
        """Whether no row has a text in it."""
        return self.count == 1 and not plain(self.first[0])


def prepare_rows(connection: duckdb.DuckDBPyConnection) -> int:
    """Makes `in_use`: the rows of `parsed_row` that are not ignored, with the parts of their keys.

    Returns how many there are.
    """
    connection.execute(_IN_USE)
    (rows,) = connection.execute("SELECT count(*) FROM in_use").fetchone() or (0,)
    return int(rows)


def count_lines(connection: duckdb.DuckDBPyConnection) -> int:
    """How many lines of the file have rows in use: of a wide file fewer than it has figures."""
    (lines,) = connection.execute(_LINES).fetchone() or (0,)
    return int(lines)


def stores_years(connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether some row in use is stored as a figure of a whole year."""
    return connection.execute(_YEARS).fetchone() is not None


def labels_of(connection: duckdb.DuckDBPyConnection, place: int, name: str, rows: int) -> Unused:
    """The labels of a column in the rows in use, of which there are some."""
    texts = connection.table(f"spelled_c{place}").limit(2).project("text").fetchall()
    if len(texts) == 1:  # one in the whole file: nothing to count
        return Unused(place, name, texts[0], 1, rows)
    _make_cells(connection, place)
    ((count,),) = connection.execute(_COUNTED).fetchall()
    first = connection.execute(_FIRST, {"most": _LABELS_SHOWN}).fetchall()
    return Unused(place, name, tuple(text for (text,) in first), count, rows)


def _make_cells(connection: duckdb.DuckDBPyConnection, place: int) -> None:
    spelling = duckdb.ColumnExpression(f"c{place}").alias("spelling")
    cells = connection.table("raw").project(duckdb.ColumnExpression("record"), spelling)
    cells.create_view("unread", replace=True)
    connection.table(f"spelled_c{place}").create_view("spelled_unread", replace=True)


def is_figures(connection: duckdb.DuckDBPyConnection, place: int, name: str, rows: int) -> bool:
    """Whether a column contains figures as a value column does, and no labels that are numbers.

    Ages and codes are whole and few; figures have decimals, are many, or are called as what others
    are compared with (`Mål`). Of the whole file: what is a figure in one row is none in another.
    """
    texts = connection.table(f"spelled_c{place}")
    (count,) = texts.aggregate("count(*)").fetchone() or (0,)
    if count < 2 or names_dimension(name):
        return False
    texts.create_view("spelled_unread", replace=True)
    shapes = connection.execute(_SHAPES, {"most": _MOST_SHAPES}).fetchall()
    forms = [numbers.understand(_without_sign(shape), zero_led) for shape, zero_led in shapes]
    if len(shapes) == _MOST_SHAPES or not all(form.meaning in _FIGURES for form in forms):
        return False
    if not any(form.meaning == numbers.NUMBER for form in forms):
        return False
    if any(form.decimals for form in forms):
        return True
    return bool(2 * count > rows or count > MOST_CODES or compares(name))


def _without_sign(shape: str) -> str:
    """A figure's shape without what says that it is a change, or sure within limits: `+9,9`.

    Of an interval with decimals its first end: whole ones may be ages.
    """
    plain = shape.strip()
    if match := _INTERVAL.fullmatch(plain):
        return match[1]
    return plain[1:].strip() if plain[:1] in ("+", "±") else shape


def tells_kind(connection: duckdb.DuckDBPyConnection, column: Unused) -> bool:
    """Whether each label means one kind of period, and each kind has one label."""
    _make_cells(connection, column.place)
    _make_parts(connection, "period")
    pairs = connection.execute(_KINDS).fetchall()
    return len(pairs) == len({label for label, _ in pairs}) == len({kind for _, kind in pairs})


def each_pair(
    connection: duckdb.DuckDBPyConnection,
    column: Unused,
    part: str,
    fits: Callable[[str, int], bool],
) -> bool:
    """Whether each label fits the part of the key (area, period ...) in all of its rows.

    `fits` is asked with a label and the number of the part. False of more pairs than are looked at.
    """
    _make_cells(connection, column.place)
    _make_parts(connection, part)
    pairs = connection.execute(_PAIRS, {"most": _MOST_PAIRS}).fetchall()
    return len(pairs) < _MOST_PAIRS and all(fits(text, number) for text, number in pairs)


def parts_beside(
    connection: duckdb.DuckDBPyConnection, place: int, part: str
) -> list[tuple[str, int, int]]:
    """The texts of a column, each with the number of the part of the key in the same row.

    Of the rows in use, and with the first line of the two together.
    """
    _make_cells(connection, place)
    _make_parts(connection, part)
    return connection.execute(_PARTS_BESIDE, {"most": _MOST_PAIRS}).fetchall()


def follows(connection: duckdb.DuckDBPyConnection, column: Unused) -> str:
    """The part of the key that decides the label, in Danish; empty where none does.

    Each must occur twice or more: what occurs once has one label anyway.
    """
    _make_cells(connection, column.place)
    for part, name in _PARTS.items():
        _make_parts(connection, part)
        ((labels_of_one, fewest, parts),) = connection.execute(_DECIDED).fetchall()
        if parts and labels_of_one == 1 and fewest > 1:
            return name
    return ""


def spells_status(connection: duckdb.DuckDBPyConnection, column: Unused) -> bool:
    """Whether the labels are the row's status in other words: each has one code, and the reverse.

    Services write both (`OBS_STATUS`, `Observation status`). Expects that a status is read.
    """
    if not _OF_STATUS.search(column.name):
        return False
    _make_cells(connection, column.place)
    return connection.execute(_OTHER_STATUS).fetchone() is None


def _make_parts(connection: duckdb.DuckDBPyConnection, part: str) -> None:
    number = duckdb.ColumnExpression(part).alias("number")
    in_use = connection.table("in_use").project(duckdb.ColumnExpression("record"), number)
    in_use.create_view("part_in_use", replace=True)


def parts_equal_rows(connection: duckdb.DuckDBPyConnection, column: Unused) -> bool:
    """Whether rows that are alike in all columns that are read differ in this one."""
    _make_cells(connection, column.place)
    return connection.execute(_TWINS).fetchone() is not None


def plain(text: str) -> str:
    """A text as a person sees it in the file."""
    return text.lstrip(TYPED + UNREADABLE).strip()


_OF_STATUS = re.compile(r"status|\bflags?\b|markering", re.IGNORECASE)
# A status with two labels, or a label with two statuses.
_OTHER_STATUS = """
WITH pair AS (
    SELECT DISTINCT unread.spelling AS label, candidate.status
    FROM unread SEMI JOIN in_use USING (record) JOIN candidate USING (record)
)
SELECT 1 FROM pair
HAVING count(*) > count(DISTINCT label) OR count(*) > count(DISTINCT coalesce(status, -1))
"""
_IN_USE = """
CREATE OR REPLACE VIEW in_use AS
SELECT record, indicator, area, population_group, period FROM parsed_row
WHERE NOT ignored AND meaning <> 'absent'
"""
_LINES = """
SELECT count(DISTINCT line) FROM candidate SEMI JOIN in_use USING (record)
"""
_YEARS = """
SELECT 1 FROM in_use JOIN known_period ON known_period.number = in_use.period
WHERE known_period.kind IN ('year', 'school_year')
LIMIT 1
"""
_COUNTED = """
SELECT count(DISTINCT spelling) FROM unread SEMI JOIN in_use USING (record)
"""
_FIRST = """
WITH first_of AS (
    SELECT spelling, min(record) AS record FROM unread SEMI JOIN in_use USING (record)
    GROUP BY spelling ORDER BY record LIMIT $most
)
SELECT text FROM first_of JOIN spelled_unread USING (spelling) ORDER BY record
"""
_SHAPES = """
SELECT DISTINCT translate(text, '0123456789', '9999999999') AS shape,
    substr(text, strpos(translate(text, '0123456789', '9999999999'), '9'), 1) = '0' AS zero_led
FROM spelled_unread
LIMIT $most
"""
_PAIRS = """
SELECT DISTINCT text, number
FROM part_in_use JOIN unread USING (record) JOIN spelled_unread USING (spelling)
WHERE number IS NOT NULL
LIMIT $most
"""
_PARTS_BESIDE = """
SELECT any_value(text), number, min(line) AS first_line
FROM part_in_use
JOIN unread USING (record)
JOIN spelled_unread USING (spelling)
JOIN candidate USING (record)
WHERE number IS NOT NULL
GROUP BY spelling, number
ORDER BY first_line
LIMIT $most
"""
_KINDS = """
SELECT DISTINCT spelling, known_period.kind
FROM part_in_use
JOIN unread USING (record)
JOIN known_period USING (number)
"""
_DECIDED = """
SELECT max(labels), min(rows), count(*)
FROM (
    SELECT number, count(DISTINCT spelling) AS labels, count(*) AS rows
    FROM part_in_use JOIN unread USING (record)
    WHERE number IS NOT NULL
    GROUP BY number
)
"""
_TWINS = """
SELECT key
FROM (SELECT key, unnest(records) AS record FROM twice WHERE NOT differs)
JOIN unread USING (record)
GROUP BY key
HAVING count(DISTINCT spelling) > 1
LIMIT 1
"""
