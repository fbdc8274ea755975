"""Indlæs data: what a file names and nobody knows is made there, and the file goes on."""

import re
from datetime import date
from pathlib import Path

import pytest

from kpi.domain.model import Break
from kpi.store import open_store
from kpi.store.adding import add
from tests.pages.new_indicators import (
    HEAD,
    NAME,
    answer_limit,
    edited,
    field,
    file_of_months,
    fill_indicator,
    made_indicator,
)
from tests.pages.upload_page import assert_no_fault, button, hand_in
from tests.pages.visit import open_page, read, texts_of, title_of


def test_a_new_indicator_is_made_seen_published_and_its_file_goes_on(home: Path) -> None:
    app = hand_in(open_page("indlaes"), "kontanthjælp.csv", file_of_months())
    assert_no_fault(app)
    assert "Filen nævner noget, som Spor ikke kender" in texts_of(app)
    button(app, "Opret nøgletal").click().run()
    assert_no_fault(app)
    assert title_of(app) == f"»{NAME}« kendes ikke: Opret nøgletallet her"
    assert "trin 3 af 5" in texts_of(app)
    assert "3 Nyt nøgletal" in texts_of(app)
    assert field(app, "text_input", "Navn").value == NAME
    assert field(app, "selectbox", "Slags").value == "proportion"
    assert field(app, "selectbox", "Sammenlign med").value == "country"
    assert field(app, "number_input", "Decimaler").value == 1
    assert "Der mangler kort navn, tema, definition og dit navn." in texts_of(app)
    button(app, "Opret og gå videre").click().run()
    assert app.error[0].value == "Der mangler kort navn, tema, definition og dit navn."
    # The card and the chart are drawn before anything is written.
    assert [metric.value for metric in app.metric] == ["2,7\u00a0%"]
    assert "Ingen tomme felter og ingen tal over 100 %" in texts_of(app)

    fill_indicator(app)
    assert "Kontanthjælp: Aarhus ligger 1,0 procentpoint under hele landet" in texts_of(app)
    field(app, "button_group", "Retning").set_value("lower_is_better").run()
    assert "Bedre end hele landet" in texts_of(app)
    button(app, "Opret og gå videre").click().run()
    assert_no_fault(app)
    assert title_of(app) == "28 nye tal er klar til udgivelse"
    assert f"Nøgletallet »{NAME}« er oprettet af Mette Hansen" in texts_of(app)
    made = [
        indicator
        for indicator in open_store(home).catalog().indicators.values()
        if indicator.name == NAME
    ]
    assert [
        (indicator.short_name, indicator.direction, indicator.unit, indicator.benchmark)
        for indicator in made
    ] == [("Kontanthjælp", "lower_is_better", "percent", "country")]
    # The name of the person is kept, and the file can be published at once.
    field(app, "text_input", "Note til historikken").set_value("Nyt nøgletal").run()
    button(app, "Udgiv").click().run()
    assert_no_fault(app)
    assert title_of(app) == "28 nye tal er udgivet"


@pytest.mark.usefixtures("shared_home")
def test_what_is_made_can_be_given_up_or_left_for_later() -> None:
    app = hand_in(open_page("indlaes"), "kontanthjælp.csv", file_of_months())
    for label in ("Annullér", "Spring over"):
        button(app, "Opret nøgletal").click().run()
        assert title_of(app).startswith("»")
        button(app, label).click().run()
        assert_no_fault(app)
        assert title_of(app) == "Ét navn kendes ikke: Opret det, eller ret filen"
    # The next form begins anew.
    button(app, "Opret nøgletal").click().run()
    assert field(app, "text_input", "Navn").value == NAME


