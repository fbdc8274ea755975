"""Raised and lowered digits beside a text: footnote marks, never a part of the number or name."""

import re

_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_LOWERED = "₀₁₂₃₄₅₆₇₈₉"
# Also brackets around them, raised letters, and digits in circles. Not signs: `⁻5` is no mark.
MARK_CHARACTERS = (
    _RAISED + _LOWERED + "⁽⁾ⁿⁱ₍₎ªº"
    + "".join(map(chr, [*range(0x1D2C, 0x1D6B), *range(0x2B0, 0x2B9), *range(0x2460, 0x2474)]))
    + "⓪"
)  # fmt: skip
_MARKS = re.compile(f"[{re.escape(MARK_CHARACTERS)}]+")
_BLANKS = re.compile(r"\s+")
_TO_RAISED = str.maketrans("0123456789", _RAISED)
# The same marks, as characters that no Unicode form makes digits of.
_KEPT_APART = {ord(mark): chr(0xE000 + place) for place, mark in enumerate(MARK_CHARACTERS)}


def raised(digits: str) -> str:
    """Digits as Unicode writes them raised: `12` gives `¹²`."""
    return digits.translate(_TO_RAISED)


def marks_of(text: str) -> str:
    """The marks in a text, in their order; empty where it has none."""
    return "".join(_MARKS.findall(text))


def unmarked(text: str) -> str:
    """A text without its marks; the text itself where it has none or nothing else.

    `Aarhus¹` gives `Aarhus`, `Aarhus ¹ Kommune` gives `Aarhus Kommune`.
    """
    if text.isascii() or not _MARKS.search(text):
        return text
    return _BLANKS.sub(" ", _MARKS.sub("", text)).strip() or text


def kept_apart(text: str) -> str:
    """A text whose marks stay marks when its Unicode form is changed: `2²` never becomes `22`."""
    return text if text.isascii() else text.translate(_KEPT_APART)
