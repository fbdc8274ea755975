"""The first picture of a page stands where the real page then stands, and goes."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, Route

from tests.browser.running_app import SharedApp
from tests.browser.screen import open_page
from tests.browser.tabs import desktop_tab

pytestmark = pytest.mark.second_look

# Pixels that a card's edges and its texts may move when the picture goes.
_MOST = 4
_PARTS = {
    "title": ("h1", "h1 span:not(.ord)"),
    "card": ("section", "[class*=st-key-kort2-stand] [class*=st-key-kort-]"),
    "name": (".navn b", "[class*=st-key-linje-] a p"),
    "value": (".tal", "[class*=st-key-linje-] > :nth-child(2):not(:last-child) strong"),
    "gap": (".mod b", "[class*=st-key-linje-] > :last-child p > span:first-child > strong"),
    "badge": (".mod span", "[class*=st-key-linje-] .stMarkdownBadge"),
}
Placed = dict[str, list[list[float | str]]]
_HEAD = {
    "title": ("h1", "#root h1 span:not(.ord)"),
    "line": (".under p:first-child", "#root [class*=st-key-hoved] .stMarkdownColoredText"),
}
_PLACES = """([isPicture, selectors]) => {
  const root = isPicture ? document.getElementById("foerste-billede").shadowRoot : document;
  const placed = {};
  for (const [name, selector] of Object.entries(selectors))
    placed[name] = [...root.querySelectorAll(selector)].map((part) => {
      const range = document.createRange();
      range.selectNodeContents(part);
      const box = (name === "card" ? part : range).getBoundingClientRect();
      const text = part.textContent.replace(/[a-z]+_[a-z_]+|\\s+/g, " ").trim();
      const end = name === "card" ? [box.right, box.bottom] : [0, 0];
      return [box.left, box.top, ...end, text];
    });
  return placed;
}"""


def _opened(route: Route) -> None:
    """The page with a picture that a test can look into, without what draws the real one."""
    kind = route.request.resource_type
    if kind == "document":
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text().replace('"closed"', '"open"'))
    elif kind == "script":
        route.fulfill(body="", content_type="text/javascript")
    else:
        route.continue_()


@pytest.fixture
def window(
    desktop: BrowserContext, app: SharedApp, app_home: Path, problems: list[str]
) -> Iterator[Page]:
    """A desktop window on the plan's figures."""
    app.show(app_home)
    with desktop_tab(desktop, app, problems) as opened:
        yield opened


def _placed_twice(
    window: Page, address: str, parts: dict[str, tuple[str, str]]
) -> tuple[Placed, Placed]:
    """Where the parts stand on a page that somebody looks at, and in the next one's picture."""
    open_page(window, address)
    window.evaluate("document.fonts.ready")
    real = window.evaluate(_PLACES, [False, {name: part[1] for name, part in parts.items()}])
    assert window.locator("#foerste-billede").count() == 0
    window.route("**/*", _opened)
    window.goto(address)
    window.wait_for_selector("#foerste-billede", state="attached")
    window.evaluate("document.fonts.ready")
    picture = window.evaluate(_PLACES, [True, {name: part[0] for name, part in parts.items()}])
    window.unroute_all()
    return real, picture


def _assert_same_places(real: Placed, picture: Placed) -> None:
    for name, places in real.items():
        assert [place[4] for place in picture[name]] == [place[4] for place in places], name
        assert places, name
        for drawn, stands in zip(picture[name], places, strict=True):
            assert drawn[:4] == pytest.approx(stands[:4], abs=_MOST), (name, drawn, stands)


@pytest.mark.parametrize("width", [1400, 1024, 390])
def test_it_stands_where_the_page_stands(window: Page, app: SharedApp, width: int) -> None:
    window.set_viewport_size({"width": width, "height": 900})
    _assert_same_places(*_placed_twice(window, app.address, _PARTS))


@pytest.mark.parametrize("width", [1400, 1024, 390])
@pytest.mark.parametrize("page", ["tema", "om", "omraade?omraade=gellerup", "handleplan"])
def test_a_heading_stands_where_the_page_has_it(
    window: Page, app: SharedApp, page: str, width: int
) -> None:
    window.set_viewport_size({"width": width, "height": 900})
    _assert_same_places(*_placed_twice(window, f"{app.address}/{page}", _HEAD))


@pytest.mark.parametrize("width", [1400, 390])
def test_it_goes_when_somebody_wants_something(window: Page, app: SharedApp, width: int) -> None:
    window.set_viewport_size({"width": width, "height": 900})
    open_page(window, app.address)  # so that it is drawn for the next one
    # The page itself never comes: its scripts are held back.
    window.route(
        "**/static/js/*", lambda route: route.fulfill(body="", content_type="text/javascript")
    )
    window.goto(app.address)
    window.wait_for_selector("#foerste-billede", state="attached")
    window.wait_for_timeout(300)
    assert window.locator("#foerste-billede").count() == 1  # nothing has taken it away yet
    window.keyboard.press("Tab")
    window.wait_for_selector("#foerste-billede", state="detached")
    assert window.locator("h1").count() == 0
    window.unroute_all()
