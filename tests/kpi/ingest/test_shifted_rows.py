"""Rows that have their neighbour's figure are reported, and a movement of all areas is none."""

import random
from collections.abc import Mapping, Sequence

import pytest

from kpi.ingest.plausibility.shifted_rows import longest_run
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


def _nearest_together(nearer: Sequence[float]) -> tuple[int, int] | None:
    """The run as it is defined: of all rows after each other those with the largest sum."""
    runs = [
        (sum(nearer[first : last + 1]), last, first)
        for first in range(len(nearer))
        for last in range(first, len(nearer))
        if all(sum(nearer[first : end + 1]) > 0 for end in range(first, last + 1))
        and sum(each > 2 for each in nearer[first : last + 1]) >= 3
    ]
    total, last, _ = max(runs, default=(0.0, 0, 0))
    firsts = [first for each, end, first in runs if (each, end) == (total, last)]
    return (min(firsts), last) if total >= 12 else None


def test_the_run_is_the_one_that_is_nearest_together() -> None:
    chance = random.Random(9)
    # Eighths add up exactly.
    lists = [[chance.randint(-64, 64) / 8 for _ in range(chance.randrange(25))] for _ in range(150)]
    runs = [longest_run(nearer) for nearer in lists]
    assert runs == [_nearest_together(nearer) for nearer in lists]
    assert None in runs
    assert len({*runs}) > 10
