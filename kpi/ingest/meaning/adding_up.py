"""Rows that differ only in columns whose labels a recipe adds up: one row, a sum or a share.

All change `parsed_row`. The row has the line of its first part in the file.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from math import prod

import duckdb

from kpi.domain.errors import Problem
from kpi.ingest.mapping.column_mapping import Plan
from kpi.ingest.table.footnote_marks import unmarked
from kpi.ingest.table.raw import TYPED, RawTable
from kpi.ingest.words.lookup import folded
from kpi.ingest.words.word_tables import save

# `Indvandrere i alt` is a part like any other of groups; these are everybody.
EVERYBODY = frozenset(map(folded, ("i alt", "total", "alle", "all", "tot", "hele befolkningen")))
# `24`, `TOT`, `IALT`: a source's code, which a recipe may write beside what it means in words.
_CODE = re.compile(r"[0-9A-ZÆØÅ][0-9A-ZÆØÅ_.-]{0,11}")


def is_whole(label: str) -> bool:
    """Whether a label says that it is others together: `I alt`, `Beskæftigede i alt`."""
    name = folded(label)
    return name in EVERYBODY or name.endswith(("ialt", "total"))


def codes_of_texts(parts: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Each label that is another's text, with that code: a file has the one or the other.

    A group of as many codes as texts has each twice, the first code with the first text.
    """
    pairs: dict[str, str] = {}
    for labels in parts.values():
        codes = [label for label in labels if _CODE.fullmatch(label)]
        texts = [label for label in labels if not _CODE.fullmatch(label)]
        if len(codes) == len(texts):
            pairs.update(zip(texts, codes, strict=True))
    return pairs


def add_up(
    connection: duckdb.DuckDBPyConnection, table: RawTable, plan: Plan, is_absent_zero: bool
) -> list[Problem]:
    """Makes one row of the rows that differ only in the columns of `plan.added_up`.

    Only counts are added up. A part that is suppressed, missing or in no row makes the sum unknown
    (`is_absent_zero`: a row that lacks is zero); a label that the file lacks, or a total among the
    labels, is an error. A share has the sum of its part as numerator, that of all as denominator.
    """
    assert plan.recipe, "only a recipe adds up"
    share = plan.recipe.share
    problems: list[Problem] = []
    places: list[int] = []
    counts: list[int] = []
    for place, labels in plan.added_up.items():
        part = share.part if share and place == _place_of_share(plan) else ()
        kinds = ["part" if label in part else "" for label in labels]
        count, lacking = _number_labels(connection, table, place, labels, kinds)
        problems += _wrong(table.columns[place], labels, lacking)
        places.append(place)
        counts.append(count)
    joins = "\n".join(
        f"JOIN added_{place} ON added_{place}.spelling = raw.c{place}" for place in places
    )
    number = " + ".join(
        f"added_{place}.number::BIGINT * {prod(counts[:at])}" for at, place in enumerate(places)
    )
    in_part = " OR ".join(f"added_{place}.kind = 'part'" for place in places)
    connection.execute(_ADDED_PART.format(joins=joins, number=number, in_part=in_part))
    connection.execute(_UNSUMMED, {"kind": "proportion" if share else "count"})
    connection.execute(
        _ADDED_ROW,
        {"parts": prod(counts), "is_share": share is not None, "absent_is_zero": is_absent_zero},
    )
    connection.execute(_REPLACED)
    return problems


def _place_of_share(plan: Plan) -> int:
    """The place of the column of a share: the recipe adds it up after the others."""
    return list(plan.added_up)[-1]


def _number_labels(
    connection: duckdb.DuckDBPyConnection,
    table: RawTable,
    place: int,
    labels: Sequence[str],
    kinds: Sequence[str],
) -> tuple[int, list[str]]:
    """Makes `added_PLACE`: each spelling of the column that is added up, with its label's number.

    Returns how many labels there are, and those that the file has in no row.
    """
    texts = codes_of_texts({"": labels})
    names = [label for label in labels if label not in texts]
    number_of = {folded(name): number for number, name in enumerate(names)}
    number_of |= {folded(text): number_of[folded(code)] for text, code in texts.items()}
    kind_of = {folded(label): kind for label, kind in zip(labels, kinds, strict=True)}
    codes = table.codes.get(place, {})
    spelled = [
        (spelling, name)
        for spelling, text in connection.table(f"spelled_c{place}").fetchall()
        for name in [next(filter(number_of.__contains__, _names(text, codes)), None)]
        if name is not None
    ]
    save(connection, f"added_{place}", {
        "spelling": [spelling for spelling, _ in spelled],
        "number": [number_of[name] for _, name in spelled],
        "kind": [kind_of[name] for _, name in spelled],
    })  # fmt: skip
    there = {number_of[name] for _, name in spelled}
    return len(names), [name for number, name in enumerate(names) if number not in there]


