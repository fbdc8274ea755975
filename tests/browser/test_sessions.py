"""The app as a whole: a link opens a process that has just started, and people share it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.browser.audit import english_words
from tests.browser.clicks import charts, choose, expect_address, expect_title, words_of
from tests.browser.faults import faults
from tests.browser.running_app import running_app
from tests.browser.screen import PATIENCE_MILLISECONDS, open_page, wait_until_drawn, watch
from tests.browser.stream import connected, run
from tests.pages.visit import read


@pytest.fixture
def visitor(browser: Browser, problems: list[str]) -> Iterator[Page]:
    """A window of another person, whose browser is set to English."""
    context = browser.new_context(locale="en-US", viewport={"width": 1400, "height": 900})
    opened = context.new_page()
    watch(opened, problems)
    yield opened
    context.close()


@pytest.mark.soak
def test_a_deep_link_is_the_first_thing_a_new_process_shows(
    home: Path, tmp_path: Path, visitor: Page, problems: list[str]
) -> None:
    refused: list[str] = []
    visitor.on(
        "response",
        lambda response: refused.append(response.url) if response.status >= 400 else None,
    )
    with running_app(home, tmp_path / "log") as app:
        open_page(visitor, f"{app}/tema?tema=opgang_til_opgang&noegletal=school_absence")
        expect_title(visitor, "Gellerup: sikker forskel fra Viby Syd")
        expect(visitor.get_by_role("link", name="Overblik")).to_be_visible()
        figure = "Gellerup: 13,0 i foråret 2024, 9,7 i efteråret 2024"
        assert any(figure in chart for chart in charts(visitor))
        assert problems == refused == []


@pytest.mark.soak
@pytest.mark.parametrize(
    ("page", "query", "title", "figure"),
    [
        ("omraade", "omraade=gellerup", "Gellerup: sikker forskel fra Viby Syd", "21 af 68"),
        pytest.param(
            "sammenlign",
            "noegletal=employment_rate&omraader=aarhus,denmark&diagram=udvikling",
            "Beskæftigelsesfrekvens 16-64 år",
            "Aarhus: 72,6 i 2008, 73,7 i 2021",
            marks=pytest.mark.soak,
        ),
    ],
)
def test_a_new_process_may_be_asked_for_any_page_first(
    home: Path, tmp_path: Path, page: str, query: str, title: str, figure: str
) -> None:
    """What a browser would draw, as the test above shows for one page."""
    with running_app(home, tmp_path / "log") as app, connected(app) as stream:
        messages = [ForwardMsg.FromString(each) for each in run(stream, page, query)]
    (menu,) = (each.navigation for each in messages if each.HasField("navigation"))
    assert "Overblik" in [each.page_name for each in menu.app_pages]
    elements = [each.delta.new_element for each in messages if each.HasField("delta")]
    (heading,) = (each.heading for each in elements if each.heading.tag == "h1")
    assert title in read(heading.body)
    alts = [read(each.plotly_chart.alt) for each in elements if each.HasField("plotly_chart")]
    assert any(figure in alt for alt in alts)


def test_a_broken_store_and_a_lost_server_are_reported_in_danish(
    built_home: Path, tmp_path: Path, visitor: Page, problems: list[str]
) -> None:
    shutil.copytree(built_home, tmp_path / "home")
    (tmp_path / "home" / "versions" / "000001.duckdb").write_bytes(b"")

    def visit() -> None:
        with running_app(tmp_path / "home", tmp_path / "log") as app:
            open_page(visitor, f"{app}/tema")
            before_it_is_lost.extend(problems)

    before_it_is_lost: list[str] = []
    # The log keeps the cause, for whoever runs the app; the screen says what to do.
    with pytest.raises(AssertionError, match="KpiError: Tallene kan ikke læses"):
        visit()
    words = words_of(visitor)
    assert "python -m kpi init" in words
    assert "Traceback" not in words
    assert before_it_is_lost == []
    # A page that stays open asks again and again whether there is a server.
    asked_in_vain = ("WebSocket", "ERR_CONNECTION_REFUSED")
    assert [each for each in problems if not any(part in each for part in asked_in_vain)] == []
    expect(visitor.get_by_role("dialog")).to_contain_text("Ingen forbindelse")
    assert faults(visitor) == {}


@pytest.mark.soak
def test_two_people_see_the_same_and_do_not_disturb_each_other(page: Page, visitor: Page) -> None:
    address = "/sammenlign?noegletal=employment_rate&omraader=aarhus,odense"
    page.goto(address, wait_until="commit")
    visitor.goto(page.url, wait_until="commit")
    wait_until_drawn(page)
    wait_until_drawn(visitor)
    expect_title(visitor, "Beskæftigelsesfrekvens 16-64 år")
    first = words_of(page)
    assert words_of(visitor) == first
    assert charts(visitor) == charts(page) != []
    assert english_words(visitor) == []
    choose(visitor, "Fra", "2015")
    visitor.wait_for_url("**fra=2015**", timeout=PATIENCE_MILLISECONDS)
    wait_until_drawn(visitor)
    assert charts(visitor) != charts(page)
    page.reload()
    expect_address(
        page,
        "/sammenlign",
        noegletal="employment_rate",
        omraader="aarhus,odense",
        grupper="all",
        diagram="udvikling",
    )
    assert words_of(page) == first
