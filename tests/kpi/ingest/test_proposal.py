"""What a file's contents propose, what is asked, and how the answer is read."""

from pathlib import Path

import pytest

from kpi.ingest.checked import Checked
from kpi.ingest.mapping.proposed_recipe import Proposal
from kpi.ingest.mapping.recipe import Labels, all_recipes
from tests.conftest import DATA
from tests.kpi.ingest.checked import Desk, codes, read, reported

SAMPLES = Path(__file__).parents[2] / "samples"
STATBANK = (
    "OMRÅDE;KØN;ALDER;TID;INDHOLD\n"
    "All Denmark;Total;Age, total;2001;10\nAarhus;Total;Age, total;2001;1\n"
    "Aarhus;Men;Age, total;2001;2\nAarhus;Women;Age, total;2001;3\nProvince Fyn;Total;Age, total;"
    "2001;4\nAbroad;Total;Age, total;2001;5\n"
)
MEASURES = "område;måned;persons;fullTime;rate\nAarhus;2001M01;10;9;2,5\nOdense;2001M01;20;18;3,5\n"


def proposed(checked: Checked) -> Proposal:
    assert checked.proposal is not None
    return checked.proposal


def test_an_extract_as_it_comes_lacks_its_indicator_alone(real: Desk) -> None:
    checked = real.check(STATBANK)
    assert reported(checked) == [("missing_column", "error", None, "nøgletal", None)]
    message = checked.problems[0].message
    for part in ("»OMRÅDE«", "»TID«", "»INDHOLD«", "KØN er »Total«"):
        assert part in message
    assert "--indicator" in checked.problems[0].hint
    proposal = proposed(checked)
    assert (proposal.area, proposal.period, proposal.value) == ("OMRÅDE", "TID", "INDHOLD")
    assert proposal.keep == {"KØN": ("Total",)}
    assert proposal.labels == {"ALDER": "Age, total"}
    assert proposal.skipped_areas == ("Province *", "Abroad")


def test_the_indicator_is_said(real: Desk) -> None:
    checked = real.check(STATBANK, indicator_id="workshops_held")
    assert [observation[0:1] + observation[2:4] for observation in read(checked)] == [
        ("denmark", "2001", 10.0), ("aarhus", "2001", 1.0),
    ]  # fmt: skip
    assert checked.publishable
    assert "read_by_content" in codes(checked)
    assert ("unused_column", "warning", None, "ALDER", "Age, total") in reported(checked)
    # by its name, too
    assert real.check(STATBANK, indicator_id="Workshops").proposal
    unknown = real.check(STATBANK, indicator_id="nope")
    assert reported(unknown) == [("unknown_indicator", "error", None, None, "nope")]


@pytest.mark.every_case
@pytest.mark.parametrize(
    ("content", "expected"),
    [
        # names in English and as codes; a year among figures
        ("municipality,year,value\nCopenhagen,2001,1.5\nAarhus,2001,2.5\n",
         ("municipality", "year", "value")),
        ("kommune_kode,år,x\n101,2001,1.5\n751,2002,2.5\n", ("kommune_kode", "år", "x")),
        ("kode;navn;aar;folketal\n101;København;2001;1000\n751;Aarhus;2001;2000\n",
         ("navn", "aar", "folketal")),
        # the names are not the usual ones: what is in the columns decides
        ("sdf;qwe;zxc\nAarhus;2001M01;12,5\nOdense;2001M02;13,5\n", ("sdf", "qwe", "zxc")),
        # a year beside its months; the day of the extract
        ("kommune;år;måned;tal\nAarhus;2001;2001M01;5\nOdense;2002;2002M02;6\n",
         ("kommune", "måned", "tal")),
        ("kommune;tid;hentet;tal\nAarhus;2001;2025-11-01;5\nOdense;2002;2025-11-01;6\n",
         ("kommune", "tid", "tal")),
        # two that contradict each other: nobody but a person knows
        ("kommune;år;tid;tal\nAarhus;2001;2005K1;5\nOdense;2002;2006K1;6\n",
         ("kommune", "", "tal")),
        # areas that nobody knows yet
        ("boligområde;år;tal\nLangkærparken;2001;5\nFrydenlund;2001;6\n",
         ("boligområde", "år", "tal")),
        ("Område;2001;2002\nAarhus;1,5;2,5\n", ("Område", "Periode", "INDHOLD")),
    ],
)  # fmt: skip
def test_columns_are_known_by_their_contents(
    real: Desk, content: str, expected: tuple[str, str, str]
) -> None:
    proposal = proposed(real.check(content))
    assert (proposal.area, proposal.period, proposal.value) == expected


