"""Who may show a chart in a frame: the pages that the setting lists, and those of one address."""

import pytest

from kpi.domain.pages import PAGES
from tests.pages.test_indlejret import CHARTS
from ui.frames import FRAMED_PAGES, SETTING, embed_origins, framed_headers, wrong_origin_lines
from ui.middleware import SECURITY_HEADERS

POLICY, FRAMES = "Content-Security-Policy", "X-Frame-Options"


@pytest.mark.parametrize(
    ("setting", "origins", "wrong"),
    [
        ("", (), 0),
        ("https://intranet.aarhus.dk", ("https://intranet.aarhus.dk",), 0),
        ("https://a.dk/, http://b:8080 ,", ("https://a.dk", "http://b:8080"), 0),
        ("https://*.aarhus.dk", ("https://*.aarhus.dk",), 0),
        ("*", (), 1),
        ("https:", (), 1),
        ("a.dk", (), 1),
        ("https://a.dk/side", (), 1),
        ("https://a.dk; script-src *", (), 1),
        ("https://a.dk *", (), 1),
        ("https://a.dk\r\nX: y", (), 1),
        ("'unsafe', https://b.dk", ("https://b.dk",), 1),
    ],
)
def test_the_setting_lists_origins_and_nothing_else(
    setting: str, origins: tuple[str, ...], wrong: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(SETTING, setting)
    assert embed_origins() == origins
    assert len(wrong_origin_lines()) == wrong


@pytest.mark.parametrize(
    "query", [b"", b"visning=billede", b"visning=indlejret&visning=x", b"x=visning%3Dindlejret"]
)
def test_no_other_address_can_be_framed(query: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SETTING, "https://a.dk")
    assert framed_headers("tema", query, SECURITY_HEADERS) == SECURITY_HEADERS


def test_one_that_is_made_for_it_can_by_the_listed_origins(monkeypatch: pytest.MonkeyPatch) -> None:
    query = b"noegletal=employment_rate&visning=indlejret"
    assert framed_headers("tema", query, SECURITY_HEADERS) == SECURITY_HEADERS
    monkeypatch.setenv(SETTING, "https://a.dk, https://b.dk")
    headers = framed_headers("tema", query, SECURITY_HEADERS)
    assert headers[POLICY].endswith("; frame-ancestors 'self' https://a.dk https://b.dk")
    assert {*SECURITY_HEADERS} - {*headers} == {FRAMES}


@pytest.mark.every_case
@pytest.mark.parametrize(
    "path",
    [
        *sorted(PAGES.keys() - FRAMED_PAGES), "", "_stcore/health", "_stcore/stream", "healthz",
        "ordliste.json", "media/x.png", "static/js/x.js", "tema/x", "x/tema", "Tema",
    ],
)  # fmt: skip
def test_what_shows_no_chart_alone_cannot_be_framed(
    path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(SETTING, "https://a.dk")
    framed = framed_headers(path, b"visning=indlejret", SECURITY_HEADERS)
    assert framed == SECURITY_HEADERS


def test_the_framed_pages_are_those_that_show_a_chart_alone() -> None:
    assert {*CHARTS} == FRAMED_PAGES
