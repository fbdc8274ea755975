"""What a message says: nearest choices, and a problem in one sentence."""

import pickle

from kpi.domain.errors import NONE_ALIKE, KpiError, Problem, choices_hint, nearest
from tests.tables import for_each

MANY = list("abcdefghijklm")
AREAS = ["aarhus", "aalborg", "aabenraa", "gellerup", "viby_syd"]


@for_each(
    ("wanted", "suggestions"),
    [
        ("arhus", ["aarhus"]),
        ("Aarhus", ["aarhus"]),  # letter case is no difference
        ("gelerup", ["gellerup"]),
        ("aalborrg", ["aalborg"]),
        ("new york", []),
        ("", []),
    ],
)
def test_nearest(wanted: str, suggestions: list[str]) -> None:
    assert nearest(wanted, AREAS) == suggestions


def test_the_best_comes_first_and_most_three() -> None:
    valid = ["forløbx", "forlløb", "forløbene", "forløb", "forlqb"]
    assert nearest("forløb", valid) == ["forløb", "forløbx", "forlløb"]


def test_choices_keep_their_own_spelling() -> None:
    assert nearest("ÆRØ KOMMUNE", ["Ærø Kommune"]) == ["Ærø Kommune"]


@for_each(
    ("wanted", "valid", "hint"),
    [
        ("gelerup", AREAS, "Mente du »gellerup«?"),
        ("forløp", ["forløb", "nul", "forløs"], "Mente du »forløb« eller »forløs«?"),
        ("x", ["a1", "b2"], "Vælg en af: a1, b2."),
        ("x", list("abcdefghijkl"), "Vælg en af: a, b, c, d, e, f, g, h, i, j, k, l."),
        ("x", list("abcdefghijklm"), NONE_ALIKE),
        (
            "Beskæftigelse",
            [*MANY, "Beskæftigelse 16-64 år"],
            "Navne, der begynder ens: »Beskæftigelse 16-64 år«. Er det et af dem, så skriv hele "
            "navnet.",
        ),
        # Another word is another thing, and what most begin with is suggested for none.
        ("Nord", [*MANY, "Nordfyns"], NONE_ALIKE),
        ("Nordfyns Vest", [*MANY, "Nordfyns"], NONE_ALIKE),
        ("Region", [*MANY, *(f"Region {letter}" for letter in "ABCDE")], NONE_ALIKE),
        ("", [*MANY, " x"], NONE_ALIKE),
    ],
)
def test_choices_hint(wanted: str, valid: list[str], hint: str) -> None:
    assert choices_hint(wanted, valid) == hint


def test_a_kpi_error_says_both_parts() -> None:
    error = KpiError("Ukendt område", "»atlantis« findes ikke.")
    assert (error.title, error.message) == ("Ukendt område", "»atlantis« findes ikke.")
    assert str(error) == "Ukendt område: »atlantis« findes ikke."


@for_each(
    ("row", "column", "value", "sentence"),
    [
        (7, "value", "ti", "a.csv, linje 7, kolonne value: »ti« Intet tal. Ret det."),
        (1, "status", None, "a.csv, linje 1, kolonne status: Intet tal. Ret det."),
        (7, "value", "", "a.csv, linje 7, kolonne value: Intet tal. Ret det."),
        (None, None, None, "a.csv: Intet tal. Ret det."),
    ],
)
def test_a_problem_in_one_sentence(
    row: int | None, column: str | None, value: str | None, sentence: str
) -> None:
    problem = Problem("not_a_number", "a.csv", row, column, value, "Intet tal.", "Ret det.")
    assert problem.sentence() == sentence


class _RefusedError(KpiError):
    def __init__(self, problems: list[str]) -> None:
        super().__init__("Filen kan ikke læses", "Den er tom.")
        self.problems = problems


@for_each("error", [KpiError("Filen mangler", "Læg den tilbage."), _RefusedError(["række 3"])])
def test_another_process_raises_the_same(error: KpiError) -> None:
    again = pickle.loads(pickle.dumps(error))  # noqa: S301
    assert (type(again), str(again), vars(again)) == (type(error), str(error), vars(error))
