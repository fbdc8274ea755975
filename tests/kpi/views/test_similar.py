"""Kommuner som Aarhus: who they are, by what, as of when, and in every comparison."""

import shutil
from datetime import date
from pathlib import Path
from statistics import fmean

import pytest

from kpi.domain.catalog import SIMILAR
from kpi.domain.errors import KpiError
from kpi.store import Store, init, open_store
from kpi.views.similar import similar_view
from kpi.views.standings import standings
from tests.conftest import DATA

AS_TRIED = ["Odense", "Aalborg", "Gladsaxe", "København", "Roskilde", "Ballerup"]


def test_aarhus_is_like_those_that_were_found_by_hand(shipped: Store) -> None:
    view = similar_view(shipped.catalog(), "aarhus")
    assert view is not None
    assert [name for name, _ in view.neighbours] == AS_TRIED
    assert view.title == (
        "Kommuner som Aarhus: Odense, Aalborg, Gladsaxe, København, Roskilde og Ballerup"
    )
    assert [distance for _, distance in view.neighbours] == sorted(
        distance for _, distance in view.neighbours
    )
    assert len(view.features) == 8
    assert {row.period for row in view.features} >= {"2024", "1. januar 2026"}
    assert all(row.weight == "1" for row in view.features)


def test_an_area_within_a_municipality_has_its_municipalitys(shipped: Store) -> None:
    catalog = shipped.catalog()
    assert similar_view(catalog, "gellerup") == similar_view(catalog, "aarhus")
    assert similar_view(catalog, "denmark") is None


@pytest.mark.parametrize("area", ["aarhus", "gladsaxe", "laesoe"])
def test_the_mean_of_similar_municipalities_is_theirs(shipped: Store, area: str) -> None:
    catalog = shipped.catalog()
    alike = catalog.similar_to(catalog.areas[area], "employment_rate")
    assert alike is not None
    assert alike.area_ids[0] == area
    (own,) = standings(shipped, "employment_rate", [area])
    (compared,) = (each for each in own.comparisons if each.with_id == SIMILAR)
    period = own.observation.period.text
    theirs = {
        row.area_id: row.value for row in shipped.everywhere("employment_rate", "all", period)
    }
    values = [theirs[other] for other in alike.area_ids[1:]]
    assert compared.value == pytest.approx(fmean(value for value in values if value is not None))
    assert area not in alike.area_ids[1:]


def test_a_feature_is_compared_with_those_who_are_similar_without_it(shipped: Store) -> None:
    catalog = shipped.catalog()
    aarhus = catalog.areas["aarhus"]
    by_all = catalog.similar_to(aarhus, "employment_rate")
    by_others = catalog.similar_to(aarhus, "population")
    assert by_all
    assert by_others
    assert set(by_all.area_ids) != set(by_others.area_ids)


def test_an_earlier_day_knows_only_its_own_figures(built_home: Path) -> None:
    early = open_store(built_home, as_of=date(2024, 6, 24))
    late = open_store(built_home)
    periods = {each.indicator_id: each.period for each in early.catalog().similarity.features}
    for feature in late.catalog().similarity.features:
        known = periods.get(feature.indicator_id)
        assert known is None or known.order <= feature.period.order
    assert len(periods) < 8


def test_a_weight_that_is_no_number_is_named(tmp_path: Path, data_copy: Path) -> None:
    path = data_copy / "similar_feature.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("population,1,", "population,en,"))
    with pytest.raises(KpiError, match=r"similar_feature.csv, linje 2, kolonne weight"):
        init(tmp_path / "home", data_copy)


@pytest.fixture
def data_copy(tmp_path: Path) -> Path:
    """data/ as it is shipped, to be written in."""
    return Path(shutil.copytree(DATA, tmp_path / "data"))
