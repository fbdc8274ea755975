"""The gate reports where the numbers are, and never what they are."""

import json

import pytest

from kpi.cpr.messages import without_personal_numbers
from kpi.domain.personal import PersonalNumber
from kpi.ingest.gate.gate import gate_text, refusal, shown_name
from kpi.ingest.loading import load
from kpi.ingest.table.raw import RefusedError, Upload
from tests.empty_database import empty_database
from tests.tables import for_each

PX = 'TITLE="{title}";\nDATA=\n112290 1234\n"-" {figure};\nNOTE="Ring til {note}";\n'


@for_each(
    ("name", "shown"),
    [
        ("tal_2024.csv", "tal_2024.csv"),
        ("010190-1234.csv", "(filnavnet er skjult)"),
        ("sag_0101901234_bilag.xlsx", "(filnavnet er skjult)"),
    ],
)
def test_shown_name(name: str, shown: str) -> None:
    assert shown_name(name) == shown


@for_each(
    ("text", "rows"),
    [
        ('{"a":\n "010190-1234"}', [2]),
        (json.dumps({"a": "010190–1234"}), [1]),  # the dash is escaped
        (json.dumps({"a": "\u0660101901234"}), [1]),
        ("[12,3112901234,5]", [1]),  # a comma parts two values
        ("[112290, 1234]", []),
        ('{"value": 70.2512484916}', []),
        (PX.format(title="x", figure="5", note="12345678"), []),
        (PX.format(title="x", figure="0101901234", note=""), [4]),
        (PX.format(title="010190-1234", figure="5", note="010190 1234"), [1, 5]),
        ('TITLE="x";\nNOTE="Ring til 01019"\n"01234";\nDATA=\n1;', [None]),
        ('TITLE="x";\nNOTE="Ring til 010190-\n1234";\nDATA=\n1;', [None]),
        ('VALUES("kode")="011100",\n"0112";\nDATA=\n010190 1234;', [4]),
        ('VALUES("kode")="011100",\n"0112";\nDATA=\n112290 1234;', []),
        ("[" + "70.25, " * 3000 + "251248.4916]", []),
        ("[" + "70.25, " * 3000 + '"0101 90 1234"]', [1]),
        ("[" + "82.0149, 9975, " * 3000 + '"cpr", 101901234]', [1]),
    ],
)
def test_lines_of_a_text(text: str, rows: list[int | None]) -> None:
    assert gate_text(text) == [PersonalNumber(row, "") for row in rows]


@for_each(
    ("places", "file_name_too", "message", "hint"),
    [
        (
            [PersonalNumber(3, "Navn")],
            False,
            "Filen indeholder et CPR-nummer: linje 3, kolonne Navn. ",
            "Fjern kolonnen eller numrene, og indlæs",
        ),
        (
            [PersonalNumber(None, "nr. 2 (overskriften)"), PersonalNumber(7, "")],
            True,
            "Filnavnet indeholder et CPR-nummer. Filen indeholder CPR-numre 2 steder: "
            "kolonne nr. 2 (overskriften); linje 7. ",
            "Fjern kolonnen eller numrene og omdøb filen, og indlæs",
        ),
        ([], True, "Filnavnet indeholder et CPR-nummer. ", "Omdøb filen, og indlæs"),
    ],
)
def test_refusal(
    places: list[PersonalNumber], file_name_too: bool, message: str, hint: str
) -> None:
    problem = refusal(places, file_name_too).problem
    assert problem.code == "personal_data"
    assert problem.message == message + "Filen er hverken gemt eller udgivet."
    assert problem.hint.startswith(hint)
    assert problem.value is None


def test_only_the_first_places_are_named() -> None:
    message = refusal([PersonalNumber(row, "CPR") for row in range(2, 102)]).message
    assert "100 steder" in message
    assert "linje 21," in message
    assert "linje 22," not in message
    assert "og 80 steder til." in message


def test_no_more_places_are_looked_for_than_are_reported() -> None:
    message = refusal([PersonalNumber(row, "CPR") for row in range(2, 1_002)]).message
    assert "CPR-numre mindst 1.000 steder" in message
    assert "og 980 steder til." in message


@for_each("number", ["251248, 4916", "251248.4916", "251248 49 16"])
def test_a_number_among_words_beside_the_table(number: str) -> None:
    head, row = "nøgletal;område;periode;værdi", "rate;Aarhus;2023;51,5"
    files = (
        f"Udtræk for Ida {number}\n\n{head}\n{row}\n", f"{head};Ida {number}\n{row};x\n",
        f"{head}\n{row}\n\nIda {number} er med\n", f"{head}\n{row} Ida {number}\n",
    )  # fmt: skip
    for text in files:
        with empty_database() as connection, pytest.raises(RefusedError) as refused:
            load(connection, Upload("a.csv", text.encode()))
        assert refused.value.problem.code == "personal_data", text
        assert number not in refused.value.problem.message + refused.value.problem.hint
    assert number not in without_personal_numbers(f"Kolonnen »Ida {number}« er ny: Ida {number}")
