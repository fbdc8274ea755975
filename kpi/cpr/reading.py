"""A text as a person reads it, in few characters: what the search for CPR numbers looks through.

Escapes are undone (`&#45;`, `%2D`, `\\u0030`, also twice over), the marks of a web page taken away
and marks that are not seen left out. Digits of every script become ours, and what parts them one of
a few: a space, `-`, `/`, `.`, `:`, `,`. So one grammar (kpi/cpr/candidates.py) reads them all.
"""

import re
import unicodedata
from base64 import b64decode
from binascii import Error as Base64Error
from collections.abc import Iterable, Iterator
from functools import lru_cache
from html import unescape
from urllib.parse import unquote

from kpi.cpr.dated import with_plain_days
from kpi.cpr.months import MONTH_NAMES, MONTHS, with_foreign_months
from kpi.cpr.packed import unpacked

# Stands where one text ends and another begins, such as the cells of a table: nothing goes on.
PARTED = "\x1f"
# A letter may be a number of one digit or two.
_NUMBERS = range(100)
# What is not seen though it is a letter of its category: fillers, selectors, tags.
_FILLERS = frozenset("\u115f\u1160\u17b4\u17b5\u3164\uffa0\u2800")
_JOINERS = {
    "/": "\u2044\u2215\u2571\u29f8\uff0f\uff3c",
    "-": "\u2212\u02d7\u2043\u207b\u208b\u30fc\uff70\u2500\u2501\u2796\u223c\u02dc",
    "~": "\u2022\u2027\u2219\u22c5\u25cf\u25e6\u2e31\u3002\u30fb\uff61\uff65\u06d4",
    ".": "\u2024\ufe52\uff0e", ":": "\u2236\u02d0\ua789\ufe55\uff1a\u205a",
    ",": "\u201a\u3001\uff0c\uff64\u060c\u066b\u066c", "'": "\u2018\u2019\u201b\u2032\u02bc\uff07",
    "_": "\uff3f\u203f\u2017", "+": "\uff0b\u2795", "&": "\uff06", "#": "\uff03", "%": "\uff05",
    ";": "\uff1b", "<": "\uff1c", ">": "\uff1e", "(": "\uff08", ")": "\uff09", "=": "\uff1d",
}  # fmt: skip
# Letters of other alphabets that look like ours: a hand or a scanner has them for digits.
_LOOK_ALIKES = {
    "O": "\u041e\u039f\u0555", "o": "\u043e\u03bf\u0585",
    "l": "\u04c0\u04cf\u0406\u0456\u0399\u2160\u217c\u01c0",
    "S": "\u0405", "s": "\u0455", "B": "\u0412\u0392", "b": "\u0431", "Z": "\u0396",
    "3": "\u0417\u0437",
}  # fmt: skip
_PLAIN = {odd: plain for plain, several in (_JOINERS | _LOOK_ALIKES).items() for odd in several}
# Raised digits are part of a number or a mark at its end: both are read.
_RAISED = "\u00b9\u00b2\u00b3\u2070\u2074\u2075\u2076\u2077\u2078\u2079"
_RAISED_DIGITS = str.maketrans(_RAISED, "1230456789")
_WITHOUT_RAISED = str.maketrans(_RAISED, " " * len(_RAISED))
_SPACES = "".join(map(chr, (*range(1, 2), *range(5, 31), 0, 127, 0x85, 0xA0)))
_WESTERN = bytes.maketrans(
    _SPACES.encode("latin-1") + b"\\`\xb4\xaf\xac\xb7\xa4\xa6\xa7\xb6",
    b" " * len(_SPACES) + b"/''--~****",
)
_BEYOND_WESTERN = re.compile("[^\x00-\xff]")
_UNSEEN_WESTERN = b"\xad"
_ESCAPE = re.compile(
    r"\\{1,4}u([0-9a-fA-F]{4})|\\u\{0*([0-9a-fA-F]{1,5})\}|\\U000([0-9a-fA-F]{5})|\\x([0-9a-fA-F]{2})"
    r"|_x([0-9a-fA-F]{4})_|%u([0-9a-fA-F]{4})|\\'([0-9a-fA-F]{2})"
)
# Letters in octal digits, one after the other: the bytes of UTF-8 (`251248\302\2404916`).
_OCTAL = re.compile(r"(?:\\[0-3][0-7]{2})+")
# UTF-7 writes letters as the base64 of their UTF-16 (`251248+IBM-4916`).
_UTF_7 = re.compile(r"\+([A-Za-z0-9/]{3,64})-?")
_OF_NUMBERS = re.compile(r"[\d\s\W_]+")
# A dash that somebody says in a word.
_DASH_IN_WORDS = re.compile(r"(?<=\d)[\s,]*\b(?:binde|tanke)?streg\b[\s,]*(?=\d)", re.IGNORECASE)
# What a program writes of a day that it keeps as a moment, before four digits that are no time
# zone (`-0100`).
_MIDNIGHT = re.compile(
    r"(?<=\d)(?:T|[ ,]{1,2}(?:kl\.? ?)?|_)"
    r"(?:12:00(?::00)? ?AM|00([:.-]?)00(?:\1 ?00(?:[.,]0{1,9})?)?)"
    r"(?: ?Z| ?[-+](?:0\d|1[0-4]):?(?:00|30|45)(?=\W{1,4}\d))?"
    r"(?![-+](?:0\d|1[0-4])(?:00|30|45)(?!\d))(?=(?:\W|nr){0,7}\d{4}(?!\d))"
)
_MAY_BE_MIDNIGHT = re.compile("00[:.-]?00|12:00")
# Style sheets write letters so, with a space behind where a further digit would belong to it.
_OF_STYLE = re.compile(r"\\0{0,4}([23][0-9a-fA-F])(?: |(?![0-9a-fA-F]))|\\0000([23][0-9a-fA-F]) ?")
_BLANK_ESCAPE = re.compile(r"\\[nrtvfb]")
_QUOTED_PRINTABLE = re.compile("=([23][0-9A-Fa-f])")
_MAY_BE_ESCAPED = re.compile(
    r"&[#a-zA-Z]|%(?:[0-9a-fA-F]{2}|u[0-9a-fA-F]{4})|\\[uUxnrtvfb'0-3]|_x[0-9a-fA-F]{4}_|=[23][0-9A-Fa-f]"
    r"|<[/a-zA-Z!]|\+[A-Za-z0-9/]{3}|[\uff03\uff05\uff06\uff1c]"
)
_TAG = re.compile(r"<(?:!--.{0,300}?-->|/?[a-zA-Z][^<>]{0,300}>)", re.DOTALL)
_CELL = re.compile(r"</?(?:td|th|tr|li|option|dd|dt)\b[^<>]{0,300}>", re.IGNORECASE)
# What marks up a text elsewhere than on a page: `[b]`, `{color:red}`, `\\textbf{`, `]]>`.
_MARKUP = re.compile(
    r"<!\[CDATA\[|\]\]>|\[/?[A-Za-z*]{1,10}(?:=[^\[\]]{0,60})?\]|\{/?[A-Za-z]{1,10}(?::[^{}]{0,60})?\}"
    r"|\\[A-Za-z]{1,16}(?:\{\w{1,16}\}(?=\{))?\{|(?<=\d)\}"
)
_MAY_BE_MARKED = re.compile(r"[\[{]/?[A-Za-z*]{1,10}[=:\]}]|CDATA|\\[A-Za-z]{1,16}\{")
_MOST_ESCAPED, _LONG = 8, 10_000
# UTF-8 read as Western letters, and a space or a dash of DOS or of the old Macintosh read so.
_TWICE_ENCODED = re.compile("\u00c2|\u00e2\u20ac")
_OF_OTHER_ENCODING = re.compile("(?<=\\d)[\u00ff\u00ca\u00d0\u00f0](?=[\\d-])")
# Letters between these marks are shown from right to left.
_TURNED = re.compile("\u202e([^\u202c\u2069\n]{9,200})")
# Letters that are not seen, once for marking languages: a copy has them.
_TAGS = re.compile("[\U000e0020-\U000e007e]")
# Year, month and day as Chinese and Japanese have them behind each.
_OF_DATE = re.compile("[年月日十]")
_DATE_MARKS = str.maketrans("年月日", "-- ")
_TENS = re.compile("([一二三四五六七八九]?)十([一二三四五六七八九]?)")
# A formula of texts shows what it joins: `="251248"&"-"&"4916"`.
_FORMULA = re.compile(r"\s*[=+@-]\s*[\w({\"$'\[]")
_FORMAT_CALL = re.compile(r"\b(?:TEXT|TEKST)\(\s*([^;,()]{1,40})[;,][^()]{0,60}\)", re.IGNORECASE)
_LETTER_CALL = re.compile(
    r"\b(?:_xlfn\.)?(?:UNI)?(?:CHAR|CODE|TEGN|KODE)\(\s*(\d{2,4})\s*\)", re.IGNORECASE
)
_DATE_CALL = re.compile(
    r"\b(?:DATE|DATO)\(\s*(?:19|20)?(\d\d)\s*[;,]\s*(\d\d?)\s*[;,]\s*(\d\d?)\s*\)", re.IGNORECASE
)
_JOINING_CALL = re.compile(
    r"\b(?:_xlfn\.)?(?:CONCAT(?:ENATE)?|TEXTJOIN|SAMMENK(?:Æ|AE)D\w*|TEKST\.?(?:KOMBINER|SAMMENF\w*))"
    r"\([^()]*\)", re.IGNORECASE,
)  # fmt: skip
# What a cell holds is not known: its name is no part of what is joined (`=A1&"251248-"&"4916"`).
CELL_NAME = re.compile(r'(?<![\w"$])\$?[A-Z]{1,3}\$?\d{1,7}(?![\w"(])')
_BETWEEN_TEXTS = re.compile(r'"?\s*[;,]\s*"?')
_JOINED = re.compile(r'"\s*&\s*"?|&\s*"')
# A query joins texts so: `'251248' || '-' || '4916'`.
_JOINED_IN_QUERY = re.compile(r"'\s*\|\|\s*'")
_JOINED_IN_FORMULA = re.compile(r'"?\s*&\s*"?')
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
# A small `i` between spaces is a word.
_ROMAN_MONTH = re.compile(
    rf"(?<=\d)(?!\.? i )[-. /]{{1,3}}({'|'.join(_ROMAN)})[-. /]{{1,3}}(?=\d\d)", re.IGNORECASE
)
_MAY_BE_ROMAN = re.compile(r"\d[-. /]{1,3}[IVXivx]")
# As it is said: `den 25. i 12. 1948`.
_DAY_IN_MONTH = re.compile(
    r"(?<!\d)(\d\d?)\.? i (?:den )?(1[0-2]|0?[1-9])(?:\. ?|,? )(?=(?:19|20)?\d\d(?!\d))",
    re.IGNORECASE,
)
# A day with its year first and four digits: the letter for a time of day is no mark of one.
_BEFORE_TIME = re.compile(r"(?<=\d\d\d\d-\d\d-\d\d)T(?=\d{4}(?!\d))")
# The month first, as Americans write it: a day of 13 or more shows which of two figures it is.
_MAY_BE_AMERICAN = re.compile(
    r"[A-Za-z]\.? {1,2}\d\d?[a-z,. ]{1,4}\d{4}|\d[-./](?:1[3-9]|2\d|3[01])[-./]\d\d"
)
_MONTH_WORD_FIRST = re.compile(
    rf"(?<![^\W_])({MONTH_NAMES})[a-z]{{0,6}}\.? {{1,2}}(\d\d?)(?:st|nd|rd|th)?"
    r"[,.]? {1,2}(?=(?:19|20)\d\d)",
    re.IGNORECASE,
)
_MONTH_FIRST = re.compile(
    r"(?<!\d)(?<!\d[-./])(0?[1-9]|1[0-2])([-./])(1[3-9]|2\d|3[01])\2(?=(?:19|20)?\d\d(?!\d))"
)
# Behind a digit (`25DEC1948`) or marks every month begins so; all names take far longer.
_MAY_BE_MONTH = re.compile(r"\d(?:st|nd|rd|th)?[-. ]{0,3}[jfmasondJFMASOND]")
_MONTH = re.compile(
    r"(?:(?<=\d)(?:(?:st|nd|rd|th)? (?:of )?|[-. ]{1,3})|(?<=(?<![^\W_])\d)|(?<=(?<![^\W_])\d\d))"
    rf"({MONTH_NAMES})[a-z]{{0,6}}"
    r"[-. ]{0,3}(?=\d)",
    re.IGNORECASE,
)


