"""Nine digits in a column of persons are numbers without a first zero; ids are not."""

import pytest

from kpi.cpr.digits import fits_check
from kpi.cpr.texts import text_holds_number
from kpi.cpr.typed import typed_holds_number
from tests.kpi.cpr.test_joined import is_refused
from tests.tables import for_each

NINE = "707612118"


@pytest.mark.some_cases
@pytest.mark.parametrize("written", ["{}", "\x02{}", "{}.0", "{},00"])
@pytest.mark.parametrize(
    "head", ["Borger", "Borger-id", "Klientnr.", "Barn", "Modtager", "Ansøger", "Far", "Elev-id"]
)
def test_nine_digits_in_a_column_of_persons(head: str, written: str) -> None:
    number = written.format(NINE)
    assert is_refused(("sted", head), [("Aarhus", number)])
    # Since 2007 there are numbers without a check digit.
    assert is_refused(("sted", head), [("Aarhus", written.format("205144567"))])
    assert is_refused(("sted", head), [("Aarhus", number), ("Odense", "12345678"), ("", "")])


@for_each("written", ["{}", "\x02{}", "{}.0", "{},00"])
def test_nine_digits_that_fit_in_a_column_of_ids(written: str) -> None:
    fitting, other, chance = NINE, "503461234", "987654321"
    for head in ("Kunde", "Kundenr.", "ID", "Nr.", "Sagsnr.", "Bruger-id", "Debitor"):
        assert is_refused(("sted", head), [("Aarhus", written.format(fitting))]), head
        assert not is_refused(("sted", head), [("Aarhus", written.format("707612119"))]), head
        assert not is_refused(
            ("sted", head), [("Aarhus", written.format(nine)) for nine in (fitting, chance)]
        ), head
    assert fits_check(f"0{other}")
    assert is_refused(("a", "b"), [("x", written.format(nine)) for nine in (fitting, other)])
    assert not is_refused(("a", "b"), [("x", written.format(fitting))])
    for head in ("Konto", "Fakturanr.", "Beløb", "Værdi", "2023", "Timestamp"):
        rows = [("x", written.format(nine)) for nine in (fitting, other)]
        assert not is_refused(("a", head), rows), head


@for_each(
    ("head", "cells"),
    [
        ("Elev-id", [str(100_000_007 + 7_919_331 * at) for at in range(60)]),
        ("Borgere", [NINE]), ("Antal borgere", [NINE]), ("Udgift pr. borger", [NINE]),
        ("Borgerservice", [NINE]), ("Medarbejdere", [NINE]), ("Værdi", [NINE]),
    ],
)  # fmt: skip
def test_ids_and_figures_of_nine_digits(head: str, cells: list[str]) -> None:
    assert not is_refused(("sted", head), [("Aarhus", cell) for cell in cells])


@pytest.mark.some_cases
@pytest.mark.parametrize("head", ["Værdi", "Antal", "Beløb", "Konto", "Faktura", "2023", "Sum"])
def test_three_that_fit_are_no_figures_whatever_their_column_is_called(head: str) -> None:
    persons = [NINE, "503461234", "510981251"]
    rows = [("Aarhus", "ukendt"), *(("Aarhus", nine) for nine in persons)]
    assert is_refused(("sted", head), rows)
    assert not is_refused(("sted", head), rows[:-1])
    others = [("Aarhus", nine) for nine in ("987654321", "887654321", "787654321")]
    assert not is_refused(("sted", head), [*rows, *others])


@for_each("written", ["{}", "\x02{}", "{}.0"])
def test_one_beside_a_column_of_a_person(written: str) -> None:
    for person in ("Navn", "Fornavn", "Født", "Fødselsdato", "Borger", "E-mail"):
        rows = [("Ida", written.format("510981251"))]
        assert is_refused((person, "Note"), rows), person
        assert not is_refused((person, "Note"), [("Ida", written.format("510981252"))]), person
        assert not is_refused((person, "Beløb"), rows), person
    for other in ("Kommunenavn", "Borgere", "Personer", "Fødte", "Børnehavens navn"):
        assert not is_refused((other, "Note"), [("Ida", written.format("510981251"))]), other


@for_each(
    "text",
    ["borger 510981251", "født 510981251", "hans nummer er 510981251", "Barnet: 510 981 251",
     "Klientens id 510981251.0", "patient 510.981.251"],
)  # fmt: skip
def test_nine_digits_behind_the_word_for_a_person(text: str) -> None:
    assert text_holds_number(text)
    assert is_refused(("sted", "note"), [("Aarhus", text)])
    assert not text_holds_number(text.replace("251", "252"))


@for_each(
    "text",
    ["borgere 510981251", "Antal borgere: 510981251", "510981251", "journalnr. 510981251",
     "Udgift pr. borger 510981251 kr.", "faktura 510981251", "borger, 510981251 kr."],
)  # fmt: skip
def test_nine_digits_of_other_things(text: str) -> None:
    assert not text_holds_number(text)
    assert not is_refused(("sted", "note"), [("Aarhus", text)])


@for_each(
    ("text", "is_number"),
    [("510981251", True), ("Ida Hansen 510981251", True), ("510981251.0", True),
     ("510981252", False), ("Budget 510981251 kr.", False), ("9510981251", False),
     ("faktura 510981251", False), ("510981251 borgere", False)],
)  # fmt: skip
def test_nine_digits_that_somebody_types(text: str, is_number: bool) -> None:
    assert typed_holds_number(text) is is_number
