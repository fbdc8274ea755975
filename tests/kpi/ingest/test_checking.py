"""Checking a file in our template: every problem with its place, and what would be published."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from kpi.ingest.checked import Checked
from kpi.ingest.mapping.choices import Choices
from kpi.ingest.table.raw import Upload
from kpi.store import init
from kpi.store.adding import add
from kpi.store.uploads import publish
from tests.kpi.data_folder import write_tiny
from tests.kpi.ingest.checked import BESIDE_OTHERS, Desk, Reported, codes, read, reported
from tests.kpi.ingest.conftest import PUBLISHED

HEAD = "indicator;area;group;period;value;numerator;denominator;status;kilde"
NAN, MISS, HIDE = "not_a_number", "missing", "suppressed"

# Rows of one file: a row, what is reported of it, and the value and status it has if it is valid.
InRow = tuple[str, str, str, str]
ROWS: list[tuple[str, list[InRow], tuple[float | None, str] | None]] = [
    ("rate;aarhus;all;2023;57,5;;;;", [], (57.5, "final")),
    ("Beskæftigelse;Århus;;2000;1,5;;;;", [], (1.5, "final")),  # names, alias, default group
    ("Job;1751;;2002;1,5;;;;", [("unknown_area", "error", "area", "1751")], None),
    ("job;751;Alle;2002;1,5;;;;", [], (1.5, "final")),  # short name, code
    ("rat;aarhus;;2004;1,5;;;;", [("unknown_indicator", "error", "indicator", "rat")], None),
    ("rate;Århs;;2004;1,5;;;;", [("unknown_area", "error", "area", "Århs")], None),
    ("rate;i alt;;2004;1,5;;;;", [("unknown_area", "error", "area", "i alt")], None),
    ("rate;aarhus;mænd;2004;1,5;;;;", [("unknown_group", "error", "group", "mænd")], None),
    ("rate;aarhus;;24;1,5;;;;", [("unknown_period", "error", "period", "24")], None),
    ("rate;aarhus;;2004;1,5;;;ok;", [("unknown_status", "error", "status", "ok")], None),
    ("rate;aarhus;;2004;1,5;;;;avis", [("unknown_source", "error", "kilde", "avis")], None),
    # all that is wrong in a row is reported at once
    (
        "x;y;z;w;q;q;q;q;q",
        [
            ("unknown_indicator", "error", "indicator", "x"),
            ("unknown_area", "error", "area", "y"),
            ("unknown_group", "error", "group", "z"),
            ("unknown_period", "error", "period", "w"),
            ("unknown_status", "error", "status", "q"),
            ("unknown_source", "error", "kilde", "q"),
            (NAN, "error", "value", "q"),
            (NAN, "error", "numerator", "q"),
            (NAN, "error", "denominator", "q"),
        ],
        None,
    ),
    ("rate;aarhus;;2006;ti;;;;", [(NAN, "error", "value", "ti")], None),
    ("rate;aarhus;;2006;-;;;;", [(NAN, "error", "value", "-")], None),
    ("rate;aarhus;;2006;..;;;;", [(HIDE, "warning", "value", "..")], (None, MISS)),
    ("rate;aarhus;;2008;<5;;;;", [(HIDE, "warning", "value", "<5")], (None, HIDE)),
    ("rate;aarhus;;2010;ca. 20;;;;", [("approximate", "warning", "value", "ca. 20")],
     (20.0, "approximate")),
    ("rate;aarhus;;2012;20;;;cirka;", [], (20.0, "approximate")),
    ("rate;aarhus;;2014;20;;;foreløbig;", [], (20.0, "preliminary")),
    ("rate;aarhus;;2016;;;;;", [("ignored_row", "warning", "value", "")], None),
    ("rate;aarhus;;2015;;5;10;;", [], (50.0, "final")),  # its counts say it
    ("rate;aarhus;;2016;;;;skjult;", [], (None, HIDE)),
    ("rate;aarhus;;2018;;;;mangler;", [], (None, MISS)),
    ("rate;aarhus;;2020;;;;ikke relevant;", [], (None, "not_applicable")),
    ("rate;odense;;2000;;;;endelig;", [(NAN, "error", "value", "")], None),
    ("rate;odense;;2000;20;;;mangler;", [("unknown_status", "error", "status", "mangler")], None),
    ("rate;odense;;2000;;5;10;skjult;", [("unknown_status", "error", "status", "skjult")], None),
    ("rate;odense;;2000;..;;;foreløbig;",
     [("unknown_status", "error", "status", "foreløbig"), (HIDE, "warning", "value", "..")], None),
    ("rate;odense;;2002;100;;;;", [], (100.0, "final")),
    ("rate;odense;;2004;100,1;;;;", [("out_of_range", "error", "value", "100,1")], None),
    ("rate;odense;;2004;−1;;;;", [("out_of_range", "error", "value", "−1")], None),
    ("persons;odense;;2004;-1;;;;", [("out_of_range", "error", "value", "-1")], None),
    ("persons;odense;;2004;1,5;;;;", [], (1.5, "final")),  # full-time persons
    ("hours;odense;;2016;-37,5;;;;", [], (-37.5, "final")),
    ("persons;odense;;2006;1 234 567;;;;", [], (1234567.0, "final")),
    ("persons;odense;;2008;1\u00a0234;;;;", [], (1234.0, "final")),
    ("rate;odense;;2004;16,7 %;;;;", [], (16.7, "final")),
    ("persons;odense;;2010;16 %;;;;", [(NAN, "error", "value", "16 %")], None),
    ("hours;odense;;2010;16 %;;;;", [(NAN, "error", "value", "16 %")], None),
    ("rate;odense;;2006;50;5 %;10;;", [(NAN, "error", "numerator", "5 %")], None),
    ("rate;odense;;2006;50;-5;10;;", [("out_of_range", "error", "numerator", "-5")], None),
    ("rate;odense;;2006;50;5;-10;;", [("out_of_range", "error", "denominator", "-10")], None),
    ("rate;odense;;2006;50;20;10;;",
     [("numerator_exceeds_denominator", "error", "denominator", "10")], None),
    ("persons;odense;;2012;20;;10;;",
     [("numerator_exceeds_denominator", "error", "denominator", "10")], None),
    ("rate;odense;;2006;50;ca. 5;10;;", [("approximate", "warning", "numerator", "ca. 5")],
     (50.0, "final")),
    ("rate;odense;;2008;50;<5;10;;", [(HIDE, "warning", "numerator", "<5")], (50.0, "final")),
    ("rate;odense;;2010;33,3;1;3;;", [], (33.3, "final")),
    ("rate;odense;;2012;33;1;3;;", [], (33.0, "final")),
    ("rate;odense;;2014;33,4;1;3;;", [("value_mismatch", "error", "value", "33,4")],
     None),
    ("rate;odense;;2016;0;0;0;;", [("from_zero", "warning", "denominator", "0"),
      ("from_zero", "warning", "value", "0")], (0.0, "final")),  # of nothing there is no share
    # a claim of the tiny store questions this key
    ("rate;aarhus;;2022;60,0;1;2;;",
     [("value_mismatch", "warning", "value", "60,0"), ("big_change", "warning", "value", "60,0")],
     (60.0, "final")),
    ("rate;randers;;2022;36;;;;", [("big_change", "warning", "value", "36")], (36.0, "final")),
    ("persons;aarhus;;2022;151;;;;", [("big_change", "warning", "value", "151")], (151.0, "final")),
    ("persons;aarhus;;2023;60;;;;", [("big_change", "warning", "value", "60")], (60.0, "final")),
    ("persons;aarhus;;2024;80;;;;", [], (80.0, "final")),
    ("rate;odense;;2022;45;;;;", [], (45.0, "final")),  # exactly 5 points
    # the same key: identical rows keep one, different ones none
    ("persons;randers;;2000;7;;;;", [], (7.0, "final")),
    ("Personer;730;all;2000;7,0;;;endelig;own_upload",
     [("ignored_row", "warning", "period", "2000")], None),
    ("persons;randers;;2002;7;;;;", [("duplicate_key", "error", "period", "2002")], None),
    ("persons;randers;;2002;8;;;;", [("duplicate_key", "error", "period", "2002")], None),
    ("persons;randers;;2002;7;;;;", [("duplicate_key", "error", "period", "2002")], None),
    ("persons;randers;;2098;7;;;;", [("future_period", "warning", "period", "2098")],
     (7.0, "final")),
    # there is no period before it
    ("persons;randers;;1000;7;;;;", [("early_period", "warning", "period", "1000")],
     (7.0, "final")),
    ("persons;randers;;1979;7;;;;", [("early_period", "warning", "period", "1979")],
     (7.0, "final")),
    ("persons;randers;;1980;7;;;;", [], (7.0, "final")),
    (" ; ;;;;;\t;;\u00a0", [], None),  # a row without any text is no row
]  # fmt: skip


@pytest.fixture(scope="module")
def checked(tiny: Desk) -> Checked:
    """One file of all the rows."""
    return tiny.check("\n".join([HEAD, *(row for row, _, _ in ROWS)]))


@pytest.mark.every_case
@pytest.mark.parametrize("place", range(len(ROWS)), ids=[row for row, _, _ in ROWS])
def test_rows(checked: Checked, place: int) -> None:
    _, problems, valid = ROWS[place]
    row = place + 2
    expected = {code for code, *_ in problems}
    reported = [
        problem
        for problem in checked.problems
        if problem.row == row
        and problem.code != "area_ended"  # the years are long before any that is published
        and (problem.code in expected or problem.code not in BESIDE_OTHERS)
    ]
    assert {
        (problem.code, problem.severity, problem.column, problem.value) for problem in reported
    } == set(problems)
    assert len(reported) == len(problems)
    assert all(problem.message and problem.hint for problem in reported)
    values = [(change.new, change.new_status) for change in checked.changes if change.row == row]
    assert values == ([] if valid is None else [valid])


def test_the_file_of_all_rows(checked: Checked) -> None:
    valid = [expected for _, _, expected in ROWS if expected is not None]
    assert (checked.format, checked.encoding, checked.delimiter) == ("table_csv", "utf-8", ";")
    assert checked.rows_read == len(ROWS) - 1
    assert checked.observations == len(valid)
    assert (checked.new, checked.changed, checked.unchanged) == (len(valid) - 4, 4, 0)
    assert not checked.publishable
    assert checked.source_ids == ("own_upload",)
    assert [problem.row for problem in checked.problems if problem.severity == "error"] == sorted(
        problem.row or 0 for problem in checked.problems if problem.severity == "error"
    )


def test_duplicates_name_each_other(checked: Checked) -> None:
    rows = [place + 2 for place, (row, _, _) in enumerate(ROWS) if "randers;;2002" in row]
    messages = [problem.message for problem in checked.problems if problem.code == "duplicate_key"]
    assert [
        [row for row in rows if f"{row}" in message.partition("række")[2]] for message in messages
    ] == [[row for row in rows if row != own] for own in rows]


def test_changes_contain_the_old_value(checked: Checked) -> None:
    assert [
        (
            change.indicator_id,
            change.area_id,
            change.period,
            change.old,
            change.old_status,
            change.new,
        )
        for change in checked.changes
        if change.old_status is not None
    ] == [
        ("rate", "aarhus", "2022", 50.0, "final", 60.0),
        ("rate", "randers", "2022", 30.0, "final", 36.0),
        ("persons", "aarhus", "2022", 100.0, "final", 151.0),
        ("rate", "odense", "2022", 40.0, "final", 45.0),
    ]


@pytest.mark.parametrize(
    ("rows", "new", "changed", "unchanged", "changes"),
    [
        ("rate;aarhus;2022;50\nrate;odense;2022;40,0\n", 0, 0, 2, []),
        ("persons;odense;2022;<5\n", 0, 0, 1, []),  # hidden as it was
        ("persons;odense;2022;7\n", 0, 1, 0, [(None, 7.0)]),
        ("rate;aarhus;2022;..\nrate;aarhus;2023;50\n", 1, 1, 0, [(50.0, None), (None, 50.0)]),
        ("rate;aarhus;2022;ca. 50\n", 0, 1, 0, [(50.0, 50.0)]),  # the status is another
        # with an error in the file too
        ("rate;aarhus;2022;x\nrate;aarhus;2023;50\n", 1, 0, 0, [(None, 50.0)]),
    ],
)
def test_difference(
    tiny: Desk, rows: str, new: int, changed: int, unchanged: int,
    changes: list[tuple[float | None, float | None]],
) -> None:  # fmt: skip
    checked = tiny.check("indicator;area;period;value\n" + rows, source_id="paper")
    assert (checked.new, checked.changed, checked.unchanged) == (new, changed, unchanged)
    assert [(change.old, change.new) for change in checked.changes] == changes
    assert checked.truncated is False


def test_a_numerator_is_a_change(tiny: Desk) -> None:
    head = "indicator;area;period;value;numerator;denominator\n"
    assert tiny.check(f"{head}rate;aarhus;2022;50;1;2\n").changed == 1


def test_changes_are_a_thousand_at_most(tiny: Desk) -> None:
    rows = "".join(
        f"hours;aarhus;{date.fromordinal(day):%YM%mD%d};5\n" for day in range(700000, 701001)
    )
    checked = tiny.check("indicator;area;period;value\n" + rows)
    assert (checked.new, len(checked.changes), checked.truncated) == (1001, 1000, True)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("rate;aarhus;2023;50\n", []),  # the municipality's own extract
        ("rate;odense;2023;50\n", []),
        ("rate;aarhus;2023;50\nrate;odense;2023;40\n", ["Der mangler Randers"]),
        ("rate;aarhus;2023;50\nrate;odense;2023;40\nrate;randers;2023;30\n", []),
        # hidden areas are there
        ("rate;aarhus;2023;50\nrate;odense;2023;..\nrate;randers;2023;..\n", []),
        # the newest period counts
        (
            "rate;aarhus;2021;48\nrate;aarhus;2023;50\nrate;odense;2023;40\n",
            ["Der mangler Randers"],
        ),
    ],
)
def test_fewer_areas(tiny: Desk, rows: str, said: list[str]) -> None:
    checked = tiny.check("indicator;area;period;value\n" + rows, source_id="paper")
    problems = [problem for problem in checked.problems if problem.code == "fewer_areas"]
    assert [problem.hint.partition(".")[0].removeprefix("Mangler ") for problem in problems] == said
    assert [(problem.severity, problem.row) for problem in problems] == [("warning", None)] * len(
        said
    )


def test_fewer_areas_than_a_file_had(tmp_path: Path) -> None:
    """An extract of one municipality lacks what the analyst's own files had, and no more."""
    head, home = "indicator;area;period;value\n", tmp_path / "home"
    init(home, write_tiny(tmp_path / "data", PUBLISHED))

    def lacking(year: int, *areas: str) -> bool:
        rows = "".join(f"rate;{area};{year};{40 + place}\n" for place, area in enumerate(areas))
        upload = Upload(f"{year}{areas}.csv", f"{head}{rows}".encode())
        checked = Desk.of(home).check(upload.content, source_id="paper")
        publish(upload, Choices(source_id="paper"), "Ida", "note", home)
        return "fewer_areas" in codes(checked)

    every = ("aarhus", "odense", "randers")
    assert [lacking(2023, "aarhus"), lacking(2024, "aarhus"), lacking(2025, *every)] == [False] * 3
    assert lacking(2025, "odense")  # corrected; the whole file is still what the next is held to
    assert lacking(2026, "aarhus", "odense")
    assert [lacking(2027, area) for area in every] == [True, False, False]  # one by one from now on


