"""Files of data/ that are missing, empty, damaged, of an earlier program, or written otherwise."""

import csv
from pathlib import Path

import pytest

from kpi.ingest.data_figures import checked_data
from kpi.tables.spec import COLUMNS, SPECS
from tests.conftest import DATA
from tests.kpi.data_folder import drop_lines, replace
from tests.kpi.tables.problem_lines import NOTE, PAPERS, problems


def without_columns(path: Path, columns: set[str]) -> None:
    """Rewrites a table without some of its columns."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    kept = [name for name in rows[0] if name not in columns]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, kept, extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)


def test_a_folder_of_an_earlier_program_is_read(data: Path) -> None:
    """It had no limits, no way of counting, no benchmark, and nothing of when a source is due."""
    checked = checked_data(data)
    for path in (data / "observations").glob("*.csv"):
        # What only the new columns can say is not there either.
        drop_lines(data, f"observations/{path.name}", ",range,")
        without_columns(path, {"low", "high", "measured"})
    without_columns(data / "indicator.csv", {"benchmark"})
    without_columns(data / "source.csv", {"frequency", "next_release", "owner"})
    (data / "source_release.csv").unlink()
    earlier = checked_data(data)
    rows = earlier.figures.to_pylist()
    assert len(rows) == checked.figures.num_rows - 1
    assert {(row["low"], row["high"], row["measured"]) for row in rows} == {(None, None, "over")}
    assert {row["benchmark"] for row in earlier.dataset.tables["indicator"]} == {""}
    assert {row["frequency"] for row in earlier.dataset.tables["source"]} == {""}


NEW_COLUMNS = {
    "indicator.csv": {"benchmark", "aliases", "breaks"},
    "population_group.csv": {"aliases", "part_of"},
    "source.csv": {"frequency", "owner", "next_release"},
    PAPERS: {"low", "high", "measured"},
}


@pytest.mark.parametrize("name", NEW_COLUMNS)
def test_the_new_columns_may_be_left_out(data: Path, name: str) -> None:
    header = (data / name).read_text("utf-8").partition("\n")[0].split(",")
    assert NEW_COLUMNS[name] < set(header)
    # What only they can say is not there either.
    drop_lines(data, "observations/handlingsnotat_2024.csv", ",range,")
    without_columns(data / name, NEW_COLUMNS[name])
    checked_data(data)


@pytest.mark.parametrize(
    ("name", "column"),
    [
        (name, column)
        for name, optional in NEW_COLUMNS.items()
        for column in (DATA / name).read_text("utf-8").partition("\n")[0].split(",")
        if column not in optional
    ],
)
def test_no_other_column_may_be_left_out(data: Path, name: str, column: str) -> None:
    without_columns(data / name, {column})
    problem = problems(data)[0]
    assert problem.startswith(f"{name}, linje 1, kolonne {column}: Kolonnen mangler.")


def test_the_new_columns_are_read(data: Path) -> None:
    checked = checked_data(data)
    dataset = checked.dataset
    rows = {row["indicator_id"]: row for row in checked.figures.to_pylist()}
    wait = rows["childcare_wait_months"]
    assert tuple(wait[name] for name in ("status", "value", "low", "high", "measured")) == (
        "range", None, 2.0, 3.0, "reported",
    )  # fmt: skip
    families = rows["programme_families"]
    assert (families["period"], families["measured"]) == ("2024:2025M03", "since")
    benchmarks = {row["indicator_id"]: row["benchmark"] for row in dataset.tables["indicator"]}
    assert (benchmarks["self_sufficiency_rate"], benchmarks["school_absence"]) == (
        "country",
        "median",
    )
    sources = {row["source_id"]: row["frequency"] for row in dataset.tables["source"]}
    assert (sources["ras200"], sources["uvm_absence"]) == ("year", "school_year")


@pytest.mark.parametrize(
    "table",
    sorted(
        COLUMNS.keys() - {"claim", *(table for table, spec in SPECS.items() if spec.may_be_missing)}
    ),
)
def test_a_missing_table_is_reported(data: Path, table: str) -> None:
    (data / f"{table}.csv").unlink()
    first = f"{table}.csv: Filen mangler. Hent den igen fra programmets kilde."
    # One fault is reported once: not again at each of the rows that refer to the table.
    assert problems(data) == [first]


@pytest.mark.parametrize("name", ["theme.csv", PAPERS])
@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", ", linje 1, kolonne "),
        (b"a,b\n1,2\n", ", linje 1, kolonne "),
        ("theme_id,navn\næ,1\n".encode("cp1252"), ", linje 2: Filen er ikke UTF-8. Gem filen som"),
        (b"\x00\x01\x02\x03", ", linje 1, kolonne "),
    ],
)
def test_a_file_that_is_no_table(data: Path, name: str, content: bytes, message: str) -> None:
    (data / name).write_bytes(content)
    assert any(line.startswith(name + message) for line in problems(data))


def test_a_file_that_cannot_be_opened_is_reported(data: Path) -> None:
    (data / "theme.csv").unlink()
    (data / "theme.csv").mkdir()
    assert any(
        line.startswith("theme.csv: Filen kan ikke læses. »theme.csv« er en mappe.")
        for line in problems(data)
    )


def test_a_table_without_rows(data: Path) -> None:
    (data / "abbreviation.csv").write_text("abbreviation,meaning\n", "utf-8")
    assert problems(data) == [
        "abbreviation.csv: Filen har ingen rækker. Skriv mindst én række i filen."
    ]


def test_no_figures_at_all(data: Path) -> None:
    for path in (data / "observations").glob("*.csv"):
        path.unlink()
    assert problems(data) == [
        "observations/: Mappen indeholder ingen tal. Læg én CSV-fil pr. kilde i mappen."
    ]


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    assert "theme.csv: Filen mangler. Hent den igen fra programmets kilde." in problems(
        tmp_path / "none"
    )


@pytest.mark.parametrize(
    "note",
    [
        '"to\nlinjer"',
        '"to\r\nlinjer"',
        '"en ""citeret"" linje\nog en til"',
        '"\n"',
    ],
)
def test_a_quoted_line_break_keeps_the_line_numbers_right(data: Path, note: str) -> None:
    replace(data, PAPERS, f",2024H1,13,,,final,,{NOTE},", f",2024H1,13,,,final,,{note},")
    replace(data, PAPERS, ",2024H2,9.7,", ",2024H2,9;7,")
    (problem,) = problems(data)
    # The row stood in line 35; the note before it is now one line longer.
    assert problem.startswith(f"{PAPERS}, linje 36, kolonne value: »9;7«")


@pytest.mark.parametrize("mark", ["\u2028", "\x85", "\x0b", "\x0c", "\x1c"])
def test_odd_line_separators_part_no_rows(data: Path, mark: str) -> None:
    replace(data, PAPERS, f",2024H1,13,,,final,,{NOTE},", f",2024H1,13,,,final,,Forår{mark}2024,")
    notes = [row["note"] for row in checked_data(data).figures.to_pylist()]
    assert "Forår 2024" in notes


@pytest.mark.parametrize(
    ("old", "new"),
    [("\n", "\r\n"), ("indicator_id,area_id", "\ufeffindicator_id,area_id"), ("\n", "\n\n")],
)
def test_harmless_differences_of_writing(data: Path, old: str, new: str) -> None:
    path = data / PAPERS
    path.write_bytes(path.read_text("utf-8").replace(old, new).encode("utf-8"))
    figures = checked_data(data).figures.to_pylist()
    assert sum(row["source_id"] == "oto_status_2025" for row in figures) == 35


@pytest.mark.parametrize(
    ("name", "column", "misspelt"),
    [
        (PAPERS, "measured", "measure"),
        (PAPERS, "low", "lav"),
        ("indicator.csv", "benchmark", "bencmark"),
        ("indicator.csv", "aliases", "alias"),
        ("source.csv", "next_release", "nextrelease"),
    ],
)
def test_a_misspelt_column_is_reported_though_it_may_be_left_out(
    data: Path, name: str, column: str, misspelt: str
) -> None:
    path = data / name
    header, _, rest = path.read_text(encoding="utf-8").partition("\n")
    named = [misspelt if cell == column else cell for cell in header.split(",")]
    path.write_text(",".join(named) + "\n" + rest, encoding="utf-8")
    problem = problems(data)[0]
    assert problem.startswith(f"{name}, linje 1, kolonne {misspelt}: Kolonnen kendes ikke.")
    assert column in problem


def test_a_column_too_many_is_reported(data: Path) -> None:
    (data / "source_release.csv").write_text(
        "source_id,period,published,day\nras200,2023,2024-10-28,x\n", encoding="utf-8"
    )
    assert problems(data) == [
        "source_release.csv, linje 1, kolonne day: Kolonnen kendes ikke. Slet kolonnen."
    ]


@pytest.mark.parametrize("content", ["", "\n", "source_id,period,published\n"])
def test_an_optional_table_may_be_empty(data: Path, content: str) -> None:
    (data / "source_release.csv").write_text(content, encoding="utf-8")
    assert checked_data(data).dataset.tables["source_release"] == []
