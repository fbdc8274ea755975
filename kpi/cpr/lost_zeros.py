"""Numbers whose first zero a program took for nothing: nine digits in a column, or of a person.

Of chance nine digits one in a hundred is a birthday whose check digit fits: in a column of ids one
counts, and in any other column of a table with a person's name or birthday; else two, three where
the column is called for figures. In a text a word for a person must stand before them.
"""

import re
from collections.abc import Iterable, Sequence
from itertools import islice

from kpi.cpr.beside import names_case, names_object, names_several
from kpi.cpr.column_names import OF_IDS, OF_MONEY, OF_OBJECTS, OF_SECONDS, plain_name
from kpi.cpr.columns import MOST_CELLS
from kpi.cpr.counters import are_counted_up
from kpi.cpr.cut import MONEY_BESIDE
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
# A table with such a column is a list of persons, one a row.
_OF_ONE_PERSON = re.compile(
    r"^(?:for|mellem|efter)?navne?$|^borger(?:en|ens?navn)?$|^(?:klient|patient|barn|elev)(?:en|et)?s?(?:navn)?$"
    r"|f(?:ø|oe)d(?:t$|sels?da)|^dob$|^e?mail$|^telefon|^mobil"
)
_FEWEST_UNNAMED, _FEWEST_OF_FIGURES = 2, 3
_IN_TEXT = re.compile(
    r"(?<![\w%#])(?<![\d][-.,:/ ])(?:([1-9]\d{8})(?:[.,]0+)?|([1-9]\d\d)([ .,'])(\d{3})\3(\d{3}))"
    r"(?!\w|[-.,:/ ]?\d|%)"
)
_PERSON_BEFORE = re.compile(
    r"(?<![^\W\d_])(?:f(?:ø|oe)dt|f(?:ø|oe)dselsda(?:g|to)\w{0,2}|borger(?:en|ens)?|klient(?:en|ens)?"
    r"|patient(?:en|ens)?|barn(?:et|ets)?|elev(?:en|ens)?|ans(?:ø|oe)ger(?:en|ens)?|person(?:en|ens)?|moderen"
    r"|faderen|moren|faren|(?:hans|hendes|dennes|deres|mit|sit) (?:nummer|nr|id))(?![^\W_])"
    r"[^\d\x1f]{0,24}\Z",
    re.IGNORECASE,
)
_NEAR = 64


def are_shortened(name: str, cells: Iterable[str], columns: Sequence[str] = ()) -> bool:
    """Whether most of the nine digits in a column are numbers without a zero.

    In one named for persons such as the register gives: of chance digits one in eight has such a
    month, and one in five of these is such. In one of ids, and in any beside `columns` of which one
    is a person's, those whose check digit fits; in any other two different ones at least, three in
    one of figures or objects.
    """
    plain = plain_name(name)
    is_of_persons = _OF_PERSONS.search(plain) is not None
    of_others = (OF_OBJECTS, OF_MONEY, OF_SECONDS) if not is_of_persons else ()
    is_of_figures = any(names.search(plain) for names in (_OF_FIGURES, *of_others))
    nines = [
        f"0{match[1]}" for cell in islice(cells, MOST_CELLS) if (match := _NINE.fullmatch(cell))
    ]
    is_given = may_be_issued if is_of_persons and not is_of_figures else fits_check
    given = {ten for ten in nines if is_birthday(ten[:6], ten[6:]) and is_given(ten)}
    if not given or 2 * sum(ten in given for ten in nines) <= len(nines) or are_counted_up(nines):
        return False
    if is_of_figures:
        return len(given) >= _FEWEST_OF_FIGURES
    is_one = is_of_persons or OF_IDS.search(plain) or any(map(is_of_one_person, columns))
    return len(given) >= (1 if is_one else _FEWEST_UNNAMED)


def is_of_one_person(name: str) -> bool:
    """Whether a column is called as one of a list of persons is: a name, a birthday, a phone."""
    return _OF_ONE_PERSON.search(plain_name(name)) is not None


def holds_nine_of_person(text: str) -> bool:
    """Whether a text that kpi/cpr/reading.py read has nine such digits behind a person's word."""
    return any(
        _PERSON_BEFORE.search(match.string[max(0, match.start() - _NEAR) : match.start()])
        for match in nines_within(text)
    )


def nines_within(text: str) -> Iterable[re.Match[str]]:
    """The nine digits of a text that fit, of which nothing around says that they are no person's.

    Read for the text by kpi/cpr/reading.py.
    """
    for match in _IN_TEXT.finditer(text):
        ten = "0" + (match[1] or match[2] + match[4] + match[5])
        if not is_birthday(ten[:6], ten[6:]) or not fits_check(ten):
            continue
        before = text[max(0, match.start() - _NEAR) : match.start()]
        after = text[match.end() :][:_NEAR]
        is_other = names_case(before) or names_object(before) or names_several(after)
        if not is_other and not any(map(MONEY_BESIDE.search, (before, after))):
            yield match
