"""Which units are rates that count persons or cases, and per how many."""

from typing import get_args

from kpi.domain.counting_rates import counted_per, without_per
from kpi.domain.kinds import KIND_PROPERTIES
from kpi.domain.units import known_units
from kpi.domain.vocabulary import Kind

# All others of the vocabulary are no rates of so many persons.
OF_THE_VOCABULARY = {"percent": 100, "notifications_per_1000_children": 1_000}
OWN_WORDS = {
    "sag pr. 1.000 børn; sager pr. 1.000 børn": 1_000, "sager pr. 1000 børn": 1_000,
    "sager per 1 000 børn": 1_000, "ledige pr. tusind": 1_000, "promille": 1_000, "pct.": 100,
    "anmeldelser pr. 100 elever": 100, "klager pr. hundrede": 100, "sager pr. 10 børn": 10,
    "ledige pr. 10.000 indbyggere": 10_000, "fald pr. 100.000 personer": 100_000,
    "fald pr. 100 tusinde": 100_000, "syge pr. 1.000.000 indbyggere": 1_000_000,
    "syge pr. million": 1_000_000,
    # However it is written.
    "sager pr.1.000 børn": 1_000, "sager pr. år pr. 1.000 børn": 1_000, "‰ af børn": 1_000,
    "promille af børn": 1_000, "i promille": 1_000, "promille (‰)": 1_000, "o/oo": 1_000,
    "pro mille": 1_000, "pct. af alle børn": 100, "sager pr. år og tusind børn": 1_000,
    "sager pr. titusinde børn": 10_000, "fald pr. hundredetusinde": 100_000,
    "syge pr. mio. indbyggere": 1_000_000, "syge pr. 1 mio. indbyggere": 1_000_000,
    "sager pr. 1.000 0-17-årige": 1_000, "sager pr. 1000 0-5-årige": 1_000,
    "sager pr. 100\u202f000 børn": 100_000, "sager pr. tusind 0-17-årige": 1_000,
    "sager/1.000 børn": 1_000, "sager pr. barn": 1, "sager i forhold til antal børn": 1,
    "sager forhold til børn": 1, "kr. pr. barn": None, "timer pr. uge pr. 1.000 børn": None,
    # Money, time and places are no persons; other numbers no round ones.
    "kr. pr. 1.000 indbyggere": None, "t.kr. pr. 100 elever": None, "timer pr. 100 elever": None,
    "sygedage pr. ansat": None, "dage pr. 1.000 ansatte": None, "uheld pr. 1.000 km": None,
    "indbyggere pr. hektar": None, "børn pr. 1.500 familier": None, "børn pr. familie": 1,
    "børn pr. klasse": None,
    "kr. pr. måned": None,
}  # fmt: skip


def test_per_how_many_a_unit_counts() -> None:
    units = {unit: OF_THE_VOCABULARY.get(unit) for unit in known_units()} | OWN_WORDS
    for kind in get_args(Kind):
        # Of the others the kind itself says what is counted.
        is_own_rate = KIND_PROPERTIES[kind].persons_in == "denominator"
        expected = {unit: per if is_own_rate else None for unit, per in units.items()}
        assert {unit: counted_per(kind, unit) for unit in units} == expected, kind


def test_the_name_says_it_where_the_unit_does_not() -> None:
    name = "Underretninger pr. 1.000 børn"
    assert counted_per("mean", "sager", name) == 1_000
    assert counted_per("mean", "gange", name) == 1_000
    assert counted_per("mean", "sager pr. 100 elever", name) == 100
    assert counted_per("mean", "kr.", "Udgift pr. 1.000 børn") is None
    assert counted_per("mean", "gange", "Timer pr. 1.000 børn") is None
    assert counted_per("mean", "børn pr. klasse", name) is None
    assert counted_per("count", "sager", name) is None


def test_a_number_in_a_unit_that_is_what_it_counts_per() -> None:
    for unit in (
        "sager pr. 1.000 børn",
        "sager pr. 1.000 0-17-årige",
        "sager pr. tusind 0-17-årige",
    ):
        assert not any(map(str.isdigit, without_per(unit))), unit
    for unit in ("1.000 kr.", "sager pr. 1.500 børn", "0-17-årige", "sager pr. 1.000 af 17 børn"):
        assert any(map(str.isdigit, without_per(unit))), unit
