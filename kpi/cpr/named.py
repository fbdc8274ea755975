"""A CPR number beside the word for it: whatever parts its digits, and without its first zero."""

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from kpi.cpr.digits import birth_century, fits_check, is_birthday
from kpi.cpr.loose import JOINING
from kpi.cpr.parted import layouts_named

# The office and the register are no numbers.
_WORD = re.compile(
    r"(?:(?<![a-zæøå])cpr(?![- ]?(?:regist|kontor|data|tr[æa]k|udtr|opslag|lov|direkt|l[øo]sning))"
    r"|cpr[-_. ]{0,2}(?:nr|num|no)|person[-_. ]{0,2}(?:nr|num)"
    r"|f(?:ø|oe|o)dsels[-_. ]{0,2}(?:nr|num)|(?:sidste (?:4|fire)|(?:4|fire) sidste)\b"
    r"|l(?:ø|oe)be[-_. ]{0,2}(?:nr|num)|kontrolcif|lb\.? ?nr)",
    re.IGNORECASE,
)
_OF_LINES = re.compile("l(?:ø|oe)?b", re.IGNORECASE)
# One of these is in each of them, and to look for them is far quicker.
_PARTS_OF_WORDS = ("cpr", "person", "dsels", "sidste", "øbe", "oebe", "kontrolcif", "lbnr", "lb.")
_AFTER, _BEFORE = 64, 36
_MOST_WORDS = 2_000
_BETWEEN_WORDS = re.compile(
    rf"\b(?:cpr|person|nr|nummer|nummeret|no|l(?:ø|oe|o)benr|cif|kontrol\w{{0,8}}|{JOINING})\b\.?",
    re.IGNORECASE,
)
_PARTS = re.compile(
    r"(?<!\d)(?<!\d[.,])(?=(\d\d?)([^\w\x1f]{0,3})(\d\d?)([^\w\x1f]{0,3})(\d{4}|\d\d)"
    r"([^\w\x1f]{0,12})(\d{4})(?!\d)(?=( ?[a-zæøå])?))",
    re.IGNORECASE,
)
# With letters between, as `251248og4916`, a number and a count are apart, too: it must fit.
_LETTERS_BETWEEN = re.compile(r"(?<!\d)(\d{6})[^\d\x1f]{1,30}(\d{4})(?!\d)")
# Glued to what is before or behind, such as a year or a postcode (`251248-49168220 Brabrand`).
_GLUED = re.compile(r"(?<![\d.,])\d{0,8}?(\d{6})-(\d{4})\d{0,8}(?!\d)")
_NINE = re.compile(r"(?<!\d)(?<!\d[.,])\d{5}[^\w\x1f]{0,4}\d{4}(?:[.,]0+)?(?![.,]?\d)")
_POWER = re.compile(r"(?<![\w.,])\d+(?:[.,]\d+)?[eE]\+?\d{1,2}(?!\w)")
_THOUSANDS = re.compile(r"(?<![\d.,])\d{1,3}(?:[., ']\d{3}){2,3}(?![.,]?\d)")
# The four digits with their name before them, and a day beside them: unlike a date and a
# count whatever stands between.
_NAMED_SERIAL = re.compile(
    r"(?:(?P<sure>(?:sidste (?:4|fire)|(?:4|fire) sidste)(?! (?:år|uger|m[åa]neder|kvartal|dage))"
    r"|kontrolcif\w*)\b|l(?:ø|oe)be-?n(?:r|um)\w*\b|lb\.? ?nr\b"
    r"|(?:slutt|end)(?:er|e|ede) p(?:å|aa)\b|(?:ende|slut)(?:tal|cif|nummer|nr)\w*"
    r"|(?<!\w)(?:x{6}|[*#~]{6}))"
    r"(?P<between>[^\d\x1f]{0,30})(?<!\d)(?P<serial>\d{4})(?![.,]?\d)",
    re.IGNORECASE,
)
_SERIAL_SO_NAMED = re.compile(
    r"(?<![\d.,])(?P<serial>\d{4})(?P<between>[^\w\x1f]{1,3}(?:\w{1,4}[^\w\x1f]{1,3}){0,3})"
    r"(?P<sure>(?:sidste (?:4|fire)|(?:4|fire) sidste)(?! (?:år|uger|m[åa]neder|kvartal|dage)))\b",
    re.IGNORECASE,
)
_ENDING = re.compile(
    r"(?:slutt|end)(?:er|e|ede) p(?:å|aa)\b|(?:ende|slut)(?:tal|cif|nummer|nr)", re.IGNORECASE
)
_OF_DIGITS = re.compile(r"cif|tal|:|\ber\b", re.IGNORECASE)
_OF_BIRTH = re.compile(
    r"(?:\bf(?:ø|oe)dt|\bf(?:ø|oe)dselsda(?:g|to)|\bf\.|cpr|personn)[^\d\x1f]{0,16}\Z",
    re.IGNORECASE,
)
_DAY = re.compile(
    r"(?<![\d.,])(\d\d?)(?:[-./ ]| ?[-./] ?)?(\d\d?)[-./' ]{0,2}((?:19|20)\d\d|\d\d)(?!\d)"
)
# Registers of fixed widths fill up with zeros.
_PADDED = re.compile(r"(?<!\d)(?<!\d[.,])0{1,10}\d{10}(?![.,]?\d)")
# A day and the time of it have more digits behind (`25-12-2023 14:30`).
_SPREAD = re.compile(r"(?<!\d)(?<!\d[:.,])\d(?:[-. ]{0,3}\d){9}(?![-.:, ]{0,2}\d)")


