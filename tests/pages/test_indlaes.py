"""Indlæs data without a browser: from a file to problems, to changes, to a publication and back."""

import io
from pathlib import Path

import pytest
import xlsxwriter

from kpi.store import open_store
from kpi.store.uploads import withdraw
from tests.pages.upload_page import (
    FAULTY,
    HEADER,
    MENDED,
    assert_no_fault,
    button,
    cells,
    fill,
    hand_in,
)
from tests.pages.visit import go_on, open_page, read, texts_of, title_of


@pytest.mark.usefixtures("shared_home")
def test_before_a_file_the_page_says_what_to_do() -> None:
    app = open_page("indlaes")
    assert_no_fault(app)
    assert title_of(app) == "Vælg en fil, og se, hvad den ændrer"
    texts = texts_of(app)
    assert "trin 1 af 5 · intet er udgivet endnu" in texts
    assert "En fil med et CPR-nummer afvises hel" in texts
    assert "Tidligere indlæsninger" in texts
    assert len(cells(app, "Indlæsninger fra Spors egne data")) == 7
    labels = [button.proto.label for button in app.get("download_button")]
    assert labels == ["Hent skabelon", "Excel", "CSV"]


@pytest.mark.usefixtures("shared_home")
def test_a_file_with_a_fault_lists_problems_and_changes_and_stays_locked() -> None:
    app = hand_in(open_page("indlaes"), "kvartal.csv", FAULTY)
    assert_no_fault(app)
    assert (
        title_of(app)
        == "To nye og ét ændret tal er klar; én fejl skal rettes, før filen kan udgives"
    )
    problems = cells(app, "Problemer i filen")
    assert [row[:4] for row in problems] == [
        ["6", "Fejl", "område", "Bydel 7"],
        ["5", "Advarsel", "værdi", "ca. 250"],
    ]
    assert problems[0][4] == "Området kendes ikke."
    assert "--" not in str(problems)
    changes = cells(app, "Tal, der bliver ændret")
    assert [row[:2] + row[5:8] for row in changes] == [
        ["3", "Ændret", "23 %", "23,1 %", "+0,1 procentpoint"],
        ["4", "Nyt tal", "–", "9,1 %", ""],
        ["5", "Nyt tal", "–", "ca. 250", ""],
    ]
    assert [row[2] for row in changes] == [
        "Forældre med tilknytning til arbejdsmarkedet · Ledige forældre med data i DREAM · Kilde: "
        "Egen indberetning (før: Statusrapport Opgang til Opgang i Gellerup og Viby)",
        "Elevfravær · Hjemmeboende børn under 18 år i Opgang til Opgang",
        "Familier, som Opgang til Opgang kan hjælpe i alt · Familier i Opgang til Opgang",
    ]
    counts = cells(app, "Filens rækker")
    assert counts == [["Ændret", "1"], ["Nyt tal", "2"], ["Uændret", "1"], ["Fejl", "1"],
                      ["I alt", "5"]]  # fmt: skip
    assert "Før du kan udgive: Ret fejlen i række 6." in texts_of(app)
    assert button(app, "Udgiv").disabled
    (chart,) = app.get("plotly_chart")
    assert "før 23 %, efter 23,1 %" in chart.proto.alt.replace("\u00a0", " ")


