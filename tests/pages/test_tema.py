"""Tema: every indicator has its card, is reached by it and by its link, and says what it is."""

import csv

import pytest
from streamlit.testing.v1 import AppTest

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
    INDICATORS = list(csv.DictReader(_table))
with (REPOSITORY / "data" / "theme.csv").open(encoding="utf-8", newline="") as _table:
    THEMES = list(csv.DictReader(_table))


def chosen_indicator(app: AppTest) -> str:
    (box,) = (box for box in app.selectbox if box.label == "Nøgletal")
    return str(box.value)


def each(row: dict[str, str]) -> str:
    return row.get("indicator_id") or row["theme_id"]


@pytest.mark.usefixtures("all_figures")
@pytest.mark.parametrize("theme", THEMES, ids=each)
def test_a_theme_is_opened_by_its_link(theme: dict[str, str]) -> None:
    app = open_page("tema", tema=theme["theme_id"])
    assert_healthy(app)
    assert app.selectbox(key="tema").value == theme["theme_id"]
    assert theme["description"] in texts_of(app)
    assert app.query_params["tema"] == theme["theme_id"]


@pytest.mark.usefixtures("all_figures")
@pytest.mark.some_cases
@pytest.mark.parametrize("indicator", INDICATORS, ids=each)
def test_every_indicator_is_opened_by_its_link(indicator: dict[str, str]) -> None:
    link = {"tema": indicator["theme_id"], "noegletal": indicator["indicator_id"]}
    app = open_page("tema", **link)
    assert_healthy(app)
    assert chosen_indicator(app) == indicator["indicator_id"]
    assert indicator["name"] in texts_of(app)
    assert indicator["definition"] in texts_of(app)
    assert app.query_params == link


# Those of housing areas alone have no card among the municipality's.
OWN = [row for row in INDICATORS if not row["indicator_id"].startswith("housing_")]


@pytest.mark.usefixtures("all_figures")
@pytest.mark.some_cases
@pytest.mark.parametrize("indicator", OWN, ids=each)
def test_every_indicator_is_reached_by_its_card(indicator: dict[str, str]) -> None:
    app = open_page("tema", tema=indicator["theme_id"])
    assert indicator["short_name"] in texts_of(app)
    app.button(key=f"kort-{indicator['indicator_id']}-vis").click().run()
    assert_healthy(app)
    assert chosen_indicator(app) == indicator["indicator_id"]
    assert app.query_params["noegletal"] == indicator["indicator_id"]


@for_each(
    ("indicator_id", "theme_id"),
    [
        ("employment_rate", "employment"),
        ("workshops_held", "work_identity"),
        ("programme_capacity", "opgang_til_opgang"),
    ],
)
def test_an_indicators_link_needs_no_theme(indicator_id: str, theme_id: str) -> None:
    app = open_page("tema", noegletal=indicator_id)
    assert_healthy(app)
    assert app.query_params == {"tema": theme_id, "noegletal": indicator_id}


def test_the_boxes_offer_names_and_never_ids() -> None:
    app = open_page("tema", tema="opgang_til_opgang")
    boxes = [box for box in app.selectbox if box.label not in ("Møde", "Siden mødet")]
    offered = [option for box in boxes for option in box.options]
    names = {row["short_name"] for row in INDICATORS} | {row["name"] for row in THEMES}
    names |= {"6-byerne", "Kommuner i Region Midtjylland"}
    assert set(offered) <= names


def test_another_theme_shows_its_own_cards_and_indicator() -> None:
    app = open_page("tema")
    app.selectbox(key="tema").select("benefit_fraud").run()
    assert_healthy(app)
    assert title_of(app) == "Bekæmpelse af socialt snyd"
    assert app.query_params["tema"] == "benefit_fraud"
    assert chosen_indicator(app) == app.query_params["noegletal"] == "sanction_share"


def test_that_no_target_is_set_is_said_once() -> None:
    words = texts_of(open_page("tema"))
    assert "Intet måltal fastsat" not in words
    assert words.count("Der er ikke fastsat måltal for nogen af temaets nøgletal.") == 1
    of_some = texts_of(open_page("tema", tema="language", noegletal="language_mentor_places"))
    assert "Der er fastsat måltal for ét af temaets" in of_some
    assert "Loft" in of_some


