"""CPR numbers in bytes that no reader looks at: macros, embedded files, pictures, old workbooks.

Searched are letters of one byte and of two, and what is packed within: files in files, the streams
of old Office files, the source of macros, compressed drawings and the texts of pictures. What a
picture shows cannot be searched; kpi/ingest/gate/kept_copy.py keeps none of it.
"""

import re
import struct
import zlib
from base64 import b64decode
from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO
from itertools import islice
from xml.parsers import expat
from zipfile import BadZipFile, ZipFile

import numpy as np

from kpi.cpr.months import MONTH_NAMES, MONTHS
from kpi.cpr.parted import READ_FOR_DIGITS
from kpi.cpr.reading import readings
from kpi.cpr.spelling import holds_personal_number
from kpi.ingest.containers.compound_file import CompoundFile
from kpi.ingest.gate.unseen_xml import Texts
from kpi.ingest.table.file_kind import OLE2_START, ZIP_START

# Bytes between the parts of a number: a few signs of up to three bytes each.
_MOST_BETWEEN, _MOST_IN_DATE = 12, 3
_NEAR = 128
_MARKUP = np.frombuffer(b"<>\"'=", dtype=np.uint8)
_QUOTES = np.frombuffer(b'"', dtype=np.uint8)
_MOST_DEPTH = 4
_MOST_INFLATED = 64 * 1024**2
# The source of a macro is text that somebody wrote.
_MOST_OF_MACRO = 8 * 1024**2
_MOST_LOOKED_AT, _PIECE = 2 * 1024**2, 16 * 1024
# Beside the word, and after a month in letters, a number may be written in any way.
# The letters that each begins with are searched for far quicker than any of them.
_WORDS = tuple(
    re.compile(word)
    for word in (
        rb"cpr", rb"personn", rb"person-n", rb"sidste[ \xa0](?:fire|4|cif)",
        *(rb"%s[^\w<>]{1,4}(?:den )?\d\d?[^\w<>]?\d" % born for born in (rb"dt", rb"f\.")),
    )
)  # fmt: skip
_MOST_WORDS = 1_000
_MONTHS = re.compile(
    rb"(?:%s)[a-z]{0,6}[-. ]{0,3}(?:\d\d){1,2}"
    rb"[^\w<>]{1,6}(?:\w{1,7}[^\w<>]{1,3}){0,4}\d{4}(?!\d)" % MONTH_NAMES.encode(),
    re.IGNORECASE,
)
_AS_CODE = np.array((1 << 16, 1 << 8, 1))
_MONTH_CODES = [int.from_bytes(name.encode()) for name in MONTHS]
_DATE_MARKS, _TOKEN = np.frombuffer(b"-. ", dtype=np.uint8), 12
_IS_LIKE = np.isin(np.arange(256), list(READ_FOR_DIGITS.encode()))
_HAS_LETTER = re.compile(b"[A-Za-z]")
# Letters that are read for digits.
_MISREAD = re.compile(
    rf"(?<![^\W_])[\d{READ_FOR_DIGITS}]{{6}}[^\w<>]{{0,3}}[\d{READ_FOR_DIGITS}]{{4}}(?![^\W_])".encode()
)
_ODD_BEFORE_PLAIN = re.compile(r"[\u0100-\uffff](?=[\0-\xff])")
_BROKEN = (
    BadZipFile, zlib.error, struct.error, ValueError, LookupError, EOFError, OSError, RuntimeError,
)  # fmt: skip
# What is packed in letters: a query of Power Query, a drawing's older form, a picture.
_BASE64 = re.compile(rb"[A-Za-z0-9+/\r\n]{32,}")
_PNG = b"\x89PNG\r\n\x1a\n"
# What stands before a compressed text: its name, how it is packed and, of one in all letters, that
# it is, its language and its name in that.
_PACKED_PARTS = re.compile(
    rb"(?:zTXt|iCCP)[^\x00]{1,79}\x00\x00"
    rb"|iTXt[^\x00]{1,79}\x00\x01\x00[^\x00]{0,99}\x00[^\x00]{0,999}\x00",
    re.DOTALL,
)
# In place of the text in which a number was found.
_FOUND = b"010190-1234"
_MACRO_SOURCE = b"\x00Attribut"  # after the container's first three bytes


