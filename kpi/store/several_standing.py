"""Of the rows of several indicators those of periods of which more than one says anything.

What only one of them says has been settled by itself.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from kpi.domain.period import parse_period
from kpi.store.ever_shown import Row


def where_several_stand(of_indicator: Mapping[str, Sequence[Row]]) -> dict[str, list[Row]]:
    """The rows of each indicator in periods that hang together and of which several say anything.

    Periods hang together that overlap, and those that these overlap.
    """
    saying: dict[str, set[str]] = defaultdict(set)
    for indicator_id, rows in of_indicator.items():
        for period in {row.period for row in rows}:
            saying[period].add(indicator_id)
    kept: set[str] = set()
    some: list[str] = []
    last = date.max
    for each in sorted(map(parse_period, saying), key=lambda each: each.start):
        if each.start > last:
            kept |= _of_several(some, saying)
            some = []
        last = max(last, each.end) if some else each.end
        some.append(each.text)
    kept |= _of_several(some, saying)
    return {
        indicator_id: [row for row in rows if row.period in kept]
        for indicator_id, rows in of_indicator.items()
    }


def _of_several(periods: Sequence[str], saying: Mapping[str, set[str]]) -> set[str]:
    """The periods, if several indicators say anything of any of them; else none."""
    indicator_ids = {each for period in periods for each in saying[period]}
    return {*periods} if len(indicator_ids) > 1 else set()
