"""Limits and ranges in a file, and how a figure belongs to its period."""

import shutil
from collections.abc import Iterable
from pathlib import Path

import pytest

from kpi.domain.model import Observation
from kpi.ingest.table.raw import Upload
from kpi.ingest.words.numbers import understand
from kpi.store import init, open_store
from kpi.store.uploads import publish
from tests.kpi.data_folder import write_tiny
from tests.kpi.ingest.checked import Desk, codes, reported
from tests.tables import for_each

HEADER = "nøgletal;område;periode;værdi;tæller;lav;høj;status;opgjort;kildens ord\n"
ERROR = "error"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with one published figure. Never change it: take `home`."""
    folder = tmp_path_factory.mktemp("limits")
    init(folder / "home", write_tiny(folder / "data", "rate,aarhus,all,2022,50.0,,,final"))
    return folder / "home"


@pytest.fixture(scope="module")
def desk(built: Path) -> Desk:
    """The desk of that store."""
    return Desk.of(built)


NO_SENSE = (
    # an interval lacks an end, has a value or a count beside its ends, or is turned
    ("hours;aarhus;2022;;;2;;interval;;", "unknown_status", "status"),
    ("hours;aarhus;2022;;;;3;interval;;", "unknown_status", "status"),
    ("hours;aarhus;2022;;;;;interval;;", "unknown_status", "status"),
    ("hours;aarhus;2022;2,5;;2;3;interval;;", "unknown_status", "status"),
    ("rate;aarhus;2022;;5;20;30;interval;;", "unknown_status", "status"),
    ("hours;aarhus;2022;;;3;2;interval;;", "out_of_range", "lav"),
    ("hours;aarhus;2022;;;3;3;interval;;", "out_of_range", "lav"),
    # the value lies outside its own limits
    ("hours;aarhus;2022;4;;2;3;;;", "value_mismatch", "værdi"),
    ("hours;aarhus;2022;1,9;;2;3;interval;;", "value_mismatch", "værdi"),
    # at least with an upper end, at most with a lower, another lower one
    ("persons;aarhus;2022;30;;;40;mindst;;", "unknown_status", "status"),
    ("persons;aarhus;2022;30;;20;;højst;;", "unknown_status", "status"),
    ("persons;aarhus;2022;30;;29;;mindst;;", "unknown_status", "status"),
    ("rate;aarhus;2022;30;3;;;mindst;;", "unknown_status", "status"),
    ("persons;aarhus;2022;;;;;mindst;;", "not_a_number", "værdi"),
    ("persons;aarhus;2022;skjult;;;;mindst;;", "unknown_status", "status"),
    # limits beside an exact value, or one alone
    ("persons;aarhus;2022;30;;20;40;;;", "unknown_status", "status"),
    ("persons;aarhus;2022;30;;20;;endelig;;", "unknown_status", "status"),
    ("persons;aarhus;2022;;;20;;;;", "unknown_status", "status"),
    # one of them says another thing than the words, in the cell or the source's own
    ("persons;aarhus;2022;30;;;;mindst;;højst 30", "unknown_status", "status"),
    ("persons;aarhus;2022;30;;;;cirka;;mere end 30", "unknown_status", "status"),
    ("persons;aarhus;2022;30;;;;;;mere end 30", "unknown_status", "status"),
    ("persons;aarhus;2022;op til 50;;;;mindst;;", "unknown_status", "status"),
    ("persons;aarhus;2022;ca. 50;;;;mindst;;", "unknown_status", "status"),
    ("persons;aarhus;2022;ca. 50;;;;højst;;", "unknown_status", "status"),
    ("persons;aarhus;2022;knap 30;;;;foreløbig;;", "unknown_status", "status"),
    ("persons;aarhus;2022;;;9;10;interval;;fra 9 til 100", "unknown_status", "status"),
    # a day is counted on that day
    ("persons;aarhus;2022M05D31;30;;;;;siden;", "unknown_value", "opgjort"),
    # beyond what is possible, or no number
    ("rate;aarhus;2022;;;20;101;interval;;", "out_of_range", "høj"),
    ("persons;aarhus;2022;;;-1;3;interval;;", "out_of_range", "lav"),
    ("hours;aarhus;2022;;;to;3;interval;;", "not_a_number", "lav"),
    ("hours;aarhus;2022;;;2;tre;interval;;", "not_a_number", "høj"),
    # nobody knows these words
    ("hours;aarhus;2022;4;;;;;bagefter;", "unknown_value", "opgjort"),
    ("hours;aarhus;2022;4;;;;omkring;;", "unknown_status", "status"),
)  # fmt: skip


def in_years_of_their_own(rows: Iterable[str]) -> str:
    """The lines, each with a year from 2008 on in place of 2022: no two are of the same figure."""
    return "".join(
        row.replace(";2022", f";{year}", 1) + "\n" for year, row in enumerate(rows, start=2008)
    )


def test_what_makes_no_sense_is_refused_by_row(desk: Desk) -> None:
    checked = desk.check(
        HEADER + in_years_of_their_own(row for row, *_ in NO_SENSE) + "hours;odense;2022;7;;;;;;\n"
    )
    errors = [problem for problem in checked.problems if problem.severity == ERROR]
    assert [(error.row, error.code, error.column) for error in errors] == [
        (line, code, column) for line, (_, code, column) in enumerate(NO_SENSE, start=2)
    ]
    assert all(error.message.endswith(".") and error.hint.endswith(".") for error in errors)
    assert checked.observations == 1


READ: tuple[tuple[str, list[str], str, float | None, tuple[float | None, float | None]], ...] = (
    ("hours;aarhus;2022;;;2;3;interval;;2-3 timer", [], "range", None, (2, 3)),
    ("hours;aarhus;2022;;;2;3;;;", [], "range", None, (2, 3)),
    ("hours;aarhus;2022;;;2,5;3;range;;", [], "range", None, (2.5, 3)),
    ("rate;aarhus;2022;;;20 %;30 %;interval;;", [], "range", None, (20, 30)),
    ("persons;aarhus;2022;30;;;;mindst;;mere end 30", [], "at_least", 30, (None, None)),
    ("persons;aarhus;2022;50;;;50;højst;;", [], "at_most", 50, (None, 50)),
    ("persons;aarhus;2022;mere end 30;;;;;;", ["approximate"], "at_least", 30, (None, None)),
    ("persons;aarhus;2022;30+;;;;;;", ["approximate"], "at_least", 30, (None, None)),
    ("persons;aarhus;2022;op til 50;;;;;;", ["approximate"], "at_most", 50, (None, None)),
    ("persons;aarhus;2022;≥ 30;;;;;;", ["approximate"], "at_least", 30, (None, None)),
    ("persons;aarhus;2022;færre end 50;;;;;;", ["approximate"], "at_most", 50, (None, None)),
    ("persons;aarhus;2022;30;;;;mindst;;i alt 30", [], "at_least", 30, (None, None)),
    ("persons;aarhus;2022;30;;;;cirka;;ca. 30 personer", [], "approximate", 30, (None, None)),
    ("hours;aarhus;2022;;;2,5;3;;;2,5-3 timer", [], "range", None, (2.5, 3)),
    ("persons;aarhus;2022;30;;;;;;over hele 2022", [], "final", 30, (None, None)),
    ("persons;aarhus;2022;ca. 30;;;;;;", ["approximate"], "approximate", 30, (None, None)),
)  # fmt: skip


def test_limits_are_read(desk: Desk) -> None:
    checked = desk.check(HEADER + in_years_of_their_own(row for row, *_ in READ))
    assert [(problem.row, problem.code) for problem in checked.problems] == [
        (line, code) for line, (_, warnings, *_) in enumerate(READ, start=2) for code in warnings
    ]
    assert [
        (change.new_status, change.new, (change.new_low, change.new_high))
        for change in sorted(checked.changes, key=lambda change: change.row or 0)
    ] == [(status, value, limits) for _, _, status, value, limits in READ]


@for_each(
    ("shape", "bound"),
    [
        ("mere end 99", "at_least"), ("over 9.999", "at_least"), ("mindst 9", "at_least"),
        (">9", "at_least"), ("99+", "at_least"), ("højst 99", "at_most"), ("op til 9", "at_most"),
        ("≥99", "at_least"), (">= 9", "at_least"), ("<=99", "at_most"), ("≤ 99", "at_most"),
        ("under 99", "at_most"), ("færre end 99", "at_most"), ("under 9", ""), ("<9", ""),
        ("ca. 99", ""), ("knap 9", ""), ("99", ""),
    ],
)  # fmt: skip
def test_words_that_make_a_number_a_limit(shape: str, bound: str) -> None:
    assert understand(shape).bound == bound


def test_limits_stay_below_their_denominator(desk: Desk) -> None:
    header = "nøgletal;område;periode;værdi;tæller;nævner;lav;høj;status\n"
    rows = "persons;aarhus;2022;;;33;40;50;interval\npersons;odense;2022;40;;33;;;mindst\n"
    assert [(problem.code, problem.row) for problem in desk.check(header + rows).problems] == [
        ("numerator_exceeds_denominator", 2), ("numerator_exceeds_denominator", 3),
    ]  # fmt: skip


def test_limits_that_cannot_be_read_are_no_empty_row(desk: Desk) -> None:
    checked = desk.check(HEADER + "hours;aarhus;2022;;;1.500;2.500;;;\n")
    assert codes(checked) == ["ambiguous_number", "ambiguous_number"]


def test_a_limit_is_no_big_change(desk: Desk) -> None:
    rows = "rate;aarhus;2022;;;10;90;interval;;\nrate;aarhus;2023;90;;;;mindst;;\n"
    others = [each for each in reported(desk.check(HEADER + rows)) if each[0] != "other_source"]
    assert others == []


@pytest.fixture
def home(built: Path, tmp_path: Path) -> Path:
    """A store of the test's own, whose uploads hide counts below five."""
    return Path(shutil.copytree(built, tmp_path / "home"))


