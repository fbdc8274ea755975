"""Why nothing was fetched."""

import re
from datetime import datetime

from kpi.cpr.typed import typed_holds_number
from kpi.domain.errors import KpiError
from kpi.fetch.tokens import without_tokens

_QUOTED_DIGITS = re.compile(r"»[^»«]*\d[^»«]*«")


class FetchError(KpiError):
    """The source cannot be reached, or answers what it was not asked for.

    `not_before` is when the source wants to be asked again, where it says so. No key of a source is
    in the message, whatever the source answers.
    """

    def __init__(self, message: str, not_before: datetime | None = None) -> None:
        super().__init__("Tallene kan ikke hentes", _fit_to_be_kept(message))
        self.not_before = not_before


class ChangedError(KpiError):
    """The source no longer has what the definition asks for; nothing is downloaded."""

    def __init__(self, message: str) -> None:
        super().__init__("Kilden har ændret sig", _fit_to_be_kept(message))


def _fit_to_be_kept(message: str) -> str:
    """The message without a key, a person's number, and signs that steer a terminal.

    What the source wrote is in quotes: with a number among it, nothing that has digits is repeated.
    """
    text = "".join(sign if sign.isprintable() else " " for sign in without_tokens(message))
    if not typed_holds_number(text):
        return text
    text = _QUOTED_DIGITS.sub("»(skjult)«", text)
    return re.sub(r"\d", "#", text) if typed_holds_number(text) else text
