"""The page Udvalg as its tests read it: the figures in the list, the one shown, its buttons."""

from typing import Any

from streamlit.testing.v1 import AppTest

from tests.pages.visit import open_page, read

THREE = ["employment_rate", "nsk_cases", "sprogboost_courses"]
KEYS = [
    "udvikling-employment_rate-all", "niveau-nsk_cases-all-aarhus",
    "niveau-sprogboost_courses-all-aarhus",
]  # fmt: skip
NSK = "NSK-sager i Aarhus: 60 i alt, opgjort marts 2025"


def figures(app: AppTest) -> list[str]:
    """The titles of the figures, in order."""
    return [read(button.help).removeprefix("Vis ") for button in numbers(app)]


def numbers(app: AppTest) -> list[Any]:
    """The buttons with the figures' numbers, in order."""
    return [button for button in app.button if (button.key or "").startswith("udvalg-vis-")]


def shown(app: AppTest) -> str:
    return str(app.session_state["udvalg-figur"])


def press(app: AppTest, key: str) -> None:
    app.button(key=key).click().run()
    assert [error.message for error in app.exception] == []


def three_figures() -> AppTest:
    """The page with three figures, the first of them shown."""
    app = open_page("udvalg")
    app.multiselect(key="udvalg-noegletal").set_value(THREE).run()
    press(app, f"udvalg-vis-{KEYS[0]}")
    assert len(figures(app)) == 3
    return app
