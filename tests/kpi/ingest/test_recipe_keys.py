"""Every key of a recipe at work, on tables made for it."""

import pytest

from tests.kpi.ingest.checked import (
    BESIDE_OTHERS,
    Desk,
    Read,
    Reported,
    codes,
    read,
    reported,
    reported_of_cells,
)

# ------------------------------------------------------------------------ recipes on the tiny store
PAPER = 'source_id = "paper"\nindicator_id = "hours"\narea = "OMRÅDE"\nperiod = "TID"\n'
STATBANK = "OMRÅDE;KØN;TID;INDHOLD\n"


@pytest.mark.parametrize(
    ("rows", "recipe", "observations", "problems"),
    [
        # [keep]: one label or a list; of the other rows only their number is a concern
        (
            "Aarhus;I alt;2020;1\nAarhus;Mænd;2020;x\nNarnia;Kvinder;x;x\n",
            '[keep]\n"køn" = "i alt"\n',
            [("aarhus", "all", "2020", 1.0, "final")],
            [("ignored_row", "warning", None, "KØN", "Mænd")],
        ),
        (
            "Aarhus;I alt;2020;1\nAarhus;Mænd;2024;2\nAarhus;Kvinder;2020;3\n",
            '[keep]\n"KØN" = ["I alt", "Mænd"]\n',
            [("aarhus", "all", "2020", 1.0, "final"), ("aarhus", "all", "2024", 2.0, "final")],
            [("unused_column", "warning", None, "KØN", None),  # two kinds of people, one group
             ("ignored_row", "warning", None, "KØN", "Kvinder")],
        ),
        ("Aarhus;I alt;2020;1\n", '[keep]\n"KØN" = "Alle"\n', [],
         [("empty_file", "error", None, "KØN", None)]),
        # [group]: a label that is not named is an error, unless it is ignored
        (
            "Aarhus;Total;2020;1\nAarhus;Herkomst;2020;2\nAarhus;Uoplyst;2020;x\n",
            '[group]\ncolumn = "KØN"\ntotal = "all"\n[ignore]\ngroups = "Uopl*"\n',
            [("aarhus", "all", "2020", 1.0, "final")],
            [("unknown_group", "error", 3, "KØN", "Herkomst"),
             ("ignored_row", "warning", 4, "KØN", "Uoplyst")],
        ),
        (
            "Aarhus;Total;2020;1\n",
            '[group]\ncolumn = "KØN"\nTotal = "everyone"\n',
            [],
            [("unknown_group", "error", 2, "KØN", "Total")],
        ),
        # what is ignored is no error, whatever else is wrong with the row
        (
            "Landsdel Fyn;x;2020;x\nAarhus;x;2020QMAT1;-\nChristiansø;x;w;1\n411;x;2020;1\n",
            '[ignore]\nareas = ["Landsdel *"]\nperiods = ["*QMAT*"]\n',
            [],
            [("ignored_area", "warning", 2, "OMRÅDE", "Landsdel Fyn"),
             ("ignored_row", "warning", 3, "TID", "2020QMAT1"),
             ("ignored_area", "warning", 4, "OMRÅDE", "Christiansø"),
             ("ignored_area", "warning", 5, "OMRÅDE", "411")],
        ),
        ("Landsdel Fyn;x;2020;1\nAarhus;x;2020QMAT5;1\nAarhus;x;2020QMAT1;1\n", "",
         [("aarhus", "all", "2019M04:2020M03", 1.0, "final")],
         [("unknown_area", "error", 2, "OMRÅDE", "Landsdel Fyn"),
          ("unknown_period", "error", 3, "TID", "2020QMAT5")]),
        # a constant in place of a column
        ("Aarhus;x;2020;1\n", '[constant]\ngroup = "Dansk baggrund"\n',
         [("aarhus", "danish", "2020", 1.0, "final")], []),
        # dash
        ("Aarhus;x;2020;-\n", "", [], [("not_a_number", "error", 2, "INDHOLD", "-")]),
        ("Aarhus;x;2020;-\n", 'dash = "zero"\n', [("aarhus", "all", "2020", 0.0, "final")], []),
        ("Aarhus;x;2020;–\n", 'dash = "zero"\n', [("aarhus", "all", "2020", 0.0, "final")], []),
        ("Aarhus;x;2020;-\n", 'dash = "missing"\n', [("aarhus", "all", "2020", None, "missing")],
         [("suppressed", "warning", 2, "INDHOLD", "-")]),
        # the decimal mark
        ("Aarhus;x;2020;1.234\n", 'decimal = "comma"\n',
         [("aarhus", "all", "2020", 1234.0, "final")], []),
        ("Aarhus;x;2020;1.234\n", 'decimal = "point"\n',
         [("aarhus", "all", "2020", 1.234, "final")], []),
        # absent: what the kept rows leave out; rows with a fault are there, only not readable
        (
            "Aarhus;x;2020;1\nOdense;x;2024;2\nRanders;y;2022;5\n",
            'absent = "zero"\n[keep]\n"KØN" = "x"\n',
            [("aarhus", "all", "2020", 1.0, "final"), ("odense", "all", "2024", 2.0, "final"),
             ("aarhus", "all", "2024", 0.0, "final"), ("odense", "all", "2020", 0.0, "final")],
            [("ignored_row", "warning", None, "KØN", "y"),
             ("ignored_area", "warning", None, "OMRÅDE", "Randers")],
        ),
        (
            "Aarhus;x;2020;1\nAarhus;x;2021;q\nOdense;x;2021;\n",
            'absent = "missing"\n',
            [("aarhus", "all", "2020", 1.0, "final"), ("odense", "all", "2020", None, "missing")],
            [("not_a_number", "error", 3, "INDHOLD", "q"),
             ("ignored_row", "warning", 4, "INDHOLD", "")],
        ),
        # twins beside absent rows: one of them goes, and nothing else
        (
            "Aarhus;x;2020;1\nAarhus;x;2020;1\nOdense;x;2024;2\n",
            'absent = "zero"\n',
            [("aarhus", "all", "2020", 1.0, "final"), ("odense", "all", "2024", 2.0, "final"),
             ("aarhus", "all", "2024", 0.0, "final"), ("odense", "all", "2020", 0.0, "final")],
            [("ignored_row", "warning", 3, "TID", "2020")],
        ),
    ],
)  # fmt: skip
def test_recipes(
    tiny: Desk, rows: str, recipe: str, observations: list[Read], problems: list[Reported]
) -> None:
    checked = tiny.check(STATBANK + rows, PAPER + recipe)
    assert sorted(read(checked), key=str) == sorted(observations, key=str)
    # the one label of KØN, which most of these do not read, is reported each time
    others = [
        of_cell
        for of_cell in reported_of_cells(checked)
        if of_cell != ("one_label", "warning", None, "KØN", "x")
    ]
    assert sorted(others, key=str) == sorted(problems, key=str)
    assert all(problem.message and problem.hint for problem in checked.problems)
    assert checked.rows_read == rows.count("\n")


