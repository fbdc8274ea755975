"""When a source is to be asked again, and when its figures are late."""

from datetime import date, datetime, time, timedelta
from typing import Literal

from kpi.domain.period import DENMARK
from kpi.fetch.definition import Definition
from kpi.fetch.journal import Entry
from kpi.fetch.tokens import is_set, setting_of

# The sources publish at eight.
_OPENS = time(8)
# A source that said a day may need some more.
_GRACE = timedelta(days=3)
# A source that wants to be left alone is asked again after so long at the latest: one that says
# years by mistake would never be asked again.
LONGEST_PAUSE = timedelta(days=1)


def is_due(definition: Definition, entry: Entry, now: datetime) -> bool:
    """Whether the definition asks for a fetch now; `now` has a zone.

    One that failed is tried again at once, but not before the source wants to be asked. A moment
    that a clock wrote which was ahead, and has been set back, keeps nothing waiting.
    """
    if definition.every == "never":
        return False
    not_before = entry.moment(entry.not_before)
    if not_before is not None and timedelta(0) < not_before - now <= LONGEST_PAUSE:
        return False
    tried = entry.moment(entry.tried_at)
    if tried is None or entry.outcome == "failed" or tried > now:
        return True
    return tried < _opened(definition.every, now)


def lacking_key(definition: Definition, entry: Entry) -> str:
    """The setting of the key without which the source cannot be asked; empty where none lacks.

    One that has answered before has a key somewhere: that it is gone is a fault, and is reported.
    """
    name = definition.key_name
    if not name or is_set(name) or entry.fetched_at:
        return ""
    setting = setting_of(name)
    # Where another process has the key, what its attempt came to is known.
    return setting if entry.outcome is None or setting in entry.error else ""


def is_overdue(definition: Definition, entry: Entry, today: date) -> bool:
    """Whether the source should have had new figures: by its own word, or by the definition's.

    Where it does not say when it was updated, or says a day to come, it is the day when what it has
    was first seen.
    """
    expected, seen = entry.expected_on(), entry.seen_on()
    if expected is not None and today - expected > _GRACE:
        return True
    most = definition.overdue_after
    return most is not None and seen is not None and (today - seen).days > most


def _opened(every: Literal["day", "week", "month"], now: datetime) -> datetime:
    """The latest opening of the sources that begins a day, a week or a month."""
    local = now.astimezone(DENMARK)
    day = local.date() if local.time() >= _OPENS else local.date() - timedelta(days=1)
    if every == "week":
        day -= timedelta(days=day.weekday())
    elif every == "month":
        day = day.replace(day=1)
    return datetime.combine(day, _OPENS, DENMARK)
