"""What several indicators show of the same persons: solved as one system, as readers see it.

One shows a number that the other lacks, and a share implies how many lack what its count counts.
Each indicator has been settled by itself before: here the numbers of all that say the same
(implied_elsewhere.py) are those of one, each key's by the first that has it. Of a share those who
have something and those who lack it are two groups within all of it, and so are counts that are
seen to come to another.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import NamedTuple

import duckdb

from kpi.store.concerned import rows_of
from kpi.store.ever_shown import Memory, Publication, Row, Shown, shown_numbers
from kpi.store.leaders import Leaders
from kpi.store.numbers_said import saying_the_same
from kpi.store.several_standing import where_several_stand
from kpi.store.splits_seen import Split, splits_seen
from kpi.store.ties import Ties
from kpi.suppression.cells import EVERYONE
from kpi.suppression.groups import NO_GROUPS, SEEN, Groups, PartOf
from kpi.suppression.hiding import Hiding
from kpi.suppression.statements import Series
from kpi.system.incoming import bring_in, let_go, table_of

_COLUMNS = ["indicator_id", "area_id", "group_id", "period", "source_id", "batch_id"]
# Of more rows each indicator is only settled by itself; of many, periods in which only one of them
# says anything are: they have been.
_MOST_ROWS, _MANY_ROWS = 100_000, 20_000
# Between what pseudo ids are made of: no id has it.
APART = "\t"

_Place = tuple[object, ...]
Settle = Callable[[Shown, Ties], Hiding]


class LinkedHidden(NamedTuple):
    """Whether more is hidden now, and which rows must only be called hidden, not small.

    `for_sources` are rows that guard a number that its source hides.
    """

    is_any_new: bool = False
    unlabelled: Set[_Place] = frozenset()
    for_sources: Set[_Place] = frozenset()

    def with_other(self, other: "LinkedHidden") -> "LinkedHidden":
        """What both say."""
        return LinkedHidden(
            self.is_any_new or other.is_any_new,
            self.unlabelled | other.unlabelled,
            self.for_sources | other.for_sources,
        )


def keep_linked_hidden(
    connection: duckdb.DuckDBPyConnection, hidden: Sequence[_Place],
    by_sources: Sequence[_Place], known: "Known",
) -> LinkedHidden:  # fmt: skip
    """Adds what must be hidden by several indicators together to `stays_hidden`.

    `hidden` are rows as `hidden_row` names them, `by_sources` those of which we have no number.
    Expects `tied` and `said` of implied_elsewhere.py, and the tables of numbers_said.py.
    """
    of_interest = [*hidden, *by_sources]
    splits = splits_seen(connection, of_interest)
    if not of_interest:
        return LinkedHidden()
    tied = ties_between(connection, of_interest)
    if not (tied or splits):
        return LinkedHidden()
    of_indicator = rows_of_several(
        connection,
        {each for each, _ in (*(series for pair in tied for series in pair),
            *(series for split in splits for series in (split.every, *split.parts)))},
    )  # fmt: skip
    if of_indicator is None:
        return LinkedHidden()
    if sum(map(len, of_indicator.values())) > _MANY_ROWS:
        of_indicator = where_several_stand(of_indicator)
    divided = {each for (each,) in connection.execute(_DIVIDED).fetchall()}
    systems = _systems(sorted(tied), splits, divided, of_indicator)
    return keep_hidden_by(systems, connection, hidden, by_sources, known)


def ties_between(
    connection: duckdb.DuckDBPyConnection, of_interest: Sequence[_Place]
) -> set[tuple[Series, Series]]:
    """Which numbers of which indicators are seen to be the same, near some rows."""
    tied = {((a, b), (c, d)) for a, b, c, d in connection.execute(_TIED).fetchall()}
    return tied | saying_the_same(connection, {str(place[0]) for place in of_interest})


def rows_of_several(
    connection: duckdb.DuckDBPyConnection, indicator_ids: Set[str]
) -> dict[str, list[Row]] | None:
    """All rows ever published of some indicators; None where they are too many."""
    ids = sorted(indicator_ids)
    (size,) = connection.execute(_SIZE, {"ids": ids}).fetchone() or (0,)
    if size > _MOST_ROWS:
        return None
    return {rows[0].indicator_id: rows for rows in rows_of(connection, ids)}


def keep_hidden_by(
    systems: Iterable["System"], connection: duckdb.DuckDBPyConnection, hidden: Sequence[_Place],
    by_sources: Sequence[_Place], known: "Known",
) -> LinkedHidden:  # fmt: skip
    """Adds what some systems ask for to `stays_hidden`, and means for their sum to `hidden_sum`."""
    more: set[_Place] = set()
    unlabelled: set[_Place] = set()
    for_sources: set[_Place] = set()
    sums: set[_Place] = set()
    without_number = frozenset(by_sources)
    for system in systems:
        to_hide, of_sums = system.to_hide(frozenset(hidden), without_number, known)
        sums |= of_sums - known.hidden_sums
        numbers = to_hide.keys() - without_number
        more |= numbers - {*hidden}
        unlabelled |= {place for place, is_small in to_hide.items() if not is_small}
        if system.guards_for_good or system.reports_any_of(without_number):
            for_sources |= numbers
    is_any_new = False
    for places, keep in ((more, _KEEP), (sums, _KEEP_SUMS)):
        if places:
            bring_in(connection, table_of(sorted(places), _COLUMNS))
            is_any_new |= connection.execute(keep).fetchone() is not None
            let_go(connection)
    return LinkedHidden(is_any_new, unlabelled, for_sources)


class Known(NamedTuple):
    """What is known beside the rows, and how to `settle` what to hide of some numbers.

    `hidden_sums` are means that are hidden for their sum alone.
    """

    publications: Mapping[int, Publication]
    memory: Memory
    ties: Ties
    settle: Settle
    hidden_sums: Set[_Place] = frozenset()


def _systems(
    tied: Sequence[tuple[Series, Series]], seen: Sequence[Split], divided: Set[str],
    of_indicator: Mapping[str, Sequence[Row]],
) -> Iterator["System"]:  # fmt: skip
    """A system for each number that is no part of another, with all its parts."""
    leaders = Leaders(tied)
    shares = [
        indicator_id for indicator_id, rows in sorted(of_indicator.items())
        if indicator_id in divided and any(row.whole is not None for row in rows)
    ]  # fmt: skip
    of_shares = [
        Split((each, "denominator"), ((each, "numerator"), (each, "remainder"))) for each in shares
    ]
    splits = dict.fromkeys(
        Split(leaders.of(every), tuple(sorted(map(leaders.of, parts))))
        for every, parts in (*of_shares, *seen)
    )
    members = leaders.members()
    parts = {part for split in splits for part in split.parts}
    for root in sorted(members.keys(), key=lambda each: (each in parts, each)):
        # Of what is part of another also by itself: how many all are may be rounded.
        if root not in parts or len(members[root]) > 1:
            yield System(root, members, [*splits], of_indicator)


@dataclass(frozen=True)
class System:
    """A number of all persons, and of parts of them, as several indicators report them."""

    root: Series
    members: Mapping[Series, Sequence[Series]]
    splits: Sequence[Split]
    of_indicator: Mapping[str, Sequence[Row]]
    parents: dict[Series, set[tuple[Series, str]]] = field(default_factory=dict)
    # Whether what it hides stays hidden whatever is solved exactly.
    guards_for_good = False
    # Whether it is looked at though none of its numbers is hidden.
    leaves_few = False

    def __post_init__(self) -> None:
        self.parents[self.root] = set()
        waiting = [self.root]
        while waiting:
            every = waiting.pop()
            for number, split in enumerate(self.splits):
                for part in split.parts if split.every == every else ():
                    if part not in self.parents:
                        waiting.append(part)
                    if part != self.root:
                        self.parents.setdefault(part, set()).add((every, f"{SEEN}{number}"))

    def to_hide(
        self, hidden: Set[_Place], without_number: Set[_Place], known: Known
    ) -> tuple[dict[_Place, bool], set[_Place]]:
        """The rows that must be hidden (True: called small), of all indicators that say it.

        And the means that must be for their sum: nothing has to guard of how many they are.
        """
        publications, memory, ties, settle, hidden_sums = known
        rows: list[Row] = []
        reported: dict[_Place, Row] = {}
        alike: dict[_Place, list[Row]] = {}
        unseen_sums = hidden | hidden_sums
        for those_alike in self._rows(hidden, unseen_sums):
            every = [row for rows_alike in those_alike for _, row in rows_alike]
            for ours, row in those_alike[0]:
                rows.append(ours)
                reported[_place_of(ours)] = row
                alike[_place_of(ours)] = every
        unknown = hidden | without_number
        is_near = any(_place_of(row) in unknown for every in alike.values() for row in every)
        if not (is_near or self.leaves_few):
            return {}, set()
        kept = {
            ours for ours, row in reported.items()
            if _place_of(row) in (unseen_sums if row.is_mean else hidden)
            or _place_of(row) in memory.for_good
        }  # fmt: skip
        kept |= {
            (*ours[:4], *which) for ours, row in reported.items() for which in (("", 0), ("", -1))
            if (*row[:4], *which) in memory.for_good
        }  # fmt: skip
        withheld = {ours for ours, row in reported.items() if _place_of(row) in memory.withheld}
        of_ours = Memory(memory.until, frozenset(withheld), frozenset(kept))  # type: ignore[arg-type]
        shown = shown_numbers(rows, publications, of_ours)
        # From numbers of everyone alone nothing follows for any group, whatever it is part of.
        is_of_groups = any(row.group_id != EVERYONE for row in self._every_row())
        groups, former = (ties.groups, ties.former) if is_of_groups else (NO_GROUPS, NO_GROUPS)
        former = self._groups(former) if former else former
        hiding = settle(shown, Ties(self._groups(groups), former, ties.areas))
        cells = {cell.key: cell for cell in shown.cells}
        to_hide: dict[_Place, bool] = {}
        sums: set[_Place] = set()
        for key, is_small in hiding.keys.items():
            for source_id, batch_id in shown.rows[key]:
                for row in alike[*cells[key].base, source_id, batch_id]:
                    place = _place_of(row)
                    if row.is_mean:
                        sums.add(place)
                    else:
                        to_hide[place] = to_hide.get(place, True) and is_small
        return to_hide, sums

    def reports_any_of(self, places: Set[_Place]) -> bool:
        """Whether any of some rows is of its indicators."""
        return bool(places) and any(_place_of(row) in places for row in self._every_row())

    def _every_row(self) -> Iterator[Row]:
        """The rows of all indicators that report any of the numbers."""
        every = {each for series in self.parents for each, _ in self.members.get(series, ())}
        for indicator_id in sorted(every):
            yield from self.of_indicator[indicator_id]

    def _rows(
        self, hidden: Set[_Place], unseen_sums: Set[_Place]
    ) -> Iterator[list[list[tuple[Row, Row]]]]:
        """What is reported, of each key by every indicator: first by one that shows it.

        Of these, and of others, first by one that does not round it. Each row as it is here, and
        as its indicator has it.
        """
        by_key: dict[tuple[str, ...], dict[tuple[str, ...], list[tuple[Row, Row]]]] = defaultdict(
            lambda: defaultdict(list)
        )
        for series in self.parents:
            for indicator_id, name in self.members.get(series, ()):
                for row in self.of_indicator[indicator_id]:
                    if number := _implied_row(row, name):
                        ours = self._ours(series, number)
                        which = indicator_id, name, row.group_id
                        by_key[ours[1:4]][which].append((ours, number))
        for _, of_key in sorted(by_key.items()):
            yield sorted(
                of_key.values(),
                key=lambda rows: (
                    all(
                        _place_of(row) in (unseen_sums if row.is_mean else hidden)
                        for _, row in rows
                    ),
                    any(row.least is not None for _, row in rows),
                    -len(self.of_indicator[rows[0][1].indicator_id]), rows[0][1].indicator_id,
                ),
            )  # fmt: skip

    def _ours(self, series: Series, row: Row) -> Row:
        return row._replace(
            indicator_id=APART.join(self.root), group_id=self._group(series, row.group_id),
            source_id=f"{row.indicator_id}{APART}{row.source_id}",
        )  # fmt: skip

    def _group(self, series: Series, group_id: str) -> str:
        return group_id if series == self.root else APART.join((group_id, *series))

    def _groups(self, groups: Groups) -> Groups:
        """How the groups of each number lie in each other, and in those that it is part of."""
        every: dict[str, tuple[PartOf, ...]] = {}
        for series, parents in self.parents.items():
            for group_id in sorted({EVERYONE, *groups}):
                within = groups.get(group_id) or ()
                if group_id != EVERYONE and not within:
                    within = (PartOf(EVERYONE),)
                those = [PartOf(self._group(series, each.group_id), each.split) for each in within]
                those += [
                    PartOf(self._group(whole, group_id), split) for whole, split in sorted(parents)
                ]
                if those:
                    ours = self._group(series, group_id)
                    every[ours] = tuple(dict.fromkeys((*every.get(ours, ()), *those)))
        return every


def _place_of(row: Row) -> _Place:
    return (*row[:4], row.source_id, row.batch_id)


def _implied_row(row: Row, name: str) -> Row | None:
    """The row of a number that another row implies; None where it implies none.

    One that still `is_mean` is of its sum.
    """
    part, least, most = row.part, row.least, row.most
    if name == "numerator" and row.is_mean:
        if row.mean_sum is None:
            return None
        part, least, most = row.mean_sum, row.least_sum, row.most_sum
    elif name == "remainder":
        if row.whole is None:
            return None
        part = None if part is None else row.whole - part
        least, most = (None if end is None else row.whole - end for end in (most, least))
    elif name == "denominator" and row.whole is not None:
        part, least, most = row.whole, None, None
    if row.is_bound and name not in ("value", "numerator"):
        return None
    is_sum = row.is_mean and name == "numerator"
    return row._replace(part=part, whole=None, least=least, most=most, is_mean=is_sum)


_TIED = "SELECT DISTINCT indicator_id, name, other_id, other_name FROM tied ORDER BY ALL"

# Some of all have what is counted, the rest lack it. Of a mean all have it.
_DIVIDED = """
SELECT indicator_id FROM counted_kind WHERE kind IN ('count', 'proportion')
UNION
SELECT indicator_id FROM counting_rate
"""

_SIZE = "SELECT count(*) FROM observation WHERE list_contains($ids::VARCHAR[], indicator_id)"

_KEEP = """
INSERT INTO stays_hidden
SELECT incoming.* FROM incoming
JOIN strictest_limit USING (source_id, batch_id)
WHERE min_cell > 0
EXCEPT FROM stays_hidden
RETURNING 1
"""
_KEEP_SUMS = """
INSERT INTO hidden_sum
SELECT incoming.* FROM incoming
JOIN strictest_limit USING (source_id, batch_id)
WHERE min_cell > 0
EXCEPT FROM hidden_sum
RETURNING 1
"""
