"""What people entered of the plan: what it changes, that it holds, and the way back."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from unittest.mock import Mock

import pytest

from kpi.domain.errors import KpiError
from kpi.domain.plan import Initiative
from kpi.plan.changes import CHANGED, NEW, SAME
from kpi.store import current_version, init, open_store
from kpi.store.entering import check_rows, enter
from kpi.store.withdrawing_entries import withdraw_entry
from kpi.tables.spec import Row
from tests.days import today, yesterday

STATUS = {
    "initiative_id": "courses", "date": "2025-06-01", "state": "completed",
    "summary": "Afsluttet", "source_id": "paper",
}  # fmt: skip
COURSES = {
    "initiative_id": "courses", "theme_id": "work", "title": "Forløb i Gellerup",
    "responsible": "Afdelingen", "started": "2024", "indicator_ids": "persons",
}  # fmt: skip
GOAL = {
    "target_id": "goal", "indicator_id": "rate", "area_id": "aarhus", "group_id": "all",
    "period": "2026", "value": "80", "state": "decided", "note": "", "source_id": "paper",
}  # fmt: skip
MEETING = {"meeting_id": "first", "date": "2024-06-24", "body": "Rådmandsmøde", "title": "Status"}
EVENT = {
    "event_id": "start", "date": "2024-04", "precision": "season", "area_id": "aarhus",
    "theme_id": "", "title": "Planen sættes i gang", "source_id": "paper",
}  # fmt: skip


def courses(home: Path, as_of: date | None = None) -> Initiative:
    store = open_store(home, as_of=as_of)
    (initiative,) = store.plan().initiatives
    store.close()
    return initiative


def state(home: Path, as_of: date | None = None) -> str:
    return courses(home, as_of).statuses[-1].state


@pytest.mark.parametrize(
    ("table", "row", "kind", "differences"),
    [
        ("initiative_status", STATUS, NEW, None),
        ("initiative_status", {**STATUS, "date": "2024-06-24", "state": "in_progress",
                               "summary": "I gang"}, SAME, None),
        ("initiative", COURSES, SAME, []),
        ("initiative", {**COURSES, "responsible": "Jobhuset"}, CHANGED,
         [("responsible", "Afdelingen", "Jobhuset")]),
        ("initiative", {**COURSES, "initiative_id": "other", "title": "Andre"}, NEW, None),
        ("target", GOAL, SAME, []),
        ("target", {**GOAL, "value": "80.0"}, SAME, []),
        ("target", {**GOAL, "value": "75"}, CHANGED, [("value", "80", "75")]),
        ("target", {**GOAL, "value": "80.00001"}, CHANGED, [("value", "80", "80.00001")]),
        ("meeting", MEETING, SAME, []),
        ("meeting", {**MEETING, "date": "2024-06-25"}, CHANGED,
         [("date", "2024-06-24", "2024-06-25")]),
        ("event", EVENT, SAME, []),
        ("event", {**EVENT, "precision": "month"}, CHANGED, [("precision", "season", "month")]),
    ],
)  # fmt: skip
def test_each_row_is_compared_with_the_plan(
    spor: Path, table: str, row: Row, kind: str, differences: Sequence[tuple[str, str, str]] | None
) -> None:
    before = current_version(spor)
    (change,) = check_rows({table: [row]}, spor)
    assert (change.table, change.kind) == (table, kind)
    if differences is not None:
        assert change.differences() == differences
    done = enter({table: [row]}, "Anna", spor)
    assert (done.rows, done.unchanged) == ((0, 1) if kind == SAME else (1, 0))
    assert (current_version(spor) == before) is (kind == SAME)
    (now,) = check_rows({table: [row]}, spor)
    assert now.kind == SAME


def test_checking_reports_what_is_wrong_and_changes_nothing(spor: Path) -> None:
    with pytest.raises(KpiError, match="før indsatsens start"):
        check_rows({"initiative_status": [{**STATUS, "date": "2023-01-01"}]}, spor)
    assert current_version(spor) == "000001"


def test_of_rows_with_the_same_id_the_one_entered_last_holds(spor: Path) -> None:
    enter({"initiative": [{**COURSES, "responsible": "Jobhuset"}]}, "Anna", spor)
    enter({"initiative": [{**COURSES, "responsible": "Fritid"}]}, "Anna", spor)
    assert courses(spor).responsible == "Fritid"
    withdraw_entry(2, "Bo", "Fejl", spor)
    assert courses(spor).responsible == "Jobhuset"
    withdraw_entry(1, "Bo", "Fejl", spor)
    assert courses(spor).responsible == "Afdelingen"


def test_a_withdrawn_entry_no_longer_counts_and_stays_in_the_history(
    spor: Path, tiny: Path
) -> None:
    meeting = {**MEETING, "meeting_id": "second", "date": "2024-08-21"}
    rows = {"initiative_status": [STATUS], "meeting": [meeting]}
    done = enter(rows, "Anna", spor, origin="plan.xlsx")
    assert state(spor) == "completed"
    withdraw_entry(done.entry_id or 0, " Bo ", "Forkert møde", spor)
    assert state(spor) == state(spor, today()) == "in_progress"
    init(spor, tiny)
    assert state(spor) == "in_progress"
    store = open_store(spor)
    assert list(store.catalog().meetings) == ["first"]
    (entry,) = store.entries()
    store.close()
    assert (entry.entry_id, entry.entered_by, entry.origin) == (1, "Anna", "plan.xlsx")
    assert entry.rows == (("initiative_status", 1), ("meeting", 1))
    assert (entry.withdrawn_on, entry.withdrawn_by) == (today().isoformat(), "Bo")


def test_it_still_stood_on_the_days_before(spor: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    enter({"initiative_status": [STATUS]}, "Anna", spor)
    later = Mock(now=lambda zone: datetime.now(zone) + timedelta(days=2))
    monkeypatch.setattr("kpi.store.withdrawing_entries.datetime", later)
    withdraw_entry(1, "Bo", "Fejl", spor)
    assert state(spor, today() + timedelta(days=1)) == "completed"
    assert state(spor, today() + timedelta(days=2)) == state(spor) == "in_progress"


def test_what_others_depend_on_is_not_withdrawn(spor: Path) -> None:
    enter({"initiative": [{**COURSES, "initiative_id": "new", "title": "Ny"}]}, "Anna", spor)
    enter({"initiative_status": [{**STATUS, "initiative_id": "new"}]}, "Anna", spor)
    with pytest.raises(KpiError, match="»Ny« har fået en status i en senere registrering"):
        withdraw_entry(1, "Bo", "Fejl", spor)
    withdraw_entry(2, "Bo", "Fejl", spor)
    withdraw_entry(1, "Bo", "Fejl", spor)
    assert courses(spor).initiative_id == "courses"


@pytest.mark.parametrize(
    ("entry_id", "by", "why", "message"),
    [
        (7, "Bo", "Fejl", "ingen registrering nr. 7"),
        (1, "Bo", " ", "Skriv både navn"),
        (1, "", "Fejl", "Skriv både navn"),
        (1, "Bo", "Om 010190-1234", "CPR-numre"),
    ],
)
def test_refusals(spor: Path, entry_id: int, by: str, why: str, message: str) -> None:
    enter({"initiative_status": [STATUS]}, "Anna", spor)
    with pytest.raises(KpiError, match=message):
        withdraw_entry(entry_id, by, why, spor)
    assert state(spor) == "completed"


def test_an_entry_is_withdrawn_once(spor: Path) -> None:
    enter({"initiative_status": [STATUS]}, "Anna", spor)
    withdraw_entry(1, "Bo", "Fejl", spor)
    with pytest.raises(KpiError, match="allerede fortrudt"):
        withdraw_entry(1, "Bo", "Fejl", spor)


def test_large_numbers_are_distinguished(spor: Path) -> None:
    many = {**GOAL, "target_id": "many", "indicator_id": "persons", "value": "1234567"}
    enter({"target": [many]}, "Anna", spor)
    assert [row.kind for row in check_rows({"target": [many]}, spor)] == [SAME]
    (change,) = check_rows({"target": [{**many, "value": "1234570"}]}, spor)
    assert change.differences() == [("value", "1234567", "1234570")]


def test_a_state_that_comes_back_the_same_day_is_news_and_twice_in_a_file_is_not(
    spor: Path,
) -> None:
    going, stuck = {**STATUS, "state": "in_progress"}, {**STATUS, "state": "blocked"}
    for row in (going, stuck, going):
        assert enter({"initiative_status": [row]}, "Anna", spor).rows == 1
    assert state(spor) == "in_progress"
    assert enter({"initiative_status": [stuck, stuck]}, "Anna", spor).rows == 1


def test_a_withdrawn_row_is_not_there_to_point_to(spor: Path) -> None:
    done = enter({"initiative": [{**COURSES, "initiative_id": "new", "title": "Ny"}]}, "Anna", spor)
    withdraw_entry(done.entry_id or 0, "Bo", "Fejl", spor)
    with pytest.raises(KpiError, match="»new«"):
        enter({"initiative_status": [{**STATUS, "initiative_id": "new"}]}, "Anna", spor)


def test_an_initiative_began_when_its_current_row_says(spor: Path) -> None:
    late = {**COURSES, "initiative_id": "late", "title": "Sen", "started": "2026"}
    status = {**STATUS, "initiative_id": "late"}
    enter({"initiative": [late]}, "Anna", spor)
    with pytest.raises(KpiError, match=r"før indsatsens start \(2026\)"):
        enter({"initiative_status": [status]}, "Anna", spor)
    # A correction in the same file counts.
    rows = {"initiative": [{**late, "started": "2025"}], "initiative_status": [status]}
    assert [row.kind for row in check_rows(rows, spor)] == [CHANGED, NEW]
    correction = enter({"initiative": rows["initiative"]}, "Anna", spor)
    assert check_rows({"initiative_status": [status]}, spor)
    withdraw_entry(correction.entry_id or 0, "Bo", "Fejl", spor)
    with pytest.raises(KpiError, match=r"før indsatsens start \(2026\)"):
        check_rows({"initiative_status": [status]}, spor)


def test_when_an_initiative_began_is_a_date(spor: Path) -> None:
    with pytest.raises(KpiError, match="kolonne begyndt: »2024-forår«"):
        enter({"initiative": [{**COURSES, "started": "2024-forår"}]}, "Anna", spor)


def test_a_files_name_is_kept_only_without_a_persons_number(spor: Path) -> None:
    with pytest.raises(KpiError, match="CPR-nummer"):
        enter({"initiative_status": [STATUS]}, "Anna", spor, origin="status 010190-1234.csv")


def test_remarks_are_listed_once_and_as_they_are_now(spor: Path) -> None:
    enter({"initiative": [{**COURSES, "responsible": "Jobhuset"}]}, "Anna", spor)
    enter({"event": [{**EVENT, "title": "Planen begynder"}]}, "Anna", spor)
    store = open_store(spor)
    remarks = {
        area: [text for _, text, _ in store.remarks(area)] for area in ("gellerup", "aarhus")
    }
    store.close()
    assert remarks == {"gellerup": ["I gang"], "aarhus": ["Planen begynder"]}


def test_a_claim_counts_from_the_day_it_was_entered(spor: Path) -> None:
    claim = {
        "source_id": "paper", "indicator_id": "rate", "area_id": "aarhus", "group_id": "all",
        "period": "2022", "kind": "complement", "reported_value": "30", "unit": "percent",
        "explanation": "Resten",
    }  # fmt: skip
    enter({"claim": [claim]}, "Anna", spor)
    for as_of, count in ((None, 2), (today(), 2), (yesterday(), 1)):
        store = open_store(spor, as_of=as_of)
        assert len(store.claims()) == count
        store.close()
