"""The grammar of a CPR number in a text: day, month and year, and four more digits, parted anyhow.

What is found need not be one: kpi/cpr/spelling.py judges what is between, and what is around it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kpi.cpr.beside import is_no_time

LAST_CLOCK = "2359"
# What may be between two of the parts. A comma parts two numbers.
_APART = r"(?: {0,4}[-/_+~.:*'=#()]{1,3}(?: {0,4}[-*'()]{1,3})? {0,4}| {1,4})?"
_PARTS = re.compile(
    rf"(?<!\d)(?=(\d\d?)({_APART})(\d\d?)({_APART})(\d{{4}}|\d\d)({_APART})(\d{{4}})(?!\d))"
)
_YEAR_FIRST = re.compile(rf"(?<!\d)(?=(\d{{4}})([-.]?)(\d\d)\2(\d\d)({_APART})(\d{{4}})(?!\d))")


@dataclass(frozen=True)
class Candidate:
    """A day of birth and four digits that a text may hold, and what parts them."""

    day: str
    month: str
    year: str
    serial: str
    after_day: str
    after_month: str
    between: str
    start: int
    end: int

    @property
    def birthday(self) -> str:
        """Day, month and year in two digits each."""
        return self.day.zfill(2) + self.month.zfill(2) + self.year[-2:]

    @property
    def digits(self) -> str:
        """Day of birth and serial: the ten digits without marks."""
        return self.birthday + self.serial

    @property
    def century(self) -> str:
        """The first two of four digits of a year."""
        return self.year[:-2]

    @property
    def is_of_this_century(self) -> bool:
        """Whether the day may be of our time: a year of four digits says so."""
        return self.century in ("", "20")

    @property
    def is_joined(self) -> bool:
        """Whether the date is written in one."""
        return not self.after_day and not self.after_month

    @property
    def is_dated(self) -> bool:
        """Whether the date is written with marks between, or with spaces."""
        return bool(self.after_day) and bool(self.after_month)

    @property
    def is_spaced_date(self) -> bool:
        """Whether the date has spaces alone between its parts."""
        return self.is_dated and not (self.after_day + self.after_month).strip()

    @property
    def has_short_parts(self) -> bool:
        """Whether day or month is one digit."""
        return len(self.day + self.month) < 4


def candidates(text: str) -> Iterator[Candidate]:
    """Every place of the text that is written as one may be, with the year last or first."""
    for match in _PARTS.finditer(text):
        day, after_day, month, after_month, year, between, serial = match.groups()
        yield Candidate(
            day, month, year, serial, after_day, after_month, between, match.start(), match.end(7)
        )
    for match in _YEAR_FIRST.finditer(text):
        year, mark, month, day, between, serial = match.groups()
        ten = day + month + year[-2:] + serial
        if (
            between
            and "/" not in between
            and (serial > LAST_CLOCK or is_no_time(year, ten, between, text[: match.start()]))
        ):
            yield Candidate(
                day, month, year, serial, mark, mark, between, match.start(), match.end(6)
            )
