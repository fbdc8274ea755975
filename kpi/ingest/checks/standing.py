"""Doubts about single figures that the file only repeats: a person has published them already.

A source that answers with all its years answers with the strange ones too, each year anew.
"""

from collections.abc import Sequence
from dataclasses import replace

import duckdb

from kpi.domain.errors import Problem
from kpi.domain.problem_codes import ProblemCode
from kpi.domain.vocabulary import FETCHED_BY

# Each is about the one figure at its place. What compares figures is about the other one as well.
_OF_ONE_FIGURE: frozenset[ProblemCode] = frozenset(("outlier", "not_whole"))


def with_standing(
    connection: duckdb.DuckDBPyConnection, problems: Sequence[Problem], values: str
) -> list[Problem]:
    """The problems; those of figures that stand are marked so. `values` is the column of figures.

    A figure stands where the file leaves it as it is published, and a person has published it: in
    data/, in a file (also under a source that it has no longer), or by approving a later one that
    the same recipe reads, where it was published by itself. On a line of several figures all must
    stand. Expects `valid` and `matched`.
    """
    lines = {
        problem.row
        for problem in problems
        if problem.code in _OF_ONE_FIGURE and problem.column == values and problem.row is not None
    }
    if not lines:
        return list(problems)
    rows = connection.execute(_STANDING, {"lines": sorted(lines), "by_itself": FETCHED_BY})
    standing = {line for (line,) in rows.fetchall()}
    return [
        replace(problem, stands=True)
        if problem.code in _OF_ONE_FIGURE
        and problem.column == values
        and problem.row in standing
        and not problem.more
        else problem
        for problem in problems
    ]


_STANDING = """
WITH own AS (
    SELECT valid.record, valid.line, valid.value, known_indicator.id AS indicator_id,
        known_area.id AS area_id, known_group.id AS group_id, known_period.id AS period,
        matched.record IS NOT NULL AND NOT matched.is_changed AS is_same
    FROM valid
    JOIN known_indicator ON known_indicator.number = valid.indicator
    JOIN known_area ON known_area.number = valid.area
    JOIN known_group ON known_group.number = valid.population_group
    JOIN known_period ON known_period.number = valid.period
    LEFT JOIN matched USING (record)
    WHERE valid.line IN (SELECT unnest($lines::INTEGER[]))
),
-- The newest publication that a person looked at, by each recipe.
looked_at AS (
    SELECT recipe, max(batch_id) AS latest
    FROM spor.batch
    WHERE state = 'published' AND published_by <> $by_itself AND recipe IS NOT NULL
    GROUP BY recipe
),
seen AS (
    SELECT DISTINCT own.record
    FROM own
    JOIN spor.observation AS published USING (indicator_id, area_id, group_id, period)
    JOIN spor.batch USING (batch_id)
    LEFT JOIN looked_at ON looked_at.recipe = batch.recipe
    WHERE own.is_same AND published.value = own.value AND batch.state = 'published'
        AND (batch.published_by <> $by_itself OR looked_at.latest > batch.batch_id)
)
SELECT own.line
FROM own
GROUP BY own.line
HAVING bool_and(own.record IN (FROM seen))
"""
