"""Figures in another scale: whole columns, periods or areas in fractions, tens or thousands."""

from collections.abc import Iterable

import pytest

from tests.kpi.ingest.checked import Desk, codes
from tests.kpi.ingest.plausible_rows import AREAS, HEAD, LEVELS, answered, beside, level, rows_of

FACTORS = (10, 100, 1000, 1 / 10, 1 / 100, 1 / 1000)
EXTENTS = ((2, "2023"), (3, "2026"), (8, "2022"), (8, "2020"))


# Each level with each factor in two of the extents: all pairs of two of the three are there.
@pytest.mark.parametrize("half", range(2))
@pytest.mark.parametrize("factor", FACTORS)
def test_a_whole_column_of_another_scale_is_an_error(desk: Desk, factor: float, half: int) -> None:
    """Of each indicator by itself: where the values are possible, and no small counts of two."""
    rows, expected = "", []
    for at, indicator in enumerate(LEVELS):
        areas, period = EXTENTS[2 * half + (at + FACTORS.index(factor)) % 2]
        values = [level(indicator, number) * factor * 1.1 for number in range(areas)]
        too_large = indicator in ("rate", "small") and max(values) > 100
        if too_large or (indicator == "few" and factor < 1) or (areas == 2 and min(values) < 20):
            continue
        rows += rows_of(indicator, values, period)
        expected.append(desk.catalog.indicators[indicator].name)
    checked = desk.check(HEAD + rows, decimal="comma")
    scales = [problem for problem in checked.problems if problem.code == "scale"]
    assert sorted(scale.message.partition(":")[0] for scale in scales) == sorted(expected)
    assert not checked.publishable
    for scale in scales:
        assert scale.severity == "error"
        assert "mod" in scale.message
        # The answer that is offered is the factor back.
        offered = float(scale.hint.partition("--scale ")[2].partition(". Er")[0])
        assert offered == pytest.approx(1 / factor), scale.message
        assert "--scale 1." in scale.hint


@pytest.mark.parametrize(
    ("indicator", "values", "said"),
    [
        ("persons", [round(level("persons", n) / 12) for n in range(8)], "Er tallene pr. måned?"),
        ("persons", [round(level("persons", n) * 12) for n in range(8)], "for et helt år?"),
        ("persons", [round(level("persons", n) / 7.46) for n in range(8)], "7,5 gange mindre"),
        ("persons", [round(level("persons", n) * 52) for n in range(8)], "52 gange større"),
        ("small", [100 - level("small", n) for n in range(8)], "andelen af de øvrige?"),
    ],
)
def test_no_factor_is_offered_that_does_not_fit(
    desk: Desk, indicator: str, values: list[float], said: str
) -> None:
    """Ten times a twelfth of a year would be a wrong number that a person was advised to make."""
    (scale,) = [
        problem
        for problem in desk.check(HEAD + rows_of(indicator, values)).problems
        if problem.code == "scale"
    ]
    assert said in scale.message
    assert "Ja, gang med" not in scale.hint
    assert scale.hint.endswith("--scale 1.")


@pytest.mark.parametrize("value", ["0,031", "0,94"])
def test_one_known_figure_among_percentages_of_at_most_one_is_a_fraction(
    desk: Desk, value: str
) -> None:
    """A share that fell to a seventh as well is no reason to offer a thousandfold."""
    rows = f"rate;{AREAS[0]};2023;{value}\nrate;ribe;2023;0,028\n"
    (scale,) = [each for each in desk.check(HEAD + rows).problems if each.code == "scale"]
    assert "andele (0-1)" in scale.message
    assert "--scale 100." in scale.hint


@pytest.mark.parametrize("answer", [100, 1])
def test_either_answer_lets_the_file_through(desk: Desk, answer: float) -> None:
    values = [0.49 + number / 50 for number in range(8)]
    checked = answered(desk, rows_of("rate", values), answer)
    assert checked.publishable
    assert "scale" not in codes(checked)
    assert checked.changes[0].new == pytest.approx(0.49 * answer)


