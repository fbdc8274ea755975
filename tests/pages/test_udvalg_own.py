"""Udvalg: a remark of the administration's and slides of one's own text are written there."""

from pathlib import Path

import pytest

from kpi.export.drafts import drafts
from kpi.export.paper import paper
from kpi.export.saved import save
from kpi.store import open_store
from kpi.store.backup import backup, restore
from tests.pages.udvalg_page import KEYS, press, three_figures
from tests.pages.visit import assert_healthy, open_page, texts_of

pytestmark = pytest.mark.usefixtures("no_pictures")


def test_own_slides_and_a_remark_are_kept(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = three_figures()
    app.text_input(key="udvalg-egen-titel").input("Til drøftelse")
    app.text_area(key="udvalg-egen-tekst").input("Hvad gør vi nu?\nHvem følger op?")
    app.selectbox(key="udvalg-egen-efter").select(KEYS[1])
    press(app, "udvalg-egen-ind")
    assert "efter »NSK-sager" in texts_of(app)
    app.text_input(key="udvalg-egen-titel").input("Ring til 010190-1234")
    press(app, "udvalg-egen-ind")
    assert "CPR" in texts_of(app)
    (draft,) = drafts(home)
    (own,) = draft.choice.slides
    assert (own.title, own.after) == ("Til drøftelse", KEYS[1])

    app.text_area(key=f"udvalg-bemaerkning-tekst-{KEYS[0]}").input("Tallet følger konjunkturen.")
    app.text_input(key="udvalg-bemaerkning-navn").input("Fagligt Sekretariat")
    app.button(key=f"FormSubmitter:udvalg-bemaerkning-form-{KEYS[0]}-Gem bemærkning").click().run()
    assert_healthy(app)
    (comment,) = open_store(home).catalog().comments
    assert comment.text == "Tallet følger konjunkturen."
    assert (comment.indicator_id, comment.meeting_id) == ("employment_rate", "sbu_2025_03_19")

    # A pack of the draft as it is: the list says so. All of it survives backup and restore.
    store = open_store(home, as_of=draft.day)
    save(paper(store, store.catalog(), draft.choice), home)
    assert "Pakke gemt" in texts_of(open_page("udvalg", kladde=draft.draft_id))
    backup(tmp_path / "kopi", home)
    monkeypatch.setenv("KPI_HOME", str(tmp_path / "ny"))
    restore(tmp_path / "kopi", tmp_path / "ny")
    assert drafts(tmp_path / "ny") == [draft]
