"""Rows that are written beside their check are those that are written after it, or none."""

import shutil
from collections.abc import Sequence
from pathlib import Path
from threading import Event
from typing import Any

import duckdb
import pytest

from kpi.domain.errors import Problem
from kpi.ingest import file_problems
from kpi.ingest.table.raw import Upload
from kpi.store import batches, current_version, inserting, version_path
from kpi.store.connection import derive_after
from kpi.store.uploads import PublishedUpload, publish
from kpi.store.versions import versions
from tests.kpi.store.test_implied_elsewhere import HEAD, made
from tests.tiers import some, takes_every_case

AREAS = ("aarhus", "odense", "gellerup", "aalborg")
YEARS = range(2020, 2025)
# Notes and the source's words, and digits that are not kept.
WORDED = (
    HEAD.strip()
    + """;note;som udgivet
share;aarhus;all;2026;12,3456789;;;Nyt;12,3456789 pct.
share;odense;all;2026;ca. 12,3456789;;;;
share;gellerup;all;2026;60,5;;;;
"""
)
ALL_TABLES = """
SELECT table_name FROM duckdb_tables() WHERE NOT internal AND table_name <> 'derived_by' ORDER BY 1
"""


def rows_of(more: int, areas: Sequence[str] = AREAS) -> str:
    """Counts and shares of some areas and years, few persons among them, each by `more`."""
    return "".join(
        f"people;{area};all;{year};{number + more};;\n"
        f"share;{area};all;{year};{50 + (place + more) % 20},5;;\n"
        for place, (area, year) in enumerate((area, year) for area in areas for year in YEARS)
        for number in [place % 40]
    )


def put_out(home: Path, text: str, **how: Any) -> PublishedUpload:
    return publish(Upload("a.csv", (HEAD + text).encode()), None, "Ida", "x", home, **how)


def contents(home: Path) -> dict[str, list[str]]:
    """The rows of all tables, sorted; without the moment of publication."""
    with duckdb.connect(str(version_path(home, current_version(home))), read_only=True) as version:
        tables = [name for (name,) in version.execute(ALL_TABLES).fetchall()]
        return {
            table: sorted(
                str(row)
                for row in version.execute(
                    f"SELECT COLUMNS(name -> name <> 'published_at') FROM {table}"  # noqa: S608
                ).fetchall()
            )
            for table in tables
        }


@pytest.fixture
def beside(monkeypatch: pytest.MonkeyPatch) -> None:
    """Few rows are written beside their check, too."""
    monkeypatch.setattr(inserting, "MANY", 0)
    monkeypatch.setattr(inserting, "_MANY_BYTES", 0)