def readings(text: str) -> Iterable[str]:
    """The text as it is read: also without escapes and a web page's marks; months as numbers.

    A day with its first moment, as a program writes it, is also read without (`1948-12-25 00:00`).
    """
    # Several searches read the same text after each other.
    return _read_short(text) if len(text) < _LONG else _all_readings(text)


@lru_cache(maxsize=4)
def _read_short(text: str) -> tuple[str, ...]:
    return tuple(_all_readings(text))


def _all_readings(text: str) -> Iterator[str]:
    read: set[str] = set()
    for written in _written(text):
        for plain in _also_without_midnight(_plain(written)):
            if plain not in read:
                read.add(plain)
                with_months = _with_months(plain)
                yield with_months
                if (with_days := with_plain_days(plain)) != plain:
                    yield with_days
                if (with_roman := _with_roman_months(with_months)) != with_months:
                    yield with_roman
                if _MAY_BE_AMERICAN.search(plain):
                    day_first = _day_first(plain)
                    if day_first != with_months:
                        yield day_first


def without_midnight(text: str) -> str:
    """The text with its days alone that four more digits follow, where it says their first moment.

    >>> without_midnight("1948-12-25T00:00:00-4916")
    '1948-12-25 -4916'
    """
    return _MIDNIGHT.sub(" ", text) if _MAY_BE_MIDNIGHT.search(text) else text


