"""Titles of a measure that is nearly the indicator's: `Ækvivaleret disponibel indkomst`.

Such a title has the indicator's own words, and a word beside them that makes the figures others: a
quality before (`skattepligtig indkomst`), whose they are (`arbejdsstyrkens andel`), what is taken
off after them (`før skat`), another day than the definition's (`ultimo kvartalet`), a total where
it is a mean (totals_and_means.py).
"""

import re
from collections.abc import Collection, Iterable, Iterator
from itertools import pairwise

from kpi.domain.errors import Problem
from kpi.domain.model import Indicator
from kpi.domain.wording import listing
from kpi.ingest.checks.meant import Meant
from kpi.ingest.checks.title_people import is_of_source
from kpi.ingest.checks.totals_and_means import other_total
from kpi.ingest.table.raw import Beside
from kpi.ingest.words.heads import BROKEN_DOWN
from kpi.ingest.words.title_words import called, unreported_titles

_TABLE_ID = re.compile(r"^\s*[A-ZÆØÅ]{2,8}\d{1,4}[A-Z]{0,2}\d?\s*[:.–-]?\s+")
_PART = re.compile(r"\s*[,;:()–/]\s*|\s+-\s+")
_WORD = re.compile(r"[^\W\d_]+")
# How words end that say whose or of what quality the next one is.
_QUALITY = re.compile(r".{2,}(?:et|ede|lige?|t?ige?|iske?|i[vl]e?|ende|ale?|[^aeiouyæøås]s)")
_MEASURED = frozenset(
    ("andel", "andele", "antal", "antallet", "frekvens", "grad", "procent", "procentandel",
     "gennemsnit", "kvote", "rate", "indeks")
)  # fmt: skip
# Qualities that are of the table or of all its figures, and whose tables they are.
_OF_TABLES_WORDS = """
samlet samlede samtlige aktuelle seneste sidste endelig endelige foreløbig foreløbige årlig årlige
månedlig månedlige kvartalsvis udvalgte enkelte forskellige centrale vigtige øvrige kommunale
kommunal regional regionale national nationale lokale landets kommunens kommunernes områdets
områdernes byens byernes danske dansk officielle officiel statistiske opdateret opdaterede
revideret reviderede korte faktiske faktisk realiseret realiserede generelle generel nuværende
tidligere gældende pågældende relevante almindelig almindelige dens deres vores årets skoleårets
gennemsnitlig gennemsnitlige økonomisk økonomiske sociale social
"""
_OF_TABLES = frozenset(_OF_TABLES_WORDS.split())
_BODIES = re.compile(
    r".*(?:udvalg|byråd|råd|magistrat|forvaltning|afdeling|center|centr|kommun|danmark|rapport|styrelse"
    r"|ministeri|statistik|jobindsats|spor|team|program|projekt|indsats)\w*s"
)
_TAKEN_OFF = re.compile(
    r"\b(?:før|fratrukket|inkl\.?|inklusive|ekskl\.?|eksklusive|korrigeret for|minus)"
    r"\s+([^\W\d_]+)",
    re.IGNORECASE,
)
# Nouns that other measures of the same field end with, too: `jobfrekvens`, `skolefrekvens`.
_LEAST_TAIL, _LEAST_BEGINNING = 8, 2
# A part of a title that is one of these alone says how the figures were made.
_MIDDLES = ("median", "gennemsnit")

