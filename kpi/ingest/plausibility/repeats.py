"""Figures that repeat each other: the same in every area, or the same as the period before."""

from collections import defaultdict

import duckdb

from kpi.domain import format as fmt
from kpi.domain.catalog import Catalog
from kpi.domain.errors import Problem
from kpi.domain.model import Indicator
from kpi.domain.period import parse_period
from kpi.domain.period_words import when
from kpi.domain.problem_codes import ProblemCode
from kpi.ingest.plausibility.evidence import exact

# Among fewer areas equal figures are common: how many must be equal in one period, and how many
# must repeat the period before. Of figures that are not whole one fewer is enough.
FEWEST_SAME, FEWEST_UNCHANGED = 5, 4
# Counts below this are often equal.
LEAST_COUNT = 10
_HINT_UNCHANGED = "Kontrollér, at tallene er af den nye periode og ikke er kopieret fra den før."
_HINT_SAME = "Kontrollér, at tallet ikke er kopieret ned gennem kolonnen."


def repeats(connection: duckdb.DuckDBPyConnection, catalog: Catalog) -> list[Problem]:
    """A warning for each indicator whose areas all have the same figure, or all the one before."""
    indicators = list(catalog.indicators.values())
    limits = {"same": FEWEST_SAME, "unchanged": FEWEST_UNCHANGED, "least": LEAST_COUNT}
    rows: dict[tuple[int, bool], list[tuple[str, int, float]]] = defaultdict(list)
    for number, period, count, lowest, is_same in connection.execute(_REPEATS, limits).fetchall():
        rows[number, is_same].append((period, count, lowest))
    problems = []
    for (number, is_same), periods in rows.items():
        indicator, (period, count, value) = indicators[number], periods[-1]
        begin = f"{indicator.name}: {_where(period, count, indicator, catalog)}"
        message = f"{begin} er {exact(value, indicator)}." if is_same else f"{begin} er som før."
        code: ProblemCode = "same_value" if is_same else "unchanged_period"
        hint = _HINT_SAME if is_same else _HINT_UNCHANGED
        if len(periods) > 1:
            message += f" Det gælder {fmt.number(len(periods), 0)} perioder."
        problems.append(Problem(code, "", None, None, None, message, hint, weight=len(periods)))
    return problems + _all_zero(connection, indicators)


def _where(period: str, count: int, indicator: Indicator, catalog: Catalog) -> str:
    moment = when(parse_period(period), indicator, catalog)
    return f"Alle {fmt.number(count, 0)} områders tal {moment}"


def _all_zero(connection: duckdb.DuckDBPyConnection, indicators: list[Indicator]) -> list[Problem]:
    if connection.execute(_ZEROS, {"same": FEWEST_SAME}).fetchone() == (0,):
        return []
    return [
        Problem("from_zero", "", None, None, None,
                f"{indicators[number].name}: Alle {fmt.number(count, 0)} tal i filen er 0.",
                "Kontrollér i kilden, om tallene er 0 eller mangler. Et tal, der mangler, skrives "
                "»..«.", weight=count)
        for number, count in connection.execute(_ALL_ZERO).fetchall()
    ]  # fmt: skip


_REPEATS = """
SELECT indicator, known_period.id, values_count, lowest, lowest = highest AS is_same
FROM share_of_period
JOIN known_indicator ON known_indicator.number = indicator
JOIN known_period ON known_period.number = share_of_period.period
WHERE (known_indicator.kind <> 'count' OR highest >= $least) AND highest <> 0 AND (
    (
        lowest = highest AND known_indicator.kind <> 'amount'
        AND values_count >= $same - (lowest <> floor(lowest))::INTEGER
        AND NOT (known_indicator.kind = 'proportion' AND highest = 100)
    ) OR (
        lowest < highest AND values_count >= $unchanged AND equal_count = values_count
    )
)
ORDER BY indicator, end_date, population_group
"""

_ZEROS = """
CREATE OR REPLACE TABLE zeros_of_file AS
SELECT indicator, sum(values_count)::BIGINT AS values_count
FROM share_of_period
GROUP BY indicator
HAVING min(lowest) = 0 AND max(highest) = 0 AND sum(values_count) >= $same
"""
# The zeros that a recipe fills in for rows its source leaves out are not the file's.
_ALL_ZERO = """
SELECT indicator, values_count
FROM zeros_of_file AS zero
WHERE NOT EXISTS (FROM valid WHERE valid.indicator = zero.indicator AND meaning = 'absent')
    AND EXISTS (FROM noted WHERE noted.indicator = zero.indicator AND earlier IS NULL)
ORDER BY indicator
"""
