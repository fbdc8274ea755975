"""The plan as the store knows it: today, as of a day, and after people have entered rows."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from kpi.domain.plan import Plan
from kpi.store import init, open_store
from kpi.store.entering import enter
from tests.days import today, yesterday
from tests.kpi.data_folder import append


def status(day: str, state: str = "completed", initiative: str = "courses") -> dict[str, str]:
    return {
        "initiative_id": initiative, "date": day, "state": state, "summary": "Ord",
        "source_id": "paper",
    }  # fmt: skip


def plan(home: Path, as_of: date | None = None) -> Plan:
    store = open_store(home, as_of=as_of)
    try:
        return store.plan()
    finally:
        store.close()


def states(home: Path, as_of: date | None = None) -> dict[str, list[str]]:
    """initiative to its states, oldest first."""
    return {
        initiative.initiative_id: [each.state for each in initiative.statuses]
        for initiative in plan(home, as_of).initiatives
    }


@pytest.fixture(scope="module")
def built(once: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of the tiny plan with more of each table. Never change it."""
    folder = tmp_path_factory.mktemp("plan")
    tiny = Path(shutil.copytree(once / "tiny", folder / "tiny"))
    append(tiny, "source.csv", "later,Senere papir,Udgiver,2025-03-04,,0")
    append(tiny, "initiative.csv", "mentors,work,Mentorer,,,rate;persons")
    append(tiny, "initiative.csv", "unheard,work,Uden status,,,")
    append(tiny, "initiative_status.csv", "mentors,2025-03-04,planned,Besluttet,later")
    append(tiny, "initiative_status.csv", "courses,2025,in_operation,I drift,later")
    append(tiny, "event.csv", "early,2024-01,month,,work,Aftale,paper")
    append(tiny, "event.csv", "ahead,2025-06,month,,work,Temadag,later")
    append(tiny, "target.csv", "next,rate,aarhus,all,2027,82,proposed,,later")
    init(folder / "built", tiny)
    return folder / "built"


@pytest.mark.every_case
@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        (None, {"courses": ["in_progress", "in_operation"], "mentors": ["planned"], "unheard": []}),
        (date(2024, 6, 23), {}),  # nothing was reported yet
        (date(2024, 6, 24), {"courses": ["in_progress"]}),
        (date(2025, 3, 4), {"courses": ["in_progress"], "mentors": ["planned"]}),
        (date(2025, 12, 31), {"courses": ["in_progress", "in_operation"], "mentors": ["planned"]}),
    ],
)
def test_initiatives_as_of_a_day(
    built: Path, as_of: date | None, expected: dict[str, list[str]]
) -> None:
    assert states(built, as_of) == expected


@pytest.mark.every_case
@pytest.mark.parametrize(
    ("as_of", "target_ids"),
    [
        (None, ["goal", "next"]),
        (date(2024, 6, 18), []),  # the paper is of 19 June
        (date(2024, 6, 19), ["goal"]),
        (date(2025, 3, 4), ["goal", "next"]),
    ],
)
def test_targets_are_known_when_their_source_is(
    built: Path, as_of: date | None, target_ids: list[str]
) -> None:
    assert [target.target_id for target in plan(built, as_of).targets] == target_ids


@pytest.mark.every_case
@pytest.mark.parametrize(
    ("as_of", "event_ids"),
    [
        (None, ["early", "start", "ahead"]),
        (date(2023, 1, 1), []),
        (date(2024, 6, 18), []),  # both had happened, but no paper had reported them
        (date(2024, 6, 19), ["early", "start"]),
        (date(2025, 3, 3), ["early", "start"]),
        (date(2025, 3, 4), ["early", "start", "ahead"]),  # a paper announces what is to come
    ],
)
def test_events_are_known_when_a_paper_reports_them(
    built: Path, as_of: date | None, event_ids: list[str]
) -> None:
    assert [event.event_id for event in plan(built, as_of).events] == event_ids


