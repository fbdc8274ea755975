"""How much room a text takes on a slide, and in which size it fits."""

import re
from collections.abc import Sequence
from functools import lru_cache

from kpi.domain.format import joined

# Widths in thousandths of the size, from the letters of Cambria Bold, the widest we write with;
# Calibri takes nine tenths of it. No font need be installed where the deck is made.
_LETTERS = {
    250: " \u00a0',.·`",
    320: '-:;ijlI!J[]()|_ft{}"',
    460: "*1?Srcsz/",
    510: "2357aegvxyå–éL",
    560: "04689CEFZbdopqø»«$",
    630: "#+<=>GPTXYhknu~−ABDOQRVÅ",
    700: "HKNUØ&",
    860: "wæMmÆ@W%",
}
_WIDTHS = {letter: width for width, letters in _LETTERS.items() for letter in letters}
_OTHER = 700
SERIF, SANS = 1.0, 0.92
LINE_SPACING = 1.2


_CONTROLS = re.compile(r"[\x00-\x1f\x7f]+")


def on_one_line(text: str) -> str:
    """The text with a space for line breaks, tabs and letters that no file can contain."""
    return _CONTROLS.sub(" ", text).strip()


def text_width(text: str, size: float, font: float = SANS) -> float:
    """The width in points of one line; `font` is SERIF or SANS. A little more than it takes."""
    return _units(text) * size * font / 1000


def _units(text: str) -> int:
    """The width of a text in thousandths of its size: of its words, which come again and again."""
    words = text.split(" ")
    return sum(map(_word_units, words)) + (len(words) - 1) * _WIDTHS[" "]


@lru_cache(maxsize=20_000)
def _word_units(word: str) -> int:
    return sum(_WIDTHS.get(letter, _OTHER) for letter in word)


def lines_of(text: str, size: float, width: float, font: float = SANS) -> list[str]:
    """The lines that a text breaks into within `width` points; a longer word is cut."""
    lines = [""]
    for word in joined(text).split(" "):
        wider = f"{lines[-1]} {word}" if lines[-1] else word
        if text_width(wider, size, font) <= width:
            lines[-1] = wider
            continue
        if lines[-1]:
            lines.append("")
        for letter in word:
            if lines[-1] and text_width(lines[-1] + letter, size, font) > width:
                lines.append("")
            lines[-1] += letter
    return lines


def text_height(text: str, size: float, width: float, font: float = SANS) -> float:
    """The height in points of a text in a box `width` points wide."""
    return len(lines_of(text, size, width, font)) * size * LINE_SPACING


def fitting_size(
    text: str, sizes: Sequence[float], width: float, height: float, font: float = SANS
) -> float:
    """The first (largest) of the sizes at which the text fits the box; the last if none does."""
    for size in sizes:
        if text_height(text, size, width, font) <= height:
            return size
    return sizes[-1]
