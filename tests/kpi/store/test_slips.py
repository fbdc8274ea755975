"""A wrong scale, withdrawn, and the right figures after it: nothing is hidden for the slip."""

from pathlib import Path

import duckdb
import pytest

from kpi.ingest.mapping.choices import Choices
from kpi.ingest.table.raw import Upload
from kpi.store import init, open_store
from kpi.store.uploads import publish, withdraw
from kpi.store.versions import current_version, version_path
from tests.kpi.data_folder import write_tiny

pytestmark = pytest.mark.second_look

HEAD = "nøgletal;område;periode;værdi;tæller;nævner\n"
RIGHT = "rate;aarhus;2024;;380;3300\nrate;odense;2024;;260;2085\nrate;denmark;2024;;9000;70000\n"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    data = write_tiny(tmp_path / "data", "hours,aarhus,all,2022,7,,,final")
    init(tmp_path / "home", data)
    return tmp_path / "home"


def published(rows: str, home: Path) -> int:
    upload = Upload("tal.csv", (HEAD + rows).encode())
    batch_id = publish(upload, Choices(scale=1.0), "Ida", "Tal", home).batch_id
    assert batch_id is not None
    return batch_id


def hidden(home: Path) -> set[tuple[str, str]]:
    """The indicators and areas whose figure of 2024 is hidden."""
    store = open_store(home)
    rows = store.series(["rate", "persons"])
    store.close()
    return {
        (row.indicator_id, row.area_id)
        for row in rows if row.period.text == "2024" and row.status == "suppressed"
    }  # fmt: skip


def test_a_withdrawn_slip_hides_nothing_else(home: Path) -> None:
    """0,125 % of 3.300 would be four; the right figure is 380 of them."""
    slip = published("rate;aarhus;2024;0,125;;\nrate;odense;2024;0,115;;\n", home)
    withdraw(slip, "Ida", "Forkert skala", home)
    published(RIGHT, home)
    assert hidden(home) == set()
    published("persons;gellerup;2024;<5;;\npersons;aarhus;2024;5234;;\n", home)
    published("persons;odense;2024;2085;;\npersons;randers;2024;2000;;\n", home)
    assert hidden(home) == {("persons", "gellerup")}


def test_a_figure_that_was_corrected_by_a_few_stays_guarded(home: Path) -> None:
    """3,0 % of 100 are three, though they are sixty since; and 0,1 % of 3.300 who were hidden."""
    slip = published("rate;aarhus;2024;3,0;;\n", home)
    withdraw(slip, "Ida", "Forkert år", home)
    published("rate;aarhus;2024;;14;100\n", home)
    assert ("rate", "aarhus") in guarded(home, slip)


def guarded(home: Path, batch_id: int) -> set[tuple[str, str]]:
    """The indicators and areas of a publication of which a row is hidden on every day."""
    with duckdb.connect(version_path(home, current_version(home)), read_only=True) as connection:
        rows = connection.execute(
            "SELECT indicator_id, area_id FROM hidden_row WHERE batch_id = ?", [batch_id]
        )
        return set(rows.fetchall())


def test_a_slip_that_was_hidden_stays_hidden(home: Path) -> None:
    """Whoever puts a false figure in its place is not shown the small one."""
    published(RIGHT, home)
    small = published("rate;aarhus;2024;0,125;;\n", home)
    assert ("rate", "aarhus") in guarded(home, small)
    published("rate;aarhus;2024;;390;3300\n", home)
    assert ("rate", "aarhus") in guarded(home, small)
