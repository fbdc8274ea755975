"""Labels that are summed into one group, and combinations that a source leaves out."""

import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpi.ingest.mapping.recipe import parse_recipe
from tests.kpi.ingest.checked import Desk, codes, read, reported

PAPER = (
    'source_id = "paper"\nindicator_id = "persons"\narea = "sted"\nperiod = "tid"\nvalue = "tal"\n'
)
SUM = '[group]\ncolumn = "herkomst"\nIndvandrere = "non_western"\nEfterkommere = "non_western"\n'
HEAD = "sted;herkomst;tid;tal\n"


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("Indvandrere;2001;10|Efterkommere;2001;5", [("2001", 15.0, "final")]),
        # a part that nobody knows makes the sum unknown
        ("Indvandrere;2001;10|Efterkommere;2001;..", [("2001", None, "missing")]),
        ("Indvandrere;2001;10|Efterkommere;2001;skjult", [("2001", None, "suppressed")]),
        ("Indvandrere;2001;..|Efterkommere;2001;<5", [("2001", None, "suppressed")]),
        ("Indvandrere;2001;10|Indvandrere;2002;11|Efterkommere;2002;2",
         [("2001", None, "missing"), ("2002", 13.0, "final")]),
        ("Indvandrere;2001;ca. 10|Efterkommere;2001;5", [("2001", 15.0, "approximate")]),
        ("Indvandrere;2001;0|Efterkommere;2001;0", [("2001", 0.0, "final")]),
    ],
)  # fmt: skip
def test_two_labels_are_one_group(
    tiny: Desk, rows: str, expected: list[tuple[str, float | None, str]]
) -> None:
    lines = "".join(f"Aarhus;{row}\n" for row in rows.split("|"))
    checked = tiny.check(HEAD + lines, PAPER + SUM + "sum = true\n")
    assert [observation[2:] for observation in read(checked)] == expected
    assert {observation[1] for observation in read(checked)} == {"non_western"}
    assert not [problem for problem in checked.problems if problem.severity == "error"]


def test_without_sum_they_are_two_rows_of_one_key(tiny: Desk) -> None:
    rows = "Aarhus;Indvandrere;2001;10\nAarhus;Efterkommere;2001;5\n"
    assert codes(tiny.check(HEAD + rows, PAPER + SUM)) == ["duplicate_key", "duplicate_key"]


@pytest.mark.parametrize("twin", ["Indvandrere", "INDVANDRERE", " indvandrere ", "Indvandrere¹"])
def test_the_same_label_twice_is_not_counted_twice(tiny: Desk, twin: str) -> None:
    rows = f"Aarhus;Indvandrere;2001;10\nAarhus;{twin};2001;10\nAarhus;Efterkommere;2001;5\n"
    checked = tiny.check(HEAD + rows, PAPER + SUM + "sum = true\n")
    assert read(checked) == []
    assert set(codes(checked)) - {"cell_mark"} == {"duplicate_key"}


def test_a_label_that_is_spelled_in_two_ways_is_one(tiny: Desk) -> None:
    """Each area has its own spelling; the descendants are in none."""
    both = "Aarhus;Indvandrere;2001;10\nAarhus;Efterkommere;2001;5\nOdense;INDVANDRERE;2001;7\n"
    checked = tiny.check(HEAD + f"{both}Odense;efterkommere;2001;2\n", PAPER + SUM + "sum = true\n")
    assert [observation[3] for observation in read(checked)] == [15.0, 9.0]
    lacking = "Aarhus;Indvandrere;2001;10\nOdense;INDVANDRERE;2001;7\n"
    checked = tiny.check(HEAD + lacking, PAPER + SUM + "sum = true\n")
    assert "unknown_group" in codes(checked)


@pytest.mark.parametrize(
    ("rows", "value"),
    [
        ("25;10|35;5", 15.0), ("Indvandrere;10|Efterkommere;5", 15.0),
        ("25;10|Efterkommere;5", 15.0), ("35;5|Indvandrere;10", 15.0),
        # the same part twice, as its code and as its text
        ("25;10|Indvandrere;10|35;5", None), ("25;10|Indvandrere;10", None),
        # a part less
        ("25;10", None), ("Efterkommere;5", None),
    ],
)  # fmt: skip
def test_a_code_and_its_text_are_one_label(tiny: Desk, rows: str, value: float | None) -> None:
    both = SUM + '"25" = "non_western"\n"35" = "non_western"\n'
    lines = "".join(f"Aarhus;{row.replace(';', ';2001;')}\n" for row in rows.split("|"))
    checked = tiny.check(HEAD + lines, PAPER + both + "sum = true\n")
    errors = [each.code for each in checked.problems if each.severity == "error"]
    assert [row[3] for row in read(checked) if not errors] == ([] if value is None else [value])
    assert bool(errors) is (value is None)


