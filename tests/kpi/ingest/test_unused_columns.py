"""A column that nothing reads holds one label, or is harmless: else rows of two kinds are mixed."""

from collections.abc import Callable

import pytest

from tests.kpi.ingest.checked import Desk, Reported, codes, codes_of_cells, read, reported

PAPER = (
    'source_id = "paper"\nindicator_id = "hours"\narea = "sted"\nperiod = "tid"\nvalue = "tal"\n'
)
HEAD = "sted;x;tid;tal\n"
TEMPLATE = "nøgletal;område;periode;værdi"


def unused(problems: list[Reported]) -> list[tuple[str, str | None, str | None]]:
    """Severity, column and value of what is reported of columns."""
    about = {"unused_column", "ignored_column", "recipe_mismatch", "several_measures", "one_label"}
    return [(problem[1], problem[3], problem[4]) for problem in problems if problem[0] in about]


@pytest.mark.parametrize(
    ("name", "column", "expected"),
    [
        # one label is reported, more are an error
        ("køn", "I alt,I alt,I alt,I alt", ("warning", "I alt")),
        ("køn", "Mænd,Kvinder,Mænd,Kvinder", ("error", None)),
        ("køn", "Mænd,Mænd,Mænd,", ("error", None)),
        ("køn", ",,,", None),
        # a label that names another group than the one stored, in whatever words
        ("Herkomst", "Dansk,Dansk,Dansk,Dansk", ("error", "Dansk")),
        ("x", "Dansk baggrund,Dansk baggrund,Dansk baggrund,Dansk baggrund",
         ("error", "Dansk baggrund")),
        ("origin", "Danish,Danish,Danish,Danish", ("error", "Danish")),
        ("Herkomst", "Vestlig,Vestlig,Vestlig,Vestlig", ("error", "Vestlig")),
        ("Herkomst", "I alt,I alt,I alt,I alt", ("warning", "I alt")),  # all is what is stored
        ("Herkomst", "Dansk,Ikke-vestlig,Dansk,Ikke-vestlig", ("error", None)),
        ("sprog", "Dansk,Dansk,Dansk,Dansk", ("warning", "Dansk")),
        # another indicator, another area
        ("emne", "Beskæftigelse,Beskæftigelse,Beskæftigelse,Beskæftigelse",
         ("error", "Beskæftigelse")),
        ("emne", "Timer,Timer,Timer,Timer", ("warning", "Timer")),
        ("nøgletal", "Sygefravær,Sygefravær,Sygefravær,Sygefravær", ("error", "Sygefravær")),
        ("by", "Randers,Randers,Randers,Randers", ("error", "Randers")),
        ("land", "Hele landet,Hele landet,Hele landet,Hele landet", ("warning", "Hele landet")),
        # another spelling of the row's own area or period
        ("kode", "751,461,751,461", None),
        ("kode", "751,461,461,751", ("error", "461")),
        ("år", "2011,2011,2012,2012", None),
        ("år", "2011,2011,2011,2012", ("error", None)),
        ("freq", "A,A,A,A", ("warning", "A")),
        # other figures, but not ages, which are whole and few
        ("antal", "10,5;11,5;12,5;13,5", ("warning", None)),
        ("antal", "1000,1001,1002,1003", ("warning", None)),
        ("ændring", "+0.4,-0.3,+0.3,-0.2", ("warning", None)),
        ("usikkerhed", "±0.4,±0.3,±0.3,±0.2", ("warning", None)),
        ("95% CI", "71.1-72.3,70.1-71.3,71.4-72.1,72.1-73.3", ("warning", None)),
        ("95% CI", "[71.1 - 72.3],[70.1 - 71.3],[71.4 - 72.1],[72.1 - 73.3]", ("warning", None)),
        ("alder", "16-19,20-24,16-19,20-24", ("error", None)),
        # who made a row, and what is written of it
        ("Ansvarlig", "MK,HH,MK,HH", ("warning", None)),
        ("oprettet_af", "MK,HH,HH,MK", ("warning", None)),
        ("GUID", "a-1,b-2,c-3,d-4", ("warning", None)),
        ("rapporttekst", "Stiger,,,", ("warning", None)),
        ("ansvarlig", "Dansk,Ikke-vestlig,Dansk,Ikke-vestlig", ("error", None)),
        ("gruppe id", "a,b,a,b", ("error", None)),
        ("alder", "16,17,17,16", ("error", None)),
        ("alder", "16,17,18,19", ("error", None)),
        ("kode", "3,4,4,3", ("error", None)),
    ],
)  # fmt: skip
def test_columns_beside_a_recipe(
    tiny: Desk, name: str, column: str, expected: tuple[str, str | None] | None
) -> None:
    cells = column.split(";" if ";" in column else ",")
    keys = [("Aarhus", "2011"), ("Odense", "2011"), ("Aarhus", "2012"), ("Odense", "2012")]
    rows = [
        f"{area};{cell};{year};{place}.0\n"
        for place, ((area, year), cell) in enumerate(zip(keys, cells, strict=True), 1)
    ]
    checked = tiny.check(HEAD.replace("x", name, 1) + "".join(rows), PAPER)
    assert unused(reported(checked)) == (
        [] if expected is None else [(expected[0], name, expected[1])]
    )


