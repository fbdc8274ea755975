"""Publishing from data/: only the difference, old versions untouched, nobody disturbed."""

import json
import os
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import cast

import duckdb
import pytest

from kpi.domain.errors import KpiError
from kpi.store import Published, current_version, init, open_store
from kpi.store.publishing import read_all
from kpi.store.versions import version_path
from tests.conftest import DATA
from tests.kpi.data_folder import add_source, append, drop_lines, replace, write_tiny
from tests.kpi.store.tiny_store import PAPER, figures, files, read_again

# --- what is published --------------------------------------------------------------------------


def test_the_first_version(tmp_path: Path, tiny: Path) -> None:
    assert init(tmp_path / "new", tiny) == Published("000001", True, 4, 0, 0)
    assert sorted(files(tmp_path / "new")) == ["current", "versions/000001.duckdb"]
    assert figures(tmp_path / "new") == {
        ("aarhus", "2021"): 69.0,
        ("aarhus", "2022"): 70.0,
        ("denmark", "2022"): 77.2,
        ("gellerup", "2022"): "suppressed",  # never 0
    }


def test_init_again_changes_nothing(spor: Path, tiny: Path) -> None:
    before = files(spor)
    assert init(spor, tiny) == Published("000001", False, 0, 0, 0)
    assert files(spor) == before


BEFORE = "70.0,,,final,,"
# What may change in a row.
AFTER = (
    "70.1,,,final,,",
    "70,,,final,,",  # the source wrote no decimal after all
    "70.0,,,approximate,,",
    "70.0,7,10,final,,",
    "70.0,,,final,godt to tredjedele,",
    "70.0,,,final,,Se bilag 1",
    ",,,missing,,",
)


def test_only_changed_rows_are_published(tmp_path: Path) -> None:
    """Each change in a row of its own year, beside one that stays."""
    data = write_tiny(tmp_path / "tiny", "rate,aarhus,all,1990,70.0,,,final")
    home = tmp_path / "spor"
    years = range(2010, 2010 + len(AFTER))
    for year in years:
        append(data, PAPER, f"rate,aarhus,all,{year},{BEFORE},paper")
    init(home, data)
    first = version_path(home, "000001").read_bytes()
    for year, new in zip(years, AFTER, strict=True):
        replace(data, PAPER, f",{year},{BEFORE},paper", f",{year},{new},paper")
    assert init(home, data) == Published("000002", True, 0, len(AFTER), 0)
    assert current_version(home) == "000002"
    assert version_path(home, "000001").read_bytes() == first
    store = open_store(home)
    newest = store.batches()[0]
    store.close()
    assert (newest.batch_id, newest.source_id, newest.rows_changed) == (2, "paper", len(AFTER))
    assert read_again(home, data).changed is False


def test_the_version_before_can_still_be_opened(spor: Path, tiny: Path) -> None:
    replace(tiny, PAPER, ",2022,70.0,", ",2022,71.0,")
    init(spor, tiny)
    assert figures(spor, "000001")["aarhus", "2022"] == 70.0
    assert figures(spor)["aarhus", "2022"] == 71.0


def test_a_new_row(spor: Path, tiny: Path) -> None:
    append(tiny, PAPER, "rate,odense,all,2022,72.2,,,final,,,paper")
    assert init(spor, tiny) == Published("000002", True, 1, 0, 0)
    assert figures(spor)["odense", "2022"] == 72.2


def test_a_removed_row_disappears_and_comes_back(spor: Path, tiny: Path) -> None:
    assert drop_lines(tiny, PAPER, "rate,aarhus,all,2022") == 1
    assert init(spor, tiny) == Published("000002", True, 0, 0, 1)
    left = {("aarhus", "2021"): 69.0, ("denmark", "2022"): 77.2, ("gellerup", "2022"): "suppressed"}
    assert figures(spor) == left
    # The source never held, so no day on which it was known shows the row; the old version does.
    assert figures(spor, as_of=date(2030, 1, 1)) == left
    assert figures(spor, as_of=date(2024, 6, 19)) == left
    assert ("aarhus", "2022") in figures(spor, "000001")
    assert read_again(spor, tiny).changed is False
    append(tiny, PAPER, "rate,aarhus,all,2022,70.0,,,final,,,paper")
    assert init(spor, tiny) == Published("000003", True, 1, 0, 0)
    assert figures(spor)["aarhus", "2022"] == 70.0


