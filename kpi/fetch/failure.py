"""Why nothing was fetched."""

from datetime import datetime

from kpi.domain.errors import KpiError
from kpi.fetch.tokens import without_tokens


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
    """The message without a key, and without signs that steer a terminal or cannot be written."""
    return "".join(sign if sign.isprintable() else " " for sign in without_tokens(message))
