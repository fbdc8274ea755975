"""No small number follows from everything at once: covers, packings, nobody, chains, days."""

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import product
from random import Random

import highspy
import pytest

from kpi.domain.period import parse_period
from kpi.suppression import integers
from kpi.suppression.cells import Cell, Key, sum_of
from kpi.suppression.groups import parse_part_of
from kpi.suppression.hiding import what_to_hide
from kpi.suppression.integers import Row, Unknowns
from kpi.suppression.kinds import kinds_of
from kpi.suppression.parts import Parts, _restricting

# An area, a group and a period, as it is written.
Place = tuple[str, str, str]

GROUPS = {
    group_id: parse_part_of(text)
    for group_id, text in {
        "danish": "all:origin", "non_western": "all:origin", "women": "",
        "danish_women": "danish;women:origin", "non_western_women": "non_western;women:origin",
    }.items()
}  # fmt: skip
LIMIT = 5
AREAS = ("q1", "q2", "q3")
# What each is made of: a reader's own table, apart from the program's.
KINDS = ("danish women", "danish men", "non_western women", "non_western men")
PERIODS = {
    "2024": range(4), "2025": range(4, 8), "2024H1": range(2), "2024K1": range(1),
    "2024K2": range(1, 2), "2024K3": range(2, 3), "2024K4": range(3, 4), "2025K1": range(4, 5),
    "2024M04:2025M03": range(1, 5), "2024M01:2024M09": range(3), "2024M04:2024M12": range(1, 4),
}  # fmt: skip


def kinds_in(group_id: str) -> list[str]:
    words = [] if group_id == "all" else group_id.replace("non_western", "non-western").split("_")
    return [
        kind for kind in KINDS if {*words} <= {*kind.replace("non_western", "non-western").split()}
    ]


def made_of(place: Place) -> list[tuple[str, str, int]]:
    """The area, kind of person and quarter of all that a number is made of."""
    area_id, group_id, period = place
    areas = AREAS if area_id == "town" else [area_id]
    return [*product(areas, kinds_in(group_id), PERIODS[period])]


def cell(place: Place, count: int, version: str = "", seen: set[int] | None = None) -> Cell:
    area_id, group_id, period = place
    level, parent = ("city", None) if area_id == "town" else ("quarter", "town")
    return Cell(
        "cases", area_id, group_id, parse_period(period), count, None, LIMIT, level, parent,
        version=version, seen=None if seen is None else frozenset(seen),
    )  # fmt: skip


# Each by bounds that no sum tells; the number of few persons last.
BY_BOUNDS = {
    "a group and part of another cover a third": {
        ("q1", "danish", "2024K1"): 15, ("q1", "women", "2024K1"): 19,
        ("q1", "non_western_women", "2024K1"): 4,
    },
    "two of a town are no fewer than the women of a part": {
        ("q1", "women", "2024K1"): 8, ("town", "danish_women", "2024K1"): 4,
        ("town", "non_western_women", "2024K1"): 4,
    },
    "a rolling year lies within two years": {
        ("q1", "all", "2024"): 5, ("q1", "all", "2024M04:2025M03"): 9, ("q1", "all", "2025"): 4,
    },
    "a half, a quarter of nobody and a quarter cover a year": {
        ("q1", "non_western_women", "2024"): 32, ("q1", "non_western", "2024K4"): 28,
        ("q1", "women", "2024K3"): 0, ("q1", "non_western_women", "2024H1"): 4,
    },
    "two overlapping stretches cover a year": {
        ("q1", "non_western_women", "2024"): 11, ("q1", "women", "2024M04:2024M12"): 7,
        ("q1", "non_western_women", "2024M01:2024M09"): 4,
    },
    "two quarters are no more than a year less its half": {
        ("q1", "all", "2024"): 165, ("q1", "all", "2024H1"): 149, ("q1", "women", "2024K3"): 15,
        ("q1", "women", "2024K4"): 1,
    },
    "a period within one of nobody is of nobody": {
        ("q1", "all", "2024"): 27, ("q1", "all", "2024M01:2024M09"): 0,
        ("town", "all", "2024M04:2024M12"): 53, ("q3", "all", "2024M04:2024M12"): 25,
        ("q2", "all", "2024M04:2024M12"): 1,
    },
    "over several areas": {
        ("q1", "non_western", "2024"): 5, ("q3", "non_western", "2024"): 6,
        ("town", "all", "2024"): 23, ("q2", "all", "2024"): 12, ("town", "women", "2024"): 9,
        ("town", "non_western_women", "2024"): 6, ("q2", "non_western_women", "2024"): 0,
        ("q2", "women", "2024"): 3,
    },
}  # fmt: skip