def test_a_changed_definition_is_a_version_without_a_batch(spor: Path, tiny: Path) -> None:
    replace(tiny, "indicator.csv", "Andel i job", "Andel i arbejde")
    assert init(spor, tiny) == Published("000002", True, 0, 0, 0)
    store = open_store(spor)
    assert store.catalog().indicator("rate").definition == "Andel i arbejde"
    assert len(store.batches()) == 1
    store.close()


def test_only_the_changed_source_gets_a_batch(spor: Path, tiny: Path) -> None:
    add_source(tiny, "register", "2023", "rate,odense,all,2022,72.2,,,final")
    assert init(spor, tiny) == Published("000002", True, 1, 0, 0)
    store = open_store(spor)
    newest = store.batches()[0]
    store.close()
    assert (newest.source_id, newest.known_from, newest.origin) == (
        "register", "2023-12-31", "data",
    )  # fmt: skip
    assert newest.original_name == "observations/register.csv"


def test_broken_data_leave_everything_as_it_was(spor: Path, tiny: Path) -> None:
    before = files(spor)
    replace(tiny, PAPER, ",2022,70.0,", ",2022,halvfjerds,")
    with pytest.raises(KpiError, match="Den hidtidige udgave er uændret"):
        init(spor, tiny)
    assert files(spor) == before


# --- two sources, and days ----------------------------------------------------------------------


# The days of two papers on one figure, and which of their values holds.
TWO_PAPERS = (
    ("2024-06-19", "2025-03-11", 71.0),
    ("2025-03-11", "2024-06-19", 70.0),  # the older paper entered the store last
    ("2024", "2024-06-19", 70.0),  # 2024 counts as 31 December
    ("2024-06", "2024-06-19", 70.0),
    ("2024-06", "2024-07", 71.0),
)


@pytest.mark.parametrize("together", [True, False])
def test_of_two_sources_the_one_known_last_holds(tmp_path: Path, together: bool) -> None:
    """Each pair of papers is on a year of its own."""
    folder = write_tiny(tmp_path / "tiny", "rate,odense,all,2022,1.0,,,final")
    home = tmp_path / "spor"
    for year, (first, _, _) in enumerate(TWO_PAPERS, start=2010):
        add_source(folder, f"one_{year}", first, f"rate,aarhus,all,{year},70.0,,,final")
    if not together:
        init(home, folder)
    for year, (_, second, _) in enumerate(TWO_PAPERS, start=2010):
        add_source(folder, f"two_{year}", second, f"rate,aarhus,all,{year},71.0,,,final")
    init(home, folder)
    shown = figures(home)
    assert [shown["aarhus", str(year)] for year in range(2010, 2010 + len(TWO_PAPERS))] == [
        value for _, _, value in TWO_PAPERS
    ]


def test_a_correction_of_the_older_source_does_not_take_the_newer_ones_place(
    spor: Path, tiny: Path
) -> None:
    add_source(tiny, "later", "2025-03-11", "rate,aarhus,all,2022,71.0,,,final")
    init(spor, tiny)
    replace(tiny, PAPER, ",2022,70.0,", ",2022,70.5,")
    assert init(spor, tiny) == Published("000003", True, 0, 1, 0)
    assert figures(spor)["aarhus", "2022"] == 71.0
    # On a day before the later source was known, the correction holds.
    assert figures(spor, as_of=date(2025, 3, 10))["aarhus", "2022"] == 70.5


def test_when_the_newer_source_takes_its_row_back_the_older_one_holds_again(
    spor: Path, tiny: Path
) -> None:
    add_source(
        tiny, "later", "2025-03-11",
        "rate,aarhus,all,2022,71.0,,,final rate,odense,all,2022,72.0,,,final",
    )  # fmt: skip
    init(spor, tiny)
    assert drop_lines(tiny, "observations/later.csv", "aarhus") == 1
    assert init(spor, tiny) == Published("000003", True, 0, 0, 1)
    assert figures(spor)["aarhus", "2022"] == 70.0


def test_a_partial_date_counts_as_its_last_day(tmp_path: Path) -> None:
    folder = write_tiny(tmp_path / "tiny", "rate,denmark,all,2010,1.0,,,final")
    last_days = {
        "2024-06-19": date(2024, 6, 19),  # to the end of that day
        "2024-06": date(2024, 6, 30),
        "2022": date(2022, 12, 31),
    }
    for year, published in enumerate(last_days, start=2018):
        add_source(folder, f"of_{year}", published, f"rate,aarhus,all,{year},70.0,,,final")
    init(tmp_path / "spor", folder)
    for year, day in enumerate(last_days.values(), start=2018):
        for as_of, known in ((day - timedelta(days=1), False), (day, True)):
            shown = figures(tmp_path / "spor", as_of=as_of)
            assert (("aarhus", str(year)) in shown) is known, (year, as_of)


