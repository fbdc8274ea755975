"""What a refusal says to do where digits are no person's: done so, the same file passes."""

from kpi.cpr.typed import typed_holds_number
from kpi.domain.personal import PersonalNumber
from kpi.ingest.gate.gate import refusal
from tests.kpi.cpr.test_joined import is_refused
from tests.tables import for_each


@for_each("name", ["Beløb", "Værdi", "x"])
def test_an_amount_of_ten_digits_is_written_with_its_unit_or_in_thousands(name: str) -> None:
    assert is_refused(("sted", name), [("Aarhus", "2512484916")])
    for written in ("2512484916 kr.", "2512484916,00 kr.", "2.512.484.916 kr.", "2512485"):
        assert not is_refused(("sted", name), [("Aarhus", written)]), written
    assert is_refused(("sted", name), [("Aarhus", "kr. 251248-4916")])


def test_a_column_that_numbers_rows_is_removed() -> None:
    rows = [("2512484916", "Aarhus", "51,5")]
    assert is_refused(("Nr.", "område", "værdi"), rows)
    assert not is_refused(("område", "værdi"), [row[1:] for row in rows])


def test_of_two_figures_in_a_note_it_is_written_what_they_count() -> None:
    assert typed_holds_number("i alt 251248, 4916")
    assert typed_holds_number("251248 og 4916")
    for written in (
        "i alt 251248 og 4916", "i alt 251.248, 4.916", "251248 borgere og 4916 boliger",
        "251248 og 4916 boliger", "251248 beboere, 4916 i arbejde",
    ):  # fmt: skip
        assert not typed_holds_number(written), written


def test_the_refusal_says_so() -> None:
    hint = refusal([PersonalNumber(2, "Beløb")]).problem.hint
    assert "kr." in hint
    assert "fjern kolonnen" in hint
    assert "kr." not in refusal([], file_name_too=True).problem.hint
