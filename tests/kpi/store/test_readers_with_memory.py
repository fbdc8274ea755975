"""A reader of whole numbers who remembers every page of every day determines no small number.

He knows that no number is below 0, that `<5` is one to four and that what is only called hidden is
none or at least five, and tries every other value. He shares no code with the program.
"""

import os
from collections.abc import Collection, Iterable, Iterator
from datetime import date, timedelta
from random import Random

import pytest

from kpi.suppression.cells import Key
from tests.kpi.store.towns import AREAS, LIMIT, WHO, Town, number, wholes

_IS_SOAK = "SPOR_SOAK" in os.environ
_TOWNS = 2_000 if _IS_SOAK else 40

State = tuple[Key, int]
Terms = list[tuple[int, int]]
_REACH, _MOST_NODES = 30, 3_000 if _IS_SOAK else 100


class GivenUpError(Exception):
    """The reader has tried for too long."""


class Reader:
    """What somebody knows of the numbers that he cannot see, and what it leaves for each."""

    def __init__(
        self, sums: Iterable[list[tuple[State, int]]], seen: Collection[State],
        small: Collection[State], labelled: Collection[State],
    ) -> None:  # fmt: skip
        self.states: list[State] = []
        place: dict[State, int] = {}
        lines: set[tuple[tuple[tuple[int, int], ...], int]] = set()
        for terms in sums:
            left, line = 0, []
            for state, sign in terms:
                if state in seen:
                    left -= sign * state[1]
                    continue
                if state not in place:
                    place[state] = len(place)
                    self.states.append(state)
                line.append((place[state], sign))
            if line:
                lines.add((tuple(line), left))
        self.place = place
        self.lines = sorted(lines)
        self.is_guard = [state not in small for state in self.states]
        self.low = [1 if state in labelled else 0 for state in self.states]
        self.high = [LIMIT - 1 if state in labelled else state[1] + _REACH for state in self.states]
        self.nodes = 0

    def determines(self, state: State) -> bool:
        """Whether he finds out that it can have no other value."""
        if state not in self.place:
            return False
        low, high = self.low[:], self.high[:]
        assert self.narrows(low, high)
        place = self.place[state]
        assert low[place] <= state[1] <= high[place]
        self.nodes = 0
        try:
            return not any(
                self.is_possible(low, high, place, value)
                for value in self.values(place, low, high)
                if value != state[1]
            )
        except GivenUpError:
            return False

    def values(self, place: int, low: list[int], high: list[int]) -> list[int]:
        """What a number may be, nearest to what it is first."""
        true = self.states[place][1]
        return sorted(
            (
                value for value in range(low[place], high[place] + 1)
                if not (self.is_guard[place] and 0 < value < LIMIT)
            ),
            key=lambda value: abs(value - true),
        )  # fmt: skip

    def is_possible(self, low: list[int], high: list[int], place: int, value: int) -> bool:
        """Whether all numbers can be filled in with one of them given."""
        self.nodes += 1
        if self.nodes > _MOST_NODES:
            raise GivenUpError
        low, high = low[:], high[:]
        low[place] = high[place] = value
        if not self.narrows(low, high):
            return False
        undecided = [each for each in range(len(low)) if low[each] < high[each]]
        if not undecided:
            return True
        narrowest = min(undecided, key=lambda each: high[each] - low[each])
        return any(
            self.is_possible(low, high, narrowest, other)
            for other in self.values(narrowest, low, high)
        )

    def narrows(self, low: list[int], high: list[int]) -> bool:
        """Brings bounds in line with every sum; False where that cannot be."""
        is_narrower = True
        while is_narrower:
            is_narrower = False
            for line, left in self.lines:
                for place, least, most in self.left_by(line, left, low, high):
                    new_low, new_high = max(low[place], least), min(high[place], most)
                    if self.is_guard[place]:
                        new_low = LIMIT if 0 < new_low < LIMIT else new_low
                        new_high = 0 if 0 < new_high < LIMIT else new_high
                    if new_low > new_high:
                        return False
                    is_narrower |= (new_low, new_high) != (low[place], high[place])
                    low[place], high[place] = new_low, new_high
        return True

    @staticmethod
    def left_by(
        line: Iterable[tuple[int, int]], left: int, low: list[int], high: list[int]
    ) -> Iterator[tuple[int, int, int]]:
        """What the other numbers of a sum leave for each."""
        terms = list(line)
        for place, sign in terms:
            ends = [
                sorted((its_sign * low[other], its_sign * high[other]))
                for other, its_sign in terms if other != place
            ]  # fmt: skip
            bounds = sorted(
                sign * (left - total)
                for total in (sum(end[0] for end in ends), sum(end[1] for end in ends))
            )
            yield place, bounds[0], bounds[1]


def sums_of_every_day(town: Town) -> list[list[tuple[State, int]]]:
    """All that adds up among the numbers that a day had."""
    sums = []
    for days in range(len(town.truths)):
        in_force = town.in_force(date(2026, 1, 1) + timedelta(days=days))
        states = {key: (key, int(row.part or 0)) for key, row in in_force.items()}
        for total, parts in wholes({*in_force}):
            sums.append([(states[total], -1)] + [(states[part], 1) for part in parts])
    return sums