def test_groups_with_and_without_figures_stand_side_by_side() -> None:
    app = open_page("tema", noegletal="temporary_benefit_share")
    rows = [[read(cell) for cell in row] for row in app.table[0].value.to_numpy()]
    assert rows[0][1] == "ca. 10 %"
    assert rows[1][:2] == ["Dansk baggrund", "1,7 %"]


def test_the_other_ways_of_counting_are_drawn_when_opened() -> None:
    app = open_page("tema", tema="opgang_til_opgang", noegletal="school_absence")
    names = [expander.label for expander in app.expander]
    assert {"Mellemtrin (skoleår)", "Udskoling (skoleår)"} < set(names)
    before = alts_of(app)
    app.session_state["mere-middle_school"] = True
    app.run()
    assert_healthy(app)
    (drawn,) = set(alts_of(app)) - set(before)
    assert "mellemtrin" in drawn


def test_sources_and_history_are_listed_when_opened() -> None:
    app = open_page("tema", noegletal="employment_rate")
    assert "offentliggjort " not in texts_of(app)
    app.session_state["om-tallet"] = True
    app.run()
    assert_healthy(app)
    assert "offentliggjort 2022 (dag ikke oplyst)." in texts_of(app)


def test_a_set_in_the_address_is_drawn_and_stays_there() -> None:
    app = open_page("tema", noegletal="employment_rate", blandt="region")
    assert_healthy(app)
    assert app.query_params["blandt"] == "region"
    app.selectbox(key="tema-blandt-aarhus").select("").run()
    assert_healthy(app)
    assert "blandt" not in app.query_params


def test_an_indicator_of_all_municipalities_has_a_map_as_its_other_view() -> None:
    app = open_page("tema", noegletal="employment_rate", diagram="kort")
    assert_healthy(app)
    assert app.query_params["diagram"] == "kort"
    assert any(alt.startswith("Skematisk kort") for alt in alts_of(app))
    app.button_group(key="tema-diagram").set_value("udvikling").run()
    assert "diagram" not in app.query_params
    assert not any(alt.startswith("Skematisk kort") for alt in alts_of(app))


@pytest.mark.parametrize(
    ("indicator", "diagram", "note"),
    [
        ("self_sufficiency_rate", "kort", "Kortet kræver tal for mindst 30 kommuner"),
        ("employment_rate", "tragt", "Tragtdiagram vises på siden Sammenlign."),
    ],
)
def test_a_view_that_is_not_there_is_told_and_the_usual_one_drawn(
    indicator: str, diagram: str, note: str
) -> None:
    app = open_page("tema", noegletal=indicator, diagram=diagram)
    assert_healthy(app)
    assert any(note in info.value for info in app.info)
    assert "diagram" not in app.query_params


@pytest.mark.usefixtures("all_figures")
@pytest.mark.parametrize("diagram", ["", "kort"])
def test_an_indicator_with_municipalities_leads_to_those_like_aarhus(diagram: str) -> None:
    app = open_page("tema", noegletal="school_absence_high", diagram=diagram)
    links = {read(link.proto.label): link.proto.query_string for link in app.get("page_link")}
    assert links["Mod kommuner som Aarhus"] == (
        "tema=children_school&noegletal=school_absence_high&blandt=similar"
    )


@pytest.mark.usefixtures("all_figures")
def test_the_way_to_municipalities_like_aarhus_keeps_the_group_that_is_drawn() -> None:
    app = open_page("tema", tema="children_school", noegletal="school_absence")
    links = {read(link.proto.label): link.proto.query_string for link in app.get("page_link")}
    among = "tema=children_school&noegletal=school_absence&blandt=similar"
    assert links["Mod kommuner som Aarhus"] == among
    app = open_page("tema", noegletal="school_absence", tema="children_school", blandt="similar")
    assert "Mod kommuner som Aarhus" not in {read(x.proto.label) for x in app.get("page_link")}
    # Those of the programme's children are no figures of other municipalities.
    app = open_page("tema", tema="opgang_til_opgang", noegletal="school_absence")
    links = {read(link.proto.label): link.proto.query_string for link in app.get("page_link")}
    assert links["Mod kommuner som Aarhus"] == "noegletal=school_absence&omraader=similar"
