"""Which of a date's two first numbers is the day, where `03/04/2023` may be read both ways."""

import re
from collections.abc import Iterable

from kpi.domain.period import Period
from kpi.ingest.table.raw import TYPED
from kpi.ingest.words.moments import without_midnight
from kpi.ingest.words.written_periods import period_of

_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})", re.ASCII)
_MORNING = re.compile(r"\s+12:00(?::00)?\s+AM\s*$", re.IGNORECASE)
_MONTHS = 12

# First number, second number, year.
Parts = tuple[int, int, str]


def read_dates(texts: Iterable[str]) -> tuple[dict[str, Period | None], frozenset[str]]:
    """The period of each text of a column, and the texts that cannot be read with certainty.

    Dates are written with the day first, as in Danish, unless a date of the column can only have
    the month first (`01/31/2023`), or has a time as American programs write it. The first of
    several months (`01/01/2023`, `02/01/2023`) and the first days of one month look alike: where
    nothing else decides they are uncertain, and so are dates of a column that has both orders.
    """
    distinct = list(texts)
    periods = {text: period_of(text) for text in distinct}
    slashed = {text: parts for text in distinct if (parts := _parts(text)) is not None}
    if not slashed:
        return periods, frozenset()
    is_american = any(second > _MONTHS for _, second, _ in slashed.values()) or any(
        _MORNING.search(text) for text in slashed
    )
    is_danish = any(first > _MONTHS for first, _, _ in slashed.values())
    either = {text: parts for text, parts in slashed.items() if _may_be_turned(parts)}
    if is_american and is_danish:
        return periods, frozenset(either)
    if is_american:
        turned = {text: period_of(f"{b}/{a}/{year}") for text, (a, b, year) in either.items()}
        return periods | turned, frozenset()
    is_first_of_months = len({parts[0] for parts in slashed.values()}) > 1 and all(
        second == 1 for _, second, _ in slashed.values()
    )
    return periods, frozenset(either) if is_first_of_months and not is_danish else frozenset()


def _parts(text: str) -> Parts | None:
    match = _SLASHED.fullmatch(without_midnight(text.removeprefix(TYPED).strip()))
    return (int(match[1]), int(match[2]), match[3]) if match else None


def _may_be_turned(parts: Parts) -> bool:
    first, second, _ = parts
    return first != second and first <= _MONTHS and second <= _MONTHS
