"""Periods that are a number and a year (`5/2023`): months, quarters or weeks, as the column tells.

Alone `5/2023` is May, since no year has five quarters. `1/2023` may be a month or a quarter, and
`13/2023` can only be a week: then the others of its column are weeks, too, unless it is an error.
Nobody but the file can say, so what it does not say is asked.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from kpi.errors import KpiError
from kpi.ingest.raw import TYPED
from kpi.ingest.resolve import folded
from kpi.ingest.written_periods import NUMBER_AND_YEAR
from kpi.period import Period, parse_period

_NAMED = {
    "uge": "U", "ugenr": "U", "ugenummer": "U", "week": "U",
    "måned": "M", "maaned": "M", "month": "M", "md": "M", "mdr": "M",
    "kvartal": "K", "kvt": "K", "quarter": "K", "halvår": "H", "half": "H",
}  # fmt: skip
_MOST = {"U": 53, "M": 12, "K": 4, "H": 2}
_WORDS = {"U": "en uge", "M": "en måned", "K": "et kvartal", "H": "et halvår"}


@dataclass(frozen=True)
class _Numbered:
    number: int
    year: int
    is_padded: bool
    may_be_school_year: bool


def read_numbered(
    texts: Iterable[str], column: str = ""
) -> tuple[dict[str, Period], dict[str, tuple[str, str]]]:
    """The periods of those texts that are a number and a year, and what to ask of the others.

    `column` is what their column is called: `Kvartal` settles it. What is asked is a message and a
    remedy. Zeros before the numbers (`01/2023`) make months of them, and so does any from 5 to 12.
    """
    parts = {text: part for text in texts if (part := _parts(text)) is not None}
    if not parts or all(part.may_be_school_year for part in parts.values()):
        return {}, {}
    letter = _NAMED.get(folded(column), "")
    highest = max(part.number for part in parts.values())
    if letter and highest > _MOST[letter]:
        return {}, {text: _asked(text, part, ("M", "U")) for text, part in parts.items()}
    if not letter and highest > _MOST["M"]:
        return {}, {text: _asked(text, part, ("M", "U")) for text, part in parts.items()}
    if not letter and highest <= _MOST["K"] and not any(p.is_padded for p in parts.values()):
        return {}, {text: _asked(text, part, ("M", "K")) for text, part in parts.items()}
    found = {text: _period(part, letter or "M") for text, part in parts.items()}
    return {text: period for text, period in found.items() if period is not None}, {}


def _parts(text: str) -> _Numbered | None:
    match = NUMBER_AND_YEAR.fullmatch(text.removeprefix(TYPED).strip())
    if match is None:
        return None
    written, year = match["number"] or match["last"], match["year"] or match["first"]
    follows = bool(match["last"]) and len(written) == 2 and int(written) == (int(year) + 1) % 100
    return _Numbered(int(written), int(year), written.startswith("0"), follows)


def _period(part: _Numbered, letter: str) -> Period | None:
    width = 1 if letter in "KH" else 2
    try:
        return parse_period(f"{part.year}{letter}{part.number:0{width}d}")
    except KpiError:
        return None


def _asked(text: str, part: _Numbered, letters: tuple[str, str]) -> tuple[str, str]:
    fitting = [letter for letter in letters if 1 <= part.number <= _MOST[letter]]
    shown = text.removeprefix(TYPED).strip()
    if not fitting:
        return "", ""
    width = {letter: 1 if letter in "KH" else 2 for letter in fitting}
    ways = " eller ".join(
        f"{part.year}{letter}{part.number:0{width[letter]}d} for {_WORDS[letter]}"
        for letter in fitting
    )
    return (f"»{shown}« kan læses på flere måder: et tal og et år.", f"Skriv {ways}.")