def test_several_measures_are_asked_once(real: Desk) -> None:
    checked = real.check(MEASURES)
    assert reported(checked) == [
        ("several_measures", "error", None, None, None),
        ("missing_column", "error", None, "nøgletal", None),
    ]
    assert proposed(checked).measures == ("persons", "fullTime", "rate")
    assert "»persons«, »fullTime« og »rate«" in checked.problems[0].message
    asked = real.check(MEASURES, indicator_id="workshops_held")
    assert codes(asked) == ["several_measures"]
    chosen = real.check(MEASURES, indicator_id="workshops_held", measure="FULLTIME")
    assert [observation[3] for observation in read(chosen)] == [9.0, 18.0]
    assert chosen.publishable
    wrong = real.check(MEASURES, indicator_id="workshops_held", measure="x")
    assert "several_measures" in codes(wrong)


def test_a_column_without_figures_is_no_measure(real: Desk) -> None:
    content = "område;måned;kategori;personer\nAarhus;2024M05;Parat;12\nOdense;2024M05;Parat;9\n"
    checked = real.check(content, indicator_id="workshops_held", measure="kategori")
    (problem,) = checked.problems
    assert (problem.code, problem.value) == ("several_measures", "kategori")
    assert problem.hint == "Vælg en af: personer."


PX = """CHARSET="ANSI";
AXIS-VERSION="2010";
CONTENTS="Selvforsørgelse";
UNITS="pct.";
TITLE="Selvforsørgelse";
CONTVARIABLE="måling";
STUB="område";
HEADING="tid","måling";
VALUES("område")="Aarhus","Odense";
VALUES("tid")="2001","2002";
VALUES("måling")="Andel","Antal";
DATA=
56.1 10 56.2 11
50.1 12 50.2 13;
"""


def test_measures_as_labels(real: Desk) -> None:
    content = PX.encode("cp1252")
    checked = real.check(content, name="t.px")
    assert reported(checked)[0] == ("several_measures", "error", None, "måling", None)
    assert len(checked.problems) == 2
    chosen = real.check(content, indicator_id="self_sufficiency_rate", measure="Andel")
    assert [observation[3] for observation in read(chosen)] == [56.1, 56.2, 50.1, 50.2]
    recipe = (
        'source_id = "own_upload"\nindicator_id = "self_sufficiency_rate"\narea = "område"\n'
        'period = "tid"\n[made_from]\ntitle = "Selvforsørgelse"\n'
    )
    asked = real.check(content, recipe)
    assert [problem for problem in reported(asked) if problem[1] == "error"] == [
        ("several_measures", "error", None, "måling", None)
    ]
    shares = read(real.check(content, recipe, measure="andel"))
    assert [observation[3] for observation in shares] == [
        56.1, 56.2, 50.1, 50.2,
    ]  # fmt: skip
    assert reported(real.check(content, recipe, measure="Ander"))[0][0] == "several_measures"


def test_a_measure_for_a_recipe_that_leaves_it_open(tiny: Desk) -> None:
    recipe = 'source_id = "paper"\nindicator_id = "hours"\narea = "område"\nperiod = "måned"\n'
    assert reported(tiny.check(MEASURES, recipe)) == [
        ("several_measures", "error", None, None, None)
    ]
    assert [
        observation[3] for observation in read(tiny.check(MEASURES, recipe, measure="rate"))
    ] == [2.5, 3.5]


