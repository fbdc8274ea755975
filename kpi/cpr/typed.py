"""A CPR number in what a person types: a name, a note, a field of the plan.

Nobody lists figures there, so a mark that parts two figures in a table parts a number here.
"""

import re

from kpi.cpr.digits import is_birthday, is_likely_given
from kpi.cpr.texts import text_holds_number

_PARTED = re.compile(r"(?<![\d.,])(\d{6}) {0,2}[;,.|] {0,2}(\d{4})(?![.,]?\d)", re.ASCII)


def typed_holds_number(text: str) -> bool:
    """Whether a typed text contains a CPR number, also as `251248;4916` or `251248,4916`."""
    if text_holds_number(text):
        return True
    return any(
        is_birthday(*match.groups()) and is_likely_given(match[1] + match[2])
        for match in _PARTED.finditer(text)
    )
