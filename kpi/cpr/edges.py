"""A CPR number that a delimiter cut at its dash: `251248-` in a cell and `4916` in the next.

The next is beside it, or below it where a cell was wrapped.

Bookkeeping has negative figures so, before the digits or behind them: where most of such rows are
no numbers, none is.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from kpi.cpr.digits import fits_check, is_birthday, may_be_issued

_DASH = "-\u2010-\u2015\u2212/"
_SIX_DASH = re.compile(rf"\s*(\d{{6}})\s?[{_DASH}]\s*", re.ASCII)
_DASH_FOUR = re.compile(rf"\x02?\s*[{_DASH}]\s?(\d{{4}})\s*", re.ASCII)
_SIX = re.compile(r"\x02?\s*(\d{6})\s*", re.ASCII)
_FOUR = re.compile(r"\x02?\s*(\d{4})\s*", re.ASCII)
_FEWEST, _MOSTLY, _LONGEST = 2, 0.8, 14


def may_be_edge(cell: str) -> bool:
    """Whether a cell is six digits and a dash, or a dash and four."""
    if not 4 < len(cell) <= _LONGEST:
        return False
    return _SIX_DASH.fullmatch(cell) is not None or _DASH_FOUR.fullmatch(cell) is not None


def ends_at_edge(cell: str) -> bool:
    """Whether a cell is six digits and a dash."""
    return 4 < len(cell) <= _LONGEST and _SIX_DASH.fullmatch(cell) is not None


def edge_numbers(
    rows: Iterable[tuple[int | None, int, Sequence[str]]],
) -> Iterator[tuple[int | None, int]]:
    """The line and the place of each number whose two cells meet at its dash.

    Of rows the line, a place of which that cell or the next may be an edge, and the two cells.
    """
    behind: dict[int, list[tuple[int | None, str]]] = {}
    before: dict[int, list[tuple[int | None, str]]] = {}
    for line, place, (left, right) in rows:
        if (six := _SIX_DASH.fullmatch(left)) and (four := _FOUR.fullmatch(right)):
            behind.setdefault(place, []).append((line, six[1] + four[1]))
        elif (six := _SIX.fullmatch(left)) and (four := _DASH_FOUR.fullmatch(right)):
            before.setdefault(place, []).append((line, six[1] + four[1]))
    for place, tens in behind.items():
        numbers = [(line, place) for line, ten in tens if _is_number(ten, may_be_issued(ten))]
        if 2 * len(numbers) > len(tens):
            yield from numbers
    for place, tens in before.items():
        given = [(line, ten) for line, ten in tens if _is_number(ten, fits_check(ten))]
        # A single difference is a number by chance now and then; no figure begins with a zero.
        is_beyond_chance = len({ten for _, ten in given}) >= _FEWEST or any(
            ten.startswith("0") for _, ten in given
        )
        if is_beyond_chance and len(given) >= _MOSTLY * len(tens):
            yield from ((line, place) for line, _ in given)


def _is_number(ten: str, is_given: bool) -> bool:
    return is_birthday(ten[:6], ten[6:]) and (is_given or ten.startswith("0101"))
