"""Every number and date as a person sees it. In the rows, `_` stands for a no-break space."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kpi.domain import format as fmt
from kpi.domain.model import Indicator
from kpi.domain.units import known_units, unit_name, unit_words
from kpi.domain.vocabulary import FigureStatus, Kind
from kpi.exhibits.parts import same_decimals
from tests.kpi.made import indicator, observation
from tests.tables import for_each

PERCENT = indicator()
WHOLE_PERCENT = indicator(decimals=0)
PERSONS = indicator("count", "persons", decimals=0)
HOURS = indicator("amount", "hours_per_week", decimals=0)
MONTHS = indicator("amount", "months", decimals=1)
KRONER = indicator("amount", "dkk_per_year", decimals=0)
MEAN = indicator("mean", "notifications", decimals=1)
INCOME = indicator("mean", "dkk_per_year", decimals=0)
RATE = indicator("mean", "notifications_per_1000_children", decimals=1)
INDEX = indicator("mean", "index", decimals=1)
TIMES = indicator("mean", "times", decimals=2)


def plain(text: str) -> str:
    """The text with its no-break spaces made visible."""
    return text.replace("\u00a0", "_")


@for_each(
    ("value", "decimals", "text"),
    [
        (0, 0, "0"),
        (70, 1, "70,0"),
        (1234.5, 1, "1.234,5"),
        (1234567, 0, "1.234.567"),
        (400000, 0, "400.000"),
        (999.95, 1, "1.000,0"),
        (2.5, 0, "3"),  # half up, not to the even neighbour
        (3.5, 0, "4"),
        (-2.5, 0, "−3"),  # away from zero, as people do
        (0.25, 1, "0,3"),
        (1.005, 2, "1,01"),  # 1.00499… in binary, but people wrote 1.005
        (70.65, 1, "70,7"),
        (-7.2, 1, "−7,2"),
        (-0.04, 1, "0,0"),  # no minus before nothing
        (-0.0, 0, "0"),
        (1e15, 0, "1.000.000.000.000.000"),
        (None, 1, "–"),
    ],
)
def test_number(value: float | None, decimals: int, text: str) -> None:
    assert fmt.number(value, decimals) == text


@for_each(
    ("value", "text"),
    [(7.2, "+7,2"), (-7.2, "−7,2"), (0, "0,0"), (0.04, "0,0"), (-0.04, "0,0"), (None, "–")],
)
def test_number_with_sign(value: float | None, text: str) -> None:
    assert fmt.number(value, 1, sign=True) == text


def test_the_minus_is_a_true_minus() -> None:
    assert fmt.number(-1, 0) == "\u22121"


def by_hand(value: float, decimals: int) -> str:
    """The same by school arithmetic: whole tenths or hundredths, then dots from the right."""
    exact = Fraction(Decimal(repr(value)))
    steps = int(abs(exact) * 10**decimals + Fraction(1, 2))
    digits = str(steps).rjust(decimals + 1, "0")
    whole, rest = digits[: len(digits) - decimals], digits[len(digits) - decimals :]
    dotted = f"{int(whole):,}".replace(",", ".")
    sign = "−" if exact < 0 and steps else ""
    return sign + dotted + ("," + rest if rest else "")


@given(st.floats(-1e15, 1e15), st.integers(0, 4))
@example(0.5, 0)
@example(-0.05, 1)
@example(1e300, 1)
@example(5e-324, 2)
def test_number_agrees_with_school_arithmetic(value: float, decimals: int) -> None:
    assert fmt.number(value, decimals) == by_hand(value, decimals)


@for_each(
    ("value", "indicator", "decimals", "text"),
    [
        (70.0, PERCENT, 1, "70,0_%"),
        (13, PERCENT, 0, "13,0_%"),  # spelled in one way, alone and beside 9,7 %
        (13, PERCENT, None, "13,0_%"),
        (33.33, PERCENT, 2, "33,3_%"),  # at most the indicator's own
        (37, HOURS, 0, "37_timer om ugen"),
        (1, HOURS, 0, "1_time om ugen"),
        (1.04, HOURS, 2, "1_time om ugen"),  # one as it is shown
        (0, HOURS, 0, "0_timer om ugen"),
        (2.5, MONTHS, 1, "2,5_måneder"),
        (1, MONTHS, 0, "1_måned"),
        (400000, KRONER, 0, "400.000_kr. om året"),
        (75, PERSONS, 0, "75"),  # counts and means stand bare
        (281588, INCOME, 0, "281.588_kr. om året"),  # but money never
        (74.9, RATE, 1, "74,9"),
        (73.2, INDEX, 1, "73,2"),
        (1, PERSONS, 0, "1"),
        (1.5, MEAN, 1, "1,5"),
        (2, MEAN, 0, "2,0"),
        (None, PERCENT, None, "–"),
    ],
)
def test_display_of_a_value(
    value: float | None, indicator: Indicator, decimals: int | None, text: str
) -> None:
    assert plain(fmt.display(observation(value, decimals=decimals), indicator)) == text


@for_each(
    ("value", "status", "indicator", "text", "bare"),
    [
        (50, "approximate", WHOLE_PERCENT, "ca._50_%", "ca._50"),
        (200, "approximate", PERSONS, "ca._200", "ca._200"),
        (2.5, "approximate", MONTHS, "ca._2,5_måneder", "ca._2,5"),
        (50, "preliminary", WHOLE_PERCENT, "50_%", "50"),
        (None, "suppressed", PERSONS, "skjult", "skjult"),
        (None, "suppressed", PERCENT, "skjult", "skjult"),
        (None, "suppressed", MEAN, "skjult", "skjult"),
        (
            3,
            "suppressed",
            PERSONS,
            "skjult",
            "skjult",
        ),  # were the number known, it would still be hidden
        (None, "missing", PERCENT, "–", "–"),
        (None, "missing", PERSONS, "–", "–"),  # never 0
        (None, "not_applicable", PERSONS, "–", "–"),
    ],
)
def test_display_by_status(
    value: float | None, status: FigureStatus, indicator: Indicator, text: str, bare: str
) -> None:
    row = observation(value, status=status, decimals=1)
    assert plain(fmt.display(row, indicator)) == text
    assert plain(fmt.bare(row, indicator)) == bare


@for_each(
    ("status", "value", "limits", "words", "indicator", "text", "bare"),
    [
        # The source's own words stand alone: its limit is no "ca." and no exact number.
        ("at_least", 30, (None, None), "mere end 30", PERSONS, "mere end 30", "mere end 30"),
        ("range", None, (2, 3), "2-3 måneder", MONTHS, "2-3 måneder", "2-3 måneder"),
        ("at_most", 50, (None, None), "op til 50", PERSONS, "op til 50", "op til 50"),
        # Without words: what the limits are.
        ("at_least", 30, (None, None), None, PERSONS, "mindst_30", "mindst_30"),
        ("at_most", 12.5, (None, None), None, PERCENT, "højst_12,5_%", "højst_12,5"),
        ("at_least", 1, (None, None), None, HOURS, "mindst_1_time om ugen", "mindst_1"),
        ("range", None, (2, 3), None, MONTHS, "2-3_måneder", "2-3"),
        ("range", None, (2, 3.5), None, MONTHS, "2,0-3,5_måneder", "2,0-3,5"),
        ("range", None, (0, 40), None, PERCENT, "0-40_%", "0-40"),
        ("range", None, (1200, 1400), None, PERSONS, "1.200-1.400", "1.200-1.400"),
    ],
)
def test_display_of_limits(
    status: FigureStatus,
    value: float | None,
    limits: tuple[float | None, float | None],
    words: str | None,
    indicator: Indicator,
    text: str,
    bare: str,
) -> None:
    row = observation(value, status=status, of=(None, 68))
    row = row._replace(low=limits[0], high=limits[1], as_published=words)
    assert plain(fmt.display(row, indicator)) == text
    assert plain(fmt.bare(row, indicator)) == bare


@for_each(
    ("words", "text"),
    [("<5", "<5"), ("< 10", "<10"), (None, "skjult"), ("", "skjult"), ("ca. 3", "skjult")],
)
def test_only_what_is_known_to_be_small_is_said_to_be(words: str | None, text: str) -> None:
    row = observation(None, status="suppressed")._replace(as_published=words)
    assert fmt.display(row, PERSONS) == text


@for_each(
    ("value", "of", "status", "indicator", "text"),
    [
        (30, (21, 68), "final", WHOLE_PERCENT, "21_af_68 (31_%)"),  # counted afresh, not 30 %
        (30, (21, 68), "approximate", WHOLE_PERCENT, "ca._21_af_68 (31_%)"),
        (12, (None, 68), "final", PERSONS, "12_af_68 (18_%)"),  # the count is its own numerator
        (1234, (None, 2468), "final", PERSONS, "1.234_af_2.468 (50_%)"),
        (0, (None, 68), "final", PERSONS, "0_af_68 (0_%)"),
        (46.2, (123821, 268224), "final", PERCENT, "46,2_%"),  # of a whole population
        (46, (462, 1000), "final", PERCENT, "462_af_1.000 (46_%)"),
        (30, (None, 68), "final", WHOLE_PERCENT, "30_%"),  # a share of an unknown part
        (30, (0, 0), "final", WHOLE_PERCENT, "30_%"),  # of nobody
        (1.5, (None, 32), "final", MEAN, "1,5"),
        (None, (None, 68), "suppressed", PERSONS, "skjult"),
        (None, (None, 68), "missing", PERSONS, "–"),
    ],
)
def test_display_of_a_share(
    value: float | None,
    of: tuple[float | None, float],
    status: FigureStatus,
    indicator: Indicator,
    text: str,
) -> None:
    row = observation(value, status=status, of=of)
    assert plain(fmt.display(row, indicator)) == text


@for_each(
    ("points", "indicator", "text"),
    [
        (-7.2, PERCENT, "−7,2_procentpoint"),
        (11.8, PERCENT, "+11,8_procentpoint"),
        (0.04, PERCENT, "0,0_procentpoint"),
        (-12, HOURS, "−12_timer om ugen"),
        (1, HOURS, "+1_time om ugen"),
        (1.2, HOURS, "+1_time om ugen"),
        (-1, PERSONS, "−1_person"),
        (0, PERSONS, "0_personer"),
        (-400000, KRONER, "−400.000_kr. om året"),
        (-6094, INCOME, "−6.094_kr. om året"),
        (-17.4, RATE, "−17,4_underretninger pr. 1.000 børn"),
        (-9.02, INDEX, "−9,0_indekspoint"),
        (-0.9, TIMES, "−0,90"),
    ],
)
def test_gap(points: float, indicator: Indicator, text: str) -> None:
    assert plain(fmt.gap(points, indicator)) == text


def test_a_gap_without_plus() -> None:
    assert plain(fmt.gap(7.2, PERCENT, sign=False)) == "7,2_procentpoint"


@for_each(
    ("value", "decimals", "sign", "text"),
    [
        (-25.384615, 1, False, "−25,4_%"),
        (25.384615, 1, True, "+25,4_%"),
        (31, 0, False, "31_%"),
        (None, 1, False, "–"),
    ],
)
def test_percent(value: float | None, decimals: int, sign: bool, text: str) -> None:
    assert plain(fmt.percent(value, decimals, sign)) == text


@for_each(
    ("unit", "name"),
    [
        ("percent", "procent"),
        ("hours_per_week", "timer om ugen"),
        ("dkk_per_year", "kr. om året"),
        ("families", "familier"),
        ("months", "måneder"),
    ],
)
def test_unit_name(unit: str, name: str) -> None:
    assert unit_name(unit) == name


@for_each("unit", known_units())
@for_each("is_singular", [True, False])
def test_every_unit_has_a_word_for_one_and_for_several(unit: str, is_singular: bool) -> None:
    text = fmt.with_unit("2", unit, is_singular)
    assert text.startswith("2\u00a0")
    assert text[2:].strip()


@for_each(
    ("day", "text"),
    [
        (date(2025, 3, 19), "19. marts 2025"),
        (date(2024, 10, 6), "6. oktober 2024"),
        (date(2024, 5, 1), "1. maj 2024"),
    ],
)
def test_long_date(day: date, text: str) -> None:
    assert fmt.long_date(day) == text


@for_each(
    ("count", "word"),
    [(0, "nul"), (1, "én"), (3, "tre"), (12, "tolv"), (13, "13"), (1200, "1.200"), (-1, "−1")],
)
def test_count_word(count: int, word: str) -> None:
    assert fmt.count_word(count) == word


@for_each(
    ("part", "denominator", "text"),
    [
        (21, 68, "21_af_68"),
        (None, 68, "–_af_68"),
        (1200, 3400.0, "1.200_af_3.400"),
        (30.4, 68, "30,4_af_68"),
        (30.0, 67.5, "30_af_67,5"),
    ],
)
def test_n_of_n(part: float | None, denominator: float, text: str) -> None:
    assert plain(fmt.n_of_n(part, denominator)) == text


@for_each(
    ("text", "name"),
    [("2025-03-11", "11. marts 2025"), ("2025-01", "januar 2025"), ("2025", "2025")],
)
def test_a_date_is_written_as_far_as_it_is_known(text: str, name: str) -> None:
    assert fmt.partial_date(text) == name


@pytest.mark.parametrize("kind", ["proportion", "mean"])
@pytest.mark.parametrize("status", ["final", "approximate"])
@given(value=st.integers(0, 100), decimals=st.sampled_from([None, 0, 1, 2]))
def test_a_figure_is_spelled_alike_alone_and_beside_others(
    kind: Kind, status: FigureStatus, value: int, decimals: int | None
) -> None:
    of = indicator(kind)
    own = observation(float(value), status=status, decimals=decimals)
    beside = observation(9.75, area="odense", decimals=2)
    together = same_decimals([own, beside], of)[0]
    assert fmt.display(own, of) == fmt.display(together, of)


@for_each(
    ("low", "high", "text"),
    [
        (8.2, 50.4, "8-51_%"),
        (8.0, 50.0, "8-50_%"),
        (100 * 0.07, 100 * 0.29, "7-29_%"),  # what arithmetic adds is no part of them
        (45.97, 46.35, "45,9-46,4_%"),  # never one number twice
        (46.151, 46.159, "46,15-46,16_%"),
        (0, 0, "0,00-0,00_%"),
    ],
)
def test_an_interval_is_rounded_outwards_and_has_the_decimals_it_takes(
    low: float, high: float, text: str
) -> None:
    assert plain(fmt.interval(low, high)) == text


@pytest.mark.parametrize(("text", "shown"), [
    ("19. marts 2025", "19._marts 2025"),
    ("fra 1. januar til 31. december", "fra 1._januar til 31._december"),
    ("Nr. 7 og nr. 12, ca. 40, kl. 14.05, § 61 a", "Nr._7 og nr._12, ca._40, kl._14.05, §_61 a"),
    # No day, no month, no number.
    ("2025. marts, 3. kvartal, 4. martsviol", "2025. marts, 3. kvartal, 4. martsviol"),
    ("0-100 %, uden for 95 %-grænsen, i %", "0-100_%, uden for 95_%-grænsen, i %"),
    ("nr. ukendt, binr. 4, § x", "nr. ukendt, binr. 4, § x"),
])  # fmt: skip
def test_no_line_ends_within_a_date(text: str, shown: str) -> None:
    assert plain(fmt.joined(text)) == shown
    assert fmt.joined(fmt.joined(text)) == fmt.joined(text)


@for_each(
    ("unit", "words"),
    [
        ("dage", ("dag", "dage")), ("Dage pr. sag", ("dag pr. sag", "Dage pr. sag")),
        ("børn", ("barn", "børn")), ("elev; elever", ("elev", "elever")),
        ("ton", ("ton", "ton")), ("kr.", ("kr.", "kr.")), ("persons", ("person", "personer")),
    ],
)  # fmt: skip
def test_one_of_a_unit_is_in_the_singular(unit: str, words: tuple[str, str]) -> None:
    """`+1 dage` is no Danish; people write the unit of a new indicator in one form."""
    assert unit_words(unit) == words
