"""The checks of a file's figures against what is known: scale, jumps, copies, mix-ups."""

from collections.abc import Set
from typing import NamedTuple

import duckdb

from kpi.domain.catalog import Catalog
from kpi.domain.errors import Problem
from kpi.ingest.mapping.choices import Choices
from kpi.ingest.mapping.column_mapping import Plan
from kpi.ingest.plausibility.beside_areas import beside_areas
from kpi.ingest.plausibility.beside_limits import beside_limits
from kpi.ingest.plausibility.beside_sizes import beside_sizes
from kpi.ingest.plausibility.big_changes import big_changes
from kpi.ingest.plausibility.compared import compare
from kpi.ingest.plausibility.copied import copied_figures
from kpi.ingest.plausibility.cumulated import FEWEST_CUMULATED, cumulated
from kpi.ingest.plausibility.earlier_steps import earlier_steps
from kpi.ingest.plausibility.equal_rows import FEWEST_ROWS, equal_rows
from kpi.ingest.plausibility.far_denominators import far_denominators
from kpi.ingest.plausibility.few_figures import FewFigures, count_few
from kpi.ingest.plausibility.filled_down import FEWEST_FILLED, filled_down
from kpi.ingest.plausibility.left_standing import FEWEST_STANDING, left_standing
from kpi.ingest.plausibility.limits_beside import far_limits
from kpi.ingest.plausibility.list_numbers import FEWEST_LISTED, list_numbers
from kpi.ingest.plausibility.lone_periods import FEWEST_BESIDE, lone_periods
from kpi.ingest.plausibility.mixed_years import mixed_years
from kpi.ingest.plausibility.newest import newest_figures
from kpi.ingest.plausibility.older_figures import older_figures
from kpi.ingest.plausibility.other_period import FEWEST_MOVED, other_period
from kpi.ingest.plausibility.other_series import other_series
from kpi.ingest.plausibility.other_source import other_source
from kpi.ingest.plausibility.outside_parts import FEWEST_OF_WHOLE, outside_parts
from kpi.ingest.plausibility.own_steps import own_steps
from kpi.ingest.plausibility.period_kinds import other_period_kinds
from kpi.ingest.plausibility.plain_means import plain_means
from kpi.ingest.plausibility.repeats import repeats
from kpi.ingest.plausibility.rounded import rounded_figures
from kpi.ingest.plausibility.same_change import FEWEST_ALIKE, same_change
from kpi.ingest.plausibility.scale import scale_problems
from kpi.ingest.plausibility.shifted import FEWEST_SHIFTED, shifted_figures
from kpi.ingest.plausibility.sorted_alone import FEWEST_IN_ORDER, sorted_alone
from kpi.ingest.plausibility.stray_marks import stray_marks
from kpi.ingest.plausibility.swapped import swapped_series
from kpi.ingest.plausibility.unlike_others import unlike_others
from kpi.ingest.plausibility.unlike_wholes import unlike_wholes
from kpi.ingest.plausibility.wholes import not_whole
from kpi.ingest.plausibility.withdrawn_figures import withdrawn_figures
from kpi.ingest.table.raw import RawTable
from kpi.system.two_at_once import two_at_once


class _File(NamedTuple):
    """The file that is asked about: its table, what its columns are, and what is known."""

    table: RawTable
    plan: Plan
    catalog: Catalog
    is_fetched: bool


