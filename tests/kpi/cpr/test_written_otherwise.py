"""A number in other digits, in codes, in words and with its month in other languages."""

import random
from base64 import b32encode, b64encode
from collections.abc import Callable

from kpi.cpr.months import months_of
from kpi.cpr.texts import text_holds_number
from kpi.cpr.typed import typed_holds_number
from tests.kpi.cpr.test_joined import is_refused
from tests.tables import for_each

_CHANCE = random.Random(8)
NUMBER = "251248-4916"


def in_digits(digits: str) -> Callable[[str], str]:
    return lambda number: "".join(digits[int(sign)] if sign.isdigit() else sign for sign in number)


def in_codes(form: str, between: str = " ") -> Callable[[str], str]:
    return lambda number: between.join(form.format(ord(sign)) for sign in number)


def packed(pack: Callable[[bytes], bytes], times: int = 1) -> Callable[[str], str]:
    def written(number: str) -> str:
        content = number.encode()
        for _ in range(times):
            content = pack(content)
        return content.decode()

    return written


WAYS: dict[str, Callable[[str], str]] = {
    "tags": lambda number: "hej" + "".join(chr(0xE0000 + ord(sign)) for sign in number),
    "ideographs": in_digits("〇一二三四五六七八九"),
    "ideographs of money": in_digits("零壹貳參肆伍陸柒捌玖"),
    "ideographs in tens": lambda number: number.replace("25", "二十五").replace("12", "十二"),
    "Suzhou": in_digits("〇〡〢〣〤〥〦〧〨〩"),
    "circled": in_digits("⓪①②③④⑤⑥⑦⑧⑨"),
    "circled otherwise": in_digits("🄋➀➁➂➃➄➅➆➇➈"),
    "in brackets": in_digits("0⑴⑵⑶⑷⑸⑹⑺⑻⑼"),
    "with points": in_digits("🄀⒈⒉⒊⒋⒌⒍⒎⒏⒐"),
    "raised": in_digits("⁰¹²³⁴⁵⁶⁷⁸⁹"),
    "mathematical": in_digits("𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗"),
    "Arabic": in_digits("٠١٢٣٤٥٦٧٨٩"),
    "keys": lambda number: "".join(f"{sign}\ufe0f\u20e3" for sign in number),
    "selectors": "\ufe0e".join,
    "soft hyphens": "\u00ad".join,
    "marks of direction": lambda number: number.replace("-", "\u2069\u200f-\u2066"),
    "hexadecimal spaced": in_codes("{:02x}"),
    "hexadecimal with colons": in_codes("{:02X}", ":"),
    "hexadecimal marked": in_codes("0x{:02x}", ", "),
    "names of letters": in_codes("U+{:04X}"),
    "decimal codes": in_codes("{}"),
    "decimal codes in a list": in_codes("{}", ","),
    "octal codes": in_codes("{:o}"),
    "bits": in_codes("{:08b}"),
    "one in hexadecimal": lambda number: hex(int(number.replace("-", ""))),
    "base32": packed(b32encode),
    "base32, small": lambda number: b32encode(number.encode()).decode().rstrip("=").lower(),
    "base64": packed(b64encode),
    "base64 twice": packed(b64encode, 2),
    "base64 three times": packed(b64encode, 3),
    "base64 of hexadecimal": packed(lambda content: b64encode(content.hex().encode())),
    "hexadecimal of base64": lambda number: b64encode(number.encode()).hex(),
    "hexadecimal twice": lambda number: number.encode().hex().encode().hex(),
    "base64 of an escape": lambda number: b64encode(number.replace("-", "%2D").encode()).decode(),
    "base64 in lines": lambda number: "\n".join(
        b64encode(number.encode()).decode()[at : at + 8] for at in (0, 8)
    ),
    "escaped four times": in_codes("%252525{:02X}", ""),
    "entities four times": in_codes("&amp;amp;amp;#{};", ""),
    "escapes of JSON twice": in_codes("\\\\u{:04x}", ""),
    "quoted-printable, small": in_codes("={:02x}", ""),
    "moment": lambda number: f"1948-12-25T{number[-4:]}",
    "sign": lambda number: number.replace("-", " X "),
}  # fmt: skip
IN_WORDS = (
    "to fem en to fire otte fire ni en seks", "two five one two four eight four nine one six",
    "femogtyve tolv otteogfyrre niogfyrre seksten", "251248 fire ni en seks",
    "25.12.48 niogfyrre seksten",
)  # fmt: skip
MONTHS = (
    "Aralık", "grudnia", "grudzień", "Diseembar", "Disembar", "ديسمبر", "disambir", "كانون الأول",
    "kanun al-awwal", "Dezember", "December", "desember", "грудня", "hrudnia", "декабря",
    "dekabrja", "دسامبر", "Berfanbar", "decembrie", "decembar", "prosinca", "diciembre",
    "dicembre", "dezembro", "tháng 12", "டிசம்பர்", "joulukuuta", "gruodžio", "Δεκεμβρίου",
    "dhjetor", "detsember", "декември", "prosince", "دسمبر", "ara", "gru", "dic.",
)  # fmt: skip
OTHERS = (
    "30, 31, 32, 35, 36, 38, 39, 34, 31, 33", "48 49 51 50 52 53 50 49 51 50", "25 borgere 48 4916",
    "25 ledige 48 4916", "25. Aralık 2023 4916 borgere", "en to tre fire fem",
    "to ud af tre, fire af fem", "0x7f000001", "kommunalbestyrelsesmedlemmer", "十二月 2024",
    "3a 20 35 31 32 34 38 2d 34 39 31", "00110010 00110101 00110001", "2024-05-31T1200",
    "aHR0cHM6Ly93d3cuYWFyaHVzLmRrLw==", "ORSXG5BAMFQXE2DVOMQGW33N", "Ⅻ 2024", "½ af 251248",
)  # fmt: skip


@for_each("way", WAYS)
def test_other_digits_and_codes(way: str) -> None:
    for around in ("{}", "Ida {} er flyttet"):
        text = around.format(WAYS[way](NUMBER))
        assert text_holds_number(text), text
        assert typed_holds_number(text), text
        assert is_refused(("sted", "note"), [("Aarhus", text), ("Viby", "x")]), text


@for_each("text", IN_WORDS)
def test_digits_in_words(text: str) -> None:
    assert text_holds_number(text)
    assert typed_holds_number(f"Nummeret er {text}, husk det")
    assert is_refused(("sted", "note"), [("Aarhus", text), ("Viby", "x")])


@for_each("month", MONTHS)
def test_a_month_in_another_language(month: str) -> None:
    for text in (f"25. {month} 1948-4916", f"Ida, 25 {month} 48 - 4916", f"25. {month} 1948 4916"):
        assert text_holds_number(text), text
        assert is_refused(("sted", "note"), [("Aarhus", text), ("Viby", "x")]), text


@for_each("text", OTHERS)
def test_what_looks_so_and_is_none(text: str) -> None:
    assert not text_holds_number(text)
    assert not is_refused(("sted", "note"), [("Aarhus", text), ("Viby", "x")])


def test_words_of_danish_are_no_months() -> None:
    words = (
        "borgere ledige serier abonnenter lejligheder kvinder marker junger sager timer elever til"
        " og af lister dubletter trafik sekunder august"
    )
    assert [word for word in words.split() if months_of(word)] == []


def test_lists_of_shares_are_numbers_by_chance_alone() -> None:
    texts = [", ".join(f"{_CHANCE.randint(30, 59)}" for _ in range(12)) for _ in range(2_000)]
    assert [text for text in texts if text_holds_number(text)] == []
