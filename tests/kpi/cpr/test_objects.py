"""Objects with numbers of their own, counts behind a dash and codes with a year are no persons."""

from kpi.cpr.digits import fits_check
from kpi.cpr.texts import text_holds_number
from kpi.domain.personal import holds_personal_number
from tests.kpi.cpr.test_joined import is_refused
from tests.tables import for_each


def test_texts_of_counts_codes_and_references() -> None:
    texts = [
        "Opgjort 11.02.12 - 4163 personer", "Opgjort 14.12.10 – 7783 personer", "751118-2021",
        "751059 2013", "udtræk_310519_1022.xlsx", "07510417172A5", "Ref. 2608519553, betalt",
        "Opgjort 24.07.10 - 7937 personer", "pr. 21.07.14 - 3230 borgere",  # though they fit
        "Opgjort 29.08.15 - 4227 personer",  # with its year first it would fit
        "Ref. 7402948571", "Betalings-id 7402948571",
    ]  # fmt: skip
    assert [text for text in texts if holds_personal_number(text)] == []


def test_a_count_behind_a_named_day_of_our_time() -> None:
    """In whatever way; a serial where the check digit fits, unless both are named."""
    named = (
        "Antal borgere pr. 311224: {}", "pr. 010125 = {}", "ult. 311224 - {}", "Status 311224 ({})",
        "311224 ({} sager)", "311224/{} elever", "I alt 311224: {}", "Opgjort 311224: {}",
    )  # fmt: skip
    fitting = {four for four in range(1000, 1900) if fits_check(f"311224{four}")}
    fitting_first = {four for four in range(1000, 1900) if fits_check(f"010125{four}")}
    for text in named:
        expected = fitting_first if "010125" in text else fitting
        # Later in the day than 24:00 or not, as in a file's list of moments.
        serials = {four for four in range(1000, 1900, 7) if text_holds_number(text.format(four))}
        assert serials <= expected, text
    both = ("Opgjort pr. 311224: {} borgere", "Status 311224 ({} sager)", "pr. 311224 - {} elever")
    assert not any(text_holds_number(each.format(four)) for each in both for four in fitting)
    others = (
        "Ida 140508: 4501", "CPR pr. 140508: 4501", "født pr. 140508: 4501", "pr. 140508-4501",
        "pr. 251248: 4916", "Antal pr. 251248/4916 borgere",
    )  # fmt: skip
    assert [text for text in others if not text_holds_number(text)] == []


def test_persons_written_so() -> None:
    texts = [
        "25.12.48 - 4916", "Ida 25.12.48 - 4916", "Født 11.02.12 - 4163", "cpr 751118-2021",
        "Opgjort 25.12.48 - 4916 personer", "Ref. 2512484916", "851248-4916", "751118-4021",
        "borger 751118-2021", "dec. 2512484916",
    ]  # fmt: skip
    assert [text for text in texts if not holds_personal_number(text)] == []


def test_a_code_and_its_year_fill_a_cell() -> None:
    codes = [
        (f"{code}-{year}", "x") for code in ("751163", "751043", "751290") for year in (2010, 2017)
    ]
    assert [code for code in codes if is_refused(("a", "b"), [code])] == []


@for_each(
    ("head", "cells", "is_number"),
    [
        ("Ejendomsnr", ["7510370539"], False),
        ("Ejendomsnr", ["0101093582", "0101509604", "0101007840"], False),
        ("Borger", ["0101093582", "0101509604", "0101007840"], True),
        ("Faktura", ["1903205565"], False),
        ("Faktura", ["2512484916"], True),
        ("Faktura", ["190320-5565"], True),
        ("Sagsnr.", ["8803805559"], False),
        ("Sagsnr.", ["1903205565"], True),  # cases are numbered by persons' numbers
        ("Kontakt", ["1903205565"], True),
        ("Serienr.", ["F1501186222"], False),
        ("Navn", ["F1501186222"], True),
        ("Profitcenter", ["0906332861"], False),
        ("CVR/CPR", ["1903205565"], True),
    ],
)
def test_columns_of_objects(head: str, cells: list[str], is_number: bool) -> None:
    assert is_refused((head, "b"), [(cell, "x") for cell in cells]) is is_number
