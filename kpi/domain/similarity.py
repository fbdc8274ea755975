"""Which municipalities are most like another one: nearest neighbours by their structure figures.

Each feature is standardised over all municipalities (z-scores, of the natural logarithm where its
scale says so); the distance of two is the root of the weighted mean of the squared differences, as
Fingertips and Kolada rank nearest neighbours. An indicator that is compared is never a feature.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean, pstdev
from typing import NamedTuple

from kpi.domain.period import Period
from kpi.domain.vocabulary import Scale

# How many municipalities are called similar, and how many must be there to choose among.
NEIGHBOURS = 6
_FEWEST = 2 * NEIGHBOURS
# Of an area that lacks more of the weight than this nothing is said.
_LEAST_WEIGHT = 0.5
_SCALED: Mapping[Scale, Callable[[float], float]] = {"linear": float, "log": math.log}


class Neighbour(NamedTuple):
    """A similar area and its distance in standard deviations; 0 is alike in every feature."""

    area_id: str
    distance: float


@dataclass(frozen=True)
class Feature:
    """A structure figure: its weight in the distance, and the areas' values in one period."""

    indicator_id: str
    weight: float
    scale: Scale
    period: Period
    values: Mapping[str, float]

    def scores(self) -> dict[str, float]:
        """The z-score of each area; empty where all areas have the same value or too few have one.

        A logarithm leaves out what is not above zero.
        """
        scaled = {
            area_id: _SCALED[self.scale](value)
            for area_id, value in self.values.items()
            if self.scale == "linear" or value > 0
        }
        spread = pstdev(scaled.values()) if len(scaled) >= _FEWEST else 0.0
        if not spread:
            return {}
        middle = fmean(scaled.values())
        return {area_id: (value - middle) / spread for area_id, value in scaled.items()}


class Similarity:
    """The features of all municipalities of a version, and who is nearest to whom by them."""

    def __init__(self, features: Sequence[Feature] = ()) -> None:
        self.features = tuple(feature for feature in features if feature.weight > 0)
        self._scores = {feature.indicator_id: feature.scores() for feature in self.features}
        self._nearest: dict[tuple[str, str], tuple[Neighbour, ...]] = {}
        # By the ids of the features that are used.
        self._points: dict[tuple[str, ...], Mapping[str, tuple[float, ...]]] = {}

    def nearest(self, area_id: str, without: str = "") -> tuple[Neighbour, ...]:
        """The areas nearest to one, nearest first; `without` the feature of this indicator.

        An area counts that has every feature the first one has. Empty where these are less than
        half of the weight, or fewer than NEIGHBOURS areas have them.
        """
        without = without if without in self._scores else ""
        key = area_id, without
        if key not in self._nearest:
            self._nearest[key] = self._ranked(area_id, without)
        return self._nearest[key]

    def _ranked(self, area_id: str, without: str) -> tuple[Neighbour, ...]:
        asked = [feature for feature in self.features if feature.indicator_id != without]
        used = [feature for feature in asked if area_id in self._scores[feature.indicator_id]]
        weight = sum(feature.weight for feature in used)
        if not used or weight < _LEAST_WEIGHT * sum(feature.weight for feature in asked):
            return ()
        points = self._points_by(used)
        own = points[area_id]
        if len(points) <= NEIGHBOURS:
            return ()
        # Areas that are as near must not be told apart by the last bit.
        ranked = sorted(
            (round(math.dist(own, point), 9), other)
            for other, point in points.items()
            if other != area_id
        )
        return tuple(Neighbour(other, distance) for distance, other in ranked[:NEIGHBOURS])

    def _points_by(self, used: Sequence[Feature]) -> Mapping[str, tuple[float, ...]]:
        """A point for each area that has all these features; points are as far apart as areas."""
        key = tuple(feature.indicator_id for feature in used)
        if key not in self._points:
            weight = sum(feature.weight for feature in used)
            scales = [math.sqrt(feature.weight / weight) for feature in used]
            scores = [self._scores[indicator_id] for indicator_id in key]
            self._points[key] = {
                area_id: tuple(
                    scale * of_areas[area_id]
                    for scale, of_areas in zip(scales, scores, strict=True)
                )
                for area_id in set.intersection(*({*of_areas} for of_areas in scores))
            }
        return self._points[key]
