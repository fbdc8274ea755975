"""Unused columns: each must be the same in all rows that are used, or be harmless.

A recipe that leaves a column unread mixes what the column separates: `Herkomst` with `Dansk` and
`Ikke-vestlig`, `nøgletal` with two indicators. Such a column may have one label, which is reported;
more labels are an error. Harmless are other figures beside the value, another spelling of the
area or the period, what follows from one of them, and numbers of rows.

The same applies to a file in our template, but there an extra column is mostly a note: it
is an error only where it names another group or indicator, or where rows differ in nothing else.
"""

import re

import duckdb

from kpi.domain.catalog import Catalog
from kpi.domain.errors import NO_ACTION_NEEDED, Problem
from kpi.domain.problem_codes import ProblemCode
from kpi.domain.wording import first_listed
from kpi.ingest.checks import row_verdicts
from kpi.ingest.checks.kept_rows import kept_together, lost_areas, nothing_kept
from kpi.ingest.checks.labels_left_out import labels_left_out
from kpi.ingest.checks.row_units import row_units
from kpi.ingest.checks.row_verdicts import corrected_beside, rows_left_out, speaks_of_rows
from kpi.ingest.checks.unused_problems import (
    code_of_indicator,
    of_column,
    of_single,
    other_meaning,
    other_period,
    shortened,
    shown_labels,
    unread_head,
)
from kpi.ingest.mapping.area_contradictions import other_codes, other_regions
from kpi.ingest.mapping.column_mapping import Plan
from kpi.ingest.mapping.proposed_recipe import OWN_COLUMNS
from kpi.ingest.mapping.unread import (
    Unused,
    count_lines,
    each_pair,
    follows,
    is_figures,
    labels_of,
    parts_equal_rows,
    plain,
    prepare_rows,
    spells_status,
    stores_years,
    tells_kind,
)
from kpi.ingest.table.raw import RawTable
from kpi.ingest.turning.split_periods import (
    is_part_without_year,
    is_whole_year,
    names_part_of_year,
)
from kpi.ingest.words import labels
from kpi.ingest.words.heads import head_name
from kpi.ingest.words.label_meaning import Meaning
from kpi.ingest.words.lookup import folded
from kpi.ingest.words.period_hints import is_unread_period
from kpi.ingest.words.template import SERIES_BREAK, template_columns
from kpi.ingest.words.written_periods import period_of

# Fewer rows than this that all differ may be a table of labels; more are numbered.
_FEWEST_NUMBERED = 12
# Fewer rows than this prove nothing: of two areas one may be labelled men, the other women.
_FEWEST_FOLLOWING = 24
# A year has no more parts that have names, nor weeks.
_MOST_PARTS = 60
_NAMES_SHOWN = 5
_ONLY_THESE = "Det kræver ingen handling, hvis tallene gælder dem alene."


def unused_columns(
    connection: duckdb.DuckDBPyConnection, table: RawTable, plan: Plan, catalog: Catalog
) -> list[Problem]:
    """The problems of each column that is not read, over all the file's rows in use."""
    rows = prepare_rows(connection)
    if not rows:
        return nothing_kept(connection, table, plan)
    # A wide file has a row for each figure, and the other columns are repeated for each.
    lines = count_lines(connection) if table.is_wide else rows
    meaning = Meaning(connection, catalog)
    problems: list[Problem] = []
    figures: list[str] = []
    for place, name in enumerate(table.columns):
        if place in plan.columns.values() or _is_ignored(place, table, plan):
            continue
        if place in plan.keep:
            problems += _of_kept(place, name, plan, meaning)
            if len(plan.keep[place]) > 1 and place not in plan.added_up:
                problems += kept_together(labels_of(connection, place, name, rows))
            continue
        if _has_parts_of_years(connection, place, name) and stores_years(connection):
            problems += _of_part_of_year(labels_of(connection, place, name, rows), plan)
            continue
        codes = other_codes(connection, place, name, meaning)
        regions = other_regions(connection, place, name, meaning) if codes is None else codes
        if regions is not None:
            problems += regions
            continue
        units = row_units(connection, place, name, catalog)
        if units is not None and (units or plan.recipe is not None):
            problems += units
            continue
        if not speaks_of_rows(name) and is_figures(connection, place, name, lines):
            figures.append(name)
            continue
        column = labels_of(connection, place, name, rows)
        if verdict := _of_verdicts(table, plan, column):
            problems.append(verdict)
        elif plan.recipe is None:
            problems += _of_template(connection, column, meaning, plan)
        elif not column.is_blank:
            problems += _of_recipe(connection, table, plan, column, meaning)
    problems += _of_figures(figures, table, plan)
    problems += labels_left_out(connection, table, plan)
    return problems + lost_areas(connection, table, plan, meaning)