def holds_in_bytes(content: bytes) -> bool:
    """Whether there is a CPR number anywhere in bytes, in letters of one byte or of two.

    Of two the first or the second may be the greater one, as in what a camera writes (EXIF).

    Each byte near digits that may be one is decoded once an encoding, however many such there are,
    and no more than _MOST_LOOKED_AT of them: what is longer is none that a program reads here.
    """
    signs = np.frombuffer(content, dtype=np.uint8)
    shifted = b"\0" + content
    for step, encodings in (
        (1, ((content, "utf-8"), (content, "latin-1"))),
        (2, ((content, "utf-16-le"), (shifted, "utf-16-be"))),
    ):
        for first in range(step):
            letters = signs[first::step]
            words = _words(letters.tobytes()) if step == 2 else _words(content)
            places = np.sort(np.concatenate((candidates(letters), words)))
            for start, end in _stretches(places):
                if any(
                    _holds(read[first + start * step : first + end * step], encoding)
                    for read, encoding in encodings
                ):
                    return True
    return False


def holds_in_long(text: str) -> bool:
    """Whether there is a CPR number in a text of millions of letters, such as JSON on one line.

    Only near digits that may be one is it looked at as `holds_personal_number` does.
    """
    for reading in readings(text):
        letters = reading.encode("latin-1", "replace")
        signs = np.frombuffer(letters, dtype=np.uint8)
        places = np.sort(np.concatenate((candidates(signs, _QUOTES), _words(letters))))
        for start, end in _stretches(places, len(letters)):
            if holds_personal_number(reading[start:end]):
                return True
    return False


def _holds(around: bytes, encoding: str) -> bool:
    if encoding == "latin-1" and around.isascii():
        return False  # the same as in UTF-8
    text = around.decode(encoding, "replace")
    if encoding == "utf-16-be":
        # Of a text with the smaller byte first, which is read so too, the first letter is odd.
        text = _ODD_BEFORE_PLAIN.sub(_lesser_byte, text)
    return holds_personal_number(text)


def _lesser_byte(odd: re.Match[str]) -> str:
    letter = chr(ord(odd[0]) & 0xFF)
    return letter if letter.isascii() and letter.isalnum() else odd[0]


def _words(content: bytes) -> np.ndarray:
    """The places of the word, a month in letters or letters for digits: any way to write one."""
    lowered = content.lower()
    places = [
        match.start() for word in _WORDS for match in islice(word.finditer(lowered), _MOST_WORDS)
    ]
    signs = np.frombuffer(content, dtype=np.uint8)
    for words, likely in ((_MONTHS, _near_months(signs)), (_MISREAD, _near_letters(signs))):
        if len(likely) > _MOST_WORDS:  # to look at all is sooner done
            places += [match.start() for match in words.finditer(content)]
            continue
        for place in map(int, likely):
            start = max(0, place - _TOKEN)
            if words.search(content, start, place + _NEAR):
                places.append(place)
    return np.array(places, dtype=np.int64)


def holds_month(content: bytes) -> bool:
    """Whether a date with its month in letters is followed by four digits."""
    signs = np.frombuffer(content, dtype=np.uint8)
    near = map(int, _near_months(signs))
    return any(_MONTHS.match(content, place, place + _NEAR) for place in near)


def holds_misread(content: bytes) -> bool:
    """Whether there are six and four digits, some of them written as letters."""
    return any(map(_HAS_LETTER.search, _MISREAD.findall(content)))


def _near_months(signs: np.ndarray) -> np.ndarray:
    """The places where a month's name may begin after a digit, or after marks that follow one."""
    if len(signs) < _TOKEN:
        return np.zeros(0, np.int64)
    ends = np.flatnonzero((signs[:-4] - np.uint8(ord("0"))) < 10)
    ends = ends[ends + 8 < len(signs)]
    marked = ends[np.isin(signs[ends + 1], _DATE_MARKS)]
    places = []
    for step in (1, 2, 3, 4):
        near = (ends if step == 1 else marked) + step
        is_letter = (signs[near] | 0x20) >= ord("a")
        near = near[is_letter]
        letters = (signs[near[:, None] + np.arange(3)] | 0x20).astype(np.int32)
        places.append(near[np.isin(letters @ _AS_CODE, _MONTH_CODES)])
    near_months: np.ndarray = np.concatenate(places)
    return near_months


def _near_letters(signs: np.ndarray) -> np.ndarray:
    """The places of letters that are read for digits, beside a digit."""
    is_digit = (signs - np.uint8(ord("0"))) < 10
    is_like = _IS_LIKE[signs]
    beside = (is_digit[:-1] & is_like[1:]) | (is_like[:-1] & is_digit[1:])
    return np.flatnonzero(beside)


