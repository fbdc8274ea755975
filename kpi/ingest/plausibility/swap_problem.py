"""The problem of series that have each other's figures, with a figure of each as evidence."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import duckdb

from kpi.domain.errors import Problem
from kpi.domain.model import Indicator
from kpi.domain.wording import first_listed, listing
from kpi.ingest.checks.faults import shown
from kpi.ingest.plausibility.evidence import cells_of, exact

_NAMES_SHOWN = 5
# Every series is looked at in the areas with most figures: expects `newest_figure` and $probed.
PROBED_FIGURES = """
WITH probed AS (
    SELECT area FROM newest_figure GROUP BY area ORDER BY count(*) DESC, area LIMIT $probed
),
figure AS (
    SELECT newest_figure.* FROM newest_figure SEMI JOIN probed USING (area)
    WHERE earlier IS NOT NULL
)"""
HINT = "Kontrollér i kilden, at {} ikke er byttet om."


@dataclass(frozen=True)
class Side:
    """One of two swapped series: what it is called, its figures, and the record of the new one."""

    name: str
    value: float
    earlier: float
    record: int


def sides_of(names: tuple[str, str], figures: list[Any]) -> tuple[Side, Side]:
    """Two series by name; `figures` is value, earlier value and record of each in turn."""
    first, second = figures[:3], figures[3:]
    return Side(names[0], *first), Side(names[1], *second)


def swap_problem(
    connection: duckdb.DuckDBPyConnection,
    column: str | None,
    sides: Sequence[Side],
    indicator: Indicator,
    sentence: str,
    hint: str,
    weight: float,
) -> Problem:
    """The problem, stated at the first side's record.

    `sentence` has a place for the names and one for the evidence, `weight` is how much is swapped.
    """
    line, text = cells_of(connection, [sides[0].record]).get(sides[0].record, (None, None))
    names = first_listed([f"»{side.name}«" for side in sides], _NAMES_SHOWN)
    evidence = listing([
        f"»{side.name}« {exact(side.value, indicator)} mod {exact(side.earlier, indicator)} før"
        for side in sides[:_NAMES_SHOWN]
    ])  # fmt: skip
    return Problem(
        "swapped", "", line, column, shown(text),
        sentence.format(names, evidence), hint, weight=weight,
    )  # fmt: skip