def test_absent_rows_have_no_line_and_can_be_big_changes(tiny: Desk) -> None:
    recipe = PAPER.replace("hours", "persons") + 'absent = "zero"\n'
    checked = tiny.check(STATBANK + "Odense;x;2022;5\nAarhus;x;2018;7\n", recipe)
    changes = {
        (change.area_id, change.period): (change.row, change.old, change.new)
        for change in checked.changes
    }
    assert changes == {
        ("aarhus", "2022"): (None, 100.0, 0.0),
        ("odense", "2022"): (2, None, 5.0),
        ("aarhus", "2018"): (3, None, 7.0),
        ("odense", "2018"): (None, None, 0.0),
    }
    assert ("from_zero", "warning", None, "INDHOLD", None) in reported(checked)


def test_a_row_that_is_filled_in_is_reported_by_name(tiny: Desk) -> None:
    """It has no number in the file, so the message says whose figure it is, and when."""
    recipe = PAPER.replace("hours", "persons") + 'absent = "zero"\n'
    checked = tiny.check(STATBANK + "Odense;x;2021;5\nOdense;x;2022;5\nAarhus;x;2021;7\n", recipe)
    filled = [
        problem.message
        for problem in checked.problems
        if problem.row is None and problem.code in BESIDE_OTHERS
    ]
    assert [message.rpartition(": ")[2] for message in filled] == [
        "»Personer i forløb« for Aarhus i 2022."
    ]


def test_absent_fills_every_indicator(tiny: Desk) -> None:
    """An area that has hours and no row of persons has none, in every period of the file."""
    recipe = (
        'source_id = "paper"\narea = "OMRÅDE"\nperiod = "TID"\nabsent = "zero"\n'
        '[indicator]\ncolumn = "KØN"\nTimer = "hours"\nFolk = "persons"\n'
    )
    rows = "Odense;Timer;2011;1\nAarhus;Timer;2013;2\nOdense;Folk;2015;3\n"
    checked = tiny.check(STATBANK + rows, recipe)
    values = [
        (change.indicator_id, change.area_id, change.period, change.new)
        for change in checked.changes
    ]
    assert sorted(values) == [
        ("hours", "aarhus", "2011", 0.0),
        ("hours", "aarhus", "2013", 2.0),
        ("hours", "aarhus", "2015", 0.0),
        ("hours", "odense", "2011", 1.0),
        ("hours", "odense", "2013", 0.0),
        ("hours", "odense", "2015", 0.0),
        ("persons", "aarhus", "2011", 0.0),
        ("persons", "aarhus", "2013", 0.0),
        ("persons", "aarhus", "2015", 0.0),
        ("persons", "odense", "2011", 0.0),
        ("persons", "odense", "2013", 0.0),
        ("persons", "odense", "2015", 3.0),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("content", "recipe"),
    [
        ("OMRÅDE;KØN;TID;INDHOLD\nAarhus;Mænd;2020;1,5\n", ""),
        ("OMRÅDE;KØN;TID;INDHOLD\n751;M;2020;1,5\n", ""),
        ("OMRÅDE;KØN;TID;INDHOLD\n751 Aarhus;M Mænd;2020 2020;1,5\n", "never"),
        ("område,tid,indhold\nÅrhus,2020Y01,1.5\n", ""),
        ("OMRÅDE;TID;antal;INDHOLD\nAarhus;2020;7;1,5\n", ""),
        ("OMRÅDE;TID;timer\nAarhus;2020;1,5\n", ""),
    ],
)
def test_statbank_csv(tiny: Desk, content: str, recipe: str) -> None:
    checked = tiny.check(content, PAPER)
    if recipe:  # a period written twice is no period
        assert codes(checked)[:1] == ["unknown_period"]
    else:
        assert read(checked) == [("aarhus", "all", "2020", 1.5, "final")]


