"""The figures of data/: what is read of a row, and what each fault is called."""

from dataclasses import replace
from datetime import date
from typing import Any

from kpi.domain.errors import Problem
from kpi.domain.kinds import KIND_PROPERTIES
from kpi.domain.vocabulary import Kind, MeasuredHow
from kpi.ingest.data_figures import figures_of
from kpi.ingest.meaning.exact import KnownIds
from tests.tables import for_each

KNOWN = KnownIds(
    kinds={"rate": "proportion", "persons": "count", "mean": "mean", "hours": "amount"},
    areas=["aarhus", "odense"],
    groups=["all"],
    sources=["paper"],
)
CLAIM = {"indicator_id": "rate", "area_id": "odense", "group_id": "all", "period": "2022"}


def cells(**changed: str) -> dict[str, str]:
    """A faultless row, but for what is changed."""
    return {
        "indicator_id": "rate", "area_id": "aarhus", "group_id": "all", "period": "2022",
        "value": "70.0", "numerator": "", "denominator": "", "status": "final",
        "as_published": "", "note": "", "source_id": "paper", "low": "", "high": "",
        "measured": "", **changed,
    }  # fmt: skip


def read(*rows: dict[str, str]) -> tuple[list[dict[str, Any]], list[Problem]]:
    """The rows as if they were in a file from line 2 on."""
    figures, problems = figures_of(list(enumerate(rows, start=2)), KNOWN, [CLAIM])
    return figures.to_pylist(), problems


# What a row says, its value and decimals.
VALID: list[tuple[dict[str, str], float | None, int | None]] = [
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
    # The sum of hours or kroner is no number of persons.
    ({"indicator_id": "mean", "value": "1.5", "numerator": "3", "denominator": "2"}, 1.5, 1),
    ({"indicator_id": "hours", "value": "9", "numerator": "18", "denominator": "2"}, 9.0, 0),
    ({"indicator_id": "persons", "value": "3.5"}, 3.5, 1),  # full-time persons
]


def test_valid_rows() -> None:
    rows, problems = read(
        *(cells(period=f"{year}", **changed) for year, (changed, *_) in enumerate(VALID, 2000))
    )
    assert problems == []
    assert {row["period"]: (row["value"], row["decimals"]) for row in rows} == {
        f"{year}": (value, decimals) for year, (_, value, decimals) in enumerate(VALID, 2000)
    }


@for_each("kind", KIND_PROPERTIES)
def test_a_kind_has_the_values_of_its_row(kind: Kind) -> None:
    known = replace(KNOWN, kinds={"it": kind})
    properties = KIND_PROPERTIES[kind]
    ends = [(properties.lowest, -0.1), (properties.highest, 0.1)]
    inside = [-1e6 if properties.lowest is None else properties.lowest]
    inside.append(1e6 if properties.highest is None else properties.highest)
    outside = [end + beyond for end, beyond in ends if end is not None]
    rows = [
        (year, cells(indicator_id="it", value=f"{value:.1f}", period=f"{year}"))
        for year, value in enumerate((*inside, *outside), 2000)
    ]
    _, problems = figures_of(rows, known, [])
    assert [(problem.row, problem.code) for problem in problems] == [
        (year, "out_of_range") for year, _ in rows[len(inside) :]
    ]


LIMITS: list[
    tuple[dict[str, str], float | None, tuple[float | None, float | None], MeasuredHow]
] = [
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
]  # fmt: skip


def test_limits_and_the_way_of_counting() -> None:
    said = [
        cells(**{"period": f"{year}", **changed}) for year, (changed, *_) in enumerate(LIMITS, 2000)
    ]
    rows, problems = read(*said)
    assert problems == []
    assert {
        row["period"]: (row["value"], (row["low"], row["high"]), row["measured"]) for row in rows
    } == {row["period"]: tuple(of) for row, (_, *of) in zip(said, LIMITS, strict=True)}


def test_all_of_a_row_is_read() -> None:
    row = cells(
        period="2024Q4", value="31", numerator="21", denominator="68", status="approximate",
        as_published="knap en tredjedel", note="Se bilag 1",
    )  # fmt: skip
    (figure,), problems = read(row)
    assert problems == []
    assert figure == {
        "indicator_id": "rate", "area_id": "aarhus", "group_id": "all", "period": "2024K4",
        "value": 31.0, "numerator": 21.0, "denominator": 68.0, "status": "approximate",
        "decimals": 0, "as_published": "knap en tredjedel", "note": "Se bilag 1",
        "source_id": "paper", "low": None, "high": None, "measured": "over",
        "period_kind": "quarter", "period_start": date(2024, 10, 1),
        "period_end": date(2024, 12, 31),
    }  # fmt: skip


