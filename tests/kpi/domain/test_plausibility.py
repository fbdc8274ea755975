"""Which values are outliers: far from the other areas and from the area's own figures."""

import csv
import os
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpi.domain.model import Break, Indicator, Observation
from kpi.domain.period import parse_period
from kpi.domain.plausibility import (
    OUTLIER_LIMITS,
    OUTLIERS,
    is_confirmed,
    may_hold_outliers,
    outliers,
)
from kpi.domain.series_break import side_of
from kpi.domain.vocabulary import FigureStatus, Kind
from tests.empty_database import empty_database
from tests.kpi.made import indicator, observation
from tests.tables import for_each

RATE, MEAN = indicator(), indicator(kind="mean", unit="notifications")
YEARS = ("2019", "2020", "2021", "2022", "2023", "2024")


def table(areas: int, years: int = 6, value: float = 8.0) -> list[Observation]:
    """The same value in all areas and years: the floor alone is the spread."""
    return [
        observation(value, year, area=f"a{number}")
        for number in range(areas)
        for year in YEARS[-years:]
    ]


def with_last(rows: Sequence[Observation], value: float, **fields: object) -> list[Observation]:
    """The rows with another value in the last one."""
    return [*rows[:-1], rows[-1]._replace(value=value, **fields)]  # type: ignore[arg-type]


def low_in_2024(rows: Sequence[Observation]) -> list[Observation]:
    """The rows with 1 % in all areas that year."""
    return [row._replace(value=1.0) if row.period.text == "2024" else row for row in rows]


@for_each(
    ("rows", "is_told"),
    [
        (table(6), False),
        (with_last(table(6), 0.0), True),
        (with_last(table(6), 5.42), False),  # asin(sqrt(0.08)) less 5.19 floors of 0.01
        (with_last(table(6), 5.41), True),
        (with_last(table(6), 11.03), False),
        (with_last(table(6), 11.04), True),
        (with_last(table(5), 0.0), False),  # four other areas
        (with_last(table(6, years=4), 0.0), True),
        (with_last(table(6, years=3), 0.0), False),  # two other years
        (with_last(table(6), 0.0, note="Bekræftet af skolen 3. marts"), False),
        (with_last(table(6), 0.0, note="Ikke bekræftet"), True),
        (with_last(table(6), 0.0, status="approximate"), True),
        (with_last(table(6), 0.0, status="suppressed"), False),
        (with_last(table(6), 0.0, status="at_most"), False),
        # The area has always been low, or all areas were low that year: nothing is strange.
        ([*table(5), *[row._replace(area_id="a5") for row in table(1, value=1.0)]], False),
        (low_in_2024(table(6)), False),
    ],
)  # fmt: skip
def test_outliers_of_a_percentage(rows: list[Observation], is_told: bool) -> None:
    expected = {("rate", "a5", "all", "2024")} if is_told else set()
    assert outliers(rows, RATE) == expected


@for_each(("value", "is_told"), [(2.51, False), (2.52, True), (1.49, False), (1.48, True)])
def test_a_mean_is_far_from_a_quarter_on(value: float, is_told: bool) -> None:
    assert bool(outliers(with_last(table(6, value=2.0), value), MEAN)) is is_told


@pytest.mark.parametrize("kind", ["count", "amount"])
def test_what_grows_with_the_area_is_not_judged(kind: Kind) -> None:
    assert not outliers(with_last(table(9, value=1.0), 99.0), replace(RATE, kind=kind))


def test_periods_of_another_kind_are_no_history() -> None:
    halves = [
        observation(8.0, half, area="a5") for half in ("2020H1", "2020H2", "2021H1", "2021H2")
    ]
    rows = with_last(table(6, years=1), 0.0)
    assert not outliers([*halves, *rows], RATE)


@for_each(
    ("day", "is_outlier"),
    [
        (None, True),
        (date(2019, 1, 1), True),  # all are counted alike
        (date(2020, 1, 1), True),  # four others on its side
        (date(2023, 1, 1), False),  # one
        (date(2024, 1, 1), False),
        (date(2024, 6, 1), False),  # within its own year
        (date(2025, 1, 1), True),
    ],
)
def test_figures_across_a_break_are_no_history(day: date | None, is_outlier: bool) -> None:
    of = replace(RATE, breaks=(Break(day, "Reform"),) if day else ())
    rows = with_last(table(6), 0.0)
    assert bool(outliers(rows, of)) is is_outlier
    assert may_hold_outliers(rows, of) is is_outlier


def test_each_group_is_judged_apart() -> None:
    others = [row._replace(group_id="danish", value=0.0) for row in table(6)]
    assert not outliers([*table(6), *others], RATE)


@for_each(
    ("note", "is_so"),
    [("Bekræftet", True), (" bekræftet af UVM", True), ("", False), (None, False)],
)
def test_is_confirmed(note: str | None, is_so: bool) -> None:
    assert is_confirmed(note) is is_so


