"""The number or text that a spreadsheet shows by a format code, where the cell's differs."""

import re
from collections.abc import Sequence
from datetime import date, timedelta

from kpi.cpr.spelling import holds_personal_number
from kpi.ingest.readers.format_sections import Section, sections
from kpi.ingest.readers.format_words import (
    SCALE_WORDS,
    marks_between,
    number_with_words,
    words_beside,
)
from kpi.ingest.words.cell_units import cell_unit

# What a number format may contain without showing it as a sign: "text", \x, _x, *x and [colour].
_LITERAL = re.compile(r'"[^"]*"|[\\_*].|\[[^\]]*\]')
_SCALING_COMMAS = re.compile(r",+(?=\.|$)")
_NINE_DIGITS, _ELEVEN_DIGITS = 100_000_000, 10_000_000_000
_ANY, _FEWEST_PLACES = "General", 9
# Excel counts days from here, to the end of the year 9999.
_FIRST_DAY, _DAYS, _FEWEST_OF_FORMAT = date(1899, 12, 30), 2_958_466, 4
_MONTHS = (
    "januar", "februar", "marts", "april", "maj", "juni", "juli", "august", "september",
    "oktober", "november", "december",
)  # fmt: skip


def is_percent(number_format: str) -> bool:
    """Whether a number format shows a hundred times the number: it has a bare percent sign."""
    return "%" in _LITERAL.sub("", number_format)


def shows_month_or_year(number_format: str) -> bool:
    """Whether a format shows a date without its day: a month, or a year only."""
    letters = sections(number_format)[0].letters
    return any(letter[0] in "ym" and letter != "min" for letter in letters) and not any(
        letter[0] in "dhs" or letter == "min" for letter in letters
    )


def shown_period(number_format: str, day: date) -> str:
    """What a format that shows a month or year shows of a day, as a period is written.

    `mmm-yy` gives `2025M01`, `yyyy` gives `2025`; where the format has words or digits of its
    own (`"1. kvartal "yyyy`) they are part of what it shows: `1. kvartal 2025`.
    """
    section = sections(number_format)[0]
    if any(map(str.isalnum, section.literal)):
        return "".join(_shown(kind, text, day) for kind, text in section.parts).strip()
    if any(letter[0] == "m" for letter in section.letters):
        return f"{day.year:04d}M{day.month:02d}"
    return f"{day.year:04d}"


def _shown(kind: str, text: str, day: date) -> str:
    if kind != "date":
        return text
    if text[0] == "y":
        return f"{day.year:04d}"
    return _MONTHS[day.month - 1] if len(text) > 2 else f"{day.month:02d}"


def shown_instead(number_format: str, number: float, as_percent: bool | None = None) -> str | None:
    """The text that is shown instead of a number; None where it is the number that is shown.

    That is a text alone (`[<5]"<5";0`), or a number with words that make it another, after TYPED: a
    limit or an approximate one (`"<"0`, `"ca. "0`), one with more digits (`0"000"`, `"1"0`); or one
    that its words make none, after UNREADABLE (`0" (foreløbig)"`). `as_percent`: whether a hundred
    times the number is shown; else the format says it.
    """
    parts = sections(number_format)
    section = _section_of(parts, number)
    if section.shows_text:
        return _person_of(section, f"{number:.11g}")
    if section.letters:
        return _shown_as_born(section, number)
    # A number as long as a personal number is never hidden from those who look for these.
    if abs(number) >= _NINE_DIGITS:
        return _shown_as_person(section, number)
    if sum(map(str.isdecimal, section.literal)) > 1 and (
        person := _shown_as_person(section, number, with_words=True)
    ):
        return person
    if _is_words_alone(section):
        is_shown = bool(section.literal.strip())
        is_divided = len(parts) > 1 or section.condition is not None
        return section.literal.strip() if is_shown or is_divided else None
    is_hundredfold = is_percent(number_format) if as_percent is None else as_percent
    return number_with_words(section, number, is_hundredfold)


def shown_as_person(number_format: str, day: date) -> str | None:
    """What is shown of a day where the format makes a CPR number of it, else None."""
    return shown_instead(number_format, (day - _FIRST_DAY).days)


def shown_text(number_format: str, text: str) -> str:
    """A cell's text, with the digits that its format puts beside it where both are a CPR number.

    `@"-4916"` shows `251248-4916` of 251248.
    """
    section = next((part for part in sections(number_format) if part.shows_text), None)
    return text if section is None else _person_of(section, text) or text


def _person_of(section: Section, text: str) -> str | None:
    """What a section shows of a text where its own digits make that a CPR number, else None."""
    if not any(map(str.isdecimal, section.literal)):
        return None
    shown = "".join(text if kind == "value" else words for kind, words in section.parts)
    is_made = holds_personal_number(shown) and not holds_personal_number(text)
    return shown.strip() if is_made else None