def published(home: Path, rows: str) -> dict[str, Observation]:
    """The rows by area, after publishing them."""
    assert publish(
        Upload("tal.csv", (HEADER + rows).encode()), None, "Prøve", "note", home
    ).batch_id
    store = open_store(home)
    by_area = {row.area_id: row for row in store.series(["persons", "hours"])}
    store.close()
    return by_area


def shown_in_order(home: Path, content: str) -> list[Observation]:
    """The figures of Odense after publishing a file with one a year, in the order of the years."""
    assert publish(Upload("tal.csv", content.encode()), None, "Prøve", "note", home).batch_id
    store = open_store(home)
    rows = store.series(["persons", "rate", "hours"], ["odense"])
    store.close()
    return sorted(rows, key=lambda row: row.period.text)


def test_what_was_said_is_published(home: Path) -> None:
    rows = published(
        home,
        "hours;aarhus;2022;;;2;3;interval;på dato;2-3 timer\n"
        "persons;odense;2024M03;30;;;;mindst;siden;mere end 30\n"
        "persons;randers;2024;7;;;;;;\n",
    )
    shown = {
        area: (row.value, row.low, row.high, row.status, row.measured, row.as_published)
        for area, row in rows.items()
    }
    assert shown == {
        "aarhus": (None, 2.0, 3.0, "range", "at", "2-3 timer"),
        "odense": (30.0, None, None, "at_least", "since", "mere end 30"),
        "randers": (7.0, None, None, "final", "over", None),
    }


