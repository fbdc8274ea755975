"""A CPR number in a text that stands by itself: a title, a name, a note, a message.

In a table and in a whole file of JSON or PX figures stand beside each other; there
kpi/cpr/spelling.py is asked alone.
"""

import re

from kpi.cpr.prose import holds_in_prose
from kpi.cpr.spelling import holds_personal_number

_DIGIT = re.compile(r"\d")
_QUOTED = re.compile("»[^«]*«|'[^']*'")


def text_holds_number(text: str) -> bool:
    """Whether a text by itself contains a CPR number, also with its halves parted as figures."""
    return holds_personal_number(text) or holds_in_prose(text)


def without_personal_numbers(text: str) -> str:
    """A message that repeats no CPR number: what is quoted with one is hidden.

    Where it is not quoted, the digits of its line are.
    """
    if not text_holds_number(text):
        return text
    hidden = _QUOTED.sub(_hidden, text)
    lines = [
        _DIGIT.sub("x", line) if text_holds_number(line) else line for line in hidden.split("\n")
    ]
    hidden = "\n".join(lines)
    return _DIGIT.sub("x", hidden) if text_holds_number(hidden) else hidden


def _hidden(quoted: re.Match[str]) -> str:
    text = quoted[0]
    return f"{text[0]}(skjult){text[-1]}" if text_holds_number(text) else text
