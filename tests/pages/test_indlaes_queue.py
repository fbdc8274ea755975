"""Several files on Indlæs data: a queue with a finding each, one in hand, each let go of alone."""

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from kpi.domain.errors import KpiError
from kpi.store import open_store
from tests.pages.upload_page import (
    FAULTY,
    HEADER,
    MENDED,
    assert_no_fault,
    button,
    cells,
    fill,
    hand_in,
    hand_in_all,
)
from tests.pages.visit import go_on, open_page, read, texts_of, title_of

CPR = HEADER + "a;b;;2024;1;;;;010190-1234\n"
GOOD = HEADER + "school_absence;Viby Syd;;2025H1;9,1;;;;\n"
KNOWN = HEADER + "programme_families;Gellerup;;2024:2025M03;75;;;;\n"
FOREIGN = "Sted;Tid;Antal\nAarhus;2030;12\n"


def zipped(files: Mapping[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def queue(app: AppTest) -> list[tuple[str, str]]:
    """The names of the queue with their findings, in its order."""
    names = [
        read(button.label) for button in app.button if (button.key or "").startswith("tag-fil-")
    ]
    words = ("klar", "fejl", "advarsel", "advarsler", "afvist", "udgivet, nr", "opskrift", "læses",
             "spørgsmål", "ændrer ingen", "ingen tal")  # fmt: skip
    badges = [
        read(paragraph.value) for paragraph in app.markdown
        if "-badge[" in paragraph.value and "chevron" not in paragraph.value
        and any(word in paragraph.value for word in words)
    ]  # fmt: skip
    assert len(names) == len(badges), (names, badges)
    return list(zip(names, badges, strict=True))


def publish(app: AppTest, note: str = "Nye tal") -> AppTest:
    if app.checkbox:
        app.checkbox[0].check().run()
    fill(app, "Note til historikken", note)
    fill(app, "Dit navn", "Mette")
    button(app, "Udgiv").click().run()
    assert_no_fault(app)
    return app


@pytest.mark.usefixtures("shared_home")
def test_each_file_of_the_queue_has_its_own_finding() -> None:
    app = hand_in_all(
        open_page("indlaes"),
        {"god.csv": GOOD, "fejl.csv": FAULTY, "cpr.csv": CPR, "kendt.csv": KNOWN, "tom.csv": "",
         "fremmed.csv": FOREIGN, "advarsel.csv": MENDED},
    )  # fmt: skip
    assert_no_fault(app)
    assert title_of(app) == "Ét nyt tal er klar til udgivelse"
    assert queue(app) == [
        ("god.csv", "klar"), ("fejl.csv", "1 fejl"), ("cpr.csv", "afvist: CPR-numre"),
        ("kendt.csv", "ændrer ingen tal"), ("tom.csv", "kan ikke læses"),
        ("fremmed.csv", "mangler en opskrift"), ("advarsel.csv", "1 advarsel"),
    ]  # fmt: skip
    assert "7 filer: 1 klar, 1 med advarsler, 1 med fejl, 1 mangler en opskrift" in texts_of(app)


@pytest.mark.usefixtures("shared_home")
def test_a_file_with_personal_data_leaves_the_memory_alone() -> None:
    app = hand_in_all(open_page("indlaes"), {"god.csv": GOOD, "cpr 010190-1234.csv": CPR})
    first, second = app.session_state["indlaes-filer"]
    assert first.upload is not None
    assert second.upload is None
    assert "010190" not in texts_of(app) + str(app.session_state["indlaes-laest"]) + str(second)
    assert queue(app)[1] == ("(filnavnet er skjult)", "afvist: CPR-numre")
    button(app, "(filnavnet er skjult)").click().run()
    assert_no_fault(app)
    assert title_of(app) == "Filen er afvist: Den indeholder CPR-numre"
    button(app, "Fjern filen").click().run()
    assert title_of(app) == "Ét nyt tal er klar til udgivelse"
    assert len(app.session_state["indlaes-filer"]) == 1


def test_files_are_published_one_after_another(home: Path) -> None:
    later = (
        HEADER + "school_absence;Viby Syd;;2025H1;9,1;;;;\nschool_absence;Viby Syd;;2025H2;9;;;;\n"
    )
    app = hand_in_all(open_page("indlaes"), {"a.csv": GOOD, "b.csv": later})
    publish(app)
    assert title_of(app) == "Ét nyt tal er udgivet"
    number = open_store(home).batches()[0].batch_id
    # What the first brought is known to the second, which is read anew.
    assert queue(app) == [("a.csv", f"udgivet, nr. {number}"), ("b.csv", "klar")]
    button(app, "Næste fil: b.csv").click().run()
    assert title_of(app) == "Ét nyt tal er klar til udgivelse"
    publish(app)
    assert [label for _, label in queue(app)] == [
        f"udgivet, nr. {number}", f"udgivet, nr. {number + 1}",
    ]  # fmt: skip
    assert all(file.upload is None for file in app.session_state["indlaes-filer"])
    button(app, "Indlæs en fil mere").click().run()
    assert title_of(app) == "Vælg en fil, og se, hvad den ændrer"
    hand_in(app, "en kopi.csv", GOOD)
    assert title_of(app) == "Filen ændrer ingen tal"
    assert f"samme fil som indlæsning nr. {number}" in texts_of(app)
    assert "Filens ene tal er udgivet i forvejen." in texts_of(app)


@pytest.mark.usefixtures("shared_home")
def test_a_zip_stands_as_its_files() -> None:
    content = zipped({"tal/god.csv": GOOD, "cpr.csv": CPR, "__MACOSX/._god.csv": "x"})
    app = hand_in_all(open_page("indlaes"), {"alt.zip": content, "fejl.csv": FAULTY})
    assert_no_fault(app)
    assert queue(app) == [
        ("god.csv", "klar"), ("cpr.csv", "afvist: CPR-numre"), ("fejl.csv", "1 fejl"),
    ]  # fmt: skip


@pytest.mark.soak
@pytest.mark.usefixtures("shared_home")
def test_what_a_zip_has_beside_its_tables_is_no_file_of_the_queue() -> None:
    content = zipped({"god.csv": GOOD, "LÆSMIG.txt": "Tallene er fra 2025.", "cpr.csv": CPR})
    app = hand_in_all(open_page("indlaes"), {"alt.zip": content, "fejl.csv": FAULTY})
    assert [name for name, _ in queue(app)] == ["god.csv", "cpr.csv", "fejl.csv"]
    assert any("»LÆSMIG.txt« i ZIP-filen læses ikke" in each.value for each in app.warning)


def test_a_zip_that_cannot_be_unpacked_says_why() -> None:
    app = hand_in(open_page("indlaes"), "alt.zip", zipped({"../god.csv": GOOD}))
    assert title_of(app) == "Filen kan ikke læses"
    ((*_, message, hint),) = cells(app, "Problemer i filen")
    assert message == "ZIP-filen har en fil, hvis sti peger ud af den."
    assert hint == "Pak den ud, og indlæs filerne i den."


@pytest.mark.soak
@pytest.mark.usefixtures("shared_home")
def test_the_same_file_twice_is_reported_and_listed_once() -> None:
    app = hand_in_all(open_page("indlaes"), {"god.csv": GOOD, "kopi.csv": GOOD, "fejl.csv": FAULTY})
    assert [name for name, _ in queue(app)] == ["god.csv", "fejl.csv"]
    (warning,) = app.warning
    assert read(warning.value) == (
        "»kopi.csv« er valgt i forvejen (samme indhold) og står kun én gang i køen."
    )
    hand_in_all(app, {"fejl.csv": FAULTY, "kendt.csv": KNOWN}, adds=True)
    assert [name for name, _ in queue(app)] == ["god.csv", "fejl.csv", "kendt.csv"]
    assert title_of(app) == "Ét nyt tal er klar til udgivelse"  # the file in hand stays


@pytest.mark.usefixtures("shared_home")
def test_a_mended_file_comes_in_the_place_of_the_faulty_one() -> None:
    app = hand_in_all(open_page("indlaes"), {"fejl.csv": FAULTY, "god.csv": GOOD})
    hand_in(app, "rettet.csv", MENDED)
    assert queue(app) == [("rettet.csv", "1 advarsel"), ("god.csv", "klar")]
    assert title_of(app) == "To nye og ét ændret tal er klar til udgivelse"


@pytest.mark.soak
@pytest.mark.usefixtures("shared_home")
def test_what_is_said_of_a_file_is_remembered_while_another_is_in_hand() -> None:
    doubtful = "nøgletal;område;periode;værdi\nnsk_advisor_hours;Aarhus;2031;1.234\n"
    app = hand_in_all(open_page("indlaes"), {"timer.csv": doubtful, "god.csv": GOOD})
    (choice,) = (group for group in app.button_group if group.label == "Decimaltegn i filen")
    choice.set_value("point").run()
    assert title_of(app) == "Ét nyt tal er klar til udgivelse"
    for name in ("god.csv", "timer.csv", "god.csv"):
        (line,) = (button for button in app.button if read(button.label) == name)
        line.click().run()
        assert_no_fault(app)
    assert queue(app)[0] == ("timer.csv", "2 advarsler")
    go_on(app, "om")
    go_on(app, "indlaes")
    (line,) = (button for button in app.button if read(button.label) == "timer.csv")
    line.click().run()
    (choice,) = (group for group in app.button_group if group.label == "Decimaltegn i filen")
    assert choice.value == "point"
    assert title_of(app) == "Ét nyt tal er klar til udgivelse"


@pytest.mark.usefixtures("shared_home")
def test_the_queue_is_no_larger_than_one_session_may_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.upload_files.MOST_QUEUED_BYTES", len(GOOD.encode()) + 10)
    app = hand_in_all(open_page("indlaes"), {"god.csv": GOOD, "fejl.csv": FAULTY})
    assert len(app.session_state["indlaes-filer"]) == 1
    (warning,) = app.warning
    assert "»fejl.csv« er ikke taget med: Der er højst plads til 50 filer og" in read(warning.value)


@pytest.mark.some_cases
@pytest.mark.usefixtures("shared_home")
@pytest.mark.parametrize("name", ["tal", "tal.xls", "tal.txt", "tal.docx", "tal.CSV", ".csv"])
def test_the_name_decides_nothing(name: str) -> None:
    app = hand_in(open_page("indlaes"), name, GOOD)
    assert_no_fault(app)
    assert title_of(app) == "Ét nyt tal er klar til udgivelse"
    (field,) = app.file_uploader
    assert list(field.proto.type) == []


@pytest.mark.soak
@pytest.mark.usefixtures("shared_home")
def test_a_file_of_many_problems_is_whole_only_while_it_is_in_hand() -> None:
    many = HEADER + "".join(f"programme_staff;Sted {n};;2025K1;2;;;;\n" for n in range(1_100))
    app = hand_in_all(open_page("indlaes"), {"god.csv": GOOD, "mange.csv": many})
    good, bad = app.session_state["indlaes-laest"].values()
    assert (good.is_whole, bad.is_whole, bad.checked.problems) == (True, False, ())
    assert queue(app) == [("god.csv", "klar"), ("mange.csv", "1.100 fejl")]
    (line,) = (button for button in app.button if read(button.label) == "mange.csv")
    line.click().run()
    assert_no_fault(app)
    assert title_of(app) == "1.100 fejl skal rettes, før filen kan udgives"
    assert len(cells(app, "Problemer i filen")) == 20
    (line,) = (button for button in app.button if read(button.label) == "god.csv")
    line.click().run()
    assert [reading.is_whole for reading in app.session_state["indlaes-laest"].values()] == [
        True,
        False,
    ]
    assert queue(app)[1] == ("mange.csv", "1.100 fejl")


@pytest.mark.soak
@pytest.mark.usefixtures("shared_home")
def test_a_store_that_cannot_be_read_costs_no_file(monkeypatch: pytest.MonkeyPatch) -> None:
    app = hand_in_all(open_page("indlaes"), {"god.csv": GOOD, "kendt.csv": KNOWN})

    def broken(*_: object) -> None:
        raise KpiError("Udgaven kan ikke læses", "Prøv igen.")

    with monkeypatch.context() as broken_store:
        broken_store.setattr("ui.upload_state.check_file", broken)
        (choice,) = (box for box in app.selectbox if box.label == "Kilde")
        choice.set_value("oto_status_2025").run()
        assert_no_fault(app)
        assert "Udgaven kan ikke læses" in texts_of(app)
        assert len(app.session_state["indlaes-filer"]) == 2
    (line,) = (button for button in app.button if read(button.label) == "god.csv")
    line.click().run()
    assert title_of(app) == "Ét nyt tal er klar til udgivelse"


@pytest.mark.usefixtures("shared_home")
def test_a_tick_does_not_outlive_the_figures_it_was_set_for() -> None:
    row = "school_absence;Viby Syd;;2025H1;910;;;;\n"
    lines = HEADER.replace("værdi", "værdi (promille)", 1) + row
    app = hand_in_all(open_page("indlaes"), {"tal.csv": lines, "god.csv": GOOD})

    def ticks() -> list[bool]:
        return [box.value for box in app.checkbox if box.label.startswith("Jeg har")]

    def answer(factor: float) -> None:
        (choice,) = (group for group in app.button_group if group.label == "Tallene i filen")
        choice.set_value(factor).run()

    answer(0.1)
    assert ticks() == [False]
    app.checkbox[0].check().run()
    for name in ("god.csv", "tal.csv"):
        (line,) = (button for button in app.button if read(button.label) == name)
        line.click().run()
    assert ticks() == [True]  # it is remembered while another file is in hand
    answer(1.0)
    assert not any(ticks())
