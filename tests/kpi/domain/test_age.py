"""How old a figure is, and from which day on a newer one is late: the day before, it, after."""

from dataclasses import replace
from datetime import date

from kpi.domain.age import add_months, age, age_text, counted_until, freshness, months_between
from kpi.domain.model import Source
from kpi.domain.period_words import period_name, row_period_name, when
from kpi.domain.vocabulary import FREQUENCIES, FREQUENCY_NAMES, Frequency, MeasuredHow
from kpi.export.workbook import counted_days
from kpi.store import Store
from kpi.views.row_words import dated_with_age
from tests.kpi.made import catalog, indicator, observation
from tests.tables import for_each


@for_each(
    ("start", "day", "months"),
    [
        (date(2025, 7, 31), date(2025, 8, 30), 0),
        (date(2025, 7, 31), date(2025, 8, 31), 1),
        (date(2025, 7, 31), date(2025, 9, 29), 1),
        (date(2025, 7, 31), date(2025, 9, 30), 2),  # the last day of a shorter month
        (date(2025, 1, 31), date(2025, 2, 28), 1),
        (date(2024, 2, 29), date(2025, 2, 28), 12),
        (date(2024, 12, 31), date(2024, 11, 30), 0),  # before it
    ],
)
def test_months_between(start: date, day: date, months: int) -> None:
    assert months_between(start, day) == months


@for_each(
    ("end", "day", "words"),
    [
        (date(2026, 12, 31), date(2026, 12, 30), ""),
        (date(2026, 12, 31), date(2026, 12, 31), "under\u00a01\u00a0måned"),
        (date(2026, 12, 31), date(2027, 1, 30), "under\u00a01\u00a0måned"),
        (date(2026, 12, 31), date(2027, 1, 31), "1\u00a0måned"),
        (date(2026, 12, 31), date(2027, 2, 27), "1\u00a0måned"),
        (date(2026, 12, 31), date(2027, 2, 28), "2\u00a0måneder"),
        (date(2025, 7, 31), date(2026, 11, 26), "15\u00a0måneder"),
        (date(2024, 12, 31), date(2026, 12, 30), "23\u00a0måneder"),
        (date(2024, 12, 31), date(2026, 12, 31), "2\u00a0år"),
        (date(2024, 12, 31), date(2027, 1, 31), "godt\u00a02\u00a0år"),
        (date(2024, 12, 31), date(2027, 5, 30), "godt\u00a02\u00a0år"),
        (date(2024, 12, 31), date(2027, 5, 31), "ca.\u00a02½\u00a0år"),
        (date(2024, 12, 31), date(2027, 8, 30), "ca.\u00a02½\u00a0år"),
        (date(2024, 12, 31), date(2027, 8, 31), "knap\u00a03\u00a0år"),
        (date(2022, 12, 31), date(2026, 11, 26), "knap\u00a04\u00a0år"),
        (date(2021, 12, 31), date(2026, 11, 26), "knap\u00a05\u00a0år"),
    ],
)
def test_age(end: date, day: date, words: str) -> None:
    assert age(end, day) == words


@for_each(
    ("day", "words"),
    [
        (date(2024, 12, 31), "perioden er ikke begyndt"),
        (date(2025, 1, 1), "perioden er ikke slut"),
        (date(2025, 12, 30), "perioden er ikke slut"),
        (date(2025, 12, 31), "under\u00a01\u00a0måned\u00a0gammelt"),
        (date(2027, 3, 31), "15\u00a0måneder\u00a0gammelt"),
    ],
)  # fmt: skip
def test_age_in_a_sentence(day: date, words: str) -> None:
    source = Source("register", "", "", "2026-02-01", "", 0, "year")
    assert age_text(observation(1.0, "2025"), source, indicator(), day) == words


