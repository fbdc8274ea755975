"""One figure among right ones that a mark made small, and one row whose share is not written."""

import pytest

from tests.kpi.ingest.checked import Desk, apart, read
from tests.kpi.ingest.made_tables import workbook
from tests.kpi.ingest.plausible_rows import HEAD
from tests.tiers import some

# Of each row whether it is asked about. Persons have 1.803 and 3.606 in 2022, rates 48 and 50,4.
ROWS = [
    ("persons;aarhus;2023;1,803;", True),
    ("persons;aarhus;2023;1,81;", True),  # 1,810 without its last digit
    ("persons;aarhus;2023;7,5;", True),  # four times is still the level
    ("persons;aarhus;2023;18,031;", False),  # as thousands it is as far off
    ("persons;aarhus;2023;0,0003;", False),
    ("persons;aarhus;2023;1803,5;", False),  # a count that is not whole, and no thousands
    ("persons;aarhus;2023;1,8035;", False),
    ("persons;aarhus;2023;2;", False),  # whole
    ("persons;aarhus;2023;1,803;Bekræftet af kilden", False),
    ("hours;aarhus;2023;0,038;", False),  # no count
    ("rate;aarhus;2023;0,481;", True),
    ("rate;aarhus;2023;0,9;", True),
    ("rate;aarhus;2023;0,97;", False),  # twice the level
    ("rate;aarhus;2023;0,23;", False),
    ("rate;aarhus;2023;0,481 %;", False),  # it says percent
    ("rate;aarhus;2023;4,81;", False),
    ("small;aarhus;2023;0,4;", False),
    ("small;aarhus;2023;0,004;", False),  # nothing of so small a percentage is far from nothing
    # First figures: beside the series' own others, else the other areas.
    ("new;aarhus;2022;374,101;\nnew;aarhus;2023;373388;", True),
    ("new;aarhus;2022;374,101;\nnew;aarhus;2023;373;", False),
    ("new;aarhus;2023;374,101;\nnew;odense;2023;206000;\nnew;faxe;2023;36000;", True),
    ("new;aarhus;2023;2,5;\nnew;odense;2023;3;\nnew;faxe;2023;4;", False),
    ("new;aarhus;2023;2,5;\nnew;odense;2023;2100;\nnew;faxe;2023;2;", False),
    ("share;aarhus;2022;0,74;\nshare;aarhus;2023;73,1;", True),
    ("share;aarhus;2022;0,74;\nshare;aarhus;2023;1,1;", False),
]
# With right figures of other areas, so that neither scale nor kind is one of most.
OTHERS = {
    "persons": "persons;odense;2023;3700;\npersons;randers;2023;5500;\n",
    "rate": "rate;odense;2023;51;\nrate;randers;2023;53,2;\n",
    "small": "small;odense;2023;0,4;\nsmall;randers;2023;0,5;\n",
    "hours": "hours;odense;2023;75;\nhours;randers;2023;112,5;\n",
}


def test_single_figures_of_another_scale_are_asked_about(desk: Desk) -> None:
    for cases in some(apart(ROWS, lambda case: case[0].partition(";")[0]), 3):
        names = {
            desk.catalog.indicators[rows.partition(";")[0]].name: is_asked
            for rows, is_asked in cases
        }
        rows = "".join(f"{rows}\n{OTHERS.get(rows.partition(';')[0], '')}" for rows, _ in cases)
        checked = desk.check(HEAD + rows, decimal="comma")
        scales = [problem for problem in checked.problems if problem.code == "scale"]
        asked = sorted(name for name, is_asked in names.items() if is_asked)
        assert sorted(scale.message.partition(":")[0] for scale in scales) == asked, rows
        assert checked.publishable is not bool(asked)
        lines = {scale.row for scale in scales}
        assert all(scale.severity == "error" and " mod " in scale.message for scale in scales)
        assert not [
            each for each in checked.problems if each.code == "tenfold" and each.row in lines
        ]


def test_the_answer_that_figures_are_right_lets_them_through(desk: Desk) -> None:
    content = f"{HEAD}persons;aarhus;2023;1,803;\n{OTHERS['persons']}"
    checked = desk.check(content, decimal="comma", scale=1.0)
    assert checked.publishable
    assert "not_whole" in [problem.code for problem in checked.problems]


def test_typed_cells_are_asked_about_with_what_they_may_be(desk: Desk) -> None:
    """A spreadsheet's number has no mark of its own, and no choice of a mark mends it."""
    rows: list[list[object]] = [
        ["nøgletal", "område", "periode", "værdi"],
        ["persons", "aarhus", "2023", 1.803], ["persons", "odense", "2023", 3.606],
        ["persons", "randers", "2023", 5409], ["persons", "esbjerg", "2023", 7212],
        ["persons", "lolland", "2023", 9015],
    ]  # fmt: skip
    checked = desk.check(workbook(rows), name="tal.xlsx")
    (scale,) = [problem for problem in checked.problems if problem.code == "scale"]
    assert (scale.severity, checked.publishable) == ("error", False)
    assert "1,803 for Aarhus mod 1.803 i 2022" in scale.message
    assert "Mangler der tusinder, så tallet er 1.803? 2 tal i filen er sådan." in scale.message
    assert "--scale 1." in scale.hint


# What a row says in value, numerator, denominator and status, and what is read of it.
BLANKS: dict[str, tuple[str, tuple[float | None, str] | None]] = {
    "aarhus": (";2;3;", (200 / 3, "final")),
    "randers": (";51;100;foreløbig", (51.0, "preliminary")),
    "esbjerg": (";..;100;", (None, "missing")),  # what is said of a part is so of the share
    "lolland": ("..;51;100;", (None, "missing")),
    "faxe": ("skjult;;;", (None, "suppressed")),
    "vejle": (";;;skjult", (None, "suppressed")),
    "kolding": (";51;;", None),
    "ribe": (";0;0;", None),
}


@pytest.mark.parametrize("written", ["48,1;481;1000;", ";481;1000;"])
def test_a_blank_share_is_counted_beside_written_ones_too(desk: Desk, written: str) -> None:
    head = "nøgletal;område;periode;værdi;tæller;nævner;status\n"
    rows = "".join(f"rate;{area};2023;{row}\n" for area, (row, _) in BLANKS.items())
    checked = desk.check(f"{head}rate;odense;2023;{written}\n{rows}", decimal="comma")
    figures = {area: rest for area, _, _, *rest in read(checked)}
    assert figures.pop("odense") == [48.1, "final"]
    expected = {area: figure for area, (_, figure) in BLANKS.items() if figure is not None}
    assert figures == {area: [pytest.approx(value), status]
                       for area, (value, status) in expected.items()}  # fmt: skip
    (counted,) = [each for each in checked.problems if each.code == "read_by_content"]
    assert counted.message.startswith("2 rækker" if "48,1" in written else "3 rækker")
