"""Udvalg: an earlier deck is given back, and comes out with the figures of the page's day."""

from datetime import date
from pathlib import Path

import pytest

from kpi.export.choice import Choice
from kpi.export.deck import deck
from kpi.export.paper import paper
from kpi.store import open_store
from tests.pages.udvalg_page import KEYS, press
from tests.pages.visit import assert_healthy, open_page, texts_of

pytestmark = pytest.mark.usefixtures("no_pictures")


@pytest.mark.usefixtures("shared_home")
def test_a_deck_of_an_earlier_meeting_is_brought_to_the_one_on_the_page(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("kpi.export.refresh_deck.check_office", lambda content: None)
    store = open_store(as_of=date(2024, 6, 26))
    choice = Choice("aarhus", "sbu_2024_06_26", picked=(KEYS[0],))
    earlier = deck(paper(store, store.catalog(), choice))
    app = open_page("udvalg")
    app.file_uploader(key="udvalg-opdater-fil").set_value(
        ("oplaeg.pptx", earlier, "application/octet-stream")
    ).run()
    press(app, "udvalg-opdater-nu")
    assert_healthy(app)
    said = texts_of(app)
    assert "opdateret" in said
    assert "Data som kendt 19. marts 2025" in said
    assert "Hent den opdaterede fil" in [b.proto.label for b in app.get("download_button")]
    template = Path("kpi/export/pptx/spor.potx").read_bytes()
    app.file_uploader(key="udvalg-opdater-fil").set_value(
        ("skabelon.pptx", template, "application/octet-stream")
    ).run()
    press(app, "udvalg-opdater-nu")
    assert "Filen kan ikke opdateres" in texts_of(app)
    assert "Hent den opdaterede fil" not in [b.proto.label for b in app.get("download_button")]
