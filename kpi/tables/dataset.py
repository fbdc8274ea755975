"""The embedded data set in data/: reads every table and checks all but the figures (kpi/ingest)."""

import csv
import hashlib
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kpi.domain.errors import KpiError, Problem, choices_hint, count_of, listed_problems
from kpi.domain.format import counted, number
from kpi.domain.period import as_period, first_day, today
from kpi.domain.personal import IN_FIELD, personal_fields
from kpi.domain.problem_codes import ProblemCode
from kpi.domain.series_break import breaks_of
from kpi.system.os_errors import why_not_read
from kpi.tables import rows as check
from kpi.tables.group_parts import part_of_problems
from kpi.tables.spec import (
    BESIDE_IDS,
    COLUMNS,
    LIKE_A_DATE,
    OBSERVATION_COLUMNS,
    OPTIONAL_OBSERVATION_COLUMNS,
    REFERENCES,
    SPECS,
    Row,
)
from kpi.tables.table_spec import Column, TableSpec
from kpi.tables.tile_problems import tile_problems

# The cells of figures that are words, and no ids (whose own table has them) or numbers.
_WORDS = ("as_published", "note")
_MOST_LISTED = 200


@dataclass(frozen=True)
class SourceFile:
    """The figures of one source: the file's name and SHA-256, and its rows (line, text)."""

    source_id: str
    name: str
    sha256: str
    rows: tuple[tuple[int, Row], ...]


@dataclass(frozen=True)
class DataSet:
    """All of data/: metadata tables as rows of text, and one file of observations per source."""

    tables: dict[str, list[Row]]
    files: tuple[SourceFile, ...]


def read_tables(folder: Path, problems: list[Problem]) -> DataSet:
    """Reads data/, adding to `problems` what is wrong with its tables and files.

    Each problem has a file, line, column, value and remedy. Figures are read as text.
    """
    tables: dict[str, list[Row]] = {}
    for table, columns in COLUMNS.items():
        numbered = _read(folder, f"{table}.csv", columns, problems)
        tables[table] = [row for _, row in numbered]
        problems += table_problems(table, numbered, f"{table}.csv")
        problems += personal_problems(numbered, f"{table}.csv")
    ids = {table: {row[COLUMNS[table][0]] for row in tables[table]} for table in COLUMNS}
    for table, columns in COLUMNS.items():
        numbered = _read(folder, f"{table}.csv", columns, [])
        problems += reference_problems(table, numbered, ids, f"{table}.csv")
        if table == "area_tile":
            problems += tile_problems(numbered, f"{table}.csv")
        if table == "population_group":
            problems += part_of_problems(numbered, {}, f"{table}.csv")
    return DataSet(tables, tuple(_source_files(folder, problems)))


def _source_files(folder: Path, problems: list[Problem]) -> Iterator[SourceFile]:
    paths = sorted((folder / "observations").glob("*.csv"))
    if not paths:
        problems.append(
            Problem("empty_file", "observations/", None, None, None,
                    "Mappen indeholder ingen tal.", "Læg én CSV-fil pr. kilde i mappen.")
        )  # fmt: skip
    for path in paths:
        name = f"observations/{path.name}"
        numbered = _read(folder, name, OBSERVATION_COLUMNS, problems)
        for line, row in numbered:
            if row["source_id"] != path.stem:
                problems.append(
                    Problem("unknown_source", name, line, "source_id", row["source_id"],
                            "Filen skal hedde som sin kilde.",
                            f"Skriv »{path.stem}«, eller flyt rækken til »{row['source_id']}.csv«.")
                )  # fmt: skip
        if not numbered:
            continue  # reported above; the file may not even be readable
        words = ((line, {column: row[column] for column in _WORDS}) for line, row in numbered)
        problems += personal_problems(words, name)
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        yield SourceFile(path.stem, name, digest, tuple(numbered))


