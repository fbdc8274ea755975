"""Labels in place of areas that sum others up, units in heads with periods, codes of measures."""

import pytest

from tests.kpi.ingest.checked import Desk, codes_of_cells, reported

RATE = "employment_rate"


@pytest.mark.parametrize(
    ("label", "area", "words"),
    [
        ("Hele landet i alt", "denmark", ""), ("Danmark i alt", "denmark", ""),
        ("Landet i alt", "denmark", ""),
        ("Aarhus i alt", None, "skriv »Aarhus«"),
        ("Aarhus Kommune (i alt)", None, "skriv »Aarhus«"),
        ("I alt, Aarhus", None, "skriv »Aarhus«"), ("Hele kommunen", None, "områdets navn"),
        ("Region Midtjylland i alt", None, "skriv »Region Midtjylland«"),
        ("Landet", "denmark", ""), ("Hele landet (gennemsnit)", None, "skriv »Hele landet«"),
        ("Aarhus, gns.", None, "skriv »Aarhus«"),
        ("Aarhuss", None, "Mente du"),
    ],
)  # fmt: skip
def test_sums_and_averages(real: Desk, label: str, area: str | None, words: str) -> None:
    rows = f"Kommune;År;Værdi\n{label};2022;71,5\nOdense;2022;70,5\nRanders;2022;70,1\n"
    checked = real.check(rows, indicator_id=RATE)
    assert checked.changes[0].area_id == (area or "odense")
    hints = [problem.hint for problem in checked.problems if problem.code == "unknown_area"]
    assert len(hints) == (area is None)
    assert all(words in hint for hint in hints)


COMPUTED = (
    "Gennemsnit", "Gns. af kommuner", "Landsgennemsnit", "Landsgns.", "Vægtet gennemsnit",
    "Gennemsnit for landet", "Median", "Standardafvigelse", "Min.", "Maks", "Nedre kvartil",
)  # fmt: skip
SEVERAL_AREAS = (
    "Øvrige kommuner", "6-byerne", "De seks byer", "Alle kommuner", "Kommuner i alt",
)  # fmt: skip


@pytest.mark.parametrize("template", [False, True])
def test_what_is_computed_from_other_areas_is_ignored_and_reported(
    real: Desk, template: bool
) -> None:
    head = "nøgletal;område;periode;værdi" if template else "Kommune;År;Andel"
    start = f"{RATE};" if template else ""
    labels = ("Aarhus", *COMPUTED, *SEVERAL_AREAS, "Minby", "Maksholm", "Snitsted", "Odense")
    rows = "\n".join(f"{start}{label};2022;71,5" for label in labels)
    checked = real.check(f"{head}\n{rows}\n", indicator_id=None if template else RATE)
    ignored = [problem.value for problem in checked.problems if problem.code == "ignored_row"]
    assert ignored == [*COMPUTED, *SEVERAL_AREAS]
    unknown = {problem.value for problem in checked.problems if problem.code == "unknown_area"}
    assert unknown == {"Minby", "Maksholm", "Snitsted"}


@pytest.mark.parametrize(
    "head", ["Værdi (pct.point)", "pct.point", "%-point", "Andel i procentpoint", "procentpoint"]
)
def test_percentage_points_are_no_percentages(real: Desk, head: str) -> None:
    checked = real.check(f"Kommune;År;{head}\nAarhus;2022;71,5\n", indicator_id=RATE)
    assert not checked.publishable
    assert "unit_mismatch" in codes_of_cells(checked)


def test_a_unit_behind_the_periods_of_heads(real: Desk) -> None:
    text = "Kommune;Budget 2024 (t.kr.);Budget 2025 (t.kr.)\nAarhus;450;460\n"
    asked = real.check(text, indicator_id="nsk_budget")
    assert "unit_mismatch" in codes_of_cells(asked)
    checked = real.check(text, indicator_id="nsk_budget", scale=1000)
    assert [(change.period, change.new) for change in checked.changes] == [
        ("2024", 450_000), ("2025", 460_000),
    ]  # fmt: skip
    assert "head_words" not in codes_of_cells(checked)


def test_a_code_of_a_measure_is_a_warning_and_words_are_an_error(real: Desk) -> None:
    rows = "REF_AREA,INDICATOR,TIME_PERIOD,OBS_VALUE\n751,{0},2022,71.5\n461,{0},2022,70.5\n"
    severities = {
        label: [
            problem[:2]
            for problem in reported(real.check(rows.format(label), indicator_id=RATE))
            if problem[3] == "INDICATOR"
        ]
        for label in ("EMP", "LF_01", "Kriminalitet")
    }  # fmt: skip
    assert severities == {
        "EMP": [("unused_column", "warning")], "LF_01": [("unused_column", "warning")],
        "Kriminalitet": [("unused_column", "error")],
    }  # fmt: skip
    two = rows.format("EMP").replace("461,EMP", "461,UNEMP")
    assert not real.check(two, indicator_id=RATE).publishable


UNITS = "Kommune;År;Emne;{};Tal\n" + "".join(
    f"{area};2022;Beskæftigelse;pct.;71,5\n{area};2022;NSK-sager;antal;45\n"
    for area in ("Aarhus", "Odense")
)
SEVERAL = """
    title = "To nøgletal"
    source_id = "own_upload"
    area = "Kommune"
    period = "År"
    value = "Tal"
    [indicator]
    column = "Emne"
    "Beskæftigelse" = "employment_rate"
    "NSK-sager" = "nsk_cases"
"""


@pytest.mark.parametrize("head", ["Enhed", "Måling", "UNIT"])
@pytest.mark.parametrize("recipe", [SEVERAL, None])
def test_units_of_several_indicators_are_no_measures(
    real: Desk, head: str, recipe: str | None
) -> None:
    checked = real.check(UNITS.format(head), recipe)
    assert checked.publishable
    assert checked.new == 4
    wrong = real.check(
        UNITS.format(head).replace("pct.;71,5\nAarhus", "antal;71,5\nAarhus"), recipe
    )
    assert "unit_mismatch" in codes_of_cells(wrong)


def test_units_of_one_indicator_are_measures(real: Desk) -> None:
    text = UNITS.format("Enhed").replace("Emne", "Slags").replace("NSK-sager", "I alt")
    checked = real.check(text.replace("Beskæftigelse;", "Andel;"), indicator_id=RATE)
    assert "several_measures" in codes_of_cells(checked)
