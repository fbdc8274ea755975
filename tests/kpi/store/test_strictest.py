"""What guarded a number once still does, whatever becomes of its source, indicator and areas."""

from datetime import date
from pathlib import Path

import duckdb
import pytest

from kpi.domain.kinds import KIND_PROPERTIES
from kpi.domain.vocabulary import KIND_NAMES, KINDS
from kpi.ingest.table.raw import Upload
from kpi.store import current_version, strictest, version_path
from kpi.store.adding import add
from kpi.store.connection import connect
from kpi.store.uploads import publish, withdraw
from kpi.store.withdrawing_entries import withdraw_entry

THEN = date(2026, 2, 1)
SOURCE = {
    "source_id": "kilde_b", "title": "Opgørelse B", "publisher": "Kommunen", "min_cell": "5",
}  # fmt: skip
ROWS = (
    "nøgletal;område;gruppe;periode;værdi;kilde\n"
    "nsk_cases;aarhus;all;2027;100;{source}\n"
    "nsk_cases;aarhus;danish;2027;97;{source}\n"
    "nsk_cases;aarhus;non_western;2027;3;{source}\n"
)


def published(home: Path, text: str, name: str = "a.csv") -> int:
    """The batch of a file that people have known since January."""
    done = publish(Upload(name, text.encode()), None, "Ida", "Kvartal", home)
    assert done.batch_id is not None
    with duckdb.connect(str(version_path(home, current_version(home)))) as connection:
        connection.execute("UPDATE batch SET known_from = '2026-01-01' WHERE origin = 'upload'")
    return done.batch_id


def numbers(home: Path, as_of: date | None) -> list[tuple[str, str, float | None]]:
    connection = connect(version_path(home, current_version(home)), as_of)
    rows = connection.execute(
        """
        SELECT area_id, group_id, value FROM current_observation
        WHERE indicator_id = 'nsk_cases' AND period = '2027' ORDER BY ALL
        """
    ).fetchall()
    connection.close()
    return rows


HIDDEN = [("aarhus", "all", 100), ("aarhus", "danish", None), ("aarhus", "non_western", None)]


@pytest.mark.parametrize("what", ["undone", "lowered"])
def test_a_withdrawn_number_is_hidden_whatever_becomes_of_its_source(home: Path, what: str) -> None:
    entry = add("source", [SOURCE], "Ida", home=home).entry_id
    batch_id = published(home, ROWS.format(source="kilde_b"))
    assert numbers(home, THEN) == HIDDEN
    withdraw(batch_id, "Bo", "Prøve", home)
    if what == "undone":
        assert entry is not None
        withdraw_entry(entry, "Bo", "Prøve", home)
    else:
        add("source", [{**SOURCE, "min_cell": "0"}], "Bo", home=home)
    assert numbers(home, THEN) == HIDDEN


def test_a_number_is_hidden_when_its_indicator_no_longer_counts_persons(home: Path) -> None:
    withdraw(published(home, ROWS.format(source="own_upload")), "Bo", "Prøve", home)
    with duckdb.connect(str(version_path(home, current_version(home)))) as connection:
        connection.execute(
            "UPDATE indicator_row SET kind = 'amount' WHERE indicator_id = 'nsk_cases'"
        )
    add("source", [SOURCE], "Ida", home=home)
    add("source", [{**SOURCE, "title": "Opgørelse C"}], "Ida", home=home)
    assert numbers(home, THEN) == HIDDEN


def test_a_source_without_limit_from_the_start_hides_nothing(home: Path) -> None:
    add("source", [SOURCE], "Ida", home=home)
    add("source", [{**SOURCE, "min_cell": "0"}], "Ida", home=home)
    published(home, ROWS.format(source="kilde_b"))
    assert [value for *_, value in numbers(home, None)] == [100, 97, 3]


