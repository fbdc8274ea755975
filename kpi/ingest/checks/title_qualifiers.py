"""Titles that narrow the indicator's own name by a part that nothing reads.

`Beskæftigelsesfrekvens, fleksjob`, `Folketal (pendlere)`, `Elevfravær - nytilkomne`: behind the
name stands of whom or of what the figures are, in words that nothing in Spor is called by.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from itertools import pairwise, repeat

from kpi.domain.errors import Problem
from kpi.domain.wording import listing
from kpi.ingest.checks.meant import Meant
from kpi.ingest.table.raw import Beside
from kpi.ingest.words.heads import BROKEN_DOWN
from kpi.ingest.words.parts_of_denmark import part_of_country
from kpi.ingest.words.telling_words import TITLE, telling_words
from kpi.ingest.words.title_words import WRITTEN, called, unreported_titles

# A longer part explains.
_MOST_WORDS, _SHORTEST = 4, 3
_PART = re.compile(r"\s*[,;:(–/]\s*|\s+-\s+")
_WORD = re.compile(r"[^\W\d_]+")
# Such words are of sentences, which explain; and such ones are numbers of tables.
_OF_SENTENCES = re.compile(
    r"\b(?:er|var|bliver|har|kan|skal|viser|vises|findes|fremgår|omfatter|indgår|som|der|hvor|jf|jævnfør"
    r"|se|men|dvs|fx|is|are|which)\b",
    re.IGNORECASE,
)
# Parts that say something in a letter or a number: `(m)`, `v1`. `m/k` is everybody.
_LETTERS = re.compile(
    r"(?:[,;:(–]|\s-)\s*([mk]|eu|eu\s?/\s?eøs|v(?:er)?\.?\s?\d+(?:[.,]\d+)*|version\s\d+(?:[.,]\d+)*)"
    r"\s*(?=[,;:)–]|\s-|$)",
    re.IGNORECASE,
)
# `(Branche: Industri)` is read as a filter: kpi/ingest/checks/filter_lines.py.
_FILTER = re.compile(r"[(\[][^\W\d_]+\s*:.*")
# `beskæftigelse, uddannelse og bolig` are the subjects of a paper.
_SUBJECTS = re.compile(r"[^\W\d_]\s(?:og|samt|and)\s[^\W\d_]")
_NUMBERED = re.compile(r"\b[A-ZÆØÅ]{2,10}\d+\w*")
# Parts with these words say how the table is made, whose it is or what it is for.
_OF_TABLES_WORDS = """
udviklingen udvikling sammenligning sammenligninger sammenlignet tidsserie tidsserier oversigt
oversigter bilag figur tabel graf diagram ark fane side data datasæt dataudtræk udtræk kilde kilder
hentet trukket opdateret opdatering dannet egne egen eget beregning beregninger beregnet opgørelse
opgørelser opgjort metode statistik statistikbank statistikbanken danmarks vive flis kmd opus
jobindsats uddannelsesstatistik indenrigsministeriet ministeriet styrelsen indsats indsatser
handleplan handleplanen handlingsplan plan planen integration integrationsindsats strategi politik
aftale aftalen opfølgning status statusnotat nøgletal hovedtal tal talgrundlag grundlag baggrundstal
noter note bemærkninger løbende seneste nyeste sidste aktuel aktuelt aktuelle historisk historiske
måned måneder måneds kvartal kvartaler kvartals halvår år årene årets hele skoleår skoleåret uge
uger periode perioden dag dage kommune kommuner kommunerne kommunevis kommunal kommunale
landsplan region regioner regionerne områder områderne bydele byer byerne storbyer sogne sogn
udvalgte enkelte største store små danske samtlige alle andre øvrige samlet samlede procent andel
andele antal gennemsnit gennemsnitlig gennemsnitligt person personer borger borgere indbyggere
befolkning befolkningen population beboere skole skoler elev elever barn børn familie familier
bopæl bopælskommune alder aldersgrupper køn herkomst oprindelse baggrund fordeling fordelt
detaljeret detaljer resultat resultater final endelig endelige afsluttet ny nye nyt version
municipality municipalities region percent annual yearly monthly quarterly year years total overall
development overview
tema spor del rå kopi afrunding afrundet decimal decimaler lavet udarbejdet leveret indberettet
kommunefordelt kommuneopdelt gns snit end tot trends trend tidslinje
"""
_OF_TABLES = frozenset(_OF_TABLES_WORDS.split())
_BODIES = re.compile(
    r".*(?:udvalg|byråd|magistrat|forvaltning|afdeling|centr|center|kontor|styrelse|ministeri"
    r"|statistik|rapport|redegørelse|notat|team|program|projekt|sekretariat|enhed)\w*"
)
# A part of a municipality, or of its administration, by its name: `Jobcenter Vest`, `Område 3`.
_SIDE = r"(?:[Nn]ord|[Ss]yd|[Øø]st|[Vv]est|[Mm]idt)\w{0,6}|(?!(?:19|20)\d\d)\d{1,4}|[A-HIVX]{1,4}"
_UNIT_WITHIN = re.compile(
    rf"(?<![^\W_])(?:(?P<unit>(?i:afdeling|område|team|center|region|enhed|kreds|distriktscenter))\s"
    rf"(?P<side>{_SIDE})"
    r"|(?P<place>(?i:jobcent(?:er|ret)|ydelsescenter|bydel|distrikt|skoledistrikt|lokalområde|kvarter"
    rf"|politikreds|borgerservice))\s(?P<name>{_SIDE}|[A-ZÆØÅ][^\W\d_]+(?:[ -][A-ZÆØÅ][^\W\d_]+)?))"
    r"(?![^\W_])"
)


def _units_within(title: str, meant: Meant) -> Iterator[str]:
    """The parts of a municipality that a title names and that are no area: `Jobcenter Vest`."""
    for match in _UNIT_WITHIN.finditer(title):
        name = match["side"] or match["name"]
        if meant.find_area(match[0]) is None and meant.find_area(name) is None:
            yield match[0]


def unread_qualifiers(
    texts: Iterable[Beside], meant: Meant, reported: Collection[str | None]
) -> list[Problem]:
    """A warning of the first title whose part behind the indicator's name has no word Spor knows.

    A text that is `reported` already, by its first words, is not reported again.
    """
    for text, shown in unreported_titles(texts, reported):
        parts = [*_units_within(text.text, meant), *_unread_parts(text.text, meant)]
        if parts := list(dict.fromkeys(parts)):
            return [
                Problem(
                    "text_words", "", text.row, None, shown,
                    f"{called(text)} siger {listing([f'»{part}«' for part in parts])}, og det "
                    f"læses ikke. Tallene gemmes som {meant.stored_as()}.",
                    "Kontrollér, at tallene er det, de gemmes som, og ikke kun en del af det.",
                )
            ]  # fmt: skip
    return []


def _unread_parts(title: str, meant: Meant) -> Iterator[str]:
    """The parts of a title behind the indicator's name in which every word is strange to Spor."""
    if _OF_SENTENCES.search(title):
        return
    if (letters := _LETTERS.search(title)) and meant.is_mentioned(title[: letters.start()]):
        yield letters[1]
    plain = _FILTER.sub("", _NUMBERED.sub("", title))
    for before, part in pairwise(_PART.split(BROKEN_DOWN.split(plain)[0])):
        words = _WORD.findall(part)
        if (
            meant.is_mentioned(before)
            and not _strange(before, meant)
            and len(words) <= _MOST_WORDS
            and any(len(word) >= _SHORTEST for word in _strange(part, meant))
            and not any(map(meant.is_mentioned, words))
            and not any(map(_is_known, words, repeat(meant)))
            and not _SUBJECTS.search(part)
            and not telling_words(part, TITLE)  # read by the rules of words_beside.py
            and not WRITTEN.search(part)
        ):
            yield part.strip(" .)")


def _strange(part: str, meant: Meant) -> list[str]:
    """The words of a part that are neither the indicator's, nor a place's, nor of tables."""
    return [
        word
        for word in meant.unread_words(part)
        if _WORD.fullmatch(word) and not _is_known(word, meant)
    ]


def _is_known(word: str, meant: Meant) -> bool:
    return (
        meant.is_place_word(word)
        or part_of_country(word) is not None
        or word.casefold() in _OF_TABLES
        or _BODIES.fullmatch(word.casefold()) is not None
    )
