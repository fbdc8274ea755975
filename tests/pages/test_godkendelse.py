"""Indlæs data: fetched files that wait are shown as uploads are, published, rejected, or gone."""

import json
from datetime import UTC, datetime
from pathlib import Path
from threading import Event
from time import sleep

import pytest
from streamlit.testing.v1 import AppTest

from kpi.domain.vocabulary import FETCHED_BY
from kpi.fetch import background
from kpi.fetch.deciding import approve, throw_away
from kpi.fetch.journal import Entry, write_entry
from kpi.fetch.queue import is_rejected, waiting_files
from kpi.ingest.checked import Checked
from kpi.ingest.mapping.choices import Choices
from kpi.ingest.mapping.recipe import parse_recipe
from kpi.ingest.table.raw import Upload
from kpi.store import open_store
from kpi.store.uploads import publish, withdraw
from tests.fetched_files import HEADER as HEADERS
from tests.fetched_files import TITLE, let_wait
from tests.kpi.fetch.ras200 import RECIPE, write_definition
from tests.pages.upload_page import HEADER, assert_no_fault, button, cells, hand_in
from tests.pages.visit import assert_healthy, open_page, read, texts_of, title_of
from ui import approval
from ui.upload_work import check_file

NOTE = "Note til historikken, eller grund til at afvise"


def decide(app: AppTest, label: str, note: str = "", by: str = "", ticks: bool = False) -> AppTest:
    """Fills in the form and presses one of its buttons: all of it is sent at once."""
    for field, text in ((NOTE, note), ("Dit navn", by)):
        next(each for each in app.text_input if each.label == field).set_value(text)
    for box in app.checkbox if ticks else ():
        box.check()
    return button(app, label).click().run()


def test_without_a_file_that_waits_nothing_is_said_of_it(home: Path) -> None:
    app = open_page("indlaes")
    assert_healthy(app)
    assert title_of(app) == "Vælg en fil, og se, hvad den ændrer"
    assert "Til godkendelse" not in texts_of(app)


def test_a_file_is_shown_as_an_upload_and_published_by_a_person(home: Path) -> None:
    waiting = let_wait(home)
    app = open_page("indlaes")
    assert_healthy(app)
    assert title_of(app) == "Én hentet fil venter på godkendelse"
    texts = texts_of(app)
    for words in ("Til godkendelse (1)", TITLE, "Danmarks Statistik, RAS200 · opdateret 28. oktober"
                  " 2026 · hentet", "2 nye tal", "Stor ændring", "Ingen CPR-numre fundet",
                  "Ét tal skal kontrolleres", "Aarhus har ikke svinget så meget før"):  # fmt: skip
        assert words in texts
    assert [row[3] for row in cells(app, "Tal, der bliver ændret")] == ["Aarhus", "Aarhus"]
    decide(app, "Udgiv")
    assert_no_fault(app)
    (lacking,) = app.error
    assert "gennemgået" in read(lacking.value)
    assert "skriv dit navn" in read(lacking.value)
    assert waiting_files(home) == [waiting]
    decide(app, "Udgiv", "Kilden bekræfter", "Anna", ticks=True)
    assert_healthy(app)
    assert f"»{TITLE}« er udgivet som indlæsning nr." in read(app.success[0].value)
    assert title_of(app) == "Vælg en fil, og se, hvad den ændrer"
    batch = open_store(home).batches()[0]
    assert (batch.published_by, batch.rows_new) == ("Anna", 2)
    assert batch.note == "Hentet fra RAS200, opdateret 28.10.2026. Kilden bekræfter"
    assert not waiting_files(home)


def test_a_file_is_rejected_with_a_reason(home: Path) -> None:
    waiting = let_wait(home)
    version = open_store(home).version
    app = open_page("indlaes")
    decide(app, "Afvis", by="Bent")
    assert read(app.error[0].value) == "Før du kan afvise: Skriv en grund."
    decide(app, "Afvis", "Fejl hos kilden", "Bent")
    assert_healthy(app)
    assert "er afvist" in read(app.success[0].value)
    assert is_rejected(home, waiting.sha256, waiting.name)
    assert open_store(home).version == version


