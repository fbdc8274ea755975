"""A chart in a frame of another page (`visning=indlejret`): the chart and nothing to press."""

import pytest

from kpi.domain.pages import PAGES
from tests.pages.visit import alts_of, assert_healthy, open_page, texts_of, title_of
from tests.tables import for_each

pytestmark = pytest.mark.usefixtures("shared_home", "no_pictures")

_PRESSED = ("button", "download_button", "popover", "selectbox", "multiselect", "text_input",
            "file_uploader", "expander", "checkbox")  # fmt: skip
CHARTS = {
    "sammenlign": {"noegletal": "employment_rate", "omraader": "aarhus,denmark"},
    "tema": {"tema": "employment", "noegletal": "employment_rate"},
    "omraade": {"omraade": "gellerup"},
}


@for_each("page", [*PAGES])
def test_a_page_is_its_chart_with_its_source_and_the_way_to_spor(page: str) -> None:
    app = open_page(page, visning="indlejret", **CHARTS.get(page, {}))
    assert_healthy(app)
    assert {kind: len(app.get(kind)) for kind in _PRESSED if app.get(kind)} == {}
    (link,) = app.get("link_button")
    assert "visning" not in link.proto.url
    if page in CHARTS:
        assert len(alts_of(app)) == 1
        assert "Kilde" in texts_of(app)
    else:
        assert title_of(app) == "Figuren kan ikke vises"


def test_a_day_before_the_first_figure_shows_none() -> None:
    app = open_page("sammenlign", visning="indlejret", pr="2010-01-01", **CHARTS["sammenlign"])
    assert alts_of(app) == []
    assert title_of(app) == "Endnu ingen tal 1. januar 2010"
    assert app.get("popover") == []


@pytest.mark.parametrize(
    ("page", "missing"), [("omraade", "Åbn en linje"), ("tema", "Vælg et nøgletal")]
)
def test_an_address_without_a_figure_says_what_it_lacks(page: str, missing: str) -> None:
    app = open_page(page, visning="indlejret", pr="nix")
    assert title_of(app) == "Figuren kan ikke vises"
    assert f"Adressen peger ikke på en figur. {missing}" in texts_of(app)
    assert [warning.value for warning in app.warning] == [
        "Datoen i linket forstås ikke. Skriv den som 2025-03-19. Siden viser nyeste data."
    ]