# SÆSON of Danmarks Statistik says whether figures are corrected for the season, and of which none.
_OF_CORRECTION = re.compile(r"korriger|justere|faktisk|rå ?tal|adjusted|actual", re.IGNORECASE)


def _has_parts_of_years(connection: duckdb.DuckDBPyConnection, place: int, name: str) -> bool:
    """Whether a column is called as one of parts of a year, or has nothing else."""
    texts = connection.table(f"spelled_c{place}").limit(_MOST_PARTS + 1).project("text").fetchall()
    if names_part_of_year(name):
        return not any(_OF_CORRECTION.search(text) for (text,) in texts)
    parts = [label for (text,) in texts if not is_whole_year(label := plain(text))]
    return bool(parts) and len(texts) <= _MOST_PARTS and all(map(is_part_without_year, parts))


def _of_recipe(
    connection: duckdb.DuckDBPyConnection,
    table: RawTable,
    plan: Plan,
    column: Unused,
    meaning: Meaning,
) -> list[Problem]:
    if column.count == 1:
        return _of_one_label(plan, column, meaning)
    if not meaning.names_others(column.name, map(plain, column.first)):
        harmless = _harmless(connection, plan, column, meaning)
        if harmless is not None:
            return harmless
    has_recipe = plan.recipe is not None and plan.recipe.name != OWN_COLUMNS
    reader = "opskriften ikke skelner mellem" if has_recipe else "der ikke er valgt imellem"
    return [
        of_column(
            "error", column,
            f"Kolonnen har {column.count} værdier, som {reader}: {shown_labels(column)}.",
            ("" if has_recipe else "Slet de rækker, der ikke skal med, eller lav en opskrift. ")
            + "Vælg rækker under [keep], oversæt værdierne under [group] eller [indicator], eller "
            "skriv kolonnen under [ignore] columns, hvis den er ligegyldig.",
        )
    ]  # fmt: skip


def _of_one_label(plan: Plan, column: Unused, meaning: Meaning) -> list[Problem]:
    """What the one label of a column says that is not read: the same as the rows, or another."""
    label = plain(column.first[0])
    contradiction = meaning.contradiction(column.name, label)
    if contradiction and meaning.is_code_of_indicator(column.name, label):
        return [code_of_indicator(column.name, label, contradiction)]
    if contradiction:
        return [other_meaning(column.name, label, contradiction)]
    if other := other_period(column.name, label, plan):
        return [other]
    made_from = _label_made_from(plan, column.name)
    if made_from is not None and folded(made_from) != folded(label) and not plan.is_accepted:
        return [
            Problem(
                "recipe_mismatch", "", None, column.name, label,
                f"Opskriften er lavet til en fil, hvor kolonnen har »{shortened(made_from)}«.",
                "Lav en ny opskrift, eller brug den alligevel: --accept-recipe.",
            )
        ]  # fmt: skip
    if meaning.is_in_name(label):
        return []
    hint = NO_ACTION_NEEDED if labels.is_total(label) or label.isdigit() else _ONLY_THESE
    return [of_single("unused_column", column.name, label, "læses ikke.", hint)]


