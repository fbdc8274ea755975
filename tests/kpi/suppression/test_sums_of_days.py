"""Days and weeks are parts of a longer period where they come to it, and nowhere else."""

from datetime import date, timedelta
from random import Random

import pytest

from kpi.domain.period import parse_period
from kpi.suppression.cells import Cell
from kpi.suppression.hiding import what_to_hide


def texts_of(whole: str) -> list[str]:
    """All days of a month, or all weeks of a year."""
    period = parse_period(whole)
    if period.kind == "year":
        last = date(period.start.year, 12, 28).isocalendar().week
        return [f"{whole}U{number:02d}" for number in range(1, last + 1)]
    days = (period.end - period.start).days + 1
    return [f"{whole}D{(period.start + timedelta(days=day)).day:02d}" for day in range(days)]


@pytest.mark.parametrize("is_sum", [True, False])
@pytest.mark.parametrize("wholes", [("2024M06", "2024M07"), ("2018", "2020")])
def test_parts_by_day_and_by_week(
    wholes: tuple[str, str], is_sum: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = Random(16)
    cells = []
    for whole in wholes:
        numbers = {text: chance.randint(6, 14) for text in texts_of(whole)}
        if whole == wholes[-1]:
            numbers[chance.choice([*numbers])] = 3
        # Those who are there on a day are nearly the same each day.
        numbers[whole] = sum(numbers.values()) if is_sum else 10
        cells += [
            Cell("visits", "gellerup", "all", parse_period(text), size, None, 5, "quarter", "city",
                 is_stock=parse_period(text).kind == "day")
            for text, size in numbers.items()
        ]  # fmt: skip
    hidden = what_to_hide(cells).keys
    assert sum(hidden.values()) == 1
    assert len(hidden) > 1 or not is_sum
    monkeypatch.setattr("kpi.suppression.hiding.sums_of_days", lambda _: iter(()))
    assert is_sum or what_to_hide(cells).keys == hidden
