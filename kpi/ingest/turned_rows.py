"""The rows of a table that is read, turned where its heads are periods, areas or indicators."""

from collections.abc import Collection
from dataclasses import replace

import duckdb

from kpi.ingest.mapping.recipe import Recipe
from kpi.ingest.table.dictionary import Rows, spelled_rows
from kpi.ingest.table.raw import RawTable
from kpi.ingest.turning.name_columns import KnownNames, NameColumns, name_columns, named_measures
from kpi.ingest.turning.nested_rows import levels_in, nested_rows
from kpi.ingest.turning.paired_heads import PairedHeads, paired_heads
from kpi.ingest.turning.single_labels import with_measure_and_unit
from kpi.ingest.turning.split_periods import Joining, joined, joining, joining_ends
from kpi.ingest.turning.title_year import with_title_year
from kpi.ingest.turning.wide import turned, turning

# Of so many of the first rows it is seen how a table is built.
SAMPLE_ROWS = 200


def kept_in_connection(
    connection: duckdb.DuckDBPyConnection,
    table: RawTable,
    rows: Rows,
    recipe: Recipe | None,
    known: KnownNames,
) -> RawTable:
    """The table, turned where its heads are periods or areas, its rows kept in the connection."""
    table = with_measure_and_unit(table, lambda place: rows.columns[place].texts.to_pylist())
    spared = recipe.columns() if recipe else ()
    if (levels := levels_in(table, rows, known, spared)) is not None:
        table = levels.applied(table)
        rows = spelled_rows(levels.rows(rows.first(len(rows))), len(table.columns))
        table = replace(table, rows=rows.first(SAMPLE_ROWS))
    sample = [cells for _, cells in table.rows]
    columns, year_problems = with_title_year(table.columns, sample, table.title, spared)
    table = replace(table, columns=columns, problems=(*table.problems, *year_problems))
    how = turning(columns, sample, spared)
    if how is not None:
        table = named_measures(turned(table, how), known, spared)
    elif (names := _name_columns(table, known, spared)) is not None:
        how, table = names.how, names.applied(table)
    if how is not None:
        rows = spelled_rows(how.rows(rows.first(len(rows))), len(table.columns))
        table = replace(table, rows=rows.first(SAMPLE_ROWS))
    if (parts := _joining(table, spared)) is not None:
        table = joined(table, parts)
        rows = spelled_rows(parts.rows(rows.first(len(rows))), len(table.columns))
    rows.keep(connection)
    return table


def turned_where_it_is(table: RawTable, known: KnownNames, spared: Collection[str]) -> RawTable:
    """The table with all of its rows, as readers of documents and workbooks give it, turned.

    `spared` columns stay as they are: a recipe names them.
    """
    table = named_measures(table, known, spared)
    if (levels := nested_rows(table, table.rows, known, spared)) is not None:
        table = levels.applied(table)
    if (names := _name_columns(table, known, spared)) is not None:
        table = names.applied(table)
    if (parts := _joining(table, spared)) is not None:
        table = joined(table, parts)
    return table


def _name_columns(
    table: RawTable, known: KnownNames, spared: Collection[str]
) -> NameColumns | PairedHeads | None:
    sample = [cells for _, cells in table.rows[:SAMPLE_ROWS]]
    if table.is_wide:
        return None
    named = name_columns(table.columns, sample, known, spared)
    return named or paired_heads(table.columns, sample, known, spared)


def _joining(table: RawTable, spared: Collection[str]) -> Joining | None:
    sample = [cells for _, cells in table.rows[:SAMPLE_ROWS]]
    return joining(table.columns, sample, spared) or joining_ends(table.columns, sample, spared)
