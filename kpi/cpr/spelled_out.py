"""Digits written as words: `to fem en to fire otte fire ni en seks`, `251248 fire ni en seks`.

In Danish and English, one by one or in twos (`femogtyve tolv otteogfyrre`). Two at least stand
after each other; what is read so is searched like any text (kpi/cpr/texts.py).
"""

import re
from operator import and_

_ONES = {
    "nul": 0, "en": 1, "én": 1, "et": 1, "ét": 1, "to": 2, "tre": 3, "fire": 4, "fem": 5,
    "seks": 6, "syv": 7, "otte": 8, "ni": 9, "zero": 0, "oh": 0, "one": 1, "two": 2, "three": 3,
    "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
}  # fmt: skip
_TEENS = (
    (
        "ti",
        "elleve",
        "tolv",
        "tretten",
        "fjorten",
        "femten",
        "seksten",
        "sytten",
        "atten",
        "nitten",
    ),
    (
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ),
)
_TENS = (
    ("tyve", "tredive", "fyrre", "halvtreds", "tres", "halvfjerds", "firs", "halvfems"),
    ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"),
)


def _numbers() -> dict[str, str]:
    numbers = {word: f"{digit}" for word, digit in _ONES.items()}
    for teens in _TEENS:
        numbers |= {word: f"{number}" for number, word in enumerate(teens, start=10)}
    for tens in _TENS:
        numbers |= {word: f"{10 * number}" for number, word in enumerate(tens, start=2)}
    for unit, digit in _ONES.items():
        for number, ten in enumerate(_TENS[0], start=2):
            numbers[f"{unit}og{ten}"] = f"{number}{digit}"
        for number, ten in enumerate(_TENS[1], start=2):
            numbers[f"{ten}-{unit}"] = f"{number}{digit}"
    return numbers


_NUMBERS = _numbers()
_WORD = rf"(?:{'|'.join(sorted(_NUMBERS, key=len, reverse=True))})"
_SIGN = r"[^\w\x1f]{1,3}"
_RUN = re.compile(rf"(?<![^\W_])(?:{_WORD}{_SIGN}){{1,11}}{_WORD}(?![^\W_])", re.IGNORECASE)
_ONE_WORD = re.compile(rf"(?<![^\W_]){_WORD}(?![^\W_])", re.IGNORECASE)
_ANY = (
    r"(?:nul|[eé]n|[eé]t|to|tre|fire|fem|seks|syv|otte|ni|ti|elleve|tolv|tretten|fjorten|femten|seksten"
    r"|sytten|atten|nitten|(?:[a-z]{2,4}og)?(?:tyve|tredive|fyrre|halvtreds|tres|halvfjerds|firs|halvfems)"
    r"|zero|oh|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|[a-z]{3,5}teen"
    r"|[a-z]{3,5}ty(?:-[a-z]{3,5})?)"
)
# Digits in words without a sign between: no other word is made of ten.
_DIGIT = "nul|[eé]n|[eé]t|to|tre|fire|fem|seks|syv|otte|ni"
_GLUED = re.compile(rf"(?<![^\W\d_])(?:{_DIGIT}){{10,12}}(?![^\W\d_])", re.IGNORECASE)
_ONE_DIGIT = re.compile(_DIGIT, re.IGNORECASE)
# Two of them after each other are in few texts: what the database looks for.
MAY_BE_SPELLED = rf"(?i)\b{_ANY}[^0-9A-Za-z]{{1,3}}{_ANY}\b|\b(?:{_DIGIT}){{10}}"
_WORDS = re.compile(r"[^\W\d_]+")


def with_figures(text: str) -> str:
    """The text with its digits in words as figures, where two or more stand after each other."""
    text = _GLUED.sub(
        lambda run: _ONE_DIGIT.sub(lambda word: _NUMBERS[word[0].casefold()], run[0]), text
    )
    words = _WORDS.findall(text)
    are_digits = [word in _NUMBERS or word.casefold() in _NUMBERS for word in words]
    if True not in are_digits or not any(map(and_, are_digits, are_digits[1:])):
        return text
    return _RUN.sub(
        lambda run: _ONE_WORD.sub(lambda word: _NUMBERS[word[0].casefold()], run[0]), text
    )
