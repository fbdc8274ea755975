"""The words of an indicator and its groups, and the words of a text that contradict them."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import takewhile

from kpi.domain.catalog import Catalog
from kpi.domain.model import Indicator, PopulationGroup
from kpi.domain.units import unit_words
from kpi.domain.wording import listing
from kpi.ingest.checks.bases import other_bases
from kpi.ingest.mapping.recipe import Recipe
from kpi.ingest.words.area_lookup import area_lookup
from kpi.ingest.words.counted_things import other_thing, things_of
from kpi.ingest.words.heads import BROKEN_DOWN, unit_under
from kpi.ingest.words.labels import group_guess, is_total
from kpi.ingest.words.lookup import Lookup, in_two_letters, indicator_lookup
from kpi.ingest.words.telling_words import (
    FILE,
    HEAD,
    NUMBER,
    ORIGIN,
    TITLE,
    Telling,
    meanings,
    telling_words,
    tells_of_everybody,
)
from kpi.ingest.words.units import fits_indicator, unit_kind

# Words of heads that add nothing to what the figures are.
_HARMLESS_WORDS = """
år året aar årig årige årlig årligt årstal i alt ialt total totalt sum pct procent percent
procentandel per cent value værdi værdien værdier vaerdi tal tallet indhold content contents obs
status kolonne column data resultat resultater realiseret faktisk faktiske regnskab opgjort
opgørelse endelig endelige foreløbig foreløbige foreløbigt revideret opdateret seneste pr på
af den det de for til ved med og om en et ultimo primo udgangen kommune kommunen kommuner område by
kr kroner dkk beløb beløbet mio mia tusinde antal andel andelen share number count of in the rate
grad personer gennemsnit gennemsnitlig gennemsnitligt gennemsnitlige gns snit
borgere persons people december november oktober september august juli juni maj april marts februar
januar kvartal måned halvår uge kvt nøgletal indikator alle all samlet
year years aged
udtræk tabel table oversigt efter fordelt kommuner alder køn herkomst tid age sex time region bilag
figur ark side rapport indberetning danmark statistik statistikbanken jobindsats hele landet
"""
_HARMLESS = frozenset(_HARMLESS_WORDS.split())
# `for akademikere`, `i gymnasier`: who or where a title's figures are of, up to the next part.
_PEOPLE_NAMED = re.compile(
    r"\b(?:for|blandt|hos|i|among)\s+(?P<people>[^,;:()–/]+?)"
    r"(?=\s+(?:efter|fordelt|opdelt|for|blandt|hos|i|på|pr|per|fra|til|siden|by|among|and|og)\b"
    r"|\s*[,;:()–/-]|\.(?:\s|$)|$)",
    re.IGNORECASE,
)
# Words of such parts that are of the table or of all people, in any title.
_OF_ALL_WORDS = """
perioden periode tiden tid alderen alderstrin aldersgruppen alder aldersgrupper kommuneniveau
landsplan niveau baggrund tværs tallene tabellen dag forhold procentpoint befolkningen
befolkning indbyggere mennesker årene året kalenderåret skoleåret skoleår grundskolen
grundskole grundskoler folkeskolen folkeskole folkeskoler skolen skoler skole danmark denmark
landet hver hvert enkelte udvalgte forskellige følgende samtlige storbyer byerne byer 6-byerne
6-by seksbyerne storbyerne regioner regionen region landsdele arbejdsmarkedet ordinær
population municipality municipalities persons people age percent per denne disse samme
ovenstående nedenstående henholdsvis erhvervsaktive arbejdsdygtige jobcenteret jobcentret
jobcentre jobcentrene kommunalt regi forvaltningen løbet slutningen begyndelsen landets
kvartalet måneden ugen kommunens kommunernes kommunerne regionerne
bopæl adresse folkeregisteradresse
"""
_OF_ALL = frozenset(_OF_ALL_WORDS.split())
_TOKEN = re.compile(r"[^\W\d_]+|\d+(?:[.,–-]\d+)*")
_YEAR = re.compile(r"(?:19|20)\d\d")
# So much of two words must be the same for one to be a form of the other.
_LEAST_ALIKE = 6
_SHORTEST = 4
_LEAST_OF_GROUPS = 8
_LEAST_OF_NAMES, _LEAST_BEFORE = 6, 2
_NAMES_SHOWN = 2
# A mean may be either; where the indicator says which, the other is another number.
_MIDDLES = frozenset(("gennemsnit", "median"))
# A longer text explains, and names wholes of other figures too.
_MOST_OF_A_TITLE = 160


@dataclass(frozen=True)
class Meant:
    """The indicators and groups that the rows of a file are stored as."""

    catalog: Catalog
    indicators: tuple[Indicator, ...]
    groups: tuple[PopulationGroup, ...]

    @classmethod
    def of(
        cls, catalog: Catalog, indicator_ids: Iterable[str], group_ids: Iterable[str]
    ) -> "Meant":
        """Those of these ids; an empty group's is the indicators' own."""
        indicators = tuple(
            item
            for indicator_id in sorted(set(indicator_ids))
            if (item := catalog.indicators.get(indicator_id))
        )
        ids = {group_id for given in group_ids for group_id in
               ([given] if given else [item.default_group for item in indicators])}  # fmt: skip
        groups = tuple(group for id_ in sorted(ids) if (group := catalog.groups.get(id_)))
        return cls(catalog, indicators, groups)

    @cached_property
    def find_indicator(self) -> Lookup:
        """Indicators by what they are called."""
        return indicator_lookup(self.catalog)

    @cached_property
    def find_group(self) -> Lookup:
        """Groups as sources call them."""
        return group_guess(self.catalog)

    @cached_property
    def find_area(self) -> Lookup:
        """Areas by name or code."""
        return area_lookup(self.catalog)

    @cached_property
    def _of_groups(self) -> frozenset[str]:
        return meanings(
            text for group in self.groups for text in (group.name, group.note, *group.aliases)
        )

    def stored_as(self) -> str:
        """`»Elevfravær« for »Alle«`."""
        names = _quoted([indicator.name for indicator in self.indicators])
        groups = _quoted([group.name for group in self.groups])
        return f"{names} for {groups}" if groups else names

    def is_own(self, telling: Telling, indicator: Indicator) -> bool:
        """Whether the indicator's own words, or those of a stored group, say the same."""
        if telling.meaning in ("antal", "andel"):
            return (telling.meaning == "andel") == indicator.is_proportion or (
                telling.meaning in meanings((indicator.name, indicator.definition))
            )
        if telling.meaning in _MIDDLES and not indicator.is_proportion:
            said = _MIDDLES & meanings((indicator.name, indicator.definition))
            return not said or telling.meaning in said
        if telling.meaning == "sum" and not indicator.properties.is_rate:
            return True
        names = (indicator.name, indicator.short_name, *indicator.aliases)
        if telling.meaning == "løbende priser":  # as figures are that say nothing of prices
            return "faste priser" not in meanings((*names, indicator.definition))
        # A definition lists its parts after a colon, and each is less than the whole.
        whole = indicator.definition.partition(":")[0]
        texts = names if telling.kind == ORIGIN else (*names, whole)
        return telling.meaning in self._of_groups | meanings(texts)

    def contradictions(self, text: str, where: str = HEAD) -> list[Telling]:
        """The words of a text that contradict what is stored.

        In a head a word must be right for each indicator; a text may speak of one of them.
        """
        quantifier = all if where == HEAD else any
        tellings = [
            telling
            for telling in telling_words(text, where)
            if not quantifier(self.is_own(telling, indicator) for indicator in self.indicators)
        ]
        # Heads are looked through for names as a whole (`other_name`).
        if where == HEAD:
            return tellings
        narrower = self._narrower_in(text) if where in (TITLE, FILE) else []
        narrower += self.other_bases(text)
        return tellings or self._groups_in(text) or narrower

    def other_bases(self, text: str) -> list[Telling]:
        """The wholes and units of rates that a short text names and no indicator is counted by."""
        return other_bases(text, self.indicators) if len(text) <= _MOST_OF_A_TITLE else []

    def other_things(self, text: str) -> list[Telling]:
        """What a head or a short title counts that none of the indicators does: `husstande`."""
        of_groups = [words for group in self.groups for words in (group.name, *group.aliases)]
        things = [other_thing(text, things_of(item, of_groups)) for item in self.indicators]
        first = things[0] if things and len(text) <= _MOST_OF_A_TITLE else None
        return [Telling(first[0], NUMBER, first[1])] if first and None not in things else []

    def other_units(self, text: str) -> list[Telling]:
        """The unit that a note says figures are in, where it is none of the indicators' own."""
        unit = unit_under([text])
        if any(fits_indicator(unit, indicator) for indicator in self.indicators):
            return []
        return [Telling(unit, NUMBER, unit)]

    def _narrower_in(self, text: str) -> list[Telling]:
        """The words of a title that are more than the indicator's: `sygefravær` of fravær."""
        return [
            Telling(word, NUMBER, word)
            for word in sorted(_words([text]) - self._own_words)
            if any(
                word.endswith(name) and self._is_news(word.removesuffix(name))
                for name in self._names_of_indicators
            )
            and not any(_alike(word, own) for own in self._own_words)
        ]

    def _is_news(self, beginning: str) -> bool:
        """Whether a word begins with none of the indicator's own: `skole` is one of pupils'."""
        own = any(word.startswith(beginning) for word in self._own_words)
        return len(beginning) >= _LEAST_BEFORE and not own

    @cached_property
    def _names_of_indicators(self) -> frozenset[str]:
        """The long words that the indicators are called by."""
        names = _words(
            text
            for indicator in self.indicators
            for text in (indicator.name, indicator.short_name, *indicator.aliases)
        )
        return frozenset(name for name in names if len(name) >= _LEAST_OF_NAMES)

    def _groups_in(self, text: str) -> list[Telling]:
        """The words of a text that only another group is called by: `udskolingen`."""
        words = [word for word in _words([text]) if len(word) >= _LEAST_OF_GROUPS]
        return [
            Telling(f"gruppen {name}", ORIGIN, word)
            for word in words
            for own, name in self._words_of_groups.items()
            if _begins(word, own)
        ]

    @cached_property
    def _words_of_groups(self) -> dict[str, str]:
        """Long words that one group alone is called by, and nothing that is stored."""
        by_word: dict[str, list[str]] = {}
        for group in self.catalog.groups.values():
            for word in _words([group.name]):
                by_word.setdefault(word, []).append(group.name)
        named = _words(
            text for indicator in self.catalog.indicators.values()
            for text in (indicator.name, indicator.short_name, indicator.definition)
        )  # fmt: skip
        return {
            word: names[0]
            for word, names in by_word.items()
            if len(names) == 1
            and len(word) >= _LEAST_OF_GROUPS
            and word not in named | self._own_words
        }

    def other_name(self, text: str) -> str:
        """The other indicator or group that a text names, in Danish; empty where it names none."""
        indicator = self.find_indicator(text)
        if indicator and any(indicator != item.indicator_id for item in self.indicators):
            return f"nøgletallet »{self.catalog.indicators[indicator].name}«"
        if indicator or is_total(text):
            return ""
        group = self.find_group(text)
        if group and any(group != item.group_id for item in self.groups):
            return f"gruppen »{self.catalog.groups[group].name}«"
        return ""

    def is_named(self, text: str) -> bool:
        """Whether a text is the name of what is stored."""
        return bool(self.find_indicator(text) or self.find_group(text)) and not self.other_name(
            text
        )

    def is_called(self, text: str) -> bool:
        """Whether a head is the name of what is stored, or the unit that it is counted in."""
        plain = text.strip().casefold()
        units = (unit_words(indicator.unit) for indicator in self.indicators)
        return self.is_named(text) or any(plain in map(str.casefold, words) for words in units)

    def unread_words(self, text: str) -> list[str]:
        """The words of a head that no rule reads and that are not the indicator's own."""
        return [
            word
            for word in _TOKEN.findall(text)
            if not _is_harmless(word.casefold()) and not self._is_own_word(word)
        ]

    def unknown_people(self, text: str) -> list[str]:
        """The words of a title for people or places that no indicator, group or area is called by.

        `akademikere` of `Fravær for akademikere`; names of areas are no such words.
        """
        strangers: list[str] = []
        if tells_of_everybody(text, TITLE):
            return strangers
        for match in _PEOPLE_NAMED.finditer(BROKEN_DOWN.split(text)[0]):
            words = [word for word in self.unread_words(match["people"]) if word.isalpha()]
            strange = [
                word for word in words
                if word.casefold() not in _OF_ALL and word.casefold() not in self._words_of_areas
                and len(word) >= _SHORTEST
            ]  # fmt: skip
            if strange and len(strange) == len(words):
                strangers.append(" ".join(match["people"].split()))
        return strangers

    def is_place_word(self, word: str) -> bool:
        """Whether an area is called by a word, in its own form or as the owner: `Aarhus'`."""
        plain = word.casefold()
        return plain in self._words_of_areas or plain.removesuffix("s") in self._words_of_areas

    def shares_tail(self, word: str, least: int) -> bool:
        """Whether a word ends as a word of the indicator's does, and begins with news."""
        plain = word.casefold()
        return any(
            len(tail) >= least and self._is_news(plain.removesuffix(tail))
            for own in self._own_words
            if (tail := _common_tail(plain, own)) not in (plain, own)
        )

    @cached_property
    def _words_of_areas(self) -> frozenset[str]:
        texts = (
            text for area in self.catalog.areas.values() for text in (area.name, *area.aliases)
        )
        return _words(texts)

    def is_mentioned(self, text: str) -> bool:
        """Whether a text has a word that is of the indicator's or the group's own."""
        return any(map(self._is_own_word, _words([text])))

    def is_titled(self, text: str) -> bool:
        """Whether a text has a word of its own that says more than what is counted (`personer`)."""
        return any(not _is_harmless(word) and self._is_own_word(word) for word in _words([text]))

    def _is_own_word(self, word: str) -> bool:
        # `Ledige` is one of `fuldtidsledige`, in fewer words.
        tail = word.casefold() if len(word) >= _LEAST_ALIKE else "\n"
        return any(_alike(word, own) or own.endswith(tail) for own in self._own_words)

    def named_alike(self, words: Sequence[str]) -> str:
        """Another indicator that is called by one of these words; empty where none is."""
        for indicator in self.catalog.indicators.values():
            names = _words((indicator.name, indicator.short_name, *indicator.aliases))
            if any(
                _begins(word, name) for word in words if len(word) > _SHORTEST for name in names
            ):
                return indicator.name
        return ""

    @cached_property
    def _own_words(self) -> frozenset[str]:
        # A definition lists its parts after a colon: `fravær: sygdom og ulovligt fravær`.
        texts = [
            text for indicator in self.indicators
            for text in (indicator.name, indicator.short_name,
                         indicator.definition.partition(":")[0],
                         indicator.indicator_id, *indicator.aliases)
        ]  # fmt: skip
        texts += [
            text for group in self.groups for text in (group.name, group.note, *group.aliases)
        ]
        return _words(texts)