def test_a_label_that_the_file_lacks(tiny: Desk) -> None:
    """A sum of fewer people than its name says is no sum, whatever absent says."""
    for absent in ("", 'absent = "zero"\n'):
        checked = tiny.check(
            HEAD + "Aarhus;Indvandrere;2001;10\n", absent + PAPER + SUM + "sum = true\n"
        )
        assert not checked.publishable
        assert ("unknown_group", "error", None, "herkomst", None) in reported(checked)


def test_absent_parts_are_zero_where_the_recipe_says_so(tiny: Desk) -> None:
    rows = "Aarhus;Indvandrere;2001;10\nAarhus;Efterkommere;2001;5\nOdense;Indvandrere;2001;7\n"
    recipe = 'absent = "zero"\n' + PAPER + SUM + "sum = true\n"
    checked = tiny.check(HEAD + rows, recipe)
    assert [(observation[0], observation[3]) for observation in read(checked)] == [
        ("aarhus", 15.0),
        ("odense", 7.0),
    ]


def test_shares_are_summed_by_their_counts(tiny: Desk) -> None:
    recipe = (
        PAPER.replace("persons", "rate") + 'numerator = "t"\ndenominator = "n"\n'
        + SUM + "sum = true\n"
    )  # fmt: skip
    head = "sted;herkomst;tid;tal;t;n\n"
    rows = "Aarhus;Indvandrere;2001;50;10;20\nAarhus;Efterkommere;2001;20;2;10\n"
    assert [observation[3] for observation in read(tiny.check(head + rows, recipe))] == [
        40.0
    ]  # 12 of 30
    bare = "Aarhus;Indvandrere;2001;50;;\nAarhus;Efterkommere;2001;20;2;10\n"
    checked = tiny.check(head + bare, recipe)
    assert (read(checked), set(codes(checked))) == ([], {"out_of_range"})


@pytest.mark.parametrize("kind", ["hours"])
def test_other_kinds_have_no_sum(tiny: Desk, kind: str) -> None:
    rows = "Aarhus;Indvandrere;2001;10\nAarhus;Efterkommere;2001;5\n"
    checked = tiny.check(HEAD + rows, PAPER.replace("persons", kind) + SUM + "sum = true\n")
    assert (read(checked), codes(checked)) == ([], ["out_of_range", "out_of_range"])


cells = st.one_of(st.integers(0, 999).map(str), st.sampled_from(["..", "skjult"]))


@settings(max_examples=300 if "SPOR_SOAK" in os.environ else 4, deadline=None)
@given(st.dictionaries(st.tuples(st.sampled_from(["Aarhus", "Odense", "Randers"]),
                                 st.sampled_from(["Indvandrere", "Efterkommere", "Danskere"]),
                                 st.integers(2001, 2004)), cells, min_size=1))  # fmt: skip
def test_a_sum_is_the_sum_of_its_parts(tiny: Desk, file: dict[tuple[str, str, int], str]) -> None:
    """Against Python: each label once, unknown where a part is unknown or not there."""
    rows = "".join(f"{area};{label};{year};{cell}\n" for (area, label, year), cell in file.items())
    recipe = parse_recipe(PAPER + SUM + 'Danskere = "danish"\nsum = true\n', "sum")
    checked = tiny.check((HEAD + rows).encode(), recipe)
    expected = {}
    for area, label, year in file:
        wanted = ["Danskere"] if label == "Danskere" else ["Indvandrere", "Efterkommere"]
        parts = [file.get((area, each, year), "..") for each in wanted]
        known = all(part.isdigit() for part in parts)
        group = "danish" if label == "Danskere" else "non_western"
        expected[area.lower(), group, str(year)] = sum(map(int, parts)) if known else None
    assert {observation[:3]: observation[3] for observation in read(checked)} == expected


def test_absent_with_groups_and_indicators(tiny: Desk) -> None:
    """Burglaries here and none there: every indicator, area, period and group of the file."""
    recipe = (
        'source_id = "paper"\narea = "sted"\nperiod = "tid"\nvalue = "tal"\nabsent = "zero"\n'
        '[indicator]\ncolumn = "emne"\nIndbrud = "hours"\n"Røveri" = "persons"\n'
        '[group]\ncolumn = "hvem"\nAlle = "all"\nDanske = "danish"\n'
    )
    rows = "Aarhus;Indbrud;Alle;2001;3\nOdense;Røveri;Danske;2002;1\n"
    checked = tiny.check("sted;emne;hvem;tid;tal\n" + rows, recipe)
    keys = {
        (change.indicator_id, change.area_id, change.group_id, change.period)
        for change in checked.changes
    }
    assert len(checked.changes) == len(keys) == 2**4
    assert sorted(change.new for change in checked.changes if change.new) == [1.0, 3.0]


def test_absent_keeps_each_indicators_own_group(tiny: Desk) -> None:
    recipe = (
        'source_id = "paper"\narea = "sted"\nperiod = "tid"\nvalue = "tal"\nabsent = "missing"\n'
        '[indicator]\ncolumn = "emne"\nTimer = "hours"\nFolk = "persons"\n'
    )
    rows = "Aarhus;Timer;2001;3\nOdense;Folk;2001;1\n"
    checked = tiny.check("sted;emne;tid;tal\n" + rows, recipe)
    assert {change.group_id for change in checked.changes} == {"all"}
    assert len(checked.changes) == 4