def _stretches(places: np.ndarray, most: int = _MOST_LOOKED_AT) -> Iterator[tuple[int, int]]:
    """The stretches around places in order, those that meet as one, up to so many letters."""
    left = most
    breaks = np.flatnonzero(np.diff(places) > 2 * _NEAR) + 1
    for several in np.split(places, breaks):
        if not len(several) or left <= 0:
            return
        start, last = max(0, int(several[0]) - _NEAR), int(several[-1]) + _NEAR + 20
        for piece in range(start, min(last, start + left), _PIECE):
            yield piece, min(last, piece + _PIECE + 2 * _NEAR)
        left -= last - start


def holds_within(content: bytes, depth: int = 0) -> bool:
    """Whether there is a CPR number in bytes or in what is packed in them, a few files deep."""
    if holds_in_bytes(content):
        return True
    return depth < _MOST_DEPTH and any(
        holds_within(packed, depth + 1) for packed in _packed(content)
    )


def candidates(signs: np.ndarray, markup: np.ndarray = _MARKUP) -> np.ndarray:
    """Places of digits arranged as in a number: far quicker than any pattern, and never too few.

    Digits that a sign of `markup` ends are no part of a longer number.
    """
    is_digit = np.zeros(len(signs) + 2, dtype=bool)
    is_digit[1:-1] = (signs - np.uint8(ord("0"))) < 10
    edges = np.flatnonzero(is_digit[1:] != is_digit[:-1])
    starts, ends = edges[::2], edges[1::2]
    lengths = ends - starts
    of_four, tens, twelve = (np.flatnonzero(lengths == count) for count in (4, 10, 12))
    if not len(of_four) + len(tens) + len(twelve):  # most texts: what follows costs far more
        return of_four
    # Every number of several parts ends with four digits, near others.
    last = of_four[of_four > 0]
    last = last[starts[last] - ends[last - 1] <= _MOST_BETWEEN]
    # Two numbers of the markup are parted by its own signs.
    last = last[~np.isin(signs[ends[last - 1]], markup)]
    before = lengths[last - 1]
    paired = last[(before == 6) | (before == 8)] - 1
    # `&#45;` and `%2D` have digits of their own.
    third = last[last > 1]
    escaped = third[(lengths[third - 1] <= 4) & (lengths[third - 2] == 6)] - 2
    gap = starts[third - 1] - ends[third - 2]
    mixed = third[
        (lengths[third - 1] + lengths[third - 2] == 6)
        & ((lengths[third - 1] == 2) | (lengths[third - 1] == 4)) & (gap <= _MOST_IN_DATE)
    ] - 2  # fmt: skip
    fourth = last[last > 2]
    gaps = starts[fourth - 1] - ends[fourth - 2], starts[fourth - 2] - ends[fourth - 3]
    dated = fourth[
        ((lengths[fourth - 1] == 2) | (lengths[fourth - 1] == 4)) & (lengths[fourth - 2] <= 2)
        & (lengths[fourth - 3] <= 2) & (np.maximum(*gaps) <= _MOST_IN_DATE)
    ] - 3  # fmt: skip
    marks = np.concatenate((np.zeros(2, np.uint8), signs))  # shifted by two
    is_decimal = (marks[starts[tens] + 1] == ord(".")) & (marks[starts[tens]] - np.uint8(48) < 10)
    tens = tens[~is_decimal]
    sixes = paired[lengths[paired] == 6]
    # The serial may come first, and twelve digits may be a year of four and all the rest.
    first = of_four[of_four < len(lengths) - 1]
    first = first[(lengths[first + 1] == 6) & (starts[first + 1] - ends[first] <= _MOST_BETWEEN)]
    first = first[_may_be_birthdays(signs, starts[first + 1])]
    twelve = twelve[
        _may_be_birthdays(signs, starts[twelve])
        | _may_be_birthdays(signs, starts[twelve] + 2, True)
    ]
    born = np.concatenate((
        starts[tens][_may_be_birthdays(signs, starts[tens])],
        starts[sixes][
            _may_be_birthdays(signs, starts[sixes])
            | _may_be_birthdays(signs, starts[sixes], year_first=True)
        ],
        starts[first],
        starts[twelve],
    ))  # fmt: skip
    longer = np.concatenate((paired[lengths[paired] == 8], escaped, mixed, dated))
    return np.concatenate((born, starts[longer]))