# At the beginning, in the middle and at the end of a month, a quarter or a year.
_MOMENT = re.compile(
    r"\b(?P<begin>primo|(?:ved\s)?(?:års|årets|kvartalets|månedens)\s?(?:begyndelse|start)"
    r"|(?:den|pr\.?)?\s?1\.\s?(?:i\s|januar|april|juli|oktober))"
    r"|\b(?P<middle>medio|(?:ved\s)?årets\s?midte)"
    r"|\b(?P<end>ultimo|ult\.|(?:ved\s)?udgangen\saf|(?:ved\s)?(?:års|årets|kvartalets|månedens)\s?"
    r"(?:udgang|slutning|afslutning)|(?:den|pr\.?)?\s?3[01]\.\s?(?:december|marts|juni|september))",
    re.IGNORECASE,
)
# The month of a day decides where both name one.
_MONTH = re.compile(
    r"januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december"
)
_WRITTEN_ON = re.compile(
    r"\b\d{1,2}\.\s?[a-zæøå]+\s(?:19|20)\d\d|\b(?:udtræk|udtrukket|opdateret|hentet|dannet|notat|møde)\w*",
    re.IGNORECASE,
)


def other_measures(
    texts: Iterable[Beside], meant: Meant, reported: Collection[str | None]
) -> list[Problem]:
    """A warning of the first title of a measure that is nearly the indicator's, and is another.

    A text that is `reported` already, by its first words, is not reported again.
    """
    for text, shown in unreported_titles(texts, reported):
        if is_of_source(text.text):
            continue
        strange = [*_qualities(text.text, meant), *_other_moments(text.text, meant.indicators)]
        strange = strange or [
            total.word for total in other_total(text.text, meant, is_head=False)
        ]  # fmt: skip
        if strange:
            words = listing([f"»{word}«" for word in dict.fromkeys(strange)])
            return [
                Problem(
                    "text_words", "", text.row, None, shown,
                    f"{called(text)} siger {words}, som nøgletallet ikke siger. Tallene gemmes som "
                    f"{meant.stored_as()}.",
                    "Kontrollér, at det er nøgletallets egne tal og ikke et andet mål.",
                )
            ]  # fmt: skip
    return []


def _qualities(text: str, meant: Meant) -> Iterator[str]:
    """The words of a title that make the indicator's own words those of another measure."""
    measure = BROKEN_DOWN.split(_TABLE_ID.sub("", text))[0]
    for part in _PART.split(measure):
        words = _WORD.findall(part)
        if len(words) == 1 and words[0].casefold() in _MIDDLES:
            yield from _other_middle(words[0].casefold(), meant)
        unread = set(meant.unread_words(part))
        strange = [word for word in words if word in unread and not meant.is_place_word(word)]
        for word, following in pairwise(words):
            is_of_measure = following.casefold() in _MEASURED or meant.is_mentioned(following)
            if is_of_measure and word in strange and _is_quality(word.casefold()):
                yield f"{word} {following}"
        if any(map(meant.is_mentioned, words)):
            yield from (match[0] for match in _TAKEN_OFF.finditer(part) if match[1] in strange)
        yield from (word for word in strange if meant.shares_tail(word, _LEAST_TAIL))


def _is_quality(word: str) -> bool:
    return bool(_QUALITY.fullmatch(word) and word not in _OF_TABLES and not _BODIES.fullmatch(word))


def _other_middle(word: str, meant: Meant) -> Iterator[str]:
    """A middle that is not the one which the indicator says it is."""
    own = " ".join(f"{item.name} {item.definition}" for item in meant.indicators).casefold()
    if word not in own and any(middle in own for middle in _MIDDLES):
        yield word


def _other_moments(text: str, indicators: Iterable[Indicator]) -> Iterator[str]:
    """The day of a title on which no indicator's definition counts."""
    if _WRITTEN_ON.search(text) or (match := _MOMENT.search(text)) is None:
        return
    own = [
        found
        for item in indicators
        for words in (item.definition, item.name)
        if (found := _MOMENT.search(words))
    ]
    if own and not any(_is_same(match, text, other) for other in own):
        yield match[0].strip()


def _is_same(match: re.Match[str], text: str, own: re.Match[str]) -> bool:
    """Whether two moments may be the same day."""
    if match.lastgroup != own.lastgroup:
        return False
    month = _MONTH.search(text[match.start() :].casefold())
    own_month = _MONTH.search(own.string[own.start() :].casefold())
    return month is None or own_month is None or month[0] == own_month[0]
