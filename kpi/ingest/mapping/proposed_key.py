"""Which columns the area and the period of each figure are in, as the contents propose."""

from collections.abc import Sequence
from dataclasses import replace

from kpi.ingest.mapping.free_columns import FreeColumns
from kpi.ingest.mapping.proposed_recipe import Proposal
from kpi.ingest.mapping.recipe import fits_pattern
from kpi.ingest.mapping.whole_file import area_of_all, period_of_all
from kpi.ingest.turning.column_texts import (
    are_codes,
    holds_periods,
    is_numeric,
    is_period,
    is_usual,
    names_other_time,
    share_of,
    without_counts,
)
from kpi.ingest.turning.split_periods import ends_of_periods, names_part_of_year
from kpi.ingest.words.area_hints import GROUPS_OF_AREAS, NO_AREAS, are_parts
from kpi.ingest.words.area_lookup import area_lookup
from kpi.ingest.words.written_periods import period_of

# Columns of areas have some that nobody knows (`Province Fyn`, `Abroad`); of periods hardly any.
_SHARE_OF_AREAS = 0.5


def area_column(left: FreeColumns) -> str:
    """The column most of whose labels are areas; empty where none is."""
    find = area_lookup(left.catalog)
    shares = {
        name: share
        for name, column in left.free.items()
        if (share := share_of(column.filled, lambda text: find(text) is not None, _SHARE_OF_AREAS))
        >= _SHARE_OF_AREAS
        and (not is_numeric(column) or is_usual("area", name))
    }
    # Names go before codes, a column named as one of areas before one that happens to fit, and
    # one of municipalities before the regions that they are in.
    return max(
        shares,
        key=lambda name: (
            not is_numeric(left.free[name]), is_usual("area", name),
            are_parts(left.free[name].filled, find, left.catalog),
            shares[name], left.free[name].count,
        ),
        default=_unknown_areas(left),
    )  # fmt: skip


def _unknown_areas(left: FreeColumns) -> str:
    """A column of words that is called as columns of areas are: none of them is known yet."""
    named = [
        name for name, column in left.free.items()
        if is_usual("area", name) and not is_numeric(column)
    ]  # fmt: skip
    return named[0] if named else ""


def skipped_areas(left: FreeColumns, area: str) -> tuple[str, ...]:
    """The patterns of areas that Spor has no figures of, which some of the column fit."""
    find = area_lookup(left.catalog)
    column = next(column for column in left.columns if column.name == area)
    unknown = [text for text in column.filled if find(text) is None]
    is_of_parts = are_parts(column.filled, find, left.catalog)
    patterns = (*NO_AREAS, *(GROUPS_OF_AREAS if is_of_parts else ()))
    return tuple(
        pattern for pattern in patterns if any(fits_pattern(pattern, text) for text in unknown)
    )


def period_column(left: FreeColumns) -> str:
    """The column of periods; one end of a period (`Fra`) is none of these."""
    ends = ends_of_periods(left.table.columns) or ()
    several = [
        name for name, column in left.free.items()
        if name not in ends and holds_periods(column)
    ]  # fmt: skip
    # The day of the extract is the same in all rows, and is seldom called a period.
    moving = [n for n in several if left.free[n].count > 1 or is_usual("period", n)]
    several = without_counts([left.free[name] for name in moving or several])
    finest = _finest(left, several)
    if names_other_time(finest):
        several = [name for name in several if not names_other_time(name)]
        finest = _finest(left, several)
    return finest or (_unread_periods(left) if not several else "")


def _finest(left: FreeColumns, several: Sequence[str]) -> str:
    """The column whose periods are within those of all others; empty where none is."""
    finest = (name for name in several if all(_holds(left, other, name) for other in several))
    return next(finest, "")


def with_whole_file(left: FreeColumns, proposal: Proposal) -> Proposal:
    """The period and the area that the title gives all rows, where no column is of any."""
    constant, texts = {}, {}
    of_time = [
        name for name, column in left.free.items()
        if holds_periods(column) or is_usual("period", name) or names_part_of_year(name)
    ]  # fmt: skip
    if not (proposal.period or of_time or ends_of_periods(left.table.columns)):
        constant["period"], texts["period"] = period_of_all(left.table.beside)
    if not proposal.area:
        find = area_lookup(left.catalog)
        constant["area"], texts["area"] = area_of_all(left.table.beside, find)
    known = {key: value for key, value in constant.items() if value}
    return replace(proposal, constant=known, constant_texts=texts)


def _unread_periods(left: FreeColumns) -> str:
    """The only column that is named as one of periods: its cells are reported one by one."""
    named = [name for name in left.free if is_usual("period", name)]
    return named[0] if len(named) == 1 else ""


def _holds(left: FreeColumns, longer: str, shorter: str) -> bool:
    """Whether a column's period contains another's in each of the first rows."""
    if longer == shorter:
        return True
    first, second = (left.table.columns.index(name) for name in (longer, shorter))
    for _, cells in left.table.rows:
        whole, part = period_of(cells[first]), period_of(cells[second])
        if whole and part and not whole.start <= part.start <= part.end <= whole.end:
            return False
    return True


def drop_spellings(left: FreeColumns, area: str, period: str) -> None:
    """Takes out further columns of areas and periods that only spell the same again."""
    find = area_lookup(left.catalog)
    if area:
        at = left.table.columns.index(area)
        for name in list(left.free):
            other_place = left.table.columns.index(name)
            if all(
                find(cells[other_place]) is not None and find(cells[other_place]) == find(cells[at])
                for _, cells in left.table.rows
            ):
                left.free.pop(name)
        # Codes of other areas than the names are an error, and no choice of rows.
        left.free = {n: column_ for n, column_ in left.free.items() if not are_codes(column_, find)}
    if period:
        for name, column in list(left.free.items()):
            if share_of(column.filled, is_period, 1.0) == 1.0 and _holds(left, name, period):
                left.free.pop(name)
