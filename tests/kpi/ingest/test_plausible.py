"""A file's figures beside what is known: single jumps, zeros, first ones, repeats."""

import random
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import MappingProxyType

import pytest

from kpi.domain.model import Break
from tests.kpi.ingest.checked import BESIDE_OTHERS, Desk, apart, codes, reported_of_cells
from tests.kpi.ingest.plausible_rows import (
    AREAS,
    HEAD,
    LEVELS,
    beside,
    continued,
    level,
    rows_of,
)


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("period", ["2023", "2026", "2019", "2022"])
def test_a_plausible_continuation_is_silent(desk: Desk, period: str, seed: int) -> None:
    rows = [rows_of(indicator, continued(indicator, seed), period) for indicator in LEVELS]
    assert beside(desk.check(HEAD + "".join(rows))) == []


SINGLE_FIGURES = (
    ("persons;aarhus;2023;18030;", "tenfold"),
    ("persons;aarhus;2023;180;", "tenfold"),
    ("rate;aarhus;2023;5,71;", "tenfold"),
    ("rate;aarhus;2023;70;", "big_change"),
    ("persons;aarhus;2023;0;", "from_zero"),
    ("rate;aarhus;2023;0,0;", "from_zero"),
    ("few;aarhus;2023;0;", "big_change"),
    ("small;aarhus;2023;0;", "big_change"),
    ("few;aarhus;2023;30;", "big_change"),
    ("persons;aarhus;2031;3000;", "big_change"),  # the newest earlier one, however long ago
    ("persons;aarhus;2020;4000;", "big_change"),  # the first later one
    ("persons;aarhus;2002;4000;", None),  # that is long ago
    ("persons;aarhus;2002;18030;", "tenfold"),
    ("persons;aarhus;2023;1900;", None),
    # Half as much again, and half, is no big change yet.
    ("hours;aarhus;2023;56,25;", None),
    ("hours;aarhus;2023;56,5;", "big_change"),
    ("hours;aarhus;2023;18,75;", None),
    ("hours;aarhus;2023;18,5;", "big_change"),
    ("persons;aarhus;2023;1803,5;", "not_whole"),
    ("persons;aarhus;2023M05;150;", None),  # another kind of period
    ("persons;aarhus;2023;0;Bekræftet", None),
    ("persons;aarhus;2023;18030;Bekræftet", None),
)


def test_a_single_figure(desk: Desk) -> None:
    for rows in apart(SINGLE_FIGURES, lambda row: row[0].partition(";")[0]):
        checked = desk.check(HEAD + "\n".join(row for row, _ in rows))
        reported_of_rows = {
            problem.row: problem.code
            for problem in checked.problems
            if problem.code in BESIDE_OTHERS - {"other_period_kind", "other_source", "begun_period"}
        }
        assert reported_of_rows == {
            line: code for line, (_, code) in enumerate(rows, start=2) if code
        }, rows
        assert checked.publishable


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("persons;aarhus;2023;0;\npersons;aarhus;2024;18030;\n", ["from_zero", "tenfold"]),
        ("persons;aarhus;2023;0;\npersons;aarhus;2024;1900;\n", ["from_zero"]),
        ("persons;aarhus;2023;0;\npersons;aarhus;2024;5000;\n", ["from_zero"]),
        ("rate;aarhus;2023;0;\nrate;aarhus;2024;4,8;\n", ["from_zero", "tenfold"]),
        ("rate;aarhus;2023;0;\nrate;aarhus;2024;0,48;\n", ["scale"]),
        ("few;aarhus;2023;0;\nfew;aarhus;2024;9;\n", ["big_change"]),
        ("new;aarhus;2021;0;\nnew;aarhus;2022;0;\nnew;aarhus;2023;40;\n", []),
    ],
)
def test_what_comes_after_a_zero_is_compared_with_what_came_before(
    desk: Desk, content: str, expected: list[str]
) -> None:
    beside_others = [code for code in beside(desk.check(HEAD + content)) if code != "begun_period"]
    assert sorted(beside_others) == sorted(expected)


def test_later_figures_of_the_file_hide_no_jump(desk: Desk) -> None:
    """2031 is nearer to the file's own 2033 than to the published 2022."""
    content = "persons;aarhus;2033;4000;\npersons;aarhus;2031;3900;\n"
    (problem,) = [
        problem for problem in desk.check(HEAD + content).problems if problem.code in BESIDE_OTHERS
    ]
    assert (problem.code, problem.row) == ("big_change", 3)
    assert "siden 2022" in problem.message


