"""What several rules say of one figure, or of one period, is said once."""

from itertools import combinations

import pytest

from kpi.domain.errors import Problem
from kpi.domain.problem_codes import ProblemCode
from kpi.ingest.checks.once import each_once
from tests.kpi.ingest.checked import Desk, codes
from tests.tables import for_each

ORDER: tuple[ProblemCode, ...] = (
    "scale", "tenfold", "from_zero", "unlike_others", "outlier", "big_change",
)  # fmt: skip


def of(code: ProblemCode, row: int | None = 2, value: str = "7", column: str = "værdi",
       message: str = "", hint: str = "", more: int = 0) -> Problem:  # fmt: skip
    return Problem(code, "", row, column, value, message, hint, more=more)


@pytest.mark.parametrize("column", ["nøgletal", "område", "gruppe", "status"])
def test_a_label_beside_many_periods_is_unknown_once_a_line(desk: Desk, column: str) -> None:
    known = {"nøgletal": "Selvforsørgelsesgrad", "område": "Aarhus", "gruppe": "Alle",
             "kilde": "Danmarks Statistik", "status": "endelig"}  # fmt: skip
    line = ";".join((known | {column: "Ukendtland"}).values()) + ";70,1;71,2;72,3\n"
    checked = desk.check(";".join(known) + ";2021;2022;2023\n" + line + line)
    unknown = [problem.row for problem in checked.problems if problem.value == "Ukendtland"]
    assert unknown == [2, 3]


def test_a_figure_is_doubted_by_the_surest_rule_alone() -> None:
    for pair in combinations(ORDER, 2):
        for first, second in (pair, pair[::-1]):
            (kept,) = each_once([of(first), of(second)])
            assert kept.code == pair[0]


@for_each(
    "problems",
    [
        [of("tenfold"), of("big_change", row=3)],
        [of("tenfold"), of("big_change", column="2024")],  # another period of a wide table
        [of("tenfold"), of("big_change", value="8")],
        # two figures that are alike in all three: neither is lost
        [of("tenfold"), of("big_change"), of("big_change")],
        [of("tenfold"), of("big_change", more=5)],
        [of("tenfold", row=None), of("big_change", row=None)],
        [of("tenfold"), of("approximate"), of("not_a_number")],
        [of("future_period", value="2098"), of("future_period", value="2099")],
        [of("scale", message="A: x", hint="Ja: --scale 100. y"),
         of("unit_mismatch", row=None, message="men A er i kr.", hint="Ja: --scale 1000. y")],
        [of("scale", message="A: x", hint="Ja: --scale 1000. y"),
         of("unit_mismatch", row=None, message="men B er i kr.", hint="Ja: --scale 1000. y")],
    ],
)  # fmt: skip
def test_nothing_else_is_left_out(problems: list[Problem]) -> None:
    assert each_once(problems) == problems


def test_a_scale_and_a_period_are_asked_about_once(desk: Desk) -> None:
    head = "nøgletal;område;periode;værdi (1.000 kr.)\n"
    rows = "".join(f"pay;{area};2020;{400 + n}\n" for n, area in enumerate(("aarhus", "odense")))
    asked = codes(desk.check(head + rows))
    assert [code for code in asked if code in ("scale", "unit_mismatch")] == ["unit_mismatch"]
    far = "".join(f"few;aarhus;{year};{n}\n" for n in (1,) for year in (2097, 2098))
    far += "few;odense;2098;3\nfew;randers;2098;4\n"
    problems = desk.check("nøgletal;område;periode;værdi\n" + far).problems
    future = [problem for problem in problems if problem.code == "future_period"]
    assert [(problem.value, problem.row) for problem in future] == [("2097", 2), ("2098", 3)]
    assert "3 rækker" in future[1].message
    years = "".join(f"few;aarhus;{year};3\n" for year in range(2090, 2094))
    (together,) = [
        problem for problem in desk.check("nøgletal;område;periode;værdi\n" + years).problems
        if problem.code == "future_period"
    ]  # fmt: skip
    assert "4 perioder" in together.message
    assert "»2092« og 1 til" in together.message
    assert (together.row, together.more) == (2, 3)


@pytest.mark.parametrize(
    ("constant", "code"),
    [
        ({"period": "fisk"}, "unknown_period"),
        ({"period": "2024", "area": "fisk"}, "unknown_area"),
        ({"period": "2024", "group": "fisk"}, "unknown_group"),
    ],
)
def test_what_is_said_of_the_whole_file_is_wrong_once(
    tiny: Desk, constant: dict[str, str], code: str
) -> None:
    rows = "50;1\n40;2\n" if "area" in constant else "50;Aarhus\n40;Odense\n"
    content = f"Andel;{'Nr' if 'area' in constant else 'Kommune'}\n{rows}"
    checked = tiny.check(content, indicator_id="rate", constant=constant)
    (problem,) = [problem for problem in checked.problems if problem.severity == "error"]
    assert (problem.code, problem.row, problem.value) == (code, None, "fisk")
    assert "hele filen" in problem.message


def test_an_unknown_source_is_asked_about_once() -> None:
    rows = [of("unknown_source", row=row, value="jobindsats.dk") for row in (2, 3, 4)]
    other = of("unknown_source", row=5, value="avis")
    first, last = each_once([*rows, other])
    assert (first.row, "Det gælder 3 rækker" in first.message, last) == (2, True, other)
    # Where further rows are only counted, nobody knows which source they are of.
    counted = of("unknown_source", row=6, value="avis", more=9)
    assert each_once([*rows, counted]) == [*rows, counted]
