"""The workbook read back: numbers as numbers, hidden ones as words, and never a formula."""

import io
import re
from dataclasses import replace
from datetime import date
from typing import Any
from zipfile import ZipFile

import pytest
from python_calamine import CalamineWorkbook

from kpi.domain.catalog import Catalog
from kpi.domain.model import Observation
from kpi.domain.period import parse_period
from kpi.domain.units import unit_name
from kpi.export.actions import Action
from kpi.export.paper import Paper
from kpi.export.workbook import _day, workbook
from tests.tables import for_each


@pytest.fixture(scope="module")
def content(handed_in: Paper, catalog: Catalog) -> bytes:
    return workbook(handed_in, catalog)


def sheet(content: bytes, name: str) -> list[list[Any]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return book.get_sheet_by_name(name).to_python()


def parts(content: bytes) -> dict[str, str]:
    with ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name).decode("utf-8") for name in archive.namelist()}


def figure(paper: Paper, catalog: Catalog, **changes: Any) -> list[Any]:
    """The row that a paper's first observation makes with changes."""
    item = paper.items[0]
    row: Observation = item.exhibit.observations[0]._replace(**changes)
    only = replace(item, exhibit=replace(item.exhibit, observations=(row,)))
    return sheet(workbook(replace(paper, items=(only,)), catalog), "Tal")[1]


def test_the_sheets(content: bytes) -> None:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    assert book.sheet_names == [
        "Tal", "Figurer", "Definitioner", "Kilder", "Handleplan", "Regnetjek", "Om",
    ]  # fmt: skip


def test_every_observation_stands_once_with_names(
    content: bytes, handed_in: Paper, catalog: Catalog
) -> None:
    head, *rows = sheet(content, "Tal")
    assert head == [
        "nøgletal", "område", "gruppe", "periode", "fra", "til", "opgjort",
        "værdi som oplyst", "mindst", "højst", "enhed", "tæller", "nævner", "beregnet andel i %",
        "status", "kildens ord", "note", "kilde", "brud i serien",
    ]  # fmt: skip
    wanted = dict.fromkeys(row for item in handed_in.items for row in item.exhibit.observations)
    assert [row[:2] for row in rows] == [
        [catalog.indicators[observation.indicator_id].name, catalog.areas[observation.area_id].name]
        for observation in wanted
    ]
    column = head.index("værdi som oplyst")
    values = ["" if observation.value is None else observation.value for observation in wanted]
    assert [row[column] for row in rows] == values
    units = {catalog.indicators[observation.indicator_id].unit for observation in wanted}
    assert {row[head.index("enhed")] for row in rows} == {unit_name(unit) for unit in units}


@pytest.mark.every_case
@pytest.mark.parametrize(
    ("changes", "cells"),
    [
        (
            {"value": 70.0, "numerator": 7, "denominator": 10},
            [70.0, "", "", "procent", 7.0, 10.0, 70.0, "endelig"],
        ),
        ({"value": 10.0, "status": "approximate"}, [10.0, "", "", "procent", "", "", "", "cirka"]),
        (
            {"value": None, "status": "missing"},
            ["", "", "", "procent", "", "", "", "ikke oplyst"],
        ),  # never 0
        (
            {"value": None, "status": "suppressed", "as_published": "<5"},
            ["<5", "", "", "procent", "", "", "", "skjult"],
        ),
        (
            {"value": 30.0, "status": "at_least", "low": 30.0},
            [30.0, 30.0, "", "procent", "", "", "", "mindst"],
        ),
        (
            {"value": None, "status": "range", "low": 2.0, "high": 3.5},
            ["", 2.0, 3.5, "procent", "", "", "", "interval"],
        ),
        # A hidden row has nothing that narrows its value down.
        (
            {
                "value": 8765.0,
                "numerator": 4321,
                "denominator": 9753,
                "low": 12.0,
                "high": 13.0,
                "status": "suppressed",
            },
            ["skjult", "", "", "procent", "", "", "", "skjult"],
        ),
    ],
)
def test_a_value_of_each_status(
    handed_in: Paper, catalog: Catalog, changes: dict[str, Any], cells: list[Any]
) -> None:
    plain = {"numerator": None, "denominator": None, "as_published": None}
    assert figure(handed_in, catalog, **{**plain, **changes})[7:15] == cells


