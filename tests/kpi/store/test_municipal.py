"""The municipalities' values and medians: the database says what Python says, of any values."""

from collections.abc import Iterator
from datetime import date
from statistics import median
from typing import Any

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi.domain.figures import Figures
from kpi.domain.measure import comparable_value
from kpi.domain.model import Area, Observation
from kpi.domain.period import parse_period
from kpi.store import Store
from kpi.store.connection import _OBSERVATIONS, _SCHEMA
from kpi.store.municipal import read_medians, read_municipal
from tests.kpi.made import catalog as made_catalog
from tests.kpi.made import indicator, observation

# All periods have begun.
DAY = date(2100, 1, 1)

CATALOG = made_catalog(indicator())
MUNICIPALITIES = [area.area_id for area in CATALOG.areas.values() if area.level == "municipality"]
KEY = ("rate", "all", "2022")


class Asked:
    """An empty version in memory with the made-up areas, to be asked as a store asks."""

    def __init__(self) -> None:
        self.connection = duckdb.connect()
        self.connection.execute(_SCHEMA.read_text("utf-8"))
        self.connection.execute(_OBSERVATIONS.read_text("utf-8"))
        self.connection.execute(
            "CREATE TABLE recent_observation AS FROM current_observation LIMIT 0"
        )
        self.connection.execute(
            "INSERT INTO indicator (indicator_id, kind) VALUES ('rate', 'proportion')"
        )
        self.connection.executemany("INSERT INTO area (area_id, level) VALUES (?, ?)", [
            (area.area_id, area.level) for area in CATALOG.areas.values()
        ])  # fmt: skip

    def hold(self, rows: list[Observation]) -> None:
        """Makes these all the rows there are."""
        self.connection.execute("DELETE FROM current_observation")
        for row in rows:
            self.connection.execute(
                """
                INSERT INTO current_observation BY NAME
                SELECT ? AS indicator_id, ? AS area_id, ? AS group_id, ? AS period, ? AS value,
                    ? AS numerator, ? AS denominator, ? AS status, ?::DATE AS period_start
                """,
                [*row[:3], row.period.text, *row[4:8], row.period.start],
            )

    def __call__(self, question: str, parameters: dict[str, Any]) -> list[tuple[Any, ...]]:
        return self.connection.execute(question, parameters).fetchall()


@pytest.fixture(scope="module")
def asked() -> Iterator[Asked]:
    asking = Asked()
    yield asking
    asking.connection.close()


AREAS = st.sampled_from(["denmark", "gellerup", *MUNICIPALITIES])
SHARES = st.floats(0, 100, allow_subnormal=False)
COUNTS = st.integers(1, 900).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of)))
# Plain, with counts, hidden, and the limits of a source.
MADE = st.one_of(
    st.builds(lambda area, value: observation(value, area=area), AREAS, SHARES),
    st.builds(lambda area, of: observation(31.0, area=area, of=of), AREAS, COUNTS),
    st.builds(lambda area: observation(None, area=area, status="suppressed", of=(3, 9)), AREAS),
    st.builds(lambda area, value: observation(value, area=area, status="at_least"), AREAS, SHARES),
    st.builds(
        lambda area: observation(None, area=area, status="range")._replace(low=2, high=3), AREAS
    ),
)
ROWS = st.lists(MADE, max_size=9, unique_by=lambda row: row.area_id)


def others_of(area_id: str, rows: list[Observation]) -> list[float]:
    """The other municipalities' values, by the plain function of one observation."""
    values = [
        comparable_value(row, indicator())
        for row in rows
        if row.area_id != area_id and row.area_id in MUNICIPALITIES
    ]
    return [value for value in values if value is not None]


@given(rows=ROWS, area_id=st.sampled_from(MUNICIPALITIES))
def test_the_median_is_that_of_the_others(
    asked: Asked, rows: list[Observation], area_id: str
) -> None:
    asked.hold(rows)
    others = others_of(area_id, rows)
    expected = {parse_period("2022"): pytest.approx(median(others))} if len(others) > 2 else {}
    assert read_medians(asked, [KEY[:2]], area_id, DAY) == {KEY[:2]: expected}
    figures = Figures(rows, read_municipal(asked, [KEY]))
    middle = figures.median_of_others(observation(1.0, area=area_id))
    if len(others) < 3:
        assert middle is None
    else:
        assert middle == pytest.approx((median(others), len(others)), abs=1e-9)


