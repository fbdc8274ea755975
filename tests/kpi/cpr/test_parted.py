"""Every sign, in every layout, in every place: only where the check digit fits is it a number."""

import json
from itertools import product

import pytest

from kpi.domain.personal import head_holds_number, holds_personal_number, personal_numbers
from kpi.ingest.gate.document_gate import gate_document
from kpi.ingest.gate.unseen_bytes import holds_in_bytes, holds_in_long
from tests.tables import for_each

# What the register gives: check digits fit.
GIVEN = ("2512484916", "1412561666", "3010553201")
NOT_GIVEN = ("2512484926", "1412561676", "3010553202")
SIGNS = ("|", "/", "-", "+", "~", "*", "=", ">", "<>", "->", "//", " | ", "!", "?", "&", "@",
         "^", "\u2192", "\u00b7", "\u2022", "\u2026", "_", "__", "\\",
         "xxxx", "_x_", " nr. ")  # fmt: skip
BRACKETS = ("({})", "[{}]", "{{{}}}", "<{}>", " ({})", "\u00ab{}\u00bb")
ORDERS = ("dmy", "ymd", "serial")


def written(digits: str, order: str, apart: str) -> str:
    """Ten digits with a sign or a bracket (`{}`) between the two parts, in some order."""
    day, month, year, serial = digits[:2], digits[2:4], digits[4:6], digits[6:]
    date = year + month + day if order == "ymd" else day + month + year
    first, last = (serial, date) if order == "serial" else (date, serial)
    is_bracket = "{}" in apart
    return first + apart.format(last) if is_bracket else first + apart + last


LAYOUTS = [
    (order, apart)
    for order, apart in product(ORDERS, (*SIGNS, *BRACKETS))
    if order == "dmy" or not any(map(str.isalpha, apart))
]


@for_each("order", ORDERS)
def test_every_sign_in_every_place(order: str) -> None:
    for digits, (given_order, apart) in product(GIVEN, LAYOUTS):
        if given_order != order:
            continue
        text = written(digits, order, apart)
        assert holds_personal_number(text), text
        assert holds_personal_number(f"Borger {text}, Gellerup"), text
        assert personal_numbers(("a", "b"), [(2, ("Aarhus", text)), (3, ("x", "5"))]), text
        assert head_holds_number(("a", text)), text
        line = json.dumps({"a": "x" * 12_000, "note": text}, ensure_ascii=False)
        assert holds_in_long(line), text


@pytest.mark.parametrize("order", ["ymd", "serial"])
def test_without_its_check_digit_it_is_another_number(order: str) -> None:
    for digits, (given_order, apart) in product(NOT_GIVEN, LAYOUTS):
        text = written(digits, order, apart)
        # Both are numbers where the word for them stands beside.
        assert given_order != order or not holds_personal_number(text), text
    assert holds_personal_number(f"CPR {written(NOT_GIVEN[0], order, '-')}")


OTHER = (
    "194812254916", "251219484916", "25. december 1948 4916", "25. dec. 1948 / 4916",
    "25,12,48-4916", "25. december 1948, 4916", "19481225(4916)", "25/12-48 nr. 4916",
    "2O1248-4916", "25I248-49I6",
    "25l248-4916", "2S1248-4916", "251Z48-4916", "25124B-4916",
    '="251248"&"-"&"4916"', '=TEKST(251248;"000000")&"-4916"',
    '=SAMMENK\u00c6DNING("251248";"-";"4916")', "foedt=25-12-48 lbnr=4916",
    '{"f":"251248","lb":"4916"}', "https://x.dk/?f=251248&l=4916",
    "f\u00f8dselsdag 25. dec. 1948 l\u00f8benummer 4916",
    "F\u00f8dt 25.12.48. De fire sidste er 4916",
)  # fmt: skip


@for_each("text", OTHER)
def test_other_layouts(text: str) -> None:
    assert holds_personal_number(text)
    assert personal_numbers(("a", "b"), [(2, ("Aarhus", text)), (3, ("x", "5"))])


FIGURES = (
    "120345 (1998)", "Pr. 01.01.90 (1234)", "240115-1030", "201124|1200", "1, 2, 48, 4916",
    "10;12;48;4916",
    "Lov af 25/12-48 nr. 4916", "Pr. 25.12.1948, 4916 borgere", "konto 4916-251248",
    "reg. 4916-251248", "j.nr. 4916-251248", "202401151030", "194812251030", "2024-01-15/1030",
    "27.36.04-G01-1-24", "4916 251248", "251348(4916)", "25.12.1998 (4916 borgere)",
    "Opdateret 10.01.24 (4250)", "1B0Z12-12345", "Silkeborg 12", "4G og 5G fra 2019",
)  # fmt: skip


