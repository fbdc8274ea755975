"""What shares are of and rates are per, in titles and heads, beside the indicator's own words.

`Ledige i pct. af befolkningen` are other figures than those in percent of the labour force, and
`indkomst pr. familie` than those per person, however plausible each is.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator

from kpi.domain.model import Indicator
from kpi.ingest.words.telling_words import NUMBER, Telling

_OF = re.compile(
    r"\b(?:pct\.?|procent|andel(?:en)?|promille)\s+af\s+(?P<whole>[^\d,;:()–/]+)", re.IGNORECASE
)
_PER = re.compile(
    r"\b(?:pr\.?|per)\s+(?P<number>\d{1,3}(?:[. ]?000)*\s)?(?P<noun>[^\W\d_]+\d?)", re.IGNORECASE
)
_WORD = re.compile(r"[^\W\d_]+")
# Words before the whole that say nothing of it, and words after it that say something else.
_FILLING_WORDS = """
alle alles de den det hele samtlige samlede totale kommunens kommunernes landets områdets
beboede ledige gruppens aldersgruppen aldersgruppens gruppen årgangen egen
"""
_AFTER_WORDS = """
i på med uden under over mellem fra til for efter fordelt hos der som ved og eller blandt
inden hvor pr per
"""
_FILLING, _AFTER = (frozenset(words.split()) for words in (_FILLING_WORDS, _AFTER_WORDS))
_PEOPLE = ("befolkning", "indbygger", "borger", "person", "folketal", "mennesk")
# A breakdown (`pr. kommune`), a day (`pr. november`) and the time that most figures are of.
_BROKEN_DOWN = re.compile(
    r"\w*(?:kommune|område|region|landsdel|gruppe|trin|branche|skole|institution|klasse|distrikt|"
    r"sogn|bydel|afdeling|kategori|type|center|centre|herkomst|køn|alder|periode|år|år\w{1,2}|dato|"
    r"indikator|nøgletal|land|by|primo|ultimo|medio|januar|februar|marts|april|maj|juni|juli|"
    r"august|september|oktober|november|december|jan|feb|mar|apr|jun|jul|aug|sep|sept|okt|nov|dec|"
    r"cent|den|hver|indsats|forløb|ydelse|sektor|uddannelse|kilde|spørgsmål)\w{0,3}",
    re.IGNORECASE,
)
_TIMES = {"måned": "month", "uge": "week", "dag": "day", "time": "hour", "kvartal": "quarter"}
_AVERAGE = "gennemsnitlig"
# So many first letters of two words make them forms of the same.
_LEAST_ALIKE = 4


def other_bases(text: str, indicators: Iterable[Indicator]) -> list[Telling]:
    """The words of a text for a whole or a unit that none of the indicators is counted by."""
    indicators = list(indicators)
    own = [f"{item.name} . {item.short_name} . {item.definition}" for item in indicators]
    tellings = []
    wholes = [whole for words in own for whole in _wholes(words)]
    for words in _wholes(text):
        if wholes and not any(_alike(words, whole) for whole in wholes):
            phrase = f"af {' '.join(words)}"
            tellings.append(Telling(phrase, NUMBER, phrase))
    pers = [per for words in own for per in _pers(words)]
    if _AVERAGE in text.casefold() and any(item.is_proportion for item in indicators):
        return tellings  # `Gennemsnitligt fravær pr. elev` is the average of the pupils' shares
    for number, noun in _pers(text):
        if _is_time(noun) or _BROKEN_DOWN.fullmatch(noun):
            if all(_is_other_time(noun, item) for item in indicators):
                tellings.append(Telling(f"pr. {noun}", NUMBER, f"pr. {noun}"))
        elif not any(_same_noun(noun, of) and (number == many or not number) for many, of in pers):
            phrase = f"pr. {number} {noun}".replace("  ", " ")
            tellings.append(Telling(phrase, NUMBER, phrase))
    return tellings


def _wholes(text: str) -> Iterator[tuple[str, ...]]:
    """The words for each whole: `befolkningen`, up to what is said of it."""
    for match in _OF.finditer(text):
        words: list[str] = []
        for word in _WORD.findall(match["whole"].partition(". ")[0].casefold()):
            if word in _AFTER:
                break
            if word not in _FILLING:
                words.append(word)
        if words:
            yield tuple(words)


def _pers(text: str) -> Iterator[tuple[str, str]]:
    """Number and noun of each rate: `1000` and `børn` of `pr. 1.000 børn`."""
    for match in _PER.finditer(unicodedata.normalize("NFKC", text)):
        number = re.sub(r"\D", "", match["number"] or "")
        yield number, match["noun"].casefold()


def _alike(words: tuple[str, ...], other: tuple[str, ...]) -> bool:
    return any(_same_noun(word, own) for word in words for own in other)


def _same_noun(word: str, other: str) -> bool:
    if any(word.startswith(people) for people in _PEOPLE):
        return any(other.startswith(people) for people in _PEOPLE)
    short = min(len(word), len(other), max(_LEAST_ALIKE, min(len(word), len(other)) - 2))
    return word[:short] == other[:short]


def _is_time(noun: str) -> bool:
    return any(noun in (time, f"{time}en", f"{time}n") for time in _TIMES)


def _is_other_time(noun: str, indicator: Indicator) -> bool:
    """Whether an amount of one time is said to be of another: a month of what is a year's."""
    own = indicator.unit.rpartition("_per_")[2]
    if own not in {*_TIMES.values(), "year"}:
        return False
    return any(noun.startswith(word) and own != time for word, time in _TIMES.items())
