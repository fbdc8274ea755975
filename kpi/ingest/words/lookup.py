"""The ids of a file's words: each distinct text of a column is looked up once.

Areas are written in more ways than all else: `area_lookup.py`.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache, wraps

from kpi.domain.catalog import Catalog
from kpi.domain.errors import MOST_NAME_CHARACTERS
from kpi.domain.model import Indicator
from kpi.ingest.table.footnote_marks import kept_apart, unmarked
from kpi.ingest.table.unseen_marks import without_unseen
from kpi.ingest.words.measure_words import counted_in, shares_in, statistic_of
from kpi.ingest.words.written_periods import is_period_name, period_of

# Periods are looked up here as the other words are.
__all__ = [
    "Lookup",
    "folded",
    "group_lookup",
    "in_two_letters",
    "indicator_lookup",
    "is_period_name",
    "period_of",
    "source_lookup",
]  # fmt: skip

# A text looked up: its id, or None.
Lookup = Callable[[str], str | None]

_PERCENT = re.compile(r"%|\b(?:pct|procent)\b\.?", re.IGNORECASE)
_BETWEEN_WORDS = re.compile(r"[\s,;:()\[\]–-]+")


def folded(text: str) -> str:
    """A text without case, spaces and differences of Unicode form; footnote marks stay marks."""
    # Long texts are no names, and a hundred thousand of them would fill the memory.
    return _kept_folded(text) if len(text) <= MOST_NAME_CHARACTERS else _folded(text)


def _folded(text: str) -> str:
    whole = unicodedata.normalize("NFKC", kept_apart(without_unseen(text)))
    return "".join(whole.split()).casefold()


_kept_folded = lru_cache(maxsize=100_000)(_folded)


@lru_cache(maxsize=10_000)
def in_two_letters(text: str) -> str:
    """A folded name as programs without Danish letters write it: `koen`, `beskaeftigelse`."""
    return folded(text).replace("æ", "ae").replace("ø", "oe").replace("å", "aa")


def kept(make: Callable[[Catalog], Lookup]) -> Callable[[Catalog], Lookup]:
    """The function, called once as long as one catalog is asked for: a file asks many times."""
    newest: list[tuple[Catalog, Lookup]] = []

    @wraps(make)
    def look_up_in(catalog: Catalog) -> Lookup:
        """The look-up of this catalog, made where it is not the newest."""
        for of_catalog, lookup in newest:
            if of_catalog is catalog:
                return lookup
        lookup = make(catalog)
        newest[:] = [(catalog, lookup)]
        return lookup

    return look_up_in


@kept
def group_lookup(catalog: Catalog) -> Lookup:
    """Population groups by id, name or former name."""
    groups = catalog.groups.values()
    return _by_name(
        ((group.group_id, (group.group_id, group.name)) for group in groups),
        ((group.group_id, group.aliases) for group in groups),
    )


@dataclass(frozen=True)
class _IndicatorNames:
    """The ids of indicators by their names, beside `find`, which knows the names themselves.

    `punctuated` are the names without signs. `shares` are those in percent by what they are shares
    of, too: `Sanktionsprocent` is the Sanktionsandel. `numbers` are those of totals, by their whole
    names: a short one (`Børn`) with the word before it may be of anyone.
    """

    find: Lookup
    punctuated: Mapping[str, str]
    shares: Mapping[str, str]
    numbers: Mapping[str, str]
    indicators: Mapping[str, Indicator]

    def with_measure(self, text: str) -> str | None:
        """The indicator whose name follows a word of its measure: `Antal …`, `Andel af …`."""
        # A share is never meant by a number of persons, nor the other way round.
        if counted := counted_in(text):
            return self.numbers.get(_without_signs(counted))
        meant = {self.shares.get(_without_signs(stem)) for stem in shares_in(text)} - {None}
        return meant.pop() if len(meant) == 1 else None

    def in_other_signs(self, text: str) -> str | None:
        """The indicator whose name is written with other marks, or with `%` behind it."""
        plain = _without_signs(text)
        if indicator_id := self.punctuated.get(plain):
            return indicator_id
        bare = re.sub(r"(?:(?<=\w)i)?%$", "", plain)
        named = self.indicators.get(self.punctuated.get(bare) or "")
        return named.indicator_id if named and bare != plain and named.unit == "percent" else None

    def look_up(self, text: str) -> str | None:
        """The indicator's id by its name, with the statistic that belongs to it."""
        known = self.find(text) or self.in_other_signs(text) or self.with_measure(text)
        if known or not (made := statistic_of(text)):
            return known
        named = self.indicators.get(self.find(made[0]) or "")
        return named.indicator_id if named and named.is_total is made[1] else None


@kept
def indicator_lookup(catalog: Catalog) -> Lookup:
    """Indicators by id, name, short name or a former one of these; also by their measure.

    `Ledighedsprocent`, `Antal sager`. Pivot tables and programs write `Gennemsnit af Ledighed`: of
    a rate the mean, of what grows with an area the sum. The others are other figures.
    """
    indicators = catalog.indicators.values()
    named = [(each, (each.name, each.short_name)) for each in indicators]
    find = _by_name(
        ((each.indicator_id, (each.indicator_id, *names)) for each, names in named),
        ((each.indicator_id, each.aliases) for each in indicators),
    )
    return _IndicatorNames(
        find,
        punctuated=unshared(
            (each.indicator_id, tuple(map(_without_signs, names))) for each, names in named
        ),
        shares=unshared(
            (each.indicator_id, tuple(map(_without_signs, (name, *shares_in(name)))))
            for each, names in named
            for name in names
            if each.unit == "percent"
        ),
        numbers=unshared(
            (each.indicator_id, (_without_signs(each.name),))
            for each in indicators
            if each.is_total
        ),
        indicators=catalog.indicators,
    ).look_up


def _without_signs(name: str) -> str:
    """A name whatever stands between its words, and however it writes percent."""
    return folded(_BETWEEN_WORDS.sub(" ", _PERCENT.sub("%", unmarked(name))))


@kept
def source_lookup(catalog: Catalog) -> Lookup:
    """Sources by id or title."""
    return _by_name(
        (source.source_id, (source.source_id, source.title)) for source in catalog.sources.values()
    )


def _by_name(
    named: Iterable[tuple[str, tuple[str, ...]]],
    formerly: Iterable[tuple[str, tuple[str, ...]]] = (),
) -> Lookup:
    now = list(named)
    # A current name goes before the same name in former use.
    taken = {folded(name) for _, names in now for name in names}
    former = {name: item for name, item in unshared(formerly).items() if name not in taken}
    known = former | unshared(now)
    return lambda text: known.get(folded(text)) or known.get(folded(unmarked(text)))


def unshared(named: Iterable[tuple[str, tuple[str, ...]]]) -> dict[str, str]:
    """The ids by each of their names, folded, but for names that two ids share."""
    id_by_name: dict[str, str] = {}
    shared: set[str] = set()
    for named_id, names in named:
        for name in {folded(written) for written in names}:
            if id_by_name.setdefault(name, named_id) != named_id:
                shared.add(name)
    return {name: named_id for name, named_id in id_by_name.items() if name not in shared}
