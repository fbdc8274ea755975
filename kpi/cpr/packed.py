"""What letters are written as something else: base64, base32, or the codes of letters one by one.

`MjUxMjQ4LTQ5MTY=`, `GI2TCMRUHAWTIOJRGY`, `32 35 31 32 34 38 2d 34 39 31 36`, `0x95c17a34`, also one
within another. What is read so is searched like any text (kpi/cpr/spelling.py).
"""

import re
from base64 import b32decode, b64decode
from binascii import Error as Base64Error
from collections.abc import Iterator
from contextlib import suppress

from kpi.cpr.digits import fits_check

# In base64 three digits, spaces or dashes are four letters of which the first is one of these.
# Of UTF-16 every other byte is nothing: three of its bytes are `MgA1`, the next three `ADEA`.
# Lines may be broken between the fours. A long run may have such letters within it once more; in
# base32 there is no digit but 2 to 7, and a small letter before one is rare in words.
PACKED = (
    r"[I-P][A-Za-z0-9+/_-]{3}\s{0,2}[I-P][A-Za-z0-9+/_-]{3}\s{0,2}[I-P]"
    r"|A[CD][A-Za-z0-9+/_-]A[I-P][AQgw]A|[I-P][AQgw]A[A-Za-z0-9+/_-]A[CD][A-Za-z0-9+/_-]A"
    r"|[A-Za-z0-9+/_-]{4}[a-z0-9][A-Z][A-Za-z0-9+/_-]{14}|[A-Z2-7]{16}|[a-z][2-7][a-z2-7]{6}"
)
PACKED_LETTERS = re.compile(PACKED)
_BASE64 = re.compile(r"(?<![A-Za-z0-9+/_-])[A-Za-z0-9+/_-]{14,400}(?![A-Za-z0-9+/_-])")
_IN_FOURS = re.compile(
    r"(?<![A-Za-z0-9+/_-])(?:(?:[A-Za-z0-9+/_-]{4}){1,19}\s{1,2}){1,40}[A-Za-z0-9+/_-]{2,76}={0,2}"
    r"(?![A-Za-z0-9+/_-])"
)
_BASE32 = re.compile(r"(?<![^\W_])(?:[A-Z2-7]{16,400}|[a-z2-7]{16,400})(?![^\W_])")
_IN_HEXADECIMAL = re.compile(r"(?:[2-7][0-9A-Fa-f]){10}")
_HEXADECIMAL = re.compile(r"(?<![^\W_])(?:[2-7][0-9A-Fa-f]){10,200}(?![^\W_])")
# The codes of ten letters or more, nine of them digits, with the same sign between: in hexadecimal
# and in two digits each by name (`U+0032`) or by what begins them (`0x32`), and in bits.
_BY_CODES = re.compile(
    r"(?<![^\W_])(?:(?:0x|U\+00|u00)?[2-7][0-9A-Fa-f][\s:;,.|_-]{0,2}){9,200}"
    r"(?:0x|U\+00|u00)?[2-7][0-9A-Fa-f](?![^\W_])"
)
_MAY_BE_CODES = re.compile(
    r"(?:(?:0x|[Uu]\+?00)?3[0-9][\s:;,.|_-]{0,2}){4}|(?:0?011[01]{4}\s?){4}|0x[0-9A-Fa-f]{6}"
    r"|(?:(?:[45][0-9]|6[0-7]|7[01])[\s;,.|]{1,2}){4}"
)
# The same in tens and in eights.
_IN_TENS, _IN_EIGHTS = (
    re.compile(rf"(?<![\w.,])(?:(?:{codes})[\s;,.|]{{1,2}}){{9,60}}(?:{codes})(?![.,]?\w)")
    for codes in ("4[5-9]|5[0-7]|32", "6[0-7]|7[01]|55|40")
)
_IN_BITS = re.compile(r"(?<!\w)(?:0?[01]{7}\s?){9,200}0?[01]{7}(?!\w)")
_CODE = re.compile(r"[2-7][0-9A-Fa-f](?![0-9A-Fa-f])")
_NUMBER = re.compile(r"(?<![^\W_])0x([0-9A-Fa-f]{6,9})(?![^\W_])")
_TEN, _FEWEST_DIGITS, _MOST_WITHIN = 10, 9, 3
_LETTERS = re.compile(rb"[ -~\n\r]{14,400}")


def unpacked(text: str) -> Iterator[str]:
    """The texts that are written in a text as something else, also within each other."""
    open_texts = [(text, 0)]
    while open_texts:
        packed, depth = open_texts.pop()
        for content in _contents(packed):
            yield from _if_text(content)
            if depth < _MOST_WITHIN and _LETTERS.fullmatch(content):
                open_texts.append((content.decode(), depth + 1))


def codes_read(text: str) -> Iterator[str]:
    """The texts whose letters are written by their codes, and ten digits as one in hexadecimal.

    Figures of a list look so, too: asked of what stands by itself, not of a whole file.
    """
    if not _MAY_BE_CODES.search(text):
        return
    for match in _BY_CODES.finditer(text):
        codes = [code[0] for code in _CODE.finditer(match[0])]
        # A list of figures between 20 and 79 has commas, and few letters that are not digits.
        yield from _if_text(bytes.fromhex("".join(codes)))
    for match in _IN_BITS.finditer(text):
        bits = match[0].split() or [match[0]]
        if len(bits) == 1:
            bits = re.findall("[01]{8}", match[0])
        yield from _if_text(bytes(int(bit, 2) for bit in bits))
    for pattern, base in ((_IN_TENS, 10), (_IN_EIGHTS, 8)):
        for match in pattern.finditer(text):
            yield from _if_text(bytes(int(code, base) for code in re.findall(r"\d+", match[0])))
    for match in _NUMBER.finditer(text):
        ten = f"{int(match[1], 16):010}"
        if len(ten) == _TEN and fits_check(ten):
            yield ten


def _contents(text: str) -> Iterator[bytes]:
    """The bytes of each run that may be base64, base32 or hexadecimal; of either alphabet."""
    if PACKED_LETTERS.search(text):
        for match in _BASE64.finditer(text):
            yield from _of_base64(match[0])
        for match in _IN_FOURS.finditer(text):
            yield from _of_base64(re.sub(r"[\s=]", "", match[0]))
        for match in _BASE32.finditer(text):
            letters = match[0].upper()
            with suppress(Base64Error):
                yield b32decode(letters + "=" * (-len(letters) % 8))
    if _IN_HEXADECIMAL.search(text):
        for match in _HEXADECIMAL.finditer(text):
            yield bytes.fromhex(match[0])


def _of_base64(letters: str) -> Iterator[bytes]:
    letters = letters.replace("-", "+").replace("_", "/")
    with suppress(Base64Error):
        yield b64decode(letters + "=" * (-len(letters) % 4))


def _if_text(content: bytes) -> Iterator[str]:
    """What bytes say, where they are letters, also of UTF-16, and digits enough for a number."""
    content = content.replace(b"\0", b"").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff")
    if sum(map(content.count, b"0123456789")) >= _FEWEST_DIGITS:
        with suppress(UnicodeDecodeError):
            yield content.decode()