def test_publishing_asks_for_warnings_note_and_name_and_can_be_undone(home: Path) -> None:
    app = hand_in(open_page("indlaes"), "kvartal.csv", MENDED)
    assert title_of(app) == "To nye og ét ændret tal er klar til udgivelse"
    assert "gennemgået advarslen, skriv en note og skriv dit navn" in texts_of(app)
    # Not locked, as a press while something is typed would be lost; it says what is missing.
    button(app, "Udgiv").click().run()
    assert "gennemgået advarslen, skriv en note og skriv dit navn" in app.error[0].value
    app.checkbox[0].check().run()
    fill(app, "Note til historikken", "Tal for foråret")
    assert "Før du kan udgive: Skriv dit navn." in texts_of(app)
    fill(app, "Dit navn", "Mette **Hansen**")
    assert "Før du kan udgive" not in texts_of(app)
    button(app, "Udgiv").click().run()
    assert_no_fault(app)
    assert title_of(app) == "To nye og ét ændret tal er udgivet"
    assert "Mette **Hansen**" in texts_of(app)  # as written, never as markdown
    (batch, *_) = open_store(home).batches()
    assert (batch.origin, batch.published_by, batch.note) == (
        "upload",
        "Mette **Hansen**",
        "Tal for foråret",
    )
    assert (batch.rows_new, batch.rows_changed) == (2, 1)
    assert "forår 2025" in texts_of(go_on(app, "tema", tema="opgang_til_opgang"))

    go_on(app, "indlaes")
    # Who has said their name is not asked for it once more.
    assert [field.value for field in app.text_input if field.label == "Dit navn"] == [
        "Mette **Hansen**"
    ]
    button(app, "Fortryd indlæsningen").click().run()
    assert "Skriv både hvorfor og dit navn." in texts_of(app)
    for label, text in (("Hvorfor?", "Forkert kvartal"), ("Dit navn", "Mette")):
        (field,) = (field for field in app.text_input if field.label == label)
        field.set_value(text)
    button(app, "Fortryd indlæsningen").click().run()
    assert_no_fault(app)
    (message,) = app.success
    assert (
        read(message.value)
        == f"Indlæsning nr. {batch.batch_id} er fortrudt: 3 tal er som før indlæsningen."
    )
    assert title_of(app) == "Vælg en fil, og se, hvad den ændrer"
    assert open_store(home).batches()[0].state == "withdrawn"
    assert [element for element in app.button if element.label == "Fortryd indlæsningen"] == []
    hand_in(app, "kvartal.csv", MENDED)
    assert title_of(app) == "To nye og ét ændret tal er klar til udgivelse"
    assert app.text_input(key="indlaes-note").value == ""  # the old note was the old file's


@pytest.mark.usefixtures("shared_home")
def test_a_file_with_a_cpr_number_is_refused_and_forgotten() -> None:
    app = hand_in(open_page("indlaes"), "liste.csv", MENDED + "a;b;;2024;1;;;;010190-1234\n")
    assert_no_fault(app)
    assert title_of(app) == "Filen er afvist: Den indeholder CPR-numre"
    assert app.session_state["indlaes-filer"][0].upload is None
    assert "010190" not in texts_of(app) + str(app.session_state["indlaes-laest"])
    assert "linje 6, kolonne note" in texts_of(app)
    assert "Filen er fjernet fra serverens hukommelse." in texts_of(app)
    app.run()
    assert title_of(app) == "Filen er afvist: Den indeholder CPR-numre"
    hand_in(app, "kvartal.csv", MENDED)
    assert title_of(app) == "To nye og ét ændret tal er klar til udgivelse"


@pytest.mark.usefixtures("shared_home")
@pytest.mark.parametrize(
    ("content", "title", "text"),
    [
        (b"", "Filen kan ikke læses", "Filen er tom."),
        (b"%PDF-1.7 ...", "Filen kan ikke læses", ""),
        (HEADER.encode(), "Filen kan ikke læses", ""),
        (b"<html><body>hej</body></html>", "Filen kan ikke læses", ""),
    ],
)
def test_what_is_no_table_is_reported(content: bytes, title: str, text: str) -> None:
    app = hand_in(open_page("indlaes"), "fil.csv", content)
    assert_no_fault(app)
    assert title_of(app) == title
    ((row, severity, *_, message, hint),) = cells(app, "Problemer i filen")
    assert (row, severity) == ("–", "Fejl")
    assert text in message
    assert hint


@pytest.mark.usefixtures("shared_home")
def test_a_strangers_text_is_shown_as_it_is() -> None:
    evil = "<img src=x onerror=alert(1)> **fed** [her](http://foreign.invalid)"
    app = hand_in(
        open_page("indlaes"), f"{evil}.csv".replace("/", ""), MENDED + f"x;{evil};;2024;1;;;;\n"
    )
    assert_no_fault(app)
    rows = cells(app, "Problemer i filen")
    assert [row[3] for row in rows if row[2] == "område"] == [
        evil.replace("\u2060", "")[:60].rstrip() + "…"
    ]
    assert "**fed**" in texts_of(app)


@pytest.mark.soak
@pytest.mark.usefixtures("shared_home")
def test_a_doubtful_decimal_mark_is_asked_for() -> None:
    lines = "nøgletal;område;periode;værdi\nnsk_advisor_hours;Aarhus;2031;1.234\n"
    app = hand_in(open_page("indlaes"), "tal.csv", lines)
    assert title_of(app) == "Én fejl skal rettes, før filen kan udgives"
    assert "Vælg filens decimaltegn ovenfor." in str(cells(app, "Problemer i filen"))
    (choice,) = (group for group in app.button_group if group.label == "Decimaltegn i filen")
    choice.set_value("point").run()
    assert_no_fault(app)
    assert title_of(app) == "Ét nyt tal er klar til udgivelse"
    assert [row[6] for row in cells(app, "Tal, der")] == ["1,234 timer om ugen"]
    (choice,) = (group for group in app.button_group if group.label == "Decimaltegn i filen")
    choice.set_value("comma").run()
    assert [row[6] for row in cells(app, "Tal, der")] == ["1.234 timer om ugen"]


