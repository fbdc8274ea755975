"""The figures of data/, checked as those of an upload are, all files at once."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb
import pyarrow as arrow

from kpi.domain.errors import Problem
from kpi.domain.period import today
from kpi.ingest.checks import fault_rules, faults
from kpi.ingest.meaning.exact import PLAN, TABLE, KnownIds, read_exactly
from kpi.ingest.row_checks import duplicates, keep_valid, mismatches, word_problems
from kpi.tables.dataset import DataSet, read_tables, refusal
from kpi.tables.spec import Row

# What a fault is called where a decimal point and the tables' own words are all that is read.
_WORDS = {
    "not_a_number": (
        "Feltet er ikke et tal.",
        "Skriv tallet med punktum og uden tusindtalstegn, for eksempel 9.7.",
    ),
    "missing_number": (
        "Værdien mangler.",
        "Skriv tallet, eller sæt status til suppressed eller missing.",
    ),
    "limits_do_not_fit": (
        "Status og grænser passer ikke sammen.",
        "range har low under high og ingen value. at_least og at_most har kun value. Andre tal har "
        "ingen grænser.",
    ),
    "since_a_day": (
        "En dag kan ikke være opgjort siden sig selv.",
        "Skriv at, eller skriv hele perioden.",
    ),
}

# A value that its counts do not give may be what the paper says.
_QUESTIONED = "Ret tallet, eller registrér udsagnet i claim.csv."


@dataclass(frozen=True)
class CheckedData:
    """All of data/: its tables and files, and all figures as rows of the table `observation`."""

    dataset: DataSet
    figures: arrow.Table


def checked_data(folder: Path) -> CheckedData:
    """Reads and checks data/.

    Raises KpiError that lists all problems at once, each with file, line, column, value, remedy.
    """
    problems: list[Problem] = []
    dataset = read_tables(folder, problems)
    tables = dataset.tables
    known = KnownIds(
        {row["indicator_id"]: row["kind"] for row in tables["indicator"]},
        *(
            list(dict.fromkeys(row[key] for row in tables[table]))
            for table, key in (
                ("area", "area_id"), ("population_group", "group_id"), ("source", "source_id"),
            )
        ),
    )  # fmt: skip
    claims = tables["claim"]
    rows = [row for file in dataset.files for row in file.rows]
    figures, faulty = figures_of(rows, known, claims) if rows else (None, [])
    if faulty:
        # Once more, each by itself: now it matters which line of which file is wrong.
        for file in dataset.files:
            problems += [
                replace(problem, file=file.name)
                for problem in figures_of(file.rows, known, claims)[1]
            ]
    if figures is None or problems or faulty:
        raise refusal(problems or faulty)
    return CheckedData(dataset, figures)


def figures_of(
    rows: Iterable[tuple[int, Row]], known: KnownIds, claims: Iterable[Row]
) -> tuple[arrow.Table, list[Problem]]:
    """The figures of rows (line, text by column) without errors, and all errors, by line.

    A value that its counts do not give is none where a claim questions it. What an upload only
    warns of is not reported: it was looked at when data/ was written.
    """
    keys = [(row["indicator_id"], row["area_id"], row["group_id"], row["period"]) for row in claims]
    with duckdb.connect() as connection:
        connection.execute(_CLAIMS)
        if keys:
            connection.executemany("INSERT INTO spor.claim VALUES ($1, $2, $3, $4)", keys)
        read_exactly(connection, rows, known)
        fault_rules.find_faults(connection, today())
        connection.execute(_ERRORS_ONLY)
        keep_valid(connection)
        connection.execute(_TWINS)
        problems = [
            *word_problems(connection, TABLE, PLAN),
            *faults.row_problems(connection, TABLE, PLAN, _WORDS),
            *duplicates(connection, TABLE, PLAN),
        ]
        # Without a whole table nobody knows which values a claim questions.
        if known.kinds and known.areas and known.groups:
            problems += [
                replace(problem, hint=_QUESTIONED)
                for problem in mismatches(connection, TABLE, PLAN)
            ]
        figures = connection.sql(_FIGURES).to_arrow_table()
    errors = [problem for problem in problems if problem.severity == "error"]
    return figures, sorted(errors, key=lambda problem: problem.row or 0)


_CLAIMS = """
ATTACH ':memory:' AS spor;
CREATE TABLE spor.claim (
    indicator_id VARCHAR, area_id VARCHAR, group_id VARCHAR, period VARCHAR
)
"""
_ERRORS_ONLY = "DELETE FROM problem WHERE NOT is_error OR fault = 'words_contradict'"
# A row twice is an error even with the same contents: one of them is meant to be another.
_TWINS = """
UPDATE twice SET differs = true;
DELETE FROM problem WHERE NOT is_error
"""
_FIGURES = """
SELECT known_indicator.id AS indicator_id, known_area.id AS area_id, known_group.id AS group_id,
    known_period.id AS period, valid.value, valid.numerator, valid.denominator,
    valid.status::VARCHAR AS status,
    CASE WHEN valid.value IS NOT NULL THEN valid.decimals END AS decimals,
    nullif(spelled_as_published.text, '') AS as_published, nullif(spelled_note.text, '') AS note,
    known_source.id AS source_id, valid.low, valid.high, valid.measured::VARCHAR AS measured,
    known_period.kind AS period_kind, known_period.start_date AS period_start,
    known_period.end_date AS period_end
FROM valid
JOIN known_indicator ON known_indicator.number = valid.indicator
JOIN known_area ON known_area.number = valid.area
JOIN known_group ON known_group.number = valid.population_group
JOIN known_period ON known_period.number = valid.period
JOIN known_source ON known_source.number = valid.source
JOIN candidate USING (record)
JOIN spelled_as_published ON spelled_as_published.spelling = candidate.as_published
JOIN spelled_note ON spelled_note.spelling = candidate.note
"""
