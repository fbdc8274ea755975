"""A CPR number grouped as no figure is: `0.1.0.1.9.0.1.2.3.4`, `010.190.1234`, `0.101.901.234`.

One and the same mark parts the digits one by one, in three, three and four, or in thousands
behind a zero. Versions and accounts may be written so: the check digit must fit, or the day be a
first of January. A comma parts figures, and so does a space where other figures are beside it.
"""

import re
from itertools import accumulate

from kpi.cpr.beside import is_of_objects, names_case, names_object
from kpi.cpr.digits import is_birthday, is_hardly_chance

_MARK = r"(?P<mark>[.'~/_-])"
_LAYOUTS = (
    rf"\d{_MARK}\d(?:(?P=mark)\d){{8}}",
    # The halves parted by another sign: `2.5.1.2.4.8-4.9.1.6`.
    rf"\d{_MARK}\d(?:(?P=mark)\d){{4}} ?[-/:] ?\d(?:(?P=mark)\d){{3}}",
    r"\d{3}[.']\d{3}[.']\d{4}",
    r"0(?P<thousands>[.'])\d{3}(?P=thousands)\d{3}(?P=thousands)\d{3}",
)
_EVENLY = tuple(re.compile(rf"(?<![\w.,'/-])(?:{layout})(?![\w/]|[.,'-]\d)") for layout in _LAYOUTS)
_SPACED_THOUSANDS = re.compile(r"\W{0,3}0 \d{3} \d{3} \d{3}\W{0,3}")
_MAY_BE = re.compile(r"\d[.'~/_-]\d[.'~/_-]\d[.'~/_-]|\d{3}[.']\d{3}[.']\d{3}|0 \d{3} \d")
_NEAR = 64


def holds_evenly_parted(text: str) -> bool:
    """Whether a text that kpi/cpr/reading.py read contains a number in such groups."""
    if not _MAY_BE.search(text):
        return False
    if _SPACED_THOUSANDS.fullmatch(text):
        return _is_number(re.sub(r"\D", "", text), "", "")
    return any(
        _is_number(
            re.sub(r"\D", "", match[0]),
            text[max(0, match.start() - _NEAR) : match.start()],
            text[match.end() :][:_NEAR],
        )
        for layout in _EVENLY
        for match in layout.finditer(text)
    )


def _is_number(digits: str, before: str, after: str) -> bool:
    """Whether ten digits are a birthday and hardly chance, and no object's or case's number.

    Zeros and ones alone are answers of yes and no.
    """
    return (
        is_birthday(digits[:6], digits[6:])
        and is_hardly_chance(digits)
        and not {*digits} <= {"0", "1"}
        and not (names_case(before) or names_object(before))
        and not is_of_objects(digits, before, after, is_glued=True)
    )


def are_groups(text: str) -> bool:
    """Whether digits end with the birthday, or only spaces part them: `23-052445-57` is a case."""
    groups = re.findall(r"\d+", text)
    ends = accumulate(map(len, groups))
    return 6 in ends or len("".join(text.split())) == sum(map(len, groups))
