"""What the cells around a number tell of it: a case or a moment, or half a CPR number."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from kpi.personal_spelling import birth_century, is_birthday, may_be_issued

Row = tuple[int | None, Sequence[str]]

# A number that a workbook typed as a number carries a mark before it (kpi.ingest.raw.TYPED).
_TEN = re.compile(r"\x02?\s*(\d{10})(?:[.,]0+)?\s*")
_FOUR = re.compile(r"\x02?\s*[-\u2013]?\s*(\d{4})(?:\.0+)?\s*")
_SIX = re.compile(r"\x02?\s*(\d{6})(?:\.0+)?\s*")
_YEAR_FIRST = re.compile(r"\s*(\d{4})(?:-|M)(\d\d)(?:-|D)(\d\d)(?!\d)")
_DAY_FIRST = re.compile(r"\s*(\d{1,2})[./-](\d{1,2})[./-](\d{4}|\d\d)(?![\d./-])")
_OF_PERSONS = re.compile(r"cpr|person|f[øo]dsel|f[øo]dt|borger|navn|klient|barn|elev|patient")
_OF_BIRTHS = re.compile(r"f[øo]dsels?da|f[øo]dt|fdato|birth|cpr|personn")
_OF_SERIALS = re.compile(r"cpr|l[øo]be?nr|l[øo]benummer|sidste(?:4|fire)|kontrolcif|serial")
_OF_CASES = re.compile(
    r"sag|journal|jnr|tid|stamp|epoch|unix|moment|l[øo]be?n|ref(?:nr|erence)|pn(?:umme)?r$"
    r"|produktionsenhed|ordre|faktura|bilag|dokument|esdh|konto|^(?:nr|nummer|id)$"
)
_OF_AMOUNTS = re.compile(
    r"v[æa]e?rdi|bel[øo]b|kr$|kroner|dkk|udgift|budget|indt[æa]e?gt|regnskab|antal|value|amount"
)
_AMOUNT = re.compile(r"\x02?\s*-?(?:0|[1-9][\d.\s]*)(?:[.,]\d+)?\s*")
_LABEL = re.compile(
    r"\s*(?:\w+s\s+)?(?:cpr|person)[-. ]{0,2}(?:nr|nummer|no)?[.: ]{0,3}", re.IGNORECASE
)
_FEWEST_IN_ORDER = 3
_FEWEST_BY_CHANCE = 20
_FEWEST_GIVEN = 5
# One in fourteen of chance ten digits begins with a birthday, and of these one in eleven has the
# check digit.
_MOST_BY_CHANCE = 0.2
_SAMPLE = 200

_LEAST_DIGITS = 7


@dataclass(frozen=True)
class ColumnOfNumbers:
    """What a column says of its numbers of ten digits, by its name and by all of them."""

    is_of_persons: bool
    is_of_cases: bool
    is_in_order: bool
    is_by_chance: bool
    is_never_given: bool
    is_of_amounts: bool = False


def plain_name(name: str) -> str:
    """A column's name in small letters, without what stands between them."""
    return re.sub(r"[\W_]", "", name.casefold())


def column_of_numbers(name: str, cells: Sequence[str]) -> ColumnOfNumbers:
    """What a column's name and cells tell of its numbers of ten digits."""
    plain = plain_name(name)
    filled = [cell for cell in cells if cell.strip()]
    tens = [ten for cell in filled if (ten := whole_ten(cell))]
    births = sum(is_birthday(ten[:6], ten[6:]) for ten in tens)
    in_order = tens == sorted(tens) or tens == sorted(tens, reverse=True)
    given = sum(is_birthday(ten[:6], ten[6:]) and may_be_issued(ten) for ten in tens)
    return ColumnOfNumbers(
        _OF_PERSONS.search(plain) is not None,
        _OF_CASES.search(plain) is not None,
        len(tens) == len(filled) >= _FEWEST_IN_ORDER and in_order,
        len(tens) >= _FEWEST_BY_CHANCE and births <= _MOST_BY_CHANCE * len(tens),
        len(tens) >= _FEWEST_GIVEN and given <= _MOST_BY_CHANCE * len(tens),
        # Of a list of persons nearly all would be such.
        _OF_AMOUNTS.search(plain) is not None
        and 2 * given <= len(filled)
        # A single number among small ones is no amount like the others.
        and sum(len(re.sub(r"\D", "", cell)) >= _LEAST_DIGITS for cell in filled) > 1
        and all(map(_AMOUNT.fullmatch, filled)),
    )


