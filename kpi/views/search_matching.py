"""What a query finds among the names: all of its words first, then each word alone."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import product

from kpi.domain.errors import nearest
from kpi.domain.folding import fold
from kpi.views.search_index import MOST_AT_BEGINNING, Entry, EntryKind, SearchIndex

# Of a query that is longer, the rest is not read.
MOST_LETTERS, _MOST_WORDS = 80, 6
# Matches of a group, words that are also looked for alone, and indicators in areas that are tried.
MOST_MATCHES, _MOST_ALONE, MOST_PAIRS = 5, 2, 12
TITLES: dict[EntryKind, str] = {
    "indicator": "Nøgletal", "area": "Områder", "initiative": "Indsatser", "page": "Sider",
}  # fmt: skip
# Words that say nothing of what is looked for, folded.
_FILLING = frozenset(fold("i og på af for fra med til om hos blandt ved en et den det de er").words)
# Endings of a noun, folded, and how many letters are left of it at least.
_ENDINGS = ("ernes", "erne", "enes", "ene", "ens", "ets", "en", "et", "er", "s", "e")
_SHORTEST_STEM = 4


@dataclass(frozen=True)
class Word:
    """A word of the query: as it was written, and as it is searched."""

    written: str
    folded: str


@dataclass(frozen=True)
class Match:
    """An entry, or an indicator in an `area`, that fits the words; `cost` is 0 at best."""

    entry: Entry
    cost: int
    words: tuple[Word, ...]
    area: Entry | None = None


@dataclass(frozen=True)
class MatchGroup:
    """Matches under a heading, best first."""

    title: str
    matches: tuple[Match, ...]


@dataclass(frozen=True)
class Matches:
    """What a query found: `groups` of all its words, `alone` of each one.

    `pairs` are indicators in areas, best first; whether there are figures is not looked at.
    `unknown` are words that are in no name, `suggestion` is the query with the nearest ones in
    their place (empty where there are none).
    """

    groups: tuple[MatchGroup, ...]
    pairs: tuple[Match, ...]
    alone: tuple[MatchGroup, ...]
    unknown: tuple[Word, ...]
    suggestion: str


def matches_of(query: str, index: SearchIndex) -> Matches:
    """What a query finds, each kind in a group of its own."""
    words = [_in_use(word, index) for word in words_of(query)]
    known = [word for word in words if _is_known(word, index)]
    unknown = tuple(word for word in words if word not in known)
    if not known:
        return Matches((), (), (), unknown, _suggestion(words, unknown, index))
    places = [(entry, [entry.fits(word.folded) for word in known]) for entry in index.entries]
    everything: list[Match] = []
    if not unknown:
        everything = [
            Match(entry, sum(fits), tuple(known))
            for entry, each in places
            if len(fits := [place for place in each if place is not None]) == len(known)
        ]
    groups = tuple(
        MatchGroup(title, matches)
        for kind, title in TITLES.items()
        if (matches := _best(match for match in everything if match.entry.kind == kind))
    )
    pairs = () if unknown or len(known) == 1 else _pairs(known, places)
    alone: tuple[MatchGroup, ...] = ()
    if len(words) > 1:
        alone = _alone(known, places, {match.entry for match in everything})
    return Matches(groups, pairs, alone, unknown, _suggestion(words, unknown, index))


def words_of(query: str) -> tuple[Word, ...]:
    """The words to look for, each once; those that say nothing only where there are no others."""
    folded = fold(query[:MOST_LETTERS])
    words, at = [], 0
    for word in folded.words:
        start, end = folded.spans[at][0], folded.spans[at + len(word) - 1][1]
        words.append(Word(folded.source[start:end], word))
        at += len(word) + 1
    telling = [word for word in words if word.folded not in _FILLING] or words
    return tuple({word.folded: word for word in telling}.values())[:_MOST_WORDS]


def _in_use(word: Word, index: SearchIndex) -> Word:
    """The word without its ending where only that is in the names: `fraværet`."""
    if _is_known(word, index):
        return word
    for ending in _ENDINGS:
        stem = word.folded.removesuffix(ending)
        if stem != word.folded and len(stem) >= _SHORTEST_STEM:
            bare = Word(word.written[: -len(ending)], stem)
            if _is_known(bare, index):
                return bare
    return word


def _is_known(word: Word, index: SearchIndex) -> bool:
    return any(entry.fits(word.folded) is not None for entry in index.entries)


def _best(matches: Iterable[Match]) -> tuple[Match, ...]:
    """Best first, of equals in their order; what is retired comes last."""
    return tuple(sorted(matches, key=lambda match: (match.entry.is_retired, match.cost)))


_Places = Sequence[tuple[Entry, list[int | None]]]


def _pairs(words: Sequence[Word], places: _Places) -> tuple[Match, ...]:
    """Indicators in areas whose names hold all the words together, and neither all of them.

    An area is meant by how a word begins: »by« is not Viby.
    """
    areas = [
        (entry, [place if place is not None and place <= MOST_AT_BEGINNING else None
                 for place in each])
        for entry, each in places
        if entry.kind == "area" and not entry.is_retired
    ]  # fmt: skip
    indicators = [
        (entry, each)
        for entry, each in places
        if entry.kind == "indicator" and not entry.is_retired and None in each
    ]
    pairs = []
    for (area, in_area), (indicator, in_name) in product(_with_any(areas), _with_any(indicators)):
        if None not in in_area:
            continue
        both = [
            min(place for place in pair if place is not None)
            for pair in zip(in_area, in_name, strict=True)
            if pair != (None, None)
        ]
        if len(both) == len(words):
            pairs.append(Match(indicator, sum(both), tuple(words), area))
    return _best(pairs)[:MOST_PAIRS]


def _with_any(places: _Places) -> list[tuple[Entry, list[int | None]]]:
    return [pair for pair in places if any(place is not None for place in pair[1])]


def _alone(words: Sequence[Word], places: _Places, shown: set[Entry]) -> tuple[MatchGroup, ...]:
    """What the words find one by one, the most telling word first; nothing that is shown."""
    groups = []
    for at, word in enumerate(words):
        matches = _best(
            Match(entry, place, (word,))
            for entry, each in places
            if (place := each[at]) is not None and entry not in shown
        )
        if matches:
            groups.append(MatchGroup(f"Fundet på »{word.written}« alene", matches))
    return tuple(sorted(groups, key=lambda group: len(group.matches))[:_MOST_ALONE])


def _suggestion(words: Sequence[Word], unknown: Sequence[Word], index: SearchIndex) -> str:
    """The query with the nearest word of a name in place of each unknown one."""
    near = {
        word: close[0]
        for word in unknown
        if (close := nearest(word.written, index.spelled.values(), most=1))
    }
    return " ".join(near.get(word, word.written) for word in words) if near else ""
