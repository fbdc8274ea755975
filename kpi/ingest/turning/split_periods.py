"""Periods in two columns, the year and a part of it (`År;Måned`), made one column."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from kpi.domain.vocabulary import PeriodKind
from kpi.ingest.table.raw import TYPED, RawTable
from kpi.ingest.turning.column_texts import is_usual
from kpi.ingest.words.labels import is_total
from kpi.ingest.words.lookup import folded
from kpi.ingest.words.written_periods import period_of

_YEARS = frozenset(
    ("år", "aar", "year", "kalenderår", "periode", "period", "årstal", "regnskabsår",
     "opgørelsesår", "years")
)  # fmt: skip
_YEAR = re.compile(r"(?:19|20)\d{2}", re.ASCII)
_NAMELESS = folded("kolonne 1")
# A pivot table's sum of a year's parts.
_SUM_OF_YEAR = re.compile(
    r"(?:total|sum|i alt) (\d{4})|(\d{4})[ ,]+(?:total|sum|i alt)", re.IGNORECASE
)
# Excel calls what it groups by after the column of days: `År (Dato)`, `Months (Date)`.
_OF_DAYS = re.compile(r"\s*\((?:\w*dato|\w*date|tid|dag)\)$", re.IGNORECASE)
# A part's letter in a period, how many a year has, and what its column is called.
_PARTS: tuple[tuple[str, int, frozenset[str]], ...] = (
    ("U", 53, frozenset(("uge", "uger", "ugenr", "ugenummer", "week", "weeks"))),
    (
        "M",
        12,
        frozenset(
            (
                "måned",
                "måneder",
                "maaned",
                "mdr",
                "mnd",
                "mån",
                "md",
                "månedsnr",
                "månednr",
                "månedsnavn",
                "month",
                "months",
            )
        ),
    ),
    (
        "K",
        4,
        frozenset(
            ("kvartal", "kvartaler", "kvt", "kv", "kvartalsnr", "quarter", "quarters", "qtr")
        ),
    ),
    ("H", 2, frozenset(("halvår", "halvaar", "half"))),
)
# Parts of a year that Spor has no period for.
_OTHER_PARTS = frozenset(("tertial", "trimester", "delår", "sæson", "åtd", "ytd", "år til dato"))
# Columns that have parts of a year where the year has a column of its own.
_OF_PARTS = frozenset(("periode", "period", "tid", "delperiode", "opgørelsesperiode"))
_LETTERS: Mapping[PeriodKind, str] = {"week": "U", "month": "M", "quarter": "K", "half": "H"}
# `1. tertial`, `T2`, `ÅTD maj`, `til og med maj`, `jan.-maj`, `1.-3. kvartal`
_OTHER_PART = re.compile(
    r"(?:\d\.?\s?)?(?:tertial|trimester)(?:\s?\d)?|t[1-3]|(?:år til dato|åtd|ytd)\b.*"
    r"|(?:til og med|t\.?o\.?m\.?|hittil)\b.*|.*\b(?:år til dato|åtd|ytd)"
    r"|[1-4]\.?\s?(?:-|–|til)\s?[1-4]\.?\s?(?:kvartal|kvt\.?)|[kq][1-4]\s?(?:-|–)\s?[kq][1-4]",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"(?:[kqmhu]|qtr ?|uge |kv\.? ?|kvt\.? ?|kvartal |halvår |måned )?(\d{1,2})"
    r"(?:\.?|\. (?:kvartal|kvt\.?|halvår))"
)
# What columns are called that are made of heads: of years beside parts in rows, and of parts
# (`jan`, `feb`), by the kind of period.
YEAR = "År"
PART_NAMES: Mapping[PeriodKind, str] = {
    "month": "Måned",
    "quarter": "Kvartal",
    "half": "Halvår",
    "week": "Uge",
}
_ENDS = ":"
_NAMES_OF_ENDS = (
    ("fra", "til"), ("fradato", "tildato"), ("startdato", "slutdato"),
    ("start", "slut"), ("periodestart", "periodeslut"), ("periodefra", "periodetil"),
    ("fraår", "tilår"), ("startår", "slutår"), ("framåned", "tilmåned"), ("fraogmed", "tilogmed"),
    ("f.o.m.", "t.o.m."), ("fom", "tom"), ("from", "to"), ("startdate", "enddate"),
    ("start_date", "end_date"),
)  # fmt: skip
_WHOLE_YEAR = frozenset(("helår", "heleåret", "år", "året", "ialt"))

Record = tuple[int | None, tuple[str, ...]]


@dataclass(frozen=True)
class Joining:
    """The places of the year and its part, the part's letter, and how many a year has.

    Or those of a period's two ends; `letter` is then a colon. `name` is that of the joined column.
    """

    year: int
    part: int
    letter: str
    most: int
    name: str

    def rows(self, rows: Iterable[Record]) -> Iterator[Record]:
        """The rows with the whole period in place of the year, and without the part."""
        known: dict[tuple[str, str], str] = {}
        for line, cells in rows:
            key = (cells[self.year], cells[self.part])
            text = known.get(key)
            if text is None:
                text = known[key] = self._period(*key)
            made = (*cells[: self.year], text, *cells[self.year + 1 :])
            yield line, made[: self.part] + made[self.part + 1 :]

    def _period(self, year: str, part: str) -> str:
        plain, rest = (text.removeprefix(TYPED).strip() for text in (year, part))
        # A row of an area's sum has neither, and one of a year's sum no part.
        if not rest and (not plain or year_of_sum(plain)):
            return plain
        if self.letter == _ENDS:
            return plain if plain == rest else f"{plain}:{rest}"
        if rest and is_whole_year(rest):
            return plain
        return _joined(plain, rest, self.letter, self.most) or f"{plain} {rest or '?'}"


def joining(
    columns: Sequence[str], sample: Sequence[tuple[str, ...]], spared: Collection[str] = ()
) -> Joining | None:
    """How periods in two columns become one; None where a table has none such.

    One column has years alone, and another, by its name, parts of them. A table whose part is
    `spared` (named by a recipe) is left as it is.
    """
    names = [folded(_OF_DAYS.sub("", name)) for name in columns]
    years = [place for place, name in enumerate(columns) if names_year(name, place, sample)]
    if len(years) != 1 or {folded(name) for name in spared} & _names_of_parts(names):
        return None
    called_year = _OF_DAYS.sub("", columns[years[0]])
    for letter, most, called in _PARTS:
        places = [place for place, name in enumerate(names) if name.rstrip(".") in called]
        if len(places) != 1:
            continue
        if _all(sample, places[0], partial(_is_part, letter=letter, most=most)):
            return Joining(years[0], places[0], letter, most, called_year)
    places = [place for place, name in enumerate(names) if name in _OF_PARTS and place != years[0]]
    if len(places) != 1:
        return None
    kinds = {part_of_year(cells[places[0]].removeprefix(TYPED).strip()) for cells in sample}
    kind = kinds.pop() if len(kinds) == 1 else None
    letter = _LETTERS[kind] if kind else ""
    most = next((most for of_part, most, _ in _PARTS if of_part == letter), 0)
    return Joining(years[0], places[0], letter, most, called_year) if letter else None


def joining_ends(
    columns: Sequence[str], sample: Sequence[tuple[str, ...]], spared: Collection[str] = ()
) -> Joining | None:
    """How a period's first and last day, month or year (`Fra` and `Til`) become one period.

    None where a table has no two such columns, they have other things than periods, or another
    column is called as one of periods.
    """
    ends = ends_of_periods(columns)
    if ends is None or {folded(name) for name in spared} & {folded(end) for end in ends}:
        return None
    first, last = (columns.index(end) for end in ends)
    if any(is_usual("period", name) for name in columns if name not in ends):
        return None
    are_periods = all(
        period_of(cells[place].removeprefix(TYPED).strip()) is not None
        for cells in sample
        for place in (first, last)
    )
    if not are_periods:
        return None
    return Joining(first, last, _ENDS, 0, "Periode")


def ends_of_periods(columns: Sequence[str]) -> tuple[str, str] | None:
    """The columns with a period's first and last day (`Fra` and `Til`); None without both."""
    named = {folded(column): column for column in columns}
    for first, last in _NAMES_OF_ENDS:
        if first in named and last in named:
            return named[first], named[last]
    return None


