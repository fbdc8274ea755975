"""Checking extracts with recipes: the samples and their values."""

from collections import Counter
from pathlib import Path

import pytest

from kpi.ingest.mapping.recipe import all_recipes, find_recipe
from tests.conftest import DATA
from tests.kpi.ingest.checked import (
    Desk,
    Read,
    codes,
    read,
    reported,
)

SAMPLES = Path(__file__).parents[2] / "samples"
RECIPES = [DATA / "recipes"]
# Figures of any kind may be put under this indicator: an amount in kroner.
MADE_UP = 'source_id = "own_upload"\nindicator_id = "nsk_budget"\n'
BM010 = "dst_xlsx_BM010_da_quarters_dotdot_footnote.xlsx"
FOLK1A = "dst_api_csv_FOLK1A_da_values_bom_crlf.csv"
FOLK1A_CODES = "dst_api_csv_FOLK1A_da_codes_EXCERPT.csv"
BEF5 = "dst_api_jsonstat_bef5_en.json"
BEXSTA = "px_cp1252_greenland_BEXSTA_quoted_dash.px"
JOBINDSATS = "jobindsats_v3_discovery_rows_with_null.json"


@pytest.mark.parametrize(
    ("file", "recipe", "published", "rows", "problems"),
    [
        (
            "dst_xlsx_RAS200_en_employment_by_municipality.xlsx",
            "ras200", "ras200.csv", 1456, {("ignored_area", "warning"): 12},
        ),
        (
            "uvm_absence_by_municipality_2019-2025_processed.csv",
            "uvm_absence", "uvm_absence.csv", 1174,
            # Læsø 0,0, 1,7 and 0,1 %, Morsø 1,1 %
            {("outlier", "warning"): 4, ("unused_column", "warning"): 1},
        ),
    ],
)  # fmt: skip
def test_extracts_that_are_published_already(
    real: Desk, file: str, recipe: str, published: str, rows: int,
    problems: dict[tuple[str, str], int],
) -> None:  # fmt: skip
    """Unchanged is every key with its value, counts and status; and there are no others."""
    checked = real.check((SAMPLES / file).read_bytes(), find_recipe(recipe, RECIPES), file)
    text = (DATA / "observations" / published).read_text(encoding="utf-8")
    assert text.count("\n") - 1 == rows
    assert (checked.observations, checked.new, checked.changed) == (rows, 0, 0)
    assert checked.unchanged == rows
    assert checked.publishable
    assert Counter((problem.code, problem.severity) for problem in checked.problems) == problems


def test_the_raw_form_of_the_ministry(real: Desk) -> None:
    file = "uvm_api_raw_shape_EXCERPT.csv"
    checked = real.check((SAMPLES / file).read_bytes(), find_recipe("uvm_absence_api", RECIPES))
    assert checked.unchanged == checked.observations == 2  # 7,8 % and 8,2 % as published
    assert reported(checked) == [
        ("ignored_row", "warning", 2, "[Klassetrin].[Skoletrin].[Skoletrin]", "10. klasse mv."),
        ("ignored_row", "warning", 3, "[Klassetrin].[Skoletrin].[Skoletrin]", "Indskoling"),
    ]


@pytest.mark.every_case
@pytest.mark.parametrize(("quarters", "lines"), [(3, 3), (4, 1)])
def test_many_labels_that_a_recipe_ignores_are_one_line(
    real: Desk, quarters: int, lines: int
) -> None:
    rows = [f"Aarhus;2020K{number};7" for number in range(1, quarters + 1)] + ["Aarhus;2021K4;9"]
    recipe = MADE_UP + 'area = "OMR"\nperiod = "TID"\nvalue = "TAL"\n[ignore]\nperiods = "2020*"\n'
    checked = real.check("\n".join(["OMR;TID;TAL", *rows, ""]).encode(), recipe)
    ignored = [problem for problem in checked.problems if problem.code == "ignored_row"]
    assert (checked.observations, len(ignored)) == (1, lines)
    assert ("og 1 til hører" in ignored[0].message, "(4 rækker)" in ignored[0].message) == (
        (lines == 1,) * 2
    )


