"""Names of measures as they are written with what is measured: share, number, mean, sum."""

import re

from kpi.ingest.table.footnote_marks import unmarked

_MEAN, _SUM = r"(?:gennemsnit|gns\.?|middelværdi|average|avg|mean)", r"sum(?:men)?"
_STATISTIC = re.compile(
    rf"{_MEAN}(?: af| of)? (?P<mean>.+)|{_MEAN}\((?P<meant>.+)\)|(?P<averaged>.+)[ _]{_MEAN}"
    rf"|{_SUM}(?: af| of)? (?P<sum>.+)|{_SUM}\((?P<summed>.+)\)",
    re.IGNORECASE,
)
_SHARE = re.compile(
    r"(?:den )?andel(?:en)?(?: (?:af|i|med|på))? (?P<after>.+)"
    r"|(?P<before>\w.+?)[ -]?(?:procent(?:en)?|pct\.?|andel(?:en)?)",
    re.IGNORECASE,
)
# `Antal af Ledighed` is a pivot table's number of rows.
_NUMBER = re.compile(r"antal(?:let af)? (?!af )(?P<after>.+)", re.IGNORECASE)


def statistic_of(text: str) -> tuple[str, bool] | None:
    """What a mean or a sum is of, and whether it is a sum; None for other texts."""
    made = _STATISTIC.fullmatch(text.strip())
    if made is None:
        return None
    return next(filter(None, made.groups())), made.lastgroup in ("sum", "summed")


def counted_in(text: str) -> str:
    """What a number is of: `Antal sager`; empty for other texts."""
    match = _NUMBER.fullmatch(unmarked(text).strip())
    return match["after"] if match else ""


def shares_in(text: str) -> set[str]:
    """What a text says it is a share of: `Ledighedsprocent`, `Andelen af ejerboliger`.

    With and without the s that joins two words; nothing for other texts.
    """
    match = _SHARE.fullmatch(unmarked(text).strip())
    if match is None:
        return set()
    return (
        {after}
        if (after := match["after"])
        else {match["before"], match["before"].removesuffix("s")}
    )
