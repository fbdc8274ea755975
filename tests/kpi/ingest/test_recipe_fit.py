"""A recipe is for the file it was made from: the same title, measure and unit in another period."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi.ingest.mapping.recipe import MadeFrom, Recipe, parse_recipe
from kpi.ingest.mapping.recipe_fit import Fit, fit_of, without_periods
from kpi.ingest.table.raw import RawTable
from tests.kpi.ingest.checked import Desk, codes, reported
from tests.tables import for_each

TITLE = "Sanktioner, antal berørte personer"
FILE = "Sanktioner, antal berørte personer\n\nOmråde;Herkomst;2024M01;2024M02\n"
RECIPE = (
    'title = "Sanktioner"\nsource_id = "paper"\nindicator_id = "hours"\narea = "Område"\n'
    'period = "Periode"\nvalue = "INDHOLD"\n[group]\ncolumn = "Herkomst"\n"I alt" = "all"\n'
)


def table(**said: Any) -> RawTable:
    return RawTable("jobindsats_csv", ("a", "b", "c"), [], **said)


def recipe(made_from: MadeFrom | None) -> Recipe:
    return Recipe("r", "R", "paper", "hours", area="a", period="b", value="c", made_from=made_from)


@for_each(
    ("made_from", "file", "fit"),
    [
        (MadeFrom(title="X"), {"title": "X"}, Fit.SAME),
        (MadeFrom(title="X"), {"title": "x "}, Fit.SAME),
        (MadeFrom(title="X"), {"title": "Y"}, Fit.OTHER),
        (MadeFrom(title="X", unit="pct."), {"title": "X", "unit": "antal"}, Fit.OTHER),
        (MadeFrom(title="X", measure="M"), {"title": "X"}, Fit.SAME),  # the file names no measure
        (MadeFrom(title="X"), {"unit": "antal"}, Fit.UNKNOWN),
        (MadeFrom(title="X"), {}, Fit.UNKNOWN),
        (MadeFrom(), {"title": "X"}, Fit.UNKNOWN),
        (MadeFrom(), {}, Fit.UNKNOWN),  # nobody says anything
        (None, {}, Fit.UNKNOWN),
        (None, {"title": "X"}, Fit.UNKNOWN),
        (MadeFrom(table_id="RAS200"), {"table_id": "RAS300"}, Fit.OTHER),
    ],
)
def test_fit(made_from: MadeFrom | None, file: dict[str, str], fit: Fit) -> None:
    assert fit_of(recipe(made_from), table(**file)) is fit


@for_each(
    ("made_from", "file", "fit"),
    [
        ("cashAssistance.csv", "cashAssistance.csv", Fit.SAME),
        ("cashAssistance_2026M07.csv", "cashAssistance_2026M08 (1).csv", Fit.SAME),
        ("kontanthjælp januar 2026.xlsx", "Kontanthjælp_februar_2026.csv", Fit.SAME),
        ("cashAssistance.csv", "sygedagpenge.csv", Fit.UNKNOWN),
        ("cashAssistance.csv", "", Fit.UNKNOWN),
        ("", "", Fit.UNKNOWN),
        # Any file may be called so.
        ("data.csv", "data (3).csv", Fit.UNKNOWN),
        ("udtræk_2025.csv", "udtræk_2026.csv", Fit.UNKNOWN),
        ("2025.csv", "2026.csv", Fit.UNKNOWN),
    ],
)
def test_files_that_say_nothing_are_distinguished_by_their_names(
    made_from: str, file: str, fit: Fit
) -> None:
    of_file = recipe(MadeFrom(file=made_from))
    assert fit_of(of_file, table(), file) is fit
    # The name is no evidence where the file says what it is.
    assert fit_of(of_file, table(title="X"), file) is Fit.UNKNOWN
    titled = recipe(MadeFrom(title="X", file=made_from))
    assert fit_of(titled, table(title="Y"), file) is Fit.OTHER


@for_each(
    ("first", "second"),
    [
        ("Beskæftigelse efter region og tid, november 2023",
         "Beskæftigelse efter region og tid, november 2024"),
        ("Fravær 2018/19", "Fravær 2019/2020-2024/2025"),
        ("Ledige 2020 - 2023", "Ledige 2024"),
        ("Ledige, 1. kvartal 2024", "Ledige, 4. kvartal 2025"),
        ("Ledige 2024K1", "Ledige, 2024M01 til 2025M12"),
        ("Ledige. Udtrukket den 1. november 2025 kl. 10:30",
         "Ledige. Udtrukket 12-01-2026 kl. 9.05"),
        ("LEDIGE  I  DANMARK", "Ledige i Danmark"),
        ("Ledige januar 2020 til marts 2021", "Ledige april 2021"),
    ],
)  # fmt: skip
def test_the_same_title_in_another_period(first: str, second: str) -> None:
    assert without_periods(first) == without_periods(second)


@for_each(
    ("first", "second"),
    [
        ("Beskæftigede 16-64 år", "Beskæftigede 16-66 år"),
        ("Ledige, antal", "Ledige, pct."),
        ("Indkomst i 2015-priser", "Indkomst i 2020-priser"),
        ("Personer på kontanthjælp", "Personer på dagpenge"),
        ("Y60A02", "Y60A03"),
        ("Over 5 år på forsørgelse", "Over 3 år på forsørgelse"),
        ("Andel i % af arbejdsstyrken", "Andel i arbejdsstyrken"),
    ],
)
def test_another_title(first: str, second: str) -> None:
    assert without_periods(first) != without_periods(second)


@given(
    st.sampled_from(["Ledige", "Fuldtidspersoner, kontanthjælp", "Elevfravær pr. kommune"]),
    st.integers(1990, 2039),
    st.integers(1, 12),
    st.sampled_from(["{y}", "{y}M{m:02d}", "i {y}", "{m:02d}-{m:02d}-{y}", "({y}-{m:02d}-01)"]),
)
def test_no_period_makes_a_title_another(title: str, year: int, month: int, form: str) -> None:
    when = form.format(y=year, m=month)
    later = form.format(y=year + 1, m=month % 12 + 1)
    assert without_periods(f"{title} {when}") == without_periods(f"{title} {later}")


def test_another_measure_with_the_same_columns(tiny: Desk) -> None:
    rows = "Aarhus;I alt;2;2\n"
    made_from = f'[made_from]\ntitle = "{TITLE}"\n'
    assert codes(tiny.check(FILE + rows, RECIPE + made_from)) == []
    other = FILE.replace("Sanktioner, antal berørte personer", "Personer på kontanthjælp")
    refused = tiny.check(other + rows, RECIPE + made_from)
    assert reported(refused) == [("recipe_mismatch", "error", None, None, "prøve")]
    assert TITLE in refused.problems[0].message
    assert "Personer på kontanthjælp" in refused.problems[0].message
    assert "--accept-recipe" in refused.problems[0].hint
    accepted = tiny.check(other + rows, RECIPE + made_from, accept_recipe=True)
    assert reported(accepted) == [("recipe_mismatch", "warning", None, None, "prøve")]
    assert accepted.publishable


@pytest.mark.parametrize(
    ("made_from", "file", "is_reported"),
    [
        ("cashAssistance.csv", "ordinaryHours.csv", True),
        ("cashAssistance.csv", "cashAssistance (2).csv", False),
        ("kontanthjælp 2024.csv", "kontanthjælp_2025.csv", False),
        ("cashAssistance.csv", "data.csv", False),  # any file may be called so
        ("udtræk.csv", "ordinaryHours.csv", False),
    ],
)
def test_a_plain_file_of_another_name_is_asked_about(
    tiny: Desk, made_from: str, file: str, is_reported: bool
) -> None:
    """A person who chose the recipe by its name sees that it was made from another file."""
    plain = RECIPE + f'[made_from]\nfile = "{made_from}"\n'
    content = FILE.partition("\n\n")[2] + "Aarhus;I alt;2;2\n"
    checked = tiny.check(content, plain, name=file)
    assert reported(checked) == (
        [("recipe_mismatch", "warning", None, None, "prøve")] if is_reported else []
    )
    assert not codes(tiny.check(content, plain, name=file, accept_recipe=True))


def test_a_recipe_that_does_not_know_its_file(tiny: Desk) -> None:
    checked = tiny.check(FILE + "Aarhus;I alt;2;2\n", RECIPE)
    (mismatch,) = (each for each in checked.problems if each.code == "recipe_mismatch")
    assert mismatch.severity == "warning"
    assert TITLE in mismatch.message


@pytest.mark.parametrize(
    ("title", "severity"),
    [
        ("Sanktion pr. måned", "warning"),  # as the recipe's title begins
        ("Timer i alt", "warning"),  # as the indicator's name
        ("Anvendte filtre: Kommune er Aarhus", "warning"),  # of Power BI, and no title
        ("Personer på kontanthjælp", "error"),
        ("Antal for alle", "error"),
    ],
)
def test_a_recipe_that_knows_nothing_needs_a_word_of_the_title(
    tiny: Desk, title: str, severity: str
) -> None:
    content = FILE.replace(TITLE, title) + "Aarhus;I alt;2;2\n"
    reported_of = [p for p in tiny.check(content, RECIPE).problems if p.code == "recipe_mismatch"]
    assert [problem.severity for problem in reported_of] == [severity]
    assert title in reported_of[0].message
    accepted = tiny.check(content, RECIPE, accept_recipe=True)
    assert accepted.publishable


WHOLE = (
    'title = "Andel"\nsource_id = "paper"\nindicator_id = "hours"\narea = "Kommune"\n'
    'value = "Timer"\n[constant]\nperiod = "2023"\n[made_from]\nfile = "andel.csv"\n'
)


@pytest.mark.parametrize(
    ("name", "title", "severity"),
    [
        ("andel.csv", "", None),  # the file that it was made from
        ("andel (1).csv", "", "warning"),  # nothing says of when it is
        ("andel 2023.csv", "", "warning"),
        ("andel_2023M04.csv", "", "warning"),  # a part of the year
        ("andel 20-11-2026.csv", "", "warning"),  # the day of the extract
        ("andel 2024.csv", "", "error"),
        ("andel_2024K1.csv", "", "error"),
        ("andel.csv", "Timer i 2024\n\n", "error"),
    ],
)
def test_a_recipe_of_one_period_is_not_used_for_another(
    tiny: Desk, name: str, title: str, severity: str | None
) -> None:
    content = title + "Kommune;Timer\nAarhus;2,5\n"
    checked = tiny.check(content, WHOLE, name=name)
    expected = [("recipe_mismatch", severity, None, None, "prøve")] if severity else []
    assert [problem for problem in reported(checked) if problem[0] == "recipe_mismatch"] == expected
    accepted = tiny.check(content, WHOLE, name=name, accept_recipe=True)
    assert accepted.publishable
    if severity:
        assert "2023" in checked.problems[0].message


def test_a_recipe_of_one_period_is_never_used_unasked() -> None:
    """The next extract has the same columns and the same name, and is of another period."""
    own = replace(recipe(MadeFrom(file="andel.csv")), period="", constant={"period": "2023"})
    assert fit_of(own, table(), "andel.csv") is Fit.UNKNOWN
    assert fit_of(replace(own, constant={"area": "aarhus"}), table(), "andel.csv") is Fit.SAME


@pytest.mark.parametrize(
    ("text", "of_whom", "codes_told"),
    [
        (RECIPE, "", []),
        (RECIPE.replace('"hours"', '"gone"'), "gone", ["unknown_indicator"]),
        (RECIPE.replace('"paper"', '"gone"'), "gone", ["unknown_source"]),
        (
            RECIPE.replace('indicator_id = "hours"\n', "").replace(
                "[group]", '[indicator]\ncolumn = "Herkomst"\n"I alt" = "gone"\n[group]'
            ),
            "", ["unknown_indicator"],
        ),
    ],
)  # fmt: skip
def test_a_recipe_of_what_is_not_there_is_not_used_unasked(
    tiny: Desk, text: str, of_whom: str, codes_told: list[str]
) -> None:
    """Its indicator was withdrawn, say: the file is read as one that has no recipe."""
    rows = "".join(f"Aarhus;I alt;20{year:02};{year},5\n" for year in range(10, 20))
    content = f"Område;Herkomst;Periode;INDHOLD\n{rows}"
    own = replace(parse_recipe(text, "prøve"), made_from=MadeFrom(file="timer.csv"))
    unasked = tiny.check(content, recipes=[own], name="timer.csv")
    assert (unasked.fitting, unasked.proven) == (((), ()) if codes_told else ((("prøve",),) * 2))
    chosen = tiny.check(content, own, name="timer.csv")
    errors = [problem for problem in chosen.problems if problem.severity == "error"]
    assert list(dict.fromkeys(problem.code for problem in errors)) == codes_told
    if of_whom:  # said once, and not of every row
        assert [(problem.row, problem.value) for problem in errors] == [(None, of_whom)]
