"""Indlæs data as a server shows it: files are read and published by processes of their own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kpi.store import open_store
from kpi.store.upload_processes import Limits, UploadProcesses
from tests.pages.upload_page import MENDED, assert_no_fault, button, cells, fill, hand_in
from tests.pages.visit import open_page, title_of
from ui import upload_work


@pytest.fixture
def processes(monkeypatch: pytest.MonkeyPatch) -> Iterator[UploadProcesses]:
    """What a server has from its start."""
    started = UploadProcesses()
    started.start()
    monkeypatch.setattr(upload_work, "_STARTED", [started])
    yield started
    started.stop()


@pytest.mark.soak
def test_a_file_is_read_and_published_apart(home: Path, processes: UploadProcesses) -> None:
    app = hand_in(open_page("indlaes"), "kvartal.csv", MENDED)
    assert title_of(app) == "To nye og ét ændret tal er klar til udgivelse"
    app.checkbox[0].check().run()
    fill(app, "Note til historikken", "Tal for foråret")
    fill(app, "Dit navn", "Mette")
    button(app, "Udgiv").click().run(timeout=60)
    assert_no_fault(app)
    assert title_of(app) == "To nye og ét ændret tal er udgivet"
    (batch, *_) = open_store(home).batches()
    assert (batch.published_by, batch.rows_new, batch.rows_changed) == ("Mette", 2, 1)


@pytest.mark.soak
def test_a_file_that_takes_too_much_is_reported_and_stays_in_the_queue(
    home: Path, processes: UploadProcesses
) -> None:
    processes._limits = Limits(seconds=0.0)
    app = hand_in(open_page("indlaes"), "stor.csv", MENDED + " " * 2_000_000)
    assert_no_fault(app)
    assert title_of(app) == "Filen kan ikke læses"
    (row,) = cells(app, "Problemer i filen")
    assert row[4] == "Filen kræver mere tid, end der er afsat til én fil."
    assert len(app.session_state["indlaes-filer"]) == 1