def whole_ten(cell: str) -> str:
    """The ten digits that are all of a cell; empty for any other."""
    found = _TEN.fullmatch(cell)
    return found[1] if found and found[1].isascii() else ""


def is_other_number(cell: str, cells: Sequence[str], column: ColumnOfNumbers) -> bool:
    """Whether the ten digits of a cell are a case number or a moment, by its row and column.

    A moment is seconds since 1970 that fall on the row's own date. Else they must be such as the
    register never gives, or stand among such: in a column named for cases, of chance digits, or
    that rises beside dates. In a column named for money or counts they are amounts where at least
    half of its cells are amounts that are no such number.
    """
    digits = whole_ten(cell)
    if not digits:
        return False
    days = [day for one in cells if one is not cell and (day := date_of(one))]
    if any(abs(_moment(digits) - day) <= timedelta(days=1) for day in days):
        return True
    if column.is_of_amounts and not column.is_of_persons:
        return True
    if column.is_of_persons or (may_be_issued(digits) and not column.is_never_given):
        return False
    return column.is_of_cases or column.is_by_chance or (column.is_in_order and bool(days))


def date_of(cell: str) -> date | None:
    """The day that a cell begins with; None where it holds no full date."""
    if found := _YEAR_FIRST.match(cell):
        year, month, day = found.groups()
    elif found := _DAY_FIRST.match(cell):
        day, month, year = found.groups()
        year = year if len(year) == 4 else f"20{year}"
    else:
        return None
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def is_split_number(left: str, right: str) -> bool:
    """Whether two neighbouring cells are a date of birth and four digits that fit its century."""
    four = _FOUR.fullmatch(right)
    birth = _birthday(left)
    if four is None or birth is None or not four[1].isascii():
        return False
    six, century = birth
    return is_birthday(six, four[1]) and century in ("", birth_century(six, four[1]))


def is_label(cell: str) -> bool:
    """Whether a cell says that the next one is a CPR number."""
    return len(cell) < 40 and cell.strip().casefold() != "person" and bool(_LABEL.fullmatch(cell))


def split_columns(columns: Sequence[str], rows: Sequence[Row]) -> Iterator[int]:
    """The places of columns that hold dates of birth whose four digits stand in the next.

    Two names that say so suffice with one such row. Without them the first rows must all be such,
    their days in no order, spread over many years, and not the first or the last of a month.
    """
    sample = [cells for _, cells in rows[:_SAMPLE]]
    for place in range(len(columns) - 1):
        left, right = plain_name(columns[place]), plain_name(columns[place + 1])
        is_named = _OF_BIRTHS.search(left) or _OF_SERIALS.search(right)
        if is_named or _are_births([(cells[place], cells[place + 1]) for cells in sample]):
            yield place


def _are_births(pairs: Sequence[tuple[str, str]]) -> bool:
    filled = [(left, right) for left, right in pairs if left.strip() or right.strip()]
    if len(filled) < _FEWEST_IN_ORDER or not is_split_number(*filled[0]):
        return False
    if not all(is_split_number(left, right) for left, right in filled):
        return False
    births = [birth for left, _ in filled if (birth := _birthday(left))]
    days = [f"{century}{six[4:]}{six[2:4]}{six[:2]}" for six, century in births]
    years = [int(six[4:]) for six, _ in births]
    is_sorted = days == sorted(days) or days == sorted(days, reverse=True)
    within_months = [six[:2] for six, _ in births if not six.startswith(("01", "28", "3"))]
    return not is_sorted and max(years) - min(years) > 10 and 2 * len(within_months) > len(births)


def _birthday(cell: str) -> tuple[str, str] | None:
    """Six digits of a date, and the first two of its year where it says them."""
    if found := _SIX.fullmatch(cell):
        return (found[1], "") if found[1].isascii() else None
    if found := _YEAR_FIRST.match(cell):
        year, month, day = found.groups()
    elif found := _DAY_FIRST.match(cell):
        day, month, year = found.groups()
    else:
        return None
    return day.zfill(2) + month.zfill(2) + year[-2:], year[:-2]


def _moment(digits: str) -> date:
    return datetime.fromtimestamp(int(digits), UTC).date()