@given(rows=ROWS)
def test_the_values_are_what_is_compared(asked: Asked, rows: list[Observation]) -> None:
    asked.hold(rows)
    values = {row.area_id: comparable_value(row, indicator()) for row in rows}
    assert read_municipal(asked, [KEY]) == {
        KEY: {
            area_id: pytest.approx(value)
            for area_id, value in values.items()
            if value is not None and area_id in MUNICIPALITIES
        }
    }


@pytest.mark.parametrize("areas", [2, 3])
def test_a_median_needs_three_others(asked: Asked, areas: int) -> None:
    asked.hold(
        [
            observation(50.0 + place, area=area_id)
            for place, area_id in enumerate(MUNICIPALITIES[:areas])
        ]
    )
    without_any = read_medians(asked, [KEY[:2]], "", DAY)
    assert bool(without_any[KEY[:2]]) is (areas == 3)
    assert read_medians(asked, [KEY[:2]], MUNICIPALITIES[0], DAY) == {KEY[:2]: {}}


def test_only_the_keys_that_are_asked_for(asked: Asked) -> None:
    rows = [observation(50.0, period, area=municipality, group=group)
            for municipality in MUNICIPALITIES
            for group in ("all", "danish") for period in ("2021", "2022")]  # fmt: skip
    asked.hold(rows)
    medians = read_medians(asked, [("rate", "danish"), ("other", "all")], "aarhus", DAY)
    assert {key: [period.text for period in sorted(by_period, key=lambda period: period.order)]
            for key, by_period in medians.items()} == {
        ("rate", "danish"): ["2021", "2022"], ("other", "all"): [],
    }  # fmt: skip
    assert list(read_municipal(asked, [("rate", "danish", "2021")])) == [("rate", "danish", "2021")]
    assert (read_medians(asked, [], "aarhus", DAY), read_municipal(asked, [])) == ({}, {})


# --- the default figures ------------------------------------------------------------------------


@pytest.mark.parametrize("area_id", ["aarhus", "koebenhavn", "laesoe", "ishoej"])
@pytest.mark.parametrize("group_id", ["middle_school", "lower_secondary"])
def test_medians_of_the_default_figures(store: Store, area_id: str, group_id: str) -> None:
    key = "school_absence", group_id
    by_period = store.medians([key], area_id)[key]
    others = [
        row.value
        for row in store.everywhere(*key, "2024/2025")
        if row.value is not None and row.area_id != area_id
    ]
    assert len(others) == 97
    assert by_period[parse_period("2024/2025")] == pytest.approx(median(others))
    assert [period.text for period in sorted(by_period, key=lambda period: period.order)] == [
        "2019/2020", "2020/2021", "2021/2022", "2022/2023", "2023/2024", "2024/2025",
    ]  # fmt: skip


def test_all_municipalities_are_among_the_values(store: Store) -> None:
    areas = store.catalog().areas
    municipal: list[Area] = [area for area in areas.values() if area.level == "municipality"]
    key = ("employment_rate", "all", "2021")
    assert set(store.municipal([key])[key]) == {row.area_id for row in municipal}


@pytest.mark.parametrize("area_id", ["aarhus", "laesoe"])
def test_newest_and_older_values_are_those_of_each_row(shipped: Store, area_id: str) -> None:
    """Whether they are among the recent rows, which are asked first, or only among all."""
    known = shipped.catalog()
    rows = [
        row
        for row in shipped.series([*known.indicators], [area_id])[::7]
        if known.indicators[row.indicator_id].is_rate
    ]
    keys = [(row.indicator_id, row.group_id, row.period.text) for row in rows]
    assert len(keys) > 10
    values = shipped.municipal(keys)
    assert set(values) == set(keys)
    for key in keys:
        by_area = {
            row.area_id: comparable_value(row, known.indicators[key[0]])
            for row in shipped.everywhere(*key)
            if known.areas[row.area_id].level == "municipality"
        }
        assert values[key] == pytest.approx(
            {area: value for area, value in by_area.items() if value is not None}
        )