def test_what_was_called_small_by_a_lower_limit_is_remembered(home: Path) -> None:
    """`<5`, and by ten then: beside a nine that `<10` leaves at most, it would be four of 13."""
    add("source", [{**SOURCE, "min_cell": "5"}], "Ida", home=home)
    head, (source_id,) = "nøgletal;område;periode;værdi;kilde\n", [SOURCE["source_id"]]
    file = f"{head}nsk_cases;gellerup;2027;4;{source_id}\n"
    assert publish(Upload("a.csv", file.encode()), None, "Ida", "x", home).batch_id
    add("source", [{**SOURCE, "min_cell": "10"}], "Ida", home=home)
    rows = (("viby_syd", 9), ("tilst", 40), ("aarhus", 53))
    file = head + "".join(f"nsk_cases;{area};2027;{number};{source_id}\n" for area, number in rows)
    assert publish(Upload("b.csv", file.encode()), None, "Ida", "x", home).batch_id
    shown = {area for area, _, value in numbers(home, None) if value is not None}
    assert shown == {"aarhus"}


def hidden_areas(home: Path) -> set[str]:
    return {
        area_id for area_id, group_id, value in numbers(home, None)
        if group_id == "all" and value is None
    }  # fmt: skip


def test_a_number_that_was_shown_before_the_limit_was_raised_is_remembered(home: Path) -> None:
    """7 was read: 10 less 7 would reveal the 3 that came later, though both are called `<10`."""
    head = "nøgletal;område;periode;værdi;kilde\n"
    add("source", [SOURCE], "Ida", home=home)
    published(home, head + "nsk_cases;gellerup;2027;7;kilde_b\n")
    add("source", [{**SOURCE, "min_cell": "10"}], "Ida", home=home)
    rows = "nsk_cases;viby_syd;2027;3;kilde_b\nnsk_cases;aarhus;2027;10;kilde_b\n"
    published(home, head + rows, "b.csv")
    assert hidden_areas(home) == {"gellerup", "viby_syd", "aarhus"}


def test_a_guard_that_a_raised_limit_makes_small_was_not_called_small(home: Path) -> None:
    """5 was not `<5`, so of the 6 that 10 leaves of 16 it is five: another is one."""
    add("source", [SOURCE], "Ida", home=home)
    counts = {"gellerup": 1, "viby_syd": 5, "tilst": 10, "aarhus": 16}
    rows = [f"nsk_cases;{area_id};2027;{count};kilde_b\n" for area_id, count in counts.items()]
    published(home, "nøgletal;område;periode;værdi;kilde\n" + "".join(rows))
    add("source", [{**SOURCE, "min_cell": "10"}], "Ida", home=home)
    assert hidden_areas(home) > {"gellerup", "viby_syd"}


# Persons behind a value of each kind, where kinds.py says that they are: 3 of 100, or 3 in all.
SMALL = {"value": "3;;100", "numerator": "3;3;100", "denominator": "7;;3"}
LARGE = {"value": "60;;100", "numerator": "60;600;1000", "denominator": "7;;600"}


def test_three_persons_are_hidden_in_an_indicator_of_every_kind(home: Path) -> None:
    add("source", [SOURCE], "Ida", home=home)
    indicators = [
        {"indicator_id": f"proeve_{kind}", "theme_id": "employment", "name": f"Prøve {kind}",
         "kind": kind, "direction": "neutral", "definition": "En prøve",
         "unit": "percent" if properties.is_proportion else "sager"}
        for kind, properties in KIND_PROPERTIES.items()
    ]  # fmt: skip
    add("indicator", indicators, "Ida", home=home)
    rows = "nøgletal;område;gruppe;periode;værdi;tæller;nævner;kilde\n" + "".join(
        f"proeve_{kind};aarhus;all;{year};{cells[properties.persons_in]};kilde_b\n"
        for kind, properties in KIND_PROPERTIES.items()
        for year, cells in ((2026, SMALL), (2027, LARGE))
    )
    published(home, rows)
    connection = connect(version_path(home, current_version(home)), THEN)
    shown = connection.execute(
        """
        SELECT indicator_id, period, status FROM current_observation
        WHERE starts_with(indicator_id, 'proeve')
        """
    ).fetchall()
    connection.close()
    assert {*shown} == {
        (f"proeve_{kind}", period, status)
        for kind in KIND_PROPERTIES
        for period, status in (("2026", "suppressed"), ("2027", "final"))
    }


def test_a_kind_without_a_rule_for_its_persons_is_not_published(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(strictest, "GUARDED", strictest.GUARDED - {"count"})
    with pytest.raises(LookupError, match="count"):
        published(home, ROWS.format(source="own_upload"))


def test_every_kind_has_its_properties() -> None:
    assert {*KIND_PROPERTIES} == {*KINDS} == {*KIND_NAMES} == strictest.GUARDED
