"""Periods: what is read, how it is ordered, what goes before, what it is called."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi.domain.errors import KpiError
from kpi.domain.period import as_period, last_day, parse_period
from kpi.domain.vocabulary import PERIOD_KIND_NAMES
from tests.tables import for_each


@for_each(
    ("written", "text", "kind", "start", "end"),
    [
        ("2022", "2022", "year", "2022-01-01", "2022-12-31"),
        ("2024Y01", "2024", "year", "2024-01-01", "2024-12-31"),  # jobindsats writes years so
        ("2024H1", "2024H1", "half", "2024-01-01", "2024-06-30"),
        ("2024H2", "2024H2", "half", "2024-07-01", "2024-12-31"),
        ("2024K1", "2024K1", "quarter", "2024-01-01", "2024-03-31"),
        ("2024Q4", "2024K4", "quarter", "2024-10-01", "2024-12-31"),  # Q is stored as K
        ("2024M01", "2024M01", "month", "2024-01-01", "2024-01-31"),
        ("2024M02", "2024M02", "month", "2024-02-01", "2024-02-29"),
        ("2024M12", "2024M12", "month", "2024-12-01", "2024-12-31"),
        ("2024M5", "2024M05", "month", "2024-05-01", "2024-05-31"),
        ("2024U05", "2024U05", "week", "2024-01-29", "2024-02-04"),
        ("2024U01", "2024U01", "week", "2024-01-01", "2024-01-07"),
        ("2025U01", "2025U01", "week", "2024-12-30", "2025-01-05"),  # begins in the old year
        ("2020U53", "2020U53", "week", "2020-12-28", "2021-01-03"),  # 2020 has 53 weeks
        ("2024M05D31", "2024M05D31", "day", "2024-05-31", "2024-05-31"),
        ("2024M02D29", "2024M02D29", "day", "2024-02-29", "2024-02-29"),
        ("2024/2025", "2024/2025", "school_year", "2024-08-01", "2025-07-31"),
        ("2021:2025", "2021:2025", "range", "2021-01-01", "2025-12-31"),
        ("2023M04:2024M03", "2023M04:2024M03", "rolling_year", "2023-04-01", "2024-03-31"),
        ("2024:2025M03", "2024:2025M03", "range", "2024-01-01", "2025-03-31"),
        ("2024M05:2025", "2024M05:2025M12", "range", "2024-05-01", "2025-12-31"),
        # One stretch of months has one text, however it is written.
        ("2024M01:2024M12", "2024", "year", "2024-01-01", "2024-12-31"),
        ("2024M07:2024M12", "2024H2", "half", "2024-07-01", "2024-12-31"),
        ("2024M01:2024M03", "2024K1", "quarter", "2024-01-01", "2024-03-31"),
        ("2024M10:2024M12", "2024K4", "quarter", "2024-10-01", "2024-12-31"),
        ("2024M08:2025M07", "2024/2025", "school_year", "2024-08-01", "2025-07-31"),
        ("2024M01:2025M03", "2024:2025M03", "range", "2024-01-01", "2025-03-31"),
        ("2024M01:2025M12", "2024:2025", "range", "2024-01-01", "2025-12-31"),
        ("2024M01:2025", "2024:2025", "range", "2024-01-01", "2025-12-31"),
        ("2024:2025M12", "2024:2025", "range", "2024-01-01", "2025-12-31"),
        ("2024M01:2024M05", "2024M01:2024M05", "range", "2024-01-01", "2024-05-31"),
        ("2024M02:2024M04", "2024M02:2024M04", "range", "2024-02-01", "2024-04-30"),  # no quarter
        ("2024M01:2024M12R", "2024M01:2024M12R", "rolling_year", "2024-01-01", "2024-12-31"),
        ("2023M08:2024M07R", "2023M08:2024M07R", "rolling_year", "2023-08-01", "2024-07-31"),
        ("2023M04:2024M03R", "2023M04:2024M03", "rolling_year", "2023-04-01", "2024-03-31"),
        ("2024M01:2024M05A", "2024M01:2024M05A", "year_to_date", "2024-01-01", "2024-05-31"),
        ("2024M01:2024M01A", "2024M01:2024M01A", "year_to_date", "2024-01-01", "2024-01-31"),
        (" 2024k1 ", "2024K1", "quarter", "2024-01-01", "2024-03-31"),
    ],
)
def test_every_kind_is_read(written: str, text: str, kind: str, start: str, end: str) -> None:
    period = parse_period(written)
    # One by one: periods are equal where their texts are.
    assert (period.text, period.kind) == (text, kind)
    assert (period.start, period.end) == (date.fromisoformat(start), date.fromisoformat(end))


@for_each(
    "written",
    [
        "",
        "i fjor",
        "24",
        "20245",
        "2024H0",
        "2024H3",
        "2024K5",
        "2024M00",
        "2024M13",
        "2024U00",
        "2024U53",  # 2024 has 52 weeks
        "2024U54",
        "2024M02D30",
        "2023M02D29",
        "2024M2D3",
        "2024Y02",
        "2024Y",
        "2024H",
        "2024/2026",
        "2024/2024",
        "2025/2024",
        "2024:2024",
        "2025:2021",
        "2024M03:2023M04",
        "2024M03:2024M03",
        "2024:2024M12",  # ends where it begins to be a year
        "2024M13:2025M01",
        "2024M00:2025M01",
        "2024M1:2025M03",
        "2024M01:2025M13",
        "2024K1:2025K1",
        "2024M05D01:2024M06D01",
        "2024/2025:2026",
        "2022:2023:2024",
        "2024:",
        ":2024",
        "2024-2025",
        "2024-05",
        "٢٠٢٤",  # digits, but not ours
        "２０２４",
        "２０２４/２０２５",
        "2024M０5",
        "0202",
        "3024",
        "2150",
        "2401",  # January 2024, as some systems write it
        "2024:2401",
        "9999U52",  # ends after the last day that dates know
        "2024 K1",
        "2024M02:2024M05A",
        "2024M01:2025M05A",
        "2024M01:2024M05R",
        "2024M13:2025M12R",
        "2024K1; DROP TABLE batch",
    ],
)
def test_what_is_no_period_is_refused_with_examples(written: str) -> None:
    with pytest.raises(KpiError) as refused:
        parse_period(written)
    assert refused.value.title == "Ukendt periode"
    assert refused.value.message.startswith(f"»{written}« er ikke en periode. Skriv for eksempel")


@for_each(
    ("older", "newer"),
    [
        ("2021", "2022"),
        ("2022H1", "2022"),
        ("2022H2", "2022"),
        ("2024K4", "2024"),  # both end on 31 December: the longer counts as newer
        ("2024M12", "2024K4"),
        ("2024M12D31", "2024M12"),
        ("2024", "2021:2024"),
        ("2025M03", "2024:2025M03"),
        ("2025K1", "2024:2025M03"),
        ("2024:2025M03", "2025"),
        ("2023M04:2024M03", "2024"),
        ("2024H1", "2023/2024"),
        ("2024H2", "2024/2025"),
        ("2020U53", "2021U01"),
        ("2024M10D06", "2024H2"),
    ],
)
def test_newest_is_the_latest_end_then_the_longer(older: str, newer: str) -> None:
    assert parse_period(older).order < parse_period(newer).order


@for_each(
    ("period", "previous"),
    [
        ("2022", "2021"),
        ("2024H2", "2024H1"),
        ("2024H1", "2023H2"),
        ("2024K2", "2024K1"),
        ("2024K1", "2023K4"),
        ("2024M03", "2024M02"),
        ("2024M01", "2023M12"),
        ("2024U02", "2024U01"),
        ("2024U01", "2023U52"),
        ("2021U01", "2020U53"),  # the year before had 53 weeks
        ("2024M03D01", "2024M02D29"),
        ("2024M01D01", "2023M12D31"),
        ("2024/2025", "2023/2024"),
        ("2021:2025", "2016:2020"),  # as long as itself
        ("2024:2025", "2022:2023"),
        ("2023M04:2024M03", "2022M04:2023M03"),  # of as many months
        ("2024M11:2025M01", "2024M08:2024M10"),
        ("2024:2025M03", "2022M10:2023M12"),
        ("2024M07:2025", "2023:2024M06"),
    ],
)
def test_previous_is_of_the_same_kind_and_ends_the_day_before(period: str, previous: str) -> None:
    assert parse_period(period).previous() == parse_period(previous)


@for_each(
    ("period", "name"),
    [
        ("2022", "2022"),
        ("2024H1", "1. halvår 2024"),
        ("2024H2", "2. halvår 2024"),
        ("2024K1", "1. kvartal 2024"),
        ("2024K4", "4. kvartal 2024"),
        ("2024M05", "maj 2024"),
        ("2024U05", "uge 5, 2024"),
        ("2025U01", "uge 1, 2025"),  # begins in December 2024
        ("2024M10D06", "6. oktober 2024"),
        ("2024/2025", "2024/2025"),
        ("2021:2025", "2021-2025"),
        ("2023M04:2024M03", "april 2023-marts 2024"),
        ("2024:2025M03", "2024 til marts 2025"),
        ("2024M05:2025", "maj 2024-december 2025"),
    ],
)
def test_names_are_danish(period: str, name: str) -> None:
    assert parse_period(period).name() == name


@for_each(
    ("period", "start", "end"),
    [
        ("2021:2025", "2021", "2025"),
        ("2024:2025M03", "2024", "marts 2025"),
        ("2023M04:2024M03", "april 2023", "marts 2024"),
        ("2024K1", "1. kvartal 2024", "1. kvartal 2024"),
    ],
)
def test_the_ends_of_a_range_have_names(period: str, start: str, end: str) -> None:
    parsed = parse_period(period)
    assert (parsed.start_name(), parsed.end_name()) == (start, end)


@for_each(
    ("period", "name"),
    [
        ("2024H1", "forår 2024"),
        ("2024H2", "efterår 2024"),
        ("2024K1", "1. kvartal 2024"),  # only half-years are seasons
    ],
)
def test_schools_name_half_years_by_season(period: str, name: str) -> None:
    assert parse_period(period).name(seasons=True) == name


@for_each(
    ("partial", "day"),
    [
        ("2025-03-19", "2025-03-19"),
        ("2024-02", "2024-02-29"),
        ("2024-12", "2024-12-31"),
        ("2022", "2022-12-31"),
    ],
)
def test_a_partial_date_counts_as_its_last_day(partial: str, day: str) -> None:
    assert last_day(partial) == date.fromisoformat(day)


_YEARS = st.integers(1900, 2100)
_WEEKS = st.dates(date(1900, 1, 8), date(2100, 12, 20)).map(lambda day: day.isocalendar())
RANGE_TEXTS = st.one_of(
    st.tuples(_YEARS, st.integers(1, 9)).map(lambda parts: f"{parts[0]}:{parts[0] + parts[1]}"),
    st.tuples(_YEARS, st.integers(1, 11)).flatmap(
        lambda parts: st.integers(parts[1] + 1, 12).map(
            lambda last: f"{parts[0]}M{parts[1]:02d}:{parts[0]}M{last:02d}"
        )
    ),
    st.tuples(_YEARS, st.integers(1, 12), st.integers(1, 9), st.integers(1, 12)).map(
        lambda parts: f"{parts[0]}M{parts[1]:02d}:{parts[0] + parts[2]}M{parts[3]:02d}"
    ),
    st.tuples(_YEARS, st.integers(1, 9), st.integers(1, 12)).map(
        lambda parts: f"{parts[0]}:{parts[0] + parts[1]}M{parts[2]:02d}"
    ),
    st.tuples(_YEARS, st.integers(1, 12), st.integers(1, 9)).map(
        lambda parts: f"{parts[0]}M{parts[1]:02d}:{parts[0] + parts[2]}"
    ),
)
PERIOD_TEXTS = st.one_of(
    _YEARS.map(str),
    st.tuples(_YEARS, st.integers(1, 2)).map(lambda parts: f"{parts[0]}H{parts[1]}"),
    st.tuples(_YEARS, st.integers(1, 4)).map(lambda parts: f"{parts[0]}K{parts[1]}"),
    st.tuples(_YEARS, st.integers(1, 12)).map(lambda parts: f"{parts[0]}M{parts[1]:02d}"),
    _WEEKS.map(lambda week: f"{week.year}U{week.week:02d}"),
    st.dates(date(1900, 1, 1), date(2100, 12, 31)).map(lambda day: f"{day:%YM%mD%d}"),
    _YEARS.map(lambda year: f"{year}/{year + 1}"),
)


@given(RANGE_TEXTS)
def test_one_span_has_one_text(text: str) -> None:
    period = parse_period(text)
    months = f"{period.start:%YM%m}:{period.end:%YM%m}"
    assert parse_period(months).text == parse_period(period.text).text == period.text
    assert (parse_period(months).start, parse_period(months).end) == (period.start, period.end)
    first, _, last = text.partition(":")
    assert period.start == parse_period(first).start
    assert period.end == parse_period(last).end


@given(PERIOD_TEXTS)
def test_a_canonical_text_is_read_as_itself(text: str) -> None:
    period = parse_period(text)
    assert period.text == text
    assert period.kind in PERIOD_KIND_NAMES
    assert period.start <= period.end


@given(PERIOD_TEXTS | RANGE_TEXTS)
def test_the_previous_period_ends_the_day_before_and_is_canonical(text: str) -> None:
    period = parse_period(text)
    previous = period.previous()
    assert previous.end == period.start - timedelta(days=1)
    assert previous.kind == period.kind
    assert previous == parse_period(previous.text)
    assert previous.order < period.order


@given(st.text(max_size=12))
def test_any_text_is_a_period_or_a_kpi_error(text: str) -> None:
    try:
        period = parse_period(text)
    except KpiError:
        return
    assert parse_period(period.text) == period


@for_each(("text", "period"), [("2024Q1", "2024K1"), ("2024K5", None), ("", None)])
def test_as_period(text: str, period: str | None) -> None:
    assert as_period(text) == (period and parse_period(period))
