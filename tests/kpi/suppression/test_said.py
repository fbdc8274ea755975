"""What a source's own words say of a number that it hides."""

import pytest

from kpi.suppression.said import in_persons, said_of


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("<5", (1, 4)),
        ("< 3", (1, 2)),
        ("under 5", (1, 4)),
        ("Færre end fem personer", (1, 4)),
        ("1-4", (1, 4)),
        ("1 til 4 sager", (1, 4)),
        ("en eller to", (1, 2)),
        ("højst 4", (0, 4)),
        ("skjult\n1-4 sager", (1, 4)),
        ("<5\n<3", (1, 2)),
        # Nothing is said of the number, or of something else.
        ("skjult", None),
        ("< 5 pct.", None),
        ("mindst 5", None),
        ("under 5 skoler i 2024", None),
        ("", None),
    ],
)
def test_said_of(words: str, expected: tuple[float, float] | None) -> None:
    assert said_of(words) == expected


@pytest.mark.parametrize(
    ("unit", "expected"),
    [(1.0, (1, 4)), (0.8, (0, 3)), (2.0, (0, 9)), (None, None)],
)
def test_in_persons(unit: float | None, expected: tuple[float, float] | None) -> None:
    """Below 5 % of 80 is at most three."""
    assert in_persons((1.0, 4.0), unit) == expected
