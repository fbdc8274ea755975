"""The names of one version: finding them, asking for them wrongly, and their Danish order."""

from dataclasses import replace
from datetime import date
from typing import cast

import pytest

from kpi.domain.catalog import Catalog, danish_order
from kpi.domain.errors import KpiError
from kpi.domain.model import Area
from tests.kpi.made import catalog as made_catalog
from tests.tables import for_each


@for_each(
    ("names", "ordered"),
    [
        # å and aa are one letter, the last of the alphabet
        ("Aarhus Ærø Ølby Aalborg Zoo Abild", "Abild Zoo Ærø Ølby Aalborg Aarhus"),
        ("Årslev Aabenraa Ørsted Æbelø", "Æbelø Ørsted Aabenraa Årslev"),
        ("Vejle vejen VARDE", "VARDE vejen Vejle"),
        ("Aarhus Århus Odense", "Odense Aarhus Århus"),
        ("Læsø Lolland Langeland", "Langeland Lolland Læsø"),
        ("Sorø Solrød", "Solrød Sorø"),
    ],
)
def test_danish_order(names: str, ordered: str) -> None:
    assert sorted(names.split(), key=danish_order) == ordered.split()


def test_areas_are_listed_as_a_person_looks_for_them(catalog: Catalog) -> None:
    names = [area.name for area in catalog.sorted_areas()]
    assert names[:5] == ["Gellerup", "Tilst", "Viby Syd", "Hele landet", "Region Hovedstaden"]
    assert names[9] == "Albertslund"
    assert names[-4:] == ["Ærø", "Aabenraa", "Aalborg", "Aarhus"]
    assert len(names) == 107


@pytest.mark.parametrize(
    ("kind", "wanted", "title", "message"),
    [
        ("indicator", "employment_rat", "Ukendt nøgletal",
         "Nøgletallet »employment_rat« findes ikke. Mente du »employment_rate«?"),
        ("area", "arhus", "Ukendt område", "Området »arhus« findes ikke. Mente du »aarhus«?"),
        ("theme", "sprog", "Ukendt tema",
         "Temaet »sprog« findes ikke. Vælg en af: employment, language, work_identity, "
         "social_control, benefit_fraud, opgang_til_opgang."),
        ("group", "danis", "Ukendt gruppe", "Gruppen »danis« findes ikke. Mente du »danish«?"),
    ],
)  # fmt: skip
def test_an_unknown_name_is_answered_with_the_nearest(
    catalog: Catalog, kind: str, wanted: str, title: str, message: str
) -> None:
    with pytest.raises(KpiError) as refused:
        getattr(catalog, kind)(wanted)
    assert (refused.value.title, refused.value.message) == (title, message)


def test_what_came_later_is_unknown_as_of_the_day_that_is_looked_at(catalog: Catalog) -> None:
    earlier = replace(catalog, as_of=date(2026, 11, 28))
    with pytest.raises(KpiError) as refused:
        earlier.indicator("employment_rat")
    assert refused.value.message == (
        "Nøgletallet »employment_rat« findes ikke i Spor pr. 28. november 2026. "
        "Mente du »employment_rate«?"
    )


@pytest.mark.parametrize(
    ("kind", "wanted", "name"),
    [
        ("indicator", "school_absence", "Elevfravær"),
        ("area", "viby_syd", "Viby Syd"),
        ("theme", "language", "Mestring af det danske sprog"),
        ("group", "danish", "Dansk baggrund"),
    ],
)
def test_a_known_name_is_found(catalog: Catalog, kind: str, wanted: str, name: str) -> None:
    assert getattr(catalog, kind)(wanted).name == name


@for_each(
    ("area", "siblings"),
    [("gellerup", ["tilst"]), ("faxe", ["aarhus", "odense", "randers", "esbjerg", "lolland"]),
     ("denmark", [])],
)  # fmt: skip
def test_siblings_share_level_and_parent(area: str, siblings: list[str]) -> None:
    catalog = made_catalog()
    assert [sibling.area_id for sibling in catalog.siblings(catalog.areas[area])] == siblings


@for_each(("area", "sets"), [("aarhus", ["Byerne"]), ("faxe", []), ("tilst", [])])
def test_sets_of(area: str, sets: list[str]) -> None:
    assert [area_set.name for area_set in made_catalog().sets_of(area)] == sets


def test_indicators_come_in_table_order(catalog: Catalog) -> None:
    assert [indicator.indicator_id for indicator in catalog.indicators_of("language")] == [
        "sprogboost_courses", "language_mentor_places", "childcare_wait_months",
    ]  # fmt: skip


def test_half_years_of_school_figures_are_seasons(catalog: Catalog) -> None:
    assert catalog.school_figures == {"school_absence"}


def test_a_catalog_cannot_be_changed(catalog: Catalog) -> None:
    areas = cast(dict[str, Area], catalog.areas)
    with pytest.raises(TypeError):
        areas["atlantis"] = areas["aarhus"]
