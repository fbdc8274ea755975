"""Heads, units and titles that count something else than the indicator: households for persons."""

from pathlib import Path

import pytest

from tests.kpi.ingest.checked import Desk
from tests.tables import for_each

# indicator, a figure of it, and whether the words beside are its own
CASES = [
    ("population", "Personer", True), ("population", "Antal borgere", True),
    ("population", "Antal", True), ("population", "Indbyggere i alt", True),
    ("population", "Husstande", False), ("population", "Antal husstande", False),
    ("population", "Familier", False), ("population", "Boliger", False),
    ("population", "Antal sager", False), ("population", "Husholdninger", False),
    ("population", "Antal (husstande)", False), ("population", "Fuldtidspersoner", False),
    ("population", "Antal børn", False),
    ("employment_rate", "Andel af personer", True), ("employment_rate", "Andel familier", False),
    ("employment_rate", "Andel husstande", False), ("employment_rate", "Andel børn", False),
    ("one_person_household_share", "Andel husstande", True),
    ("child_poverty_share", "Andel familier", True), ("child_poverty_share", "Andel børn", True),
    ("owner_occupied_share", "Andel boliger", True),
    ("owner_occupied_share", "Andel husstande", False),
    ("unemployment_rate", "Ledige i pct.", True), ("unemployment_rate", "Fuldtidsledige", True),
    ("school_absence_high", "Elever", True),
    ("disposable_income", "Disponibel indkomst", True),
    ("disposable_income", "Disponibel indkomst (familier)", False),
    ("disposable_income", "Kr. pr. måned", False), ("disposable_income", "Kr. om året", True),
    ("disposable_income", "Kr. pr. år", True),
    ("programme_families", "Antal familier", True), ("programme_families", "Personer", False),
    ("notifications_received", "Antal underretninger", True),
    ("notifications_received", "Antal personer", False),
    ("nsk_cases", "Sager", True), ("nsk_cases", "Personer", False),
]  # fmt: skip


@pytest.fixture(scope="module")
def shipped_desk(shipped_home: Path) -> Desk:
    """The store with every indicator of data/."""
    return Desk.of(shipped_home)


CODES = {"head_words", "unit_mismatch", "text_words"}


def asked(desk: Desk, indicator: str, head: str, above: str = "", below: str = "") -> set[str]:
    """The codes of what is asked about the words of a small table, and whether any refuses it."""
    lines = [*([above] if above else []), f"Kommune;År;{head}", "Aarhus;2019;21", "Odense;2019;22"]
    content = "\n".join([*lines, *(["", below] if below else [])]) + "\n"
    checked = desk.check(content, indicator_id=indicator)
    return {each.code for each in checked.problems if each.code in CODES}


@for_each(("indicator", "head", "is_own"), CASES)
def test_a_head_names_what_is_counted(
    shipped_desk: Desk, indicator: str, head: str, is_own: bool
) -> None:
    assert bool(asked(shipped_desk, indicator, head)) != is_own


@for_each(
    ("title", "is_own"),
    [
        ("Folketal efter kommune", True),
        ("Folketal: personer", True),
        ("Folketal, husstande", False),
        ("Antal familier efter kommune; folketal", False),
        ("Enhed: husstande", False),
        ("Enhed: personer", True),
        ("Folketal efter boligtype", True),
    ],
)
def test_so_does_a_title(shipped_desk: Desk, title: str, is_own: bool) -> None:
    own = asked(shipped_desk, "population", "Antal", above="Folketal")
    assert bool(asked(shipped_desk, "population", "Antal", above=title) - own) != is_own


@for_each(
    ("line", "is_own"),
    [
        ("Tallene er husstande", False),
        ("Opgjort i husstande", False),
        ("Enhed: antal familier", False),
        ("Opgjort i personer", True),
        ("En husstand kan bestå af flere familier.", True),
    ],
)
def test_so_does_a_line_under_it(shipped_desk: Desk, line: str, is_own: bool) -> None:
    assert bool(asked(shipped_desk, "population", "Antal", below=line)) != is_own


@for_each(
    ("title", "is_asked"),
    [
        ("Folketal, Jobcenter Vest", True),
        ("Folketal i bydel Vest", True),
        ("Folketal for Distrikt Syd", True),
        ("Folketal, team 3", True),
        ("Folketal, Skoledistrikt Tovshøj", True),
        ("Folketal, område 2019", False),
        ("Folketal, Jobcenter Aarhus", False),
        ("Folketal efter distrikt", False),
        ("Folketal. Center for Statistik", False),
    ],
)
def test_a_part_of_the_municipality_in_a_title_is_asked_about(
    shipped_desk: Desk, title: str, is_asked: bool
) -> None:
    assert bool(asked(shipped_desk, "population", "Antal", above=title)) == is_asked


def test_the_areas_of_jobcentres_are_asked_about(shipped_desk: Desk) -> None:
    """Some jobcentres are of two municipalities."""
    rows = "Jobcenter;År;Antal\nAarhus;2019;21\nOdense;2019;22\n"
    problems = shipped_desk.check(rows, indicator_id="population").problems
    assert any("jobcentre" in each.hint for each in problems if each.code == "head_words")
