"""A sign or the brackets of bookkeeping before ten digits: their column judges them as without."""

from itertools import product

from kpi.ingest.table.raw import TYPED
from tests.kpi.cpr.test_joined import is_refused
from tests.tables import for_each

_SIGNED = ("{}", "-{}", "\N{MINUS SIGN}{}", "({})", "-{},00", "({}.00)", "{}-", "- {}", "+{}")
_OF_MONEY = ("Beløb", "Udgifter", "Indtægter", "Regnskab", "Årets resultat", "Underskud")


def test_amounts_with_a_sign() -> None:
    amounts = ["1203904567", "2345678901", "1503905678"]
    for name, typed, signed in product(_OF_MONEY, ("", TYPED), _SIGNED):
        rows = [("Aarhus", typed + signed.format(amount)) for amount in amounts]
        assert not is_refused(("sted", name), rows), (name, typed, signed)
        more = [*rows, ("Odense", typed + "998000123")]
        assert not is_refused(("sted", name), more), (name, typed, signed)


@for_each("name", ["Borger", "note", "nr", "CPR-nr."])
@for_each("signed", _SIGNED)
def test_persons_behind_a_sign(name: str, signed: str) -> None:
    persons = ["2512484916", "1412561666", "3010553201"]
    assert is_refused(("sted", name), [("Aarhus", signed.format(person)) for person in persons])