@for_each(
    ("end", "published", "frequency", "next_release", "expected"),
    [
        # As long after its end as the newest came after its own.
        (date(2024, 12, 31), "2025-03-11", "year", "", date(2026, 3, 11)),
        (date(2025, 7, 31), "2025-11-01", "school_year", "", date(2026, 11, 1)),
        (date(2025, 6, 30), "2025-07-01", "half", "", date(2026, 1, 1)),
        (date(2025, 3, 31), "2025-05-01", "quarter", "", date(2025, 7, 31)),
        (date(2025, 1, 31), "2025-02-10", "month", "", date(2025, 3, 10)),
        # Ends of months stay ends, in leap years too.
        (date(2028, 1, 31), "2028-02-10", "month", "", date(2028, 3, 10)),
        (date(2028, 2, 29), "2028-03-10", "month", "", date(2028, 4, 10)),
        (date(2027, 11, 30), "2027-12-31", "quarter", "", date(2028, 3, 31)),
        (date(2026, 9, 30), "2026-10-01", "quarter", "", date(2027, 1, 1)),
        (date(2028, 2, 29), "2028-02-29", "year", "", date(2029, 2, 28)),
        # Of a publication only its year is known: by its last day.
        (date(2021, 12, 31), "2022", "year", "", date(2023, 12, 31)),
        # Reported before the period ended.
        (date(2025, 12, 31), "2025-03-11", "year", "", date(2026, 12, 31)),
        # The source has said when; of a month by its last day.
        (date(2024, 12, 31), "2025-03-11", "year", "2026-06-15", date(2026, 6, 15)),
        (date(2024, 12, 31), "2025-03-11", "", "2026-06", date(2026, 6, 30)),
        (date(2024, 12, 31), "", "", "2026-06-15", date(2026, 6, 15)),
        (date(2024, 12, 31), "2025-03-11", "once", "2026-06-15", date(2026, 6, 15)),
        # What was announced has come: the rhythm holds again.
        (date(2024, 12, 31), "2025-03-11", "year", "2025-03-11", date(2026, 3, 11)),
        # Words are shown, and the rhythm counts.
        (date(2024, 12, 31), "2025-03-11", "year", "foråret 2026", date(2026, 3, 11)),
    ],
)
def test_late_from_the_day_after_the_expected_one(
    end: date, published: str, frequency: Frequency, next_release: str, expected: date
) -> None:
    def state(day: date) -> str:
        return freshness(end, published, frequency, next_release, day).state

    assert freshness(end, published, frequency, next_release, expected).expected == expected
    assert state(expected.replace(year=expected.year - 1)) == "on_time"
    assert state(date.fromordinal(expected.toordinal() - 1)) == "on_time"
    assert state(expected) == "on_time"
    assert state(date.fromordinal(expected.toordinal() + 1)) == "overdue"


@for_each(
    ("published", "frequency", "next_release", "text", "state"),
    [
        ("2025-03-11", "once", "", "ingen; opgjort én gang", "on_time"),
        ("2025-03-11", "", "", "ikke oplyst", "unknown_rhythm"),
        (
            "2025-03-11",
            "irregular",
            "ved næste evaluering",
            "ved næste evaluering",
            "unknown_rhythm",
        ),
        ("", "year", "", "ikke oplyst", "unknown_rhythm"),
        ("2025-03-11", "year", "", "ca. marts 2026", "overdue"),
        ("2025-03", "year", "", "ca. marts 2026", "overdue"),
        # Of the newest only its year is known: no month is made up.
        ("2025", "year", "", "i løbet af 2026", "on_time"),
        ("2024", "year", "", "i løbet af 2025", "overdue"),
        ("2025-03-11", "year", "foråret 2026", "foråret 2026", "overdue"),
        ("2025-03-11", "year", "2027-03", "marts 2027", "on_time"),
        ("2025-03-11", "year", "2027-03-14", "14. marts 2027", "on_time"),
    ],
)
def test_what_is_expected_in_words(
    published: str, frequency: Frequency, next_release: str, text: str, state: str
) -> None:
    age = freshness(date(2024, 12, 31), published, frequency, next_release, date(2026, 11, 26))
    assert (age.expected_text, age.state) == (text, state)


@for_each(
    ("period", "measured", "published", "frequency", "until"),
    [
        # A paper reports a period that goes on after it.
        ("2025", "over", "2025-03-04", "irregular", date(2025, 3, 4)),
        ("2025M03", "at", "2025-03-11", "once", date(2025, 3, 11)),
        ("2024:2025M03", "since", "2025-03-11", "", date(2025, 3, 11)),
        ("2024", "over", "2025-03-11", "once", date(2024, 12, 31)),
        ("2024", "over", "2025", "once", date(2024, 12, 31)),
        ("2024", "over", "2024-12-31", "once", date(2024, 12, 31)),
        ("2024", "over", "", "", date(2024, 12, 31)),
        # A later figure under the date of an older file.
        ("2024", "over", "2022-06-19", "irregular", date(2024, 12, 31)),
        ("2025M03", "over", "2025-03-11", "month", date(2025, 3, 31)),
        # Nobody states the day of counting.
        ("2023", "reported", "2024-06-19", "once", date(2024, 6, 19)),
        ("2023", "reported", "", "once", date(2023, 12, 31)),
    ],
)
def test_what_an_age_is_counted_from(
    period: str, measured: MeasuredHow, published: str, frequency: Frequency, until: date
) -> None:
    source = Source("paper", "", "", published, "", 0, frequency)
    row = observation(1.0, period)._replace(measured=measured)
    assert counted_until(row, source, indicator()) == until


NEW_YEAR = "Antal indbyggere den 1. januar"
FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)


