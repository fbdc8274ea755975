"""From raw text to observations: every distinct word is understood once, and joined back in SQL.

Works in tables of the connection, which is made anew for each file. `candidate` is the file's rows
in the template's columns, each a number (`spelling`) for a text of `spelled_<role>`; `word_<role>`
is what each of these texts stands for; `told` the rows with ids as numbers, so that a key is one
integer and is compared as such. A million rows are written and read many times here, so each column
is of the narrowest type that holds it.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

import duckdb

from kpi.domain import format as fmt
from kpi.domain.catalog import Catalog
from kpi.domain.errors import KpiError, Problem
from kpi.domain.period import Period
from kpi.ingest.checks.status_problems import hide_confidential
from kpi.ingest.mapping.column_mapping import NUMBERS, ROLES, Plan
from kpi.ingest.mapping.label_rows import KEYS, label_rows, told_labels
from kpi.ingest.meaning.column_words import MOST_TEXTS, PASSED_OVER, Reader, Word, refuse_too_many
from kpi.ingest.meaning.completing import complete
from kpi.ingest.meaning.marked_words import marked_names, marked_periods
from kpi.ingest.meaning.number_column import understand_numbers
from kpi.ingest.meaning.value_ranges import split_ranges
from kpi.ingest.table.footnote_marks import unmarked
from kpi.ingest.table.raw import TYPED, RawTable
from kpi.ingest.words import lookup as resolve
from kpi.ingest.words.labels import group_guess
from kpi.ingest.words.telling_words import TITLE, telling_words
from kpi.ingest.words.word_tables import Frame, prepare, save
from kpi.ingest.words.written_periods import period_of

# Headings of parts of the country, whether or not Spor has figures of them.
_PLACE = re.compile(r"\s*(?:region|landsdel|provins|province|kommune|amt|område)", re.IGNORECASE)
_WORDS = ("indicator_id", "area_id", "group_id", "period", "status", "measured", "source_id")


@dataclass(frozen=True)
class Interpreted:
    """How a file was understood: its rows, blank ones left out, and what was passed over.

    `decimal` is the mark of the values ("comma" or "point"); None where no cell tells.
    """

    rows_read: int
    decimal: str | None
    problems: tuple[Problem, ...]


def interpret(
    connection: duckdb.DuckDBPyConnection, table: RawTable, plan: Plan, catalog: Catalog
) -> Interpreted:
    """Fills `told` and the `word_` tables. A row without any text is no row."""
    prepare(connection)
    catalog_numbers = _number_catalog(connection, catalog)
    told: list[Problem] = []
    rows_read = _choose_rows(connection, table, plan, catalog, told)
    reader = Reader(table, plan, catalog)
    for role in _WORDS:
        words = connection.table(f"spelled_{role}").project("text", "spelling")
        texts = words.limit(MOST_TEXTS + 1).fetchall()
        refuse_too_many(len(texts), plan.name_of(role, table))
        spellings = dict(texts)
        found = reader.words(role, spellings)
        if role == "indicator_id":
            ids = {word.id for word in found if word.id is not None}
            reader = replace(reader, is_of_schools=bool(ids) and ids <= catalog.school_figures)
        told += _passed_over(connection, role, found, spellings, plan.name_of(role, table))
        if role == "period":
            told += marked_periods(connection, found, spellings, plan.name_of(role, table))
        elif role in ("area_id", "group_id", "indicator_id"):
            told += marked_names(connection, role, found, spellings, plan.name_of(role, table))
        numbered = _number_periods(connection, found) if role == "period" else catalog_numbers[role]
        _save_words(connection, role, found, spellings, numbered)
    marks = {role: understand_numbers(connection, role, plan, table) for role in NUMBERS}
    connection.execute(_TOLD)
    hide_confidential(connection)
    told += complete(connection, plan)
    return Interpreted(rows_read, marks["value"], tuple(told))


def _number_catalog(
    connection: duckdb.DuckDBPyConnection, catalog: Catalog
) -> dict[str, dict[str, int]]:
    """Numbers for the ids of the catalog, by role; also as tables for what is published."""
    every = {
        "indicator_id": catalog.indicators, "area_id": catalog.areas, "group_id": catalog.groups,
        "source_id": catalog.sources, "status": (), "measured": (),
    }  # fmt: skip
    numbered = {role: {one: n for n, one in enumerate(ids)} for role, ids in every.items()}
    save(connection, "known_indicator", {
        "id": list(catalog.indicators), "number": list(range(len(catalog.indicators))),
        "kind": [indicator.kind for indicator in catalog.indicators.values()],
        "default_group": [
            numbered["group_id"][indicator.default_group]
            for indicator in catalog.indicators.values()
        ],
    })  # fmt: skip
    for name, role in (
        ("known_area", "area_id"),
        ("known_group", "group_id"),
        ("known_source", "source_id"),
    ):
        ids = numbered[role]
        save(connection, name, {"id": list(ids), "number": list(ids.values())})
    return numbered


def _choose_rows(
    connection: duckdb.DuckDBPyConnection,
    table: RawTable,
    plan: Plan,
    catalog: Catalog,
    told: list[Problem],
) -> int:
    """Makes `candidate` of the rows to use; returns how many rows the file has.

    A row that is blank but for columns nobody reads is a note beside the table, and is `told`.
    """
    raw = connection.table("raw")
    blank = _blank(connection, range(len(table.columns)))
    rows = raw if blank is None else raw.filter(~blank)
    (rows_read,) = rows.aggregate("count(*)").fetchone() or (0,)
    aside = _blank(connection, sorted({*plan.columns.values(), *plan.keep}))
    if aside is not None:
        told += _told_aside(rows.filter(aside))
        rows = rows.filter(~aside)
    find_group, find_indicator = group_guess(catalog), resolve.indicator_lookup(catalog)
    labels_alone = label_rows(
        table, plan, lambda *asked: _where(connection, *asked),
        lambda text: find_group(text) is not None or find_indicator(text) is not None
        or bool(telling_words(text, TITLE)),
    )  # fmt: skip
    if labels_alone is not None:
        told += _told_labels(connection, rows.filter(labels_alone), table, plan, catalog)
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
    for role in ROLES:
        _spell(connection, role, plan, every=rows is raw)
    if plan.has_ranges:
        told += split_ranges(connection, table, plan)
    return int(rows_read)


def _told_labels(
    connection: duckdb.DuckDBPyConnection,
    rows: duckdb.DuckDBPyRelation,
    table: RawTable,
    plan: Plan,
    catalog: Catalog,
) -> list[Problem]:
    find_area = resolve.area_lookup(catalog)
    first = next(plan.columns[role] for role in KEYS if role in plan.columns)
    texts = dict(connection.table(f"spelled_c{first}").fetchall())

    def is_place(text: str) -> bool:
        return find_area(text) is not None or _PLACE.match(text) is not None

    return told_labels(rows, table, plan, texts, is_place)


def _blank(
    connection: duckdb.DuckDBPyConnection, places: Iterable[int]
) -> duckdb.Expression | None:
    """Which rows are blank in all columns of these places; None where none is."""
    text, blanks = duckdb.ColumnExpression("text"), duckdb.ConstantExpression(" \t\u00a0")
    is_blank = duckdb.FunctionExpression("trim", text, blanks) == duckdb.ConstantExpression("")
    every = duckdb.ConstantExpression(True)
    for place in places:
        blank = connection.table(f"spelled_c{place}").filter(is_blank).fetchall()
        # A column without a blank cell settles it: nothing to look for at every later question.
        if not blank:
            return None
        every = every & _is_one_of(place, [spelling for spelling, _ in blank])
    return every


def _where(
    connection: duckdb.DuckDBPyConnection, place: int, fits: Callable[[str], bool]
) -> duckdb.Expression | None:
    """The rows whose text in a column fits; None where no text of it does."""
    texts = connection.table(f"spelled_c{place}").fetchall()
    spellings = [spelling for spelling, text in texts if fits(text)]
    return _is_one_of(place, spellings) if spellings else None


def _told_aside(rows: duckdb.DuckDBPyRelation) -> list[Problem]:
    first, count = rows.aggregate("min(line), count(*)").fetchone() or (None, 0)
    if not count:
        return []
    which = fmt.counted(count, "række", "rækker")
    return [
        Problem(
            "ignored_row", "warning", "", first, None, None,
            f"{which} har kun tekst i kolonner, der ikke læses, og springes over.",
            "Det kræver ingen handling.",
        )
    ]  # fmt: skip


def _is_one_of(place: int, spellings: list[int]) -> duckdb.Expression:
    accepted = [duckdb.ConstantExpression(spelling) for spelling in spellings]
    column = duckdb.ColumnExpression(f"c{place}")
    return column.isin(*accepted) if accepted else duckdb.ConstantExpression(False)


def _spell(connection: duckdb.DuckDBPyConnection, role: str, plan: Plan, every: bool) -> None:
    """Makes `spelled_<role>` (`spelling`, `text`) of the texts that the role has in `candidate`."""
    if role in plan.columns:
        words = connection.table(f"spelled_c{plan.columns[role]}")
    else:
        constant = plan.constants.get(role, "")
        words = connection.sql("SELECT 0 AS spelling, $text AS text", params={"text": constant})
    if not every or role not in plan.columns:
        spelling = duckdb.ColumnExpression(role).alias("spelling")
        used = connection.table("candidate").project(spelling).distinct()
        words = words.join(used, "spelling", "semi")
    words.create_view(f"spelled_{role}")


def _passed_over(
    connection: duckdb.DuckDBPyConnection, role: str, found: list[Word],
    spellings: dict[str, int], name: str,
) -> list[Problem]:  # fmt: skip
    """A warning for each label that is passed over, at its first row."""
    passed = {spellings[word.text]: word for word in found if word.code in PASSED_OVER}
    if not passed:
        return []
    column, line = duckdb.ColumnExpression(role), duckdb.ColumnExpression("line")
    accepted = map(duckdb.ConstantExpression, passed)
    rows = connection.table("candidate").filter(column.isin(*accepted))
    counted = rows.aggregate(
        [column, duckdb.FunctionExpression("min", line), duckdb.FunctionExpression("count", line)]
    )
    return [
        Problem(
            passed[spelling].code or "ignored_row", "warning", "", first, name,
            passed[spelling].text,
            (passed[spelling].message or "Hører ikke til tallene og springes over")
            + f" ({fmt.counted(count, 'række', 'rækker')}).",
            "Det kræver ingen handling.",
        )
        for spelling, first, count in sorted(counted.fetchall(), key=lambda one: one[1])
    ]  # fmt: skip


def _save_words(
    connection: duckdb.DuckDBPyConnection,
    role: str,
    found: list[Word],
    spellings: dict[str, int],
    numbered: dict[str, int],
) -> None:
    columns = ("text", "id", "code", "message", "hint")
    frame: Frame = {column: [getattr(word, column) for word in found] for column in columns}
    if role == "period":
        frame["status"] = [resolve.status_of(word.marked.status) or "" if word.marked else ""
                           for word in found]  # fmt: skip
    frame["spelling"] = [spellings[word.text] for word in found]
    frame["number"] = [numbered.get(word.id or "") for word in found]
    frame["passed_over"] = [word.code in PASSED_OVER for word in found]
    save(connection, f"word_{role}", frame)


def _number_periods(connection: duckdb.DuckDBPyConnection, found: list[Word]) -> dict[str, int]:
    """The file's periods and the ones before them, numbered: also as table `known_period`."""
    own = {word.id for word in found if word.id is not None}
    periods = {text: period for text in own if (period := period_of(text)) is not None}
    before = {
        text: earlier
        for text, period in periods.items()
        if (earlier := _period_before(period)) is not None
    }
    periods |= {period.text: period for period in before.values()}
    numbered = {text: number for number, text in enumerate(periods)}
    every = list(periods.values())
    save(connection, "known_period", {
        "id": list(periods), "number": list(numbered.values()),
        "kind": [one.kind for one in every],
        "start_date": [one.start for one in every], "end_date": [one.end for one in every],
        "before": [numbered[before[text].text] if text in before else None for text in periods],
    })  # fmt: skip
    return numbered