def test_an_empty_cell_leaves_the_way_of_counting_as_it_was(home: Path) -> None:
    published(home, "persons;odense;2024M03;30;;;;;siden;\n")
    again = Desk.of(home).check(HEADER + "persons;odense;2024M03;30;;;;;;\n")
    assert (again.new, again.changed) == (0, 0)
    assert Desk.of(home).check(HEADER + "persons;odense;2024M03;30;;;;;at;\n").changed == 1
    assert published(home, "persons;odense;2024M03;31;;;;;;\n")["odense"].measured == "since"


OF_FEW = (
    ("persons;odense;2022;3;;;;mindst;;mindst 3", True),
    ("persons;odense;2022;5;;;;mindst;;", False),
    ("persons;odense;2022;4;;;;højst;;", True),
    ("persons;odense;2022;50;;;;højst;;", False),
    ("persons;odense;2022;;;2;8;interval;;2-8", True),
    ("persons;odense;2022;;;0;3;interval;;", True),
    ("persons;odense;2022;;;5;8;interval;;", False),
    ("hours;odense;2022;;;2;3;interval;;", False),  # no persons
)


def test_a_limit_below_the_sources_is_hidden_as_a_value_would_be(home: Path) -> None:
    # Each of a year of its own: nothing follows from one for another.
    lines = in_years_of_their_own(row for row, _ in OF_FEW)
    shown = shown_in_order(home, HEADER + lines)
    for (row, is_hidden), figure in zip(OF_FEW, shown, strict=True):
        if is_hidden:
            assert (figure.value, figure.low, figure.high, figure.note) == (None,) * 4, row
            # Fewer than five is not said of what may be many.
            assert (figure.status, figure.as_published) == ("suppressed", None), row
        else:
            assert figure.status in ("at_least", "at_most", "range"), row
    # Hidden or not, the same row again changes nothing; of a hidden one nothing is confirmed.
    again = Desk.of(home).check(HEADER + lines)
    hidden = sum(is_hidden for _, is_hidden in OF_FEW)
    assert (again.new, again.changed) == (0, 0)
    assert (again.unchanged, again.hidden) == (len(OF_FEW) - hidden, hidden)


