"""Groups that add up though nobody said so: as any reader sees in the numbers themselves."""

from random import Random

import numpy as np
import pytest

from kpi.domain.period import parse_period
from kpi.suppression.cells import Cell
from kpi.suppression.groups import parse_part_of
from kpi.suppression.hiding import cells_to_hide

GROUPS = {
    group_id: parse_part_of(text)
    for group_id, text in {
        "danish": "all:origin", "foreign": "all:origin", "danish_women": "danish",
        "foreign_women": "foreign", "women": "all:sex", "men": "all:sex", "young": "all:age",
        "adult": "all:age", "old": "all:age", "under_50": "all",
    }.items()
}  # fmt: skip
# Who belongs to a group: of two origins, two sexes and three ages.
WHO = [(origin, sex, age) for origin in "df" for sex in "wm" for age in "yao"]
MEMBERS = {
    "all": {*WHO}, "danish": {person for person in WHO if person[0] == "d"},
    "foreign": {person for person in WHO if person[0] == "f"},
    "danish_women": {person for person in WHO if person[:2] == ("d", "w")},
    "foreign_women": {person for person in WHO if person[:2] == ("f", "w")},
    "women": {person for person in WHO if person[1] == "w"},
    "men": {person for person in WHO if person[1] == "m"},
    "young": {person for person in WHO if person[2] == "y"},
    "adult": {person for person in WHO if person[2] == "a"},
    "old": {person for person in WHO if person[2] == "o"},
    "under_50": {person for person in WHO if person[2] != "o"},
}  # fmt: skip


def hidden(*years: dict[str, float], groups: dict[str, str] | None = None) -> set[tuple[str, str]]:
    """What is hidden, group and year, of the numbers of some years."""
    within = (
        GROUPS
        if groups is None
        else {group_id: parse_part_of(of) for group_id, of in groups.items()}
    )
    cells = [
        Cell("cases", "q", group_id, parse_period(str(2020 + n)), number, None, 5, "school", None)
        for n, year in enumerate(years)
        for group_id, number in year.items()
    ]
    return {(key[2], key[3]) for key in cells_to_hide(cells, within)}


def test_women_of_each_origin_are_the_women() -> None:
    year = {"all": 100.0, "women": 43, "danish": 50, "foreign": 50, "danish_women": 3,
            "foreign_women": 40}  # fmt: skip
    assert hidden(year) == {("danish_women", "2020"), ("foreign_women", "2020")}
    # In another year they are not: then they never were.
    other = year | {"women": 30.0, "danish_women": 20, "foreign_women": 30}
    assert hidden(year, other) == {("danish_women", "2020")}


def test_a_group_of_some_ages() -> None:
    year = {"all": 100.0, "young": 23, "adult": 3, "old": 74, "under_50": 26}
    assert hidden(year) >= {("young", "2020"), ("adult", "2020")}


def test_two_ways_to_split_everyone_that_nobody_declared() -> None:
    year = {"all": 100.0, "u": 50, "v": 50, "x": 3, "y": 37, "z": 60}
    assert hidden(year, groups={}) == {("x", "2020"), ("z", "2020")}
    # One set of them that comes to everyone by chance is no split.
    assert hidden(year | {"u": 57.0}, groups={}) == {("x", "2020")}


@pytest.mark.parametrize("seed", range(40))
def test_nothing_small_follows_by_undeclared_sums(seed: int) -> None:
    """A reader who knows who is in which group adds and subtracts all that is shown."""
    chance = Random(seed)
    most = chance.choice((2, 5, 20))
    persons = np.array([chance.randint(0, most) for _ in WHO], dtype=float)
    made_of = {
        group_id: np.array([float(who in members) for who in WHO])
        for group_id, members in MEMBERS.items()
    }
    numbers = {member: float(made_of[member] @ persons) for member in MEMBERS}
    some = {
        group_id: numbers[group_id] for group_id in chance.sample([*MEMBERS], chance.randint(3, 9))
    }
    gone = {group for group, _ in hidden(some)}
    small = [group_id for group_id, number in some.items() if 0 < number < 5]
    shown = [group_id for group_id in some if group_id not in gone]
    assert set(small) <= gone
    if not shown or not small:
        return
    _, sizes, directions = np.linalg.svd(np.array([made_of[group_id] for group_id in shown]))
    free = directions[int((sizes > 1e-9).sum()) :]
    assert [
        group_id for group_id in small if not (abs(free @ made_of[group_id]) > 1e-9).any()
    ] == []
