"""Nothing small can be worked out from all that was ever shown: days, ranges, groups, corrections.

A reader with exact arithmetic tries. To him a number that stayed the same on two days is one.
"""

from collections.abc import Collection, Iterable, Sequence, Set
from dataclasses import dataclass, field, fields, replace
from datetime import date, timedelta
from fractions import Fraction
from random import Random

import pytest

from kpi.domain.period import parse_period
from kpi.store.ever_shown import Memory, Publication, Row, shown_numbers
from kpi.suppression.cells import Cell, Key, new_cell
from kpi.suppression.groups import parse_part_of
from kpi.suppression.hiding import what_to_hide

LIMIT = 5
AREAS = ("q0", "q1", "q2")
# Who belongs to a group: of two origins, two sexes and two degrees of readiness.
WHO = [(origin, sex, ready) for origin in "dn" for sex in "wm" for ready in "ja"]
MEMBERS = {
    "all": {*WHO},
    "danish": {one for one in WHO if one[0] == "d"},
    "non_western": {one for one in WHO if one[0] == "n"},
    "danish_women": {one for one in WHO if one[:2] == ("d", "w")},
    "job_ready": {one for one in WHO if one[2] == "j"},
    "activity_ready": {one for one in WHO if one[2] == "a"},
}
GROUPS = {
    one: parse_part_of(text)
    for one, text in {
        "danish": "all:origin", "non_western": "all:origin", "danish_women": "danish",
        "job_ready": "all:readiness", "activity_ready": "all:readiness",
    }.items()
}  # fmt: skip
SPANS = {
    "2023": {0}, "2024H1": {1}, "2024H2": {2}, "2024": {1, 2}, "2023:2024": {0, 1, 2},
    "2023:2024M06": {0, 1},
}  # fmt: skip
# What fills a period, in every way.
FILLED: dict[str, tuple[tuple[str, ...], ...]] = {
    "2024": (("2024H1", "2024H2"),),
    "2023:2024": (("2023", "2024"), ("2023", "2024H1", "2024H2"), ("2023:2024M06", "2024H2")),
    "2023:2024M06": (("2023", "2024H1"),),
}
Atom = tuple[str, tuple[str, str, str], int]
Truth = dict[Atom, int]


def number(truth: Truth, key: Key) -> int:
    _, area, group, period = key
    return sum(
        count
        for (where, who, when), count in truth.items()
        if area in ("city", where) and who in MEMBERS[group] and when in SPANS[period]
    )


@dataclass
class Town:
    """What is published day by day, and what a reader has seen."""

    truths: list[Truth] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    gone: dict[int, date] = field(default_factory=dict)
    seen: set[tuple[Key, int]] = field(default_factory=set)
    memory: Memory = field(default_factory=lambda: Memory(0, frozenset()))
    told: set[tuple[Key, int]] = field(default_factory=set)
    hidden: set[tuple[Key, int]] = field(default_factory=set)
    small: set[tuple[Key, int]] = field(default_factory=set)

    @property
    def keys(self) -> list[Key]:
        return sorted({row[:4] for row in self.rows})

    def publish(self, truth: Truth, keys: Iterable[Key]) -> None:
        """A file with the keys as they are, and with all earlier ones that are another number."""
        batch, day = len(self.truths) + 1, date(2026, 1, 1) + timedelta(days=len(self.truths))
        holding = self.in_force(None)
        wanted = {*keys} | {key for key, row in holding.items() if row.part != number(truth, key)}
        self.rows += [
            Row(*key, number(truth, key), None, LIMIT, "city" if key[1] == "city" else "quarter",
                None if key[1] == "city" else "city", None, None, False, "own", batch, day,
                False, True)
            for key in sorted(wanted)
        ]  # fmt: skip
        self.truths.append(truth)
        self.settle()

    def withdraw(self) -> None:
        """Takes the newest publication back, the day after it."""
        batch = len(self.truths)
        self.gone[batch] = date(2026, 1, 1) + timedelta(days=batch)
        self.truths.append(self.truths[-2])
        self.settle()

    def in_force(self, day: date | None) -> dict[Key, Row]:
        found: dict[Key, Row] = {}
        for row in self.rows:
            gone = self.gone.get(row.batch_id)
            if (day is None or row.known_from <= day) and not (
                gone is not None and (day is None or gone <= day)
            ):
                found[row[:4]] = row
        return found

    def settle(self) -> None:
        publications = {
            one: Publication(one, date(2026, 1, 1) + timedelta(days=one - 1), self.gone.get(one))
            for one in range(1, len(self.truths) + 1)
        }
        shown = shown_numbers(self.rows, publications, self.memory)
        hiding = what_to_hide(shown.cells, GROUPS)
        assert what_to_hide(shown.cells[::-1], GROUPS) == hiding
        cells = {cell.key: cell for cell in shown.cells}

        def state(key: Key) -> tuple[Key, int]:
            return cells[key].base, int(cells[key].part or 0)

        self.told |= {state(key) for key in hiding.exposed if key in cells}
        self.hidden = {state(key) for key in hiding.keys}
        self.small = {state(key) for key, is_small in hiding.keys.items() if is_small}
        withheld = {
            (*key[:3], cells[key].base[3], source, batch)
            for key in hiding.keys if not cells[key].was_shown
            for source, batch in shown.rows[key]
        }  # fmt: skip
        self.memory = Memory(len(self.truths), frozenset(withheld))
        self.seen |= self.shown_now()

    def shown_now(self) -> set[tuple[Key, int]]:
        """All that the pages tell today, on today and every earlier day."""
        days = [date(2026, 1, 1) + timedelta(days=one) for one in range(len(self.truths))]
        every = {
            (key, int(row.part or 0))
            for day in (*days, None)
            for key, row in self.in_force(day).items()
        }
        return every - self.hidden

    def sums(self) -> list[list[tuple[tuple[Key, int], int]]]:
        """All that adds up on each day, of numbers that somebody published."""
        keys = {*self.keys}
        found = []
        for truth in self.truths:
            for total, parts in _wholes(keys):
                found.append(
                    [((total, number(truth, total)), -1)]
                    + [((part, number(truth, part)), 1) for part in parts]
                )
        return found


