"""Danish words around figures."""

import re
from dataclasses import replace
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi.domain import period_words, wording
from kpi.domain.compare import MEDIAN, Change, Comparison
from kpi.domain.model import Source
from kpi.domain.period import parse_period
from kpi.domain.vocabulary import MEASURED, ComparedWith, FigureStatus, MeasuredHow
from kpi.domain.wording import Badge
from tests.kpi.domain.test_period import PERIOD_TEXTS
from tests.kpi.made import catalog as made_catalog
from tests.kpi.made import indicator, observation
from tests.tables import for_each

MADE = made_catalog()
PERCENT = indicator()
HOURS = indicator("amount", "hours_per_week", decimals=0)
PERSONS = indicator("count", "persons", decimals=0)


@for_each(
    ("name", "text"),
    [
        ("Dansk baggrund", "dansk baggrund"),
        ("NSK-sager", "NSK-sager"),
        ("Ærø", "ærø"),
        ("A", "a"),
        ("", ""),
    ],
)
def test_in_text(name: str, text: str) -> None:
    assert wording.in_text(name) == text


@for_each(
    ("name", "text"),
    [
        ("Hele landet", "hele landet"),
        ("Kommunernes median", "kommunernes median"),
        ("Medianen af 98 kommuner", "medianen af 98 kommuner"),
        ("Aarhus", "Aarhus"),
        ("Helsingør", "Helsingør"),  # begins like »Hele«, but is a name
    ],
)
def test_place(name: str, text: str) -> None:
    assert wording.place(name) == text


@for_each(
    ("kind", "with_id", "text"),
    [
        ("area", "denmark", "hele landet"),
        ("area", "odense", "Odense"),
        ("group", "danish", "borgere med dansk baggrund"),
        ("area_set", "cities", "Byerne uden Aarhus"),
        ("area_set", MEDIAN, "medianen af de 97 andre kommuner"),
    ],
)
def test_other_name(kind: ComparedWith, with_id: str, text: str) -> None:
    comparison = Comparison(kind, with_id, 1.0, 1.0, "better", True, areas=97)
    assert wording.other_name(comparison, MADE, MADE.areas["aarhus"]) == text


@for_each(
    ("gap", "approximate", "text"),
    [
        (-7.2, False, "7,2_procentpoint under hele landet"),
        (4.6, False, "4,6_procentpoint over hele landet"),
        (0.04, False, "på niveau med hele landet"),
        (-8.3, True, "ca._8_procentpoint under hele landet"),  # no decimals of rough values
    ],
)
def test_gap_phrase(gap: float, approximate: bool, text: str) -> None:
    phrase = wording.gap_phrase(gap, PERCENT, "hele landet", True, approximate)
    assert phrase.replace("\u00a0", "_") == text


@pytest.mark.parametrize(
    ("points", "in_percent", "text"),
    [
        (-12, False, "12_timer om ugen"),
        (1, False, "1_time om ugen"),
    ],
)
def test_size_of_an_amount(points: float, in_percent: bool, text: str) -> None:
    assert wording.size(points, HOURS, in_percent).replace("\u00a0", "_") == text


def test_counts_with_denominators_differ_in_percentage_points() -> None:
    assert wording.size(9.9, PERSONS, in_percent=True) == "10\u00a0procentpoint"


@for_each(
    ("status", "badges"),
    [
        ("final", ()),
        ("missing", ()),
        ("approximate", (Badge("approximate", "Omtrentligt"),)),
        ("preliminary", (Badge("approximate", "Foreløbigt"),)),
        ("suppressed", (Badge("hidden", "Skjult"),)),
        ("at_least", (Badge("approximate", "Kilden giver kun en grænse"),)),
        ("at_most", (Badge("approximate", "Kilden giver kun en grænse"),)),
        ("range", (Badge("approximate", "Kilden giver kun et interval"),)),
    ],
)
def test_status_badges(status: FigureStatus, badges: tuple[Badge, ...]) -> None:
    assert wording.status_badges(observation(None, status=status)) == badges


