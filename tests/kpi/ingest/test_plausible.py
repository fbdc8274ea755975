"""A file's figures beside what is known: scale, single jumps, zeros, first ones, repeats."""

import random
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import MappingProxyType

import pytest

from kpi.domain.model import Break
from kpi.ingest.checking import Checked, Choices, check
from kpi.ingest.table.raw import Upload
from kpi.store import init
from kpi.store.connection import compared_with
from tests.kpi.data_folder import add_source, append, write_tiny
from tests.kpi.ingest.checked import BESIDE_OTHERS, Desk, apart, codes, reported

HEAD = "nøgletal;område;periode;værdi;note\n"
AREAS = ("aarhus", "odense", "randers", "esbjerg", "lolland", "faxe", "vejle", "kolding")
# What each area has in 2021 and 2022, by indicator; the others are twice, thrice ... as large.
LEVELS = {"rate": 48.0, "small": 0.4, "persons": 1803.0, "few": 3.0, "hours": 37.5, "mean": 2.1}
YEARS = ("2021", "2022")


def level(indicator: str, number: int) -> float:
    """The published level of the area with this number."""
    if indicator in ("rate", "small", "mean"):
        return LEVELS[indicator] * (1 + number / 20)
    return LEVELS[indicator] * (1 + number)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Eight areas with two years of six indicators, and one indicator and area without figures."""
    folder = tmp_path_factory.mktemp("plausible")
    data = write_tiny(folder / "data", "")
    for name in (*AREAS[3:], "ribe"):
        append(data, "area.csv", f"{name},{name.title()},municipality,denmark,,")
    for line in (
        "small,work,Lille andel,Lille,proportion,percent,lower_is_better,1,0,all,Andel,",
        "few,work,Få personer,Få,count,persons,neutral,0,0,all,Antal,",
        "mean,work,Gennemsnit,Snit,mean,notifications,neutral,1,0,all,Snit,",
        "share,work,Ny andel,Ny,proportion,percent,neutral,1,0,all,Andel,",
        "new,work,Nyt antal,Nyt,count,persons,neutral,0,0,all,Antal,",
        "fresh,work,Nyt gennemsnit,Nyt snit,mean,notifications,neutral,1,0,all,Snit,",
        "pay,work,Nyt beløb,Beløb,amount,dkk_per_year,neutral,0,0,all,Beløb,",
    ):
        append(data, "indicator.csv", line)
    rows = [
        f"{indicator},{area},all,{year},{level(indicator, number):g},,,final"
        for indicator in LEVELS
        for number, area in enumerate(AREAS)
        for year in YEARS
    ]
    add_source(data, "other", "2024-06-19", "\n".join(rows))
    (data / "observations" / "paper.csv").unlink()
    init(folder / "home", data)
    return Desk.of(folder / "home")


def text(value: float) -> str:
    """A number as a Danish file has it."""
    return f"{value:.10g}".replace(".", ",")


def rows_of(
    indicator: str, values: Iterable[float], period: str = "2023", areas: tuple[str, ...] = AREAS
) -> str:
    """A row an area."""
    return "".join(
        f"{indicator};{area};{period};{text(value)};\n"
        for area, value in zip(areas, values, strict=False)
    )


def beside(checked: Checked) -> list[str]:
    """The codes of figures beside others; kinds of periods: test_period_kinds.py."""
    others = BESIDE_OTHERS - {"other_period_kind"}
    return [code for code in codes(checked) if code in others]


def answered(desk: Desk, content: str, scale: float) -> Checked:
    """The file, checked with the answer of a person."""
    with compared_with(desk.version, 0) as connection:
        upload = Upload("tal.csv", (HEAD + content).encode())
        return check(connection, upload, desk.catalog, Choices(scale=scale))


def continued(indicator: str, seed: int) -> list[float]:
    """What an area's figure may do in a year, in both directions, and is plausible."""
    chance = random.Random(seed)
    reach = 0.08 if indicator == "rate" else 0.4
    values = [
        level(indicator, number) * (1 + reach * (2 * chance.random() - 1))
        for number in range(len(AREAS))
    ]
    if indicator in ("persons", "few"):
        values = [round(value) for value in values]
    if indicator == "few":
        values = [max(value, 2) for value in values]
    return [round(value, 3) for value in values]


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("period", ["2023", "2026", "2019", "2022"])
def test_a_plausible_continuation_is_silent(desk: Desk, period: str, seed: int) -> None:
    rows = [rows_of(indicator, continued(indicator, seed), period) for indicator in LEVELS]
    assert beside(desk.check(HEAD + "".join(rows))) == []


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
        (rows_of("share", [0.571, 57.1, 55.0]), False),
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
        return  # each is warned of by itself, beside its own series
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
        # One alone is reported beside the others.
        (rows_of("share", [57, 0.55, 60, 59]), False),
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
    assert codes(checked) == ["unlike_others"]


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
            if problem.code in BESIDE_OTHERS and problem.code != "other_period_kind"
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
    assert sorted(beside(desk.check(HEAD + content))) == sorted(expected)


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
        (rows_of("share", [57, 55, 5.4]), []),  # too few others
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
        (["1.803", "2410", "3,5"], ["not_whole"]),  # the comma makes the point a thousands mark
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
    assert reported(desk.check(HEAD + rows)) == [("ambiguous_number", "error", 3, "værdi", "1.803")]


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


