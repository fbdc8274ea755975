"""Figures that data/ moves to another period: corrections and statements go along, once."""

from pathlib import Path

import duckdb
import pytest

from kpi.ingest.table.raw import Upload
from kpi.store import current_version, init, open_store, version_path
from kpi.store.entering import enter
from kpi.store.uploads import check_file, publish
from kpi.tables.spec import Row
from tests.kpi.data_folder import replace, write_tiny
from tests.kpi.store.tiny_store import PAPER, figures, read_again

pytestmark = pytest.mark.whole_check

ROWS = """
persons,gellerup,all,2025K1,75,,,final
persons,viby_syd,all,2025K1,44,,,final
rate,aarhus,all,2025K1,70.0,,,final
"""
HEADER = "nøgletal;område;periode;værdi;kilde\n"
MOVED = "indicator_id,former_period,period,measured\npersons,2025K1,2024:2025M03,since\n"
CLAIM = {
    "source_id": "paper", "indicator_id": "persons", "area_id": "gellerup", "group_id": "all",
    "period": "2025K1", "kind": "relative_change", "from_period": "2024K1", "reported_value": "1",
}  # fmt: skip
REMARK = {
    "remark_id": "r", "indicator_id": "persons", "area_id": "gellerup", "group_id": "all",
    "period": "2025K1", "text": "Flere blev spurgt", "source_id": "paper",
}  # fmt: skip
KEPT = """
SELECT indicator_id, area_id, value, source_id, batch_id
FROM observation WHERE NOT removed ORDER BY ALL
"""


def rows(home: Path, question: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(version_path(home, current_version(home))), read_only=True) as opened:
        return opened.execute(question).fetchall()


def hand_in(home: Path, *lines: str) -> None:
    text = HEADER + "\n".join(lines) + "\n"
    assert publish(Upload("tal.csv", text.encode()), None, "Ida", "Rettet", home).batch_id


def move(data: Path) -> None:
    """Moves the persons' figures in data/, and says how they are counted."""
    path = data / PAPER
    header, *lines = path.read_text(encoding="utf-8").splitlines()
    moved = [
        f"{line.replace('2025K1', '2024:2025M03')},since" if "persons" in line else f"{line},"
        for line in lines
    ]
    path.write_text("\n".join([f"{header},measured", *moved, ""]), encoding="utf-8")
    (data / "moved_period.csv").write_text(MOVED, encoding="utf-8")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return write_tiny(tmp_path / "data", ROWS)


@pytest.fixture
def home(tmp_path: Path, data: Path) -> Path:
    init(tmp_path / "home", data)
    return tmp_path / "home"


@pytest.mark.parametrize("source", ["own_upload", "paper"])
def test_a_correction_goes_along(home: Path, data: Path, source: str) -> None:
    hand_in(home, f"persons;gellerup;2025K1;76;{source}")
    before = rows(home, KEPT)
    move(data)
    init(home, data)
    assert figures(home) == {
        ("gellerup", "2024:2025M03"): 76.0,
        ("viby_syd", "2024:2025M03"): 44.0,
        ("aarhus", "2025K1"): 70.0,  # of another indicator
    }
    measured = "SELECT DISTINCT indicator_id, measured FROM current_observation ORDER BY ALL"
    assert rows(home, measured) == [("persons", "since"), ("rate", "over")]
    assert rows(home, KEPT) == before
    assert not read_again(home, data).changed
    again = Upload("tal.csv", f"{HEADER}persons;gellerup;2025K1;20;own_upload\n".encode())
    assert "moved_period" in {problem.code for problem in check_file(again, home=home).problems}


def test_a_correction_of_a_number_that_data_changes_too_gives_way(home: Path, data: Path) -> None:
    hand_in(home, "persons;gellerup;2025K1;76;paper")
    move(data)
    replace(data, PAPER, "2024:2025M03,75", "2024:2025M03,77")
    init(home, data)
    assert figures(home)["gellerup", "2024:2025M03"] == 77.0


