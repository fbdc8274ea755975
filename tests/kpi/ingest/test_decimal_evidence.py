"""The mark of `1.234` where no cell shows it: decided by what is known, and reported."""

import pytest

from tests.kpi.ingest.checked import Desk, codes, codes_of_cells
from tests.kpi.ingest.made_tables import workbook
from tests.kpi.ingest.plausible_rows import AREAS

HEAD = "nøgletal;område;periode;værdi;tæller;nævner\n"
# Published of aarhus, odense, randers: `persons` 1803, 3606, 5409; `few` 3, 6, 9; `hours` (an
# amount) 37.5, 75, 112.5; `mean` about 2.1; of `new` (a count), `share` (percent) and `fresh` (a
# mean) nothing.
CASES = [
    ("new", ["1.803", "2.410", "950"], [1803, 2410, 950]),
    ("new", ["1,803", "2,410"], [1803, 2410]),
    ("new", ["2.000", "1.803"], [2000, 1803]),
    ("new", ["2.000", "3.000"], None),  # of a program that writes three decimals, or thousands
    ("new", ["1.803", "2,410"], None),
    ("new", ["1.803", "2410"], None),
    ("persons", ["1.000", "4.000"], [1000, 4000]),
    ("persons", ["1.903", "3702", "5.510"], [1903, 3702, 5510]),
    ("persons", ["1000.0", "4.000"], None),
    ("few", ["3.000", "6.000"], None),  # 3 and 6 as it was published, but counts have no decimals
    ("few", ["3.107", "6.204"], None),
    ("hours", ["37.500", "75.250"], None),  # shown without decimals
    ("mean", ["2.125", "90.250"], [2.125, 90.25]),  # the second is far from both
    ("mean", ["90.125", "90.250"], None),
    ("share", ["3.681", "14.122"], [3.681, 14.122]),
    ("mean", ["2.125", "2.250"], [2.125, 2.25]),
    ("fresh", ["2.125", "2.250"], None),
]


@pytest.mark.parametrize(("indicator", "values", "expected"), CASES)
def test_what_is_known_decides_the_mark(
    desk: Desk, indicator: str, values: list[str], expected: list[float] | None
) -> None:
    pairs = zip(AREAS, values, strict=False)
    rows = [f"{indicator};{area};2023;{text};;" for area, text in pairs]
    checked = desk.check(HEAD + "\n".join(rows))
    reported = [problem for problem in checked.problems if problem.code == "read_by_content"]
    if expected is None:
        assert "ambiguous_number" in codes(checked) or "not_a_number" in codes(checked)
        assert not reported
        return
    # Of a rate a decimal more than is shown is kept.
    assert [change.new for change in checked.changes] == pytest.approx(expected, abs=0.006)
    (problem,) = reported
    assert "--decimal" in problem.hint
    # Doing what the hint says reads the other number.
    other = problem.hint.rpartition(" ")[2].rstrip(".")
    assert expected[0] not in [
        change.new for change in desk.check(HEAD + rows[0], decimal=other).changes
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("1.803", "Punktum skiller tusinder: 1.803 er 1803. "),
        ("1,803", "Komma skiller tusinder: 1,803 er 1803. "),
        ("1.803 pers.", "Punktum skiller tusinder: 1.803 pers. er 1803 pers. "),
        ("1.803,-", "Punktum skiller tusinder: 1.803,- er 1803,-. "),
        ("kr. 1.803,-", "Punktum skiller tusinder: kr. 1.803,- er kr. 1803,-. "),
    ],
)
def test_the_mark_that_is_named_is_that_of_thousands(desk: Desk, text: str, words: str) -> None:
    checked = desk.check(f"{HEAD}new;aarhus;2023;{text};;\n")
    (message,) = [each.message for each in checked.problems if each.code == "read_by_content"]
    assert words in message


def test_indicators_of_one_file_must_agree(desk: Desk) -> None:
    both = desk.check(f"{HEAD}new;aarhus;2023;1.803;;\nshare;aarhus;2023;3.681;;\n")
    assert codes_of_cells(both) == ["ambiguous_number"] * 2


def test_figures_that_are_multiplied_are_compared_as_multiplied(desk: Desk) -> None:
    rows = f"{HEAD}persons;aarhus;2023;1.903;;\npersons;odense;2023;3.610;;\n"
    assert [change.new for change in desk.check(rows).changes] == [1903, 3610]
    assert [change.new for change in desk.check(rows, scale=1000).changes] == [1903, 3610]
    assert "ambiguous_number" in codes(desk.check(rows.replace("persons", "new"), scale=1000))


def test_numerators_and_denominators_are_counts(desk: Desk) -> None:
    checked = desk.check(f"{HEAD}share;aarhus;2023;40,1;1.203;3.000\n")
    assert [problem.column for problem in checked.problems if problem.severity == "error"] == [
        "nævner"
    ]
    checked = desk.check(f"{HEAD}share;aarhus;2023;40,1;1.203;3.001\n")
    assert checked.publishable


@pytest.mark.parametrize(
    ("column", "texts", "years"),
    [
        ("År", ("2.023", "2.024"), ["2023", "2024"]), ("Year", ("2,023",), ["2023"]),
        ("Tid", ("1.999",), ["1999"]), ("År", ("2.023", "2024"), []),
        ("Måned", ("2.023",), []), ("År", ("2.123",), []), ("År", ("3.023",), []),
    ],
)  # fmt: skip
def test_years_with_a_mark_between_thousands(
    desk: Desk, column: str, texts: tuple[str, ...], years: list[str]
) -> None:
    rows = "".join(f"Aarhus;{text};5{n},5\n" for n, text in enumerate(texts))
    checked = desk.check(f"Kommune;{column};Andel\n{rows}", indicator_id="share")
    assert {change.period for change in checked.changes} >= set(years)
    values_named = [problem.value for problem in checked.problems if problem.column == column]
    assert values_named[:1] == [texts[0]]
    assert checked.publishable == bool(years)


@pytest.mark.parametrize(
    ("last", "is_read"), [(4100, True), (2.5, False)], ids=["whole", "with decimals"]
)
def test_one_text_among_the_numbers_of_a_workbook(desk: Desk, last: float, is_read: bool) -> None:
    """Numbers show no mark, so that those without one do not say that a text has none."""
    rows = [("aarhus", 1850), ("odense", "3.712"), ("randers", 5300), ("esbjerg", last)]
    cells: list[list[object]] = [
        [*HEAD.strip().split(";")[:4]],
        *(["persons", area, 2023, n] for area, n in rows),
    ]
    checked = desk.check(workbook(cells), name="tal.xlsx")
    assert ("ambiguous_number" not in codes(checked)) == is_read
    assert (3712.0 in [change.new for change in checked.changes]) == is_read
