"""Indlæs data of extracts: recipes that are used, made or in nobody's way, and several measures."""

from pathlib import Path

import pytest

from kpi.store.uploads import recipe_folders
from tests.pages.upload_page import (
    MENDED,
    SAMPLES,
    assert_no_fault,
    button,
    cells,
    choose,
    fill,
    hand_in,
    hand_in_all,
)
from tests.pages.visit import open_page, texts_of, title_of


def test_a_broken_recipe_is_in_nobodys_way(home: Path) -> None:
    folder = recipe_folders(home)[1]
    folder.mkdir(exist_ok=True)
    (folder / "galt.toml").write_text("title = ", encoding="utf-8")
    app = hand_in(open_page("indlaes"), "kvartal.csv", MENDED)
    assert_no_fault(app)
    assert title_of(app) == "To nye og ét ændret tal er klar til udgivelse"
    name = "dst_xlsx_RAS200_en_employment_by_municipality.xlsx"
    app = hand_in(open_page("indlaes"), name, (SAMPLES / name).read_bytes())
    assert title_of(app) == "Filen ændrer ingen tal"


@pytest.mark.usefixtures("shared_home")
def test_the_only_recipe_that_fits_is_used_at_once() -> None:
    name = "dst_xlsx_RAS200_en_employment_by_municipality.xlsx"
    app = hand_in(open_page("indlaes"), name, (SAMPLES / name).read_bytes())
    assert_no_fault(app)
    assert title_of(app) == "Filen ændrer ingen tal"
    (box,) = (box for box in app.selectbox if box.label == "Opskrift")
    assert box.value == "ras200"
    counts = dict(cells(app, "Filens rækker"))
    assert (counts["Uændret"], counts["I alt"]) == ("1.456", "1.624")


def test_a_new_kind_of_extract_is_read_with_a_recipe_made_on_the_page(home: Path) -> None:
    extract = "Sted;Tid;Antal\nAarhus;2030;12\nAalborg;2030;15\nI alt;2030;27\n"
    app = hand_in(open_page("indlaes"), "kommuner_2030.csv", extract)
    assert title_of(app) == "Vælg det nøgletal, som filen er om"
    assert cells(app, "Filens første rækker")[0] == ["Aarhus", "2030", "12"]
    fill(app, "Opskriftens navn", "Workshops pr. kommune")
    for label, value in {
        "Kilde": "own_upload",
        "Nøgletal": "workshops_held",
        "Områdets kolonne": "Sted",
    }.items():
        (box,) = (box for box in app.selectbox if box.label == label)
        box.set_value(value).run()
    assert [box.value for box in app.selectbox if "kolonne" in box.label][:3] == [
        "Sted", "Tid", "Antal",
    ]  # fmt: skip
    (skip,) = (box for box in app.multiselect if box.label == "Spring disse områder over")
    skip.set_value(["I alt"]).run()
    button(app, "Gem opskriften, og læs filen med den").click().run()
    assert_no_fault(app)
    assert title_of(app) == "To nye tal er klar til udgivelse"
    (kept,) = recipe_folders(home)[1].glob("*.toml")
    assert kept.stem == "workshops_pr_kommune"
    later = extract.replace("2030", "2031")
    again = hand_in(open_page("indlaes"), "kommuner_2031.csv", later)
    assert title_of(again) == "To nye tal er klar til udgivelse"
    # The same columns alone do not say that it is the same measure.
    other = hand_in(open_page("indlaes"), "sygedagpenge.csv", later)
    assert title_of(other) == "Vælg det nøgletal, som filen er om"
    assert "Den er lavet af »kommuner_2030.csv«, og filen siger ikke selv" in texts_of(other)
    button(other, "Brug opskriften").click().run()
    assert_no_fault(other)
    assert title_of(other) == "To nye tal er klar til udgivelse"


def test_a_fault_of_a_recipe_is_reported_once(home: Path) -> None:
    extract = "Sted;Tid;Antal\nAarhus;2030;12\n"
    folder = recipe_folders(home)[1]
    folder.mkdir(exist_ok=True)
    app = hand_in(open_page("indlaes"), "udtræk.csv", extract)
    fill(app, "Opskriftens navn", "RAS200")
    for label, value in {"Kilde": "own_upload", "Nøgletal": "workshops_held"}.items():
        (box,) = (box for box in app.selectbox if box.label == label)
        box.set_value(value).run()
    (box,) = (box for box in app.selectbox if box.label == "Områdets kolonne")
    box.set_value("Sted").run()
    button(app, "Gem opskriften, og læs filen med den").click().run()
    assert "Der er allerede en opskrift" in texts_of(app)
    app.run()
    app.run()
    assert "Der er allerede en opskrift" not in texts_of(app)


MEASURES = "område;måned;persons;rate\nAarhus;2031M01;1010;2,5\nOdense;2031M01;2020;3,5\n"