def test_a_factor_that_does_not_fit_all_is_reported(desk: Desk) -> None:
    """One indicator of two is in fractions: a hundredfold of the other is no silent number."""
    content = rows_of("rate", [0.49 + number / 50 for number in range(8)])
    content += rows_of("mean", [2.1 + number / 10 for number in range(8)])
    checked = answered(desk, content, 100)
    (scale,) = [problem for problem in checked.problems if problem.code == "scale"]
    assert (scale.severity, scale.message.partition(":")[0]) == ("warning", "Gennemsnit")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        # Most values are fractions, beside a 0 and a 1.
        (rows_of("rate", [0.571, 0.551, 1, 0, 0.542, 0.603, 0.51, 0.5]), True),
        (rows_of("small", [0.4, 0.5, 0.3]), False),  # the percentage was as small before
        (rows_of("share", [0.571, 0.551, 0.6]), True),  # nothing is known, so it is asked
        (rows_of("share", [0.571]), True),
        (rows_of("share", [0.571, 57.1, 55.0]), True),  # beside two that are a hundred times it
        (rows_of("share", [0.571, 5.71, 5.5]), False),
        (rows_of("share", [0, 0, 0]), False),
        ("share;aarhus;2023;0,6 %;\nshare;odense;2023;0,4 %;\n", False),  # it says percent
        (rows_of("rate", [0.571], areas=("ribe",)), True),  # beside the other areas
        (rows_of("small", [0.5], areas=("ribe",)), False),
        (rows_of("rate", [0.571, 0.56], "2023M05"), True),  # no month is known, but years are
    ],
)
def test_fractions_are_asked_about(desk: Desk, content: str, said: bool) -> None:
    checked = desk.check(HEAD + content)
    assert ("scale" in codes(checked)) == said
    assert checked.publishable == (not said)


@pytest.mark.parametrize(("value", "is_asked"), [("0,571", True), ("5,71", False), ("0,2", False)])
def test_a_fraction_shows_beside_the_other_groups_of_its_area(
    desk: Desk, value: str, is_asked: bool
) -> None:
    head = "nøgletal;område;gruppe;periode;værdi\n"
    rows = f"share;aarhus;all;2023;57,1\nshare;aarhus;danish;2023;{value}\n"
    scales = [
        problem.message for problem in desk.check(head + rows).problems if problem.code == "scale"
    ]
    assert bool(scales) is is_asked
    assert all("områdets andre grupper" in message for message in scales)


def test_the_example_of_a_fraction_is_in_the_file(desk: Desk) -> None:
    """Two figures have a median that no cell has."""
    checked = desk.check(HEAD + rows_of("share", [0.571, 0.553]))
    (problem,) = [problem for problem in checked.problems if problem.code == "scale"]
    assert (problem.row, problem.value) == (2, "0,571")
    assert "fx »0,571« i række 2." in problem.message


def test_a_period_of_another_scale_within_the_file(desk: Desk) -> None:
    """New areas, so nothing is published; the last year is in thousands."""
    content = rows_of("new", [1803, 2410, 3500, 990], "2021")
    content += rows_of("new", [1850, 2390, 3600, 1002], "2022")
    assert beside(desk.check(HEAD + content)) == []
    checked = desk.check(HEAD + content + rows_of("new", [1.9, 2.4, 3.7, 1.1], "2023"))
    assert "scale" in codes(checked)


PERCENTAGES = [57.1, 55.2, 61.3, 59, 52.4, 63.8, 58.7, 60.1]


def fractions_of(values: Iterable[float], areas: Iterable[int]) -> list[float]:
    """The values, those of the areas with these numbers as fractions."""
    chosen = set(areas)
    return [value / 100 if n in chosen else value for n, value in enumerate(values)]


@pytest.mark.parametrize("areas", [(0, 1), (2, 5, 7), range(4), range(6), range(7), (1, 2, 3)])
@pytest.mark.parametrize("indicator", ["share", "rate"])
def test_some_areas_in_fractions_are_an_error(
    desk: Desk, indicator: str, areas: Iterable[int]
) -> None:
    """Whether anything is published or not, and however many they are."""
    if indicator == "rate" and len(list(areas)) < 3:
        return  # has a test of single fractions (test_stray_marks.py)
    values = fractions_of(PERCENTAGES, areas)
    checked = desk.check(HEAD + rows_of(indicator, values))
    (scale,) = [problem for problem in checked.problems if problem.code == "scale"]
    assert scale.severity == "error"
    assert "andele" in scale.message
    if len(list(areas)) < 5:  # no factor is right for the others
        assert "--scale 100" not in scale.hint


