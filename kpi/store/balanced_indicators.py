"""What numbers tell of each other that come to the same: by groups, and with no total shown.

linked_indicators.py has what indicators as a whole say of each other. Here are numbers of single
groups: three of one indicator are everyone of another, or of the same one, though no split of them
is declared; and two sets of numbers that come to one total of which nobody has a number.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field

import duckdb

from kpi.store.ever_shown import Row
from kpi.store.leaders import Leaders
from kpi.store.linked_indicators import (
    APART,
    Known,
    LinkedHidden,
    System,
    keep_hidden_by,
    rows_of_several,
    ties_between,
)
from kpi.store.splits_seen import Split, read_splits
from kpi.store.ties import Ties
from kpi.suppression.balances import Balance, balances
from kpi.suppression.cells import EVERYONE
from kpi.suppression.groups import SEEN, Groups, PartOf, ways_to_make
from kpi.suppression.statements import Series
from kpi.system.incoming import bring_in, let_go, table_of

_COLUMNS = ["indicator_id", "area_id", "group_id", "period", "source_id", "batch_id"]
# The places of so many sets of numbers are added up, and so many of each.
_MOST_PLACES, _OF_EACH = 200, 10
# Two numbers that are the same.
_PAIR = 2
# Of an indicator one of its numbers, and the group.
Column = tuple[str, str, str]


def keep_balanced_hidden(
    connection: duckdb.DuckDBPyConnection, hidden: Sequence[tuple[object, ...]],
    by_sources: Sequence[tuple[object, ...]], known: Known,
) -> LinkedHidden:  # fmt: skip
    """Adds what must be hidden by balances to `stays_hidden`; after keep_linked_hidden."""
    of_interest = [*hidden, *by_sources]
    tied = ties_between(connection, of_interest) if of_interest else set()
    bring_in(connection, table_of(of_interest, _COLUMNS))
    near = balances_seen(connection, _NEAR, known.ties, tied) if of_interest else []
    anywhere = balances_seen(connection, _OF_LIMIT, known.ties, tied, with_splits=False)
    let_go(connection)
    leaving = [each for each in anywhere if _leaves_few(connection, each)]
    every = [*dict.fromkeys((*near, *leaving))]
    if not every:
        return LinkedHidden()
    leaders = Leaders(tied)
    those = {leaders.of(column[:2]) for each in every for column in each.columns}
    members = {series: its for series, its in leaders.members().items() if series in those}
    ids = {each for its in members.values() for each, _ in its}
    of_indicator = rows_of_several(connection, ids)
    if of_indicator is None:
        return LinkedHidden()
    systems = balanced_systems(every, leaving, leaders, members, of_indicator)
    return keep_hidden_by(systems, connection, hidden, by_sources, known)


def may_leave_few(connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether numbers of several indicators may leave few persons of whom nothing is hidden."""
    connection.execute(_LIMITED)
    return connection.execute("SELECT count(*) FROM limited_indicator").fetchone() != (0,)


def balances_seen(
    connection: duckdb.DuckDBPyConnection, those: str, ties: Ties,
    tied: Iterable[tuple[Series, Series]], *, with_splits: bool = True,
) -> list[Balance[Column]]:  # fmt: skip
    """What comes to as much as others, of `those` indicators and of others beside them.

    What linked_indicators.py reckons with is not among them, or not all of it: `with_splits` says
    whether splits of whole indicators are. Expects the tables of numbers_said.py.
    """
    connection.execute(those)
    rows = connection.execute(_STANDING, {"most": _MOST_PLACES, "each": _OF_EACH}).fetchall()
    places: dict[tuple[str, str], dict[Column, int]] = defaultdict(dict)
    for area_id, period, indicator_id, name, group_id, number in rows:
        places[area_id, period][indicator_id, name, group_id] = number
    columns = {column for place in places.values() for column in place}
    equal = [Split(first, (second,)) for first, second in sorted(tied)]
    splits = [*equal, *(read_splits(connection) if with_splits else ())]
    every = balances(places.values(), [*_declared(columns, ties, splits)])
    # That two groups of one indicator are the same where nobody else is there is no news.
    return [
        each for each in every if len(each.columns) > _PAIR or each.left[0][0] != each.right[0][0]
    ]


