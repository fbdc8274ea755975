"""What a number format writes beside a number, and what becomes of the number by it.

Words that make it another number are read with it (`"ca. "0`, `"<"0`, `0"p"`, `0"000"`); words that
say it is none that was counted make it none (`0" (budget)"`), as does a sign that it does not have.
All others are reported.
"""

import re

from kpi.ingest.readers.format_sections import Section
from kpi.ingest.table.raw import TYPED, UNREADABLE
from kpi.ingest.words.cell_units import cell_unit
from kpi.ingest.words.numbers import APPROXIMATE_WORDS, LIMIT_WORDS
from kpi.ingest.words.statuses import status_word
from kpi.ingest.words.telling_words import is_of_no_count

# Words of a format that say what the shown number is to be multiplied by.
SCALE_WORDS = (
    (re.compile(r"‰|promille|pro mille"), 0.1),
    (re.compile(r"\b(?:mia|mrd|milliard\w*)\b"), 1e9),
    (re.compile(r"\b(?:mio|mill|million\w*)\b"), 1e6),
    (re.compile(r"\b(?:tusind\w*|t\.?\s?kr|tdkk|(?<!pr\. )(?<!pr )(?<!per )1[. ]?000|k)\b"), 1e3),
)
_DIGITS_BEFORE = re.compile(r"[1-9]\d*$")
# Other letters that are codes of status are units as well: `t`, `m`, `h`.
_STATUS_LETTERS = frozenset(("p", "e"))
_MORE_ZEROS = re.compile(r"[\s.,]?0")
# Words and signs before a number that make it a hidden one, a limit or an approximate one.
_QUALIFIERS = {"<", "‹", "~", "≈", *APPROXIMATE_WORDS, *LIMIT_WORDS}
_MINUS = re.compile(r"[-−]\s*")
# What stands between digits or after them without saying anything.
_NOTHING = frozenset(" \u00a0\u202f.,:;'’")


def number_with_words(section: Section, number: float, is_percent: bool) -> str | None:
    """The text that is read instead of a number: after TYPED, or UNREADABLE; None for the number.

    `is_percent`: the format shows a hundred times the number.
    """
    words = _beside(section)
    if words is None:
        return None
    before, after = words[0].strip(), words[1].strip()
    shown = _rounded(section, number * 100 if is_percent else number)
    if number > 0 and (_MINUS.fullmatch(before) or (before, after[-1:]) == ("(", ")")):
        return f"{UNREADABLE}{before}{shown.replace('.', ',')}{after}"
    if before.casefold() in _QUALIFIERS:
        return f"{TYPED}{before} {shown}{words[1].rstrip()}"
    if any(map(is_of_no_count, (before, after))) or status_word(before.rstrip(":")):
        written = (before, shown.replace(".", ","), after)
        return UNREADABLE + " ".join(text for text in written if text)
    if after == "+" or _MORE_ZEROS.match(words[1]) or _DIGITS_BEFORE.search(words[0]):
        return f"{TYPED}{words[0].lstrip()}{shown}{words[1].rstrip()}"
    if after in _STATUS_LETTERS:
        return f"{TYPED}{words[0].lstrip()}{shown}{after}"
    if after and status_word(after):
        return f"{UNREADABLE}{shown.replace('.', ',')} {after}"
    return None


def words_beside(section: Section, number: float) -> str:
    """The words or signs that a format writes with a number and that are not read; else empty.

    Units, percent signs and words of scale are read elsewhere, and the minus or the parentheses of
    a negative number are its own.
    """
    if not section.numeric or section.letters or section.shows_text:
        return ""
    literal = section.literal.replace("%", "")
    if number < 0:
        literal = re.sub(r"[-−()]", "", literal)
    words = " ".join(literal.split())
    is_fraction = "/" in words and not any(map(str.isalnum, words))
    if set(words) <= _NOTHING or is_fraction or cell_unit(words):
        return ""
    return "" if any(pattern.search(words.casefold()) for pattern, _ in SCALE_WORDS) else words


def marks_between(section: Section) -> int:
    """How many digits a mark that is only text sets behind itself: 2 of `0"."00`; else 0.

    Three are a group of thousands, which changes nothing.
    """
    if section.letters or "." in section.numeric:
        return 0
    kinds = "".join(kind[0] for kind, _ in section.parts)
    if not kinds.endswith("ntn") and "ntnt" not in kinds:
        return 0
    last = max(place for place, (kind, _) in enumerate(section.parts) if kind == "number")
    behind = sum(sign in "0#?" for sign in section.parts[last][1])
    is_mark = section.parts[last - 1][1].strip() in (".", ",")
    return behind if is_mark and behind != 3 else 0


def _beside(section: Section) -> tuple[str, str] | None:
    """The texts before and behind a number that is shown once; None of other sections."""
    kinds = [kind for kind, _ in section.parts]
    if kinds.count("number") != 1 or set(kinds) - {"number", "text"}:
        return None
    place = kinds.index("number")
    texts = [text for _, text in section.parts]
    return "".join(texts[:place]), "".join(texts[place + 1 :])


def _rounded(section: Section, number: float) -> str:
    """A number as a section shows its digits, with a decimal point."""
    if section.numeric == "General":
        return f"{number:.10g}"
    decimals = sum(sign in "0#?" for sign in section.numeric.partition(".")[2])
    return f"{number:.{decimals}f}"
