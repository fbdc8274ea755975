"""Of many problems of a kind a thousand are kept, and all are counted."""

from collections import Counter

import pytest

from kpi.cli.file_answers import check_answer, check_text
from kpi.domain.errors import Problem, count_of
from kpi.domain.problem_codes import ProblemCode
from kpi.ingest.checks.problem_limit import MOST_OF_A_CODE, and_more, limited
from kpi.ingest.mapping.choices import Choices
from kpi.store import init
from kpi.views.upload import steps, title
from kpi.views.upload_problems import (
    chosen,
    errors_of,
    first_of_each_kind,
    first_words,
    kinds,
    problems_csv,
    shown_words,
)
from tests.kpi.data_folder import write_tiny
from tests.kpi.ingest.checked import Desk

HEADER = "nøgletal;område;periode;værdi;tæller;nævner\n"
MANY = 1_500


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A store with one published figure."""
    folder = tmp_path_factory.mktemp("many")
    init(folder / "home", write_tiny(folder / "data", "rate,aarhus,all,2022,50.0,,,final"))
    return Desk.of(folder / "home")


def problem(code: ProblemCode, row: int, weight: float = 0.0, more: int = 0) -> Problem:
    return Problem(code, "", row, None, None, "", "", weight=weight, more=more)


def test_the_first_are_kept_and_the_last_counts_the_rest() -> None:
    kept = limited(
        [problem("not_a_number", row) for row in range(5)] + [problem("out_of_range", 9)], most=2
    )
    assert [(problem.code, problem.row, problem.more) for problem in kept] == [
        ("not_a_number", 0, 0),
        ("not_a_number", 1, 3),
        ("out_of_range", 9, 0),
    ]
    assert count_of(kept) == 6


def test_the_heaviest_are_kept_in_the_order_of_the_file() -> None:
    kept = limited([problem("not_a_number", row, weight=row) for row in range(5)], most=2)
    assert [(problem.row, problem.more) for problem in kept] == [(3, 0), (4, 3)]


def test_what_was_counted_before_is_counted_again() -> None:
    reported = and_more([problem("not_a_number", 1), problem("not_a_number", 2)], 7)
    assert count_of(limited(reported, most=1)) == 7
    assert and_more([], 7) == []
    assert and_more([problem("not_a_number", 1)], 1) == [problem("not_a_number", 1)]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("rate;Bydel {};2022;5;;", "unknown_area"),
        ("nøgle{};Aarhus;2022;5;;", "unknown_indicator"),
        ("rate;Aarhus;p{};5;;", "unknown_period"),
        ("rate;Aarhus;2022;5x{};;", "not_a_number"),
        ("rate;Aarhus;2022;{};;", "duplicate_key"),
        ("rate;Aarhus;{}-13;5;;", "unknown_period"),
    ],
)
def test_each_kind_keeps_a_thousand_and_counts_all(desk: Desk, row: str, code: ProblemCode) -> None:
    rows = "".join(row.format(number / 100) + "\n" for number in range(MANY))
    checked = desk.check(HEADER + rows)
    errors = [problem for problem in errors_of(checked) if problem.code == code]
    assert (len(errors), count_of(errors)) == (MOST_OF_A_CODE, MANY)
    assert errors[0].row == 2
    assert {"code": code, "severity": "error", "count": MANY} in check_answer(checked)[
        "problem_counts"
    ]
    assert "og 1.300 til (se op til 1.000 af hver slags med --json)" in check_text(checked)
    assert kinds(errors)[code].endswith(f"({MANY})")
    assert "Yderligere 500 problemer af samme slags." in problems_csv(errors).decode()
    assert shown_words(errors).startswith("Viser de første 100 af 1.500.")


def test_values_that_do_not_fit_their_counts_are_all_counted(desk: Desk) -> None:
    rows = "".join(
        f"rate;Aarhus;{1950 + number % 70}M{number // 70 % 12 + 1:02d};90;1;{20 + number}\n"
        for number in range(840)
    )
    rows += "".join(
        f"rate;Odense;{1950 + number % 70}M{number // 70 % 12 + 1:02d};90;1;{20 + number}\n"
        for number in range(660)
    )
    errors = [
        problem
        for problem in desk.check(HEADER + rows).problems
        if problem.code == "value_mismatch"
    ]
    assert (len(errors), count_of(errors)) == (MOST_OF_A_CODE, MANY)


def test_every_unknown_name_is_reported_before_further_rows_of_one(desk: Desk) -> None:
    rows = "rate;Bydel 1;2022;5;;\n" * MANY + "rate;Bydel 2;2022;5;;\n"
    errors = errors_of(desk.check(HEADER + rows))
    assert {error.value for error in errors} == {"Bydel 1", "Bydel 2"}
    assert errors[-1].row == MANY + 2
    assert count_of(errors) == MANY + 1


def test_the_page_says_how_many_there_are(desk: Desk) -> None:
    checked = desk.check(HEADER + "rate;Aarhus;2022;x;;\n" * MANY)
    assert "1.500" in title(checked, Choices())
    assert "1.500" in steps(checked, Choices())[2].text


@pytest.mark.parametrize("own_line", [0, 1_400])
def test_a_key_in_many_rows_names_some_of_them(desk: Desk, own_line: int) -> None:
    rows = "".join(f"rate;Aarhus;2022;{number / 100};;\n" for number in range(MANY))
    problems = [
        problem for problem in desk.check(HEADER + rows).problems if problem.code == "duplicate_key"
    ]
    assert problems[0].message.endswith("række 3, 4, 5, 6, 7 og 1494 til.")
    assert problems[9].message.endswith("række 2, 3, 4, 5, 6 og 1494 til.")


def test_a_column_of_too_many_texts_is_refused(desk: Desk) -> None:
    rows = "".join(f"rate;Bydel {number};2022;5;;\n" for number in range(100_001))
    (error,) = desk.check(HEADER + rows).problems
    assert error.code == "too_large"
    assert "»område« har mere end 100.000 forskellige tekster" in error.message


def test_suggestions_are_made_for_the_first_thousand_texts(desk: Desk) -> None:
    rows = "".join(f"rate;Bydel {number};2022;5;;\n" for number in range(MANY))
    errors = errors_of(desk.check(HEADER + rows))
    assert all("Ellers fjern rækken" in error.hint for error in errors)
    assert errors[0].hint.startswith("Vælg en af")
    assert errors[-1].hint.startswith("Vælg en af")  # of those reported, all were among the first


def test_of_many_warnings_the_first_of_each_kind_are_shown_and_every_error() -> None:
    codes: list[ProblemCode] = ["big_change", "not_a_number", "outlier"]
    problems = [
        Problem(code, "", row, "værdi", "1", "Sådan.", "Ret det.")
        for row in range(10) for code in codes
    ]  # fmt: skip
    assert first_of_each_kind(problems) == problems  # so few are read at a glance
    many = [*problems, *problems]
    shown = first_of_each_kind(many)
    assert Counter(each.code for each in shown) == {
        "not_a_number": 20, "big_change": 3, "outlier": 3,
    }  # fmt: skip
    of_one_kind = chosen(many, "warning", "outlier")
    assert first_of_each_kind(of_one_kind) == of_one_kind
    assert "20 i alt" in first_words(of_one_kind)