def test_an_area_a_group_and_a_source_are_made_one_after_the_other(home: Path) -> None:
    lines = HEAD + "programme_families;Langkærparken;Nye familier;2025K2;22;KMD Familier\n"
    app = hand_in(open_page("indlaes"), "familier.csv", lines)
    labels = [element.label for element in app.button if element.label.startswith("Opret ")]
    assert labels == ["Opret område", "Opret gruppe", "Opret kilde"]
    button(app, "Opret område").click().run()
    assert field(app, "selectbox", "Ligger i").value == "aarhus"
    field(app, "text_input", "Dit navn").set_value("Mette").run()
    button(app, "Opret og gå videre").click().run()
    assert_no_fault(app)
    button(app, "Opret gruppe").click().run()
    button(app, "Opret og gå videre").click().run()
    assert_no_fault(app)
    button(app, "Opret kilde").click().run()
    assert "Der mangler udgiver og svar på, om alle kan slå tallene op." in texts_of(app)
    field(app, "text_input", "Udgiver").set_value("Aarhus Kommune")
    answer_limit(app, "egen")
    button(app, "Opret og gå videre").click().run()
    assert_no_fault(app)
    assert title_of(app) == "Ét nyt tal er klar til udgivelse"
    catalog = open_store(home).catalog()
    assert "Langkærparken" in [area.name for area in catalog.areas.values()]
    assert len(re.findall("er oprettet af Mette", texts_of(app))) == 3


def test_a_name_may_be_another_of_something_known(home: Path) -> None:
    lines = HEAD + "Selvforsørgende borgere;Aarhus;;2031;71;\n"
    app = hand_in(open_page("indlaes"), "tal.csv", lines)
    field(app, "selectbox", "Nøgletal").set_value("self_sufficiency_rate")
    (name,) = (
        element
        for element in app.text_input
        if element.label == "Dit navn" and "samme" in str(element.key)
    )
    name.set_value("Mette").run()
    button(app, "Brug det").click().run()
    assert_no_fault(app)
    assert title_of(app) == "Ét nyt tal er klar til udgivelse"
    assert "»Selvforsørgende borgere« læses nu som »Selvforsørgelsesgrad«" in texts_of(app)
    aliases = open_store(home).catalog().indicators["self_sufficiency_rate"].aliases
    assert "Selvforsørgende borgere" in aliases


def test_a_theme_is_made_without_a_file(home: Path) -> None:
    app = edited("theme", "Opret")
    field(app, "text_input", "Navn").set_value("Sundhed og trivsel")
    field(app, "text_input", "Kort navn").set_value("Sundhed")
    field(app, "text_input", "Dit navn").set_value("Mette")
    app.run()
    button(app, "Opret tema").click().run()
    assert_no_fault(app)
    assert "Sundhed og trivsel" in [
        theme.name for theme in open_store(home).catalog().themes.values()
    ]
    # Empty again, for the next.
    assert field(app, "text_input", "Navn").value == ""


def test_an_indicator_is_renamed_shown_against_what_stands_and_undone(home: Path) -> None:
    app = edited("indicator", "Ret eller omdøb")
    field(app, "selectbox", "Søg nøgletal").set_value("self_sufficiency_rate").run()
    assert_no_fault(app)
    field(app, "text_input", "Navn").set_value("Borgere, der forsørger sig selv").run()
    field(app, "text_input", "Dit navn").set_value("Mette").run()
    (table,) = (table for table in app.table if table.proto.alt == "Hvad rettelsen ændrer")
    assert [[read(str(cell)) for cell in row] for row in table.value.to_numpy()] == [
        ["Navn", "Selvforsørgelsesgrad", "Borgere, der forsørger sig selv"],
        ["Andre navne", "–", "Selvforsørgelsesgrad"],
    ]
    button(app, "Gem rettelsen").click().run()
    assert_no_fault(app)
    standing = open_store(home).catalog().indicators["self_sufficiency_rate"]
    assert standing.name == "Borgere, der forsørger sig selv"
    assert standing.aliases == ("Selvforsørgelsesgrad",)
    assert "Oprettet og rettet (1)" in [expander.label for expander in app.expander]
    field(app, "text_input", "Hvorfor?").set_value("Forkert navn")
    (by,) = (
        element
        for element in app.text_input
        if "tilbage" in str(element.key) and element.label == "Dit navn"
    )
    by.set_value("Mette")
    button(app, "Fortryd registreringen").click().run()
    assert_no_fault(app)
    (said,) = app.toast
    assert "er fortrudt: Det, der stod før, gælder igen." in said.value
    standing = open_store(home).catalog().indicators["self_sufficiency_rate"]
    assert standing.name == "Selvforsørgelsesgrad"


