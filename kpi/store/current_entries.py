"""Which rows that people entered count by the end of a day, and which of one id is the newest."""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from typing import Any

from kpi.domain.period import DENMARK
from kpi.store.metadata import Ask


def danish_day(moment: datetime) -> date:
    """The calendar day in Denmark of a moment that the store holds in UTC."""
    return moment.replace(tzinfo=UTC).astimezone(DENMARK).date()


def is_current_on(ask: Ask, as_of: date | None) -> Callable[[datetime | None], bool]:
    """Whether a row entered then is current at the end of a day; rows of data/ always are."""
    withdrawn: dict[datetime, date] = dict(
        ask("SELECT entered_at, withdrawn_on FROM entry WHERE withdrawn_on IS NOT NULL")
    )

    def is_current(entered_at: datetime | None) -> bool:
        """Not entered later, and not withdrawn by then."""
        if entered_at is None:
            return True
        gone = withdrawn.get(entered_at)
        if gone is not None and (as_of is None or gone <= as_of):
            return False
        return as_of is None or danish_day(entered_at) <= as_of

    return is_current


def entry_order(row: Sequence[Any]) -> tuple[bool, datetime | None]:
    """Sorts rows that end with their entered_at: those of data/ first, then as entered."""
    # An init writes the rows of data/ again, behind those that were entered.
    return row[-1] is not None, row[-1]


def last_of_each(
    rows: list[tuple[Any, ...]], is_current: Callable[[datetime | None], bool]
) -> list[list[Any]]:
    """Of the current rows, the last entered of each id, in the order of the first; no times."""
    newest: dict[Any, list[Any]] = {}
    for *row, entered_at in sorted(rows, key=entry_order):
        if is_current(entered_at):
            newest[row[0]] = row
    return list(newest.values())
