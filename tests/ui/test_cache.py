"""The caches of the pages: nobody's reading ends another's, and no day outlives itself."""

import gc
import shutil
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, time, timedelta, tzinfo
from pathlib import Path

import pytest

from kpi.domain import period
from kpi.store import init, version_path
from tests.kpi.data_folder import append, write_tiny
from ui import cache
from ui.keeping import forget

# A store of the eight threads is in use while the cache forgets it, and each is read thrice.
THREADS, MANY, ROUNDS = 8, 16, 2


@pytest.fixture
def key(home: Path) -> Iterator[str]:
    """The key of today's version; no page remembers another store."""
    forget()
    yield cache.version()
    forget()
    gc.collect()


def _handles() -> int:
    return sum(1 for _ in Path("/proc/self/fd").iterdir())


def many_days(key: str, home: Path) -> list[str]:
    return [cache.as_of(key, date(2025, 3, 1) + timedelta(days=place)) for place in range(MANY)]


def many_versions(key: str, home: Path) -> list[str]:
    for place in range(2, MANY + 1):
        shutil.copyfile(version_path(home, "000001"), version_path(home, f"{place:06d}"))
    return [f"{place:06d}@0" for place in range(1, MANY + 1)]


def days_of_versions(key: str, home: Path) -> list[str]:
    day = date(2025, 3, 19)
    files = many_versions(key, home)
    return [cache.as_of(file, day) if place % 2 else file for place, file in enumerate(files)]


@pytest.mark.parametrize("many", [many_days, many_versions, days_of_versions])
def test_no_store_is_closed_under_a_reader(
    home: Path, key: str, many: Callable[[str, Path], list[str]]
) -> None:
    """More days or versions than the cache holds, by eight threads: 0 failures."""
    keys = many(key, home)
    together = threading.Barrier(THREADS, timeout=60)
    before = _handles()

    def read(thread: int) -> list[int]:
        counts = []
        for place in range(ROUNDS):
            store = cache.store(keys[(thread + place * 5) % MANY])
            # By now each thread has another one, and the cache has forgotten some of them.
            together.wait()
            for _ in range(3):
                counts.append(len(store.series(["employment_rate"], ["aarhus"])))
        return counts

    with ThreadPoolExecutor(THREADS) as threads:
        sums = [count for counts in threads.map(read, range(THREADS)) for count in counts]
    assert sums == [14] * (THREADS * ROUNDS * 3)
    forget()
    gc.collect()
    assert _handles() <= before


def test_a_store_that_is_let_go_of_closes_at_once(key: str) -> None:
    before = _handles()
    store = cache.store(key)
    assert _handles() > before
    forget()
    assert len(store.batches()) > 0  # the last reader still has it
    del store
    assert _handles() == before


class _Clock(datetime):
    """A clock that stands still."""

    fixed = datetime(2026, 12, 31, 12, tzinfo=period.DENMARK)

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> "_Clock":
        return cls.fromtimestamp(cls.fixed.timestamp(), tz)


def _stand_at(monkeypatch: pytest.MonkeyPatch, day: date) -> None:
    monkeypatch.setattr(_Clock, "fixed", datetime.combine(day, time(12), period.DENMARK))
    monkeypatch.setattr(period, "datetime", _Clock)


@pytest.mark.every_case
@pytest.mark.parametrize(
    ("days", "same"),
    [
        ([date(2026, 12, 31), date(2026, 12, 31)], True),
        ([date(2026, 12, 30), date(2026, 12, 31)], False),
        ([date(2026, 12, 31), date(2027, 1, 1)], False),
    ],
)
def test_the_day_is_part_of_every_key(
    home: Path, monkeypatch: pytest.MonkeyPatch, days: list[date], same: bool
) -> None:
    keys = []
    for day in days:
        _stand_at(monkeypatch, day)
        keys.append(cache.version())
    assert (keys[0] == keys[1]) is same
    # The file is opened once for all days, and an earlier day is the same whichever today is.
    assert cache.store(keys[0]) is cache.store(keys[1])
    earlier = date(2025, 3, 19)
    assert cache.as_of(keys[0], earlier) == cache.as_of(keys[1], earlier)


def test_a_running_server_looks_at_targets_from_the_day_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A target of 2026 is ahead the day before the new year and on its eve, and past after it."""
    data = write_tiny(tmp_path / "data", "rate,aarhus,all,2022,70,,,final")
    append(data, "target.csv", "next,rate,aarhus,all,2027,82,decided,,paper")
    init(tmp_path / "home", data)
    monkeypatch.setenv("KPI_HOME", str(tmp_path / "home"))
    forget()
    seen = []
    for day in (date(2026, 12, 30), date(2026, 12, 31), date(2027, 1, 1)):
        _stand_at(monkeypatch, day)
        card, *_ = cache.theme_of(cache.version(), "work", "aarhus").cards
        seen.append(card.target)
    forget()
    assert seen[0] == seen[1] != seen[2]
    assert ("2026" in seen[0], "2027" in seen[2]) == (True, True)
