"""Nearest neighbours: the distance, weights, logarithms, what is missing, and who is left out."""

import math
import random
from statistics import fmean, pstdev

import pytest

from kpi.domain.period import parse_period
from kpi.domain.similarity import NEIGHBOURS, Feature, Similarity
from kpi.domain.vocabulary import Scale
from tests.tables import for_each

AREAS = [f"a{number:02}" for number in range(20)]


def feature(
    name: str, values: dict[str, float], weight: float = 1, scale: Scale = "linear"
) -> Feature:
    return Feature(name, weight, scale, parse_period("2024"), values)


def ladder(step: float = 1, start: float = 1) -> dict[str, float]:
    """Each area one step above the one before."""
    return {area: start + step * place for place, area in enumerate(AREAS)}


def ids(similarity: Similarity, area: str, without: str = "") -> list[str]:
    return [neighbour.area_id for neighbour in similarity.nearest(area, without)]


def test_those_nearest_come_first_and_the_area_is_not_among_them() -> None:
    near = Similarity([feature("x", ladder())]).nearest("a10")
    assert [each.area_id for each in near] == ["a09", "a11", "a08", "a12", "a07", "a13"]
    assert len(near) == NEIGHBOURS
    # One step of twenty evenly spaced areas: 1 divided by the standard deviation of 1 to 20.
    assert near[0].distance == pytest.approx(1 / pstdev(range(1, 21)))


def test_the_unit_of_a_feature_does_not_matter() -> None:
    thousands = Similarity([feature("x", ladder(1000, 5000)), feature("y", ladder(-1, 30))])
    ones = Similarity([feature("x", ladder()), feature("y", ladder(-0.01, 3))])
    for area in AREAS:
        assert ids(thousands, area) == ids(ones, area)


def test_distances_are_those_of_the_definition() -> None:
    rng = random.Random(3)
    values = [{area: rng.uniform(1, 1000) for area in AREAS} for _ in range(3)]
    weights: list[float] = [1, 2, 0.5]
    scales: list[Scale] = ["linear", "log", "linear"]
    similarity = Similarity([
        feature(str(number), each, weight, scale)
        for number, (each, weight, scale) in enumerate(zip(values, weights, scales, strict=True))
    ])  # fmt: skip

    def scores(number: int) -> dict[str, float]:
        scaled = {
            area: math.log(value) if scales[number] == "log" else value
            for area, value in values[number].items()
        }
        middle, spread = fmean(scaled.values()), pstdev(scaled.values())
        return {area: (value - middle) / spread for area, value in scaled.items()}

    every = [scores(number) for number in range(3)]
    for own in AREAS:
        expected = {
            other: math.sqrt(
                sum(
                    weight * (each[own] - each[other]) ** 2
                    for weight, each in zip(weights, every, strict=True)
                )
                / sum(weights)
            )
            for other in AREAS
            if other != own
        }
        for neighbour in similarity.nearest(own):
            assert neighbour.distance == pytest.approx(expected[neighbour.area_id])
        assert ids(similarity, own) == sorted(expected, key=lambda area: expected[area])[:6]


def test_a_logarithm_brings_large_areas_nearer() -> None:
    population = {area: 1000 * 2.0**place for place, area in enumerate(AREAS)}
    assert ids(Similarity([feature("x", population, scale="log")]), "a19")[0] == "a18"
    log = Similarity([feature("x", population, scale="log")]).nearest("a10")
    assert {each.area_id for each in log} == {"a07", "a08", "a09", "a11", "a12", "a13"}
    linear = Similarity([feature("x", population)]).nearest("a10")
    assert {each.area_id for each in linear} == {"a04", "a05", "a06", "a07", "a08", "a09"}


def test_an_indicator_is_not_among_its_own_features() -> None:
    turned = dict(zip(AREAS, reversed(ladder().values()), strict=True))
    mixed = {area: value % 7 for area, value in turned.items()}
    both = Similarity([feature("x", ladder()), feature("y", mixed)])
    assert ids(both, "a10", without="x") == ids(Similarity([feature("y", mixed)]), "a10")
    assert ids(both, "a10", without="other") == ids(both, "a10") != ids(both, "a10", without="x")


@for_each(
    ("features", "why"),
    [
        ([], "nothing to compare by"),
        ([feature("x", dict.fromkeys(AREAS, 3.0))], "all alike"),
        ([feature("x", ladder(), weight=0)], "no weight"),
        ([feature("x", {area: 1.0 * n for n, area in enumerate(AREAS[:11])})], "too few areas"),
        (
            [feature("x", ladder()), feature("y", {a: v for a, v in ladder().items() if a > "a10"},
                                             weight=2)],
            "less than half of the weight is known of the area",
        ),
    ],
)  # fmt: skip
def test_where_there_is_no_answer_none_is_given(features: list[Feature], why: str) -> None:
    assert Similarity(features).nearest("a10") == (), why


def test_an_area_without_one_feature_is_nobodys_neighbour_and_has_its_own() -> None:
    lacking = {area: value for area, value in ladder().items() if area != "a09"}
    similarity = Similarity([feature("x", ladder()), feature("y", lacking)])
    assert "a09" not in ids(similarity, "a10")
    assert ids(similarity, "a09")[:2] == ["a08", "a10"]


def test_a_logarithm_of_nothing_is_a_missing_value() -> None:
    values = {**ladder(), "a09": 0.0}
    assert "a09" not in ids(Similarity([feature("x", values, scale="log")]), "a10")


def test_areas_as_near_are_in_the_order_of_their_ids() -> None:
    shuffled = dict(sorted(ladder().items(), key=lambda pair: hash(pair[0])))
    assert ids(Similarity([feature("x", shuffled)]), "a10")[:2] == ["a09", "a11"]