@pytest.mark.parametrize("label", ["Udgiv", "Afvis"])
def test_a_file_that_has_gone_meanwhile_is_reported(home: Path, label: str) -> None:
    waiting = let_wait(home)
    app = open_page("indlaes")
    if label == "Udgiv":
        throw_away(waiting.id, "Bent", "Fejl hos kilden", home)
    else:
        approve(waiting.id, "Bent", "Kilden bekræfter", home)
    version = open_store(home).version
    decide(app, label, "Kilden bekræfter", "Anna", ticks=True)
    assert_no_fault(app)
    how = "er afvist" if label == "Udgiv" else "er udgivet som indlæsning nr."
    assert f"»{TITLE}« {how}" in read(app.warning[0].value)
    assert "af Bent den" in read(app.warning[0].value)
    assert open_store(home).version == version


def test_a_file_that_was_published_in_another_way_is_taken_out(home: Path) -> None:
    waiting = let_wait(home)
    app = open_page("indlaes")
    approve(waiting.id, "Bent", "ja", home)
    let_wait(home)  # the very same figures come once more
    app.run()
    assert "Tallene er udgivet i forvejen" in read(app.info[0].value)
    version = open_store(home).version
    decide(app, "Tag ud af køen", "Kendt i forvejen", "Anna")
    assert_healthy(app)
    assert not waiting_files(home)
    assert open_store(home).version == version


def test_a_file_that_cannot_be_read_can_be_rejected(home: Path) -> None:
    waiting = let_wait(home)
    path = home / "queue" / f"{waiting.sha256}.{waiting.name}.csv"
    path.write_bytes(path.read_bytes() + b"751;00;16-64;TOT;BFK;2024;1,0\r\n")
    app = open_page("indlaes")
    assert_no_fault(app)
    assert "ikke den, der blev hentet" in read(app.error[0].value)
    assert not [each for each in app.button if each.label == "Udgiv"]
    decide(app, "Afvis", "Filen er ændret", "Anna")
    assert not waiting_files(home)


