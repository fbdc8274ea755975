"""Numbers whose first zero a program took for nothing: nine digits in a column of persons."""

import re
from collections.abc import Iterable
from itertools import islice

from kpi.cpr.cells import MOST_CELLS
from kpi.cpr.column_names import plain_name
from kpi.cpr.digits import is_birthday, may_be_issued

_NINE = re.compile(r"\x02?\s*(\d{9})(?:[.,]0+)?\s*", re.ASCII)
_OF_PERSONS = re.compile(
    r"person|borger(?!e|service)|klient|^barn|barnets|^elev(?!er)|patient|ans(?:ø|oe)ger|modtager(?!e)"
    r"|for(?:æ|ae)lder|^mor$|^far$|(?:æ|ae)gtef|v(?:æ|ae)rge|p(?:å|aa)r(?:ø|oe)rende|medarbejder(?!e)"
    r"|^ansat|^navn$|^part$|lejer|beboer(?!e)|kontakt|f(?:ø|oe)d(?:t|sel)"
)
_OF_FIGURES = re.compile(
    r"antal|pr(?:person|borger)|udgift|bel(?:ø|oe)b|kr$|v(?:æ|ae)rdi|andel|sum"
)


def are_shortened(name: str, cells: Iterable[str]) -> bool:
    """Whether most of the nine digits in a column named for persons are numbers without a zero.

    Of chance digits one in eight has such a month, and one in five of these is such as is given.
    """
    plain = plain_name(name)
    if not _OF_PERSONS.search(plain) or _OF_FIGURES.search(plain):
        return False
    nines = [
        f"0{match[1]}" for cell in islice(cells, MOST_CELLS) if (match := _NINE.fullmatch(cell))
    ]
    given = sum(is_birthday(ten[:6], ten[6:]) and may_be_issued(ten) for ten in nines)
    return 2 * given > len(nines)
