"""What is held back of a long page, and that a press shows as many again."""

from streamlit.testing.v1 import AppTest

PAGE = """
import streamlit as st
from ui.more import first_ones, show_more

every = range({count})
shown = first_ones("diagram", every, 4, spare=1)
st.text(len(shown))
show_more("diagram", len(every) - len(shown))
"""


def said(app: AppTest) -> tuple[str, list[str]]:
    return app.text[0].value, [button.label for button in app.button]


def test_a_press_shows_as_many_again_and_one_alone_is_not_held_back() -> None:
    app = AppTest.from_string(PAGE.format(count=10)).run()
    assert said(app) == ("4", ["Vis flere (6 endnu)"])
    assert said(app.button[0].click().run()) == ("8", ["Vis flere (2 endnu)"])
    assert said(app.button[0].click().run()) == ("10", [])
    assert said(AppTest.from_string(PAGE.format(count=5)).run()) == ("5", [])
    assert said(AppTest.from_string(PAGE.format(count=6)).run())[0] == "4"
