"""Nine digits in a column of persons are numbers without a first zero; ids are not."""

import pytest

from kpi.cpr.digits import fits_check
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
