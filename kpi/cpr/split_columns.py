"""Columns of a table that are parts of CPR numbers: days of birth, and the digits after them."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise, permutations

from kpi.cpr.cells import Row
from kpi.cpr.column_names import OF_AMOUNTS, OF_COUNTED, OF_OBJECTS, plain_name
from kpi.cpr.digits import (
    fits_check,
    is_clock_of_our_time,
    is_hardly_chance,
    is_of_month_end,
    is_past_day,
    may_be_issued,
)
from kpi.cpr.lost_zeros import is_of_one_person
from kpi.cpr.split import (
    MAY_BE_OF_BIRTHS,
    MAY_BE_OF_SERIALS,
    OF_BIRTHS,
    OF_COUNTS,
    OF_OTHERS,
    OF_SERIALS,
    UP_TO_FOUR,
    birthdays_of,
    given_ten,
    is_split_number,
    names_birth,
    number_of_parts,
    serial_of,
)

_OF_DAYS = re.compile(r"dag$|^d$|day$")
_OF_MONTHS = re.compile(r"m(?:å|aa)ned$|^mdr?$|^m$|month$|^mnd$")
_OF_BIRTH = re.compile(r"f(?:ø|oe|o)d(?:t(?!e)|sel)|birth(?!s|rate)")
_OF_YEARS = re.compile(r"(?:år|aar)(?:stal)?$|year$|^y$|^å$")
_FEWEST = 3
_MOST_NAMED, _MOSTLY = 3, 0.8
_SAMPLE = 200
_DAYS_OF_MANY = 30
_NEAR, _FIRST_DAYS = 2, "90"
# What is in columns of figures, whose digits are anything.
_OF_FIGURES = (
    OF_OTHERS,
    OF_COUNTS,
    OF_AMOUNTS,
    OF_OBJECTS,
    re.compile(r"^\d+$|indbyg|befolkn|folketal|^m(?:æ|ae)nd$|^kvinder$|^ledige$"),
)
_DAY_IN_ONE = re.compile(
    r"\x02?\s*(?:\d{6}|\d{8})(?:[.,]0+)?\s*|\s*\d{6}[- ]?[xX*_#?]{4}\s*", re.ASCII
)
_OF_CODES = re.compile(r"^post|zip|kode|code|antal|count")
_RARITY, _RARITY_OF_LOST, _RARITY_OF_DAY, _RARE, _ALONE = 2.5, 2.0, 1.0, 4.0, 1.6
_FEWEST_WITH_OTHERS = 5
# A day and a serial that are numbers in a workbook: their first zeros are not shown.
_LOST_DAY, _LOST_SERIAL = (
    re.compile(rf"\x02?\s*(\d{{{digits}}})(?:[.,]0+)?\s*", re.ASCII) for digits in ("5", "1,3")
)
_DIGIT = re.compile(r"\d")
# Also a place may have two words.
_FULL_NAME = re.compile(
    r"\s*(?!region |hele )[^\W\d_]{2,}"
    r"(?: (?!(?:syd|nord|(?:ø|oe)st|vest|midt|by|kommune)\b)[^\W\d_]+\.?(?:-[^\W\d_]+)?)+\s*",
    re.IGNORECASE,
)
_FIGURE = re.compile(r"\x02?[\d.,\s]*\d[\d.,\s]*")
# The day and the serial, and a house, a place and a telephone.
_MOST_BESIDE, _MOST_OF_ONE_ROW = 5, 40


@dataclass(frozen=True)
class SplitColumns:
    """The places of days of birth and of the digits after them.

    With `lost_zeros` a day may lack its first zero, or be the number by which Excel counts days,
    and the digits may lack theirs. With `month_year` the month and the year are in columns of
    their own, and `birth` is of the day alone.
    """

    birth: int
    serial: int
    lost_zeros: bool = False
    month_year: tuple[int, int] | None = None

    @property
    def places(self) -> tuple[int, ...]:
        """The columns of the parts in the order in which `is_number` takes their cells."""
        return self.birth, *(self.month_year or ()), self.serial

    def is_number(self, cells: Sequence[str]) -> bool:
        """Whether the cells of a row at `places` are a CPR number together."""
        if self.month_year is not None:
            return bool(number_of_parts(cells))
        return is_split_number(cells[0], cells[-1], lost_zeros=self.lost_zeros)

    def may_be(self, at: int, cell: str) -> bool:
        """Whether a cell may be the part that is at `places[at]`."""
        if self.month_year is not None:
            return UP_TO_FOUR.fullmatch(cell) is not None
        return bool(serial_of(cell, self.lost_zeros) if at else birthdays_of(cell, self.lost_zeros))


def split_columns(
    columns: Sequence[str], rows: Sequence[Row], are_table: bool = True
) -> Iterator[SplitColumns]:
    """The columns that hold dates of birth, and those that contain the four digits after them.

    Two names that say so suffice with one such row, wherever the columns are; one name where at
    least half of the neighbours' rows are such. Without a name all of the first rows must be such,
    their days in no order and over many years, and not the first or the last of a month; and where
    they are no neighbours, or have lost zeros, the register must give most of them. One or two rows
    suffice only where they `are_table`: a document has many small objects.
    """
    sample = [cells for _, cells in rows[:_SAMPLE]]
    plain = [plain_name(name) for name in columns]
    births = [place for place, name in enumerate(plain) if OF_BIRTHS.search(name)]
    serials = [
        place for place, name in enumerate(plain)
        if OF_SERIALS.search(name) or MAY_BE_OF_SERIALS.search(name)
    ]  # fmt: skip
    named = {
        (birth, serial) for birth in births for serial in serials
        if birth != serial and not any(OF_COUNTED.search(plain[at]) for at in (birth, serial))
    }  # fmt: skip
    for pair in sorted(named):
        yield SplitColumns(*pair, lost_zeros=True)
    for birth in range(len(columns)):
        for serial in range(max(0, birth - _NEAR), min(len(columns), birth + _NEAR + 1)):
            if serial == birth or (birth, serial) in named:
                continue
            pairs = [
                (cells[birth], cells[serial])
                for cells in sample
                if cells[birth].strip() or cells[serial].strip()
            ]
            yield from _confirmed_by_rows(SplitColumns(birth, serial), plain, pairs)
    yield from _in_parts(plain, sample)
    if are_table:
        yield from _of_few_rows(plain, sample)


def _of_few_rows(plain: Sequence[str], sample: Sequence[Sequence[str]]) -> Iterator[SplitColumns]:
    """Neighbours whose rows fit more often than by chance, whatever the order of their days.

    Each row that fits counts by how rare it is among figures: one in 300, or one in 11 where the
    day is written as one or may be of our time, which figures of a month are. One row suffices only
    where its day comes first and no more than three other figures stand in it, as of a person; a
    day that is written as one must be of before files had such, or stand beside a person's name.
    Where its column is called one of birth, any day suffices, on either side of its serial.
    In a list of persons either part may have lost its first zeros; of one row then, where its day
    is called one or a name of two words stands in it.
    """
    yield from _of_one_row(plain, sample)
    is_of_persons = any(map(is_of_one_person, plain))
    for left, right in pairwise(range(len(plain))):
        if any(words.search(plain[at]) for words in _OF_FIGURES for at in (left, right)):
            continue
        # Words beside figures, as a note has them, say nothing of what the figures are.
        rows = [cells for cells in sample if any(map(_DIGIT.search, (cells[left], cells[right])))]
        for birth, serial in ((left, right), (right, left)):
            tens = {
                _fitting_ten(cells[birth], cells[serial])
                or (_ten_of_lost(cells[birth], cells[serial]) if is_of_persons else "")
                for cells in rows
            }
            fitting = tens - {""}
            has_lost = any(ten.endswith("z") for ten in fitting)
            is_born = names_birth(plain[birth])
            rarity = sum(_RARITY if is_born else _rarity(ten) for ten in fitting)
            missing = len(rows) - len(fitting)
            if missing and (len(rows) < _FEWEST_WITH_OTHERS or len(fitting) < _MOSTLY * len(rows)):
                continue
            if len(rows) == 1 and (birth < serial or is_born):
                figures = sum(_FIGURE.fullmatch(cell) is not None for cell in rows[0])
                is_person = is_born or any(map(_FULL_NAME.fullmatch, rows[0]))
                if is_person if has_lost else _is_old_day(rows[0][birth], is_of_persons):
                    rarity = max(rarity, _RARITY * len(fitting))
                rarity *= _ALONE if figures <= _MOST_BESIDE else 0
            if rarity >= _RARE:
                yield SplitColumns(birth, serial, lost_zeros=has_lost)


def _of_one_row(plain: Sequence[str], sample: Sequence[Sequence[str]]) -> Iterator[SplitColumns]:
    """The cells of a table's only row that are a day and a serial, wherever they stand.

    A day, its year in full, of before files had such may stand in any column, a period's too; six
    digits where no column is called for figures. Few other figures stand in the row, and in a
    column of codes or counts none is looked for.
    """
    rows = [cells for cells in sample if any(cell.strip() for cell in cells)]
    if len(rows) != 1:
        return
    (cells,) = rows
    figures = sum(_FIGURE.fullmatch(cell) is not None for cell in cells)
    if figures > _MOST_BESIDE or len(cells) > _MOST_OF_ONE_ROW:
        return
    for birth, serial in permutations(range(len(cells)), 2):
        ten = _fitting_ten(cells[birth], cells[serial])
        are_codes = (
            words.search(plain[at]) for words in (OF_OBJECTS, _OF_CODES) for at in (birth, serial)
        )
        if not ten or any(are_codes):
            continue
        is_named = any(words.search(plain[at]) for words in _OF_FIGURES for at in (birth, serial))
        is_figure = not ten.endswith("d") and not is_named and birth < serial
        if is_figure or _is_old_day(cells[birth], False):
            yield SplitColumns(birth, serial)


def _fitting_ten(left: str, right: str) -> str:
    """The ten digits of a day and a serial that fits, with a mark of how the day is written."""
    ten = given_ten(left, right) if serial_of(right) else ""
    if not ten or not fits_check(ten) or ten[0] > "3" or "1900" <= ten[6:] <= "2100":
        return ""
    is_figure = _DAY_IN_ONE.fullmatch(left) is not None and not is_past_day(ten[:6])
    return ten if is_figure else f"{ten}d"


def _ten_of_lost(left: str, right: str) -> str:
    """The ten digits, with a mark, of a day and a serial of which one has lost its first zeros."""
    day, serial = _LOST_DAY.fullmatch(left), _LOST_SERIAL.fullmatch(right)
    if not (day or serial):
        return ""
    ten = _fitting_ten(day[1].zfill(6) if day else left, serial[1].zfill(4) if serial else right)
    return f"{ten}z" if ten and not ten.endswith("d") else ""


def _is_old_day(cell: str, is_of_person: bool) -> bool:
    """Whether a cell is a day, its year in full, of before files had such; of a person, any day.

    Figures are of the last day of a month, or of the first.
    """
    return any(
        (is_of_person or century == "18" or (century == "19" and six[4:] < _FIRST_DAYS))
        and not is_of_month_end(six)
        for six, century in birthdays_of(cell)
    )


def _rarity(ten: str) -> float:
    """The power of ten by which such a row is rare among figures."""
    return {"d": _RARITY_OF_DAY, "z": _RARITY_OF_LOST}.get(ten[-1], _RARITY)


def _in_parts(plain: Sequence[str], sample: Sequence[Sequence[str]]) -> Iterator[SplitColumns]:
    """Columns of days, months, years and serials: by their names, or four beside each other.

    Half of the check digits must fit. Where day, month and year are all named for a birth those
    suffice that the register gives without one, too.
    """
    days, months, years = (
        [place for place, name in enumerate(plain) if words.search(name)]
        for words in (_OF_DAYS, _OF_MONTHS, _OF_YEARS)
    )
    serials = [
        place for place, name in enumerate(plain)
        if OF_SERIALS.search(name) or MAY_BE_OF_SERIALS.search(name)
    ]  # fmt: skip
    named = {
        SplitColumns(day, serial, month_year=(month, year))
        for day in days[:_MOST_NAMED]
        for month in months[:_MOST_NAMED]
        for year in years[:_MOST_NAMED]
        for serial in serials[:_MOST_NAMED]
        if serial not in (day, month, year)
    }
    # A wide table of figures has thousands of neighbours: most have no cell of a few digits.
    may_be = [
        sum(UP_TO_FOUR.fullmatch(cells[at]) is not None for cells in sample) >= _FEWEST
        for at in range(len(plain))
    ]
    neighbours = (
        SplitColumns(at, at + 3, month_year=(at + 1, at + 2))
        for at in range(len(plain) - 3)
        if all(may_be[at : at + 4]) and not OF_OTHERS.search(plain[at + 3])
    )
    for place in chain(sorted(named, key=lambda place: place.places), neighbours):
        rows = [[cells[at] for at in place.places] for cells in sample]
        rows = [row for row in rows if any(cell.strip() for cell in row)]
        fewest = 1 if place in named else _FEWEST
        tens = [ten for row in rows if (ten := number_of_parts(row))]
        is_of_birth = place in named and all(_OF_BIRTH.search(plain[at]) for at in place.places[:3])
        fitting = sum(map(may_be_issued if is_of_birth else is_hardly_chance, tens))
        if fewest <= len({*tens}) and len(tens) >= _MOSTLY * len(rows) and 2 * fitting >= len(tens):
            yield place


def _confirmed_by_rows(
    place: SplitColumns, plain: Sequence[str], pairs: Sequence[tuple[str, str]]
) -> Iterator[SplitColumns]:
    left, right = plain[place.birth], plain[place.serial]
    is_next = place.serial == place.birth + 1
    if OF_COUNTS.search(left):
        return
    is_named = OF_BIRTHS.search(left) or MAY_BE_OF_BIRTHS.search(left) or (OF_SERIALS.search(right))
    if is_named and is_next and not OF_OTHERS.search(right) and _are_mostly(pairs):
        yield place
        return
    may_be_named = MAY_BE_OF_BIRTHS.search(left) and MAY_BE_OF_SERIALS.search(right)
    if may_be_named and pairs and all(_with_lost_zeros(*pair) for pair in pairs):
        yield SplitColumns(place.birth, place.serial, lost_zeros=True)
        return
    # No count begins with a zero.
    has_zeros = is_next and any(serial_of(right).startswith("0") for _, right in pairs)
    # Codes of a fixed width all have one, and those that count up from it fit by chance alone.
    has_zeros = has_zeros and not all(serial_of(right).startswith("0") for _, right in pairs)
    has_zeros = has_zeros and _are_old_ones_given(pairs)
    if _are_births(pairs, is_split_number) and (has_zeros or _are_given(pairs, False)):
        if not _are_clocks(pairs, is_named=bool(OF_OTHERS.search(right))):
            yield place
    elif _are_births(pairs, _with_lost_zeros) and _are_given(pairs, True):
        yield SplitColumns(place.birth, place.serial, lost_zeros=True)


def _are_mostly(pairs: Sequence[tuple[str, str]]) -> bool:
    return 2 * sum(is_split_number(left, right) for left, right in pairs) >= len(pairs) > 0


def _with_lost_zeros(left: str, right: str) -> bool:
    return is_split_number(left, right, lost_zeros=True)


def _are_births(pairs: Sequence[tuple[str, str]], is_number: Callable[[str, str], bool]) -> bool:
    if len(pairs) < _FEWEST or not all(is_number(left, right) for left, right in pairs):
        return False
    births = [birthdays_of(left, lost_zeros=True)[0] for left, _ in pairs]
    days = [f"{century}{six[4:]}{six[2:4]}{six[:2]}" for six, century in births]
    years = [int(six[4:]) for six, _ in births]
    is_sorted = days == sorted(days) or days == sorted(days, reverse=True)
    within_months = [six[:2] for six, _ in births if not six.startswith(("01", "28", "3"))]
    return (
        not is_sorted
        and max(years) - min(years) > 10
        and 2 * len(within_months) > len(births)
        and _are_days([six[:2] for six, _ in births])
        and not all("1900" <= serial_of(right) <= "2100" for _, right in pairs)
    )


def _are_days(days: Sequence[str]) -> bool:
    """Whether many days of the month are among them, and few beyond 60.

    Schools and institutions are numbered by their municipality: 751012, 101230.
    """
    distinct, beyond = len({*days}), sum(day > "60" for day in days)
    return distinct >= max(2, min(len(days), _DAYS_OF_MANY) / 3) and 2 * beyond <= len(days)


def _are_given(pairs: Sequence[tuple[str, str]], lost_zeros: bool) -> bool:
    """Whether the check digits of most fit, as they do in one of eleven by chance.

    Days of our time with counts from 4000 are such as the register gives since it has none.
    """
    return 2 * sum(bool(given_ten(*pair, lost_zeros)) for pair in pairs) > len(pairs)


def _are_old_ones_given(pairs: Sequence[tuple[str, str]]) -> bool:
    """Whether the check digits of most fit, of those that the register gave with one.

    A year of four digits is of the serial's century in every row, which is proof enough.
    """
    fitting = others = 0
    for left, right in pairs:
        if given_ten(left, right) or all(century for _, century in birthdays_of(left)):
            fitting += 1
        elif not any(may_be_issued(six + serial_of(right)) for six, _ in birthdays_of(left)):
            others += 1
    return fitting > others


def _are_clocks(pairs: Sequence[tuple[str, str]], is_named: bool) -> bool:
    """Whether the rows are days with their times: by the column's name, or by being of our time."""
    serials = [serial_of(right) for _, right in pairs]
    if not all(serial <= "2359" and serial[2] < "6" for serial in serials):
        return False
    births = [birthdays_of(left)[0][0] for left, _ in pairs]
    return is_named or all(map(is_clock_of_our_time, births, serials))
