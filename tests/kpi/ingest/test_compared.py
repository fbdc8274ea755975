"""How a file's own period before is found: beside the row or by its key, always the same one."""

import random

import duckdb
import pytest

from kpi.ingest.plausibility import compared

_STATUSES = ("final", "final", "final", "at_least", "at_most", "missing")


def _file(seed: int, is_in_order: bool) -> duckdb.DuckDBPyConnection:
    """Series with gaps, zeros, limits, breaks and published figures, as a check has them."""
    chance = random.Random(seed)
    rows = []
    for series in range(12):
        for period in range(8):
            if chance.random() < 0.8:
                status = chance.choice(_STATUSES)
                value = None if status == "missing" else float(chance.choice((0, 3, 3, 4, 90)))
                kind = ("proportion", "count")[series % 2]
                before = period - 1 if period % 4 else None
                key = series * 100 + period
                rows.append((series % 3, series, series % 2, period, value, status, kind, before,
                             key))  # fmt: skip
    if not is_in_order:
        chance.shuffle(rows)
    connection = duckdb.connect()
    connection.execute("""
        CREATE TABLE valid (
            record INTEGER, indicator INTEGER, area INTEGER, population_group INTEGER,
            period INTEGER, value DOUBLE, status VARCHAR, kind VARCHAR, before INTEGER, key BIGINT
        );
        CREATE TABLE published (key BIGINT, value DOUBLE, status VARCHAR);
        CREATE TABLE parted_step (number INTEGER, of_period INTEGER);
        INSERT INTO parted_step VALUES (1, 3)
    """)
    connection.executemany(
        "INSERT INTO valid VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [(record, *row) for record, row in enumerate(rows, start=1)],
    )
    connection.executemany(
        "INSERT INTO published VALUES (?, ?, 'final')",
        [(chance.randrange(12) * 100 + period, 7.0) for period in range(8)],
    )
    return connection


def _outcome(
    connection: duckdb.DuckDBPyConnection, own: str, half: dict[str, int]
) -> list[tuple[object, ...]]:
    connection.execute(compared._SHARE_OF_PERIOD.format(own=own), half)
    return connection.execute(
        "SELECT * REPLACE (list_sort(noted) AS noted) FROM share_of_period ORDER BY ALL"
    ).fetchall()


@pytest.mark.parametrize("is_in_order", [True, False])
def test_the_period_before_is_the_same_one_however_the_file_lies(
    is_in_order: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compared, "_MANY", 60)
    for seed in range(5):
        with _file(seed, is_in_order) as connection:
            own, _ = compared._own_period_before(connection)
            (last,) = connection.execute("SELECT max(record) FROM valid").fetchone() or (0,)
            assert (own == compared._OWN_BESIDE) == is_in_order
            beside = _outcome(connection, compared._OWN_BESIDE, {"half": last // 2})
            connection.execute("DROP TABLE share_of_period")
            assert beside == _outcome(connection, compared._OWN_BY_KEY, {})


def test_a_small_file_is_not_asked_how_it_lies() -> None:
    with _file(0, is_in_order=True) as connection:
        assert compared._own_period_before(connection) == (compared._OWN_BY_KEY, {})
        assert not connection.execute("SHOW TABLES").fetchall().count(("not_beside",))
