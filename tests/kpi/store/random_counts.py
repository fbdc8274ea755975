"""Random counts of indicators: a store that awaits them, and which of them it then shows."""

from collections.abc import Mapping
from itertools import product
from pathlib import Path

from kpi.ingest.mapping.choices import Choices
from kpi.ingest.table.raw import Upload
from kpi.store import init, open_store
from kpi.store.uploads import publish
from tests.kpi.data_folder import append, write_tiny

# Indicator, area, group and period.
Key = tuple[str, str, str, str]
_HEAD = "nøgletal;område;gruppe;periode;værdi;tæller;nævner\n"


def awaiting(folder: Path, groups: str, cases: int, letters: str) -> Path:
    """A store with count indicators of which nothing is published: `n0a`, `n0b` ... of each case.

    `groups` are the lines of the table of groups, beneath its heading.
    """
    data = write_tiny(folder / "data", "rate,aarhus,all,2022,70,700,1000,final")
    heading = "group_id,name,note,part_of\n"
    (data / "population_group.csv").write_text(heading + groups, encoding="utf-8")
    for number, letter in product(range(cases), letters):
        name = f"n{number}{letter}"
        append(
            data, "indicator.csv",
            f"{name},work,Antal {name},{name},count,persons,neutral,0,0,all,Antal {name},",
        )  # fmt: skip
    init(folder / "home", data)
    return folder / "home"


def shown_of(counts: Mapping[Key, int], home: Path) -> set[Key]:
    """The keys whose number is shown once all counts are published in one file."""
    lines = [f"{';'.join(key)};{count};;\n" for key, count in counts.items()]
    content = (_HEAD + "".join(lines)).encode()
    done = publish(Upload("a.csv", content), Choices(scale=1.0), "Ida", "x", home)
    assert done.batch_id is not None
    store = open_store(home)
    rows = store.series(sorted({key[0] for key in counts}))
    store.close()
    return {
        (row.indicator_id, row.area_id, row.group_id, row.period.text)
        for row in rows
        if row.value is not None
    }
