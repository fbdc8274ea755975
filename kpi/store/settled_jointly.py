"""Settling jointly: what several indicators, solved as one, need hidden, and what they need not.

kpi/suppression/joint.py has the unknown numbers of persons, verifying_jointly.py the choice. Here
are the statements of a component of indicators that speak of the same persons at a time, periods
and areas apart that have nothing in common. What is too large stays as it was settled.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from datetime import date

import duckdb

from kpi.domain.period import parse_period
from kpi.store.belonging import Belonging, belonging
from kpi.store.ever_shown import Memory, Publication
from kpi.store.stated_rows import Place, read_statements
from kpi.store.ties import Ties
from kpi.store.totals_of_shares import Totals
from kpi.suppression.areas import lying_within
from kpi.suppression.cells import EVERYONE, Key
from kpi.suppression.distributions import unsaid_totals
from kpi.suppression.joint import Model
from kpi.suppression.statements import (
    Statement,
    lines_of_count,
)
from kpi.suppression.verifying_jointly import Verifier


@dataclass(frozen=True)
class HiddenSoFar:
    """What is hidden (True: it is small), of what no word is said, and what is so for good.

    Of `undecided` indicators it could not be worked out what to hide. `totals` of counts have no
    row and are known all the same. `guarding` are rows that guard what is not solved here,
    `by_itself` those that were hidden before other indicators asked for any. Of the indicators
    `staying` nothing is shown again: what they tell is not solved here.
    """

    rows: Mapping[Place, bool]
    unlabelled: Set[Place]
    for_good: Set[Place]
    undecided: Set[str]
    totals: Totals = field(default_factory=dict)
    guarding: Set[Place] = frozenset()
    by_itself: Set[Place] = frozenset()
    staying: Set[str] = frozenset()


@dataclass
class Jointly:
    """What is hidden besides, what is shown again, what no word is said of, and what is safe.

    `recoverable` can be computed from memory alone. Of what is hidden whether people have read it.
    """

    hidden: dict[Place, bool] = field(default_factory=dict)
    shown: set[Place] = field(default_factory=set)
    unlabelled: set[Place] = field(default_factory=set)
    not_recoverable: set[Place] = field(default_factory=set)
    recoverable: set[Place] = field(default_factory=set)

    def is_hidden(self, place: Place, before: HiddenSoFar) -> bool:
        """Whether a row is hidden by now."""
        if place in self.hidden or place in before.for_good:
            return place in self.hidden or place in before.rows
        return place in before.rows and place not in self.shown


def settled_jointly(
    connection: duckdb.DuckDBPyConnection, hidden: HiddenSoFar,
    publications: Mapping[int, Publication], memory: Memory, ties: Ties,
) -> Jointly:  # fmt: skip
    """What to change of what is hidden.

    Expects what kpi/store/linked_indicators.py and rates_of_others.py keep.
    """
    jointly = Jointly()
    for of_component in belonging(connection, {str(place[0]) for place in hidden.rows}):
        if hidden.undecided.isdisjoint(of_component.indicator_ids):
            statements, rows_of = read_statements(
                connection, of_component.indicator_ids, publications, memory
            )
            if statements is not None:
                _settle_component(statements, rows_of, of_component, hidden, ties, jointly)
    return jointly


def _settle_component(
    statements: list[Statement], rows_of: dict[Key, list[Place]], of_component: Belonging,
    hidden: HiddenSoFar, ties: Ties, jointly: Jointly,
) -> None:  # fmt: skip
    """Settles the statements of indicators that hang together, those apart that may be."""
    totals = _unsaid_totals(statements, ties)
    totals += [
        Statement(cell, lines_of_count((cell.indicator_id, "value"), *cell.bounds), None, (),
            is_ours=False)
        for each in of_component.indicator_ids for cell in hidden.totals.get(each, ())
    ]  # fmt: skip
    rows_of |= {each.cell.key: [] for each in totals}
    statements += totals
    for some in _apart(statements, ties):
        _settle(some, rows_of, of_component, hidden, ties, jointly)


def _settle(
    statements: Sequence[Statement], rows_of: Mapping[Key, Sequence[Place]],
    of_component: Belonging, hidden: HiddenSoFar, ties: Ties, jointly: Jointly,
) -> None:  # fmt: skip
    """Settles some statements that hang together, if these are not too many."""
    places = {each.cell.key: rows_of[each.cell.key] for each in statements}
    before = {
        key for key, of in places.items() if any(jointly.is_hidden(place, hidden) for place in of)
    }  # fmt: skip
    ours = {each.cell.key for each in statements if each.is_ours}
    if not before or not ours or not _is_worth_it(statements) or _is_undeclared(statements, ties):
        return
    models = [Model(statements, each, ties.areas, ties.groups) for each in of_component.ways]
    if not all(model.is_within_bounds and model.is_whole for model in models):
        return
    # Of one indicator what its own sums hide is not shown again where they hold: its guards were
    # chosen by what is public (`loss_of`), and which of them would do without the others is not.
    own = hidden.by_itself if len(of_component.indicator_ids) == 1 else frozenset[Place]()
    primary = {
        key for key in before
        if of_component.is_within or key[0] in hidden.staying
        or any(
            hidden.rows.get(place) or place in hidden.for_good
            or (place in own and models[0].is_summed(key))
            for place in places[key]
        )
    }  # fmt: skip
    was_shown = {each.cell.key: each.cell.was_shown for each in statements}
    silent = {key for key in before if any(place in hidden.unlabelled for place in places[key])}
    # A number that was corrected, or said twice, is left as it is: what is shown again would tell
    # whether a guess of it was right.
    primary |= (_several_times(statements, of_component) | _counted_otherwise(statements)) & before
    # Days that come to a week are parts of it to its sums, but here they are counted on a day.
    kinds = {each.cell.period.kind for each in statements}
    if len(kinds) > 1 and kinds & {"day", "week"}:
        primary |= before
    guards = {key for key in before if not hidden.guarding.isdisjoint(places[key])}
    settled = Verifier(models, guards).settled(before, primary, silent)
    if settled is None:
        return
    for key, of in places.items():
        if key in settled.hidden and key not in before:
            jointly.hidden |= dict.fromkeys(of, was_shown[key])
            jointly.shown -= {*of}
        elif key in before and key not in settled.hidden:
            jointly.shown |= {*of}
        if key in settled.silent:
            jointly.unlabelled |= {*of}
        if key in settled.recoverable:
            jointly.recoverable |= {*of}
        elif not of_component.is_within:
            jointly.not_recoverable |= {*of}


def _unsaid_totals(statements: Iterable[Statement], ties: Ties) -> list[Statement]:
    """The totals of distributions that have no row of all: readers know them all the same."""
    cells = []
    for each in statements:
        with_it = each.cell.indicator_id, "numerator"
        exact = {frozenset(line.terms): line.low for line in each.lines if line.low == line.high}
        of_all = exact.get(frozenset({with_it, (each.cell.indicator_id, "remainder")}))
        cells.append(replace(each.cell, part=exact.get(frozenset({with_it})), whole=of_all))
    return [
        Statement(cell, lines_of_count((cell.indicator_id, "numerator"), *cell.bounds), None, (),
            is_ours=False)
        for cell in unsaid_totals(cells, ties.groups, ties.areas)
    ]  # fmt: skip


def _is_worth_it(statements: Sequence[Statement]) -> bool:
    """Whether they are of several indicators; of one, whether all say all of it, and always did.

    What corrected numbers of one indicator imply, and percentages alone, has been settled.
    """
    if len({each.cell.indicator_id for each in statements}) > 1:
        return True
    return all(
        not each.cell.was_mended and not each.cell.stays_hidden
        and all(len({*line.terms.values()}) == 1 for line in each.lines)
        for each in statements
    )  # fmt: skip


def _is_undeclared(statements: Sequence[Statement], ties: Ties) -> bool:
    """Whether of some group nothing is said of what it is part of.

    Such groups may add up to everyone, as their numbers show to readers who see that they do. The
    rules of thumb take them for that; the persons here are only those that are declared.
    """
    group_ids = {each.cell.group_id for each in statements} - {EVERYONE}
    return any(not ties.groups.get(group_id) for group_id in group_ids)


def _several_times(statements: Sequence[Statement], of_component: Belonging) -> set[Key]:
    """The statements of which others say the same, or another number, of the same persons."""
    alike: dict[tuple[object, ...], set[Key]] = defaultdict(set)
    for each in statements:
        for persons in of_component.ways:
            about = tuple(persons.parts(view) for view in each.views)
            alike[*each.cell.base[1:], about].add(each.cell.key)
    return {key for keys in alike.values() if len(keys) > 1 for key in keys}


def _counted_otherwise(statements: Sequence[Statement]) -> set[Key]:
    """The statements of a period of which some are of its last day, and others over it.

    Whoever finds them in one table adds them up, and the sums of one indicator take them for one;
    the persons here are others, so what they would need is not shown again.
    """
    ways: dict[tuple[str, str], set[bool]] = defaultdict(set)
    for each in statements:
        ways[each.cell.indicator_id, each.cell.period.text].add(each.cell.is_stock)
    return {
        each.cell.key for each in statements
        if len(ways[each.cell.indicator_id, each.cell.period.text]) > 1
    }  # fmt: skip


def _apart(statements: Sequence[Statement], ties: Ties) -> Iterator[list[Statement]]:
    """Statements whose periods and areas have something in common, together."""
    _, ways = lying_within(
        {each.cell.area_id: (each.cell.parent_id, each.cell.area_level) for each in statements},
        ties.areas,
    )
    leader: dict[str, str] = {}

    def root_of(area_id: str) -> str:
        """The area that stands for all that hang together."""
        while (above := leader.setdefault(area_id, area_id)) != area_id:
            area_id = above
        return area_id

    for _, (total, *parts) in ways:
        for part in parts:
            leader[root_of(part)] = root_of(total)
    by_area: dict[str, list[Statement]] = defaultdict(list)
    for each in statements:
        by_area[root_of(each.cell.area_id)].append(each)
    for of_area in by_area.values():
        yield from _periods_apart(of_area)


def _periods_apart(statements: Iterable[Statement]) -> Iterator[list[Statement]]:
    some: list[Statement] = []
    last = date.min
    for each in sorted(statements, key=lambda each: (each.cell.period.start, each.cell.key)):
        period = parse_period(each.cell.period.text)
        if some and period.start > last:
            yield some
            some = []
        some.append(each)
        last = max(last, period.end)
    if some:
        yield some