@pytest.mark.soak
def test_they_are_those_that_are_written_afterwards(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a first publication, and of one that puts others in the place of some."""
    made(home, people="count", share="proportion")
    written = []
    for many in (100_000, 0):
        monkeypatch.setattr(inserting, "MANY", many)
        monkeypatch.setattr(inserting, "_MANY_BYTES", many)
        place = shutil.copytree(home, tmp_path / str(many))
        done = [put_out(place, rows_of(0)), put_out(place, rows_of(1, AREAS[:2]))]
        done.append(publish(Upload("b.csv", WORDED.encode()), None, "Ida", "x", place))
        written.append((contents(place), done))
    after, beside_check = written
    assert beside_check == after
    assert len(after[0]["past_observation"]) > 20
    assert after[0]["hidden_row"]
    assert any("12,34… pct." in row for row in after[0]["current_observation"])


@pytest.mark.usefixtures("beside")
def test_an_error_that_is_found_meanwhile_leaves_nothing(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made(home, people="count", share="proportion")
    before = versions(home)
    late = Problem("scale", "", 3, "tal", "1", "Andele", "Svar", reported_as="error")
    monkeypatch.setattr(file_problems, "_questions", lambda *_: [late])
    done = put_out(home, rows_of(0))
    assert (done.batch_id, done.checked.publishable, versions(home)) == (None, False, before)
    monkeypatch.undo()
    assert put_out(home, rows_of(0)).batch_id


@pytest.mark.usefixtures("beside")
def test_what_is_not_allowed_leaves_nothing(home: Path) -> None:
    made(home, people="count", share="proportion")
    before = versions(home)
    assert put_out(home, rows_of(0), is_allowed=lambda checked: False).batch_id is None
    assert versions(home) == before


@pytest.mark.usefixtures("beside")
def test_what_follows_of_them_is_worked_out_before_the_last_question(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made(home, people="count", share="proportion")
    are_derived, asked = Event(), file_problems._questions

    def derive(*rest: Any) -> None:
        derive_after(*rest)
        are_derived.set()

    def ask(*rest: Any) -> list[Problem]:
        assert are_derived.wait(60)
        return asked(*rest)

    monkeypatch.setattr(inserting, "derive_after", derive)
    monkeypatch.setattr(file_problems, "_questions", ask)
    assert put_out(home, rows_of(0)).batch_id


@pytest.mark.usefixtures("beside")
@pytest.mark.parametrize("step", ["insert_batch", "derive_after"])
def test_without_room_beside_the_check_they_are_written_after_it(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    """From the start, on a connection of its own: nothing of the first try is left."""
    made(home, people="count", share="proportion")
    put_out(home, rows_of(0))
    other = shutil.copytree(home, tmp_path / "other")
    put_out(other, rows_of(1))
    tries: list[object] = []
    does = getattr(inserting, step)

    def starved(connection: duckdb.DuckDBPyConnection, *rest: Any, **how: Any) -> object:
        tries.append(connection)
        answer = does(connection, *rest, **how)
        if len(tries) == 1:
            raise duckdb.OutOfMemoryException("no room")
        return answer

    monkeypatch.setattr(inserting, step, starved)
    put_out(home, rows_of(1))
    assert contents(home) == contents(other)
    assert len(tries) == 2
    assert tries[0] is not tries[1]


def test_rows_that_lie_together_are_replaced_as_others_are(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All of a publication, some stretches of it, and every second row."""
    made(home, people="count", share="proportion")
    put_out(home, rows_of(0))
    revised = {"stretches": AREAS[1::2], "all": AREAS, "scattered": AREAS}
    written = []
    for most in (0, 8):
        monkeypatch.setattr(batches, "_MOST_STRETCHES", most)
        place = shutil.copytree(home, tmp_path / str(most))
        for more, (how, areas) in enumerate(some([*revised.items()], 2), 1):
            lines = rows_of(more, areas).splitlines(keepends=True)
            put_out(place, "".join(lines[:: 2 if how == "scattered" else 1]))
        written.append(contents(place))
    assert written[0] == written[1]
    assert len(written[0]["past_observation"]) > (75 if takes_every_case() else 35)


def test_how_figures_are_counted_is_kept_whether_all_or_some_of_a_file_are_changed(
    home: Path,
) -> None:
    """A file that does not say it leaves it as it was published."""
    made(home, people="count")
    ways = {"aarhus": "at", "odense": "over", "aalborg": "since"}
    head = "nøgletal;område;gruppe;periode;værdi;opgjort\n"

    def publish_numbers(numbers: Sequence[int], says_how: bool) -> set[tuple[str, int, str]]:
        """What stands after it: area, number, how it is counted."""
        text = head + "".join(
            f"people;{area};all;2024;{number};{how if says_how else ''}\n"
            for number, (area, how) in zip(numbers, ways.items(), strict=True)
        )
        assert publish(Upload("a.csv", text.encode()), None, "Ida", "x", home).batch_id
        with duckdb.connect(str(version_path(home, current_version(home)))) as version:
            sql = "SELECT area_id, value, measured FROM current_observation WHERE indicator_id = $1"
            return set(version.execute(sql, ["people"]).fetchall())

    for numbers, says_how in (
        ((500, 600, 700), True),
        ((501, 601, 701), False),
        ((502, 601, 702), False),
    ):
        assert publish_numbers(numbers, says_how) == {
            (area, number, how) for number, (area, how) in zip(numbers, ways.items(), strict=True)
        }