def test_an_area_that_has_ended_is_not_missing(tmp_path: Path) -> None:
    home = tmp_path / "home"
    init(home, write_tiny(tmp_path / "data", PUBLISHED))
    head = "indicator;area;period;value\n"
    rows = "".join(f"rate;{area};2025;40\n" for area in ("aarhus", "odense", "randers"))
    publish(Upload("a.csv", f"{head}{rows}".encode()), Choices(source_id="paper"), "Ida", "n", home)
    add("area", [{"area_id": "randers", "valid_to": "2025-12-31", "succeeded_by": "Aarhus"}],
        "Ida", home)  # fmt: skip

    def told(*areas: str) -> list[str]:
        later = "".join(f"rate;{area};2026;41\n" for area in areas)
        checked = Desk.of(home).check(f"{head}{later}".encode(), source_id="paper")
        return [each.hint for each in checked.problems if each.code == "fewer_areas"]

    assert told("aarhus", "odense") == []
    (hint,) = told("odense")
    assert hint.startswith("Der mangler Aarhus.")


@pytest.mark.parametrize(("area", "is_told"), [("aarhus", False), ("gellerup", True)])
def test_a_municipality_lacks_no_housing_areas(real: Desk, area: str, is_told: bool) -> None:
    """Published are the families of two programme areas, in the same period."""
    row = f"programme_families;{area};2025M04:2026M03;160\n"
    checked = real.check("indicator;area;period;value\n" + row, source_id="oto_status_2025")
    assert ("fewer_areas" in codes(checked)) is is_told


