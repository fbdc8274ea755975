"""Every number of persons that a key ever had, with the moments at which each of them was current.

A moment is a day that may be looked at, or a publication that people have read: every combination
of publications that were current together. Numbers of withdrawn and corrected rows are among them.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from math import inf
from typing import NamedTuple, Protocol

import duckdb

from kpi.domain.period import parse_period
from kpi.suppression.cells import Cell, Key, is_small, new_cell
from kpi.suppression.said import Said, in_persons, said_of

# A publication, and the day from which its row was known.
Origin = tuple[int, date]
Moments = frozenset[int]


class Row(NamedTuple):
    """A row ever published, in the order of `ROWS`; `is_number` is False where none was given.

    `words` are the source's of a number that it hides, of which a unit is `a_unit` persons;
    `lowest_limit` is the lowest that its source had since the row was published. `least` and `most`
    are the persons that a rounded percentage may be of, where these are several numbers. Of a mean
    `part` is of how many it is, and `mean_sum` what these have together, or the least and the most.
    """

    indicator_id: str
    area_id: str
    group_id: str
    period: str
    part: float | None
    whole: float | None
    limit: int
    area_level: str
    parent_id: str | None
    low: float | None
    high: float | None
    is_bound: bool
    source_id: str
    batch_id: int
    known_from: date
    removed: bool
    is_number: bool
    is_stock: bool = False
    words: str | None = None
    a_unit: float | None = None
    lowest_limit: int | None = None
    least: float | None = None
    most: float | None = None
    is_mean: bool = False
    mean_sum: float | None = None
    least_sum: float | None = None
    most_sum: float | None = None


@dataclass(frozen=True)
class Publication:
    """When a batch came and, where it was withdrawn, went."""

    batch_id: int
    published_on: date
    withdrawn_on: date | None


@dataclass
class Shown:
    """The cells of an indicator, and the rows (source, batch) that each of them is in."""

    cells: list[Cell] = field(default_factory=list)
    rows: dict[Key, list[tuple[str, int]]] = field(default_factory=dict)


@dataclass(frozen=True)
class Memory:
    """What people have read: all rows up to a batch, but those that were hidden all the time.

    `for_good` are rows that stay hidden whatever holds; of batch 0 whatever comes of a key, and of
    batch -1 keys that were shown by a file that is gone.
    """

    until: int
    withheld: frozenset[tuple[str, str, str, str, str, int]]
    for_good: frozenset[tuple[str, str, str, str, str, int]] = frozenset()

    @cached_property
    def _ids_for_good(self) -> frozenset[str]:
        """The indicators with rows that stay hidden."""
        return frozenset(row[0] for row in self.for_good)

    def has_read(self, place: tuple[object, ...]) -> bool:
        """Whether people have read a row, as `hidden_row` names it."""
        return int(str(place[-1])) <= self.until and place not in self.withheld

    def withholds(self, row: Row) -> bool:
        """Whether the row's number was hidden until now."""
        return (*row[:4], row.source_id, row.batch_id) in self.withheld

    def keeps_hidden(self, row: Row) -> bool:
        """Whether the row's number stays hidden whatever holds."""
        if row.indicator_id not in self._ids_for_good:
            return False
        key = row[:4]
        is_of_all = bool(row.limit) and (*key, "", 0) in self.for_good
        return is_of_all or (*key, row.source_id, row.batch_id) in self.for_good

    def holds(self, row: Row) -> bool:
        """Whether the row's number has been shown before; never where its source hides it."""
        has_number = row.part is not None or row.is_bound
        if has_number and row.limit and (*row[:4], "", -1) in self.for_good:
            return True
        return has_number and row.batch_id <= self.until and not self.withholds(row)


def read_publications(connection: duckdb.DuckDBPyConnection) -> dict[int, Publication]:
    """All batches of the version."""
    rows = connection.execute(
        "SELECT batch_id, published_at, withdrawn_on FROM batch ORDER BY batch_id"
    )
    return {
        batch_id: Publication(
            batch_id, at.date() if isinstance(at, datetime) else date.min, withdrawn_on
        )
        for batch_id, at, withdrawn_on in rows.fetchall()
    }


