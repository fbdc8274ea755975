"""Columns whose cells are all of one shape: accounts, project codes and days with their counts.

Ten digits within such a cell begin with a birthday by chance, and few of them fit a check digit:
that distinguishes the column from one of persons, which all of its numbers do.
"""

import re
from collections.abc import Sequence

from kpi.cpr.cut import cut_digits
from kpi.cpr.digits import fits_check, is_birthday, is_hardly_chance, is_of_month_end
from kpi.cpr.reading import without_midnight

_GLUED = re.compile(r"(?<!\d)(\d\d)(\d\d)(\d\d)([^\w\x1f]{0,6})(\d{4})(?!\d)", re.ASCII)
_APART, _BETWEEN = r"[^\w\x1f]{1,3}", r"((?:[^\w\x1f]|_){1,6})"
_DATED = re.compile(
    rf"(?<!\d)(\d\d){_APART}(\d\d){_APART}(\d\d|\d{{4}}){_BETWEEN}(\d{{4}})(?!\d)", re.ASCII
)
_YEAR_FIRST = re.compile(
    rf"(?<!\d)(?:19|20)(\d\d){_APART}(\d\d){_APART}(\d\d){_BETWEEN}(\d{{4}})(?!\d)", re.ASCII
)
# Day, month and year together or apart, and four digits behind signs or words, of any grouping.
_LOOSE = re.compile(
    r"(?<!\d)(\d\d)[\W_]{0,3}(\d\d)[\W_]{0,3}(\d\d)([^\d\x1f]{1,40})"
    r"(\d[\W_]{0,3}\d[\W_]{0,3}\d[\W_]{0,3}\d)(?!\d)",
    re.ASCII,
)
_LETTERS = re.compile(r"[^\W\d_]+(?:[\s,.&-]+[^\W\d_]+)*")
_NO_DIGIT = re.compile(r"\D")
_DIGITS = str.maketrans("012345678", "999999999")
# kpi/cpr/columns.py judges what is nothing but ten digits. Six and four of them are a person's
# way to write, so fewer may be birthdays; in a short column none with a dash, and else none that
# fits its check digit.
_TEN_ALONE, _PARTED_ALONE = re.compile(r"\W*9{10}\W*"), re.compile(r"\W*9{6}\W{1,6}9{4}\W*")
_IN_POINTS = re.compile(r"9{1,2}\.9{1,2}\.9{2,4}\.9{4}")
_DAY_LAST = re.compile(r"[^9]*9{4}[-./ ]99[-./ ]99[^9]")
_MANY, _FEW, _FEWEST_COUNTS = 20, 5, 3
_MOST_BIRTHS, _MOST_BIRTHS_OF_FEW, _MOST_FITTING = 0.8, 0.34, 0.2
_MOST_BIRTHS_PARTED, _FEWEST_PARTED = 0.2, 3
_FEWEST_YEAR_FIRST, _MOSTLY = 3, 0.8
_FIRST_SUBSTITUTE = "61"


def shape_of(cell: str) -> str:
    """What a cell looks like: each digit a nine, words that follow each other an `a`."""
    return _LETTERS.sub("a", cell).translate(_DIGITS)


def holds_ten(cell: str) -> bool:
    """Whether six digits and four are together in a cell, alone or with more around them."""
    return _ten_in(cell) is not None


def _ten_in(cell: str) -> tuple[str, str, str] | None:
    """The six digits, what is between, and the four; cut elsewhere, a sign stands for what is."""
    cell = without_midnight(cell)
    if match := _YEAR_FIRST.search(cell):
        year, month, day, between, serial = match.groups()
        return day + month + year, between, serial
    if match := _GLUED.search(cell) or _DATED.search(cell) or _LOOSE.search(cell):
        day, month, year, between, serial = match.groups()
        return day + month + year[-2:], between, _NO_DIGIT.sub("", serial)
    ten = cut_digits(cell)
    return (ten[:6], "-", ten[6:]) if ten else None


