"""Periods that are not over: their figures are named of where they would be stored as final."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from kpi.domain.period import parse_period
from kpi.ingest.checks.unfinished_periods import is_known_by
from kpi.store.connection import connect
from tests.kpi.ingest.checked import Desk

DAY = date(2026, 11, 27)


@pytest.fixture(scope="module")
def shipped(shipped_home: Path) -> Desk:
    """All figures of data/."""
    return Desk.of(shipped_home)


@pytest.mark.parametrize(
    "period",
    ["2026", "2026H2", "2026K4", "2026M11", "2026U48", "2025/2026", "2026M01:2026M11A",
     "2025M12:2026M11", "2025:2026"],
)  # fmt: skip
def test_a_period_is_over_the_day_after_its_last(shipped: Desk, period: str) -> None:
    end = parse_period(period).end
    indicator = shipped.catalog.indicators["unemployment_rate"]
    source = shipped.catalog.sources["own_upload"]
    known = [is_known_by(end + timedelta(days), period, indicator, source) for days in (-1, 0, 1)]
    assert known == [False, False, True]


@pytest.mark.parametrize(
    ("words", "is_known"),
    [
        ("Andel på markedet", False), ("Andel af majoriteten", False), ("I juniorklubber", False),
        ("Decideret marginalt, aprilsnar og augustus", False), ("Opgjort ultimo okt", True),
        ("Opgjort i uge 40, oktober", True), ("Pr. 1. sept.", True), ("Ved udgangen af maj", True),
        ("Pr. 5. december", False),
    ],
)  # fmt: skip
def test_only_names_of_months_are_months(shipped: Desk, words: str, is_known: bool) -> None:
    """A year is asked about in November whatever its indicator's words begin like."""
    indicator = replace(shipped.catalog.indicators["unemployment_rate"], definition=words)
    source = shipped.catalog.sources["own_upload"]
    assert is_known_by(DAY, "2026", indicator, source) is is_known


@pytest.mark.parametrize(
    ("indicator_id", "period", "known_from"),
    [
        ("population", "2026K4", "2026-10-01"), ("population", "2026", "2026-01-01"),
        ("population_density", "2026K1", "2026-01-01"), ("age_65_share", "2026K1", "2026-01-01"),
        ("employment_rate", "2026", "2026-12-01"),  # at the end of November
        ("owner_occupied_share", "2026", "2026-01-01"),
        ("one_person_household_share", "2026", "2026-01-01"),
        ("higher_education_share", "2026", "2026-10-01"),
        ("nsk_budget", "2026", "2026-01-01"), ("language_mentor_places", "2026", "2026-01-01"),
        ("unemployment_rate", "2026M11D27", "2026-01-01"),  # counted on that day
        ("school_absence", "2026/2027", "2027-08-01"),
        ("disposable_income", "2026", "2027-01-01"),
    ],
)  # fmt: skip
def test_what_is_counted_on_a_day_is_known_from_then(
    shipped: Desk, indicator_id: str, period: str, known_from: str
) -> None:
    indicator = shipped.catalog.indicators[indicator_id]
    source = shipped.catalog.sources["own_upload"]
    first = date.fromisoformat(known_from)
    assert is_known_by(first, period, indicator, source)
    if first > parse_period(period).start:
        assert not is_known_by(first - timedelta(1), period, indicator, source)


def test_figures_of_a_part_of_their_period(shipped: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kpi.ingest.file_problems.today", lambda: DAY)
    asked = ("2026", "2026H2", "2026K4", "2026M11", "2026U48", "2026M01:2026M11A")
    others = ("2025", "2026H1", "2026K3", "2026M10", "2026U47", "2026M01:2026M10A", "2027")
    rows = [f"unemployment_rate;aarhus;{period};3,7;;" for period in (*asked, *others)]
    rows += [
        "unemployment_rate;odense;2026;3,9;foreløbig;", "unemployment_rate;vejle;2026;3,1;;på dato",
        "unemployment_rate;faxe;2026;;mangler;", "unemployment_rate;greve;2026;3,1;cirka;",
        "population;aarhus;2026K4;381234;;",
    ]  # fmt: skip
    checked = shipped.check("\n".join(["nøgletal;område;periode;værdi;status;opgjort", *rows]))
    problems = [each for each in checked.problems if each.code == "unfinished_period"]
    assert sorted(str(each.value) for each in problems) == sorted(asked)
    assert {each.severity for each in problems} == {"warning"}
    assert {each.weight for each in problems} == {1.0}


@pytest.mark.some_cases
@pytest.mark.parametrize(
    ("first", "periods"),
    [
        (date(2027, 1, 1), ("2027", "2027H1", "2027K1", "2027M01", "2027M01:2027M11A",
                            "2027:2029", "2027M01D01")),
        (date(2027, 2, 1), ("2027U05", "2027M02", "2027M02:2028M01", "2027M02D01")),
        (date(2027, 8, 1), ("2027/2028", "2027M08")),
    ],
)  # fmt: skip
def test_a_period_has_begun_on_its_first_day(
    shipped: Desk, monkeypatch: pytest.MonkeyPatch, first: date, periods: tuple[str, ...]
) -> None:
    """Before it a figure can only be a forecast; from then on it is of a part of its period."""
    rows = [f"unemployment_rate;aarhus;{period};3,7" for period in periods]
    content = "\n".join(["nøgletal;område;periode;værdi", *rows])
    named = []
    for day in (first - timedelta(1), first):
        monkeypatch.setattr("kpi.ingest.file_problems.today", lambda day=day: day)
        problems = shipped.check(content).problems
        named.append([
            sum(1 + problem.more for problem in problems if problem.code == code)
            for code in ("future_period", "unfinished_period")
        ])  # fmt: skip
    days = sum("D" in period for period in periods)
    assert named == [[len(periods), 0], [0, len(periods) - days]]


def test_figures_that_stand_are_not_asked_about_again(
    shipped: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kpi.ingest.file_problems.today", lambda: date(2024, 12, 31))
    content = "nøgletal;område;periode;værdi\nunemployment_rate;aarhus;2024;{}\n"
    named = [
        "unfinished_period" in {each.code for each in shipped.check(content.format(value)).problems}
        for value in ("3,68", "3,7")
    ]
    assert named == [False, True]


def test_the_published_figures_were_known_when_they_came(shipped: Desk) -> None:
    with connect(shipped.version, None) as connection:
        rows = connection.execute(
            "SELECT DISTINCT indicator_id, period, source_id FROM current_observation "
            "WHERE status = 'final' AND measured = 'over' AND period_end >= '2026-03-25'"
        ).fetchall()
    assert rows
    unknown = [
        row for row in rows
        if not is_known_by(
            date(2026, 3, 25), row[1], shipped.catalog.indicators[row[0]],
            shipped.catalog.sources[row[2]],
        )
    ]  # fmt: skip
    assert unknown == []
