"""Every number and date that a person sees, in Danish; and the raw ones that files keep instead."""

import math
import re
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache
from typing import assert_never

from babel.dates import format_date, get_month_names

from kpi.domain.measure import shown_counts
from kpi.domain.model import Indicator, Observation
from kpi.domain.period import DENMARK, last_day
from kpi.domain.units import unit_words
from kpi.domain.vocabulary import STATUS_NAMES

# Python's own context keeps 28 digits and fails on larger numbers.
_ALL_DIGITS = Context(prec=400)
# Below this a float times a power of ten is off by less than NEAR_TIE.
SURELY_EXACT, NEAR_TIE = 1e9, 1e-6

_DANISH_MARKS = str.maketrans(",.", ".,")

NO_BREAK_SPACE = "\u00a0"
MINUS = "\u2212"
MISSING = "–"

# A spreadsheet runs a text cell that begins like this as a formula.
_FORMULA_MARKS = ("=", "+", "-", "@", "\t", "\r")

# The most decimals of an interval's ends.
_MOST_OF_AN_INTERVAL = 2

_WORDS = (
    "nul", "én", "to", "tre", "fire", "fem", "seks", "syv", "otte", "ni", "ti", "elleve", "tolv",
)  # fmt: skip


@lru_cache(maxsize=100_000)
def number(value: float | None, decimals: int, sign: bool = False) -> str:
    """`1.234,5`: Danish marks, rounded half up, true minus; `–` when there is no value.

    With `sign`, a positive number gets its plus.
    """
    if value is None:
        return MISSING
    size = abs(value)
    steps = size * 10**decimals
    # Away from a tie every way of rounding agrees, and Python's own is four times as fast.
    if steps < SURELY_EXACT and abs(steps % 1 - 0.5) > NEAR_TIE:
        text = f"{size:,.{decimals}f}"
        rounds_to_zero = steps < 0.5
    else:
        rounded = round_half_up(size, decimals)
        text, rounds_to_zero = f"{rounded:,f}", not rounded
    text = text.translate(_DANISH_MARKS)
    if rounds_to_zero:
        return text
    return MINUS + text if value < 0 else "+" + text if sign else text


def round_half_up(value: float, decimals: int) -> Decimal:
    """`value` rounded as people round: 2,5 to 3, −2,5 to −3. Exact on the shortest decimal form."""
    return Decimal(repr(float(value))).quantize(_step(decimals), ROUND_HALF_UP, _ALL_DIGITS)


def shown_steps(value: float, decimals: int) -> int:
    """How many steps of its last shown decimal a value is: 7,25 with one decimal is 73 of 0,1."""
    steps = value * 10.0**decimals
    # As `number` does: away from a tie every way of rounding agrees.
    if abs(steps) < SURELY_EXACT and abs(steps % 1 - 0.5) > NEAR_TIE:
        return math.floor(steps + 0.5)
    return int(round_half_up(value, decimals).scaleb(decimals, _ALL_DIGITS))


def rounds_to_zero(value: float, decimals: int) -> bool:
    """Whether `value` is shown as 0 at so many decimals."""
    return abs(value) < 10.0**-decimals and not round_half_up(value, decimals)


@lru_cache
def _step(decimals: int) -> Decimal:
    return Decimal(1).scaleb(-decimals)


def with_unit(text: str, unit: str, is_singular: bool = False) -> str:
    """A formatted number and its unit word, kept on one line: `37 timer`, `70,0 %`."""
    return text + NO_BREAK_SPACE + unit_words(unit)[0 if is_singular else 1]


def amount(value: float | None, indicator: Indicator, decimals: int) -> str:
    """A value of the indicator: `70,0 %`, `37 timer`, `400.000 kr.`; most counts and means bare."""
    text = number(value, decimals)
    if value is None or indicator.is_bare:
        return text
    return with_unit(text, indicator.unit, is_singular=_is_shown_as_one(value, decimals))


def _is_shown_as_one(value: float, decimals: int) -> bool:
    # What is far from 1 is not asked: to round exactly takes forty times as long.
    return abs(value) < 2 and abs(round_half_up(value, decimals)) == 1


def bare(observation: Observation, indicator: Indicator) -> str:
    """The value without its unit, for labels inside a chart: `70,0`, `ca. 33`, `skjult`, `–`."""
    match observation.status:
        case "suppressed":
            return hidden(observation.as_published)
        case "at_least" | "at_most" | "range":
            return _limits(observation, indicator)
        case "final" | "preliminary" | "approximate" | "missing" | "not_applicable":
            if observation.value is None:
                return MISSING
            text = number(observation.value, _decimals(observation, indicator))
            return _approximately(text, observation)
    assert_never(observation.status)


