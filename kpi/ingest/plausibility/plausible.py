"""All checks of a file's figures against what is known: scale, jumps, repeats, first ones."""

import duckdb

from kpi.domain.catalog import Catalog
from kpi.domain.errors import Problem
from kpi.ingest.mapping.column_mapping import Plan
from kpi.ingest.plausibility.big_changes import big_changes
from kpi.ingest.plausibility.compared import compare
from kpi.ingest.plausibility.copied import copied_figures
from kpi.ingest.plausibility.limits_beside import far_limits
from kpi.ingest.plausibility.period_kinds import other_period_kinds
from kpi.ingest.plausibility.repeats import repeats
from kpi.ingest.plausibility.scale import scale_problems
from kpi.ingest.plausibility.unlike_others import unlike_others
from kpi.ingest.plausibility.wholes import not_whole
from kpi.ingest.table.raw import RawTable


def implausible_figures(
    connection: duckdb.DuckDBPyConnection,
    table: RawTable,
    plan: Plan,
    catalog: Catalog,
    answer: float | None,
) -> list[Problem]:
    """Every problem of this kind. `answer` is the factor that a person gave for the file."""
    compare(connection)
    asked, off_scale = scale_problems(connection, table, plan, catalog, answer)
    problems = list(asked.values())
    problems += far_limits(connection, table, plan, catalog, answer, asked)
    problems += big_changes(connection, table, plan, catalog, off_scale)
    problems += unlike_others(connection, table, plan, catalog, off_scale)
    problems += other_period_kinds(connection, table, plan, catalog)
    problems += repeats(connection, catalog)
    problems += copied_figures(connection, catalog)
    return problems + not_whole(connection, table, plan)
