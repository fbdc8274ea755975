"""Figures as CSV: raw numbers for machines, and nothing that a spreadsheet would run."""

import csv
import io
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi.domain import format as fmt
from kpi.domain.errors import KpiError
from kpi.domain.format import raw_number, safe_text
from kpi.domain.measure import shown_counts
from kpi.domain.model import Break, Observation
from kpi.export.csv import COLUMNS, as_shown, observations_csv, write_observations
from kpi.store import Store
from kpi.tables.rows import as_number
from tests.kpi.made import catalog, indicator, observation
from tests.tables import for_each

HEADER = (
    "indicator_id,area_id,group_id,period,value,numerator,denominator,status,as_published,note,"
    "source_id,low,high,measured"
)


@for_each(
    ("value", "decimals", "text"),
    [
        (70.0, 1, "70.0"),  # as many decimals as the source wrote
        (70.0, 0, "70"),
        (70.0, None, "70"),
        (9.7, 1, "9.7"),
        (9.7, 2, "9.70"),
        (33.333, 1, "33.333"),  # never fewer than the number has
        (400000.0, 0, "400000"),
        (1e16, 0, "10000000000000000"),  # not 1e+16, which no reader of ours takes
        (0.00001, None, "0.00001"),
        (-3.5, 1, "-3.5"),  # a number, no formula
        (0.0, 0, "0"),
        (None, 1, ""),
    ],
)
def test_raw_number(value: float | None, decimals: int | None, text: str) -> None:
    assert raw_number(value, decimals) == text


@given(st.floats(allow_nan=False, allow_infinity=False), st.integers(0, 4))
def test_a_raw_number_is_read_back_as_it_was(value: float, decimals: int) -> None:
    assert as_number(raw_number(value, decimals)) == value


@for_each(
    ("text", "safe"),
    [
        ("=1+1", "'=1+1"),
        ("+45 12 34", "'+45 12 34"),
        ("-5 grader", "'-5 grader"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("knap hver tiende", "knap hver tiende"),
        ("2-3 måneder", "2-3 måneder"),
        ("a=b", "a=b"),
        ("", ""),
        (None, ""),
    ],
)
def test_safe_text(text: str | None, safe: str) -> None:
    assert safe_text(text) == safe


@given(st.text())
def test_no_text_begins_as_a_formula(text: str) -> None:
    assert not safe_text(text).startswith(("=", "+", "-", "@", "\t", "\r"))


def test_a_row_of_each_kind() -> None:
    rows = [
        observation(70.0, decimals=1),
        observation(30, "2024M10D06", of=(21, 68), decimals=0),
        observation(None, "2024/2025", status="suppressed"),
        observation(10, status="approximate", decimals=0)._replace(as_published="=knap, 10 %"),
        observation(None, status="range")._replace(
            as_published="2-3", low=2.0, high=3.0, measured="at"
        ),
    ]
    assert observations_csv(rows, catalog()) == "\ufeff" + "\n".join(
        [
            HEADER,
            "rate,aarhus,all,2022,70.0,,,final,,,paper,,,over",
            "rate,aarhus,all,2024M10D06,30,21,68,final,,,paper,,,over",
            "rate,aarhus,all,2024/2025,,,,suppressed,,,paper,,,over",  # hidden is empty, never 0
            'rate,aarhus,all,2022,10,,,approximate,"\'=knap, 10 %",,paper,,,over',
            "rate,aarhus,all,2022,,,,range,2-3,,paper,2,3,at",
            "",
        ]
    )


@for_each(
    ("breaks", "said"),
    [
        ((), None),
        ((Break(date(2025, 7, 1), "Reform"),),
         ["before 2025-07-01 Reform", "after 2025-07-01 Reform", "across 2025-07-01 Reform"]),
        ((Break(date(2025, 7, 1), "A"), Break(date(2025, 7, 2), "B")),
         ["before 2025-07-01 A; before 2025-07-02 B", "after 2025-07-01 A; across 2025-07-02 B",
          "across 2025-07-01 A; across 2025-07-02 B"]),
    ],
)  # fmt: skip
def test_where_a_figure_lies_by_a_break_is_said(
    breaks: tuple[Break, ...], said: Sequence[str] | None
) -> None:
    known = catalog(replace(indicator(), breaks=breaks))
    rows = [observation(70.0, period) for period in ("2025M06", "2025M07", "2025")]
    content = observations_csv(rows, known).removeprefix("\ufeff")
    listed = [row.get("series_break") for row in csv.DictReader(io.StringIO(content))]
    assert listed == ([None] * 3 if said is None else said)


@pytest.mark.parametrize(
    ("indicators", "areas", "rows"),
    [
        (None, None, 2687),
        (["self_sufficiency_rate"], None, 3),
        (["self_sufficiency_rate", "nsk_cases"], ["aarhus"], 2),
        (["self_sufficiency_rate"], ["tilst"], 0),
    ],
)
def test_the_chosen_figures_are_written(
    store: Store, indicators: list[str] | None, areas: list[str] | None, rows: int
) -> None:
    content, count = write_observations(store, indicators, areas)
    listed = list(csv.DictReader(io.StringIO(content.removeprefix("\ufeff"))))
    assert (count, len(listed)) == (rows, rows)


def test_the_columns_are_those_that_data_is_read_with() -> None:
    assert ",".join(COLUMNS) == HEADER


@pytest.mark.parametrize(
    ("indicators", "areas", "title"),
    [(["emploment_rate"], None, "Ukendt nøgletal"), (None, ["arhus"], "Ukendt område")],
)
def test_an_unknown_id_is_refused(
    store: Store, indicators: list[str] | None, areas: list[str] | None, title: str
) -> None:
    with pytest.raises(KpiError, match=title):
        write_observations(store, indicators, areas)


@for_each(
    ("row", "value", "as_published"),
    [
        (observation(40, of=(31, 81), decimals=0), 38, "40"),
        (observation(40.5, of=(31, 81), decimals=1), 38.3, "40,5"),
        (observation(38, of=(31, 81), decimals=0), 38, None),  # as it is counted
        (observation(40, of=(31, 81), decimals=0)._replace(as_published="ca. 40"), 38, "ca. 40"),
        (observation(40, decimals=0), 40, None),
        (observation(40, of=(None, 81), decimals=0), 40, None),
        # Of a whole population the published percentage is shown, with its decimals.
        (observation(40, of=(31_000, 81_000), decimals=0), 40, None),
        (observation(None, of=(31, 81), status="missing"), None, None),
    ],
)
def test_a_chart_s_numbers_are_those_that_it_shows(
    row: Observation, value: float | None, as_published: str | None
) -> None:
    shown = as_shown(row, catalog())
    assert (shown.value, shown.as_published) == (value, as_published)
    assert shown._replace(value=row.value, as_published=row.as_published) == row
    if value is not None and row.numerator is not None:
        assert fmt.number(value, 0) in fmt.display(row, indicator())


def test_no_file_of_a_chart_has_another_percentage_than_the_chart(shipped: Store) -> None:
    """Of every shipped figure of so few that their counts are shown."""
    known = shipped.catalog()
    compared = 0
    for row in shipped.newest([*known.indicators], [*known.areas], [*known.groups]):
        own = known.indicators[row.indicator_id]
        shown = as_shown(row, known)
        if own.is_proportion and shown_counts(row, own) and shown.value is not None:
            decimals = own.decimals if row.decimals is None else row.decimals
            text = fmt.percent(shown.value, 0)
            assert decimals > 0 or text in fmt.display(row, own), row
            compared += 1
    assert compared > 3
