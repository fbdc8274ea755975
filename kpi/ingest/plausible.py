"""All that is asked of a file's figures beside what is known: scale, jumps, repeats, first ones."""

import duckdb

from kpi.catalog import Catalog
from kpi.errors import Problem
from kpi.ingest.big_changes import big_changes
from kpi.ingest.compared import compare
from kpi.ingest.limits_beside import far_limits
from kpi.ingest.period_kinds import other_period_kinds
from kpi.ingest.plan import Plan
from kpi.ingest.raw import RawTable
from kpi.ingest.repeats import repeats
from kpi.ingest.scale import scale_problems
from kpi.ingest.unlike_others import unlike_others
from kpi.ingest.wholes import not_whole


def implausible_figures(
    connection: duckdb.DuckDBPyConnection,
    table: RawTable,
    plan: Plan,
    catalog: Catalog,
    answer: float | None,
) -> list[Problem]:
    """Every problem of this kind. `answer` is the factor that a person gave for the file."""
    compare(connection, catalog)
    asked, off_scale = scale_problems(connection, table, plan, catalog, answer)
    found = list(asked.values())
    found += far_limits(connection, table, plan, catalog, answer, asked)
    found += big_changes(connection, table, plan, catalog, off_scale)
    found += unlike_others(connection, table, plan, catalog, off_scale)
    found += other_period_kinds(connection, table, plan, catalog)
    found += repeats(connection, catalog)
    return found + not_whole(connection, table, plan)