def test_nothing_of_the_2025_report_was_known_in_june_2024(built_home: Path) -> None:
    store = open_store(built_home, as_of=date(2024, 6, 30))
    rows = store.series(list(store.catalog().indicators))
    assert {row.source_id for row in rows} == {"handleplan_2024", "handlingsnotat_2024", "ras200"}
    assert store.series(["school_absence"]) == []
    store.close()


def test_today_is_as_of_today(built_home: Path) -> None:
    today, as_of = open_store(built_home), open_store(built_home, as_of=date(2100, 1, 1))
    indicators = list(today.catalog().indicators)
    assert as_of.series(indicators) == today.series(indicators)
    assert as_of.catalog() == today.catalog()
    assert as_of.batches() == today.batches()
    today.close()
    as_of.close()


# --- several at once ----------------------------------------------------------------------------


def test_publishing_beside_an_open_reader_in_the_same_process(spor: Path, tiny: Path) -> None:
    reader = open_store(spor)
    replace(tiny, PAPER, ",2022,70.0,", ",2022,71.0,")
    assert init(spor, tiny) == Published("000002", True, 0, 1, 0)
    assert figures(spor)["aarhus", "2022"] == 71.0
    # The reader stays with the version it opened.
    assert [row.value for row in reader.everywhere("rate", "all", "2022")] == [70.0, 77.2]
    reader.close()


def start_init(home: Path, data: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "kpi", "init", "--json"],
        cwd=DATA.parent,
        env={**os.environ, "KPI_HOME": str(home), "KPI_DATA": str(data)},
        stdout=subprocess.PIPE,
        text=True,
    )


def test_two_inits_at_once_publish_once(tmp_path: Path, tiny: Path) -> None:
    started = [start_init(tmp_path / "spor", tiny) for _ in range(2)]
    answers = [json.loads(process.communicate(timeout=150)[0]) for process in started]
    assert [process.returncode for process in started] == [0, 0]
    assert sorted(answer["changed"] for answer in answers) == [False, True]
    assert {answer["version"] for answer in answers} == {"000001"}
    assert sorted(files(tmp_path / "spor")) == ["current", "versions/000001.duckdb"]


def test_readers_always_see_one_whole_version(tmp_path: Path) -> None:
    """Two processes open and read without pause while two versions are published.

    All figures of a version are the same number, so a mixture would show.
    """
    folder, home = tmp_path / "tiny", tmp_path / "spor"
    areas = ["aarhus", "odense", "randers", "denmark"]
    write_tiny(folder, "\n".join(f"rate,{area},all,2022,1,,,final" for area in areas))
    init(home, folder)
    readers = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.kpi.store.reader", str(home), str(tmp_path / "done")],
            cwd=DATA.parent,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    first_lines = [reader.stdout.readline() for reader in readers if reader.stdout]
    assert first_lines == ["[1.0, 1.0, 1.0, 1.0]\n"] * 2
    path = folder / PAPER
    for number in (2, 3):
        path.write_text(path.read_text("utf-8").replace(f",{number - 1},", f",{number},"), "utf-8")
        assert init(home, folder).rows_changed == 4
    (tmp_path / "done").touch()
    seen = [
        (first + reader.communicate(timeout=150)[0]).splitlines()
        for reader, first in zip(readers, first_lines, strict=True)
    ]
    assert [reader.returncode for reader in readers] == [0, 0]
    complete = [str([float(number)] * 4) for number in (1, 2, 3)]
    assert {line for lines in seen for line in lines} <= set(complete)
    assert [lines[-1] for lines in seen] == [complete[-1]] * 2
    # None goes back to an older version.
    assert seen == [sorted(lines) for lines in seen]


class Noting:
    """A connection that notes which tables are read."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self.connection, self.tables = connection, set[str]()

    def table(self, name: str) -> duckdb.DuckDBPyRelation:
        self.tables.add(name)
        return self.connection.table(name)


def test_every_table_is_read_before_a_version_is_built_on(spor: Path) -> None:
    """What is not read may be damaged; what is derived is read apart, and built again."""
    with duckdb.connect(str(version_path(spor, current_version(spor)))) as connection:
        noting = Noting(connection)
        read_all(cast(duckdb.DuckDBPyConnection, noting))
        names = connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()
    derived = {
        "recent_observation", "coverage", "figure_count", "derived_by", "implausible_observation",
        "school_figure", "made_of", "published_outline", "newest_period", "indicator_count",
    }  # fmt: skip
    assert {name for (name,) in names} - derived == noting.tables