def joined(table: RawTable, how: Joining) -> RawTable:
    """The table with whole periods in the place of the year, or of the first end."""
    place = {old: old - (old > how.part) for old in range(len(table.columns)) if old != how.part}
    measures = table.measure_column
    return replace(
        table,
        columns=tuple(how.name if old == how.year else table.columns[old] for old in place),
        rows=list(how.rows(table.rows)),
        other_names={place[old]: names for old, names in table.other_names.items() if old in place},
        codes={place[old]: codes for old, codes in table.codes.items() if old in place},
        measure_column=None if measures is None else place.get(measures),
    )


def part_of_year(text: str) -> PeriodKind | None:
    """The kind of period that a text is a part of a year without its year: `month` of `jan`.

    None where it is none. Numbers alone are none.
    """
    if not any(character.isalpha() for character in text) or period_of(text) is not None:
        return None
    period = period_of(f"{text} 2024")
    return period.kind if period is not None and period.kind in PART_NAMES else None


def parts_in_rows(
    columns: Sequence[str], sample: Sequence[tuple[str, ...]], places: Iterable[int]
) -> tuple[int, PeriodKind] | None:
    """Which of some columns has parts of a year in its rows, and of what kind; None if not one has.

    In words (`januar`, `1. kvartal`) they are known whatever the column is called, as a corner may
    be; numbers by its name.
    """
    parts = [(place, kind) for place in places if (kind := _parts_of(columns, sample, place))]
    return parts[0] if len(parts) == 1 else None


