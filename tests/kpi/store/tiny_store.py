"""A store of four tiny figures, and what the tests read of it."""

from datetime import date
from pathlib import Path

import duckdb

from kpi.store import Published, current_version, init, open_store
from kpi.store.versions import version_path
from kpi.system.temporary import PREFIX

PAPER = "observations/paper.csv"
ROWS = """
rate,aarhus,all,2021,69.0,,,final
rate,aarhus,all,2022,70.0,,,final
rate,denmark,all,2022,77.2,,,final
persons,gellerup,all,2022,,,,suppressed
"""
Key = tuple[str, str]
Value = float | str | None


def figures(home: Path, version: str | None = None, as_of: date | None = None) -> dict[Key, Value]:
    """(area, period) to value; a value that is None shows its status instead."""
    store = open_store(home, version, as_of)
    try:
        return {
            (row.area_id, row.period.text): row.status if row.value is None else row.value
            for row in store.series(["rate", "persons", "hours"])
        }
    finally:
        store.close()


def files(home: Path) -> dict[str, bytes]:
    """Every file of the store but the lock and the list of its copies, with its content."""
    return {
        str(path.relative_to(home)): path.read_bytes()
        for path in home.rglob("*")
        if path.is_file() and path.name not in ("lock", "backups.json")
    }


def read_again(home: Path, data: Path | None = None) -> Published:
    """`init` of a store that does not say what it is made of, so that all of data/ is read."""
    with duckdb.connect(str(version_path(home, current_version(home)))) as connection:
        connection.execute("DROP TABLE made_of")
    return init(home, data)


# A file that corrects one of its figures.
CORRECTED = "område;periode;nøgletal;værdi\naarhus;2022;rate;71,5\n"


def leftovers(folder: Path) -> list[str]:
    """What a write that did not end would leave in a folder."""
    return [path.name for path in folder.iterdir() if path.name.startswith(PREFIX)]