def test_two_scales_that_are_right_are_let_through(desk: Desk) -> None:
    content = rows_of("share", fractions_of(PERCENTAGES, (2, 5, 7)))
    assert "scale" not in codes(answered(desk, content, 1))


@pytest.mark.parametrize("years", [("2020",), ("2021",), ("2022",), ("2021", "2022")])
def test_some_periods_in_fractions_are_to_be_mended_in_the_file(
    desk: Desk, years: tuple[str, ...]
) -> None:
    content = "".join(
        rows_of("share", fractions_of(PERCENTAGES, range(8) if year in years else ()), year)
        for year in ("2020", "2021", "2022")
    )
    (scale,) = [
        problem for problem in desk.check(HEAD + content).problems if problem.code == "scale"
    ]
    assert "andele" in scale.message
    assert scale.hint.startswith("Ret tallene i filen")


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (rows_of("pay", [37, 39, 38, 37500, 36000, 38500]), True),
        (rows_of("fresh", [2.1, 2.3, 21, 2.2, 19, 2.4]), True),
        (rows_of("share", [5.7, 6.1, 57, 60, 5.5, 6]), True),
        # One alone is asked about beside the others.
        (rows_of("share", [57, 0.55, 60, 59]), True),
        # What lies between them joins the two.
        (rows_of("share", [0.4, 0.9, 3, 8, 15, 35, 60]), False),
        (rows_of("fresh", [2.1, 2.3, 6, 12, 21, 19]), False),
        # Counts and amounts grow with the area.
        (rows_of("new", [18, 25, 1803, 2410, 25000, 31000]), False),
        (rows_of("share", [0, 0, 57, 60]), False),
    ],
)
def test_first_figures_of_two_scales(desk: Desk, content: str, expected: bool) -> None:
    assert ("scale" in codes(desk.check(HEAD + content))) == expected


@pytest.mark.parametrize("values", [[0.72, 61.3], [59.1, 0.72, 61.3]])
def test_a_fraction_shows_beside_a_single_percentage(desk: Desk, values: list[float]) -> None:
    checked = desk.check(HEAD + rows_of("share", values))
    (problem,) = checked.problems
    assert (problem.code, problem.severity) == ("scale", "error")
    assert "72,0 %?" in problem.message.replace("\xa0", " ")


def test_what_a_scale_explains_is_reported_once(desk: Desk, real: Desk) -> None:
    """Thousands have decimals, and fractions are like none of the areas' earlier figures."""
    thousands = [level("persons", number) / 1000 + 0.0003 for number in range(8)]
    reported = codes(desk.check(HEAD + rows_of("persons", thousands), decimal="comma"))
    assert "scale" in reported
    assert "not_whole" not in reported
    places = [area.area_id for area in real.catalog.areas.values() if area.level == "municipality"]
    rows = "".join(
        f"employment_rate;{place};2025;0,{700 + 37 * number % 98};\n"
        for number, place in enumerate(places)
    )
    reported = codes(real.check(HEAD + rows, decimal="comma"))
    assert "scale" in reported
    assert "swapped" not in reported


@pytest.mark.parametrize(
    ("values", "asked"),
    [
        (["2,5", "3,1", "4", "2,9"], "Er de andele"), (["1803,5", "2410", "2411", "2399"], ""),
        (["2,5", "3,1"], ""), (["4,101", "2,91", "2,982"], "Er de i tusinde"),
    ],
)  # fmt: skip
def test_counts_that_mostly_have_decimals_are_shares_of_another_column(
    desk: Desk, values: list[str], asked: str
) -> None:
    rows = "".join(f"new;{area};2023;{value}\n" for area, value in zip(AREAS, values, strict=False))
    checked = desk.check(HEAD + rows, decimal="comma")
    scales = [problem.message for problem in checked.problems if problem.code == "scale"]
    assert len(scales) == bool(asked)
    assert all(asked in message for message in scales)
    assert ("not_whole" in codes(checked)) is not bool(asked)
    assert checked.publishable is not bool(asked)
    assert desk.check(HEAD + rows, decimal="comma", scale=1.0).publishable