# Of 100 a number of Aarhus, a limit of Odense and Randers: whether the limit is hidden. Beside a
# small number it is, whatever else would fit: what is shown again tells to whoever knows the rule.
BESIDE_A_LIMIT = (
    (3, "50;;;;mindst", 37, True),  # at most 13
    (1, "50;;;;mindst", 49, True),  # at most one, and a small number is no less
    (3, "60;;;;højst", 37, True),  # at least three: three or four
    (4, "59;;;;højst", 37, True),  # at least four, and a small number is no more
    (13, "50;;;;mindst", 37, False),
    (13, "60;;;;højst", 37, False),
)


def test_a_limit_that_tells_a_hidden_number_is_hidden_too(home: Path) -> None:
    """Its bounds count as any number's do."""
    rows = ""
    for year, (aarhus, odense, randers, _) in enumerate(BESIDE_A_LIMIT, 2011):
        figures = {
            "denmark": "100",
            "aarhus": f"{aarhus}",
            "odense": odense,
            "randers": f"{randers}",
        }
        rows += "".join(
            f"persons;{area};{year};{figure}{';' * (6 - figure.count(';'))}\n"
            for area, figure in figures.items()
        )
    assert publish(
        Upload("tal.csv", (HEADER + rows).encode()), None, "Prøve", "note", home
    ).batch_id
    store = open_store(home)
    shown = {(row.period.text, row.area_id): row.status for row in store.series(["persons"])}
    store.close()
    for year, (aarhus, odense, randers, is_hidden) in enumerate(BESIDE_A_LIMIT, 2011):
        of_year = [shown[f"{year}", area] for area in ("denmark", "aarhus", "randers")]
        assert of_year == ["final", "suppressed" if aarhus < 5 else "final", "final"], year
        case = (aarhus, odense, randers)
        assert (shown[f"{year}", "odense"] == "suppressed") is is_hidden, case


FEW_OF_A_DENOMINATOR = (
    # Of so many, few have it or lack it, at an end of what is said.
    ("persons;odense;2022;30;;33;;;mindst", True),
    ("persons;odense;2022;30;;60;;;mindst", False),
    ("rate;odense;2022;95;;20;;;mindst", True),
    ("rate;odense;2022;10;;20;;;højst", True),
    ("rate;odense;2022;;;20;2;9;interval", True),
    ("rate;odense;2022;40;;20;;;mindst", False),
    ("rate;odense;2022;;;200;20;90;interval", False),
    # A percentage of a known number of persons implies them without a numerator.
    ("rate;odense;2022;10;;20;;;", True),
    ("rate;odense;2022;85;;20;;;", True),
    ("rate;odense;2022;50;;20;;;", False),
    ("rate;odense;2022;10;;;;;", False),
)


def test_few_of_a_denominator_are_hidden(home: Path) -> None:
    header = "nøgletal;område;periode;værdi;tæller;nævner;lav;høj;status\n"
    lines = in_years_of_their_own(row for row, _ in FEW_OF_A_DENOMINATOR)
    shown = shown_in_order(home, header + lines)
    hidden = [figure.status == "suppressed" for figure in shown]
    assert [
        row for (row, is_hidden), was in zip(FEW_OF_A_DENOMINATOR, hidden, strict=True)
        if was is not is_hidden
    ] == []  # fmt: skip
