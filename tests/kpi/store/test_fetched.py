"""No answer is fetched while parts of it are still to be joined: DuckDB may wait for itself.

It hands out rows of a union's first part while the tables of the second's joins are built. Where
what waits to be fetched is full before they are, neither goes on (duckdb/duckdb issue 22215): the
fourth revision of a million rows stopped so. A union that is put aside first (MATERIALIZED) is not
handed out before it is whole.
"""

import json
from pathlib import Path
from typing import Any

import duckdb
import pytest

from kpi.store import added_rows
from tests.kpi.store.test_figures_by_number import rows_of
from tests.kpi.store.test_implied_elsewhere import made, put_out

pytestmark = pytest.mark.second_look

_ON_THE_WAY = ("PROJECTION", "FILTER", "STREAMING_LIMIT", "STREAMING_WINDOW", "UNNEST")


def joins(node: dict[str, Any]) -> bool:
    return "JOIN" in node["name"] or any(map(joins, node["children"]))


def hands_out_a_union(node: dict[str, Any]) -> bool:
    """Whether rows of a union with joins are handed out as they come: nothing gathers them."""
    name = node["name"].strip()
    if name == "UNION":
        return joins(node)
    goes_on = name in _ON_THE_WAY or "JOIN" in name
    return goes_on and bool(node["children"]) and hands_out_a_union(node["children"][0])


def explained(connection: duckdb.DuckDBPyConnection, sql: str, *values: Any) -> dict[str, Any]:
    ((_, plan),) = connection.execute(f"EXPLAIN (FORMAT JSON) {sql}", *values).fetchall()
    (root,) = json.loads(plan)
    return dict(root)


class Explaining:
    """A connection that explains each question before it asks it."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, questions: dict[str, bool]) -> None:
        self._connection, self._questions = connection, questions

    def execute(self, sql: str, *values: Any) -> Any:
        if sql not in self._questions and "UNION" in sql:
            statements = duckdb.extract_statements(sql)
            if [each.type for each in statements] == [duckdb.StatementType.SELECT]:
                plan = explained(self._connection, sql, *values)
                self._questions[sql] = hands_out_a_union(plan)
        answer = self._connection.execute(sql, *values)
        return self if answer is self._connection else answer

    def cursor(self) -> "Explaining":
        return Explaining(self._connection.cursor(), self._questions)

    def __enter__(self) -> "Explaining":
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)


def test_a_union_with_joins_is_known() -> None:
    with duckdb.connect() as connection:
        connection.execute("CREATE TABLE row AS SELECT range AS a FROM range(10)")
        union = "SELECT a FROM row JOIN row AS other USING (a) UNION ALL SELECT a FROM row"
        assert hands_out_a_union(explained(connection, union))
        assert hands_out_a_union(explained(connection, f"SELECT a + 1 FROM ({union})"))  # noqa: S608
        kept = f"WITH kept AS MATERIALIZED ({union}) FROM kept"
        assert not hands_out_a_union(explained(connection, kept))
        assert not hands_out_a_union(explained(connection, f"{union} ORDER BY a"))


@pytest.mark.parametrize("many", [1, 1_000_000], ids=["by number", "by id"])
def test_no_union_is_fetched_before_it_is_whole(
    home: Path, monkeypatch: pytest.MonkeyPatch, many: int
) -> None:
    """While a file is checked and published, and its figures put in the place of others."""
    made(home, people="count", share="proportion", bare="proportion")
    monkeypatch.setattr(added_rows, "MANY", many)
    questions: dict[str, bool] = {}
    connect = duckdb.connect

    def explaining(*arguments: Any, **settings: Any) -> Explaining:
        return Explaining(connect(*arguments, **settings), questions)

    monkeypatch.setattr(duckdb, "connect", explaining)
    put_out(home, rows_of(0))
    put_out(home, rows_of(3))
    assert any("other_figure" in sql for sql in questions)  # the one that stopped is among them
    assert [sql for sql, is_handed_out in questions.items() if is_handed_out] == []