def _read(
    folder: Path, name: str, columns: tuple[str, ...], problems: list[Problem]
) -> list[tuple[int, Row]]:
    def refuse(
        code: ProblemCode, line: int | None, column: str | None, message: str, hint: str
    ) -> None:
        """Adds a problem of this file."""
        problems.append(Problem(code, name, line, column, None, message, hint))

    spec = SPECS.get(name.removesuffix(".csv"))
    is_optional = spec is not None and spec.may_be_missing
    try:
        text = (folder / name).read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        if is_optional:
            return []
        refuse("empty_file", None, None, "Filen mangler.", "Hent den igen fra programmets kilde.")
        return []
    except OSError as error:
        refuse("not_a_table", None, None, "Filen kan ikke læses.", why_not_read(name, error))
        return []
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        refuse("encoding", line, None, "Filen er ikke UTF-8.", "Gem filen som CSV UTF-8.")
        return []
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[tuple[int, Row]] = []
    start = 1
    try:
        if is_optional and not text.strip():
            return []
        header = next(reader, [])
        optional = spec.optional if spec else OPTIONAL_OBSERVATION_COLUMNS
        problems_of_head = list(_head_problems(name, header, columns, optional))
        problems += problems_of_head
        if problems_of_head:
            return []
        left_out = dict.fromkeys((*columns, *optional), "")
        start = reader.line_num + 1
        for cells in reader:
            if len(cells) == len(header):
                filled = dict(zip(header, (cell.strip() for cell in cells), strict=True))
                rows.append((start, left_out | filled))
            elif cells:
                refuse("not_a_table", start, None,
                       f"Rækken har {counted(len(cells), 'felt', 'felter')}, men tabellen har "
                       f"{counted(len(header), 'kolonne', 'kolonner')}.",
                       "Sæt tekst med komma i anførselstegn.")  # fmt: skip
            start = reader.line_num + 1
    except csv.Error:
        refuse("not_a_table", start, None, "Rækken kan ikke læses.",
               "Kontrollér, at alle anførselstegn er afsluttet.")  # fmt: skip
    may_be_empty = is_optional or any(problem.file == name for problem in problems)
    if not rows and not may_be_empty:
        refuse(
            "empty_file", None, None, "Filen har ingen rækker.", "Skriv mindst én række i filen."
        )
    return rows


def personal_problems(numbered: Iterable[tuple[int, Row]], name: str) -> Iterator[Problem]:
    """The cells of rows (numbered) of a table of data/ that contain a CPR number."""
    for line, row in numbered:
        for column in personal_fields(row):
            yield Problem("personal_data", name, line, column, None, *IN_FIELD)


def _head_problems(
    name: str, header: Sequence[str], columns: Sequence[str], optional: Sequence[str]
) -> Iterator[Problem]:
    """Columns that a file of data/ lacks, and those it has that nothing reads."""
    for column in columns:
        if column not in header and column not in optional:
            yield Problem("missing_column", name, 1, column, None, "Kolonnen mangler.",
                          f"Første linje skal være: {','.join(columns)}")  # fmt: skip
    known = dict.fromkeys((*columns, *optional))
    free = [column for column in known if column not in header]
    for column in dict.fromkeys(filter(None, header)):
        if column not in known:
            # A misspelt column that may be left out would be left out without a word.
            yield Problem("ignored_column", name, 1, column, None,
                          "Kolonnen kendes ikke.",
                          choices_hint(column, free) if free else "Slet kolonnen.",
                          reported_as="error")  # fmt: skip


def table_problems(table: str, numbered: Sequence[tuple[int, Row]], name: str) -> Iterator[Problem]:
    """What is wrong with the rows (numbered) of a table in themselves."""
    spec = SPECS[table]
    columns = {column.name: column for column in spec.columns}
    key = spec.column_names[0]
    seen: dict[str, int] = {}
    stands_on: dict[tuple[str, ...], int] = {}
    for line, row in numbered:
        for column in (key, *spec.required):
            if not row[column]:
                yield Problem("missing_value", name, line, column, None,
                              "Feltet er tomt.", "Udfyld feltet.")  # fmt: skip
        if spec.has_ids and row[key] in seen:
            message = f"Værdien står også i linje {seen[row[key]]}."
            yield Problem("duplicate_key", name, line, key, row[key], message,
                          "Behold én af rækkerne.")  # fmt: skip
        seen.setdefault(row[key], line)
        if spec.is_by_period:
            yield from _period_row_problems(line, row, spec, stands_on, name)
        if table == "source_release":
            yield from _release_problems(line, row, name)
        for column, text in row.items():
            if text and column in columns:
                yield from _cell_problems(columns[column], line, row, name)


