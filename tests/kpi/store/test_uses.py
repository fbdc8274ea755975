"""What points to a theme, an indicator, an area, a group or a source: it cannot be removed."""

from pathlib import Path

from kpi.store import uses
from kpi.store.uses import pointing_rows
from kpi.tables.spec import SPECS
from tests.empty_database import empty_database
from tests.tables import for_each

SCHEMA = (Path(uses.__file__).with_name("sql") / "schema.sql").read_text(encoding="utf-8")
POINTING = [
    (spec.name, column.name, column.refers_to)
    for spec in SPECS.values()
    if spec.part in ("plan", "claim")
    for column in spec.columns
    if SPECS.get(column.refers_to) and SPECS[column.refers_to].nouns.definite
]


@for_each(("table", "column", "target"), POINTING)
def test_every_column_that_refers_to_something_points_to_it(
    table: str, column: str, target: str
) -> None:
    with empty_database() as connection:
        connection.execute(SCHEMA)
        into = connection.table(table)
        into.insert(["it" if name == column else None for name in into.columns])
        rows = pointing_rows(connection)
    assert {name for name, by_id in rows.items() if "it" in by_id} == {target}
    assert rows[target]["it"]


def test_a_withdrawn_row_points_to_nothing() -> None:
    with empty_database() as connection:
        connection.execute(SCHEMA)
        connection.execute(
            """
            INSERT INTO event (event_id, title, area_id, entered_at)
            VALUES ('e', 'Fest', 'viby', '2026-01-01'), ('f', 'Møde', 'tilst', NULL);
            INSERT INTO entry (entered_at, withdrawn_on) VALUES ('2026-01-01', '2026-01-02')
            """
        )
        assert pointing_rows(connection)["area"] == {"tilst": "hændelsen »Møde«"}
