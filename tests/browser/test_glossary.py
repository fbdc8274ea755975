"""Words of the glossary, which are explained where a section first uses them."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.screen import open_page

MEDIAN = re.compile("^Tallet i midten")
# No word is marked twice in a section, or in what is pressed or drawn.
_MARKS = """
() => {
  let seen = new Set();
  const faults = [];
  for (const each of document.querySelectorAll('[data-testid=stMain] :is(h1, h2, details, .ord)')) {
    if (!each.matches('.ord')) { seen = new Set(); continue; }
    if (seen.has(each.dataset.ord) || each.parentElement.closest('a, button, label, svg, code'))
      faults.push(each.textContent);
    seen.add(each.dataset.ord);
  }
  return faults;
}
"""
# What React does with a text that has a mark in it: it writes another one, or takes it away.
_REWRITTEN = """
word => {
  const around = word.parentElement;
  const text = word.previousSibling;
  const before = around.textContent;
  const rest = () => new Promise(done => setTimeout(done, 700));
  text.data = 'Medianen er ny. ';
  return rest().then(() => {
    const written = around.textContent;
    const marks = around.querySelectorAll('.ord').length;
    text.remove();
    return rest().then(() => [before, written, marks, around.textContent]);
  });
}
"""


def test_a_word_is_explained_to_whoever_points_at_it_or_reaches_it(page: Page) -> None:
    open_page(page, "/")
    word = page.locator(".ord", has_text="medianen").first
    tip = page.locator("#ord-forklaring")
    expect(word).to_have_accessible_description(MEDIAN)
    assert page.evaluate(_MARKS) == []
    word.hover()
    expect(tip).to_have_text(MEDIAN)
    page.mouse.move(0, 0)
    expect(tip).to_be_hidden()
    word.focus()
    expect(tip).to_be_visible()
    page.keyboard.press("Escape")
    expect(tip).to_be_hidden()
    page.keyboard.press("Enter")
    expect(tip).to_be_visible()
    page.emulate_media(media="print")
    expect(tip).to_be_hidden()
    page.emulate_media(media="screen")

    before, written, marks, removed = word.evaluate(_REWRITTEN)
    assert "medianen" in before
    assert (written, marks, removed) == ("Medianen er ny. ", 1, "")


@pytest.mark.soak
def test_a_word_is_explained_to_whoever_taps_it(phone: Page) -> None:
    open_page(phone, "/")
    phone.locator(".ord", has_text="medianen").first.tap()
    tip = phone.locator("#ord-forklaring")
    expect(tip).to_have_text(MEDIAN)
    phone.locator("h1").tap()
    expect(tip).to_be_hidden()