def _parts_of(
    columns: Sequence[str], sample: Sequence[tuple[str, ...]], place: int
) -> PeriodKind | None:
    name = folded(_OF_DAYS.sub("", columns[place])).rstrip(".")
    for kind, letter in _LETTERS.items():
        _, most, called = next(each for each in _PARTS if each[0] == letter)
        if name in called and _all(sample, place, partial(_is_part, letter=letter, most=most)):
            return kind
    texts = {cells[place].removeprefix(TYPED).strip() for cells in sample}
    kinds = {part_of_year(text) for text in texts if not is_whole_year(text)}
    return kinds.pop() if len(kinds) == 1 else None


def names_year(
    name: str, place: int, sample: Sequence[tuple[str, ...]], is_corner: bool = False
) -> bool:
    """Whether a column is called as one of years, and has nothing else.

    A table's corner may have no name, or that of the heads beside it (`Måned;jan;feb`).
    """
    plain = folded(_OF_DAYS.sub("", name))
    is_called = plain in _YEARS or (is_corner and (plain == _NAMELESS or names_part_of_year(name)))
    return is_called and _all(
        sample, place, lambda text: bool(_YEAR.fullmatch(text) or year_of_sum(text))
    )


def year_of_sum(text: str) -> str:
    """The year whose parts a pivot table's row adds up: `2023 Total`; empty for other texts."""
    match = _SUM_OF_YEAR.fullmatch(" ".join(text.split()))
    return (match[1] or match[2]) if match else ""


def _names_of_parts(names: Iterable[str]) -> set[str]:
    return {name for name in names if any(name.rstrip(".") in called for _, _, called in _PARTS)}


def _all(sample: Sequence[tuple[str, ...]], place: int, fits: Callable[[str], bool]) -> bool:
    texts = {cells[place].removeprefix(TYPED).strip() for cells in sample} - {""}
    return bool(texts) and all(map(fits, texts))


def _is_part(text: str, letter: str, most: int) -> bool:
    return is_whole_year(text) or bool(_joined("2024", text, letter, most))


def names_part_of_year(column: str) -> bool:
    """Whether a column is called as one of months, quarters, half-years, weeks or tertials."""
    name = folded(column).rstrip(".")
    return bool(_names_of_parts([name])) or name in {folded(part) for part in _OTHER_PARTS}


def is_part_without_year(text: str) -> bool:
    """Whether a label is a part of a year in words, without its year: `Maj`, `1. tertial`, `ÅTD`.

    Also a stretch of months: `jan.-maj`.
    """
    if part_of_year(text):
        return True
    if not any(map(str.isalpha, text)) or period_of(text) is not None:
        return False
    stretch = period_of(f"{text} 2024")
    is_stretch = stretch is not None and stretch.kind in ("range", "half", "quarter")
    return is_stretch or _OTHER_PART.fullmatch(" ".join(text.split())) is not None


def is_whole_year(text: str) -> bool:
    """Whether a label in place of a part is of all of them, or blank."""
    return not text or is_total(text) or folded(text) in _WHOLE_YEAR


def _joined(year: str, part: str, letter: str, most: int) -> str:
    """The period of a year's part; empty where it is none (`13` of months)."""
    match = _NUMBER.fullmatch(" ".join(part.casefold().split()))
    if match:
        number = int(match[1])
        width = 1 if letter in "KH" else 2
        return f"{year}{letter}{number:0{width}d}" if 1 <= number <= most else ""
    # Words: `januar`, `1. kvartal` (with its own year it needs no other column).
    period = period_of(f"{part} {year}")
    return period.text if period is not None and period.kind != "year" else ""
