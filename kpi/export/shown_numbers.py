"""Numbers of texts as spreadsheets have them: a number, with a format that shows the same text."""

import re
from typing import NamedTuple

from kpi.domain.format import MINUS

_SHOWN = re.compile(
    rf"(?P<before>ca\. )?(?P<number>[+{MINUS}]?\d{{1,3}}(?:\.\d{{3}})*(?:,(?P<decimals>\d+))?)"
    r"(?P<after>(?:[\u00a0 ].*)?)",
    re.DOTALL,
)
# `21 af 68 (31 %)`, `3 til 5`, `15. marts`: what stands first is not the number of it.
_OF_OTHERS = re.compile(r"[\u00a0 ](?:af|til|ud)[\u00a0 ]\d")
# Excel's formats have at most 255 characters.
_MOST_WORDS = 120


class ShownNumber(NamedTuple):
    """A number and the number format that shows it with its words: `77,4 % (2024)`."""

    value: float
    format: str


def shown_number(text: str) -> ShownNumber | None:
    """The number that a text begins with; None where the text is not of one number.

    >>> shown_number("77,4 % (2024)")
    ShownNumber(value=77.4, format='#,##0.0" % (2024)"')
    >>> shown_number("Planlagt"), shown_number("21 af 68 (31 %)"), shown_number("<5")
    (None, None, None)
    """
    match = _SHOWN.fullmatch(text)
    if match is None or _OF_OTHERS.match(match["after"]):
        return None
    before, after = match["before"] or "", match["after"]
    if len(before) + len(after) > _MOST_WORDS or '"' in after or "\n" in after:
        return None
    digits = match["number"].replace(".", "").replace(",", ".").replace(MINUS, "-")
    decimals = len(match["decimals"] or "")
    shape = "#,##0" + "." * bool(decimals) + "0" * decimals
    if digits.startswith("+"):
        shape = f"+{shape}"
    return ShownNumber(float(digits), _words(before) + shape + _words(after))


def _words(text: str) -> str:
    return f'"{text}"' if text else ""
