"""What a column says of its numbers of ten digits, by its name and by the share that may be births.

Of chance ten digits one in 14 begins with a birthday, and of these one in 11 fits its check digit.
"""

import re
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from kpi.cpr.column_names import (
    OF_AMOUNTS,
    OF_CASES,
    OF_DATED,
    OF_IDS,
    OF_MOMENTS,
    OF_MONEY,
    OF_OBJECTS,
    OF_PERSONS,
    OF_SECONDS,
    OF_UNITS,
    plain_name,
)
from kpi.cpr.counters import are_counted_up
from kpi.cpr.cut import cut_digits
from kpi.cpr.digits import birth_date, fits_check, is_birthday, is_likely_given
from kpi.cpr.shapes import are_mostly_persons, shapes_of_others
from kpi.cpr.shortened import fits_shortened, shortened_ten
from kpi.cpr.written import (
    AMOUNT,
    THOUSANDS,
    fits_in_other_two,
    is_in_other_two,
    is_moment_cell,
    is_parted_number,
    parted_ten,
    whole_ten,
)

FIRST_OF_JANUARY, _FIRST_SUBSTITUTE = "0101", "61"
_FEWEST_IN_ORDER = 3
_FEWEST_BY_CHANCE = 20
_FEWEST_GIVEN = 5
# One in fourteen of chance ten digits begins with a birthday, and of these one in eleven has the
# check digit. Of amounts that begin with 10 to 31 one in eight does.
_MOST_BY_CHANCE = 0.2
_MOST_OF_AMOUNTS = 1 / 3
# Two suffice where half of them are no birthday: by then the column is one of other numbers.
_FEWEST_MIXED, _MOST_OF_MIXED = 2, 0.5
_FIRST_SECOND, _A_DAY = 1_104_537_600, 86_400
# An amount is among others of its size; where money is named, among such as this too.
_DIGITS_OF_AMOUNT, DIGITS_OF_MONEY = 7, 5
# Companies have a number of so many digits; a list of creditors has persons among them.
_DIGITS_OF_COMPANY = 8
# Decimals that are not what a program makes of a whole number.
_WITH_DECIMALS = re.compile(r"\d[\d.,]{6,}[.,](?!0+\Z)\d{1,2}\Z")
_MOSTLY_LARGE = 0.5
# A column is known by so many of its cells.
MOST_CELLS = 5_000
_SAMPLE, _MOSTLY = 200, 0.8
# What is numbered by a counter and its day has one of 4000 or more, as children do, now and then.
_SURELY_OF_UNITS = re.compile(
    r"^\W*p[-\u2010\u2011](?:nr|nummer)\b|produktionsenhed", re.IGNORECASE
)
_FEWEST_SERIAL_FIRST, _FEWEST_YEARS = 10, 6
# A number whose day has its year first, as a decimal (`19610625.3992`).
_YEAR_FIRST_DECIMAL = re.compile(
    r"\x02?\s*(?:(?:19|20)(?=\d{6}[.,]))?(\d{6})[.,](\d{4})\s*\Z", re.ASCII
)
_CENTURY_DECIMAL = re.compile(r"\x02?\s*(\d{4})(?:19|20)(\d\d)[.,](\d{4})\s*\Z", re.ASCII)
_FOUR_AND_SIX = re.compile(r"\x02?\s*(\d{4})[-/. \u2010-\u2015]?(\d{6})(?:[.,]0+)?\s*", re.ASCII)


