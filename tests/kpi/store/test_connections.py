"""One connection for all threads, and damage that is found while it is read."""

import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import duckdb
import pytest

from kpi.domain.errors import KpiError
from kpi.store import Store, current_version, init, open_store
from kpi.store.catalogs import catalog_of
from kpi.store.versions import version_path
from tests.kpi.data_folder import write_tiny

STATUS = Path("/proc/self/status")
# In a process of its own: what a process has in memory is one number for all that runs in it.
ANSWERING = """
import sys, time
from datetime import date
from pathlib import Path

from kpi.store.connection import connect


def held() -> int:
    lines = Path("/proc/self/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("VmRSS")).split()[1])


path, day = sys.argv[1:]
connection = connect(Path(path), date.fromisoformat(day) if day else None)
before = held()
connection.execute(
    "SELECT max(n) FROM (SELECT count(*) AS n FROM range(1_000_000) t(r) GROUP BY r::VARCHAR)"
).fetchall()
grown, until = held() - before, time.monotonic() + 30
while held() - before > grown / 2 and time.monotonic() < until:
    time.sleep(0.2)
print(grown, held() - before)
"""


def test_many_threads_read_through_one_connection(store: Store) -> None:
    def count(place: int) -> int:
        indicator = ["employment_rate", "school_absence"][place % 2]
        return len(store.series([indicator]))

    with ThreadPoolExecutor(8) as threads:
        counts = list(threads.map(count, range(64)))
    assert counts == [1456, 1177] * 32


def test_a_version_can_be_opened_by_several_at_once(built_home: Path) -> None:
    opened = [open_store(built_home), open_store(built_home)]
    opened += [open_store(built_home, as_of=date(2024, 6, 30)) for _ in range(2)]
    opened.pop(0).close()
    assert [len(reader.batches()) for reader in opened] == [7, 3, 3]
    for reader in opened:
        reader.close()


@pytest.mark.skipif(not STATUS.exists(), reason="only Linux says what a process holds")
@pytest.mark.parametrize("day", ["", pytest.param("2024-06-30", marks=pytest.mark.soak)])
def test_memory_that_an_answer_took_is_given_back(built_home: Path, day: str) -> None:
    path = version_path(built_home, current_version(built_home))
    run = [sys.executable, "-c", ANSWERING, str(path), day]
    said = subprocess.run(run, capture_output=True, text=True, check=True).stdout
    grown, left = map(int, said.split())
    assert grown > 20_000  # kilobytes
    assert left < grown / 2


def test_a_path_may_hold_anything(tmp_path: Path) -> None:
    home = tmp_path / "Åse's mappe; DROP (100 %)"
    init(home, write_tiny(tmp_path / "data", "rate,aarhus,all,2022,70,,,final\n"))
    today, then = open_store(home), open_store(home, as_of=date(2024, 6, 30))
    assert len(today.series(["rate"])) == len(then.series(["rate"])) == 1
    today.close()
    then.close()


def test_a_block_that_wears_out_under_an_open_store_is_reported(home: Path) -> None:
    path = version_path(home, "000001")
    store = open_store(home)
    content = bytearray(path.read_bytes())
    content[12388::262144] = bytes(byte ^ 0xFF for byte in content[12388::262144])
    path.write_bytes(content)
    with pytest.raises(KpiError) as refused:
        store.series(list(store.catalog().indicators))
    assert refused.value.title == "Tallene kan ikke læses"
    assert "Udgave 000001 er beskadiget" in refused.value.message
    assert "python -m kpi init" in refused.value.message
    store.close()


def test_the_metadata_of_a_version_is_read_once_as_long_as_its_file_is_the_same(home: Path) -> None:
    first = catalog_of(home, "000001")
    assert catalog_of(home, "000001") is first
    path = version_path(home, "000001")
    other = path.with_suffix(".other")
    other.write_bytes(path.read_bytes())
    with duckdb.connect(str(other)) as connection:
        connection.execute("UPDATE area SET name = 'Et andet navn' WHERE area_id = 'aarhus'")
    other.replace(path)
    assert catalog_of(home, "000001").areas["aarhus"].name == "Et andet navn"
    path.unlink()
    with pytest.raises(KpiError):
        catalog_of(home, "000001")


DAYS = [date(2024, 6, day) for day in range(15, 27)]


@pytest.mark.soak
def test_days_that_are_opened_at_once_share_the_version_and_nothing_else(home: Path) -> None:
    """Twelve days in eight threads: each answers as when it is opened alone."""
    alone = []
    for day in DAYS:
        store = open_store(home, as_of=day)
        alone.append(_answers(store))
        store.close()
    assert len(set(alone)) > 1
    with ThreadPoolExecutor(8) as threads:
        opened = list(threads.map(lambda day: open_store(home, as_of=day), DAYS))
        for _ in range(2):
            assert list(threads.map(_answers, opened)) == alone
    first, *others = opened
    ((attached,),) = first._rows("SELECT count(*) FROM duckdb_databases() WHERE path IS NOT NULL")
    assert attached == 1
    for store in others:
        store.close()
    # What a day had goes with it, though the memory stays for the others.
    left = first._rows("SELECT DISTINCT schema_name FROM duckdb_tables() WHERE NOT temporary")
    assert [name for (name,) in left if name.startswith("day_")] == [first.schema]
    assert _answers(first) == alone[0]
    first.close()


def _answers(store: Store) -> tuple[object, ...]:
    known = store.catalog()
    sources = tuple(known.sources)
    figures = tuple(sorted(store.figures_per_indicator().items()))
    return sources, figures, store.edition(), len(store.plan().events), len(store.claims())


def test_a_file_that_took_anothers_place_is_read_while_the_former_is_still_open(
    home: Path, tmp_path: Path
) -> None:
    """A removal for good (purge) rewrites versions under their names."""
    path, day = version_path(home, "000001"), date(2024, 6, 30)
    former = open_store(home, as_of=day)
    changed = tmp_path / "changed.duckdb"
    shutil.copyfile(path, changed)
    with duckdb.connect(str(changed)) as connection:
        connection.execute("UPDATE theme SET name = 'Et andet navn'")
    changed.replace(path)
    now = open_store(home, as_of=day)
    assert {theme.name for theme in now.catalog().themes.values()} == {"Et andet navn"}
    assert "Et andet navn" not in {theme.name for theme in former.catalog().themes.values()}
    now.close()
    former.close()
