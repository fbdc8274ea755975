"""How groups and areas lie in each other, by all that was ever said of them."""

from dataclasses import dataclass

import duckdb

from kpi.suppression.areas import Areas, areas_of
from kpi.suppression.groups import NO_GROUPS, Groups, PartOf, parse_part_of


@dataclass(frozen=True)
class Ties:
    """How groups and areas lie in each other: groups today, where that changed ever, areas ever."""

    groups: Groups
    former: Groups
    areas: Areas


def read_ties(connection: duckdb.DuckDBPyConnection) -> Ties:
    """The ties of a version; expects what kpi/store/strictest.py keeps to be up to date."""
    rows = connection.execute("SELECT group_id, coalesce(part_of, '') FROM population_group")
    groups = {group_id: parse_part_of(text) for group_id, text in rows.fetchall()}
    ever: dict[str, tuple[PartOf, ...]] = {}
    for group_id, text in connection.execute("FROM ever_part_of ORDER BY ALL").fetchall():
        ever[group_id] = tuple(dict.fromkeys((*ever.get(group_id, ()), *parse_part_of(text))))
    groups = {group_id: ever[group_id] for group_id in ever.keys() - groups.keys()} | groups
    is_as_ever = all({*parts} == {*groups[group_id]} for group_id, parts in ever.items())
    areas = areas_of(
        connection.execute(_AREAS).fetchall(), connection.execute(_SUCCESSIONS).fetchall()
    )
    return Ties(groups, NO_GROUPS if is_as_ever else ever, areas)


_AREAS = """
SELECT ever_within.area_id, ever_within.level, ever_within.parent_id, area.code
FROM ever_within LEFT JOIN area USING (area_id)
ORDER BY ALL
"""
# Ever said: who merged two areas knows what they were.
_SUCCESSIONS = """
WITH said AS (
    SELECT area_id, succeeded_by FROM area
    UNION
    SELECT area_id, succeeded_by FROM area_row
)
SELECT DISTINCT area_id, trim(later.id)
FROM said, unnest(string_split(succeeded_by, ';')) AS later(id)
WHERE trim(later.id) NOT IN ('', area_id)
ORDER BY ALL
"""
