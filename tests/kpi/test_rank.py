"""Places among areas, and how many persons a distance amounts to."""

from kpi.domain.compare import persons
from kpi.domain.ranking import Rank, rank
from tests.kpi.made import indicator
from tests.tables import for_each

RATE = indicator()
ABSENCE = indicator(direction="lower_is_better")


# --- rank ---------------------------------------------------------------------------------------

SCORES = {"a": 80.0, "b": 75.0, "c": 75.0, "d": 70.0}


@for_each(
    ("area", "place", "shared"),
    [("a", 1, False), ("b", 2, True), ("c", 2, True), ("d", 4, False)],
)
def test_ties_share_the_better_place(area: str, place: int, shared: bool) -> None:
    assert rank(SCORES, area, RATE, "cities") == Rank(place, 4, "cities", shared)


@for_each(("area", "place"), [("a", 4), ("b", 2), ("c", 2), ("d", 1)])
def test_lowest_is_first_where_lower_is_better(area: str, place: int) -> None:
    ranked = rank(SCORES, area, ABSENCE, "cities")
    assert ranked is not None
    assert ranked.place == place


def test_values_are_ranked_as_they_are_shown() -> None:
    ranked = rank({"a": 75.04, "b": 75.0, "c": 70.0}, "b", RATE, "cities")
    assert ranked == Rank(1, 3, "cities", shared=True)


@for_each("values", [{}, {"a": 70.0}, {"b": 70.0, "c": 71.0}])
def test_no_rank_without_a_value_or_without_others(values: dict[str, float]) -> None:
    assert rank(values, "a", RATE, "cities") is None


# --- persons ------------------------------------------------------------------------------------


@for_each(
    ("gap", "of", "count"),
    [
        (-7.2, 1000, 72),
        (7.2, 1000, 72),
        (-7.2, 68, 5),  # 4.896
        (2.5, 100, 3),  # half up
        (0, 68, 0),
        (-7.2, None, None),
        (-7.2, 0, None),
    ],
)
def test_persons(gap: float, of: float | None, count: int | None) -> None:
    assert persons(gap, of) == count
