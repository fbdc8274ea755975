"""Danish words around figures."""

import pytest

from kpi import wording
from kpi.compare import Comparison
from kpi.model import Source
from kpi.period import parse_period
from kpi.wording import Badge
from tests.kpi.made import catalog as made_catalog
from tests.kpi.made import indicator, observation

MADE = made_catalog()
PERCENT = indicator()
HOURS = indicator("amount", "hours_per_week", decimals=0)
PERSONS = indicator("count", "persons", decimals=0)


@pytest.mark.parametrize(
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


@pytest.mark.parametrize(
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


@pytest.mark.parametrize(
    ("kind", "with_id", "text"),
    [
        ("area", "denmark", "hele landet"),
        ("area", "odense", "Odense"),
        ("group", "danish", "borgere med dansk baggrund"),
        ("area_set", "cities", "Byerne uden Aarhus"),
    ],
)
def test_other_name(kind: str, with_id: str, text: str) -> None:
    comparison = Comparison(kind, with_id, 1.0, 1.0, "bedre", True)
    assert wording.other_name(comparison, MADE, MADE.areas["aarhus"]) == text


@pytest.mark.parametrize(
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


def test_counts_of_known_wholes_differ_in_percentage_points() -> None:
    assert wording.size(9.9, PERSONS, in_percent=True) == "10\u00a0procentpoint"


@pytest.mark.parametrize(
    ("status", "badges"),
    [
        ("final", ()),
        ("missing", ()),
        ("approximate", (Badge("approximate", "Omtrentligt"),)),
        ("preliminary", (Badge("approximate", "Foreløbigt"),)),
        ("suppressed", (Badge("hidden", "Skjult"),)),
    ],
)
def test_status_badges(status: str, badges: tuple[Badge, ...]) -> None:
    assert wording.status_badges(observation(None, status=status)) == badges


@pytest.mark.parametrize(
    ("period", "text"),
    [
        ("2022", "i 2022"),
        ("2024M10D06", "pr. 6. oktober 2024"),
        ("2024K1", "i 1. kvartal 2024"),
        ("2024H1", "i 1. halvår 2024"),
        ("2024/2025", "i skoleåret 2024/2025"),
    ],
)
def test_when(period: str, text: str) -> None:
    assert wording.when(parse_period(period), PERCENT, MADE) == text


@pytest.mark.parametrize(
    ("parts", "text"),
    [
        (("Et", "To."), "Et. To."),
        (("Et", "", "To.."), "Et. To."),
        ((), ""),
    ],
)
def test_sentences(parts: tuple[str, ...], text: str) -> None:
    assert wording.sentences(*parts) == text


@pytest.mark.parametrize(
    ("whose", "first", "last", "text"),
    [
        ((), "2022", "2022", "Beskæftigelse, procent, 2022"),
        (("dansk baggrund",), "2008", "2021", "Beskæftigelse, dansk baggrund, procent, 2008-2021"),
        ((), "forår 2024", "efterår 2024", "Beskæftigelse, procent, forår 2024 til efterår 2024"),
    ],
)
def test_subtitle(whose: tuple[str, ...], first: str, last: str, text: str) -> None:
    assert wording.subtitle(PERCENT, whose, first, last) == text


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


@pytest.mark.parametrize(
    ("name", "text"), [("Gellerup", "Gellerups"), ("Aarhus", "Aarhus'"), ("Viby Syd", "Viby Syds")]
)
def test_genitive(name: str, text: str) -> None:
    assert wording.genitive(name) == text


@pytest.mark.parametrize(
    ("count", "of", "text"),
    [
        (2, 2, "begge tal"),
        (3, 3, "alle tre tal"),
        (2, 4, "to af fire tal"),
        (1, 1, "det ene tal"),
    ],
)
def test_share_of(count: int, of: int, text: str) -> None:
    assert wording.share_of(count, of, "tal") == text


@pytest.mark.parametrize(
    ("names", "text"),
    [
        ([], ""),
        (["Aarhus"], "Aarhus"),
        (["Aarhus", "Odense"], "Aarhus og Odense"),
        (["Aarhus", "Odense", "Randers"], "Aarhus, Odense og Randers"),
    ],
)
def test_listing(names: list[str], text: str) -> None:
    assert wording.listing(names) == text


@pytest.mark.parametrize(("text", "capital"), [("ærø", "Ærø"), ("NSK", "NSK"), ("", "")])
def test_capital(text: str, capital: str) -> None:
    assert wording.capital(text) == capital


@pytest.mark.parametrize(
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
