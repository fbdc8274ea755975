"""Every key that publishing a file would add or change, written as CSV by the database itself."""

from collections.abc import Mapping
from pathlib import Path

import duckdb

from kpi.domain.catalog import Catalog
from kpi.domain.vocabulary import STATUS_NAMES

# As a person reads a change.
CHANGE_WORDS: Mapping[str, str] = {**STATUS_NAMES, "approximate": "omtrentlig"}


def write_changes(
    connection: duckdb.DuckDBPyConnection, catalog: Catalog, out: Path, *, with_figures: bool = True
) -> int:
    """Writes all of `difference` (kpi/ingest/checking.py) to a file; returns how many rows.

    CSV for a Danish Excel: UTF-8 mark, semicolons, decimal comma. The changed keys come first,
    each in the order of the file's rows. A new key has neither value nor status before. Ids have
    only letters and digits, so no cell can be taken for a formula. Not `with_figures`, those of the
    file are »skjult«, but for such as are published already and only get another source.
    """
    numbers = {
        "sources": list(catalog.sources),
        "statuses": list(CHANGE_WORDS),
        "words": list(CHANGE_WORDS.values()),
        "left_out": not with_figures,
        "hidden": STATUS_NAMES["suppressed"],
    }
    connection.execute(_WRITTEN)
    (rows,) = connection.execute("SELECT count(*) FROM difference").fetchone() or (0,)
    connection.sql(_EVERY, params=numbers).write_csv(str(out), sep=";", header=True)
    return int(rows)


# A number as it is written out, with a decimal comma and never as 1e+16.
_WRITTEN = """
CREATE OR REPLACE TEMP MACRO written(number) AS replace(
    CASE
        WHEN abs(number) >= 1e15 OR (number <> 0 AND abs(number) < 1e-4) THEN coalesce(
            regexp_replace(TRY_CAST(number AS DECIMAL(38, 15))::VARCHAR, '\\.?0+$', ''),
            number::VARCHAR
        )
        ELSE regexp_replace(number::VARCHAR, '\\.0$', '')
    END, '.', ',');

CREATE OR REPLACE TEMP MACRO written_value(status, number, low, high) AS CASE
    WHEN status = 'range' THEN written(low) || '-' || written(high)
    ELSE written(number)
END
"""

_EVERY = """
SELECT line AS "\ufeffRække", CASE WHEN is_new THEN 'Nyt tal'
        WHEN is_hidden THEN 'Skjult, kan ikke sammenlignes'
        WHEN is_reattributed THEN 'Samme tal, ny kilde' ELSE 'Ændret' END AS "Hvad",
    known_indicator.id AS "Nøgletal", known_area.id AS "Område", known_group.id AS "Gruppe",
    known_period.id AS "Periode",
    written_value(old_status, old_value, old_low, old_high) AS "Før",
    CASE WHEN $left_out AND NOT is_reattributed AND coalesce(value, low, high) IS NOT NULL
        THEN $hidden ELSE written_value(status, value, low, high) END AS "Efter",
    $words[list_position($statuses, old_status::VARCHAR)] AS "Status før",
    $words[list_position($statuses, status::VARCHAR)] AS "Status",
    $sources[old_source + 1] AS "Kilde før", $sources[source + 1] AS "Kilde"
FROM difference
JOIN known_indicator ON known_indicator.number = difference.indicator
JOIN known_area ON known_area.number = difference.area
JOIN known_group ON known_group.number = difference.population_group
JOIN known_period ON known_period.number = difference.period
ORDER BY is_reattributed, is_new, record
"""
