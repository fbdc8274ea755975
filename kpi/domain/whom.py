"""Whom a share, a mean, a rate or an amount is of: what is declared, and what its own words say.

Where neither says it, it may be of any persons who are counted at its place, hidden ones too.
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

from kpi.domain.counting_rates import counted_of, counted_per, counts_those
from kpi.domain.shared_persons import counts_shared, shared_by
from kpi.domain.vocabulary import Kind

# What `denominator_id` holds where a person declares that no indicator counts those it is of.
OF_NONE = "none"
OF_NONE_NAME = "Ingen af Spors antal"

# No part of the inhabitants: neither participants nor cases.
_EVERYONE = re.compile("indb|befolkning", re.IGNORECASE)


class Named(NamedTuple):
    """An indicator by what it is called; `others` are further names."""

    indicator_id: str
    kind: Kind
    unit: str
    name: str
    others: tuple[str, ...] = ()


def counts_named(rate: Named, indicators: Iterable[Named]) -> list[str]:
    """The counts that a rate or a share is of by its own words: per 1.000 inhabitants, Folketal.

    None of a count, and of what counts no persons or cases.
    """
    is_rate = counted_per(rate.kind, rate.unit, rate.name) is not None
    those = counted_of(rate.unit, rate.name) if is_rate else ""
    shared = shared_by(rate.unit, rate.name) if is_rate or rate.kind == "proportion" else ""
    return [
        each.indicator_id
        for each in indicators
        if each.kind == "count"
        and (
            (those and counts_those(those, (each.name, *each.others)))
            or (shared and counts_shared(shared, (each.name, *each.others)))
        )
    ]


def may_be_of_any(rate: Named, indicators: Iterable[Named]) -> bool:
    """Whether the words of a figure of which nothing is declared leave open whom it is of.

    Those of a rate per so many of an indicator's, or of the inhabitants, do not; a count is of
    nobody. An amount may be a price for each of those who are counted beside it, of two prices, or
    how far they are from a target.
    """
    if rate.kind == "count" and counted_per(rate.kind, rate.unit, rate.name) is None:
        return False
    if _EVERYONE.match(counted_of(rate.unit, rate.name) or shared_by(rate.unit, rate.name)):
        return False
    return not counts_named(rate, indicators)