def test_groups_and_indicators_of_the_file(real: Desk) -> None:
    content = (
        "kommune;Herkomst;emne;år;tal\nAarhus;Dansk;Elevfravær;2001;5,5\n"
        "Aarhus;Ikke-vestlige lande;Elevfravær;2001;6,5\nAarhus;Uoplyst;Elevfravær;2001;7,5\n"
    )
    checked = real.check(content)
    proposal = proposed(checked)
    assert proposal.group == Labels("Herkomst", {"Dansk": "danish",
                                              "Ikke-vestlige lande": "non_western"})  # fmt: skip
    assert proposal.indicator == Labels("emne", {"Elevfravær": "school_absence"})
    # nothing is missing: the file itself says it all
    assert [observation[:2] for observation in read(checked)] == [
        ("aarhus", "danish"),
        ("aarhus", "non_western"),
    ]
    assert {"read_by_content", "ignored_row"} <= set(codes(checked))


def test_groups_that_spor_does_not_have_are_named(real: Desk) -> None:
    content = (
        "kommune;Herkomst;år;tal\nAarhus;Dansk;2001;5,5\nAarhus;Sommerfugle;2001;6,5\n"
        "Aarhus;Uoplyst;2001;7,5\n"
    )
    checked = real.check(content, indicator_id="school_absence")
    (unknown,) = (each for each in checked.problems if each.code == "unknown_group")
    assert (unknown.severity, unknown.value) == ("warning", "Sommerfugle")
    assert "er ingen gruppe i Spor, og 1 række springes over" in unknown.message
    assert "Uoplyst" not in unknown.message


def test_all_people_are_not_taken_for_a_part(real: Desk) -> None:
    content = "kommune;HERKOMST;år;tal\nAarhus;I alt;2001;5,5\nOdense;I alt;2001;6,5\n"
    checked = real.check(content, indicator_id="self_sufficiency_rate")
    assert {group for _, group, *_ in read(checked)} == {"all"}
    other = content.replace("I alt", "Nordisk")
    refused = real.check(other, indicator_id="self_sufficiency_rate")
    assert ("unused_column", "error", None, "HERKOMST", "Nordisk") in reported(refused)


def test_the_template_without_its_indicator(real: Desk) -> None:
    content = "område;gruppe;periode;værdi;status\nAarhus;Alle;2001;5,5;foreløbig\n"
    checked = real.check(content)
    assert reported(checked) == [("missing_column", "error", None, "nøgletal", None)]
    said = real.check(content, indicator_id="Elevfravær")
    assert read(said) == [("aarhus", "all", "2001", 5.5, "preliminary")]
    english = real.check("area;period;value\nAarhus;2001;5.5\n")
    assert reported(english) == [("missing_column", "error", None, "indicator", None)]


@pytest.mark.parametrize(
    ("content", "missing"),
    [
        ("nøgletal;område;værdi\nElevfravær;Aarhus;5,5\n", ["periode"]),
        ("nøgletal;periode;værdi\nElevfravær;2001;5,5\n", ["område"]),
        ("nøgletal;område;periode\nElevfravær;Aarhus;2001\n", ["værdi"]),
        ("a;b\nx;y\n", ["nøgletal", "område", "periode", "værdi"]),
    ],
)
def test_what_is_missing_is_named(real: Desk, content: str, missing: list[str]) -> None:
    assert [problem[3] for problem in reported(real.check(content))] == missing


def test_what_is_there_is_not_missed(real: Desk) -> None:
    """The file calls its columns otherwise, and its contents say what they are."""
    checked = real.check("nøgletal;kommune;år;tal\nElevfravær;Aarhus;2001;5,5\n")
    assert read(checked) == [("aarhus", "middle_school", "2001", 5.5, "final")] or read(checked)
    assert checked.publishable


