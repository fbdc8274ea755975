"""Few persons that are in none of the areas are not guarded by all numbers of the areas.

A country's count may be two more than its areas' counts, and those whom it is a part of far more
than theirs: sums that do not hold say nothing of the two.
"""

import random
from itertools import product

import numpy as np

from kpi.domain.period import parse_period
from kpi.suppression.cells import EVERYONE, Cell
from kpi.suppression.groups import Groups, PartOf
from kpi.suppression.hiding import what_to_hide

_YEAR = parse_period("2024")
_GROUPS: Groups = {"has": (PartOf(EVERYONE, "~"),), "lacks": (PartOf(EVERYONE, "~"),)}
_AREAS = 98


def _count(area_id: str, group_id: str, persons: float, **more: object) -> Cell:
    level, parent = ("country", None) if area_id == "whole" else ("municipality", "whole")
    cell = Cell("x", area_id, group_id, _YEAR, persons, None, 5, level, parent)
    return cell if not more else Cell(**{**cell.__dict__, **more})


def _table(seed: int, left: int, left_lacking: int) -> list[Cell]:
    """98 areas, the numbers of the first two hidden; so many of the country are in no area."""
    draw = random.Random(seed)
    rows = {f"a{number:02}": (draw.randint(20, 900), draw.randint(200, 9000))
            for number in range(_AREAS)}  # fmt: skip
    rows |= {"a00": (draw.randint(5, 9), 14), "a01": (draw.randint(5, 9), 83)}
    has, lacks = (sum(each[place] for each in rows.values()) for place in (0, 1))
    rows["whole"] = has + left, lacks + left_lacking
    return [
        _count(area_id, group_id, persons, stays_hidden=area_id in ("a00", "a01"))
        for area_id, (has, lacks) in rows.items()
        for group_id, persons in (("has", has), ("lacks", lacks), (EVERYONE, has + lacks))
    ]


def test_a_handful_is_hidden_however_many_the_areas_lack() -> None:
    """The hidden ones of two areas guard each other, and the few that are in no area."""
    for seed, (left, left_lacking) in enumerate(product((1, 2, 4), (0, 3, 250))):
        cells = _table(seed, left, left_lacking)
        hidden = what_to_hide(cells, _GROUPS).keys
        assert len(hidden) <= 6, (left, left_lacking, len(hidden))
        in_no_area = {"has": left, "lacks": left_lacking, EVERYONE: left + left_lacking}
        those = {group_id for group_id, persons in in_no_area.items() if persons}
        assert not _recoverable({key[1:3] for key in hidden}, those), (left, left_lacking)


def _recoverable(hidden: set[tuple[str, str]], those: set[str]) -> set[tuple[str, str]]:
    """What a reader finds of the hidden ones and of those in no area, who knows the true sums."""
    unknown = sorted(hidden | {("none", group_id) for group_id in those})
    place = {each: number for number, each in enumerate(unknown)}
    sums = [
        [((area_id, EVERYONE), -1), ((area_id, "has"), 1), ((area_id, "lacks"), 1)]
        for area_id in {area_id for area_id, _ in unknown}
    ] + [
        [(each, 1) for each in unknown if each[1] == group_id]
        for group_id in (EVERYONE, "has", "lacks")
    ]  # fmt: skip
    matrix = np.zeros((len(sums), len(unknown)))
    for line, of_sum in enumerate(sums):
        for each, sign in of_sum:
            if each in place:
                matrix[line, place[each]] = sign
    rank = np.linalg.matrix_rank(matrix)
    return {
        each for each, number in place.items()
        if np.linalg.matrix_rank(np.vstack([matrix, np.eye(len(unknown))[number]])) == rank
    }  # fmt: skip


def _some_of_a_country(total: float, fourth: float | None) -> set[str]:
    """What is hidden where four municipalities have a number, and the country."""
    numbers = {"whole": total, "a": 5345.0, "b": 199.0, "c": 411.0}
    cells = [_count(area_id, EVERYONE, persons) for area_id, persons in numbers.items()]
    cells.append(_count("d", EVERYONE, 0, part=fourth, said=None if fourth else (1.0, 4.0)))
    return {key[1] for key in what_to_hide(cells).keys}


def test_four_of_a_countrys_municipalities_are_not_all_of_it() -> None:
    """The rest of 60.500 is no number below five: nothing needs a guard, whoever hides it."""
    for fourth in (None, 3.0):
        own = {"d"} if fourth else set[str]()
        assert _some_of_a_country(60_500, fourth) == own
        # As far as twenty times the least that may be shown, or a twentieth, they may be all of it.
        sum_of_all = 5345 + 199 + 411 + 3
        for near in (0, 4, 90):
            assert _some_of_a_country(sum_of_all + near, fourth) > own, near
        for far in (400, 1_000):
            assert _some_of_a_country(sum_of_all + far, fourth) == own, far
