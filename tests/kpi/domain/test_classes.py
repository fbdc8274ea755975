"""Five classes around a benchmark: no number that is shown has two colours."""

import random

from kpi.domain.classes import CLASSES, MIDDLE, classes_around
from tests.tables import for_each


def test_employment_has_the_classes_of_whole_numbers() -> None:
    values = [69.2, 71.0, 73.2, 74.3, 75.4, 76.1, 77.0, 78.2, 79.9, 80.4, 82.0, 83.1, 84.5]
    classes = classes_around(77.4, values, 1)
    assert classes.names()[MIDDLE] == "77-78"
    assert [classes.text(value) for value in values[:3]] == ["69", "71", "73"]
    assert classes.of(69.2) == 0
    assert classes.of(77.0) == classes.of(78.4) == MIDDLE
    assert classes.of(84.5) == 4


@for_each("seed", range(40))
def test_the_same_number_has_one_class_and_classes_rise(seed: int) -> None:
    rng = random.Random(seed)
    decimals = rng.choice([0, 1, 2])
    scale = 10 ** rng.uniform(-1, 6)
    values = [round(scale * rng.lognormvariate(0, 0.4), decimals) for _ in range(98)]
    benchmark = rng.choice([rng.choice(values), round(scale, 3), min(values), 2 * max(values)])
    classes = classes_around(benchmark, values, decimals)
    by_text: dict[str, set[int]] = {}
    for value in values:
        by_text.setdefault(classes.text(value), set()).add(classes.of(value))
    assert all(len(each) == 1 for each in by_text.values())
    in_order = [classes.of(value) for value in sorted(values)]
    assert in_order == sorted(in_order)
    assert classes.of(benchmark) == MIDDLE
    assert len(classes.names()) == CLASSES == len(set(classes.names()))


def test_decimals_are_written_only_where_classes_need_them() -> None:
    near = [2.0 + number / 10 for number in range(20)]
    assert classes_around(2.6, near, 1).text(2.5) == "2,5"
    assert classes_around(50.0, [30.0 + number for number in range(40)], 1).text(44.6) == "45"


def test_long_numbers_are_written_in_thousands() -> None:
    incomes = [230_000.0 + 3_000 * number for number in range(60)]
    classes = classes_around(287_400, incomes, 0)
    assert classes.thousands
    assert classes.text(281_634) == "282"
    # A few large ones among small ones are written whole.
    assert not classes_around(
        150, [100.0 + number for number in range(97)] + [12_000.0], 0
    ).thousands


def test_where_all_are_alike_there_is_still_a_middle() -> None:
    classes = classes_around(5, [5.0] * 40, 1)
    assert {classes.of(5.0)} == {MIDDLE}
