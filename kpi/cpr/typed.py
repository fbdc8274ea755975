"""A CPR number in what a person types: a name, a note, a field of the plan.

Nobody lists figures there, so a mark that parts two figures in a table parts a number here.
"""

import re

from kpi.cpr.digits import fits_check, is_birthday, is_likely_given
from kpi.cpr.texts import text_holds_number

# A year may follow, as names of files and papers have.
_PARTED = re.compile(
    r"(?<![\d.,])(\d{6}) {0,2}[;,.|] {0,2}(\d{4})(?![.,]?(?!(?:19|20)\d\d(?!\d))\d)", re.ASCII
)
# Codes have letters so, too: of these only those whose check digit fits.
_LETTERED = re.compile(r"(?<!\w)(\d{6})[a-zæøå]{1,3}(\d{4})(?!\w)", re.IGNORECASE)


def typed_holds_number(text: str) -> bool:
    """Whether a typed text contains a CPR number, also as `251248;4916` or `251248,4916`."""
    if text_holds_number(text):
        return True
    return any(
        is_birthday(*match.groups()) and is_likely_given(match[1] + match[2])
        for match in _PARTED.finditer(text)
    ) or any(
        is_birthday(*match.groups()) and fits_check(match[1] + match[2])
        for match in _LETTERED.finditer(text)
    )
