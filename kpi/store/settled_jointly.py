"""Settling jointly: what several indicators, solved as one, need hidden, and what they need not.

kpi/suppression/joint.py has the unknown numbers of persons, verifying_jointly.py the choice. Here
are the rows as statements, of a component of indicators that speak of the same persons at a time,
periods and areas apart that have nothing in common. What is too large stays as it was settled.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from datetime import date
from typing import NamedTuple

import duckdb

from kpi.domain.period import parse_period
from kpi.store.belonging import Belonging, belonging
from kpi.store.ever_shown import Memory, Publication, Row, shown_numbers
from kpi.store.ties import Ties
from kpi.store.totals_of_shares import Totals
from kpi.suppression.areas import lying_within
from kpi.suppression.cells import EVERYONE, Cell, Key
from kpi.suppression.distributions import unsaid_totals
from kpi.suppression.joint import Model
from kpi.suppression.said import said_of
from kpi.suppression.statements import (
    Statement,
    Words,
    lines_of_count,
    lines_of_share,
)
from kpi.suppression.verifying_jointly import Verifier

# A row as `hidden_row` names it.
Place = tuple[object, ...]
# Larger than any limit: what a number is said to be stands for what its row says.
_A_CODE = 1_000_000


@dataclass(frozen=True)
class HiddenSoFar:
    """What is hidden (True: it is small), of what no word is said, and what is so for good.

    Of `undecided` indicators it could not be worked out what to hide. `totals` of counts have no
    row and are known all the same. `guarding` are rows that guard what is not solved here.
    """

    rows: Mapping[Place, bool]
    unlabelled: Set[Place]
    for_good: Set[Place]
    undecided: Set[str]
    totals: Totals = field(default_factory=dict)
    guarding: Set[Place] = frozenset()


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


class _Said(NamedTuple):
    """A row ever published, in the order of `_ROWS`."""

    indicator_id: str
    area_id: str
    group_id: str
    period: str
    source_id: str
    batch_id: int
    known_from: date
    removed: bool
    kind: str
    value: float | None
    numerator: float | None
    denominator: float | None
    status: str
    decimals: int | None
    low: float | None
    high: float | None
    words: str | None
    limit: int
    lowest_limit: int | None
    area_level: str
    parent_id: str | None
    is_stock: bool

    @property
    def says(self) -> tuple[object, ...]:
        """All that it says of a number: rows that say the same are one."""
        return (*self[8:16], self.words if self.status == "suppressed" else None)

    @property
    def place(self) -> Place:
        """As `hidden_row` names it."""
        return self[:6]


def settled_jointly(
    connection: duckdb.DuckDBPyConnection, hidden: HiddenSoFar,
    publications: Mapping[int, Publication], memory: Memory, ties: Ties,
) -> Jointly:  # fmt: skip
    """What to change of what is hidden.

    Expects what kpi/store/linked_indicators.py and rates_of_others.py keep.
    """
    jointly = Jointly()
    for of_component in belonging(connection, {str(place[0]) for place in hidden.rows}):
        if not hidden.undecided.isdisjoint(of_component.indicator_ids):
            continue
        rows = [
            _Said(*row)
            for row in connection.execute(_ROWS, {"ids": of_component.indicator_ids}).fetchall()
        ]
        statements, rows_of = _statements(rows, publications, memory)
        if statements is None:
            continue
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
    return jointly


def _settle(
    statements: Sequence[Statement], rows_of: Mapping[Key, Sequence[Place]],
    of_component: Belonging, hidden: HiddenSoFar, ties: Ties, jointly: Jointly,
) -> None:  # fmt: skip
    """Settles some statements that hang together, if these are not too many."""
    places = {each.cell.key: rows_of[each.cell.key] for each in statements}
    before = {key for key, of in places.items() if any(place in hidden.rows for place in of)}
    ours = {each.cell.key for each in statements if each.is_ours}
    if not before or not ours or not _is_worth_it(statements) or _is_undeclared(statements, ties):
        return
    models = [Model(statements, each, ties.areas, ties.groups) for each in of_component.ways]
    if not all(model.is_within_bounds and model.is_whole for model in models):
        return
    primary = {
        key for key in before
        if any(hidden.rows.get(place) or place in hidden.for_good for place in places[key])
    }  # fmt: skip
    was_shown = {each.cell.key: each.cell.was_shown for each in statements}
    silent = {key for key in before if any(place in hidden.unlabelled for place in places[key])}
    # A number that was corrected, or said twice, is left as it is: what is shown again would tell
    # whether a guess of it was right.
    primary |= _several_times(statements, of_component) & before
    guards = {key for key in before if not hidden.guarding.isdisjoint(places[key])}
    settled = Verifier(models, guards).settled(before, primary, silent)
    if settled is None:
        return
    for key, of in places.items():
        if key in settled.hidden and key not in before:
            jointly.hidden |= dict.fromkeys(of, was_shown[key])
        elif key in before and key not in settled.hidden:
            jointly.shown |= {*of}
        if key in settled.silent:
            jointly.unlabelled |= {*of}
        if key in settled.recoverable:
            jointly.recoverable |= {*of}
        else:
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


def _statements(
    rows: Sequence[_Said], publications: Mapping[int, Publication], memory: Memory
) -> tuple[list[Statement] | None, dict[Key, list[Place]]]:
    """The rows as statements, with those of each; None where one is of another form."""
    codes: dict[tuple[object, ...], float] = {}
    by_row: dict[tuple[Key, str, int], _Said] = {}
    of_ours = []
    for row in rows:
        code = codes.setdefault(row.says, _A_CODE + len(codes))
        by_row[row[:4], row.source_id, row.batch_id] = row
        of_ours.append(
            Row(
                *row[:4], part=code, whole=None, limit=row.limit, area_level=row.area_level,
                parent_id=row.parent_id, low=None, high=None, is_bound=False,
                source_id=row.source_id, batch_id=row.batch_id, known_from=row.known_from,
                removed=row.removed, is_number=not row.removed, is_stock=row.is_stock,
            )
        )  # fmt: skip
    shown = shown_numbers(of_ours, publications, memory)
    statements: list[Statement] = []
    rows_of: dict[Key, list[Place]] = {}
    for cell in shown.cells:
        of_cell = shown.rows[cell.key]
        same = [by_row[cell.base, *which] for which in of_cell]
        statement = _statement(cell, same)
        if statement is None:
            return None, {}
        statements.append(statement)
        rows_of[cell.key] = [row.place for row in same]
    return statements, rows_of


def _statement(cell: Cell, same: Sequence[_Said]) -> Statement | None:
    """What rows that say the same state; None of those whose form is not known here."""
    row = same[0]
    ends = _ends(row)
    if row.kind == "count":
        if row.numerator is not None or row.denominator is not None:
            return None
        series = row.indicator_id, "value"
        lines = lines_of_count(series, *ends) if ends else ()
        words = Words(series, *_words_of_count(row, same))
        return Statement(cell, lines, words, (series,), bool(lines and cell.limit), row.value or 0)
    if row.kind != "proportion":
        return None
    views = (row.indicator_id, "numerator"), (row.indicator_id, "remainder")
    lines = ()
    if ends or row.numerator is not None or row.denominator is not None:
        lines = lines_of_share(
            row.indicator_id, ends, 1 if row.decimals is None else row.decimals, row.numerator,
            row.denominator,
        )  # fmt: skip
    persons = row.denominator or row.numerator or row.value or 0
    return Statement(cell, lines, _words_of_share(row), views, bool(lines and cell.limit), persons)


def _ends(row: _Said) -> tuple[float, float] | None:
    """Between which numbers a row says that its value lies."""
    match row.status:
        case "suppressed":
            return None
        case "at_least" | "at_most" | "range":
            low = row.low if row.low is not None else row.value if row.status == "at_least" else 0
            high = row.high if row.high is not None else row.value
            most = 100.0 if row.kind == "proportion" else float("inf")
            return low or 0.0, high if high is not None and row.status != "at_least" else most
        case _:
            return None if row.value is None else (row.value, row.value)


def _words_of_count(row: _Said, same: Sequence[_Said]) -> tuple[float, float, int]:
    """Between which numbers a hidden count lies by what is said of it, and its gap."""
    if row.status == "suppressed":
        low, high = said_of(row.words or "") or (0.0, float("inf"))
        return low, high, 0
    if row.value is None or row.status in ("at_least", "at_most", "range"):
        return 0.0, float("inf"), 0
    limit = max(each.limit for each in same)
    lowest = min((each.lowest_limit or limit for each in same), default=limit)
    if 0 < row.value < limit:
        if row.value < lowest:
            return 1.0, lowest - 1.0 if lowest > 2 else float("inf"), 0
        return float(lowest), limit - 1.0, 0
    return 0.0, float("inf"), limit if limit > 2 else 0


def _words_of_share(row: _Said) -> Words | None:
    """A share is hidden alone only because of few."""
    having, every = row.numerator, row.denominator
    if having is None or every is None or not row.limit:
        return None
    for name, persons in (("numerator", having), ("remainder", every - having)):
        if 0 < persons < row.limit:
            return Words((row.indicator_id, name), 1.0, row.limit - 1.0)
    return None


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


_ROWS = """
SELECT indicator_id, observation.area_id, group_id, observation.period, observation.source_id,
    batch_id, coalesce(release.published, batch.known_from), removed, kind, value, numerator,
    denominator, status, decimals, low, high,
    concat_ws(chr(10), as_published, observation.note), min_cell, lowest_limit,
    coalesce(area.level, former.level, ''),
    if(area.area_id IS NULL, former.parent_id, area.parent_id), coalesce(measured = 'at', false)
FROM counted_row AS observation
JOIN strictest_limit USING (source_id, batch_id)
LEFT JOIN area ON area.area_id = observation.area_id
LEFT JOIN (
    SELECT area_id, min(level) AS level, min(parent_id) AS parent_id FROM ever_within GROUP BY ALL
) AS former ON former.area_id = observation.area_id
JOIN batch USING (batch_id)
LEFT JOIN source_release AS release ON batch.origin = 'data'
    AND release.source_id = observation.source_id AND release.period = observation.period
WHERE list_contains($ids::VARCHAR[], indicator_id)
ORDER BY indicator_id, observation.area_id, group_id, observation.period, batch_id,
    observation.source_id
"""
