"""A fetched file that waits is approved in the browser, and its figures are on the pages."""

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.clicks import expect_title, press, words_of
from tests.browser.faults import assert_no_faults
from tests.browser.screen import open_page
from tests.fetched_files import let_wait


def test_a_file_that_waits_is_approved_by_a_click(analyst: Page, home: Path) -> None:
    let_wait(home)
    open_page(analyst, "/indlaes")
    expect_title(analyst, "Én hentet fil venter på godkendelse")
    assert_no_faults(analyst)
    # The file is read after the page is there.
    expect(analyst.get_by_text("Jeg har gennemgået").first).to_be_visible()
    for box in analyst.get_by_text("Jeg har gennemgået").all():
        box.click()
    analyst.get_by_label("Note til historikken").fill("Kilden bekræfter")
    # The press follows at once: what was typed last must be sent with it.
    analyst.get_by_label("Dit navn").fill("Mette Hansen")
    press(analyst, "Udgiv")
    expect(analyst.get_by_text("er udgivet som indlæsning nr.")).to_be_visible()
    expect_title(analyst, "Vælg en fil, og se")
    assert_no_faults(analyst)
    open_page(analyst, "/tema?tema=beskaeftigelse&noegletal=employment_rate")
    assert "29,2 %" in words_of(analyst)
