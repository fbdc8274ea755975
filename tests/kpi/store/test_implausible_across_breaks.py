"""A figure is implausible by its area's others on its side of a break alone, newest or not."""

import shutil
from pathlib import Path
from typing import Any

import duckdb
import pytest

from kpi.store.implausible import mark_implausible, read_implausible

# The only one in our figures: its area's other school years are 5.3 to 6.0 %.
OUTLIER = ("school_absence", "laesoe", "lower_secondary", "2024/2025")


@pytest.fixture(scope="module")
def version(built_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    newest = max((built_home / "versions").glob("*.duckdb"))
    copy = tmp_path_factory.mktemp("version") / "copy.duckdb"
    shutil.copy(newest, copy)
    return copy


@pytest.mark.every_case
@pytest.mark.parametrize(
    ("breaks", "is_marked"),
    [
        ("", True),
        ("2010-08-01 Nye regler", True),
        ("2024-08-01 Nye regler", False),
        ("2024-12-01 Nye regler", False),  # within its school year
        ("2025-08-01 Nye regler", True),
        ("2010-08-01 Nye regler; 2024-08-01 Nyere regler", False),
    ],
)
def test_the_marks_of_a_version_look_across_no_break(
    version: Path, breaks: str, is_marked: bool
) -> None:
    with duckdb.connect(str(version)) as connection:
        connection.execute(
            "UPDATE indicator SET breaks = $1 WHERE indicator_id = 'school_absence'", [breaks]
        )
        mark_implausible(connection)
        marked = connection.execute("FROM implausible_observation").fetchall()

        def ask(sql: str, parameters: dict[str, Any]) -> list[tuple[Any, ...]]:
            return connection.execute(sql, parameters).fetchall()

        asked = read_implausible(ask, [("school_absence", "lower_secondary")])
    assert marked == ([OUTLIER] if is_marked else [])
    assert (OUTLIER in asked) is is_marked