class Reader:
    """Knows all that is shown, and what pages say of the hidden numbers."""

    def __init__(self, cells: list[Cell], hidden: Mapping[Key, bool]) -> None:
        self.hidden = hidden
        self.solver = highspy._core._Highs()  # the other one prints a greeting
        self.solver.setOptionValue("output_flag", False)
        self.columns: dict[object, int] = {}
        for each in cells:
            own = self._number(each)
            for moment in each.seen or (0, 1):
                parts = [
                    self._column((part, moment), 0, highspy.kHighsInf)
                    for part in made_of((each.area_id, each.group_id, each.period.text))
                ]
                self._row(0, 0, {own: -1, **dict.fromkeys(parts, 1)})

    def _column(self, name: object, low: float, high: float) -> int:
        if name not in self.columns:
            self.columns[name] = self.solver.getNumCol()
            self.solver.addVar(low, high)
            self.solver.changeColIntegrality(self.columns[name], highspy.HighsVarType.kInteger)
        return self.columns[name]

    def _row(self, low: float, high: float, terms: Mapping[int, int]) -> None:
        self.solver.addRow(
            low, high, len(terms), [*terms], [float(sign) for sign in terms.values()]
        )

    def _number(self, each: Cell) -> int:
        """The column of a number, with what is known of it."""
        part = each.part or 0
        if each.key not in self.hidden:
            return self._column(each.key, part, part)
        if self.hidden[each.key]:
            return self._column(each.key, 1, LIMIT - 1)
        own = self._column(each.key, 0, 1000)
        if not 0 < part < LIMIT:
            # Not called small: none, or as many as the limit.
            is_any = self._column((each.key, "is any"), 0, 1)
            self._row(0, highspy.kHighsInf, {own: 1, is_any: -LIMIT})
            self._row(-highspy.kHighsInf, 0, {own: 1, is_any: -1000})
        return own

    def computed(self) -> Iterator[Key]:
        """The hidden numbers of few persons that there is one possible value of."""
        for key, is_small in self.hidden.items():
            if is_small and self._end(key, 1) == self._end(key, -1):
                yield key

    def _end(self, key: Key, direction: int) -> int:
        column = self.columns[key]
        self.solver.changeColCost(column, direction)
        self.solver.run()
        assert self.solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
        end = round(self.solver.getSolution().col_value[column])
        self.solver.changeColCost(column, 0)
        return end


def drawn(seed: int) -> list[Cell]:
    """A sparse system of few persons on two days, some of whose numbers were corrected."""
    chance = Random(seed)
    atoms = [*product(AREAS, KINDS, range(8))]
    counts = [0, 0, 0, 0, 1, 1, 2, 3, 5, 9] if chance.random() < 0.5 else [0, 0, 1, 4, 6]
    days = [{atom: chance.choice(counts) for atom in atoms}]
    moved = chance.sample(atoms, chance.choice((0, 0, 2)))
    days.append(days[0] | {atom: chance.choice(counts) for atom in moved})
    areas = chance.sample(["town", *AREAS], chance.randint(1, 4))
    groups = chance.sample(["all", *GROUPS], chance.randint(1, 4))
    periods = chance.sample([*PERIODS], chance.randint(1, 4))
    every = [*product(areas, groups, periods)]
    cells = []
    for place in chance.sample(every, min(len(every), chance.randint(3, 14))):
        first, last = (sum(day[atom] for atom in made_of(place)) for day in days)
        if first == last:
            cells.append(cell(place, first))
        else:
            cells += [cell(place, first, "@1", {0}), cell(place, last, "", {1})]
    return cells


