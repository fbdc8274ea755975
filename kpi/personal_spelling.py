"""How a CPR number may be written, and what only looks like one.

Six digits that are a date of birth and four more: with dots, dashes, slashes or spaces of every
width between, over two lines, with the century written out, with marks that are not seen, or as the
escapes of a web page or an address (`&#45;`, `%2D`, also twice over).
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from urllib.parse import unquote

from stdnum.dk import cpr
from stdnum.exceptions import InvalidComponent

# Marks that are not seen, wherever they stand: joiners, soft hyphens, directions, selectors.
_UNSEEN = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\u0300-\u036f\u20d0-\u20ff"
    "\U000e0000-\U000e0fff"
)
# A mark of `kpi.ingest.raw` parts nothing: \x02 stands before a number.
_SPACE = rf"[\s\x00\x01\x05-\x08\x0e-\x1b\x7f\u2800{_UNSEEN}]"
_DASH = "\\-\u2010-\u2015\u2043\u2212\ufe58\ufe63\uff0d"
_SLASH = "/\\\\\u2044\u2215\uff0f"
_JOIN = f"[{_DASH}{_SLASH}_+\u00b7\u2022~]"
# A digit may be raised or lowered, by accident or on purpose.
_DIGIT = "[\\d\u00b9\u00b2\u00b3\u2070\u2074-\u2079\u2080-\u2089]"
_BETWEEN = rf"{_SPACE}{{0,4}}(?:{_JOIN}{{1,2}}{_SPACE}{{0,4}})?"
_WRITTEN = rf"(?:{_SPACE}{{1,4}}(?:{_JOIN}{{1,2}}{_SPACE}{{0,4}})?|{_JOIN}{{1,2}}{_SPACE}{{0,4}})"
_IN_DATE = rf"{_SPACE}?[.{_DASH}{_SLASH}]{_SPACE}?"

_TOGETHER = re.compile(rf"(?<!\d)({_DIGIT}{{6}})({_BETWEEN})({_DIGIT}{{4}})(?!\d)")
_DATED = re.compile(
    rf"(?<!\d)(?<!\d[./-])({_DIGIT}{{1,2}}){_IN_DATE}({_DIGIT}{{1,2}}){_IN_DATE}"
    rf"({_DIGIT}{{4}}|{_DIGIT}{{2}})({_WRITTEN})({_DIGIT}{{4}})(?!\d)"
)
_SPACED = re.compile(
    rf"(?<!\d)(?<!\d[ \u00a0])(\d\d)[ \u00a0](\d\d)[ \u00a0](\d\d)"
    rf"({_WRITTEN})({_DIGIT}{{4}})(?![ \u00a0]?\d)"
)
_WITH_CENTURY = re.compile(rf"(?<!\d)(\d\d)(\d\d)(\d{{4}})({_WRITTEN})(\d{{4}})(?!\d)")
_NAMED_NINE = re.compile(
    rf"(?:cpr|person(?:nummer|nr))\W{{0,3}}(?:nr|nummer|no)?\W{{0,4}}(?<!\d)"
    rf"(\d{{5}}){_BETWEEN}(\d{{4}})(?!\d)",
    re.IGNORECASE,
)
# What every spelling has, in any text and, far quicker, in the bytes of one with Western letters.
_SIX_AND_FOUR = re.compile(rf"{_DIGIT}{{6}}{_BETWEEN}{_DIGIT}{{4}}(?!\d)")
_DATE = re.compile(
    rf"{_DIGIT}(?:{_IN_DATE}|[ \u00a0]){_DIGIT}{{1,2}}(?:{_IN_DATE}|[ \u00a0]){_DIGIT}{{2}}"
)
_SIX_AND_FOUR_BYTES = re.compile(rb"[0-9\xb2\xb3\xb9]{6}[^0-9A-Za-z|.,]{0,10}[0-9\xb2\xb3\xb9]{4}")
_DATE_BYTES = re.compile(
    rb"[^0-9A-Za-z|,][0-9\xb2\xb3\xb9]{1,2}[^0-9A-Za-z|,]{1,3}[0-9\xb2\xb3\xb9]{2}"
)
_UNSEEN_MARK = re.compile(f"[{_UNSEEN}]+")
_ESCAPE = re.compile(
    r"\\u([0-9a-fA-F]{4})|\\u\{0*([0-9a-fA-F]{1,4})\}|\\x([0-9a-fA-F]{2})|_x([0-9a-fA-F]{4})_"
)
_BLANK_ESCAPE = re.compile(r"\\[nrtvf]")
_MAY_BE_ESCAPED = re.compile(
    r"&[#a-zA-Z]|%[0-9a-fA-F]{2}|\\[uxnrtvf]|_x[0-9a-fA-F]{4}_|=2D|<[/a-zA-Z]"
)
# Marks within a text of a web page: what stands on both sides is read together.
_TAG = re.compile(
    r"</?(?:b|i|u|em|strong|span|font|br|p|small|sub|sup|wbr|div|a)\b[^<>]{0,200}>", re.I
)
_MOST_ESCAPED = 3

# The whole part of a number and its mark: what follows is its decimals. In a list (`1,2,...`) a
# further mark stands before it.
_WHOLE_PART = re.compile(r"(?<![\d.,])\d+[.,]\Z")
# Decimals after ten digits make an amount. `.0` is what a program makes of a whole number, and a
# further mark or ten more digits make it a list.
_DECIMALS = re.compile(r"[.,](?!0+(?!\d))\d{1,7}(?!\d|[.,]\d)")
_HEX_BEFORE = re.compile(r"[0-9a-fA-F-]*\Z")
_HEX_AFTER = re.compile(r"[0-9a-fA-F-]*")
_UUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.IGNORECASE)
_CASE_BEFORE = re.compile(
    r"(?:sags?-?(?:nr|nummer|id)|journal-?(?:nr|nummer)|j\.?\s?nr|p-(?:nr|nummer))\W{0,4}\Z",
    re.IGNORECASE,
)
_NEAR = 64
_LAST_YEAR_OF_SHORT = 30


@dataclass(frozen=True)
class _Candidate:
    """Six digits and four that a text may hold as a number: their birthday, and where they are."""

    birthday: str
    serial: str
    between: str
    start: int
    end: int
    century: str = ""
    is_dated: bool = False
    has_short_parts: bool = False


def holds_personal_number(text: str) -> bool:
    """Whether a CPR number stands anywhere in the text, in any spelling.

    Six digits that are a date of birth (substitute numbers too: day + 60), and four more. The check
    digit is not asked for: not every number has one. Decimals, parts of longer numbers, hexadecimal
    ids, months with a year (`201101-2020`) and days with the time are not CPR numbers.
    """
    if len(text) < 9:
        return False
    return any(_reading_holds(reading) for reading in readings(text))


def readings(text: str) -> Iterator[str]:
    """The text, and as it reads without its escapes and without marks that are not seen."""
    yield text
    read = {text}
    decoded = text
    if _MAY_BE_ESCAPED.search(text):
        for _ in range(_MOST_ESCAPED):
            decoded = _unescaped(decoded)
            if decoded in read:
                break
            read.add(decoded)
            yield decoded
        for instead in (" ", "") if "<" in decoded else ():
            yield _TAG.sub(instead, decoded)
    if has_unseen(decoded):
        seen = _UNSEEN_MARK.sub("", decoded)
        if seen not in read:
            yield seen


def has_unseen(text: str) -> bool:
    """Whether a mark that is not seen stands in the text."""
    if text.isascii():
        return False
    try:  # far quicker than a pattern, and most texts are of these letters
        return b"\xad" in text.encode("latin-1")
    except UnicodeEncodeError:
        return _UNSEEN_MARK.search(text) is not None


@dataclass(frozen=True)
class Glance:
    """What a quick look at a long text tells: whether it may hold a number, and names persons."""

    may_hold: bool
    names_persons: bool


def glance(text: str) -> Glance:
    """A quick look; `may_hold` is false only where `holds_personal_number` is.

    Cells are parted by `|` in a text of many.
    """
    try:
        letters = text.encode("latin-1")
    except UnicodeEncodeError:
        lower = text.lower()
        names = "cpr" in lower or "person" in lower
        found = any(map(_is_likely, readings(text)))
    else:
        lowered = letters.lower()
        names = b"cpr" in lowered or b"person" in lowered
        found = bool(
            b"\xad" in letters
            or _SIX_AND_FOUR_BYTES.search(letters)
            or _DATE_BYTES.search(letters)
            or (_MAY_BE_ESCAPED.search(text) and any(map(_is_likely, readings(text))))
        )
    return Glance(found or (names and _NAMED_NINE.search(text) is not None), names)


def _is_likely(text: str) -> bool:
    return bool(_SIX_AND_FOUR.search(text) or _DATE.search(text))


def is_birthday(six: str, serial: str) -> bool:
    """Whether six digits are a real day of birth in the century that the next digit tells."""
    # Digits of other scripts become ours: the century is compared as text.
    digits = "".join(str(unicodedata.digit(digit)) for digit in six + serial)
    if not "01" <= digits[2:4] <= "12":
        return False
    day = int(digits[:2])
    if day > 60:
        digits = f"{day - 60:02}{digits[2:]}"
    try:
        cpr.get_birth_date(digits)
    except InvalidComponent:
        return False
    return True


def birth_century(six: str, serial: str) -> str:
    """The first two digits of the year of birth that ten digits tell."""
    day = int(six[:2])
    return str(cpr.get_birth_date(f"{day - 60 if day > 60 else day:02}{six[2:]}{serial}").year)[:2]


def _unescaped(text: str) -> str:
    text = unescape(text) if "&" in text else text
    text = unquote(text) if "%" in text else text
    text = text.replace("=2D", "-")
    if "\\" in text or "_x" in text:
        text = _ESCAPE.sub(lambda found: chr(int(next(filter(None, found.groups())), 16)), text)
        text = _BLANK_ESCAPE.sub(" ", text)
    return text


def _reading_holds(text: str) -> bool:
    return any(
        is_birthday(found.birthday, found.serial)
        and (not found.century or found.century == birth_century(found.birthday, found.serial))
        and not _is_period_or_time(found, is_alone=found.end - found.start == len(text.strip()))
        and not _is_part_of_something_else(text, found)
        for found in _candidates(text)
    )


def _candidates(text: str) -> Iterator[_Candidate]:
    for found in _TOGETHER.finditer(text):
        yield _Candidate(found[1], found[3], found[2], found.start(), found.end())
    for pattern in (_DATED, _SPACED):
        for found in pattern.finditer(text):
            day, month, year = found[1], found[2], found[3]
            yield _Candidate(
                day.zfill(2) + month.zfill(2) + year[-2:], found[5], found[4],
                found.start(), found.end(), year[:-2], True, len(day + month) < 4,
            )  # fmt: skip
    for found in _WITH_CENTURY.finditer(text):
        yield _Candidate(
            found[1] + found[2] + found[3][2:], found[5], found[4],
            found.start(), found.end(), found[3][:2],
        )  # fmt: skip
    for found in _NAMED_NINE.finditer(text):
        yield _Candidate("0" + found[1], found[2], "-", found.start(1), found.end())


def _is_period_or_time(found: _Candidate, is_alone: bool) -> bool:
    """Whether it is a month and a year (`201101-2020`), or a day and the time, a year or a count.

    After a full date (`12.10.1941 3620`) four digits are a count, unless they stand alone with it.
    """
    is_year = "1900" <= found.serial <= "2100"
    if not found.is_dated:
        is_month = found.birthday[:2] in ("19", "20") and "01" <= found.birthday[4:] <= "12"
        until = found.between and is_year and found.serial >= found.birthday[:4]
        is_clock = "_" in found.between and _is_clock(found)
        return bool((is_month and until and not found.century) or is_clock)
    # Parted by nothing that is seen, they are as good as joined.
    is_spaced = bool(_UNSEEN_MARK.sub("", found.between)) and not re.search(_JOIN, found.between)
    if found.century or found.has_short_parts:
        is_count = not is_alone or found.serial <= "2359"
        return is_year or (is_spaced and is_count)
    return is_spaced and (_is_clock(found) or (is_year and _is_of_our_time(found)))


def _is_clock(found: _Candidate) -> bool:
    """Whether the four digits are the time of a day of our time: nobody of that birthday lives."""
    return found.serial <= "2359" and found.serial[2] < "6" and _is_of_our_time(found)


def _is_of_our_time(found: _Candidate) -> bool:
    return int(found.birthday[4:]) <= _LAST_YEAR_OF_SHORT and found.serial[0] < "4"


def _is_part_of_something_else(text: str, found: _Candidate) -> bool:
    """Whether a candidate is the decimals of a number, an amount, or part of a hexadecimal id."""
    before = text[max(0, found.start - _NEAR) : found.start]
    after = text[found.end : found.end + _NEAR]
    glued = found.between == "" and not found.is_dated
    in_list = re.match(r"[.,]\d", after) is not None
    is_spaced = not re.search(_JOIN, found.between)
    if is_spaced and not in_list and not found.is_dated and _WHOLE_PART.search(before):
        return True
    in_list = before.endswith((".", ",", ";"))
    # No amount begins with a zero.
    if glued and not in_list and found.birthday[0] != "0" and _DECIMALS.match(after):
        return True
    if glued and _CASE_BEFORE.search(before) and not may_be_issued(found.birthday + found.serial):
        return True
    return _is_in_hexadecimal(before, text[found.start : found.end], after)


def may_be_issued(digits: str) -> bool:
    """Whether ten digits that are a birthday and a serial are such as the register gives.

    Its check digit fits, or the birthday is a first of January: only there did the register run out
    of numbers with one. It is asked for only where something else tells that digits are no CPR
    number.
    """
    weights = (4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
    total = sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True))
    return total % 11 == 0 or digits[:4] == "0101" or int(digits[:2]) > 60


def _is_in_hexadecimal(before: str, candidate: str, after: str) -> bool:
    left = _HEX_BEFORE.search(before)
    right = _HEX_AFTER.match(after)
    assert left is not None, "an empty run matches"
    assert right is not None, "an empty run matches"
    run = left[0] + candidate + right[0]
    if _UUID.fullmatch(run.strip("-")):
        return True
    left_letters = left[0].rpartition("-")[2]
    right_letters = right[0].partition("-")[0]
    # `cprnr0101901234` and `0101901234a` are numbers with a word at them, not an id.
    stands_alone = not re.search(r"\w\Z", before[: left.start()]) and not re.match(
        r"\w", after[right.end() :]
    )
    return (
        candidate.isdigit()
        and stands_alone
        and re.search(r"[a-f]", (left_letters + right_letters).casefold()) is not None
        and len(left_letters + candidate + right_letters)
        >= (14 if left_letters and right_letters else 16)
    )