def _harmless(
    connection: duckdb.DuckDBPyConnection, plan: Plan, column: Unused, meaning: Meaning
) -> list[Problem] | None:
    """What is reported of labels that part no figures; None where they may part some."""
    if column.count == len(column.first) and all(map(labels.is_judgement, column.first)):
        message = f"Kolonnen siger, hvordan det går ({shown_labels(column)}), og læses ikke."
        return [of_column("warning", column, message, NO_ACTION_NEEDED)]
    if _spells_key(connection, column, meaning):
        return []
    if labels.describes_rows(column.name):
        return [of_column("warning", column, "Kolonnen hører til rækken, og læses ikke.",
                         NO_ACTION_NEEDED)]  # fmt: skip
    part = _followed(connection, column, plan)
    if part:
        return [
            of_column(
                "warning", column, f"Kolonnen følger {part}, og læses ikke.", NO_ACTION_NEEDED
            )
        ]
    if column.count == column.rows >= _FEWEST_NUMBERED:
        return [
            of_column("warning", column, "Kolonnen er forskellig i hver række, og læses ikke.",
                  NO_ACTION_NEEDED)
        ]  # fmt: skip
    return None


def _followed(connection: duckdb.DuckDBPyConnection, column: Unused, plan: Plan) -> str:
    """What the labels follow from, in Danish; empty where they say something of their own."""
    if "status" in plan.columns and spells_status(connection, column):
        return "status"
    return follows(connection, column) if column.rows >= _FEWEST_FOLLOWING else ""


def _of_verdicts(table: RawTable, plan: Plan, column: Unused) -> Problem | None:
    """The problem of a column in which people judge whole rows: left out, or corrected.

    None with a recipe where the column has several labels: it must say which rows are meant.
    """
    if column.is_blank or (plan.recipe is not None and column.count > 1):
        return None
    if plan.recipe is not None:
        return rows_left_out(column.name, map(plain, column.first))
    texts = [*map(plain, column.first)]
    corrected = corrected_beside(column.name, _value_name(table, plan), texts)
    return rows_left_out(column.name, texts) or corrected


def _of_template(
    connection: duckdb.DuckDBPyConnection, column: Unused, meaning: Meaning, plan: Plan
) -> list[Problem]:
    hint = "Slet kolonnen, eller giv den et af skabelonens navne."
    not_ours = "Kolonnen hører ikke til skabelonen og læses ikke."
    # An empty column of values is the template's, and still not read (planning.py).
    is_own = template_columns([column.name]).keys() - plan.columns.keys()
    if is_own and not any(map(plain, column.first)):
        return []
    if column.count == 1:
        label = plain(column.first[0])
        contradiction = meaning.contradiction(column.name, label)
        if contradiction:
            return [other_meaning(column.name, label, contradiction, hint)]
        if not label:
            return [Problem("ignored_column", "", None, column.name, None, not_ours,
                            hint)]  # fmt: skip
        message = f"{not_ours} Den har kun »{shortened(label)}«."
        return [Problem("ignored_column", "", None, column.name, label, message, hint)]
    names_others = meaning.names_others(column.name, map(plain, column.first))
    if names_others or parts_equal_rows(connection, column):
        return [
            of_column("error", column,
                  "Kolonnen hører ikke til skabelonen, men skiller rækker ad: "
                  f"{shown_labels(column)}.",
                  "Behold kun de rækker, der menes, eller brug kolonnen »gruppe«.")
        ]  # fmt: skip
    if _says_other_periods(connection, column):
        return [
            Problem(
                "text_words", "", None, column.name, None,
                "Kolonnen læses ikke, men har andre perioder end rækkernes: "
                f"{shown_labels(column)}.",
                "Kontrollér, at tallene er fra de perioder, de gemmes for.",
            )
        ]  # fmt: skip
    made_on = row_verdicts.is_made_on(column.name, map(plain, column.first))
    if made_on or labels.describes_rows(column.name):
        return []
    return [Problem("ignored_column", "", None, column.name, None, not_ours, hint)]


def _says_other_periods(connection: duckdb.DuckDBPyConnection, column: Unused) -> bool:
    """Whether some rows have their own period in a column, and others have another."""
    if column.count != len(column.first) or not all(map(period_of, map(plain, column.first))):
        return False
    known = dict(connection.execute("SELECT number, id FROM known_period").fetchall())
    own: list[bool] = []

    def kept(text: str, number: int) -> bool:
        """Remembers whether the label is the row's own period."""
        own.append(period_of(plain(text)) == period_of(known[number]))
        return True

    each_pair(connection, column, "period", kept)
    return any(own) and not all(own)