_CODES_OF_MIDTJYLLAND = [
    "615", "657", "661", "665", "671", "706", "707", "710", "727", "730",
    "740", "741", "746", "751", "756", "760", "766", "779", "791",
]  # fmt: skip


@pytest.mark.parametrize(
    ("chosen", "is_said"),
    [
        (lambda codes: codes[:49], True),  # a page of two
        (lambda codes: codes[1:], True),
        (lambda codes: codes, False),
        (lambda codes: codes[:6], False),  # some towns
        (lambda codes: _CODES_OF_MIDTJYLLAND, False),
        (lambda codes: [code for code in codes if code not in _CODES_OF_MIDTJYLLAND], False),
    ],
)  # fmt: skip
def test_first_figures_of_many_municipalities_are_of_all(
    real: Desk, chosen: Callable[[list[str]], list[str]], is_said: bool
) -> None:
    municipalities = [
        area.code or "" for area in real.catalog.areas.values() if area.level == "municipality"
    ]
    rows = "".join(f"employment_rate;{code};2031;7{int(code) % 10},{int(code) % 7}\n"
                   for code in chosen(sorted(municipalities)))  # fmt: skip
    checked = real.check("indicator;area;period;value\n" + rows)
    said = [problem for problem in checked.problems if problem.code == "fewer_areas"]
    assert len(said) == is_said
    assert all(" af 98 kommuner" in problem.message for problem in said)


