"""Few persons whom two counts leave, where a share declares that one is a part of the other.

A share of which `numerator_id` and `denominator_id` are counts says by its metadata that those of
one are among those of the other. So 60 in all and 57 with a job are three without, also where the
share has no row itself, or none anywhere. Nothing else that is published says them, so the part is
hidden there.
"""

import duckdb


def keep_declared_parts(connection: duckdb.DuckDBPyConnection) -> bool:
    """Adds the counts that leave few persons of those they are among to `stays_hidden`.

    True if any row is new there. Expects `declared_count`; asks for all rows ever published, as
    who remembers one of the two has both. A whole that is not shown itself leaves none.
    """
    connection.execute(_DECLARED)
    if connection.table("declared_part").limit(1).fetchone() is None:
        return False
    return connection.execute(_KEEP).fetchone() is not None


_DECLARED = """
CREATE OR REPLACE TEMP TABLE declared_part AS
SELECT DISTINCT part.other_id AS part_id, whole.other_id AS whole_id
FROM declared_count AS part
JOIN declared_count AS whole USING (indicator_id)
JOIN (
    SELECT indicator_id FROM indicator WHERE kind = 'proportion'
    UNION
    SELECT indicator_id FROM counted_kind WHERE kind = 'proportion'
) USING (indicator_id)
WHERE part.name = 'numerator' AND whole.name = 'denominator' AND part.other_id <> whole.other_id
"""
_KEEP = """
INSERT INTO stays_hidden
WITH number AS (
    SELECT indicator_id, area_id, group_id, period, source_id, batch_id, value, min_cell
    FROM observation
    JOIN counted_kind USING (indicator_id, batch_id)
    JOIN strictest_limit USING (source_id, batch_id)
    WHERE kind = 'count' AND NOT removed AND value IS NOT NULL
        AND status NOT IN ('at_least', 'at_most', 'range', 'approximate')
        AND indicator_id IN (
            SELECT part_id FROM declared_part UNION SELECT whole_id FROM declared_part
        )
)
SELECT DISTINCT part.indicator_id, area_id, group_id, period, part.source_id, part.batch_id
FROM number AS part
JOIN declared_part ON declared_part.part_id = part.indicator_id
JOIN number AS whole USING (area_id, group_id, period)
WHERE whole.indicator_id = whole_id AND part.min_cell > 0 AND part.value >= part.min_cell
    AND whole.value > part.value AND whole.value - part.value < greatest(part.min_cell,
        whole.min_cell)
EXCEPT FROM stays_hidden
RETURNING 1
"""
