"""The search: what is found by which words, in which order, and with which figure."""

from collections.abc import Sequence
from dataclasses import replace
from typing import cast

import pytest

from kpi.domain import format as fmt
from kpi.domain.catalog import Catalog
from kpi.domain.model import Observation
from kpi.domain.pages import PAGES
from kpi.domain.selection import Selection, read_selection
from kpi.store import Store
from kpi.views.area import area_view
from kpi.views.comparison import comparison_view
from kpi.views.search import PERSONAL, SearchView, search, visited_hits
from kpi.views.search_hits import Hit
from kpi.views.search_index import SearchIndex, search_index
from kpi.views.search_matching import MOST_LETTERS, matches_of, words_of


@pytest.fixture(scope="module")
def catalog(shipped: Store) -> Catalog:
    return shipped.catalog()


@pytest.fixture(scope="module")
def index(shipped: Store, catalog: Catalog) -> SearchIndex:
    return search_index(shipped, catalog, shipped.plan(), "aarhus")


def name_of(hit: Hit) -> str:
    return "".join(part for part, _ in hit.name)


def marked(hit: Hit) -> list[str]:
    return [part for part, is_marked in hit.name if is_marked]


def groups_of(view: SearchView) -> dict[str, list[str]]:
    return {group.title: [name_of(hit) for hit in group.hits] for group in view.groups}


class Searching:
    """The search of one store, by a query alone."""

    def __init__(self, store: Store, catalog: Catalog, index: SearchIndex) -> None:
        self.store, self.catalog, self.index = store, catalog, index

    def __call__(self, query: str) -> SearchView:
        return search(query, self.index, self.store, self.catalog, "aarhus")


@pytest.fixture(scope="module")
def find(shipped: Store, catalog: Catalog, index: SearchIndex) -> Searching:
    return Searching(shipped, catalog, index)


@pytest.mark.parametrize("query", ["fravær gellerup", "GELLERUP, fravaer", "fraværet i Gellerup"])
def test_an_indicator_in_an_area_is_a_hit_with_the_areas_figure(
    find: Searching, query: str
) -> None:
    view = find(query)
    first = view.groups[0]
    assert (first.title, first.count) == ("Nøgletal", 1)
    (hit,) = first.hits
    assert name_of(hit) == "Elevfravær, Gellerup"
    assert marked(hit) == ["fravær", "Gellerup"]
    assert hit.value == "9,7\u00a0%"
    assert "Opgang til Opgang · efterår 2024 · " in hit.under
    assert hit.selection.grupper == ("programme_children",)
    assert view.note == ""


def test_the_address_of_an_indicator_in_an_area_shows_figures(find: Searching) -> None:
    for query in ("fravær gellerup", "århus fravær", "beskæftigelse odense", "somalisk"):
        for hit in find(query).groups[0].hits:
            selection, notes = read_selection(
                hit.selection.page, hit.selection.parameters(), find.catalog
            )
            assert (selection, notes) == (hit.selection, ())
            shown = comparison_view(find.store, find.catalog, selection, "aarhus")
            assert shown.exhibits, hit.selection
            assert (shown.left_out, shown.notes) == ((), ()), hit.selection
            assert hit.value.replace("\u00a0%", "") in str(shown.exhibits[0])


@pytest.mark.parametrize(
    ("query", "name", "value"),
    [
        ("fravær udskoling", "Elevfravær, udskoling", "6,9\u00a0%"),
        ("odense udskoling fravær", "Elevfravær, udskoling, Odense", "6,4\u00a0%"),
        # Where nothing else has the word, whatever has figures of the group.
        ("udskoling", "Elevfravær, udskoling", "6,9\u00a0%"),
    ],
)
def test_an_indicator_of_a_group_is_a_hit(
    find: Searching, query: str, name: str, value: str
) -> None:
    (hit,) = find(query).groups[0].hits
    assert (name_of(hit), hit.value) == (name, value)
    assert hit.selection.grupper == ("lower_secondary",)
    assert "Udskoling" not in hit.under


def test_a_group_that_has_other_words_as_well_does_not_crowd_out_the_rest(find: Searching) -> None:
    names = groups_of(find("børn"))["Nøgletal"]
    assert not [name for name in names if ", hjemmeboende børn" in name]


