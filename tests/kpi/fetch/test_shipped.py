"""The definitions that come with the program, against tables of the shape that is documented."""

import csv
import shutil
from pathlib import Path

import pytest

from kpi.fetch.fetching import fetch
from kpi.store import open_store
from tests.conftest import DATA
from tests.kpi.fetch import sources as imitation
from tests.kpi.fetch.sources import Sources

_LAESOE = "825"


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _released(source: str) -> dict[tuple[str, str], str]:
    """The figures of a source of data/, by code of the area and period, as StatBank writes them."""
    codes = {row["area_id"]: row["code"] for row in _rows(DATA / "area.csv")}
    return {
        (codes[row["area_id"]], row["period"]): row["value"].replace(".", ",")
        for row in _rows(DATA / "observations" / f"{source}.csv")
    }


def _take(home: Path, name: str) -> None:
    """Makes a shipped definition one of the store's: tests know the plan's part of data/ alone."""
    (home / "fetch").mkdir(exist_ok=True)
    shutil.copy(DATA / "fetch" / f"{name}.toml", home / "fetch")


def test_real_releases_of_everyones_rates_are_published_by_themselves(
    home: Path, sources: Sources
) -> None:
    _take(home, "ras200")
    figures = {**_released("ras200"), **_released("ras200_transcript")}
    sources.figures = {(area, "00", year): value for (area, year), value in figures.items()}
    sources.years = [str(year) for year in range(2008, 2022)]
    # The transcript has no regions; a table has every cell.
    sources.hidden = {(area, "00", str(year)) for area in imitation.WHOLES - {"000"}
                      for year in range(2022, 2025)}  # fmt: skip
    assert fetch("ras200", home).entry.outcome == "nothing_new"
    for year in range(2022, 2025):
        sources.years.append(str(year))
        sources.updated = f"{year + 1}-10-28T08:00:00"
        fetched = fetch("ras200", home)
        assert fetched.checked is not None
        assert fetched.entry.outcome == "published", fetched.checked.problems
        assert (fetched.entry.new, fetched.entry.changed) == (len(imitation.AREAS), 0)


def test_a_quiet_year_of_rates_by_ancestry_is_published_and_a_jump_of_few_waits(
    shipped_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sources: Sources
) -> None:
    home = Path(shutil.copytree(shipped_home, tmp_path / "home"))
    monkeypatch.setenv("KPI_HOME", str(home))
    _take(home, "ras200_origin")
    for place, area in enumerate(imitation.AREAS):
        for ancestry in ("10", "25", "35"):
            for year in range(2019, 2024):
                own = (place % 11) * 0.37 + place * year % 7 / 9
                sources.bump[area, ancestry, str(year)] = 2.0 if area in imitation.WHOLES else own
    outcomes = []
    for newest in ("2022", "2023"):
        sources.years.append(newest)
        sources.updated = f"{int(newest) + 1}-10-28T08:00:00"
        if newest == "2023":
            sources.bump[_LAESOE, "25", newest] = 12.0
        fetched = fetch("ras200_origin", home)
        assert fetched.checked is not None
        outcomes.append((fetched.entry.outcome, bool(fetched.checked.problems)))
    assert outcomes == [("published", False), ("waiting", True)]
    store = open_store(home)
    try:
        groups = {row.group_id for row in store.series(["employment_rate"], ["aarhus"])
                  if row.period.text == "2022"}  # fmt: skip
    finally:
        store.close()
    assert groups == {"all", "danish", "non_western_immigrants", "non_western_descendants"}