@pytest.mark.parametrize("total", ["I alt", "Total", "alle"])
def test_a_total_is_not_added_to_its_parts(tiny: Desk, total: str) -> None:
    recipe = PAPER + SUM + f'"{total}" = "non_western"\nsum = true\n'
    rows = f"Aarhus;Indvandrere;2001;10\nAarhus;Efterkommere;2001;5\nAarhus;{total};2001;15\n"
    checked = tiny.check(HEAD + rows, recipe)
    assert ("duplicate_key", "error", None, "herkomst", total) in reported(checked)


@pytest.mark.parametrize(
    ("wholes", "is_total"),
    [((15, 9), True), ((15, 10), False), ((16, 9), False)],
)
def test_a_label_that_is_the_others_together(
    tiny: Desk, wholes: tuple[int, int], is_total: bool
) -> None:
    recipe = PAPER + SUM + 'Udenlandsk = "non_western"\nsum = true\n'
    rows = "".join(
        f"{area};Indvandrere;2001;{first}\n{area};Efterkommere;2001;{second}\n"
        f"{area};Udenlandsk;2001;{total}\n"
        for (area, first, second), total in zip(
            (("Aarhus", 10, 5), ("Odense", 7, 2)), wholes, strict=True
        )
    )
    checked = tiny.check(HEAD + rows, recipe)
    assert ("duplicate_key" in codes(checked)) is is_total
    assert checked.publishable is not is_total


def test_parts_that_are_totals_of_their_own_are_added(tiny: Desk) -> None:
    recipe = (
        PAPER + '[group]\ncolumn = "herkomst"\n"Indvandrere i alt" = "non_western"\n'
        '"Efterkommere, i alt" = "non_western"\nsum = true\n'
    )
    rows = "Aarhus;Indvandrere i alt;2001;10\nAarhus;Efterkommere, i alt;2001;5\n"
    assert [observation[3] for observation in read(tiny.check(HEAD + rows, recipe))] == [15.0]


PARTS = "nøgletal;område;periode;tæller;nævner;status;bemærkninger\n"
COUNTED = [
    ("120;300;", 40.0, "final"), ("0;300;", 0.0, "final"), ("300;300;", 100.0, "final"),
    ("1;3;", 100 / 3, "final"), ("120;300;foreløbig", 40.0, "preliminary"),
    ("ca. 120;300;", 40.0, "approximate"), ("<5;300;", None, "suppressed"),
    ("..;300;", None, "missing"), (";;skjult", None, "suppressed"),
    # neither nobody of nobody nor a limit gives a share
    ("0;0;", None, None), ("mindst 120;300;", None, None), ("120;;", None, None),
    ("x;300;", None, None), ("301;300;", None, None),
]  # fmt: skip


@pytest.mark.parametrize(("cells", "value", "status"), COUNTED)
def test_a_share_is_counted_where_the_file_has_its_parts_alone(
    tiny: Desk, cells: str, value: float | None, status: str | None
) -> None:
    checked = tiny.check(f"{PARTS}rate;Aarhus;2024;{cells};Note\nrate;Odense;2024;150;300;;\n")
    *counted, odense = [(observation[3], observation[4]) for observation in read(checked)]
    assert odense == (50.0, "final")
    assert counted == ([] if status is None else [(value, status)])
    reported = [problem for problem in checked.problems if problem.code == "read_by_content"]
    assert any("»tæller« divideret med »nævner«" in problem.message for problem in reported)
    # A row without a share is never left out in silence.
    named = [problem.row for problem in checked.problems]
    assert status is not None or 2 in named
    # And a share that its parts hide is reported at the part alone.
    hidden = [problem.value for problem in checked.problems if problem.code == "suppressed"]
    assert None not in hidden


def test_what_is_no_share_is_not_counted(desk: Desk) -> None:
    for indicator in ("new", "mean", "hours"):
        (problem,) = desk.check(f"{PARTS}{indicator};Aarhus;2024;120;300;;\n").problems
        assert (problem.code, problem.column) == ("missing_column", "værdi")
        assert "ikke en andel" in problem.message
    both = desk.check(f"{PARTS}share;Aarhus;2024;120;300;;\nnew;Aarhus;2024;1;2;;\n")
    assert codes(both) == ["missing_column"]


def test_a_recipe_with_parts_alone_counts_too(tiny: Desk) -> None:
    recipe = """
        title = "Andel"
        source_id = "own_upload"
        indicator_id = "rate"
        area = "Kommune"
        period = "År"
        numerator = "I job"
        denominator = "Personer"
    """
    checked = tiny.check("Kommune;År;I job;Personer\nAarhus;2024;120;300\n", recipe)
    assert [observation[3] for observation in read(checked)] == [40.0]