@pytest.mark.usefixtures("shared_home")
def test_one_of_two_sheets_is_chosen() -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        for name, value in (("Forår", 9), ("Efterår", 8)):
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, ("nøgletal", "område", "periode", "værdi"))
            sheet.write_row(1, 0, ("school_absence", "Viby Syd", "2026H1", value))
    app = hand_in(open_page("indlaes"), "to ark.xlsx", out.getvalue())
    assert title_of(app) == "Filen har flere ark med tal: Vælg det, der menes"
    for name, shown in (("Efterår", "8 %"), ("Forår", "9 %")):
        (box,) = (box for box in app.selectbox if box.label == "Ark")
        box.set_value(name).run()
        assert_no_fault(app)
        assert title_of(app) == "Ét nyt tal er klar til udgivelse"
        assert [row[6] for row in cells(app, "Tal, der")] == [shown]


@pytest.mark.usefixtures("shared_home")
def test_a_file_is_read_once_for_each_set_of_choices() -> None:
    app = hand_in(open_page("indlaes"), "kvartal.csv", MENDED)
    (read_first,) = app.session_state["indlaes-laest"].values()
    app.checkbox[0].check().run()
    fill(app, "Dit navn", "Mette")
    assert list(app.session_state["indlaes-laest"].values()) == [read_first]
    assert next(iter(app.session_state["indlaes-laest"].values())) is read_first


@pytest.mark.usefixtures("shared_home")
def test_a_file_without_a_source_can_be_given_one() -> None:
    app = hand_in(open_page("indlaes"), "kvartal.csv", MENDED)
    (box,) = (box for box in app.selectbox if box.label == "Kilde")
    assert box.value == "own_upload"
    box.set_value("oto_status_2025").run()
    assert_no_fault(app)
    assert title_of(app) == "To nye og ét ændret tal er klar til udgivelse"
    (read_now,) = app.session_state["indlaes-laest"].values()
    assert read_now.checked.source_ids == ("oto_status_2025",)


@pytest.mark.usefixtures("shared_home")
@pytest.mark.parametrize(
    ("sources", "offered"),
    [
        (("", ""), "Kilde: Egen indberetning"),
        (("oto_status_2025", ""), "Rækker uden kilde: Egen indberetning"),
        (("oto_status_2025", "uvm_absence"), None),
    ],
)
def test_the_source_is_asked_of_rows_that_name_none(
    sources: tuple[str, str], offered: str | None
) -> None:
    areas = zip(("Viby Syd", "Gellerup"), sources, strict=True)
    rows = "".join(f"school_absence;{area};2025H1;9,1;{source}\n" for area, source in areas)
    app = hand_in(open_page("indlaes"), "tal.csv", f"nøgletal;område;periode;værdi;kilde\n{rows}")
    assert_no_fault(app)
    boxes = [box for box in app.selectbox if box.label == "Kilde"]
    assert len(boxes) == (offered is not None)
    labels = [popover.proto.popover.label for popover in app.get("popover")]
    assert [label for label in labels if "ilde: " in label] == ([offered] if offered else [])


@pytest.mark.usefixtures("shared_home")
def test_a_cpr_number_in_the_note_locks_the_publication() -> None:
    app = hand_in(open_page("indlaes"), "kvartal.csv", MENDED)
    app.checkbox[0].check().run()
    fill(app, "Dit navn", "Mette")
    fill(app, "Note til historikken", "Sag 010190-1234")
    assert "Fjern CPR-nummeret fra noten eller navnet" in texts_of(app)
    button(app, "Udgiv").click().run()
    assert "Fjern CPR-nummeret fra noten eller navnet" in app.error[0].value
    assert title_of(app) == "To nye og ét ændret tal er klar til udgivelse"


def test_a_publication_that_is_withdrawn_elsewhere_is_no_longer_named(home: Path) -> None:
    app = hand_in(open_page("indlaes"), "kvartal.csv", MENDED)
    app.checkbox[0].check().run()
    fill(app, "Note til historikken", "Foråret")
    fill(app, "Dit navn", "Mette")
    button(app, "Udgiv").click().run()
    assert title_of(app) == "To nye og ét ændret tal er udgivet"
    withdraw(open_store(home).batches()[0].batch_id, "en anden", "fejl")
    app.run()
    assert_no_fault(app)
    assert title_of(app) == "Vælg en fil, og se, hvad den ændrer"


