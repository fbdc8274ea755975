"""Indlæs data: what a recipe lacks is made, and chosen in it."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from kpi.domain.wording import plain_id
from kpi.store import open_store
from kpi.store.adding import add
from kpi.store.withdrawing_entries import withdraw_entry
from tests.pages.new_indicators import NAME, answer_limit, field, fill_indicator, made_indicator
from tests.pages.upload_page import assert_no_fault, button, hand_in
from tests.pages.visit import go_on, open_page, read, title_of


def extract_of_measures() -> str:
    """Four measures side by side, as jobindsats gives them; figures of our own."""
    lines = ["område;måned;persons;fullTime;workforceRate;populationRate"]
    lines += [
        f"{area};{year}M{month:02d};{6000 + month};{5000 + month};3,{month};2,{month}"
        for area in ("Hele landet", "Aarhus")
        for year in (2025, 2026)
        for month in range(1, 8)
    ]
    return "\n".join(lines) + "\n"


def choose_measure(app: AppTest, name: str) -> None:
    """Presses the pill of a measure."""
    (pills,) = (group for group in app.button_group if "mål. Hvilket er det?" in group.label)
    pills.set_value(name).run()


def test_an_indicator_is_made_for_a_recipe_and_chosen_in_it(home: Path) -> None:
    app = hand_in(open_page("indlaes"), "cashAssistance.csv", extract_of_measures())
    field(app, "selectbox", "Tallets kolonne").set_value("populationRate").run()
    assert_no_fault(app)
    button(app, "Nøgletallet findes ikke endnu: Opret det").click().run()
    assert_no_fault(app)
    assert title_of(app) == "»populationRate« kendes ikke: Opret nøgletallet her"
    assert [metric.value for metric in app.metric] == ["2,7\u00a0%"]
    # Nobody has said whose figures they are.
    said = " ".join(read(paragraph.value) for paragraph in app.markdown)
    assert "Kilde: ikke valgt endnu. " in said
    assert "Egen indberetning" not in said
    field(app, "text_input", "Navn").set_value(NAME)
    fill_indicator(app)
    button(app, "Opret og gå videre").click().run()
    assert_no_fault(app)
    made = made_indicator(home)
    # A column's name in one source is no name in all of Spor.
    assert made.aliases == ()
    assert field(app, "selectbox", "Nøgletal").value == made.indicator_id
    assert field(app, "selectbox", "Tallets kolonne").value == "populationRate"
    assert title_of(app) == "Vælg den kilde, som filens tal er fra"
    field(app, "selectbox", "Kilde").set_value("own_upload").run()
    assert title_of(app) == "Gem opskriften, så læses filen med den"


def test_another_measure_is_chosen_and_one_that_is_there_already_is_used(home: Path) -> None:
    app = hand_in(open_page("indlaes"), "cashAssistance.csv", extract_of_measures())
    choose_measure(app, "workforceRate")
    button(app, "Nøgletallet findes ikke endnu: Opret det").click().run()
    assert title_of(app) == "»workforceRate« kendes ikke: Opret nøgletallet her"
    assert not app.radio  # nothing is called like it
    choose_measure(app, "populationRate")
    assert_no_fault(app)
    assert title_of(app) == "»populationRate« kendes ikke: Opret nøgletallet her"
    assert [metric.value for metric in app.metric] == ["2,7\u00a0%"]
    said = " ".join(read(paragraph.value) for paragraph in app.markdown)
    assert "hele landet og Aarhus · 14 måneder, januar 2025 til juli 2026" in said
    field(app, "selectbox", "Kilde").set_value("own_upload")
    field(app, "text_input", "Navn").set_value(NAME).run()
    assert field(app, "radio", "Er det nyt?").value == "nyt"
    said = " ".join(read(paragraph.value) for paragraph in app.markdown)
    assert "Kilde: Egen indberetning" in said
    field(app, "radio", "Er det nyt?").set_value("temporary_benefit_share").run()
    assert_no_fault(app)
    button(app, "Brug »Midlertidige ydelser«").click().run()
    assert_no_fault(app)
    assert field(app, "selectbox", "Nøgletal").value == "temporary_benefit_share"
    assert field(app, "selectbox", "Tallets kolonne").value == "populationRate"
    assert open_store(home).catalog().indicators.keys() >= {"temporary_benefit_share"}


def test_with_its_source_the_recipe_is_kept_and_the_file_read_at_once(home: Path) -> None:
    app = hand_in(open_page("indlaes"), "cashAssistance.csv", extract_of_measures())
    choose_measure(app, "populationRate")
    button(app, "Nøgletallet findes ikke endnu: Opret det").click().run()
    field(app, "text_input", "Navn").set_value(NAME)
    field(app, "selectbox", "Kilde").set_value("own_upload")
    fill_indicator(app)
    button(app, "Opret og gå videre").click().run()
    assert_no_fault(app)
    assert title_of(app) == "28 nye tal er klar til udgivelse"


def test_a_recipe_whose_indicator_is_withdrawn_is_left_until_it_is_made_again(home: Path) -> None:
    row = {
        "name": NAME, "theme_id": "employment", "kind": "proportion", "definition": "Andel",
    }  # fmt: skip
    entry = add("indicator", [row], "Mette", home).entry_id
    app = hand_in(open_page("indlaes"), "cashAssistance.csv", extract_of_measures())
    field(app, "selectbox", "Tallets kolonne").set_value("populationRate")
    field(app, "selectbox", "Kilde").set_value("own_upload")
    field(app, "selectbox", "Nøgletal").set_value(plain_id(NAME)).run()
    button(app, "Gem opskriften, og læs filen med den").click().run()
    assert title_of(app) == "28 nye tal er klar til udgivelse"
    withdraw_entry(entry or 0, "Mette", "Fejl", home)
    app.run()
    assert_no_fault(app)
    assert title_of(app) == "Vælg det nøgletal, som filen er om"
    add("indicator", [row], "Mette", home)
    app.run()
    assert_no_fault(app)
    assert title_of(app) == "28 nye tal er klar til udgivelse"


@pytest.mark.usefixtures("shared_home")
def test_the_title_of_a_table_is_no_name_of_a_source() -> None:
    content = f"Modtagere uden job, procent\n\n{extract_of_measures()}"
    app = hand_in(open_page("indlaes"), "kontanthjælp.csv", content)
    button(app, "Kilden findes ikke endnu: Opret den").click().run()
    assert_no_fault(app)
    assert title_of(app) == "Opret kilden, som filen er fra"
    assert field(app, "text_input", "Titel").value == "Modtagere uden job, procent"


def test_a_source_is_made_for_a_recipe_and_chosen_in_it(home: Path) -> None:
    app = hand_in(open_page("indlaes"), "cashAssistance.csv", extract_of_measures())
    button(app, "Kilden findes ikke endnu: Opret den").click().run()
    assert_no_fault(app)
    assert title_of(app) == "Opret kilden, som filen er fra"
    field(app, "text_input", "Titel").set_value("Kontanthjælp, y60a02")
    field(app, "text_input", "Udgiver").set_value("jobindsats.dk")
    answer_limit(app, "offentlig")
    field(app, "text_input", "Dit navn").set_value("Mette").run()
    button(app, "Opret og gå videre").click().run()
    assert_no_fault(app)
    (made,) = (
        source for source in open_store(home).catalog().sources.values() if "y60a02" in source.title
    )
    assert field(app, "selectbox", "Kilde").value == made.source_id
    assert not [element for element in app.button if element.label.startswith("Kilden findes ikke")]


@pytest.mark.soak
@pytest.mark.usefixtures("shared_home")
def test_what_a_machine_calls_it_is_no_name_and_a_mark_goes_when_it_is_answered() -> None:
    app = hand_in(open_page("indlaes"), "cashAssistance.csv", extract_of_measures())
    field(app, "selectbox", "Tallets kolonne").set_value("populationRate").run()
    button(app, "Nøgletallet findes ikke endnu: Opret det").click().run()
    marks = [read(paragraph.value) for paragraph in app.markdown if "kontrollér" in paragraph.value]
    assert field(app, "text_input", "Navn").value == ""
    assert field(app, "text_input", "Kort navn").value == ""
    assert any(mark.startswith("Navn") for mark in marks)
    field(app, "text_input", "Navn").set_value(NAME).run()
    marks = [read(paragraph.value) for paragraph in app.markdown if "kontrollér" in paragraph.value]
    assert not any(mark.startswith("Navn") for mark in marks)


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("runs", [1, 2, 3])
def test_the_recipe_stands_as_it_was_after_something_was_made(runs: int) -> None:
    app = hand_in(open_page("indlaes"), "cashAssistance.csv", extract_of_measures())
    field(app, "text_input", "Opskriftens navn").set_value("Kontanthjælp").run()
    button(app, "Kilden findes ikke endnu: Opret den").click().run()
    # Runs in which the recipe's fields are not drawn.
    for number in range(runs):
        field(app, "text_input", "Titel").set_value(f"Jobindsats {number}").run()
    button(app, "Annullér").click().run()
    name = field(app, "text_input", "Opskriftens navn")
    assert name.value == "Kontanthjælp"
    # The browser shows what the run that draws the field has set, and nothing set before.
    assert name.proto.set_value
    app.run()
    assert_no_fault(app)
    assert not field(app, "text_input", "Opskriftens navn").proto.set_value


@pytest.mark.soak
@pytest.mark.usefixtures("shared_home")
def test_what_was_written_of_a_new_thing_stands_after_another_page() -> None:
    app = hand_in(open_page("indlaes"), "kommuner.csv", "Sted;Tid;INDHOLD\nAarhus;2030;12\n")
    field(app, "text_input", "Opskriftens navn").set_value("Folketal").run()
    button(app, "Nøgletallet findes ikke endnu: Opret det").click().run()
    # The head of any figures is no name.
    assert field(app, "text_input", "Navn").value == "Folketal"
    field(app, "text_input", "Navn").set_value("Folketal i kommunen").run()
    field(app, "selectbox", "Tema").set_value("employment").run()
    field(app, "text_area", "Definition").set_value("Borgere 1. januar").run()
    go_on(app, "overblik")
    go_on(app, "indlaes")
    assert_no_fault(app)
    assert field(app, "text_input", "Navn").value == "Folketal i kommunen"
    assert field(app, "selectbox", "Tema").value == "employment"
    assert field(app, "text_area", "Definition").value == "Borgere 1. januar"