def _may_be_birthdays(
    signs: np.ndarray, starts: np.ndarray, year_first: bool = False
) -> np.ndarray:
    """Which of the digits at some places may be a day and a month, or a year before them."""
    digits = signs[starts[:, None] + np.arange(6)].astype(np.int16) - ord("0")
    at = 4 if year_first else 0
    day, month = digits[:, at] * 10 + digits[:, at + 1], digits[:, 2] * 10 + digits[:, 3]
    is_day = ((day >= 1) & (day <= 31)) | ((day >= 61) & (day <= 91))
    may_be: np.ndarray = is_day & (month >= 1) & (month <= 12)
    return may_be


def holds_in_base64(content: bytes) -> bool:
    """Whether there is a CPR number in what stands packed in base64 in a text."""
    for match in _BASE64.finditer(content):
        letters = b"".join(match[0].split())
        unpacked = b64decode(letters[: len(letters) // 4 * 4])
        files = unpacked.find(b"PK\x03\x04")
        if holds_within(unpacked[max(0, files) :], 1):
            return True
    return False


def _packed(content: bytes) -> Iterator[bytes]:
    """What is packed within bytes, as far as it can be unpacked."""
    try:
        if content.startswith(ZIP_START):
            yield from _files(content)
        elif content.startswith(OLE2_START):
            for stream in CompoundFile(content).streams():
                yield stream
                yield from _macro(stream)
                place = stream.find(ZIP_START)
                if place > 0:
                    yield from _files(stream[place:])
        elif content.startswith(b"\x1f\x8b"):
            yield zlib.decompressobj(31).decompress(content, _MOST_INFLATED)
        elif content.startswith(_PNG):
            yield from _picture_texts(content)
        else:
            yield from _macro(content)
    except _BROKEN:
        return


def _files(content: bytes) -> Iterator[bytes]:
    left = _MOST_INFLATED
    with ZipFile(BytesIO(content)) as archive:
        for entry in archive.infolist():
            with archive.open(entry) as file:
                part = file.read(left)
            yield entry.filename.encode()
            if not entry.filename.casefold().endswith((".xml", ".rels", ".vml", ".svg")):
                yield part
            elif _in_xml(part):
                yield _FOUND
            left -= len(part)
            if left <= 0:
                return


def _in_xml(part: bytes) -> bool:
    try:
        return Texts(has_cells=False).has_personal_number(iter([part]))
    except expat.ExpatError:
        return holds_in_bytes(part)


def _picture_texts(content: bytes) -> Iterator[bytes]:
    """What a PNG says in words, each part without its check sum, which may go on in digits."""
    place = len(_PNG)
    while place + 8 <= len(content):
        (size,) = struct.unpack_from(">I", content, place)
        kind, body = content[place + 4 : place + 8], content[place + 8 : place + 8 + size]
        if kind != b"IDAT":
            yield body
        if match := _PACKED_PARTS.match(kind + body):
            with suppress(zlib.error):
                packed = kind + body
                yield zlib.decompressobj().decompress(packed[match.end() :], _MOST_INFLATED)
        place += size + 12


def _macro(stream: bytes) -> Iterator[bytes]:
    """The source of a macro in a stream, which is compressed (MS-OVBA 2.4.1)."""
    place = stream.find(_MACRO_SOURCE)
    if place >= 3 and stream[place - 3] == 1:
        yield decompressed_macro(stream[place - 3 :])
    elif stream.startswith(b"\x01"):
        yield decompressed_macro(stream)


def decompressed_macro(packed: bytes) -> bytes:
    """The bytes of a compressed container of MS-OVBA 2.4.1, as far as it can be read."""
    out = bytearray()
    place = 1
    while place + 2 <= len(packed) and len(out) < _MOST_OF_MACRO:
        (header,) = struct.unpack_from("<H", packed, place)
        end = min(place + (header & 0x0FFF) + 3, len(packed))
        place, chunk = place + 2, len(out)
        if not header & 0x8000:
            out += packed[place : place + 4096]
            place += 4096
            continue
        while place < end:
            flags, place = packed[place], place + 1
            for bit in range(8):
                if place >= end:
                    break
                if not flags >> bit & 1:
                    out.append(packed[place])
                    place += 1
                    continue
                (token,) = struct.unpack_from("<H", packed, place)
                place += 2
                bits = max(4, (len(out) - chunk - 1).bit_length())
                length = (token & (0xFFFF >> bits)) + 3
                back = (token >> (16 - bits)) + 1
                if back > len(out):
                    return bytes(out)
                # What is copied may begin within what the copy itself makes.
                repeated = out[-back:] * (length // back + 1)
                out += repeated[:length]
    return bytes(out)
