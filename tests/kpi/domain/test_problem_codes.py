"""The codes of problems, and what is said of each."""

import ast
from pathlib import Path

from kpi.domain.problem_codes import PROBLEM_CODES, PROBLEM_KINDS, ProblemCode

ROOT = Path(__file__).resolve().parents[3]


def test_every_code_has_a_name_of_its_own() -> None:
    assert set(PROBLEM_KINDS) == set(PROBLEM_CODES)
    assert len({kind.name for kind in PROBLEM_KINDS.values()}) == len(PROBLEM_KINDS)


def test_nouns_come_in_pairs() -> None:
    assert [
        code for code, kind in PROBLEM_KINDS.items() if bool(kind.one) != bool(kind.several)
    ] == []


def test_what_a_person_answers_is_an_error() -> None:
    questions = [kind for kind in PROBLEM_KINDS.values() if kind.is_question]
    assert {kind.severity for kind in questions} == {"error"}


def test_warnings_are_never_errors() -> None:
    errors = {
        call.args[0].value
        for path in (ROOT / "kpi").rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id == "Problem"
        and [getattr(argument, "value", None) for argument in call.args[1:2]] == ["error"]
        and isinstance(call.args[0], ast.Constant)
    }
    warnings: set[ProblemCode] = {
        code for code, kind in PROBLEM_KINDS.items() if kind.severity == "warning"
    }
    # A column of data/ that no table has is an error: nobody is asked there.
    assert errors & warnings == {"ignored_column"}
    assert len(errors) > 10