def test_another_source_has_no_fewer_areas(tiny: Desk) -> None:
    # that the series goes on under another publisher is asked, not that Randers is missing
    checked = tiny.check("indicator;area;period;value\nrate;aarhus;2023;50\n")
    assert codes(checked) == ["other_source", "begun_period"]


def test_sources_of_a_file(tiny: Desk) -> None:
    head = "indicator;area;period;value;kilde\n"
    rows = "hours;aarhus;2020;5;paper\nhours;aarhus;2021;5;\nhours;aarhus;2022;5;Papir paper\n"
    assert tiny.check(head + rows).source_ids == ("own_upload", "paper")
    # what the person says is for the rows that do not say it themselves
    assert tiny.check(head + rows, source_id="paper").source_ids == ("paper",)


def test_a_blank_cell_in_every_optional_column(tiny: Desk) -> None:
    head = "indicator;area;period;value;group;kilde;numerator;denominator;status;som udgivet;note\n"
    checked = tiny.check(head + "hours;aarhus;2020;5; ;\t; ;;\u00a0;;\n")
    assert read(checked) == [("aarhus", "all", "2020", 5.0, "final")]
    assert codes(checked) == []


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("indicator_id,area_id,period,value", []),
        ("Nøgletal,Område,Periode,Værdi", []),
        ("NØGLETAL, om råde ,PERIODE,værdi", []),
        ("Nøgletal,Omra\u030ade,Periode,Værdi", []),
        ("indicator,area,period,value,Bemærkning", []),
        ("indicator,area,period,value,farve", [("ignored_column", "warning", None, "farve", None)]),
        (
            "indicator,area,period,value,værdi",  # the first counts
            [("ignored_column", "warning", None, "værdi", None)],
        ),
        (
            # other names, whose contents say what they are: reported, and read
            "indicator,area,period,tal",
            [("read_by_content", "warning", None, None, None)],
        ),
        (
            "nøgletal,areal,periode,tal",
            [("read_by_content", "warning", None, None, None)],
        ),
        (
            "a,area,b,value",  # 2020 is no figure here, and `hours` no group
            [("read_by_content", "warning", None, None, None)],
        ),
    ],
)  # fmt: skip
def test_headers(tiny: Desk, head: str, expected: list[Reported]) -> None:
    extra = "," * (head.count(",") - 3)
    checked = tiny.check(f"{head}\nhours,aarhus,2020,5{extra}\n")
    assert reported(checked) == expected
    missing = any(code == "missing_column" for code, *_ in expected)
    assert read(checked) == ([] if missing else [("aarhus", "all", "2020", 5.0, "final")])