def _declared(
    columns: Set[Column], ties: Ties, splits: Iterable[Split]
) -> Iterator[tuple[Column, list[Column]]]:
    """Totals and parts that linked_indicators.py, or each indicator by itself, reckons with."""
    groups_of: dict[Series, set[str]] = defaultdict(set)
    for indicator_id, name, group_id in columns:
        groups_of[indicator_id, name].add(group_id)
    for groups in filter(None, (ties.groups, ties.former)):
        for whole_id, part_ids in ways_to_make(groups):
            for series, group_ids in sorted(groups_of.items()):
                if group_ids >= {*part_ids}:
                    yield (*series, whole_id), [(*series, each) for each in part_ids]
    for every, parts in splits:
        for group_id in sorted({each for of in groups_of.values() for each in of}):
            yield (*every, group_id), [(*each, group_id) for each in parts]


def _leaves_few(connection: duckdb.DuckDBPyConnection, balance: Balance[Column]) -> bool:
    """Whether the numbers of a balance leave few persons somewhere of whom there is no row."""
    if len(balance.columns) == _PAIR:
        return False
    signed = [(*column, 1) for column in balance.left] + [(*column, -1) for column in balance.right]
    bring_in(connection, table_of(signed, ["indicator_id", "name", "group_id", "sign"]))
    (few,) = connection.execute(_FEW, {"others": len(signed) - 1}).fetchone() or (0,)
    let_go(connection)
    return bool(few)


def balanced_systems(
    every: Iterable[Balance[Column]], leaving: Collection[Balance[Column]], leaders: Leaders,
    members: Mapping[Series, Sequence[Series]], of_indicator: Mapping[str, Sequence[Row]],
) -> list["BalancedSystem"]:  # fmt: skip
    """Balances that have numbers in common, together; some are `leaving` few without a row."""
    systems: list[tuple[set[Series], list[Balance[Column]], bool]] = []
    for each in every:
        of_leaders = Balance(*(
            tuple((*leaders.of(column[:2]), column[2]) for column in side) for side in each
        ))  # fmt: skip
        if len({*of_leaders.columns}) < len(of_leaders.columns):
            continue
        series, those = {column[:2] for column in of_leaders.columns}, [of_leaders]
        leaves_few = each in leaving
        for near in [near for near in systems if not series.isdisjoint(near[0])]:
            systems.remove(near)
            series |= near[0]
            those = near[1] + those
            leaves_few = leaves_few or near[2]
        systems.append((series, those, leaves_few))
    return [
        BalancedSystem(
            ("", ""), {each: members[each] for each in sorted(series)}, [], of_indicator,
            balances=those, leaves_few=leaves_few,
        )
        for series, those, leaves_few in systems
    ]  # fmt: skip


