"""Sentences beside a table that only describe it are not asked about; others are."""

import duckdb
import pytest

from kpi.ingest.checks.describing import without_described
from kpi.ingest.words.label_meaning import Meaning
from tests.kpi.ingest.checked import Desk

ROWS = "Område;Periode;Værdi\nAarhus;2022;71,5\nOdense;2022;70,5\n"
ONLY_DESCRIBE = """
Christiansø er ikke med i tabellen
Christiansø indgår ikke.
Ertholmene (Christiansø) er ikke medregnet
Note: Aalborg er ikke med
Omfatter kun personer med bopæl i kommunen
Tabellen omfatter kun borgere med bopæl i Danmark
Opgørelsen omfatter kun personer med dansk bopælsadresse
Kun herboende personer indgår
Personer uden bopæl i Danmark er ikke med
Kun kommuner med mere end 10.000 indbyggere er vist
Tabellen viser kun udvalgte kommuner
Kun de seks største byer er vist
Tabellen viser kun de seneste fem år
Kun afsluttede år er med
Tallene er ikke sæsonkorrigerede
Der er ikke databrud i perioden
Se også tabellen for kvinder og mænd
Tal for kvinder findes på fane 2
"""
SAY_MORE = """
Aarhus er ikke med i tabellen
Kun kvinder
Omfatter kun indvandrere
Kun personer i Gellerup
Omfatter kun personer med bopæl i Gellerup
Kun personer i job
Kun mænd er vist
Omfatter kun personer med bopæl i kommunen i mindst 3 år
Kun kvinder med bopæl i kommunen
Selvstændige er ikke medregnet
Studerende er ikke med i tabellen
Omfatter kun 3 måneder
Kun udsatte boligområder er vist
Tallene er sæsonkorrigerede
Der er databrud i perioden
Christiansø er ikke med. Det er kvinder heller ikke
"""


def test_what_only_describes(real: Desk) -> None:
    meaning = Meaning(duckdb.connect(), real.catalog)

    def is_said(line: str) -> bool:
        return without_described(line, meaning, {"aarhus", "odense"}) != ""

    described = [line for line in ONLY_DESCRIBE.split("\n") if line]
    assert [line for line in described if is_said(line)] == [
        "Tallene er ikke sæsonkorrigerede", "Der er ikke databrud i perioden",
    ]  # fmt: skip
    assert [line for line in SAY_MORE.split("\n") if line and not is_said(line)] == []


@pytest.mark.parametrize("form", [f"{ROWS}\n{{}}\n", f"{{}}\n\n{ROWS}"], ids=["under", "over"])
def test_it_is_not_asked_about(real: Desk, form: str) -> None:
    def doubted(lines: list[str]) -> bool:
        text = form.format("\n".join(lines))
        checked = real.check(text, indicator_id="employment_rate")
        return "text_words" in {problem.code for problem in checked.problems}

    assert not doubted([*filter(None, ONLY_DESCRIBE.split("\n")), "I pct. af befolkningen"])
    assert doubted(["Christiansø er ikke med", "Tallene er sæsonkorrigerede"])
    assert doubted(["Kun kvinder"])
    assert doubted(["Der er databrud i perioden"])


def test_a_total_without_some_is_asked_about(real: Desk) -> None:
    whole = ROWS + "Hele landet;2022;70,5\n\n{}\n"
    for line in ("Aalborg er ikke med", "Kun kommuner med over 10.000 indbyggere er vist"):
        checked = real.check(whole.format(line), indicator_id="employment_rate")
        assert "text_words" in {problem.code for problem in checked.problems}
    checked = real.check(whole.format("Christiansø er ikke med"), indicator_id="employment_rate")
    assert "text_words" not in {problem.code for problem in checked.problems}
