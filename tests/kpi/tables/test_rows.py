"""Single observations: what is read, and what is told of each fault."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi.domain.errors import Problem
from kpi.domain.period import parse_period
from kpi.tables.rows import (
    KnownKeys,
    ObservationRow,
    as_number,
    as_period,
    is_date,
    observation_rows,
    typed_number,
)

KNOWN = KnownKeys(
    kinds={"rate": "proportion", "persons": "count", "mean": "mean", "hours": "amount"},
    areas={"aarhus", "odense"},
    groups={"all"},
    sources={"paper"},
    claimed={("rate", "odense", "all", "2022")},
)


def cells(**changed: str) -> dict[str, str]:
    """A faultless row, but for what is changed."""
    return {
        "indicator_id": "rate", "area_id": "aarhus", "group_id": "all", "period": "2022",
        "value": "70.0", "numerator": "", "denominator": "", "status": "final",
        "as_published": "", "note": "", "source_id": "paper", "low": "", "high": "",
        "measured": "", **changed,
    }  # fmt: skip


def read(*rows: dict[str, str]) -> tuple[list[ObservationRow], list[Problem]]:
    """The rows as if they stood from line 2 on."""
    return observation_rows("paper.csv", list(enumerate(rows, start=2)), KNOWN)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", 0),
        ("70", 70),
        ("70.0", 70),
        ("9.7", 9.7),
        ("-3.5", -3.5),
        (".5", 0.5),
        ("5.", 5),
        ("400000", 400000),
        ("0070", 70),
        ("", None),
        ("9,7", None),  # a decimal comma is no decimal point
        ("1.234.567", None),
        ("1 234", None),
        ("1_000", None),
        ("1e5", None),
        ("+5", None),
        ("--5", None),
        ("−5", None),
        ("nan", None),
        ("inf", None),
        ("-inf", None),
        ("٣", None),
        ("９.７", None),
        ("20 %", None),
        ("<5", None),
        ("..", None),
        ("ti", None),
    ],
)
def test_as_number(text: str, number: float | None) -> None:
    assert as_number(text) == number


@given(st.text(alphabet="0123456789.-+eE_, nainf٣", max_size=12))
def test_a_number_is_finite_and_reads_as_python_does(text: str) -> None:
    number = as_number(text)
    assert number is None or (math.isfinite(number) and number == float(text))


@pytest.mark.parametrize(("text", "period"), [("2024Q1", "2024K1"), ("2024K5", None), ("", None)])
def test_as_period(text: str, period: str | None) -> None:
    assert as_period(text) == (period and parse_period(period))


@pytest.mark.parametrize(
    ("text", "valid"),
    [
        ("2025-03-19", True),
        ("2025-03", True),
        ("2025", True),
        ("", False),
        ("24", False),
        ("2024-13", False),
        ("2024-02-30", False),
        ("2024-6", False),
        ("19-03-2025", False),
        ("2024-01-01-01", False),
        ("20_24", False),
        ("２０２４", False),
        ("marts 2025", False),
    ],
)
def test_is_date(text: str, valid: bool) -> None:
    assert is_date(text) is valid


@pytest.mark.parametrize(
    ("changed", "value", "decimals"),
    [
        ({"value": "70.0"}, 70.0, 1),
        ({"value": "13"}, 13.0, 0),
        ({"value": "33.33"}, 33.33, 2),
        ({"value": "0"}, 0.0, 0),
        ({"value": "100"}, 100.0, 0),
        ({"value": "", "status": "suppressed"}, None, None),
        ({"value": "", "status": "missing"}, None, None),
        ({"value": "", "status": "not_applicable"}, None, None),
        ({"indicator_id": "hours", "value": "-3"}, -3.0, 0),  # an amount can be below zero
        ({"indicator_id": "mean", "value": "1.5", "denominator": "1"}, 1.5, 1),  # no part of it
        ({"indicator_id": "persons", "value": "3.5"}, 3.5, 1),  # full-time persons
    ],
)
def test_a_valid_row(changed: dict[str, str], value: float | None, decimals: int | None) -> None:
    (row,), problems = read(cells(**changed))
    assert problems == []
    assert (row.value, row.decimals) == (value, decimals)


@pytest.mark.parametrize(
    ("changed", "value", "limits", "measured"),
    [
        ({"status": "at_least", "value": "30"}, 30.0, (None, None), "over"),
        ({"status": "at_least", "value": "30", "low": "30"}, 30.0, (30.0, None), "over"),
        ({"status": "at_most", "value": "30"}, 30.0, (None, None), "over"),
        ({"status": "at_most", "value": "30", "high": "30"}, 30.0, (None, 30.0), "over"),
        ({"status": "range", "value": "", "low": "2", "high": "3"}, None, (2.0, 3.0), "over"),
        ({"status": "range", "value": "", "low": "0", "high": "100"}, None, (0.0, 100.0), "over"),
        ({"indicator_id": "hours", "status": "range", "value": "", "low": "-2.5", "high": "300"},
         None, (-2.5, 300.0), "over"),
        ({"measured": "over"}, 70.0, (None, None), "over"),
        ({"measured": "at"}, 70.0, (None, None), "at"),
        ({"measured": "reported"}, 70.0, (None, None), "reported"),
        ({"measured": "since", "period": "2021:2022M03"}, 70.0, (None, None), "since"),
        ({"measured": "since", "period": "2022M03"}, 70.0, (None, None), "since"),
    ],
)  # fmt: skip
def test_limits_and_the_way_of_counting(
    changed: dict[str, str],
    value: float | None,
    limits: tuple[float | None, float | None],
    measured: str,
) -> None:
    (row,), problems = read(cells(**changed))
    assert problems == []
    assert (row.value, (row.low, row.high), row.measured) == (value, limits, measured)


def test_all_of_a_row_is_read() -> None:
    row = cells(
        period="2024Q4", value="31", numerator="21", denominator="68", status="approximate",
        as_published="knap en tredjedel", note="Se bilag 1",
    )  # fmt: skip
    assert read(row) == (
        [
            ObservationRow(
                "rate", "aarhus", "all", parse_period("2024K4"), 31.0, 21.0, 68.0, "approximate", 0,
                "knap en tredjedel", "Se bilag 1", "paper",
            )
        ],
        [],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "code", "column", "told"),
    [
        ({"indicator_id": "rat"}, "unknown_indicator", "indicator_id", "Mente du »rate«"),
        ({"area_id": "arhus"}, "unknown_area", "area_id", "Mente du »aarhus«?"),
        ({"group_id": "alle"}, "unknown_group", "group_id", "Gruppen kendes ikke. Mente du »all«?"),
        ({"source_id": "x"}, "unknown_source", "source_id", "Vælg en af: paper."),
        ({"status": "finale"}, "unknown_status", "status", "Mente du »final«?"),
        ({"status": ""}, "unknown_status", "status", "Vælg en af: final, "),
        ({"period": "2024H3"}, "unknown_period", "period", "Skriv for eksempel 2022, "),
        ({"value": "9,7"}, "not_a_number", "value", "Skriv tallet med punktum"),
        ({"value": "", "status": "final"}, "not_a_number", "value", "Værdien mangler."),
        ({"numerator": "x"}, "not_a_number", "numerator", "»x« Feltet er ikke et tal."),
        ({"denominator": "x"}, "not_a_number", "denominator", "»x« Feltet er ikke et tal."),
        ({"value": "5", "status": "suppressed"}, "unknown_status", "status", "Slet værdien"),
        ({"value": "", "status": "suppressed", "numerator": "3", "denominator": "68"},
         "unknown_status", "numerator", "»3« En skjult værdi røbes af sin tæller."),
        ({"value": "100.1"}, "out_of_range", "value", "skal være 0-100 %"),
        ({"value": "-0.1"}, "out_of_range", "value", "skal være 0-100 %"),
        ({"indicator_id": "persons", "value": "-1"}, "out_of_range", "value", "være negativt"),
        ({"denominator": "-1"}, "out_of_range", "denominator", "kan ikke være negativt"),
        ({"value": "50", "numerator": "9", "denominator": "8"}, "numerator_exceeds_denominator",
         "denominator", "Tælleren er større end nævneren."),
        ({"indicator_id": "persons", "value": "9", "denominator": "8"},
         "numerator_exceeds_denominator", "denominator", "Tælleren er større end nævneren."),
        ({"measured": "siden"}, "unknown_value", "measured", "»siden« Opgørelsesmåden kendes"),
        ({"measured": "sinc"}, "unknown_value", "measured", "Mente du »since«?"),
        ({"low": "x"}, "not_a_number", "low", "»x« Feltet er ikke et tal."),
        ({"indicator_id": "persons", "status": "range", "value": "", "low": "40", "high": "50",
          "denominator": "33"}, "numerator_exceeds_denominator", "denominator", "større end"),
        ({"status": "at_least", "value": "30", "numerator": "10", "denominator": "33"},
         "unknown_status", "numerator", "ingen tæller"),
        ({"period": "2022M05D31", "measured": "since"}, "unknown_value", "measured", "En dag"),
        ({"status": "range", "value": "", "low": "2", "high": "3,5"}, "not_a_number", "high",
         "»3,5« Feltet er ikke et tal."),
        # limits that do not fit
        ({"low": "2"}, "unknown_status", "status", "Andre tal har ingen grænser."),
        ({"high": "80"}, "unknown_status", "status", "Andre tal har ingen grænser."),
        ({"status": "range", "low": "2", "high": "3"}, "unknown_status", "status", "ingen value"),
        ({"status": "range", "value": "", "low": "2"}, "unknown_status", "status",
         "low under high"),
        ({"status": "range", "value": "", "high": "3"}, "unknown_status", "status",
         "low under high"),
        ({"status": "range", "value": ""}, "unknown_status", "status", "low under high"),
        ({"status": "range", "value": "", "low": "3", "high": "2"}, "unknown_status", "status",
         "low under high"),
        ({"status": "range", "value": "", "low": "3", "high": "3"}, "unknown_status", "status",
         "low under high"),
        ({"status": "at_least", "value": ""}, "unknown_status", "status", "kun value"),
        ({"status": "at_least", "value": "30", "low": "29"}, "unknown_status", "status",
         "kun value"),
        ({"status": "at_least", "value": "30", "high": "40"}, "unknown_status", "status",
         "kun value"),
        ({"status": "at_most", "value": "30", "low": "20"}, "unknown_status", "status",
         "kun value"),
        ({"status": "at_most", "value": "30", "high": "31"}, "unknown_status", "status",
         "kun value"),
        ({"status": "suppressed", "value": "", "low": "2", "high": "3"}, "unknown_status", "status",
         "Andre tal har ingen grænser."),
        ({"status": "range", "value": "", "low": "2", "high": "101"}, "out_of_range", "high",
         "uden for det mulige"),
        ({"status": "range", "value": "", "low": "-1", "high": "3"}, "out_of_range", "low",
         "uden for det mulige"),
        ({"indicator_id": "persons", "status": "range", "value": "", "low": "-1", "high": "3"},
         "out_of_range", "low", "uden for det mulige"),
        ({"value": "30", "numerator": "21", "denominator": "68"}, "value_mismatch", "value",
         "21 af 68 er 30,9\u00a0%"),
    ],
)  # fmt: skip
def test_each_fault(changed: dict[str, str], code: str, column: str, told: str) -> None:
    rows, (problem,) = read(cells(**changed))
    assert rows == []
    assert (problem.code, problem.severity, problem.file) == (code, "error", "paper.csv")
    assert (problem.row, problem.column) == (2, column)
    assert problem.value == cells(**changed)[column]
    assert told in problem.sentence()


@pytest.mark.parametrize(
    ("value", "numerator", "denominator", "agrees"),
    [
        ("30.9", "21", "68", True),  # 30.88
        ("31", "21", "68", True),
        ("30.8", "21", "68", False),
        ("30", "21", "68", False),
        ("38.25", "3060", "8000", True),
        ("2", "3", "200", True),  # 1.5 may be rounded up
        ("1", "3", "200", True),  # or cut
        ("0", "0", "68", True),
        ("30", "", "68", True),  # nothing to check with
        ("30", "0", "0", True),
    ],
)
def test_value_against_counts(value: str, numerator: str, denominator: str, agrees: bool) -> None:
    row = cells(value=value, numerator=numerator, denominator=denominator)
    assert [one.code for one in read(row)[1]] == ([] if agrees else ["value_mismatch"])


def test_a_mismatch_that_a_claim_questions_is_a_warning_and_the_row_is_kept() -> None:
    (row,), (problem,) = read(cells(area_id="odense", value="30", numerator="21", denominator="68"))
    assert (problem.code, problem.severity) == ("value_mismatch", "warning")
    assert row.value == 30


def test_all_faults_of_all_rows_are_told_at_once() -> None:
    rows, problems = read(
        cells(area_id="x", value="ti", status="y"), cells(), cells(period="i fjor", numerator="?")
    )
    assert [row.period.text for row in rows] == ["2022"]
    assert [(problem.row, problem.column) for problem in problems] == [
        (2, "area_id"), (2, "status"), (2, "value"), (4, "period"), (4, "numerator"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("second", "lines"),
    [
        (cells(), [3]),
        (cells(value="71.0"), [3]),
        (cells(period="2022Y01"), [3]),  # the same year, written otherwise
        (cells(area_id="odense"), []),
        (cells(period="2021"), []),
    ],
)
def test_the_same_key_twice(second: dict[str, str], lines: list[int]) -> None:
    _, problems = read(cells(), second)
    assert [problem.row for problem in problems if problem.code == "duplicate_key"] == lines


def test_the_same_key_twice_names_the_first_line() -> None:
    rows, (problem,) = read(cells(), cells(area_id="odense"), cells(value="71.0"))
    assert problem.sentence() == (
        "paper.csv, linje 4, kolonne period: »2022« Samme nøgle står i linje 2. "
        "Behold én af rækkerne."
    )
    assert [row.value for row in rows] == [70.0, 70.0]


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("12,5", "12.5"), ("12.5", "12.5"), ("−25,4 %", "-25.4"), (" 62 % ", "62"),
        ("800.000", "800000"), ("-1.234.567,8", "-1234567.8"), ("1 234", "1234"),
        ("0.125", "0.125"), ("1234.567", "1234.567"),  # no thousands are divided like that
        ("1.23.4", "1.23.4"), ("høj", "høj"), ("12,5,1", "12,5,1"), ("", ""),
    ],
)  # fmt: skip
def test_typed_number(typed: str, number: str) -> None:
    assert typed_number(typed) == number