def _of_part_of_year(column: Unused, plan: Plan) -> list[Problem]:
    """A month or quarter beside figures that would be stored as those of whole years."""
    if all(is_whole_year(plain(label)) for label in column.first):
        return []
    way = "skriv kolonnen under [ignore] columns" if plan.recipe else "slet kolonnen"
    return [
        of_column("error", column,
              f"Kolonnen deler året op ({shown_labels(column)}), men tallene gemmes som hele års.",
              f"Skriv måneden, kvartalet eller ugen med året i én kolonne, for eksempel 2024M05, "
              f"eller {way}, hvis tallene er hele års.")
    ]  # fmt: skip


def _of_kept(place: int, name: str, plan: Plan, meaning: Meaning) -> list[Problem]:
    """Rows chosen by a label that names another group or indicator than the one stored."""
    texts = plan.keep[place]
    contradiction = meaning.contradiction(name, texts[0], is_chosen=True) if len(texts) == 1 else ""
    return [other_meaning(name, texts[0], contradiction)] if contradiction else []


def _value_name(table: RawTable, plan: Plan) -> str:
    return table.columns[plan.columns["value"]] if "value" in plan.columns else "værdi"


def _of_figures(names: list[str], table: RawTable, plan: Plan) -> list[Problem]:
    unread = [name for name in names if table.is_wide and is_unread_period(head_name(name))]
    value = _value_name(table, plan)
    corrected = {
        name: question
        for name in names
        if plan.recipe is None and (question := corrected_beside(name, value))
    }
    names = [name for name in names if name not in unread and name not in corrected]
    asked = [*map(unread_head, unread), *corrected.values()]
    if not names:
        return asked
    shown = first_listed([f"»{name}«" for name in names], _NAMES_SHOWN)
    subject = "Kolonnen har andre tal" if len(names) == 1 else f"{shown} er andre tal"
    code: ProblemCode = "unused_column" if plan.recipe else "ignored_column"
    return [
        *asked,
        Problem(code, "", None, names[0] if len(names) == 1 else None, None,
                f"{subject} end værdien, og læses ikke.", NO_ACTION_NEEDED, reported_as="warning"),
    ]  # fmt: skip


def _is_ignored(place: int, table: RawTable, plan: Plan) -> bool:
    names = (table.columns[place], *table.other_names.get(place, ()))
    if plan.recipe is None:
        return names[0] == SERIES_BREAK
    return any(plan.recipe.ignores("columns", name) for name in names)


def _spells_key(connection: duckdb.DuckDBPyConnection, column: Unused, meaning: Meaning) -> bool:
    """Whether each row's label is the row's own area or period, or contains it."""
    if meaning.areas(column.first[0]):
        ids = list(meaning.catalog.areas)

        def fits_area(text: str, number: int) -> bool:
            """Whether the label is the row's own area, or one that it may be in."""
            area = meaning.areas(text)
            return area is not None and meaning.may_be_in(ids[number], area)

        return each_pair(connection, column, "area", fits_area)
    if column.count == len(column.first) and all(map(labels.level_called, column.first)):
        levels = [area.level for area in meaning.catalog.areas.values()]
        return each_pair(
            connection, column, "area",
            lambda text, number: labels.level_called(text) == levels[number],
        )  # fmt: skip
    if labels.names_frequency(column.name):
        return tells_kind(connection, column)
    if period_of(column.first[0]):
        known = dict(connection.execute("SELECT number, id FROM known_period").fetchall())

        def fits_period(text: str, number: int) -> bool:
            """Whether the label is a period that contains the row's own."""
            label, own = period_of(text), period_of(known[number])
            if label is None or own is None:
                return False
            return label.start <= own.start and own.end <= label.end

        return each_pair(connection, column, "period", fits_period)
    return False


def _label_made_from(plan: Plan, name: str) -> str | None:
    """The label that the file of the recipe had in this column; None where nobody knows it.

    Of two columns of one name but for its letters (`MEASURE`, `Measure`) the exact one is meant.
    """
    if plan.recipe is None or plan.recipe.made_from is None or plan.recipe.name == OWN_COLUMNS:
        return None
    known = plan.recipe.made_from.labels
    alike = (label for column, label in known.items() if folded(column) == folded(name))
    return known[name] if name in known else next(alike, None)