@pytest.mark.soak
def test_only_what_data_has_a_figure_of_is_moved(home: Path, data: Path) -> None:
    hand_in(home, "persons;odense;2025K1;9;own_upload")
    move(data)
    init(home, data)
    assert figures(home)["odense", "2025K1"] == 9.0


@pytest.mark.soak
def test_a_publication_with_both_periods_keeps_both(home: Path, data: Path) -> None:
    hand_in(
        home, "persons;gellerup;2025K1;20;own_upload", "persons;gellerup;2024:2025M03;76;own_upload"
    )
    move(data)
    init(home, data)
    assert figures(home)["gellerup", "2024:2025M03"] == 76.0
    assert figures(home)["gellerup", "2025K1"] == 20.0


@pytest.mark.soak
def test_what_is_handed_in_afterwards_is_reported_and_stays(home: Path, data: Path) -> None:
    move(data)
    init(home, data)
    text = HEADER + "persons;gellerup;2025K1;20;own_upload\n"
    (warning,) = [
        problem
        for problem in check_file(Upload("tal.csv", text.encode()), home=home).problems
        if problem.code == "moved_period"
    ]
    assert (warning.severity, warning.column, warning.value) == ("warning", "periode", "2025K1")
    assert warning.message == "Tallet står nu under perioden 2024 til marts 2025."
    assert warning.hint == "Skriv 2024:2025M03, hvis det er det samme tal."
    hand_in(home, "persons;gellerup;2025K1;20;own_upload")
    replace(data, "theme.csv", "Flere i job", "Endnu flere i job")
    assert init(home, data).changed
    assert figures(home)["gellerup", "2025K1"] == 20.0
    # It is a figure of its own by now.
    assert "moved_period" not in {
        problem.code for problem in check_file(Upload("t.csv", text.encode()), home=home).problems
    }


@pytest.mark.soak
@pytest.mark.parametrize("is_entered_first", [True, False])
def test_a_statement_is_of_the_moved_figure(home: Path, data: Path, is_entered_first: bool) -> None:
    said: dict[str, list[Row]] = {"claim": [CLAIM], "remark": [REMARK]}
    if is_entered_first:
        enter(said, "Bo", home)
    move(data)
    init(home, data)
    if not is_entered_first:
        enter(said, "Bo", home)
    assert [remark.period for remark in open_store(home).catalog().remarks] == ["2024:2025M03"]
    asked = "SELECT period, from_period, entered_by FROM claim WHERE entered_by IS NOT NULL"
    assert rows(home, asked) == [("2024:2025M03", "2024K1", "Bo")]


@pytest.mark.soak
def test_a_store_without_the_table_moves_what_was_left_behind(home: Path, data: Path) -> None:
    """data/ was moved before it said so: the correction had come to stand beside its figure."""
    hand_in(home, "persons;gellerup;2025K1;76;own_upload")
    move(data)
    (data / "moved_period.csv").unlink()
    init(home, data)
    assert figures(home)["gellerup", "2025K1"] == 76.0
    (data / "moved_period.csv").write_text(MOVED, encoding="utf-8")
    init(home, data)
    assert figures(home) == {
        ("gellerup", "2024:2025M03"): 76.0,
        ("viby_syd", "2024:2025M03"): 44.0,
        ("aarhus", "2025K1"): 70.0,
    }


def test_what_a_removed_file_left_hidden_stays_so_on_the_new_period(home: Path, data: Path) -> None:
    """Who read what it guarded knows it still, whatever the period is called."""
    key = "persons", "gellerup", "all"
    with duckdb.connect(str(version_path(home, current_version(home)))) as connection:
        connection.execute("INSERT INTO stays_hidden VALUES (?, ?, ?, '2025K1', '', 0)", key)
    move(data)
    read_again(home, data)
    assert (*key, "2024:2025M03", "", 0) in rows(home, "FROM stays_hidden")
