"""Each door by which a person's number could come in, with each way to write it; and look-alikes.

Files of figures have their own tests (tests/kpi/ingest/test_planted_numbers.py).
"""

import csv
from collections.abc import Callable
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from zipfile import ZipFile

import pytest

from kpi.cli.reading import path_to_write
from kpi.cpr.file_names import name_holds_number
from kpi.domain.catalog import Catalog
from kpi.domain.errors import KpiError, Problem, RowsRefusedError
from kpi.domain.pages import PAGES
from kpi.domain.personal import personal_fields, refuse_personal_texts
from kpi.domain.selection import read_selection
from kpi.ingest.mapping.recipe import parse_recipe
from kpi.ingest.readers.archive import files_in
from kpi.ingest.table.raw import Upload
from kpi.store.adding import check_additions
from kpi.store.entering import check_rows
from kpi.tables.dataset import read_tables

SPELLINGS = (
    "251248-4916", "2512484916", "251248 4916", "251248_4916", "25.12.48-4916", "25121948-4916",
    "251248;4916", "251248,4916", "251248.4916", "251248.4916.2024", "251248,4916 2024",
    "080807-6124", "0808076124", "851248-4916", "Ida 251248, 4916", "Ida 251248 – 4916",
    "født 251248, sidste fire 4916", "251248 fire ni en seks", "GI2TCMRUHAWTIOJRGY",
    "TWpVeE1qUTRMVFE1TVRZPQ", "32 35 31 32 34 38 2d 34 39 31 36", "二五一二四八-四九一六",
    "25. grudnia 1948-4916", "Ida 251248 bor i Viby og har 4916",
    "".join(chr(0xE0000 + ord(sign)) for sign in "251248-4916"),
)  # fmt: skip
LOOK_ALIKES = (
    "201101-2020", "31.12.2023", "2024-05-31 12.30", "202401-202412", "24-012345", "751012-2024",
    "12345678", "89 40 20 00", "12.345.678 kr.", "251248.4917", "251248.4917.2024",
    "240531.1230", "version 16.0.14420", "s. 120-4500",
)  # fmt: skip


def recipe(text: str) -> None:
    parse_recipe(f"title = 'x'\n# {text}\n", "x")


def remark_of_zip(text: str) -> None:
    file = BytesIO()
    with ZipFile(file, "w") as archive:
        archive.writestr("a.csv", "a;b\n1;2\n")
        archive.comment = text.encode()
    files_in(Upload("x.zip", file.getvalue()))


def cell(text: str) -> None:
    if personal_fields({"name": "x", "note": text}):
        raise KpiError("Der står et CPR-nummer", "x")


def name(text: str) -> None:
    if name_holds_number(f"{text}.csv") or name_holds_number(f"udtræk {text} Aarhus.xlsx"):
        raise KpiError("Der står et CPR-nummer", "x")


DOORS: dict[str, Callable[[str], object]] = {
    "typed": lambda text: refuse_personal_texts("x", text, ""),
    "cell of a row": cell,
    "recipe": recipe,
    "remark of a ZIP": remark_of_zip,
    "file's name": name,
    "path to write": lambda text: path_to_write(f"ud/{text}/x.csv"),
}


def is_refused(door: Callable[[str], object], text: str) -> bool:
    try:
        door(text)
    except KpiError as error:
        return "CPR" in str(error) and "4916" not in str(error)
    return False


@pytest.mark.every_case
@pytest.mark.parametrize("door", DOORS)
def test_every_door_refuses_every_spelling(door: str) -> None:
    assert [text for text in SPELLINGS if not is_refused(DOORS[door], text)] == []


@pytest.mark.every_case
@pytest.mark.parametrize("door", DOORS)
def test_no_door_refuses_what_only_looks_so(door: str) -> None:
    assert [text for text in LOOK_ALIKES if is_refused(DOORS[door], text)] == []


def test_halves_in_two_keys_or_values_of_a_recipe() -> None:
    for text in (
        'a = "251248"\nb = "4916"', '[keep]\nx = ["251248", "4916"]',
        '[group]\n"251248" = "a"\n"4916" = "b"', '[group]\n"251248" = "4916"',
    ):  # fmt: skip
        with pytest.raises(KpiError, match="CPR"):
            parse_recipe(text, "x")


def test_a_folder_and_a_file_in_it() -> None:
    with pytest.raises(KpiError, match="CPR"):
        path_to_write("ud/251248/4916.csv")
    for path in (
        "ud/2024/251231/1430.csv",
        "ud/120101/2024.csv",
        "ud/251223/1430.csv",
        "a/751012/2024/x.csv",
    ):
        path_to_write(path)


def test_an_address_repeats_none(catalog: Catalog) -> None:
    for page, address in PAGES.items():
        for parameter in address.parameters:
            for text in SPELLINGS:
                selection, notes = read_selection(page, {parameter: text}, catalog)
                assert "4916" not in repr((selection, notes)).replace("(skjult)", "")
                assert "6124" not in repr((selection, notes))
        for first, second in pairwise(address.parameters):
            selection, notes = read_selection(page, {first: "251248", second: "4916"}, catalog)
            assert "251248" not in repr((selection, notes))
            assert len(notes) == 1
    asked = {"omraader": "aarhus,251248", "grupper": "4916,all", "fra": "2022"}
    selection, notes = read_selection("sammenlign", asked, catalog)
    assert (selection.omraader, selection.grupper, len(notes)) == (("aarhus",), ("all",), 1)


@pytest.mark.parametrize(
    ("file", "column"),
    [("indicator.csv", "definition"), ("source.csv", "title"), ("event.csv", "title"),
     ("observations/status_2025.csv", "note")],
)  # fmt: skip
def test_a_number_in_a_table_of_data(file: str, column: str, data: Path) -> None:
    path = data / file
    with path.open(encoding="utf-8-sig", newline="") as opened:
        head, *rows = csv.reader(opened)
    if column not in head:
        head, rows = [*head, column], [[*row, ""] for row in rows]
    rows[0][head.index(column)] = "Ida 251248-4916"
    with path.open("w", encoding="utf-8", newline="") as opened:
        csv.writer(opened).writerows([head, *rows])
    problems: list[Problem] = []
    read_tables(data, problems)
    personal = [problem for problem in problems if problem.code == "personal_data"]
    assert [(problem.file, problem.column) for problem in personal] == [(file, column)]
    assert "4916" not in " ".join(problem.sentence() for problem in problems)


def test_no_half_is_repeated_of_a_row_that_is_entered(built_home: Path) -> None:
    event = {"event_id": "251248", "date": "4916", "precision": "month", "area_id": "aarhus",
             "title": "x"}  # fmt: skip
    source = {"title": "251248", "publisher": "4916", "min_cell": "5"}
    checks: tuple[Callable[[], object], ...] = (
        lambda: check_rows({"event": [event]}, built_home),
        lambda: check_additions("source", [source], built_home),
    )
    for check in checks:
        with pytest.raises(RowsRefusedError, match="CPR") as caught:
            check()
        said = str(caught.value) + repr(caught.value.problems)
        assert "4916" not in said
        assert "251248" not in said
