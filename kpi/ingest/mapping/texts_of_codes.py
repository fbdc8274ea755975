"""A source's codes in a file, read as the texts that the source says they mean."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

import duckdb

from kpi.ingest.mapping.recipe import Recipe, place_of
from kpi.ingest.table.raw import RawTable
from kpi.ingest.words.lookup import folded


def with_texts(
    connection: duckdb.DuckDBPyConnection,
    table: RawTable,
    recipe: Recipe,
    texts: Mapping[str, Mapping[str, str]],
) -> RawTable:
    """The table, with texts in place of codes in the columns whose labels the recipe reads.

    `texts` is each column's codes with their texts, as the source writes both. A recipe may name
    either: the table knows the code of each text. A text that several codes have, or that is
    another code itself, stays a code. Changes the texts of the file's rows in the connection.
    """
    codes = dict(table.codes)
    for column in recipe.labelled_columns():
        place = place_of(column, table)
        meant = next((known for name, known in texts.items() if folded(name) == folded(column)), {})
        if place is None or not meant:
            continue
        times = Counter(map(folded, meant.values()))
        sure = {
            code: text
            for code, text in meant.items()
            if text and times[folded(text)] == 1 and meant.get(text, text) == text
        }
        connection.execute(
            _TEXTS.format(place=place), {"codes": list(sure), "texts": list(sure.values())}
        )
        codes[place] = {**codes.get(place, {}), **{text: code for code, text in sure.items()}}
    return replace(table, codes=codes)


_TEXTS = """
UPDATE spelled_c{place} SET text = said.text
FROM (SELECT unnest($codes::VARCHAR[]) AS code, unnest($texts::VARCHAR[]) AS text) AS said
WHERE trim(spelled_c{place}.text) = said.code
"""