@for_each(
    ("period", "text"),
    [
        ("2022", "i 2022"),
        ("2024M10D06", "pr. 6. oktober 2024"),
        ("2024K1", "i 1. kvartal 2024"),
        ("2024H1", "i 1. halvår 2024"),
        ("2024/2025", "i skoleåret 2024/2025"),
        ("2021:2025", "i 2021-2025"),
        ("2024:2025M03", "i 2024 til marts 2025"),
    ],
)
def test_when(period: str, text: str) -> None:
    assert period_words.when(parse_period(period), PERCENT, MADE) == text


SCHOOLS = replace(MADE, school_figures=frozenset({"rate"}))


@for_each(
    ("period", "text", "since"),
    [
        ("2024H1", "i foråret 2024", "siden foråret 2024"),
        ("2024H2", "i efteråret 2024", "siden efteråret 2024"),
        ("2023/2024", "i skoleåret 2023/2024", "siden skoleåret 2023/2024"),
        ("2024K1", "i 1. kvartal 2024", "siden 1. kvartal 2024"),
    ],
)
def test_schools_have_seasons(period: str, text: str, since: str) -> None:
    assert period_words.when(parse_period(period), PERCENT, SCHOOLS) == text
    assert period_words.since_when(parse_period(period), PERCENT, SCHOOLS) == since


@for_each(
    ("measured", "period", "after", "label"),
    [
        # over the whole period
        ("over", "2022", "i 2022", "2022"),
        ("over", "2024H1", "i foråret 2024", "forår 2024"),
        ("over", "2024/2025", "i skoleåret 2024/2025", "2024/2025"),
        ("over", "2024M10D06", "pr. 6. oktober 2024", "6. oktober 2024"),
        ("over", "2024:2025M03", "i 2024 til marts 2025", "2024 til marts 2025"),
        # counted on its last day, which is no period
        ("at", "2025M03", "opgjort marts 2025", "opgjort marts 2025"),
        ("at", "2024M10D06", "opgjort 6. oktober 2024", "opgjort 6. oktober 2024"),
        ("at", "2024H2", "opgjort efteråret 2024", "opgjort efteråret 2024"),
        ("at", "2024/2025", "opgjort skoleåret 2024/2025", "opgjort skoleåret 2024/2025"),
        # cumulated since its beginning
        ("since", "2024:2025M03", "siden 2024, opgjort marts 2025",
         "siden 2024, opgjort marts 2025"),
        ("since", "2023M04:2024M03", "siden april 2023, opgjort marts 2024",
         "siden april 2023, opgjort marts 2024"),
        ("since", "2025M03", "indtil marts 2025", "indtil marts 2025"),
        ("since", "2024H2", "indtil efteråret 2024", "indtil efteråret 2024"),
        # only the source's own date is known
        ("reported", "2024", "oplyst juni 2024", "oplyst juni 2024"),
        ("reported", "2022", "oplyst juni 2024", "oplyst juni 2024"),
    ],
)  # fmt: skip
def test_how_a_figure_belongs_to_its_period(
    measured: MeasuredHow, period: str, after: str, label: str
) -> None:
    row = observation(1.0, period)._replace(measured=measured)
    assert period_words.when_row(row, PERCENT, SCHOOLS) == after
    assert period_words.row_period_name(row, PERCENT, SCHOOLS) == label


def test_a_source_without_a_date_has_only_the_period() -> None:
    undated = replace(MADE.sources["paper"], published="")
    known = replace(MADE, sources=MappingProxyType({"paper": undated}))
    row = observation(1.0, "2024")._replace(measured="reported")
    assert period_words.row_period_name(row, PERCENT, known) == "oplyst 2024"


