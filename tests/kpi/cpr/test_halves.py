"""Halves of a number in two texts after each other, and what only looks like them."""

import pytest

from kpi.cpr.halves import are_halves, second_halves
from kpi.cpr.messages import without_personal_numbers
from kpi.domain.errors import KpiError
from kpi.domain.personal import personal_fields, refuse_personal_texts
from tests.tables import for_each

HALVES = (
    ("251248", "4916"), ("Ida 251248", "-4916"), ("Ida, 251248-", "4916 er flyttet"),
    ("født 25.12.1948", "4916"), ("født 25/12/48", "4916, Gellerup"), ("(251248)", "(4916)"),
    ("1948-12-25", "4916"), ("født 1948-12-25", "4916"),
)  # fmt: skip
OTHERS = (
    ("251248", "4917"), ("251248", "2024"), ("751012", "2024"), ("2251248", "4916"),
    ("251248", "49167"), ("251248", "4916,5"), ("1,251248", "4916"), ("251348", "4916"),
    ("19.03.2025", "4500 borgere"), ("mødet 25.12.2008", "4916"), ("251248 i alt", "4916"),
    ("251248", "af 4916"), ("", "4916"), ("711248", "4911"), ("251223", "1430"),
    ("1948-12-25", "4917"), ("2008-12-25", "4916"), ("11948-12-25", "4916"),
)  # fmt: skip


@for_each("halves", HALVES)
def test_halves_are_found(halves: tuple[str, str]) -> None:
    left, right = halves
    assert are_halves(left, right)
    assert second_halves(["x", left, "", right]) == [3]
    assert personal_fields({"a": left, "b": "", "c": right}) == ["c"]
    with pytest.raises(KpiError):
        refuse_personal_texts(left, right)
    for message in (f"»{left}« og »{right}« findes ikke.", f"'{left}' is not '{right}'"):
        shown = without_personal_numbers(message)
        assert "4916" not in shown
        assert "48" not in shown


@for_each("others", OTHERS)
def test_other_texts_are_none(others: tuple[str, str]) -> None:
    assert not are_halves(*others)
    # In a row that is entered, and in what is typed together, no half needs to be at an end.
    is_within = others == ("251248", "af 4916")
    assert personal_fields(dict(zip("ab", others, strict=True))) == ["b"] * is_within
    if is_within:
        with pytest.raises(KpiError):
            refuse_personal_texts(*others)
    else:
        refuse_personal_texts(*others)
    message = f"»{others[0]}« og »{others[1]}« findes ikke."
    # Nor does a message quote both.
    assert (without_personal_numbers(message) == message) is not is_within


def test_texts_between_part_the_halves() -> None:
    assert second_halves(["251248", "x", "4916"]) == []


def test_halves_anywhere_in_the_fields_of_a_row() -> None:
    for first, second in (
        ("i251248", "Noget 4916"),
        ("4916 Noget", "x251248y"),
        ("a 251248 b", "4916"),
    ):
        assert personal_fields({"id": first, "theme": "social", "name": second}) != []
        assert personal_fields({"id": first, "theme": "social", "note": "x", "name": second}) != []
    for first, second in (
        ("i251248", "Noget 4917"), ("i251248", "Noget 2024"), ("i251248 i alt", "Noget 4916"),
        ("i251248", "4916 borgere"), ("i251348", "Noget 4916"), ("skole 751012", "8000 Aarhus"),
        ("i251248", "Noget 4.916"), ("251248.4", "4916"), ("i251223", "kl. 1430"),
    ):  # fmt: skip
        assert personal_fields({"id": first, "theme": "social", "name": second}) == []


TOGETHER = (
    ("Ida 251248", "nr 4916"), ("nr 4916", "x", "Ida 251248"), ("Ida, født 25.12.1948", "nr. 4916"),
    ("Ida 25/12-48", "sidste fire 4916"), ("Ida 25.12.48", "nr. 4916"), ("1948-12-25", "nr 4916"),
    ("\uff12\uff15\uff11\uff12\uff14\uff18 Ida", "nr \u0664\u0669\u0661\u0666"),
    ("Ida 251248 bor i Viby og har 4916",), ("ida 251248 ida 4916",), ("1. 251248\n2. 4916",),
    ("4916 251248",), ("51098 1251",), ("251248      4916 Ida",),
)  # fmt: skip
NOT_TOGETHER = (
    ("Ida 251248", "nr 4917"), ("Ida 25.12.1948", "de 4916 borgere"), ("25.12.1948", "Viby 4916"),
    ("møde 25.12.1998", "8000 Aarhus"), ("251248 i alt", "nr 4916"), ("fra 251248 til 4916",),
    ("sagsnr. 251248", "nr 4916"), ("251248 kr.", "kr. 4916"), ("sag 251248abcd4916",),
    ("Ida 251248", "nr 2024"), ("311223", "kl. 1430"), ("51098 1252",), ("2024", "251248"),
    ("sager 51098 1251 x",),
)  # fmt: skip


@for_each("texts", TOGETHER)
def test_halves_in_what_is_typed_together(texts: tuple[str, ...]) -> None:
    with pytest.raises(KpiError, match="CPR"):
        refuse_personal_texts(*texts)


@for_each("texts", NOT_TOGETHER)
def test_other_figures_in_what_is_typed_together(texts: tuple[str, ...]) -> None:
    refuse_personal_texts(*texts)
