"""The part of data/ that tests know by heart: the plan's papers and the two registers beside them.

What a test says of Aarhus' figures holds whatever municipal figures come to data/ later. Tests of
data/ itself, and those that go through every indicator, page and day, take all of it: `DATA` and
the fixture `shipped_home` of tests/conftest.py.
"""

import csv
import shutil
from collections.abc import Callable
from pathlib import Path

# Every other source of data/ is left out, and all that only its figures are of.
SOURCES = (
    "handleplan_2024", "handlingsnotat_2024", "indstilling_2024", "indstilling_2025",
    "status_2025", "handleplan_2024_genoptryk", "oto_status_2025", "ras200", "uvm_absence",
    "own_upload",
)  # fmt: skip

Row = dict[str, str]


def plan_data(data: Path, folder: Path) -> Path:
    """A copy of data/ with these sources alone: their figures, and what names them."""
    # What is fetched would be of figures that are left out.
    shutil.copytree(data, folder, ignore=shutil.ignore_patterns("fetch"))
    files = sorted((folder / "observations").glob("*.csv"))
    kept = [row for file in files if file.stem in SOURCES for row in _rows(file)]
    left = [row for file in files if file.stem not in SOURCES for row in _rows(file)]
    for file in files:
        if file.stem not in SOURCES:
            file.unlink()
    gone = _only_in(left, kept, "indicator_id") | _of_other_themes(folder, kept)
    gone |= {"cash_benefit_recipients"}  # it waits for its first fetch
    _keep(folder / "indicator.csv", lambda row: row["indicator_id"] not in gone)
    _keep(folder / "similar_feature.csv", lambda row: row["indicator_id"] not in gone)
    themes = {row["theme_id"] for row in _rows(folder / "indicator.csv")}
    _keep(folder / "theme.csv", lambda row: row["theme_id"] in themes)
    _keep(folder / "group_theme.csv", lambda row: row["theme_id"] in themes)
    # Nobody has figures of these but who fetches them.
    groups = _only_in(left, kept, "group_id") | {"western", "non_western_descendants"}
    _keep(folder / "population_group.csv", lambda row: row["group_id"] not in groups)
    _keep(folder / "group_reference.csv", lambda row: row["group_id"] not in groups)
    areas = _only_in(left, kept, "area_id") | {
        row["area_id"] for row in _rows(folder / "area.csv") if row["level"] == "housing_area"
    }
    _keep(folder / "area.csv", lambda row: row["area_id"] not in areas)
    for name in ("source", "source_release", "target"):
        _keep(folder / f"{name}.csv", lambda row: row["source_id"] in SOURCES)
    return folder


def _of_other_themes(folder: Path, kept: list[Row]) -> set[str]:
    """The indicators of themes that these sources have no figure of, also those without any."""
    rows = _rows(folder / "indicator.csv")
    with_figures = {row["indicator_id"] for row in kept}
    themes = {row["theme_id"] for row in rows if row["indicator_id"] in with_figures}
    return {row["indicator_id"] for row in rows if row["theme_id"] not in themes}


def _only_in(left: list[Row], kept: list[Row], column: str) -> set[str]:
    """What only rows that are left out name."""
    return {row[column] for row in left} - {row[column] for row in kept}


def _rows(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _keep(path: Path, is_kept: Callable[[Row], bool]) -> None:
    """Takes the lines of the other rows out, and leaves those that stay as they are written."""
    rows = _rows(path)
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    assert len(lines) == len(rows) + 1, f"{path.name} has a row over several lines"
    kept = [line for line, row in zip(lines[1:], rows, strict=True) if is_kept(row)]
    path.write_text("".join([lines[0], *kept]), encoding="utf-8")