@given(PERIOD_TEXTS, st.sampled_from(MEASURED), st.booleans())
def test_no_period_is_said_with_two_prepositions(
    text: str, measured: MeasuredHow, of_schools: bool
) -> None:
    known = SCHOOLS if of_schools else MADE
    period = parse_period(text)
    since = period_words.since_when(period, PERCENT, known)
    after = period_words.when_row(
        observation(1.0, text)._replace(measured=measured), PERCENT, known
    )
    for said in (since, after):
        assert not re.search(r"\b(siden|i|pr\.|opgjort|indtil|oplyst) (i|pr\.|siden)\b", said)
    assert since.startswith("siden ")
    # A status at a date is never made a period.
    assert measured == "over" or not after.startswith(("i ", "pr. "))


@for_each(
    ("parts", "text"),
    [
        (("Et", "To."), "Et. To."),
        (("Et", "", "To.."), "Et. To."),
        ((), ""),
    ],
)
def test_sentences(parts: tuple[str, ...], text: str) -> None:
    assert wording.sentences(*parts) == text


@for_each(
    ("whose", "first", "last", "text"),
    [
        ((), "2022", "2022", "Beskæftigelse, procent, 2022"),
        (("dansk baggrund",), "2008", "2021", "Beskæftigelse, dansk baggrund, procent, 2008-2021"),
        ((), "forår 2024", "efterår 2024", "Beskæftigelse, procent, forår 2024 til efterår 2024"),
    ],
)
def test_subtitle(whose: tuple[str, ...], first: str, last: str, text: str) -> None:
    assert wording.subtitle(PERCENT, whose, first, last) == text


def test_a_unit_that_the_name_says_is_not_said_twice() -> None:
    """Also one of several words, and none that is only a part of a word."""
    rate = replace(PERCENT, unit="notifications_per_1000_children", kind="mean")
    named = replace(rate, name="Underretninger pr. 1.000 børn")
    assert wording.subtitle(named, (), "2025", "2025") == "Underretninger pr. 1.000 børn, 2025"
    times = replace(PERCENT, unit="times", kind="mean", name="Udgange")
    assert wording.subtitle(times, (), "2025", "2025") == "Udgange, gange, 2025"


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (1, "Kilde: A, Udgiver (2024)."),
        (2, "Kilder: A, Udgiver (2024); B, Udgiver (2022)."),
    ],
)
def test_source_line(count: int, text: str) -> None:
    sources = (
        Source("a", "A", "Udgiver", "2024-06-19", "", 0),
        Source("b", "B", "Udgiver", "2022", "", 0),
    )
    assert wording.source_line(sources[:count]) == text


@for_each(
    ("name", "text"), [("Gellerup", "Gellerups"), ("Aarhus", "Aarhus'"), ("Viby Syd", "Viby Syds")]
)
def test_genitive(name: str, text: str) -> None:
    assert wording.genitive(name) == text


@for_each(
    ("count", "of", "text"),
    [
        (2, 2, "begge tal"),
        (3, 3, "alle tre tal"),
        (2, 4, "to af fire tal"),
        (1, 1, "det ene tal"),
        (1, 4, "ét af fire tal"),  # of the neuter gender
        (3, 9, "tre af ni tal"),
        (3, 13, "3 af 13 tal"),  # spelled in one way
    ],
)
def test_share_of(count: int, of: int, text: str) -> None:
    assert wording.share_of(count, of, "tal") == text


@for_each(
    ("noun", "of_one", "of_two"),
    [
        ("opgørelser", "den ene opgørelse", "én af to opgørelser"),
        ("indsatser", "den ene indsats", "én af to indsatser"),
        ("kommuner", "den ene kommune", "én af to kommuner"),
        ("nøgletal", "det ene nøgletal", "ét af to nøgletal"),
        ("områder", "det ene område", "ét af to områder"),
        ("udsagn", "det ene udsagn", "ét af to udsagn"),
    ],
)
def test_one_has_the_gender_of_its_noun(noun: str, of_one: str, of_two: str) -> None:
    assert (wording.share_of(1, 1, noun), wording.share_of(1, 2, noun)) == (of_one, of_two)


