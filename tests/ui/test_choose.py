"""Boxes and the address: no choice is lost to a run that began before it, or that is cut off."""

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
