"""Checking a file: read, interpreted, checked and held against what is published. Changes nothing.

The connection has the version to compare with attached as `spor`.
"""

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb

from kpi.catalog import Catalog
from kpi.errors import Problem
from kpi.ingest import against_published, checks, faults, implausible, plausible
from kpi.ingest.cell_problems import mark_problems, table_problems
from kpi.ingest.column_names import duplicate_columns
from kpi.ingest.gate import shown_name
from kpi.ingest.interpret import interpret
from kpi.ingest.loading import load
from kpi.ingest.no_longer import no_longer_problems
from kpi.ingest.plan import Plan, is_own_template, no_plan, recipe_plan, template_plan
from kpi.ingest.raw import RawTable, RefusedError, Upload
from kpi.ingest.recipe import Recipe
from kpi.ingest.status_problems import status_problems
from kpi.ingest.units import unit_problems
from kpi.period import DENMARK
from kpi.plausibility import CONFIRMED
from kpi.store.connecting import attach

MOST_CHANGES = 1_000
# Nothing of an upload may reach a disk before it has passed the gate, so until then nothing spills.
_LIMITS: dict[str, Any] = {"threads": 2, "memory_limit": "600MB", "max_temp_directory_size": "0KB"}
_SPILL_AFTER_THE_GATE = "SET max_temp_directory_size = '20GB'"


@dataclass(frozen=True)
class Change:
    """One key that publishing would add (`old` None) or change, at its row in the file."""

    row: int | None
    indicator_id: str
    area_id: str
    group_id: str
    period: str
    old: float | None
    new: float | None
    old_status: str | None
    new_status: str
    old_low: float | None = None
    old_high: float | None = None
    new_low: float | None = None
    new_high: float | None = None
    old_source: str | None = None
    new_source: str = ""


@dataclass(frozen=True)
class Checked:
    """What a file holds and what publishing it would do.

    `rows_read` counts the file's data rows, `observations` the valid ones. `faulty` rows are left
    out for an error of their own, `added` ones stand in no file: the recipe fills them in.
    `changes` are at most 1,000 of the new and changed keys. `compared` is false where the file was
    not understood far enough to be compared with what is published: then no count of changes says
    anything. `columns` and `sample` show what was read. `decimal` is the decimal mark that the
    whole column of values was read with, "comma" or "point"; None where no cell tells.
    `unit`, `measure` and `table_id` are the file's own words for what it is of.
    """

    file: str
    format: str
    rows_read: int
    observations: int
    problems: tuple[Problem, ...]
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    changes: tuple[Change, ...] = ()
    source_ids: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    sample: tuple[tuple[str, ...], ...] = ()
    title: str = ""
    encoding: str = ""
    delimiter: str = ""
    decimal: str | None = None
    fitting: tuple[str, ...] = ()
    unit: str = ""
    measure: str = ""
    table_id: str = ""
    compared: bool = False
    faulty: int = 0
    added: int = 0

    @property
    def publishable(self) -> bool:
        """Whether there is something to publish and no error against it."""
        return self.observations > 0 and not any(one.severity == "error" for one in self.problems)

    @property
    def truncated(self) -> bool:
        """Whether `changes` leaves some out."""
        return self.new + self.changed > len(self.changes)


@dataclass(frozen=True)
class Choices:
    """What a person may say about a file.

    `measure` names the column of values, or the label of the column of measures, that is meant
    where a file has several. `scale` is what values are multiplied by; 1 says that they are what
    they are. `accept_recipe` uses the recipe on a file that says something else than the one it
    was made from. `indicator_id` says which indicator a file is about that does not tell.
    """

    recipe: Recipe | None = None
    source_id: str | None = None
    decimal: str | None = None
    sheet: str | None = None
    measure: str | None = None
    scale: float | None = None
    accept_recipe: bool = False
    indicator_id: str | None = None


