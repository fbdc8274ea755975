"""Dates in a column that is called as one of months, quarters, half-years or years."""

from kpi.ingest.words.named_dates import read_named_dates
from kpi.ingest.words.written_periods import period_of
from tests.kpi.ingest.checked import Desk, read
from tests.tables import for_each


@for_each(
    ("column", "texts", "periods"),
    [
        ("Måned", ["2024-05-01", "2024-06-01"], ["2024M05", "2024M06"]),
        ("Måned", ["2024-05-31", "2024-02-29"], ["2024M05", "2024M02"]),
        ("[Tid].[Måned]", ["2024-05-01T00:00:00.000Z"], ["2024M05"]),
        ("Month", ["01-05-2024"], ["2024M05"]),
        ("Kvartal", ["2024-04-01", "2024-07-01"], ["2024K2", "2024K3"]),
        ("Kvartal", ["2024-06-30"], ["2024K2"]),
        ("Halvår", ["2024-07-01"], ["2024H2"]),
        ("År", ["2024-01-01", "2023-01-01"], ["2024", "2023"]),
        ("År", ["2024-12-31"], ["2024"]),
        ("Måned", ["2024-05-01", "2024-05-31"], None),
        ("Måned", ["2024-05-15"], None),
        ("Kvartal", ["2024-04-01", "2024-05-01"], None),
        ("År", ["2024-05-01"], None),
        ("Dato", ["2024-05-01"], []),
        ("Periode", ["2024-05-01"], []),
        ("Måned", ["2024M05"], []),
    ],
)
def test_dates_are_the_periods_that_their_column_is_called_by(
    column: str, texts: list[str], periods: list[str] | None
) -> None:
    """`periods` are None where each is asked about, and empty where the days stay what they are."""
    period_by_text, asked = read_named_dates({text: period_of(text) for text in texts}, column)
    assert [period.text for period in period_by_text.values()] == (periods or [])
    assert list(asked) == (texts if periods is None else [])


def test_a_month_by_its_first_day_is_stored_as_the_month(tiny: Desk) -> None:
    checked = tiny.check(
        "Område;Måned;Værdi\nAarhus;2024-05-01;5\nAarhus;2024-06-01;6\n", indicator_id="persons"
    )
    assert {period for _, _, period, _, _ in read(checked)} == {"2024M05", "2024M06"}


def test_a_column_of_months_with_other_days_is_asked_about(tiny: Desk) -> None:
    checked = tiny.check(
        "Område;Måned;Værdi\nAarhus;2024-05-14;5\nAarhus;2024-06-01;6\n", indicator_id="persons"
    )
    assert not checked.publishable
    (message, *_) = {p.message for p in checked.problems if p.code == "unknown_period"}
    assert "»Måned« er efter sit navn måneder" in message
