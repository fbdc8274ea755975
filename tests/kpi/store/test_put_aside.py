"""What is hidden is the same whether rows are put aside, as of few, or asked for each time."""

import shutil
from pathlib import Path

import duckdb
import pytest

from kpi.store import init, put_aside
from kpi.store.connection import derive
from kpi.store.suppression import show_small_numbers
from tests.conftest import DATA
from tests.kpi.store.test_implied_elsewhere import COUNTS, made, put_out
from tests.kpi.store.test_inserting import contents

pytestmark = pytest.mark.second_look

# Of a share and of a mean it is said of how many they are: in one group as few as are hidden.
_OTHERS = """share;aarhus;all;2024;43,5;10;23
share;aarhus;job_ready;2024;40;8;20
share;tilst;all;2024;40;;
marks;aarhus;all;2024;7,5;;23
marks;aarhus;job_ready;2024;7,5;;20
copied;aarhus;all;2024;77;;
copied;aarhus;job_ready;2024;20;;
"""


def test_a_publication_hides_the_same(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made(home, people="count", share="proportion", marks="mean", copied="count")
    asked = Path(shutil.copytree(home, tmp_path / "asked"))
    put_out(home, COUNTS + _OTHERS)
    monkeypatch.setattr(put_aside, "MOST_ROWS", 0)
    put_out(asked, COUNTS + _OTHERS)
    assert contents(home) == contents(asked)
    assert len(contents(home)["hidden_row"]) > 3


@pytest.mark.soak
def test_of_all_of_data_the_same_is_hidden(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    init(tmp_path / "home", DATA)
    monkeypatch.setattr(put_aside, "MOST_ROWS", 0)
    init(tmp_path / "asked", DATA)
    assert contents(tmp_path / "home") == contents(tmp_path / "asked")


@pytest.mark.parametrize("most", [0, 10**6])
def test_nothing_of_it_is_left(home: Path, monkeypatch: pytest.MonkeyPatch, most: int) -> None:
    monkeypatch.setattr(put_aside, "MOST_ROWS", most)
    [version] = (home / "versions").glob("*.duckdb")
    with duckdb.connect(str(version)) as connection:
        show_small_numbers(connection)
        derive(connection)
        left = connection.execute(
            "SELECT view_name FROM duckdb_views() WHERE NOT internal AND temporary UNION "
            "SELECT table_name FROM duckdb_tables() WHERE temporary"
        ).fetchall()
        names = {name for (name,) in left}
        assert not {name for name in names if name.startswith(("said", "counted_row"))}
