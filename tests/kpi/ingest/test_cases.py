"""Files as people have met them, each with what is right: never a wrong number without a word.

The file is read as the command line and the page read it; `cases/NN-recipe.toml` belongs to NN.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kpi.domain.errors import Problem
from kpi.ingest.checked import Checked
from tests.kpi.ingest.checked import Desk, codes, read

_CASES = Path(__file__).with_name("cases")


@pytest.fixture
def case(real: Desk) -> Callable[..., Checked]:
    """Checks the case of a number, with its recipe where it has one."""

    def check(name: str, **said: Any) -> Checked:
        (path,) = (path for path in _CASES.glob(f"{name}*") if path.suffix != ".toml")
        recipe = _CASES / f"{name[:2]}-recipe.toml"
        text = recipe.read_text(encoding="utf-8") if recipe.exists() else None
        return real.check(path.read_bytes(), text, path.name, **said)

    return check


Case = Callable[..., Checked]


def _of(checked: Checked, code: str) -> list[Problem]:
    return [problem for problem in checked.problems if problem.code == code]


def _values(checked: Checked) -> set[float | None]:
    return {value for _, _, _, value, _ in read(checked)}


def test_raised_marks_never_become_digits(case: Case) -> None:
    checked = case("01")
    assert {12.4, 75.0} <= _values(checked)
    assert not {12.41, 752.0} & _values(checked)
    marks = _of(checked, "cell_mark")
    assert [problem.row for problem in marks] == [2, 4]
    assert "(»¹«)" in marks[0].message
    assert "(»²«)" in marks[1].message


def test_fractions_in_a_percent_measure_are_asked_about(case: Case) -> None:
    checked = case("03")
    assert not checked.publishable
    (scale,) = _of(checked, "scale")
    assert "andele" in scale.message
    assert _values(case("03", scale=100.0)) >= {57.1, 55.1}
    assert case("03", scale=100.0).publishable
    assert 0.57 in _values(case("03", scale=1.0))  # one decimal more than is shown


def test_fractions_of_a_power_bi_export_are_asked_about_and_its_total_is_reported(
    case: Case,
) -> None:
    checked = case("28")
    assert "scale" in codes(checked)
    totals = [problem for problem in _of(checked, "ignored_row") if problem.row == 6]
    assert len(totals) == 1
    assert "unknown_period" not in codes(checked)


def test_a_count_is_whole_so_thousands_are_ambiguous(case: Case) -> None:
    checked = case("05")
    assert not checked.publishable
    assert {problem.row for problem in _of(checked, "ambiguous_number")} >= {2, 3}


def test_a_date_shown_as_a_month_is_the_month(case: Case) -> None:
    assert {period for _, _, period, *_ in read(case("07"))} == {"2025M01", "2025M02", "2025M03"}


def test_hidden_rows_are_read_and_reported(case: Case) -> None:
    checked = case("08")
    assert checked.observations == 3
    (hidden,) = _of(checked, "hidden_cells")
    assert "2 skjulte rækker er læst med" in hidden.message


def test_a_column_of_another_group_is_no_silent_part_of_the_recipes_group(case: Case) -> None:
    checked = case("10")
    (about,) = (problem for problem in checked.problems if problem.column == "Herkomst")
    assert (about.code, about.severity, about.value) == ("unused_column", "error", "Dansk")
    assert not checked.publishable


def test_a_column_of_two_indicators_is_no_file_of_one(case: Case) -> None:
    checked = case("11")
    assert not checked.publishable
    assert any(
        problem.severity == "error" and problem.column == "nøgletal" for problem in checked.problems
    )


def test_status_codes_of_jsonstat_are_understood(case: Case) -> None:
    assert [(area, period, status) for area, _, period, _, status in read(case("13"))] == [
        ("aarhus", "2023", "final"),
        ("aarhus", "2024", "preliminary"),
        ("odense", "2023", "suppressed"),
        ("odense", "2024", "final"),
    ]


def test_a_px_file_says_what_is_missing(case: Case) -> None:
    assert "område" not in {problem.column for problem in case("14").problems}
    problems = case("17").problems
    (measures,) = [problem for problem in problems if problem.code == "several_measures"]
    assert "2" in measures.message
    assert "duplicate_key" not in codes(case("17"))


def test_sdmx_periods_and_flags_are_read(case: Case) -> None:
    checked = case("20")
    assert {(period, status) for _, _, period, _, status in read(checked)} == {
        ("2023", "final"),
        ("2024K1", "preliminary"),
        ("2024H1", "suppressed"),
        ("2024M01", "approximate"),
        ("2024U01", "final"),
    }
    assert checked.observations == 5


@pytest.mark.parametrize(
    "name", ["21", "24", "25", "26-footer-notes.csv", "26-footer-notes.xlsx", "40"]
)
def test_ordinary_files_are_read(case: Case, name: str) -> None:
    checked = case(name)
    assert checked.publishable, [problem.sentence() for problem in checked.problems]


def test_text_under_a_table_is_reported_once(case: Case) -> None:
    for name in ("26-footer-notes.csv", "26-footer-notes.xlsx"):
        (text,) = _of(case(name), "ignored_row")
        assert "tekst under tabellen" in text.message


def test_a_wrong_encoding_is_named(case: Case) -> None:
    checked = case("32")
    assert codes(checked) == ["encoding"]
    assert "tegnsæt" in checked.problems[0].message


def test_status_words_are_reported_in_danish(case: Case) -> None:
    words = " ".join(problem.sentence() for problem in case("35").problems)
    assert "final" not in words
    assert "preliminary" not in words


def test_unknown_names_are_not_taken_for_other_real_things(case: Case) -> None:
    words = " ".join(
        problem.sentence() for name in ("36", "37", "38") for problem in case(name).problems
    )
    assert "Frederikssund" not in words
    assert "Udskoling" not in words
    assert {*codes(case("36"))} == {"unknown_indicator"}
    assert {*codes(case("37"))} == {"unknown_area"}
    assert {*codes(case("38"))} == {"unknown_group", "unknown_source"}


def test_marks_beside_a_number_have_hints_that_fit(case: Case) -> None:
    checked = case("41")
    assert not [
        problem
        for problem in checked.problems
        if problem.hint == "Skriv tallet med cifre og ét decimaltegn."
    ]


def test_five_mistakes_stay_five(case: Case) -> None:
    assert [
        (problem.code, problem.row)
        for problem in case("43").problems
        if problem.severity == "error"
    ] == [
        ("unknown_area", 3),
        ("unknown_group", 4),
        ("unknown_period", 5),
        ("not_a_number", 6),
        ("duplicate_key", 7),
        ("duplicate_key", 8),
    ]
