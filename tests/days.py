"""The days that tests speak of, asked for when a test runs: the program asks then, too."""

import time
from datetime import date, datetime, timedelta, tzinfo

import pytest

from kpi.domain import period
from kpi.domain.period import DENMARK

# A test takes less, however busy the machine.
_LONGEST_TEST = timedelta(seconds=90)


def today() -> date:
    """The day in Denmark. Never kept at import: a run may cross midnight."""
    return datetime.now(DENMARK).date()


def yesterday() -> date:
    """The day before."""
    return today() - timedelta(days=1)


def set_day(monkeypatch: pytest.MonkeyPatch, day: date) -> None:
    """Lets the program think that it is noon of a day."""

    class _Clock(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> "_Clock":
            return cls(day.year, day.month, day.day, 12, tzinfo=tz)

    monkeypatch.setattr(period, "datetime", _Clock)


def wait_for_midnight() -> None:
    """Waits until midnight where it is near: no test that starts then ends on another day."""
    while (now := datetime.now(DENMARK)).date() != (now + _LONGEST_TEST).date():
        time.sleep(1)
