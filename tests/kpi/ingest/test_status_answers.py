"""A column that asks how sure a figure is: `Foreløbig` with `Ja` and `Nej`."""

import pytest

from kpi.ingest.words.status_answers import status_answers
from tests.kpi.ingest.checked import Desk, codes_of_cells, read
from tests.tables import for_each


@pytest.mark.parametrize(
    ("name", "yes", "no", "statuses"),
    [
        ("Foreløbig", "Ja", "Nej", ["preliminary", "final"]),
        ("Foreløbige tal", "1", "0", ["preliminary", "final"]),
        ("Foreløbig (ja/nej)", "J", "N", ["preliminary", "final"]),
        ("is_preliminary", "TRUE", "FALSE", ["preliminary", "final"]),
        ("Foreløbig?", "x", "", ["preliminary", "final"]),
        ("Endelig", "Ja", "Nej", ["final", "preliminary"]),
        ("Skøn", "Sand", "Falsk", ["approximate", "final"]),
    ],
)
def test_answers_are_statuses(
    tiny: Desk, name: str, yes: str, no: str, statuses: list[str]
) -> None:
    rows = f"Aarhus;2024;51,5;{yes}\nOdense;2024;41,5;{no}\n"
    checked = tiny.check(f"Kommune;År;Andel;{name}\n{rows}", indicator_id="rate")
    assert (checked.publishable, [row[4] for row in read(checked)]) == (True, statuses)
    assert "unused_column" not in codes_of_cells(checked)


@pytest.mark.parametrize("answer", ["Ja", "Nej"])
def test_one_answer_for_all(tiny: Desk, answer: str) -> None:
    checked = tiny.check(
        f"Kommune;År;Andel;Foreløbig\nAarhus;2024;51,5;{answer}\n", indicator_id="rate"
    )
    assert [row[4] for row in read(checked)] == ["preliminary" if answer == "Ja" else "final"]


@for_each(
    ("name", "texts", "has_blanks"),
    [
        ("Endelig", ("x",), True),  # a blank would be final too
        ("Skjult", ("Ja", "Nej"), False),  # a figure that is there is not hidden by an answer
        ("Foreløbig", ("Ja", "Måske"), False),
        ("Foreløbig", (), True),
        ("Kvinde", ("Ja", "Nej"), False),
        ("Antal foreløbige", ("1", "0"), False),
    ],
)
def test_what_is_no_answer(name: str, texts: tuple[str, ...], has_blanks: bool) -> None:
    assert status_answers(name, texts, has_blanks) is None
