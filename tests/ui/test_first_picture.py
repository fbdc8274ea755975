"""The front page's first picture: for whom it is sent, and that it says what the page says."""

import asyncio
from pathlib import Path

import pytest
import streamlit as st
from starlette.types import Scope

from kpi.domain.selection import Selection
from tests.ui.served import ask, served
from ui import cache, first_heading, first_picture
from ui.first_picture import NEWEST, picture
from ui.visited import note_visited


@pytest.fixture
def drawn(built_home: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The picture of the plan's figures, drawn as a server that has started would."""
    monkeypatch.setenv("KPI_HOME", str(built_home))
    monkeypatch.setattr(NEWEST, "drawn", first_picture._Drawn("", ""))
    seen = first_heading._Seen()
    for module in (first_picture, first_heading):
        monkeypatch.setattr(module, "SEEN", seen)
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
    [
        ("/tema", ""),
        ("/tema", "tema=work"),
        ("/udvalg", ""),
        ("/", "pr=2025-03-01"),
        ("/", "visning=billede"),
        ("/", "pr="),
        ("/x.css", ""),
    ],
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


WORK = Selection("tema", tema="work")


@pytest.mark.parametrize(
    ("seen", "query", "path", "asked", "is_there"),
    [
        (WORK, "tema=work&noegletal=rate", "/tema", "noegletal=rate&tema=work", True),
        (WORK, "tema=work", "/tema", "tema=language", False),
        (WORK, "tema=work", "/omraade", "tema=work", False),
        (WORK, "tema=work", "/tema", "tema=work&pr=2025-03-01", False),
        (WORK, "tema=work", "/tema", "tema=work&visning=billede", False),
        (WORK, "", "/tema", "", True),
        # What these are called is what a session has chosen or handed in.
        (Selection("udvalg"), "", "/udvalg", "", False),
        (Selection("indlaes"), "", "/indlaes", "", False),
    ],
)
@pytest.mark.usefixtures("drawn")
def test_a_heading_is_that_of_its_address(
    monkeypatch: pytest.MonkeyPatch, seen: Selection, query: str, path: str, asked: str,
    is_there: bool,
) -> None:  # fmt: skip
    state: dict[str, object] = {}
    monkeypatch.setattr(st, "session_state", state)
    first_heading.note_box(True)
    first_heading.note_title("Aarhus ligger <højt>", "på alt", True)
    first_heading.keep_heading(cache.version(), seen, query)
    html = picture_of(path, asked)
    assert ("Aarhus ligger &lt;højt&gt;" in html) is is_there
    assert bool(html) is is_there


@pytest.mark.usefixtures("drawn")
def test_a_bare_address_is_of_new_sessions_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(st, "session_state", {})
    for before in (Selection("omraade", omraade="gellerup"), WORK):
        note_visited(before)
    first_heading.note_box(True)
    first_heading.note_title("Aarhus", "", True)
    first_heading.keep_heading(cache.version(), WORK, "")
    assert picture_of("/tema") == ""


def test_headings_of_another_version_are_forgotten_and_the_oldest_go(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(first_heading, "_MOST", 2)
    seen = first_heading._Seen()
    of = {
        name: (("tema", (("tema", name),)), first_heading.Heading("tema", name, "", True, True))
        for name in "abc"
    }
    for name in "abac":
        seen.keep("1", *of[name])
    assert [name for name in "abc" if seen.heading("1", of[name][0])] == ["a", "c"]
    seen.keep("2", *of["b"])
    assert [seen.heading(key, of[name][0]) is not None for key, name in ("1c", "2a", "2b")] == [
        False, False, True,
    ]  # fmt: skip
