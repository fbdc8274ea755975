"""Months and quarters as columns whose year stands only in the line above: `januar;februar`."""

import re
from collections.abc import Collection, Sequence

from kpi.errors import Problem
from kpi.ingest.heads import head_name
from kpi.ingest.numbers import NUMBER, understand
from kpi.ingest.resolve import folded
from kpi.ingest.written_periods import period_of
from kpi.wording import listing

_FEWEST = 2
_MOST_NAMED = 4
_YEAR = re.compile(r"(?<![\d./-])(?:19|20)\d\d(?![\d./-]\d|\d)")
_ANY_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
# Days say when the table was made, not when its figures are of.
_DAY = re.compile(
    r"\d{1,2}[-./]\s?\d{1,2}[-./]\s?\d{2,4}|\d{4}-\d\d-\d\d|\d{1,2}\.?\s?[a-zæøå]{3,9}\.?\s?\d{4}"
    r"|(?:udtrukket|opdateret|hentet|dannet|udskrevet|updated|retrieved)\b.*",
    re.IGNORECASE,
)
# A table with a column of these has its periods, or their years, in its rows.
_OF_PERIODS = frozenset(
    ("år", "aar", "year", "periode", "period", "tid", "time", "kvartal", "måned", "dato")
)
_DIGITS = str.maketrans("0123456789", "9999999999")

Row = tuple[str, ...]


def years_named(text: str) -> frozenset[int]:
    """The years that a title says its figures are of: not those of days, nor of when it was made.

    `2020-2021` names two, `2023/24` the first.
    """
    return frozenset(map(int, _ANY_YEAR.findall(_DAY.sub(" ", text))))


def with_title_year(
    columns: Row, sample: Sequence[Row], title: str, spared: Collection[str] = ()
) -> tuple[Row, list[Problem]]:
    """The columns with the title's year behind the heads that are parts of one; and that is told.

    Two heads or more must be months, quarters, weeks or half-years without a year, over figures,
    and the title must name one year. Columns that a recipe names (`spared`) stand as they are.
    """
    years = set(_YEAR.findall(_DAY.sub(" ", title)))
    if len(years) != 1 or {folded(name) for name in columns} & _OF_PERIODS:
        return columns, []
    (year,) = years
    parts = [
        place for place, name in enumerate(columns)
        if _is_part(head_name(name), year) and _has_figures(place, sample)
    ]  # fmt: skip
    wanted = {folded(name) for name in spared}
    if len(parts) < _FEWEST or any(folded(columns[place]) in wanted for place in parts):
        return columns, []
    named = [f"»{head_name(columns[place])}«" for place in parts]
    shown = named[:_MOST_NAMED]
    shown += [f"{len(named) - len(shown)} til"] if len(named) > len(shown) else []
    problem = Problem(
        "read_by_content", "warning", "", None, None, year,
        f"Kolonnerne {listing(shown)} læses som perioder i {year}, som står i titlen.",
        "Kontrollér, at det er tallenes år.",
    )  # fmt: skip
    whole = (
        f"{head_name(name)} {year}" if place in parts else name
        for place, name in enumerate(columns)
    )
    return tuple(whole), [problem]


def _is_part(head: str, year: str) -> bool:
    if not any(character.isalpha() for character in head) or period_of(head) is not None:
        return False
    period = period_of(f"{head} {year}")
    return period is not None and period.kind in ("month", "quarter", "half", "week")


def _has_figures(place: int, sample: Sequence[Row]) -> bool:
    return any(understand(cells[place].translate(_DIGITS)).meaning == NUMBER for cells in sample)
