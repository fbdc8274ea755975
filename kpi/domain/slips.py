"""Whether a name is a slip of the hand for another name, or a name of its own.

A suggestion is believed, so it may never point at another existing name: "Indskoling" is no slip
for "Udskoling", nor "Harlev" for "Herlev". Only what a hand does by itself counts: one letter too
many, too few, wrong or swapped with the next, two in a long word that begins alike, and Danish
letters written out or left out.
"""

import re
import unicodedata
from functools import lru_cache
from importlib.resources import files

# Words up to so many letters must be the same: "Ry" is no slip for "By". In words from so many on
# a second slip is believed, where the first letters agree.
_SHORT, _LONG = 3, 9
_SAME_BEGINNING = 2
# Put before a word, these letters turn it into its opposite: "faglært", "ufaglært".
_NEGATIONS = frozenset("u")
# Danish letters, and how they are written without a Danish keyboard, in the form that is compared.
_LEFT_OUT = (("ø", "o"), ("oe", "o"), ("æ", "ae"), ("å", "a"), ("aa", "a"))
_WRITTEN_OUT = (("oe", "ø"), ("ae", "æ"), ("aa", "å"))
# Two letters that were swapped may look like a letter that was written out, so each is tried.
_FORMS = ((), _WRITTEN_OUT, _LEFT_OUT)
_RINGS_AND_DOTS = str.maketrans("öä", "øæ")


def is_slip(wanted: str, known: str) -> bool:
    """Whether `wanted` is `known` with a slip of the hand; letter case is no difference.

    A word that contains a digit must be the same, and so must the number of words. What is a Danish
    place itself is no slip for another.
    """
    return slips(wanted, known) is not None


def slips(wanted: str, known: str) -> int | None:
    """How many slips lie between two names; None where they are two different names."""
    if "".join(_words(wanted)) == "".join(_words(known)) != "":
        return 0
    if is_place(wanted):
        return None
    counts = [_slips(_words(wanted, form), _words(known, form)) for form in _FORMS]
    return min((count for count in counts if count is not None), default=None)


def _slips(words: tuple[str, ...], others: tuple[str, ...]) -> int | None:
    if not words or len(words) != len(others):
        return None
    total = 0
    for word, other in zip(words, others, strict=True):
        count = _word_slips(word, other)
        if count is None:
            return None
        total += count
    return total if total <= 2 else None


def is_place(name: str) -> bool:
    """Whether this is the name of a Danish town, parish or district in Spor's list."""
    return " ".join(_words(name)) in _places()


def _word_slips(word: str, other: str) -> int | None:
    if word == other:
        return 0
    shorter = min(len(word), len(other))
    if max(len(word), len(other)) <= _SHORT or any(letter.isdigit() for letter in word + other):
        return None
    if _is_opposite(word, other) or _is_opposite(other, word):
        return None
    alike = word[:_SAME_BEGINNING] == other[:_SAME_BEGINNING]
    most = 2 if shorter >= _LONG and alike else 1
    if abs(len(word) - len(other)) > most or len(set(word) ^ set(other)) > 2 * most:
        return None
    count = distance(word, other)
    return count if count <= most else None


def _is_opposite(word: str, other: str) -> bool:
    return word[0] in _NEGATIONS and word[1:] == other and other[0] != word[0]


def distance(word: str, other: str) -> int:
    """How many letters must be put in, taken out, changed or swapped with the next one.

    Optimal string alignment (Damerau 1964): no letter is touched twice.
    """
    before: list[int] = []
    row = list(range(len(other) + 1))
    for place, letter in enumerate(word, 1):
        earlier, before = before, row
        row = [place]
        for column, wanted in enumerate(other, 1):
            cost = min(
                before[column] + 1, row[column - 1] + 1, before[column - 1] + (letter != wanted)
            )
            swapped = place > 1 and column > 1 and letter == other[column - 2]
            if swapped and word[place - 2] == wanted:
                cost = min(cost, earlier[column - 2] + 1)
            row.append(cost)
    return row[-1]


@lru_cache(maxsize=20_000)
def _words(name: str, form: tuple[tuple[str, str], ...] = _LEFT_OUT) -> tuple[str, ...]:
    """The words of a name as they are compared, letters and digits only, in one of _FORMS."""
    text = unicodedata.normalize("NFC", name).casefold().translate(_RINGS_AND_DOTS)
    for written, plain in form:
        text = text.replace(written, plain)
    return tuple(re.findall(r"[^\W_]+", "".join(map(_bare, text))))


def _bare(letter: str) -> str:
    """A letter without its accent; å is a letter of its own."""
    if letter == "å":
        return letter
    parts = unicodedata.normalize("NFKD", letter)
    return "".join(part for part in parts if not unicodedata.combining(part))


@lru_cache(maxsize=1)
def _places() -> frozenset[str]:
    text = (files("kpi.domain") / "danish_places.txt").read_text(encoding="utf-8")
    return frozenset(" ".join(_words(name)) for name in text.splitlines() if name.strip())
