"""Texts as they are searched: without case, accents, hyphens, and the ways to write æ, ø and å."""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_DANISH = {"æ": "ae", "ä": "ae", "ø": "o", "ö": "o", "å": "a"}
# Written without a Danish keyboard: Aarhus is Århus, Koebenhavn is København.
_WRITTEN_OUT = {"aa": "a", "oe": "o"}
# They stand within a word, which one may write without them.
_WITHIN_WORDS = frozenset("-‐‑–'’\u00ad\u2060")


@dataclass(frozen=True)
class Folded:
    """A text's letters and digits as they are compared, its words parted by a space each.

    `spans` has for each of them where it stands in `source`: its first sign, and the one after its
    last. `source` is the text itself, its accents composed.
    """

    source: str
    text: str
    spans: tuple[tuple[int, int], ...]

    @property
    def words(self) -> tuple[str, ...]:
        """The words, in their order."""
        return tuple(self.text.split())


def fold(text: str) -> Folded:
    """A text as it is searched.

    >>> fold("6-byerne, Århus").text, fold("6BYERNE AARHUS").text
    ('6byerne arhus', '6byerne arhus')
    """
    source = unicodedata.normalize("NFC", text)
    letters: list[str] = []
    spans: list[tuple[int, int]] = []
    for at, sign in enumerate(source):
        for letter in _plain(sign):
            if letter == " " and (not letters or letters[-1] == " "):
                continue
            written = letters[-1] + letter if letters else ""
            if written in _WRITTEN_OUT:
                letters[-1] = _WRITTEN_OUT[written]
                spans[-1] = (spans[-1][0], at + 1)
                continue
            letters.append(letter)
            spans.append((at, at + 1))
    if letters and letters[-1] == " ":
        del letters[-1], spans[-1]
    return Folded(source, "".join(letters), tuple(spans))


@lru_cache(maxsize=1000)
def _plain(sign: str) -> str:
    """A sign's letters and digits, a space where it parts words, nothing within one."""
    if sign in _WITHIN_WORDS:
        return ""
    plain = ""
    for letter in sign.casefold():
        plain += _DANISH.get(letter) or "".join(
            part
            for part in unicodedata.normalize("NFKD", letter)
            if not unicodedata.combining(part)
        )
    return "".join(letter if letter.isalnum() else " " for letter in plain)
