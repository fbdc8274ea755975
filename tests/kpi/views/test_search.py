"""The search: what is found by which words, in which order, and with which figure."""

from collections.abc import Sequence
from dataclasses import replace
from typing import cast

import pytest

from kpi.domain import format as fmt
from kpi.domain.model import Observation
from kpi.domain.pages import PAGES
from kpi.domain.selection import Selection, read_selection
from kpi.store import Store
from kpi.views.comparison import comparison_view
from kpi.views.search import PERSONAL, SearchView, visited_hits
from kpi.views.search_index import search_index
from kpi.views.search_matching import MOST_LETTERS, matches_of, words_of
from tests.kpi.views.searching import Searching, groups_of, marked, name_of


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
    alone = ["Fundet på »fravær« alene", "Fundet på »gellerup« alene"]
    assert list(groups) == ["Nøgletal", "Sider", *alone]
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


def test_a_long_query_is_cut(find: Searching) -> None:
    long = "fravær " + "x" * 100_000
    assert len(find(long).note) < MOST_LETTERS + 30
    assert len(words_of("a b c d e f g h i j " * 1000)) == 5
    assert matches_of(" .,- ", find.index).groups == ()


def test_a_retired_indicator_is_found_last_and_marked(find: Searching) -> None:
    indicators = {
        key: replace(indicator, retired="2020-01-01") if key == "school_absence" else indicator
        for key, indicator in find.catalog.indicators.items()
    }
    later = replace(find.catalog, indicators=indicators)
    index = search_index(find.store, later, find.store.plan(), "aarhus")
    changed = Searching(find.store, later, index)
    group = changed("fravær").groups[0]
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


def test_what_was_visited_is_offered_by_its_subject(find: Searching) -> None:
    visits = [
        Selection("tema", tema="employment", noegletal="employment_rate"),
        Selection("omraade", omraade="gellerup"),
        Selection("handleplan", tema="language"),
        Selection("om"),
        Selection("omraade", omraade="no_longer_there"),
    ]
    hits = visited_hits(visits, find.index)
    assert [(name_of(hit), hit.under) for hit in hits[:2]] == [
        ("Beskæftigelsesfrekvens 16-64 år", "Tema"),
        ("Gellerup", "Område"),
    ]
    assert [hit.selection for hit in hits] == visits[:-1]


def test_every_address_of_the_index_is_one_of_a_page(find: Searching) -> None:
    for entry in (*find.index.entries, *find.index.groups):
        selection, notes = read_selection(
            entry.selection.page, entry.selection.parameters(), find.catalog
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
    # The theme that has the municipality's figures, not the programme's.
    assert hit.selection == Selection("tema", tema="children_school", noegletal="school_absence")
    assert "Udskoling" in hit.under


def test_letters_alone_mean_no_area(find: Searching) -> None:
    hits = [hit for group in find("a g").groups for hit in group.hits]
    assert not [hit for hit in hits if hit.kind == "indicator" and hit.selection.omraader]


def test_an_area_leads_to_its_profile_and_its_papers(find: Searching) -> None:
    def pages_of(query: str) -> list[str]:
        groups = {group.title: group.hits for group in find(query).groups}
        return [hit.selection.path() for hit in groups.get("Sider", ())]

    # The indicator's row is open there; the profile itself is a hit of its own where all words
    # are the area's.
    opened = "/omraade?omraade=gellerup&aaben=school_absence/programme_children"
    assert pages_of("fravær gellerup") == [opened, "/udvalg?omraade=gellerup"]
    assert pages_of("gellerup")[0] == "/udvalg?omraade=gellerup"
    for few in ("ge", "fravær", "viby xyzzy"):
        assert not any("udvalg?omraade" in path for path in pages_of(few))
    selection, notes = read_selection(
        "omraade",
        {"omraade": "gellerup", "aaben": "school_absence/programme_children"},
        find.catalog,
    )
    assert (selection.path(), notes) == (opened, ())


def test_pages_that_are_not_shown_are_no_hits_of_an_area(find: Searching) -> None:
    index = search_index(
        find.store, find.catalog, find.store.plan(), "aarhus",
        [page for page in PAGES if page != "udvalg"],
    )  # fmt: skip
    view = Searching(find.store, find.catalog, index)("fravær gellerup")
    assert [hit.selection.page for group in view.groups if group.title == "Sider"
            for hit in group.hits] == ["omraade"]  # fmt: skip