def shown_numbers(
    rows: Sequence[Row], publications: Mapping[int, Publication], memory: Memory
) -> Shown:
    """The numbers of one indicator's rows, as cells of every moment."""
    moments, is_day = moments_of({(row.batch_id, row.known_from) for row in rows}, publications)
    by_key: dict[Key, list[Row]] = defaultdict(list)
    for row in rows:
        by_key[row[:4]].append(row)
    seen_of: dict[Origin, Moments | None] = {}
    winners: dict[tuple[object, ...], list[Moments]] = {}
    shown = Shown()
    for of_key in by_key.values():
        if len(of_key) == 1:
            (row,) = of_key
            if not row.is_number:
                continue
            origin = row.batch_id, row.known_from
            if origin not in seen_of:
                seen_of[origin] = _seen_alone(origin, moments)
            cell = _cell(row, "", seen_of[origin], is_day, (row,), memory)
            shown.cells.append(cell)
            shown.rows[cell.key] = [(row.source_id, row.batch_id)]
            continue
        alike = tuple((row.batch_id, row.known_from, row.source_id, row.removed) for row in of_key)
        if alike not in winners:
            winners[alike] = current_at(of_key, moments)
        for cell, places in _numbers(of_key, winners[alike], memory, is_day):
            shown.cells.append(cell)
            shown.rows[cell.key] = places
    return shown


def moments_of(
    origins: Iterable[Origin], publications: Mapping[int, Publication]
) -> tuple[list[frozenset[Origin]], list[bool]]:
    """The rows that were current at each moment: days in their order, then publications, then now.

    And whether it is a day, or now: what can still be looked at.
    """
    every = sorted(origins)
    gone = {batch_id: publication.withdrawn_on for batch_id, publication in publications.items()}
    days = {known for _, known in every} | {gone[batch_id] for batch_id, _ in every} - {None}
    moments_found = [
        frozenset(
            origin
            for origin in every
            if origin[1] <= day and not _is_before(gone[origin[0]], day, True)
        )
        for day in sorted(day for day in days if day is not None)
    ]
    open_to_all = set(moments_found)
    for batch_id in sorted({batch_id for batch_id, _ in every}):
        day = publications[batch_id].published_on
        moments_found += [
            frozenset(
                origin
                for origin in every
                if origin[0] <= batch_id and not _is_before(gone[origin[0]], day, on_the_day)
            )
            for on_the_day in (False, True)
        ]
    moments_found.append(frozenset(origin for origin in every if gone[origin[0]] is None))
    open_to_all.add(moments_found[-1])
    # Of moments alike the last: what is current now stays behind all others.
    moments = [moment for moment in dict.fromkeys(reversed(moments_found)) if moment][::-1]
    return moments, [moment in open_to_all for moment in moments]


def _is_before(withdrawn_on: date | None, day: date, on_the_day: bool) -> bool:
    """Whether it was withdrawn by a day, the day itself counted or not."""
    if withdrawn_on is None:
        return False
    return withdrawn_on <= day if on_the_day else withdrawn_on < day


def _seen_alone(origin: Origin, moments: Sequence[frozenset[Origin]]) -> Moments | None:
    seen = frozenset(number for number, current in enumerate(moments) if origin in current)
    return None if len(seen) == len(moments) else seen


class Published(Protocol):
    """A row as far as what decides when it was current."""

    @property
    def source_id(self) -> str:
        """Its source."""

    @property
    def batch_id(self) -> int:
        """The publication that it came with."""

    @property
    def known_from(self) -> date:
        """The day from which it was known."""

    @property
    def removed(self) -> bool:
        """Whether it says that there is no figure any more."""


def current_at(
    rows: Sequence[Published], moments: Sequence[frozenset[Origin]]
) -> list[Moments]:  # fmt: skip
    """At which moments each of a key's rows was current, by the rules of as_of.sql."""
    moments_of_row: list[set[int]] = [set() for _ in rows]
    for number, current in enumerate(moments):
        newest: dict[str, int] = {}
        for place, row in enumerate(rows):
            if (row.batch_id, row.known_from) not in current:
                continue
            other = newest.get(row.source_id)
            if other is None or rows[other].batch_id < row.batch_id:
                newest[row.source_id] = place
        left = [place for place in newest.values() if not rows[place].removed]
        if left:
            moments_of_row[
                max(left, key=lambda place: (rows[place].known_from, rows[place].batch_id))
            ].add(number)
    return [frozenset(numbers) for numbers in moments_of_row]


def _numbers(
    rows: Sequence[Row], moments_of_row: Sequence[Moments], memory: Memory, is_day: Sequence[bool]
) -> Iterator[tuple[Cell, list[tuple[str, int]]]]:
    """A cell for each number that a key has had: rows that say the same are one."""
    alike: dict[tuple[object, ...], list[int]] = defaultdict(list)
    # What was hidden before a public source published it is another number: were it shown as the
    # same, whoever guesses it and calls the guess public would see that he is right.
    public_from = min((row.batch_id for row in rows if not row.limit), default=inf)
    for place, row in enumerate(rows):
        if row.is_number and moments_of_row[place]:
            of_ours = bool(row.limit) and row.batch_id < public_from
            alike[row.part, row.low, row.high, row.is_bound, of_ours].append(place)
    several = len(alike) > 1
    last = max(
        (max(moments_of_row[place]) for places in alike.values() for place in places), default=0
    )
    for places in alike.values():
        seen = frozenset[int]().union(*(moments_of_row[place] for place in places))
        same = [rows[place] for place in places]
        # What a source has made public stays so, though somebody hands it in as his own.
        limits = [each.limit for each in same]
        limit = max(limits) if all(limits) else 0
        row = same[0]._replace(whole=_whole(same, limit), limit=limit)
        version = "" if last in seen else f"@{row.batch_id}"
        cell = _cell(row, version, seen, is_day, same, memory, several)
        yield cell, [(each.source_id, each.batch_id) for each in same]


