"""A CPR number cut anywhere by one and the same sign: `140-5751-239`, `140519 751239`, `1|4|0|5..`.

Its ten digits, or the twelve with the year in full, stand in two to ten groups that need not meet
where day of birth and serial do. Accounts, phones and cases are grouped so, too: the check digit
must fit, and nothing around may say that they are something else. Of such groups with ten digits
one in 300 does by chance, of twelve one in 10,000. Not found are what figures look like: decimals,
thousands, a list (a comma and a space; digits one by one with commas), counting up, and a year, a
month or a day that numbers what is behind it (`1405-751239`, `14/05751239`). Where nobody lists
amounts, in what a person types and in titles, thousands are found (`holds_in_thousands`).
"""

import re

from kpi.cpr.beside import is_of_objects, names_case, names_object, names_several
from kpi.cpr.digits import birth_century, fits_check, is_birthday, is_clock_of_our_time

_SIGN = r"(?P<sign> ?(?:[^\w\x1f\s.]|[-.:/|_]){1,2} ?|\s{1,2}|_)"
_RUN = re.compile(
    rf"(?<![\w%.,:/|_-])\d{{1,11}}{_SIGN}\d{{1,11}}(?:(?P=sign)\d{{1,11}}){{0,8}}"
    r"(?!\w|[-.,:/|_ ]\d|%)"
)
_THOUSANDS = re.compile(
    r"(?<![\w.,:/-])\d{1,3}(?P<mark>[.', ])\d{3}(?:(?P=mark)\d{3}){2}(?!\w|[.,: -]\d)"
)
# A number behind the country's: a phone has eight digits.
_BEHIND_COUNTRY = re.compile(r"(?<![\w.,-])(?:\+|00)45((?:[-. ]?\d){10})(?!\w|[-., ]?\d)")
# A year, a month or a day that numbers what is behind it, and what parts a bank from its account.
_NUMBERED = re.compile(
    r"\d{4}[-/ .]\d{6}|\d\d[-/.]\d{8}|\d\d[-/.]\d{6}[-/.]\d\d|\d{2,4}[-/.]\d{2,6}[-/.]\d{5,6}"
)
MONEY_BESIDE = re.compile(
    r"(?<![a-zæøå])(?:kr|dkk|eur|euro|kroner|mio|mia|i alt|ialt|sum|total\w*"
    r"|bel(?:ø|oe)b\w*|budget\w*|regnskab\w*|udgift\w*|indt(?:æ|ae)gt\w*|antal|antallet|indbyggere|personer)(?![a-zæøå])",
    re.IGNORECASE,
)
# Few texts have digits enough together, and the pattern for all takes longer.
_MAY_BE_CUT = re.compile(r"(?:\d[\W_]{0,4}){9}\d")
_CENTURIES, _FIRST_CASES = ("18", "19", "20"), "1990"
_OF_DECIMALS, _OF_LISTS, _OF_DATES = (".", ","), tuple(":;|&("), ("", *".-/:_")
_OF_THOUSANDS = ("", ".", ",", "'")
_MOST_BY_SPACES = 4
_TEN, _TWELVE, _LAST_DAY, _NEAR = 10, 12, "32", 64
_GROUPS = re.compile(r"\d+")


def holds_cut(text: str) -> bool:
    """Whether a text that kpi/cpr/reading.py read contains a number cut by one sign."""
    return any(_is_cut_number(match) for match in _RUN.finditer(text)) or any(
        _is_given(re.sub(r"\D", "", match[1])) for match in _BEHIND_COUNTRY.finditer(text)
    )


def holds_in_thousands(text: str) -> bool:
    """Whether a text contains a number written as thousands, with no word for an amount near it."""
    for match in _THOUSANDS.finditer(text):
        before, after = _around(match)
        digits = re.sub(r"\D", "", match[0])
        # Of more digits it is a budget in milliards.
        if (
            len(digits) == _TEN
            and _is_given(digits)
            and not (
                MONEY_BESIDE.search(before) or MONEY_BESIDE.search(after) or names_object(before)
            )
        ):
            return True
    return False


