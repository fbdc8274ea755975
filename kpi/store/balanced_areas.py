"""Numbers of an area that some of the areas within it come to, in another indicator.

An indicator of the municipality that counts the people of two of its housing areas (»i de udsatte
områder«), beside one that has each of them: whoever adds these up wherever all stand knows it.
balanced_indicators.py has what numbers of one area tell of each other. Here the areas within one
stand beside its own numbers, as groups of it.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import duckdb

from kpi.store.balanced_indicators import BalancedSystem
from kpi.store.ever_shown import Row
from kpi.store.linked_indicators import APART, Known, LinkedHidden, keep_hidden_by, rows_of_several
from kpi.suppression.areas import Areas, children_of
from kpi.suppression.balances import Balance, balances
from kpi.suppression.statements import Series
from kpi.system.incoming import bring_in, let_go, table_of

_COLUMNS = ["indicator_id", "area_id", "group_id", "period", "source_id", "batch_id"]
# Of more numbers of areas within one no sums are looked for: chance would make some.
_MOST_WITHIN = 40
# An indicator, one of its numbers, and the area within; empty: the area itself.
Column = tuple[str, str, str]


def keep_balanced_areas(
    connection: duckdb.DuckDBPyConnection, hidden: Sequence[tuple[object, ...]],
    by_sources: Sequence[tuple[object, ...]], known: Known,
) -> LinkedHidden:  # fmt: skip
    """Adds what must be hidden by such sums to `stays_hidden`; after keep_linked_hidden.

    Expects `number_said` (numbers_said.py).
    """
    of_interest = [*hidden, *by_sources]
    if not of_interest:
        return LinkedHidden()
    bring_in(connection, table_of(of_interest, _COLUMNS))
    rows = connection.execute(_STANDING).fetchall()
    let_go(connection)
    systems = [
        system for where, places in _by_place(rows).items()
        for system in _systems(connection, where, places, known.ties.areas)
    ]  # fmt: skip
    return keep_hidden_by(systems, connection, hidden, by_sources, known)


def _by_place(
    rows: Sequence[tuple[str, str, str, str, str, str, int, bool]],
) -> dict[tuple[str, str], list[Mapping[Column, int]]]:
    """What stands in each period, by the area around and the group.

    Of many numbers within an area only those of indicators with something hidden there.
    """
    places: dict[tuple[str, str], dict[str, dict[Column, int]]] = defaultdict(
        lambda: defaultdict(dict)
    )
    of_hidden: dict[tuple[str, str], set[Column]] = defaultdict(set)
    others: dict[tuple[str, str], set[Column]] = defaultdict(set)
    for around, group_id, period, within, indicator_id, name, number, is_of_hidden in rows:
        column = indicator_id, name, within
        places[around, group_id][period][column] = number
        if within:
            (of_hidden if is_of_hidden else others)[around, group_id].add(column)
    standing: dict[tuple[str, str], list[Mapping[Column, int]]] = {}
    for where, of_periods in places.items():
        if len(of_hidden[where]) > _MOST_WITHIN:
            continue
        is_many = len(of_hidden[where] | others[where]) > _MOST_WITHIN
        out = others[where] if is_many else set()
        standing[where] = [
            {column: number for column, number in place.items() if column not in out}
            for place in of_periods.values()
        ]
    return standing


def _systems(
    connection: duckdb.DuckDBPyConnection, where: tuple[str, str],
    places: Sequence[Mapping[Column, int]], areas: Areas,
) -> Iterator["AreasSystem"]:  # fmt: skip
    """The system of an area and a group, if some of its numbers are sums of others within it."""
    around, group_id = where
    columns = {column for place in places for column in place}
    # In one period alone a few numbers come to another by chance.
    seen = [
        each for each in balances(places, _declared(columns, around, areas))
        if _is_sum(each) and sum(place.keys() >= {*each.columns} for place in places) > 1
    ]  # fmt: skip
    series = sorted({column[:2] for each in seen for column in each.columns})
    of_indicator = rows_of_several(connection, {each for each, _ in series}) if seen else None
    if not of_indicator:
        return
    within = {column for each in seen for column in each.columns}
    those = {
        each: [
            row for row in rows
            if row.group_id == group_id and any(
                column[0] == each and column[2] == ("" if row.area_id == around else row.area_id)
                for column in within
            )
        ]
        for each, rows in of_indicator.items()
    }  # fmt: skip
    level = next(
        ((row.area_level, row.parent_id) for rows in those.values() for row in rows
         if row.area_id == around), None,
    )  # fmt: skip
    if level:
        named = [
            Balance(*(tuple((*column[:2], _group(group_id, column[2])) for column in side)
                      for side in each))
            for each in seen
        ]  # fmt: skip
        yield AreasSystem(
            ("", ""), {each: [each] for each in series}, [], those, balances=named,
            around=around, level=level,
        )  # fmt: skip


def _group(group_id: str, within: str) -> str:
    return f"{group_id}{APART}{within}" if within else group_id


def _is_sum(balance: Balance[Column]) -> bool:
    """Whether numbers of the area itself and of areas within it, of several indicators, are one."""
    return (
        len({column[0] for column in balance.columns}) > 1
        and len({bool(column[2]) for column in balance.columns}) > 1
    )


def _declared(
    columns: set[Column], around: str, areas: Areas
) -> Iterator[tuple[Column, list[Column]]]:
    """What an indicator's own sums of areas have already."""
    levels = children_of(areas).get(around, {})
    for indicator_id, name in sorted({column[:2] for column in columns}):
        for ids in levels.values():
            parts = [(indicator_id, name, each) for each in ids]
            those = [part for part in parts if part in columns]
            if those and (indicator_id, name, "") in columns:
                yield (indicator_id, name, ""), those


@dataclass(frozen=True)
class AreasSystem(BalancedSystem):
    """Numbers of an area, and of areas within it as groups of it, of which some come to one."""

    around: str = ""
    level: tuple[str, str | None] = ("", None)

    def _ours(self, series: Series, row: Row) -> Row:
        if row.area_id != self.around:
            level, parent_id = self.level
            row = row._replace(
                group_id=_group(row.group_id, row.area_id), area_id=self.around,
                area_level=level, parent_id=parent_id,
            )  # fmt: skip
        return super()._ours(series, row)


# What is said of an area with something hidden within it, and of the areas within.
_STANDING = """
WITH near AS (
    SELECT DISTINCT parent_id, group_id
    FROM incoming JOIN ever_within USING (area_id)
    WHERE parent_id IS NOT NULL
),
newest AS (
    SELECT area_id, group_id, period, indicator_id, name,
        arg_max(number, batch_id)::BIGINT AS number
    FROM number_said
    WHERE name <> 'remainder' AND number = round(number)
    GROUP BY ALL
)
SELECT parent_id, group_id, period, '' AS within, indicator_id, name, number, true
FROM newest JOIN near USING (group_id)
WHERE area_id = parent_id
UNION
SELECT parent_id, group_id, period, area_id, indicator_id, name, number,
    indicator_id IN (SELECT indicator_id FROM incoming)
FROM newest
JOIN ever_within USING (area_id)
SEMI JOIN near USING (parent_id, group_id)
ORDER BY ALL
"""
