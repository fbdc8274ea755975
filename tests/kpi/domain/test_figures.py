"""Figures by their keys, and which earlier one a figure is compared with."""

from kpi.domain.compare import change
from kpi.domain.figures import Figures
from kpi.domain.period import parse_period
from kpi.domain.vocabulary import MeasuredHow
from tests.kpi.made import indicator, observation
from tests.tables import for_each

SERIES = Figures(
    [
        observation(4, "2024"),
        observation(1, "2022"),
        observation(3, "2024K4"),
        observation(2, "2023"),
        observation(9, "2024", area="odense"),
    ]
)
KEY = ("rate", "aarhus", "all")


def test_figures_are_found_by_key() -> None:
    newest = SERIES.newest(*KEY)
    assert newest is not None
    assert newest.period.text == "2024"  # ends with 2024K4, but is longer
    assert [row.value for row in SERIES.series(*KEY)] == [1, 2, 3, 4]
    assert SERIES.at(*KEY, parse_period("2022")) == observation(1, "2022")
    assert SERIES.at(*KEY, parse_period("2021")) is None
    assert SERIES.newest("rate", "randers", "all") is None
    assert SERIES.series("rate", "randers", "all") == ()
    assert list(SERIES) == list(SERIES.keys()) == [KEY, ("rate", "odense", "all")]


@for_each(
    ("period", "earlier"), [("2024", "2023"), ("2023", "2022"), ("2022", None), ("2024K4", None)]
)
def test_before_is_the_newest_earlier_one_of_the_same_kind(
    period: str, earlier: str | None
) -> None:
    own = SERIES.at(*KEY, parse_period(period))
    assert own is not None
    previous = SERIES.before(own)
    assert (previous and previous.period.text) == earlier


@for_each(
    ("earlier", "newest", "measured", "before"),
    [
        # Stretches of other lengths, and of other months to date, are no measure of each other.
        (("2021:2022",), "2023:2025", "over", None),
        (("2021:2022", "2023:2024"), "2024:2025", "over", "2021:2022"),
        (("2024M01:2024M05A",), "2025M01:2025M03A", "over", None),
        (("2024M01:2024M03A", "2024M01:2024M05A"), "2025M01:2025M03A", "over", "2024M01:2024M03A"),
        # A rolling year that shares months gives way to one that shares none.
        (("2022M07:2023M06", "2023M04:2024M03"), "2023M07:2024M06", "over", "2022M07:2023M06"),
        # Of one alone that shares months most is the same: there is no change.
        (("2023M04:2024M03",), "2023M07:2024M06", "over", None),
        # What is counted since the same day only grows.
        (("2021:2023", "2021:2024"), "2021:2025", "since", "2021:2024"),
        (("2020:2024",), "2021:2025", "since", None),
        (("2021:2024",), "2021:2025", "over", None),
    ],
)
def test_a_period_is_compared_with_one_of_its_own_length(
    earlier: tuple[str, ...], newest: str, measured: MeasuredHow, before: str | None
) -> None:
    rows = [observation(10.0, period)._replace(measured=measured) for period in (*earlier, newest)]
    previous = Figures(rows).before(rows[-1])
    assert (previous and previous.period.text) == before
    if before is None:
        assert change(rows[-1], rows[0], indicator()) is None
