"""Of how many percentages and means are, by all that are shown of a place: held to brute force."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import product
from random import Random

import pytest

from kpi.suppression.adding_up import constraints_between
from kpi.suppression.cells import Key, Sum, sum_of
from kpi.suppression.denominators import Ways
from kpi.suppression.mixtures import Rate
from kpi.suppression.pairs import Constraints, Counted, Shown
from kpi.suppression.share_systems import counted_together

Pair = tuple[int, int]
World = dict[Key, Pair]
# Everyone is three groups, the first of which is two; and two others of another split.
LEAVES = ("one", "two", "second", "third")
MADE = {"first": ("one", "two"), "all": ("one", "two", "second", "third")}


def key(group_id: str) -> Key:
    return "share", "town", group_id, "2024"


CONSTRAINTS = Constraints(
    [sum_of(key("all"), map(key, ("first", "second", "third"))),
     sum_of(key("first"), map(key, ("one", "two")))],
    [Sum((key("all"), key("one")), (-1, 1))],
)  # fmt: skip


def with_totals(world: World) -> World:
    """The pairs of the parts, with those of the totals that they make up."""
    made = {
        key(total): (
            sum(world[key(part)][0] for part in parts), sum(world[key(part)][1] for part in parts),
        )
        for total, parts in MADE.items()
    }  # fmt: skip
    return world | made


def fits(shown: Shown, pair: Pair) -> bool:
    of_all, persons = pair
    if shown.of_all not in (None, of_all) or shown.persons not in (None, persons) or not of_all:
        return False
    if shown.rate is None or shown.is_known:
        return True
    value = shown.rate.scale * persons / of_all
    return abs(value - shown.rate.value) <= shown.rate.rounding + 1e-9


def worlds_of(shown: dict[Key, Shown], most: int) -> Iterator[World]:
    """All pairs of all groups that may be what is shown, of at most so many persons."""
    is_share = all(each.rate is None or each.rate.is_share for each in shown.values())
    pairs = {
        leaf: [
            pair for of_all in range(1, most + 1)
            for persons in range((of_all if is_share else 4 * of_all) + 1)
            if fits(shown[key(leaf)], pair := (of_all, persons))
        ]
        for leaf in LEAVES
    }  # fmt: skip
    firsts = [
        pair for pair in product(pairs["one"], pairs["two"])
        if fits(shown[key("first")], (pair[0][0] + pair[1][0], pair[0][1] + pair[1][1]))
    ]  # fmt: skip
    by_rest = defaultdict(list)
    for left, right in firsts:
        by_rest[left[0] + right[0], left[1] + right[1]].append((left, right))
    for second, third in product(pairs["second"], pairs["third"]):
        for (of_all, persons), some in by_rest.items():
            if fits(
                shown[key("all")],
                (of_all + second[0] + third[0], persons + second[1] + third[1]),
            ):
                for left, right in some:
                    yield with_totals(
                        dict(zip(map(key, LEAVES), (left, right, second, third), strict=True))
                    )


def random_world(chance: Random, is_share: bool) -> World:
    leaves = {}
    for leaf in LEAVES:
        of_all = chance.randint(1, 6)
        leaves[key(leaf)] = of_all, chance.randint(0, of_all if is_share else 3 * of_all)
    return with_totals(leaves)


def shown_of(world: World, chance: Random, is_share: bool) -> dict[Key, Shown]:
    """What is shown of a world: the number of all of everyone, else mostly rates only."""
    decimals = chance.choice((0, 1, 1))
    shown = {}
    for each, (of_all, persons) in world.items():
        value = (100 if is_share else 1) * persons / of_all
        rate = Rate(round(value, decimals), 0.5 * 10**-decimals, is_share)
        is_counted = each == key("all") or chance.random() < 0.1
        shown[each] = Shown(
            rate, of_all if is_counted else None,
            persons if is_counted and chance.random() < 0.7 else None,
        )  # fmt: skip
    return shown


@pytest.mark.some_cases
@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("is_share", [True, False])
def test_what_all_together_determine(seed: int, is_share: bool) -> None:
    """A number is counted if every world has it alike, and else not."""
    chance, counted_ones = Random(seed), 0
    for _ in range(4):
        world = random_world(chance, is_share)
        shown = shown_of(world, chance, is_share)
        pairs: dict[Key, set[Pair]] = defaultdict(set)
        for possible in worlds_of(shown, world[key("all")][0] - 3):
            for each, pair in possible.items():
                pairs[each].add(pair)
        counted = counted_together(shown, CONSTRAINTS, limit=5)
        for each, those in pairs.items():
            assert world[each] in those
            having, lacking = {pair[1] for pair in those}, {pair[0] - pair[1] for pair in those}
            views = (having, lacking) if is_share else ({pair[0] for pair in those},)
            is_determined = any(len(view) == 1 and view != {0} for view in views)
            if shown[each].is_known:
                assert each not in counted
            elif is_determined:
                counted_ones += 1
                assert counted[each] in those
            elif each in counted:
                assert having == {0}  # none have it, of however many
    assert counted_ones


def test_three_percentages_of_a_known_total() -> None:
    """75 of 254 are 1 of 16, 7 of 77, 53 of 65 and 14 of 96: only these whole persons fit."""
    shown = {
        key("all"): Shown(Rate(29.5, 0.05, True), None, 75.0),
        **{
            key(group_id): Shown(Rate(value, 0.05, True), None, None)
            for group_id, value in {"second": 81.5, "third": 14.6, "one": 6.2, "two": 9.1}.items()
        },
    }
    parts = map(key, ("one", "two", "second", "third"))
    constraints = Constraints([sum_of(key("all"), parts)], [])
    assert counted_together(shown, constraints, limit=5)[key("one")] == Counted(16, 1)


def test_a_total_of_which_nobody_says_how_many_it_is() -> None:
    """42 who all have it, and others below the total, leave only so many of these."""
    rates = {"all": 34.3, "first": 6.9, "second": 13.7, "third": 100.0}
    shown = {
        key(group_id): Shown(Rate(value, 0.05, True), None, 42.0 if group_id == "third" else None)
        for group_id, value in rates.items()
    }
    constraints = Constraints([sum_of(key("all"), map(key, ("first", "second", "third")))], [])
    assert counted_together(shown, constraints, limit=5)[key("first")] == Counted(29, 2)


def share_of(period: str) -> Key:
    return "share", "town", "all", period


@pytest.mark.parametrize("seed", range(6))
def test_of_periods_as_of_groups(seed: int) -> None:
    """A year, its halves and quarters: whatever is counted is what it was, or as likely."""
    chance = Random(seed)
    parts = {
        "2024": ["2024K1", "2024K2", "2024K3", "2024K4"],
        "2024H1": ["2024K1", "2024K2"], "2024H2": ["2024K3", "2024K4"],
    }  # fmt: skip
    quarters = {}
    for text in parts["2024"]:
        of_all = chance.randint(3, 9)
        quarters[text] = of_all, chance.randint(0, of_all)
    pairs = quarters | {
        text: (sum(quarters[each][0] for each in of), sum(quarters[each][1] for each in of))
        for text, of in parts.items()
    }  # fmt: skip
    shown = {
        share_of(text): Shown(
            Rate(round(100 * persons / of_all, 1), 0.05, True),
            *((of_all, persons) if text == "2024" else (None, None)),
        )
        for text, (of_all, persons) in pairs.items()
    }
    constraints = constraints_between(shown.keys(), Ways({}, ({},)))
    worlds: dict[str, set[Pair]] = defaultdict(set)
    candidates = {
        text: [
            (of_all, persons) for of_all in range(1, pairs["2024"][0])
            for persons in range(of_all + 1) if fits(shown[share_of(text)], (of_all, persons))
        ]
        for text in quarters
    }  # fmt: skip
    for those in product(*candidates.values()):
        world = dict(zip(candidates, those, strict=True))
        made = {
            text: (sum(world[each][0] for each in of), sum(world[each][1] for each in of))
            for text, of in parts.items()
        }
        if all(fits(shown[share_of(text)], pair) for text, pair in made.items()):
            for text, pair in (world | made).items():
                worlds[text].add(pair)
    counted = counted_together(shown, constraints, limit=5)
    determined = {
        text for text, those in worlds.items() if text != "2024" and any(
            len(numbers) == 1 and numbers != {0}
            for numbers in ({pair[1] for pair in those}, {pair[0] - pair[1] for pair in those})
        )
    }  # fmt: skip
    assert determined <= {each[3] for each in counted}
    assert all(
        counted[share_of(text)] in those for text, those in worlds.items() if text in determined
    )
    # None may have it, of however many.
    assert all({pair[1] for pair in worlds[each[3]]} == {0} or each[3] in determined
               for each in counted)  # fmt: skip


def test_many_persons_are_left_open() -> None:
    """Of thousands, many whole persons fit; nothing of them is taken for determined."""
    rates = {"all": 50.0, "first": 51.6, "second": 48.3, "third": 20.2}
    shown = {
        key(group_id): Shown(
            Rate(value, 0.05, True), *((4_000, 2_000) if group_id == "all" else (None, None))
        )
        for group_id, value in rates.items()
    }
    constraints = Constraints([sum_of(key("all"), map(key, ("first", "second", "third")))], [])
    assert counted_together(shown, constraints, limit=5) == {}
