"""Periods that are a number and a year (`5/2023`): months, quarters or weeks, by their column.

Alone `5/2023` is May, since no year has five quarters. `1/2023` may be a month or a quarter, and
`13/2023` can only be a week: then the others of its column are weeks, too, unless it is an error.
Only the file can decide it, so a person is asked where it does not.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from kpi.domain.period import Period, as_period, parse_period
from kpi.ingest.table.raw import TYPED
from kpi.ingest.words.lookup import folded
from kpi.ingest.words.written_periods import NUMBER_AND_YEAR

_NAMED = {
    "uge": "U", "ugenr": "U", "ugenummer": "U", "week": "U",
    "måned": "M", "maaned": "M", "month": "M", "md": "M", "mdr": "M",
    "kvartal": "K", "kvt": "K", "quarter": "K", "halvår": "H", "half": "H",
}  # fmt: skip
_COMPACT = re.compile(r"((?:19|20)\d{2})(\d{1,2})", re.ASCII)
_MOST = {"U": 53, "M": 12, "K": 4, "H": 2}
_WORDS = {"U": "en uge", "M": "en måned", "K": "et kvartal", "H": "et halvår"}


@dataclass(frozen=True)
class _Numbered:
    number: int
    year: int
    is_padded: bool
    may_be_school_year: bool


def read_numbered(
    texts: Iterable[str], column: str = "", is_of_schools: bool = False
) -> tuple[dict[str, Period], dict[str, tuple[str, str]]]:
    """The periods of those texts that are a number and a year, and what to ask of the others.

    `column` is what their column is called: `Kvartal` decides it. What is asked is a message and a
    remedy. Zeros before the numbers (`01/2023`) make months of them, and so does any from 5 to 12.
    `is_of_schools`: two years (`2010-11`) are a school year, and no month.
    """
    distinct = list(texts)
    letter = _NAMED.get(folded(column), "")
    slashed, asked = _read_slashed(distinct, letter)
    compact, asked_compact = _read_compact(distinct, letter)
    years, asked_years = _read_school_years(distinct, is_of_schools)
    return {**slashed, **compact, **years}, {**asked, **asked_compact, **asked_years}


def _read_slashed(
    texts: Iterable[str], letter: str
) -> tuple[dict[str, Period], dict[str, tuple[str, str]]]:
    parts = {text: part for text in texts if (part := _parts(text)) is not None}
    if not parts or all(part.may_be_school_year for part in parts.values()):
        return {}, {}
    highest = max(part.number for part in parts.values())
    if letter and highest > _MOST[letter]:
        return {}, {text: _asked(text, part, ("M", "U")) for text, part in parts.items()}
    if not letter and highest > _MOST["M"]:
        return {}, {text: _asked(text, part, ("M", "U")) for text, part in parts.items()}
    if not letter and highest <= _MOST["K"] and not any(p.is_padded for p in parts.values()):
        return {}, {text: _asked(text, part, ("M", "K")) for text, part in parts.items()}
    periods = {text: _period(part, letter or "M") for text, part in parts.items()}
    return {text: period for text, period in periods.items() if period is not None}, {}


def _read_compact(
    texts: Iterable[str], letter: str
) -> tuple[dict[str, Period], dict[str, tuple[str, str]]]:
    """`202412` is a week in a column of weeks, and `20242` a quarter in one of quarters."""
    parts = {
        text: _Numbered(int(match[2]), int(match[1]), False, False)
        for text in texts
        if (match := _COMPACT.fullmatch(text.removeprefix(TYPED).strip()))
    }
    if letter in ("U", "K", "H"):
        periods = {text: _period(part, letter) for text, part in parts.items()}
        asked = {
            text: _asked(text, parts[text], ("M", letter))
            for text, period in periods.items()
            if period is None
        }
        return {text: period for text, period in periods.items() if period is not None}, asked
    if any(_MOST["M"] < part.number <= _MOST["U"] for part in parts.values()):
        return {}, {text: _asked(text, part, ("M", "U")) for text, part in parts.items()}
    return {}, {}


def _read_school_years(
    texts: Iterable[str], is_of_schools: bool
) -> tuple[dict[str, Period], dict[str, tuple[str, str]]]:
    """`2010-11` and `2011-12`: of schools two years each, and else a question."""
    parts = {text: part for text in texts if (part := _parts(text)) and "-" in text}
    following = {text: part for text, part in parts.items() if part.may_be_school_year}
    months = {text: part for text, part in following.items() if part.number <= _MOST["M"]}
    if len(following) < len(parts):
        return {}, {}
    if is_of_schools:
        return {
            text: parse_period(f"{part.year}/{part.year + 1}") for text, part in following.items()
        }, {}
    if len(following) < 2:
        return {}, {}
    return {}, {
        text: (
            f"»{text}« kan være et skoleår eller en måned.",
            f"Skriv {part.year}/{part.year + 1} for skoleåret eller {part.year}M{part.number:02d} "
            "for måneden.",
        )
        for text, part in months.items()
    }


def _parts(text: str) -> _Numbered | None:
    match = NUMBER_AND_YEAR.fullmatch(text.removeprefix(TYPED).strip())
    if match is None:
        return None
    written, year = match["number"] or match["last"], match["year"] or match["first"]
    follows = bool(match["last"]) and len(written) == 2 and int(written) == (int(year) + 1) % 100
    return _Numbered(int(written), int(year), written.startswith("0"), follows)


def _period(part: _Numbered, letter: str) -> Period | None:
    width = 1 if letter in "KH" else 2
    return as_period(f"{part.year}{letter}{part.number:0{width}d}")


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