def test_nothing_small_follows_from_bounds() -> None:
    for name, numbers in BY_BOUNDS.items():
        cells = [cell(place, count) for place, count in numbers.items()]
        keys = what_to_hide(cells, GROUPS).keys
        assert what_to_hide(cells[::-1], GROUPS).keys == keys, name
        assert not [*Reader(cells, keys).computed()], name


def test_many_areas_of_a_total_that_nobody_reports_change_nothing() -> None:
    """Forty others of the town together are more than any number that is shown."""
    for name, numbers in BY_BOUNDS.items():
        if any(area_id == "town" for area_id, _, _ in numbers):
            continue
        cells = [cell(place, count) for place, count in numbers.items()]
        largest = max(numbers.values())
        others = [
            replace(cell(("q2", *of), largest), area_id=f"far{number}")
            for of in dict.fromkeys((group_id, period) for _, group_id, period in numbers)
            for number in range(40)
        ]
        assert what_to_hide([*cells, *others], GROUPS).keys == what_to_hide(cells, GROUPS).keys, (
            name
        )


# Of shares how many have something, of how many; the number of few persons last.
BY_SHARES = {
    # All who lack it in the town are women: 11 in q1 and q2, 8 in q2, at least 3 in q1.
    "who lack something": {
        ("q2", "non_western_women", "2024K2"): (0, 8), ("q3", "non_western", "2024K2"): (9, 29),
        ("town", "non_western_women", "2024K2"): (9, 40),
        ("town", "non_western", "2024K2"): (17, 48),
        ("q1", "non_western", "2024K2"): (3, 6),
    },
    # One at least, and hidden alone: one to four of 21. Without words it is small as well.
    "a share that is hidden alone": {
        ("q3", "non_western_women", "2024"): (17, 54), ("q3", "women", "2024"): (35, 83),
        ("q3", "danish", "2024"): (22, 40), ("q3", "women", "2024K4"): (5, 31),
        ("q3", "danish", "2024K4"): (8, 14), ("q3", "non_western_women", "2024K4"): (1, 21),
    },
}  # fmt: skip


def test_shares_are_verified_by_who_has_and_who_lacks_it() -> None:
    for name, numbers in BY_SHARES.items():
        cells = [
            replace(cell(place, having), whole=of_all)
            for place, (having, of_all) in numbers.items()
        ]
        hidden = what_to_hide(cells, GROUPS).keys
        assert cells[-1].key in hidden, name
        assert len(hidden) > 1, name


# Of the first 4,000 those of which sums and bounds one by one leave a number, and ten others.
TOLD_BY_ALL = (289, 1423, 2341, 2349, 2581, 3297, 3631, *range(10))


@pytest.mark.parametrize("seeds", [range(4000) if "SPOR_SOAK" in os.environ else TOLD_BY_ALL])
def test_nothing_small_follows_from_all_that_is_shown(seeds: Sequence[int]) -> None:
    for seed in seeds:
        cells = drawn(seed)
        assert not [*Reader(cells, what_to_hide(cells, GROUPS).keys).computed()], seed


def test_what_bounds_leave_open_hides_nothing_more() -> None:
    numbers = {
        ("q1", "danish", "2024K1"): 16, ("q1", "women", "2024K1"): 19,
        ("q1", "non_western_women", "2024K1"): 4,
    }  # fmt: skip
    cells = [cell(place, count) for place, count in numbers.items()]
    assert [*what_to_hide(cells, GROUPS).keys.values()] == [True]


@pytest.mark.parametrize(
    ("within", "expected"),
    [
        ([(True, [0, 1, 2])], []),
        # Both are all of it, or one is: what they come to is known of both.
        ([(True, [0, 1, 2]), (False, [0, 3, 4])], [0, 1]),
        ([(False, [0, 1, 2]), (False, [0, 3, 4])], []),
        # A country that is reported, with a region that is not.
        ([(False, [5, 0, 1]), (True, [0, 2, 3])], [0, 1]),
        ([(False, [6, 0, 1]), (True, [0, 2, 3])], []),
    ],
)
def test_a_total_that_nobody_reports_restricts_nothing(
    within: list[tuple[bool, list[int]]], expected: list[int]
) -> None:
    assert _restricting(within, {1, 2, 3, 4, 5}) == [within[line] for line in expected]