@pytest.mark.parametrize(
    ("area_id", "indicator_id", "cells", "percent"),
    [
        # The report rounds to 30 and 40; what its counts give is beside it.
        ("gellerup", "labour_market_link_share", (30, "procent", 21, 68), 30.88),
        ("gellerup", "company_placement_share", (40, "procent", 31, 81), 38.27),
        ("gellerup", "health_families", (28, "familier", "", 75), 37.33),
        ("aarhus", "self_sufficiency_rate", (70, "procent", "", ""), ""),
    ],
)
def test_a_reported_value_stands_beside_what_its_counts_give(
    content: bytes, catalog: Catalog, area_id: str, indicator_id: str, cells: Any, percent: Any
) -> None:
    names = [catalog.indicators[indicator_id].name, catalog.areas[area_id].name]
    head, *rows = sheet(content, "Tal")
    row = next(row for row in rows if row[:2] == names)
    by_column = dict(zip(head, row, strict=True))
    columns = ("værdi som oplyst", "enhed", "tæller", "nævner")
    assert tuple(by_column[column] for column in columns) == cells
    assert by_column["beregnet andel i %"] == (pytest.approx(percent, abs=0.01) if percent else "")


@pytest.mark.every_case
@pytest.mark.parametrize(
    ("period", "measured", "published", "days"),
    [
        ("2022", "over", "2024-02-01", (date(2022, 1, 1), date(2022, 12, 31))),
        ("2025", "over", "", (date(2025, 1, 1), date(2025, 3, 19))),
        ("2025", "over", "2025-03-04", (date(2025, 1, 1), date(2025, 3, 4))),
        ("2024:2025M03", "since", "2025-03-11", (date(2024, 1, 1), date(2025, 3, 11))),
        ("2024", "reported", "2024-06-24", ("", "")),  # the period is only where it is filed
        ("2024:2025M03", "since", "", (date(2024, 1, 1), date(2025, 3, 19))),
        ("2025M03", "at", "2025-03", (date(2025, 3, 1), date(2025, 3, 19))),
        ("2025M03D11", "at", "2025-03-04", (date(2025, 3, 11), date(2025, 3, 11))),
    ],
)
def test_no_figure_counts_days_after_its_source_or_the_paper(
    handed_in: Paper, catalog: Catalog, period: str, measured: str, published: str, days: Any
) -> None:
    changed = {
        source_id: replace(source, published=published)
        for source_id, source in catalog.sources.items()
    }
    march = replace(handed_in, as_of=date(2025, 3, 19))
    row = figure(
        march, replace(catalog, sources=changed), period=parse_period(period), measured=measured
    )
    assert tuple(row[4:6]) == days


@pytest.mark.parametrize("as_of", [date(2025, 3, 12), date(2026, 11, 1)])
def test_no_day_of_the_paper_comes_after_it(
    handed_in: Paper, catalog: Catalog, as_of: date
) -> None:
    content = workbook(replace(handed_in, as_of=as_of), catalog)
    days = [day for row in sheet(content, "Tal")[1:] for day in row[4:6] if day]
    assert max(days) <= as_of


def test_hidden_numbers_are_nowhere_in_the_file(handed_in: Paper, catalog: Catalog) -> None:
    item = handed_in.items[0]
    hidden = item.exhibit.observations[0]._replace(
        value=8765.25, numerator=4321.5, denominator=9753.5, status="suppressed",
        as_published="8765",
    )  # fmt: skip
    only = replace(item, exhibit=replace(item.exhibit, observations=(hidden,)))
    text = "".join(parts(workbook(replace(handed_in, items=(only,)), catalog)).values())
    assert "skjult" in text
    for number in ("8765", "4321", "9753"):
        assert number not in text


