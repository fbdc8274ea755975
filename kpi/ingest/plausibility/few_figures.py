"""How few figures a file has: of three rows nothing is said that takes four to see.

A check of a small file costs what its statements take to be planned, not what they read.
"""

from typing import NamedTuple

import duckdb

# Of more figures than this nothing else follows.
MOST_COUNTED = 8


class FewFigures(NamedTuple):
    """How many rows a file has, and how many of them have a published row; eight at most."""

    own: int
    published: int


def count_few(connection: duckdb.DuckDBPyConnection) -> FewFigures:
    """Counts no further than to eight. Expects `valid` and `published`."""
    ((own, published),) = connection.execute(_FEW, {"most": MOST_COUNTED}).fetchall()
    return FewFigures(own, published)


_FEW = """
SELECT (SELECT count(*) FROM (SELECT key FROM valid LIMIT $most)),
    (SELECT count(*) FROM (SELECT key FROM valid JOIN published USING (key) LIMIT $most))
"""
