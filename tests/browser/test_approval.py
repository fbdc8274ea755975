"""Figures that fetch themselves, as people see them: by themselves, approved and rejected."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from kpi.fetch.deciding import approve
from kpi.fetch.queue import rejections, waiting_files
from kpi.store import open_store
from tests.browser.clicks import expect_title, press, words_of
from tests.browser.faults import assert_no_faults
from tests.browser.running_app import SharedApp
from tests.browser.screen import PATIENCE_WITH_FILES_MILLISECONDS, open_page
from tests.browser.tabs import DESKTOP, watched
from tests.browser.test_new_figures import undo
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


def _expect_in_time(words: Locator) -> None:
    """What comes of a file that is read or published."""
    expect(words).to_be_visible(timeout=PATIENCE_WITH_FILES_MILLISECONDS)


@pytest.mark.soak
def test_a_new_year_comes_by_itself_and_is_seen_with_where_it_is_from(
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
    assert "FORSINKET" in run(capsys, "fetch", "--list")[1]


@pytest.fixture
def other_analyst(
    browser: Browser, analyst: Page, app: SharedApp, problems: list[str]
) -> Iterator[Page]:
    """A window of somebody else, who looks at the same store."""
    profile = browser.new_context(base_url=app.address, locale="da-DK", viewport=DESKTOP)
    with watched(profile.new_page(), app, problems):
        yield profile.pages[0]
    profile.close()


@pytest.mark.soak
def test_two_analysts_decide_and_each_is_told_of_the_others_decision(
    analyst: Page, other_analyst: Page, home: Path, source: Sources
) -> None:
    _doubtful(home, source, "2022", -30.0)
    for window in (analyst, other_analyst):
        open_page(window, "/indlaes")
        expect_title(window, "Én hentet fil venter på godkendelse")
        # The file is read after the page is there; what is asked about stands with its figure.
        _expect_in_time(window.get_by_text("Jeg har gennemgået").first)
    evidence = analyst.get_by_role("table").filter(has_text="Aarhus").first
    expect(evidence).to_contain_text("41,5 %")
    assert_no_faults(analyst)
    for tick in analyst.get_by_text("Jeg har gennemgået").all():
        tick.click()
    _sign(analyst, "Kilden bekræfter", "Mette Hansen")
    _sign(other_analyst, "Det kan ikke passe", "Bent Olsen")
    # Who clicks twice publishes once.
    analyst.get_by_role("button", name="Udgiv", exact=True).first.dblclick()
    _expect_in_time(analyst.get_by_text("er udgivet som indlæsning nr.").first)
    assert_no_faults(analyst)
    press(other_analyst, "Afvis")
    _expect_in_time(other_analyst.get_by_text("af Mette Hansen den"))
    expect(other_analyst.get_by_text("Du har intet ændret.")).to_be_visible()
    by = [batch.published_by for batch in open_store(home).batches()]
    assert (by.count("Mette Hansen"), waiting_files(home), rejections(home)) == (1, [], [])

    _doubtful(home, source, "2023", 20.0)
    for window in (analyst, other_analyst):
        open_page(window, "/indlaes")
        expect_title(window, "Én hentet fil venter på godkendelse")
        _expect_in_time(window.get_by_text("Jeg har gennemgået").first)
    for tick in analyst.get_by_text("Jeg har gennemgået").all():
        tick.click()
    _sign(analyst, "Også rigtigt", "Mette Hansen")
    _sign(other_analyst, "Fejl hos kilden", "Bent Olsen")
    other_analyst.get_by_role("button", name="Afvis", exact=True).first.dblclick()
    _expect_in_time(other_analyst.get_by_text("De samme tal kommer ikke i køen igen.").first)
    press(analyst, "Udgiv")
    _expect_in_time(analyst.get_by_text("er afvist af Bent Olsen den"))
    assert "Fejl hos kilden. Du har intet ændret." in words_of(analyst)
    open_page(analyst, "/indlaes")
    expect_title(analyst, "Vælg en fil, og se")
    assert "Afvist af Bent Olsen: Fejl hos kilden" in words_of(analyst)
    assert_no_faults(analyst)
    assert (waiting_files(home), len(rejections(home))) == ([], 1)
    open_page(analyst, _TEMA)
    # The figure that was approved is the newest; the rejected one is nowhere.
    assert "41,5 %" in words_of(analyst)
    assert "92,0 %" not in words_of(analyst)


@pytest.mark.soak
def test_what_was_approved_is_undone_on_the_page(
    analyst: Page, home: Path, source: Sources
) -> None:
    _doubtful(home, source, "2022", -30.0)
    open_page(analyst, "/indlaes")
    _expect_in_time(analyst.get_by_text("Jeg har gennemgået").first)
    for tick in analyst.get_by_text("Jeg har gennemgået").all():
        tick.click()
    _sign(analyst, "Kilden bekræfter", "Mette Hansen")
    press(analyst, "Udgiv")
    _expect_in_time(analyst.get_by_text("er udgivet som indlæsning nr.").first)
    press(analyst, "Fortryd")
    undo(analyst, "Fortryd indlæsningen")
    _expect_in_time(analyst.get_by_text("tal er som før indlæsningen").first)
    assert_no_faults(analyst)
    open_page(analyst, _TEMA)
    assert "41,5 %" not in words_of(analyst)
    # It comes back by a person's hand only.
    assert fetch_once(home).entry.outcome == "same"
