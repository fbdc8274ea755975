"""Sets of areas chosen by one name: whose they are, their order, and what is said of empty ones."""

from collections import Counter
from dataclasses import replace

import pytest

from kpi.domain.area_presets import (
    areas_of,
    is_preset,
    municipality_for,
    offered_presets,
    preset_name,
    sets_beside,
    why_empty,
)
from kpi.domain.catalog import SIMILAR, Catalog
from kpi.domain.model import Area
from kpi.domain.selection import Selection, read_selection
from kpi.export.choice import Choice
from kpi.export.paper import paper
from kpi.store import Store
from kpi.views.comparison import comparison_view
from kpi.views.focus import areas_to_compare
from kpi.views.heat_map import heat_map
from kpi.views.indicator import indicator_view
from tests.kpi import made
from tests.tables import for_each


def with_regions() -> Catalog:
    """The made-up catalog, in which Aarhus and Randers are of one region."""
    known = made.catalog()
    region = Area("midt", "Region Midt", "region", "denmark", None, ())
    areas = {
        area_id: replace(area, region_id="midt") if area_id in ("aarhus", "randers") else area
        for area_id, area in known.areas.items()
    }
    return replace(known, areas={**areas, "midt": region})


MADE = with_regions()


@for_each(
    ("names", "areas"),
    [
        (("odense", "region"), ("odense",)),  # no region is known of Odense
        (("region",), ("aarhus", "randers")),
        (("randers", "region"), ("randers", "aarhus")),
        (("denmark", "region"), ("denmark", "aarhus", "randers")),
        (("gellerup", "region"), ("gellerup", "aarhus", "randers")),
        (("cities",), ("aarhus", "odense", "randers", "esbjerg")),
        (("odense", "cities"), ("odense", "aarhus", "randers", "esbjerg")),
        (("all",), ("aarhus", "odense", "randers", "esbjerg", "lolland", "faxe")),
        (("similar",), ()),  # nothing is known by which they could be alike
    ],
)
def test_a_set_is_of_the_first_chosen_area_in_a_municipality(
    names: tuple[str, ...], areas: tuple[str, ...]
) -> None:
    assert areas_of(names, "aarhus", "rate", MADE) == areas


def test_an_area_of_the_same_name_comes_first() -> None:
    taken = Area("all", "Allerslev", "municipality", "denmark", None, ())
    known = replace(MADE, areas={**MADE.areas, "all": taken})
    assert not is_preset("all", known)
    assert areas_of(("all",), "aarhus", "rate", known) == ("all",)


def test_sets_without_areas_are_not_offered_and_say_why() -> None:
    own = municipality_for(("odense",), "aarhus", MADE)
    assert [each.set_id for each in offered_presets(own, "rate", MADE)] == ["cities", "all"]
    assert preset_name("similar", own, MADE) == "kommuner som Odense"
    assert why_empty("similar", own, MADE) == (
        "Der er ikke strukturtal nok til at finde kommuner som Odense."
    )
    assert why_empty("region", own, MADE) == (
        "Spor kender ingen kommuner i samme region som Odense."
    )


def test_an_unknown_set_in_an_address_is_told_and_the_rest_is_read() -> None:
    selection, notes = read_selection("sammenlign", {"omraader": "aarhus,similar,lignende"}, MADE)
    assert selection.omraader == ("aarhus", "similar")
    (note,) = notes
    assert "»lignende« findes ikke" in note
    assert Selection("sammenlign", omraader=("region", "cities")).sentence(MADE, "aarhus") == (
        "kommuner i Region Midt og Byerne"
    )


