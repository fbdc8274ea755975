"""The days that tests speak of, asked for when a test runs: the program asks then, too."""

import time
from datetime import date, datetime, timedelta

from kpi.domain.period import DENMARK

# A test takes less, however busy the machine.
_LONGEST_TEST = timedelta(seconds=90)


def today() -> date:
    """The day in Denmark. Never kept at import: a run may cross midnight."""
    return datetime.now(DENMARK).date()


def yesterday() -> date:
    """The day before."""
    return today() - timedelta(days=1)


def wait_for_midnight() -> None:
    """Waits until midnight where it is near: no test that starts then ends on another day."""
    while (now := datetime.now(DENMARK)).date() != (now + _LONGEST_TEST).date():
        time.sleep(1)
