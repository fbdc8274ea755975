"""What a person does in the browser: choose in a box, press a button, follow the address."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import parse_qsl, urlsplit

from playwright.sync_api import Error, Locator, Page, expect

from tests.browser.screen import PATIENCE_MILLISECONDS, wait_until_drawn

expect.set_options(timeout=PATIENCE_MILLISECONDS)


def box(page: Page, label: str) -> Locator:
    """The field of a box to choose in."""
    return page.get_by_role("combobox", name=label, exact=True)


def choose(page: Page, label: str, option: str) -> None:
    """Opens a box, types the option's name and clicks it.

    The list closes where the page moves under it, as it does while it is scrolled into view on a
    busy machine. A person then opens it again, and so does this.
    """
    field = box(page, label)
    for patience in (3_000, 6_000, PATIENCE_MILLISECONDS):
        field.click()
        field.fill(option)
        try:
            page.get_by_role("option", name=option, exact=True).click(timeout=patience)
        except Error:
            if patience == PATIENCE_MILLISECONDS:
                raise
        else:
            return


def press(page: Page, name: str) -> None:
    """Clicks the first button of that name."""
    page.get_by_role("button", name=name, exact=True).first.click()


def follow(page: Page, name: str) -> None:
    """Clicks the first link of that name."""
    page.get_by_role("link", name=name, exact=True).first.click()


def address_of(page: Page) -> tuple[str, dict[str, str]]:
    """The path in the address bar and its parameters."""
    parts = urlsplit(page.url)
    return parts.path, dict(parse_qsl(parts.query, keep_blank_values=True))


def expect_address(page: Page, path: str, **parameters: str) -> None:
    """Waits until the address is this one, all of its parameters included, and the page drawn."""
    try:
        page.wait_for_url(
            lambda _: address_of(page) == (path, parameters),
            timeout=PATIENCE_MILLISECONDS,
            wait_until="commit",
        )
    except Error:
        assert address_of(page) == (path, parameters)
    wait_until_drawn(page)


def expect_title(page: Page, text: str) -> None:
    """Waits until the page's only h1 begins with this text, and the page is drawn."""
    expect(page.locator("h1")).to_have_count(1)
    # A span of numbers has an invisible joiner after its hyphen.
    joined = re.compile(re.sub(r"(\d\\-)(\d)", "\\1\u2060\\2", re.escape(text)))
    expect(page.locator("h1")).to_contain_text(joined if "\u2060" in joined.pattern else text)
    wait_until_drawn(page)


@contextmanager
def popover(page: Page, name: str) -> Iterator[Locator]:
    """The content of the first popover of that name, open until the block ends."""
    press(page, name)
    content = page.get_by_test_id("stPopoverBody")
    expect(content).to_be_visible()
    yield content
    page.keyboard.press("Escape")
    expect(content).to_be_hidden()


def expect_chart(page: Page, text: str) -> None:
    """Waits until the first chart's name for a screen reader holds this text."""
    expect(page.get_by_role("figure").first).to_have_accessible_name(re.compile(re.escape(text)))
    wait_until_drawn(page)


def charts(page: Page) -> list[str]:
    """What each chart is called for a screen reader; it contains the chart's numbers."""
    names = [chart.get_attribute("aria-label") for chart in page.get_by_role("figure").all()]
    return [name.replace("\u00a0", " ") for name in names if name]


def words_of(page: Page) -> str:
    """All text of the page's main section, charts included."""
    return page.get_by_test_id("stMain").inner_text().replace("\u00a0", " ")
