"""One indicator in depth: which exhibits, and what must not be held together."""

import pytest

from kpi.catalog import Catalog
from kpi.store import Store
from kpi.views.indicator import IndicatorView, indicator_view


def view(store: Store, catalog: Catalog, indicator_id: str) -> IndicatorView:
    return indicator_view(store, catalog, catalog.indicators[indicator_id], "aarhus")


@pytest.mark.parametrize(
    ("indicator_id", "kinds"),
    [
        ("employment_rate", ["udvikling"]),
        ("self_sufficiency_rate", ["niveau"]),
        ("temporary_benefit_share", ["niveau"]),  # both groups in one
        ("school_absence", ["udvikling", "udvikling", "udvikling"]),  # programme and two stages
        ("language_mentor_places", []),
    ],
)
def test_one_period_makes_dots_and_more_make_lines(
    store: Store, catalog: Catalog, indicator_id: str, kinds: list[str]
) -> None:
    exhibits = view(store, catalog, indicator_id).exhibits
    assert [exhibit.key.partition("-")[0] for exhibit in exhibits] == kinds


def test_different_ways_of_counting_are_told_apart(store: Store, catalog: Catalog) -> None:
    absence = view(store, catalog, "school_absence")
    assert absence.incomparable.startswith("Tallene opgøres forskelligt for ")
    assert "(halvår)" in absence.incomparable
    assert "(skoleår)" in absence.incomparable
    # No chart holds two groups or two kinds of period.
    kinds = [
        {(row.group_id, row.period.kind) for row in exhibit.observations}
        for exhibit in absence.exhibits
    ]
    assert [len(one) for one in kinds] == [1, 1, 1]


def test_groups_stand_side_by_side(store: Store, catalog: Catalog) -> None:
    (exhibit,) = view(store, catalog, "temporary_benefit_share").exhibits
    assert [row[:2] for row in exhibit.table.rows] == [
        ("Ikke-vestlig baggrund", "ca.\u00a010\u00a0%"),
        ("Dansk baggrund", "1,7\u00a0%"),
    ]


def test_what_is_known_about_it(store: Store, catalog: Catalog) -> None:
    about = view(store, catalog, "employment_rate").about
    assert (about.unit, about.direction, about.group) == ("procent", "Højere er bedre", "Alle")
    assert (about.figures, about.areas) == (1456, 104)
    assert [source.source_id for source in about.sources] == ["ras200"]
    assert [batch.source_id for batch in about.batches] == ["ras200"]