@dataclass(frozen=True)
class ColumnOfNumbers:
    """What a column says of its numbers of ten digits, by its name and by its cells."""

    is_of_persons: bool
    is_of_cases: bool
    is_in_order: bool
    is_by_chance: bool
    is_never_given: bool
    is_of_moments: bool = False
    # All its cells are written as amounts, and few of them as numbers that the register gives.
    has_amounts: bool = False
    is_of_amounts: bool = False
    # A workbook has all of them as numbers, not as texts.
    is_typed: bool = False
    is_of_money: bool = False
    has_peers: bool = False
    has_peers_in_money: bool = False
    # All are of the production units of companies: they begin with 10, and few have a check digit.
    is_of_units: bool = False
    # Its figures have decimals or end in thousands, or are among large ones that are nobody's.
    is_of_figures: bool = False
    # Half or fewer of its ten digits begin with a birthday: some may by chance.
    may_be_chance: bool = False
    # Ten digits within a cell of such a shape are no person's (kpi/cpr/shapes.py).
    shapes_of_others: frozenset[str] = frozenset()
    # What it is called has a number of its own, which is never a person's.
    is_of_objects: bool = False
    # All begin with 0101, as the properties of a municipality may; persons have other birthdays.
    has_prefix: bool = False

    # Nearly all of several cells are ten digits that fit: no cases, though they begin with a day.
    is_mostly_given: bool = False
    # All are seconds since 1970 of the last years, in a column that is called so.
    is_of_seconds: bool = False
    # All count up through one day or two, were they days of birth.
    is_counted_up: bool = False
    # It is called after what is numbered by the day or the year now and then.
    is_of_dated: bool = False
    # Several cells are ten digits in two groups as no figure is, and few of them fit.
    has_codes_in_two: bool = False
    # The same of ten or twelve digits in groups that one sign parts.
    has_codes_cut: bool = False
    # The same of five digits, a dash and four (kpi/cpr/shortened.py).
    has_codes_of_nine: bool = False

    @property
    def may_be_none(self) -> bool:
        """Whether a birthday is a person's only where its check digit fits.

        Where half of the numbers are nobody's; of many in a column called after persons nearly all.
        """
        return self.may_be_chance and (self.is_by_chance or not self.is_of_persons)

    def gives(self, digits: str) -> bool:
        """Whether ten digits here are such as the register gives: also without a check digit.

        Objects and money have digits by chance: of these only those whose check digit fits are.
        Objects' numbers often begin with that of a municipality: no substitutes, no 1st of January.
        """
        is_first = digits.startswith(FIRST_OF_JANUARY)
        if self.is_of_objects:
            return fits_check(digits) and not is_first and digits < _FIRST_SUBSTITUTE
        if fits_check(digits) or self.is_of_money:
            return fits_check(digits)
        return not self.has_prefix if is_first else is_likely_given(digits)


def column_of_numbers(name: str, cells: Iterable[str]) -> ColumnOfNumbers:
    """What a column's name and first cells say of its numbers of ten digits."""
    plain = plain_name(name)
    filled = list(islice((cell for cell in cells if cell.strip()), MOST_CELLS))
    tens = [ten for cell in filled if (ten := whole_ten(cell))]
    births = sum(is_birthday(ten[:6], ten[6:]) for ten in tens)
    in_order = tens == sorted(tens) or tens == sorted(tens, reverse=True)
    thousands = [cell for cell in filled if THOUSANDS.fullmatch(cell)]
    parted = [ten for cell in filled if not THOUSANDS.fullmatch(cell) and (ten := parted_ten(cell))]
    has_prefix = len({*tens}) >= _FEWEST_IN_ORDER and all(
        ten.startswith(FIRST_OF_JANUARY) for ten in tens
    )
    given = sum(map(fits_check, tens)) if has_prefix else _given(tens)
    count = given + _given(parted) + sum(map(is_parted_number, thousands))
    most = _MOST_OF_MIXED if len(tens) < _FEWEST_GIVEN else _MOST_OF_AMOUNTS
    is_mixed = len(tens) >= _FEWEST_MIXED and births <= most * len(tens)
    in_two = [cell for cell in filled if is_in_other_two(cell)]
    cut = [ten for cell in filled if (ten := cut_digits(cell))]
    of_nine = [ten for cell in filled if (ten := shortened_ten(cell))]
    is_of_objects = OF_OBJECTS.search(plain) is not None
    is_of_cases = OF_CASES.search(plain) is not None
    is_of_dated = is_of_objects or OF_DATED.search(plain) is not None
    is_figure_alone = len(filled) == 1 and not OF_IDS.search(plain)
    return ColumnOfNumbers(
        is_of_persons=OF_PERSONS.search(plain) is not None,
        is_of_cases=is_of_cases,
        is_in_order=len(tens) == len(filled) >= _FEWEST_IN_ORDER and in_order,
        is_by_chance=len(tens) >= _FEWEST_BY_CHANCE and births <= _MOST_BY_CHANCE * len(tens),
        may_be_chance=is_mixed,
        is_never_given=(is_of_objects and is_mixed)
        or (is_of_cases and len(tens) >= _FEWEST_IN_ORDER and births <= len(tens) / 3)
        or (len(tens) >= _FEWEST_GIVEN and given <= _MOST_BY_CHANCE * len(tens)),
        is_mostly_given=_are_mostly_given(filled),
        is_counted_up=are_counted_up(filled),
        is_of_seconds=OF_SECONDS.search(plain) is not None
        and all(_FIRST_SECOND <= int(ten) <= time.time() + _A_DAY for ten in tens),
        is_of_moments=(len(filled) >= _FEWEST_IN_ORDER or OF_MOMENTS.search(plain) is not None)
        and all(map(is_moment_cell, filled)),
        is_of_units=_are_units(tens, name)
        and (OF_UNITS.search(plain) is not None or len({*tens}) == len(filled) >= _FEWEST_IN_ORDER),
        is_of_figures=_are_figures(filled, plain),
        shapes_of_others=shapes_of_others(filled, is_named=is_of_dated),
        has_amounts=all(map(AMOUNT.fullmatch, filled))
        and (2 * count <= len(filled) or is_figure_alone),
        is_of_amounts=OF_AMOUNTS.search(plain) is not None,
        is_of_objects=is_of_objects,
        is_of_dated=is_of_dated,
        has_prefix=has_prefix,
        has_codes_in_two=len(in_two) > 1 and 2 * sum(map(fits_in_other_two, in_two)) <= len(in_two),
        has_codes_cut=len(cut) > 1
        and 2 * sum(map(_may_be_fitting, cut)) <= len(cut)
        and not are_mostly_persons(filled),
        has_codes_of_nine=is_of_dated
        or (len(of_nine) > 1 and 2 * sum(map(fits_shortened, of_nine)) <= len(of_nine)),
        is_typed=all(cell.startswith("\x02") for cell in filled),
        is_of_money=OF_MONEY.search(plain) is not None,
        has_peers=_are_peers(filled, _DIGITS_OF_AMOUNT),
        has_peers_in_money=_are_peers(filled, DIGITS_OF_MONEY),
    )


