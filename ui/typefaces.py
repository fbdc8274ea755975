"""Streamlit's typefaces with the letters and icons that pages are written with, a sixth as large.

A browser takes a letter from the smaller face where that has it, and from Streamlit's own where
not, so every text looks as before. Icons are words that the face turns into pictures: one that is
missing would be seen as its word, so the face has every icon's name that is written anywhere in
ui/ and pages/. The files are made by `python -m tools.make_fonts` and belong to the files of
Streamlit's whose digests stand here: with others, Streamlit's own are used.
"""

import hashlib
import logging
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import groupby, pairwise
from pathlib import Path

from ui.fast import STATIC

FOLDER = Path(__file__).with_name("fonts")
# Latin letters, Danish quotation marks and dashes, arrows, signs of comparison, marks.
LETTERS = (
    *range(0x20, 0x7F), *range(0xA0, 0x100), *range(0x2010, 0x2028), 0x2030, 0x2039, 0x203A, 0x20AC,
    *range(0x2190, 0x219A), 0x2212, 0x2248, 0x2264, 0x2265, 0x25A0, 0x25B2, 0x25BA, 0x25BC, 0x25CB,
    0x25CF,
)  # fmt: skip
# What Streamlit's faces lack as well: joiners, and the lines of legends.
IN_NEITHER = (*range(0x2060, 0x2070), *range(0x2500, 0x2580))
# What the names of icons are written with, and whatever the face has beside: spaces, capitals.
NAME_LETTERS = (*range(0x0D, 0x7F), 0xA0)
# Streamlit's style sheet, and where its page asks for it.
SHEET = re.compile(r"index\.[\w-]+\.css")
_SHEET_LINK = re.compile(rf'(href="\./static/css/{SHEET.pattern})"')
# The request for a typeface that Streamlit's page begins with.
_EARLY = re.compile(r'<link\s+rel="preload"\s+href="\./static/media/[^>]*>')
_LOG = logging.getLogger("spor")


@dataclass(frozen=True)
class Typeface:
    """A face of Streamlit's: our name of it, how pages ask for it, its file and digest."""

    name: str
    family: str
    weight: str
    original: str
    digest: str
    has_letters: bool = True

    @property
    def path(self) -> Path:
        """The smaller file."""
        return FOLDER / f"{self.name}.woff2"

    @property
    def original_path(self) -> Path:
        """Streamlit's own file."""
        return STATIC / "media" / self.original


SANS = Typeface(
    "sans", "Source Sans", "100 900", "SourceSansVF-Upright.ttf.BsWL4Kly.woff2",
    "5f16566f7a40d39b339ad26be151fa5a1ab1f0c2574c7a2e619765584a1acbd8",
)  # fmt: skip
SERIF = Typeface(
    "serif", "Source Serif", "100 900", "SourceSerifVariable-Roman.ttf.mdpVL9bi.woff2",
    "940a76eda1388de39d38c8e7a79bf6ea058a387faee0a9f33c8d25c6ba05e1be",
)  # fmt: skip
ICONS = Typeface(
    "ikoner", "Material Symbols Rounded", "400", "MaterialSymbols-Rounded.nEdyypZU.woff2",
    "5338271f9f9c546efda102c5778ef8ada92cdc3813f7ca6386bd8facb5df2537", has_letters=False,
)  # fmt: skip
FACES = (SANS, SERIF, ICONS)


@cache
def files() -> dict[str, bytes]:
    """The smaller faces that may be used, by the name in their address, which has their hash."""
    return {address(face): face.path.read_bytes() for face in FACES if is_known(face)}


def address(face: Typeface) -> str:
    """The last part of a face's address: another one for another file."""
    return f"{face.name}.{hashlib.sha256(face.path.read_bytes()).hexdigest()[:16]}.woff2"


def is_known(face: Typeface) -> bool:
    """Whether Streamlit's file is the one that the smaller face was made of."""
    path = face.original_path
    if path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == face.digest:
        return True
    _LOG.warning("%s is not the one of ui/typefaces.py; it is used whole", face.original)
    return False


@cache
def style_version() -> str:
    """What stands behind the `?` in the address of the style sheet with the smaller faces."""
    return f"v={hashlib.sha256(' '.join(files()).encode()).hexdigest()[:16]}"


def style(sheet: str) -> str:
    """Streamlit's style sheet, whose typefaces are the smaller ones.

    Where letters are missing in one, Streamlit's own is asked for them, and for nothing else: not
    for line breaks and joiners, which neither has.
    """
    for face in FACES:
        own = f'src:url(../media/{face.original})format("woff2")'
        if (name := address(face)) not in files() or sheet.count(own) != 1:
            continue
        ours = f'src:url(../../skrift/{name})format("woff2")'
        if face.has_letters:
            end = sheet.index(own)
            start = sheet.rindex("@font-face{", 0, end)
            rule = sheet[start:end]
            both = (
                f"{rule}unicode-range:{_OTHER_LETTERS};{own}}}"
                f"{rule}unicode-range:{_ranges(LETTERS)};{ours}"
            )
            sheet = sheet[:start] + both + sheet[end + len(own) :]
        else:
            sheet = sheet.replace(own, ours)
    return sheet


def with_typefaces(page: str) -> str:
    """Streamlit's page with that style sheet, whose typefaces are asked for at once.

    Texts are drawn by Sans from the first moment on; the others may wait behind the scripts.
    """
    if not files():
        return page
    page = _SHEET_LINK.sub(rf'\1?{style_version()}"', page)
    page = _EARLY.sub("", page)
    links = ""
    for name in files():
        priority = "auto" if name.startswith(SANS.name) else "low"
        links += (
            f'<link rel="preload" href="./skrift/{name}" as="font" type="font/woff2" crossorigin'
            f' fetchpriority="{priority}">'
        )
    return page.replace("</title>", f"</title>{links}", 1)


def _ranges(codes: Iterable[int]) -> str:
    """The codes as CSS writes them: `U+20-7E,U+A0`."""
    ordered = sorted(codes)
    runs = [list(run) for _, run in groupby(ordered, key=lambda code: code - ordered.index(code))]
    return ",".join(f"U+{run[0]:X}-{run[-1]:X}" for run in runs)


def _ranges_between(codes: Iterable[int]) -> str:
    """All codes from a no-break space on that are not among these."""
    edges = sorted({0x9F, *(code for code in codes if code > 0x9F), 0x110000})
    return ",".join(
        f"U+{before + 1:X}-{after - 1:X}" for before, after in pairwise(edges) if after > before + 1
    )


_OTHER_LETTERS = _ranges_between((*LETTERS, *IN_NEITHER))
