"""New shares whose denominators are far from those before: right in percent, and of other persons.

A share of 71 % is as plausible of 200.000 as of 2.000.000. Its denominator counts people, who do
not become three times as many from one period to the next.
"""

import duckdb

from kpi.domain import format as fmt
from kpi.domain.catalog import Catalog
from kpi.domain.errors import Problem
from kpi.domain.period import parse_period
from kpi.domain.plausibility import CONFIRMED
from kpi.domain.series_break import is_across
from kpi.ingest.checks.faults import shown
from kpi.ingest.mapping.column_mapping import Plan
from kpi.ingest.table.raw import RawTable

# So many times as many, or as few, where both are this many at least: small groups may double.
_TIMES, _LEAST = 3.0, 50
_HINT = (
    "Kontrollér nævneren i kilden: er den af de samme personer, og har den de rigtige cifre? Er "
    f"den rigtig, så begynd noten med »{CONFIRMED}«."
)


def far_denominators(
    connection: duckdb.DuckDBPyConnection, table: RawTable, plan: Plan, catalog: Catalog
) -> list[Problem]:
    """A warning for each indicator and group with denominators far from those of the period before.

    Before is the published figure of the same key, else the newest earlier one; across a break
    nothing is compared. Expects `newest_figure` and `period_before` (newest.py).
    """
    if "denominator" not in plan.columns:
        return []
    limits = {"times": _TIMES, "least": _LEAST}
    indicators, areas = list(catalog.indicators.values()), list(catalog.areas.values())
    problems = []
    for number, period, before, area, now, earlier, count, line, text in connection.execute(
        _FAR, limits
    ).fetchall():
        indicator = indicators[number]
        if is_across(parse_period(period), parse_period(before), indicator):
            continue
        more = f" Det gælder {fmt.number(count, 0)} tal." if count > 1 else ""
        problems.append(
            Problem(
                "big_change", "", line, plan.name_of("denominator", table), shown(text),
                f"Nævneren for {areas[area].name} er {fmt.number(now, 0)} mod "
                f"{fmt.number(earlier, 0)} før.{more}",
                _HINT, weight=count,
            )
        )  # fmt: skip
    return problems


_FAR = """
WITH far AS (
    SELECT newest_figure.*, count(*) OVER of_series AS count, row_number() OVER of_series AS place
    FROM newest_figure
    LEFT JOIN candidate ON candidate.record = newest_figure.record
    ANTI JOIN confirmed_note ON confirmed_note.spelling = candidate.note
    WHERE least(newest_figure.denominator, earlier_denominator) >= $least
        AND newest_figure.denominator / earlier_denominator NOT BETWEEN 1 / $times AND $times
    WINDOW of_series AS (
        PARTITION BY indicator, population_group
        ORDER BY abs(ln(newest_figure.denominator / earlier_denominator)) DESC, newest_figure.record
        ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
    )
)
SELECT far.indicator, known_period.id, period_before.period, area, far.denominator,
    earlier_denominator, count, candidate.line, spelled_denominator.text
FROM far
JOIN period_before USING (indicator, population_group)
JOIN known_period ON known_period.number = far.period
LEFT JOIN candidate ON candidate.record = far.record
LEFT JOIN spelled_denominator ON spelled_denominator.spelling = candidate.denominator
WHERE place = 1
ORDER BY far.record
"""
