"""What a message, a page or a log may repeat: a text without the CPR numbers in it.

It repeats what somebody typed, in a field, an option or an address, so it is looked at as that is.
"""

import re

from kpi.cpr.typed import typed_holds_number

_DIGIT = re.compile(r"\d")
_QUOTED = re.compile("»[^«]*«|'[^']*'")


def without_personal_numbers(text: str) -> str:
    """A message that repeats no CPR number: what is quoted with one is hidden.

    Where it is not quoted, the digits of its line are.
    """
    if not typed_holds_number(text):
        return text
    hidden = _QUOTED.sub(_hidden, text)
    lines = [
        _DIGIT.sub("x", line) if typed_holds_number(line) else line for line in hidden.split("\n")
    ]
    hidden = "\n".join(lines)
    return _DIGIT.sub("x", hidden) if typed_holds_number(hidden) else hidden


def _hidden(quoted: re.Match[str]) -> str:
    text = quoted[0]
    return f"{text[0]}(skjult){text[-1]}" if typed_holds_number(text) else text