def _also_without_midnight(texts: Iterator[str]) -> Iterator[str]:
    for text in texts:
        yield text
        if (days := without_midnight(text)) != text:
            yield days


def _day_first(plain: str) -> str:
    """The text with its days before their months (`May 14, 1975`, `05/14/1975`)."""
    plain = _MONTH_WORD_FIRST.sub(
        lambda match: f"{match[2]:0>2}.{MONTHS[match[1].casefold()]:02}.", plain
    )
    return _MONTH_FIRST.sub(lambda match: f"{match[3]}{match[2]}{match[1]:0>2}{match[2]}", plain)


def _with_months(plain: str) -> str:
    """The text with its months as numbers, and without the letter between day and time."""
    if _MAY_BE_MONTH.search(plain):
        plain = _MONTH.sub(_month, plain)
    return _BEFORE_TIME.sub("-", plain) if "T" in plain else plain


def _with_roman_months(plain: str) -> str:
    """The text with the months of old papers as numbers (`25.XII.48`); an X may be a sign, too."""
    if _MAY_BE_ROMAN.search(plain):
        plain = _DAY_IN_MONTH.sub(lambda match: f"{match[1]}.{match[2]:0>2}.", plain)
        plain = _ROMAN_MONTH.sub(lambda match: f".{_ROMAN.index(match[1].upper()) + 1:02}.", plain)
    return plain


