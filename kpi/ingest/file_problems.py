"""Every problem of a file whose columns are understood: its table, its rows, and what is asked.

A check is a line here; what it looks for is in a module of its own in `kpi/ingest/checks`,
`kpi/ingest/plausibility` or beside what it is about.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import duckdb

from kpi.domain.catalog import Catalog
from kpi.domain.errors import Problem
from kpi.domain.period import today
from kpi.ingest import difference
from kpi.ingest import row_checks as checks
from kpi.ingest.checks import against_published, faults
from kpi.ingest.checks.begun_periods import begun_periods
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
from kpi.ingest.checks.note_years import note_years
from kpi.ingest.checks.once import each_once, without_asked
from kpi.ingest.checks.own_measure import own_measure
from kpi.ingest.checks.part_of_file import fewer_than_counted, part_of_file
from kpi.ingest.checks.problem_limit import limited
from kpi.ingest.checks.status_beside import status_beside
from kpi.ingest.checks.status_problems import status_problems
from kpi.ingest.checks.title_periods import title_periods
from kpi.ingest.checks.title_places import other_places, other_relations, smaller_places
from kpi.ingest.checks.title_spans import title_spans
from kpi.ingest.checks.translated_names import translated_names
from kpi.ingest.checks.undeclared_whom import undeclared_whom
from kpi.ingest.checks.unfinished_periods import unfinished_periods
from kpi.ingest.checks.unused_columns import unused_columns
from kpi.ingest.checks.words_beside import words_beside
from kpi.ingest.checks.year_columns import other_year_of_columns
from kpi.ingest.difference import Counts
from kpi.ingest.gate.gate import shown_name
from kpi.ingest.mapping.area_contradictions import levels_without_figures, other_levels
from kpi.ingest.mapping.choices import Choices
from kpi.ingest.mapping.column_mapping import Plan
from kpi.ingest.mapping.column_names import duplicate_columns
from kpi.ingest.mapping.second_heads import (
    same_head_again,
    second_heads,
    without_second_tables,
)
from kpi.ingest.plausibility import implausible, plausible
from kpi.ingest.plausibility.shares_of_few import shares_of_few
from kpi.ingest.readers.cell_problems import mark_problems, table_problems
from kpi.ingest.table.raw import RawTable, Upload
from kpi.ingest.words.units import unit_in, unit_problems


@dataclass(frozen=True)
class FileUnderstood:
    """A file of figures, the table read of it, and what each of its columns is.

    `upload` is the file itself, of a ZIP the one within. `choices.scale` is what a person said;
    the plan has that or the recipe's.
    """

    upload: Upload
    table: RawTable
    plan: Plan
    catalog: Catalog
    choices: Choices


def all_problems(
    connection: duckdb.DuckDBPyConnection,
    file: FileUnderstood,
    of_columns: Sequence[Problem],
    of_texts: Sequence[Problem],
    on_difference: Callable[[Counts, Sequence[Problem]], None],
) -> tuple[list[Problem], Counts]:
    """Every problem and question of a file, in the order of its rows, and how many rows it has.

    `of_columns` and `of_texts` are those that were found when the columns were chosen and when the
    distinct texts were understood. Makes `valid` without the rows that are left out, and
    `difference`. Once these are final `on_difference` is given what is known by then: what else is
    asked only adds problems.
    """
    table, plan = file.table, file.plan
    second = second_heads(connection, table, plan)
    problems = [
        *of_columns,
        *table_problems(table, plan),
        *unended_line(file.upload.content, table),
        *duplicate_columns(table, plan),
        *second,
        *of_texts,
        *_of_rows(connection, file),
    ]
    counts = difference.find(connection, file.catalog)
    on_difference(counts, problems)
    problems += _beside_known(connection, file)
    if not second:
        second = same_head_again(problems)
        problems += second
    problems = without_second_tables(problems, second)
    questions = _questions(connection, file, problems)
    problems = without_asked(problems, questions) + questions
    problems = each_once(in_file_columns(connection, table, limited(problems)))
    problems.sort(key=lambda problem: (problem.severity, problem.row is None, problem.row or 0))
    return problems, counts


def _of_rows(connection: duckdb.DuckDBPyConnection, file: FileUnderstood) -> list[Problem]:
    """What is wrong, or may be, with rows by themselves: those that are left out for it, too."""
    table, plan, catalog = file.table, file.plan, file.catalog
    checks.find_problems(connection, today(), plan, catalog)
    difference.keep_published(connection)
    problems = checks.word_problems(connection, table, plan)
    problems += empty_groups(connection, table, plan, catalog)
    problems += groups_of_other_areas(connection, plan, catalog)
    problems += mark_problems(connection, table, plan)
    problems += unused_columns(connection, table, plan, catalog)
    problems += other_levels(connection, table, plan, catalog)
    problems += coded_labels(table, plan, catalog)
    problems += translated_names(connection, table, plan, catalog)
    problems += smaller_places(connection, table, plan, catalog)
    problems += faults.row_problems(connection, table, plan)
    problems += checks.mismatches(connection, table, plan)
    problems += shares_of_few(connection, table, plan)
    problems += checks.duplicates(connection, table, plan)
    problems += levels_without_figures(connection, table, plan, catalog)
    return problems


def _beside_known(connection: duckdb.DuckDBPyConnection, file: FileUnderstood) -> list[Problem]:
    """What is wrong, or may be, with figures beside each other and beside the published ones."""
    table, plan, catalog = file.table, file.plan, file.catalog
    problems = plausible.implausible_figures(connection, table, plan, catalog, file.choices)
    problems += unfinished_periods(connection, table, plan, catalog, today())
    problems += against_published.moved_periods(connection, table, plan, catalog)
    problems += implausible.outliers(connection, table, plan, catalog)
    fewer = against_published.fewer_areas(connection, catalog, file.choices.of_all_areas)
    problems += [*fewer, *begun_periods(connection, catalog, fewer)]
    problems += against_published.some_municipalities(connection, catalog)
    problems += no_longer_problems(connection, table, plan, catalog)
    problems += _unit_problems(connection, table, plan, catalog)
    problems += cell_units(connection, table, plan, catalog)
    problems += status_problems(connection, table, plan)
    problems += undeclared_whom(connection, table, plan, catalog)
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


def _questions(
    connection: duckdb.DuckDBPyConnection, file: FileUnderstood, problems: Sequence[Problem]
) -> list[Problem]:
    """What is asked of titles, notes and labels that say other than how the file was read."""
    plan, catalog, choices = file.plan, file.catalog, file.choices
    name = shown_name(file.upload.name)  # with the folders of a ZIP, that say more
    beside = without_describing(connection, file.table.beside, catalog)
    table = replace(file.table, beside=beside)
    questions = [
        *words_beside(connection, table, plan, catalog, choices, problems, name),
        *(
            title_periods(connection, table, plan, name)
            or name_periods(connection, name)
            or title_spans(connection, table, name)
        ),
        *named_months(connection, table, plan, catalog),
        *other_year_of_columns(connection, table, plan),
        *other_places(connection, table, catalog, name),
        *([] if choices.recipe or plan.is_accepted else other_relations(table, plan)),
        *own_measure(connection, table, plan, catalog, choices),
        *(part_of_file(table) or fewer_than_counted(connection, file.table)),
        *status_beside(connection, table, plan, name),
    ]
    asked = {problem.value for problem in questions}
    questions += note_periods(connection, table, plan, catalog, asked)
    questions += note_years(connection, table, plan, {problem.value for problem in questions})
    questions += note_places(connection, table, plan, catalog, asked)
    questions += line_places(connection, table, catalog, {problem.value for problem in questions})
    return questions
