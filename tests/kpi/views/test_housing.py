"""The public housing area beside a programme area: never mixed with it, and no goal of anybody."""

import re
from dataclasses import replace
from datetime import date

import pytest

from kpi.domain.catalog import by_id
from kpi.domain.targets import NO_TARGET
from kpi.store import Store
from kpi.views.area import area_view
from kpi.views.housing import HousingContext, housing_contexts
from kpi.views.plan import plan_view
from kpi.views.theme import theme_view


@pytest.fixture
def context(shipped: Store) -> HousingContext:
    catalog = shipped.catalog()
    (only,) = housing_contexts(shipped, catalog.area("gellerup"), catalog)
    return only


def test_an_area_has_a_context_by_what_the_housing_area_says_alone(shipped: Store) -> None:
    catalog = shipped.catalog()
    named = {each.context_of for each in catalog.areas.values()} - {""}
    assert named == {"gellerup"}
    without = replace(
        catalog,
        areas=by_id((replace(each, context_of="") for each in catalog.areas.values()), "area_id"),
    )
    assert housing_contexts(shipped, without.area("gellerup"), without) == ()


def test_the_context_is_never_mixed_with_the_programme(
    shipped: Store, context: HousingContext
) -> None:
    catalog = shipped.catalog()
    view = area_view(shipped, catalog, "gellerup")
    shown = {row.indicator.indicator_id for row in context.rows}
    own = {row.key[0] for row in view.profile.rows}
    assert shown
    assert not shown & own
    assert view.outcomes is not None
    drawn = [
        *view.outcomes.observations,
        *(row for each in view.trends if each.exhibit for row in each.exhibit.observations),
    ]
    assert {row.area_id for row in drawn} & {context.area.area_id} == set()
    housing = area_view(shipped, catalog, context.area.area_id)
    beside = " ".join(row.gap for row in (*view.profile.rows, *housing.profile.rows))
    assert "Gellerup" not in beside
    assert context.area.name not in beside


def test_figures_of_the_earlier_criteria_are_not_held_against_the_law(
    context: HousingContext,
) -> None:
    """Each limit stands by itself: the figures are older than the rules it is of."""
    assert len(context.limits) == 10
    for kind in ("udsat boligområde", "forebyggelsesområde"):
        assert sum(kind in limit for limit in context.limits) >= 4, kind
    for limit in context.limits:
        assert "Lovens grænse: " in limit
        assert not {"mål", "Mål", "nået"} & {*limit.replace(";", " ").split()}
        assert not re.search(r"tallet[^;.]* er ", limit)
    # Where there is a figure, it is said that it cannot be compared.
    assert any("kan ikke sammenlignes med tallet" in limit for limit in context.limits)
    assert len(context.notes) == len(context.rows)
    assert all("Kilde: " in note and "Sikkerhed: " in note for note in context.notes)


def test_the_plan_lists_no_limit_of_the_law(
    shipped: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    catalog, plan = shipped.catalog(), shipped.plan()
    first = replace(plan.initiatives[0], indicator_ids=("housing_outside_work",))
    changed = replace(plan, initiatives=(first,))
    monkeypatch.setattr(Store, "plan", lambda _: changed)
    days = date(2024, 6, 24), date(2026, 11, 1)
    view = plan_view(shipped, catalog, *days, "gellerupparken_toveshoej")
    linked = [each for section in view.sections for row in section.rows for each in row.figures]
    assert [each.target for each in linked] == [NO_TARGET]


def test_a_theme_shows_no_figure_of_a_housing_area_among_the_municipalitys(shipped: Store) -> None:
    catalog = shipped.catalog()
    view = theme_view(shipped, catalog, "background", "aarhus")
    names = [each.indicator.indicator_id for each in (*view.cards, *view.later)]
    assert names
    assert not [name for name in names if name.startswith("housing_")]
    assert not view.default_indicator.startswith("housing_")
    housing = {area.area_id for area in view.housing}
    assert {"gellerupparken_toveshoej", "bispehaven"} <= housing
    assert all(area_view(shipped, catalog, area_id) for area_id in housing)
    assert theme_view(shipped, catalog, "employment", "aarhus").housing == ()
