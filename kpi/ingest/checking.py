"""Checking a file: read, interpreted, checked and compared with what is published. Changes nothing.

The connection has the version to compare with attached as `spor`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal

import duckdb

from kpi.additions.files import noun_of, table_of
from kpi.additions.model import ADDED_NAMES
from kpi.domain.catalog import Catalog
from kpi.domain.errors import Problem
from kpi.domain.period import DENMARK
from kpi.ingest import difference
from kpi.ingest import row_checks as checks
from kpi.ingest.checks import against_published, faults
from kpi.ingest.checks.cell_units import cell_units
from kpi.ingest.checks.coded_labels import coded_labels
from kpi.ingest.checks.describing import without_describing
from kpi.ingest.checks.file_places import in_file_columns
from kpi.ingest.checks.left_out import empty_groups, groups_of_other_areas, unended_line
from kpi.ingest.checks.name_periods import name_periods
from kpi.ingest.checks.named_months import named_months
from kpi.ingest.checks.no_longer import no_longer_problems
from kpi.ingest.checks.note_periods import note_periods
from kpi.ingest.checks.note_places import line_places, note_places
from kpi.ingest.checks.once import each_once, without_asked
from kpi.ingest.checks.own_measure import own_measure
from kpi.ingest.checks.part_of_file import part_of_file
from kpi.ingest.checks.problem_limit import limited
from kpi.ingest.checks.status_beside import status_beside
from kpi.ingest.checks.status_problems import status_problems
from kpi.ingest.checks.title_periods import title_periods
from kpi.ingest.checks.title_places import other_places, other_relations, smaller_places
from kpi.ingest.checks.title_spans import title_spans
from kpi.ingest.checks.unused_columns import unused_columns
from kpi.ingest.checks.words_beside import words_beside
from kpi.ingest.checks.year_columns import other_year_of_columns
from kpi.ingest.gate.gate import shown_name
from kpi.ingest.loading import load
from kpi.ingest.mapping.area_contradictions import other_levels
from kpi.ingest.mapping.column_mapping import Plan, is_own_template
from kpi.ingest.mapping.column_names import duplicate_columns
from kpi.ingest.mapping.planning import Planned, plan_table
from kpi.ingest.mapping.proposed_recipe import Proposal
from kpi.ingest.mapping.recipe import Recipe
from kpi.ingest.mapping.recipe_fit import Fit, fit_of, is_of_known_names, mismatch
from kpi.ingest.mapping.second_heads import second_heads, without_second_tables
from kpi.ingest.meaning.interpret import interpret
from kpi.ingest.meaning.value_ranges import with_ranges
from kpi.ingest.plausibility import implausible, plausible
from kpi.ingest.readers.archive import member
from kpi.ingest.readers.cell_problems import mark_problems, table_problems
from kpi.ingest.table.formats import Format, known_format
from kpi.ingest.table.raw import RawTable, RefusedError, Upload
from kpi.ingest.turning.name_columns import KnownNames
from kpi.ingest.words.units import unit_in, unit_problems

MOST_CHANGES = 1_000
# Until a file has passed the gate nothing of it spills (kpi/store/connection.py).
_SPILL_AFTER_THE_GATE = "SET max_temp_directory_size = '20GB'"


@dataclass(frozen=True)
class Change:
    """One key that publishing would add (`old` None) or change, at its row in the file.

    `is_hidden`: the published number is suppressed; whether the new one differs is not said.
    """

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
    is_hidden: bool = False
    old_source: str | None = None
    new_source: str = ""


@dataclass(frozen=True)
class Checked:
    """What a file contains and what publishing it would do.

    `rows_read` counts the file's data rows, `observations` the valid ones. A wide file has a data
    row for each figure, on `lines_read` rows of the file; None of others. `faulty` rows are left
    out for an error of their own, `added` ones are in no file: the recipe fills them in.
    `problems` are at most 1,000 of a code, and count the others (`Problem.more`).
    `hidden` rows are of suppressed numbers, and counted as neither changed nor unchanged.
    `label` and `publisher` are what is said of the format, empty where it is of nobody's service.
    `changes` are at most 1,000 of the new, changed and hidden keys. `compared` is false where the
    file was not understood far enough to be compared with what is published: then no count of
    changes says anything. `columns` and `sample` show what was read. `decimal` is the decimal mark
    that the whole column of values was read with, "comma" or "point"; None where no cell shows it.
    `unit`, `measure` and `table_id` are the file's own words for its content. `fitting` are the
    recipes that have the file's columns, `proven` those of them that also know the file's title,
    measure or unit: only these may be used unasked. `proposal` is the recipe that the contents of
    a file propose that is not our template's. `left_out` says in words what is not kept of a
    workbook.
    """

    file: str
    format: Format | Literal[""]
    rows_read: int
    observations: int
    problems: tuple[Problem, ...]
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    hidden: int = 0
    changes: tuple[Change, ...] = ()
    source_ids: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    sample: tuple[tuple[str, ...], ...] = ()
    title: str = ""
    encoding: str = ""
    delimiter: str = ""
    decimal: str | None = None
    fitting: tuple[str, ...] = ()
    proven: tuple[str, ...] = ()
    proposal: Proposal | None = None
    unit: str = ""
    measure: str = ""
    table_id: str = ""
    compared: bool = False
    faulty: int = 0
    added: int = 0
    left_out: tuple[str, ...] = ()
    lines_read: int | None = None
    label: str = ""
    publisher: str = ""

    @property
    def publishable(self) -> bool:
        """Whether there is something to publish and no error against it."""
        return self.observations > 0 and not any(
            problem.severity == "error" for problem in self.problems
        )

    @property
    def moved(self) -> int:
        """How many rows publishing would write."""
        return self.new + self.changed + self.hidden

    @property
    def truncated(self) -> bool:
        """Whether `changes` leaves some out."""
        return self.moved > len(self.changes)


@dataclass(frozen=True)
class Choices:
    """What a person may say about a file.

    `measure` names the column of values, or the label of the column of measures, that is meant
    where a file has several. `scale` is what values are multiplied by; 1 says that they are right
    as written. `accept_recipe` uses the recipe on a file that differs from the one it
    was made from. `indicator_id` names the indicator of a file that does not name one itself.
    `constant` (area, period, group) is what all rows are of, where the file has no such column.
    """

    recipe: Recipe | None = None
    source_id: str | None = None
    decimal: str | None = None
    sheet: str | None = None
    measure: str | None = None
    scale: float | None = None
    accept_recipe: bool = False
    indicator_id: str | None = None
    constant: Mapping[str, str] = field(default_factory=dict)


def check(
    connection: duckdb.DuckDBPyConnection,
    upload: Upload,
    catalog: Catalog,
    choices: Choices,
    recipes: Sequence[Recipe] = (),
) -> Checked:
    """Everything about a file at once; its new and changed rows are in the view `difference`.

    `recipes` are those that may be offered for a file that is not our template. A file that the
    memory does not suffice for is reported as `too_large`, wherever it ran out.
    """
    name = shown_name(upload.name)
    try:
        known = KnownNames.of(catalog, bool(choices.indicator_id or choices.measure))
        table = load(connection, upload, choices.recipe, choices.sheet, known)
        return _understood(connection, name, upload, table, catalog, choices, recipes)
    except RefusedError as refused:
        return Checked(name, "", 0, 0, refused.problems)
    except duckdb.OutOfMemoryException:
        large = Problem("too_large", "", None, None, None,
                       "Filen er for stor til at blive læst.", "Del filen op.")  # fmt: skip
        return Checked(name, "", 0, 0, (large,))


def _understood(
    connection: duckdb.DuckDBPyConnection,
    name: str,
    upload: Upload,
    table: RawTable,
    catalog: Catalog,
    choices: Choices,
    recipes: Sequence[Recipe],
) -> Checked:
    connection.execute(_SPILL_AFTER_THE_GATE)
    of_others = [] if is_own_template(table) else recipes
    fitting = [
        recipe
        for recipe in of_others
        if recipe.has_columns_in(table) and is_of_known_names(recipe, catalog)
    ]
    planned = plan_table(connection, table, catalog, choices, fitting)
    plan, problems = planned.plan, list(planned.problems)
    if plan is not None:
        of_recipe = plan.recipe.scale if plan.recipe else None
        plan = replace(plan, scale=choices.scale or of_recipe, is_accepted=choices.accept_recipe)
        if choices.recipe is not None:  # one that the contents propose is of this very file
            problems += mismatch(plan.recipe or choices.recipe, table, choices.accept_recipe, name)
    read = _described(connection, name, table, planned, fitting)
    if plan is None:
        (rows,) = connection.execute("SELECT count(*) FROM raw").fetchone() or (0,)
        listed = tuple(limited([*table.problems, *(_additions(table) or problems)]))
        return replace(read, rows_read=rows, problems=listed)
    plan = with_ranges(connection, plan)
    file = member(upload, None)
    interpreted = interpret(connection, table, plan, catalog)
    second = second_heads(connection, table, plan)
    problems += [
        *table_problems(table, plan),
        *unended_line(file.content, table),  # a ZIP's own end is none of it
        *duplicate_columns(table, plan),
        *second,
        *interpreted.problems,
        *_problems(connection, table, plan, catalog, choices.scale),
    ]
    problems = without_second_tables(problems, second)
    beside = without_describing(connection, table.beside, catalog)
    said = shown_name(file.name)  # of a ZIP that of the file within, with folders that say more
    table = replace(table, beside=beside)
    questions = [
        *words_beside(connection, table, plan, catalog, choices, problems, said),
        *(
            title_periods(connection, table, plan, said)
            or name_periods(connection, said)
            or title_spans(connection, table, said)
        ),
        *named_months(connection, table, plan, catalog),
        *other_year_of_columns(connection, table, plan),
        *other_places(connection, table, catalog, said),
        *([] if choices.recipe or plan.is_accepted else other_relations(table, plan)),
        *own_measure(connection, table, plan, catalog, choices),
        *part_of_file(table),
        *status_beside(connection, table, plan, said),
    ]
    asked = {problem.value for problem in questions}
    questions += note_periods(connection, table, plan, catalog, asked)
    questions += note_places(connection, table, plan, catalog, asked)
    questions += line_places(connection, table, catalog, {problem.value for problem in questions})
    problems = without_asked(problems, questions) + questions
    problems = each_once(in_file_columns(connection, table, limited(problems)))
    problems.sort(key=lambda problem: (problem.severity, problem.row is None, problem.row or 0))
    read = replace(
        read, rows_read=interpreted.rows_read, decimal=interpreted.decimal, problems=tuple(problems)
    )
    return _compared_with_published(connection, catalog, read)


def _additions(table: RawTable) -> list[Problem]:
    """An error for a file without figures, whose columns are those of what can be added."""
    added = table_of(table.columns)
    if not added:
        return []
    message = f"Filen har ingen tal, men kolonnerne til {ADDED_NAMES[added]}."
    hint = f"Opret dem: python -m kpi add {noun_of(added)} FIL."
    return [Problem("not_a_table", "", None, None, None, message, hint)]


def _described(
    connection: duckdb.DuckDBPyConnection,
    name: str,
    table: RawTable,
    planned: Planned,
    fitting: Sequence[Recipe],
) -> Checked:
    """What is known of a file before its rows are understood: its table, and how it may be read."""
    texts = (name, table.title, table.measure, *table.columns, *(t.text for t in table.beside))
    known = known_format(table.format, texts, bool(table.delimiter))
    return Checked(
        name, table.format, 0, 0, (), columns=table.columns,
        sample=tuple(cells for _, cells in table.rows[:20]), title=table.title,
        encoding=table.encoding, delimiter=table.delimiter,
        fitting=tuple(recipe.name for recipe in fitting),
        proposal=planned.proposal,
        proven=tuple(recipe.name for recipe in fitting if fit_of(recipe, table, name) is Fit.SAME),
        unit=table.unit, measure=table.measure,
        table_id=table.table_id, left_out=table.left_out,
        lines_read=_lines(connection) if table.is_wide else None,
        label=known.label, publisher=known.publisher,
    )  # fmt: skip


def _lines(connection: duckdb.DuckDBPyConnection) -> int:
    """On how many lines of the file its figures are."""
    (lines,) = connection.execute("SELECT count(DISTINCT line) FROM raw").fetchone() or (0,)
    return int(lines)


def _problems(
    connection: duckdb.DuckDBPyConnection,
    table: RawTable,
    plan: Plan,
    catalog: Catalog,
    scale: float | None,
) -> list[Problem]:
    checks.find_problems(connection, datetime.now(DENMARK).date(), plan, catalog)
    difference.keep_published(connection)
    problems = checks.word_problems(connection, table, plan)
    problems += empty_groups(connection, table, plan, catalog)
    problems += groups_of_other_areas(connection, plan, catalog)
    problems += mark_problems(connection, table, plan)
    problems += unused_columns(connection, table, plan, catalog)
    problems += other_levels(connection, table, plan, catalog)
    problems += coded_labels(table, plan, catalog)
    problems += smaller_places(connection, table, plan, catalog)
    problems += faults.row_problems(connection, table, plan)
    problems += checks.mismatches(connection, table, plan)
    problems += checks.duplicates(connection, table, plan)
    problems += plausible.implausible_figures(connection, table, plan, catalog, scale)
    problems += against_published.moved_periods(connection, table, plan, catalog)
    problems += implausible.outliers(connection, table, plan, catalog)
    problems += against_published.fewer_areas(connection, catalog)
    problems += against_published.some_municipalities(connection, catalog)
    problems += no_longer_problems(connection, table, plan, catalog)
    problems += _unit_problems(connection, table, plan, catalog)
    problems += cell_units(connection, table, plan, catalog)
    problems += status_problems(connection, table, plan)
    return problems


def _unit_problems(
    connection: duckdb.DuckDBPyConnection, table: RawTable, plan: Plan, catalog: Catalog
) -> list[Problem]:
    """Problems of the unit; none where a person or a recipe has chosen the scale."""
    if plan.scale is not None:
        return []
    ids = connection.table("word_indicator_id").filter("id IS NOT NULL").project("id").fetchall()
    indicator_ids = sorted(indicator_id for (indicator_id,) in ids)
    if not table.unit and (measures := plan.keep.get(table.measure_column or 0)):
        table = replace(table, unit=unit_in(measures[0]))
    return unit_problems(table, plan.columns.get("value"), indicator_ids, catalog)


def _compared_with_published(
    connection: duckdb.DuckDBPyConnection, catalog: Catalog, checked: Checked
) -> Checked:
    valid, new, changed, hidden = difference.find(connection)
    indicators, areas = list(catalog.indicators), list(catalog.areas)
    groups, sources = list(catalog.groups), list(catalog.sources)
    changes = tuple(
        replace(
            Change(line, indicators[indicator], areas[area], groups[group], *rest),
            old_source=None if old_source is None else sources[old_source],
            new_source=sources[source],
        )
        for line, indicator, area, group, *rest, old_source, source in difference.first_rows(
            connection, MOST_CHANGES
        )
    )
    used = connection.execute("SELECT DISTINCT source FROM valid ORDER BY source").fetchall()
    faulty, added = difference.rows_beside(connection, valid)
    return replace(
        checked,
        compared=True,
        faulty=faulty,
        added=added,
        observations=valid,
        new=new,
        changed=changed,
        unchanged=valid - new - changed - hidden,
        hidden=hidden,
        changes=changes,
        source_ids=tuple(sources[number] for (number,) in used),
    )