def test_words_that_are_nowhere_together_are_found_alone(find: Searching) -> None:
    groups = groups_of(find("fravær gellerup"))
    assert list(groups) == ["Nøgletal", "Fundet på »fravær« alene", "Fundet på »gellerup« alene"]
    assert "Elevfravær" in groups["Fundet på »fravær« alene"]
    assert groups["Fundet på »gellerup« alene"][0] == "Gellerup"
    assert "Opgang til Opgang i Gellerup" in groups["Fundet på »gellerup« alene"]
    only = find("xyz fravær")
    assert list(groups_of(only)) == ["Fundet på »fravær« alene"]
    assert only.note == "Intet fundet på »xyz«."


def test_kinds_stand_in_their_order_with_five_hits_each(find: Searching) -> None:
    view = find("a")
    assert [group.title for group in view.groups] == ["Nøgletal", "Områder", "Indsatser", "Sider"]
    assert all(len(group.hits) <= 5 for group in view.groups)
    assert view.groups[0].count > 5
    assert all(marked(hit) for group in view.groups for hit in group.hits)


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("odense", "Odense"), ("aarhus", "Aarhus"), ("danmark", "Hele landet"),
        ("sammenlign", "Sammenlign"), ("kilder", "Kilder"), ("powerpoint", "Udvalg"),
        ("6-byerne", "Sammenlign: 6-byerne"),
        ("ledighed", "Fuldtidsledige i procent af arbejdsstyrken"),
    ],
)  # fmt: skip
def test_the_nearest_name_comes_first(find: Searching, query: str, first: str) -> None:
    names = [name_of(hit) for group in find(query).groups for hit in group.hits]
    assert names[0] == first


def test_another_name_is_said_in_the_grey_line(find: Searching) -> None:
    (hit,) = find("ledighed").groups[0].hits
    assert hit.under.startswith("»Ledighed« · Aarhus · 2024")
    assert marked(hit) == []


@pytest.mark.parametrize(
    ("query", "suggestion"), [("gelerup", "Gellerup"), ("fravær i gelerup", "fravær Gellerup")]
)
def test_what_is_not_found_is_said_with_the_nearest_word(
    find: Searching, query: str, suggestion: str
) -> None:
    view = find(query)
    assert view.note == "Intet fundet på »gelerup«."
    assert view.suggestion == suggestion
    assert find(suggestion).note == ""


def test_nothing_alike_is_not_suggested(find: Searching) -> None:
    assert find("qqqqqq") == SearchView((), "Intet fundet på »qqqqqq«.", "")


def test_a_personal_number_is_neither_searched_nor_repeated(find: Searching) -> None:
    view = find("251248-4916 fravær")
    assert view == SearchView((), PERSONAL)
    assert "4916" not in repr(view)


def test_a_long_query_is_cut(find: Searching, index: SearchIndex) -> None:
    long = "fravær " + "x" * 100_000
    assert len(find(long).note) < MOST_LETTERS + 30
    assert len(words_of("a b c d e f g h i j " * 1000)) == 5
    assert matches_of(" .,- ", index).groups == ()


def test_a_retired_indicator_is_found_last_and_marked(
    find: Searching, shipped: Store, catalog: Catalog
) -> None:
    indicators = {
        key: replace(indicator, retired="2020-01-01") if key == "school_absence" else indicator
        for key, indicator in catalog.indicators.items()
    }
    later = replace(catalog, indicators=indicators)
    changed = Searching(shipped, later, search_index(shipped, later, shipped.plan(), "aarhus"))
    (group,) = changed("fravær").groups
    assert name_of(group.hits[-1]) == "Elevfravær"
    assert group.hits[-1].under.endswith("udgået")
    # Nobody asks for an area's figures of what is no longer offered.
    assert "Elevfravær, Gellerup" not in str(groups_of(changed("fravær gellerup")))


