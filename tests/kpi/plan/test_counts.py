"""What the plan's counts count, and how old its newest report is."""

from datetime import date

import pytest

from kpi.domain.catalog import Catalog
from kpi.plan.counts import (
    PlanScope,
    ago,
    newest_report,
    plan_scope,
    report_text,
    scope_text,
)
from kpi.store import Store
from kpi.views.plan import plan_view
from kpi.views.plan_moves import plan_moves
from tests.tables import for_each

JUNE, NOW = date(2024, 6, 24), date(2026, 11, 26)


@for_each(
    ("scope", "text"),
    [
        (PlanScope(24, 4, 6), "24 indsatser i 4 spor og 6 uden for sporene"),
        (PlanScope(24, 4, 0), "24 indsatser i 4 spor"),
        (PlanScope(9, 3, 0), "ni indsatser i tre spor"),
        (PlanScope(5, 1, 1), "fem indsatser i ét spor og én uden for sporene"),
        (PlanScope(13, 1, 1), "13 indsatser i 1 spor og 1 uden for sporene"),
        (PlanScope(1, 1, 0), "én indsats i ét spor"),
        (PlanScope(0, 0, 2), "to indsatser"),  # a plan without tracks
        (PlanScope(0, 0, 0), "ingen indsatser"),
    ],
)
def test_a_count_names_what_it_counts(scope: PlanScope, text: str) -> None:
    assert scope_text(scope) == text


def test_the_four_tracks_have_24(store: Store, catalog: Catalog) -> None:
    assert plan_scope(store.plan().initiatives, catalog) == PlanScope(24, 4, 6)


@for_each(
    ("earlier", "text"),
    [
        (date(2026, 11, 26), "samme dag"),
        (date(2026, 11, 25), "for 1\u00a0dag siden"),
        (date(2026, 10, 27), "for 30\u00a0dage siden"),
        (date(2026, 10, 26), "for 1\u00a0måned siden"),
        (date(2025, 3, 11), "for 20\u00a0måneder siden"),
        (date(2024, 12, 26), "for 23\u00a0måneder siden"),
        (date(2024, 11, 26), "for 2\u00a0år siden"),
        (date(2021, 12, 31), "for knap\u00a05\u00a0år siden"),
    ],
)
def test_how_long_ago(earlier: date, text: str) -> None:
    assert ago(earlier, NOW) == text


@pytest.mark.parametrize(
    ("day", "report"),
    [
        (date(2024, 6, 1), None),
        (date(2025, 3, 10), date(2025, 3, 4)),  # the programme's report came a day later
        (NOW, date(2025, 3, 11)),
    ],
)
def test_the_newest_report(store: Store, day: date, report: date | None) -> None:
    assert newest_report(store.plan().initiatives, day) == report


def test_pages_count_alike_and_say_how_old_the_newest_report_is(
    store: Store, catalog: Catalog
) -> None:
    """Overblik's lines and Handleplan's heading are of the same initiatives and report."""
    plan = store.plan()
    moves = plan_moves(plan, catalog, JUNE, NOW)
    view = plan_view(store, catalog, JUNE, NOW, "aarhus")
    assert moves is not None
    in_tracks = sum(len(section.rows) for section in view.sections if section.theme.plan_track)
    assert sum(move.count for move in moves.moves) == in_tracks == 24
    assert "24 indsatser i 4 spor" in moves.subtitle
    assert "24 indsatser i 4 spor" in view.subtitle
    # A period of follow-up ends at the newest report, not on the day of the page.
    for text in (moves.subtitle, view.subtitle):
        assert "11. marts 2025, for 20\u00a0måneder siden" in text
        assert "2026" not in text
    assert report_text(plan.initiatives, NOW).endswith("for 20\u00a0måneder siden")
