"""The outline of what is published says the same as every row, gone through once more."""

import random
import shutil
from pathlib import Path

import duckdb
import pytest

from kpi.domain.period import parse_period
from kpi.store import current_version, version_path
from kpi.store.counting import count_persons
from kpi.store.ever_shown import read_publications
from kpi.store.outline import keep_outline, keep_published_outline
from kpi.store.strictest import keep_strictest
from kpi.store.ties import read_ties

PERIODS = ("2022", "2023", "2023K1", "2023M12D31")
AREAS = ("aarhus", "odense", "gellerup", "denmark")
STATUSES = ("final", "final", "final", "suppressed", "missing", "at_least", "approximate")
# Rates that count persons are shares of so many. Of each kind one that never says of how many.
KINDS = {
    "people": ("count", "personer"), "share": ("proportion", "procent"),
    "bare_share": ("proportion", "procent"), "marks": ("mean", "karakter"),
    "rate": ("mean", "pr. 1.000 børn"), "bare_rate": ("mean", "pr. 1.000 børn"),
    "other_share": ("proportion", "procent"),
}  # fmt: skip
BY_ROWS = """
CREATE TEMP TABLE by_rows AS
SELECT indicator_id, period, count(*) AS figures, max(min_cell) AS min_cell,
    coalesce(bool_or(measured = 'at' OR (measured = 'since' AND NOT contains(period, ':'))
        OR contains(period, 'D')), false) AS is_stock,
    coalesce(bool_or(min_cell > 0 AND (
        status IN ('suppressed', 'at_least', 'at_most', 'range')
        OR (kind = 'count' AND value > 0 AND value < min_cell)
        OR (kind = 'count' AND denominator - value > 0 AND denominator - value < min_cell)
        OR (numerator > 0 AND numerator < min_cell)
        OR (numerator IS NULL AND denominator > 0 AND denominator < min_cell)
        OR (denominator - numerator > 0 AND denominator - numerator < min_cell)
        OR (kind = 'proportion' AND numerator IS NULL AND value > 0 AND value < 100
            AND least(value, 100 - value) * denominator < 100 * min_cell)
        OR (fewest < most AND (fewest < min_cell OR denominator - most < min_cell))
    )), false) AS is_concerned
FROM counted
GROUP BY indicator_id, period
"""
DIFFERENCES = """
SELECT count(*) FROM ((FROM {0} EXCEPT ALL FROM {1}) UNION ALL (FROM {1} EXCEPT ALL FROM {0}))
"""


def put_in(connection: duckdb.DuckDBPyConnection, draw: random.Random, batch_id: int) -> None:
    """A publication of a few indicators, whose rows are of few persons in some of its periods."""
    connection.execute(
        "INSERT INTO batch (batch_id, origin, published_at, known_from, state)"
        " VALUES ($1, 'upload', now(), today(), 'published')", [batch_id],
    )  # fmt: skip
    ids = draw.sample([*KINDS], draw.randint(1, 4))
    fewest = {period: draw.choice([0, 1, 30, 30]) for period in PERIODS}
    rows = []
    for indicator_id, period, area_id, group_id in {
        (draw.choice(ids), draw.choice(PERIODS), draw.choice(AREAS), draw.choice(["all", "danish"]))
        for _ in range(30)
    }:
        status = draw.choice(STATUSES)
        numerator: int | None = fewest[period] + draw.randint(0, 9)
        denominator: int | None = fewest[period] + draw.randint(10, 60)
        if indicator_id.startswith("bare") or draw.random() < 0.2:
            numerator = denominator = None
        elif draw.random() < 0.2:
            numerator, denominator = draw.choice([(None, denominator), (numerator, None)])
        value = None if status in ("suppressed", "missing") else fewest[period] + draw.randint(0, 9)
        rows.append((
            indicator_id, area_id, group_id, period, value, numerator, denominator, status,
            draw.choice(["over", "at", None]), draw.choice(["open", "guarded"]), batch_id,
            draw.random() < 0.1,
        ))  # fmt: skip
    connection.executemany(
        "INSERT INTO past_observation (indicator_id, area_id, group_id, period, value, numerator,"
        " denominator, status, measured, source_id, batch_id, removed)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)", rows,
    )  # fmt: skip


@pytest.mark.parametrize("seed", range(40))
def test_the_outline_is_that_of_every_row(built_home: Path, tmp_path: Path, seed: int) -> None:
    draw = random.Random(seed)
    copy = tmp_path / "copy.duckdb"
    shutil.copyfile(version_path(built_home, current_version(built_home)), copy)
    with duckdb.connect(str(copy), config={"threads": 1}) as connection:
        for indicator_id, (kind, unit) in KINDS.items():
            connection.execute(
                "INSERT INTO indicator (indicator_id, kind, unit) VALUES ($1, $2, $3)",
                [indicator_id, kind, unit],
            )
        limit = draw.choice([3, 5, 10])
        connection.execute(
            "INSERT INTO source (source_id, min_cell) VALUES ('open', 0), ('guarded', $1)", [limit]
        )
        for period in map(parse_period, PERIODS):
            connection.execute(
                "INSERT INTO period SELECT $1, $2, $3, $4"
                " WHERE $1 NOT IN (SELECT period FROM period)",
                [period.text, period.kind, period.start, period.end],
            )
        for batch_id in (1001, 1002, 1003):
            put_in(connection, draw, batch_id)
            keep_published_outline(connection, batch_id)
        connection.execute("CREATE TABLE one_by_one AS FROM published_outline")
        keep_published_outline(connection)
        assert differences(connection, "one_by_one", "published_outline") == 0
        keep_strictest(connection)
        count_persons(connection, read_publications(connection), read_ties(connection))
        keep_outline(connection)
        connection.execute(BY_ROWS)
        connection.execute(
            "CREATE OR REPLACE TEMP TABLE outline AS SELECT * REPLACE ("
            "coalesce(is_stock, false) AS is_stock) FROM outline"
        )
        assert differences(connection, "outline", "by_rows") == 0
        assert connection.execute(
            "SELECT bool_or(is_concerned) AND NOT bool_and(is_concerned) FROM outline"
        ).fetchall() == [(True,)]


def differences(connection: duckdb.DuckDBPyConnection, first: str, second: str) -> int:
    """In how many rows two tables differ."""
    ((rows,),) = connection.execute(DIFFERENCES.format(first, second)).fetchall()
    return int(rows)
