"""No chart is drawn twice alike or unseen, and what a person sees is drawn first."""

from pathlib import Path

from playwright.sync_api import Page, WebSocket, expect

from tests.browser.running_app import SharedApp
from tests.browser.screen import open_page, resize, wait_until_drawn

_TURNS = Path(__file__).resolve().parents[2] / "ui" / "chart_turns.js"
# Notes the name and the width of each chart that the library is told to draw. Tests share a page,
# and each adds the script to it.
_WATCH = """
{
  window.draws = [];
  let library;
  Object.defineProperty(window, 'Plotly', {
    configurable: true,
    get: () => library,
    set: (given) => {
      library = given;
      const react = given.react;
      given.react = (element, figure) => {
        const chart = element.closest('[data-testid="stPlotlyChart"]');
        draws.push([chart.ariaLabel, figure.layout.width ?? 0]);
        return react(element, figure);
      };
    },
  });
}
"""
_STAND = """charts => charts.map(chart =>
    [chart.ariaLabel, chart.querySelector('.js-plotly-plot').layout.width])"""
# Three charts of which the second is below the window, asked for in this order.
_THREE = """
  document.body.innerHTML = '';
  const order = [];
  const plotly = {react: (element) => { order.push(element.id); }};
  const asked = ['first', 'below', 'seen'].map((id, place) => {
    const element = document.createElement('div');
    element.id = id;
    element.style = `position: absolute; top: ${place === 1 ? 4000 : 0}px`;
    document.body.append(element);
    const figure = {data: [], layout: {width: 300}, config: {}, frames: []};
    const drawn = () => sporDraw(plotly, element, figure);
    return sporTurn(element, 80).then(drawn).then(drawn);
  });
  await Promise.all(asked);
  return order;
"""


def test_charts_are_drawn_once_each_those_that_are_seen_first(page: Page) -> None:
    page.goto("about:blank")
    script = "async () => {" + _TURNS.read_text("utf-8") + _THREE + "}"
    assert page.evaluate(script) == ["first", "seen", "below"]


def test_no_chart_is_drawn_twice_alike(page: Page) -> None:
    page.add_init_script(_WATCH)
    open_page(page, "/tema")
    first = page.evaluate("draws.splice(0)")
    stand = page.get_by_test_id("stPlotlyChart").evaluate_all(_STAND)
    assert len(stand) > 4
    assert all(first.count(drawn) == 1 for drawn in first + stand), first
    assert all(width > 150 for _, width in first)
    resize(page, 900, 900)
    narrower = page.evaluate("draws.splice(0)")
    assert len({width for _, width in first} & {width for _, width in narrower}) == 0
    page.get_by_role("button", name="Vis nøgletallet").last.click()
    expect(page.get_by_test_id("stPlotlyChart").last).not_to_have_attribute(
        "aria-label", stand[-1][0]
    )
    wait_until_drawn(page)
    chosen = page.evaluate("draws")
    assert stand[-1][0] not in {name for name, _ in chosen}
    assert len(chosen) == len({tuple(drawn) for drawn in chosen})


def test_the_switch_of_events_leaves_the_rest_of_the_page(
    page: Page, app: SharedApp, shipped_app_home: Path
) -> None:
    """What a press sends anew is its chart: a long page has some two hundred messages."""
    app.show(shipped_app_home)
    received = [0]

    def count(_: object) -> None:
        """One message more."""
        received[0] += 1

    def listen(socket: WebSocket) -> None:
        """Counts what the page receives."""
        socket.on("framereceived", count)

    page.on("websocket", listen)
    open_page(page, "/tema")
    whole = received[0]
    chart = page.get_by_test_id("stPlotlyChart").last
    drawn = chart.inner_text()
    received[0] = 0
    page.get_by_text("Vis hændelser", exact=True).click(timeout=10_000)
    expect(chart).not_to_have_text(drawn)
    wait_until_drawn(page)
    page.remove_listener("websocket", listen)
    assert 0 < received[0] < whole / 10