def _names(text: str, codes: Mapping[str, str]) -> Iterator[str]:
    """What a cell may be called in a recipe: as it is written, without marks, by its code."""
    for name in (text, unmarked(text), codes.get(text, text)):
        yield folded(name.removeprefix(TYPED))


def _wrong(column: str, labels: Sequence[str], lacking: Sequence[str]) -> Iterator[Problem]:
    for label in filter(is_whole, labels):
        yield Problem(
            "duplicate_key", "", None, column, label,
            f"»{label}« er andre værdier tilsammen, og med den i summen tælles de to gange.",
            "Fjern den fra opskriften.",
        )  # fmt: skip
    if lacking:
        yield Problem(
            "unknown_group", "", None, column, lacking[0],
            f"Opskriften lægger værdier i »{column}« sammen, men filen har ikke "
            f"»{lacking[0]}«" + (f" og {len(lacking) - 1} til." if lacking[1:] else "."),
            "Hent filen med dem alle, eller ret opskriften.",
        )  # fmt: skip


# Their rows, each with the number of its labels. Two labels of one group have one key, and are
# added up apart.
_ADDED_PART = """
CREATE TABLE added_part AS
SELECT parsed_row.*, candidate.group_id AS group_spelling, {number} AS label,
    {in_part} AS is_in_part
FROM parsed_row
JOIN candidate USING (record)
JOIN raw USING (record)
{joins}
WHERE key IS NOT NULL AND NOT ignored AND NOT misread
"""

# A share, a mean, an amount and a limit have no sum, and what is counted twice is wrong.
_UNSUMMED = """
INSERT INTO unsummed
WITH judged AS (
    SELECT key, group_spelling, count(*) > count(DISTINCT label) AS is_twice,
        bool_or(kind::VARCHAR <> $kind OR percent OR is_bound OR status = 'range'
            OR value < 0 OR value <> floor(value)) AS has_no_sum
    FROM added_part
    GROUP BY key, group_spelling
)
SELECT added_part.record, if(is_twice, 'summed_twice', 'not_summable')
FROM added_part JOIN judged USING (key, group_spelling)
WHERE is_twice OR has_no_sum
"""

_ADDED_ROW = """
CREATE TABLE added_row AS
WITH added AS (
    SELECT key, group_spelling, min(record) AS record, count(DISTINCT label) AS labels,
        sum(value) AS whole, coalesce(sum(value) FILTER (is_in_part), 0) AS part,
        bool_or(status = 'suppressed') AS is_hidden,
        bool_or(status IS NULL OR status IN ('missing', 'not_applicable') OR value IS NULL)
            AS is_missing,
        bool_or(status = 'preliminary') AS is_preliminary,
        bool_or(approximate) AS is_approximate
    FROM added_part
    ANTI JOIN unsummed USING (record)
    GROUP BY key, group_spelling
),
judged AS (
    SELECT *, CASE
        WHEN is_hidden THEN 'suppressed'
        WHEN is_missing OR (labels < $parts AND NOT $absent_is_zero) THEN 'missing'
        WHEN $is_share AND whole = 0 THEN 'missing'
        WHEN is_preliminary THEN 'preliminary'
        WHEN is_approximate THEN 'approximate'
        ELSE 'final'
    END AS new_status
    FROM added
)
SELECT record, new_status, is_approximate, new_status NOT IN ('suppressed', 'missing') AS is_known,
    CASE WHEN is_known THEN if($is_share, 100 * part / whole, whole) END AS new_value,
    CASE WHEN is_known AND $is_share THEN part END AS new_numerator,
    CASE WHEN is_known AND $is_share THEN whole END AS new_denominator,
    if($is_share, 6, 0) AS new_decimals
FROM judged
"""

_REPLACED = """
DELETE FROM parsed_row
WHERE record IN (
    SELECT record FROM added_part
    ANTI JOIN unsummed USING (record)
    ANTI JOIN added_row USING (record)
);

UPDATE parsed_row
SET value = new_value, numerator = new_numerator, denominator = new_denominator,
    status = new_status::status,
    meaning = CASE
        WHEN is_known THEN 'number'
        WHEN new_status = 'suppressed' THEN 'suppressed'
        ELSE 'missing'
    END::meaning,
    decimals = new_decimals, typed = true, approximate = is_approximate
FROM added_row
WHERE parsed_row.record = added_row.record
"""
