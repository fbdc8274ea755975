"""How a table is to be read: by a recipe, by our template, or by what is in its columns.

Where nobody has said, the file's contents propose a recipe (proposal.py). It is used
where it leaves nothing open but the indicator, and the indicator is named by the file or by a
person. Otherwise what is missing is reported, and nothing else.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

import duckdb

from kpi.cpr.messages import without_personal_numbers
from kpi.domain.catalog import Catalog
from kpi.domain.errors import Problem, choices_hint
from kpi.domain.wording import first_listed
from kpi.ingest.mapping.area_contradictions import codes_beside_names
from kpi.ingest.mapping.choices import Choices
from kpi.ingest.mapping.column_mapping import (
    MEASURES_SHOWN,
    OWN_SOURCE,
    Plan,
    is_own_template,
    missing_column,
    recipe_plan,
    several_measures,
    template_plan,
)
from kpi.ingest.mapping.headless import headless
from kpi.ingest.mapping.measures import (
    chosen_by_unit,
    counts_contradict,
    is_used,
    named_measure,
    unknown_measure,
)
from kpi.ingest.mapping.missing_columns import missing_columns
from kpi.ingest.mapping.proposal import MOST_TEXTS, propose
from kpi.ingest.mapping.proposed_recipe import Proposal
from kpi.ingest.mapping.read_by_content import read_as
from kpi.ingest.mapping.recipe import Recipe
from kpi.ingest.mapping.said_constants import (
    ROLES,
    lacks_only,
    proposal_with,
    recipe_with,
    template_twice,
)
from kpi.ingest.mapping.whole_file import said_of_all
from kpi.ingest.table.raw import RawTable
from kpi.ingest.table.unseen_marks import without_unseen
from kpi.ingest.turning.column_texts import ColumnTexts, is_numeric, is_usual
from kpi.ingest.words.heads import named_by_head, named_by_title
from kpi.ingest.words.lookup import indicator_lookup
from kpi.ingest.words.template import template_columns
from kpi.ingest.words.units import fits_indicator, unit_kind, unit_of_name

_ONLY_PARTS = (
    "Filen har tæller og nævner, men ingen kolonne med værdien, og »{}« er ikke en andel i procent."
)
_MOST_NAMED = 3


@dataclass(frozen=True)
class Planned:
    """How a table is read: `plan` is None where something is missing, which `problems` list."""

    plan: Plan | None
    problems: tuple[Problem, ...] = ()
    proposal: Proposal | None = None


def plan_table(
    connection: duckdb.DuckDBPyConnection,
    table: RawTable,
    catalog: Catalog,
    choices: Choices,
    fitting: Sequence[Recipe],
) -> Planned:
    """The plan of a table, with what its contents propose where it is not our template's."""
    if choices.recipe is None and is_own_template(table):
        return _by_own_template(connection, table, catalog, choices)
    columns = column_texts(connection, table)
    (rows,) = connection.execute("SELECT count(*) FROM raw").fetchone() or (0,)
    indicator_id = indicator_lookup(catalog)(choices.indicator_id or "")
    proposal = propose(table, columns, rows, catalog, choices.measure, indicator_id or "")
    if choices.recipe is None:
        proposal, twice = proposal_with(proposal, choices.constant)
        if refused := headless(columns, catalog) or twice:
            return Planned(None, tuple(refused), proposal)
    if (amiss := _chosen_amiss(table, catalog, choices, proposal, indicator_id)) is not None:
        return Planned(None, (amiss,), proposal)
    if choices.recipe is not None:
        return _by_recipe(table, catalog, choices, proposal)
    if lacks_only(table, indicator_id or "", choices.constant):
        said = {ROLES[key]: text for key, text in choices.constant.items()}
        own = template_plan(table, choices.source_id, choices.decimal, indicator_id or "", said)
        return Planned(own, (), proposal)
    indicator_id = indicator_id or (None if fitting else _named_indicator(proposal, table, catalog))
    is_named = indicator_id is not None or (proposal.indicator is not None and not fitting)
    if is_named and proposal.is_understood:
        return _by_content(table, catalog, choices, proposal, indicator_id or "")
    missing = missing_columns(table, proposal, fitting, indicator_id)
    missing += codes_beside_names(connection, table, proposal.area, catalog)
    return Planned(None, tuple(missing), proposal)


def _by_own_template(
    connection: duckdb.DuckDBPyConnection, table: RawTable, catalog: Catalog, choices: Choices
) -> Planned:
    """The plan of our template, which needs no choice but whose figures they are."""
    if needless := _needless(connection, table, catalog, choices):
        return Planned(None, needless)
    said = {ROLES[key]: text for key, text in choices.constant.items()}
    own = template_plan(table, choices.source_id, choices.decimal, "", said)
    return _without_values(connection, table, catalog, own)