def _whole(same: Sequence[Row], limit: int) -> float | None:
    """Of how many a number is at worst: of as many as leave few of them, else of the least."""
    wholes = {row.whole for row in same if row.whole is not None}
    part = same[0].part
    few = {whole for whole in wholes if part is not None and is_small(part, whole, limit)}
    return min(few or wholes, default=None)


def _cell(
    row: Row, version: str, seen: Moments | None, is_day: Sequence[bool], same: Sequence[Row],
    memory: Memory, was_mended: bool = False,
) -> Cell:  # fmt: skip
    """The cell of rows that say the `same`.

    What is small by a limit that was raised since may have been shown, and is remembered.
    """
    period = parse_period(row.period)
    values: dict[str, object] = {
        "indicator_id": row.indicator_id, "area_id": row.area_id, "group_id": row.group_id,
        "period": period, "part": row.part, "whole": row.whole, "limit": row.limit,
        "area_level": row.area_level, "parent_id": row.parent_id,
    }  # fmt: skip
    if row.low is not None or row.high is not None or row.is_bound:
        values |= {"low": row.low, "high": row.high, "is_bound": row.is_bound}
    if version:
        values["version"] = version
    if seen is not None:
        values["seen"] = seen
        if not any(map(is_day.__getitem__, seen)):
            values["is_visible"] = False
    if was_mended:
        values["was_mended"] = True
    if row.is_stock or period.kind == "day":
        values["is_stock"] = True
    values |= _remembered(same, memory)
    if rounded := _rounded(same):
        values["rounded"] = rounded
    return new_cell(values)


def _remembered(same: Sequence[Row], memory: Memory) -> dict[str, object]:
    """What a cell has besides of what people have read of its rows, and of what is said of them."""
    values: dict[str, object] = {}
    if memory.until > 0:
        if any(map(memory.holds, same)):
            values["was_shown"] = True
        elif any(map(memory.withholds, same)):
            former_limit = _former_limit(same)
            if former_limit is not None:
                return {
                    "was_hidden": True, "stays_hidden": True, "is_unlabelled": True,
                    "former_limit": former_limit,
                }  # fmt: skip
            values["was_hidden"] = True
    if memory.for_good and any(map(memory.keeps_hidden, same)):
        values["stays_hidden"] = True
    if said := _said(same):
        values["said"] = said
    return values


def _former_limit(same: Sequence[Row]) -> int | None:
    """The limit by which a hidden count was not called small, where it was raised since.

    Were it called small by the new one, or shown as no guard any more, that would tell a number
    beside it: of 13, `<5` and `<10` are 4 and 9.
    """
    part = same[0].part
    former = [row.lowest_limit for row in same if row.lowest_limit and row.lowest_limit < row.limit]
    if part is None or not former or any(row.whole is not None for row in same):
        return None
    return None if 0 < part < min(former) else min(former)


def _rounded(same: Sequence[Row]) -> tuple[float, float] | None:
    """Between which numbers of persons it lies, if all rows that say it are rounded."""
    if same[0].least is None:
        return None
    ends = [(row.least, row.most) for row in same if row.least is not None and row.most is not None]
    if len(ends) < len(same):
        return None
    least, most = max(least for least, _ in ends), min(most for _, most in ends)
    return (least, most) if least < most else None


def _said(same: Sequence[Row]) -> Said | None:
    """Between which numbers a hidden one lies by what has been said of it, the narrowest of all.

    Its source's own words, or the lowest limit of its sources, now or before it was raised.
    """
    if same[0].part is None:
        every = [in_persons(said_of(row.words), row.a_unit) for row in same if row.words]
        ends = [said for said in every if said]
        if not ends:
            return None
        return max(low for low, _ in ends), min(high for _, high in ends)
    first, part = same[0], same[0].part or 0
    if len(same) == 1 and first.lowest_limit == first.limit:
        return None
    limits = [row.lowest_limit or 0 for row in same]
    above = [limit for limit in limits if 0 < part < limit]
    if above:
        return 1.0, min(above) - 1.0
    # Its page did not call it small while the limit was lower.
    below = [limit for limit in limits if 0 < limit <= part]
    most = max(row.limit for row in same)
    return (float(max(below)), most - 1.0) if below and part < most else None