def _month(match: re.Match[str]) -> str:
    return f".{MONTHS[match[1].casefold()]:02}."


def _written(text: str) -> Iterator[str]:
    yield text
    if not text.isascii():
        yield from _in_other_encodings(text)
        if _TAGS.search(text):
            yield _TAGS.sub(lambda match: chr(ord(match[0]) & 0x7F), text)
        if _OF_DATE.search(text):
            yield _in_tens(text).translate(_DATE_MARKS)
        if "\u202e" in text:
            yield _TURNED.sub(lambda match: match[1][::-1], text)
    yield from _of_formula(text)
    for letters in unpacked(text):
        yield letters
        if _MAY_BE_ESCAPED.search(letters):
            yield from _without_escapes(letters)
    yield from with_foreign_months(text)
    if "streg" in text:
        yield _DASH_IN_WORDS.sub("-", text)
    if _MAY_BE_MARKED.search(text):
        for instead in ("", " "):
            yield _MARKUP.sub(instead, text)
    if _MAY_BE_ESCAPED.search(text):
        yield from _without_escapes(text)


def _in_tens(text: str) -> str:
    """The text in which Chinese tens (`二十五`) are the digits that they name."""
    return _TENS.sub(lambda match: (match[1] or "一") + (match[2] or "〇"), text)


def _without_escapes(text: str) -> Iterator[str]:
    if "\\" in text:
        yield _OF_STYLE.sub(lambda match: chr(int(match[1] or match[2], 16)), text)
    # An address may hold `=25` as a value's beginning: it is read with and without that escape.
    is_quoted = _QUOTED_PRINTABLE.search(text) is not None
    for quoted_printable in (False, True)[: 1 + is_quoted]:
        before = text
        for _ in range(_MOST_ESCAPED):
            decoded = _unescaped(before, quoted_printable)
            if decoded == before:
                break
            yield decoded
            before = decoded
        if "<" in before:
            without_cells = _CELL.sub(PARTED, before)
            for instead in (" ", ""):
                yield _TAG.sub(instead, without_cells)