def test_rows_come_back_whole(built: Path) -> None:
    read_back = plan(built)
    mentors = read_back.initiatives[1]
    assert (mentors.responsible, mentors.started) == ("", "")
    assert mentors.indicator_ids == ("rate", "persons")
    assert read_back.events[0].area_id == ""
    assert (read_back.targets[0].value, read_back.targets[0].note) == (80.0, "")
    (status,) = mentors.statuses
    assert (status.date, status.summary, status.source_id) == ("2025-03-04", "Besluttet", "later")


def test_a_status_that_is_entered_today_was_not_known_before(spor: Path) -> None:
    """Else a paper of an earlier day would not stay as it was."""
    enter({"initiative_status": [status("2024-07-01")]}, "Anna", spor)
    assert states(spor)["courses"] == ["in_progress", "completed"]
    assert states(spor, today())["courses"] == ["in_progress", "completed"]
    assert states(spor, yesterday())["courses"] == ["in_progress"]


def test_a_remark_that_is_entered_today_was_not_known_before(spor: Path) -> None:
    enter({"initiative_status": [status("2024-07-01")]}, "Anna", spor)
    stores = {day: open_store(spor, as_of=day) for day in (None, yesterday())}
    remarks = {day: [row[0] for row in store.remarks("gellerup")] for day, store in stores.items()}
    assert remarks == {None: ["2024-07-01", "2024-06-24"], yesterday(): ["2024-06-24"]}


def test_a_target_that_is_entered_today_was_not_known_before(spor: Path) -> None:
    target = {
        "target_id": "new", "indicator_id": "rate", "area_id": "aarhus", "group_id": "all",
        "period": "2028", "value": "85", "state": "decided", "source_id": "paper",
    }  # fmt: skip
    enter({"target": [target]}, "Anna", spor)
    assert [target.target_id for target in plan(spor, today()).targets] == ["goal", "new"]
    assert [target.target_id for target in plan(spor, yesterday()).targets] == ["goal"]


def test_an_event_that_is_entered_today_was_not_known_before(spor: Path) -> None:
    event = {
        "event_id": "new", "date": "2024-05", "precision": "month", "title": "Ny",
        "source_id": "paper",
    }  # fmt: skip
    enter({"event": [event]}, "Anna", spor)
    assert [event.event_id for event in plan(spor, today()).events] == ["start", "new"]
    assert [event.event_id for event in plan(spor, yesterday()).events] == ["start"]


def test_what_was_entered_of_the_same_day_holds_also_after_an_init(spor: Path, tiny: Path) -> None:
    row = {"initiative_id": "new", "theme_id": "work", "title": "Ny", "started": "2024"}
    rows = {
        "initiative": [row],
        "initiative_status": [status("2024-06-24"), status("2024-06-24", "planned", "new")],
    }
    enter(rows, "Anna", spor)
    before = states(spor)
    append(tiny, "abbreviation.csv", "CD,Center D")
    init(spor, tiny)  # writes the rows of data/ anew
    assert before == states(spor) == {"courses": ["in_progress", "completed"], "new": ["planned"]}
    assert list(before) == list(states(spor)) == ["courses", "new"]


@pytest.mark.parametrize(("count", "is_report"), [(2, False), (3, True), (4, True)])
def test_three_statuses_entered_together_are_a_report(
    spor: Path, count: int, is_report: bool
) -> None:
    days = ("2025-02-01", "2025-02-02", "2025-02-03", "2025-02-04")[:count]
    enter({"initiative_status": [status(day) for day in days]}, "Anna", spor)
    (courses,) = plan(spor).initiatives
    assert [each.is_report for each in courses.statuses] == [True] + [is_report] * count


@pytest.mark.every_case
@pytest.mark.parametrize(
    ("as_of", "known"),
    [(date(2025, 3, 18), 0), (date(2025, 3, 19), 1), (date(2025, 3, 20), 1)],
)
def test_a_remark_is_known_on_the_day_of_its_event(
    tiny: Path, tmp_path: Path, as_of: date, known: int
) -> None:
    append(tiny, "event.csv", "move,2025-03-19,day,gellerup,,Flytning,paper")
    home = tmp_path / "remarks"
    init(home, tiny)
    store = open_store(home, as_of=as_of)
    remarks = store.remarks("gellerup")
    store.close()
    assert len([text for _, text, _ in remarks if text == "Flytning"]) == known
