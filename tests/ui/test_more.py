"""What is held back of a long page, and that a press shows as many again."""

from streamlit.testing.v1 import AppTest

from tests.tables import for_each
from ui.comparison_charts import most_charts

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


@for_each(("lines", "charts"), [
    (98, 2),  # 98 bars are two and a half screens of a phone
    (300, 1),
    (50, 4),
    (0, 4),  # a chart as high with a hundred lines as with one
])  # fmt: skip
def test_a_page_begins_with_fewer_charts_where_each_area_has_a_line(
    lines: int, charts: int
) -> None:
    assert most_charts(lines) == charts