def test_a_name_that_exists_is_not_overwritten_by_a_new_row(home: Path) -> None:
    app = edited("theme", "Opret")
    field(app, "text_input", "Navn").set_value("Beskæftigelse og selvforsørgelse")
    field(app, "text_input", "Kort navn").set_value("Noget andet")
    field(app, "text_input", "Dit navn").set_value("Mette")
    app.run()
    button(app, "Opret tema").click().run()
    assert "allerede et navn for temaet »Beskæftigelse og selvforsørgelse«" in texts_of(app)
    assert open_store(home).catalog().themes["employment"].short_name == "Beskæftigelse"


def test_a_break_parts_the_series_in_the_preview_and_on_the_pages(home: Path) -> None:
    app = hand_in(open_page("indlaes"), "kontanthjælp.csv", file_of_months())
    button(app, "Opret nøgletal").click().run()
    field(app, "date_input", "Brud i serien (kan udelades)").set_value(date(2026, 1, 1)).run()
    field(app, "text_input", "Hvad skete der?").set_value("kontanthjælpsreformen").run()
    assert "Kan ikke sammenlignes før januar 2026" in texts_of(app)
    assert "Brud i serien 1. januar 2026" in texts_of(app)
    fill_indicator(app)
    button(app, "Opret og gå videre").click().run()
    assert_no_fault(app)
    made = made_indicator(home)
    assert made.breaks == (Break(date(2026, 1, 1), "kontanthjælpsreformen"),)


@pytest.mark.usefixtures("shared_home")
def test_a_break_that_is_half_filled_in_is_asked_for_and_not_left_out() -> None:
    app = edited("indicator", "Opret")
    # With the Tab key the next field is reached before the day has come to the server.
    assert not field(app, "text_input", "Hvad skete der?").disabled
    field(app, "text_input", "Hvad skete der?").set_value("reformen").run()
    assert "dagen for bruddet »reformen«" in texts_of(app)
    field(app, "date_input", "Brud i serien (kan udelades)").set_value(date(2025, 7, 1)).run()
    assert "bruddet" not in texts_of(app)
    field(app, "text_input", "Hvad skete der?").set_value("").run()
    assert "hvad der skete 1. juli 2025" in texts_of(app)


@pytest.mark.usefixtures("shared_home")
def test_another_kind_begins_with_its_own_decimals() -> None:
    app = edited("indicator", "Opret")
    for kind, decimals in (("count", 0), ("mean", 1)):
        field(app, "selectbox", "Slags").set_value(kind).run()
        assert field(app, "number_input", "Decimaler").value == decimals
        field(app, "number_input", "Decimaler").set_value(3).run()


@pytest.mark.usefixtures("shared_home")
@pytest.mark.parametrize(
    ("table", "labels"),
    [
        ("indicator", ["Navn", "Kort navn", "Hvad skete der?",
                       "Kildenote (kan udelades)", "Andre navne (kan udelades)", "Dit navn"]),
        ("area", ["Navn", "Kode (kan udelades)", "Andre navne (kan udelades)", "Dit navn"]),
        ("population_group", ["Navn", "Hvem er med? (kan udelades)",
                              "Andre navne (kan udelades)", "Dit navn"]),
        ("source", ["Titel", "Udgiver", "Udgivet (kan udelades)", "Afsnit (kan udelades)",
                    "Dit navn"]),
        ("theme", ["Navn", "Kort navn", "Dit navn"]),
    ],
)  # fmt: skip
def test_every_table_has_its_fields(table: str, labels: list[str]) -> None:
    app = edited(table, "Opret")
    assert_no_fault(app)
    assert [
        element.label for element in app.text_input if "fortryd" not in (element.key or "")
    ] == labels