class Hiding:
    """A store all of whose figures are hidden."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def newest(self, *wanted: Sequence[str]) -> list[Observation]:
        rows = self._store.newest(*wanted)
        return [row._replace(value=None, status="suppressed") for row in rows]


def test_a_hidden_figure_is_said_to_be_hidden(find: Searching) -> None:
    hiding = cast(Store, Hiding(find.store))
    hits = Searching(hiding, find.catalog, find.index)("fravær gellerup").groups
    values = [hit.value for group in hits for hit in group.hits if hit.kind == "indicator"]
    assert len(values) == 3
    assert {*values} == {fmt.hidden(None)}


def test_an_initiative_has_its_status(find: Searching) -> None:
    (group,) = (group for group in find("sprog").groups if group.title == "Indsatser")
    states = {badge.text for hit in group.hits for badge in hit.badges}
    assert states == {"Planlagt", "I gang"}


def test_what_was_visited_is_offered_by_its_subject(index: SearchIndex) -> None:
    visits = [
        Selection("tema", tema="employment", noegletal="employment_rate"),
        Selection("omraade", omraade="gellerup"),
        Selection("handleplan", tema="language"),
        Selection("om"),
        Selection("omraade", omraade="no_longer_there"),
    ]
    hits = visited_hits(visits, index)
    assert [(name_of(hit), hit.under) for hit in hits[:2]] == [
        ("Beskæftigelsesfrekvens 16-64 år", "Tema"),
        ("Gellerup", "Område"),
    ]
    assert [hit.selection for hit in hits] == visits[:-1]


def test_every_address_of_the_index_is_one_of_a_page(index: SearchIndex, catalog: Catalog) -> None:
    for entry in (*index.entries, *index.groups):
        selection, notes = read_selection(
            entry.selection.page, entry.selection.parameters(), catalog
        )
        assert (selection, notes) == (entry.selection, ())


def test_every_page_can_be_found_by_its_title(find: Searching) -> None:
    for page, address in PAGES.items():
        sides = [group for group in find(address.title).groups if group.title == "Sider"]
        assert sides[0].hits[0].selection == Selection(page)


def test_an_indicator_has_the_figure_of_the_municipality_not_of_an_area_within_it(
    find: Searching,
) -> None:
    hit = next(hit for hit in find("fravær").groups[0].hits if name_of(hit) == "Elevfravær")
    assert hit.under.startswith("Aarhus · ")
    assert hit.selection.omraader[0] == "aarhus"
    assert hit.selection.grupper != ("programme_children",)


@pytest.mark.parametrize(
    ("query", "address"),
    [
        ("overskredet", "/handleplan?status=uden_nyt"),
        ("forsinket", "/handleplan?status=uden_nyt"),
        ("værst", "/omraade?omraade=aarhus&sorter=bagud"),
        ("bedst", "/omraade?omraade=aarhus&sorter=foran"),
        ("lignende kommuner", "/sammenlign?omraader=similar"),
        ("kort", "/sammenlign?diagram=kort"),
        ("ordliste", "/om?afsnit=forkortelser"),
        ("udskriv", "/"),
    ],
)
def test_words_of_a_question_lead_to_the_view_that_answers_it(
    find: Searching, query: str, address: str
) -> None:
    view = find(query)
    (pages,) = (group for group in view.groups if group.title == "Sider")
    assert address in [hit.selection.path() for hit in pages.hits[:2]]
    assert view.note == ""


def test_a_meeting_is_found_by_its_day_however_it_is_written(find: Searching) -> None:
    views = {Selection("udvalg", moede="rmm_2024_06_24"), Selection(siden="rmm_2024_06_24")}

    def pages(query: str) -> set[Selection]:
        groups = [group for group in find(query).groups if group.title == "Sider"]
        return {hit.selection for group in groups for hit in group.hits}

    written = ("24. juni", "24. juni 2024", "juni 24", "24.6.2024", "24/6-2024", "24.06.2024",
               "2024-06-24", "24-06-2024", "mødet 24. juni")  # fmt: skip
    assert not [query for query in written if pages(query) != views]
    assert pages("rådmandsmøde 24. juni") <= views
    newest, *_ = [hit for group in find("nyt siden").groups for hit in group.hits]
    assert newest.selection == Selection(siden="sbu_2025_03_19")


def test_a_year_gives_the_figures_of_it(find: Searching) -> None:
    (hit, *_), *_ = [group.hits for group in find("beskæftigelse 2015").groups]
    assert (name_of(hit), hit.value) == (
        "Beskæftigelsesfrekvens 16-64 år, 2015",
        "68,4\N{NO-BREAK SPACE}%",
    )
    assert (hit.selection.fra, hit.selection.til, hit.selection.omraader[0]) == (
        "2015", "2015", "aarhus",
    )  # fmt: skip
    alone = find("2019")
    assert (alone.groups[0].title, alone.note) == ("Tal i 2019", "")
    assert [hit.value for hit in find("fravær gellerup 2024").groups[0].hits] == [
        "9,7\N{NO-BREAK SPACE}%"
    ]
    assert find("fravær 1999").note == "Intet fundet på »1999«."


def test_a_comparison_says_which_group_its_figure_is_of(find: Searching) -> None:
    (hits,) = [group.hits for group in find("fravær som aarhus").groups[:1]]
    (absence,) = [hit for hit in hits if name_of(hit).startswith("Elevfravær")]
    assert absence.under.startswith("Sammenlign · Aarhus · Mellemtrin · ")


def test_every_address_of_a_year_is_drawn(find: Searching, catalog: Catalog) -> None:
    hits = [hit for year in range(2008, 2027) for hit in find(str(year)).groups[0].hits]
    assert len(hits) > 20
    for hit in hits:
        _, notes = read_selection("sammenlign", hit.selection.parameters(), catalog)
        assert not notes, hit.selection.path()


def test_a_themes_name_finds_its_indicators_after_those_that_have_the_word(find: Searching) -> None:
    hits = find("skole").groups[0].hits
    assert {name_of(hit) for hit in hits} >= {"Elevfravær", "Underretninger pr. 1.000 børn"}
    (last,) = find("sprog").groups[0].hits[2:]
    assert last.under.startswith("Tema: Sprog · ")


def test_letters_alone_mean_no_area(find: Searching) -> None:
    hits = [hit for group in find("a g").groups for hit in group.hits]
    assert not [hit for hit in hits if hit.kind == "indicator" and hit.selection.omraader]


@pytest.mark.parametrize(
    ("query", "name"),
    [
        # Compounds: the last part, the first, with an ending, without Danish letters.
        ("elevskolefravær", "Elevfravær"),
        ("skolefraværet", "Elever med mere end 10 procent fravær"),
        ("fraværsprocenten", "Elevfravær"),
        ("ungdomsledighed", "Fuldtidsledige i procent af arbejdsstyrken"),
        ("boernefattigdom", "Andel i familier med lav indkomst (relativ fattigdom)"),
        ("skolefravær", "Elever med mere end 10 procent fravær"),
        # Everyday words.
        ("pjæk", "Elevfravær"),
        ("arbejdsløs", "Fuldtidsledige i procent af arbejdsstyrken"),
        ("arbejdsløsheden", "Fuldtidsledige i procent af arbejdsstyrken"),
        ("job", "Beskæftigelsesfrekvens 16-64 år"),
        ("indtægt", "Disponibel indkomst pr. person, gennemsnit"),
        ("kriminalitet", "Boligområdets dømte, gange landsgennemsnittet"),
    ],
)
def test_a_compound_or_an_everyday_word_finds_the_indicator(
    find: Searching, query: str, name: str
) -> None:
    view = find(query)
    assert view.groups[0].title == "Nøgletal"
    assert name in groups_of(view)["Nøgletal"]
    assert view.note == ""


def test_a_compound_with_an_area_is_a_hit_with_the_areas_figure(find: Searching) -> None:
    assert groups_of(find("skolefravær gellerup"))["Nøgletal"] == ["Elevfravær, Gellerup"]


@pytest.mark.parametrize(
    ("query", "address"),
    [
        ("fravær som aarhus", "noegletal=school_absence_high&omraader=similar"),
        ("skolefravær som aarhus", "noegletal=school_absence_high&omraader=similar"),
        ("fravær lignende", "noegletal=school_absence_high&omraader=similar"),
        ("fravær kommuner som aarhus", "noegletal=school_absence_high&omraader=similar"),
        ("ledighed mod lignende kommuner", "noegletal=unemployment_rate&omraader=similar"),
        ("ledighed 6-byerne", "noegletal=unemployment_rate&omraader=six_cities"),
        ("ledighed 6 byerne", "noegletal=unemployment_rate&omraader=six_cities"),
        ("fravær regionen", "noegletal=school_absence_high&omraader=region"),
        ("ledighed alle kommuner", "noegletal=unemployment_rate&omraader=all"),
        ("fravær som odense", "noegletal=school_absence_high&omraader=odense,similar"),
        ("aarhus odense", "noegletal=school_absence&omraader=aarhus,odense"),
        ("fravær aarhus mod odense", "noegletal=school_absence_high&omraader=aarhus,odense"),
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


@pytest.mark.parametrize(
    ("query", "name", "area_id"),
    [
        ("gellerup viby", "Gellerup og Viby Syd", "gellerup"),
        ("Gellerup mod Viby Syd", "Gellerup og Viby Syd", "gellerup"),
        ("viby gellerup", "Viby Syd og Gellerup", "viby_syd"),
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
    assert "Sammenligninger" not in groups_of(find(query))


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
    assert (hit.selection.omraader, hit.value) == (("six_cities",), "6,4 %".replace(" ", "\u00a0"))


def test_every_word_of_the_glossary_is_found_with_its_meaning(find: Searching) -> None:
    for word, meaning in find.catalog.abbreviations:
        hits = [hit for group in find(word).groups for hit in group.hits]
        (hit,) = (hit for hit in hits if name_of(hit) == word and hit.kind == "page")
        assert meaning.startswith(hit.under.removesuffix(" …"))