@pytest.mark.parametrize(
    ("label", "years", "severity"),
    [
        (lambda area, year: "Øst" if area == "Aarhus" else "Vest", 8, "warning"),
        (lambda area, year: "Mænd" if area == "Aarhus" else "Kvinder", 7, "error"),  # too few
        (lambda area, year: "endelig" if year < 1995 else "foreløbig", 8, "warning"),
        (lambda area, year: "a" if (area, year) < ("Odense", 1993) else "b", 8, "error"),
        (lambda area, year: "Dansk" if area == "Aarhus" else "Ikke-vestlig", 8, "error"),
    ],
)
def test_what_follows_from_the_area_or_the_period(
    tiny: Desk, label: Callable[[str, int], str], years: int, severity: str
) -> None:
    keys = [(area, year) for year in range(1990, 1990 + years)
            for area in ("Aarhus", "Odense", "Randers")]  # fmt: skip
    rows = [f"{area};{label(area, year)};{year};5\n" for area, year in keys]
    assert unused(reported(tiny.check(HEAD + "".join(rows), PAPER))) == [(severity, "x", None)]


def test_rows_that_are_not_used_say_nothing(tiny: Desk) -> None:
    rows = "Aarhus;Mænd;2011;1\nAarhus;Kvinder;2012;2\nLandsdel Fyn;Børn;2011;3\n"
    recipe = PAPER + '[keep]\ntid = "2011"\n[ignore]\nareas = "Landsdel *"\n'
    assert unused(reported(tiny.check(HEAD + rows, recipe))) == [("error", "x", "Mænd")]


def test_a_column_can_be_ignored(tiny: Desk) -> None:
    rows = "Aarhus;Mænd;2011;1\nOdense;Kvinder;2011;2\n"
    assert codes(tiny.check(HEAD + rows, PAPER)) == ["unused_column"]
    assert codes(tiny.check(HEAD + rows, PAPER + '[ignore]\ncolumns = "X*"\n')) == ["unused_column"]
    passed = tiny.check(HEAD + rows, PAPER + '[ignore]\ncolumns = "x*"\n')
    assert (codes(passed), passed.publishable) == ([], True)


def test_numbered_rows_are_no_labels(tiny: Desk) -> None:
    rows = "".join(f"Aarhus;id-{year};{year};{year % 7 + 3}\n" for year in range(1970, 1990))
    assert unused(reported(tiny.check(HEAD + rows, PAPER))) == [("warning", "x", None)]
    few = "Aarhus;id-1;1990;3\nAarhus;id-2;1991;3\n"
    assert unused(reported(tiny.check(HEAD + few, PAPER))) == [("error", "x", None)]


def test_rows_kept_by_the_label_of_another_group(tiny: Desk) -> None:
    recipe = PAPER + '[keep]\nx = "%s"\n'
    rows = "Aarhus;Dansk;2011;1\nAarhus;I alt;2011;2\nAarhus;Vestlig;2011;2\n"
    head = HEAD.replace("x", "X")
    assert unused(reported(tiny.check(head + rows, recipe % "Dansk"))) == [("error", "X", "Dansk")]
    assert codes(tiny.check(head + rows, recipe % "I alt")) == ["ignored_row"]
    # Spor does not know it, and a person chose it
    assert codes(tiny.check(head + rows, recipe % "Vestlig")) == []


def test_the_length_of_the_period(tiny: Desk) -> None:
    head = "sted;FREQ;tid;tal\n"
    rows = "Aarhus;A;2011;4\nAarhus;Q;2011K1;4\nAarhus;A;2012;4\nAarhus;%s;2012K1;4\n"
    assert codes_of_cells(tiny.check(head + rows % "Q", PAPER)) == []
    assert codes_of_cells(tiny.check(head + rows % "A", PAPER)) == ["unused_column"]