def _chosen_amiss(
    table: RawTable, catalog: Catalog, choices: Choices, proposal: Proposal,
    indicator_id: str | None,
) -> Problem | None:  # fmt: skip
    """Why the indicator or measure that a person chose cannot be that of the table; None: it can.

    `indicator_id` is the chosen indicator's, None where none is known by what was given.
    """
    if choices.indicator_id and choices.recipe:
        return _named_twice(None, (), catalog)
    if choices.indicator_id and proposal.indicator:
        named = set(proposal.indicator.ids.values())
        if named != {indicator_id}:
            return _named_twice(proposal.indicator.column, named, catalog)
    if choices.recipe is not None:
        return None
    if choices.indicator_id and indicator_id is None:
        return Problem(
            "unknown_indicator", "", None, None, choices.indicator_id,
            "Nøgletallet kendes ikke.", choices_hint(choices.indicator_id, catalog.indicators),
        )  # fmt: skip
    if choices.measure and not proposal.measures and not is_used(choices.measure, proposal):
        return unknown_measure(table, choices.measure, proposal)
    return None


def _without_values(
    connection: duckdb.DuckDBPyConnection, table: RawTable, catalog: Catalog, plan: Plan
) -> Planned:
    """Our template with an empty column of values, as a file that has none.

    So only where all its indicators are shares, which numerator and denominator make.
    """
    has_parts = {"value", "numerator", "denominator", "indicator_id"} <= plan.columns.keys()
    if not has_parts or _texts_of(connection, plan.columns["value"]):
        return Planned(plan)
    find = indicator_lookup(catalog)
    ids = [find(text) for text in _texts_of(connection, plan.columns["indicator_id"])]
    if not all(id_ and catalog.indicators[id_].is_proportion for id_ in ids):
        return Planned(plan)
    columns = {role: place for role, place in plan.columns.items() if role != "value"}
    return Planned(replace(plan, columns=columns))


def _texts_of(connection: duckdb.DuckDBPyConnection, place: int) -> list[str]:
    """The distinct texts of a column, without blank ones."""
    texts = connection.table(f"spelled_c{place}").project("text").fetchall()
    return [text for (spelled,) in texts if (text := without_unseen(spelled).strip())]


def _named_indicator(proposal: Proposal, table: RawTable, catalog: Catalog) -> str | None:
    """The indicator that the figures are called by, where no column names any.

    By the name of their column, by the only measure of a file (`Ledighed 2024;Ledighed 2025`), or
    by the title of a table whose column of figures says nothing itself: in the corner of a pivot
    table (`Gennemsnit af Ledighed` over periods as columns), or above any table.
    """
    if proposal.indicator is not None or not proposal.value:
        return None
    find = indicator_lookup(catalog)
    named = named_by_head(find, proposal.value) or named_by_head(find, table.measure)
    says_nothing = proposal.value in table.made_columns or is_usual("value", proposal.value)
    if named or table.measure or proposal.measures or not says_nothing:
        return named
    titled = named_by_title(find, table.title)
    # `Antal` says nothing but that the figures are no percentages.
    units = (proposal.value, unit_of_name(table.title))
    fits = titled and all(fits_indicator(unit, catalog.indicators[titled]) for unit in units)
    return titled if fits else None


def _by_content(
    table: RawTable, catalog: Catalog, choices: Choices, proposal: Proposal, indicator_id: str
) -> Planned:
    """The plan that the contents propose; `indicator_id` is empty where they name it, too."""
    recipe = proposal.recipe(indicator_id, choices.source_id or OWN_SOURCE, table)
    plan, problems = recipe_plan(table, recipe, choices.decimal)
    plan, counted = _of_parts(plan, table, catalog)
    if plan is None:
        return Planned(None, (*problems, *counted), proposal)
    own_group = ""
    called = catalog.indicators[indicator_id].name if indicator_id else ""
    if indicator_id and proposal.group is None and "group" not in proposal.constant:
        own_group = catalog.groups[catalog.indicators[indicator_id].default_group].name
    if proposal.other_measures:
        (kept,) = proposal.keep.get(proposal.measure_column, (proposal.value,))
        indicator = catalog.indicators[indicator_id]
        problems.append(chosen_by_unit(kept, proposal.other_measures, indicator))
    if choices.measure:
        problems += counts_contradict(table, _figures(proposal))
    problems += [
        *counted,
        *said_of_all(proposal.constant, proposal.constant_texts, catalog),
        read_as(proposal, own_group, "" if choices.indicator_id else called),
    ]
    return Planned(plan, tuple(problems), proposal)


def _figures(proposal: Proposal) -> list[str]:
    """The columns of figures of a table, but for those of its key."""
    key = (proposal.area, proposal.period)
    return [each.name for each in proposal.columns if each.name not in key and is_numeric(each)]


