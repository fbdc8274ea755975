"""What the search shows of what it found: a name with what was looked for, and where it leads."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from kpi.domain.folding import Folded
from kpi.domain.selection import Selection
from kpi.domain.wording import Badge
from kpi.views.search_index import EntryKind, best_place
from kpi.views.search_matching import Word


@dataclass(frozen=True)
class Hit:
    """Something that was found: `name` in parts, each with whether it is what was looked for."""

    kind: EntryKind
    name: tuple[tuple[str, bool], ...]
    under: str
    selection: Selection
    value: str = ""
    badges: tuple[Badge, ...] = ()


@dataclass(frozen=True)
class HitGroup:
    """The first hits under a heading, and how many there are in all."""

    title: str
    hits: tuple[Hit, ...]
    count: int


def marked(name: Folded, words: Sequence[Word]) -> tuple[tuple[str, bool], ...]:
    """The name in parts: what the words found, and what is between it."""
    marked = [False] * len(name.source)
    for word in words:
        place = best_place(word.folded, name)
        if place is not None:
            start = name.spans[place[1]][0]
            end = name.spans[place[1] + len(word.folded) - 1][1]
            marked[start:end] = [True] * (end - start)
    signs = zip(name.source, marked, strict=True)
    return tuple(
        ("".join(sign for sign, _ in part), is_marked)
        for is_marked, part in groupby(signs, key=itemgetter(1))
    )