@dataclass(frozen=True)
class BalancedSystem(System):
    """Numbers of several indicators, and what is seen to come to the same; of no total of all."""

    balances: Sequence[Balance[Column]] = ()
    leaves_few: bool = False
    # Groups of one that are the same as those of another.
    same: dict[str, str] = field(default_factory=dict)
    guards_for_good = True

    def __post_init__(self) -> None:
        self.parents.update({series: set() for series in self.members})
        for left, right in self.balances:
            if len(left) + len(right) == _PAIR:
                first, second = (self._group_of(columns[0]) for columns in (left, right))
                if first != second:
                    self.same.update(
                        {each: first for each, of in self.same.items() if of == second}
                    )
                    self.same[second] = first

    def _groups(self, groups: Groups) -> Groups:
        every: dict[str, tuple[PartOf, ...]] = {**super()._groups(groups)}
        for series in self.parents:
            # Everyone of an indicator is within people of whom nobody has a number.
            those = self._group(series, EVERYONE)
            every[those] = (*every.get(those, ()), PartOf(EVERYONE))
        for number, (left, right) in enumerate(self.balances):
            sides = [left, right]
            if len(left) + len(right) == _PAIR:
                continue
            if len(left) == 1:
                whole_id, sides = self._group_of(left[0]), [right]
            else:
                whole_id = f"{SEEN}{APART}{number}"
                every[whole_id] = (PartOf(EVERYONE),)
            for side, columns in enumerate(sides):
                split = PartOf(whole_id, f"{SEEN}{number}{APART}{side}")
                for column in columns:
                    group_id = self._group_of(column)
                    every[group_id] = (*every.get(group_id, (PartOf(EVERYONE),)), split)
        return every

    def _group(self, series: Series, group_id: str) -> str:
        group_id = super()._group(series, group_id)
        return self.same.get(group_id, group_id)

    def _group_of(self, column: Column) -> str:
        return self._group(column[:2], column[2])


# Near what is hidden, and indicators with a limit of which several stand together.
_NEAR = """
CREATE OR REPLACE TEMP TABLE near_number AS
SELECT DISTINCT indicator_id
FROM number_said SEMI JOIN (SELECT area_id, period FROM incoming) USING (area_id, period)
"""
_OF_LIMIT = """
CREATE OR REPLACE TEMP TABLE near_number AS
SELECT DISTINCT indicator_id
FROM number_said SEMI JOIN (
    SELECT area_id, period FROM number_said SEMI JOIN limited_indicator USING (indicator_id)
) USING (area_id, period)
"""
_LIMITED = """
CREATE OR REPLACE TEMP TABLE limited_indicator AS
SELECT indicator_id, max(min_cell) AS min_cell
FROM published_outline
SEMI JOIN small_indicator USING (indicator_id)
JOIN counted_kind USING (indicator_id, batch_id)
JOIN strictest_limit USING (source_id, batch_id)
WHERE min_cell > 0 AND NOT removed AND (kind = 'count' OR numerators > 0 OR denominators > 0)
GROUP BY indicator_id
"""
# At places of each set of numbers that stand together, first where some are hidden.
_STANDING = """
WITH asked AS (SELECT DISTINCT area_id, period FROM incoming),
newest AS (
    SELECT area_id, period, indicator_id, name, group_id,
        arg_max(number, batch_id)::BIGINT AS number
    FROM number_said SEMI JOIN near_number USING (indicator_id)
    WHERE name <> 'remainder' AND number = round(number)
    GROUP BY ALL
),
standing AS (
    SELECT area_id, period, count(*) AS numbers,
        bit_xor(hash(indicator_id, name, group_id)) AS those
    FROM newest
    GROUP BY ALL
    HAVING numbers > 2
),
chosen AS (
    SELECT area_id, period, those, numbers, row_number() OVER (
            PARTITION BY those
            ORDER BY (area_id, period) NOT IN (FROM asked), hash(area_id, period)
        ) AS place
    FROM standing
    QUALIFY place <= $each
)
SELECT area_id, period, indicator_id, name, group_id, number
FROM newest
SEMI JOIN (
    FROM chosen ORDER BY place, numbers DESC, those LIMIT $most
) USING (area_id, period)
ORDER BY ALL
"""
_FEW = """
WITH newest AS (
    SELECT area_id, period, sign, indicator_id, arg_max(number, batch_id) AS number
    FROM number_said JOIN incoming USING (indicator_id, name, group_id)
    GROUP BY area_id, period, sign, indicator_id, name, group_id
)
SELECT count(*) FROM (
    SELECT sum(sign * number) AS rest, max(min_cell) AS min_cell
    FROM newest LEFT JOIN limited_indicator USING (indicator_id)
    GROUP BY area_id, period
    HAVING count(*) = $others AND abs(rest) BETWEEN 1e-6 AND min_cell - 1e-6
)
"""
