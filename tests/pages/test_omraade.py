"""Område: it works for every area, and an area without figures says why."""

import csv
import re

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Button

from tests.pages.visit import REPOSITORY, assert_healthy, open_page, read, texts_of, title_of
from tests.tables import for_each

pytestmark = pytest.mark.usefixtures("shared_home")

with (REPOSITORY / "data" / "area.csv").open(encoding="utf-8", newline="") as _table:
    AREAS = {row["area_id"]: row["name"] for row in csv.DictReader(_table)}


def test_there_are_98_municipalities_5_regions_the_country_and_13_areas_of_aarhus() -> None:
    programme_areas, housing_areas, parishes = 3, 4, 6
    assert len(AREAS) == 98 + 5 + 1 + programme_areas + housing_areas + parishes


@pytest.mark.usefixtures("all_figures")
@pytest.mark.some_cases
@pytest.mark.parametrize("area_id", AREAS)
def test_every_area_shows_its_figures(area_id: str) -> None:
    app = open_page("omraade", omraade=area_id)
    assert_healthy(app)
    assert title_of(app).startswith(AREAS[area_id])
    assert app.selectbox(key="omraade").value == area_id
    assert app.query_params == {"omraade": area_id}
    # All have figures but Tilst, where the programme has only begun, and one housing area.
    has_figures = area_id not in ("tilst", "skovgaardsparken")
    assert bool(rows_of(app)) == has_figures


@pytest.mark.usefixtures("all_figures")
def test_the_public_housing_area_stands_beside_the_programme_and_is_not_it() -> None:
    app = open_page("omraade", omraade="gellerup")
    assert_healthy(app)
    headings = [read(heading.value) for heading in app.header]
    assert headings[-3:] == [
        "Flere tal", "Opgang til Opgang", "Boligområdet på ministeriets liste",
    ]  # fmt: skip
    assert "ikke deltagerne i indsatsen i Gellerup" in texts_of(app)
    labels = [button.proto.label for button in app.get("download_button")]
    assert "Hent skabelon til årets tal" in labels
    # Folded, so that the page is no longer than six screens of a phone.
    assert "Boligområdets 6 nøgletal" in {expander.label for expander in app.expander}
    assert "Lovens grænser" in texts_of(app)
    programme = {read(button.label) for button in rows_of(app)}
    housing = set(app.table[-1].value["Nøgletal"])
    assert {name.startswith(("Boligområdets ", "Beboere i boligområdet")) for name in housing} == {
        True
    }
    assert not programme & housing
    # It is compared with nothing: columns of dashes alone would say no more.
    assert list(app.table[-1].value)[3:] == []
    assert "på ministeriets liste" not in texts_of(open_page("omraade", omraade="viby_syd"))


def rows_of(app: AppTest) -> list[Button]:
    """The buttons that open a row of the profile, those drawn; a folded theme's are not."""
    return [button for button in app.button if (button.key or "").startswith("aabn-")]


def pictures_of(app: AppTest) -> list[str]:
    """The words of each small picture."""
    return [alt for mark in app.markdown for alt in re.findall(r"!\[([^\]]+)\]\(data:", mark.value)]


@pytest.mark.usefixtures("all_figures")
def test_every_row_has_its_place_in_words() -> None:
    app = open_page("omraade")
    (strip, _) = (alt for alt in pictures_of(app) if "6,9" in alt)
    assert read(strip) == "Aarhus 6,9 %, nr. 6 af 97; median 8,9; fra 14,3 til 5,0"
    assert "Bedst står altid til højre" in texts_of(app)
    # What only describes the municipality is folded.
    background = [each.label for each in app.expander if "Kommunens baggrund" in each.label]
    assert background == ["Kommunens baggrund · 9 nøgletal, der ikke vurderes"]