def _are_mostly_given(filled: Sequence[str]) -> bool:
    """Whether nearly all of several cells are ten digits that fit, whatever parts them.

    The year may be the first of the six in all of them.
    """
    tens = [ten for cell in filled if len(ten := re.sub(r"\D", "", cell)) == 10]
    fitting = max(
        sum(map(_may_be_fitting, tens)), sum(_may_be_fitting(_day_first(ten)) for ten in tens)
    )
    return fitting >= max(_FEWEST_GIVEN, _MOSTLY * len(filled))


def _are_figures(filled: Sequence[str], plain: str) -> bool:
    """Whether cells are figures by how they are written, whatever their column is called.

    A register's number has no decimals and seldom ends in thousands; and of amounts at least three,
    and half of them, are large and no birthday, in a column that is not called as a number of
    something (`nr`, `id`). Amounts are of several sizes: eight digits all of them are companies.
    """
    if len(filled) < _FEWEST_IN_ORDER or not all(map(AMOUNT.fullmatch, filled)):
        return False
    halves = len(filled) / 2
    amounts = [re.sub(r"[^\d,.]", "", cell) for cell in filled]
    with_decimals = sum(_WITH_DECIMALS.search(cell) is not None for cell in amounts)
    tens = [ten for cell in filled if (ten := whole_ten(cell))]
    in_thousands = sum(ten.endswith("000") for ten in tens)
    if with_decimals >= max(halves, 2) or in_thousands > max(len(tens) / 2, 1):
        return True
    digits = [re.sub(r"[,.]\d{1,2}\Z|\D", "", cell) for cell in amounts]
    large = [
        len(digit)
        for digit in digits
        if len(digit) >= _DIGITS_OF_AMOUNT and not _may_be_birth(digit)
    ]
    if {*large} == {_DIGITS_OF_COMPANY}:
        return False
    return len(large) >= max(_FEWEST_IN_ORDER, _MOSTLY_LARGE * len(filled)) and not OF_CASES.search(
        plain
    )


def _are_peers(filled: Sequence[str], fewest_digits: int) -> bool:
    """Whether several cells have so many digits, an amount among them that is no person's.

    A person's fits its check digit. Of eight digits each, two at least, are companies (CVR).
    """
    large = [digits for cell in filled if len(digits := re.sub(r"\D", "", cell)) >= fewest_digits]
    others = [digits for digits in large if not _may_be_fitting(digits)]
    are_companies = len(others) > 1 and {*map(len, others)} == {_DIGITS_OF_COMPANY}
    return len(large) > 1 and bool(others) and not are_companies


