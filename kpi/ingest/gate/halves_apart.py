"""The halves of a CPR number in two texts that a file says after each other.

Two values or keys of a JSON document, or two keywords of a PX file. Figures and the rows of a table
are judged as such; a long list is one of codes, of which six digits and four follow each other by
chance.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from kpi.cpr.halves import are_halves
from kpi.ingest.table.raw import TYPED

# Where they are, as a refusal says it.
IN_TWO_TEXTS = "to tekster efter hinanden"
# A list or an object of more is codes with their names, or the rows of a table.
_FEW, _FEW_OBJECTS = 12, 3
# Stands where texts do not follow each other.
_APART = "\x1f"
_DIGITS = re.compile(r"\W*\d+\W*")
_STATEMENT = re.compile(r'(?:[^";]|"[^"]*")+')
_QUOTED = re.compile(r'"([^"]*)"')
# What a keyword says of itself between two others.
_ANSWERS = ("YES", "NO")


def are_in_document(document: object) -> bool:
    """Whether two texts of a parsed document, or a text and a figure, are the halves of a number.

    Values after each other, or a key and what is beside it.
    """
    said = list(_said(document))
    values = (text for is_key, text in said if not is_key)
    return _hold_halves(values) or _hold_halves(text for _, text in said)


def are_in_px(words: str) -> bool:
    """Whether two texts of a PX file's keywords are the halves of a number."""
    said = list(_said_in_px(words))
    values = (text for is_key, text in said if not is_key)
    return _hold_halves(values) or _hold_halves(text for _, text in said)


def _hold_halves(texts: Iterable[str]) -> bool:
    return any(
        are_halves(left, right) and (TYPED not in (left[0], right[0]) or _may_meet(left, right))
        for left, right in pairwise(filter(None, texts))
    )


def _may_meet(left: str, right: str) -> bool:
    """Whether one of two is a figure, and the other a text of digits and nothing else."""
    is_one = (left[0] == TYPED) != (right[0] == TYPED)
    return is_one and _DIGITS.fullmatch(left) is not None and _DIGITS.fullmatch(right) is not None


def _said(document: object) -> Iterator[tuple[bool, str]]:
    """The scalars of a document in their order, and whether each is a key; figures are marked."""
    open_items: list[tuple[bool, object]] = [(False, document)]
    while open_items:
        is_key, item = open_items.pop()
        if isinstance(item, dict):
            is_short = len(item) <= _FEW
            pairs = [pair for key, value in item.items() for pair in ((True, key), (False, value))]
            open_items += reversed(pairs if is_short else _parted(item.values()))
        elif isinstance(item, list):
            is_short = len(item) <= (_FEW_OBJECTS if any(map(_is_open, item)) else _FEW)
            parts = [(False, value) for value in item] if is_short else _parted(item)
            open_items += reversed(parts)
        elif isinstance(item, str):
            yield is_key, item
        elif isinstance(item, (int, float)) and not isinstance(item, bool):
            yield is_key, f"{TYPED}{item}"


def _parted(values: Iterable[object]) -> list[tuple[bool, object]]:
    """The objects and lists of several values, apart from each other and from what is around."""
    inner = [value for value in values if isinstance(value, dict)][:_FEW]
    parts: list[tuple[bool, object]] = [(False, _APART)]
    for value in inner:
        parts += [(False, value), (False, _APART)]
    return parts


def _is_open(value: object) -> bool:
    return isinstance(value, (dict, list))


def _said_in_px(words: str) -> Iterator[tuple[bool, str]]:
    """The texts of keywords in their order, and whether each says what a keyword is about."""
    for statement in _STATEMENT.finditer(words):
        about, _, values = statement[0].partition("=")
        if about.count('"') % 2:  # the sign is within a text
            about, values = "", statement[0]
        keys = _QUOTED.findall(about)
        texts = _QUOTED.findall(values) or [values.strip()]
        texts = [text for text in texts if text not in _ANSWERS]
        yield from ((True, key) for key in keys)
        yield from ((False, text) for text in (texts if len(texts) <= _FEW else [_APART]))
