"""The plan's dates as a list: years, today, what lies ahead, and what has passed without news."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from kpi.store import Store
from kpi.views.plan import PlanView, plan_view
from kpi.views.plan_dates import plan_dates
from kpi.views.standing import standing

JUNE, THEME_DAY = date(2024, 6, 24), date(2025, 5, 22)


def view_of(store: Store, now: date) -> PlanView:
    return plan_view(store, store.catalog(), JUNE, now, "aarhus")


@pytest.mark.parametrize(("days", "kind"), [(-1, "event"), (0, "unreported"), (1, "unreported")])
def test_an_event_has_passed_without_news_from_its_day_on(
    store: Store, days: int, kind: str
) -> None:
    view = view_of(store, THEME_DAY + timedelta(days=days))
    rows = [row for year in plan_dates(view) for row in year.rows]
    (theme_day,) = (row for row in rows if row.name.startswith("Temadag"))
    today = next(row for row in rows if row.kind == "today")
    assert theme_day.kind == kind
    assert (rows.index(theme_day) < rows.index(today)) == (days < 0)


def test_the_newest_stand_first_and_a_plan_without_dates_ahead_says_so(store: Store) -> None:
    years = plan_dates(view_of(store, date(2026, 11, 28)))
    assert [year.year for year in years] == [2026, 2025, 2024]
    assert [row.kind for row in years[0].rows] == ["none", "today"]
    assert years[2].count == "ni datoer"
    assert years[2].rows[0].when == "december"
    assert years[2].rows[-1].when == "januar"


def test_what_stands_as_planned_is_sorted_by_its_wait(store: Store) -> None:
    view = view_of(store, date(2026, 11, 28))
    waits = standing(view)
    assert waits is not None
    days = [row.day for row in waits.rows]
    assert days == sorted(days)
    assert waits.rows[0].waited == "ca.\u00a02½\u00a0år"
    assert standing(replace(view, sections=())) is None