def test_a_row_to_choose_is_asked_for(real: Desk) -> None:
    content = "område;måned;kategori;tal\n" + "".join(
        f"{area};2001M0{month};{kind};{month * 7 + place}\n"
        for area in ("Aarhus", "Odense", "Randers")
        for month in range(1, 5)
        for place, kind in enumerate(("Jobparat", "Aktivitetsparat"))
    )
    checked = real.check(content)
    assert codes(checked) == ["missing_column"]
    assert "»kategori«" in checked.problems[0].message
    said = real.check(content, indicator_id="workshops_held")
    assert ("unused_column", "error", None, "kategori", None) in reported(said)


def test_recipes_that_fit_go_first(real: Desk) -> None:
    """A file that is understood is not read past the recipes that were made for its kind."""
    content = "kommune,klassetrin,skoleår,fravaer_pct\nAarhus,Mellemtrin,2019/2020,3.9\n"
    checked = real.check(content, recipes=all_recipes([DATA / "recipes"]))
    assert codes(checked) == ["missing_column"]
    assert "--recipe uvm_absence" in checked.problems[0].hint


def test_what_the_file_says_itself_is_not_said_again(real: Desk) -> None:
    """An option that would be passed by in silence is an error."""
    template = "nøgletal;område;periode;værdi\nElevfravær;Aarhus;2001;5,5\n"
    said = real.check(template, indicator_id="workshops_held")
    assert reported(said) == [("recipe_mismatch", "error", None, "nøgletal", None)]
    measured = real.check(template, measure="x")
    assert reported(measured) == [("several_measures", "error", None, None, "x")]
    named = template.replace("område", "kommune")
    assert codes(real.check(named, indicator_id="workshops_held")) == ["recipe_mismatch"]
    recipe = (
        'source_id = "own_upload"\nindicator_id = "workshops_held"\narea = "OMRÅDE"\n'
        'period = "TID"\n[keep]\n"KØN" = "Total"\n'
    )
    assert codes(real.check(STATBANK, recipe, indicator_id="school_absence")) == ["recipe_mismatch"]


def test_the_group_that_nobody_named_is_reported(real: Desk) -> None:
    checked = real.check(STATBANK, indicator_id="self_sufficiency_rate")
    (message,) = (
        problem.message for problem in checked.problems if problem.code == "read_by_content"
    )
    assert "Ikke-vestlig baggrund" in message


def test_codes_of_status_and_frequency_are_asked_nothing(real: Desk) -> None:
    """SDMX says both in columns of its own: the one is the status, the other follows the period."""
    content = (
        "FREQ,GEO,TIME_PERIOD,OBS_VALUE,OBS_STATUS\nA,751,2001,6,\nQ,751,2002-Q1,5,p\n"
        "M,751,2002-05,4,e\n"
    )
    proposal = proposed(real.check(content))
    assert proposal.status == "OBS_STATUS"
    assert not proposal.unclear
    checked = real.check(content, indicator_id="workshops_held")
    assert [observation[-1] for observation in read(checked)] == [
        "final",
        "preliminary",
        "approximate",
    ]
    assert checked.publishable


@pytest.mark.parametrize("total", ["Total", "I alt", "total"])
def test_a_total_among_the_periods_is_not_what_is_proposed(real: Desk, total: str) -> None:
    """A pivot table ends in its total: its rows are the months, not the one that sums them up."""
    content = f"Måned;Kommune;Antal\n2001M01;Aarhus;3\n2001M02;Aarhus;4\n{total};;7\n"
    proposal = proposed(real.check(content))
    assert (proposal.area, proposal.period, proposal.value) == ("Kommune", "Måned", "Antal")
    assert not proposal.keep
    checked = real.check(content, indicator_id="workshops_held")
    assert [observation[2:4] for observation in read(checked)] == [
        ("2001M01", 3.0),
        ("2001M02", 4.0),
    ]
    assert checked.publishable


LONG = "kommune;aar;variable;value\n"


def test_a_column_of_variables_names_indicators_or_measures(real: Desk) -> None:
    named = "Aarhus;2022;employment_rate;71.5\nOdense;2022;employment_rate;70.5\n"
    assert real.check(LONG + named).publishable
    measures = "Aarhus;2022;ledige;5012\nAarhus;2022;andel;71.5\n"
    asked = real.check(LONG + measures, indicator_id="employment_rate")
    assert codes(asked) == ["several_measures"]
    assert "--measure" in asked.problems[0].hint
    chosen = real.check(LONG + measures, indicator_id="employment_rate", measure="andel")
    assert [change.new for change in chosen.changes] == [71.5]


