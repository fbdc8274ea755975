"""Periods as files write them: every spelling, and what is no period."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi.domain.period import Period, parse_period, rolling_year, year_to_date
from kpi.ingest.table.raw import TYPED
from kpi.ingest.words.written_periods import as_rolling, is_period_name, is_stretch, period_of
from tests.kpi.ingest.checked import Desk, codes, read
from tests.tables import for_each


@for_each(
    ("text", "period"),
    [
        ("2022", "2022"),
        (f"{TYPED}2022", "2022"),
        ("2024Y01", "2024"),
        ("2024h1", "2024H1"),
        ("2024Q1", "2024K1"),
        ("2024K1", "2024K1"),
        ("1. kvt. 2024", "2024K1"),
        ("1.kvartal 2024", "2024K1"),
        ("4. kv 2024", "2024K4"),
        ("2024 2. kvt.", "2024K2"),
        ("1. halvår 2024", "2024H1"),
        ("Forår 2024", "2024H1"),
        ("efteråret 2024", "2024H2"),
        ("2024M05", "2024M05"),
        ("maj 2024", "2024M05"),
        ("Jan. 2024", "2024M01"),
        ("september 2024", "2024M09"),
        ("2024 dec", "2024M12"),
        ("uge 5, 2024", "2024U05"),
        ("2024U53", None),  # 2024 has 52 weeks
        ("2020U53", "2020U53"),
        ("2024-05-31", "2024M05D31"),
        ("31-05-2024", "2024M05D31"),
        ("31.5.2024", "2024M05D31"),
        ("1/6/2024", "2024M06D01"),
        ("6. oktober 2024", "2024M10D06"),
        ("30-02-2024", None),
        ("2024/2025", "2024/2025"),
        ("Skoleåret 2024/2025", "2024/2025"),
        ("2024/25", "2024/2025"),
        ("1999/00", "1999/2000"),
        ("2024/26", None),
        ("2021:2025", "2021:2025"),
        ("  2022  ", "2022"),
        ("2022.0", "2022"),
        ("22", None),
        ("0202", None),
        ("2401", None),
        ("2149", "2149"),
        ("2024M13", None),
        ("2024QMAT5", None),
        ("9999QMAT4", None),
        ("0001QMAT1", None),
        ("9999ÅTD12", None),
        ("i alt", None),
        ("S1 2024", "2024H1"),
        ("2024, forår", "2024H1"),
        ("9. måned 2024", "2024M09"),
        ("12. måned af 2024", "2024M12"),
        ("13. måned 2024", None),
        ("Kalenderår 2024", "2024"),
        ("kalenderåret 2024", "2024"),
        ("Rullende år, sep. 2024", rolling_year(2024, 9).text),
        ("glidende 12 måneder til og med 2024M09", rolling_year(2024, 9).text),
        ("løbende år 2024K3", rolling_year(2024, 9).text),
        ("Rullende år 2024", None),
        ("T1 2024", None),  # four months here, three elsewhere
        # SDMX and ISO
        ("2024-Q1", "2024K1"),
        ("2024-S1", "2024H1"),
        ("2024-H2", "2024H2"),
        ("2024S2", "2024H2"),
        ("2024-01", "2024M01"),
        ("2024-M01", "2024M01"),
        ("2024-W01", "2024U01"),
        ("2024W5", "2024U05"),
        ("2024-A1", "2024"),
        ("2024-01-01/P1M", "2024M01"),
        ("2024-01-01/P3M", "2024K1"),
        ("2024-01-01/P1Y", "2024"),
        ("2024-01-01/2024-06-30", "2024H1"),
        ("2024-01-15/P1M", None),
        ("2024-01-01T00:00:00", "2024M01D01"),
        ("2024-13", None),
        ("2024-1", None),  # a month or a quarter
        ("2023-24", None),  # a school year or a fiscal year
        ("2023-2024", None),
        ("2021-2024", "2021:2024"),
        # other words and orders
        ("Q1 2024", "2024K1"),
        ("K1 2024", "2024K1"),
        ("2024 K1", "2024K1"),
        ("2024 Q1", "2024K1"),
        ("H1 2024", "2024H1"),
        ("January 2024", "2024M01"),
        ("okt. 2024", "2024M10"),
        ("jan-25", "2025M01"),
        ("01-2024", "2024M01"),
        ("år 2024", "2024"),
        ("Week 5, 2024", "2024U05"),
        ("2024 uge 5", "2024U05"),
        # rolling years and years to date
        ("april 2023-marts 2024", "2023M04:2024M03"),
        ("apr. 2023 - mar. 2024", "2023M04:2024M03"),
        ("2. kvt. 2023 - 1. kvt. 2024", "2023M04:2024M03"),
        ("2023K2-2024K1", "2023M04:2024M03"),
        ("2023-Q2 - 2024-Q1", "2023M04:2024M03"),
        ("2023M04:2024M03", "2023M04:2024M03"),
        ("2023M04-2024M03", "2023M04:2024M03"),
        ("2024QMAT1", "2023M04:2024M03"),
        ("2024QMAT4", "2024M01:2024M12R"),
        ("januar 2024-december 2024", "2024"),
        ("jan-maj 2024", "2024M01:2024M05"),
        ("marts 2024-april 2023", None),
        ("2023-marts 2024", None),
        ("2024ÅTD05", "2024M01:2024M05A"),
        ("År til dato maj 2024", "2024M01:2024M05A"),
        ("januar-maj 2024 (år til dato)", "2024M01:2024M05A"),
        ("ÅTD februar-maj 2024", None),
        ("", None),
        ("٢٠٢٢", None),
    ],
)
def test_periods(text: str, period: str | None) -> None:
    parsed = period_of(text)
    assert (parsed.text if parsed else None) == period


@for_each(
    ("name", "is_period"),
    [("2022", True), ("1. kvt. 2022", True), ("1234", False), ("2500", False), ("Køn", False)],
)
def test_names_of_columns(name: str, is_period: bool) -> None:
    assert is_period_name(name) == is_period


MONTH = st.tuples(st.integers(1900, 2099), st.integers(1, 12))
PERIODS = st.one_of(
    st.builds(lambda year: f"{year}", st.integers(1900, 2099)),
    st.builds(lambda year, part: f"{year}H{part}", st.integers(1900, 2099), st.integers(1, 2)),
    st.builds(lambda year, part: f"{year}K{part}", st.integers(1900, 2099), st.integers(1, 4)),
    st.builds(lambda month: f"{month[0]}M{month[1]:02d}", MONTH),
    st.builds(lambda year, part: f"{year}U{part:02d}", st.integers(1900, 2099), st.integers(1, 52)),
    st.builds(lambda year: f"{year}/{year + 1}", st.integers(1900, 2099)),
).map(parse_period) | st.dates().filter(lambda day: 1900 <= day.year < 2100).map(
    lambda day: parse_period(f"{day.year}M{day.month:02d}D{day.day:02d}")
)
LONG = MONTH.map(lambda month: rolling_year(*month)) | MONTH.map(lambda month: year_to_date(*month))
SPELLINGS: tuple[Callable[[Period], str], ...] = (
    lambda period: period.text,
    lambda period: period.name(),
    lambda period: period.name().upper(),
    lambda period: period.name().replace(" ", "  "),
    lambda period: f" {period.text.lower()} ",
    lambda period: period.text.replace("K", "Q"),
    lambda period: period.text.replace("K", "-Q").replace("U", "-W").replace("H", "-S"),
)


@given(PERIODS, st.sampled_from(SPELLINGS))
def test_every_period_is_read_in_every_spelling(
    period: Period, spelled: Callable[[Period], str]
) -> None:
    assert period_of(spelled(period)) == period


@given(LONG)
def test_long_periods_are_read_as_they_are_named_and_written(period: Period) -> None:
    assert parse_period(period.text) == period
    assert parse_period(period.text).kind == period.kind
    read = period_of(period.name())
    assert read is not None
    assert (read.start, read.end) == (period.start, period.end)


@given(MONTH)
def test_a_rolling_year_follows_the_one_a_year_before(month: tuple[int, int]) -> None:
    period = rolling_year(*month)
    earlier = period.previous()
    assert earlier.kind == "rolling_year"
    assert (earlier.end.year, earlier.end.month) == (month[0] - 1, month[1])
    assert earlier.order < period.order


@for_each(
    ("text", "stretch"),
    [
        ("januar 2024-december 2024", True), ("2024K1-2024K4", True), ("2024", False),
        ("2024/2025", False), ("2024-Q1", False), ("2024-01", False), ("i alt", False),
    ],
)  # fmt: skip
def test_what_is_written_by_its_two_ends(text: str, stretch: bool) -> None:
    assert is_stretch(text) is stretch


def test_a_calendar_year_among_rolling_years() -> None:
    period = as_rolling(parse_period("2024"))
    assert (period.text, period.kind) == ("2024M01:2024M12R", "rolling_year")
    assert period.name() == "januar 2024-december 2024"


@given(
    st.text(alphabet="0123456789-/.: QKHSMWUMATÅDåtdqmpyjanuarkvt", max_size=14)
    | st.from_regex(r"[0-9]{4}[-/ ]?(QMAT|ÅTD|M|Q|S|W|/P)[0-9]{1,2}", fullmatch=True)
)
def test_any_text_is_a_period_or_none(text: str) -> None:
    period = period_of(text)
    assert period is None or parse_period(period.text).order == period.order


@pytest.mark.parametrize("text", ["2023-2024", "2023–24", "2023 - 2024", "2023/24"])
def test_two_years_are_a_school_year_where_the_indicator_has_such(real: Desk, text: str) -> None:
    head = "nøgletal;område;gruppe;periode;værdi\n"
    absence = real.check(f"{head}Elevfravær;Aarhus;Mellemtrin;{text};5,5\n")
    assert [period for _, _, period, *_ in read(absence)] == ["2023/2024"]
    if "/" not in text:
        other = real.check(f"{head}Beskæftigelse;Aarhus;Alle;{text};75,5\n")
        assert codes(other) == ["unknown_period"]


@pytest.mark.parametrize("text", ["2023-23", "2023-2023", "2024-2023"])
def test_other_pairs_of_years_are_no_school_year(real: Desk, text: str) -> None:
    content = f"nøgletal;område;gruppe;periode;værdi\nElevfravær;Aarhus;Mellemtrin;{text};5,5\n"
    assert "unknown_period" in codes(real.check(content))
