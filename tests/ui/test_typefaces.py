"""The smaller typefaces: no letter and no icon is missing."""

import gzip
import re

import pytest
from fontTools.ttLib import TTFont

from tests.ui.served import ask, served
from tools.make_fonts import icon_names, ligatures
from ui import typefaces
from ui.fast import STATIC
from ui.first_files import page_files
from ui.typefaces import FACES, ICONS, IN_NEITHER, LETTERS, SANS, SERIF, Typeface, files, style

SHEET = next(name for name in page_files() if name.endswith(".css"))


@pytest.fixture(scope="module")
def icons() -> dict[str, str]:
    """The names that Streamlit's face of icons draws."""
    with TTFont(ICONS.original_path, lazy=True) as font:
        return ligatures(font)


@pytest.mark.parametrize("face", FACES, ids=lambda face: face.name)
def test_made_of_the_installed_one(face: Typeface) -> None:
    """A new Streamlit: put its digest in ui/typefaces.py, run `python -m tools.make_fonts`."""
    assert typefaces.is_known(face)


def test_every_icon_is_in_the_face(icons: dict[str, str]) -> None:
    """A new icon: run `python -m tools.make_fonts`."""
    names = icon_names(set(icons))
    assert {"location_on", "remove_circle_outline", "expand_more", "menu"} <= names
    with TTFont(ICONS.path, lazy=True) as font:
        assert names - {*ligatures(font)} == set()


@pytest.mark.parametrize("face", [SANS, SERIF], ids=lambda face: face.name)
def test_every_letter_is_in_the_face(face: Typeface) -> None:
    with TTFont(face.path, lazy=True) as made, TTFont(face.original_path, lazy=True) as font:
        small, whole = {*made.getBestCmap()}, {*font.getBestCmap()}
    assert {*LETTERS} & whole <= small
    assert not {*IN_NEITHER} & whole


def test_the_style_sheet_asks_for_the_smaller_ones() -> None:
    ours, theirs = style(text := (STATIC / SHEET).read_text("utf-8")), text
    for name, content in files().items():
        assert ours.count(f"url(../../skrift/{name})") == 1
        answer = ask(served(), f"/skrift/{name}", accept_encoding="br")
        assert (answer.status, answer.body) == (200, content)
        assert answer.headers["content-type"] == "font/woff2"
        assert "immutable" in answer.headers["cache-control"]
    assert ICONS.original not in ours
    # Of letters Streamlit's own has those that the smaller one lacks, and no letter twice.
    for face in (SANS, SERIF):
        ranges = re.findall(rf"{re.escape(face.family)};[^}}]*normal;unicode-range:([^;]+);", ours)
        assert len(ranges) == 2
        others, own = ({*_codes(each)} for each in ranges)
        assert own == {*LETTERS}
        assert not own & others
        assert own | others | {*IN_NEITHER} >= {*range(0xA0, _LAST), 0x10FFFF}
    plain = re.sub(r"@font-face\{[^}]*\}", "", ours)
    assert plain == re.sub(r"@font-face\{[^}]*\}", "", theirs)


_LAST = 0x3000


def _codes(ranges: str) -> list[int]:
    bounds = [each.removeprefix("U+").split("-") for each in ranges.split(",")]
    listed = []
    for first, last in bounds:
        listed += [*range(int(first, 16), min(int(last, 16), _LAST) + 1), int(last, 16)]
    return listed


def test_the_page_asks_for_that_style_sheet() -> None:
    page = ask(served(), "/tema").text
    sheet = re.search(r'href="\./(static/css/index[^"?]*)\?(v=[0-9a-f]{16})"', page)
    assert sheet
    asked = ask(served(), f"/{sheet[1]}", query=sheet[2], accept_encoding="gzip")
    assert gzip.decompress(asked.body).decode() == style((STATIC / SHEET).read_text("utf-8"))
    assert "immutable" in asked.headers["cache-control"]
    # Some scripts ask for it without: it may be another one tomorrow.
    without = ask(served(), f"/{sheet[1]}", accept_encoding="gzip")
    assert (without.body, without.headers["cache-control"]) == (asked.body, "no-cache")
    early = re.findall(r'<link rel="preload" href="\./skrift/([^"]+)"', page)
    assert early == [*files()]
    assert not re.search(r'preload"\s+href="\./static/media', page)


def test_other_typefaces_are_used_whole(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(typefaces, "is_known", lambda face: face is SANS)
    files.cache_clear()
    try:
        ours = style((STATIC / SHEET).read_text("utf-8"))
        assert ours.count("skrift/") == 1
        assert ICONS.original in ours
    finally:
        files.cache_clear()


def test_streamlits_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KPI_FAST", "off")
    assert "skrift/" not in ask(served(), "/tema").text
    path = f"/static/{SHEET}"
    asked = ask(served(), path, query=typefaces.style_version(), accept_encoding="gzip")
    assert asked.body == (STATIC / SHEET).read_bytes()


def test_no_other_file_is_there() -> None:
    for name in ("OFL-1.1.txt", "sans.woff2"):
        assert ask(served(), f"/skrift/{name}").status == 404