def _needless(
    connection: duckdb.DuckDBPyConnection, table: RawTable, catalog: Catalog, choices: Choices
) -> tuple[Problem, ...]:
    """An error for each choice a person made that a file in our template makes otherwise itself."""
    problems = template_twice(table, choices.constant)
    if choices.indicator_id:
        place = template_columns(table.columns)["indicator_id"]
        find = indicator_lookup(catalog)
        texts = connection.table(f"spelled_c{place}").project("text").fetchall()
        named = {find(without_unseen(text)) for (text,) in texts if text.strip()}
        if named != {find(choices.indicator_id)} or None in named:
            known = {indicator_id for indicator_id in named if indicator_id}
            problems.append(_named_twice(table.columns[place], known, catalog))
    if choices.measure:
        problems.append(
            Problem("several_measures", "", None, None, without_personal_numbers(choices.measure),
                    "Filen følger skabelonen og har ét mål.", "Undlad --measure.")
        )  # fmt: skip
    return tuple(problems)


def _named_twice(column: str | None, named: Collection[str], catalog: Catalog) -> Problem:
    """An indicator that a person names, and the file or the recipe names another or several."""
    if column is None:
        message = "Opskriften siger selv, hvilket nøgletal tallene er."
        return Problem("recipe_mismatch", "", None, column, None, message, "Undlad --indicator.")
    names = sorted(f"»{catalog.indicators[indicator_id].name}«" for indicator_id in named)
    shown = first_listed(names, _MOST_NAMED)
    what = f"at tallene er {shown}" if names else "hvilket nøgletal tallene er"
    return Problem(
        "recipe_mismatch", "", None, column, None, f"Filen siger selv, {what}.",
        "Undlad --indicator, hvis filen har ret. Ellers ret kolonnen.",
    )  # fmt: skip


def column_texts(connection: duckdb.DuckDBPyConnection, table: RawTable) -> tuple[ColumnTexts, ...]:
    """The distinct texts of every column, over the whole file."""
    columns = []
    for place, name in enumerate(table.columns):
        words = connection.table(f"spelled_c{place}")
        (count,) = words.aggregate("count(*)").fetchone() or (0,)
        texts = words.order("spelling").limit(MOST_TEXTS).project("text").fetchall()
        seen = dict.fromkeys(without_unseen(text) for (text,) in texts)
        columns.append(ColumnTexts(name, tuple(seen), count))
    return tuple(columns)


def _by_recipe(table: RawTable, catalog: Catalog, choices: Choices, proposal: Proposal) -> Planned:
    assert choices.recipe is not None, "only for a recipe that was chosen"
    measure = None
    if choices.measure:
        measure = named_measure(table, choices.measure, proposal.columns)
        if measure is None:
            return Planned(None, (unknown_measure(table, choices.measure, proposal),), proposal)
    recipe, twice = recipe_with(choices.recipe, choices.constant)
    if twice:
        return Planned(None, tuple(twice), proposal)
    plan, problems = recipe_plan(table, recipe, choices.decimal, measure)
    plan, counted = _of_parts(plan, table, catalog)
    problems += counted
    place = table.measure_column
    if plan is None or place is None or place in {*plan.columns.values(), *plan.keep}:
        return Planned(plan, tuple(problems), proposal)
    column = proposal.columns[place]
    # Units of several indicators are compared with each row's (kpi/ingest/checks/row_units.py).
    are_units = choices.recipe.indicator is not None and all(map(unit_kind, column.filled))
    if column.count > 1 and not are_units and not choices.recipe.ignores("columns", column.name):
        # Reported once: read with it, every row would be there twice.
        first = column.filled[:MEASURES_SHOWN]
        return Planned(None, (several_measures(column.name, first, column.count),), proposal)
    return Planned(plan, tuple(problems), proposal)


def _of_parts(
    plan: Plan | None, table: RawTable, catalog: Catalog
) -> tuple[Plan | None, list[Problem]]:
    """The plan of a file without values where they follow from numerator and denominator.

    Only a share in percent is counted from them; a mean may be of 1,000.
    """
    if plan is None or plan.recipe is None or not plan.counts_shares:
        return plan, []
    labels = plan.recipe.indicator
    ids = labels.ids.values() if labels else [plan.recipe.indicator_id]
    indicators = [catalog.indicators[id_] for id_ in ids if id_ in catalog.indicators]
    other = next((each for each in indicators if not each.is_proportion), None)
    if other is not None:
        hint = "Tilføj kolonnen »værdi« med det tal, der skal vises."
        return None, [missing_column("værdi", hint, _ONLY_PARTS.format(other.name))]
    return plan, []
