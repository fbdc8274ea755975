"""Tables without a column of periods or areas: the title says it, or a person must."""

import io

import pytest
import xlsxwriter

from tests.kpi.ingest.checked import Desk, codes

RATE = "employment_rate"
BODY = "Kommune;Pct.\nAarhus;74,2\nOdense;71,5\n"
TITLE = "Beskæftigelsesfrekvens"
PERIODS = [
    (f"{TITLE}, 2022", "2022"), (f"{TITLE} 2022, 16-64 år", "2022"), ("2022", "2022"),
    ("Periode: 2022", "2022"), ("Periode;2022", "2022"), (f"{TITLE}, maj 2022", "2022M05"),
    (f"{TITLE}, 1. kvartal 2022", "2022K1"), (f"{TITLE}, januar-maj 2022", "2022M01:2022M05"),
    (f"{TITLE}, 2022\nKilde: DST 2025", "2022"), (f"{TITLE}, 2022\nOpdateret 2025-01-02", "2022"),
    (f"{TITLE}, 2022\n(2022)", "2022"), (f"{TITLE} i 2022, 2021-priser", "2022"),
    # two periods, a day, another thing than the figures', a part without its year
    (f"{TITLE} 2021 og 2022", None), (f"{TITLE} 2021-2022", None), (TITLE, None),
    (f"{TITLE}, 2022\nMaj", None), (f"{TITLE}, 2021\n2022", None), ("Rapport 2022", None),
    (f"{TITLE} pr. 1. januar 2022", None), (f"{TITLE}, udtrukket 3. maj 2022", None),
    (f"{TITLE} siden 2019", None), (f"{TITLE} (2022-priser)", None), ("Kilde: DST 2022", None),
]  # fmt: skip


@pytest.mark.parametrize(("title", "period"), PERIODS)
def test_the_period_of_all_rows_is_said_by_the_title(
    real: Desk, title: str, period: str | None
) -> None:
    checked = real.check(f"{title}\n{BODY}", indicator_id=RATE, name="tal_2022.csv")
    if period is None:
        assert codes(checked)[-1:] == ["missing_column"]
        return
    assert {change.period for change in checked.changes} == {period}
    (problem,) = [each for each in checked.problems if "ingen kolonne" in each.message]
    assert (problem.code, problem.severity) == ("read_by_content", "warning")
    assert title.splitlines()[0].rpartition(";")[2] in problem.message


def test_a_column_of_periods_goes_before_the_title(real: Desk) -> None:
    checked = real.check(f"{TITLE}, 2022\nKommune;År;Pct.\nAarhus;22;74,2\n", indicator_id=RATE)
    assert "unknown_period" in codes(checked)
    parts = f"{TITLE}, 2022\nKommune;Måned;Pct.\nAarhus;maj;74,2\nOdense;juni;71,5\n"
    assert "2022" not in {change.period for change in real.check(parts, indicator_id=RATE).changes}


@pytest.mark.parametrize(
    ("title", "area"),
    [
        ("Aarhus Kommune", "aarhus"), ("Område: Aarhus", "aarhus"), ("Område;Aarhus", "aarhus"),
        ("Hele landet", "denmark"), ("Aarhus\nOdense", None), ("Aarhus og Odense", None),
        ("Beskæftigelse i Aarhus", "aarhus"), ("Andel i beskæftigelse i hele landet", "denmark"),
        ("Beskæftigelse, Aarhus 2022-2023", "aarhus"), ("Beskæftigelse på landsplan", "denmark"),
        ("Beskæftigelse i procent", None), ("Beskæftigelse i kommunerne", None),
        ("Beskæftigelse i Randers ekskl. Aarhus", None), ("I forhold til hele landet", None),
        ("Beskæftigelse i Aarhus\nBeskæftigelse i Odense", None),
    ],
)  # fmt: skip
def test_the_area_of_all_rows_is_said_by_a_line(real: Desk, title: str, area: str | None) -> None:
    checked = real.check(f"{title}\nÅr;Andel\n2022;71,5\n2023;72,5\n", indicator_id=RATE)
    assert {change.area_id for change in checked.changes} == ({area} if area else set())
    assert checked.publishable == (area is not None)


@pytest.mark.parametrize(("sheet", "period"), [("2022", "2022"), ("Ark1", None)])
def test_the_name_of_a_sheet_says_it_too(real: Desk, sheet: str, period: str | None) -> None:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        made = book.add_worksheet(sheet)
        for at, row in enumerate([("Kommune", "Pct."), ("Aarhus", 74.2), ("Odense", 71.5)]):
            made.write_row(at, 0, row)
    checked = real.check(file.getvalue(), indicator_id=RATE, name="a.xlsx")
    assert {change.period for change in checked.changes} == ({period} if period else set())
