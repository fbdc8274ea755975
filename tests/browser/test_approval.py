"""Figures that fetch themselves, as people see them: by themselves, approved and rejected."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from kpi.fetch.deciding import approve
from kpi.fetch.queue import waiting_files
from tests.browser.clicks import expect_title, press, words_of
from tests.browser.faults import assert_no_faults
from tests.browser.screen import open_page
from tests.kpi.commands import Captured, run
from tests.kpi.fetch.ras200 import fetch_once, make_realistic, new_year, write_definition
from tests.kpi.fetch.sources import Sources, running_sources

_TEMA = "/tema?tema=beskaeftigelse&noegletal=employment_rate"


@pytest.fixture
def source(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Sources]:
    """The imitation of StatBank, whose figures are those of the store."""
    write_definition(home)
    with running_sources() as sources:
        monkeypatch.setenv("KPI_STATBANK_URL", f"{sources.address}/v1")
        make_realistic(sources)
        sources.updated = "2021-10-28T08:00:00"
        fetch_once(home)
        [waiting] = waiting_files(home)
        approve(waiting.id, "Anna", "De nye tal er rigtige", home)
        yield sources


def _doubtful(home: Path, source: Sources, year: str, points: float) -> None:
    """One year more, in which Aarhus' figure is unlike all others: its file waits."""
    new_year(source)
    source.bump["751", "00", year] = points
    assert fetch_once(home).entry.outcome == "waiting"


def _sign(analyst: Page, note: str, by: str) -> None:
    """Writes why, and who decides; the press follows at once: what was typed last is sent too."""
    analyst.get_by_label("Note til historikken").fill(note)
    analyst.get_by_label("Dit navn").fill(by)


@pytest.mark.soak
def test_a_new_year_comes_by_itself_and_doubtful_ones_are_decided_about(
    analyst: Page, home: Path, source: Sources, capsys: Captured
) -> None:
    new_year(source)
    assert fetch_once(home).entry.outcome == "published"
    source.calls.clear()
    assert fetch_once(home).entry.outcome == "same"
    assert source.paths() == ["/v1/tableinfo"]  # no figure is downloaded
    open_page(analyst, _TEMA)
    analyst.get_by_text("Om tallet: definition, kilde og historik").click()
    # Where the new year comes from stands among the indicator's publications.
    expect(analyst.get_by_text("Hentet fra RAS200, opdateret 28.10.2022")).to_be_visible()
    assert "2022" in words_of(analyst)
    assert_no_faults(analyst)

    _doubtful(home, source, "2023", -30.0)
    open_page(analyst, "/indlaes")
    expect_title(analyst, "Én hentet fil venter på godkendelse")
    # The file is read after the page is there; what is asked about stands with its figure.
    expect(analyst.get_by_text("Jeg har gennemgået").first).to_be_visible()
    evidence = analyst.get_by_role("table").filter(has_text="Aarhus").first
    expect(evidence).to_contain_text("42,0 %")
    assert_no_faults(analyst)
    for box in analyst.get_by_text("Jeg har gennemgået").all():
        box.click()
    _sign(analyst, "Kilden bekræfter", "Mette Hansen")
    press(analyst, "Udgiv")
    expect(analyst.get_by_text("er udgivet som indlæsning nr.")).to_be_visible()
    assert_no_faults(analyst)

    _doubtful(home, source, "2024", 20.0)
    open_page(analyst, "/indlaes")
    expect_title(analyst, "Én hentet fil venter på godkendelse")
    _sign(analyst, "Fejl hos kilden", "Bent Olsen")
    press(analyst, "Afvis")
    expect(analyst.get_by_text("er afvist")).to_be_visible()
    expect_title(analyst, "Vælg en fil, og se")
    assert waiting_files(home) == []
    open_page(analyst, _TEMA)
    # The figure that was approved is the newest; the rejected one is nowhere.
    assert "42,0 %" in words_of(analyst)
    assert "92,5 %" not in words_of(analyst)
    assert "FORSINKET" in run(capsys, "fetch", "--list")[1]
