"""Dates that stand for a whole period, since their column is called as one: `Måned` 2024-05-01.

Databases and Excel write a month by its first or its last day. What the column is called says
which kind of period the figures are of, and the dates which of them.
"""

import re
from collections.abc import Collection, Mapping

from kpi.domain.period import Period, as_period, parse_period
from kpi.ingest.table.raw import TYPED
from kpi.ingest.words.lookup import folded

# The months of a period of each kind, and what its column is called in any of these words.
_KINDS: tuple[tuple[int, str, str, frozenset[str]], ...] = (
    (1, "M", "måneder", frozenset(
        ("måned", "maaned", "md", "mdr", "mnd", "month", "kalendermåned", "kalendermaaned",
         "årmåned", "år-måned", "aarmaaned", "årmd", "aarmd", "yearmonth", "year-month",
         "year_month", "yyyymm", "calendarmonth"))),
    (3, "K", "kvartaler", frozenset(("kvartal", "kvt", "quarter", "qtr"))),
    (6, "H", "halvår", frozenset(("halvår", "halvaar"))),
    (12, "", "år", frozenset(
        ("år", "aar", "year", "årstal", "aarstal", "kalenderår", "kalenderaar", "regnskabsår",
         "regnskabsaar", "budgetår", "opgørelsesår"))),
)  # fmt: skip
# What a spreadsheet shows for the years 1980 to 2079, and the first year of most files.
_SHOWN, _FIRST_OF_FILES = 1905, 1980
_WRITTEN = {"M": "{0}M05 for måneden", "K": "{0}K2 for kvartalet", "H": "{0}H1 for halvåret"}

# A year that a program of figures gave a mark between thousands: `2.025`.
_IN_THOUSANDS = re.compile(r"(1)[.,\s](9\d\d)|(2)[.,\s](0\d\d)", re.ASCII)
_OF_ANY_PERIOD = frozenset(("periode", "tid", "time", "period", "time_period", "tidsperiode"))

# Message and remedy.
MessageAndRemedy = tuple[str, str]


def read_named_dates(
    periods: Mapping[str, Period | None], column: str
) -> tuple[dict[str, Period], dict[str, MessageAndRemedy]]:
    """The days of a column as the periods that it is called by, and what to ask of the others.

    They are such periods where each is the first day of one, or each the last; else each is asked.
    """
    days = {text: period for text, period in periods.items() if period and period.kind == "day"}
    last = folded(column.rpartition("[")[2].rstrip("]"))
    kind = next((kind for kind in _KINDS if last in kind[-1]), None)
    if not days or kind is None:
        return {}, {}
    months, letter, plural, _ = kind
    whole = {text: _around(day, months, letter) for text, day in days.items()}
    read = {text: period for text, period in whole.items() if period is not None}
    for end in ("start", "end"):
        if len(read) == len(days) and all(
            getattr(read[text], end) == day.start for text, day in days.items()
        ):
            return read, {}
    return {}, {text: _asked(column, plural, letter, day) for text, day in days.items()}


def years_as_dates(periods: Mapping[str, Period | None]) -> dict[str, MessageAndRemedy]:
    """What to ask of periods in 1905: a year in a cell with a format of dates is shown so.

    `2024` days after the beginning of 1900 is a day in July 1905. Beside other periods of that time
    1905 is meant.
    """
    known = {text: period for text, period in periods.items() if period is not None}
    if any(
        period.start.year < _FIRST_OF_FILES and period.start.year != _SHOWN
        for period in known.values()
    ):
        return {}
    return {
        text: (
            f"»{_SHOWN}« viser et regneark, hvor cellen har et årstal som 2024 og et datoformat.",
            "Giv cellerne formatet Tal eller Standard i regnearket, gem det, og indlæs det igen.",
        )
        for text, period in known.items()
        if period.start.year == period.end.year == _SHOWN
    }


def years_in_thousands(texts: Collection[str], column: str) -> dict[str, Period]:
    """Years written as figures are, `2.025`, where the column is of years and has nothing else."""
    last = folded(column.rpartition("[")[2].rstrip("]"))
    if last not in _KINDS[-1][-1] | _OF_ANY_PERIOD:
        return {}
    filled = [text for text in texts if text.removeprefix(TYPED).strip()]
    years = {text: year for text in filled if (year := year_in_thousands(text))}
    return (
        {text: parse_period(year) for text, year in years.items()}
        if len(years) == len(filled)
        else {}
    )


def year_in_thousands(text: str) -> str:
    """`2025` of `2.025`; empty of any other text."""
    match = _IN_THOUSANDS.fullmatch(text.removeprefix(TYPED).strip())
    return "".join(filter(None, match.groups())) if match else ""


def _around(day: Period, months: int, letter: str) -> Period | None:
    number = (day.start.month - 1) // months + 1
    width = 2 if letter == "M" else 1
    part = f"{letter}{number:0{width}d}" if letter else ""
    return as_period(f"{day.start.year}{part}")


def _asked(column: str, plural: str, letter: str, day: Period) -> MessageAndRemedy:
    year = day.start.year
    written = _WRITTEN.get(letter, "{0} for året").format(year)
    return (
        f"Kolonnen »{column}« er efter sit navn {plural}, men har dage, der ikke alle er den "
        "første eller alle den sidste dag i en sådan periode.",
        f"Skriv {written}, eller kald kolonnen »Dato«, hvis tallene er opgjort på dagene.",
    )