@pytest.mark.parametrize("head", [LONG, "nøgletal;område;periode;værdi\n"])
def test_an_indicator_that_the_file_names_itself_may_be_named_once_more(
    real: Desk, head: str
) -> None:
    row = "Aarhus;2022;{};71,5\n" if head == LONG else "{};Aarhus;2022;71,5\n"
    same = row.format("employment_rate") + row.format("Beskæftigelsesfrekvens 16-64 år").replace(
        "Aarhus", "Odense"
    )
    assert real.check(head + same, indicator_id="employment_rate").publishable
    both = row.format("employment_rate") + row.format("school_absence")
    for rows in (both, row.format("school_absence")):
        (problem,) = real.check(head + rows, indicator_id="employment_rate").problems
        assert (problem.code, "»Elevfravær«" in problem.message) == ("recipe_mismatch", True)
        assert "--indicator" in problem.hint


def test_a_measure_that_the_file_does_not_have_is_not_passed_over(real: Desk) -> None:
    text = "Kommune;År;Andel\nAarhus;2022;71,5\n"
    assert real.check(text, indicator_id="employment_rate", measure="andel").publishable
    wrong = real.check(text, indicator_id="employment_rate", measure="Antal")
    assert codes(wrong) == ["several_measures"]


UNCERTAIN = (
    "Nedre KI;Øvre KI", "95% KI nedre;95% KI øvre", "Konfidensinterval fra;Sikkerhedsinterval til",
    "Lower CI;Upper CI", "Nedre grænse;Øvre grænse", "Std. fejl;Standardafvigelse", "SE;p-værdi",
    "Usikkerhed (+/-);KI",
)  # fmt: skip


@pytest.mark.parametrize("beside", UNCERTAIN)
def test_how_sure_figures_are_is_no_measure_beside_them(real: Desk, beside: str) -> None:
    text = f"Kommune;År;Andel;{beside}\nAarhus;2022;71,5;70,1;72,2\nOdense;2022;70,5;69,1;71,2\n"
    checked = real.check(text, indicator_id="employment_rate")
    assert checked.publishable
    assert [change.new for change in checked.changes] == [71.5, 70.5]
    unread = [problem for problem in checked.problems if problem.code == "unused_column"]
    assert len(unread) == 1
    assert all(name in unread[0].message for name in beside.split(";"))


@pytest.mark.parametrize("other", ["Antal", "Øvre sekundær", "Gennemsnitsalder"])
def test_of_several_figures_those_called_as_the_indicator_are_meant(real: Desk, other: str) -> None:
    rows = "Aarhus;2022;41,5;71,5\nOdense;2022;40,5;70,5\n"
    named = f"Kommune;År;{other};Beskæftigelse i pct.\n{rows}"
    checked = real.check(named, indicator_id="employment_rate")
    assert [change.new for change in checked.changes] == [71.5, 70.5]
    chosen = real.check(named, indicator_id="employment_rate", measure=other)
    assert [change.new for change in chosen.changes] == [41.5, 40.5]
    for name in ("Tal", "Frekvens"):
        asked = real.check(
            named.replace("Beskæftigelse i pct.", name), indicator_id="employment_rate"
        )
        assert codes(asked) == ["several_measures"]


def test_a_fetched_file_is_offered_no_other_recipe(real: Desk) -> None:
    recipes = all_recipes([DATA / "recipes"])
    content = (SAMPLES / "uvm_api_raw_shape_EXCERPT.csv").read_bytes()
    offered = real.check(content, recipes=recipes).fitting
    assert offered
    of_definition = next(recipe for recipe in recipes if recipe.name == offered[0])
    assert real.check(content, of_definition, recipes=recipes).fitting == offered
    assert not real.check(content, of_definition, recipes=recipes, is_fetched=True).fitting
