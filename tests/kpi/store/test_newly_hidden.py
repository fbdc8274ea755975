"""A correction that hides figures which were shown says so, before and after it is made."""

from pathlib import Path

import duckdb
import pytest

from kpi.store import current_version, init, open_store
from kpi.store.adding import add, check_additions, check_hidden
from kpi.store.newly_hidden import newly_hidden, note_hidden
from tests.kpi.data_folder import write_tiny
from tests.kpi.store.tiny_store import files

_LIMIT = {"source_id": "paper", "min_cell": "5"}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Two areas' persons, of a paper that shows every count."""
    rows = "persons,gellerup,all,2023,3,,,final\npersons,viby_syd,all,2023,40,,,final\n"
    init(tmp_path / "home", write_tiny(tmp_path / "data", rows))
    return tmp_path / "home"


def hidden_areas(home: Path) -> set[str]:
    store = open_store(home)
    try:
        rows = store.series(["persons"])
        return {row.area_id for row in rows if row.status == "suppressed"}
    finally:
        store.close()


def test_what_a_correction_hides_is_said_first_and_then_so(home: Path) -> None:
    assert not hidden_areas(home)
    before = files(home)
    assert check_hidden("source", [_LIMIT], home) == {"persons": 1}
    assert files(home) == before
    assert not hidden_areas(home)
    done = add("source", [_LIMIT], "Anna", home)
    assert done.hidden == {"persons": 1}
    assert hidden_areas(home) == {"gellerup"}
    # A second time nothing more is hidden.
    row = {**_LIMIT, "title": "Et papir"}
    assert check_hidden("source", [row], home) == {}
    assert add("source", [row], "Anna", home).hidden == {}


def test_a_new_row_hides_nothing_and_is_not_tried(home: Path) -> None:
    row = {"name": "Sundhed"}
    assert check_hidden("theme", [row], home) == {}
    assert [change.kind for change in check_additions("theme", [row], home)] == ["new"]
    assert current_version(home) == "000001"


_ROWS = """
CREATE TABLE current_observation AS
FROM (VALUES
    ('rate', 'aarhus', 'all', '2023', 1, true), ('rate', 'aarhus', 'all', '2024', 1, false),
    ('rate', 'odense', 'all', '2024', 1, false), ('persons', 'aarhus', 'all', '2024', 1, false)
) AS row(indicator_id, area_id, group_id, period, batch_id, is_hidden)
"""


def test_figures_of_others_that_are_hidden_since_are_counted() -> None:
    connection = duckdb.connect()
    connection.execute(_ROWS)
    note_hidden(connection)
    assert newly_hidden(connection, 2) == {}
    connection.execute("UPDATE current_observation SET is_hidden = true WHERE area_id = 'aarhus'")
    connection.execute(
        "INSERT INTO current_observation VALUES ('persons', 'odense', 'all', '2024', 2, true)"
    )
    assert newly_hidden(connection, 2) == {"persons": 1, "rate": 1}
    assert newly_hidden(connection) == {"persons": 2, "rate": 1}