def _of_formula(text: str) -> Iterator[str]:
    """The texts that a formula joins, as one; between quotes elsewhere too."""
    if "||" in text and _JOINED_IN_QUERY.search(text):
        yield _JOINED_IN_QUERY.sub("", text)
    if "&" not in text and '"' not in text:
        return
    if _FORMULA.match(text):
        plain = _LETTER_CALL.sub(lambda match: f'"{chr(int(match[1]))}"', text)
        plain = _DATE_CALL.sub(lambda match: f"{match[3]:0>2}{match[2]:0>2}{match[1]}", plain)
        plain = CELL_NAME.sub("\x1f", _FORMAT_CALL.sub(r"\1", plain))
        yield _JOINED_IN_FORMULA.sub("", plain)
        if _JOINING_CALL.search(plain):
            yield _JOINING_CALL.sub(lambda match: _BETWEEN_TEXTS.sub("", match[0]), plain)
    elif '"' in text and _JOINED.search(text):
        yield _JOINED.sub("", text)


def _in_other_encodings(text: str) -> Iterator[str]:
    """The text where its spaces and dashes are those of an encoding that it was not read in."""
    if _TWICE_ENCODED.search(text):
        yield text.encode("cp1252", "replace").decode("utf-8", "replace")
    if _OF_OTHER_ENCODING.search(text):
        yield _OF_OTHER_ENCODING.sub("-", text)


def _unescaped(text: str, quoted_printable: bool) -> str:
    text = _BEYOND_WESTERN.sub(_read, text)
    text = unescape(text) if "&" in text else text
    if quoted_printable:
        text = _QUOTED_PRINTABLE.sub(lambda match: chr(int(match[1], 16)), text)
    if "+" in text:
        text = _UTF_7.sub(_of_utf_7, text)
    if "\\" in text or "_x" in text or "%u" in text:
        text = _OCTAL.sub(_of_octal, text)
        text = _ESCAPE.sub(lambda match: chr(int(next(filter(None, match.groups())), 16)), text)
        text = _BLANK_ESCAPE.sub(" ", text)
    return unquote(text) if "%" in text else text


def _of_octal(match: re.Match[str]) -> str:
    return bytes(int(octal, 8) for octal in match[0][1:].split("\\")).decode("utf-8", "replace")


def _of_utf_7(match: re.Match[str]) -> str:
    """What UTF-7 writes so, where that is digits or what parts them."""
    packed = match[1]
    try:
        letters = b64decode(packed + "=" * (-len(packed) % 4)).decode("utf-16-be")
    except (Base64Error, UnicodeDecodeError):
        return match[0]
    return letters if _OF_NUMBERS.fullmatch(letters) else match[0]


def _plain(text: str) -> Iterator[str]:
    if text.isascii() and text.isprintable():
        yield text.replace("\\", "/").replace("`", "'")
        return
    if not text.isascii() and any(raised in text for raised in _RAISED):
        yield _in_western(text.translate(_RAISED_DIGITS))
        text = text.translate(_WITHOUT_RAISED)
    yield _in_western(text)


def _in_western(text: str) -> str:
    try:  # far quicker than letter by letter, and most texts are of these letters
        letters = text.encode("latin-1")
    except UnicodeEncodeError:
        letters = _BEYOND_WESTERN.sub(_read, text).encode("latin-1", "replace")
    return letters.translate(_WESTERN, _UNSEEN_WESTERN).decode("latin-1")


class _Read(dict[str, str]):
    """How a letter beyond the Western ones is read; looked up once for each."""

    def __missing__(self, letter: str) -> str:
        self[letter] = read = _letter(letter)
        return read


def _letter(letter: str) -> str:
    plain = _PLAIN.get(letter)
    if plain is not None:
        return plain
    # Also what has no digit of its own but a number: `〇`, `㊽`, `Ⅻ`.
    number = unicodedata.digit(letter, None) or unicodedata.numeric(letter, None)
    if number is not None and number in _NUMBERS:
        return str(int(number))
    category = unicodedata.category(letter)
    if letter in _FILLERS or category in ("Cf", "Mn", "Me", "Cn", "Co"):
        return ""
    if category == "Pd":
        return "-"
    if category in ("Zs", "Zl", "Zp", "Cc"):
        return " "
    return "x" if letter.isalpha() else "*"


_LETTERS = _Read()


def _read(match: re.Match[str]) -> str:
    return _LETTERS[match[0]]