# What a row says, the code of its only problem, its column and words of its sentence.
FAULTS: list[tuple[dict[str, str], str, str, str]] = [
    ({"indicator_id": "rat"}, "unknown_indicator", "indicator_id", "Mente du »rate«"),
    ({"area_id": "arhus"}, "unknown_area", "area_id", "Mente du »aarhus«?"),
    ({"group_id": "alle"}, "unknown_group", "group_id", "Gruppen findes ikke. Mente du »all«?"),
    ({"source_id": "x"}, "unknown_source", "source_id", "Vælg en af: paper."),
    ({"status": "finale"}, "unknown_status", "status", "Mente du »final«?"),
    ({"status": ""}, "unknown_status", "status", "Vælg en af: final, "),
    ({"period": "2024H3"}, "unknown_period", "period", "Skriv for eksempel 2022, "),
    ({"value": "9,7"}, "not_a_number", "value", "Skriv tallet med punktum"),
    ({"value": "", "status": "final"}, "not_a_number", "value", "Værdien mangler."),
    ({"numerator": "x"}, "not_a_number", "numerator", "»x« Feltet er ikke et tal."),
    ({"denominator": "x"}, "not_a_number", "denominator", "»x« Feltet er ikke et tal."),
    ({"value": "5", "status": "suppressed"}, "unknown_status", "status", "Slet tallet"),
    ({"value": "", "status": "suppressed", "numerator": "3", "denominator": "68"},
     "unknown_status", "status", "Slet tallet, eller ret status."),
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
     "unknown_status", "status", "kun value"),
    ({"period": "2022M05D31", "measured": "since"}, "unknown_value", "measured", "En dag"),
    ({"status": "range", "value": "", "low": "2", "high": "3,5"}, "not_a_number", "high",
     "»3,5« Feltet er ikke et tal."),
    # limits that do not fit
    ({"low": "2"}, "unknown_status", "status", "Andre tal har ingen grænser."),
    ({"high": "80"}, "unknown_status", "status", "Andre tal har ingen grænser."),
    ({"status": "range", "low": "2", "high": "3"}, "value_mismatch", "value", "ingen værdi"),
    ({"status": "range", "value": "", "low": "2"}, "unknown_status", "status",
     "low under high"),
    ({"status": "range", "value": "", "high": "3"}, "unknown_status", "status",
     "low under high"),
    ({"status": "range", "value": ""}, "unknown_status", "status", "low under high"),
    ({"status": "range", "value": "", "low": "3", "high": "2"}, "out_of_range", "low",
     "mindre end den høje"),
    ({"status": "range", "value": "", "low": "3", "high": "3"}, "out_of_range", "low",
     "mindre end den høje"),
    ({"status": "at_least", "value": ""}, "not_a_number", "value", "Værdien mangler."),
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
]  # fmt: skip


def test_each_fault() -> None:
    faulty = [cells(**changed) for changed, *_ in FAULTS]
    rows, problems = read(*faulty)
    assert rows == []
    assert [
        (problem.row, problem.code, problem.severity, problem.column, problem.value)
        for problem in problems
    ] == [
        (number, code, "error", column, faulty[number - 2][column])
        for number, (_, code, column, _) in enumerate(FAULTS, 2)
    ]
    sentences = [problem.sentence() for problem in problems]
    assert [
        (sentence, words)
        for sentence, (*_, words) in zip(sentences, FAULTS, strict=True)
        if words not in sentence
    ] == []


# Value, numerator and denominator, and whether they agree.
COUNTS = [
    ("30.9", "21", "68", True),  # 30.88
    ("31", "21", "68", True),
    ("30.8", "21", "68", False),
    ("30", "21", "68", False),
    ("38.25", "3060", "8000", True),
    ("2", "3", "200", True),  # 1.5 may be rounded up
    ("1", "3", "200", True),  # or cut
    ("0", "0", "68", True),
    ("30", "", "68", True),  # nothing to check with
    ("0", "0", "0", True),
    ("30", "0", "0", False),  # nobody has a share
]


def test_value_against_counts() -> None:
    _, problems = read(
        *(
            cells(period=f"{year}", value=value, numerator=numerator, denominator=denominator)
            for year, (value, numerator, denominator, _) in enumerate(COUNTS, 2000)
        )
    )
    assert [(problem.row, problem.code) for problem in problems] == [
        (number, "value_mismatch") for number, (*_, agrees) in enumerate(COUNTS, 2) if not agrees
    ]


def test_a_mismatch_that_a_claim_questions_is_kept() -> None:
    (row,), problems = read(cells(area_id="odense", value="30", numerator="21", denominator="68"))
    assert (problems, row["value"]) == ([], 30)


def test_all_faults_of_all_rows_are_reported_at_once() -> None:
    rows, problems = read(
        cells(area_id="x", value="ti", status="y"), cells(), cells(period="i fjor", numerator="?")
    )
    assert [row["period"] for row in rows] == ["2022"]
    assert [(problem.row, problem.column) for problem in problems] == [
        (2, "area_id"), (2, "status"), (2, "value"), (4, "period"), (4, "numerator"),
    ]  # fmt: skip


@for_each(
    ("second", "lines"),
    [
        (cells(), [2, 3]),
        (cells(value="71.0"), [2, 3]),
        (cells(period="2022Y01"), [2, 3]),  # the same year, written otherwise
        (cells(area_id="odense"), []),
        (cells(period="2021"), []),
    ],
)
def test_the_same_key_twice(second: dict[str, str], lines: list[int]) -> None:
    _, problems = read(cells(), second)
    assert [problem.row for problem in problems if problem.code == "duplicate_key"] == lines


def test_the_same_key_twice_names_the_other_line() -> None:
    rows, problems = read(cells(), cells(area_id="odense"), cells(value="71.0"))
    assert [problem.sentence() for problem in problems] == [
        f", linje {line}, kolonne period: »2022« Samme nøgletal, område, gruppe og periode står "
        f"også i række {other}. Behold én af rækkerne."
        for line, other in ((2, 4), (4, 2))
    ]
    assert [row["area_id"] for row in rows] == ["odense"]
