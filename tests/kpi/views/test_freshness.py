"""How old the newest figures are on a day, and which are late by then."""

from dataclasses import replace
from datetime import date

import pytest

from kpi.domain.catalog import Catalog
from kpi.store import Store
from kpi.views.freshness import FreshnessRow, freshness_rows, overdue_rows


def on(day: date, store: Store, catalog: Catalog) -> dict[tuple[str, str], FreshnessRow]:
    rows = freshness_rows(store, replace(catalog, as_of=day))
    return {(row.indicator_id, row.source_title): row for row in rows}


def test_every_indicator_with_figures_is_listed_once_a_source(
    store: Store, catalog: Catalog
) -> None:
    rows = freshness_rows(store, catalog)
    listed = [(row.indicator_id, row.source_title) for row in rows]
    assert len(listed) == len(set(listed))
    assert {indicator_id for indicator_id, _ in listed} == set(store.figures_per_indicator())


def test_the_words_of_a_register(store: Store, catalog: Catalog) -> None:
    rows = on(date(2026, 11, 26), store, catalog)
    (ras,) = [row for (indicator_id, _), row in rows.items() if indicator_id == "employment_rate"]
    assert (ras.period, ras.published, ras.age, ras.rhythm) == (
        "2021", "2022", "knap\u00a05\u00a0år\u00a0gammelt", "hvert år",
    )  # fmt: skip
    assert ras.expected == "slutningen af oktober eller november 2023"
    assert (ras.badge.text, ras.is_overdue) == ("Forsinket", True)


@pytest.mark.parametrize(
    ("day", "is_overdue"),
    [(date(2023, 12, 30), False), (date(2023, 12, 31), False), (date(2024, 1, 1), True)],
)
def test_late_from_the_day_after_the_expected_one(
    store: Store, catalog: Catalog, day: date, is_overdue: bool
) -> None:
    late = {row.indicator_id for row in overdue_rows(store, replace(catalog, as_of=day))}
    assert ("employment_rate" in late) is is_overdue


def test_what_comes_once_or_in_no_rhythm_is_never_late(store: Store, catalog: Catalog) -> None:
    rows = on(date(2040, 1, 1), store, catalog)
    words = {row.source_title: row.badge.text for row in rows.values()}
    assert words["Handleplan på integrationsområdet 2024"] == "Med"
    assert words["Handleplan på integrationsområdet 2024, genoptryk"] == "Ukendt rytme"
    assert words["Kort status på indsatser i handleplanen (bilag 1)"] == "Ukendt rytme"
    assert words["Elevfravær i folkeskolen"] == "Forsinket"


def test_a_source_that_another_goes_on_after_is_not_late(shipped: Store) -> None:
    rows = on(date(2026, 11, 27), shipped, shipped.catalog())
    names = {
        name.partition(":")[0]: row
        for (indicator_id, name), row in rows.items()
        if indicator_id == "population"
    }
    assert names["FOLK1A"].badge.text == names["FOLK1AM"].badge.text == "Med"
    assert names["FOLK1A"].expected.startswith("nyere tal i FOLK1AM: ")
    assert names["FOLK1AM"].expected == "februar 2027"
    employment = [row for (each, _), row in rows.items() if each == "employment_rate"]
    assert {row.period: row.is_overdue for row in employment} == {"2021": False, "2024": False}
    # A programme's half years and a municipality's school years do not continue each other.
    absence = [row for (each, _), row in rows.items() if each == "school_absence"]
    assert [row.expected for row in absence if row.expected.startswith("nyere tal")] == []


def test_late_ones_come_first(store: Store, catalog: Catalog) -> None:
    late = [
        row.is_overdue for row in freshness_rows(store, replace(catalog, as_of=date(2040, 1, 1)))
    ]
    assert late == sorted(late, reverse=True)
    assert any(late)
