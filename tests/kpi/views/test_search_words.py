"""The search: which words of a question, a day, a year or everyday speech find what."""

import pytest

from kpi.domain.selection import Selection, read_selection
from tests.kpi.views.searching import Searching, groups_of, name_of
from tests.tables import for_each


@pytest.mark.parametrize(
    ("query", "address"),
    [
        ("overskredet", "/?afsnit=venter"),
        ("forsinket", "/?afsnit=venter"),
        ("uden nyt", "/?afsnit=venter"),
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


def test_every_address_of_a_year_is_drawn(find: Searching) -> None:
    hits = [hit for year in range(2008, 2027) for hit in find(str(year)).groups[0].hits]
    assert len(hits) > 20
    for hit in hits:
        _, notes = read_selection("sammenlign", hit.selection.parameters(), find.catalog)
        assert not notes, hit.selection.path()


def test_a_themes_name_finds_its_indicators_after_those_that_have_the_word(find: Searching) -> None:
    hits = find("skole").groups[0].hits
    assert {name_of(hit) for hit in hits} >= {"Elevfravær", "Underretninger pr. 1.000 børn"}
    (last,) = find("sprog").groups[0].hits[2:]
    assert last.under.startswith("Tema: Sprog · ")


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


def test_every_word_of_the_glossary_is_found_with_its_meaning(find: Searching) -> None:
    for word, meaning in find.catalog.abbreviations:
        hits = [hit for group in find(word).groups for hit in group.hits]
        (hit,) = (hit for hit in hits if name_of(hit) == word and hit.kind == "page")
        assert meaning.startswith(hit.under.removesuffix(" …"))


# What opens at the press of Enter, by what a director types.
FIRST = (
    ("fravær", "/tema?tema=children_school&noegletal=school_absence"),
    ("skolefravær", "/tema?tema=children_school&noegletal=school_absence"),
    ("fravær som aarhus", "/sammenlign?noegletal=school_absence&omraader=similar"),
    ("skolefravær lignende kommuner", "/sammenlign?noegletal=school_absence&omraader=similar"),
    ("ledighed", "/tema?tema=employment&noegletal=unemployment_rate"),
    ("beskæftigelse", "/tema?tema=employment&noegletal=employment_rate"),
    ("værst", "/omraade?omraade=aarhus&sorter=bagud"),
    ("gellerup viby", "/omraade?omraade=gellerup"),
    ("forfaldne", "/?afsnit=venter"),
    ("udskriv", "/"),
)


@for_each(("query", "address"), FIRST)
def test_the_first_hit_is_what_a_director_means(find: Searching, query: str, address: str) -> None:
    assert find(query).groups[0].hits[0].selection.path() == address
