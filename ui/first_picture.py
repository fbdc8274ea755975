"""A page's first screen as HTML: read while Streamlit's scripts are still on their way.

It stands in the page that the server answers with and goes when the real one is drawn
(browser.js). It says what the real one says: of the front page its cards as well, from the same
view, of others the heading that the page had for who came before (first_heading.py).
"""

import asyncio
import logging
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from html import escape
from pathlib import Path
from urllib.parse import parse_qs

from starlette.types import Scope

from kpi.domain.errors import KpiError
from kpi.domain.pages import PAGES
from kpi.domain.period import today
from kpi.views.front_cards import FrontCard, FrontRow
from kpi.views.overview import Overview
from ui.addresses import inside
from ui.badges import badge_icon, unbroken
from ui.fast import is_fast
from ui.first_heading import SEEN, Heading, address_of
from ui.switches import shown_pages

_LOG = logging.getLogger("spor")
_HERE = Path(__file__).parent
_STYLE = (_HERE / "first_picture.css").read_text("utf-8")
_LOGO = (_HERE / "logo.svg").read_text("utf-8")
ELEMENT = "foerste-billede"
# What an address of the front page may say without its first screen being another one.
_SAME = {"siden", "blandt"}


@dataclass(frozen=True)
class _Drawn:
    """The picture of a version on a day, by the key of both (ui/cache.py)."""

    key: str
    html: str


class _Newest:
    """The newest picture, and the thread that draws it; none is drawn before the server starts."""

    def __init__(self) -> None:
        self.drawn: _Drawn | None = None
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="first picture")

    def start(self) -> None:
        """From now on there are pictures; the first is drawn before anyone asks for it."""
        self.drawn = _Drawn("", "")
        self.draw_later()

    def draw_later(self) -> None:
        """Draws the current version's picture, unless it is drawn by then."""
        self._worker.submit(self.draw)

    def draw(self) -> None:
        """Draws the current version's picture; without a store, or with a broken one, none."""
        from ui import cache  # loads what pages need
        from ui.as_of import shown_as

        try:
            key = cache.version()
            if self.drawn and self.drawn.key == key:
                return
            view = cache.overview_of(key, cache.home_area(cache.catalog(key)))
            self.drawn = _Drawn(key, picture(view, _titles(shown_pages()), shown_as(today())))
        except KpiError as error:  # the page says what is wrong
            _LOG.info("no first picture: %s", error)


NEWEST = _Newest()


def draw_ahead() -> None:
    """Begins with pictures, unless Streamlit's own files are wanted."""
    if is_fast():
        NEWEST.start()


async def first_picture(scope: Scope) -> str:
    """The picture for what is asked for; empty where there is none.

    None of an earlier day or of a picture mode, none of an address that nobody has seen today, none
    of the front page while it is not drawn yet: then it is drawn for the next one. Nobody waits.
    """
    drawn, path = NEWEST.drawn, inside(scope)
    if drawn is None or not is_fast() or path not in ("", *PAGES):
        return ""
    key, query = await asyncio.to_thread(_current_key), scope["query_string"].decode("latin-1")
    if path:
        heading = SEEN.heading(key, address_of(path, query))
        return heading_picture(heading) if heading else ""
    if not set(parse_qs(query, keep_blank_values=True)) <= _SAME:
        return ""
    if drawn.key == key:
        return drawn.html
    NEWEST.draw_later()
    return ""


def _current_key() -> str:
    from ui import cache

    try:
        return cache.version()
    except KpiError:
        return ""


def heading_picture(heading: Heading) -> str:
    """A page's bar and heading; its parts below come with the page itself."""
    from ui.as_of import shown_as

    day = shown_as(today()) if heading.with_day else ""
    head = _head(heading.title, heading.under, day, heading.has_box)
    return _framed(_titles(shown_pages()), PAGES[heading.page].title, head, until="h1")


def _titles(paths: Sequence[str]) -> list[str]:
    return [PAGES[path].title for path in paths]


def picture(view: Overview, pages: Sequence[str], day: str) -> str:
    """The front page's first screen: its bar, finding and cards; `day` says of which day it is."""
    shorter = view.cards.shorter
    cards = [
        (view.cards.worse, "error", "kortest daarligere" if shorter == "worse" else "daarligere"),
        (view.cards.better, "check_circle", "kortest bedre" if shorter == "better" else "bedre"),
    ]
    head = _head(view.title, view.subtitle, day, has_box=True)
    drawn = "".join(_card(card, icon, name) for card, icon, name in cards if card)
    kind = "kort uens" if shorter else "kort"
    return _framed(
        pages, pages[0], f'{head}<div class="{kind}">{drawn}</div>', until=".st-key-under-kort"
    )


def _framed(pages: Sequence[str], here: str, parts: str, until: str) -> str:
    """A whole picture; it goes when the page has the element `until`.

    Hidden from those who hear the page, and not to be reached by the keyboard: the real one comes.
    """
    links = "".join(
        f'<span data-side="{escape(page)}"{" class=her" if page == here else ""}>'
        f"{escape(page)}</span>"
        for page in pages
    )
    body = f"<style>{_STYLE}</style><header>{_LOGO}<nav>{links}</nav></header><main>{parts}</main>"
    return (
        f'<div id="{ELEMENT}" aria-hidden="true" inert data-til="{until}">'
        f'<template shadowrootmode="closed">{body}</template></div>'
    )


def _head(title: str, under: str, day: str, has_box: bool) -> str:
    """Title, line and what stands beside them; without a `day` the print button alone."""
    dated = f"<i>calendar_today</i>{escape(day)}" if day else ""
    box = '<span class="felt"></span>' if has_box else ""
    return (
        f'<div class="hoved{"" if has_box else " alene"}"><div>'
        f'<h1>{escape(title)}</h1><div class="under"><p>{escape(under)}</p>'
        f'<p class="vist">{dated}<span class="udskriv"><i>print</i>Udskriv</span></p></div></div>'
        f'<p class="valg">{box}<span class="hjaelp"></span><span class="soeg">Søg</span></p></div>'
    )


def _card(card: FrontCard, icon: str, name: str) -> str:
    return (
        f'<section class="{name} linjer-{len(card.rows)}">'
        f"<div><h2><i>{icon}</i> {escape(card.title)}</h2>"
        f"<p><small>{escape(card.subtitle)}</small></p></div>"
        f"{''.join(_row(row) for row in card.rows)}</section>"
    )


def _row(row: FrontRow) -> str:
    value = f'<p class="tal">{escape(row.value)}</p>' if row.value else ""
    beside = [
        f"<b>{escape(unbroken(row.gap))}</b>",
        f"<small>{escape(unbroken(row.rank))}</small>" if row.rank else "",
        *(f"<span><i>{badge_icon(badge)}</i> {escape(badge.text)}</span>" for badge in row.badges),
        f"<small><i>flag</i> {escape(row.target)}</small>" if row.target else "",
    ]
    return (
        f'<div class="linje"><p class="navn"><b>{escape(row.name)}</b>'
        f"<small>{escape(row.dated)}</small></p>{value}"
        f'<p class="mod">{" ".join(filter(None, beside))}</p></div>'
    )