def said_by(recipe: Recipe | None) -> frozenset[str]:
    """The meanings that a person's recipe names itself: a file may repeat them."""
    if recipe is None:
        return frozenset()
    made_from = recipe.made_from
    texts = (made_from.title, made_from.measure, *made_from.labels.values()) if made_from else ()
    return meanings((recipe.title, *texts))


def _words(texts: Iterable[str]) -> frozenset[str]:
    """The words that names are made of, those left out that are in any name."""
    words = {word for text in texts for word in _TOKEN.findall(text.casefold().replace("_", " "))}
    return frozenset(word for word in words if word not in _HARMLESS)


def _is_harmless(word: str) -> bool:
    return word in _HARMLESS or _YEAR.fullmatch(word) is not None or bool(unit_kind(word))


def _alike(word: str, other_word: str) -> bool:
    """Whether one word is a form of the other: `fravær` and `fraværet`, not `fravalg`."""
    if _begins(word, other_word):
        return True
    short, long = sorted((in_two_letters(word), in_two_letters(other_word)), key=len)
    return len(short) > _LEAST_ALIKE and short[:-2] == long[: len(short) - 2]


def _common_tail(word: str, other_word: str) -> str:
    """What two words end with alike."""
    pairs = zip(reversed(word), reversed(other_word), strict=False)
    size = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
    return word[len(word) - size :]


def _begins(word: str, other_word: str) -> bool:
    """Whether two words are the same, or one is the beginning of the other."""
    short, long = sorted((in_two_letters(word), in_two_letters(other_word)), key=len)
    return short == long or (len(short) >= _SHORTEST and long.startswith(short))


def _quoted(names: Sequence[str]) -> str:
    shown = [f"»{name}«" for name in names[:_NAMES_SHOWN]]
    return listing([*shown, *(["flere"] if len(names) > len(shown) else [])])
