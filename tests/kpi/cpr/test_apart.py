"""Halves of a number with a name or words between them; figures around names are none."""

import random

from kpi.cpr.digits import fits_check
from kpi.cpr.texts import text_holds_number
from kpi.domain.personal import may_hold_in_cell
from tests.kpi.cpr.test_joined import is_refused
from tests.tables import for_each

_CHANCE = random.Random(41)
_MANY = 2_000
APART = (
    "251248 Jens Hansen 4916", "Ida 251248 Jens 4916", "251248 (Jens Hansen) 4916",
    "251248, Jens Hansen, 4916", "251248 Jens O. Hansen-Bo - 4916", "251248 Åse von Ørum 4916",
    "251248 Jens og Ida Holm 4916 er flyttet", "251248 Łukasz Ørum, 4916",
    "4916 født 25.12.48", "4916, født d. 25/12 1948", "nr. 4916 Ida født 251248",
    "4916 (Jens, f. 25-12-48)", "f. 1948 25/12, nr 4916",
    "Født 25/12 1948. Hans fire cifre: 4916", "født 25.12.48 i Aarhus, bagefter står 4916",
    "x=251248&y=4916", "https://x.dk/?d=251248&n=4916", '{"d":25,"m":12,"y":48,"n":4916}',
    "dag: 25, måned: 12, år: 1948, nr: 4916",
)  # fmt: skip
OTHERS = (
    "751012 Skolevej, 8000 Aarhus", "251248 Gellerup 4917", "251248 Gellerup Skole 4916 Aarhus",
    "251248 Viby Syd 4916 borgere", "251248 Viby Syd 2024", "251248 Kr 4916", "251248 Viby 49:16",
    "Sagsnr. 251248 Aarhus Kommune 4916", "faktura 251248 Aarhus Kommune 4916",
    "Opdateret 25.12.18 Aarhus Kommune 4916", "31.12.1998 Aarhus Kommune 4916",
    "I alt 4916 født 25.12.48", "Antal børn 4916 født 25.12.48", "født 25.12.48 i alt 4916 borgere",
    "født 25.12.48, postnr. 4916", "fra 251248 Viby til 4916", "a=251248&b=4917",
    "a=251248&aar=2024", "12.06.68 Skejby Sogn 4120",
    "1.251248 Jens Hansen 4916", "251248 Jens Hansen 4916,5", "251248 Jens Hansen 4916.123",
)  # fmt: skip


@for_each("text", APART)
def test_a_name_or_words_between_the_halves(text: str) -> None:
    assert text_holds_number(text)
    assert may_hold_in_cell(text)
    assert is_refused(("sted", "note"), [("Aarhus", text), ("Viby", "x")])


@for_each("text", OTHERS)
def test_figures_around_names_and_births(text: str) -> None:
    assert not text_holds_number(text)


def test_of_chance_figures_around_a_name_only_those_that_fit() -> None:
    texts = [
        (_CHANCE.randint(100_000, 999_999), _CHANCE.randint(1_000, 9_999)) for _ in range(_MANY)
    ]
    given = [both for both in texts if fits_check(f"{both[0]}{both[1]}")]
    refused = [both for both in texts if text_holds_number(f"{both[0]} Viby Syd {both[1]}")]
    assert {*refused} < {*given}
    assert len(refused) < len(given) / 10
    assert not is_refused(("a", "note"), [("x", f"{six} Viby Syd {four}") for six, four in texts])
