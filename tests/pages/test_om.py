"""Om tallene: entering a statement of a paper, seeing it computed, and withdrawing it."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from kpi.store import current_version, open_store
from tests.pages.visit import assert_healthy, go_on, open_page, read, texts_of

STATEMENT = "Fraværet er faldet med *en fjerdedel*"


def claims(app: AppTest) -> list[list[str]]:
    """The rows of the Regnetjek, as a person reads them."""
    (table,) = (
        table for table in app.table if table.proto.alt.startswith("Kontrolberegning af papirernes")
    )
    return [[read(str(cell)) for cell in row] for row in table.value.to_numpy()]


def enter(
    app: AppTest,
    reported: str,
    by: str = "Anna",
    since: str = "2024H1",
    paper: str = "oto_status_2025",
) -> None:
    app.text_area(key="udsagn-tekst").input(STATEMENT)
    app.selectbox(key="udsagn-noegletal").select("school_absence")
    app.selectbox(key="udsagn-omraade").select("gellerup")
    app.selectbox(key="udsagn-kilde").select(paper)
    app.selectbox(key="udsagn-slags").select("relative_change")
    app.selectbox(key="udsagn-gruppe").select("programme_children")
    app.text_input(key="udsagn-periode").input("2024H2")
    app.text_input(key="udsagn-fra").input(since)
    app.text_input(key="udsagn-tal").input(reported)
    app.text_input(key="udsagn-navn").input(by)
    (button,) = (button for button in app.button if button.label == "Registrér udsagnet")
    button.click().run()


@pytest.mark.usefixtures("shared_home")
def test_what_is_not_guarded_is_told_to_all_readers() -> None:
    app = open_page("om", afsnit="skjulte")
    (folded,) = (each for each in app.expander if "ikke er beskyttet" in each.label)
    limits = read(folded.markdown[0].value)
    for way in ("Mange tal, der lægges sammen", "100 %", "Viden udefra"):
        assert way in limits


@pytest.mark.parametrize(
    ("reported", "verdict"),
    [
        ("−25,4", "Stemmer"),  # as the pages write it
        ("-25,4 %", "Stemmer"),
        ("-34", "Afviger"),
    ],
)
def test_a_statement_is_entered_and_computed(home: Path, reported: str, verdict: str) -> None:
    app = open_page("om", afsnit="regnetjek")
    before = claims(app)
    enter(app, reported)
    assert_healthy(app)
    assert len(claims(app)) == len(before) + 1
    (new,) = (row for row in claims(app) if row not in before)
    assert any(verdict in cell for cell in new)
    assert "Registreret af Anna" in texts_of(app)


def test_an_entered_statement_can_be_withdrawn_and_one_of_a_paper_cannot(home: Path) -> None:
    app = open_page("om", afsnit="regnetjek")
    before = claims(app)
    removable = [button.key for button in app.button if (button.key or "").startswith("fjern-")]
    assert removable == []
    enter(app, "-34")
    app.button(key="fjern-indfoert_1").click().run()
    assert_healthy(app)
    assert claims(app) == before
    store = open_store(home)
    assert len(store.claims()) == 6
    store.close()


@pytest.mark.parametrize(
    ("reported", "by", "since", "message"),
    [
        ("", "Anna", "2024H1", "kolonne papirets tal"),
        ("en fjerdedel", "Anna", "2024H1", "»en fjerdedel«"),
        ("-34", "", "2024H1", "Skriv, hvem der registrerer rækkerne"),
        ("-34", "Anna", "", "kolonne tidligere periode"),
        ("-34", "Anna", "i foråret", "ikke en periode"),
    ],
)
def test_a_statement_with_faults_is_reported_and_not_entered(
    home: Path, reported: str, by: str, since: str, message: str
) -> None:
    app = open_page("om", afsnit="regnetjek")
    before = claims(app)
    enter(app, reported, by, since)
    assert [error.message for error in app.exception] == []
    (error,) = app.error
    assert message in read(error.value)
    assert claims(app) == before
    assert current_version(home) == "000001"
    assert app.text_area(key="udsagn-tekst").value == STATEMENT  # what was written stays


def test_without_uploads_nothing_can_be_entered(
    shared_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KPI_UPLOADS", "off")
    app = open_page("om", afsnit="regnetjek")
    assert_healthy(app)
    assert [expander.label for expander in app.expander if "Kontrollér" in expander.label] == []
    assert claims(app)


def test_a_statement_may_be_of_a_paper_that_is_new(home: Path) -> None:
    app = open_page("om", afsnit="regnetjek")
    app.text_input(key="udsagn-papir").input("Notat om fravær")
    app.text_input(key="udsagn-udgiver").input("Kommunen")
    app.text_input(key="udsagn-udgivet").input("2025-03-19")
    enter(app, "-34", paper="andet")
    assert_healthy(app)
    assert any("Notat om fravær" in cell for cell in claims(app)[-1])


def test_a_new_paper_without_a_title_is_reported(home: Path) -> None:
    app = open_page("om", afsnit="regnetjek")
    before = claims(app)
    enter(app, "-34", paper="andet")
    (error,) = app.error
    assert "kolonne titel" in error.value
    assert claims(app) == before


# --- sections -----------------------------------------------------------------------------------


@pytest.mark.usefixtures("shared_home")
def test_a_section_is_drawn_when_it_is_opened_and_its_address_opens_it() -> None:
    app = open_page("om")
    assert [table.proto.alt for table in app.table] == []
    app.session_state["afsnit-kilder"] = True
    app.run()
    (sources,) = (table.proto.alt for table in app.table)
    assert sources.startswith("Kilder med udgiver")
    assert app.query_params == {"afsnit": "kilder"}
    go_on(app, "om", afsnit="kilder,forkortelser")  # a link to two of them
    assert [table.proto.alt for table in app.table] == [
        "Ord og forkortelser og deres betydning",
        sources,
    ]
    app.session_state["afsnit-kilder"] = False
    app.run()
    assert app.query_params == {"afsnit": "forkortelser"}
    assert len(app.table) == 1
    assert_healthy(app)


@pytest.mark.usefixtures("shared_home")
def test_a_link_to_an_indicator_shows_it_alone_until_its_section_is_folded() -> None:
    app = open_page("om", noegletal="nsk_cases")
    (table,) = app.table
    assert [read(str(name)) for name in table.value["Nøgletal"]] == [
        "Unikke sager med NSK-vejleder  \nIndsats mod negativ social kontrol"
    ]
    app.session_state["afsnit-noegletal"] = False
    app.run()
    assert app.query_params == {}
    assert_healthy(app)
