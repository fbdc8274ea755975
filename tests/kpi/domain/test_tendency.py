"""The recent trend in words: only where counts of five periods in a row are known."""

from dataclasses import replace

from kpi.domain.model import Indicator, Observation
from kpi.domain.tendency import recent_trend, trend_sentence
from kpi.domain.vocabulary import Direction
from tests.kpi.made import indicator, observation
from tests.tables import for_each

RATE = indicator()
YEARS = ("2018", "2019", "2020", "2021", "2022")
UP, DOWN, FLAT = (100, 130, 160, 190, 220), (220, 190, 160, 130, 100), (100, 101, 99, 100, 101)


def series(
    counts: tuple[int, ...], denominator: float | None = 1000, years: tuple[str, ...] = YEARS
) -> list[Observation]:
    return [
        observation(100 * count / 1000, period=year)._replace(
            numerator=float(count) if denominator else None, denominator=denominator
        )
        for count, year in zip(counts, years, strict=True)
    ]


@for_each(
    ("rows", "trend"),
    [
        (series(UP), "rising"),
        (series(DOWN), "falling"),
        (series(FLAT), "no_change"),
        (series((9, 9, 9, 9, 9, *UP)[-5:]), "rising"),
        (series(UP[:4], years=YEARS[:4]), None),  # too few
        (series(UP, years=("2016", "2019", "2020", "2021", "2022")), None),  # a gap
        (series(UP, denominator=None), None),  # without counts there is no interval
        (series((1, 3, 2, 4, 3), 13), "no_change"),  # few persons
        ([], None),
    ],
)
def test_recent_trend(rows: list[Observation], trend: str | None) -> None:
    assert recent_trend(rows, RATE) == trend


@for_each(
    ("rows", "direction", "words"),
    [
        (series(UP), "higher_is_better", "sikker stigende tendens i ønsket retning"),
        (series(UP), "lower_is_better", "sikker stigende tendens i uønsket retning"),
        (series(DOWN), "neutral", "sikker faldende tendens."),
        (series(FLAT), "higher_is_better", ": ingen sikker tendens."),
    ],
)
def test_trend_sentence(rows: list[Observation], direction: Direction, words: str) -> None:
    rate: Indicator = replace(RATE, direction=direction)
    assert words in trend_sentence(rows, rate)


def test_nothing_is_said_where_nobody_can_tell() -> None:
    assert trend_sentence(series(UP, denominator=None), RATE) == ""