def _period_before(period: Period) -> Period | None:
    try:
        return period.previous()
    except KpiError:  # there is none before the year 1000
        return None


# `key` is NULL where a part of it is not known, and `passed_over` where the recipe says so.
_TOLD = """
CREATE TABLE told AS
WITH indicator AS (
    SELECT spelling, code, passed_over, number, kind::kind AS kind, default_group
    FROM word_indicator_id LEFT JOIN known_indicator USING (number)
),
area AS (FROM word_area_id),
population_group AS (FROM word_group_id),
period AS (
    SELECT spelling, code, passed_over, number, before,
        nullif(word_period.status, '')::status AS status
    FROM word_period LEFT JOIN known_period USING (number)
),
status AS (SELECT spelling, code, id::status AS status FROM word_status),
measured AS (SELECT spelling, code, nullif(id, '')::measured AS measured FROM word_measured),
source AS (FROM word_source_id),
spelled_out AS (
    SELECT candidate.record::INTEGER AS record, candidate.line::INTEGER AS line, indicator.kind,
        indicator.number AS indicator, area.number AS area,
        CASE WHEN population_group.id = '' THEN indicator.default_group
            ELSE population_group.number END AS population_group,
        period.number AS period, period.before, source.number AS source,
        value.number AS value, numerator.number AS numerator, denominator.number AS denominator,
        low.number AS low, high.number AS high, measured.measured,
        low.meaning <> 'empty' OR high.meaning <> 'empty' AS has_limits,
        status.status AS written_status, value.status AS told_status,
        period.status AS period_status, value.meaning,
        CASE WHEN value.meaning = 'empty' THEN greatest(low.decimals, high.decimals)
            ELSE value.decimals END AS decimals,
        value.approximate, value.is_bound, value.percent, value.typed,
        indicator.passed_over OR area.passed_over OR population_group.passed_over
            OR period.passed_over AS passed_over,
        indicator.code IS NOT NULL OR area.code IS NOT NULL OR population_group.code IS NOT NULL
            OR period.code IS NOT NULL OR status.code IS NOT NULL OR source.code IS NOT NULL
            OR value.code IS NOT NULL OR numerator.code IS NOT NULL
            OR denominator.code IS NOT NULL OR low.code IS NOT NULL OR high.code IS NOT NULL
            OR measured.code IS NOT NULL AS misread
    FROM candidate
    JOIN indicator ON indicator.spelling = candidate.indicator_id
    JOIN area ON area.spelling = candidate.area_id
    JOIN population_group ON population_group.spelling = candidate.group_id
    JOIN period ON period.spelling = candidate.period
    JOIN status ON status.spelling = candidate.status
    JOIN source ON source.spelling = candidate.source_id
    JOIN word_value AS value ON value.spelling = candidate.value
    JOIN word_numerator AS numerator ON numerator.spelling = candidate.numerator
    JOIN word_denominator AS denominator ON denominator.spelling = candidate.denominator
    JOIN word_low AS low ON low.spelling = candidate.low
    JOIN word_high AS high ON high.spelling = candidate.high
    JOIN measured ON measured.spelling = candidate.measured
)
SELECT * EXCLUDE (told_status, period_status),
    key_of(indicator, area, population_group, period) AS key,
    CASE
        WHEN written_status NOT IN ('', 'final') THEN written_status
        WHEN meaning = 'empty' AND low IS NOT NULL AND high IS NOT NULL THEN 'range'
        WHEN told_status = 'final' THEN coalesce(period_status, told_status)
        ELSE told_status
    END::status AS status
FROM spelled_out
"""
