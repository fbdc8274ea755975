"""A CPR number with a name or words between its halves: `251248 Jens Hansen 4916`.

Or its last four digits before a day that is called a day of birth (`4916 født 25.12.48`), anywhere
behind such a day, or each part behind its own key (`x=251248&y=4916`). Figures stand so by chance:
the check digit must fit, the serial may be no year, and nothing may be counted or numbered by it.
"""

import re

from kpi.cpr.loose import OF_PERSON, is_something_else, may_be_given

_SIGN = r"[^\w\x1f\"'»«]{1,3}"
_DATE = (
    r"(?:(?P<six>\d{6})|(?P<day>\d\d?)(?P<mark>[-./ ])(?P<month>\d\d?)(?:(?P=mark)| )"
    r"(?P<year>(?:18|19|20)?\d\d)|(?P<first>(?:18|19|20)\d\d),? (?P<last>\d\d?)[-./]"
    r"(?P<before_last>\d\d?))(?!\d)"
)
_BEGINS, _SERIAL = r"(?<![\w%+])(?<!\d[-.,:/ ])", r"(?P<serial>\d{4})(?![\w%]|[-.,:/ ]{1,2}\d)"
# A letter beyond the Western ones is read as `x`.
_NAME = r"[A-ZÀ-ÖØ-Þx][^\W\d_]*\.?(?:[-'][^\W\d_]+)?"
_PARTICLE = r"(?:(?:von|van|de|der|den|da|af|al|el|bin|og) ){0,2}"
_NAMED = re.compile(
    rf"{_BEGINS}{_DATE}{_SIGN}{_NAME}(?:[ ,.]{{1,2}}{_PARTICLE}{_NAME}){{0,3}}{_SIGN}{_SERIAL}"
)
_BIRTH = (
    r"(?:f(?:ø|oe|o)dt|f(?:ø|oe|o)dselsda(?:g|to)\w{0,2}|f\.|f(?:ø|oe)ds?\.)"
    r"[^\w\x1f]{0,4}(?:(?:den|d)[^\w\x1f]{1,3})?"
)
_BORN_BEFORE = re.compile(
    rf"{_BEGINS}(?P<serial>\d{{4}})(?:{_SIGN}[^\W\d_]{{1,12}}){{0,3}}{_SIGN}{_BIRTH}{_DATE}",
    re.IGNORECASE,
)
_BORN_AFTER = re.compile(
    rf"(?<![^\W\d_]){_BIRTH}{_DATE}(?P<words>[^\d\x1f]{{1,48}})(?<![\w%+]){_SERIAL}", re.IGNORECASE
)
_MAY_BE_BORN = re.compile(r"(?i)f(?:ø|oe|o)d|\bf\.")
_KEY = r"[\"']?[^\W\d]\w{0,19}[\"']?\s?[=:]\s?[\"']?"
_NEXT = r"[\"']?[&;,|]?\s?"
_KEYED = re.compile(
    rf"(?<!\w){_KEY}(?P<digits>\d{{6}}{_NEXT}{_KEY}\d{{4}}|\d\d{_NEXT}{_KEY}\d\d{_NEXT}{_KEY}"
    rf"(?:19|20)?\d\d{_NEXT}{_KEY}\d{{4}})(?![\w.,-]?\d)"
)
_MAY_BE_KEYED = re.compile(r"[=:]\s?[\"']?\d\d")
# What is counted, or the town behind its postcode.
_COUNTED = re.compile(r"\)?\s(?!(?:er|har|var|bor|som|der|og|men|for|ikke|skal|vil)\b)[^\W\d_]{2,}")
_COUNTED_BEFORE = re.compile(
    r"(?:antal\w*|andel|i alt|ialt|sum|op til|ca\.?|kr\.?|alle|børn|unge|personer|borgere|elever"
    r"|årgang\w*|kl\.?|klokken|mindst|højst|over|under)\W{0,3}(?:\w{1,12}\W{1,3})?\Z",
    re.IGNORECASE,
)
# A name that ends so is of a place or a thing, and so is a sum or a time of day.
_OF_THINGS = re.compile(
    r"(?i)\b(?:kr|dkk|kl|kap|til|fra|antal|postnr|postnummer|tlf|telefon)\b\W{0,3}\Z"
)
_NEAR = 64


def holds_apart(text: str) -> bool:
    """Whether a text that kpi/cpr/reading.py read contains a number whose halves are apart."""
    if any(map(_is_named, _NAMED.finditer(text))):
        return True
    if _MAY_BE_BORN.search(text) and (
        any(map(_is_of_birth, _BORN_BEFORE.finditer(text)))
        or any(map(_is_of_birth, _BORN_AFTER.finditer(text)))
    ):
        return True
    return _MAY_BE_KEYED.search(text) is not None and any(map(_is_keyed, _KEYED.finditer(text)))


def _parts(match: re.Match[str]) -> tuple[str, str, str]:
    """The six digits of the day, the century that its year says, and the serial."""
    if match["six"]:
        return match["six"], "", match["serial"]
    day, month = match["day"] or match["last"], match["month"] or match["before_last"]
    year = match["year"] or match["first"]
    return day.zfill(2) + month.zfill(2) + year[-2:], year[:-2], match["serial"]


def _is_named(match: re.Match[str]) -> bool:
    """Whether a day and four digits around a name are a number."""
    six, century, serial = _parts(match)
    before, after = _around(match)
    # Papers are dated so, one in eleven with four digits that fit.
    if match["six"] is None and not OF_PERSON.search(before):
        return False
    if not may_be_given(six, century, serial) or _COUNTED.match(after):
        return False
    if _COUNTED_BEFORE.search(before) or _OF_THINGS.search(match[0][: -len(serial)]):
        return False
    return not is_something_else(six + serial, before, after)


def _is_of_birth(match: re.Match[str]) -> bool:
    """Whether four digits before or behind a day of birth are its serial."""
    six, century, serial = _parts(match)
    before, after = _around(match)
    if not may_be_given(six, century, serial) or _COUNTED_BEFORE.search(before):
        return False
    is_behind = match.end("serial") == match.end()
    if is_behind and (_COUNTED.match(after) or _OF_THINGS.search(match["words"])):
        return False
    return not is_something_else(six + serial, before, after if is_behind else "")


def _is_keyed(match: re.Match[str]) -> bool:
    groups = re.findall(r"(?<![^\W\d])\d+(?!\w)", match["digits"])
    digits = "".join(groups)
    if len(digits) == len("ddmmyyyyssss"):
        six, century, serial = digits[:4] + digits[6:8], digits[4:6], digits[8:]
    else:
        six, century, serial = digits[:6], "", digits[6:]
    return len(serial) == len("ssss") and may_be_given(six, century, serial)


def _around(match: re.Match[str]) -> tuple[str, str]:
    text = match.string
    return text[max(0, match.start() - _NEAR) : match.start()], text[match.end() :][:_NEAR]