@pytest.mark.usefixtures("shared_home")
def test_many_problems_are_shown_by_twenty_filtered_and_cut_at_a_hundred() -> None:
    lines = "".join(f"programme_staff;Sted {n};;2025K1;2;;;;\n" for n in range(130))
    app = hand_in(open_page("indlaes"), "mange.csv", MENDED + lines)
    assert len(cells(app, "Problemer i filen")) == 20
    assert "Viser 20 af 131." in texts_of(app)
    button(app, "Vis 80 mere").click().run()
    assert len(cells(app, "Problemer i filen")) == 100
    assert "Viser de første 100 af 131." in texts_of(app)
    (severity,) = (group for group in app.button_group if group.label == "Type")
    severity.set_value("warning").run()
    assert [row[1] for row in cells(app, "Problemer i filen")] == ["Advarsel"]
    assert "Før du kan udgive: Ret de 130 fejl." in texts_of(app)


@pytest.mark.usefixtures("shared_home")
def test_the_setting_takes_the_page_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KPI_UPLOADS", raising=False)
    app = open_page("om")
    assert go_on(app, "indlaes").file_uploader
    monkeypatch.setenv("KPI_UPLOADS", "off")
    app = open_page("om")
    with pytest.raises(ValueError, match="Could not find a navigation page"):
        go_on(app, "indlaes")


@pytest.mark.usefixtures("shared_home")
def test_a_question_of_scale_is_answered_with_one_click() -> None:
    lines = "nøgletal;område;periode;værdi (promille)\nschool_absence;Viby Syd;2025H1;91\n"
    app = hand_in(open_page("indlaes"), "tal.csv", lines)
    assert title_of(app) == "Ét spørgsmål skal besvares, før filen kan udgives"
    (choice,) = (group for group in app.button_group if group.label == "Tallene i filen")
    assert choice.options == ["Som de står", "Gang med 0,1"]
    for factor, shown in ((0.1, "9,1 %"), (1.0, "91 %"), (0.1, "9,1 %")):
        (choice,) = (group for group in app.button_group if group.label == "Tallene i filen")
        choice.set_value(factor).run()
        assert_no_fault(app)
        assert [row[6] for row in cells(app, "Tal, der")] == [shown]
        assert "klar" in title_of(app)


@pytest.mark.usefixtures("shared_home")
def test_warnings_are_ticked_off_a_kind_at_a_time() -> None:
    lines = (
        "nøgletal;område;gruppe;periode;værdi\n"
        "Selvforsørgelsesgrad;Aarhus;;2023;40,1\nSelvforsørgelsesgrad;København;;2023;0,0\n"
        "Elevfravær;Viby Syd;;2026H1;..\n"
    )
    app = hand_in(open_page("indlaes"), "tal.csv", lines)
    assert_no_fault(app)
    assert [box.label for box in app.checkbox] == [
        "Jeg har gennemgået tallet, der er 0",
        "Jeg har gennemgået den store ændring",
        "Jeg har gennemgået den advarsel, der ikke kræver handling",
    ]
    assert "Række 3: 0 i en serie, der ikke er nær 0" in texts_of(app)
    app.checkbox[0].check().run()
    assert (
        "Markér, at du har gennemgået advarslerne om »Stor ændring« og »Kræver ingen handling«"
        in texts_of(app)
    )
    for place in (1, 2):
        app.checkbox[place].check().run()
    assert "Før du kan udgive: Skriv en note og skriv dit navn." in texts_of(app)


@pytest.mark.soak
@pytest.mark.usefixtures("shared_home")
def test_fractions_are_answered_with_one_click() -> None:
    lines = "nøgletal;område;periode;værdi\nSelvforsørgelsesgrad;Aarhus;2023;0,7\n"
    app = hand_in(open_page("indlaes"), "tal.csv", lines)
    assert title_of(app) == "Ét spørgsmål skal besvares, før filen kan udgives"
    assert "Er tallene andele (0-1)?" in str(cells(app, "Problemer i filen"))
    assert "--" not in str(cells(app, "Problemer i filen"))
    (choice,) = (group for group in app.button_group if group.label == "Tallene i filen")
    choice.set_value(100.0).run()
    assert_no_fault(app)
    assert title_of(app) == "Ét nyt tal er klar til udgivelse"
    assert [row[6] for row in cells(app, "Tal, der")] == ["70 %"]
