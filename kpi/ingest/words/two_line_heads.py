"""Heads of two lines: names of columns that stand over each other."""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from kpi.domain.period import Period
from kpi.ingest.words.heads import head_name, meaning_of
from kpi.ingest.words.labels import is_total
from kpi.ingest.words.numbers import NOT_A_NUMBER, NUMBER
from kpi.ingest.words.written_periods import is_period_name, period_of

Row = tuple[str, ...]

_PARTS = frozenset(("month", "quarter", "half"))
_FEWEST_PARTS, _DECEMBER = 2, 12
_WHOLE_YEAR = frozenset(("hele året", "helår", "året"))


def two_line_head(top: Row, bottom: Row, below: Sequence[Row]) -> Row | None:
    """The names of columns whose head has two lines; None where it has not.

    Under columns that share a name (or have none, where cells were merged) the second line tells
    them apart: `2023 | 2023 | 2024 | 2024` over `Antal | Pct. | Antal | Pct.` is `2023, Antal`,
    `2023, Pct.` and so on; nothing but periods under one name (a merged cell) is a head too. The
    second line has no figures, and those `below` it do.
    """
    width = max(len(top), len(bottom))
    above, names = (
        [head_name(cell) for cell in (*row, *[""] * (width - len(row)))] for row in (top, bottom)
    )
    spread: list[str] = []
    for over, name in zip(above, names, strict=True):
        spread.append(over or (spread[-1] if spread and name and spread[-1] else ""))
    split = [at for at in range(width) if names[at] and names[at] != spread[at] and spread[at]]
    heads = [(spread[at], names[at]) for at in split]
    if any(not above[at] for at in split) and _pass_new_year(heads):
        return None
    if not (
        _stand_under_several(heads)
        or (_are_periods_of_one(names, split) and not _is_title(above, names, split))
        or _are_parts_of_years(heads)
        or _is_period_over_names(above, names, spread, split)
    ):
        return None
    if not _is_second_line([names[at] for at in split]):
        return None
    if not _has_figures(below, split):
        return None
    return tuple(
        f"{spread[at]}, {names[at]}" if at in split else names[at] or above[at]
        for at in range(width)
    )


def _stand_under_several(heads: Sequence[tuple[str, str]]) -> bool:
    """Whether a name of the second line stands under several of the first, which cover more.

    That is what two lines are for; under a title there is no such name.
    """
    covered = Counter(over for over, _ in heads)
    tops: dict[str, set[str]] = {}
    for over, name in heads:
        if covered[over] > 1:
            tops.setdefault(name, set()).add(over)
    return any(len(over) > 1 for over in tops.values())


def _has_figures(below: Sequence[Row], split: Sequence[int]) -> bool:
    """Whether the rows have numbers in those columns, and not years alone."""
    figures = [
        row for row in below if any(meaning_of(row[at]) == NUMBER for at in split if at < len(row))
    ]
    return not all(
        is_period_name(row[at]) for row in figures for at in split if at < len(row) and row[at]
    )


def _are_periods_of_one(names: Sequence[str], split: Sequence[int]) -> bool:
    """Whether a line has nothing but different periods, under one name for them all."""
    periods = [names[at] for at in split]
    is_alone = sum(map(bool, names)) == len(periods)
    return is_alone and len(set(periods)) == len(periods) and all(map(is_period_name, periods))


def _is_title(above: Sequence[str], names: Sequence[str], split: Sequence[int]) -> bool:
    """Whether the line over periods begins left of them, over no name: `Ledighed` in the corner.

    What is merged over periods alone begins over the first of them.
    """
    return bool(split) and not above[split[0]] and not any(names[: split[0]])


def _is_period_over_names(
    above: Sequence[str], names: Sequence[str], spread: Sequence[str], split: Sequence[int]
) -> bool:
    """Whether one period stands over several different names: `2024 | 2024` over `Alle | Nye`.

    It is written over each of them, or over the first, and the columns before have their names in
    its line; a period over the names of all columns is a title.
    """
    over = {spread[at] for at in split}
    if len(over) != 1 or len(split) < 2 or len({names[at] for at in split}) < len(split):
        return False
    (period,) = over
    # Parts of a year that are no series of one kind are no names of columns.
    if not is_period_name(period) or any(period_of(f"{names[at]} {period}") for at in split):
        return False
    first = split[0]
    is_beside_heads = bool(any(above[:first]) and above[first] and not any(names[:first]))
    return is_beside_heads or all(above[at] for at in split)


def _are_parts_of_years(heads: Sequence[tuple[str, str]]) -> bool:
    """Whether heads are months, quarters or half-years under their years, each once.

    A year's sum beside its parts (`I alt`) is none of them.
    """
    heads = [
        (over, name) for over, name in heads
        if not is_total(name) and name.casefold() not in _WHOLE_YEAR
    ]  # fmt: skip
    parts = _parts(heads)
    kinds = {part.kind for part in parts}
    is_each = 1 < len(parts) == len(heads) == len({part.start for part in parts})
    return is_each and len(kinds) == 1


def _pass_new_year(heads: Sequence[tuple[str, str]]) -> bool:
    """Whether parts of a year begin anew under a year that is written once: `nov`, `dec`, `jan`.

    The last of them are then of the year after, or the year stands over the wrong column. Where
    each part has its year they follow each other, forwards or backwards.
    """
    parts = _parts(heads)
    if len({part.kind for part in parts}) != 1:
        return False
    rises = [before.start < after.start for before, after in pairwise(parts)]
    if len(parts) == _FEWEST_PARTS:
        is_back = parts[0].end.month == _DECEMBER and parts[1].start.month == 1
        return not rises[0] and is_back and parts[0].end.year == parts[1].start.year
    return any(rises) and not all(rises)


def _parts(heads: Sequence[tuple[str, str]]) -> list[Period]:
    """Those of the heads that are a month, a quarter or a half of the year over them."""
    years = [(period_of(over), name) for over, name in heads]
    parts = [
        period_of(f"{name} {year.text}") for year, name in years if year and year.kind == "year"
    ]
    return [part for part in parts if part is not None and part.kind in _PARTS]


def _is_second_line(names: Sequence[str]) -> bool:
    """Whether texts under a head are heads themselves: all periods, or none a value."""
    if all(is_period_name(name) for name in names):
        return True
    return all(is_period_name(name) or meaning_of(name) == NOT_A_NUMBER for name in names)