@pytest.mark.every_case
@pytest.mark.parametrize("hostile", ["=1+1", "+45 12", "-5", "@SUM(A1)", "http://x.dk", "1" * 300])
def test_text_stays_text(handed_in: Paper, catalog: Catalog, hostile: str) -> None:
    action = Action(hostile, hostile, hostile, hostile, hostile, hostile)
    hostile_paper = replace(handed_in, title=hostile, actions=(action,))
    content = workbook(hostile_paper, catalog)
    row = figure(hostile_paper, catalog, note=hostile)
    for cell in (sheet(content, "Handleplan")[1][0], sheet(content, "Om")[0][1], row[16]):
        assert isinstance(cell, str)
        assert cell.removeprefix("'") == hostile
        assert not cell.startswith(("=", "+", "-", "@"))
    members = parts(content)
    assert not any("<f>" in xml for name, xml in members.items() if "worksheets/" in name)
    assert not any("hyperlink" in name or "<hyperlink" in xml for name, xml in members.items())


def test_definitions_sources_and_actions(content: bytes, handed_in: Paper) -> None:
    definitions = sheet(content, "Definitioner")[1:]
    indicators = dict.fromkeys(item.indicator for item in handed_in.items)
    assert [row[:2] for row in definitions] == [
        [indicator.name, indicator.definition] for indicator in indicators
    ]
    assert {row[3] for row in definitions} <= {
        "højere er bedre",
        "lavere er bedre",
        "hverken højere eller lavere er bedre",
    }
    source_ids = {row[17] for row in sheet(content, "Tal")[1:]}
    assert source_ids == {row[0] for row in sheet(content, "Kilder")[1:]}
    assert [row[1] for row in sheet(content, "Handleplan")[1:]] == [
        action.title for action in handed_in.actions
    ]


def test_it_says_what_it_is(content: bytes, handed_in: Paper) -> None:
    about = dict(row[:2] for row in sheet(content, "Om"))
    assert about["Titel"] == handed_in.title
    assert about["Anledning"] == handed_in.occasion
    assert about["Data"] == handed_in.dated
    assert about["Datagrundlag"] == handed_in.version
    assert about["Temaer"] == "alle"


def test_days_are_days_in_danish(content: bytes, handed_in: Paper) -> None:
    published = [row[2] for row in sheet(content, "Kilder")[1:]]
    assert date(2025, 3, 11) in published
    # Where only a year or a month is known, that is what is written.
    assert {type(day) for day in published} <= {date, str}
    assert all(re.fullmatch(r"([a-z]+ )?\d{4}", day) for day in published if isinstance(day, str))
    days = [row[4] for row in sheet(content, "Handleplan")[1:]]
    assert days == [
        date.fromisoformat(action.status_date) if action.status_date else ""
        for action in handed_in.actions
    ]
    assert 'formatCode="[$-406]d. mmmm yyyy"' in parts(content)["xl/styles.xml"]


@for_each(
    ("text", "cell"),
    [
        ("2025-03-04", date(2025, 3, 4)),
        ("2025-03", "marts 2025"),
        ("2025", "2025"),
        ("slutningen af oktober", "slutningen af oktober"),
        ("2025-13-40", "2025-13-40"),
        ("", ""),
    ],
)
def test_a_date_is_as_exact_as_its_source(text: str, cell: Any) -> None:
    assert _day(text) == cell


def test_without_a_plan_there_is_no_sheet_for_it(handed_in: Paper, catalog: Catalog) -> None:
    book = workbook(replace(handed_in, actions=()), catalog)
    assert "Handleplan" not in CalamineWorkbook.from_filelike(io.BytesIO(book)).sheet_names


def test_it_can_be_filtered_and_printed(content: bytes) -> None:
    figures = parts(content)["xl/worksheets/sheet1.xml"]
    for wanted in ('state="frozen"', "<autoFilter", 'orientation="landscape"', "fitToWidth"):
        assert wanted in figures or wanted == "fitToWidth"
    assert 'paperSize="9"' in figures


def test_the_same_paper_gives_the_same_bytes(
    content: bytes, handed_in: Paper, catalog: Catalog
) -> None:
    assert workbook(handed_in, catalog) == content
    assert f"{handed_in.as_of.isoformat()}T00:00:00Z" in parts(content)["docProps/core.xml"]
