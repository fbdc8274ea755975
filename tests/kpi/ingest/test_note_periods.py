"""Notes and lines under a table that say figures are of less than their year are asked about."""

import pytest

from tests.kpi.ingest.checked import Desk

ROWS = "Kommune;År;Andel\nAarhus;2022;71,5\nOdense;2022;70,5\n"
HEAD = "nøgletal;område;periode;værdi;note\n"
PARTS = ("10 måneder", "kun 9 mdr.", "t.o.m. september", "Tal til og med august", "1. halvår",
         "Tallet dækker januar-maj", "2022 omfatter 3. kvartal", "obs: år til dato",
         "mangler december", "december mangler endnu", "11 af 12 måneder", "mangler 4. kvartal",
         "mangler Q4", "ekskl. K4", "eks. 4. kv.", "uden H2",
         "mangler tal for nov. og dec.", "til november", "halvårstal",
         "uge 12", "august", "kun maj 2022", "Q3", "marts er ikke med")  # fmt: skip
WHOLES = ("12 måneder", "t.o.m. december", "januar-december", "opgjort ultimo november",
          "Faldet skyldes 1. kvartal", "Andel efter 6 måneder", "Opdateret t.o.m. maj 2023",
          "hele året", "4. kvartal var højt i Odense i 2021, se notatet", "Mangler majoritet",
          "12 af 12 måneder", "november",  # in which people are counted
          "august 2022 var varm", "K12", "maj-tal",
          "Stigningen kom til foråret", "mangler ikke noget",
           "Halvårstal findes i bilaget")  # fmt: skip


def _asked(desk: Desk, text: str) -> list[int | None]:
    checked = desk.check(text, indicator_id=None if text.startswith(HEAD) else "employment_rate")
    return [p.row for p in checked.problems if p.code == "text_words"]


@pytest.mark.parametrize(
    ("note", "is_asked"), [*((part, True) for part in PARTS), *((whole, False) for whole in WHOLES)]
)
def test_a_note_to_a_figure_of_a_year(real: Desk, note: str, is_asked: bool) -> None:
    rows = f"employment_rate;Odense;2022;70,5;\nemployment_rate;Aarhus;2022;71,5;{note}\n"
    assert _asked(real, HEAD + rows) == ([3] if is_asked else [])


@pytest.mark.parametrize(
    ("line", "is_asked"),
    [
        ("Periode: januar-juni", True), ("Opgørelsesperiode: 3. kvartal", True),
        ("Note: 2022 dækker januar-oktober", True), ("Data t.o.m. august 2022", True),
        ("Odense mangler december", True), ("Tallet for Aarhus er 11 af 12 måneder", True),
        ("Marts er opgjort igen", False), ("Periode: januar-december", False),
        ("Kilde: udtræk, 1. kvartal 2023", False),
        ("August 2023", False), ("Næste tal kommer i 1. kvartal 2023", False),
        ("Data opdateres i 2. kvartal", False),
    ],
)  # fmt: skip
def test_a_line_under_a_table_of_years(real: Desk, line: str, is_asked: bool) -> None:
    assert _asked(real, f"{ROWS}\n{line}\n") == ([5] if is_asked else [])


def test_a_note_to_a_figure_of_its_own_period(real: Desk) -> None:
    assert not _asked(real, f"{HEAD}population;Aarhus;2022K3;380000;3. kvartal\n")


def test_a_part_of_a_quarter_is_missing(real: Desk) -> None:
    rows = f"{HEAD}population;Aarhus;2022K3;380000;NOTE\n"
    for note, is_asked in (("mangler september", True), ("mangler uge 3", False)):
        checked = real.check(rows.replace("NOTE", note))
        assert any("hele periodens" in p.message for p in checked.problems) is is_asked
