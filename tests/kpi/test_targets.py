"""Targets: the text beside a figure, and whether a straight road leads there."""

import pytest

from kpi.model import Observation
from kpi.plan import Target
from kpi.targets import NO_TARGET, course, next_target, target_name, target_text, targets_of
from tests.kpi.made import indicator, observation

RATE = indicator()


def target(value: float, period: str = "2026", state: str = "decided", note: str = "") -> Target:
    return Target("t", "rate", "aarhus", "all", period, value, state, note, "paper")


@pytest.mark.parametrize(
    ("targets", "row", "text"),
    [
        ([], observation(70.0), NO_TARGET),
        ([target(75)], None, "Besluttet: 75,0 % i 2026"),
        (
            [target(75)],
            observation(70.0),
            "Besluttet: 75,0 % i 2026; nu 5,0 procentpoint under målet",
        ),
        ([target(70)], observation(70.0), "Besluttet: 70,0 % i 2026; nu på niveau med målet"),
        (
            [target(75, state="proposed", note="Et loft")],
            observation(None, status="suppressed"),  # a hidden figure has no distance
            "Foreslået: 75,0 % i 2026. Et loft",
        ),
    ],
)
def test_target_text(targets: list[Target], row: Observation | None, text: str) -> None:
    assert target_text(targets, row, RATE).replace("\u00a0", " ") == text


@pytest.mark.parametrize(
    ("period", "chosen"), [("2022", "2024"), ("2024", "2024"), ("2025", "2026"), ("2030", "2026")]
)
def test_the_next_target_counts(period: str, chosen: str) -> None:
    found = next_target([target(75, "2026"), target(72, "2024")], observation(70.0, period))
    assert found is not None
    assert found.period == chosen


def test_targets_of_one_key_only() -> None:
    found = targets_of([target(75, "2026"), target(72, "2024")], "rate", "aarhus", "all")
    assert [one.period for one in found] == ["2024", "2026"]
    assert targets_of(found, "rate", "odense", "all") == ()
    assert target_name(found[0]) == "Mål 2024 (besluttet)"


@pytest.mark.parametrize(
    ("values", "aim", "words"),
    [
        # From 70 in 2020 to 76 in 2026 a straight line gives 72 in 2022.
        ([("2020", 70.0), ("2022", 72.5)], 76, "På vej mod målet"),
        ([("2020", 70.0), ("2022", 71.0)], 76, "Bagud"),
        ([("2020", 70.0), ("2022", 67.0)], 64, "På vej mod målet"),  # downwards
        ([("2020", 70.0), ("2022", 69.0)], 64, "Bagud"),
        ([("2022", 72.5)], 76, ""),  # one figure makes no road
        ([("2020", 76.0), ("2022", 70.0)], 76, ""),  # it began there
        ([("2020", 70.0), ("2030", 80.0)], 76, ""),  # the second is after the target
    ],
)
def test_course(values: list[tuple[str, float]], aim: float, words: str) -> None:
    rows = [observation(value, period) for period, value in values]
    told = course(rows, target(aim), RATE)
    assert told.startswith(words) if words else told == ""


def test_course_names_the_value_that_is_due() -> None:
    rows = [observation(70.0, "2020"), observation(71.0, "2022")]
    assert "72,0" in course(rows, target(76), RATE)