def display(observation: Observation, indicator: Indicator) -> str:
    """The value as a person reads it: `70,0 %`, `ca. 50 %`, `37 timer`, `<5`, `skjult`, `–`.

    Where the denominator is known and no whole population, with its counts.

    >>> indicator = store.catalog().indicators["labour_market_link_share"]
    >>> for observation in store.newest([indicator.indicator_id], ["gellerup", "viby_syd"], []):
    ...     print(observation.area_id, display(observation, indicator))
    gellerup 21 af 68 (31 %)
    viby_syd 3 af 13 (23 %)
    """
    if observation.is_bound:
        return _limits(observation, indicator, with_its_unit=True)
    if observation.value is None or observation.status == "suppressed":
        return bare(observation, indicator)
    counted = shown_counts(observation, indicator)
    if counted:
        return _approximately(share_text(*counted), observation)
    text = amount(observation.value, indicator, _decimals(observation, indicator))
    return _approximately(text, observation)


def display_in_words(observation: Observation, indicator: Indicator) -> str:
    """The value as `display` has it, but words in place of a dash, which is not read out."""
    if observation.status in ("missing", "not_applicable"):
        return STATUS_NAMES[observation.status]
    return display(observation, indicator)


def share_text(numerator: float, denominator: float) -> str:
    """`21 af 68 (31 %)`: the percentage is counted from the two numbers."""
    return f"{n_of_n(numerator, denominator)} ({percent(100 * numerator / denominator, 0)})"


_BOUND_WORDS = {"at_least": "mindst", "at_most": "højst"}


def _limits(observation: Observation, indicator: Indicator, with_its_unit: bool = False) -> str:
    """The source's own words for its limits, else what they are: `mindst 30`, `2-3 måneder`."""
    if observation.as_published:
        return observation.as_published
    is_singular = False
    if observation.status == "range":
        # How many decimals the source wrote is kept of a value only.
        limits = (observation.low or 0.0, observation.high or 0.0)
        decimals = 0 if all(limit % 1 == 0 for limit in limits) else indicator.decimals
        text = "-".join(number(limit, decimals) for limit in limits)
    else:
        words = _BOUND_WORDS[observation.status]
        text = (
            f"{words}{NO_BREAK_SPACE}{number(observation.value, _decimals(observation, indicator))}"
        )
        is_singular = observation.value == 1
    has_unit = with_its_unit and not indicator.is_bare
    return with_unit(text, indicator.unit, is_singular) if has_unit else text


def _approximately(text: str, observation: Observation) -> str:
    return f"ca.{NO_BREAK_SPACE}{text}" if observation.is_approximate else text


def _decimals(observation: Observation, indicator: Indicator) -> int:
    """As many decimals as the source wrote, at most the indicator's own.

    An exact percentage or mean always has the indicator's, so that one figure is spelled in one way
    alone and beside others: 9,0 beside 9,7. Of a rough one (ca. 10) the source's are kept.
    """
    is_rough = observation.is_approximate or observation.is_bound
    is_measured = indicator.is_rate
    if observation.decimals is None or (is_measured and not is_rough):
        return indicator.decimals
    return min(observation.decimals, indicator.decimals)


def hidden(as_published: str | None) -> str:
    """What is shown for a hidden value: `<5` where it is known to be small, else `skjult`.

    A number is also hidden because it would disclose another (secondary suppression), and then it
    may be any.
    """
    small = as_published is not None and re.fullmatch(r"<\s?\d+", as_published)
    return f"<{as_published[1:].strip()}" if as_published and small else "skjult"


def n_of_n(numerator: float | None, denominator: float | None) -> str:
    """`21 af 68`, kept on one line; `30,4 af 68` of full-time persons."""
    return f"{_count(numerator)}{NO_BREAK_SPACE}af{NO_BREAK_SPACE}{_count(denominator)}"


def _count(value: float | None) -> str:
    # Full-time persons may have a decimal: without it the share could not be recomputed.
    return number(value, 0 if value is None or value == int(value) else 1)


def gap_decimals(indicator: Indicator, approximate: bool) -> int:
    """Decimals that a difference is shown and judged with: none where a value is approximate.

    A mean keeps its own: it is small, and its steps are parts of the unit.
    """
    return 0 if approximate and not indicator.properties.keeps_decimals else indicator.decimals