def _cell_problems(column: Column, line: int, row: Row, name: str) -> Iterator[Problem]:
    """What is wrong with a cell that is not empty."""
    text, cells = row[column.name], column.cells

    def problem(code: ProblemCode, message: str, hint: str) -> Problem:
        """A problem of this cell."""
        return Problem(code, name, line, column.name, text, message, hint)

    if column.choices and text not in column.choices:
        yield problem("unknown_value", "Værdien kendes ikke.", choices_hint(text, column.choices))
    if cells == "number" and check.as_number(text) is None:
        is_file = name.endswith(".csv")
        yield problem(
            "not_a_number", "Feltet er ikke et tal.",
            "Skriv tallet med punktum." if is_file else "Skriv et tal, for eksempel 1.234,5.",
        )  # fmt: skip
    if cells == "whole" and not (text.isascii() and text.isdigit()):
        yield problem(
            "not_a_number", "Feltet er ikke et helt tal.", "Skriv 0, 1, 2 eller et andet helt tal."
        )
    if cells == "breaks" and not _are_breaks(text):
        yield problem(
            "unknown_value", "Bruddet kan ikke læses.",
            "Skriv dagen og hvad der skete: 2025-07-01 Ny reform.",
        )  # fmt: skip
    if cells == "period" and as_period(text) is None:
        yield problem("unknown_period", "Feltet er ikke en periode.", check.PERIOD_HINT)
    if cells in ("date", "day") and not check.is_date(text):
        yield problem(
            "unknown_period", "Feltet er ikke en dato.", "Skriv 2025-03-19, 2025-03 eller 2025."
        )
    elif text.count("-") < (parts := _least_parts(column, row)):
        yield problem(
            "unknown_period", "Datoen er ikke nøjagtig nok.",
            "Skriv dagen, 2025-03-19." if parts == 2 else "Skriv måneden, 2025-03.",
        )  # fmt: skip
    if cells == "date_or_words" and LIKE_A_DATE.fullmatch(text) and not check.is_date(text):
        yield problem(
            "unknown_period", "Feltet er ikke en dato.",
            "Skriv 2026-03-19, 2026-03 eller kildens egne ord.",
        )  # fmt: skip


def _least_parts(column: Column, row: Row) -> int:
    """How many hyphens a date has at least: 2 where it is of a day, 1 of a month."""
    if column.cells == "date" and "precision" in row:
        return 2 if row["precision"] == "day" else 1
    return 2 if column.cells == "day" else 0


def _are_breaks(text: str) -> bool:
    try:
        breaks_of(text)
    except ValueError:
        return False
    return True


def _period_row_problems(
    line: int, row: Row, spec: TableSpec, stands_on: dict[tuple[str, ...], int], name: str
) -> Iterator[Problem]:
    """Whether a row's key occurs twice, or a period is written otherwise than figures keep it."""
    for column in (column.name for column in spec.columns if column.cells == "period"):
        period = as_period(row[column])
        if period and period.text != row[column]:
            yield Problem("unknown_period", name, line, column, row[column],
                          "Perioden er skrevet på en anden måde end i Spor.",
                          f"Skriv »{period.text}«.")  # fmt: skip
    twin = stands_on.setdefault(tuple(row[column] for column in spec.key), line)
    if twin != line:
        yield Problem("duplicate_key", name, line, spec.key[1], row[spec.key[1]],
                      f"Står også i linje {twin}.", "Behold én af rækkerne.")  # fmt: skip


def _release_problems(line: int, row: Row, name: str) -> Iterator[Problem]:
    """Whether figures came out on a day that is not over, or before what they count had begun."""
    period = as_period(row["period"])
    if not check.is_date(row["published"]):
        return
    released = first_day(row["published"])
    if released > today() or (period and released < period.start):
        fault = "i fremtiden" if released > today() else "før perioden"
        yield Problem("unknown_period", name, line, "published", row["published"],
                      f"Datoen ligger {fault}.", "Skriv den dag, tallene er udgivet.")  # fmt: skip


def reference_problems(
    table: str, numbered: Sequence[tuple[int, Row]], ids: Mapping[str, set[str]], name: str
) -> Iterator[Problem]:
    """Which ids in the rows name nothing; `ids` contains the known ids of each table."""
    spec = SPECS[table]
    # A first column that names the row, unless its rows are about those of another table.
    own_key = spec.key[0] if spec.has_ids and not spec.columns[0].refers_to else None
    for line, row in numbered:
        for column, text in row.items():
            target = REFERENCES.get(column)
            if target is None or column == own_key or not text or text in ids[target]:
                continue
            if text in BESIDE_IDS.get(column, {}):
                continue
            if not ids[target]:
                continue  # the whole table is missing, which is reported once
            yield Problem("unknown_value", name, line, column, text,
                          f"Værdien findes ikke i {target}.csv." if name.endswith(".csv")
                          else "Værdien findes ikke.",
                          choices_hint(text, sorted(ids[target])))  # fmt: skip


def refusal(errors: Sequence[Problem]) -> KpiError:
    """The refusal of data/ that lists the first of the errors; the same one in many lines once."""
    listed, beyond = listed_problems(errors, _MOST_LISTED)
    more = f"\n- og {number(beyond, 0)} til" if beyond else ""
    return KpiError(
        "Tallene i data/ kan ikke bruges",
        f"{counted(count_of(errors), 'fejl', 'fejl')}. Den hidtidige udgave er uændret.\n"
        f"{listed}{more}",
    )
