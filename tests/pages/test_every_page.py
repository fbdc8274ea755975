"""Every page: it opens, says what it shows, and every chart and table can be read aloud."""

import re

import pytest

from tests.pages.visit import (
    PAGES,
    UNFOLDED,
    alts_of,
    assert_healthy,
    go_on,
    menus_of,
    open_page,
    texts_of,
    title_of,
)
from tests.tables import for_each

pytestmark = pytest.mark.usefixtures("shared_home", "no_pictures")

# How Aarhus stands, on Overblik against its benchmarks and on its own page among all.
FINDING = (
    "Aarhus ligger dårligere end hele landet på beskæftigelse, men bedre end de fleste kommuner på "
    "fravær"
)
STANDING = "Aarhus ligger efter på beskæftigelse, men blandt de bedste på fravær"
# page, its parameters, its h1, charts and tables at least, and a number computed by hand.
VIEWS = [
    ("overblik", {}, FINDING, 0, 2, "70,0 %"),
    (
        "tema",
        {},
        "Aarhus ligger dårligere end hele landet på begge opgørelser med landstal",
        7,
        2,
        "73,7 %",
    ),
    ("tema", {"tema": "language"}, "Mestring af det danske sprog", 0, 0, "2-3 måneder"),
    ("omraade", {}, STANDING, 0, 0, "3,4 under landet (77,1)"),
    (
        "omraade",
        {"aaben": "employment_rate/all"},
        STANDING,
        1,
        1,
        "nr. 5 blandt 6-byerne (6 har tal)",
    ),
    (
        "omraade",
        {"omraade": "gellerup"},
        (
            "Gellerup: sikker forskel fra Viby Syd på forældre med virksomhedsrettet indsats, "
            "børn med underretning og børn med social sag"
        ),
        2,
        2,
        "Fravær i Gellerup: fald på 3,3 procentpoint fra foråret til efteråret 2024",
    ),
    ("omraade", {"omraade": "tilst"}, "Tilst: endnu ingen tal", 0, 0, "januar 2025"),
    ("sammenlign", {}, "Beskæftigelsesfrekvens 16-64 år", 1, 1, "3,4 procentpoint under"),
    (
        "handleplan",
        UNFOLDED,
        "9 af 22 indsatser i de 4 spor har fået ny status siden 24. juni 2024, "
        "og 2 er nye i opfølgningen",
        1,
        7,
        "Alle tre har fået ny status; to er nye i opfølgningen",  # Spor 3
    ),
    (
        "handleplan",
        {"siden": "rmm_2024_06_24", "pr": "2024-08-21", **UNFOLDED},
        "Ingen af 22 indsatser i de 4 spor har fået ny status siden mødet 24. juni 2024 "
        "(Rådmandsmøde)",
        1,
        6,
        "Ingen har fået ny status",
    ),
    (
        "udvalg",
        {},
        "8 figurer til Social- og Beskæftigelsesudvalget, 19. marts 2025",
        1,
        0,
        "Data som kendt 19. marts 2025",
    ),
    (
        "udvalg",
        {"moede": "sbu_2024_06_26", "omraade": "odense"},
        "1 figur til Social- og Beskæftigelsesudvalget, 26. juni 2024",
        1,
        0,
        "Odense · Data som kendt 26. juni 2024",
    ),
    ("om", UNFOLDED, "Hvert tal kan føres tilbage til sin kilde", 0, 4, "Udgave 000001"),
]


def test_every_page_is_looked_at() -> None:
    unseen = {*PAGES} - {page for page, *_ in VIEWS}
    assert not unseen, f"give VIEWS above an address of each of these pages: {unseen}"


@for_each(("page", "parameters", "title", "charts", "tables", "number"), VIEWS)
def test_the_page_shows_title_charts_tables_and_numbers(
    page: str,
    parameters: dict[str, str],
    title: str,
    charts: int,
    tables: int,
    number: str,
) -> None:
    app = open_page(page, **parameters)
    assert_healthy(app)
    assert title_of(app) == title
    assert len(alts_of(app)) >= charts
    assert len(app.table) >= tables
    assert number in texts_of(app)
    assert app.button(key="soeg").label == "Søg"


@for_each(("page", "parameters"), [view[:2] for view in VIEWS])
def test_every_chart_and_table_can_be_read_aloud(page: str, parameters: dict[str, str]) -> None:
    app = open_page(page, **parameters)
    alts = [*alts_of(app), *(table.proto.alt for table in app.table)]
    assert [alt for alt in alts if len(alt) < len("Udgivelser")] == []
    assert [table for table in app.table if table.value.empty] == []


@for_each("page", PAGES)
def test_every_page_names_the_day_whose_knowledge_it_shows(page: str) -> None:
    app = open_page(page)
    texts = "\n".join([texts_of(app), *menus_of(app)])
    words = "Data som kendt" if page == "udvalg" else "Vist som Spor kendte tallene"
    assert re.search(rf"{words} \d+\. \w+ \d{{4}}( ·|$)", texts, re.MULTILINE)


def test_the_front_page_has_a_figure_of_every_track() -> None:
    texts = texts_of(open_page("overblik"))
    for figure in (
        "Sprogboost-forløb: 6", "Workshops: 4", "NSK-sager: 60", "Sanktionsandel: ca. 20,5 %",
        "Forældre med tilknytning til job, Gellerup: 21 af 68 (31 %)",
    ):  # fmt: skip
        assert figure in texts


@for_each("page", PAGES)
def test_leaving_a_page_and_coming_back_shows_the_same(page: str) -> None:
    app = open_page(page)
    first = title_of(app), texts_of(app), alts_of(app), app.query_params
    go_on(app, "om" if page != "om" else "overblik")
    go_on(app, page)
    assert_healthy(app)
    assert (title_of(app), texts_of(app), alts_of(app), app.query_params) == first


# page, its box, an id and another, and the h1 of the first.
BOXES = [
    ("tema", "tema", "tema", "social_control", "language", "Indsats mod negativ social kontrol"),
    ("omraade", "omraade", "omraade", "gellerup", "odense", "Gellerup: sikker forskel fra"),
    ("sammenlign", "noegletal", "noegletal", "nsk_cases", "sanction_share", "Unikke sager med"),
    ("handleplan", "siden", "siden", "rmm_2024_06_24", "rmm_2025_03_11", "9 af 22 indsatser"),
    ("udvalg", "moede", "moede", "sbu_2024_06_26", "sbu_2025_03_19", "6 figurer til Social"),
    ("udvalg", "omraade", "udvalg-omraade", "odense", "aarhus", "1 figur til Social"),
]


@for_each(("page", "parameter", "box", "first", "second", "title"), BOXES)
def test_the_address_decides_also_after_a_choice_in_a_box(
    page: str, parameter: str, box: str, first: str, second: str, title: str
) -> None:
    app = open_page(page, **{parameter: first})
    app.selectbox(key=box).select(second).run()
    assert app.query_params[parameter] == second
    go_on(app, page, **{parameter: first})  # the back button
    assert title_of(app).startswith(title)
    assert app.query_params[parameter] == first


@for_each(("page", "parameter", "box", "first", "second", "title"), BOXES)
def test_a_choice_in_a_box_holds_when_the_page_runs_again(
    page: str, parameter: str, box: str, first: str, second: str, title: str
) -> None:
    app = open_page(page, **{parameter: second})
    app.selectbox(key=box).select(first).run()
    app.run()
    app.run()
    assert title_of(app).startswith(title)
    assert app.query_params[parameter] == first