@pytest.mark.parametrize(
    ("content", "rows"),
    [
        (rows_of("share", [57, 55, 5.4, 60]), [4]),
        (rows_of("share", [5.7, 5.5, 54, 6]), [4]),
        (rows_of("share", [57, 55, 20, 60]), []),
        # Two others are enough where they are alike, of one a figure may be the tenth.
        (rows_of("share", [57, 59, 5.1]), [4]),
        (rows_of("share", [0, 57, 59]), [2]),
        (rows_of("share", [57, 20, 3.9]), []),
        (rows_of("share", [57, 5.5]), [2, 3]),
        (rows_of("share", [57, 0]), [3]),
        (rows_of("share", [57, 15]), []),
        (rows_of("share", [4, 0.5]), []),
        (rows_of("new", [1803, 2410, 0]), [4]),
        (rows_of("new", [1803, 180]), []),
        (rows_of("fresh", [2.1, 2.3, 0]), [4]),
        # Beside the newest figures of the other areas, where none has this period.
        (rows_of("rate", [5.1], "2019", ("ribe",)), [2]),
        (rows_of("rate", [0], "2019", ("ribe",)), [2]),
        (rows_of("rate", [0.51], "2019", ("ribe",)), [2]),
        (rows_of("rate", [51], "2019", ("ribe",)), []),
        # A series that is filled in backwards, years before what is published of it.
        (rows_of("rate", [9, 55, 57], "2014"), [2]),
        (rows_of("rate", [40, 55, 57], "2014"), []),
        (rows_of("new", [1803, 2410, 9, 990]), [4]),
        (rows_of("new", [1803, 2410, 150, 990]), []),  # a small area
        (rows_of("rate", [5.1], "2022", ("ribe",)), [2]),  # beside what is published
        (rows_of("rate", [51], "2022", ("ribe",)), []),
    ],
)
def test_a_first_figure_is_compared_with_the_other_areas(
    desk: Desk, content: str, rows: list[int]
) -> None:
    checked = desk.check(HEAD + content)
    reported = [
        problem.row for problem in checked.problems if problem.code in ("unlike_others", "scale")
    ]
    assert reported == rows


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (rows_of("new", [57] * 5), ["same_value"]),
        (rows_of("share", [57] * 5), ["same_value"]),
        (rows_of("new", [57] * 4), []),
        (rows_of("new", [2] * 8), []),  # small counts are alike by themselves
        (rows_of("hours", [75] * 8), None),
        (rows_of("new", [0] * 8), ["from_zero"]),
        (rows_of("new", [0] * 4), []),
        (rows_of("persons", [level("persons", n) for n in range(8)]), ["unchanged_period"]),
        (rows_of("persons", [level("persons", n) for n in range(3)]), []),
        (rows_of("persons", [level("persons", n) for n in range(7)] + [14000]), []),
        (rows_of("few", [3, 6, 9]), []),
        # What is published already is no new period.
        (rows_of("persons", [level("persons", n) for n in range(8)], "2022"), []),
    ],
)
def test_figures_that_repeat(desk: Desk, content: str, expected: list[str] | None) -> None:
    checked = desk.check(HEAD + content)
    if expected is None:
        assert "same_value" not in codes(checked)
    else:
        assert beside(checked) == expected


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (["1.803", "2.410", "3.5"], ["ambiguous_number"] * 3),
        (["1,803", "2,410", "3,5"], ["ambiguous_number"] * 3),
        (["1.803", "2410", "2003,5"], ["not_whole"]),  # the comma makes the point a thousands mark
        (["1.803", "2.410", "2000"], ["ambiguous_number"] * 2),
        (["12,5", "13,25"], ["not_whole"] * 2),
        (["2.000", "3.5"], ["ambiguous_number"] * 2),  # 2.0 is whole, and still not sure
        (["1.803.000", "2.410"], []),
    ],
)
def test_a_count_is_whole(desk: Desk, values: list[str], expected: list[str]) -> None:
    rows = "".join(
        f"new;{area};2023;{value};\n" for area, value in zip(AREAS, values, strict=False)
    )
    reported = [code for code in codes(desk.check(HEAD + rows)) if code != "scale"]
    assert [code for code in reported if code != "unlike_others"] == expected


