"""Statuses that cite a paper which cannot have said them: it is older than they are."""

from datetime import timedelta

from kpi.domain import format as fmt
from kpi.domain.model import Source
from kpi.domain.period import first_day, last_day

# A paper goes out before its meeting, whose day its statuses carry.
_BEFORE_A_MEETING = timedelta(days=31)


def older_source(dated: str, source: Source | None) -> str:
    """`Kilden er fra 4. marts 2025 og dermed ældre end status`; empty where it may have said it.

    `dated` is the status's date, as exact as it is known. A source without a date of its own, and
    one that goes on being published, may say anything.
    """
    if source is None or source.frequency not in ("", "once", "irregular"):
        return ""
    try:
        is_older = first_day(dated) - last_day(source.published) > _BEFORE_A_MEETING
    except ValueError:
        return ""
    when = fmt.partial_date(source.published)
    return f"Kilden er fra {when} og dermed ældre end status" if is_older else ""
