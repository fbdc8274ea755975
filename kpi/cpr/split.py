"""A CPR number in several cells: a day of birth in one or three, the four digits in another."""

import re
from collections.abc import Sequence
from datetime import date, timedelta

from kpi.cpr.column_names import plain_name
from kpi.cpr.digits import birth_century, fits_check, is_birthday
from kpi.cpr.months import MONTH_NAMES, MONTHS
from kpi.cpr.written import DAY_FIRST, YEAR_FIRST

# A number that a workbook typed as a number carries a mark before it (kpi.ingest.table.raw.TYPED).
_FOUR = re.compile(r"\x02?\s*[-\u2013]?\s*(\d{4})(?:[.,]0+)?\s*", re.ASCII)
UP_TO_FOUR = re.compile(r"\x02?\s*[-\u2013]?\s*(\d{1,4})(?:[.,]0+)?\s*", re.ASCII)
_SIX = re.compile(r"\x02?\s*(\d{6})\s*[-\u2013]?(?:[.,]0+)?\s*", re.ASCII)
_EIGHT = re.compile(r"\x02?\s*(\d{4})(\d\d)(\d\d)(?:[.,]0+)?\s*", re.ASCII)
_MASKED = re.compile(r"\s*(\d{6})[- ]?(?:[xX*_#?]{1,4}|\.{2,4})\s*", re.ASCII)
# Excel keeps a text so (`="0616"`, `'0616`), and so do programs that write what it reads.
_QUOTED = re.compile(r"""\s*(?:="([^"]*)"|'([^']*)'?|"([^"]*)")\s*""")
_MASKED_BIRTH = re.compile(
    r"\s*(?:[xX*_#?•]{2,6}|dd[-./ ]?mm[-./ ]?[åay]{2,4})\s*[- ]?\s*(\d{4})\s*",
    re.ASCII | re.IGNORECASE,
)
# Accounts are masked, too, but not so.
_MASK_OF_DAY = re.compile(
    r"\s*(?:(?:[xX]{6}|[*#?•]{6}|_{6})\s?[-/]|dd[-./ ]?mm[-./ ]?[åay]{2,4}).*", re.IGNORECASE
)
_FIVE = re.compile(r"\x02?\s*(\d{5})(?:[.,]0+)?\s*", re.ASCII)
_WITH_WORD = re.compile(
    rf"\s*(\d{{1,2}})[-. ]{{0,3}}({MONTH_NAMES})[a-z]{{0,6}}[-. ,]{{0,3}}"
    r"(\d{4}|\d\d)(?![\d./-])",
    re.IGNORECASE,
)
OF_BIRTHS = re.compile(
    r"f(?:ø|oe|o)dsels?da|fdato|f(?:ø|oe|o)ddato|birthda|dateofbirth|^dob$|cpr(?!regist|kontor)|personn"
)
# Also what counts births is called so.
MAY_BE_OF_BIRTHS = re.compile(r"f(?:ø|oe|o)dt(?!e)|birth(?!s|rate)|^f(?:ø|oe|o)d$")
OF_SERIALS = re.compile(
    r"cpr(?!regist|kontor)|sidste(?:4|fire)|(?:4|fire)sidste|kontrol(?:cif|num|nr)|endecif|persnr|4cifre|firecifre|^sidste$|sidstecif|slutcif"
)
# Also a journal numbers its lines so.
MAY_BE_OF_SERIALS = re.compile(
    r"l(?:ø|oe|o)be?nr|l(?:ø|oe|o)benummer|^lbnr|^l(?:ø|oe|o)be?$|serial|^kontrol$"
)
OF_OTHERS = re.compile(
    r"antal|count|tid|^kl|klok|hhmm|time|minut|^(?:å|aa)r|year|v(?:æ|ae)rdi|bel(?:ø|oe)b"
    r"|postn|postkode|kommunen|kommunek"
)
OF_COUNTS = re.compile("antal|count")
_FIRST_EXCEL_DAY = date(1899, 12, 30)
_EXCEL_DAYS = range(3_000, 60_000)


def may_be_split(name: str) -> bool:
    """Whether a column's name says that it contains a part of CPR numbers."""
    plain = plain_name(name)
    return any(
        words.search(plain)
        for words in (OF_BIRTHS, MAY_BE_OF_BIRTHS, OF_SERIALS, MAY_BE_OF_SERIALS)
    )


