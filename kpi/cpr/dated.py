"""Days as letters and forms are dated (`9/3 - '73`, `9. marts, 1973`, `19/dec-48`), as with points.

Where somebody sets spaces, a comma or an apostrophe, the grammar of kpi/cpr/candidates.py takes the
parts of the day for figures of their own. Periods and fractions are written so too: only a day is
read that a dash or a slash joins to four digits, and whose check digit then fits.
"""

import re

from kpi.cpr.digits import fits_check
from kpi.cpr.months import MONTH_NAMES, MONTHS

_DAY = r"(?<![\d./-])(0?[1-9]|[12]\d|3[01])"
_MONTH = rf"(?:(0?[1-9]|1[0-2])|({MONTH_NAMES})[a-z]{{0,6}})(?![^\W_])"
_APART = r"(?: ?[./-] ?|\. | )"
_BEFORE_YEAR = r"(?:[.,]? ?[./-]? ?'?)"
# A word behind four digits that stand by themselves is of what is counted (`- 4145 borgere`).
IS_COUNTED = r"(?=\s{1,2}(?-i:[a-zæøå]{4}))"
_OF_COUNT = rf"\s?[-/]\s\d{{4}}{IS_COUNTED}|\s[-/]\d{{4}}{IS_COUNTED}"
_TO_SERIAL = rf"(?!{_OF_COUNT})(?=\s{{0,2}}[-/]\s{{0,2}}(\d{{4}})(?!\d))"
_LOOSELY = re.compile(
    rf"{_DAY}{_APART}{_MONTH}{_BEFORE_YEAR}((?:19|20)\d\d|\d\d){_TO_SERIAL}", re.IGNORECASE
)
_MAY_BE_LOOSE = re.compile(
    r"\d\.? ?[./-]? ?(?:\d\d?|[jfmasond][^\W\d_]{2,9})(?:[.,]? ?[./-]? ?'?)(?:\d\d)?\d\d"
    r"\s{0,2}[-/]\s{0,2}\d{4}",
    re.IGNORECASE,
)


def with_plain_days(text: str) -> str:
    """The text with days that a serial follows parted by points alone.

    >>> with_plain_days("Ida 9 / 3 - '73-2407")
    'Ida 09.03.73-2407'
    """
    return _LOOSELY.sub(_with_points, text) if _MAY_BE_LOOSE.search(text) else text


def _with_points(match: re.Match[str]) -> str:
    day, month, word, year, serial = match.groups()
    month = month or str(MONTHS[word.casefold()])
    if not fits_check(day.zfill(2) + month.zfill(2) + year[-2:] + serial):
        return match[0]
    return f"{day:0>2}.{month:0>2}.{year}"
