"""Breaks in a series: figures of both sides stand beside each other, and are never compared."""

from dataclasses import replace
from datetime import date

import pytest

from kpi.charts.marks import LineMarks
from kpi.domain.compare import Figures, change
from kpi.domain.model import Break, Indicator
from kpi.domain.period import parse_period
from kpi.domain.series_break import break_between, breaks_of, breaks_text, is_across, since_break
from kpi.domain.tendency import recent_trend
from kpi.exhibits import trend_exhibit
from kpi.views.cards import card
from tests.kpi import made

REFORM = Break(date(2025, 7, 1), "Kontanthjælpsreformen")


def broken(*breaks: Break) -> Indicator:
    return replace(made.indicator(), breaks=breaks or (REFORM,))


@pytest.mark.parametrize(
    ("first", "other", "across"),
    [
        ("2025M05", "2025M06", False),
        ("2025M06", "2025M07", True),
        ("2025M07", "2025M06", True),
        ("2025M07", "2026M01", False),
        ("2025K2", "2025K3", True),
        ("2024", "2026", True),
        ("2024", "2025", True),  # half of 2025 is counted in the new way
        ("2025", "2026", True),
        ("2025", "2025", False),
        ("2025H1", "2025H2", True),
        ("2024/2025", "2025/2026", True),
        ("2025M06D30", "2025M07D01", True),
    ],
)
def test_periods_on_both_sides_of_a_break_are_across(first: str, other: str, across: bool) -> None:
    periods = parse_period(first), parse_period(other)
    assert is_across(*periods, broken()) is across
    assert (break_between(*periods, broken()) is not None) is across
    assert not is_across(*periods, made.indicator())


@pytest.mark.parametrize(
    ("text", "breaks"),
    [
        ("", ()),
        ("2025-07-01 Kontanthjælpsreformen", (REFORM,)),
        (
            "2027-01-01 Ny lov; 2025-07-01 Kontanthjælpsreformen",
            (REFORM, Break(date(2027, 1, 1), "Ny lov")),
        ),
    ],
)
def test_breaks_are_read_as_they_are_written(text: str, breaks: tuple[Break, ...]) -> None:
    assert breaks_of(text) == breaks
    assert breaks_of(breaks_text(breaks)) == breaks


@pytest.mark.parametrize("text", ["i juli", "2025-07-01", "2025-13-01 Reform", "2025-07 Reform"])
def test_what_is_no_break_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        breaks_of(text)


MONTHS = [made.observation(70.0 + n, f"2025M{n:02d}") for n in range(1, 13)]


def test_a_change_is_never_computed_across_a_break() -> None:
    june, july, august = MONTHS[5:8]
    assert change(july, june, broken()) is None
    moved = change(august, july, broken())
    assert moved is not None
    assert moved.change_points == 1.0
    plain = change(july, june, made.indicator())
    assert plain is not None


def test_only_figures_since_the_break_are_looked_back_to() -> None:
    assert [row.period.text for row in since_break(MONTHS, broken())] == [
        f"2025M{n:02d}" for n in range(7, 13)
    ]
    assert since_break(MONTHS, made.indicator()) == MONTHS


def test_a_trend_is_not_of_figures_on_both_sides() -> None:
    counted = [made.observation(100 * n / 80, f"202{n}", of=(n * 10, 800)) for n in range(5)]
    assert recent_trend(counted, made.indicator()) is not None
    assert recent_trend(counted, broken(Break(date(2023, 1, 1), "Ny lov"))) is None


def test_the_chart_is_parted_and_says_why() -> None:
    indicator = broken()
    catalog = made.catalog(indicator)
    country = [row._replace(area_id="denmark", value=80.0) for row in MONTHS]
    exhibit = trend_exhibit(
        indicator, "all", ("aarhus", "denmark"), Figures([*MONTHS, *country]), catalog
    )
    assert exhibit is not None
    assert isinstance(exhibit.marks, LineMarks)
    lines = exhibit.marks.lines
    assert [point.period.text for point in lines[0].points if point.after_gap] == ["2025M07"]
    assert (
        exhibit.remarks[0] == "Brud i serien 1. juli 2025: Tal før og efter kan ikke sammenlignes."
    )
    # The gap is compared with the newest side of the break alone.
    assert "januar" not in exhibit.title
    assert exhibit.title.endswith("; i juli 2025 lå Aarhus under")
    assert "<br>kan ikke sammenlignes" in str(exhibit.figure.layout.annotations)


def test_a_card_says_from_when_its_figure_can_be_compared() -> None:
    indicator = broken()
    figures = Figures(MONTHS)
    shown = card(MONTHS[-1], figures, figures, made.catalog(indicator))
    assert "Kan ikke sammenlignes før juli 2025" in [badge.text for badge in shown.badges]
    plain = card(MONTHS[-1], figures, figures, made.catalog())
    assert not any("før" in badge.text for badge in plain.badges)
