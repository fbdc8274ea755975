"""What a query finds among the names: all of its words first, then each word alone."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import zip_longest

from kpi.domain.errors import nearest
from kpi.domain.folding import fold
from kpi.views.search_index import MOST_AT_BEGINNING, Entry, EntryKind, SearchIndex

# Of a query that is longer, the rest is not read.
MOST_LETTERS, _MOST_WORDS = 80, 5
# Matches under a heading, words that are also looked for alone, areas and groups that a word may
# mean, and indicators in them that are tried.
MOST_MATCHES, _MOST_ALONE, _MOST_MEANT, MOST_PAIRS = 5, 2, 8, 12
TITLES: dict[EntryKind, str] = {
    "indicator": "Nøgletal", "area": "Områder", "initiative": "Indsatser", "page": "Sider",
}  # fmt: skip
# Words that say nothing of what is looked for, folded.
_FILLING = frozenset(
    fold("i og på af for fra med mod kontra til om hos blandt ved en et den det de der er").words
)
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
    """An entry, or an indicator in an `area` or of a `group`, that fits the words.

    `cost` is 0 at best.
    """

    entry: Entry
    cost: int
    words: tuple[Word, ...]
    area: Entry | None = None
    group: Entry | None = None


@dataclass(frozen=True)
class MatchGroup:
    """Matches under a heading, best first."""

    title: str
    matches: tuple[Match, ...]


@dataclass(frozen=True)
class Matches:
    """What a query found: `groups` of all its words, `alone` of each one.

    `words` are those looked for, as far as they are in names. `pairs` are indicators in areas and
    of groups, best first; whether there are figures is not looked at. `unknown` are words that are
    in no name, `suggestion` is the query with the nearest ones in their place (empty where there
    are none).
    """

    groups: tuple[MatchGroup, ...]
    pairs: tuple[Match, ...]
    alone: tuple[MatchGroup, ...]
    unknown: tuple[Word, ...]
    suggestion: str
    words: tuple[Word, ...] = ()


def matches_of(query: str, index: SearchIndex) -> Matches:
    """What a query finds, each kind in a group of its own."""
    return matches_of_words(words_of(query), index)


def matches_of_words(query: Sequence[Word], index: SearchIndex) -> Matches:
    """What the words of a query find."""
    words, known, columns = [], [], []
    for written in query:
        word, fits = _in_use(written, index)
        words.append(word)
        if fits is not None:
            known.append(word)
            columns.append(fits)
    unknown = tuple(word for word in words if word not in known)
    if not known:
        return Matches((), (), (), unknown, _suggestion(words, unknown, index))
    rows = [*zip(*columns, strict=True)]
    places = [*zip(index.entries, rows[: len(index.entries)], strict=True)]
    groups = [*zip(index.groups, rows[len(index.entries) :], strict=True)]
    everything: list[Match] = []
    if not unknown:
        everything = [
            Match(entry, sum(place or 0 for place in each), tuple(known))
            for entry, each in places
            if None not in each
        ]
    by_kind = tuple(
        MatchGroup(title, matches)
        for kind, title in TITLES.items()
        if (matches := _best(match for match in everything if match.entry.kind == kind))
    )
    # Letters alone begin too many names to mean an area or a group.
    may_mean = not unknown and any(len(word.folded) > 1 for word in known)
    is_alone = all(match.entry.is_word for match in everything)
    pairs = _pairs(known, places, groups, index, is_alone=is_alone) if may_mean else ()
    alone: tuple[MatchGroup, ...] = ()
    if len(words) > 1:
        alone = _alone(known, places, {match.entry for match in everything})
    near = _suggestion(words, unknown, index)
    return Matches(by_kind, pairs, alone, unknown, near, tuple(known))


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


def _in_use(word: Word, index: SearchIndex) -> tuple[Word, list[int | None] | None]:
    """The word, or it without its ending where only that is in the names: `fraværet`.

    Of a compound that is in none of them, the part that is: `ledighed` of `ungdomsledighed`. With
    how well it fits each entry, then each group; None where it fits none of them.
    """
    forms = [word]
    for ending in _ENDINGS:
        stem = word.folded.removesuffix(ending)
        if stem != word.folded and len(stem) >= _SHORTEST_STEM:
            forms.append(Word(word.written[: -len(ending)], stem))
    for form in (*forms, *_parts_of(forms, index)):
        fits = [entry.fits(form.folded) for entry in (*index.entries, *index.groups)]
        if any(place is not None for place in fits):
            return form, fits
    return word, None


def _parts_of(forms: Sequence[Word], index: SearchIndex) -> Iterator[Word]:
    """The part of a compound that says most of what it is, where it has one.

    An indicator's words come before a theme's, the last part before the first (`elevfravær` is
    absence), a longer one before a shorter one.
    """
    parts = [
        (is_of_theme, not form.folded.endswith(part), not form.folded.startswith(part), -len(part),
         form, part)
        for form in forms
        for part, is_of_theme in index.parts.items()
        if part in form.folded
    ]  # fmt: skip
    if not parts:
        return
    *_, form, part = min(parts, key=lambda each: each[:4])
    written = fold(form.written)
    at = written.text.find(part)
    start, end = written.spans[at][0], written.spans[at + len(part) - 1][1]
    yield Word(written.source[start:end], part)


def _best(matches: Iterable[Match]) -> tuple[Match, ...]:
    """Best first, of equals in their order; what is retired comes last."""
    return tuple(sorted(matches, key=lambda match: (match.entry.is_retired, match.cost)))


_Places = Sequence[tuple[Entry, Sequence[int | None]]]


def _pairs(
    words: Sequence[Word],
    places: _Places,
    groups: _Places,
    index: SearchIndex,
    *,
    is_alone: bool,
) -> tuple[Match, ...]:
    """Indicators in areas and of groups whose names contain all the words together.

    Each of the names contains a word that the others do not. Where nothing else was found
    (`is_alone`) the area and the group may contain all of them.
    """
    areas = [pair for pair in places if pair[0].kind == "area"]
    around = [
        *(_Around(area, None, fits, ()) for area, fits in _meant(areas)),
        *(_Around(None, group, (), fits) for group, fits in _meant(groups)),
        *(
            _Around(area, group, fits, of_group)
            for area, fits in _meant(areas)
            for group, of_group in _meant(groups)
        ),
    ]
    pairs = []
    for indicator, fits in places:
        if indicator.kind != "indicator" or indicator.is_retired or None not in fits:
            continue
        has = index.groups_of.get(indicator.row_id, frozenset())
        is_named = any(place is not None for place in fits)
        lacks = {at for at, place in enumerate(fits) if place is None}
        for each in around if is_named or is_alone else ():
            if not lacks <= each.words or (each.group and each.group.row_id not in has):
                continue
            cost = each.cost_with(fits, needs_name=is_named)
            if cost is not None:
                pairs.append(Match(indicator, cost, tuple(words), each.area, each.group))
    return _best(pairs)[:MOST_PAIRS]


@dataclass(frozen=True)
class _Around:
    """An area and a group beside an indicator, with how well each word fits them.

    None: any, and of it no words.
    """

    area: Entry | None
    group: Entry | None
    in_area: Sequence[int | None]
    in_group: Sequence[int | None]

    @cached_property
    def words(self) -> frozenset[int]:
        """The numbers of the words that it contains."""
        columns = (self.in_area, self.in_group)
        return frozenset(
            at for column in columns for at, place in enumerate(column) if place is not None
        )

    def cost_with(self, in_name: Sequence[int | None], *, needs_name: bool) -> int | None:
        """How well all words fit together with the name; None unless each name is needed."""
        total, needed = 0, set()
        for places in zip_longest(in_name, self.in_area, self.in_group):
            fitting = [place for place in places if place is not None]
            if not fitting:
                return None
            total += min(fitting)
            if len(fitting) == 1:
                needed.add(next(at for at, place in enumerate(places) if place is not None))
        used = {at for at, part in enumerate((needs_name, self.area, self.group)) if part}
        return total if used <= needed else None


def _meant(places: _Places) -> list[tuple[Entry, list[int | None]]]:
    """The areas or groups that the words mean, best first: by how a word begins (»by« is not Viby).

    Those that fit most of the words come first, and few are looked at.
    """
    begun: list[tuple[Entry, list[int | None]]] = [
        (
            entry,
            [place if place is not None and place <= MOST_AT_BEGINNING else None for place in fits],
        )
        for entry, fits in places
        if not entry.is_retired
    ]
    known = [(entry, fits) for entry, fits in begun if any(place is not None for place in fits)]
    known.sort(
        key=lambda pair: (pair[1].count(None), sum(place for place in pair[1] if place is not None))
    )
    return known[:_MOST_MEANT]


def _alone(words: Sequence[Word], places: _Places, shown: set[Entry]) -> tuple[MatchGroup, ...]:
    """What each word finds by itself, beside what is shown; the word with fewest hits first."""
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
        for word in unknown[:_MOST_ALONE]
        if (close := nearest(word.written, index.spelled.values(), most=1))
    }
    return " ".join(near.get(word, word.written) for word in words) if near else ""
