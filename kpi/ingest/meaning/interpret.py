"""From raw text to observations: every distinct word is understood once, and joined back in SQL.

Works in tables of the connection, which is opened for this file. `candidate` is the file's rows in
the template's columns, each a number (`spelling`) for a text of `spelled_<role>`; `word_<role>` is
the meaning of each of these texts; `parsed_row` the rows with ids as numbers, so that a key is one
integer and is compared as such. A million rows are written and read many times here, so each column
has the narrowest type that fits.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial

import duckdb

from kpi.domain import format as fmt
from kpi.domain.catalog import Catalog
from kpi.domain.errors import Problem
from kpi.domain.wording import first_listed
from kpi.ingest.checks.status_problems import confidential_spellings, hide_confidential
from kpi.ingest.mapping.column_mapping import NUMBERS, ROLES, Plan
from kpi.ingest.mapping.label_rows import KEYS, label_problems, label_rows
from kpi.ingest.mapping.proposed_recipe import OWN_COLUMNS
from kpi.ingest.meaning.column_words import Reader
from kpi.ingest.meaning.completing import changes_rows, complete
from kpi.ingest.meaning.known_periods import number_periods
from kpi.ingest.meaning.marked_words import marked_names, marked_periods
from kpi.ingest.meaning.number_column import understand_numbers
from kpi.ingest.meaning.parsed_rows import FEW_ROWS, write_parsed_rows
from kpi.ingest.meaning.value_ranges import split_ranges
from kpi.ingest.meaning.word import IGNORED_CODES, MOST_TEXTS, Word, refuse_too_many
from kpi.ingest.table.footnote_marks import unmarked
from kpi.ingest.table.raw import TYPED, RawTable
from kpi.ingest.words import lookup as resolve
from kpi.ingest.words import statuses
from kpi.ingest.words.area_lookup import area_lookup
from kpi.ingest.words.labels import group_guess
from kpi.ingest.words.telling_words import TITLE, telling_words
from kpi.ingest.words.word_tables import Frame, prepare, save
from kpi.system.two_at_once import two_at_once

# Headings of parts of the country, whether or not Spor has figures of them.
_PLACE = re.compile(r"\s*(?:region|landsdel|provins|province|kommune|amt|område)", re.IGNORECASE)
_NOTHING_TO_DO = "Det kræver ingen handling."
# Labels that a recipe ignores: more than so many of a column are reported together.
_MOST_ONE_BY_ONE = 3
_WORDS = ("indicator_id", "area_id", "group_id", "period", "status", "measured", "source_id")


@dataclass(frozen=True)
class Interpreted:
    """How a file was understood: its rows, blank ones left out, and the problems of its texts.

    `decimal` is the mark of the values ("comma" or "point"); None where no cell shows it.
    """

    rows_read: int
    decimal: str | None
    problems: tuple[Problem, ...]


# Those whose group nobody knows are no group to create.
_NOBODY = re.compile(r"\W*(?:u|ikke )(?:oplyst|kendt|specificeret|angivet)\w*", re.IGNORECASE)


def interpret(
    connection: duckdb.DuckDBPyConnection, table: RawTable, plan: Plan, catalog: Catalog
) -> Interpreted:
    """Fills `parsed_row` and the `word_` tables. A row without any text is no row."""
    prepare(connection)
    catalog_numbers = _number_catalog(connection, catalog)
    problems: list[Problem] = []
    if not plan.keep:  # all rows are used, so all texts
        for role in plan.columns.keys() & {*_WORDS}:
            texts_of_column = connection.table(f"spelled_c{plan.columns[role]}")
            refuse_too_many(len(texts_of_column), plan.name_of(role, table))
    rows_read = _choose_rows(connection, table, plan, catalog, problems)
    reader = Reader(table, plan, catalog)
    texts = connection.execute(_TEXTS, {"most": MOST_TEXTS + 1}).fetchall()
    for role in _WORDS:
        of_role = [rest for own, *rest in texts if own == role]
        refuse_too_many(len(of_role), plan.name_of(role, table))
        spellings: dict[str, int] = dict(of_role)
        words_of_role = reader.words(role, spellings)
        if role == "indicator_id":
            ids = {word.id for word in words_of_role if word.id is not None}
            own_groups = {
                catalog.indicators[id_].default_group for id_ in ids & {*catalog.indicators}
            }
            reader = replace(
                reader,
                is_of_schools=bool(ids) and ids <= catalog.school_figures,
                everybody="all" if own_groups == {"all"} else "",
            )
        problems += _ignored_labels(
            connection, role, words_of_role, spellings, plan.name_of(role, table),
            are_proposed=plan.recipe is not None and plan.recipe.name == OWN_COLUMNS,
        )  # fmt: skip
        if role == "period":
            problems += marked_periods(
                connection, words_of_role, spellings, plan.name_of(role, table)
            )
        elif role in ("area_id", "group_id", "indicator_id"):
            problems += marked_names(
                connection, role, words_of_role, spellings, plan.name_of(role, table)
            )
        numbered = (
            number_periods(connection, words_of_role) if role == "period" else catalog_numbers[role]
        )
        save_words(connection, role, words_of_role, spellings, numbered)
    mark, of_numbers = _understand_numbers(connection, table, plan, catalog)
    problems += of_numbers
    confidential = confidential_spellings(connection)
    are_final = not confidential and not changes_rows(connection, plan)
    write_parsed_rows(connection, are_final and rows_read > FEW_ROWS)
    if confidential:
        hide_confidential(connection, confidential)
    problems += complete(connection, table, plan)
    return Interpreted(rows_read, mark, tuple(problems))


def _understand_numbers(
    connection: duckdb.DuckDBPyConnection, table: RawTable, plan: Plan, catalog: Catalog
) -> tuple[str | None, list[Problem]]:
    """Makes the tables of the number columns; the mark of the values, and how any was decided."""

    def understand(
        roles: Sequence[str], connection: duckdb.DuckDBPyConnection
    ) -> tuple[list[str | None], list[Problem]]:
        """The mark of each column, and the problems of all."""
        problems: list[Problem] = []
        return [
            understand_numbers(connection, role, plan, table, catalog, problems) for role in roles
        ], problems

    # Denominators have the most texts.
    (marks, problems), (_, of_others) = two_at_once(
        connection, partial(understand, NUMBERS[:2]), partial(understand, NUMBERS[2:])
    )
    return marks[0], problems + of_others


def _number_catalog(
    connection: duckdb.DuckDBPyConnection, catalog: Catalog
) -> dict[str, dict[str, int]]:
    """Numbers for the ids of the catalog, by role; also as tables for what is published."""
    ids_of_role = {
        "indicator_id": catalog.indicators, "area_id": catalog.areas, "group_id": catalog.groups,
        "source_id": catalog.sources, "status": (), "measured": (),
    }  # fmt: skip
    numbered = {role: {id_: n for n, id_ in enumerate(ids)} for role, ids in ids_of_role.items()}
    save(connection, "known_indicator", {
        "id": list(catalog.indicators), "number": list(range(len(catalog.indicators))),
        "kind": [indicator.kind for indicator in catalog.indicators.values()],
        "is_quantity": [indicator.is_quantity for indicator in catalog.indicators.values()],
        "shown_decimals": [indicator.decimals for indicator in catalog.indicators.values()],
        "default_group": [
            numbered["group_id"][indicator.default_group]
            for indicator in catalog.indicators.values()
        ],
    })  # fmt: skip
    save(connection, "known_area", {
        "id": list(catalog.areas), "number": list(range(len(catalog.areas))),
        "level": [area.level for area in catalog.areas.values()],
    })  # fmt: skip
    for name, role in (("known_group", "group_id"), ("known_source", "source_id")):
        ids = numbered[role]
        save(connection, name, {"id": list(ids), "number": list(ids.values())})
    return numbered


def _choose_rows(
    connection: duckdb.DuckDBPyConnection,
    table: RawTable,
    plan: Plan,
    catalog: Catalog,
    problems: list[Problem],
) -> int:
    """Makes `candidate` of the rows to use; returns how many rows the file has.

    A row that is blank but for columns nobody reads is a note beside the table: a problem.
    """
    raw = connection.table("raw")
    blank = _blank(connection, range(len(table.columns)))
    rows = raw if blank is None else raw.filter(~blank)
    (rows_read,) = rows.aggregate("count(*)").fetchone() or (0,)
    aside = _blank(connection, sorted({*plan.columns.values(), *plan.keep}))
    if aside is not None:
        problems += _aside_problems(rows.filter(aside))
        rows = rows.filter(~aside)
    find_group, find_indicator = group_guess(catalog), resolve.indicator_lookup(catalog)
    labels_alone = label_rows(
        table, plan, lambda *condition: _where(connection, *condition),
        lambda text: find_group(text) is not None or find_indicator(text) is not None
        or bool(telling_words(text, TITLE)),
    )  # fmt: skip
    if labels_alone is not None:
        problems += _label_problems(connection, rows.filter(labels_alone), table, plan, catalog)
        rows = rows.filter(~labels_alone)
    for place, labels in plan.keep.items():
        wanted = {resolve.folded(label) for label in labels}
        codes = table.codes.get(place, {})
        accepted = [
            spelling
            for spelling, text in connection.table(f"spelled_c{place}").fetchall()
            if {
                resolve.folded(name.removeprefix(TYPED))
                for name in (text, unmarked(text), codes.get(text, text))
            }
            & wanted
        ]
        rows = rows.filter(_is_one_of(place, accepted))
    number = duckdb.ConstantExpression(0).cast("INTEGER")
    chosen = [
        duckdb.ColumnExpression(f"c{plan.columns[role]}") if role in plan.columns else number
        for role in ROLES
    ]
    named = [column.alias(role) for column, role in zip(chosen, ROLES, strict=True)]
    places = [duckdb.ColumnExpression(name) for name in ("record", "line")]
    rows.project(*places, *named).create_view("candidate")
    _spell(connection, plan, is_all=rows is raw)
    if plan.has_ranges:
        problems += split_ranges(connection, table, plan)
    return int(rows_read)


def _label_problems(
    connection: duckdb.DuckDBPyConnection,
    rows: duckdb.DuckDBPyRelation,
    table: RawTable,
    plan: Plan,
    catalog: Catalog,
) -> list[Problem]:
    find_area = area_lookup(catalog)
    first = next(plan.columns[role] for role in KEYS if role in plan.columns)
    texts = dict(connection.table(f"spelled_c{first}").fetchall())

    def is_place(text: str) -> bool:
        """Whether a text names an area, or may be the code of one."""
        return find_area(text) is not None or _PLACE.match(text) is not None

    return label_problems(rows, table, plan, texts, is_place)


def _blank(
    connection: duckdb.DuckDBPyConnection, places: Iterable[int]
) -> duckdb.Expression | None:
    """Which rows are blank in all columns of these places; None where none is."""
    text, blanks = duckdb.ColumnExpression("text"), duckdb.ConstantExpression(" \t\u00a0")
    is_blank = duckdb.FunctionExpression("trim", text, blanks) == duckdb.ConstantExpression("")
    all_blank = duckdb.ConstantExpression(True)
    for place in places:
        blank = connection.table(f"spelled_c{place}").filter(is_blank).fetchall()
        # A column without a blank cell decides it: no row is blank in all of them.
        if not blank:
            return None
        all_blank = all_blank & _is_one_of(place, [spelling for spelling, _ in blank])
    return all_blank


def _where(
    connection: duckdb.DuckDBPyConnection, place: int, fits: Callable[[str], bool]
) -> duckdb.Expression | None:
    """The rows whose text in a column fits; None where no text of it does."""
    texts = connection.table(f"spelled_c{place}").fetchall()
    spellings = [spelling for spelling, text in texts if fits(text)]
    return _is_one_of(place, spellings) if spellings else None


def _aside_problems(rows: duckdb.DuckDBPyRelation) -> list[Problem]:
    first, count = rows.aggregate("min(line), count(*)").fetchone() or (None, 0)
    if not count:
        return []
    counted = fmt.counted(count, "række", "rækker")
    return [
        Problem(
            "ignored_row", "", first, None, None,
            f"{counted} har kun tekst i kolonner, der ikke læses, og springes over.",
            _NOTHING_TO_DO,
        )
    ]  # fmt: skip


def _is_one_of(place: int, spellings: list[int]) -> duckdb.Expression:
    accepted = [duckdb.ConstantExpression(spelling) for spelling in spellings]
    column = duckdb.ColumnExpression(f"c{place}")
    return column.isin(*accepted) if accepted else duckdb.ConstantExpression(False)


def _spell(connection: duckdb.DuckDBPyConnection, plan: Plan, is_all: bool) -> None:
    """Makes `spelled_<role>` (`spelling`, `text`) of the texts that each role has in `candidate`.

    `is_all`: those are all of the file's rows.
    """
    candidate = connection.table("candidate")
    is_empty = candidate.limit(1).fetchone() is None
    constants: dict[str, duckdb.DuckDBPyRelation] = {}
    for role in ROLES:
        if role in plan.columns:
            words = connection.table(f"spelled_c{plan.columns[role]}")
            if not is_all:
                spelling = duckdb.ColumnExpression(role).alias("spelling")
                words = words.join(candidate.project(spelling).distinct(), "spelling", "semi")
        else:
            constant = plan.constants.get(role, "")
            if constant not in constants:
                sql = _NO_TEXT if is_empty else _ONE_TEXT
                constants[constant] = connection.sql(sql, params={"text": constant})
            words = constants[constant]
        words.create_view(f"spelled_{role}")


def _ignored_labels(
    connection: duckdb.DuckDBPyConnection, role: str, words: list[Word],
    spellings: dict[str, int], name: str, *, are_proposed: bool = False,
) -> list[Problem]:  # fmt: skip
    """A warning for each label that is ignored, at its first row; for many of a recipe one.

    Groups that nobody has said are to be ignored (`are_proposed`) are unknown ones.
    """
    ignored = {spellings[word.text]: word for word in words if word.code in IGNORED_CODES}
    if not ignored:
        return []
    column, line = duckdb.ColumnExpression(role), duckdb.ColumnExpression("line")
    accepted = map(duckdb.ConstantExpression, ignored)
    rows = connection.table("candidate").filter(column.isin(*accepted))
    counted = rows.aggregate(
        [column, duckdb.FunctionExpression("min", line), duckdb.FunctionExpression("count", line)]
    )
    rows_of_label = sorted(counted.fetchall(), key=lambda row: row[1])
    unknown: list[Problem] = []
    if are_proposed and role == "group_id":
        groups = [row for row in rows_of_label if not _NOBODY.match(ignored[row[0]].text)]
        unknown = _unknown_groups(groups, ignored, name)
        rows_of_label = [row for row in rows_of_label if row not in groups]
    # Nobody reads three quarters of each year one by one; of areas each is somebody.
    by_recipe = [
        row for row in rows_of_label
        if ignored[row[0]].code == "ignored_row" and not ignored[row[0]].message
    ]  # fmt: skip
    many = by_recipe if len(by_recipe) > _MOST_ONE_BY_ONE else []
    one_by_one = [row for row in rows_of_label if row not in many]
    return [
        Problem(
            ignored[spelling].code or "ignored_row", "", first, name,
            ignored[spelling].text,
            (ignored[spelling].message or "Hører ikke til tallene og springes over")
            + f" ({fmt.counted(count, 'række', 'rækker')}).",
            _NOTHING_TO_DO,
        )
        for spelling, first, count in one_by_one
    ] + _together(many, ignored, name) + unknown  # fmt: skip


def _unknown_groups(
    rows_of_label: Sequence[tuple[int, int, int]], ignored: dict[int, Word], name: str
) -> list[Problem]:
    """One warning for all groups that Spor does not have: their figures are not published."""
    if not rows_of_label:
        return []
    labels = [ignored[spelling].text.removeprefix(TYPED) for spelling, _, _ in rows_of_label]
    named = first_listed([f"»{label}«" for label in labels], _MOST_ONE_BY_ONE)
    rows = sum(count for _, _, count in rows_of_label)
    are = "er ingen gruppe" if len(labels) == 1 else "er ingen grupper"
    return [
        Problem(
            "unknown_group", "", rows_of_label[0][1], name, labels[0],
            f"{named} {are} i Spor, og {fmt.counted(rows, 'række', 'rækker')} springes over.",
            "Skal tallene med, så opret gruppen: python -m kpi add group FIL.",
            reported_as="warning",
        )
    ]  # fmt: skip


def _together(
    many: list[tuple[int, int, int]], ignored: dict[int, Word], name: str
) -> list[Problem]:
    """One warning for all labels that the recipe ignores: spelling, first line, count of rows."""
    if not many:
        return []
    labels = [f"»{ignored[spelling].text.removeprefix(TYPED)}«" for spelling, _, _ in many]
    rows = sum(count for _, _, count in many)
    return [
        Problem(
            "ignored_row", "", many[0][1], name, None,
            f"{first_listed(labels, _MOST_ONE_BY_ONE)} hører ikke til tallene og springes over "
            f"({fmt.counted(rows, 'række', 'rækker')}).",
            _NOTHING_TO_DO,
        )
    ]  # fmt: skip


def save_words(
    connection: duckdb.DuckDBPyConnection,
    role: str,
    words: list[Word],
    spellings: dict[str, int],
    numbered: dict[str, int],
) -> None:
    """Makes `word_<role>`: what each text means, and the number of its id."""
    columns = ("text", "id", "code", "message", "hint")
    frame: Frame = {column: [getattr(word, column) for word in words] for column in columns}
    if role == "period":
        frame["status"] = [statuses.status_of(word.marked.status) or "" if word.marked else ""
                           for word in words]  # fmt: skip
    frame["spelling"] = [spellings[word.text] for word in words]
    frame["number"] = [numbered.get(word.id or "") for word in words]
    frame["ignored"] = [word.code in IGNORED_CODES for word in words]
    save(connection, f"word_{role}", frame)


# A role without a column has one text in all rows: none where there is no row.
_ONE_TEXT = "SELECT 0 AS spelling, $text AS text"
_NO_TEXT = f"{_ONE_TEXT} WHERE false"

# The texts of all columns that are looked up, in one question.
_TEXTS_OF_ROLE = "(SELECT 'ROLE', text, spelling FROM spelled_ROLE LIMIT $most)"
_OF_ALL_ROLES = " UNION ALL ".join(_TEXTS_OF_ROLE.replace("ROLE", role) for role in _WORDS)
# Fetched when all are there (tests/kpi/store/test_fetched.py).
_TEXTS = f"WITH spelled_text AS MATERIALIZED ({_OF_ALL_ROLES}) FROM spelled_text"
