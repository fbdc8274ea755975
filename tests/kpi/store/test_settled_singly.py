"""An indicator is settled again only where more is known of it, and what is hidden is the same."""

from datetime import date
from pathlib import Path

import duckdb
import pytest

from kpi.store import current_version, version_path
from kpi.store.ever_shown import Memory, Row
from kpi.store.settled_singly import Settled
from kpi.store.several_standing import where_several_stand
from kpi.store.suppression import hide_small_numbers, show_small_numbers
from tests.kpi.store.test_implied_elsewhere import made, put_out
from tests.kpi.store.test_linked_indicators import CITIES, TWO_FEW

pytestmark = pytest.mark.second_look

HIDDEN = "SELECT * FROM hidden_row ORDER BY ALL"


@pytest.fixture
def path(home: Path) -> Path:
    """A count and a share of the same persons, in one year and alone, and a third that is not."""
    made(home, those="count", share="proportion", other="count")
    rows = []
    for area, (of_all, those) in (TWO_FEW | CITIES).items():
        share = f"{100 * those / of_all:.1f};{those};{of_all}".replace(".", ",")
        rows += [f"those;{area};all;{year};{those};;\n" for year in (2023, 2024)]
        rows += [f"share;{area};all;2024;{share}\n", f"other;{area};all;2024;{3 * of_all};;\n"]
    put_out(home, "".join(rows) + "other;gellerup;all;2023;3;;\n")
    return version_path(home, current_version(home))


def hidden_anew(path: Path) -> list[tuple[object, ...]]:
    """What is hidden where nobody has read anything yet."""
    with duckdb.connect(str(path)) as connection:
        show_small_numbers(connection)
        connection.execute("DELETE FROM put_out; DELETE FROM hidden_row; DELETE FROM stays_hidden")
        hide_small_numbers(connection)
        return connection.execute(HIDDEN).fetchall()


def test_only_what_has_changed_is_settled_again(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[set[str]] = []
    renew = Settled.renew

    def noted(settled: Settled, connection: duckdb.DuckDBPyConnection, memory: Memory) -> None:
        before = dict(settled._of)
        renew(settled, connection, memory)
        asked.append({name for name, of in settled._of.items() if before.get(name) is not of})

    def of_all(settled: Settled, connection: duckdb.DuckDBPyConnection, memory: Memory) -> None:
        settled._asked = None
        renew(settled, connection, memory)

    monkeypatch.setattr(Settled, "renew", noted)
    hidden = hidden_anew(path)
    assert len(asked) > 1
    assert asked[0] >= {"those", "share", "other"}
    assert all(again and "other" not in again for again in asked[1:])
    monkeypatch.setattr(Settled, "renew", of_all)
    assert hidden_anew(path) == hidden != []


def test_where_one_indicator_alone_says_anything_changes_nothing(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of many rows only those periods are settled together of which several indicators say."""
    hidden = hidden_anew(path)
    monkeypatch.setattr("kpi.store.linked_indicators._MANY_ROWS", 0)
    assert hidden_anew(path) == hidden


def row(indicator_id: str, period: str) -> Row:
    """A number of the city in a period."""
    return Row(
        indicator_id, "aarhus", "all", period, 9, None, 5, "city", None, None, None, False, "own",
        1, date(2026, 1, 1), False, True,
    )  # fmt: skip


def test_periods_hang_together_that_overlap() -> None:
    """A year of one indicator is of the quarters of another, and of what overlaps these."""
    periods = {
        "a": ("2022", "2023K3", "2023:2024", "2025", "2027"),
        "b": ("2023", "2025", "2026"),
    }
    rows = {name: [row(name, period) for period in those] for name, those in periods.items()}
    kept = where_several_stand(rows)
    assert {name: [each.period for each in those] for name, those in kept.items()} == {
        "a": ["2023K3", "2023:2024", "2025"], "b": ["2023", "2025"],
    }  # fmt: skip
