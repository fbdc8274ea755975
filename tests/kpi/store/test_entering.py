"""Rows that people enter: kept beside data/, checked, and never in part."""

from pathlib import Path

import pytest

from kpi.claims import claims_of
from kpi.errors import KpiError
from kpi.ingest.dataset import Row
from kpi.store import current_version, init, open_store
from kpi.store.entering import enter, free_source_id
from kpi.store.taking_back import remove_claim

CLAIM = {
    "source_id": "oto_status_2025",
    "indicator_id": "school_absence",
    "area_id": "gellerup",
    "group_id": "programme_children",
    "period": "2024H2",
    "from_period": "2024H1",
    "kind": "relative_change",
    "reported_value": "-25.4",
    "unit": "percent",
    "explanation": "Faldet er på en fjerdedel",
}
STATUS = {
    "initiative_id": "sprogboost",
    "date": "2025-06-01",
    "state": "in_operation",
    "summary": "I fast drift",
    "source_id": "status_2025",
}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    init(tmp_path)
    return tmp_path


def test_an_entered_claim_is_worked_out_and_outlives_init(home: Path) -> None:
    assert enter({"claim": [CLAIM]}, "Anna", home).rows == 1
    init(home)
    store = open_store(home)
    *_, last = claims_of(store, store.catalog())
    assert (last.claim.claim_id, last.claim.entered_by, last.verdict) == (
        "indfoert_1", "Anna", "agrees",
    )  # fmt: skip


def test_entered_claims_get_ids_of_their_own_and_can_be_taken_back(home: Path) -> None:
    enter({"claim": [CLAIM, {**CLAIM, "reported_value": "-34"}]}, "Anna", home)
    remove_claim("indfoert_1", home)
    left = [one.claim_id for one in open_store(home).claims() if one.entered_by]
    assert left == ["indfoert_2"]
    with pytest.raises(KpiError, match="ikke indført af en person"):
        remove_claim("viby_link_share", home)  # of data/


def test_a_new_status_stands_beside_the_old_ones(home: Path) -> None:
    enter({"initiative_status": [STATUS]}, "Anna", home)
    (found,) = (
        one for one in open_store(home).plan().initiatives if one.initiative_id == "sprogboost"
    )
    assert [(one.date, one.state) for one in found.statuses] == [
        ("2024-06-24", "planned"), ("2025-03-04", "in_progress"), ("2025-06-01", "in_operation"),
    ]  # fmt: skip


def test_rows_of_one_entry_may_point_to_each_other(home: Path) -> None:
    source = {
        "source_id": "notat_2025", "title": "Notat", "publisher": "Kommunen", "min_cell": "0",
    }  # fmt: skip
    enter(
        {"initiative_status": [{**STATUS, "source_id": "notat_2025"}], "source": [source]},
        "Anna",
        home,
    )
    assert "notat_2025" in open_store(home).catalog().sources


@pytest.mark.parametrize(
    ("table", "row", "told"),
    [
        ("claim", {**CLAIM, "area_id": "gelerup"}, "gellerup"),  # the nearest is named
        ("claim", {**CLAIM, "kind": "guess"}, "kolonne regnet som"),
        ("claim", {**CLAIM, "reported_value": ""}, "Skriv papirets tal"),
        ("claim", {**CLAIM, "reported_value": "en fjerdedel"}, "ikke et tal"),
        ("claim", {**CLAIM, "from_period": ""}, "tidligere periode"),
        ("claim", {**CLAIM, "period": "2024H7"}, "ikke en periode"),
        ("claim", {**CLAIM, "explanation": "Om 010190-1111"}, "CPR-nummer"),
        ("initiative_status", {**STATUS, "state": "paused"}, "kolonne tilstand"),
        ("initiative_status", {**STATUS, "date": "2023-01-01"}, "før indsatsens start"),
        ("initiative_status", {**STATUS, "date": "i går"}, "ikke en dato"),
        ("initiative_status", {**STATUS, "source_id": ""}, "kolonne kilde"),
        (
            "event",
            {"event_id": "e", "date": "", "precision": "day", "title": "T",
             "source_id": "status_2025"},
            "kolonne dato",
        ),
        (
            "event",
            {"event_id": "e", "date": "2025-09", "precision": "day", "title": "T",
             "source_id": "status_2025"},
            "ikke nøjagtig nok. Skriv dagen, 2025-03-19.",
        ),
        (
            "event",
            {"event_id": "e", "date": "2025", "precision": "season", "title": "T",
             "source_id": "status_2025"},
            "ikke nøjagtig nok. Skriv måneden, 2025-03.",
        ),
        (
            "meeting",
            {"meeting_id": "m", "date": "2025-03-11", "body": "Rådmandsmøde"},
            "den dag står der allerede",
        ),
        (
            "meeting",
            {"meeting_id": "m", "date": "2025-08", "body": "Rådmandsmøde"},
            "ikke nøjagtig nok. Skriv dagen, 2025-03-19.",
        ),
        (
            "target",
            {"target_id": "t", "indicator_id": "employment_rate", "area_id": "aarhus",
             "group_id": "all", "period": "2027", "value": "80", "state": "decided"},
            "kolonne kilde",
        ),
        (
            "source",
            {"source_id": "status_2025", "title": "T", "publisher": "K", "min_cell": "0"},
            "allerede",
        ),
    ],
)  # fmt: skip
def test_bad_rows_are_told_by_row_and_nothing_is_entered(
    home: Path, table: str, row: Row, told: str
) -> None:
    before = current_version(home)
    with pytest.raises(KpiError) as refused:
        enter({table: [row]}, "Anna", home)
    assert told in refused.value.message
    assert "linje 1" in refused.value.message
    assert current_version(home) == before


@pytest.mark.parametrize(
    ("rows", "by"),
    [({"claim": [CLAIM]}, " "), ({}, "Anna"), ({"claim": [CLAIM]}, "Anna 010190-1234")],
)
def test_no_name_a_number_for_one_and_no_rows(
    home: Path, rows: dict[str, list[Row]], by: str
) -> None:
    with pytest.raises(KpiError):
        enter(rows, by, home)


def test_a_claim_may_be_of_a_paper_that_is_new(home: Path) -> None:
    source_id = free_source_id(open_store(home).catalog())
    paper = {"source_id": source_id, "title": "Notat", "publisher": "Kommunen", "min_cell": "0"}
    enter({"source": [paper], "claim": [{**CLAIM, "source_id": source_id}]}, "Anna", home)
    store = open_store(home)
    (entered,) = (one for one in store.claims() if one.entered_by)
    assert store.catalog().sources[entered.source_id].title == "Notat"
    assert free_source_id(store.catalog()) != source_id