def test_only_areas_of_the_home_areas_own_kind_are_called_others(catalog: Catalog) -> None:
    every = tuple(
        area.area_id
        for area in catalog.areas.values()
        if area.level in ("country", "region", "municipality")
    )
    words = {
        "aarhus": "Aarhus, Hele landet, 5 regioner og 97 andre kommuner",
        "region_midtjylland": "Region Midtjylland, Hele landet, 4 andre regioner og 98 kommuner",
        "gellerup": "Hele landet, 5 regioner og 98 kommuner",
    }
    for home_id, expected in words.items():
        sentence = Selection("sammenlign", omraader=every).sentence(catalog, home_id)
        assert sentence.casefold() == expected.casefold()


def test_every_shipped_municipality_has_its_region(catalog: Catalog) -> None:
    counts = Counter(
        catalog.areas[area.region_id].name
        for area in catalog.areas.values()
        if area.level == "municipality"
    )
    assert sorted(counts.values()) == [11, 17, 19, 22, 29]
    assert counts["Region Nordjylland"] == 11
    assert all(
        catalog.areas[area.region_id].level == "region"
        for area in catalog.areas.values()
        if area.region_id
    )


@pytest.mark.parametrize(
    ("names", "count"),
    [(("similar",), 7), (("aarhus", "six_cities"), 6), (("region",), 19), (("all",), 98)],
)
def test_a_comparison_draws_a_set_and_its_address_keeps_the_name(
    shipped: Store, names: tuple[str, ...], count: int
) -> None:
    wanted = Selection("sammenlign", noegletal="employment_rate", omraader=names, diagram="smaa")
    view = comparison_view(shipped, shipped.catalog(), wanted, "aarhus")
    (exhibit,) = view.exhibits
    assert view.selection.omraader == exhibit.selection.omraader == names
    assert len({row.area_id for row in exhibit.observations}) == count
    assert exhibit.marks.own.name == "Aarhus"  # type: ignore[union-attr]


@for_each(
    ("area_id", "among", "beside"),
    [
        ("aarhus", "", ("denmark", "odense", "randers", "esbjerg")),
        ("aarhus", "region", ("denmark", "randers")),
        ("aarhus", "similar", ("denmark", "odense", "randers", "esbjerg")),  # it has none
        ("odense", "region", ("denmark", "aarhus", "randers", "esbjerg")),  # it has none
        ("gellerup", "region", ("denmark", "aarhus", "tilst")),  # it is no member
    ],
)
def test_an_area_is_drawn_among_the_set_that_is_asked_for_or_its_own(
    area_id: str, among: str, beside: tuple[str, ...]
) -> None:
    assert areas_to_compare(area_id, MADE, among, "rate") == beside


def test_a_page_offers_an_areas_own_sets_and_those_of_its_municipality() -> None:
    assert sets_beside("aarhus", MADE) == ("cities", "region")
    assert sets_beside("gellerup", MADE) == ()
    (note,) = read_selection("tema", {"blandt": "all"}, MADE)[1]
    assert "»all« findes ikke" in note


def test_charts_tables_and_papers_have_the_similar_municipalities(shipped: Store) -> None:
    catalog = shipped.catalog()
    indicator = catalog.indicators["employment_rate"]
    alike = catalog.similar_to(catalog.areas["aarhus"], indicator.indicator_id)
    assert alike is not None
    view = indicator_view(shipped, catalog, indicator, "aarhus", SIMILAR)
    assert view.exhibit is not None
    drawn = {row.area_id for row in view.exhibit.observations}
    assert {area_id for area_id in drawn if catalog.areas[area_id].level == "municipality"} == {
        *alike.area_ids
    }
    assert "blandt de kommuner, der ligner mest (7 har tal)" in view.rows[0].rank
    heat = heat_map(shipped, catalog, "aarhus", SIMILAR)
    assert heat is not None
    assert heat.title == "Aarhus og kommuner som Aarhus"
    assert [name for name, _ in heat.rows] == [catalog.areas[each].name for each in alike.area_ids]
    choice = Choice("aarhus", indicator_ids=("employment_rate",), among=SIMILAR)
    (item,) = paper(shipped, catalog, choice).items
    assert item.exhibit == view.exhibit
