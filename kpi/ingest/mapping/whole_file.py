"""The period and the area that a table's title gives all of its rows, where no column has any.

`Beskæftigelsesfrekvens, 2025` over `Kommune;Pct.`: the table has one period, and says it. Only
what is said without doubt counts: one period in all the lines above and the sheet's name, no days,
and no line that says when the table was made. An area is a line or the text of a pair by itself.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from kpi.domain.catalog import Catalog
from kpi.domain.errors import Problem
from kpi.ingest.table.raw import ABOVE, FILE, NAME, OVER, SHEET, Beside
from kpi.ingest.turning.split_periods import part_of_year
from kpi.ingest.words.lookup import Lookup
from kpi.ingest.words.price_levels import without_price_levels
from kpi.ingest.words.title_words import ELSEWHERE, WRITTEN
from kpi.ingest.words.written_periods import is_period_name, is_two_years, period_of

_MOST_CHARACTERS = 120
_MOST_WORDS = 5
_SOURCE = re.compile(
    r"\s*(?:kilder?|source|noter?|anm|copyright|©|kontakt|udtræk\w*|udskrevet|updated|retrieved)\b",
    re.IGNORECASE,
)
_AROUND = " ,;:()[]-–."
_LABELLED = re.compile(r"[^:]{1,40}:\s*(.+)")
# A place behind it, the period behind a place, and words of a title that speaks of two places.
_BEFORE_PLACE = re.compile(r"\b(?:i|for|på|in)\s+|[,:–-]\s+|(?=\bpå landsplan\b)", re.IGNORECASE)
_PERIOD_AT_END = re.compile(
    r"[\s,(]+(?:i |pr\.? |fra )?(?:19|20)\d\d(?:\s?[-–/]\s?(?:19|20)?\d\d)?[\s)]*$"
)
_BESIDE_OTHERS = re.compile(
    r"\b(?:forhold|forskel|sammenlign\w*|kontra|mod|end|vs|inkl\w*|ekskl\w*|uden|undtagen|samt|og|"
    r"øvrige|resten|fordelt)\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def period_of_all(texts: Sequence[Beside]) -> tuple[str, str]:
    """The one period that lines above a table name, and who says it; else empty."""
    periods: dict[str, str] = {}
    for title in _titles(texts):
        text = title.text
        if ELSEWHERE.search(without_price_levels(text)) or WRITTEN.search(text):
            continue
        if part_of_year(text):
            return "", ""  # `Maj` under a title of 2025
        named = list(_periods_in(text))
        if None in named:
            return "", ""
        for period in filter(None, named):
            periods.setdefault(period, _said_by(title))
    return next(iter(periods.items())) if len(periods) == 1 else ("", "")


def area_of_all(texts: Sequence[Beside], find: Lookup) -> tuple[str, str]:
    """The one area that the lines above a table name, and who says it; else empty.

    A line is its name or ends with it: `Beskæftigelse i hele landet`, `Ledighed, Aarhus 2024`.
    """
    areas: dict[str, str] = {}
    for title in _titles(texts):
        labelled = _LABELLED.fullmatch(title.text)
        area = find(labelled[1] if labelled else title.text) or _area_at_end(title.text, find)
        if area is not None:
            areas.setdefault(area, _said_by(title))
    return next(iter(areas.items())) if len(areas) == 1 else ("", "")


def group_of_all(texts: Sequence[Beside], find: Lookup) -> tuple[str, str]:
    """The one group that a line above a table is, by its name, and who says it; else empty."""
    return area_of_all(texts, find)


def said_of_all(
    constant: Mapping[str, str], texts: Mapping[str, str], catalog: Catalog
) -> list[Problem]:
    """What the title says of all rows (`constant`), with who says it (`texts`)."""
    problems = []
    for key in texts.keys() & constant.keys():
        text = constant[key]
        area, period = catalog.areas.get(text), period_of(text)
        name = area.name if area else period.name() if period else text
        what = "områder" if key == "area" else "perioder"
        problems.append(
            Problem(
                "read_by_content", "", None, None, name,
                f"Filen har ingen kolonne med {what}. Alle tal læses som tal for {name}, som "
                f"{texts[key]}.",
                f"Kontrollér det. Er det ikke tallenes {'område' if key == 'area' else 'periode'}, "
                "så skriv det i en kolonne.",
            )
        )  # fmt: skip
    return problems


def _area_at_end(text: str, find: Lookup) -> str | None:
    """The area that a title ends with, behind a preposition or a mark; None where it has others."""
    plain = _PERIOD_AT_END.sub("", text).strip(_AROUND)
    if _BESIDE_OTHERS.search(plain):
        return None
    ends = [match.end() for match in _BEFORE_PLACE.finditer(plain)]
    named = {area for at in ends if (area := find(plain[at:].strip(_AROUND)))}
    return named.pop() if len(named) == 1 else None


def _said_by(title: Beside) -> str:
    who = {SHEET: "arkets navn", FILE: "filens navn"}.get(title.where, "linjen over tabellen")
    return f"{who} siger: »{title.text}«"


def _titles(texts: Sequence[Beside]) -> Iterator[Beside]:
    for text in texts:
        is_title = text.where in (ABOVE, OVER, NAME, SHEET, FILE)
        if is_title and len(text.text) <= _MOST_CHARACTERS and not _SOURCE.match(text.text):
            yield text


def _periods_in(text: str) -> Iterable[str | None]:
    """The periods of a title, the longest first; None for a year that is part of none of them."""
    words = without_price_levels(text).split()
    named: list[str | None] = []
    for size in range(_MOST_WORDS, 0, -1):
        for start in range(len(words) - size + 1):
            window = words[start : start + size]
            plain = " ".join(window).strip(_AROUND) if all(window) else ""
            if not _YEAR.search(plain) or is_two_years(plain) or not is_period_name(plain):
                continue
            period = period_of(plain)
            if period is not None:
                # A day says when people were counted, or when the table was made.
                named += [period.text] if period.kind != "day" else []
                words[start : start + size] = [""] * size
    left = any(map(_YEAR.search, words))
    return [*named, *([None] if left else [])]
