"""The search on the pages: opened by its button, answered as one types."""

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.visit import assert_healthy, go_on, open_page, read, texts_of
from ui import search

pytestmark = pytest.mark.usefixtures("shared_home", "no_pictures")


def opened(app: AppTest) -> AppTest:
    """The same page with the search open, which a test has to open again at each key."""
    return app.button(key="soeg").click().run()


def links_of(app: AppTest) -> list[tuple[str, str]]:
    """Those of the search; the question mark beside its button is no hit."""
    links = [(read(link.proto.label), link.proto.query_string) for link in app.get("page_link")]
    return [(label, address) for label, address in links if label != "Vejledning til denne side"]


def test_a_query_is_answered_and_what_was_visited_is_offered(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    app = open_page("omraade", omraade="odense")
    go_on(app, "tema", tema="employment", noegletal="employment_rate")
    # Opened again it would begin with an empty field.
    monkeypatch.setattr(search, "_field", lambda: "soegning-ord")
    go_on(app, "om")
    opened(app)
    assert [label for label, _ in links_of(app)] == ["Beskæftigelsesfrekvens 16-64 år", "Odense"]
    app.text_input(key="soegning-ord").set_value("fravær gellerup")
    opened(app)
    assert_healthy(app)
    label, address = links_of(app)[0]
    assert label == "Elevfravær, Gellerup"
    assert "grupper=programme_children" in address
    assert "9,7 %" in texts_of(app)
    app.text_input(key="soegning-ord").set_value("gelerup")
    opened(app)
    assert "Intet fundet på »gelerup«." in texts_of(app)
    assert "Mente du »Gellerup«?" in [read(button.label) for button in app.button]


@pytest.mark.some_cases
@pytest.mark.parametrize("page", ["overblik", "udvalg"])
def test_a_page_that_ends_early_has_the_search(page: str) -> None:
    app = open_page(page, pr="1900-01-01")
    assert [button.label for button in app.button].count("Søg") == 1
