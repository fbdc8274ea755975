"""The year in one column and its month, quarter or week in another."""

import pytest

from kpi.ingest.turning.split_periods import is_whole_year, joining
from tests.kpi.ingest.checked import Desk, codes, read
from tests.tables import for_each


@pytest.mark.parametrize(
    ("name", "parts", "periods"),
    [
        ("måned", ("1", "12"), ["2024M01", "2024M12"]),
        ("Måned", ("januar", "dec"), ["2024M01", "2024M12"]),
        ("month", ("M01", "M2"), ["2024M01", "2024M02"]),
        ("kvartal", ("1", "K4"), ["2024K1", "2024K4"]),
        ("Kvartal", ("1. kvartal", "Q2"), ["2024K1", "2024K2"]),
        ("halvår", ("1", "2"), ["2024H1", "2024H2"]),
        ("uge", ("1", "52"), ["2024U01", "2024U52"]),
        ("måned", ("I alt", "2"), ["2024", "2024M02"]),
    ],
)
@pytest.mark.parametrize("template", [True, False])
def test_year_and_its_part_are_one_period(
    tiny: Desk, name: str, parts: tuple[str, str], periods: list[str], template: bool
) -> None:
    head = f"nøgletal;område;periode;{name};værdi" if template else f"Art;Kommune;År;{name};Tal"
    rows = [
        f"rate;{area};2024;{part};51"
        for area, part in zip(("Aarhus", "Odense"), parts, strict=True)
    ]
    checked = tiny.check("\n".join([head, *rows]) + "\n")
    assert [observation[2] for observation in read(checked)] == periods


@for_each(
    "table",
    [
        "Måned;2023;2024|jan;51;53|feb;52;54",
        "Måned;2023;2024|Januar;51;53|Februar;52;54|Hele året;51,5;53,5",
        "Måned;2023;2024|1;51;53|2;52;54",
        "Måned;2023;2024|M01;51;53|M02;52;54",
        ";2023;2024|januar;51;53|februar;52;54",
        "Periode;2023;2024|januar;51;53|februar;52;54",
        "År;2023;2024|januar;51;53|februar;52;54",
        "Måned;Andel 2023 (pct.);Andel 2024 (pct.)|jan;51;53|feb;52;54",
        "Måned;2023;2024*|jan;51;53|feb;52;54",
        "År;jan;feb|2023;51;52|2024;53;54",
        "Måned;jan;feb|2023;51;52|2024;53;54",
        ";januar;februar|2023;51;52|2024;53;54",
        "Periode;Januar;Februar|2023;51;52|2024;53;54",
        "Kommune;Måned;2023;2024|Aarhus;jan;51;53|Aarhus;feb;52;54",
        "Kommune;År;jan;feb|Aarhus;2023;51;52|Aarhus;2024;53;54",
    ],
)
def test_years_across_and_their_months_down_or_the_other_way(tiny: Desk, table: str) -> None:
    """Whatever the corner is called: the words of one of the two, or nothing."""
    constant = {} if "Kommune" in table else {"area": "aarhus"}
    checked = tiny.check(table.replace("|", "\n") + "\n", indicator_id="rate", constant=constant)
    months = {row[2]: row[3] for row in read(checked) if len(row[2]) > len("2023")}
    assert months == {"2023M01": 51, "2023M02": 52, "2024M01": 53, "2024M02": 54}


@for_each(
    "table",
    [
        "Uge;2023;2024|1;51;53|52;52;54",
        "Kvartal;2023;2024|1. kvt.;51;53|2. kvt.;52;54",
        "Halvår;2023;2024|1. halvår;51;53|2. halvår;52;54",
    ],
)
def test_other_parts_down_beside_years_across(tiny: Desk, table: str) -> None:
    constant = {"area": "aarhus"}
    checked = tiny.check(table.replace("|", "\n") + "\n", indicator_id="rate", constant=constant)
    assert [(row[2][:4], row[3]) for row in read(checked)] == [
        ("2023", 51), ("2024", 53), ("2023", 52), ("2024", 54)
    ]  # fmt: skip


@pytest.mark.parametrize("parts", [("13", "2"), ("ultimo", "ultimo"), ("1", "sommer")])
@pytest.mark.parametrize("head", ["Kommune;År;Måned;Andel", "Kommune;År;Uge;Andel"])
def test_a_part_that_is_not_read_is_no_whole_year(
    tiny: Desk, head: str, parts: tuple[str, str]
) -> None:
    rows = [f"Aarhus;2024;{parts[0]};51,5", f"Odense;2024;{parts[1]};52,5"]
    checked = tiny.check("\n".join([head, *rows]), indicator_id="rate")
    assert not checked.publishable or "2024" not in {each[2] for each in read(checked)}


def test_a_blank_month_is_no_whole_year(tiny: Desk) -> None:
    text = "nøgletal;område;periode;måned;værdi\nrate;Aarhus;2024;1;51\nrate;Odense;2024;;52\n"
    checked = tiny.check(text)
    assert "unknown_period" in codes(checked)
    assert len(read(checked)) == 1


def test_a_recipe_that_names_the_part_keeps_the_table_unjoined() -> None:
    columns, sample = ("område", "år", "måned", "tal"), [("Aarhus", "2024", "1", "5")]
    assert joining(columns, sample) is not None
    assert joining(columns, sample, {"Måned"}) is None
    assert joining(("område", "fødselsår", "måned"), [("Aarhus", "1999", "1")]) is None


@for_each("text", ["", "I alt", "hele året", "Total"])
def test_labels_of_the_whole_year(text: str) -> None:
    assert is_whole_year(text)


@pytest.mark.parametrize(
    ("year", "part", "parts"),
    [
        ("År", "Kvartaler", ("1. kvt.", "2. kvt.")), ("Years", "Quarters", ("Qtr1", "Qtr2")),
        ("År (Dato)", "Kvartaler (Dato)", ("Kvt1", "Kvt2")),
        ("Years (Date)", "Months (Date)", ("Jan", "May")), ("År", "Måneder", ("jan", "maj")),
    ],
)  # fmt: skip
def test_what_excel_groups_days_by(
    tiny: Desk, year: str, part: str, parts: tuple[str, str]
) -> None:
    """A pivot table whose labels are repeated, with the sum of each year and of each area."""
    rows = [
        f"{area};{line}"
        for area in ("Aarhus", "Odense")
        for line in (f"2023;{parts[0]};51", f"2023;{parts[1]};52", "2023 Total;;103", "TOTAL")
    ]
    rows = [row.replace(";TOTAL", " Total;;;103") for row in rows]
    checked = tiny.check(
        "\n".join([f"Område;{year};{part};Sum af Antal", *rows, "Hovedtotal;;;206"]),
        indicator_id="persons",
    )
    assert checked.publishable
    assert [value for *_, value, _ in read(checked)] == [51, 52, 51, 52]
    assert {observation[2][4] for observation in read(checked)} <= {"K", "M"}


def test_a_years_total_without_its_parts_is_the_year(tiny: Desk) -> None:
    for text in ("2023 i alt", "Total 2023"):
        checked = tiny.check(f"område;periode;værdi\nAarhus;{text};51\n", indicator_id="persons")
        assert [row[2] for row in read(checked)] == ["2023"]