def has_named_number(text: str) -> bool:
    """Whether a number is near the word for it in a text that kpi/cpr/reading.py read."""
    small = text.lower()
    # The last digits are told without another word, too: `f. 25.12.48, slutter på 4916`.
    for ending in _ENDING.finditer(text):
        if _has_named_serial(text[max(0, ending.start() - _BEFORE) : ending.end() + _AFTER]):
            return True
    if not any(part in small for part in _PARTS_OF_WORDS):
        return False
    for count, word in enumerate(_WORD.finditer(text)):
        start = max(0, word.start() - _BEFORE)
        if _has_named_serial(text[start : word.end() + _AFTER]):
            return True
        near = text[start : word.start()] + " " + text[word.end() : word.end() + _AFTER]
        if _holds(near, _OF_LINES.match(word[0]) is not None):
            return True
        if count > _MOST_WORDS:
            return False
    return False


def _has_named_serial(near: str) -> bool:
    """Whether four digits that are named stand beside a day of birth in their century."""
    for match in (*_NAMED_SERIAL.finditer(near), *_SERIAL_SO_NAMED.finditer(near)):
        serial, is_sure = match["serial"], match["sure"] is not None
        may_be_year = "1900" <= serial <= "2100" and not _OF_DIGITS.search(match["between"])
        if may_be_year:
            continue
        beside = near[: match.start()] + "\x1f" + near[match.end() :]
        for day in _DAY.finditer(beside):
            if not is_sure and not _OF_BIRTH.search(beside[: day.start()][-_AFTER:]):
                continue
            six, century = day[1].zfill(2) + day[2].zfill(2) + day[3][-2:], day[3][:-2]
            if is_birthday(six, serial) and century in ("", birth_century(six, serial)):
                return True
    return False


def _holds(near: str, may_be_line: bool) -> bool:
    plain = _BETWEEN_WORDS.sub(" ", near)
    return any(is_birthday(six, serial) for six, serial in _digits(plain, may_be_line))


def _digits(near: str, may_be_line: bool) -> Iterator[tuple[str, str]]:
    """The birthdays and serials of a text, and what stands for them.

    A line of a journal has a day beside it (`oprettet 25.12.2023, løbenr. 4917`): where the word
    `may_be_line`, a date with marks counts with its check digit only.
    """
    for match in _PARTS.finditer(near):
        day, after_day, month, after_month, year, between, serial, word = match.groups()
        is_joined = not (after_day and after_month)
        six, century = day.zfill(2) + month.zfill(2) + year[-2:], year[:-2]
        if may_be_line and after_day and not fits_check(six + serial):
            continue
        # A date and a count of something (`pr. 01.01.2010: 4567 borgere`).
        is_count = century and (word or ":" in between)
        if is_count or (is_joined and len(day + month) < 4) or not is_birthday(six, serial):
            continue
        if not century or century == birth_century(six, serial):
            yield six, serial
    for match in (
        *_LETTERS_BETWEEN.finditer(near),
        *(() if may_be_line else _GLUED.finditer(near)),
    ):
        if fits_check(match[1] + match[2]) and is_birthday(match[1], match[2]):
            yield match[1], match[2]
    for six, serial in layouts_named(near):
        if not may_be_line or fits_check(six + serial):
            yield six, serial
    padded = () if may_be_line else (_PADDED,)
    for pattern in (_NINE, _THOUSANDS, _SPREAD, _POWER, *padded):
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
    # Registers of fixed widths fill up with zeros.
    digits = digits.removeprefix("0" * (len(digits) - 10)) if len(digits) > 10 else digits
    return digits.zfill(10) if len(digits) in (9, 10) else ""
