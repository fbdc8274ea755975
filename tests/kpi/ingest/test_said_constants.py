"""Period, area and group that a person gives a whole file: --period, --area and --group."""

import pytest

from tests.kpi.ingest.checked import Desk, codes, read

RATE = "employment_rate"
RECIPE = 'title = "x"\nsource_id = "own_upload"\nindicator_id = "employment_rate"\n'


@pytest.mark.every_case
@pytest.mark.parametrize(
    ("text", "said", "rows"),
    [
        ("Kommune;Andel\nAarhus;71,5\nOdense;70,5\n", {"period": "2022"},
         [("aarhus", "all", "2022"), ("odense", "all", "2022")]),
        ("År;Andel\n2021;71,5\n2022;70,5\n", {"area": "Aarhus", "group": "danish"},
         [("aarhus", "danish", "2021"), ("aarhus", "danish", "2022")]),
        # What a title says gives way to a person.
        ("Beskæftigelse, 2021\n\nKommune;Andel\nAarhus;71,5\n", {"period": "2022"},
         [("aarhus", "all", "2022")]),
        # A column that says the same once more is no contradiction.
        ("Kommune;År;Andel\nAarhus;2022;71,5\n", {"period": "2022"}, [("aarhus", "all", "2022")]),
        ("område;værdi\nAarhus;71,5\n", {"period": "2022"}, [("aarhus", "all", "2022")]),
        ("nøgletal;område;værdi\nemployment_rate;Aarhus;71,5\n", {"period": "2022"},
         [("aarhus", "all", "2022")]),
    ],
)  # fmt: skip
def test_what_a_file_has_no_column_of(
    real: Desk, text: str, said: dict[str, str], rows: list[tuple[str, str, str]]
) -> None:
    indicator = None if "nøgletal" in text else RATE
    checked = real.check(text, indicator_id=indicator, constant=said)
    assert [row[:3] for row in read(checked)] == rows
    assert checked.publishable


@pytest.mark.every_case
@pytest.mark.parametrize(
    ("text", "said", "column"),
    [
        ("Kommune;År;Andel\nAarhus;2021;71,5\nOdense;2022;70\n", {"period": "2022"}, "År"),
        ("Kommune;År;Andel\nAarhus;2021;71,5\nOdense;2021;70\n", {"period": "2022"}, "År"),
        ("Kommune;År;Andel\nAarhus;2022;71,5\nOdense;2022;70\n", {"area": "Aarhus"}, "Kommune"),
        ("Kommune;År;Andel\nAarhus;2021;71\nAarhus;2022;70\n", {"area": "Odense"}, "Kommune"),
        ("Kommune;År;Herkomst;Andel\nAarhus;2022;Dansk;71\nAarhus;2022;Ikke-vestlig;60\n",
         {"group": "danish"}, "Herkomst"),
        ("nøgletal;område;periode;værdi\nemployment_rate;Aarhus;2022;71,5\n",
         {"period": "2022"}, "periode"),
    ],
)  # fmt: skip
def test_what_a_file_says_itself_is_not_overruled(
    real: Desk, text: str, said: dict[str, str], column: str
) -> None:
    indicator = None if "nøgletal" in text else RATE
    checked = real.check(text, indicator_id=indicator, constant=said)
    assert not checked.publishable
    assert column in [p.column for p in checked.problems if p.severity == "error"]


def test_a_recipe_reads_the_extracts_of_several_periods(real: Desk) -> None:
    text = "Kommune;Andel\nAarhus;71,5\n"
    recipe = RECIPE + 'area = "Kommune"\n[constant]\nperiod = "2021"\n'
    assert read(real.check(text, recipe, constant={"period": "2022"}))[0][2] == "2022"
    named = RECIPE + 'area = "Kommune"\nperiod = "År"\n'
    with_years = "Kommune;År;Andel\nAarhus;2021;71,5\n"
    assert codes(real.check(with_years, named, constant={"period": "2022"})) == ["recipe_mismatch"]


def test_names_that_nobody_knows(real: Desk) -> None:
    text = "Kommune;Andel\nAarhus;71,5\n"
    assert "unknown_period" in codes(real.check(text, indicator_id=RATE, constant={"period": "x"}))
    text = "År;Andel\n2022;71,5\n"
    assert "unknown_area" in codes(real.check(text, indicator_id=RATE, constant={"area": "x"}))