def test_figures_of_both_sides_of_a_break_are_not_compared(desk: Desk) -> None:
    rows = "persons;aarhus;2023;9000;\n"
    assert beside(desk.check(HEAD + rows)) == ["big_change"]
    broken = replace(
        desk.catalog.indicators["persons"], breaks=(Break(date(2023, 1, 1), "Reform"),)
    )
    catalog = replace(
        desk.catalog,
        indicators=MappingProxyType({**desk.catalog.indicators, "persons": broken}),
    )
    assert beside(Desk(desk.version, catalog).check(HEAD + rows)) == []


def test_the_evidence_is_in_words(desk: Desk) -> None:
    (scale,) = [
        problem
        for problem in desk.check(HEAD + rows_of("rate", [0.571, 0.551, 0.6])).problems
        if problem.code == "scale"
    ]
    assert scale.message == (
        "Beskæftigelse: 0,6\u00a0% mod 52,8\u00a0% i 2022 for Randers. Er tallene andele (0-1)?"
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


LIMITS = "nøgletal;område;periode;værdi;lav;høj;note\n"


LIMITS_BESIDE = (
    ("rate;aarhus;2023;;0,45;0,52;", "scale"),
    ("rate;aarhus;2023;mindst 0,45;;;", "scale"),
    ("rate;aarhus;2023;højst 0,52;;;", "scale"),
    ("rate;ribe;2023;;0,45;0,52;", "scale"),  # beside the other areas
    ("share;aarhus;2023;;0,45;0,52;", "scale"),  # nothing is known
    ("small;aarhus;2023;;0,3;0,5;", None),
    ("rate;aarhus;2023;;45;52;", None),
    ("rate;aarhus;2023;mindst 10;;;", None),
    ("rate;aarhus;2023;;4,5;5,2;", "big_change"),
    ("persons;aarhus;2023;mindst 18000;;;", "big_change"),
    ("persons;aarhus;2023;mindst 18000;;;Bekræftet", None),
    ("persons;aarhus;2023;højst 180;;;", "big_change"),
    ("persons;aarhus;2023;højst 18000;;;", None),
    ("persons;ribe;2023;mindst 18000;;;", None),  # counts grow with the area
    ("few;aarhus;2023;mindst 17;;;", None),
    ("persons;aarhus;2023M05;højst 180;;;", None),  # another kind of period
)


def test_a_limit_is_compared_with_what_is_published(desk: Desk) -> None:
    for rows in apart(LIMITS_BESIDE, lambda row: row[0].partition(";")[0]):
        checked = desk.check(LIMITS + "\n".join(row for row, _ in rows))
        reported_of_rows = {
            problem.row: (problem.code, problem.severity == "error")
            for problem in checked.problems
            if problem.code in BESIDE_OTHERS and problem.code != "other_period_kind"
        }
        assert reported_of_rows == {
            line: (code, code == "scale") for line, (_, code) in enumerate(rows, start=2) if code
        }, rows


def test_fractions_among_limits_are_asked_about_once(desk: Desk) -> None:
    limits = "".join(f"rate;{area};2023;;0,4{n};0,5{n};\n" for n, area in enumerate(AREAS))
    (scale,) = [
        problem for problem in desk.check(LIMITS + limits).problems if problem.code == "scale"
    ]
    assert "--scale 100" in scale.hint
    both = limits + "rate;ribe;2023;0,52;;;\n"
    assert codes(desk.check(LIMITS + both)).count("scale") == 1
    beside_percentages = limits + "rate;ribe;2023;52;;;\n"
    (scale,) = [
        problem
        for problem in desk.check(LIMITS + beside_percentages).problems
        if problem.code == "scale"
    ]
    assert scale.hint.startswith("Ret tallene i filen")


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