def _shown_as_person(section: Section, number: float, with_words: bool = False) -> str | None:
    """What is shown of nine or ten digits where that is a CPR number and the digits alone are not.

    `000000\\-0000` shows `010190-1234` of 101901234, and so does `"010190-"0` of 1234, of which
    some digits are `with_words`.
    """
    may_show = with_words and not section.letters and section.numeric
    if number != int(number) or not 0 < number < _ELEVEN_DIGITS:
        return None
    if not (may_show or _pads_or_parts(section)):
        return None
    places = sum(len(text) for kind, text in section.parts if kind == "number")
    is_general = section.numeric == "General"
    digits = str(int(number)) if is_general else str(int(number)).zfill(places)
    # Digits before the first place of the format are shown in front of it.
    front, at = max(len(digits) - places, 0), 0
    shown = ""
    for kind, text in section.parts:
        if kind != "number":
            shown += text
            continue
        end = len(digits) if is_general else front + at + len(text)
        shown += digits[front + at if at else 0 : end]
        at += len(text)
    is_other = shown.strip() != str(int(number))
    return shown.strip() if is_other and holds_personal_number(shown) else None


def _shown_as_born(section: Section, number: float) -> str | None:
    """What is shown of a day where the format's own digits make it a CPR number (`ddmmyy"-4916"`).

    The number is that by which Excel counts days.
    """
    if sum(map(str.isdecimal, section.literal)) < _FEWEST_OF_FORMAT or not 0 < number < _DAYS:
        return None
    day = _FIRST_DAY + timedelta(days=int(number))
    shown = "".join(
        _shown_of_day(text, day) if kind == "date" else text for kind, text in section.parts
    )
    return shown.strip() if holds_personal_number(shown) else None


def _shown_of_day(letters: str, day: date) -> str:
    if letters[0] == "y":
        return f"{day.year:04d}" if len(letters) > 2 else f"{day.year % 100:02d}"
    if letters[0] == "m" and letters != "min":
        return _MONTHS[day.month - 1] if len(letters) > 2 else f"{day.month:0{len(letters)}d}"
    return f"{day.day:0{min(len(letters), 2)}d}" if letters[0] == "d" else ""


def _pads_or_parts(section: Section) -> bool:
    """Whether a section may show whole digits with zeros before them or with signs between."""
    texts = [text for kind, text in section.parts if kind == "number"]
    if section.letters or not texts or not (set("".join(texts)) <= set("0#?") or texts == [_ANY]):
        return False
    first = section.parts[0]
    is_led = first[0] == "text" and first[1].strip().endswith("0")
    return len(texts) > 1 or len(texts[0]) >= _FEWEST_PLACES or is_led


def _is_words_alone(section: Section) -> bool:
    return not (section.numeric or section.letters or section.shows_text)


def words_shown(number_format: str, number: float) -> str:
    """What a format writes beside a number and is not read with it: `*`, `1)`, `usikkert`."""
    parts = sections(number_format)
    return words_beside(_section_of(parts, number), number)


def _section_of(parts: Sequence[Section], number: float) -> Section:
    if any(part.condition for part in parts):
        return next((part for part in parts if part.applies(number)), parts[-1])
    if len(parts) > 1 and number < 0:
        return parts[1]
    return parts[2] if len(parts) > 2 and number == 0 else parts[0]


def replaces_numbers(number_format: str) -> bool:
    """Whether a format shows text instead of some numbers, or words that make them others."""
    parts = sections(number_format)
    is_divided = len(parts) > 1 or parts[0].condition is not None
    return any(
        ((is_divided or part.literal.strip()) and _is_words_alone(part))
        or any(
            words_beside(part, number) or number_with_words(part, number, False)
            for number in (1.0, -1.0)
        )
        or _pads_or_parts(part)
        or sum(map(str.isdecimal, part.literal)) > 1
        for part in parts[:3]
    ) or any(part.shows_text and any(map(str.isdecimal, part.literal)) for part in parts)


def shows_percent_sign(number_format: str) -> bool:
    """Whether a percent sign is written after the number as it is (`0.0"%"`)."""
    section = sections(number_format)[0]
    return bool(section.numeric) and "%" in section.literal and not is_percent(number_format)


def shown_unit(number_format: str, number: float = 1.0) -> str:
    """The unit that a format writes beside a number, as `kr.` or `personer`; empty without one.

    A format may have another unit for negative numbers. Percent signs are none of these, nor are
    words that only say how many the numbers are (`mio.`). A number as long as a personal number is
    never written together with anything.
    """
    section = _section_of(sections(number_format), number)
    if not section.numeric or section.letters or abs(number) >= _NINE_DIGITS:
        return ""
    words = " ".join(section.literal.split())
    return words if cell_unit(words) else ""


def shown_scale(number_format: str) -> float:
    """How many times larger the cell's number is than what is shown, words included; else 1.

    `0,` shows thousands (1000); `0,"t.kr."` shows them and says so, which is the number again (1).
    `0 "mio."` shows the number as it is and says that it is millions (0.000001); `0"."00` sets a
    mark before its last digits (100).
    """
    section = sections(number_format)[0]
    if not section.numeric or section.letters:
        return 1.0
    shown = 1000.0 ** sum(map(len, _SCALING_COMMAS.findall(section.numeric)))
    shown *= 10.0 ** marks_between(section)
    words = section.literal.casefold()
    factor = next((factor for pattern, factor in SCALE_WORDS if pattern.search(words)), 1.0)
    return shown / factor
