"""Addresses of pages, laws, documents and amounts are no persons; what stands beside them is."""

from kpi.cpr.texts import text_holds_number
from kpi.domain.personal import holds_personal_number
from kpi.ingest.table.raw import TYPED
from tests.kpi.cpr.test_joined import is_refused
from tests.tables import for_each

_LONG = "https://aarhuskommune.sharepoint.com/sites/bkf/Delte dokumenter/2024/Budget og regnskab/"


def test_pages_laws_and_documents() -> None:
    texts = [
        "https://aarhus.dk/sag/1201901234/x", "https://www.borger.dk/emne/1201901234",
        "aarhus.dk/1201901234", "https://aarhus.dk/2024/slug-om-noget-langt-1201901234",
        "http://x.dk/2512484917.pdf", _LONG.replace(" ", "_") + "1201901234.xlsx",
        "dok. nr. 010203-0001", "Dokument 010203-0001", "BEK 010120-1234", "BEK nr. 010120-1234",
        "LBK 120190-1234", "Bilag 120190-1234", "Notat nr. 120190-1234", "akt-id 120190-1234",
    ]  # fmt: skip
    assert [text for text in texts if holds_personal_number(text)] == []


def test_the_unit_of_the_figure_before_is_no_amount() -> None:
    texts = ["udbetalt 12.500 kr. 2512484916", "12500kr. 2512484916", "12.500 DKK 2512484916"]
    assert [text for text in texts if not text_holds_number(text)] == []
    amounts = ["i alt kr. 2512484916", "DKK 2512484916", "kr.2512484916"]
    assert [text for text in amounts if text_holds_number(text)] == []


def test_persons_beside_them() -> None:
    texts = [
        "https://aarhus.dk/borger/1201901234", "https://aarhus.dk/sag/2512484916",
        "dok. nr. 251248-4916", "notat om 010190-1234", "Bilag: Ida 120190-1234",
        "hansen@aarhus.dk/1201901234", "aarhus.dk: 120190-1234", "BEK 251248-4916",
    ]  # fmt: skip
    assert [text for text in texts if not holds_personal_number(text)] == []


@for_each(
    "name",
    ["Difference", "Afvigelse", "Balance", "Forskel", "Forbrug", "Prognose", "Rest", "Debet",
     "Enhedspris", "Costs"],
)  # fmt: skip
def test_money_in_words_of_accounts(name: str) -> None:
    amounts = [("2512484916", "x"), ("1412561666", "y"), ("12345678", "y")]
    assert is_refused((name, "b"), amounts[:1])  # one that fits, and no other of its size
    assert not is_refused((name, "b"), [("2512484917", "x")])
    assert not is_refused((name, "b"), [*amounts[:1], *amounts[2:], ("-4711223344", "z")])
    persons = [*amounts[:2], ("3010553201", "z")]
    assert is_refused((name, "b"), persons)  # all of them are such as the register gives
    assert is_refused(("Forbruger", "b"), persons[:1])


@for_each("typed", ["", TYPED])
@for_each("name", ["Kreditornr.", "Leverandør", "Ejer", "x"])
def test_persons_among_companies(name: str, typed: str) -> None:
    companies = [f"{typed}{number}" for number in (55133018, 29189846, 36431246, 10150817)]
    for count in (3, 4):
        cells = [*companies[:count], f"{typed}2512484916"]
        assert is_refused((name, "b"), [(cell, "x") for cell in cells])
    if name == "x":  # amounts differ in size
        amounts = [f"{typed}{amount}" for amount in (55133018, 429189846, 3643124, 2512484916)]
        assert not is_refused((name, "b"), [(cell, "x") for cell in amounts])


@for_each("typed", ["", TYPED])
@for_each("name", ["Beløb", "Saldo", "Skattenr", "Beløbsmodtager"])
def test_persons_among_companies_in_a_column_called_after_money(name: str, typed: str) -> None:
    persons = [(f"{typed}{ten}", "x") for ten in (2512484916, 1412561666)]
    companies = [(f"{typed}{number}", "x") for number in (55133018, 29189846)]
    assert is_refused((name, "b"), persons)  # none of their peers is an amount
    assert is_refused((name, "b"), [*companies, persons[0]])
    amounts = [(f"{typed}{amount}", "x") for amount in (4711223344, 812345, 29189846)]
    assert not is_refused((name, "b"), [*amounts, persons[0]])