def _wholes(keys: Set[Key]) -> Iterable[tuple[Key, list[Key]]]:
    for key in keys:
        indicator, area, group, period = key
        splits = []
        if area == "city":
            splits.append([(indicator, area, group, period) for area in AREAS])
        if group == "all":
            splits.append([(indicator, area, one, period) for one in ("danish", "non_western")])
            splits.append(
                [(indicator, area, one, period) for one in ("job_ready", "activity_ready")]
            )
        splits += [
            [(indicator, area, group, part) for part in parts] for parts in FILLED.get(period, ())
        ]
        for parts in splits:
            if keys >= {*parts}:
                yield key, parts


def worked_out(
    sums: Sequence[Sequence[tuple[tuple[Key, int], int]]], known: Collection[tuple[Key, int]]
) -> set[tuple[Key, int]]:
    """The numbers that exact elimination leaves one value for."""
    pivots: dict[tuple[Key, int], dict[tuple[Key, int], Fraction]] = {}
    for terms in sums:
        line: dict[tuple[Key, int], Fraction] = {}
        for state, sign in terms:
            if state not in known:
                line[state] = line.get(state, Fraction(0)) + sign
        for pivot, other in list(pivots.items()):
            if line.get(pivot):
                line = _less(line, line[pivot], other)
        line = {state: factor for state, factor in line.items() if factor}
        if not line:
            continue
        pivot = min(line)
        line = {state: factor / line[pivot] for state, factor in line.items()}
        pivots = {
            one: _less(other, other[pivot], line) if other.get(pivot) else other
            for one, other in pivots.items()
        }
        pivots[pivot] = line
    return {pivot for pivot, line in pivots.items() if sum(1 for one in line.values() if one) == 1}


def _less(
    line: dict[tuple[Key, int], Fraction], times: Fraction, other: dict[tuple[Key, int], Fraction]
) -> dict[tuple[Key, int], Fraction]:
    states = {*line, *other}
    zero = Fraction(0)
    return {one: line.get(one, zero) - times * other.get(one, zero) for one in states}


def few_between(town: Town, known: Collection[tuple[Key, int]]) -> set[tuple[Key, Key]]:
    """Few persons between a group and one it is part of, both of which are shown on a day."""
    found = set()
    for truth in town.truths:
        for key in town.keys:
            for other in town.keys:
                is_within = key[:2] == other[:2] and key[3] == other[3] and (
                    MEMBERS[key[2]] > MEMBERS[other[2]]
                )  # fmt: skip
                if is_within and {(key, number(truth, key)), (other, number(truth, other))} <= {
                    *known
                } and 0 < number(truth, key) - number(truth, other) < LIMIT:  # fmt: skip
                    found.add((key, other))
    return found


def random_town(chance: Random) -> Town:
    areas, groups, spans = (
        chance.sample([*every], chance.randint(2, len(every)))
        for every in (("city", *AREAS), MEMBERS, SPANS)
    )
    keys = [("cases", area, group, span) for area in areas for group in groups for span in spans]
    most = chance.choice((1, 3, 12))
    truth = {
        (area, who, when): chance.randint(0, most)
        for area in AREAS for who in WHO for when in range(3)
    }  # fmt: skip
    town = Town()
    town.publish(truth, chance.sample(keys, chance.randint(2, len(keys))))
    for _ in range(chance.randint(1, 3)):
        if len(town.truths) > 1 and len(town.truths) not in town.gone and chance.random() < 0.3:
            town.withdraw()
            continue
        truth = dict(town.truths[-1])
        for atom in chance.sample([*truth], chance.randint(0, 3)):
            truth[atom] = chance.randint(0, most)
        town.publish(truth, chance.sample(keys, chance.randint(0, len(keys) // 2)))
    return town


@pytest.mark.parametrize("seed", range(40))
def test_nothing_small_is_worked_out_from_all_days(seed: int) -> None:
    town = random_town(Random(seed))
    sums = town.sums()
    every = {(row[:4], int(row.part or 0)) for row in town.rows}
    few = {one for one in every if 0 < one[1] < LIMIT}
    shown = town.shown_now()
    assert shown.isdisjoint(few)
    assert worked_out(sums, shown).isdisjoint(few)
    assert not few_between(town, shown)
    # With all that was ever read besides, but for what was read before it had to be hidden.
    assert worked_out(sums, town.seen).isdisjoint(few - town.told)


def test_a_cell_made_in_one_go_is_as_any_other() -> None:
    names = {one.name for one in fields(Cell)}
    plain = Cell("i", "a", "g", parse_period("2020"), 7.0, 20.0, 5, "municipality", "dk")
    made = new_cell(**{name: getattr(plain, name) for name in names - {"is_published", "seen"}})
    assert made == plain
    assert (made.key, made.is_small) == (plain.key, plain.is_small)
    assert replace(made, part=3.0) == replace(plain, part=3.0)
