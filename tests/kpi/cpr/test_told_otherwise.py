"""A number whose parts are told by words, as thousands, or in glued words for its digits."""

from kpi.cpr.texts import text_holds_number
from kpi.cpr.typed import typed_holds_number
from tests.tables import for_each


@for_each(
    "text",
    (
        # Thousands before a dash and four digits: nobody has a mark in the one figure alone.
        "251.248-4916", "tal 251.248-4916 her",
        # The four are named behind them.
        "4916 er de sidste fire efter 251248", "f. 251248; 4916 er de 4 sidste",
        # Beside the word a number without a check digit, whatever words part its halves.
        "personnummeret er 140512 efterfulgt af 4573", "cpr: 140512 og til sidst 4573",
        # Born on a day that a program wrote.
        "fødselsdato 2012-05-14, 4573", "Ida født 2012.05.14 4573",
        "tofementofireottefirenienseks", "nummeret er Tofementofireottefirenienseks",
    ),
)  # fmt: skip
def test_is_found_in_a_note(text: str) -> None:
    assert text_holds_number(text)
    assert typed_holds_number(text)


@for_each("text", ("2 512 484 916", "2,512,484,916", "2.512.484.916"))
def test_thousands_are_found_where_nobody_lists_amounts(text: str) -> None:
    assert typed_holds_number(text)
    assert not typed_holds_number(f"{text} kr.")


@for_each(
    "text",
    (
        "251.248-301.500", "251.248 - 4916", "251.249-4916", "barnet hedder to fem en to fire otte",
        "de sidste fire år 2024 og 251248", "4916 er de sidste fire kvartaler efter 251248",
        "fødselsdato 2012-05-14: 4573 børn", "fødselsdato 2012-05-14, 1030", "2 512 484 917",
        "tofementofireottefirenienseksere", "1 251 248 4916",
    ),
)  # fmt: skip
def test_what_looks_so_and_is_none(text: str) -> None:
    assert not text_holds_number(text)
