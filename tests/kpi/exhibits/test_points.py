"""The exhibits of one period: areas, or groups, beside each other."""

import pytest

from kpi.catalog import Catalog
from kpi.compare import Figures
from kpi.exhibits import groups_exhibit, points_exhibit
from kpi.period import parse_period
from kpi.store import Store
from tests.kpi.charts.drawn import labels, marks
from tests.kpi.exhibits.faults import faults_of

Y2022 = parse_period("2022")


def test_areas_against_the_country(store: Store, catalog: Catalog) -> None:
    found = points_exhibit(
        catalog.indicators["self_sufficiency_rate"], "non_western",
        ["aarhus", "denmark", "koebenhavn", "odense"], Y2022,
        Figures(store.series(["self_sufficiency_rate"])), catalog,
    )  # fmt: skip
    assert found is not None
    assert found.title == "Aarhus ligger 7,2\u00a0procentpoint under hele landet"
    assert found.table.rows == (
        ("Aarhus", "70,0\u00a0%", "–"),
        ("Hele landet", "77,2\u00a0%", "–"),
        ("København", "81,8\u00a0%", "–"),  # Odense has no figure, and no row
    )
    assert {"−7,2", "+4,6"} <= set(labels(found.figure))
    assert faults_of(found, catalog) == []


def test_groups_beside_each_other(store: Store, catalog: Catalog) -> None:
    found = groups_exhibit(
        catalog.indicators["temporary_benefit_share"], "aarhus", ["non_western", "danish"],
        parse_period("2024"), Figures(store.series(["temporary_benefit_share"])), catalog,
    )  # fmt: skip
    assert found is not None
    assert found.table.rows == (
        ("Ikke-vestlig baggrund", "ca.\u00a010\u00a0%", "knap hver tiende"),
        ("Dansk baggrund", "1,7\u00a0%", "–"),
    )
    assert marks(found.figure) == [(10.0, True), (1.7, False)]
    assert "Hule mærker og »ca.«: kilden giver et omtrentligt tal." in found.remarks
    assert faults_of(found, catalog) == []


def test_shares_are_told_with_their_counts(store: Store, catalog: Catalog) -> None:
    found = points_exhibit(
        catalog.indicators["labour_market_link_share"], "programme_parents_with_data",
        ["gellerup", "viby_syd"], parse_period("2024M10D06"),
        Figures(store.series(["labour_market_link_share"])), catalog,
    )  # fmt: skip
    assert found is not None
    assert "21\u00a0af\u00a068 (31\u00a0%)" in found.title  # not the 30 % of the paper
    assert [round(value, 1) for value, _ in marks(found.figure)] == [30.9, 23.1]
    assert faults_of(found, catalog) == []


def test_hidden_values_are_not_drawn(hidden_catalog: Catalog, hidden_figures: Figures) -> None:
    found = points_exhibit(
        hidden_catalog.indicators["persons"], "all", ["gellerup", "viby_syd"], Y2022,
        hidden_figures, hidden_catalog,
    )  # fmt: skip
    assert found is not None
    assert marks(found.figure) == [(70.0, False)]
    assert faults_of(found, hidden_catalog) == []


def test_a_value_of_zero_is_drawn(hidden_catalog: Catalog, hidden_figures: Figures) -> None:
    found = groups_exhibit(
        hidden_catalog.indicators["hours"], "aarhus", ["all", "danish"], Y2022, hidden_figures,
        hidden_catalog,
    )  # fmt: skip
    assert found is not None
    assert marks(found.figure) == [(0.0, False)]
    assert faults_of(found, hidden_catalog) == []


@pytest.mark.parametrize(
    ("group", "areas", "period"),
    [
        ("non_western", ["aarhus"], "2022"),  # hidden
        ("all", ["aarhus"], "2019"),
        ("all", ["gellerup"], "2022"),
    ],
)
def test_nothing_to_draw(
    group: str,
    areas: list[str],
    period: str,
    hidden_catalog: Catalog,
    hidden_figures: Figures,
) -> None:
    rate, when = hidden_catalog.indicators["rate"], parse_period(period)
    assert points_exhibit(rate, group, areas, when, hidden_figures, hidden_catalog) is None
    assert groups_exhibit(rate, areas[0], [group], when, hidden_figures, hidden_catalog) is None