@contextmanager
def compared_with(version: Path, read_only: bool = True) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection in memory with a version attached as `spor`."""
    folder = tempfile.mkdtemp(prefix="spor-")
    connection = duckdb.connect(":memory:", config={**_LIMITS, "temp_directory": folder})
    try:
        connection.execute("SET enable_progress_bar = false")
        attach(connection, version, read_only)
        yield connection
    finally:
        connection.close()
        shutil.rmtree(folder, ignore_errors=True)


def check(
    connection: duckdb.DuckDBPyConnection,
    upload: Upload,
    catalog: Catalog,
    choices: Choices,
    recipes: Sequence[Recipe] = (),
) -> Checked:
    """Everything about a file at once; its new and changed rows are in the view `difference`.

    `recipes` are those that may be offered for a file that is not our template. A file that the
    memory does not suffice for is told as `too_large`, wherever it ran out.
    """
    name = shown_name(upload.name)
    try:
        table = load(connection, upload, choices.recipe, choices.sheet)
        return _understood(connection, name, table, catalog, choices, recipes)
    except RefusedError as refused:
        return Checked(name, "", 0, 0, refused.problems)
    except duckdb.OutOfMemoryException:
        large = Problem("too_large", "error", "", None, None, None,
                       "Filen er for stor til at blive læst.", "Del filen op.")  # fmt: skip
        return Checked(name, "", 0, 0, (large,))


def _understood(
    connection: duckdb.DuckDBPyConnection,
    name: str,
    table: RawTable,
    catalog: Catalog,
    choices: Choices,
    recipes: Sequence[Recipe],
) -> Checked:
    connection.execute(_SPILL_AFTER_THE_GATE)
    fitting = [] if is_own_template(table) else [one for one in recipes if one.fits(table)]
    plan, problems = _plan(table, choices, fitting)
    if plan is not None:
        of_recipe = plan.recipe.scale if plan.recipe else None
        plan = replace(plan, scale=choices.scale or of_recipe)
    read = Checked(
        name, table.format, 0, 0, (), columns=table.columns,
        sample=tuple(cells for _, cells in table.rows[:20]), title=table.title,
        encoding=table.encoding, delimiter=table.delimiter,
        fitting=tuple(one.name for one in fitting), unit=table.unit, measure=table.measure,
        table_id=table.table_id,
    )  # fmt: skip
    if plan is None:
        (rows,) = connection.execute("SELECT count(*) FROM raw").fetchone() or (0,)
        return replace(read, rows_read=rows, problems=(*table.problems, *problems))
    found = interpret(connection, table, plan, catalog)
    problems += [
        *table_problems(table, plan),
        *duplicate_columns(table, plan),
        *found.problems,
        *_problems(connection, table, plan, catalog, choices.scale),
    ]
    problems.sort(key=lambda one: (one.severity, one.row is None, one.row or 0))
    read = replace(read, rows_read=found.rows_read, decimal=found.decimal, problems=tuple(problems))
    return _held_against_published(connection, catalog, read)


def _plan(
    table: RawTable, choices: Choices, fitting: list[Recipe]
) -> tuple[Plan | None, list[Problem]]:
    if choices.recipe is not None:
        return recipe_plan(table, choices.recipe, choices.decimal)
    if is_own_template(table):
        return template_plan(table, choices.source_id, choices.decimal)
    return None, no_plan(table, fitting)


def _problems(
    connection: duckdb.DuckDBPyConnection,
    table: RawTable,
    plan: Plan,
    catalog: Catalog,
    scale: float | None,
) -> list[Problem]:
    checks.find_problems(connection, datetime.now(DENMARK).date(), plan, catalog)
    connection.execute(_PUBLISHED, {"confirmed": CONFIRMED.casefold()})
    found = checks.word_problems(connection, table, plan)
    found += mark_problems(connection, table, plan)
    found += faults.row_problems(connection, table, plan)
    found += checks.mismatches(connection, table, plan)
    found += checks.duplicates(connection, table, plan)
    found += plausible.implausible_figures(connection, table, plan, catalog, scale)
    found += against_published.moved_periods(connection, table, plan, catalog)
    found += implausible.outliers(connection, table, plan, catalog)
    found += against_published.fewer_areas(connection, catalog)
    found += no_longer_problems(connection, table, plan, catalog)
    found += _unit_problems(connection, table, plan, catalog)
    found += status_problems(connection, table, plan)
    return found


def _unit_problems(
    connection: duckdb.DuckDBPyConnection, table: RawTable, plan: Plan, catalog: Catalog
) -> list[Problem]:
    """Nothing where a person or a recipe has said by what the values are multiplied."""
    if plan.scale is not None:
        return []
    ids = connection.table("word_indicator_id").filter("id IS NOT NULL").project("id").fetchall()
    indicator_ids = sorted(one for (one,) in ids)
    return unit_problems(table, plan.columns.get("value"), indicator_ids, catalog)


def _held_against_published(
    connection: duckdb.DuckDBPyConnection, catalog: Catalog, checked: Checked
) -> Checked:
    connection.execute(_MATCHED, {"confirmed": CONFIRMED.casefold()})
    connection.execute(_DIFFERENCE)
    ((valid, matched, changed),) = connection.execute(_COUNTS).fetchall()
    new = valid - matched
    indicators, areas = list(catalog.indicators), list(catalog.areas)
    groups, sources = list(catalog.groups), list(catalog.sources)
    changes = tuple(
        replace(
            Change(line, indicators[indicator], areas[area], groups[group], *rest),
            old_source=None if old_source is None else sources[old_source],
            new_source=sources[source],
        )
        for line, indicator, area, group, *rest, old_source, source in connection.execute(
            _CHANGES, {"most": MOST_CHANGES}
        ).fetchall()
    )
    used = connection.execute("SELECT DISTINCT source FROM valid ORDER BY source").fetchall()
    faulty, added = _rows_beside(connection, valid)
    return replace(
        checked,
        compared=True,
        faulty=faulty,
        added=added,
        observations=valid,
        new=new,
        changed=changed,
        unchanged=valid - new - changed,
        changes=changes,
        source_ids=tuple(sources[one] for (one,) in used),
    )


def _rows_beside(connection: duckdb.DuckDBPyConnection, valid: int) -> tuple[int, int]:
    """How many rows an error keeps out, and how many a recipe adds to those of the file."""
    ((ours, added),) = connection.execute(_ROWS).fetchall()
    # Most files have no row to look for.
    if valid == ours:
        return 0, added
    ((faulty,),) = connection.execute(_FAULTY).fetchall()
    return faulty, added


# Today's rows of the file's indicators, areas, groups and periods, under the same numbers. `value`
# is what is shown; the true one of a hidden row is needed to see whether the file changes it.
_PUBLISHED = """
CREATE TABLE published AS
SELECT key_of(known_indicator.number, known_area.number, known_group.number, known_period.number)
        AS key,
    now.value, now.status,
    CASE WHEN hidden.period IS NULL THEN now.value ELSE hidden.value END AS true_value,
    CASE WHEN hidden.period IS NULL THEN now.numerator ELSE hidden.numerator END AS numerator,
    CASE WHEN hidden.period IS NULL THEN now.denominator ELSE hidden.denominator END
        AS denominator,
    known_source.number AS source,
    CASE WHEN hidden.period IS NULL THEN now.low ELSE hidden.low END AS low,
    CASE WHEN hidden.period IS NULL THEN now.high ELSE hidden.high END AS high,
    now.low AS shown_low, now.high AS shown_high, now.measured,
    coalesce(hidden.status, now.status) AS true_status,
    coalesce(starts_with(lower(trim(now.note)), $confirmed), false) AS is_confirmed
