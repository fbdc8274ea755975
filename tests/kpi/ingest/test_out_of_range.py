"""Values that an indicator cannot have: one question where most are, and the scale they have."""

import pytest

from tests.kpi.ingest.checked import Desk


@pytest.mark.parametrize(
    ("outside", "inside", "is_one"),
    [(98, 0, True), (70, 28, True), (9, 0, False), (12, 40, False)],
)
def test_most_values_outside_what_is_possible_are_one_question(
    tiny: Desk, outside: int, inside: int, is_one: bool
) -> None:
    values = [f"{1000 + number}" for number in range(outside)] + ["50"] * inside
    rows = "".join(f"rate;odense;{1985 + n // 12}M{n % 12 + 1:02d};{v}\n"
                   for n, v in enumerate(values))  # fmt: skip
    checked = tiny.check("indicator;area;period;value\n" + rows)
    said = [problem for problem in checked.problems if problem.code == "out_of_range"]
    assert len(said) == (1 if is_one else outside)
    assert not checked.publishable
    assert checked.new + checked.changed + checked.unchanged == inside
    if is_one:
        assert said[0].message.startswith(f"{outside} tal ligger uden for det mulige, for eksempel")
        assert "»1000«, »1001« og »1002«" in said[0].message


@pytest.mark.parametrize(
    ("first", "scale", "message", "hint"),
    [
        (500, None, "for eksempel »500«", "Er de promille, så gang dem: --scale 0.1."),
        (995, None, "for eksempel »995«", "så vælg det nøgletal, de er opgjort som."),
        (50, 100.0, "når de ganges med 100, for eksempel »50«", "som de står i filen: --scale 1."),
    ],
)
def test_values_outside_name_the_scale_that_they_may_have(
    tiny: Desk, first: int, scale: float | None, message: str, hint: str
) -> None:
    rows = "".join(f"rate;odense;{1990 + n};{first + n}\n" for n in range(10))
    checked = tiny.check("indicator;area;period;value\n" + rows, scale=scale)
    (outside,) = [problem for problem in checked.problems if problem.code == "out_of_range"]
    assert message in outside.message
    assert outside.hint.endswith(hint)
