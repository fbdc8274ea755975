"""Each field of each page: a number typed into it is nowhere in the store, whatever is clicked.

Fields are found by themselves, and one that no view here shows fails the test.
"""

import ast
import logging
import sys
from collections.abc import Callable
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from tests.fetched_files import let_wait
from tests.pages.new_indicators import HEAD, file_of_months
from tests.pages.new_indicators import field as field_called
from tests.pages.upload_page import FAULTY, MENDED, button, hand_in
from tests.pages.visit import REPOSITORY, open_page, read

KINDS = ("text_input", "text_area")
NUMBER, SPELLINGS = b"4916", ("251248-4916", "2512484916", "Ida f. 25.12.48, 4916")
Site = tuple[str, int]


def _plan_editor(table: str) -> AppTest:
    app = open_page("handleplan")
    app.session_state["ret-planen"] = True
    app.session_state["ret-tabel"] = table
    app.session_state["ret-eller-ny"] = "Tilføj en række"
    return app.run()


def _upload(content: str) -> AppTest:
    return hand_in(open_page("indlaes"), "tal.csv", content)


def _queue(home: Path) -> AppTest:
    let_wait(home)
    return open_page("indlaes")


def _new_indicator() -> AppTest:
    return button(_upload(file_of_months()), "Opret nøgletal").click().run()


def _known_indicator() -> AppTest:
    """A new name for what is there already, which asks who says so."""
    lines = HEAD + "Sanktionsandelen i alt;Aarhus;;2025;21,5;\n"
    app = button(_upload(lines), "Opret nøgletal").click().run()
    field_called(app, "radio", "Er det nyt?").set_value("sanction_share").run()
    return app


VIEWS: dict[str, Callable[[Path], AppTest]] = {
    "plan": lambda _: open_page("handleplan"),
    "rows of the plan": lambda _: _plan_editor("event"),
    "committee": lambda _: open_page("udvalg"),
    "search": lambda _: open_page("om").button(key="soeg").click().run(),
    "sources": lambda _: open_page("om"),
    "upload": lambda _: _upload(MENDED),
    "upload with an unknown area": lambda _: _upload(FAULTY),
    "new indicator": lambda _: _new_indicator(),
    "new name of a known indicator": lambda _: _known_indicator(),
    "recipe": lambda _: _upload("Sted;Tid;Antal\nAarhus;2030;12\nAalborg;2030;15\n"),
    "recipe of a file without periods": lambda _: _upload("Sted;Antal\nAarhus;12\nAalborg;15\n"),
    "fetched file": _queue,
}
# Fields that show after something was entered: a name and a reason, which the store looks at.
AFTERWARDS = frozenset({"undo.py", "plan_rows.py", "new_editor.py"})


def fields_of_source() -> dict[Site, int]:
    """The calls that draw a field for texts, and their last lines."""
    sites = {}
    for path in [*(REPOSITORY / "ui").glob("*.py"), *(REPOSITORY / "pages").glob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in KINDS:
                sites[path.name, node.lineno] = node.end_lineno or node.lineno
    return sites


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> set[Site]:
    """The lines of the program that drew a field."""
    sites: set[Site] = set()

    def recorded(draw: Callable[..., str]) -> Callable[..., str]:
        def field(*given: object, **named: object) -> str:
            frame = sys._getframe(1)
            sites.add((Path(frame.f_code.co_filename).name, frame.f_lineno))
            return draw(*given, **named)

        return field

    for kind in KINDS:
        monkeypatch.setattr(st, kind, recorded(getattr(st, kind)))
    return sites


def files_with(home: Path, number: bytes) -> list[str]:
    return [
        path.relative_to(home).as_posix()
        for path in home.rglob("*")
        if path.is_file() and (number in path.read_bytes() or number.decode() in path.name)
    ]


def texts_of(app: AppTest) -> list[Any]:
    """The fields that a person can write in."""
    return [field for kind in KINDS for field in getattr(app, kind) if not field.disabled]


def typed(app: AppTest, at: int, text: str) -> AppTest:
    """A text in a field, and ordinary words in the others that are empty."""
    for place, field in enumerate(texts_of(app)):
        if place == at:
            field.set_value(text)
        elif not field.value:
            field.set_value("Anna")
    return app.run()


@pytest.mark.usefixtures("no_pictures")
def test_a_number_in_every_field_of_a_page_at_once(
    home: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Refused in words, and held by nothing but the fields themselves."""
    caplog.set_level(logging.DEBUG)
    before = {*files_with(home, b"251248"), *files_with(home, NUMBER)}
    app = open_page("handleplan")
    fields = texts_of(app)
    assert fields
    for field, text in zip(fields, cycle(SPELLINGS), strict=False):
        field.set_value(text)
    (save,) = [element for element in app.button if element.label == "Registrér status"]
    save.click().run()
    said = [read(error.value) for error in app.error]
    assert any("CPR-nummer" in text for text in said), said
    assert {*files_with(home, b"251248"), *files_with(home, NUMBER)} == before
    typed_in = {field.key for field in fields}
    state = app.session_state
    held = [key for key in state if key not in typed_in and "4916" in repr(state[key])]
    assert held == []
    assert "4916" not in repr(app.query_params) + " ".join(said) + caplog.text


@pytest.mark.soak
@pytest.mark.usefixtures("no_pictures")
def test_who_says_that_it_is_known_is_no_number(home: Path) -> None:
    before = {*files_with(home, b"251248"), *files_with(home, NUMBER)}
    app = _known_indicator()
    for text in SPELLINGS:
        field_called(app, "text_input", "Dit navn").set_value(text).run()
        button(app, "Brug »Sanktionsandel«").click().run()
        said = " ".join(read(error.value) for error in app.error)
        assert "CPR-nummer" in said, (text, said)
        assert "4916" not in said
    assert {*files_with(home, b"251248"), *files_with(home, NUMBER)} == before


@pytest.mark.soak
@pytest.mark.usefixtures("no_pictures")
def test_a_number_typed_into_any_field_is_kept_nowhere(home: Path, drawn: set[Site]) -> None:
    before = set(files_with(home, b"251248")) | set(files_with(home, NUMBER))
    for name, view in VIEWS.items():
        app = view(home)
        count = len(texts_of(app))
        for at in range(count):
            app = typed(view(home) if at else app, at, SPELLINGS[at % len(SPELLINGS)])
            label = texts_of(app)[at].label
            for key in [element.key for element in app.button if not element.disabled]:
                pressed = [element for element in app.button if element.key == key]
                if pressed and not pressed[0].disabled:
                    pressed[0].click().run()
            kept = {*files_with(home, b"251248"), *files_with(home, NUMBER)} - before
            assert not kept, (name, label, kept)
    missing = {
        site
        for site, last in fields_of_source().items()
        if not any(file == site[0] and site[1] <= line <= last for file, line in drawn)
    }
    assert {site for site in missing if site[0] not in AFTERWARDS} == set()