def test_parts_are_no_more_than_a_total_that_they_may_not_be_all_of() -> None:
    """Five of six are in one quarter, whatever sums of an earlier day contradict: one is left."""
    places = {
        ("town", "all"): ((0, 1), 6), ("town", "women"): ((1,), 3), ("q1", "all"): ((2, 3), 1),
        ("q1", "women"): ((3,), 1), ("q2", "all"): ((4, 5), 5), ("q2", "women"): ((5,), 2),
    }  # fmt: skip
    known = {
        place: cell((*place, "2024K1"), count) for place, (_, count) in places.items()
    }  # fmt: skip
    made = [(known[place].key, parts) for place, (parts, _) in places.items()]
    parts = Parts(6, made, [(True, [0, 2, 4]), (True, [1, 3, 5])])
    women = [known[area_id, "women"].key for area_id in ("town", "q1", "q2")]
    sums = [sum_of(women[0], women[1:]), *[sum_of(women[0], women[2:])] * 2]
    keys = {each.key: each for each in known.values()}
    hidden = keys.keys() - {known["town", "all"].key}
    few = {known["q1", "all"].key}
    assert parts.determined(sums, keys, hidden, few) == few


def test_a_search_that_is_given_up_shows_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Eight numbers of 1 to 4 in three sums are open; without a step to see it none is."""
    chance = Random(3)
    rows = []
    numbers = [chance.randint(1, 4) for _ in range(8)]
    for _ in range(3):
        terms = {column: chance.choice((1, 2, 3, -1, -2, -3)) for column in range(8)}
        total = sum(sign * numbers[column] for column, sign in terms.items())
        rows.append(Row(terms, total, total))
    unknowns = Unknowns([1.0] * 8, [4.0] * 8, [0] * 8, rows)
    assert unknowns.determined([0, 1], 10) == set()
    monkeypatch.setattr(integers, "_OPTIONS", {**integers._OPTIONS, "mip_max_nodes": 0})
    assert unknowns.determined([0, 1], 10) == {0, 1}


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([Row({0: 1, 1: 1}, 2, 2)], {0, 1}),
        ([Row({0: 1, 1: 1}, 0, 3)], set()),
        # A guard is none, or at least five.
        ([Row({0: 1, 2: 1}, 4, 4)], {0}),
        ([Row({0: 1, 2: 1}, 9, 9)], set()),
        # Of what contradicts itself the assumption gives way, not what is shown.
        ([Row({0: 1}, 3, 3), Row({0: 1}, 4, 4, is_assumed=True)], {0}),
        ([Row({0: 1, 1: 1}, 2, 2), Row({0: 1, 1: 1}, 9, 9, is_assumed=True)], {0, 1}),
        ([Row({0: 1, 1: 1}, 5, 5), Row({0: 1, 1: 1}, 2, 2, is_assumed=True)], set()),
        # A guard that an assumption calls small.
        ([Row({0: 1, 2: -1}, 0, 0, is_assumed=True), Row({2: 1}, 1, 99)], set()),
    ],
)
def test_which_numbers_have_one_value(rows: list[Row], expected: set[int]) -> None:
    unknowns = Unknowns([1, 1, 0], [4, 4, 100], [0, 0, LIMIT], rows)
    assert unknowns.determined([0, 1], 10) == expected
    assert unknowns.determined([0, 1], 0) == set()


def test_which_groups_a_person_can_be_in_together() -> None:
    there = {"danish", "women", "non_western_women"}
    together = [["danish"], ["danish", "women"], ["non_western_women", "women"]]
    assert [sorted(kind) for kind in kinds_of(there, GROUPS)] == together
    assert kinds_of({f"g{number}" for number in range(9)}, {}) == []
