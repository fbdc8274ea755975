"""What figures count, as heads, titles and units name it: persons, families, dwellings, cases.

Tables of households have the columns of tables of persons, and their figures are as plausible.
"""

import re
from collections.abc import Iterable

from kpi.domain.model import Indicator
from kpi.domain.units import unit_words

_PERSONS, _FULL_TIME = "personer", "fuldtidspersoner"
# The kind of a thing, and the forms that are counted of it. Not `familie` and `bolig`, which stand
# before other words for what a person has or is in.
_THINGS = tuple(
    (kind, re.compile(rf"(?<![^\W\d_])(?:{words})s?(?![^\W\d_])", re.IGNORECASE))
    for kind, words in (
        (_PERSONS,
         r"pers(?:\.|oner(?:ne)?)?|persons?|people|borgere?(?:ne)?|indbygger(?:e|ne)?|mennesker"
         r"|individer|beboere?(?:ne)?|befolkning(?:en)?|population|børn(?:ene)?|barn|children"
         r"|elev(?:er|erne)?|pupils|unge|voksne|kvinder(?:ne)?|mænd(?:ene)?|forældre(?:ne)?"
         r"|deltagere?(?:ne)?|modtagere?(?:ne)?|ledige|medarbejdere?(?:ne)?|ansatte|\d\d-årige"),
        ("familier", r"(?:børne)?familier(?:ne)?|families"),
        ("husstande", r"husstande(?:ne)?|husholdninger(?:ne)?|households"),
        ("boliger", r"boliger(?:ne)?|lejemål(?:ene)?|lejligheder(?:ne)?|dwellings"),
        ("sager", r"(?:enkelt|børne)?sager(?:ne)?|cases"),
        ("virksomheder", r"virksomheder(?:ne)?|arbejdspladser(?:ne)?|enterprises"),
        (_FULL_TIME,
         r"(?:fuldtids|helårs|helårsfuldtids|års)person(?:er|erne)?|fuldtidsbeskæftigede|årsværk"
         r"|fuldtidsansatte|fuldtidsledige|fuldtidsmodtagere"),
        ("underretninger", r"underretninger(?:ne)?|notifications"),
        ("forløb", r"forløb(?:ene)?|courses"),
        ("pladser", r"pladser(?:ne)?|places"),
        ("workshops", r"workshops"),
        ("ansøgninger", r"ansøgninger(?:ne)?|applications"),
        ("henvendelser", r"henvendelser(?:ne)?"),
    )
)  # fmt: skip


def things_in(texts: Iterable[str]) -> dict[str, str]:
    """The kinds of things that texts name, each with the word for it as it is written."""
    return {
        kind: match[0]
        for text in texts
        for kind, pattern in _THINGS
        if (match := pattern.search(text.replace("_", " ")))
    }


def things_of(indicator: Indicator, further: Iterable[str] = ()) -> frozenset[str]:
    """The kinds of things that an indicator's figures are of; none where nothing says so.

    A count is of what its unit names; what a share or a mean is of, its name and definition say, or
    the `further` texts.
    """
    texts = (indicator.name, indicator.short_name, *indicator.aliases, indicator.definition)
    named = {*things_in((*texts, *further))}
    unit = {*things_in(unit_words(indicator.unit))}
    if indicator.is_quantity and unit:
        # People counted as full-time ones are persons, too.
        return frozenset(unit | (named & {_FULL_TIME} if unit == {_PERSONS} else set()))
    return frozenset(named | unit | ({_PERSONS} if _FULL_TIME in named else set()))


def other_thing(text: str, own: frozenset[str]) -> tuple[str, str] | None:
    """What a text counts that is none of the `own` kinds, with its word; None where it may be.

    Nothing is said where either side names no thing, or the text names one of the own.
    """
    named = things_in([text])
    if not named or not own or not own.isdisjoint(named):
        return None
    return next(iter(named.items()))
