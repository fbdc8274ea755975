"""Numbers whose first zero a program took for nothing: nine digits in a column of persons or ids.

Of chance nine digits one in a hundred is a birthday whose check digit fits: in a column of ids one
counts, in any other two.
"""

import re
from collections.abc import Iterable
from itertools import islice

from kpi.cpr.column_names import OF_IDS, OF_MONEY, OF_OBJECTS, OF_SECONDS, plain_name
from kpi.cpr.columns import MOST_CELLS
from kpi.cpr.digits import fits_check, is_birthday, may_be_issued

_NINE = re.compile(r"\x02?\s*(\d{9})(?:[.,]0+)?\s*", re.ASCII)
_OF_PERSONS = re.compile(
    r"person|borger(?!e|service)|klient|^barn|barnets|^elev(?!er)|patient|ans(?:ø|oe)ger|modtager(?!e)"
    r"|for(?:æ|ae)lder|^mor$|^far$|(?:æ|ae)gtef|v(?:æ|ae)rge|p(?:å|aa)r(?:ø|oe)rende|medarbejder(?!e)"
    r"|^ansat|^navn$|^part$|lejer|beboer(?!e)|kontakt|f(?:ø|oe)d(?:t|sel)"
)
_OF_FIGURES = re.compile(
    r"antal|pr(?:person|borger)|udgift|bel(?:ø|oe)b|kr$|v(?:æ|ae)rdi|value|amount|andel|sum|indbyg"
    r"|befolkn|^\d+$|(?:å|aa)r$|year$|tal$"
)
_FEWEST_UNNAMED = 2


def are_shortened(name: str, cells: Iterable[str]) -> bool:
    """Whether most of the nine digits in a column are numbers without a zero.

    In one named for persons such as the register gives: of chance digits one in eight has such a
    month, and one in five of these is such. In one of ids those whose check digit fits, and in any
    other that is not of figures or objects too, two different ones at least.
    """
    plain = plain_name(name)
    is_of_persons = _OF_PERSONS.search(plain) is not None
    of_others = (OF_OBJECTS, OF_MONEY, OF_SECONDS) if not is_of_persons else ()
    if any(names.search(plain) for names in (_OF_FIGURES, *of_others)):
        return False
    nines = [
        f"0{match[1]}" for cell in islice(cells, MOST_CELLS) if (match := _NINE.fullmatch(cell))
    ]
    is_given = may_be_issued if is_of_persons else fits_check
    given = [ten for ten in nines if is_birthday(ten[:6], ten[6:]) and is_given(ten)]
    fewest = 1 if is_of_persons or OF_IDS.search(plain) else _FEWEST_UNNAMED
    return len({*given}) >= fewest and 2 * len(given) > len(nines)
