"""How many problems of a file are kept: the first or worst thousand of a code, all counted."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from kpi.domain.errors import Problem

# Nobody mends more of one kind one by one, and each takes a kilobyte.
MOST_OF_A_CODE = 1_000


def and_more(problems: list[Problem], count: int) -> list[Problem]:
    """The problems of one kind; the last one counts the others of `count` as its `more`."""
    beyond = count - len(problems)
    if not problems or beyond <= 0:
        return problems
    return [*problems[:-1], replace(problems[-1], more=problems[-1].more + beyond)]


def limited(problems: Sequence[Problem], most: int = MOST_OF_A_CODE) -> list[Problem]:
    """The problems in order, at most `most` of each code and severity; the others are counted.

    The heaviest are kept, of equally heavy ones the first. The last one kept counts the others.
    """
    alike: dict[tuple[str, str], list[int]] = defaultdict(list)
    for place, problem in enumerate(problems):
        alike[problem.code, problem.severity].append(place)
    more_by_place: dict[int, int] = {}
    for places in alike.values():
        chosen = sorted(places, key=lambda place: -problems[place].weight)[:most]
        more = sum(1 + problems[place].more for place in places)
        more -= sum(1 + problems[place].more for place in chosen)
        last = max(chosen)
        more_by_place |= {place: more if place == last else 0 for place in chosen}
    return [
        replace(problems[place], more=problems[place].more + more_by_place[place])
        if more_by_place[place]
        else problems[place]
        for place in sorted(more_by_place)
    ]
