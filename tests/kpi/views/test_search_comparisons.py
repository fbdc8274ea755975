"""The search: which words ask for a comparison, and which only seem to."""

import pytest

from kpi.domain.selection import Selection
from kpi.views.area import area_view
from kpi.views.comparison import comparison_view
from tests.kpi.views.searching import Searching, groups_of, name_of


@pytest.mark.parametrize(
    ("query", "address"),
    [
        ("fravær som aarhus", "noegletal=school_absence&omraader=similar"),
        ("skolefravær som aarhus", "noegletal=school_absence&omraader=similar"),
        ("fravær lignende", "noegletal=school_absence&omraader=similar"),
        ("fravær kommuner som aarhus", "noegletal=school_absence&omraader=similar"),
        ("ledighed mod lignende kommuner", "noegletal=unemployment_rate&omraader=similar"),
        ("ledighed 6-byerne", "noegletal=unemployment_rate&omraader=six_cities"),
        ("ledighed 6 byerne", "noegletal=unemployment_rate&omraader=six_cities"),
        ("fravær regionen", "noegletal=school_absence&omraader=region"),
        ("ledighed alle kommuner", "noegletal=unemployment_rate&omraader=all"),
        ("fravær som odense", "noegletal=school_absence&omraader=odense,similar"),
        ("aarhus odense", "noegletal=school_absence&omraader=aarhus,odense"),
        ("fravær aarhus mod odense", "noegletal=school_absence&omraader=aarhus,odense"),
    ],
)
def test_an_indicator_with_a_set_and_two_areas_are_a_comparison_first(
    find: Searching, query: str, address: str
) -> None:
    view = find(query)
    assert view.groups[0].title == "Sammenligninger"
    hit = view.groups[0].hits[0]
    assert hit.selection.path() == f"/sammenlign?{address}"
    assert view.note == ""
    shown = comparison_view(find.store, find.catalog, hit.selection, "aarhus")
    assert (len(shown.exhibits), shown.left_out, shown.notes) == (1, (), ())


def test_a_comparison_says_which_group_its_figure_is_of(find: Searching) -> None:
    (hits,) = [group.hits for group in find("fravær som aarhus").groups[:1]]
    (absence,) = [hit for hit in hits if name_of(hit).startswith("Elevfravær")]
    assert absence.under.startswith("Sammenlign · Aarhus · Udskoling · ")


@pytest.mark.parametrize(
    ("query", "name", "area_id"),
    [
        ("gellerup viby", "Gellerup og Viby Syd", "gellerup"),
        ("Gellerup mod Viby Syd", "Gellerup og Viby Syd", "gellerup"),
        ("viby gellerup", "Viby Syd og Gellerup", "viby_syd"),
        ("forskel gellerup viby syd", "Gellerup og Viby Syd", "gellerup"),
    ],
)
def test_two_programme_areas_are_compared_on_the_page_of_the_first(
    find: Searching, query: str, name: str, area_id: str
) -> None:
    hit = find(query).groups[0].hits[0]
    assert (name_of(hit), hit.selection) == (name, Selection("omraade", omraade=area_id))
    assert area_view(find.store, find.catalog, area_id).facts


@pytest.mark.parametrize(
    "query",
    [
        "viby syd", "fravær viby syd", "fravær aarhus", "lignende kommuner", "indvandrere alle",
        "gellerup sogn", "region midtjylland", "6-byerne", "fravær xyz 6-byerne",
    ],
)  # fmt: skip
def test_words_of_one_area_set_or_indicator_are_no_comparison(find: Searching, query: str) -> None:
    # One indicator alone is offered among similar ones, after what it is called by.
    assert [*groups_of(find(query))][:1] != ["Sammenligninger"]
    assert not [
        hit
        for group in find(query).groups
        if group.title == "Sammenligninger"
        for hit in group.hits
        if hit.selection.omraader != ("similar",)
    ]


def test_a_set_with_figures_of_none_but_the_home_area_is_no_comparison(find: Searching) -> None:
    assert ("nsk_cases", "aarhus") in find.index.known
    assert "Sammenligninger" not in groups_of(find("unikke sager som aarhus"))


@pytest.mark.parametrize("query", ["aarhus gellerup", "Gellerup Aarhus"])
def test_an_area_with_the_one_around_it_leads_to_its_page(find: Searching, query: str) -> None:
    """Not to the parish alone, which has both words among its names."""
    hit = find(query).groups[0].hits[0]
    assert hit.selection == Selection("omraade", omraade="gellerup")
    assert {"Aarhus", "Gellerup"} <= set(name_of(hit).split())


def test_a_comparison_in_a_set_has_the_figure_of_the_group_it_opens_with(find: Searching) -> None:
    hit = find("elevfravær 6-byerne").groups[0].hits[0]
    assert (hit.selection.omraader, hit.value) == (("six_cities",), "6,9 %".replace(" ", "\u00a0"))


def test_an_indicator_alone_is_offered_among_similar_municipalities(find: Searching) -> None:
    """»Fravær« is what one is called, and a word of another's name: the first leads."""
    first, beside = find("fravær").groups[:2]
    assert (first.title, beside.title) == ("Nøgletal", "Sammenligninger")
    assert name_of(first.hits[0]) == "Elevfravær"
    (hit,) = beside.hits
    assert name_of(hit) == "Elevfravær, kommuner som Aarhus"
    assert hit.selection.path() == "/sammenlign?noegletal=school_absence&omraader=similar"
    # Of an indicator without figures of municipalities there is nothing to compare.
    assert "Sammenligninger" not in groups_of(find("nsk-sager"))