def cut_digits(text: str) -> str:
    """The ten digits of the first run of groups in a text that one sign cuts; empty where none is.

    Of twelve without the first two of the year, which may stand first or last in the day: as the
    check digit fits, else as the first group has it. A column is known by how many of its fit.
    """
    for match in _RUN.finditer(text) if _MAY_BE_CUT.search(text) else ():
        groups = _GROUPS.findall(match[0])
        if readings := _readings_of("".join(groups)):
            is_year_first = len(groups[0]) == len("yyyy")
            usual = readings[-1 if is_year_first else 0]
            ten, _ = next((each for each in readings if _is_given(*each)), usual)
            return "" if _is_figure(match[0], groups, match["sign"]) else ten
    return ""


def _readings_of(digits: str) -> list[tuple[str, str]]:
    """The ten digits that ten or twelve may be, and the first two of the year where they say it."""
    if len(digits) == _TEN:
        return [(digits, "")]
    if len(digits) != _TWELVE:
        return []
    return [
        (digits[:4] + digits[6:], digits[4:6]),
        (digits[6:8] + digits[4:6] + digits[2:4] + digits[8:], digits[:2]),
    ]


def _is_cut_number(match: re.Match[str]) -> bool:
    groups, sign = _GROUPS.findall(match[0]), match["sign"]
    if not any(_is_given(ten, century) for ten, century in _readings_of("".join(groups))):
        return False
    if _is_figure(match[0], groups, sign):
        return False
    before, after = _around(match)
    if re.search(rf"\d{re.escape(sign)}\Z", before) or re.match(rf"{re.escape(sign)}\d", after):
        return False  # a part of a longer list
    is_other = names_case(before) or names_object(before) or names_several(after)
    digits = "".join(groups)[-_TEN:]
    return not is_other and not is_of_objects(digits, before, after, is_glued=True)


def _is_figure(text: str, groups: list[str], sign: str) -> bool:
    """Whether the groups are what figures, lists, days and numbered things look like."""
    mark, lengths = sign.strip(), [*map(len, groups)]
    is_ten = sum(lengths) == _TEN
    # Rows of figures have spaces between them, and so have the lines of a table.
    if not mark and (sign != " " or len(groups) > _MOST_BY_SPACES + (not is_ten)):
        return True
    if len(groups) == 2 and (mark in _OF_DECIMALS or (is_ten and mark in _OF_LISTS)):
        return True
    if mark in (",", ";") and (sign != mark or {*lengths} == {1}):
        return True
    if mark in _OF_THOUSANDS and lengths[0] <= 3 and {*lengths[1:]} == {3}:
        return True
    if _is_case(text, groups, is_ten):
        return True
    is_dated = lengths == [2, 2, 2, 4] or (lengths == [2, 2, 4, 4] and groups[2][:2] in _CENTURIES)
    numbers = [*map(int, groups)]
    counts_up = len(numbers) > 2 and numbers[2] - numbers[1] == numbers[1] - numbers[0] == 1
    is_yes_or_no = {*"".join(groups)} <= {"0", "1"}
    # kpi/cpr/spelling.py judges a day, and six digits with four.
    return (is_dated and mark in _OF_DATES) or lengths == [6, 4] or counts_up or is_yes_or_no


def _is_case(text: str, groups: list[str], is_ten: bool) -> bool:
    """Whether a year, a month or a day numbers what is behind it.

    In twelve digits the year of birth is in full, too, so only years of our time stand first there.
    """
    first = "1900" if is_ten else _FIRST_CASES
    of_year = groups[: 1 + is_ten]
    if any(len(group) == len(first) and first <= group <= "2100" for group in of_year):
        return True
    return is_ten and _NUMBERED.fullmatch(text) is not None


def _is_given(ten: str, century: str = "") -> bool:
    """Whether ten digits are a birthday whose check digit fits, the last four no year or time."""
    six, serial = ten[:6], ten[6:]
    if ten >= _LAST_DAY or not is_birthday(six, serial) or not fits_check(ten):
        return False
    if century not in ("", birth_century(six, serial)):
        return False
    return not "1900" <= serial <= "2100" and not is_clock_of_our_time(six, serial)


def _around(match: re.Match[str]) -> tuple[str, str]:
    text = match.string
    return text[max(0, match.start() - _NEAR) : match.start()], text[match.end() :][:_NEAR]
