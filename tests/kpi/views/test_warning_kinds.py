"""Warnings are ticked off a kind at a time, beside their worst examples."""

from kpi.cli.file_answers import check_text
from kpi.domain.errors import Problem
from kpi.domain.problem_codes import ProblemCode
from kpi.ingest.checked import Checked
from kpi.views.warning_kinds import FOR_THE_RECORD, WarningKind, unseen_words, warning_kinds
from tests.tables import for_each


def warning(code: ProblemCode, row: int | None = None, weight: float = 0.0) -> Problem:
    message = f"Nr. {weight:g}."
    return Problem(
        code, "", row, "værdi", None, message, "Se.", weight=weight, reported_as="warning"
    )


def checked(*problems: Problem) -> Checked:
    return Checked("tal.csv", "table_csv", 9, 9, problems, new=9)


def kinds_of(*problems: Problem) -> list[WarningKind]:
    return list(warning_kinds(checked(*problems)))


def test_a_tick_a_kind_with_the_worst_examples() -> None:
    big = [warning("big_change", row, weight=row % 7) for row in range(2, 1202)]
    first, second, third = kinds_of(
        *big,
        warning("from_zero", 5, weight=20),
        warning("ignored_row", 3),
        warning("suppressed", 4),
    )
    assert (first.label, first.count) == ("Jeg har gennemgået tallet, der er 0", 1)
    assert second.label == "Jeg har gennemgået de 1.200 store ændringer"
    assert second.examples == ("Række 6: Nr. 6.", "Række 13: Nr. 6.", "Række 20: Nr. 6.")
    assert second.hint == "Se."
    # What needs no action shares a tick.
    assert third.key == FOR_THE_RECORD
    assert third.label == "Jeg har gennemgået de 2 advarsler, der ikke kræver handling"
    assert third.examples == ("Række springes over (1) og Skjult eller ikke oplyst (1).",)


@for_each(
    ("problems", "labels"),
    [
        ([], []),
        ([warning("approximate", 5)], ["Jeg har gennemgået advarslen"]),
        ([warning("approximate", 5)] * 3, ["Jeg har gennemgået de 3 advarsler"]),
        ([warning("big_change", 5)], ["Jeg har gennemgået den store ændring"]),
        (
            [warning("fewer_areas")],
            ["Jeg har gennemgået advarslen »Færre områder end sidst«"],
        ),
        (
            [warning("fewer_areas")] * 2,
            ["Jeg har gennemgået de 2 advarsler »Færre områder end sidst«"],
        ),
        # An error is no warning.
        ([Problem("scale", "", 2, None, None, "Nej.", "Ret.")], []),
    ],
)
def test_labels(problems: list[Problem], labels: list[str]) -> None:
    assert [kind.label for kind in kinds_of(*problems)] == labels


def test_a_locked_button_names_what_is_not_seen() -> None:
    kinds = kinds_of(warning("big_change", 2), warning("outlier", 3), warning("suppressed", 4))
    assert unseen_words(kinds[:1], kinds[:1]) == "advarslen"
    several = kinds_of(warning("big_change", 2), warning("big_change", 3))
    assert unseen_words(several, several) == "advarslerne"
    assert unseen_words(kinds[1:], kinds) == (
        "advarslerne om »Usandsynligt tal« og »Kræver ingen handling«"
    )


def test_the_command_line_shows_the_worst_of_a_kind() -> None:
    big = [warning("big_change", row, weight=row) for row in range(2, 3445)]
    wrong = [Problem("not_a_number", "", row, None, f"x{row}", "Nej.", "Ret.")
             for row in range(2, 20)]  # fmt: skip
    lines = check_text(checked(*wrong, *big, warning("suppressed", 7))).splitlines()
    assert [line for line in lines if "suppressed" in line] == [
        "advarsel suppressed række 7, »værdi«: Nr. 0. Se."
    ]
    assert len([line for line in lines if line.startswith("FEJL not_a_number")]) == 18
    of_kind = [line for line in lines if line.startswith("advarsel big_change")]
    assert len(of_kind) == 11
    assert of_kind[0].startswith("advarsel big_change række 3435,")
    assert of_kind[-1] == "advarsel big_change: ... og 3.433 til (se dem alle med --json)."


def test_an_example_without_a_row_names_what_it_is_about() -> None:
    ended = Problem("area_ended", "", None, "område", "Toften", "Det gælder ikke.", "")
    (kind,) = kinds_of(ended)
    assert kind.examples == ("»Toften«: Det gælder ikke.",)
