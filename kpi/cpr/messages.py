"""What a message, a page or a log may repeat: a text without the CPR numbers in it.

It repeats what somebody typed, in a field, an option or an address, so it is looked at as that is.
"""

import re
from itertools import pairwise

from kpi.cpr.halves import are_halves
from kpi.cpr.typed import typed_holds_number

_DIGIT = re.compile(r"\d")
_QUOTED = re.compile("»[^«]*«|'[^']*'")


def without_personal_numbers(text: str) -> str:
    """A message that repeats no CPR number: what is quoted with one is hidden.

    Where it is not quoted, the digits of its line are.
    """
    text = _without_halves(text)
    if not typed_holds_number(text):
        return text
    hidden = _QUOTED.sub(_hidden, text)
    lines = [
        _DIGIT.sub("x", line) if typed_holds_number(line) else line for line in hidden.split("\n")
    ]
    hidden = "\n".join(lines)
    return _DIGIT.sub("x", hidden) if typed_holds_number(hidden) else hidden


def _without_halves(text: str) -> str:
    """The text without quotations after each other that are a number's halves."""
    quotations = list(_QUOTED.finditer(text))
    halves = {
        half.span()
        for first, second in pairwise(quotations)
        if are_halves(first[0][1:-1], second[0][1:-1])
        for half in (first, second)
    }
    if not halves:
        return text
    return _QUOTED.sub(
        lambda match: (
            f"{match[0][0]}(skjult){match[0][-1]}" if match.span() in halves else match[0]
        ),
        text,
    )


def _hidden(quoted: re.Match[str]) -> str:
    text = quoted[0]
    return f"{text[0]}(skjult){text[-1]}" if typed_holds_number(text) else text