def test_a_label_that_the_recipe_was_not_made_for(tiny: Desk) -> None:
    recipe = PAPER + '[made_from.labels]\nX = "Mænd"\n'
    rows = "Aarhus;%s;2011;1\n"
    assert unused(reported(tiny.check(HEAD + rows % "mænd", recipe))) == [("warning", "x", "mænd")]
    other = tiny.check(HEAD + rows % "Kvinder", recipe)
    assert reported(other) == [("recipe_mismatch", "error", None, "x", "Kvinder")]
    accepted = tiny.check(HEAD + rows % "Kvinder", recipe, accept_recipe=True)
    assert (codes(accepted), accepted.publishable) == (["text_words"], True)


@pytest.mark.parametrize(
    ("head", "rows", "expected"),
    [
        ("by", "hours;aarhus;2011;1;Nordby", ("one_label", "warning", "Nordby")),
        ("bemærk", "hours;aarhus;2011;1;a\nhours;aarhus;2012;1;b",
         ("ignored_column", "warning", None)),
        ("Herkomst", "hours;aarhus;2011;1;Dansk", ("unused_column", "error", "Dansk")),
        ("Herkomst", "hours;aarhus;2011;1;Dansk\nhours;aarhus;2012;1;Ikke-vestlig",
         ("unused_column", "error", None)),
    ],
)  # fmt: skip
def test_columns_beside_the_template(
    tiny: Desk, head: str, rows: str, expected: tuple[str, str, str | None]
) -> None:
    checked = tiny.check(f"{TEMPLATE};{head}\n{rows}\n")
    assert [(problem.code, problem.severity, problem.value) for problem in checked.problems] == [
        expected
    ]


def test_people_that_the_figures_are_not_said_to_be_of_are_distinguished(tiny: Desk) -> None:
    checked = tiny.check(f"{TEMPLATE};køn\nhours;aarhus;2011;1;Kvinder\n")
    assert [(problem.code, problem.value) for problem in checked.problems] == [
        ("text_words", "Kvinder")
    ]


def test_twins_that_differ_in_a_column_that_is_not_read(tiny: Desk) -> None:
    """Two rows with the same value are not the same row because nobody reads how they differ."""
    rows = "hours;aarhus;2011;1;%s\nhours;aarhus;2011;1;%s\n"
    same = tiny.check(f"{TEMPLATE};køn\n{rows % ('x', 'x')}")
    assert codes(same) == ["ignored_row", "one_label"]
    differ = tiny.check(f"{TEMPLATE};køn\n{rows % ('Mænd', 'Kvinder')}")
    assert ("unused_column", "error", None, "køn", None) in reported(differ)


def test_only_danish_is_not_stored_as_others(real: Desk) -> None:
    content = "Område;Herkomst;2025M07;2025M08\nAarhus;Dansk;83,1;83,2\nOdense;Dansk;84,1;84,2\n"
    recipe = (
        'source_id = "own_upload"\nindicator_id = "self_sufficiency_rate"\narea = "Område"\n'
        'period = "Periode"\nvalue = "INDHOLD"\n'
    )
    checked = real.check(content, recipe)
    assert not checked.publishable
    assert ("unused_column", "error", None, "Herkomst", "Dansk") in reported(checked)
    translated = real.check(content, recipe + '[group]\ncolumn = "Herkomst"\nDansk = "danish"\n')
    assert {group for _, group, *_ in read(translated)} == {"danish"}
    assert translated.publishable


def test_two_indicators_are_not_stored_as_one(real: Desk) -> None:
    content = (
        "nøgletal;område;periode;værdi\nSelvforsørgelsesgrad;Aarhus;2025;57,0\n"
        "Elevfravær;Odense;2025;8,0\n"
    )
    recipe = (
        'source_id = "own_upload"\nindicator_id = "self_sufficiency_rate"\narea = "område"\n'
        'period = "periode"\nvalue = "værdi"\n[constant]\ngroup = "non_western"\n'
    )
    checked = real.check(content, recipe)
    error = next(problem for problem in checked.problems if problem.code == "unused_column")
    assert (error.severity, error.column) == ("error", "nøgletal")
    assert "Elevfravær" in error.message