@pytest.mark.usefixtures("all_figures")
def test_one_row_is_open_at_a_time_and_in_the_address() -> None:
    app = open_page("omraade", sorter="bagud", vis="daarligere", aaben="unemployment_rate")
    assert_healthy(app)
    worst, *others = (read(button.label) for button in rows_of(app))
    assert worst.startswith("Beskæftigelse (dansk oprindelse")
    assert len(others) == 4
    assert len(app.get("plotly_chart")) == 1
    app.button(key="aabn-employment_rate/all").click().run()
    assert_healthy(app)
    assert app.query_params == {
        "omraade": "aarhus", "sorter": "bagud", "vis": "daarligere", "aaben": "employment_rate/all",
    }  # fmt: skip
    (chart,) = app.get("plotly_chart")
    assert "Beskæftigelse" in chart.proto.alt
    app.button(key="aabn-employment_rate/all").click().run()
    assert "aaben" not in app.query_params
    assert not app.get("plotly_chart")


@for_each(
    "text",
    [
        "Tilst: endnu ingen tal",
        "Der er ikke udgivet tal for Tilst.",
        "Startet i januar 2025; indgår endnu ikke med nøgletal.",
        "Kilde: Statusrapport Opgang til Opgang i Gellerup og Viby",
    ],
)
def test_tilst_says_that_it_has_no_figures_and_why(text: str) -> None:
    assert text in texts_of(open_page("omraade", omraade="tilst"))


@pytest.mark.parametrize(
    ("area_id", "day", "texts", "absent"),
    [
        # There are no newer figures to show, and what is known is listed.
        ("tilst", "2025-03-12", ("Startet i januar 2025",), "nyeste data."),
        ("gellerup", "2025-03-10", ("Vælg en senere dag, eller vis nyeste data.",), "Kilde: "),
    ],
)
def test_on_an_earlier_day_an_area_without_figures_says_what_is_known(
    area_id: str, day: str, texts: tuple[str, ...], absent: str
) -> None:
    said = texts_of(open_page("omraade", omraade=area_id, pr=day))
    assert "Spor kendte ingen tal for" in said
    assert all(text in said for text in texts)
    assert absent not in said


@pytest.mark.parametrize(
    ("button", "area_id"), [("Se Gellerup", "gellerup"), ("Se Viby Syd", "viby_syd")]
)
def test_tilst_leads_to_its_neighbours(button: str, area_id: str) -> None:
    app = open_page("omraade", omraade="tilst")
    (pressed,) = (element for element in app.button if element.label == button)
    pressed.click().run()
    assert title_of(app).startswith(AREAS[area_id])
    assert app.query_params == {"omraade": area_id}


@pytest.mark.parametrize(
    ("area_id", "text"),
    [
        # 21 and 3 of the parents with data; never a share without its counts.
        ("gellerup", "21 af 68"),
        ("viby_syd", "3 af 13"),
    ],
)
def test_a_programme_area_counts_its_families(area_id: str, text: str) -> None:
    app = open_page("omraade", omraade=area_id)
    charts = " ".join(figure.proto.alt for figure in app.get("plotly_chart"))
    assert text in charts.replace("\u00a0", " ")


def test_another_definition_is_named_and_not_compared() -> None:
    app = open_page("omraade", omraade="gellerup")
    assert "Tallene kan derfor ikke sammenlignes." in texts_of(app)
    assert "end i Viby Syd" in texts_of(app)
    assert "i Aarhus" not in texts_of(app)


@pytest.mark.usefixtures("all_figures")
def test_the_areas_are_offered_in_danish_order() -> None:
    box = open_page("omraade").selectbox(key="omraade")
    assert set(box.options) == set(AREAS.values())
    assert box.options[:8] == [
        "Gellerup", "Tilst", "Viby Syd", "Bispehaven", "Gellerupparken/Toveshøj",
        "Håndværkerparken", "Skovgårdsparken", "Hele landet",
    ]  # fmt: skip
    assert box.options[-10:-6] == ["Ærø", "Aabenraa", "Aalborg", "Aarhus"]  # aa is å
    assert all(name.endswith(" Sogn") for name in box.options[-6:])
