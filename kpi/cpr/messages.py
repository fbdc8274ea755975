"""What a message, a page or a log may repeat: a text without the CPR numbers in it.

It repeats what somebody typed, in a field, an option or an address, so it is looked at as that is.
"""

import re
from itertools import pairwise

from kpi.cpr.halves import are_halves

_DIGIT = re.compile(r"\d")
_QUOTED = re.compile("»[^«]*«|'[^']*'")
_HIDDEN = "(skjult)"


def _holds_number(text: str) -> bool:
    # Every module knows KpiError, and few runs of the command line have an error: its patterns take
    # a sixth of the start to compile, and are imported by whoever first has a message.
    from kpi.cpr.typed import typed_holds_number

    return typed_holds_number(text)


def without_personal_numbers(text: str) -> str:
    """A message that repeats no CPR number: what is quoted with one is hidden.

    Where it is not quoted, the digits of its line are.
    """
    hidden = _QUOTED.sub(_hidden, _without_halves(text))
    if not _holds_number(hidden):
        return hidden
    hidden = "\n".join(map(_without_digits, hidden.split("\n")))
    return _without_digits(hidden)


def _without_digits(text: str) -> str:
    """A text that contains no number: without its digits, or where letters are it (base64) none."""
    if not _holds_number(text):
        return text
    hidden = _DIGIT.sub("x", text)
    return _HIDDEN if _holds_number(hidden) else hidden


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
            f"{match[0][0]}{_HIDDEN}{match[0][-1]}" if match.span() in halves else match[0]
        ),
        text,
    )


def _hidden(quoted: re.Match[str]) -> str:
    """A quotation, or what stands for it: by itself a text may be a number that words would hide.

    So was it typed, and so refused (`25 12 1948 4916`).
    """
    text = quoted[0]
    is_number = _holds_number(text[1:-1]) or _holds_number(text)
    return f"{text[0]}{_HIDDEN}{text[-1]}" if is_number else text
