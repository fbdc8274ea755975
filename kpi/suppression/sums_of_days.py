"""Days and weeks that come to a longer period: visits of each day, and of the week.

A number of a day is taken for one that is counted on it, as most are (`på dato`), and weeks are no
parts of a year to the day. But where all days of a week or a month come to its number, or all weeks
of a year to the year's, they are its parts.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta

from kpi.domain.period import Period
from kpi.suppression.cells import Key, Sum
from kpi.suppression.lines import may_balance
from kpi.suppression.sums import Numbered

# At so many places the days, or weeks, have to come to the longer period.
_AT_MOST_PLACES = 0.9
_SHORT = ("day", "week")
# A week is of the year that its fourth day is in.
_FOURTH = timedelta(days=3)


def sums_of_days(numbered: Numbered) -> Iterator[Sum]:
    """The sums of days and of weeks, of indicators where nine in ten of such may hold."""
    periods = {base[3]: cells[0].period for base, cells in numbered.by_base.items()}
    if not any(period.kind in _SHORT for period in periods.values()):
        return
    there: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for base in numbered.by_base:
        there[base[:3]].add(base[3])
    seen: dict[tuple[str, str, str], list[tuple[bool, Sum]]] = defaultdict(list)
    for way in _ways(periods):
        whole, part = periods[way[0]], periods[way[1]]
        signs = (-1,) + (1,) * (len(way) - 1)
        for series, texts in there.items():
            if texts.issuperset(way):
                for line in numbered.carried([_key(series, text) for text in way]):
                    total = Sum(tuple(cell.key for cell in line), signs)
                    holds = may_balance(line, signs)
                    seen[series[0], whole.kind, part.kind].append((holds, total))
    for sums in seen.values():
        holding = [total for holds, total in sums if holds]
        if len(holding) >= _AT_MOST_PLACES * len(sums):
            yield from holding


def _key(series: tuple[str, str, str], text: str) -> Key:
    return (*series, text)


def _ways(periods: Mapping[str, Period]) -> Iterator[Sequence[str]]:
    """Each longer period with all its days, and each year with all its weeks."""
    days = {each.start: text for text, each in periods.items() if each.kind == "day"}
    weeks: dict[int, list[str]] = defaultdict(list)
    for text, each in sorted(periods.items()):
        if each.kind == "week":
            weeks[(each.start + _FOURTH).year].append(text)
    for text, each in sorted(periods.items()):
        length = (each.end - each.start).days + 1
        its_days = [days.get(each.start + timedelta(days=day)) for day in range(length)]
        if each.kind != "day" and all(its_days):
            yield [text, *filter(None, its_days)]
        if each.kind == "year" and _are_all(weeks[each.start.year], periods, each):
            yield [text, *weeks[each.start.year]]


def _are_all(texts: Sequence[str], periods: Mapping[str, Period], year: Period) -> bool:
    """Whether some weeks are all of a year: those from the first to the last, without a gap."""
    if not texts:
        return False
    starts = sorted(periods[text].start for text in texts)
    is_from_first = (starts[0] - timedelta(days=7) + _FOURTH).year < year.start.year
    is_to_last = (starts[-1] + timedelta(days=7) + _FOURTH).year > year.start.year
    return is_from_first and is_to_last and (starts[-1] - starts[0]).days == 7 * (len(starts) - 1)
