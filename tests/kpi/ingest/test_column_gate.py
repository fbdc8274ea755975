"""Few texts are looked through in Python, many in SQL: both refuse the same columns."""

import os
import random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kpi.ingest.gate import column_gate, likely_texts
from kpi.ingest.table.dictionary import spelled_rows
from kpi.ingest.table.raw import RefusedError
from tests.empty_database import empty_database
from tests.tables import for_each

_PARTS = st.sampled_from(
    ["010190", "1234", "0101901234", "01.01.1990", "CPR-nr.", "person", "-", " ", "/", "\u00a0",
     "født ", " med nr. ", "ddmmåå-", "xxxxxx", "******", "4916", "25.12.48", ", ",
     "&#45;", "%2D", "–", "x", "2024", "12,5", "\u200d", "\N{FULLWIDTH DIGIT ONE}"]
)  # fmt: skip
_TEXTS = st.lists(st.lists(_PARTS, max_size=4).map("".join), min_size=1, max_size=4)


@given(_TEXTS)
@example(["010190-1234"])
@example(["CPR-nr.", "0101901234"])
@example(["010190&#45;1234"])
@example(["født 251248 med nr. 4916"])
@example(["******4916 f. 25.12.48"])
@example(["707.612.118"])
@example(["Aarhus", "Børn & unge"])
@settings(max_examples=1000 if "SPOR_SOAK" in os.environ else 20, deadline=None)
def test_few_texts_and_many_are_judged_alike(texts: list[str]) -> None:
    answers = []
    for few in (0, 1_000):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(likely_texts, "_FEW_TEXTS", few)
            answers.append(_refusal(texts))
    assert answers[0] == answers[1]


def _refusal(texts: list[str]) -> list[str]:
    rows = spelled_rows([(line, (text, "x")) for line, text in enumerate(texts, 2)], 2)
    with empty_database() as connection:
        try:
            column_gate.gate_columns(connection, ("navn", "tal"), rows)
        except RefusedError as refused:
            return [problem.message for problem in refused.problems]
    return []


@pytest.mark.parametrize("apart", ["", "-"])
def test_a_long_file_of_numbers_is_refused_at_once(apart: str) -> None:
    chance = random.Random(5)
    texts = [
        f"{1 + n % 28:02}{1 + n % 12:02}{40 + n % 60}{apart}{chance.randrange(4000):04}"
        for n in range(5_000)
    ]
    (message,) = _refusal(texts)
    assert "mindst 1.000 steder" in message
    assert "linje 2, " in message


@for_each(
    ("name", "numbers", "is_refused"),
    [
        ("beløb", [2_512_484_916 + 7 * n for n in range(3_000)], False),
        ("p-nummer", [1_000_000_000 + 17 * n for n in range(3_000)], False),
        ("borger", [2_512_484_916 + 7 * n for n in range(3_000)], True),
        ("x", [71.25 + n / 1_000_003 for n in range(3_000)], False),
    ],
)
def test_long_columns_of_figures(name: str, numbers: list[float], is_refused: bool) -> None:
    rows = spelled_rows([(line, (str(number), "x")) for line, number in enumerate(numbers, 2)], 2)
    with empty_database() as connection:
        if is_refused:
            with pytest.raises(RefusedError):
                column_gate.gate_columns(connection, (name, "tal"), rows)
        else:
            column_gate.gate_columns(connection, (name, "tal"), rows)
