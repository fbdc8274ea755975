"""What stands beside an indicator where one is chosen."""

from dataclasses import replace
from itertools import pairwise

from kpi.store import Store
from kpi.views.indicator_choices import indicator_choices


def test_indicators_stand_by_theme_with_what_they_hold(shipped: Store) -> None:
    catalog = shipped.catalog()
    names = indicator_choices(shipped, catalog)
    assert names.keys() == catalog.indicators.keys()
    assert names["unemployment_rate"] == (
        "Fuldtidsledige i procent af arbejdsstyrken (ledighed) · Beskæftigelse · 98 områder · 2024"
    )
    assert names["employment_rate"].startswith("Beskæftigelsesfrekvens 16-64 år · ")
    assert names["sprogboost_courses"].endswith(" · Sprog · 1 område · marts 2025")
    assert names["language_mentor_places"].endswith(" · endnu ingen tal")
    themes = [catalog.indicators[indicator_id].theme_id for indicator_id in names]
    assert [*dict.fromkeys(themes)] == sorted(
        set(themes), key=lambda theme_id: catalog.themes[theme_id].sort_order
    )
    assert len([1 for theme, after in pairwise(themes) if theme != after]) == len(set(themes)) - 1
    assert not [name for name in names.values() if name.endswith("udgået")]


def test_a_retired_indicator_says_so(shipped: Store) -> None:
    catalog = shipped.catalog()
    old = replace(catalog.indicators["school_absence"], retired="2020-01-01")
    indicators = {**catalog.indicators, "school_absence": old}
    names = indicator_choices(shipped, replace(catalog, indicators=indicators))
    assert names["school_absence"].endswith(" · 2024/2025 · udgået")
