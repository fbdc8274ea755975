"""A store with small numbers shows none of them, and still knows what a file would change."""

from datetime import date
from pathlib import Path

import duckdb
import pytest

from kpi import answers
from kpi.export.csv import write_observations
from kpi.ingest.answers import check_answer
from kpi.ingest.raw import Upload
from kpi.show import standings
from kpi.store import current_version, open_store, version_path
from kpi.store.uploads import check_file, publish, withdraw
from kpi.views.since import since_view

# Three quarters of Aarhus and the whole. 3 is small; 12 would be found from 24 and 9.
ROWS = """nøgletal;område;periode;værdi;tæller;nævner;note;som udgivet
nsk_cases;gellerup;2026K1;3;;;i alt 3 sager;kun 3
nsk_cases;viby_syd;2026K1;12;;;;
nsk_cases;tilst;2026K1;9;;;;
nsk_cases;aarhus;2026K1;24;;;;
sanction_share;aarhus;2026;98,0;48;49;;
"""
HIDDEN = {("gellerup", "<5"), ("tilst", "skjult")}


@pytest.fixture
def small(home: Path) -> Path:
    """The default figures and a file with small numbers."""
    done = publish(Upload("tal.csv", ROWS.encode()), None, "Ida", "Kvartal", home)
    assert done.batch_id is not None
    return home


@pytest.mark.parametrize("as_of", [None, date(2100, 1, 1)])
def test_small_numbers_are_hidden_in_every_answer(small: Path, as_of: date | None) -> None:
    store = open_store(small, as_of=as_of)
    catalog = store.catalog()
    found = standings(store, "nsk_cases")
    shown = {
        (row["area_id"], row["display"])
        for row in answers.show_answer(store, "nsk_cases", found)["rows"]
        if row["period"] == "2026K1"
    }
    assert shown == {*HIDDEN, ("viby_syd", "12"), ("aarhus", "24")}
    (share,) = standings(store, "sanction_share", ["aarhus"], ["non_western"])
    assert share.observation.value is None  # one of 49 lacks it
    text = answers.show_text(catalog, "nsk_cases", found)
    rows, _ = write_observations(store, ["nsk_cases", "sanction_share"], None)
    store.close()
    for told in (text, rows):
        assert "kun 3" not in told
        assert "3 sager" not in told
        assert ",48" not in told


def test_every_row_that_is_hidden_is_hidden_whole(small: Path) -> None:
    store = open_store(small)
    for row in store.series(["nsk_cases", "sanction_share"]):
        if row.status == "suppressed":
            assert (row.value, row.numerator, row.denominator, row.note) == (None,) * 4
    store.close()


def test_the_same_file_again_changes_nothing(small: Path) -> None:
    checked = check_file(Upload("tal.csv", ROWS.encode()), home=small)
    assert (checked.new, checked.changed, checked.unchanged) == (0, 0, 5)


def test_the_earlier_hidden_number_is_not_told(small: Path) -> None:
    changed = ROWS.replace("2026K1;3;", "2026K1;4;").replace("kun 3", "kun 4")
    checked = check_file(Upload("tal.csv", changed.encode()), home=small)
    assert (checked.changed, checked.unchanged) == (1, 4)
    (change,) = check_answer(checked)["diff"]["changes"]
    assert (change["old"], change["new"]) == (None, 4.0)
    assert not [one for one in checked.problems if one.row == 2 and one.code == "big_change"]


def test_a_number_that_grows_is_shown_again(small: Path) -> None:
    grown = ROWS.replace("2026K1;3;", "2026K1;30;").replace("2026K1;24;", "2026K1;51;")
    publish(Upload("tal.csv", grown.encode()), None, "Ida", "Rettet", small)
    store = open_store(small)
    values = {
        row.area_id: row.value for row in store.series(["nsk_cases"]) if row.period.text == "2026K1"
    }
    store.close()
    assert values == {"gellerup": 30, "viby_syd": 12, "tilst": 9, "aarhus": 51}


def test_taking_the_file_back_leaves_nothing_hidden(small: Path) -> None:
    store = open_store(small)
    newest = store.batches()[0].batch_id
    store.close()
    withdraw(newest, "Bo", "Prøve", small)
    store = open_store(small)
    assert not [one for *_, status, one in store.status_counts() if status == "suppressed"]
    store.close()


def test_a_number_that_guards_another_today_is_hidden_on_earlier_days_too(
    home: Path,
) -> None:
    """Shown then and hidden now, it would tell the small one: 33 less 30 is 3."""
    head = "nøgletal;område;periode;værdi\n"
    first = head + "nsk_cases;aarhus;2027;33\nnsk_cases;gellerup;2027;30\n"
    publish(Upload("a.csv", first.encode()), None, "Ida", "Først", home)
    with duckdb.connect(str(version_path(home, current_version(home)))) as connection:
        connection.execute("UPDATE batch SET known_from = '2026-01-01' WHERE origin = 'upload'")
    earlier = date(2026, 2, 1)
    assert shown_on(home, earlier) == {"aarhus": 33, "gellerup": 30}
    second = head + "nsk_cases;viby_syd;2027;3\n"
    publish(Upload("b.csv", second.encode()), None, "Ida", "Så", home)
    assert shown_on(home, None) == {"aarhus": 33, "gellerup": None, "viby_syd": None}
    assert shown_on(home, earlier) == {"aarhus": 33, "gellerup": None}
    then, now = open_store(home, as_of=earlier), open_store(home)
    found = since_view(then, now, now.catalog(), earlier, "aarhus")
    then.close()
    now.close()
    assert "30" not in {one.old for one in found.changed} | {one.before for one in found.new}


def shown_on(home: Path, as_of: date | None) -> dict[str, float | None]:
    store = open_store(home, as_of=as_of)
    rows = store.series(["nsk_cases"])
    store.close()
    return {row.area_id: row.value for row in rows if row.period.text == "2027"}
