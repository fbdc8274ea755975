"""What guarded the rows ever published: the strictest that was ever said of each of them.

Metadata may be corrected, withdrawn or left out of data/ when its figures are no longer current.
Earlier days show those figures all the same, so what guarded them must not go with it.
"""

import duckdb

from kpi.domain.kinds import KIND_PROPERTIES
from kpi.domain.vocabulary import Kind

# Taken for a source of which nothing at all is known any more, where no other is stricter.
_LIMIT = 5

# The kinds whose persons the SQL of counting.py, concerned.py and implied_elsewhere.py counts: the
# two that it names, and all whose number of all is the number of persons.
GUARDED: frozenset[Kind] = frozenset(
    kind
    for kind, properties in KIND_PROPERTIES.items()
    if kind in ("count", "proportion") or properties.persons_in == "denominator"
)


def keep_strictest(connection: duckdb.DuckDBPyConnection) -> None:
    """Brings strictest_limit, counted_kind, ever_within and ever_part_of up to today's metadata.

    Expects `published_by` of outline.py.
    Of a publication whose source or indicator nobody remembers: the highest limit of all, and that
    it counts persons. A kind of indicator whose persons no rule counts is a fault of the program
    (LookupError): its small numbers would be shown.
    """
    connection.execute(_KEEP_LIMITS, {"limit": _LIMIT})
    connection.execute(_KEEP_KINDS)
    for (kind,) in connection.execute("SELECT DISTINCT kind FROM counted_kind").fetchall():
        if kind not in GUARDED:
            raise LookupError(f"no rule for the persons behind an indicator of kind {kind}")
    connection.execute(_KEEP_PLACES)


# Of two a hidden number would be one: whoever sees that it is hidden knows it.
# A publication that was put out by a program which kept nothing of this: all that was ever said.
_KEEP_LIMITS = """
CREATE OR REPLACE TABLE strictest_limit AS
WITH published AS (SELECT DISTINCT source_id, batch_id FROM published_by),
limits AS (
    SELECT source_id, batch_id, min_cell, coalesce(lowest_limit, min_cell) AS lowest_limit
    FROM strictest_limit
    UNION ALL
    SELECT source_id, batch_id, min_cell, min_cell FROM published JOIN source USING (source_id)
    UNION ALL
    SELECT source_id, batch_id, min_cell, min_cell
    FROM published
    ANTI JOIN strictest_limit USING (source_id, batch_id)
    JOIN source_row USING (source_id)
    WHERE batch_id <= (SELECT max(batch_id) FROM put_out)
)
SELECT source_id, batch_id, if(strictest = 2, 3, strictest)::INTEGER AS min_cell,
    lowest_limit::INTEGER AS lowest_limit
FROM (
    SELECT source_id, batch_id,
        coalesce(max(min_cell), greatest($limit, (SELECT max(min_cell) FROM limits))) AS strictest,
        min(lowest_limit) FILTER (lowest_limit > 2) AS lowest_limit
    FROM published LEFT JOIN limits USING (source_id, batch_id)
    GROUP BY source_id, batch_id
)
ORDER BY ALL
"""

# What ever counted persons does so; else the kind that was known first.
_KEEP_KINDS = """
CREATE OR REPLACE TABLE counted_kind AS
WITH published AS (SELECT DISTINCT indicator_id, batch_id FROM published_by),
kinds AS (
    SELECT indicator_id, batch_id, kind, 1 AS place FROM counted_kind
    UNION ALL
    SELECT indicator_id, batch_id, kind, 2 FROM published JOIN indicator USING (indicator_id)
    UNION ALL
    SELECT indicator_id, batch_id, kind, 3
    FROM published
    ANTI JOIN counted_kind USING (indicator_id, batch_id)
    JOIN indicator_row USING (indicator_id)
    WHERE batch_id <= (SELECT max(batch_id) FROM put_out)
)
SELECT indicator_id, batch_id,
    coalesce(
        arg_min(kind, (if(kind IN ('count', 'proportion'), 0, 1), place, kind)), 'count'
    ) AS kind
FROM published LEFT JOIN kinds USING (indicator_id, batch_id)
GROUP BY indicator_id, batch_id
ORDER BY ALL
"""

_KEEP_PLACES = """
CREATE OR REPLACE TABLE ever_within AS
FROM ever_within UNION SELECT area_id, level, parent_id FROM area
ORDER BY ALL;
CREATE OR REPLACE TABLE ever_part_of AS
FROM ever_part_of UNION SELECT group_id, coalesce(part_of, '') FROM population_group
ORDER BY ALL
"""
