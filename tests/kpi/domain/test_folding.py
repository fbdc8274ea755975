"""Texts as they are searched."""

from kpi.domain.folding import fold
from tests.tables import for_each


@for_each(
    ("written", "name"),
    [
        ("AARHUS", "Århus"), ("arhus", "Aarhus"), ("aeroe", "Ærø"), ("koebenhavn", "København"),
        ("kobenhavn", "København"), ("fravaer", "fravær"), ("6byerne", "6-byerne"),
        ("nsksager", "NSK-sager"), ("allerod", "Allerød"), ("a\u030arhus", "Århus"),
        ("km2", "km²"), ("  fravær ", "Fravær,"), ("1 000 børn", "1.000 børn"),
    ],
)  # fmt: skip
def test_ways_to_write_a_name_are_folded_alike(written: str, name: str) -> None:
    assert fold(written).text == fold(name).text


@for_each("other", ["Herlev", "Harlev By", "Halev"])
def test_other_names_stay_others(other: str) -> None:
    assert fold(other).text != fold("Harlev").text


def test_each_letter_knows_where_it_stands() -> None:
    folded = fold("Ærø & Aabenraa, 6-byerne")
    assert folded.text == "aero abenra 6byerne"
    assert len(folded.spans) == len(folded.text)
    at = folded.text.index("abenra")
    assert folded.source[folded.spans[at][0] : folded.spans[at + 5][1]] == "Aabenraa"
    assert folded.words == ("aero", "abenra", "6byerne")
    assert fold(" .!").text == ""
