"""The file of changes: every key, and the rows that are counted beside them."""

import csv
import io
from pathlib import Path

import pytest

from kpi.domain.vocabulary import STATUSES
from kpi.ingest.changes_file import CHANGE_WORDS, write_changes
from kpi.ingest.checking import MOST_CHANGES, check
from kpi.ingest.mapping.choices import Choices
from kpi.ingest.table.raw import Upload
from kpi.store.connection import compared_with
from kpi.views.upload_counts import row_counts
from tests.kpi.ingest.checked import Desk

HEADER = "nøgletal;område;gruppe;periode;værdi;lav;høj;status\n"


def written(desk: Desk, content: str, tmp_path: Path) -> list[dict[str, str]]:
    """The rows of the file of changes that a file would make."""
    out = tmp_path / "changes.csv"
    with compared_with(desk.version, 0) as connection:
        upload = Upload("udtræk.csv", content.encode())
        checked = check(connection, upload, desk.catalog, Choices())
        assert write_changes(connection, desk.catalog, out) == checked.new + checked.changed
    text = out.read_bytes().decode("utf-8-sig")
    assert out.read_bytes().startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def test_every_change_is_in_the_file_past_what_the_page_keeps(real: Desk, tmp_path: Path) -> None:
    many = "".join(
        f"workshops_held;{area.name};;{year};{year - 1999};;;\n"
        for area in real.catalog.areas.values()
        if area.level == "municipality"
        for year in range(2000, 2020)
    )
    rows = written(real, HEADER + many, tmp_path)
    assert len(rows) > MOST_CHANGES
    assert [int(row["Række"]) for row in rows] == list(range(2, len(rows) + 2))
    assert {row["Hvad"] for row in rows} == {"Nyt tal"}
    assert {(row["Før"], row["Status før"], row["Kilde før"]) for row in rows} == {("", "", "")}
    assert len({(row["Område"], row["Periode"]) for row in rows}) == len(rows)


def test_before_and_after_with_group_status_and_source(real: Desk, tmp_path: Path) -> None:
    rows = written(
        real,
        HEADER + "school_absence;Viby Syd;;2031H1;9,1;;;\n"
        "labour_market_link_share;Viby Syd;;2024M10D06;23,125;;;foreløbig\n"
        "nsk_budget;Aarhus;;2031;1234567,00005;;;\n"
        "nsk_budget;Aarhus;;2032;0,00005;;;\n"
        "programme_capacity;Aarhus;;2033;;100;250,5;\n"
        "programme_capacity;Aarhus;;2034;skjult;;;\n",
        tmp_path,
    )
    assert [row["Hvad"] for row in rows] == ["Ændret", *["Nyt tal"] * 5]
    first = rows[0]
    assert (first["Række"], first["Før"], first["Efter"]) == ("3", "23", "23,13")
    assert (first["Status før"], first["Status"]) == ("endelig", "foreløbig")
    assert (first["Kilde før"], first["Kilde"]) == ("oto_status_2025", "own_upload")
    assert first["Gruppe"] == real.catalog.indicators["labour_market_link_share"].default_group
    assert [row["Efter"] for row in rows[1:]] == [
        "9,1", "1234567,00005", "0,00005", "100-250,5", "",
    ]  # fmt: skip
    assert rows[-1]["Status"] == "skjult"


def test_every_status_has_its_word() -> None:
    assert set(CHANGE_WORDS) == set(STATUSES)


@pytest.mark.parametrize(
    ("rows", "faulty", "unused"),
    [
        ("school_absence;Viby Syd;;2031H1;9,1;;;\n", 0, 0),
        ("school_absence;Viby Syd;;2031H1;9,1;;;\n" * 2, 0, 1),  # twice the same: not wrong
        ("school_absence;Viby Syd;;2031H1;9,1;;;\nschool_absence;Viby Syd;;2031H1;8;;;\n", 2, 0),
        ("school_absence;Viby Syd;;2031H1;;;;\n", 0, 1),  # empty
        ("school_absence;Viby Syd;;2031H1;x;;;\n", 1, 0),
        ("x;y;z;2031;x;;;\n", 1, 0),  # several errors, one row
        ("school_absence;Viby Syd;;2031H1;109;;;\n", 1, 0),
        ("school_absence;Viby Syd;;2031H1;;;;foreløbig\n", 1, 0),
    ],
)
def test_rows_that_are_no_figures_are_counted_once(
    real: Desk, rows: str, faulty: int, unused: int
) -> None:
    good = "workshops_held;Aarhus;;2031;5;;;\n"
    checked = real.check(HEADER + good + rows)
    assert checked.faulty == faulty
    assert dict(row_counts(checked)).get("unused", 0) == unused
    assert dict(row_counts(checked))["all"] == rows.count("\n") + 1


def test_rows_that_a_recipe_adds_are_counted_beside_those_of_the_file(real: Desk) -> None:
    recipe = """
        title = "x"
        source_id = "own_upload"
        indicator_id = "workshops_held"
        area = "a"
        period = "p"
        value = "v"
        absent = "zero"
    """
    checked = real.check("a;p;v\nAarhus;2031;1\nAalborg;2032;2\n", recipe)
    assert (checked.rows_read, checked.added, checked.new) == (2, 2, 4)
    assert row_counts(checked) == (("changed", 0), ("new", 4), ("unchanged", 0), ("all", 4))