def are_mostly_persons(cells: Sequence[str]) -> bool:
    """Whether half of the cells or more hold a fitting number, its six digits and four together.

    `251248-4916-01` is such a one of a family's first child, not twelve digits in groups.
    """
    fitting = [
        is_hardly_chance("".join(match.group(1, 2, 3, 5)))
        for cell in cells if (match := _GLUED.search(without_midnight(cell)))
    ]  # fmt: skip
    return len(cells) > 0 and 2 * sum(fitting) >= len(cells)


def shapes_of_others(filled: Sequence[str], is_named: bool = False) -> frozenset[str]:
    """The shapes of a column's filled cells in which ten digits are no person's.

    Of each shape there are many cells, and half of the column. By chance one in fourteen of ten
    digits begins with a birthday and one in eleven fits its check digit; of persons' all do. Cases
    begin with the day they were opened: where the column `is_named` for cases or objects, points
    alone part the digits, or the year is first, only the check digits decide, of two cells on. Or
    the days are all the first or the last of a month, with a count behind, or the four digits all a
    year of our time.
    """
    tens: dict[str, list[tuple[str, str, str]]] = {}
    for cell in filled:
        if ten := _ten_in(cell):
            tens.setdefault(shape_of(cell), []).append(ten)
    return frozenset(
        shape
        for shape, numbers in tens.items()
        if 2 * len(numbers) >= len(filled)
        and not are_year_first(numbers)
        and not _TEN_ALONE.fullmatch(shape)
        and (
            _are_by_chance(numbers, _PARTED_ALONE.fullmatch(shape) is not None, is_named)
            or (
                (is_named or _IN_POINTS.fullmatch(shape) or _DAY_LAST.match(shape))
                and _are_codes(numbers, shape)
            )
            or _are_counts(numbers)
            or _are_with_years(numbers)
        )
    )


def are_year_first(numbers: Sequence[tuple[str, str, str]]) -> bool:
    """Whether nearly all of six digits and four are persons' with the year first in the six."""
    turned = [six[4:] + six[2:4] + six[:2] + serial for six, _, serial in numbers]
    fitting = sum(is_birthday(ten[:6], ten[6:]) and fits_check(ten) for ten in turned)
    return fitting >= max(_FEWEST_YEAR_FIRST, _MOSTLY * len(numbers))


def _are_by_chance(
    numbers: Sequence[tuple[str, str, str]], is_parted_alone: bool, is_named: bool
) -> bool:
    births = [six + serial for six, _, serial in numbers if is_birthday(six, serial)]
    count, fitting = len(numbers), _fitting(births)
    most = _MOST_BIRTHS if count >= _MANY else _MOST_BIRTHS_OF_FEW
    if is_parted_alone and count < _MANY:
        # Of a journal's numbers some begin with 61 to 91, as few persons' do: so they decide as
        # those of any other shape.
        are_substitutes = all(birth >= _FIRST_SUBSTITUTE for birth in births)
        is_dashed = any("-" in between for _, between, _ in numbers)
        is_dashed = is_dashed and not (is_named and are_substitutes)
        fewest = _FEW if is_dashed else _FEWEST_PARTED
        most = 0 if is_dashed else most
        return count >= fewest and not fitting and len(births) <= most * count
    most = _MOST_BIRTHS_PARTED if is_parted_alone else most
    return count >= _FEW and fitting <= _MOST_FITTING * count and len(births) <= most * count


def _are_codes(numbers: Sequence[tuple[str, str, str]], shape: str) -> bool:
    """Whether half of the cells or more have no check digit; six and four are as persons write."""
    births = [six + serial for six, _, serial in numbers if is_birthday(six, serial)]
    is_parted_alone = _PARTED_ALONE.fullmatch(shape) is not None
    return not is_parted_alone and len(numbers) > 1 and 2 * _fitting(births) <= len(numbers)


def _fitting(births: Sequence[str]) -> int:
    return sum(map(is_hardly_chance, births))


def _are_with_years(numbers: Sequence[tuple[str, str, str]]) -> bool:
    """Whether a year of our time is behind each: a school's number, the month of a budget."""
    return len(numbers) > 1 and all("1990" <= serial <= "2040" for _, _, serial in numbers)


def _are_counts(numbers: Sequence[tuple[str, str, str]]) -> bool:
    return len(numbers) >= _FEWEST_COUNTS and all(
        between.isspace() and is_of_month_end(six) for six, between, _ in numbers
    )
