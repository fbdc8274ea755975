"""A title that names another place, part of a year, measure or people than is read is asked."""

import pytest

from kpi.ingest.checks.title_periods import parts_named
from tests.kpi.ingest.checked import Desk
from tests.tables import for_each

RATE, ABSENCE = "employment_rate", "school_absence"
ROWS = "Kommune;Herkomst;År;Værdi\nAarhus;I alt;2022;71,2\nOdense;I alt;2022;70,1\n"
SCHOOLS = "Kommune;Skoletrin;Skoleår;Værdi\nAarhus;Mellemtrin;2023/2024;5,1\n"


def _asked(real: Desk, title: str, rows: str = ROWS, indicator_id: str = RATE) -> list[str]:
    checked = real.check(f"{title}\n\n{rows}", indicator_id=indicator_id)
    return [problem.message for problem in checked.problems if problem.code == "text_words"]


@for_each(
    ("text", "periods"),
    [
        ("Beskæftigelse, maj 2024", ["2024M05"]), ("Beskæftigelse 5/2024", ["2024M05"]),
        ("Status uge 12 2024", ["2024U12"]), ("Tal for 2. kvartal 2024", ["2024K2"]),
        ("2024M05 og 2024M06", ["2024M05", "2024M06"]), ("maj 2024-juni 2024", []),
        ("Ultimo november 2022", []), ("Opgjort 3. maj 2024", []), ("i 2024", []),
        ("marginal 2024", []), ("sag 5/20241", []), ("Beskæftigelse (november)", []),
    ],
)  # fmt: skip
def test_parts_of_years_in_titles(text: str, periods: list[str]) -> None:
    assert [period.text for period in parts_named(text).values()] == periods


@pytest.mark.parametrize(
    ("title", "is_asked"),
    [
        ("Beskæftigelsesfrekvens, maj 2022", True), ("Beskæftigelsesfrekvens 5/2022", True),
        ("Beskæftigelsesfrekvens i uge 12 2022", True),
        ("Beskæftigelsesfrekvens ved udgangen af november 2022", False),
        ("Beskæftigelsesfrekvens 2022 (november)", False),
        ("Beskæftigelsesfrekvens, notat maj 2023", False),
    ],
)  # fmt: skip
def test_a_month_in_the_title_of_a_year(real: Desk, title: str, is_asked: bool) -> None:
    questions = [question for question in _asked(real, title) if "ingen af tallene" in question]
    assert bool(questions) == is_asked


def test_a_month_that_is_read_is_not_asked_about(real: Desk) -> None:
    rows = ROWS.replace("2022", "maj 2022")
    assert not _asked(real, "Beskæftigelsesfrekvens, maj 2022", rows)
    assert _asked(real, "Beskæftigelsesfrekvens, juni 2022", rows)


@pytest.mark.parametrize(
    ("title", "is_asked"),
    [
        ("Beskæftigelsesfrekvens for Gellerup", True),  # in Aarhus, and not all of it
        ("Beskæftigelsesfrekvens i Randers Kommune", True),
        ("Beskæftigelsesfrekvens i Vejen", True),
        ("Vejen til beskæftigelse", False),  # the road to it
        ("Beskæftigelsesfrekvens i Aarhus", False),
        ("Beskæftigelsesfrekvens: Randers og Odense", False),
        ("Beskæftigelsesfrekvens i Region Midtjylland", False), ("Beskæftigelse i Danmark", False),
        ("Beskæftigelse i udsatte boligområder", True), ("Kilde: Randers Kommune", False),
    ],
)  # fmt: skip
def test_a_place_in_a_longer_title(real: Desk, title: str, is_asked: bool) -> None:
    questions = [question for question in _asked(real, title) if "rækkerne er for" in question]
    assert bool(questions) == is_asked


@pytest.mark.parametrize(
    "title",
    ["Beskæftigelsesfrekvens for akademikere", "Beskæftigelsesfrekvens for lønmodtagere",
     "Beskæftigelsesfrekvens for studerende", "Beskæftigelsesfrekvens for sygeplejersker",
     "Beskæftigelsesfrekvens blandt ledige", "Beskæftigelsesfrekvens, fuldtid",
     "Beskæftigelsesfrekvens, gennemsnit af seks byer"],
)  # fmt: skip
def test_other_people_in_the_title(real: Desk, title: str) -> None:
    assert len(_asked(real, title)) == 1


