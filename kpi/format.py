"""Every number and date that a person sees, in Danish. Data exports keep raw numbers instead."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from babel.dates import format_date
from babel.numbers import format_decimal

from kpi.model import Indicator, Observation

NO_BREAK_SPACE = "\u00a0"
MINUS = "\u2212"
MISSING = "–"

# unit: one, several. Counts are shown bare on cards, with these words in sentences.
_UNIT_WORDS = {
    "percent": ("%", "%"),
    "persons": ("person", "personer"),
    "families": ("familie", "familier"),
    "courses": ("forløb", "forløb"),
    "places": ("plads", "pladser"),
    "months": ("måned", "måneder"),
    "workshops": ("workshop", "workshops"),
    "cases": ("sag", "sager"),
    "actors": ("aktør", "aktører"),
    "hours_per_week": ("time", "timer"),
    "dkk_per_year": ("kr.", "kr."),
    "notifications": ("underretning", "underretninger"),
}

_UNIT_NAMES = {
    "percent": "procent",
    "hours_per_week": "timer pr. uge",
    "dkk_per_year": "kr. pr. år",
}

_WORDS = (
    "nul", "én", "to", "tre", "fire", "fem", "seks", "syv", "otte", "ni", "ti", "elleve", "tolv",
)  # fmt: skip


def known_units() -> tuple[str, ...]:
    """The units an indicator may have."""
    return tuple(_UNIT_WORDS)


def unit_name(unit: str) -> str:
    """The unit as a chart's subtitle names it: `procent`, `timer pr. uge`, `familier`."""
    return _UNIT_NAMES.get(unit, _UNIT_WORDS[unit][1])


@lru_cache(maxsize=100_000)
def number(value: float | None, decimals: int, sign: bool = False) -> str:
    """`1.234,5`: Danish marks, rounded half up, true minus; `–` when there is no value.

    With `sign`, a positive number gets its plus.
    """
    if value is None:
        return MISSING
    rounded = round_half_up(value, decimals)
    text = format_decimal(
        abs(rounded), format="#,##0" + ("." + "0" * decimals if decimals else ""), locale="da_DK"
    )
    if rounded < 0:
        return MINUS + text
    return "+" + text if sign and rounded > 0 else text


def round_half_up(value: float, decimals: int) -> Decimal:
    """`value` rounded as people round: 2,5 to 3 and −2,5 to −3. Exact on the shortest decimal form."""
    return Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def with_unit(text: str, unit: str, one: bool = False) -> str:
    """A formatted number and its unit word, kept on one line: `37 timer`, `70,0 %`."""
    return text + NO_BREAK_SPACE + _UNIT_WORDS[unit][0 if one else 1]


def amount(value: float | None, indicator: Indicator, decimals: int | None = None) -> str:
    """A value of the indicator: `70,0 %`, `37 timer`, `400.000 kr.`; counts and means bare.

    `decimals` is how many the source wrote; never more than the indicator's own are shown.
    """
    shown = indicator.decimals if decimals is None else min(decimals, indicator.decimals)
    text = number(value, shown)
    if value is None or indicator.kind in ("count", "mean"):
        return text
    return with_unit(text, indicator.unit, one=abs(value) == 1)


def bare(observation: Observation, indicator: Indicator) -> str:
    """The value without its unit, for labels inside a chart: `70,0`, `ca. 33`, `skjult`, `–`."""
    if observation.status == "suppressed":
        return hidden(indicator)
    if observation.value is None:
        return MISSING
    value, decimals = measured(observation, indicator)
    shown = indicator.decimals if decimals is None else min(decimals, indicator.decimals)
    text = number(value, shown)
    return f"ca.{NO_BREAK_SPACE}{text}" if observation.is_approximate else text


def display(observation: Observation, indicator: Indicator) -> str:
    """The value as a person reads it: `70,0 %`, `ca. 50 %`, `37 timer`, `<5`, `skjult`, `–`."""
    if observation.value is None or observation.status == "suppressed":
        return bare(observation, indicator)
    value, decimals = measured(observation, indicator)
    text = amount(value, indicator, decimals)
    return f"ca.{NO_BREAK_SPACE}{text}" if observation.is_approximate else text


def measured(observation: Observation, indicator: Indicator) -> tuple[float | None, int | None]:
    """The value to compare and show, and its decimals.

    A proportion whose counts are known is counted afresh from them (21 af 68 is 30,9 %, also where
    the paper rounds it to 30 %); every other value is the published one.
    """
    if indicator.is_proportion and observation.has_counts and observation.value is not None:
        assert observation.numerator is not None and observation.denominator
        return 100 * observation.numerator / observation.denominator, None
    return observation.value, observation.decimals


def hidden(indicator: Indicator, min_cell: int = 5) -> str:
    """What stands for a hidden value: `<5` for a count, `skjult` for all else."""
    return f"<{min_cell}" if indicator.kind == "count" else "skjult"


def counts(observation: Observation) -> str | None:
    """`21 af 68`, or None where numerator or denominator is unknown."""
    if not observation.has_counts:
        return None
    return n_of_n(observation.numerator, observation.denominator)


def n_of_n(part: float | None, whole: float | None) -> str:
    """`21 af 68`, kept on one line."""
    return f"{number(part, 0)}{NO_BREAK_SPACE}af{NO_BREAK_SPACE}{number(whole, 0)}"


def gap(gap_points: float, indicator: Indicator, sign: bool = True) -> str:
    """A difference in the unit's own step: `−7,2 procentpoint`, `−12 timer`."""
    text = number(gap_points, indicator.decimals, sign)
    if indicator.is_proportion:
        return f"{text}{NO_BREAK_SPACE}procentpoint"
    return with_unit(text, indicator.unit, one=abs(gap_points) == 1)


def percent(value: float | None, decimals: int = 1, sign: bool = False) -> str:
    """`25,4 %` with a no-break space; `–` when there is no value."""
    return MISSING if value is None else number(value, decimals, sign) + NO_BREAK_SPACE + "%"


def long_date(day: date) -> str:
    """`19. marts 2025`."""
    return format_date(day, "d. MMMM y", locale="da_DK")


def count_word(count: int) -> str:
    """Small numbers as words, as running text writes them: `tre`, from 13 on `13`."""
    return _WORDS[count] if 0 <= count < len(_WORDS) else number(count, 0)
