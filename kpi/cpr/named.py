"""A CPR number beside the word for it: whatever parts its digits, and without its first zero."""

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from kpi.cpr.digits import birth_century, is_birthday
from kpi.cpr.parted import layouts_named

# The office and the register are no numbers.
_WORD = re.compile(
    r"(?:(?<![a-zæøå])cpr(?![- ]?(?:regist|kontor|data|tr[æa]k|udtr|opslag|lov|direkt|l[øo]sning))"
    r"|cpr[-_. ]{0,2}(?:nr|num|no)|person[-_. ]{0,2}(?:nr|num)"
    r"|f(?:ø|oe|o)dsels[-_. ]{0,2}(?:nr|num)|(?:sidste (?:4|fire)|(?:4|fire) sidste)\b"
    r"|l(?:ø|oe)be[-_. ]{0,2}(?:nr|num))",
    re.IGNORECASE,
)
# One of these is in each of them, and to look for them is far quicker.
_PARTS_OF_WORDS = ("cpr", "person", "dsels", "sidste", "øbe", "oebe")
_AFTER, _BEFORE = 64, 36
_MOST_WORDS = 2_000
_BETWEEN_WORDS = re.compile(
    r"\b(?:cpr|person|nr|nummer|nummeret|no|l(?:ø|oe|o)benr|sidste|fire|cifre|cif|de|er|og|p(?:å|aa)|kontrol\w{0,8})\b\.?",
    re.IGNORECASE,
)
_PARTS = re.compile(
    r"(?<!\d)(?<!\d[.,])(?=(\d\d?)([^\w\x1f]{0,3})(\d\d?)([^\w\x1f]{0,3})(\d{4}|\d\d)"
    r"([^\w\x1f]{0,12})(\d{4})(?!\d)(?=( ?[a-zæøå])?))",
    re.IGNORECASE,
)
_NINE = re.compile(r"(?<!\d)(?<!\d[.,])\d{5}[^\w\x1f]{0,4}\d{4}(?:[.,]0+)?(?![.,]?\d)")
_POWER = re.compile(r"(?<![\w.,])\d+(?:[.,]\d+)?[eE]\+?\d{1,2}(?!\w)")
_THOUSANDS = re.compile(r"(?<![\d.,])\d{1,3}(?:[., ']\d{3}){2,3}(?![.,]?\d)")
_SPREAD = re.compile(r"(?<!\d)\d(?:[-. ]{0,3}\d){9}(?!\d)")


def has_named_number(text: str) -> bool:
    """Whether a number is near the word for it in a text that kpi/cpr/reading.py read."""
    small = text.lower()
    if not any(part in small for part in _PARTS_OF_WORDS):
        return False
    for count, word in enumerate(_WORD.finditer(text)):
        start = max(0, word.start() - _BEFORE)
        if _holds(text[start : word.start()] + " " + text[word.end() : word.end() + _AFTER]):
            return True
        if count > _MOST_WORDS:
            return False
    return False


def _holds(near: str) -> bool:
    near = _BETWEEN_WORDS.sub(" ", near)
    return any(is_birthday(six, serial) for six, serial in _digits(near))


def _digits(near: str) -> Iterator[tuple[str, str]]:
    for match in _PARTS.finditer(near):
        day, after_day, month, after_month, year, between, serial, word = match.groups()
        is_joined = not (after_day and after_month)
        six, century = day.zfill(2) + month.zfill(2) + year[-2:], year[:-2]
        # A date and a count of something (`pr. 01.01.2010: 4567 borgere`).
        is_count = century and (word or ":" in between)
        if is_count or (is_joined and len(day + month) < 4) or not is_birthday(six, serial):
            continue
        if not century or century == birth_century(six, serial):
            yield six, serial
    yield from layouts_named(near)
    for pattern in (_NINE, _THOUSANDS, _SPREAD, _POWER):
        for match in pattern.finditer(near):
            digits = whole_digits(match[0])
            if digits:
                yield digits[:6], digits[6:]


def whole_digits(text: str) -> str:
    """The ten digits of a number, whatever parts them, though its first zero or form is lost.

    `2,512484916E9`, `2.512.484.916`, `101901234.0`; empty for any other.
    """
    text = text.strip()
    if "e" in text.casefold():
        try:
            value = Decimal(text.replace(",", "."))
        except InvalidOperation:
            return ""
        text = f"{value:f}" if abs(value.adjusted()) < 20 else ""
    marks = re.findall("[.,]", text)
    without_decimals = re.sub(r"[.,]0+\Z", "", text) if len(set(marks)) == len(marks) else text
    digits = re.sub(r"\D", "", without_decimals)
    return digits.zfill(10) if len(digits) in (9, 10) else ""