def test_an_area_is_taken_out_of_use_and_in_again(home: Path) -> None:
    app = edited("area", "Tag ud af brug")
    for label, is_retired in (("Tag ud af brug", True), ("Tag i brug igen", False)):
        field(app, "selectbox", "Søg område").set_value("tilst").run()
        app.text_input(key="ret-ting-navn-area").set_value("Mette").run()
        button(app, label).click().run()
        assert_no_fault(app)
        assert bool(open_store(home).catalog().areas["tilst"].retired) is is_retired


def test_a_name_for_what_is_there_already_makes_no_double(home: Path) -> None:
    lines = HEAD + "Sanktionsandelen i alt;Aarhus;;2025;21,5;\n"
    app = hand_in(open_page("indlaes"), "sanktioner.csv", lines)
    before = len(open_store(home).catalog().indicators)
    button(app, "Opret nøgletal").click().run()
    assert field(app, "radio", "Er det nyt?").value == "nyt"
    field(app, "radio", "Er det nyt?").set_value("sanction_share").run()
    button(app, "Brug »Sanktionsandel«").click().run()
    assert "skriv dit navn" in app.error[0].value  # nothing is written without one
    field(app, "text_input", "Dit navn").set_value("Mette").run()
    button(app, "Brug »Sanktionsandel«").click().run()
    assert_no_fault(app)
    catalog = open_store(home).catalog()
    assert len(catalog.indicators) == before
    assert "Sanktionsandelen i alt" in catalog.indicators["sanction_share"].aliases
    assert title_of(app).startswith("Ét nyt tal")