@pytest.mark.parametrize(
    ("content", "problems"),
    [
        ("OMRÅDE;TID;a;b\nAarhus;2020;1;2\n", [("several_measures", "error", None, None, None)]),
        ("OMRÅDE;ÅR;INDHOLD\nAarhus;2020;1\n", [("missing_column", "error", None, "TID", None)]),
        ("kommune;år;tal\nx;2020;1\n", [("missing_column", "error", None, "OMRÅDE", None),
                                        ("missing_column", "error", None, "TID", None)]),
    ],
)  # fmt: skip
def test_columns_of_a_recipe_that_are_not_there(
    tiny: Desk, content: str, problems: list[Reported]
) -> None:
    assert reported(tiny.check(content, PAPER)) == problems


def test_numerator_denominator_status_and_note_of_a_recipe(tiny: Desk) -> None:
    recipe = (
        'source_id = "paper"\nindicator_id = "rate"\narea = "a"\nperiod = "p"\nvalue = "v"\n'
        'numerator = "t"\ndenominator = "n"\nstatus = "s"\nnote = "b"\n'
    )
    head = "a;p;v;t;n;s;b\n"
    rows = "Aarhus;2010;50,0;1;2;foreløbig;x\nOdense;2010;50,0;3;2;;x\nAarhus;2012;;;;skjult;x\n"
    checked = tiny.check(head + rows, recipe)
    assert read(checked) == [
        ("aarhus", "all", "2010", 50.0, "preliminary"),
        ("aarhus", "all", "2012", None, "suppressed"),
    ]
    assert [problem for problem in reported(checked) if problem[1] == "error"] == [
        ("numerator_exceeds_denominator", "error", 3, "n", "2")
    ]


@pytest.mark.parametrize(
    ("cells", "faults"),
    [
        ("150,0;3;2", ["numerator_exceeds_denominator"]),  # as it must be with these counts
        ("-1,0;3;2", ["out_of_range", "numerator_exceeds_denominator"]),
        ("150,0;1;2", ["out_of_range"]),
        (";1;2", ["read_by_content"]),  # counted from its parts
        (";1;", ["ignored_row"]),  # nothing to count it from
    ],
)
def test_a_fault_of_a_row_is_reported_once(tiny: Desk, cells: str, faults: list[str]) -> None:
    rows = f"nøgletal;område;periode;værdi;tæller;nævner\nrate;Aarhus;2010;{cells}\n"
    checked = tiny.check(rows)
    assert sorted(codes(checked)) == sorted(faults)
    assert [value for _, _, _, value, _ in read(checked)] == ([50.0] if cells == ";1;2" else [])
    assert bool(checked.faulty) == (not {"read_by_content", "ignored_row"} & set(faults))


WIDE = 'source_id = "paper"\nindicator_id = "hours"\narea = "Område"\nperiod = "Periode"\n'


def test_a_wide_file(tiny: Desk) -> None:
    """Several values on one line: each of them is reported alone."""
    head = "Område;Køn;2011;2013;2015\n"
    rows = "Aarhus;x;1;2;3\nOdense;x;4;q;..\nAarhus;x;1;2;9\n"
    checked = tiny.check(head + rows, WIDE)
    assert [
        (change.row, change.area_id, change.period, change.new) for change in checked.changes
    ] == [
        (2, "aarhus", "2011", 1.0),
        (2, "aarhus", "2013", 2.0),
        (3, "odense", "2011", 4.0),
        (3, "odense", "2015", None),
    ]
    assert sorted(reported_of_cells(checked), key=str) == sorted(
        [
            ("not_a_number", "error", 3, "2013", "q"),
            ("duplicate_key", "error", 2, "2015", "2015"),
            ("duplicate_key", "error", 4, "2015", "2015"),
            ("suppressed", "warning", 3, "2015", ".."),
            ("ignored_row", "warning", 4, "2011", "2011"),
            ("ignored_row", "warning", 4, "2013", "2013"),
            ("one_label", "warning", None, "Køn", "x"),
        ],
        key=str,
    )


def test_the_same_period_twice_on_one_line(tiny: Desk) -> None:
    checked = tiny.check("Område;Køn;2011;2011Y01\nAarhus;x;1;2\n", WIDE)
    assert codes(checked) == ["duplicate_column", "one_label"]
    assert checked.problems[0].message.endswith("samme tal: »2011« og »2011Y01«.")
