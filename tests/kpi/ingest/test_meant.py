"""What an indicator and its groups say of themselves: the rest of a head is another thing."""

import pytest

from kpi.ingest.checks.meant import Meant
from kpi.ingest.words.telling_words import TITLE
from tests.kpi.ingest.checked import Desk


def _meant(desk: Desk, *indicators: str, group: str = "") -> Meant:
    return Meant.of(desk.catalog, indicators or ["employment_rate"], [group])


@pytest.mark.every_case
@pytest.mark.parametrize(
    "head",
    ["værdi", "andel", "pct.", "2022", "Beskæftigelse", "INDHOLD", "Beskæftigede", "i alt",
     "Beskæftigelsesfrekvens", "Andel i beskæftigelse, pct.", "16-64 år", "Employment rate",
     "employment_rate", "Alle", "OBS_VALUE", "Antal", "resultat 2022", "ultimo november"],
)  # fmt: skip
def test_a_head_of_known_words_has_nothing_unread(real: Desk, head: str) -> None:
    assert _meant(real).unread_words(head) == []


@pytest.mark.every_case
@pytest.mark.parametrize(
    ("head", "unread"),
    [("Ledighed", ["Ledighed"]), ("R", ["R"]), ("type B", ["type", "B"]), ("18", ["18"]),
     ("Beskæftigede i Nordby", ["Nordby"]), ("Ubeskæftigede", ["Ubeskæftigede"])],
)  # fmt: skip
def test_what_a_head_says_besides_is_left_over(real: Desk, head: str, unread: list[str]) -> None:
    assert _meant(real).unread_words(head) == unread


@pytest.mark.every_case
@pytest.mark.parametrize(
    ("text", "indicators", "group", "is_other"),
    [
        ("Kvinder", ["employment_rate"], "", True),
        ("Kvinder", ["women_outside_labour_market_share"], "", False),
        ("Kvinder", ["employment_rate"], "danish_women", False),
        ("16-64 år", ["employment_rate"], "", False),
        ("25-39 år", ["employment_rate"], "", True),
        ("Budget", ["nsk_budget"], "", False),
        ("Budget", ["nsk_budget", "employment_rate"], "", True),  # a head is of all of them
        ("Ikke-vestlig", ["self_sufficiency_rate"], "", False),
        # The definition names non-western people, but the figures are not theirs.
        ("Ikke-vestlig", ["self_sufficiency_rate"], "danish", True),
        ("Antal", ["nsk_cases"], "", False),
        ("Antal", ["employment_rate"], "", True),
        ("Andel", ["employment_rate"], "", False),
        ("Andel", ["nsk_cases"], "", True),
        ("Gennemsnit", ["notifications_per_child"], "", False),
        ("Gennemsnit", ["employment_rate"], "", True),
        ("Sum af sager", ["nsk_cases"], "", False),
        ("Sum af andel", ["employment_rate"], "", True),
        ("sum_underretninger", ["notifications_per_child"], "", True),
        ("Antal af sager", ["nsk_cases"], "", True),
        ("Maks. af sager", ["nsk_cases"], "", True),
    ],
)
def test_a_word_is_right_where_the_indicator_or_group_says_it(
    real: Desk, text: str, indicators: list[str], group: str, is_other: bool
) -> None:
    assert bool(_meant(real, *indicators, group=group).contradictions(text)) == is_other


def test_a_text_may_name_one_of_the_indicators(real: Desk) -> None:
    both = _meant(real, "nsk_budget", "employment_rate")
    assert both.contradictions("Budget", TITLE) == []


@pytest.mark.every_case
@pytest.mark.parametrize(
    ("head", "other"),
    [("Fravær", "nøgletallet »Elevfravær«"), ("Dansk baggrund", "gruppen »Dansk baggrund«"),
     ("Beskæftigelse", ""), ("I alt", ""), ("Alle", "")],
)  # fmt: skip
def test_the_name_of_another_thing_is_known(real: Desk, head: str, other: str) -> None:
    assert _meant(real).other_name(head) == other


def test_a_head_like_the_name_of_another_indicator_is_known(real: Desk) -> None:
    assert _meant(real).named_alike(["Fraværsprocent"]) == "Elevfravær"
    assert _meant(real).named_alike(["Ledighed"]) == ""
    assert (
        _meant(real).named_alike(["nye"]) == ""
    )  # `Nye i Kontrolteamet` is called by another word


@pytest.mark.parametrize(
    ("title", "group", "words"),
    [
        ("Fravær i udskolingen", "middle_school", ["udskolingen"]),
        ("Fravær i udskolingen", "lower_secondary", []),
        ("Elevfravær i kommunerne, Danmark", "middle_school", []),
    ],
)
def test_a_title_that_names_another_group(
    real: Desk, title: str, group: str, words: list[str]
) -> None:
    meant = _meant(real, "school_absence", group=group)
    assert [contradiction.word for contradiction in meant.contradictions(title, TITLE)] == words


@pytest.mark.every_case
@pytest.mark.parametrize(
    ("indicator", "text", "word"),
    [
        ("school_absence", "Sygefravær 2023/24", "sygefravær"),
        ("school_absence", "Langtidsfravær i Aarhus", "langtidsfravær"),
        ("school_absence", "Skolefravær", ""),
        ("school_absence", "Elevfraværet i folkeskolen", ""),
        ("employment_rate", "Deltidsbeskæftigelse", "deltidsbeskæftigelse"),
        ("employment_rate", "Beskæftigelsesfrekvens", ""),
    ],
)
def test_a_longer_word_in_a_title_is_another_thing(
    real: Desk, indicator: str, text: str, word: str
) -> None:
    named = [
        contradiction.word for contradiction in _meant(real, indicator).contradictions(text, TITLE)
    ]
    assert named == ([word] if word else [])