def test_what_hides_figures_that_are_shown_takes_a_second_press(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.new_editor.check_hidden", lambda *_: {"employment_rate": 23})
    app = edited("area", "Ret eller omdøb")
    field(app, "selectbox", "Søg område").set_value("tilst").run()
    field(app, "text_input", "Andre navne (kan udelades)").set_value("Tilst Vest").run()
    app.text_input(key="ret-ting-navn-area").set_value("Mette").run()
    button(app, "Gem rettelsen").click().run()
    assert_no_fault(app)
    assert open_store(home).catalog().areas["tilst"].aliases == ()
    (warning,) = (each.value for each in app.warning if "skjult" in each.value)
    assert read(warning).startswith("Obs.: 23 tal, der var vist, bliver skjult")
    # Another correction is another question.
    field(app, "text_input", "Andre navne (kan udelades)").set_value("Tilst Øst").run()
    button(app, "Gem rettelsen").click().run()
    button(app, "Gem rettelsen alligevel").click().run()
    assert_no_fault(app)
    assert open_store(home).catalog().areas["tilst"].aliases == ("Tilst Øst",)


def test_what_another_corrects_meanwhile_stays(home: Path) -> None:
    app = edited("area", "Ret eller omdøb")
    field(app, "selectbox", "Søg område").set_value("tilst").run()
    field(app, "text_input", "Andre navne (kan udelades)").set_value("Tilst Vest").run()
    app.text_input(key="ret-ting-navn-area").set_value("Mette").run()
    add("area", [{"area_id": "tilst", "code": "999"}], "Anna", home)
    button(app, "Gem rettelsen").click().run()
    assert_no_fault(app)
    tilst = open_store(home).catalog().areas["tilst"]
    assert (tilst.code, tilst.aliases) == ("999", ("Tilst Vest",))
    # The same field: nobody's word goes unseen.
    field(app, "selectbox", "Søg område").set_value("tilst").run()
    field(app, "text_input", "Andre navne (kan udelades)").set_value("Tilst Øst").run()
    add("area", [{"area_id": "tilst", "aliases": "Tilst By"}], "Anna", home)
    button(app, "Gem rettelsen").click().run()
    assert open_store(home).catalog().areas["tilst"].aliases == ("Tilst By",)
    assert "Andre navne er rettet af en anden" in app.warning[0].value
    button(app, "Hent det, der står nu").click().run()
    field(app, "selectbox", "Søg område").set_value("tilst").run()
    assert field(app, "text_input", "Andre navne (kan udelades)").value == "Tilst By"


def test_many_areas_are_made_at_once(home: Path) -> None:
    schools = ("Skole Nord", "Skole Syd", "Skole Øst", "I alt")
    lines = HEAD + "".join(f"Elevfravær;{school};;2024/2025;7,1;\n" for school in schools)
    app = hand_in(open_page("indlaes"), "skoler.csv", lines)
    (at_once,) = (element for element in app.button if element.label.endswith("på én gang"))
    at_once.click().run()
    assert_no_fault(app)
    assert title_of(app).endswith("områder kendes ikke: Opret dem her")
    chosen = field(app, "multiselect", "Områder")
    chosen.set_value([value for value in chosen.value if value != "I alt"])
    field(app, "selectbox", "Slags område").set_value("school")
    field(app, "selectbox", "Ligger i").set_value("aarhus")
    field(app, "text_input", "Dit navn").set_value("Mette").run()
    button(app, "Opret og gå videre").click().run()
    assert_no_fault(app)
    assert "3 områder er oprettet af Mette" in texts_of(app)
    catalog = open_store(home).catalog()
    made = [area for area in catalog.areas.values() if area.level == "school"]
    assert [(area.name, area.parent_id) for area in made] == [
        (name, "aarhus") for name in schools[:3]
    ]


def test_areas_made_at_once_are_in_the_sets_of_the_areas_beside_them(home: Path) -> None:
    names = ("Langkærparken", "Skovgårdsparken", "Bispehaven")
    lines = HEAD + "".join(f"programme_families;{name};;2025K2;22;\n" for name in names)
    app = hand_in(open_page("indlaes"), "familier.csv", lines)
    (at_once,) = (element for element in app.button if element.label.endswith("på én gang"))
    at_once.click().run()
    sets = "Sammenlignes i (kan udelades)"
    assert field(app, "multiselect", sets).value == ["programme_areas"]
    # At another place its own neighbours count, and what was said of the first stands.
    field(app, "selectbox", "Slags område").set_value("school").run()
    assert field(app, "multiselect", sets).value == []
    field(app, "selectbox", "Slags område").set_value("programme_area").run()
    assert field(app, "multiselect", sets).value == ["programme_areas"]
    field(app, "text_input", "Dit navn").set_value("Mette").run()
    button(app, "Opret og gå videre").click().run()
    assert_no_fault(app)
    catalog = open_store(home).catalog()
    members = {
        catalog.areas[area_id].name for area_id in catalog.area_sets["programme_areas"].area_ids
    }
    assert members >= {*names, "Gellerup"}


def test_all_that_was_made_is_listed_by_name_with_its_way_back(home: Path) -> None:
    for table, nouns, typed in (
        ("theme", "tema", {"Navn": "Bolig og byliv", "Kort navn": "Bolig"}),
        ("source", "kilde", {"Titel": "Boligudtræk 2026", "Udgiver": "Aarhus Kommune"}),
        ("population_group", "gruppe", {"Navn": "Børnefamilier"}),
    ):
        app = edited(table, "Opret")
        for label, text in typed.items():
            field(app, "text_input", label).set_value(text)
        if table == "source":
            answer_limit(app, "offentlig")
        app.text_input(key=f"ret-ting-navn-{table}").set_value("Mette")
        app.run()
        button(app, f"Opret {nouns}").click().run()
        assert_no_fault(app)
    assert "Oprettet og rettet (3)" in [expander.label for expander in app.expander]
    listed = texts_of(app)
    for words in ("1 tema: »Bolig og byliv«", "1 kilde: »Boligudtræk 2026«",
                  "1 gruppe: »Børnefamilier«"):  # fmt: skip
        assert words in listed
    limits = {
        source.title: source.min_cell for source in open_store(home).catalog().sources.values()
    }
    assert limits["Boligudtræk 2026"] == 0
    # The plan has no part in them.
    assert "Boligudtræk" not in texts_of(open_page("handleplan"))
