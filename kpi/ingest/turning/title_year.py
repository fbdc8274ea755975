"""Months and quarters as columns whose year is only in the line above: `januar;februar`."""

import re
from collections.abc import Collection, Sequence
from itertools import pairwise

from kpi.domain.errors import Problem
from kpi.domain.wording import first_listed
from kpi.ingest.turning.split_periods import part_of_year
from kpi.ingest.words.heads import head_name
from kpi.ingest.words.lookup import folded
from kpi.ingest.words.numbers import NUMBER, understand
from kpi.ingest.words.price_levels import without_price_levels
from kpi.ingest.words.written_periods import period_of

_FEWEST = 2
_AUGUST, _DECEMBER = 8, 12
_MOST_NAMED = 4
_YEAR = re.compile(r"(?<![\d./-])(?:19|20)\d\d(?![\d./-]\d|\d)")
_ANY_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
# `2023/24`, and `skoleåret 2023-2024`; two years with a hyphen alone may be any two.
_SCHOOL_YEAR = re.compile(
    r"(?:(?<=skoleåret )|(?<=skoleår )|(?=\d{4}/))(?<!\d)((?:19|20)\d\d)"
    r"\s?[-–/]\s?((?:\d\d)?\d\d)(?!\d)",
    re.IGNORECASE,
)
# Days say when the table was made, not which period its figures are of.
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
    """The years of a table's figures, by its title: not those of days or prices.

    `2020-2021` names two, `2023/24` the first.
    """
    plain = without_price_levels(_DAY.sub(" ", text))
    return frozenset(map(int, _ANY_YEAR.findall(plain)))


def with_title_year(
    columns: Row,
    sample: Sequence[Row],
    title: str,
    spared: Collection[str] = (),
    where: str = "titlen",
) -> tuple[Row, list[Problem]]:
    """The columns with the title's year after heads that are parts of a year, and a problem for it.

    Two heads or more must be months, quarters, weeks or half-years without a year, over figures,
    and the title must name one year. Columns that a recipe names (`spared`) are left as they are.
    """
    parts = [
        place for place, name in enumerate(columns)
        if part_of_year(head_name(name)) and _has_figures(place, sample)
    ]  # fmt: skip
    wanted = {folded(name) for name in spared}
    if len(parts) < _FEWEST or any(folded(columns[place]) in wanted for place in parts):
        return columns, []
    heads = [head_name(columns[place]) for place in parts]
    year, years = _years_of(title, heads)
    if not years or {folded(name) for name in columns} & _OF_PERIODS:
        return columns, []
    named = [f"»{head_name(columns[place])}«" for place in parts]
    problem = Problem(
        "read_by_content", "", None, None, year,
        f"Kolonnerne {first_listed(named, _MOST_NAMED)} læses som perioder i {year}, "
        f"som står i {where}.",
        "Kontrollér, at det er tallenes år.",
    )  # fmt: skip
    whole = list(columns)
    for place, head, own_year in zip(parts, heads, years, strict=True):
        whole[place] = f"{head} {own_year}"
    return tuple(whole), [problem]


def _years_of(title: str, heads: Sequence[str]) -> tuple[str, tuple[int, ...]]:
    """The year or school year that a title names, and the year of each head; none are empty.

    Months of a school year are of its two years: they must be in order then, as `aug` to
    `jun` do.
    """
    plain = without_price_levels(_DAY.sub(" ", title))
    named = set(_YEAR.findall(plain))
    school_years = {
        (int(first), last) for first, last in _SCHOOL_YEAR.findall(plain)
        if (int(first) + 1) % 100 == int(last) % 100
    }  # fmt: skip
    if len(named) == 1 and not school_years:
        return ("", ()) if _pass_new_year(heads) else (min(named), (int(min(named)),) * len(heads))
    firsts = {first for first, _ in school_years}
    if len(firsts) != 1 or named - {str(year + more) for year in firsts for more in (0, 1)}:
        return "", ()
    (first,) = firsts
    months = [period_of(f"{head} 2024") for head in heads]
    if any(month is None or month.kind != "month" for month in months):
        return "", ()
    numbers = [month.start.month for month in months if month is not None]
    years = tuple(first if number >= _AUGUST else first + 1 for number in numbers)
    in_order = [12 * year + number for year, number in zip(years, numbers, strict=True)]
    return (f"{first}/{first + 1}", years) if in_order == sorted(in_order) else ("", ())


def _pass_new_year(heads: Sequence[str]) -> bool:
    """Whether parts of a year begin anew among the heads: `okt`, `nov`, `dec`, `jan`.

    They are then of two years, of which a title with one does not say the other.
    """
    parts = [part for head in heads if (part := period_of(f"{head} 2024")) is not None]
    days = [part.start for part in parts]
    if len(days) == _FEWEST:
        return days[1] == parts[1].start.replace(month=1, day=1) and parts[0].end.month == _DECEMBER
    rises = [before < after for before, after in pairwise(days)]
    if len(set(days)) < len(days) or rises.count(True) > 1 < rises.count(False):
        return False
    is_anew = rises.count(False) == 1 and days[-1] < days[0]
    return is_anew or (rises.count(True) == 1 and days[-1] > days[0])


def _has_figures(place: int, sample: Sequence[Row]) -> bool:
    return any(understand(cells[place].translate(_DIGITS)).meaning == NUMBER for cells in sample)
