"""Boxes and the address: no choice is lost to a run that began before it, or that is cut off."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest


def page() -> None:
    """A page with one box, which can be cut off between the box and the address."""
    import streamlit as st

    from ui.choose import choose_one, note_touched, until_the_end

    with until_the_end():
        note_touched()
        wanted = st.query_params.get("omraade", "aarhus")
        chosen = choose_one("Område", ["aarhus", "odense"], wanted, str, key="omraade")
        if st.session_state.pop("is_cut_off", False):
            st.rerun()
        st.query_params["omraade"] = chosen


def page_that_stops() -> None:
    """A page that may end between its box and the address: nothing can be shown of the choice."""
    import streamlit as st

    from kpi.domain.errors import KpiError
    from ui.choose import choose_one, end_here, note_touched, until_the_end

    areas = ["aarhus", "tilst", "odense"]
    try:
        with until_the_end():
            note_touched()
            wanted = st.query_params.get("omraade", "aarhus")
            chosen = choose_one("Område", areas, wanted, str, key="omraade")
            choose_one("Møde", ["marts", "juni"], "marts", str, key="moede")
            st.button("Tegn")
            if chosen == "tilst" and st.session_state.get("stops"):
                end_here()
            if chosen == "tilst":
                raise KpiError("Ingen tal", "Der er ingen tal for Tilst.")
            st.query_params["omraade"] = chosen
    except KpiError as error:
        st.error(str(error))


@pytest.mark.parametrize("stops", [True, False])
def test_a_choice_of_which_nothing_can_be_shown_stays_until_another_is_made(stops: bool) -> None:
    app = AppTest.from_function(page_that_stops)
    app.session_state["stops"] = stops
    app.run()

    def chosen() -> tuple[object, object]:
        return app.selectbox[0].value, app.selectbox[1].value

    app.selectbox[0].select("tilst").run()
    assert chosen() == ("tilst", "marts")
    app.button[0].click().run()
    assert chosen() == ("tilst", "marts")
    app.selectbox[1].select("juni").run()
    app.run()
    assert chosen() == ("tilst", "juni")
    assert app.query_params["omraade"] == "aarhus"
    app.query_params["omraade"] = "odense"
    app.run()
    assert chosen()[0] == "odense"
    app.selectbox[0].select("aarhus").run()
    app.run()
    assert (chosen()[0], app.query_params["omraade"]) == ("aarhus", "aarhus")


@pytest.fixture
def app() -> AppTest:
    return AppTest.from_function(page).run()


def test_a_choice_outlives_a_run_that_is_cut_off(app: AppTest) -> None:
    app.session_state["is_cut_off"] = True
    app.selectbox[0].select("odense").run()
    assert app.selectbox[0].value == "odense"
    assert app.query_params["omraade"] == "odense"


def test_the_box_follows_the_address(app: AppTest) -> None:
    app.query_params["omraade"] = "odense"
    app.run()
    assert app.selectbox[0].value == "odense"
    assert app.selectbox[0].proto.set_value


def test_what_a_box_shows_already_is_not_sent_again(app: AppTest) -> None:
    """A browser that is told takes it over a choice that is made while it is on its way."""
    assert app.selectbox[0].proto.set_value
    assert not app.run().selectbox[0].proto.set_value


def page_that_asks_first() -> None:
    """A page that asks its boxes for their choices before it draws them."""
    import streamlit as st

    from ui.choose import ManyBox, OneBox, note_touched, until_the_end

    with until_the_end():
        note_touched()
        offered = st.session_state.get("offered", ["aarhus", "odense", "faxe"])
        wanted = st.query_params.get("omraade", "aarhus")
        indicator = OneBox("Område", offered, wanted, str, "en")
        row = OneBox("Diagram", offered, offered[0], str, "raekke")
        many = ManyBox("Områder", offered, [wanted], str, "flere")
        st.session_state["asked"] = indicator.chosen(), row.chosen(), many.chosen()
        st.session_state["drawn"] = indicator.show(), row.show_row(), many.show()


def test_a_box_says_before_it_is_drawn_what_it_will_show() -> None:
    app = AppTest.from_function(page_that_asks_first).run()

    def both() -> tuple[object, object]:
        """What was asked before the boxes were drawn, and what they said then."""
        assert not app.exception
        return app.session_state["asked"], app.session_state["drawn"]

    assert both() == (("aarhus", "aarhus", ("aarhus",)),) * 2
    app.selectbox[0].select("faxe")
    app.multiselect[0].select("odense")
    app.button_group[0].select("odense")
    app.run()
    assert both() == (("faxe", "odense", ("aarhus", "odense")),) * 2
    app.query_params["omraade"] = "odense"
    app.run()
    assert both() == (("odense", "aarhus", ("odense",)),) * 2
    # What is chosen is no longer offered.
    app.selectbox[0].select("faxe")
    app.session_state["offered"] = ["odense", "aarhus"]
    app.run()
    asked, drawn = both()
    assert asked == drawn == ("odense", "aarhus", ("odense",))


def test_no_page_ends_in_another_way() -> None:
    root = Path(__file__).parents[2]
    modules = [*(root / "ui").rglob("*.py"), *(root / "pages").rglob("*.py")]
    stopping = [path.name for path in modules if "st.stop()" in path.read_text(encoding="utf-8")]
    assert stopping == ["choose.py"], "end_here keeps what is chosen"