def _may_be_fitting(digits: str) -> bool:
    return _may_be_birth(digits) and fits_check(digits.zfill(10))


def _may_be_birth(digits: str) -> bool:
    ten = digits.zfill(10) if len(digits) in (9, 10) else ""
    return bool(ten) and is_birthday(ten[:6], ten[6:])


def _given(tens: Sequence[str]) -> int:
    """How many of ten digits are such as the register gives; of substitutes those that fit."""
    return sum(is_birthday(ten[:6], ten[6:]) and is_likely_given(ten) for ten in tens)


def _are_units(tens: Sequence[str], name: str) -> bool:
    """Whether ten digits are of production units (P-numre), which the register numbers from 10.

    Where the column's name says so beyond doubt (`P-nummer`; `pnr` may be a person's) also where
    they fit the check digit, as one in eleven does.
    """
    if not tens or not all(ten.startswith("10") for ten in tens):
        return False
    return _SURELY_OF_UNITS.search(name) is not None or 2 * sum(map(fits_check, tens)) <= len(tens)


def are_in_other_order(name: str, cells: Iterable[str]) -> bool:
    """Whether ten digits of a column have the year or the serial first: nearly all fit so.

    With the serial first those suffice that the register gives without a check digit, where the
    days are of many years and neither they nor the numbers rise; cases and objects are dated so.
    """
    filled = [cell for cell in islice(cells, _SAMPLE) if cell.strip()]
    tens = {ten for cell in filled if (ten := whole_ten(cell))}
    decimal = {match[1] + match[2] for cell in filled if (match := _YEAR_FIRST_DECIMAL.match(cell))}
    with_century = {"".join(m.groups()) for cell in filled if (m := _CENTURY_DECIMAL.match(cell))}
    for turned in (
        [ten[4:] + ten[:4] for ten in tens],
        [_day_first(ten) for ten in tens],
        [_day_first(ten) for ten in decimal],
        [*with_century],
    ):
        given = sum(is_birthday(ten[:6], ten[6:]) and fits_check(ten) for ten in turned)
        if given >= max(_FEWEST_IN_ORDER, _MOSTLY * len({*filled})):
            return True
    plain = plain_name(name)
    if OF_DATED.search(plain) or OF_OBJECTS.search(plain):
        return False
    return _are_given_serial_first([ten for cell in filled if (ten := _four_and_six(cell))], filled)


def _are_given_serial_first(tens: Sequence[str], filled: Sequence[str]) -> bool:
    turned = [ten[4:] + ten[:4] for ten in tens]
    if len({*turned}) < _FEWEST_SERIAL_FIRST or len(turned) < _MOSTLY * len(filled):
        return False
    if not all(is_birthday(ten[:6], ten[6:]) and is_likely_given(ten) for ten in turned):
        return False
    born = [str(birth_date(ten[:6], ten[6:])) for ten in turned]
    years = [int(day[:4]) for day in born]
    is_rising = any(row in (sorted(row), sorted(row)[::-1]) for row in (born, [*tens]))
    return not is_rising and max(years) - min(years) >= _FEWEST_YEARS


def _four_and_six(cell: str) -> str:
    """The ten digits of a cell that are a group of four and one of six, or in one; or nothing."""
    match = _FOUR_AND_SIX.fullmatch(cell)
    return match[1] + match[2] if match else ""


def _day_first(ten: str) -> str:
    return ten[4:6] + ten[2:4] + ten[:2] + ten[6:]


def is_of_figures(name: str) -> bool:
    """Whether a column's name says that it contains money, and no persons."""
    plain = plain_name(name)
    return OF_MONEY.search(plain) is not None and not OF_PERSONS.search(plain)


def is_of_units(name: str, cells: Iterable[str]) -> bool:
    """Whether a column's name and cells show that it contains the numbers of production units."""
    if not OF_UNITS.search(plain_name(name)):
        return False
    filled = list(islice((cell for cell in cells if cell.strip()), MOST_CELLS))
    tens = [whole_ten(cell) for cell in filled]
    return all(tens) and _are_units(tens, name)