@pytest.mark.parametrize(
    "title",
    ["Ulovligt fravær", "Elevfravær, ulovligt", "Fravær med tilladelse", "Lovligt fravær",
     "Andel elever med over 10 pct. fravær", "Fravær blandt medarbejdere", "Elevfravær i dagtilbud",
     "Fravær for lærere"],
)  # fmt: skip
def test_a_part_of_the_measure_in_the_title(real: Desk, title: str) -> None:
    assert len(_asked(real, title, SCHOOLS, ABSENCE)) == 1


def test_a_part_of_the_measure_in_the_name_of_the_file(real: Desk) -> None:
    for name in ("ulovligt_fravaer_2024.csv", "Ulovligt fravær.csv"):
        checked = real.check(SCHOOLS, name=name, indicator_id=ABSENCE)
        assert "text_words" in [problem.code for problem in checked.problems]


@pytest.mark.parametrize(
    "title",
    ["Elevfravær", "Elevfravær i grundskolen", "Gennemsnitligt fravær pr. elev",
     "Elevfravær i Aarhus",
     "Fraværsprocent for elever på mellemtrinnet", "Elevfravær i skoleåret 2023/24"],
)  # fmt: skip
def test_titles_of_the_measure_itself(real: Desk, title: str) -> None:
    assert _asked(real, title, SCHOOLS, ABSENCE) == []


@pytest.mark.parametrize(
    ("head", "is_asked"),
    [
        ("By", True),
        ("Bynavn", True),
        ("Bydel", True),
        ("Kommune", False),
        ("Storby", False),
        ("Retskreds", True),
        ("Provsti", True),
        ("Sygehus", True),
        ("Campus", True),
        ("Station", True),
        ("Afdeling", True),
        ("Udbyder", True),
        ("Pendlingsopland", True),
        ("Amt", True),
        ("Institution", True),
        ("Boligkommune", False),
    ],
)
def test_towns_are_not_silently_municipalities(real: Desk, head: str, is_asked: bool) -> None:
    checked = real.check(ROWS.replace("Kommune", head), indicator_id=RATE)
    reported = [
        problem
        for problem in checked.problems
        if problem.code == "head_words" and problem.column == head
    ]
    assert bool(reported) == is_asked
    if reported:
        assert (reported[0].severity, reported[0].row, reported[0].value) == (
            "warning",
            2,
            "Aarhus",
        )
    named = real.check(ROWS.replace("Kommune", head).replace("Aarhus", "Aarhus Kommune"),
                       indicator_id=RATE)  # fmt: skip
    reported = [
        problem
        for problem in named.problems
        if problem.code == "head_words" and problem.column == head
    ]
    assert [problem.value for problem in reported] == (["Odense"] if is_asked else [])


@pytest.mark.parametrize(
    ("head", "is_asked"),
    [
        ("Fraflytningskommune", True), ("Tilflytningskommune", True), ("Handlekommune", True),
        ("Betalingskommune", True), ("Skolekommune", True), ("Fødekommune", True),
        ("Tidligere bopælskommune", True), ("[Borger].[Handlekommune]", True),
        ("Virksomhedens kommune", True), ("Arbejdsgiverkommune", True),
        ("Fraflytningskommunenavn", True), ("Bopælskommune", False), ("Kommunenavn", False),
    ],
)  # fmt: skip
def test_municipalities_of_another_relation_are_no_residence(
    real: Desk, head: str, is_asked: bool
) -> None:
    checked = real.check(ROWS.replace("Kommune", head), indicator_id=RATE)
    reported = [(p.severity, p.column) for p in checked.problems if p.code == "head_words"]
    assert reported == ([("error", head)] if is_asked else [])


@pytest.mark.parametrize("head", ["Statsborgerskab", "Nationalitet"])
def test_citizenship_is_no_background(real: Desk, head: str) -> None:
    rows = "Aarhus;2024;Ikke-vestlig;50\nOdense;2024;Ikke-vestlig;51\n"
    checked = real.check(f"Kommune;År;{head};Andel\n{rows}", indicator_id=RATE)
    assert not checked.publishable
    assert head in {problem.column for problem in checked.problems if problem.severity == "error"}


def test_the_line_for_excel_is_no_title(real: Desk) -> None:
    assert not [problem for problem in real.check("sep=;\n" + ROWS, indicator_id=RATE).problems
                if problem.code == "text_words"]  # fmt: skip