@for_each(
    ("definition", "period", "until", "name"),
    [
        (NEW_YEAR, "2026", FIRST, "1. januar 2026"),
        (NEW_YEAR, "2026K1", FIRST, "1. januar 2026"),
        (NEW_YEAR, "2026M01", FIRST, "1. januar 2026"),
        ("Personer primo året", "2026", FIRST, "1. januar 2026"),
        ("Personer pr. 1. januar, der bor alene", "2026", FIRST, "1. januar 2026"),
        # The same table counts the other quarters too, each on its own first day.
        (NEW_YEAR, "2026K2", date(2026, 6, 30), "2. kvartal 2026"),
        (NEW_YEAR, "2025/2026", date(2026, 7, 31), "2025/2026"),
        (NEW_YEAR, "2026:2027", date(2027, 12, 31), "2026-2027"),
        # What happens in the year is of the whole of it.
        ("Antal fødte fra den 1. januar til årets udgang", "2026", LAST, "2026"),
        ("Antal fødte i perioden den 1. januar til den 31. december", "2026", LAST, "2026"),
        ("Antal efter den lov, der gælder fra den 1. januar 2024", "2026", LAST, "2026"),
        ("Antal pr. 1. januar 2024, holdt fast", "2026", LAST, "2026"),
        ("Antal den 21. januar", "2026", LAST, "2026"),
        ("Andel af årets fuldtidspersoner", "2026", LAST, "2026"),
    ],
)
def test_a_stock_of_new_year_is_of_that_day_and_as_old(
    definition: str, period: str, until: date, name: str
) -> None:
    source = Source("register", "", "", "2027-02-01", "", 0, "year")
    row, counted = observation(1.0, period), replace(indicator(), definition=definition)
    known = catalog()
    assert counted_until(row, source, counted) == until
    assert period_name(row.period, counted, known) == name
    # Words and age are of one day, wherever they stand.
    assert row_period_name(row._replace(measured="at"), counted, known).endswith(name)
    if until == FIRST:
        assert when(row.period, counted, known) == "pr. 1. januar 2026"
        assert counted_days(row, source, counted, LAST) == (FIRST, FIRST)
        day = date(2026, 11, 30)
        assert age_text(row, source, counted, day) == "10\u00a0måneder\u00a0gammelt"


@for_each(
    ("definition", "period", "until"),
    [
        ("Andel i beskæftigelse ved udgangen af november", "2024", date(2024, 11, 30)),
        ("Personer ultimo februar, der bor alene", "2024", date(2024, 2, 29)),
        ("Andel i beskæftigelse, begge 16-64 år ved udgangen af November. Ved 100 er de ens",
         "2024", date(2024, 11, 30)),
        # A shorter period is counted at its own end, and a flow over all of it.
        ("Andel i beskæftigelse ved udgangen af november", "2024K4", date(2024, 12, 31)),
        ("Andel i beskæftigelse ved udgangen af november", "2024/2025", date(2025, 7, 31)),
        ("Andel i beskæftigelse ved udgangen af året", "2024", date(2024, 12, 31)),
        ("Antal ved udgangen af marts eller ved udgangen af maj", "2024", date(2024, 12, 31)),
        ("Antal efter loven ved udgangen af november 2019", "2024", date(2024, 12, 31)),
    ],
)  # fmt: skip
def test_a_stock_at_a_months_end_is_as_old_as_that_month(
    definition: str, period: str, until: date
) -> None:
    source = Source("register", "", "", "2025-11-01", "", 0, "year")
    counted = replace(indicator(), definition=definition)
    assert counted_until(observation(1.0, period), source, counted) == until


def test_a_row_names_the_month_that_its_age_is_counted_from() -> None:
    known = catalog()
    counted = replace(indicator(), definition="Andel ved udgangen af november")
    row = observation(1.0, "2023")
    assert dated_with_age(row, counted, known).startswith("november 2023 · ")
    assert dated_with_age(row._replace(measured="at"), counted, known).startswith(
        "opgjort november 2023 · "
    )
    assert dated_with_age(row, indicator(), known).startswith("2023 · ")
    # The paper that has the figure came before that month: it is no younger than the paper.
    early = observation(1.0, "2024")
    assert dated_with_age(early, counted, known).startswith("2024, oplyst juni 2024 · ")


def test_no_figure_of_a_paper_is_younger_than_the_paper(store: Store) -> None:
    catalog = store.catalog()
    sources = catalog.sources
    papers = {key: source for key, source in sources.items() if source.published.count("-") == 2}
    rows = [row for row in store.series(list(catalog.indicators)) if row.source_id in papers]
    assert len({row.source_id for row in rows}) > 4
    younger = [
        row for row in rows
        if counted_until(row, papers[row.source_id], catalog.indicators[row.indicator_id])
        > date.fromisoformat(papers[row.source_id].published)
    ]  # fmt: skip
    assert younger == []


def test_every_frequency_has_a_name() -> None:
    assert set(FREQUENCY_NAMES) == set(FREQUENCIES)


@for_each("frequency", FREQUENCIES)
def test_nothing_is_late_on_the_day_it_came(frequency: Frequency) -> None:
    assert not freshness(
        date(2024, 12, 31), "2025-03-11", frequency, "", date(2025, 3, 11)
    ).is_overdue


def test_add_months_keeps_the_last_day_last() -> None:
    assert add_months(date(2024, 2, 29), 12) == date(2025, 2, 28)
    assert add_months(date(2025, 2, 28), 12) == date(2026, 2, 28)
    assert add_months(date(2025, 6, 30), 6) == date(2025, 12, 31)
    assert add_months(date(2024, 10, 6), 5) == date(2025, 3, 6)
