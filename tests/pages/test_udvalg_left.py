"""What a person chose on Udvalg stays: in the address, and where the page was left without it."""

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.visit import assert_healthy, go_on, open_page, title_of

pytestmark = pytest.mark.second_look

MARCH, OWN = date(2025, 3, 11), date(2025, 3, 19)
LINK = {"moede": "sbu_2025_03_19", "omraade": "aarhus"}


def day_of(app: AppTest) -> object:
    return app.date_input(key="udvalg-dag").value


@pytest.fixture
def chosen(shared_home: object) -> AppTest:
    """The page after another day than the meeting's own has been chosen, and nothing else."""
    assert shared_home
    app = open_page("udvalg")
    return app.date_input(key="udvalg-dag").set_value(MARCH).run()


def test_a_chosen_day_is_in_the_address_and_begins_no_draft(chosen: AppTest) -> None:
    assert chosen.query_params == LINK | {"dag": "2025-03-11"}
    chosen.run()
    assert (day_of(chosen), "kladde" in chosen.query_params) == (MARCH, False)


def test_a_chosen_day_is_there_when_the_page_was_left(chosen: AppTest) -> None:
    go_on(chosen, "om")
    go_on(chosen, "udvalg")
    assert_healthy(chosen)
    assert (day_of(chosen), chosen.query_params) == (MARCH, LINK | {"dag": "2025-03-11"})


def test_back_and_forward_change_the_day(chosen: AppTest) -> None:
    go_on(chosen, "udvalg", **LINK)
    assert day_of(chosen) == OWN
    go_on(chosen, "udvalg", **LINK, dag="2025-03-11")
    assert day_of(chosen) == MARCH


def test_another_meeting_leaves_the_chosen_day(chosen: AppTest) -> None:
    chosen.selectbox(key="moede").select("sbu_2024_06_26").run()
    assert day_of(chosen) == date(2024, 6, 26)
    assert "dag" not in chosen.query_params


def test_a_day_of_the_whole_visit_is_none_of_the_papers(chosen: AppTest) -> None:
    go_on(chosen, "udvalg", pr="2024-06-26")
    assert day_of(chosen) == date(2024, 6, 26)
    assert "dag" not in chosen.query_params
    chosen.button(key="pr-i-dag").click().run()
    go_on(chosen, "om")
    go_on(chosen, "udvalg")
    assert day_of(chosen) == OWN


@pytest.mark.usefixtures("shared_home")
def test_papers_for_no_meeting_stay_for_none(the_day: date) -> None:
    app = open_page("udvalg")
    app.selectbox(key="moede").select("").run()
    for _ in range(2):
        app.run()
        assert (title_of(app), day_of(app)) == ("8 figurer til et møde", the_day)
    assert app.query_params == {"moede": "ingen", "omraade": "aarhus"}
    go_on(app, "om")
    go_on(app, "udvalg")
    assert title_of(app) == "8 figurer til et møde"
    assert title_of(open_page("udvalg", moede="ingen")) == "8 figurer til et møde"


@pytest.mark.usefixtures("shared_home")
@pytest.mark.parametrize(
    ("written", "words"), [("2099-01-01", "fremtiden"), ("i går", "som 2025-03-19")]
)
def test_a_day_that_cannot_be_shown_is_told(written: str, words: str) -> None:
    app = open_page("udvalg", **LINK, dag=written)
    assert words in app.warning[0].value
    assert (day_of(app), app.query_params) == (OWN, LINK)


@pytest.mark.usefixtures("shared_home")
def test_what_was_arranged_where_nothing_is_taken_in_is_there_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """No draft is begun there, so the session keeps it."""
    monkeypatch.setattr("ui.committee_drafts.uploads_are_open", lambda: False)
    app = open_page("udvalg")
    app.text_input(key="udvalg-forside").set_value("Vores forside").run()
    app.multiselect(key="udvalg-temaer").set_value(["language"]).run()
    title = title_of(app)
    for link in ({}, LINK):
        go_on(app, "om")
        go_on(app, "udvalg", **link)
        assert app.text_input(key="udvalg-forside").value == "Vores forside"
        assert title_of(app) == title


@pytest.mark.usefixtures("shared_home")
def test_a_slide_that_is_not_added_yet_is_there_again() -> None:
    app = open_page("udvalg")
    app.text_input(key="udvalg-egen-titel").set_value("Vores egen").run()
    app.text_area(key="udvalg-egen-tekst").set_value("Et punkt").run()
    go_on(app, "om")
    go_on(app, "udvalg")
    assert app.text_input(key="udvalg-egen-titel").value == "Vores egen"
    assert app.text_area(key="udvalg-egen-tekst").value == "Et punkt"
