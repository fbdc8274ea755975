"""Checking a file: read, interpreted, checked and compared with what is published. Changes nothing.

The connection has the version to compare with attached as `spor`.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

import duckdb

from kpi.additions.files import noun_of, table_of
from kpi.additions.model import ADDED_NAMES
from kpi.domain.catalog import Catalog
from kpi.domain.errors import Problem
from kpi.domain.problem_codes import ProblemCode
from kpi.ingest import difference
from kpi.ingest.checked import Change, Checked
from kpi.ingest.checks.problem_limit import limited
from kpi.ingest.checks.standing import with_standing
from kpi.ingest.difference import Counts
from kpi.ingest.file_problems import FileUnderstood, all_problems
from kpi.ingest.gate.gate import shown_name
from kpi.ingest.loading import Begun, load
from kpi.ingest.mapping.choices import Choices
from kpi.ingest.mapping.column_mapping import Plan, is_own_template
from kpi.ingest.mapping.planning import Planned, plan_table
from kpi.ingest.mapping.recipe import Recipe
from kpi.ingest.mapping.recipe_fit import Fit, fit_of, is_of_known_names, mismatch
from kpi.ingest.mapping.texts_of_codes import with_texts
from kpi.ingest.meaning.interpret import interpret
from kpi.ingest.meaning.value_ranges import with_ranges
from kpi.ingest.readers.archive import member
from kpi.ingest.row_checks import ADDABLE, unknown_names
from kpi.ingest.table.formats import known_format
from kpi.ingest.table.raw import RawTable, RefusedError, Upload
from kpi.ingest.turning.name_columns import KnownNames
from kpi.ingest.words.template import template_columns

MOST_CHANGES = 1_000
# Until a file has passed the gate nothing of it spills (kpi/store/connection.py).
_SPILL_AFTER_THE_GATE = "SET max_temp_directory_size = '20GB'"


def check(
    connection: duckdb.DuckDBPyConnection,
    upload: Upload,
    catalog: Catalog,
    choices: Choices,
    recipes: Callable[[], Sequence[Recipe]] = tuple,
    begun: Callable[[], Begun] | None = None,
    on_difference: Callable[[Counts, Sequence[Problem]], None] = lambda counts, problems: None,
) -> Checked:
    """Everything about a file at once; its new and changed rows are in the view `difference`.

    `recipes` reads those that may be offered; a file in our template, or a fetched one, needs none.
    `begun` waits for the file where its reading was begun before. `on_difference` is called once
    `difference` is final, with the problems that are known by then. A file that the memory does not
    suffice for is reported as `too_large`, wherever it ran out.
    """
    name = shown_name(upload.name)
    try:
        known = KnownNames.of(catalog, bool(choices.indicator_id or choices.measure))
        table = load(
            connection, upload, choices.recipe, choices.sheet, known, begun() if begun else None
        )
        if choices.recipe and choices.texts:
            table = with_texts(connection, table, choices.recipe, choices.texts)
        return _understood(connection, upload, table, catalog, choices, recipes, on_difference)
    except RefusedError as refused:
        return Checked(name, "", 0, 0, refused.problems)
    except duckdb.OutOfMemoryException:
        large = Problem("too_large", "", None, None, None,
                       "Filen er for stor til at blive læst.", "Del filen op.")  # fmt: skip
        return Checked(name, "", 0, 0, (large,))


def _understood(
    connection: duckdb.DuckDBPyConnection,
    upload: Upload,
    table: RawTable,
    catalog: Catalog,
    choices: Choices,
    recipes: Callable[[], Sequence[Recipe]],
    on_difference: Callable[[Counts, Sequence[Problem]], None],
) -> Checked:
    name = shown_name(upload.name)
    connection.execute(_SPILL_AFTER_THE_GATE)
    # Of a fetched file nobody is offered another recipe than that of its definition.
    of_others = () if choices.is_fetched or is_own_template(table) else recipes()
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
            recipe = plan.recipe or choices.recipe
            problems += mismatch(recipe, table, choices.accept_recipe, name, catalog)
    read = _described(connection, name, table, planned, fitting)
    if plan is None:
        (rows,) = connection.execute("SELECT count(*) FROM raw").fetchone() or (0,)
        listed = tuple(limited([*table.problems, *(_additions(table) or problems)]))
        return replace(read, rows_read=rows, problems=listed)
    plan = with_ranges(connection, plan)
    interpreted = interpret(connection, table, plan, catalog)
    understood = FileUnderstood(member(upload, None), table, plan, catalog, choices)
    problems, counts = all_problems(
        connection, understood, problems, interpreted.problems, on_difference
    )
    read = replace(
        read, rows_read=interpreted.rows_read, decimal=interpreted.decimal,
        problems=tuple(problems), unknown=_unknown(connection, plan, problems),
    )  # fmt: skip
    return _compared_with_published(connection, catalog, read, counts, plan.name_of("value", table))


def _unknown(
    connection: duckdb.DuckDBPyConnection, plan: Plan, problems: Sequence[Problem]
) -> tuple[tuple[ProblemCode, str, int], ...]:
    """The names that can be added; most files have none, as their problems show."""
    is_any = any(problem.code in ADDABLE and problem.severity == "error" for problem in problems)
    return unknown_names(connection, plan) if is_any else ()


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
    texts = (
        name, table.title, table.measure, table.publisher, *table.columns,
        *(text.text for text in table.beside),
    )  # fmt: skip
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
        lacks_source=is_own_template(table) and _lacks_source(connection, table),
    )  # fmt: skip


def _lacks_source(connection: duckdb.DuckDBPyConnection, table: RawTable) -> bool:
    """Whether a file in our template has rows that name no source."""
    place = template_columns(table.columns).get("source_id")
    if place is None:
        return True
    texts = connection.table(f"spelled_c{place}").project("text").fetchall()
    return any(not text.strip() for (text,) in texts)


def _lines(connection: duckdb.DuckDBPyConnection) -> int:
    """On how many lines of the file its figures are."""
    (lines,) = connection.execute("SELECT count(DISTINCT line) FROM raw").fetchone() or (0,)
    return int(lines)


def _compared_with_published(
    connection: duckdb.DuckDBPyConnection, catalog: Catalog, checked: Checked, counts: Counts,
    values: str,
) -> Checked:  # fmt: skip
    """Also which of its problems are of figures that it leaves as they are (`values`: where)."""
    valid, new, changed, hidden, reattributed, rounded = counts
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
    faulty, added = difference.rows_beside(connection, valid)
    return replace(
        checked,
        problems=tuple(with_standing(connection, checked.problems, values)),
        compared=True,
        faulty=faulty,
        added=added,
        observations=valid,
        new=new,
        changed=changed,
        unchanged=valid - new - changed - hidden - reattributed,
        hidden=hidden,
        reattributed=reattributed,
        rounded=rounded,
        changes=changes,
        source_ids=difference.source_ids(connection, catalog),
    )
