"""The template: its sheets and lists, and that what is filled in is read as the template."""

import io
import re
from zipfile import ZipFile

import pytest

from kpi.domain.catalog import Catalog
from kpi.domain.period import parse_period
from kpi.domain.vocabulary import STATUSES as KNOWN_STATUSES
from kpi.export.template import HEADERS, STATUSES, filled_template, template_workbook
from kpi.ingest.readers.workbook import read_workbook
from kpi.ingest.table.raw import Upload
from kpi.ingest.words.statuses import status_of
from kpi.ingest.words.template import is_template, template_columns
from kpi.store.uploads import check_file


@pytest.fixture(scope="module")
def content(catalog: Catalog) -> bytes:
    return template_workbook(catalog)


def part(content: bytes, name: str) -> str:
    with ZipFile(io.BytesIO(content)) as workbook:
        return workbook.read(name).decode("utf-8")


def test_the_sheets(content: bytes) -> None:
    form, guide, lists = read_workbook(Upload("skabelon.xlsx", content))
    assert [sheet.name for sheet in (form, guide, lists)] == [
        "Indberetning",
        "Vejledning",
        "Lister",
    ]
    assert all(sheet.visible for sheet in (form, guide, lists))
    assert form.rows == [HEADERS]
    assert is_template(form.rows[0])
    assert len(template_columns(HEADERS)) == len(HEADERS)


def test_every_name_of_the_lists_is_understood(content: bytes, catalog: Catalog) -> None:
    *_, lists = read_workbook(Upload("skabelon.xlsx", content))
    columns: dict[str, list[str]] = {row: [] for row in lists.rows[0]}
    for row in lists.rows[1:]:
        for header, cell in zip(lists.rows[0], row, strict=False):
            columns[header] += [cell] if cell else []
    assert set(columns["Nøgletal"]) == {indicator.name for indicator in catalog.indicators.values()}
    assert set(columns["Område"]) == {area.name for area in catalog.areas.values()}
    assert "084" in columns["Områdets kode"]
    assert columns["Gruppens id"] == list(catalog.groups)
    assert set(columns["Kilde"]) == {source.title for source in catalog.sources.values()}
    assert {status_of(status) for status in STATUSES} == set(KNOWN_STATUSES)


def test_lists_and_frozen_head_are_in_the_form(content: bytes, catalog: Catalog) -> None:
    sheet = part(content, "xl/worksheets/sheet1.xml")
    lists = re.findall(r'type="list"[^>]*sqref="([A-Z])2:\1(\d+)"', sheet)
    assert [column for column, _ in lists] == ["A", "B", "C", "J", "K", "M"]
    assert f"Lister!$A$2:$A${len(catalog.indicators) + 1}" in sheet
    assert f"Lister!$C$2:$C${len(catalog.areas) + 1}" in sheet
    assert 'state="frozen"' in sheet


def test_the_guide_names_every_column_and_warns(content: bytes) -> None:
    _, guide, _ = read_workbook(Upload("skabelon.xlsx", content))
    names = [row[0] for row in guide.rows if row]
    text = "\n".join(cell for row in guide.rows for cell in row)
    assert set(HEADERS) <= set(names)
    for said in ("Ingen CPR-numre", "decimalkomma", "Skriv aldrig 0", "efteråret er 2024H2"):
        assert said in text
    written = [name.split(",")[0] for name in names if re.match(r"\d{4}", name)]
    assert [parse_period(text).kind for text in written] == [
        "year", "half", "quarter", "month", "day", "school_year", "range",
    ]  # fmt: skip


def test_the_same_figures_give_the_same_bytes(content: bytes, catalog: Catalog) -> None:
    assert template_workbook(catalog) == content


@pytest.mark.usefixtures("home")
def test_an_empty_template_has_nothing_to_publish(content: bytes) -> None:
    checked = check_file(Upload("skabelon.xlsx", content))
    assert [problem.code for problem in checked.problems] == ["empty_file"]


@pytest.mark.usefixtures("home")
def test_a_filled_template_is_read_row_by_row(catalog: Catalog) -> None:
    rows: list[tuple[str | float | None, ...]] = [
        (
            "Elevfravær",
            "Viby Syd",
            None,
            "2025H1",
            9.1,
            None,
            None,
            None,
            None,
            "foreløbig",
            None,
            None,
            None,
            "Ny måling",
        ),
        ("Elevfravær", "084", "Udskoling", "2024/2025", "9,7"),
        ("Antal", "Viby Syd", None, "2025H1", 3, *[None] * 8, "=1+1"),
    ]
    checked = check_file(Upload("udfyldt.xlsx", filled_template(catalog, rows)))
    assert checked.format == "table_xlsx"
    assert [(problem.code, problem.row) for problem in checked.problems] == [
        ("unknown_indicator", 4)
    ]
    assert [
        (change.row, change.area_id, change.group_id, change.period, change.new, change.new_status)
        for change in checked.changes
    ] == [
        (2, "viby_syd", "programme_children", "2025H1", 9.1, "preliminary"),
        (3, "region_hovedstaden", "lower_secondary", "2024/2025", 9.7, "final"),
    ]


@pytest.mark.usefixtures("home")
def test_a_row_is_of_the_source_that_it_names_or_of_the_chosen_one(catalog: Catalog) -> None:
    source = next(iter(catalog.sources.values()))
    at = HEADERS.index("kilde")
    named, unnamed = (
        ["Elevfravær", area, None, "2025H1", 9.1, *[None] * (at - 5), title]
        for area, title in (("Viby Syd", source.title), ("Gellerup", None))
    )
    for rows, lacks, sources in (
        ([named], False, {source.source_id}),
        ([named, unnamed], True, {source.source_id, "own_upload"}),
    ):
        checked = check_file(Upload("udfyldt.xlsx", filled_template(catalog, rows)))
        assert (checked.lacks_source, set(checked.source_ids)) == (lacks, sources)


@pytest.mark.usefixtures("home")
def test_a_template_of_before_has_no_column_of_sources() -> None:
    head = [header for header in HEADERS if header != "kilde"]
    cells = ["Elevfravær", "Gellerup", "", "2025H1", "9,1", *[""] * (len(head) - 5)]
    content = "\n".join(map(";".join, (head, cells, [])))
    checked = check_file(Upload("gammel.csv", content.encode()))
    assert (checked.lacks_source, checked.source_ids) == (True, ("own_upload",))
