"""A title of nearly the indicator's measure is asked about with the words that make it another."""

from pathlib import Path

import pytest

from tests.kpi.ingest.checked import Desk

INCOME, POPULATION, RATE = "disposable_income", "population", "employment_rate"
ABSENCE = "school_absence"
VALUES = {INCOME: "281000", POPULATION: "381231", RATE: "74,6", ABSENCE: "6,1"}
PERIODS = {INCOME: "2025", POPULATION: "2027K1", RATE: "2025", ABSENCE: "2025/2026"}


@pytest.fixture(scope="module")
def shipped(shipped_home: Path) -> Desk:
    """All indicators that Spor is shipped with."""
    return Desk.of(shipped_home)


def _asked(desk: Desk, indicator: str, title: str) -> list[str]:
    row = f"{indicator};Aarhus;{PERIODS[indicator]};{VALUES[indicator]}\n"
    checked = desk.check(f"{title}\nnøgletal;område;periode;værdi\n{row}")
    return [p.message for p in checked.problems if "som nøgletallet ikke siger" in p.message]


@pytest.mark.some_cases
@pytest.mark.parametrize(
    ("indicator", "title", "words"),
    [
        (INCOME, "Ækvivaleret disponibel indkomst", "»Ækvivaleret disponibel«"),
        (INCOME, "Skattepligtig indkomst pr. person", "»Skattepligtig indkomst«"),
        (INCOME, "Samlet indkomst før skat", "»før skat«"),
        (INCOME, "Disponibel indkomst, median", "»median«"),
        (RATE, "Arbejdsstyrkens andel af befolkningen", "»Arbejdsstyrkens andel«"),
        (RATE, "Jobfrekvens", "»Jobfrekvens«"),
        (RATE, "Beskæftigelse ved årets begyndelse", "»ved årets begyndelse«"),
        (RATE, "Beskæftigelse ultimo marts", "»ultimo«"),
        (POPULATION, "Folketal ultimo kvartalet", "»ultimo«"),
        (POPULATION, "Folketal 31. december", "»31. december«"),
        (POPULATION, "Folketal pr. 1. juli", "»pr. 1. juli«"),
        (ABSENCE, "Anmeldt elevfravær", None),  # asked by its word alone (telling_words.py)
    ],
)
def test_a_measure_that_is_nearly_the_same(
    shipped: Desk, indicator: str, title: str, words: str | None
) -> None:
    messages = _asked(shipped, indicator, title)
    assert len(messages) == (words is not None)
    assert all(f"Titlen siger {words}, som" in message for message in messages)


@pytest.mark.some_cases
@pytest.mark.parametrize(
    ("indicator", "title"),
    [
        (INCOME, "Disponibel indkomst pr. person, gennemsnit"),
        (INCOME, "Gennemsnitlig disponibel indkomst efter område og tid"),
        (INCOME, "INDKP101: Personers indkomster efter område, enhed og indkomsttype"),
        (INCOME, "Indkomst for personer, udvikling 1987-2024"),
        (POPULATION, "Folketal den 1. i kvartalet efter område, køn og alder"),
        (POPULATION, "Folketal primo året"),
        (POPULATION, "Folketal 1. januar"),
        (POPULATION, "Aarhus Kommunes folketal"),
        (POPULATION, "Folketal, opdateret 31. december 2026"),
        (RATE, "Beskæftigelsesfrekvens, ultimo november 2025"),
        (RATE, "Beskæftigelsesfrekvens ved udgangen af november"),
        (RATE, "Kommunernes beskæftigelsesfrekvenser"),
        (RATE, "Udvalgets nøgletal: beskæftigelse"),
        (RATE, "Beskæftigelsesforvaltningens andel af nøgletallene"),
        (RATE, "Samlet beskæftigelse i Aarhus"),
        (RATE, "Bilag 3. Udvalgte nøgletal til byrådets møde"),
        (ABSENCE, "Elevfravær i skoleåret 2025/2026"),
        (ABSENCE, "Gennemsnitligt fravær pr. elev"),
        (ABSENCE, "Elevernes fravær"),
    ],
)
def test_titles_of_the_measure_itself(shipped: Desk, indicator: str, title: str) -> None:
    assert not _asked(shipped, indicator, title)


@pytest.mark.parametrize(
    ("line", "is_asked"),
    [
        ("Udtræk fra Statistikbanken", False), ("Tabel: RAS200", False), ("RAS200", False),
        ("jobindsats.dk", False), ("Tabel: RAS200 om trivsel", True),
        ("Udtræk fra Statistikbanken, trivsel", True),
    ],
)  # fmt: skip
def test_where_a_table_is_from_is_no_title(real: Desk, line: str, is_asked: bool) -> None:
    text = f"{line}\n\nKommune;År;Pct.\nAarhus;2022;71,5\nOdense;2022;70,5\n"
    asked = [
        problem for problem in real.check(text, indicator_id="employment_rate").problems
        if problem.code == "text_words"
    ]  # fmt: skip
    assert bool(asked) is is_asked
