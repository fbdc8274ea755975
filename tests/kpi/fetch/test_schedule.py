"""When a source is asked again, and when its figures are late: before, on and after the moment."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from kpi.domain.vocabulary import FetchOutcome
from kpi.fetch.definition import Definition, parse_definition
from kpi.fetch.journal import Entry
from kpi.fetch.schedule import is_due, is_overdue, lacking_key
from tests.kpi.fetch.ras200 import DEFINITION
from tests.tables import for_each

DENMARK = ZoneInfo("Europe/Copenhagen")


def _definition(every: str) -> Definition:
    return parse_definition(DEFINITION.replace('"day"', f'"{every}"'), "prove")


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=DENMARK)


@for_each(
    ("every", "tried", "now", "due"),
    [
        ("day", "2026-11-26T08:10", "2026-11-27T07:59", False),
        ("day", "2026-11-26T08:10", "2026-11-27T08:00", True),
        ("day", "2026-11-27T07:59", "2026-11-27T08:00", True),
        ("day", "2026-11-27T08:00", "2026-11-27T23:59", False),
        ("day", "2026-11-27T12:00", "2026-11-27T12:00", False),  # another process just did
        ("day", "2026-03-28T08:10", "2026-03-29T08:00", True),  # the clock goes forward
        ("day", "2026-10-24T08:10", "2026-10-25T07:59", False),  # and back
        ("week", "2026-11-23T08:10", "2026-11-29T23:00", False),  # Monday to Sunday
        ("week", "2026-11-23T08:10", "2026-11-30T07:59", False),
        ("week", "2026-11-23T08:10", "2026-11-30T08:00", True),
        # Week 53 goes on into January.
        ("week", "2026-12-28T08:10", "2027-01-03T23:59", False),
        ("week", "2026-12-28T08:10", "2027-01-04T07:59", False),
        ("week", "2026-12-28T08:10", "2027-01-04T08:00", True),
        ("day", "2026-12-31T08:10", "2027-01-01T07:59", False),
        ("day", "2026-12-31T08:10", "2027-01-01T08:00", True),
        ("day", "2028-02-28T08:10", "2028-02-29T08:00", True),
        ("month", "2026-11-01T08:10", "2026-11-30T23:00", False),
        ("month", "2026-12-01T08:10", "2027-01-01T07:59", False),
        ("month", "2026-12-01T08:10", "2027-01-01T08:00", True),
        ("month", "2028-02-01T08:10", "2028-02-29T23:59", False),
        ("month", "2028-02-29T08:10", "2028-03-01T08:00", True),
        ("month", "2027-02-01T08:10", "2027-03-01T07:59", False),
        ("month", "2026-11-01T08:10", "2026-12-01T08:00", True),
        ("month", "2026-11-30T08:10", "2026-12-01T07:59", False),
        ("never", "2020-01-01T08:00", "2026-12-01T08:00", False),
    ],
)
def test_a_source_is_asked_again_when_its_time_comes(
    every: str, tried: str, now: str, due: bool
) -> None:
    entry = Entry(tried_at=_at(tried).isoformat(), outcome="same")
    assert is_due(_definition(every), entry, _at(now)) is due


def test_what_was_never_fetched_is_due_but_for_what_is_only_on_request() -> None:
    now = _at("2026-11-27T12:00")
    assert [is_due(_definition(every), Entry(), now) for every in ("day", "month", "never")] == [
        True, True, False,
    ]  # fmt: skip


@for_each(("outcome", "due"), [("failed", True), ("waiting", False), ("changed", False)])
def test_only_what_failed_is_tried_within_the_day(outcome: FetchOutcome, due: bool) -> None:
    now = _at("2026-11-27T12:00")
    entry = Entry(tried_at=(now - timedelta(hours=1)).isoformat(), outcome=outcome)
    assert is_due(_definition("day"), entry, now) is due


@for_each(("seconds", "due"), [(-1, False), (0, True), (1, True)])
def test_a_busy_source_is_left_alone_until_it_says(seconds: int, due: bool) -> None:
    later = _at("2026-11-27T12:00")
    entry = Entry(outcome="failed", not_before=later.isoformat(), tried_at=later.isoformat())
    assert is_due(_definition("day"), entry, later + timedelta(seconds=seconds)) is due


@for_each(
    ("tried", "not_before", "due"),
    [
        (timedelta(days=900), timedelta(0), True), (timedelta(minutes=1), timedelta(0), True),
        (timedelta(0), timedelta(hours=23), False), (timedelta(0), timedelta(hours=25), True),
        (timedelta(0), timedelta(hours=24), False),  # as long as it may be
        (timedelta(0), timedelta(days=9000), True),
    ],
)  # fmt: skip
def test_moments_of_a_clock_that_was_set_back_keep_nothing_waiting(
    tried: timedelta, not_before: timedelta, due: bool
) -> None:
    now = _at("2026-11-27T12:00")
    later = (now + not_before).isoformat() if not_before else ""
    outcome: FetchOutcome = "failed" if not_before else "same"
    entry = Entry(tried_at=(now + tried).isoformat(), not_before=later, outcome=outcome)
    assert is_due(_definition("day"), entry, now) is due


def test_a_day_that_never_comes_is_never_late() -> None:
    entry = Entry(next_expected="9999-12-31")
    assert not is_overdue(_definition("day"), entry, date(2026, 11, 27))


@for_each(("days", "late"), [(2, False), (3, False), (4, True)])
def test_a_source_is_late_three_days_after_its_own_day(days: int, late: bool) -> None:
    entry = Entry(source_updated="2026-10-28T08:00:00", next_expected="2026-11-20")
    assert is_overdue(_definition("day"), entry, date(2026, 11, 20) + timedelta(days)) is late


@for_each(("days", "late"), [(399, False), (400, False), (401, True)])
def test_a_source_is_late_after_the_definitions_days(days: int, late: bool) -> None:
    entry = Entry(source_updated="2026-10-28T08:00:00")
    assert is_overdue(_definition("day"), entry, date(2026, 10, 28) + timedelta(days)) is late


@for_each("stamp", ["2099-01-01T08:00:00", "2026-10-31", "v7", ""])
@for_each(("days", "late"), [(400, False), (401, True)])
def test_without_a_day_to_believe_a_source_is_late_by_when_it_was_first_seen(
    stamp: str, days: int, late: bool
) -> None:
    seen = date(2026, 10, 28)
    entry = Entry(
        source_updated=stamp, next_expected="2100-01-01", tried_at=f"{seen}T06:00:00+00:00",
        since=f"{seen}T06:00:00+00:00",
    )  # fmt: skip
    assert entry.expected_on() is None
    assert is_overdue(_definition("day"), entry, seen + timedelta(days)) is late


def test_a_stamp_of_tomorrow_is_believed() -> None:
    entry = Entry(source_updated="2026-10-29T01:00:00", tried_at="2026-10-28T23:30:00+00:00")
    assert entry.stamp_ahead() is None
    assert entry.seen_on() == date(2026, 10, 29)


def test_a_source_that_has_never_answered_is_never_late() -> None:
    entry = Entry(source_updated="v7", tried_at="2026-10-28T06:00:00+00:00")
    assert not is_overdue(_definition("day"), entry, date(2099, 1, 1))


_FILE = 'title = "t"\nsource = "url"\nrecipe = "r"\nevery = "day"\npublish = "ask"\n[query]\n'
_KEYED = _FILE + 'url = "https://api.statbank.dk/x"\ntoken = "mine"'
_WITHOUT = "Kilden kræver en nøgle. Sæt den i KPI_TOKEN_MINE."


@pytest.mark.parametrize(
    ("text", "entry", "environment", "lacks"),
    [
        (_KEYED, Entry(), {}, True),
        (_KEYED, Entry(outcome="failed", error=_WITHOUT), {}, True),
        (_KEYED, Entry(), {"KPI_TOKEN_MINE": " "}, True),
        (_KEYED, Entry(), {"KPI_TOKEN_MINE": "hemmelig"}, False),
        (_KEYED, Entry(), {"KPI_TOKEN_MINE_FILE": "/findes/ikke"}, False),
        # Another process has the key, or had it.
        (_KEYED, Entry(outcome="failed", error="Kilden svarer 401."), {}, False),
        (_KEYED, Entry(outcome="same", fetched_at="2026-11-27T08:10:00+00:00"), {}, False),
        (_KEYED.partition("token")[0], Entry(), {}, False),
        (DEFINITION, Entry(), {}, False),
    ],
)
def test_a_source_whose_key_nobody_has_set_lacks_it(
    text: str, entry: Entry, environment: dict[str, str], lacks: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    wanted = "KPI_TOKEN_MINE" if lacks else ""
    assert lacking_key(parse_definition(text, "prove"), entry) == wanted


@for_each(("days", "is_believed"), [(799, True), (800, True), (801, False)])
def test_a_day_beyond_every_rhythm_is_no_expected_day(days: int, is_believed: bool) -> None:
    read = date(2026, 11, 27)
    expected = read + timedelta(days=days)
    entry = Entry(tried_at=f"{read}T08:00:00+00:00", next_expected=expected.isoformat())
    assert (entry.expected_on() == expected) is is_believed


@for_each(("days", "is_ahead"), [(0, False), (1, False), (2, True)])
def test_a_stamp_of_a_zone_further_east_is_believed(days: int, is_ahead: bool) -> None:
    read = date(2026, 11, 27)
    stamp = read + timedelta(days=days)
    entry = Entry(tried_at=f"{read}T08:00:00+00:00", source_updated=stamp.isoformat())
    assert (entry.stamp_ahead() == stamp) is is_ahead
