"""Indicators that a new one may be already: called alike, or with the same figures."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kpi.domain.catalog import Catalog
from kpi.domain.format import number
from kpi.domain.model import Indicator
from kpi.store.new_facts import SameFigures

_MOST = 3
# A word that more indicators have than these tells none of them apart.
_MOST_WITH_WORD = 4
_SHORTEST_STEM = 6
_WORD = re.compile(r"[^\W\d_]{4,}")
# Who and how much, whatever it is of.
_COMMON = """
andel andelen antal antallet procent procentandel gennemsnit gennemsnitlig gennemsnitligt pr
personer person borgere borger alle samt inden uden over under mere mindre flere færre heraf
med eller efter kommune kommunen kommunens indbyggere befolkning befolkningen årlig hele år
fuldtidspersoner helårspersoner rate share number percent total value
"""
_EVERYWHERE = frozenset(_COMMON.split())


@dataclass(frozen=True)
class Alike:
    """An indicator that there is already, and why it may be the same."""

    indicator: Indicator
    why: str


def alike_indicators(
    texts: Sequence[str], same: Sequence[SameFigures], catalog: Catalog
) -> tuple[Alike, ...]:
    """At most three: those with the same figures first, then those called most alike.

    `texts` are what the new one is called: in the file, and in the form as far as it is filled in.
    """
    by_figures = {
        each.indicator_id: f"har {number(each.equal, 0)} af {number(each.shared, 0)} tal til fælles"
        for each in same
        if each.indicator_id in catalog.indicators
    }
    named = [own for own in _by_name(texts, catalog) if own not in by_figures]
    reasons = by_figures | dict.fromkeys(named, "hedder noget lignende")
    return tuple(Alike(catalog.indicators[own], why) for own, why in list(reasons.items())[:_MOST])


def _by_name(texts: Sequence[str], catalog: Catalog) -> list[str]:
    wanted = set(_words(" ".join(texts)))
    words = {
        indicator.indicator_id: set(
            _words(" ".join((indicator.name, indicator.short_name, *indicator.aliases)))
        )
        for indicator in catalog.offered_indicators()
    }
    scores: dict[str, float] = {}
    for word in wanted:
        having = [own for own, known in words.items() if any(_is_alike(word, x) for x in known)]
        if len(having) <= _MOST_WITH_WORD:
            for own in having:
                scores[own] = scores.get(own, 0) + 1 / len(having)
    return sorted(scores, key=lambda own: -scores[own])


def _words(text: str) -> Iterator[str]:
    return (word for word in _WORD.findall(text.casefold()) if word not in _EVERYWHERE)


def _is_alike(word: str, other: str) -> bool:
    """The same word, or one that begins the other: `kontanthjælp`, `kontanthjælpsområdet`."""
    shorter, longer = sorted((word, other), key=len)
    return word == other or (len(shorter) >= _SHORTEST_STEM and longer.startswith(shorter))
