"""Sammenlign: boxes, address and charts say the same; ids in lists are comma-separated."""

import csv

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Multiselect

from tests.pages.visit import (
    REPOSITORY,
    alts_of,
    assert_healthy,
    open_page,
    read,
    texts_of,
    title_of,
)
from tests.tables import for_each

pytestmark = pytest.mark.usefixtures("shared_home")

with (REPOSITORY / "data" / "indicator.csv").open(encoding="utf-8", newline="") as _table:
    INDICATORS = {row["indicator_id"]: row["name"] for row in csv.DictReader(_table)}
SIX_CITIES = "aarhus,koebenhavn,odense,aalborg,esbjerg,randers"


def box(app: AppTest, label: str) -> Multiselect[str]:
    (wanted,) = (element for element in app.multiselect if element.label == label)
    return wanted


@pytest.mark.usefixtures("all_figures")
@pytest.mark.some_cases
@pytest.mark.parametrize("diagram", ["udvikling", "rangering", "afstand"])
@pytest.mark.parametrize("indicator_id", INDICATORS)
def test_every_indicator_can_be_compared_in_every_way(indicator_id: str, diagram: str) -> None:
    app = open_page("sammenlign", noegletal=indicator_id, diagram=diagram)
    assert [error.message for error in app.exception] == []
    assert [read(error.value) for error in app.error] == []
    assert title_of(app) == INDICATORS[indicator_id]
    # Something is shown, or it is said why nothing is.
    assert alts_of(app) or app.info or app.warning


@for_each(
    "link",
    [
        {
            "noegletal": "employment_rate",
            "omraader": SIX_CITIES,
            "grupper": "all",
            "fra": "2015",
            "til": "2020",
            "diagram": "udvikling",
        },
        {
            "noegletal": "employment_rate",
            "omraader": "odense,denmark",
            "grupper": "all",
            "til": "2012",
            "diagram": "rangering",
        },
        {
            "noegletal": "school_absence",
            "omraader": "aarhus,odense",
            "grupper": "middle_school,lower_secondary",
            "fra": "2021/2022",
            "diagram": "udvikling",
        },
        {
            "noegletal": "school_absence",
            "omraader": "gellerup,viby_syd",
            "grupper": "programme_children",
            "diagram": "udvikling",
        },
    ],
)
def test_a_link_holds_the_whole_view(link: dict[str, str]) -> None:
    app = open_page("sammenlign", **link)
    assert_healthy(app)
    assert app.query_params == link
    assert box(app, "Områder").value == link["omraader"].split(",")
    assert alts_of(app)


@for_each(
    ("link", "sentence"),
    [
        # The country at 77,1 and Aarhus at 73,7 in 2021, at 70,5 and 74,5 in 2020.
        ({"omraader": "aarhus,denmark"}, "Aarhus ligger 3,4 procentpoint under hele landet"),
        (
            {"omraader": "aarhus,denmark", "til": "2020"},
            "Aarhus ligger 4,0 procentpoint under hele landet",
        ),
        (
            {"omraader": "odense", "fra": "2020"},
            "Beskæftigelse i Odense: stigning på 3,6 procentpoint siden 2020",
        ),
    ],
)
def test_the_choice_decides_the_takeaway(link: dict[str, str], sentence: str) -> None:
    app = open_page("sammenlign", noegletal="employment_rate", **link)
    assert sentence in texts_of(app)


def test_another_indicator_takes_areas_and_groups_that_have_figures() -> None:
    app = open_page(
        "sammenlign", noegletal="employment_rate", omraader="odense,aarhus", diagram="rangering"
    )
    app.selectbox(key="noegletal").select("school_absence").run()
    assert_healthy(app)
    assert title_of(app) == "Elevfravær"
    assert app.query_params["noegletal"] == "school_absence"
    assert app.query_params["diagram"] == "rangering"
    # The areas that were chosen stay, in a group that they have figures of.
    assert app.query_params["omraader"] == "odense,aarhus"
    assert app.query_params["grupper"] == "middle_school"
    assert "har ingen tal" not in texts_of(app)


def test_each_box_changes_the_address() -> None:
    app = open_page("sammenlign", noegletal="employment_rate", omraader="aarhus")
    box(app, "Områder").select("odense").run()
    assert app.query_params["omraader"] == "aarhus,odense"
    box(app, "Områder").unselect("aarhus").run()
    assert app.query_params["omraader"] == "odense"
    app.button_group(key="diagram").set_value("rangering").run()
    assert app.query_params["diagram"] == "rangering"
    (since,) = (box for box in app.selectbox if box.label == "Fra")
    since.select("2015").run()
    (until,) = (box for box in app.selectbox if box.label == "Til")
    until.select("2019").run()
    assert (app.query_params["fra"], app.query_params["til"]) == ("2015", "2019")
    assert_healthy(app)


@pytest.mark.parametrize("emptied", ["Områder", "Grupper"])
def test_an_empty_box_says_what_to_choose(emptied: str) -> None:
    app = open_page("sammenlign", noegletal="employment_rate")
    box(app, emptied).set_value([]).run()
    assert "Vælg mindst ét område og én gruppe" in texts_of(app)
    assert alts_of(app) == []
    assert_healthy(app)


def test_an_area_without_figures_is_named() -> None:
    app = open_page("sammenlign", noegletal="employment_rate", omraader="aarhus,gellerup")
    assert "Gellerup har ingen tal for beskæftigelsesfrekvens 16-64 år" in texts_of(app)
    assert len(alts_of(app)) == 1


def test_a_period_that_ends_before_it_begins_says_what_to_do() -> None:
    app = open_page("sammenlign", noegletal="employment_rate", fra="2015", til="2010")
    said = "Fra (2015) ligger efter Til (2010), så der er ingen tal at vise. Vælg en tidligere Fra"
    assert said in texts_of(app)
    assert alts_of(app) == []


def test_different_definitions_stand_apart_and_say_so() -> None:
    app = open_page(
        "sammenlign",
        noegletal="school_absence",
        omraader="aarhus,gellerup",
        grupper="programme_children,lower_secondary",
    )
    assert "De vises hver for sig og kan ikke sammenlignes." in texts_of(app)
    assert len(alts_of(app)) == 2
