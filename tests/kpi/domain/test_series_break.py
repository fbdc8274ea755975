"""Breaks in a series: figures of both sides stand beside each other, and are never compared."""

from dataclasses import replace
from datetime import date
from itertools import pairwise, product
from types import SimpleNamespace
from typing import cast

import pytest

from kpi.charts.marks import LineMarks
from kpi.cli.show_answers import show_answer, show_text
from kpi.domain.compare import change, parted
from kpi.domain.figures import Figures
from kpi.domain.model import Break, Claim, Indicator
from kpi.domain.period import parse_period
from kpi.domain.series_break import break_between, breaks_of, breaks_text, is_across, since_break
from kpi.domain.tendency import recent_trend
from kpi.exhibits import trend_exhibit
from kpi.store import Store
from kpi.views.cards import card
from kpi.views.claims import check_claims
from kpi.views.headlines import _judged
from kpi.views.rows import area_row
from kpi.views.since import _flipped
from kpi.views.standings import standing
from tests.kpi import made
from tests.tables import for_each

REFORM = Break(date(2025, 7, 1), "Kontanthjælpsreformen")


def broken(*breaks: Break) -> Indicator:
    return replace(made.indicator(), breaks=breaks or (REFORM,))


@for_each(
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


@for_each(
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


@for_each("text", ["i juli", "2025-07-01", "2025-13-01 Reform", "2025-07 Reform"])
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
    # The same season of the year before is looked back to, and that of the break is the first.
    later = [made.observation(82.0 + n, f"2026M{n:02d}") for n in range(1, 8)]
    own = [*MONTHS, *later]
    country = [row._replace(area_id="denmark", value=80.0) for row in own]
    exhibit = trend_exhibit(
        indicator, "all", ("aarhus", "denmark"), Figures([*own, *country]), catalog
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


@for_each(
    ("day", "is_drawn"),
    [
        (date(2025, 1, 1), False),  # nothing drawn is older
        (date(2025, 1, 2), True),  # within the first year: no line leads from it
        (date(2025, 12, 31), True),
        (date(2026, 12, 31), True),  # within the last
        (date(2027, 1, 1), False),
    ],
)
def test_a_break_is_said_wherever_it_parts_what_is_drawn(day: date, is_drawn: bool) -> None:
    indicator = broken(Break(day, "Reform"))
    rows = [made.observation(value, year) for value, year in ((70.0, "2025"), (71.0, "2026"))]
    exhibit = trend_exhibit(
        indicator, "all", ("aarhus",), Figures(rows), made.catalog(indicator)
    )  # fmt: skip
    assert exhibit is not None
    assert isinstance(exhibit.marks, LineMarks)
    is_parted = any(point.after_gap for line in exhibit.marks.lines for point in line.points)
    said = any("Brud i serien" in remark for remark in exhibit.remarks)
    assert (is_parted, said, "Brud i serien" in exhibit.alt) == (is_drawn, is_drawn, is_drawn)
    drawn = str(exhibit.figure.layout.annotations)
    assert ("kan ikke sammenlignes" in drawn) is is_drawn


def test_a_card_says_from_when_its_figure_can_be_compared() -> None:
    indicator = broken()
    figures = Figures(MONTHS)
    shown = card(MONTHS[-1], figures, figures, made.catalog(indicator))
    assert "Kan ikke sammenlignes før juli 2025" in [badge.text for badge in shown.badges]
    plain = card(MONTHS[-1], figures, figures, made.catalog())
    assert not any("før" in badge.text for badge in plain.badges)


REASON = "Brud: Kontanthjælpsreformen (1. juli 2025)"
# The periods around the break, of each kind, oldest first: before it, around it, after it.
PERIODS = {
    "month": ("2025M05", "2025M06", "2025M07", "2025M08"),
    "quarter": ("2025K1", "2025K2", "2025K3", "2025K4"),
    "half": ("2024H2", "2025H1", "2025H2", "2026H1"),
    "year": ("2023", "2024", "2025", "2026", "2027"),
    "rolling year": ("2023M07:2024M06", "2024M07:2025M06", "2025M02:2026M01", "2025M07:2026M06"),
    "day": ("2025M06D30", "2025M07D01", "2025M07D02"),
}


def test_nothing_is_compared_across_a_break() -> None:
    catalog = made.catalog(broken())
    for kind, periods in PERIODS.items():
        rows = [made.observation(50.0 + n, text) for n, text in enumerate(periods)]
        country = [row._replace(area_id="denmark", value=80.0) for row in rows]
        exhibit = trend_exhibit(
            broken(), "all", ("aarhus", "denmark"), Figures([*rows, *country]), catalog,
            middles={row.period: 60.0 for row in rows},
        )  # fmt: skip
        alone = trend_exhibit(
            broken(), "all", ("aarhus",), Figures(rows), catalog,
            middles={row.period: 60.0 for row in rows},
        )  # fmt: skip
        for earlier, now in product(rows, rows):
            across = is_across(earlier.period, now.period, broken())
            case = (kind, earlier.period.text, now.period.text)
            if across:
                assert change(now, earlier, broken()) is None, case
                assert parted(now, earlier, broken()) == (earlier.period, REFORM), case
            else:
                assert parted(now, earlier, broken()) is None, case
            claim = Claim(
                "c", "paper", "rate", "aarhus", "all", now.period.text, earlier.period.text,
                "difference", 1.0, "percent", "", "",
            )  # fmt: skip
            (checked,) = check_claims([claim], Figures(rows), catalog)
            assert (checked.computed is None) is across, case
            assert (REASON in checked.working) is across, case
        for shown in (exhibit, alone):
            assert shown is not None
            assert isinstance(shown.marks, LineMarks)
            assert len(shown.marks.lines) == 2, kind
            for line in shown.marks.lines:
                assert [point.after_gap for point in line.points[1:]] == [
                    is_across(before.period, row.period, broken()) for before, row in pairwise(rows)
                ], (kind, line.name)
            assert "kan ikke sammenlignes" in shown.alt


def test_where_a_change_would_stand_the_break_is_reported() -> None:
    indicator, june, july = broken(), MONTHS[5], MONTHS[6]
    catalog, figures = made.catalog(indicator), Figures([june, july])
    own = standing(july, figures, catalog)
    assert own.previous is None
    assert area_row(own, catalog).change == f"kan ikke sammenlignes med juni 2025. {REASON}"
    assert f"kan ikke sammenlignes med juni 2025. {REASON}" in show_text(catalog, "rate", [own])
    store = SimpleNamespace(catalog=lambda: catalog, day=date(2026, 1, 1), version="000001")
    (row,) = show_answer(cast(Store, store), "rate", [own])["rows"]
    assert (row["previous"], row["break"]) == (
        None,
        {"period": "2025M06", "day": "2025-07-01", "title": "Kontanthjælpsreformen"},
    )
    assert [badge.text for badge in _judged(july, june, indicator, catalog)] == ["Nyt tal", REASON]
    august = standing(MONTHS[7], Figures(MONTHS[:8]), catalog)
    assert (august.previous is None, august.parted) == (False, None)


def test_a_verdict_does_not_turn_across_a_break() -> None:
    june, july = MONTHS[5], MONTHS[6]
    then, now = (
        Figures([row, row._replace(area_id="denmark", value=country)])
        for row, country in ((june, 90.0), (july, 50.0))
    )
    key = ("rate", "aarhus", "all")
    assert _flipped(key, then, now, made.catalog(broken())) is None
    assert _flipped(key, then, now, made.catalog()) is not None