def test_the_mark_of_percentages_decides_no_counts(desk: Desk) -> None:
    rows = "rate;aarhus;2023;48.5;\nnew;aarhus;2023;1.803;\nnew;odense;2023;950;\n"
    assert reported_of_cells(desk.check(HEAD + rows)) == [
        ("ambiguous_number", "error", 3, "værdi", "1.803")
    ]


def test_a_given_decimal_mark_is_used(desk: Desk) -> None:
    rows = "new;aarhus;2023;1.803;\nnew;odense;2023;3.5;\n"
    assert codes(desk.check(HEAD + rows, decimal="point")) == ["not_whole", "not_whole"]


def test_fractions_beside_their_counts_are_asked_about_once(desk: Desk) -> None:
    rows = "nøgletal;område;periode;værdi;tæller;nævner\n" + "".join(
        f"rate;{area};2023;0,{500 + number};{500 + number};1000\n"
        for number, area in enumerate(AREAS)
    )
    checked = desk.check(rows, decimal="comma")
    assert codes(checked) == ["scale"]
    assert not checked.publishable
    wrong = rows.replace("0,500;", "0,900;")
    assert sorted(codes(desk.check(wrong, decimal="comma"))) == ["scale", "value_mismatch"]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        # A year to date is compared with the same months; a rolling year against rolling years.
        ("new;aarhus;2023M01:2023M02A;100;\nnew;aarhus;2023M01:2023M09A;900;\n", []),
        ("new;aarhus;2021M01:2021M09A;300;\nnew;aarhus;2023M01:2023M09A;900;\n", ["big_change"]),
        ("new;aarhus;2021M01:2021M03;300;\nnew;aarhus;2022M01:2022M08;900;\n", []),
    ],
)
def test_only_periods_that_are_alike_are_compared(
    desk: Desk, content: str, expected: list[str]
) -> None:
    assert beside(desk.check(HEAD + content)) == expected


def broken_at(desk: Desk, day: date) -> Desk:
    """The same store, with a break in the series of every indicator."""
    indicators = {
        each.indicator_id: replace(each, breaks=(Break(day, "Reform"),))
        for each in desk.catalog.indicators.values()
    }
    return Desk(desk.version, replace(desk.catalog, indicators=MappingProxyType(indicators)))


def test_figures_of_both_sides_of_a_break_are_not_compared(desk: Desk) -> None:
    """Nor do they tell of another scale or of a mix-up; that figures are copied they tell still."""
    persons = [level("persons", number) for number in range(len(AREAS))]
    files = {
        "one far": "persons;aarhus;2023;9000;\n",
        "one far, years later": "persons;aarhus;2031;9000;\n",
        "0": "persons;aarhus;2023;0;\n",
        "tenfold": "persons;aarhus;2023;18030;\n",
        "another scale": rows_of("persons", [1000 * value for value in continued("persons", 0)]),
        # not in even steps, which would look filled down
        "in another order": rows_of("persons", random.Random(7).sample(persons, len(persons))),
    }
    for name, rows in files.items():
        for day, compared in (
            (date(2022, 1, 1), True),
            (date(2023, 1, 1), False),
            (date(2023, 6, 1), False),  # within the file's own year
        ):
            checked = beside(broken_at(desk, day).check(HEAD + rows))
            assert bool(checked) is compared, (name, day, checked)
    copied = broken_at(desk, date(2023, 1, 1)).check(HEAD + rows_of("persons", persons))
    assert "unchanged_period" in beside(copied)


def test_periods_of_one_file_are_not_compared_across_a_break(desk: Desk) -> None:
    months = "new;aarhus;2025M05;300;\nnew;aarhus;2025M06;300;\nnew;aarhus;2025M07;900;\n"
    for rows, day, expected in (
        (months, date(2025, 7, 1), []),
        (months, date(2025, 7, 2), []),  # neither side has July
        (months, date(2025, 6, 30), []),  # nor June, which is all that July has before it
        (months, date(2025, 6, 1), ["big_change"]),
        (months, date(2025, 8, 1), ["big_change"]),
        (months.replace("M07", "M09"), date(2025, 7, 1), []),
        (months.replace("M07", "M09"), date(2025, 5, 1), ["big_change"]),
    ):
        assert beside(broken_at(desk, day).check(HEAD + rows)) == expected, (rows, day)