@pytest.mark.parametrize(
    ("file", "recipe", "table_format", "observations", "some"),
    [
        (
            BM010,
            'area = "område"\nperiod = "tid"\n[ignore]\nareas = "Landsdel *"\n',
            "statbank_xlsx", 104 * 107,
            # the sheet's rows 4 and 12
            [("denmark", "all", "1992K1", 5820.0, "final"),
             ("denmark", "all", "1992K4", 5443.0, "final")],
        ),
        (
            FOLK1A,
            'area = "område"\nperiod = "Tid"\n[keep]\ncivilstand = "I alt"\n',
            "statbank_csv", 52,
            [("denmark", "all", "2008K1", 5475791.0, "final"),
             ("denmark", "all", "2020K4", 5837213.0, "final")],
        ),
        (
            FOLK1A_CODES,
            'area = "OMRÅDE"\nperiod = "TID"\n[keep]\n"KØN" = "1"\n"ALDER" = ["1", "11"]\n',
            "statbank_csv", 2,
            [("denmark", "all", "2008K1", 33797.0, "final")],
        ),
        (
            BEF5,
            'period = "Tid"\n[constant]\narea = "Hele landet"\n[keep]\nContentsCode = "folk1a"\n',
            "jsonstat", 1,
            [("denmark", "all", "2020K1", 5822763.0, "final")],
        ),
        (
            BEXSTA,
            'period = "time"\n[constant]\narea = "Gellerup"\n[keep]\nage = "0"\n'
            '"residence type" = "Total"\n"place of birth" = "T"\n'
            '[group]\ncolumn = "gender"\nTotal = "all"\nM = "danish"\nWomen = "danish_women"\n',
            "px", 3,
            [("gellerup", "all", "2023", 747.0, "final"),
             ("gellerup", "danish", "2023", 390.0, "final"),
             ("gellerup", "danish_women", "2023", 357.0, "final")],
        ),
        (
            JOBINDSATS,
            'area = "Område"\nperiod = "Periode"\nvalue = "Anden kontakt"\n'
            '[group]\ncolumn = "A-kasse"\n"A-kasse i alt" = "all"\n'
            '"Socialpædagogernes A-Kasse" = "danish"\n[ignore]\ngroups = "A-kassen for *"\n',
            "jobindsats_json", 2,
            # a null is hidden, never 0
            [("denmark", "all", "2026M04", 3.0, "final"),
             ("denmark", "danish", "2026M04", None, "suppressed")],
        ),
    ],
)  # fmt: skip
def test_samples(
    real: Desk, file: str, recipe: str, table_format: str, observations: int, some: list[Read]
) -> None:
    checked = real.check((SAMPLES / file).read_bytes(), MADE_UP + recipe, file, accept_recipe=True)
    assert (checked.format, checked.observations) == (table_format, observations)
    assert (checked.new, checked.publishable) == (observations, True)
    assert set(some) <= set(read(checked))


def test_two_dots_are_missing(real: Desk) -> None:
    """Albertslund's row 12 and the first area with `..` in it, at their places in the sheet."""
    recipe = (
        f'{MADE_UP}area = "område"\nperiod = "tid"\n[keep]\n"område" = ["Albertslund", "Dragør"]\n'
    )
    checked = real.check((SAMPLES / BM010).read_bytes(), recipe)
    figures = {
        (change.area_id, change.period): (change.row, change.new, change.new_status)
        for change in checked.changes
    }
    assert figures["albertslund", "1992K1"] == (12, 7024.0, "final")
    assert figures["dragoer", "1992K1"] == (9, None, "missing")
    hidden = [problem for problem in checked.problems if problem.code == "suppressed"]
    missing = [change for change in checked.changes if change.new_status == "missing"]
    assert len(hidden) == len(missing) > 0
    assert {(problem.value, problem.severity) for problem in hidden} == {("..", "warning")}
    assert all(change.new is None for change in missing)


def test_a_dash_of_a_px_file_has_to_be_answered(real: Desk) -> None:
    recipe = (
        f'{MADE_UP}period = "time"\n%s[constant]\narea = "Gellerup"\n[keep]\nage = "0"\n'
        '"residence type" = "Other localities"\ngender = "Total"\n"place of birth" = "Greenland"\n'
    )
    content = (SAMPLES / BEXSTA).read_bytes()
    unsaid = real.check(content, recipe % "")
    # written by hand: it does not know the title of the file that it is for
    assert codes(unsaid) == ["not_a_number", "recipe_mismatch", *["ignored_row"] * 4]
    assert unsaid.problems[0].value == "-"
    assert [
        observation[3:] for observation in read(real.check(content, recipe % 'dash = "zero"\n'))
    ] == [(0.0, "final")]
    assert [
        observation[3:] for observation in read(real.check(content, recipe % 'dash = "missing"\n'))
    ] == [(None, "missing")]


def test_an_extract_without_a_recipe(real: Desk) -> None:
    recipes = all_recipes(RECIPES)
    fits = real.check((SAMPLES / "uvm_api_raw_shape_EXCERPT.csv").read_bytes(), recipes=recipes)
    assert codes(fits) == ["missing_column"]
    assert fits.fitting == ("uvm_absence_api",)
    assert "--recipe uvm_absence_api" in fits.problems[0].hint
    assert (fits.rows_read, fits.observations, fits.publishable) == (5, 0, False)
    none = real.check((SAMPLES / FOLK1A).read_bytes(), recipes=recipes)
    assert codes(none) == ["missing_column"]
    assert none.fitting == ()
    assert "lav en opskrift" in none.problems[0].hint
