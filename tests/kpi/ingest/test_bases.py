"""What shares are of and rates are per is compared with the indicator's own words."""

from dataclasses import replace

import pytest

from kpi.ingest.checks.bases import other_bases
from tests.kpi.ingest.checked import Desk

LABOUR_FORCE = ("Ledige i procent af arbejdsstyrken", "percent")
POPULATION = ("Andel af befolkningen i alderen 16-64 år, der er i job", "percent")
PER_PERSON = ("Disponibel indkomst pr. person", "dkk_per_year")
PER_CHILDREN = ("Underretninger pr. 1.000 børn", "notifications_per_1000_children")
PER_AREA = ("Indbyggere pr. km²", "persons_per_km2")
A_WEEK = ("Timekrav i nytteindsats", "hours_per_week")


@pytest.mark.every_case
@pytest.mark.parametrize(
    ("own", "text", "words"),
    [
        (LABOUR_FORCE, "Fuldtidsledige i pct. af arbejdsstyrken efter område", []),
        (LABOUR_FORCE, "Fuldtidsledige i pct. af hele arbejdsstyrken 16-64 år", []),
        (LABOUR_FORCE, "Fuldtidsledige i pct. af befolkningen", ["af befolkningen"]),
        (LABOUR_FORCE, "Ledige, procent af de forsikrede", ["af forsikrede"]),
        (POPULATION, "Beskæftigede i pct. af alle borgere i alderen 16-64 år", []),
        (POPULATION, "Andel af 16-64-årige i job", []),
        (POPULATION, "Andel af arbejdsstyrken i job", ["af arbejdsstyrken"]),
        (POPULATION, "I job i pct. af landsgennemsnittet", ["af landsgennemsnittet"]),
        (POPULATION, "Jobs pr. kommune pr. år, opgjort pr. 1. januar og pr. ultimo maj", []),
        (POPULATION, "Jobdage pr. elev", ["pr. elev"]),
        (POPULATION, "Gennemsnitlig tid i job pr. elev", []),
        (PER_PERSON, "Indkomst pr. indbygger pr. år", []),
        (PER_PERSON, "Disponibel indkomst pr. familie", ["pr. familie"]),
        (PER_PERSON, "Disponibel indkomst pr. person pr. måned", ["pr. måned"]),
        (PER_CHILDREN, "Underretninger pr. 1.000 børn pr. måned", []),
        (PER_CHILDREN, "Underretninger pr. 1000 børn", []),
        (PER_CHILDREN, "Underretninger pr. 10.000 børn", ["pr. 10000 børn"]),
        (PER_CHILDREN, "Underretninger pr. barn", ["pr. barn"]),
        (PER_AREA, "Indbyggere pr. km2", []),
        (PER_AREA, "Indbyggere pr. hektar", ["pr. hektar"]),
        (A_WEEK, "Timer pr. uge", []),
        (A_WEEK, "Timer pr. måned", ["pr. måned"]),
    ],
)
def test_wholes_and_units(real: Desk, own: tuple[str, str], text: str, words: list[str]) -> None:
    name, unit = own
    some = real.catalog.indicators["school_absence"]
    indicator = replace(some, name=name, short_name=name, definition=name, unit=unit)
    assert [telling.word for telling in other_bases(text, [indicator])] == words


@pytest.mark.parametrize(
    ("text", "is_reported"),
    [
        ("{title}\n\nKommune;Skoletrin;Skoleår;Værdi\n{rows}", True),
        ("Kommune;Skoletrin;Skoleår;Værdi\n{rows}\n{title}\n", True),
        ("Kommune;Skoletrin;Skoleår;{title}\n{rows}", True),
        ("Fravær i pct. af skoledagene\n\nKommune;Skoletrin;Skoleår;Værdi\n{rows}", False),
    ],
)
def test_where_they_are_read(real: Desk, text: str, is_reported: bool) -> None:
    rows = "Aarhus;Mellemtrin;2023/2024;5,1\nOdense;Mellemtrin;2023/2024;5,2\n"
    checked = real.check(
        text.format(title="Fraværsdage pr. elev", rows=rows), indicator_id="school_absence"
    )
    codes = [p.code for p in checked.problems if p.code in ("text_words", "head_words")]
    assert bool(codes) == is_reported