@for_each(
    ("counts", "words"),
    [
        ((3, 9), ["tre", "ni"]),
        ((1, 12), ["én", "tolv"]),
        ((3, 13), ["3", "13"]),
        ((1, 2687), ["1", "2.687"]),
        ((), []),
    ],
)
def test_counts_of_one_sentence_are_spelled_in_one_way(
    counts: tuple[int, ...], words: list[str]
) -> None:
    assert wording.counts_in_words(*counts) == words


@for_each(
    ("name", "text"),
    [
        ("Dansk baggrund", "borgere med dansk baggrund"),
        ("Ikke-vestlig baggrund", "borgere med ikke-vestlig baggrund"),
        (
            "Ikke-vestlig baggrund ekskl. Ukraine",
            "borgere med ikke-vestlig baggrund ekskl. Ukraine",
        ),
        ("Kvinder med dansk baggrund", "kvinder med dansk baggrund"),
        ("Borgere med somalisk baggrund", "borgere med somalisk baggrund"),
        ("Jobparate ledige", "jobparate ledige"),
    ],
)
def test_a_group_is_people(name: str, text: str) -> None:
    assert wording.people(name) == text


@for_each(
    ("kind", "now", "then", "points", "is_chance", "text"),
    [
        ("proportion", "2022", "2021", 2.0, False, "+2,0_procentpoint siden 2021"),
        ("proportion", "2022", "2021", 0.04, False, "uændret siden 2021"),
        ("proportion", "2022", "2021", 2.0, True,
         "+2,0_procentpoint siden 2021, ingen sikker ændring"),
        # Only a count's change is given in percent as well.
        ("count", "2022", "2021", 2.0, False, "+2_personer (+4,0_%) siden 2021"),
        # Spring and autumn are not held together without saying so.
        ("proportion", "2024H2", "2024H1", -3.3, False,
         "−3,3_procentpoint siden foråret 2024 (ikke samme årstid)"),
        ("proportion", "2024H1", "2023H1", -3.3, False, "−3,3_procentpoint siden foråret 2023"),
        ("proportion", "2024M10D07", "2024M10D06", 1.0, False,
         "+1,0_procentpoint siden 6. oktober 2024"),
    ],
)  # fmt: skip
def test_a_change(
    kind: str, now: str, then: str, points: float, is_chance: bool, text: str
) -> None:
    change = Change(parse_period(then), 50.0, points, 2 * points, is_chance)
    of = PERSONS if kind == "count" else PERCENT
    phrase = wording.change_phrase(change, observation(52.0, now), of, SCHOOLS)
    assert phrase.replace("\u00a0", "_") == text


def test_a_count_with_a_denominator_changes_in_percentage_points() -> None:
    change = Change(parse_period("2021"), 20.0, 5.0, 25.0, True)
    phrase = wording.change_phrase(change, observation(12, of=(None, 48)), PERSONS, MADE)
    assert phrase == "+5\u00a0procentpoint siden 2021, ingen sikker ændring"


def test_a_change_without_a_percentage_has_no_empty_brackets() -> None:
    change = Change(parse_period("2021"), -4.0, 2.0, None)
    phrase = wording.change_phrase(change, observation(-2.0, "2022"), HOURS, MADE)
    assert phrase == "+2\u00a0timer om ugen siden 2021"


@for_each(("text", "capital"), [("ærø", "Ærø"), ("NSK", "NSK"), ("", "")])
def test_capital(text: str, capital: str) -> None:
    assert wording.capital(text) == capital


@for_each(
    ("title", "name"),
    [
        ("Åbent hus på Øst, 2025!", "aabent_hus_paa_oest_2025"),
        ("  Café & æbler  ", "cafe_aebler"),
        ("–", ""),
        ("", ""),
        ("a" * 70, "a" * 60),
        ("a" * 59 + " b", "a" * 59),  # no mark is left at the end
    ],
)
def test_plain_id(title: str, name: str) -> None:
    assert wording.plain_id(title) == name
