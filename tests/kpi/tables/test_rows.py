"""Single cells: numbers, periods and dates as the tables write them."""

import math

from hypothesis import given
from hypothesis import strategies as st

from kpi.tables.rows import as_number, is_date, typed_number
from tests.tables import for_each


@for_each(
    ("text", "number"),
    [
        ("0", 0),
        ("70", 70),
        ("70.0", 70),
        ("9.7", 9.7),
        ("-3.5", -3.5),
        (".5", 0.5),
        ("5.", 5),
        ("400000", 400000),
        ("0070", 70),
        ("", None),
        ("9,7", None),  # a decimal comma is no decimal point
        ("1.234.567", None),
        ("1 234", None),
        ("1_000", None),
        ("1e5", None),
        ("+5", None),
        ("--5", None),
        ("−5", None),
        ("nan", None),
        ("inf", None),
        ("-inf", None),
        ("٣", None),
        ("９.７", None),
        ("20 %", None),
        ("<5", None),
        ("..", None),
        ("ti", None),
    ],
)
def test_as_number(text: str, number: float | None) -> None:
    assert as_number(text) == number


@given(st.text(alphabet="0123456789.-+eE_, nainf٣", max_size=12))
def test_a_number_is_finite_and_reads_as_python_does(text: str) -> None:
    number = as_number(text)
    assert number is None or (math.isfinite(number) and number == float(text))


@for_each(
    ("text", "valid"),
    [
        ("2025-03-19", True),
        ("2025-03", True),
        ("2025", True),
        ("", False),
        ("24", False),
        ("2024-13", False),
        ("2024-02-30", False),
        ("2024-6", False),
        ("19-03-2025", False),
        ("2024-01-01-01", False),
        ("20_24", False),
        ("２０２４", False),
        ("marts 2025", False),
    ],
)
def test_is_date(text: str, valid: bool) -> None:
    assert is_date(text) is valid


@for_each(
    ("typed", "number"),
    [
        ("12,5", "12.5"), ("12.5", "12.5"), ("−25,4 %", "-25.4"), (" 62 % ", "62"),
        ("800.000", "800000"), ("-1.234.567,8", "-1234567.8"), ("1 234", "1234"),
        ("0.125", "0.125"), ("1234.567", "1234.567"),  # no thousands are divided like that
        ("1.23.4", "1.23.4"), ("høj", "høj"), ("12,5,1", "12,5,1"), ("", ""),
    ],
)  # fmt: skip
def test_typed_number(typed: str, number: str) -> None:
    assert typed_number(typed) == number
