"""The codes of problems, and what is said of each."""

import ast
from dataclasses import replace
from pathlib import Path

from kpi.domain.errors import Problem
from kpi.domain.problem_codes import PROBLEM_CODES, PROBLEM_KINDS

ROOT = Path(__file__).resolve().parents[3]


def test_every_code_has_a_name_of_its_own() -> None:
    apart = {*PROBLEM_KINDS} ^ {*PROBLEM_CODES}
    assert not apart, f"in ProblemCode or in PROBLEM_KINDS, and not in both: {apart}"
    assert len({kind.name for kind in PROBLEM_KINDS.values()}) == len(PROBLEM_KINDS)


def test_every_code_is_reported_somewhere() -> None:
    own = ROOT / "kpi" / "domain" / "problem_codes.py"
    sources = [path.read_text("utf-8") for path in (ROOT / "kpi").rglob("*.py") if path != own]
    assert [code for code in PROBLEM_CODES if not any(f'"{code}"' in text or f"'{code}'" in text
                                                      for text in sources)] == [], (
        "a code that nothing in kpi/ reports"
    )  # fmt: skip


def test_nouns_come_in_pairs() -> None:
    assert [
        code for code, kind in PROBLEM_KINDS.items() if bool(kind.one) != bool(kind.several)
    ] == []


def test_what_a_person_answers_is_an_error() -> None:
    questions = [kind for kind in PROBLEM_KINDS.values() if kind.is_question]
    assert {kind.severity for kind in questions} == {"error"}


def test_a_problem_names_its_severity_only_where_it_is_not_its_codes() -> None:
    reported = [
        (call.args[0].value, keyword.value.value)
        for path in (ROOT / "kpi").rglob("*.py")
        if "reported_as" in (text := path.read_text(encoding="utf-8"))  # few do: parsing is slow
        for call in ast.walk(ast.parse(text))
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id == "Problem"
        and call.args
        and isinstance(call.args[0], ast.Constant)
        for keyword in call.keywords
        if keyword.arg == "reported_as" and isinstance(keyword.value, ast.Constant)
    ]
    of_codes = [(code, kind.severity) for code, kind in PROBLEM_KINDS.items()]
    assert [pair for pair in reported if pair in of_codes] == []
    # A column of data/ that no table has is an error: nobody is asked there. And published figures
    # under a period of another kind: nobody means to publish them twice.
    errors = {code for code, severity in reported if severity == "error"}
    assert errors == {"ignored_column", "other_period_kind"}
    assert len(reported) > 3


def test_a_problem_has_the_severity_of_its_code() -> None:
    for code, kind in PROBLEM_KINDS.items():
        problem = Problem(code, "", None, None, None, "Nej.", "Ret.")
        assert problem.severity == kind.severity
        assert replace(problem, reported_as="warning").severity == "warning"
