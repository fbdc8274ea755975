"""Months as columns whose year stands in the title alone."""

from collections.abc import Callable, Sequence

import pytest

from kpi.ingest.turning.title_year import with_title_year
from tests.kpi.ingest.checked import Desk, read
from tests.kpi.ingest.made_tables import as_csv, workbook
from tests.tables import for_each

Writer = Callable[[Sequence[Sequence[object]]], str | bytes]
MONTHS = ("Kommune", "januar", "februar", "I alt")
SAMPLE = [("Aarhus", "5,5", "6,5", "12,0")]


@for_each(
    ("title", "year"),
    [
        ("Andel 2021", "2021"),
        ("Andel i 2021 (pct.)", "2021"),
        ("Andel, 2021. Udtrukket 12-11-2026", "2021"),
        ("Andel 2021, hentet 12. november 2026", "2021"),
        ("Andel 2021 og 2022", None),
        ("Andel 2020-2021", None),
        ("Udtrukket 12-11-2026", None),
        ("Opdateret november 2026", None),
        ("Tabel 20215", None),
        ("", None),
    ],
)
def test_the_one_year_of_a_title(title: str, year: str | None) -> None:
    columns, problems = with_title_year(MONTHS, SAMPLE, title)
    if year is None:
        assert (columns, problems) == (MONTHS, [])
    else:
        assert columns == ("Kommune", f"januar {year}", f"februar {year}", "I alt")
        assert [problem.code for problem in problems] == ["read_by_content"]
        assert year in problems[0].message


@for_each(
    "columns",
    [
        ("Kommune", "År", "januar", "februar"),  # the rows have their years
        ("Kommune", "januar", "Antal", "Andel"),  # one alone may be anything
        ("Kommune", "januar 2020", "februar 2020", "marts 2020"),
        ("Kommune", "1", "2", "3"),
    ],
)
def test_other_heads_stay(columns: tuple[str, ...]) -> None:
    assert with_title_year(columns, SAMPLE, "Andel 2021") == (columns, [])


def test_heads_that_a_recipe_names_stay() -> None:
    assert with_title_year(MONTHS, SAMPLE, "Andel 2021", {"januar"}) == (MONTHS, [])


@pytest.mark.parametrize("written", [as_csv, workbook], ids=["csv", "xlsx"])
@pytest.mark.parametrize(
    ("heads", "periods"),
    [
        (("januar", "februar"), ["2021M01", "2021M02"]),
        (("jan", "feb."), ["2021M01", "2021M02"]),
        (("1. kvartal", "2. kvartal"), ["2021K1", "2021K2"]),
        (("K1", "K2"), ["2021K1", "2021K2"]),
    ],
)
def test_they_are_read_as_months_of_it(
    tiny: Desk, written: Writer, heads: tuple[str, str], periods: list[str]
) -> None:
    rows: list[list[object]] = [
        ["Andel i 2021", "", ""], ["", "", ""], ["Kommune", *heads], ["Aarhus", 50.5, 51.5],
        ["Odense", 40.5, 41.5],
    ]  # fmt: skip
    checked = tiny.check(written(rows), indicator_id="rate")
    assert [(area, period) for area, _, period, *_ in read(checked)] == [
        (area, period) for area in ("aarhus", "odense") for period in periods
    ]
    assert checked.publishable
    assert any("som står i titlen" in problem.message for problem in checked.problems)


@for_each(
    ("heads", "are_of_one_year"),
    [
        ("okt nov dec jan", False), ("nov dec jan feb", False), ("jan dec nov", False),
        ("dec jan", False), ("K3 K4 K1 K2", False), ("aug sep okt nov dec jan feb", False),
        ("jan feb mar", True), ("dec nov okt", True), ("jan dec", True), ("feb jan", True),
        ("K4 K3 K2 K1", True), ("jan mar feb apr dec", True),
    ],
)  # fmt: skip
def test_parts_that_pass_new_year_are_of_two(heads: str, are_of_one_year: bool) -> None:
    columns = ("Kommune", *heads.split())
    sample = [("Aarhus", *["5,5"] * (len(columns) - 1))]
    assert bool(with_title_year(columns, sample, "Andel 2024")[1]) is are_of_one_year


def test_what_passes_new_year_says_that_its_year_is_missing(tiny: Desk) -> None:
    checked = tiny.check("2024\nKommune;nov;dec;jan\nAarhus;51;52;53\n", indicator_id="rate")
    (problem,) = checked.problems
    assert problem.code == "missing_column"
    assert "måneder uden år" in problem.message
