"""An area that the file itself says is another: by a code beside the name, or by the head."""

import pytest

from kpi.ingest.mapping.choices import Choices
from kpi.ingest.words.parts_of_denmark import part_with, region_with
from kpi.store import init
from kpi.views import upload
from tests.kpi.data_folder import append, write_tiny
from tests.kpi.ingest.checked import Desk, codes_of_cells, read, reported_of_cells

HEAD = "{code};kommune;periode;værdi\n"
HOURS = "hours"


@pytest.fixture(scope="module")
def parishes(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A store in which a parish and a municipality share a name, and one parish does not."""
    folder = tmp_path_factory.mktemp("parishes")
    data = write_tiny(folder / "data", "hours,skejby_sogn,all,2022,5,,,final\n")
    append(data, "area.csv", "skejby_sogn,Skejby Sogn,parish,aarhus,7701,")
    append(data, "area.csv", "skejby,Skejby,housing_area,aarhus,,")
    append(data, "area.csv", "odense_sogn,Odense Sogn,parish,aarhus,7700,")
    append(data, "area.csv", "trige,Trige,parish,aarhus,8150,")
    append(data, "area.csv", "region,Region Midtjylland,region,denmark,082,")
    init(folder / "home", data)
    return Desk.of(folder / "home")


@pytest.mark.parametrize("head", ["kode", "kommunenr"])
@pytest.mark.parametrize(
    ("codes", "wrong"),
    [
        (("751", "461", "730"), None),
        (("0751", "0461", "0730"), None),
        (("461", "751", "730"), (2, "461")),  # two swapped
        (("730", "751", "461"), (2, "730")),  # sorted by itself
        (("751", "461", "461"), (4, "461")),
        (("082", "082", "082"), None),  # which region it lies in is not stored
    ],
)
def test_a_code_beside_the_name(
    parishes: Desk, head: str, codes: tuple[str, ...], wrong: tuple[int, str] | None
) -> None:
    rows = zip(codes, ("Aarhus", "Odense", "Randers"), ("5,5", "6,5", "7,5"), strict=True)
    text = HEAD.format(code=head) + "".join(f"{c};{a};2022;{v}\n" for c, a, v in rows)
    checked = parishes.check(text, indicator_id=HOURS)
    errors = [of_cell for of_cell in reported_of_cells(checked) if of_cell[1] == "error"]
    expected = [("unused_column", "error", wrong[0], head, wrong[1])] if wrong else []
    assert errors == expected
    assert checked.publishable == (wrong is None)


def test_the_template_with_a_code_more(parishes: Desk) -> None:
    text = "nøgletal;kode;område;periode;værdi\nTimer;751;Odense;2022;5\nTimer;461;Aarhus;2022;6\n"
    assert reported_of_cells(parishes.check(text)) == [("unused_column", "error", 2, "kode", "751")]


def test_figures_that_are_codes_by_chance(parishes: Desk) -> None:
    text = "kommune;periode;værdi;ledige\nAarhus;2022;5;461\nOdense;2022;6;751\n"
    assert parishes.check(text, measure="værdi", indicator_id=HOURS).publishable


@pytest.mark.parametrize(
    ("head", "name", "area"),
    [
        ("sogn", "Odense", None),  # the municipality of that name is not meant
        ("Sogn", "Odense Kommune", None),
        ("sogn", "Odense Sogn", "odense_sogn"),
        ("sogn", "7700 Odense", "odense_sogn"),
        ("sognekode", "7700", "odense_sogn"),
        ("sogn", "Trige", "trige"),
        ("sogn", "Hele landet", "denmark"),
        ("skole", "Odense", None),
        ("skole", "Trige", None),
        ("kommune", "Odense", "odense"),
        ("område", "Trige", "trige"),
    ],
)
def test_a_head_that_says_what_its_areas_are(
    parishes: Desk, head: str, name: str, area: str | None
) -> None:
    checked = parishes.check(f"{head};periode;værdi\n{name};2023;5\n", indicator_id=HOURS)
    if area is None:
        assert codes_of_cells(checked)[0] == "unknown_area"
        assert not checked.publishable
    else:
        assert [observation[0] for observation in read(checked)] == [area]


def test_what_a_recipe_says_of_a_spelling_is_chosen(parishes: Desk) -> None:
    recipe = (
        'source_id = "paper"\nindicator_id = "hours"\nperiod = "tid"\nvalue = "tal"\n'
        '[area]\ncolumn = "sogn"\n"Odense" = "odense"\n'
    )
    checked = parishes.check("sogn;tid;tal\nOdense;2023;5\n", recipe)
    assert [observation[0] for observation in read(checked)] == ["odense"]
    assert checked.publishable


@pytest.mark.parametrize(
    ("title", "area", "asked"),
    [
        ("Odense Kommune", "Aarhus", True),
        ("Odense", "Trige", True),  # a parish in Aarhus
        ("Aarhus Kommune", "Aarhus", False),
        ("Aarhus", "Trige", False),  # it lies in it
        ("Hele landet", "Aarhus", False),
        ("Trige", "Aarhus", True),  # a part of it
        ("Timer i Odense", "Aarhus", True),
        ("751", "Odense", False),
    ],
)
def test_a_title_that_is_another_area(parishes: Desk, title: str, area: str, asked: bool) -> None:
    text = f"{title}\n\nnøgletal;område;periode;værdi\nTimer;{area};2022;5\n"
    reported = [
        problem for problem in parishes.check(text).problems if problem.code == "text_words"
    ]
    assert [problem.message.startswith(f"Titlen siger »{title}«") for problem in reported] == [
        True
    ] * asked


def test_a_row_of_all_in_the_template_is_reported_for_what_it_may_be(parishes: Desk) -> None:
    text = "nøgletal;område;periode;værdi\nTimer;Aarhus;2022;5\nTimer;I alt;2022;5\n"
    (problem,) = (
        problem for problem in parishes.check(text).problems if problem.code == "unknown_area"
    )
    assert "Hele landet" in problem.hint


def test_codes_that_contradict_are_reported_before_the_indicator_is_known(parishes: Desk) -> None:
    text = "kommunenr;kommune;periode;værdi\n751;Odense;2022;5\n461;Aarhus;2022;6\n"
    before, after = parishes.check(text), parishes.check(text, indicator_id=HOURS)
    reported = [
        [problem for problem in checked.problems if problem.code == "unused_column"]
        for checked in (before, after)
    ]
    assert reported[0] == reported[1]
    assert [(problem.row, problem.column, problem.value) for problem in reported[0]] == [
        (2, "kommunenr", "751")
    ]
    assert before.proposal is not None
    assert before.proposal.unclear == {}  # no rows to choose by
    assert upload.has_more_than_recipe_problem(before, Choices())
    right = parishes.check(text.replace("751;Odense", "461;Odense").replace("461;Aa", "751;Aa"))
    assert [problem.code for problem in right.problems] == ["missing_column"]


@pytest.mark.parametrize(
    ("head", "pairs", "wrong"),
    [
        ("Region", (("Region Midtjylland", "Aarhus"), ("Region Syddanmark", "Odense")), None),
        ("Region", (("Region Syddanmark", "Aarhus"), ("Region Midtjylland", "Odense")), 2),
        ("Region", (("Region Hovedstaden", "København"), ("Region Hovedstaden", "Aarhus")), 3),
        ("Region", (("Sjælland", "Roskilde"), ("Midtjylland", "Aarhus")), None),
        ("Region", (("Sjælland", "Roskilde"), ("Sjælland", "Aarhus")), 3),
        ("Region", (("Nordjylland", "Aalborg"), ("Nordjylland", "Viborg")), 3),
        ("Region", (("Region Midtjylland", "Region Midtjylland"),
                    ("Region Midtjylland", "Gellerup")), None),
        ("Region", (("Region Syddanmark", "Gellerup"),), 2),
        ("Landsdel", (("Landsdel Østjylland", "Aarhus"), ("Province Fyn", "Odense")), None),
        ("Landsdel", (("Landsdel Vestjylland", "Aarhus"), ("Fyn", "Odense")), 2),
        ("Landsdel", (("Hele landet", "Hele landet"), ("Østjylland", "Aarhus")), None),
    ],
)  # fmt: skip
def test_regions_and_parts_of_the_country_beside_municipalities(
    real: Desk, head: str, pairs: tuple[tuple[str, str], ...], wrong: int | None
) -> None:
    """A table whose municipalities were sorted apart from their regions is in the wrong order."""
    rows = "".join(f"{region};{area};2022;71,5\n" for region, area in pairs)
    own = "".join(f"employment_rate;{area};2022;71,5;{region}\n" for region, area in pairs)
    for checked in (
        real.check(f"{head};Kommune;År;Andel\n{rows}", indicator_id="employment_rate"),
        real.check(f"nøgletal;område;periode;værdi;{head}\n{own}"),
    ):
        errors = [(problem.column, problem.row) for problem in checked.problems
                  if problem.severity == "error"]  # fmt: skip
        assert errors == ([] if wrong is None else [(head, wrong)])


def test_every_municipality_is_in_one_part_of_the_country(real: Desk) -> None:
    codes = [area.code or "" for area in real.catalog.areas.values()
             if area.level == "municipality"]  # fmt: skip
    assert all(part_with(code) and region_with(code) for code in codes)
    assert len({part_with(code) for code in codes}) == 11


@pytest.mark.parametrize(
    ("area", "is_reported"), [("Skejby", True), ("Skejby Sogn", False), ("Aarhus", False)]
)
def test_an_indicator_of_parishes_for_another_small_area(
    parishes: Desk, area: str, is_reported: bool
) -> None:
    """Programme areas, housing areas and parishes share names and no borders."""
    checked = parishes.check(f"nøgletal;område;periode;værdi\nhours;{area};2023;6\n")
    problems = [problem for problem in checked.problems if problem.code == "other_area_kind"]
    expected = [("warning", 2)] * is_reported
    assert [(problem.severity, problem.row) for problem in problems] == expected
    assert all("»Skejby Sogn«" in problem.hint for problem in problems)
