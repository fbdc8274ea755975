"""The plan's values: which state held on a day, and how exact a date is."""

from datetime import date

from kpi.domain.plan import Event, Initiative, Plan, Status
from kpi.domain.vocabulary import PRECISION_NAMES, STATE_NAMES, InitiativeState
from tests.tables import for_each


def status(day: str, state: InitiativeState = "in_progress") -> Status:
    return Status("courses", day, state, "Ord", "paper")


def initiative(*statuses: Status, theme: str = "work") -> Initiative:
    return Initiative("courses", theme, "Forløb", "Afdelingen", "2024", (), statuses)


COURSES = initiative(
    status("2024-06-24", "planned"), status("2024-09", "in_progress"), status("2025", "completed")
)


@for_each(
    ("day", "state"),
    [
        (date(2024, 6, 23), None),
        (date(2024, 6, 24), "planned"),
        (date(2024, 9, 29), "planned"),
        (date(2024, 9, 30), "in_progress"),  # a month is known by its last day
        (date(2025, 12, 30), "in_progress"),
        (date(2025, 12, 31), "completed"),  # and a year
    ],
)
def test_the_state_on_a_day_is_the_newest_by_then(day: date, state: InitiativeState | None) -> None:
    status = COURSES.status_on(day)
    assert (status.state if status else None) == state


def test_of_two_states_on_one_day_the_later_row_holds() -> None:
    two = initiative(status("2024-06-24", "planned"), status("2024-06-24", "blocked"))
    newest = two.status_on(date(2024, 6, 24))
    assert newest is not None
    assert newest.state == "blocked"


def test_the_initiatives_of_a_theme() -> None:
    plan = Plan((initiative(), initiative(theme="language")), (), ())
    assert [initiative.theme_id for initiative in plan.of_theme("language")] == ["language"]


@for_each(
    ("written", "day"),
    [
        ("2024-09-05", date(2024, 9, 5)),
        ("2024-02", date(2024, 2, 29)),
        ("2024", date(2024, 12, 31)),
    ],
)
def test_an_event_is_sorted_by_its_last_day(written: str, day: date) -> None:
    assert Event("move", written, "month", "", "", "Flytter", "paper").day == day


def test_states_and_precisions_are_those_of_the_tables() -> None:
    assert list(STATE_NAMES) == ["planned", "in_progress", "in_operation", "completed", "blocked"]
    assert tuple(PRECISION_NAMES) == ("day", "month", "season")