def is_split_number(left: str, right: str, lost_zeros: bool = False) -> bool:
    """Whether two cells are a date of birth and four digits that fit its century."""
    serial = serial_of(right, lost_zeros)
    return bool(serial) and any(
        is_birthday(six, serial) and century in ("", birth_century(six, serial))
        for six, century in birthdays_of(left, lost_zeros)
    )


def given_ten(left: str, right: str, lost_zeros: bool = False) -> str:
    """The ten digits of a day and a serial whose check digit fits; empty where it does not."""
    serial = serial_of(right, True)
    for six, century in birthdays_of(left, lost_zeros) if serial else ():
        ten = six + serial
        is_number = is_birthday(six, serial) and century in ("", birth_century(six, serial))
        if is_number and (fits_check(ten) or ten.startswith("0101")):
            return ten
    return ""


def names_birth(name: str) -> bool:
    """Whether a name says that what it names is a day of birth; a count of births is none."""
    plain = plain_name(name)
    is_birth = OF_BIRTHS.search(plain) or MAY_BE_OF_BIRTHS.search(plain)
    return is_birth is not None and not OF_OTHERS.search(plain)


def names_serial(name: str) -> bool:
    """Whether a name says that what it names is the four digits after a day of birth."""
    plain = plain_name(name)
    is_serial = OF_SERIALS.search(plain) or MAY_BE_OF_SERIALS.search(plain)
    return is_serial is not None and not OF_OTHERS.search(plain)


def _unquoted(cell: str) -> str:
    """A cell without the quotes that keep a text a text."""
    if cell.lstrip()[:1] not in ("=", "'", '"') or not cell:
        return cell
    match = _QUOTED.fullmatch(cell)
    return "".join(filter(None, match.groups())) if match else cell


def serial_of(cell: str, lost_zeros: bool = False) -> str:
    """The four digits of a cell, or empty text."""
    cell = _unquoted(cell)
    match = (UP_TO_FOUR if lost_zeros else _FOUR).fullmatch(cell) or _MASKED_BIRTH.fullmatch(cell)
    return match[1].zfill(4) if match else ""


def masks_day(cell: str) -> bool:
    """Whether a cell is four digits behind a mask of a day (`ddmmåå-4916`)."""
    return bool(serial_of(cell)) and _MASK_OF_DAY.fullmatch(cell) is not None


def birthdays_of(cell: str, lost_zeros: bool = False) -> list[tuple[str, str]]:
    """Six digits of a date that a cell may be, and the first two of its year where it says them."""
    cell = _unquoted(cell)
    if match := _SIX.fullmatch(cell):
        return [(match[1], "")]
    if match := _MASKED.fullmatch(cell):
        return [(match[1], "")]
    if match := _EIGHT.fullmatch(cell):
        first, second, third = match.groups()
        either = (third + second + first[2:], first[:2]), (first + third, second)
        return [born for born in either if born[0][:2] <= "31" and born[0][2:4] <= "12"]
    if match := YEAR_FIRST.match(cell):
        year, month, day = match.groups()
        return [(day.zfill(2) + month.zfill(2) + year[-2:], year[:-2])]
    if match := DAY_FIRST.match(cell):
        day, month, year = match.groups()
        if int(month) > 12:  # as Americans write it
            day, month = month, day
        return [(day.zfill(2) + month.zfill(2) + year[-2:], year[:-2])]
    if match := _WITH_WORD.match(cell):
        month = f"{MONTHS[match[2].casefold()]:02}"
        return [(match[1].zfill(2) + month + match[3][-2:], match[3][:-2])]
    if lost_zeros and (match := _FIVE.fullmatch(cell)):
        days = int(match[1])
        counted = _FIRST_EXCEL_DAY + timedelta(days=days)
        excel = [(f"{counted:%d%m%y}", f"{counted.year // 100}")] if days in _EXCEL_DAYS else []
        return [("0" + match[1], ""), *excel]
    return []


def number_of_parts(cells: Sequence[str]) -> str:
    """The ten digits of a day, a month, a year and a serial in cells; empty where they are none."""
    matches = [UP_TO_FOUR.fullmatch(cell) for cell in cells]
    day, month, year, serial = [match[1] if match else "" for match in matches]
    if not (day and month and year and serial) or len(year) == 3 or max(len(day), len(month)) > 2:
        return ""
    six, serial = day.zfill(2) + month.zfill(2) + year.zfill(2)[-2:], serial.zfill(4)
    century = year[:-2] if len(year) == 4 else ""
    is_number = is_birthday(six, serial) and century in ("", birth_century(six, serial))
    return six + serial if is_number else ""