FROM spor.current_observation AS now
JOIN known_indicator ON known_indicator.id = now.indicator_id
JOIN known_area ON known_area.id = now.area_id
JOIN known_group ON known_group.id = now.group_id
JOIN known_period ON known_period.id = now.period
LEFT JOIN known_source ON known_source.id = now.source_id
LEFT JOIN spor.hidden_observation AS hidden ON hidden.indicator_id = now.indicator_id
    AND hidden.area_id = now.area_id AND hidden.group_id = now.group_id
    AND hidden.period = now.period
WHERE known_indicator.number IN (SELECT DISTINCT indicator FROM valid)
"""

# The rows of a published key, and whether they change it. Of notes only one that confirms
# a strange value is a change in itself.
_MATCHED = """
CREATE TABLE matched AS
WITH confirming AS (
    SELECT record
    FROM candidate JOIN spelled_note ON spelled_note.spelling = candidate.note
    WHERE starts_with(lower(trim(spelled_note.text)), $confirmed)
)
SELECT valid.record, published.measured, published.value AS old_value,
    published.status AS old_status, published.shown_low AS old_low,
    published.shown_high AS old_high, published.source AS old_source,
    valid.value IS DISTINCT FROM published.true_value
        OR valid.numerator IS DISTINCT FROM published.numerator
        OR valid.denominator IS DISTINCT FROM published.denominator
        OR valid.status IS DISTINCT FROM published.true_status
        OR valid.low IS DISTINCT FROM published.low
        OR valid.high IS DISTINCT FROM published.high
        OR coalesce(valid.measured::VARCHAR <> published.measured, false)
        OR (NOT published.is_confirmed AND valid.record IN (FROM confirming)) AS is_changed
FROM valid
JOIN published USING (key)
"""

# All that publishing needs of the new and changed rows. A view: mostly every row is new, and a copy
# of a million rows costs as much as a check.
_DIFFERENCE = """
CREATE VIEW difference AS
SELECT valid.record, valid.line, valid.indicator, valid.area, valid.population_group, valid.period,
    valid.source, valid.value, valid.numerator, valid.denominator, valid.status, valid.approximate,
    valid.low, valid.high,
    coalesce(valid.measured::VARCHAR, matched.measured, 'over') AS measured,
    CASE WHEN (valid.value IS NOT NULL AND NOT valid.typed) OR valid.status = 'range'
        THEN valid.decimals END AS decimals,
    matched.record IS NULL AS is_new, old_value, old_status, old_low, old_high, old_source
FROM valid
LEFT JOIN matched USING (record)
WHERE matched.record IS NULL OR is_changed
"""

_COUNTS = """
SELECT (SELECT count(*) FROM valid), (SELECT count(*) FROM matched),
    (SELECT count(*) FROM matched WHERE is_changed)
"""

_CHANGES = """
WITH first_ones AS (FROM difference ORDER BY is_new, record LIMIT $most)
SELECT line, indicator, area, population_group, known_period.id, old_value, value, old_status,
    status, old_low, old_high, low, high, old_source, source
FROM first_ones
JOIN known_period ON known_period.number = first_ones.period
ORDER BY is_new, record
"""

_ROWS = """
SELECT count(*) FILTER (NOT passed_over), count(*) FILTER (meaning = 'absent')
FROM told
"""

# An empty row and the second of two alike are left out with a warning only.
_FAULTY = """
SELECT count(*)
FROM told ANTI JOIN valid USING (record)
WHERE NOT passed_over AND record NOT IN (
    SELECT record FROM problem GROUP BY record HAVING bool_or(fault IN ('ignored_row', 'same_row'))
        AND NOT bool_or(is_error)
)
"""
