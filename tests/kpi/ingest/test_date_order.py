"""Dates whose two first numbers may both be a month."""

from kpi.ingest.words.date_order import read_dates
from kpi.ingest.words.written_periods import period_of
from tests.kpi.ingest.checked import Desk, read, reported
from tests.tables import for_each


@for_each(
    ("texts", "periods"),
    [
        (["01/02/2023"], ["2023M02D01"]),
        (["31/01/2023", "01/02/2023"], ["2023M01D31", "2023M02D01"]),
        (["01/31/2023", "02/03/2023"], ["2023M01D31", "2023M02D03"]),
        (["2/1/2023 12:00:00 AM", "3/1/2023 12:00:00 AM"], ["2023M02D01", "2023M03D01"]),
        (["01/01/2023", "01/02/2023", "01/03/2023"], ["2023M01D01", "2023M02D01", "2023M03D01"]),
        (["01-02-2023", "02-02-2023"], ["2023M02D01", "2023M02D02"]),
        (["01/01/2023", "02/01/2023", "03/01/2023"], ["2023M01D01", None, None]),
        (["13/01/2023", "01/13/2023", "02/01/2023"], ["2023M01D13", "2023M01D13", None]),
        (["13/01/2023", "02/01/2023"], ["2023M01D13", "2023M01D02"]),
        (["2023", "2024K1"], ["2023", "2024K1"]),
    ],
)
def test_order_of_day_and_month_is_that_of_the_column(
    texts: list[str], periods: list[str | None]
) -> None:
    dates, uncertain = read_dates(texts)
    read_as = [
        None if text in uncertain or (period := dates[text]) is None else period.text
        for text in texts
    ]
    assert read_as == periods


@for_each(
    ("text", "period"),
    [
        ("2023-01-01 00:00:00", "2023M01D01"),
        ("2023-01-01T00:00:00", "2023M01D01"),
        ("2023-01-01 00:00:00.000", "2023M01D01"),
        ("01-02-2023 00:00:00", "2023M02D01"),
        ("01-02-2023 00.00.00", "2023M02D01"),
        ("1/2 2023", "2023M02D01"),
        ("2023.0", "2023"),
        ("2023,0", "2023"),
        ("2023-01-01 12:30:00", None),
        ("2023.5", None),
        ("13/13/2023", None),
    ],
)
def test_dates_and_years_as_programs_write_them(text: str, period: str | None) -> None:
    parsed = period_of(text)
    assert (parsed.text if parsed else None) == period


def test_first_days_that_may_be_months_are_asked_about(tiny: Desk) -> None:
    rows = "".join(f"persons;Aarhus;{month}/1/2023;5\n" for month in (1, 2, 3))
    checked = tiny.check(f"nøgletal;område;periode;værdi\n{rows}")
    assert not checked.publishable
    assert [each[4] for each in reported(checked) if each[0] == "unknown_period"] == [
        "2/1/2023", "3/1/2023",
    ]  # fmt: skip
    assert len(read(checked)) == 1
