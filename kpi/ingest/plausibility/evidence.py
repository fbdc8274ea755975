"""A figure and the one it is compared with, in words: evidence for a person."""

import math
from collections.abc import Collection

import duckdb

from kpi.domain import format as fmt
from kpi.domain.catalog import Catalog
from kpi.domain.model import Indicator
from kpi.domain.period import parse_period
from kpi.domain.period_words import when
from kpi.domain.plausibility import CONFIRMED

# What to do about a strange value that may be right.
CHECK_IN_SOURCE = f"Kontrollér tallet i kilden. Er det rigtigt, så begynd noten med »{CONFIRMED}«."
_MOST_DECIMALS = 4
# How far from a power of ten the middle ratio of many figures is where it is that power.
_SLACK_OF_TEN, _SLACK = 1.15, 1.6


def exact(value: float, indicator: Indicator) -> str:
    """A value with the decimals it has, at most four: `0,571 %` of an indicator that shows one."""
    decimals = indicator.decimals
    while decimals < _MOST_DECIMALS and abs(round(value, decimals) - value) > 1e-9 * abs(value):
        decimals += 1
    return fmt.amount(value, indicator, decimals)


def beside_words(earlier: float, period: str | None, indicator: Indicator, catalog: Catalog) -> str:
    """`70,0 % i 2022`; without a period the published figure of the same key."""
    known = exact(earlier, indicator)
    if period is None:
        return f"det udgivne tal, {known}"
    return f"{known} {when(parse_period(period), indicator, catalog)}"


def power_of(ratio: float) -> int:
    """The whole power of ten that is nearest to a ratio above 0: 3 of 800, -2 of 0.0081."""
    return round(math.log10(ratio))


def times_words(power: int) -> str:
    """`10 gange større`, `1.000 gange mindre`."""
    size = fmt.number(10 ** abs(power), 0)
    return f"{size} gange {'større' if power > 0 else 'mindre'}"


def is_power(ratio: float) -> bool:
    """Whether a ratio may be a power of ten that changed beside: figures in another unit.

    Twelve times is no ten times: it is twelve months. A fifth is no tenth, 7.5 is euro.
    """
    slack = _SLACK_OF_TEN if abs(power_of(ratio)) == 1 else _SLACK
    return 1 / slack <= max(ratio, 1 / ratio) / 10.0 ** abs(power_of(ratio)) <= slack


def ratio_words(ratio: float) -> str:
    """`7,5 gange mindre`, `25 gange større` of a ratio that is no power of ten."""
    size = max(ratio, 1 / ratio)
    return f"{fmt.number(size, 0 if size >= 10 else 1)} gange {'større' if ratio > 1 else 'mindre'}"


def multiplied(indicator: Indicator, scale: float, power: int) -> str:
    """The answers a person may give, as options; `1` first where the factor already is wrong."""
    factor = scale * 10.0**-power
    unit = "tallene procent" if indicator.is_proportion else "tallene rigtige"
    if round(factor, 9) == 1:
        return f"Er {unit}, som de står i filen: --scale 1."
    times = f"{factor:.10g}"
    danish = times.replace(".", ",")
    return f"Ja, gang med {danish}: --scale {times}. Er {unit}, som de er: --scale 1."


def mended_in_file(indicator: Indicator) -> str:
    """The remedy where no one factor is right for all of the file."""
    unit = "tallene procent" if indicator.is_proportion else "tallene rigtige"
    return f"Ret tallene i filen, så alle er af samme størrelse. Er {unit}, som de er: --scale 1."


def in_own_unit(indicator: Indicator) -> str:
    """The remedy where figures are of another size, and no power of ten explains it."""
    unit = "tallene procent" if indicator.is_proportion else "tallene rigtige"
    return (
        "Kontrollér, hvad tallene er, og hent dem i nøgletallets enhed. "
        f"Er {unit}, som de er: --scale 1."
    )


def cells_of(
    connection: duckdb.DuckDBPyConnection, records: Collection[int]
) -> dict[int, tuple[int | None, str | None]]:
    """The line and the text of the value of each of these records that the file has."""
    if not records:
        return {}
    rows = connection.execute(_CELLS, {"records": list(records)}).fetchall()
    return {record: (line, text) for record, line, text in rows}


_CELLS = """
SELECT record, candidate.line, spelled_value.text
FROM candidate JOIN spelled_value ON spelled_value.spelling = candidate.value
WHERE record IN (SELECT unnest($records))
"""