@pytest.mark.parametrize(
    ("labels", "kept", "expected"),
    [
        (("Mænd", "Kvinder"), '["Mænd", "Kvinder"]', [("warning", "x", None)]),
        (("Mænd", "MÆND"), '["Mænd", "Kvinder"]', []),  # one of them is in the file
        (("I alt", "Total"), '["I alt", "Total"]', []),  # spellings of one thing
    ],
)
def test_labels_that_are_kept_together(
    tiny: Desk, labels: tuple[str, str], kept: str, expected: list[tuple[str, str, str | None]]
) -> None:
    rows = f"Aarhus;{labels[0]};2011;1\nAarhus;{labels[1]};2012;2\n"
    checked = tiny.check(HEAD + rows, f"{PAPER}[keep]\nx = {kept}\n")
    assert unused(reported(checked)) == expected


def test_areas_that_lose_all_their_rows_are_named(tiny: Desk) -> None:
    rows = (
        "Aarhus;I alt;2011;1\nAarhus;Mænd;2011;2\nOdense;Total;2011;3\nLandsdel Fyn;Mænd;2011;3\n"
    )
    checked = tiny.check(HEAD + rows, PAPER + '[keep]\nx = "I alt"\n')
    assert ("ignored_area", "warning", None, "sted", "Odense") in reported(checked)
    passed = tiny.check(HEAD + rows, PAPER + '[keep]\nx = "I alt"\n[ignore]\nareas = "Odense"\n')
    assert "ignored_area" not in codes(passed)


@pytest.mark.parametrize(
    ("rows", "column", "said"),
    [
        ("Aarhus;Mænd;2011;1\n", "x", "beholder »I alt«, men kolonnen har »Mænd«"),
        ("Aarhus;I alt;2012;1\nOdense;Mænd;2011;1\n", None, "»x« er »I alt« og »tid« er »2011«"),
    ],
)
def test_a_file_without_any_kept_row_says_so(
    tiny: Desk, rows: str, column: str | None, said: str
) -> None:
    """It cannot be published, and no other problem would tell why."""
    recipe = f'{PAPER}[keep]\nx = "I alt"\ntid = "2011"\n'
    (problem,) = tiny.check(HEAD + rows, recipe).problems
    assert (problem.code, problem.severity, problem.column) == ("empty_file", "error", column)
    assert said in problem.message


def test_rows_that_are_kept_and_ignored_are_not_called_unkept(tiny: Desk) -> None:
    recipe = f'{PAPER}[keep]\nx = "I alt"\n[ignore]\nareas = ["*"]\n'
    assert "empty_file" not in codes(tiny.check(f"{HEAD}Andeby;I alt;2011;1\n", recipe))


@pytest.mark.parametrize(
    ("label", "is_error"), [("2024", True), ("2023", False), ("2022:2024", False), ("ja", False)]
)
def test_a_period_that_is_not_the_recipes(tiny: Desk, label: str, is_error: bool) -> None:
    recipe = (
        'title = "t"\nsource_id = "own_upload"\nindicator_id = "rate"\narea = "Kommune"\n'
        'value = "Andel"\n[constant]\nperiod = "2023"\n'
    )
    text = f"Kommune;År;Andel\nAarhus;{label};51,5\nOdense;{label};42,5\n"
    checked = tiny.check(text, recipe)
    assert ("recipe_mismatch", "error", None, "År", label) in reported(checked) or not is_error
    assert checked.publishable is not is_error
    assert tiny.check(text, recipe, accept_recipe=True).publishable


