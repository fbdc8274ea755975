"""The front page's first picture: for whom it is sent, and that it says what the page says."""

import asyncio
from pathlib import Path

import pytest
from starlette.types import Scope

from tests.ui.served import ask, served
from ui import cache, first_picture
from ui.first_picture import NEWEST, picture


@pytest.fixture
def drawn(built_home: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The picture of the plan's figures, drawn as a server that has started would."""
    monkeypatch.setenv("KPI_HOME", str(built_home))
    monkeypatch.setattr(NEWEST, "drawn", first_picture._Drawn("", ""))
    NEWEST.draw()
    assert NEWEST.drawn
    assert NEWEST.drawn.html
    return NEWEST.drawn.html


def picture_of(path: str, query: str = "") -> str:
    """What a page asked for like this gets."""
    scope: Scope = {"type": "http", "path": path, "query_string": query.encode(), "root_path": ""}
    return asyncio.run(first_picture.first_picture(scope))


@pytest.mark.parametrize("query", ["", "siden=m1", "blandt=6-byerne&siden="])
def test_the_front_page_of_today_has_it(drawn: str, query: str) -> None:
    assert picture_of("/", query) == drawn
    answer = ask(served(), "/", query=query)
    assert answer.text.count(drawn) == 1
    assert answer.text.index(drawn) < answer.text.index('<div id="root">')
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["content-length"] == str(len(answer.body))


@pytest.mark.parametrize(
    ("path", "query"),
    [("/tema", ""), ("/", "pr=2025-03-01"), ("/", "visning=billede"), ("/", "pr="), ("/x.css", "")],
)
@pytest.mark.usefixtures("drawn")
def test_no_other_page_day_or_mode_has_it(path: str, query: str) -> None:
    assert picture_of(path, query) == ""
    assert first_picture.ELEMENT not in ask(served(), path, query=query).text


@pytest.mark.usefixtures("drawn")
def test_none_with_streamlits_own_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KPI_FAST", "off")
    assert picture_of("/") == ""


def test_none_before_the_server_has_started(
    built_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KPI_HOME", str(built_home))
    monkeypatch.setattr(NEWEST, "drawn", None)
    assert picture_of("/") == ""


@pytest.mark.parametrize(
    "other", ["000001@1~2026-11-28", "000001@1~2026-11-29", "000002@2~2026-11-28"]
)
@pytest.mark.usefixtures("drawn")
def test_another_version_or_day_is_drawn_for_the_next_one(
    other: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache, "version", lambda: other)
    asked: list[bool] = []
    monkeypatch.setattr(NEWEST, "draw_later", lambda: asked.append(True))
    assert picture_of("/") == ""
    assert asked == [True]


def test_without_a_store_there_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KPI_HOME", str(tmp_path / "none"))
    monkeypatch.setattr(NEWEST, "drawn", first_picture._Drawn("", ""))
    NEWEST.draw()
    assert NEWEST.drawn == first_picture._Drawn("", "")


def test_texts_of_data_are_texts(built_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KPI_HOME", str(built_home))
    key = cache.version()
    view = cache.overview_of(key, cache.home_area(cache.catalog(key)))
    html = picture(view, ["<b>Side</b>"], "</template><script>")
    assert "<b>Side</b>" not in html
    assert "<script>" not in html
    assert "&lt;b&gt;Side&lt;/b&gt;" in html
