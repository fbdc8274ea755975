"""The units that number formats of cells write beside numbers: `kr.`, `€`, `personer`, `dage`.

In texts those are read that say nothing of how many there are: not `mio. kr.`, nor `tusind`.
"""

import re

KRONER, CURRENCY, PERSONS, POINTS, RATE, INDEX = (
    "kr.", "fremmed valuta", "antal", "procentpoint", "pr. 1.000", "indekstal",
)  # fmt: skip
_ANY_CURRENCY = r"€|\$|£|¥|\b(?:euro?|usd|gbp|sek|nok|isk|chf|dollars?|pund)\b"
# Money may have words of its own beside it (`kr. pr. barn`); other units stand alone.
_KINDS = tuple(
    (re.compile(pattern, re.IGNORECASE), kind)
    for pattern, kind in (
        (rf".*(?:{_ANY_CURRENCY}).*", CURRENCY),
        (r"(?:.*\W|t|td)?(?:kr|dkk|kroner)\b.*", KRONER),
        (r"(?:personer|pers\.?|borgere|børn|elever|familier|husstande|boliger|sager|stk\.?|ansatte)",
         PERSONS),
        (r"(?:pct\.?|procent|%)[ .-]?points?|%-?point|pp\.?", POINTS),
        (r"(?:pr\.?|per) ?1(?:[. ]?0){2,}\b.*", RATE),
        (r"indeks(?:tal)?", INDEX),
        (r"(?:timer?|t\.|hours?|hrs?)(?: .*|/.*)?", "timer"), (r"min\.?|minut(?:ter)?", "minutter"),
        (r"dage?|døgn|days?", "dage"), (r"uger?|weeks?", "uger"),
        (r"måned(?:er)?|mdr?\.?|months?", "måneder"), (r"år|years?", "år"),
        (r"m[²2³3]?|km|ha|kg|tons?|kwh|mwh", "mål og vægt"),
    )
)  # fmt: skip
_WRITTEN = (
    r"kr\.?|kroner|dkk|personer|persons|pers\.?|borgere|børn|elever|familier|husstande|boliger|sager|"
    r"stk\.?|ansatte|timer|min\.?|minutter|dage|døgn|uger|måneder|mdr\.?|år"
)
_WRITTEN_LAST = re.compile(rf"(.*[9%])\s?({_WRITTEN})", re.IGNORECASE)
# `290.123,-` and `kr. 290.123`
_MONEY_LAST = re.compile(r"(.*9),(-|–)(?: ?kr\.?)?")
_MONEY_FIRST = re.compile(r"(kr\.?|dkk)\s?(.*9)(?:,-)?", re.IGNORECASE)
# Units of time and size, which are no counts of anything.
MEASURES = ("timer", "minutter", "dage", "uger", "måneder", "år", "mål og vægt")


def cell_unit(words: str) -> str:
    """The kind of the unit that a format writes; empty where its words are none that is known."""
    return next((kind for pattern, kind in _KINDS if pattern.fullmatch(words)), "")


def written_unit(text: str) -> tuple[str, str]:
    """The number and the unit of a text whose digits are `9`: `999.999 kr.`; else both empty."""
    if match := _WRITTEN_LAST.fullmatch(text):
        return match[1], match[2]
    if match := _MONEY_FIRST.fullmatch(text):
        return match[2], match[1]
    match = _MONEY_LAST.fullmatch(text)
    return (match[1], KRONER) if match else ("", "")