def test_a_file_that_lacks_its_indicator_alone_asks_for_it(home: Path) -> None:
    extract = (
        "OMRÅDE;KØN;TID;INDHOLD\nAarhus;Total;2030;12\nAarhus;Men;2030;7\n"
        "Province Fyn;Total;2030;5\n"
    )
    app = hand_in(open_page("indlaes"), "udtræk.csv", extract)
    assert title_of(app) == "Vælg det nøgletal, som filen er om"
    assert "område i »OMRÅDE«, periode i »TID« og tallet i »INDHOLD«" in texts_of(app)
    choose(app, "Nøgletal", "workshops_held")
    choose(app, "Kilde", "own_upload")
    button(app, "Gem opskriften, og læs filen med den").click().run()
    assert_no_fault(app)
    assert title_of(app) == "Ét nyt tal er klar til udgivelse"
    (kept,) = recipe_folders(home)[1].glob("*.toml")
    assert kept.stem == "udtraek"
    assert 'areas = ["Province *"]' in kept.read_text(encoding="utf-8")


def test_a_file_of_several_measures_asks_which(home: Path) -> None:
    app = hand_in(open_page("indlaes"), "maal.csv", MEASURES)
    assert title_of(app) == "Filen har to mål: Vælg det, der menes"
    (measure,) = (group for group in app.button_group if "mål. Hvilket er det?" in group.label)
    assert measure.options == ["persons", "rate"]
    measure.set_value("rate").run()
    assert_no_fault(app)
    choose(app, "Nøgletal", "employment_rate")
    choose(app, "Kilde", "own_upload")
    button(app, "Gem opskriften, og læs filen med den").click().run()
    assert_no_fault(app)
    assert title_of(app) == "To nye tal er klar til udgivelse"
    (kept,) = recipe_folders(home)[1].glob("*.toml")
    assert 'value = "rate"' in kept.read_text(encoding="utf-8")
    # nobody is told of the measure that was not chosen, now or with the next extract
    assert 'columns = ["persons"]' in kept.read_text(encoding="utf-8")
    assert "persons" not in str([cell for row in cells(app, "Problemer") for cell in row])
    # the next month of the same table is read by itself
    again = hand_in(open_page("indlaes"), "maal2.csv", MEASURES.replace("M01", "M02"))
    assert title_of(again) == "To nye tal er klar til udgivelse"


TITLED = "%s\n\nOmråde;Periode;INDHOLD\nAarhus;2031;12\nOdense;2031;15\n"
SANCTIONS = """
title = "Workshops pr. kommune"
source_id = "own_upload"
indicator_id = "workshops_held"
area = "Område"
period = "Periode"
value = "INDHOLD"
[made_from]
title = "Workshops, antal, 2030"
"""


def test_a_recipe_of_another_measure_is_never_used_unasked(home: Path) -> None:
    folder = recipe_folders(home)[1]
    folder.mkdir(exist_ok=True)
    (folder / "workshops.toml").write_text(SANCTIONS, encoding="utf-8")
    app = hand_in(open_page("indlaes"), "tal.csv", TITLED % "Workshops, antal, 2031")
    assert title_of(app) == "To nye tal er klar til udgivelse"
    app = hand_in(open_page("indlaes"), "tal.csv", TITLED % "Personer på kontanthjælp, antal")
    assert "klar til udgivelse" not in title_of(app)
    for text in ("Workshops, antal, 2030", "Personer på kontanthjælp, antal"):
        assert text in texts_of(app)
    button(app, "Brug opskriften alligevel").click().run()
    assert_no_fault(app)
    assert title_of(app) == "To nye tal er klar til udgivelse"
    assert "Opskriften bruges alligevel" in texts_of(app) or [
        row for row in cells(app, "Problemer i filen") if "Workshops, antal" in row[4]
    ]


def test_a_file_that_was_in_want_of_a_recipe_is_read_again_when_there_is_one(home: Path) -> None:
    """The form has the period that the file's name says; the next file waits for the recipe."""
    rows = "Sted;Antal\nAarhus;{}\nAalborg;15\n"
    files = {f"workshops_{year}.csv": rows.format(year - 2000) for year in (2030, 2031)}
    app = hand_in_all(open_page("indlaes"), files)
    (period,) = (field for field in app.text_input if field.label == "Perioden")
    assert period.value == "2030"
    assert "filens navn siger: »workshops 2030«" in texts_of(app)
    choose(app, "Kilde", "own_upload")
    choose(app, "Nøgletal", "workshops_held")
    button(app, "Gem opskriften, og læs filen med den").click().run()
    assert_no_fault(app)
    assert title_of(app) == "To nye tal er klar til udgivelse"
    button(app, "Næste fil").click().run()
    assert any(box.label == "Brug opskriften" for box in app.button)