def gap(
    gap_points: float, indicator: Indicator, sign: bool = True, decimals: int | None = None
) -> str:
    """A difference in the unit's own step: `−7,2 procentpoint`, `−12 timer`.

    `decimals` where they are others than the indicator's. Of how many times something is the
    difference has no unit: »0,90 gange under« would be a factor.
    """
    decimals = indicator.decimals if decimals is None else decimals
    text = number(gap_points, decimals, sign)
    if indicator.is_proportion:
        return f"{text}{NO_BREAK_SPACE}procentpoint"
    if indicator.unit == "times":
        return text
    return with_unit(text, indicator.unit, is_singular=_is_shown_as_one(gap_points, decimals))


def percent(value: float | None, decimals: int = 1, sign: bool = False) -> str:
    """`25,4 %` with a no-break space; `–` when there is no value."""
    return MISSING if value is None else number(value, decimals, sign) + NO_BREAK_SPACE + "%"


@lru_cache(maxsize=4_000)
def long_date(day: date) -> str:
    """`19. marts 2025`."""
    return format_date(day, "d. MMMM y", locale="da_DK")


# What a line must not end between: a day and its month, a number and what says which or of what
# it is.
_JOINED = re.compile(
    r"(?<!\d)(\d{1,2}\.) (?=(?:" + "|".join(get_month_names("wide", locale="da_DK").values())
    + r")\b)|\b((?:[Nn]r|kl|[Cc]a)\.) (?=\d)|(§) (?=\d)|(\d) (?=%)"
)  # fmt: skip


@lru_cache(maxsize=4_000)
def joined(text: str) -> str:
    """The text with a no-break space in its dates and numbers: `19. marts`, `nr. 7`, `95 %`.

    For what is set in lines (pages, papers); what is compared, copied or read by programs keeps
    ordinary spaces.
    """
    return _JOINED.sub(lambda match: match[0][:-1] + NO_BREAK_SPACE, text)


def danish_time(moment: str) -> str:
    """`19. marts 2025 kl. 14.05`, Danish time, of a moment in ISO 8601 with its zone."""
    local = datetime.fromisoformat(moment).astimezone(DENMARK)
    return f"{long_date(local.date())} kl. {local:%H.%M}"


def span(low: float, high: float) -> str:
    """Two percentages and what lies between: `8-50 %`; narrow ones with decimals: `46,0-46,4 %`."""
    decimals = _decimals_apart(low, high)
    return f"{number(low, decimals)}-{percent(high, decimals)}"


def interval(low: float, high: float) -> str:
    """A confidence interval in percent: `8-51 %`; a narrow one with decimals: `45,9-46,4 %`.

    Its ends are rounded outwards, so that what is shown contains the interval.
    """
    decimals = _decimals_apart(low, high)
    steps = 10**decimals
    first = math.floor(low * steps + NEAR_TIE) / steps
    last = math.ceil(high * steps - NEAR_TIE) / steps
    return f"{number(first, decimals)}-{percent(last, decimals)}"


def _decimals_apart(low: float, high: float) -> int:
    """The decimals that it takes for two numbers to be shown as two."""
    decimals = 0
    while decimals < _MOST_OF_AN_INTERVAL and number(low, decimals) == number(high, decimals):
        decimals += 1
    return decimals


@lru_cache(maxsize=4_000)
def partial_date(text: str) -> str:
    """A date of the sources as far as it is known: `11. marts 2025`, `januar 2025`, `2025`."""
    parts = text.split("-")
    if len(parts) == 3:
        return long_date(date.fromisoformat(text))
    return text if len(parts) == 1 else format_date(last_day(text), "MMMM y", locale="da_DK")


def counted(count: int, singular: str, plural: str) -> str:
    """`1 række`, `2.687 nye tal`: a number in digits with its words."""
    return f"{number(count, 0)} {singular if count == 1 else plural}"


def count_word(count: int) -> str:
    """Small numbers as words, as running text writes them: `tre`, from 13 on `13`."""
    return _WORDS[count] if 0 <= count < len(_WORDS) else number(count, 0)


def raw_number(value: float | None, decimals: int | None = None) -> str:
    """The number with a decimal point, as many decimals as its source wrote; empty when missing."""
    if value is None:
        return ""
    # Never 1e+16: that is no number to those who read it, our own checks included.
    shortest = format(Decimal(repr(value)), "f").removesuffix(".0")
    if decimals and len(shortest.partition(".")[2]) < decimals:
        return f"{value:.{decimals}f}"
    return shortest


def safe_text(text: str | None) -> str:
    """Text that no spreadsheet takes for a formula: an apostrophe goes before such a start."""
    if not text:
        return ""
    return "'" + text if text.startswith(_FORMULA_MARKS) else text
