"""Of how many two percentages or means are, as their total implies it."""

import pytest

from kpi.suppression.mixtures import Rate, of_mixture


def share(value: float, rounding: float = 0.05) -> Rate:
    return Rate(value, rounding, True)


def mean(value: float, rounding: float = 0.05) -> Rate:
    return Rate(value, rounding, False)


@pytest.mark.parametrize(
    ("rates", "known", "expected"),
    [
        # 50 of 100, of which 51,6 % of 95 are 49: the others are 1 of 5.
        ([share(50, 0), share(51.6), share(20)], [100, None, None], {1: 95, 2: 5}),
        # Of how many the total is follows as well.
        ([share(50), share(5100 / 105, 0), share(65)], [None, 105, None], {}),
        ([share(50, 0), share(100 * 49 / 95, 0), share(20)], [None, 95, None], {0: 100, 2: 5}),
        # A third part is known.
        ([share(50, 0), share(51.6), share(20), share(40, 0)], [110, None, None, 10], {}),
        ([share(49.1), share(51.6), share(20), share(40, 0)], [110, None, None, 10],
         {1: 95, 2: 5}),
        # Alike, they determine nothing.
        ([share(50, 0), share(50), share(50)], [100, None, None], {}),
        # Means far from each other do, and near ones do not.
        ([mean(30.1), mean(31.6), mean(20.2)], [23, None, None], {1: 20, 2: 3}),
        ([mean(7.5), mean(7.7), mean(6.2)], [23, None, None], {}),
        # No numbers fit.
        ([share(90, 0), share(51.6), share(20)], [100, None, None], {}),
    ],
)  # fmt: skip
def test_of_how_many(
    rates: list[Rate], known: list[float | None], expected: dict[int, float]
) -> None:
    assert of_mixture(rates, known) == expected