def test_the_outliers_of_our_own_figures_are_these() -> None:
    # Of the municipal figures two are: one is left out of data/, one is confirmed there.
    assert outliers_of_data(Path("data")) == {
        ("school_absence", "laesoe", "lower_secondary", "2022/2023"),  # 0,0 %
        ("school_absence", "laesoe", "lower_secondary", "2024/2025"),  # 1,7 %
        ("school_absence", "laesoe", "middle_school", "2022/2023"),  # 0,1 %
        ("school_absence", "morsoe", "lower_secondary", "2019/2020"),  # 1,1 %
    }


def outliers_of_data(folder: Path) -> set[tuple[str, str, str, str]]:
    """The outliers among all figures of the data folder."""
    with (folder / "indicator.csv").open(encoding="utf-8-sig", newline="") as file:
        kinds = {row["indicator_id"]: cast(Kind, row["kind"]) for row in csv.DictReader(file)}
    rows: dict[str, list[Observation]] = defaultdict(list)
    for path in sorted((folder / "observations").glob("*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                rows[row["indicator_id"]].append(_of_csv(row))
    keys: set[tuple[str, str, str, str]] = set()
    for indicator_id, own in rows.items():
        keys |= outliers(own, indicator(kind=kinds[indicator_id], indicator_id=indicator_id))
    return keys


def _of_csv(row: dict[str, str]) -> Observation:
    made = observation(
        float(row["value"]) if row["value"] else None,
        area=row["area_id"], group=row["group_id"], status=cast(FigureStatus, row["status"]),
    )  # fmt: skip
    return made._replace(
        indicator_id=row["indicator_id"], period=parse_period(row["period"]), note=row["note"]
    )


VALUES = st.sampled_from([0.0, 0.1, 4.0, 5.5, 7.0, 7.5, 8.0, 8.5, 9.0, 12.0, 15.0, 60.0, 100.0])


@settings(max_examples=500 if "SPOR_SOAK" in os.environ else 15, deadline=None)
@given(
    values=st.lists(st.lists(VALUES, min_size=6, max_size=6), min_size=5, max_size=9),
    of=st.sampled_from([RATE, MEAN]),
    days=st.lists(st.dates(date(2019, 1, 1), date(2025, 1, 1)), max_size=2),
)
def test_the_sql_of_a_file_finds_the_same(
    values: list[list[float]], of: Indicator, days: list[date]
) -> None:
    of = replace(of, breaks=tuple(Break(day, "Reform") for day in sorted(days)))
    rows = [
        observation(value, year, area=f"a{number}")
        for number, own in enumerate(values)
        for year, value in zip(YEARS, own, strict=True)
    ]
    assert set(outliers_by_sql(rows, of)) == outliers(rows, of)


def test_the_sql_says_what_is_usual() -> None:
    rows = with_last([*table(6)[:-2], observation(9.5, "2023", area="a5"), table(6)[-1]], 0.0)
    assert list(outliers_by_sql(rows, RATE).values()) == [(0.0, 8.0, 9.5, 6, 8.0, "year")]


def outliers_by_sql(
    rows: list[Observation], of: Indicator
) -> dict[tuple[str, ...], tuple[object, ...]]:
    """The outliers by key, each with its evidence."""
    with empty_database() as connection:
        connection.execute(
            "CREATE TABLE judged (id INTEGER, series VARCHAR, area VARCHAR, period VARCHAR, "
            "period_kind VARCHAR, side VARCHAR, kind VARCHAR, value DOUBLE, asked BOOLEAN)"
        )
        connection.executemany(
            "INSERT INTO judged VALUES (?, ?, ?, ?, ?, ?, ?, ?, true)",
            [
                (place, row.group_id, row.area_id, row.period.text, row.period.kind,
                 side_of(row.period, of), of.kind, row.value)
                for place, row in enumerate(rows)
            ],
        )  # fmt: skip
        outlying = connection.execute(OUTLIERS, OUTLIER_LIMITS).fetchall()
    return {
        (rows[place].indicator_id, rows[place].area_id, rows[place].group_id,
         rows[place].period.text): tuple(evidence)
        for place, *evidence in outlying
    }  # fmt: skip


@settings(max_examples=500 if "SPOR_SOAK" in os.environ else 60, deadline=None)
@given(
    st.lists(
        st.lists(st.one_of(st.floats(0, 100), st.floats(7, 9)), min_size=4, max_size=7),
        min_size=6,
        max_size=8,
    )
)
def test_the_cheap_look_misses_no_outlier(series: list[list[float]]) -> None:
    rows = [
        observation(value, str(2018 + year), area=f"a{number}")
        for number, values in enumerate(series)
        for year, value in enumerate(values)
    ]
    areas = {area_id for _, area_id, *_ in outliers(rows, RATE)}
    missed = [
        area_id
        for area_id in areas
        if not may_hold_outliers([row for row in rows if row.area_id == area_id], RATE)
    ]
    assert missed == []


def test_the_cheap_look_spares_the_usual_series() -> None:
    rows = [observation(70 + year / 10, str(2010 + year)) for year in range(12)]
    assert not may_hold_outliers(rows, RATE)
    assert may_hold_outliers(with_last(rows, 20.0), RATE)
    assert not may_hold_outliers(with_last(rows, 20.0), indicator("count", "persons"))