def test_of_several_the_first_is_open_and_no_other_is_read(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_files: list[str] = []

    def counted(upload: Upload, choices: Choices) -> Checked:
        read_files.append(upload.sha256)
        return check_file(upload, choices)

    monkeypatch.setattr(approval, "check_file", counted)
    waiting = [
        let_wait(home, f"try_{number}", f"Kilde {number}", (70.1 + number, 29.0))
        for number in range(3)
    ]
    app = open_page("indlaes")
    assert_healthy(app)
    assert title_of(app) == "Tre hentede filer venter på godkendelse"
    assert texts_of(app).count("Da filen blev hentet: 2 nye tal, 0 ændrede tal.") == 2
    assert read_files == [waiting[0].sha256]
    app.run()
    assert read_files == [waiting[0].sha256]


def test_while_a_person_has_a_file_the_others_are_one_line(home: Path) -> None:
    let_wait(home)
    app = open_page("indlaes")
    hand_in(app, "tal.csv", HEADER + "school_absence;Viby Syd;;2025H1;9,1;;;;\n")
    assert_no_fault(app)
    assert title_of(app) == "Ét nyt tal er klar til udgivelse"
    assert "Til godkendelse" not in texts_of(app)
    assert "Én hentet fil venter på godkendelse." in texts_of(app)
    button(app, "Vis").click().run()
    assert "Til godkendelse (1)" in texts_of(app)
    assert "Køen" in texts_of(app)


def test_what_waits_is_reported_on_the_front_page_and_of_the_sources(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    let_wait(home)
    line = "Én hentet fil venter på godkendelse."
    app = open_page("overblik")
    assert_healthy(app)
    assert line in texts_of(app)
    about = open_page("om", afsnit="hentning")
    rows = cells(about, "Kilder, der hentes automatisk")
    assert rows[0][0].startswith(TITLE)
    assert rows[0][1] == "Venter på godkendelse"
    assert line not in texts_of(open_page("overblik", pr="2025-06-01"))
    monkeypatch.setenv("KPI_UPLOADS", "off")
    assert line in texts_of(open_page("overblik"))


def test_a_fetch_now_runs_beside_the_page_and_its_outcome_is_said(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_definition(home)
    go = Event()
    said = {
        "fetched": [{"title": TITLE, "outcome": "failed", "error": "Nede."}],
        "refused": [], "lacking_key": [],
    }  # fmt: skip

    def held(_: object, *, is_again: bool) -> str:
        go.wait(20)
        return json.dumps(said)

    monkeypatch.setattr(background, "_NEWEST", background._Newest())
    monkeypatch.setattr(background, "start_program", held)
    app = open_page("indlaes")
    button(app, "Hent nu").click().run()
    assert_no_fault(app)
    assert "Henter fra kilderne siden kl." in texts_of(app)
    assert button(app, "Henter …").disabled
    go.set()
    while (run := background.fetch_run()) is None or run.is_running:
        sleep(0.01)
    app.run()
    assert read(app.warning[0].value) == f"Hentningen er færdig. Ikke hentet: {TITLE}."
    assert not button(app, "Hent nu").disabled
    monkeypatch.setenv("KPI_UPLOADS", "off")
    assert not [each for each in open_page("indlaes").button if each.label == "Hent nu"]


def test_what_came_by_itself_and_what_failed_stand_beside_each_other(home: Path) -> None:
    assert "Udgivet af sig selv" not in texts_of(open_page("indlaes"))  # nothing is fetched here
    write_definition(home)
    assert "Udgivet af sig selv (0)" in texts_of(open_page("indlaes"))
    moment = datetime.now(UTC).isoformat(timespec="seconds")
    upload = Upload("RAS200.csv", f"{HEADERS}\r\n751;00;16-64;TOT;BFK;2022;70,1\r\n".encode())
    choices = Choices(parse_recipe(RECIPE, "try_ras200"))
    done = publish(upload, choices, FETCHED_BY, "Hentet fra RAS200", home)
    write_entry(home, "try_ras200", Entry(tried_at=moment, outcome="failed", error="Kilden er nede",
                                          failures=2, last_batch_id=done.batch_id))  # fmt: skip
    app = open_page("indlaes")
    assert_healthy(app)
    texts = texts_of(app)
    for words in ("Udgivet af sig selv (1)", TITLE, "1 nyt tal, 0 ændrede tal.",
                  "Mislykkedes (1)", "Hvor friske er kilderne?",
                  "Kilden er nede Det er to gange i træk."):  # fmt: skip
        assert words in texts
    rows = cells(app, "Kilder med nyeste periode")
    assert [rows[0][0], rows[0][-1]] == ["RAS200", "Ikke hentet"]


def test_what_was_withdrawn_says_so_and_is_fetched_again_by_a_click(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_definition(home)
    upload = Upload("RAS200.csv", f"{HEADERS}\r\n751;00;16-64;TOT;BFK;2022;70,1\r\n".encode())
    choices = Choices(parse_recipe(RECIPE, "try_ras200"))
    batch_id = publish(upload, choices, FETCHED_BY, "Hentet fra RAS200, opdateret", home).batch_id
    assert batch_id is not None
    moment = datetime.now(UTC).isoformat(timespec="seconds")
    write_entry(home, "try_ras200", Entry(tried_at=moment, outcome="same", last_batch_id=batch_id))
    assert cells(open_page("indlaes"), "Kilder med nyeste periode")[0][-1] == "Med"
    withdraw(batch_id, "Anna", "En fejl", home)
    asked: list[object] = []

    def answered(names: object, *, is_again: bool) -> str:
        asked.append((names, is_again))
        return '{"fetched": [], "refused": [], "lacking_key": []}'

    monkeypatch.setattr(background, "_NEWEST", background._Newest())
    monkeypatch.setattr(background, "start_program", answered)
    app = open_page("indlaes")
    assert cells(app, "Kilder med nyeste periode")[0][-1] == "Fortrudt"
    assert f"Indlæsning nr. {batch_id} er fortrudt af Anna: En fejl." in texts_of(app)
    button(app, "Hent igen").click().run()
    assert_no_fault(app)
    assert asked == [(("try_ras200",), True)]
