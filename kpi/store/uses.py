"""What figures, the plan and statements say of themes, indicators, areas, groups and sources."""

from typing import Any

import duckdb

from kpi.additions.checks import Uses
from kpi.store.current_entries import is_current_on
from kpi.store.plan import read_plan

_COLUMNS = {
    "indicator": "indicator_id", "area": "area_id", "population_group": "group_id",
    "source": "source_id",
}  # fmt: skip


def read_uses(connection: duckdb.DuckDBPyConnection) -> Uses:
    """What today's figures and the current rows point to, and the ids of figures of any day."""

    def ask(sql: str) -> list[tuple[Any, ...]]:
        return connection.execute(sql).fetchall()

    figures: dict[str, dict[str, int]] = {table: {} for table in _COLUMNS}
    used: dict[str, set[str]] = {table: set() for table in (*_COLUMNS, "theme")}
    for *ids, count in ask(_FIGURES):
        for table, id_ in zip(_COLUMNS, ids, strict=True):
            figures[table][id_] = figures[table].get(id_, 0) + count
    for known in ask(_EVER):
        for table, id_ in zip(_COLUMNS, known, strict=True):
            used[table].add(id_)
    return Uses(
        figures, _others(connection), {table: frozenset(ids) for table, ids in used.items()}
    )


def _others(connection: duckdb.DuckDBPyConnection) -> dict[str, dict[str, str]]:
    """A row of the plan, or a statement, that points to each id."""

    def ask(sql: str) -> list[tuple[Any, ...]]:
        return connection.execute(sql).fetchall()

    users: dict[str, dict[str, str]] = {table: {} for table in (*_COLUMNS, "theme")}
    is_current = is_current_on(ask, None)
    for indicator_id, area_id, group_id, source_id, entered_at in ask(_CLAIMS):
        if is_current(entered_at):
            ids = (indicator_id, area_id, group_id, source_id)
            for table, id_ in zip(_COLUMNS, ids, strict=True):
                users[table][id_] = "et udsagn i Regnetjek"
    plan = read_plan(ask, None)
    for target in plan.targets:
        ids = (target.indicator_id, target.area_id, target.group_id, target.source_id)
        for table, id_ in zip(_COLUMNS, ids, strict=True):
            users[table][id_] = "et måltal"
    for event in plan.events:
        called = f"hændelsen »{event.title}«"
        users["area"][event.area_id] = users["theme"][event.theme_id] = called
        users["source"][event.source_id] = called
    for initiative in plan.initiatives:
        called = f"indsatsen »{initiative.title}«"
        users["theme"][initiative.theme_id] = called
        users["indicator"] |= dict.fromkeys(initiative.indicator_ids, called)
        users["source"] |= {
            status.source_id: f"en status på {called}" for status in initiative.statuses
        }
    return users


_FIGURES = """
SELECT indicator_id, area_id, group_id, source_id, sum(figures)::BIGINT
FROM figure_count
GROUP BY ALL
"""
_EVER = "SELECT DISTINCT indicator_id, area_id, group_id, source_id FROM observation"
_CLAIMS = "SELECT indicator_id, area_id, group_id, source_id, entered_at FROM claim"