def implausible_figures(
    connection: duckdb.DuckDBPyConnection,
    table: RawTable,
    plan: Plan,
    catalog: Catalog,
    choices: Choices,
) -> list[Problem]:
    """Every problem of this kind. `choices.scale` is the factor that a person gave for the file."""
    answer = choices.scale
    few = count_few(connection)
    compare(connection, catalog)
    newest, (asked, off_scale, stray) = two_at_once(
        connection, newest_figures, lambda beside: _as_wholes(beside, table, plan, catalog, answer)
    )
    others = other_series(connection, table, plan, catalog, off_scale)
    problems = [*asked.values(), *stray.values(), *others.values()]
    reported = off_scale | others.keys()
    # An error is mended before the other areas' figures tell anything.
    unsure = off_scale if answer else off_scale | asked.keys() | stray.keys()
    file = _File(table, plan, catalog, choices.is_fetched)

    def on_changes(connection: duckdb.DuckDBPyConnection) -> tuple[list[Problem], list[Problem]]:
        """What is wrong with changes and whole periods, and with sums, means and roundness."""
        far = far_limits(connection, table, plan, catalog, answer, asked)
        far += beside_limits(connection, table, plan, catalog)
        changes = big_changes(connection, table, plan, catalog, off_scale)
        changes += other_period_kinds(connection, table, plan, catalog)
        far += changes
        changed_rows = {problem.row for problem in changes if problem.code != "other_period_kind"}
        far += unlike_others(connection, table, plan, catalog, unsure, changed_rows)
        far += unlike_wholes(connection, table, plan, catalog, off_scale)
        seen = {problem.row for problem in far if problem.code != "other_period_kind"}
        far += beside_sizes(connection, table, plan, catalog, seen)
        far += repeats(connection, catalog)
        far += copied_figures(connection, catalog)
        if few.own >= FEWEST_LISTED:
            far += list_numbers(connection, table, plan, catalog)
        sums = []
        if few.own >= FEWEST_OF_WHOLE:
            sums += outside_parts(connection, table, plan, catalog)
            sums += plain_means(connection, table, plan, catalog)
        return far, sums + rounded_figures(connection, table, plan, catalog)

    def on_neighbours(connection: duckdb.DuckDBPyConnection) -> tuple[list[Problem], list[Problem]]:
        """What has taken another place (of a series, row, period or source); broken counts."""
        moved = _beside_newest(connection, file, few, newest, reported) if newest else []
        moved += _beside_published(connection, file, few)
        moved += withdrawn_figures(connection, catalog) if file.is_fetched else []
        return moved, not_whole(connection, table, plan, asked.keys() | stray.keys())

    (far, sums), (moved, broken) = two_at_once(connection, on_changes, on_neighbours)
    return [*problems, *far, *moved, *sums, *broken]


def _as_wholes(
    connection: duckdb.DuckDBPyConnection, table: RawTable, plan: Plan, catalog: Catalog,
    answer: float | None,
) -> tuple[dict[int, Problem], frozenset[int], dict[int, Problem]]:  # fmt: skip
    """What is asked of indicators as wholes: their scales, those off scale, their marks.

    Makes `asked_cell`: the figures that these ask about, by record and indicator.
    """
    beside_areas(connection)
    connection.execute("CREATE TABLE asked_cell (record INTEGER, indicator INTEGER)")
    asked, off_scale = scale_problems(connection, table, plan, catalog, answer)
    stray = stray_marks(connection, table, plan, catalog, answer, asked.keys() | off_scale)
    return asked, off_scale, stray


def _beside_newest(
    connection: duckdb.DuckDBPyConnection, file: _File, few: FewFigures, newest: int,
    reported: Set[int],
) -> list[Problem]:  # fmt: skip
    """What is wrong with the newest figures, so many, beside the earlier ones of their series."""
    table, plan, catalog = file.table, file.plan, file.catalog
    problems = swapped_series(connection, table, plan, catalog, reported)
    problems += far_denominators(connection, table, plan, catalog)
    mixed = mixed_years(connection, table, plan, catalog)
    problems += mixed
    if few.own >= FEWEST_STANDING:
        problems += left_standing(connection, catalog, mixed)
    if newest >= FEWEST_SHIFTED:
        problems += shifted_figures(connection, catalog, reported, file.is_fetched)
    if newest >= FEWEST_IN_ORDER:
        problems += sorted_alone(connection, table, plan, catalog, reported)
    problems += own_steps(connection, table, plan, catalog, reported)
    problems += earlier_steps(connection, table, plan, catalog)
    return problems


def _beside_published(
    connection: duckdb.DuckDBPyConnection, file: _File, few: FewFigures
) -> list[Problem]:
    """What is wrong with figures beside those above them, and published ones of other periods."""
    table, plan, catalog = file.table, file.plan, file.catalog
    problems = filled_down(connection, catalog) if few.own >= FEWEST_FILLED else []
    if few.own >= FEWEST_ROWS:
        problems += equal_rows(connection, catalog)
    if few.own >= FEWEST_CUMULATED:
        problems += cumulated(connection, catalog)
    if few.published >= FEWEST_ALIKE:
        problems += same_change(connection, catalog)
    if few.published:
        problems += older_figures(connection, table, plan, catalog)
    problems += other_source(connection, table, plan, catalog, bool(few.published))
    moved = other_period(connection, catalog) if few.published >= FEWEST_MOVED else []
    problems += moved
    lone = (
        lone_periods(connection, table, plan, catalog)
        if few.published and few.own >= FEWEST_BESIDE
        else []
    )
    # Of a row that is a cell out of place all figures are published ones of other periods, too.
    return problems + [each for each in lone if each.row is not None or not moved]
