"""Rows that have their neighbour's figure are reported, and a movement of all areas is none."""

import random
from collections.abc import Mapping

import pytest

from tests.kpi.ingest.checked import Desk, municipal_figures

RATE, NEWEST = "employment_rate", "2021"  # of the plan's employment rates
HEAD = "nøgletal;område;periode;værdi\n"


def _continued(desk: Desk, common: float) -> dict[str, float]:
    """Next year's figure of each municipality: what all move by, and at most 0.3 of its own."""
    chance = random.Random(4)
    return {
        area: round(value + common + 0.3 * (2 * chance.random() - 1), 1)
        for area, value in municipal_figures(desk, RATE, "all", NEWEST).items()
    }


def _reported(desk: Desk, figures: Mapping[str, float], code: str) -> list[str]:
    rows = "".join(
        f"{RATE};{area};2022;{value:.1f}\n".replace(".", ",") for area, value in figures.items()
    )
    return [p.message for p in desk.check(HEAD + rows).problems if p.code == code]


def _shifted(figures: Mapping[str, float], first: int, count: int, by: int) -> dict[str, float]:
    areas = list(figures)
    moved = {areas[at]: figures[areas[at - by]] for at in range(first, first + count)}
    return {**figures, **moved}


@pytest.mark.parametrize("by", [1, -1])
@pytest.mark.parametrize("common", [0.2, -3.0])
def test_some_rows_moved_up_or_down(real: Desk, common: float, by: int) -> None:
    figures = _continued(real, common)
    assert not _reported(real, figures, "swapped")
    (message,) = _reported(real, _shifted(figures, 40, 8, by), "swapped")
    assert "8 rækker i træk" in message or "9 rækker i træk" in message
    assert " mod " in message


def test_one_row_alone_is_no_run(real: Desk) -> None:
    figures = _continued(real, 0.2)
    assert not _reported(real, _shifted(figures, 40, 1, 1), "swapped")


@pytest.mark.parametrize(("off", "is_asked"), [(-2.5, True), (3.5, True), (-0.8, False)])
def test_a_wrong_digit_after_a_year_in_which_all_fell(
    real: Desk, off: float, is_asked: bool
) -> None:
    """All fell by about three points in 2009, and Aarhus by no more than the others."""
    figures = _continued(real, 0.2)
    figures["aarhus"] += off
    messages = [
        message for message in _reported(real, figures, "big_change") if "for Aarhus" in message
    ]
    assert bool(messages) is is_asked
    assert all("ud over det, de andre områder flyttede sig" in message for message in messages)