@for_each("text", FIGURES)
def test_figures_in_the_same_layouts(text: str) -> None:
    assert not holds_personal_number(text)
    assert not holds_personal_number(f"Se {text}.")


MONEY = ("Skattegrundlag", "Formue", "G\u00e6ld", "Indkomst i alt", "Overf\u00f8rsler", "Tilskud",
         "BNP i kr.", "Budget", "Provenu", "Sum")  # fmt: skip


@for_each("name", MONEY)
def test_billions_are_no_persons(name: str) -> None:
    amounts = [f"{1_000_000_000 + step * 104_729_561}" for step in range(20)]
    rows = [(line, (cell,)) for line, cell in enumerate([*amounts, "2512484916"], 2)]
    assert not personal_numbers((name,), rows)
    assert not personal_numbers(
        (name,), [(2, ("1011234567",)), (3, ("2012345678",)), (4, ("311223456",))]
    )
    assert personal_numbers((name,), [(2, ("251248-4916",)), (3, ("2012345678",))])


@for_each("name", ["P-nr.", "pnr", "P-nummer", "Produktionsenhed"])
def test_production_units_are_known_by_their_numbers(name: str) -> None:
    units = [f"{1_003_000_000 + step * 1_234_567}" for step in range(24)]
    rows = [(line, (cell,)) for line, cell in enumerate(units, 2)]
    assert not personal_numbers((name,), rows)


def test_persons_under_the_same_name() -> None:
    rows = [(line, (cell,)) for line, cell in enumerate(GIVEN, 2)]
    assert personal_numbers(("pnr",), rows)
    assert personal_numbers(("Personnr",), rows)


@for_each("name", ["opdateret", "hentet", "x"])
def test_days_with_their_times_without_a_mark(name: str) -> None:
    cells = ["1501241030", "0203230915", "2811222359", "0101200000"]
    rows = [(line, (cell,)) for line, cell in enumerate(cells, 2)]
    assert not personal_numbers((name,), rows)
    assert personal_numbers((name,), [*rows, (9, ("2512484916",))])


@for_each(
    ("columns", "row"),
    [
        ("dag;m\u00e5ned;\u00e5r;kontrol", "25;12;48;4916"),
        ("F\u00f8dt dag;F\u00f8dt m\u00e5ned;F\u00f8dt \u00e5r;L\u00f8benr", "25;12;1948;4916"),
        ("kontrol;\u00e5r;m\u00e5ned;dag", "4916;1948;12;25"),
        ("F\u00f8dselsdato;Sidste fire", "25. dec. 1948;4916"),
        ("F\u00f8dselsdag;Kontrolcifre", "25. december 1948;4916"),
        ("F\u00f8dt;L\u00f8benummer", "25-12-1948;4916"),
        ("25;12;48;4916", "a;b;c;d"),
        ("251248;4916", "a;b"),
    ],
)
def test_parts_in_columns(columns: str, row: str) -> None:
    assert personal_numbers(columns.split(";"), [(2, tuple(row.split(";")))])


@for_each(
    ("columns", "row"),
    [
        ("dag;m\u00e5ned;\u00e5r;antal", "25;12;48;4916"),
        ("dag;m\u00e5ned;\u00e5r;l\u00f8benr", "25;12;2024;1016"),
        ("2010;2011;2012;2013", "1;2;3;4567"),
        ("start;beboere", "12-05-67;1234"),
        ("200101;2002", "5;6"),
    ],
)
def test_figures_in_columns(columns: str, row: str) -> None:
    rows = [(line, tuple(row.split(";"))) for line in range(2, 9)]
    assert not personal_numbers(columns.split(";"), rows)


@for_each(
    "document",
    [
        {"cpr": {"dato": "251248", "lob": "4916"}},
        {"a": {"cpr": ["25", "12", "48", 4916]}},
        {"personnummer": {"l": 4916, "d": {"x": "251248"}}},
        {"note": ["251248", "4916"]},
        {"note": [["25", "12", "48", "4916"]]},
        {"extension": {"251248": "4916"}},
    ],
)
def test_parts_under_keys_of_a_document(document: object) -> None:
    assert gate_document(document)


@for_each("text", ["25. december 1948 4916", "4916-251248", "2O1248-4916"])
def test_bytes_are_searched_for_every_layout(text: str) -> None:
    for encoding in ("utf-8", "utf-16-le"):
        assert holds_in_bytes(("x" * 500 + f" {text}\n" + "Y" * 500).encode(encoding))
