"""What chance could do to a mean of other areas, and so to a difference from it."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi.domain.compare import compare_with_mean
from kpi.domain.measure import measured
from kpi.domain.middle import mean_of
from kpi.domain.model import Observation
from kpi.domain.statistics import compare_two, proportion_interval
from tests.kpi.made import indicator, observation

RATE = indicator()
COUNTS = st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


def counted(area: str, counts: tuple[int, int]) -> Observation:
    return observation(100 * counts[0] / counts[1], area=area, of=counts)


@given(COUNTS, COUNTS)
def test_a_mean_of_a_single_area_is_that_area(
    ours: tuple[int, int], theirs: tuple[int, int]
) -> None:
    """So the difference's interval is Newcombe's of two proportions."""
    compared = compare_with_mean(
        counted("aarhus", ours), {"odense": counted("odense", theirs)}, RATE, "cities"
    )
    difference = compare_two(*ours, *theirs)
    assert compared.low == pytest.approx(100 * difference.low, abs=1e-6)
    assert compared.high == pytest.approx(100 * difference.high, abs=1e-6)


@given(COUNTS, st.integers(1, 30))
def test_of_areas_alike_a_mean_is_surer_by_the_root_of_their_number(
    counts: tuple[int, int], many: int
) -> None:
    mean = mean_of([measured(counted(f"by_{place}", counts), RATE) for place in range(many)])
    low, high = (100 * end for end in proportion_interval(*counts))
    assert mean.reach == pytest.approx(
        ((mean.value - low) / math.sqrt(many), (high - mean.value) / math.sqrt(many)), abs=1e-6
    )


def test_a_mean_of_few_persons_makes_no_difference_sure() -> None:
    """41 % of 100 is 15 below the mean, half of which hangs on one person and on ten."""
    members = {
        "koebenhavn": (41, 100), "aarhus": (410, 1000), "aalborg": (0, 10), "esbjerg": (10, 10),
        "randers": (1, 1),
    }  # fmt: skip
    own = counted("odense", (41, 100))
    rows = {area: counted(area, counts) for area, counts in members.items()}
    compared = compare_with_mean(own, rows, RATE, "six_cities")
    assert compared.gap_points == pytest.approx(-15.4)
    assert compared.verdict == "same"
    many = {area: counted(area, (part * 1000, of * 1000)) for area, (part, of) in members.items()}
    assert compare_with_mean(own, many, RATE, "six_cities").verdict == "worse"


def test_where_a_member_s_counts_are_not_known_no_difference_is_sure() -> None:
    rows = {"koebenhavn": counted("koebenhavn", (45, 100)), "aalborg": observation(52.0)}
    compared = compare_with_mean(counted("odense", (41, 100)), rows, RATE, "six_cities")
    assert (compared.is_judged, compared.verdict) == (True, "same")  # too few for sure
    compared = compare_with_mean(counted("odense", (410, 1000)), rows, RATE, "six_cities")
    assert (compared.is_judged, compared.verdict) == (False, "worse")