def test_scale_and_rounding_are_compared_on_one_side_of_a_break(desk: Desk) -> None:
    persons = [round(level("persons", number) * 1.02 / 1000) * 1000 for number in range(8)]
    files = {
        # Each of two ways of counting has one scale.
        "scale": rows_of("fresh", [2.1, 2.3, 2.2], "2021", AREAS[:3])
        + rows_of("fresh", [21, 19, 24], "2023", AREAS[3:6]),
        "rounded": rows_of("persons", persons),
    }
    for code, rows in files.items():
        for day, is_reported in (
            (date(2010, 1, 1), True), (date(2023, 1, 1), False), (date(2024, 1, 1), True)
        ):  # fmt: skip
            codes = {each.code for each in broken_at(desk, day).check(HEAD + rows).problems}
            assert (code in codes) is is_reported, (code, day, codes)
    # A percentage is no fraction, in whatever way it is counted.
    fractions = rows_of("rate", [0.48, 0.5, 0.53, 0.55])
    for day in (date(2010, 1, 1), date(2023, 1, 1)):
        assert "scale" in beside(broken_at(desk, day).check(HEAD + fractions))


def test_the_evidence_is_in_words(desk: Desk) -> None:
    (scale,) = [
        problem
        for problem in desk.check(HEAD + rows_of("rate", [0.571, 0.551, 0.6])).problems
        if problem.code == "scale"
    ]
    assert scale.message == (
        "Beskæftigelse: 0,6\u00a0% mod 52,8\u00a0% i 2022 for Randers. Alle 3 tal er højst 1. "
        "Er tallene andele (0-1)?"
    )
    assert scale.hint == (
        "Ja, gang med 100: --scale 100. Er tallene procent, som de er: --scale 1."
    )
    thousands = desk.check(HEAD + rows_of("persons", [1.8, 3.6, 5.4])).problems[0]
    assert thousands.message == (
        "Personer i forløb: 5,4 mod 5.409 i 2022 for Randers. 3 tal er ca. 1.000 gange mindre end "
        "før. Er enheden en anden?"
    )
    assert thousands.hint.startswith("Ja, gang med 1000: --scale 1000. ")


def test_the_default_figures_are_silent(real: Desk, built_home: Path) -> None:
    """The files of data/ were published without a question."""
    for source in ("ras200", "uvm_absence"):
        content = built_home.parent / "data" / "observations" / f"{source}.csv"
        if content.exists():
            assert "scale" not in codes(real.check(content.read_bytes(), name="data.csv"))


@pytest.mark.parametrize(
    ("counts", "rows"),
    [
        (("1.234;2.500", "3.5;5.95"), [2, 2, 3, 3]),
        (("1.234;2500", "3.5;5950"), [2, 3]),
        (("1234;2.500", "3500;5.95"), [2, 3]),
        (("1234.5;2500.5", "3500.25;5950.75"), []),  # full-time persons
        (("1.234.000;2.500.000", "3.500;5.950"), []),
    ],
)
def test_thousands_among_numerators_are_not_taken_for_decimals(
    desk: Desk, counts: tuple[str, str], rows: list[int]
) -> None:
    content = "nøgletal;område;periode;værdi;tæller;nævner\n" + "".join(
        f"share;{area};2023;49,4;{count}\n" for area, count in zip(AREAS, counts, strict=False)
    )
    checked = desk.check(content)
    assert [
        problem.row for problem in checked.problems if problem.code == "ambiguous_number"
    ] == rows


@pytest.mark.parametrize(
    ("parts", "column"),
    [("180,2;360,4", "tæller"), ("180;360,4", "nævner"), ("180;360", None)],
)
def test_numerators_and_denominators_are_whole(desk: Desk, parts: str, column: str | None) -> None:
    head = "nøgletal;område;periode;værdi;tæller;nævner\n"
    checked = desk.check(f"{head}rate;aarhus;2023;50;{parts}\n")
    expected = [] if column is None else ["not_whole"]
    assert [problem.code for problem in checked.problems if problem.code == "not_whole"] == expected
    assert [problem.column for problem in checked.problems if problem.code == "not_whole"] == (
        [column] if column else []
    )