@pytest.mark.parametrize(
    ("name", "label", "expected"),
    [
        # who is selected: a recipe that does not know it must not publish them as everybody
        ("Køn", "Piger", ("recipe_mismatch", "error")),
        ("Alder", "16-24 år", ("recipe_mismatch", "error")),
        ("Sektor", "Privat ansatte", ("recipe_mismatch", "error")),
        ("Køn", "K", ("one_label", "warning")), ("Køn", "2", ("one_label", "warning")),
        ("Sektor", "Privat", ("one_label", "warning")), ("A-kasse", "3F", ("one_label", "warning")),
        ("Ejerform", "Almen bolig", ("one_label", "warning")),
        ("Skoletype", "Naturskoler", ("one_label", "warning")),
        ("Gruppering", "Nytilkomne", ("one_label", "warning")),
        ("Version", "Foreløbig", ("text_words", "warning")),
        # all, or nothing of the people
        ("Køn", "I alt", ("unused_column", "warning")), ("Køn", "_T", ("unused_column", "warning")),
        ("Alder", "Alle", ("unused_column", "warning")),
        ("Version", "2", ("unused_column", "warning")),
        ("Kilde", "Danmarks Statistik", ("unused_column", "warning")),
        ("Enhed", "pr. uge", ("unused_column", "warning")),
        ("Tabel", "RAS200", ("unused_column", "warning")),
        ("Forvaltning", "MSB", ("unused_column", "warning")),
        ("Opdateret", "2025-01-15", ("unused_column", "warning")),
        ("Land", "Danmark", ("unused_column", "warning")),
        ("Nr.", "7", ("unused_column", "warning")), ("Lys", "Gul", ("unused_column", "warning")),
        ("Måned", "Hele året", None),
        # whether figures are corrected for the season, which is no part of the year
        ("SÆSON", "Faktiske tal", ("unused_column", "warning")),
        ("SÆSON", "Sæsonkorrigeret", ("recipe_mismatch", "error")),
        # a part of the year is no year
        ("Sæson", "Vinter", ("unused_column", "error")),
        ("Tertial", "2. tertial", ("unused_column", "error")),
        ("Opgjort til", "Maj", ("unused_column", "error")),
        ("Udsnit", "ÅTD", ("unused_column", "error")),
        ("Udsnit", "jan.-maj", ("unused_column", "error")),
        ("Udsnit", "1.-3. kvartal", ("unused_column", "error")),
    ],
)  # fmt: skip
def test_one_label_in_all_rows(
    tiny: Desk, name: str, label: str, expected: tuple[str, str] | None
) -> None:
    rows = f"Aarhus;{label};2011;1\nOdense;{label};2011;2\n"
    checked = tiny.check(HEAD.replace("x", name, 1) + rows, PAPER)
    of_column = [
        (problem.code, problem.severity)
        for problem in checked.problems
        if problem.column == name and problem.severity + problem.code != "warningunit_mismatch"
    ]
    assert of_column == ([] if expected is None else [expected])
    # Without a recipe the same is asked, and what needs no action stays so.
    alone = tiny.check(HEAD.replace("x", name, 1) + rows, indicator_id="hours")
    needs_action = {"recipe_mismatch", "one_label", "text_words", "head_words"}
    is_asked = any(problem.code in needs_action and problem.column == name
                   for problem in alone.problems)  # fmt: skip
    statuses = {status for *_, status in read(alone)}
    if expected and expected[0] in needs_action:
        assert is_asked or statuses == {"preliminary"}
    elif expected and expected[1] == "warning":
        assert not is_asked


def test_a_recipe_knows_the_label_of_the_file_it_was_made_from(tiny: Desk) -> None:
    recipe = PAPER + '[made_from.labels]\n"Køn" = "Piger"\nSektor = "Privat"\n'
    text = "sted;Køn;Sektor;tid;tal\nAarhus;Piger;Privat;2011;1\n"
    assert codes(tiny.check(text, recipe)) == ["unused_column", "unused_column"]
    assert "recipe_mismatch" in codes(tiny.check(text.replace("Privat", "Offentlig"), recipe))


@pytest.mark.parametrize(
    ("label", "is_told"),
    [("16-64 år", False), ("16-64 ÅR", False), ("16-66 år", True), ("6-64 år", True), ("64", True),
     ("Beskæftigelsesfrekvens", False), ("Mænd", True)],
)  # fmt: skip
def test_an_age_of_the_indicators_own_name_is_not_reported(
    real: Desk, label: str, is_told: bool
) -> None:
    content = f"Kommune;År;Udsnit;Pct.\nAarhus;2031;{label};75,4\nOdense;2031;{label};72,0\n"
    said = codes(real.check(content, indicator_id="employment_rate"))
    assert bool(set(said) - {"read_by_content", "future_period"}) is is_told


def test_a_total_as_a_group_is_everybody_where_the_indicator_is_about_all(real: Desk) -> None:
    for indicator, group, stored in (
        ("employment_rate", "I alt", "all"), ("employment_rate", "Total", "all"),
        ("employment_rate", "begge køn", "all"), ("employment_rate", "Mænd i alt", None),
        ("self_sufficiency_rate", "I alt", None),  # of people with a background of their own
    ):  # fmt: skip
        checked = real.check(
            f"nøgletal;område;gruppe;periode;værdi\n{indicator};aarhus;{group};2021;75"
        )
        assert [group_id for _, group_id, *_ in read(checked)] == ([stored] if stored else [])
        assert ("unknown_group" in codes(checked)) is (stored is None)
