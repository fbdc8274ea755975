"""A title that narrows the indicator's name by words that nothing is called by is asked about."""

from pathlib import Path

import pytest

from tests.kpi.ingest.checked import Desk

RATE, POPULATION, ABSENCE = "employment_rate", "population", "school_absence"
VALUES = {RATE: "2025;74,6", POPULATION: "2027K1;381231", ABSENCE: "2025/2026;6,1"}


@pytest.fixture(scope="module")
def shipped(shipped_home: Path) -> Desk:
    """All indicators that Spor is shipped with."""
    return Desk.of(shipped_home)


def _asked(desk: Desk, indicator: str, title: str) -> list[str]:
    text = f"{title}\n\nnøgletal;område;periode;værdi\n{indicator};Aarhus;{VALUES[indicator]}\n"
    return [p.message for p in desk.check(text).problems if p.code == "text_words"]


@pytest.mark.some_cases
@pytest.mark.parametrize(
    ("indicator", "title", "part"),
    [
        (RATE, "Beskæftigelsesfrekvens 16-64 år, fleksjob", "fleksjob"),
        (RATE, "Beskæftigelsesfrekvens (pendlere)", "pendlere"),
        (RATE, "Beskæftigelsesfrekvens 2025 - født i Danmark", "født i Danmark"),
        (RATE, "RAS200: Beskæftigelsesfrekvens, 90. percentil", "90. percentil"),
        (POPULATION, "Folketal i Aarhus, tilflyttere", "tilflyttere"),
        (POPULATION, "Folketal: dagbefolkning efter område", "dagbefolkning"),
        (ABSENCE, "Elevfravær (svarprocent)", "svarprocent"),
        (RATE, "Beskæftigelsesfrekvens (K), 2025", "K"),
        (POPULATION, "Folketal - v1", "v1"),
        (POPULATION, "Folketal, EU", "EU"),
        (POPULATION, "Folketal, version 3", "version 3"),
    ],
)
def test_a_part_of_a_title_that_nothing_is_called_by(
    shipped: Desk, indicator: str, title: str, part: str
) -> None:
    assert any(f"»{part}«, og det læses ikke" in text for text in _asked(shipped, indicator, title))


@pytest.mark.some_cases
@pytest.mark.parametrize(
    ("indicator", "title"),
    [
        (RATE, "Beskæftigelsesfrekvens 16-64 år, november"),
        (RATE, "Beskæftigelsesfrekvens - RAS200"),
        (RATE, "Beskæftigelsesfrekvens, 6-byerne og hele landet"),
        (RATE, "Beskæftigelsesfrekvens, udvikling 2015-2025 (pct.)"),
        (RATE, "Beskæftigelsesfrekvens - til Beskæftigelsesudvalget"),
        (RATE, "Beskæftigelsesfrekvens i Aarhus, Østjylland"),
        (RATE, "Beskæftigelsesfrekvens, alle oprindelseslande"),
        (RATE, "Beskæftigelsen steg i Aarhus, som det er sket i andre byer"),
        (RATE, "Integration og medborgerskab: beskæftigelse, uddannelse og bolig"),
        (RATE, "Beskæftigelsesfrekvens, m/k"),
        (POPULATION, "Folketal, K1 2027"),
        (POPULATION, "Folketal (k.s.)"),
        (POPULATION, "Folketal, Danmarks Statistik (FOLK1A)"),
        (POPULATION, "Folketal efter område, civilstand og tid"),
        (ABSENCE, "Elevfravær (gns. af skoleåret)"),
    ],
)
def test_other_parts_of_titles(shipped: Desk, indicator: str, title: str) -> None:
    assert not _asked(shipped, indicator, title)