def determined(town: Town) -> dict[str, list[State]]:
    """The small numbers that a reader of today determines, and one who remembers all days.

    Not those that the program says can be computed by who remembers.
    """
    sums = sums_of_every_day(town)
    small = {(row[:4], int(row.part or 0)) for row in town.rows if 0 < (row.part or 0) < LIMIT}
    labelled = small & town.small
    now = Reader(sums, town.shown_now(), small, labelled)
    later = Reader(sums, town.seen, small, labelled)
    return {
        "now": [state for state in sorted(small) if now.determines(state)],
        "remembered": [state for state in sorted(small - town.exposed) if later.determines(state)],
    }


def small_town(chance: Random) -> Town:
    """Few people, two or three days, with corrections and withdrawals; numbers to about 25."""
    areas = ["city", *AREAS][: chance.choice((3, 4, 4))]
    groups = chance.choice(
        (
            ["all"], ["danish"], ["all", "danish", "non_western"],
            ["all", "danish", "non_western", "danish_women"],
            ["all", "job_ready", "activity_ready", "danish", "non_western"],
        )
    )  # fmt: skip
    spans = chance.choice((["2024"], ["2024", "2024H1", "2024H2"], ["2023", "2024", "2023:2024"]))
    keys = [("cases", area, group, span) for area in areas for group in groups for span in spans]
    most = chance.choice((1, 3, 6, 12, 25))
    those = chance.sample(WHO, chance.choice((1, 2, 3)))
    truth = {
        (area, who, when): chance.randint(0, most) if who in those else 0
        for area in AREAS for who in WHO for when in range(3)
    }  # fmt: skip
    town = Town()
    town.publish(truth, keys if chance.random() < 0.8 else chance.sample(keys, len(keys) * 3 // 4))
    for _ in range(chance.randint(1, 2)):
        if len(town.truths) > 1 and len(town.truths) not in town.gone and chance.random() < 0.25:
            town.withdraw()
            continue
        truth = dict(town.truths[-1])
        for atom in chance.sample([key for key in truth if key[1] in those], chance.randint(1, 3)):
            truth[atom] = chance.randint(0, most)
        town.publish(truth, chance.sample(keys, chance.randint(0, len(keys) // 2)))
    return town


@pytest.mark.some_cases
@pytest.mark.parametrize("start", range(0, _TOWNS, 10))
def test_no_small_number_is_determined_by_who_remembers(start: int) -> None:
    for seed in range(start, start + 10):
        town = small_town(Random(seed))
        assert determined(town) == {"now": [], "remembered": []}, seed


@pytest.mark.parametrize("seed", [51, 45, pytest.param(83, marks=pytest.mark.soak)])
def test_what_nothing_can_guard_hides_no_need_elsewhere(seed: int) -> None:
    """Some numbers are exposed by what was read; others, of the same sums, still get a guard."""
    town = small_town(Random(seed))
    assert town.exposed
    assert determined(town) == {"now": [], "remembered": []}


def town_of_days(*days: dict[str, int]) -> Town:
    """A city and its quarters, one group and year: what changed each day."""
    town = Town()
    numbers: dict[str, int] = {}
    for day in days:
        numbers |= day
        truth = {(area, WHO[0], 1): count for area, count in numbers.items()}
        town.publish(truth, [key_of(area) for area in ("city", *day)])
    return town


def key_of(area: str) -> Key:
    return ("cases", area, "all", "2024")


def test_the_guard_is_a_number_that_nobody_has_read_yet() -> None:
    """12 was shown on the first day: hiding it today hides it from nobody, 14 is new."""
    town = town_of_days({"q0": 3, "q1": 12, "q2": 2}, {"q0": 0})
    assert number(town.truths[-1], key_of("city")) == 14
    assert (key_of("city"), 14) in town.hidden
    assert (key_of("q1"), 12) not in town.hidden
    assert not town.exposed
    assert determined(town) == {"now": [], "remembered": []}


def test_a_new_total_guards_a_new_small_number() -> None:
    """All other quarters were read: only the city's number is left to hide."""
    town = town_of_days({"q0": 20, "q1": 12, "q2": 13}, {"q0": 3})
    assert (key_of("city"), 28) in town.hidden  # new: it guards
    assert determined(town) == {"now": [], "remembered": []}


def test_several_days_together_determine_nothing() -> None:
    """Three `<5` of 9, and of later days two of 6 and of 7: bounds of one sum at a time miss it."""
    town = town_of_days({"q0": 3, "q1": 2, "q2": 4}, {"q0": 0}, {"q1": 3})
    assert determined(town) == {"now": [], "remembered": []}


def test_words_alone_determine_nothing() -> None:
    """Four quarters `<5` of a year `<5` are one each: the year is only called hidden."""
    town = Town()
    truth = {(area, who, 1): 1 for area in AREAS[:2] for who in (WHO[0], WHO[-1])}
    keys = [
        ("cases", area, group, "2024")
        for area in ("city", *AREAS[:2]) for group in ("all", "danish", "non_western")
    ]  # fmt: skip
    town.publish(truth, keys)
    everyone = (key_of("city"), 4)
    assert everyone in town.hidden
    assert everyone not in town.small
    assert determined(town) == {"now": [], "remembered": []}
