"""Hidden numbers are not told by another indicator that speaks of the same persons."""

from datetime import date
from pathlib import Path

import duckdb

from kpi.ingest.raw import Upload
from kpi.store import current_version, open_store, version_path
from kpi.store.adding import add
from kpi.store.uploads import publish

THEME = "Beskæftigelse og selvforsørgelse"
UNITS = {"count": "personer", "proportion": "procent", "mean": "karakter"}
HEAD = "nøgletal;område;gruppe;periode;værdi;tæller;nævner\n"
# 23 ledige, 20 of them job-ready: hidden, or the 3 that are not would be told.
PEOPLE = {"all": 23, "job_ready": 20, "activity_ready": 3}
COUNTS = "".join(f"people;aarhus;{group};2024;{number};;\n" for group, number in PEOPLE.items())


def made(home: Path, **kinds: str) -> None:
    rows = [
        {"indicator_id": one, "theme_id": THEME, "name": f"Nyt {one}", "kind": kind,
         "unit": UNITS[kind], "definition": "Noget nyt"}
        for one, kind in kinds.items()
    ]  # fmt: skip
    add("indicator", rows, "Ida", home)


def put_out(home: Path, rows: str) -> None:
    assert publish(Upload("a.csv", (HEAD + rows).encode()), None, "Ida", "x", home).batch_id


def shown(home: Path, *indicator_ids: str, as_of: date | None = None) -> set[tuple[str, str]]:
    """The indicators and groups of which a number is shown."""
    store = open_store(home, as_of=as_of)
    rows = store.series(indicator_ids)
    store.close()
    return {(row.indicator_id, row.group_id) for row in rows if row.value is not None}


def test_the_number_of_all_of_a_share_and_of_a_mean(home: Path) -> None:
    made(home, people="count", share="proportion", marks="mean", other="count")
    others = (
        "share;aarhus;all;2024;43,5;10;23\nshare;aarhus;job_ready;2024;40;8;20\n"
        "marks;aarhus;all;2024;7,5;;23\nmarks;aarhus;job_ready;2024;7,5;;20\n"
        # One number that is the same by chance, beside one that is not.
        "other;aarhus;all;2024;77;;\nother;aarhus;job_ready;2024;20;;\n"
    )
    put_out(home, COUNTS + others)
    assert shown(home, "people", "share", "marks", "other") == {
        ("people", "all"), ("share", "all"), ("marks", "all"),
        ("other", "all"), ("other", "job_ready"),
    }  # fmt: skip


def test_a_copy_that_has_another_guard(home: Path) -> None:
    """What was shown first is spared, so that each indicator had hidden another number."""
    made(home, people="count", copied="count")
    put_out(home, "copied;aarhus;job_ready;2024;20;;\n")
    with duckdb.connect(str(version_path(home, current_version(home)))) as connection:
        connection.execute("UPDATE batch SET known_from = '2026-01-01' WHERE origin = 'upload'")
    put_out(home, COUNTS + COUNTS.replace("people", "copied"))
    assert shown(home, "people", "copied") == set()
    assert shown(home, "copied", as_of=date(2026, 1, 2)) == set()


def test_few_that_lack_something_are_not_told_by_two_counts(home: Path) -> None:
    made(home, share="proportion", those="count", everyone="count")
    put_out(
        home,
        "share;aarhus;all;2024;97;97;100\nshare;aarhus;job_ready;2024;50;50;100\n"
        "those;aarhus;all;2024;97;;\nthose;aarhus;job_ready;2024;50;;\n"
        "everyone;aarhus;all;2024;100;;\neveryone;aarhus;job_ready;2024;100;;\n",
    )
    assert ("those", "all") not in shown(home, "share", "those", "everyone")
    assert ("those", "job_ready") in shown(home, "share", "those", "everyone")
