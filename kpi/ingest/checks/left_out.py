"""What a file seems to have left out: the end of its last line, the group of its rows."""

import duckdb

from kpi.domain.catalog import Catalog
from kpi.domain.errors import Problem
from kpi.domain.vocabulary import LEVEL_NAMES
from kpi.domain.wording import listing
from kpi.ingest.checks.problem_limit import MOST_OF_A_CODE, and_more
from kpi.ingest.mapping.column_mapping import Plan
from kpi.ingest.table.raw import RawTable

# The last line end may be followed by blanks, and by half a letter of UTF-16.
_BLANK, _MOST_BLANKS = b"\0 \t\x1a", 1_000
# A title and one row do not show how the file's lines end.
_FEWEST_LINE_ENDS = 2


def unended_line(content: bytes, table: RawTable) -> list[Problem]:
    """A warning where the last line of a CSV has no line end and the others do: it may be cut."""
    if not table.delimiter or _ends_with_line_end(content):
        return []
    ends = content.count(b"\n") or content.count(b"\r")
    if ends < _FEWEST_LINE_ENDS:
        return []
    return [
        Problem(
            "unended_line", "", ends + 1, None, None,
            "Den sidste linje mangler det linjeskift, som de andre har. Filen kan være afkortet.",
            "Kontrollér i kilden, at rækken er den sidste, og at dens tal er hele.",
        )
    ]  # fmt: skip


def _ends_with_line_end(content: bytes) -> bool:
    return content[-_MOST_BLANKS:].rstrip(_BLANK).endswith((b"\n", b"\r"))


def empty_groups(
    connection: duckdb.DuckDBPyConnection, table: RawTable, plan: Plan, catalog: Catalog
) -> list[Problem]:
    """A warning for each row without a group where most others have one.

    The others are those of the same indicator, or all of the file's.
    """
    # Asked of the few spellings first: most files fill all of the column or none.
    spellings = connection.execute(_SPELLINGS).fetchone()
    if spellings is None or not all(spellings):
        return []
    rows = connection.execute(_EMPTY_GROUPS, {"most": MOST_OF_A_CODE}).fetchall()
    indicators = list(catalog.indicators.values())
    column = plan.name_of("group_id", table)
    problems = []
    for line, number, _ in rows:
        group = catalog.groups[indicators[number].default_group].name
        problems.append(
            Problem(
                "empty_group", "", line, column, None,
                f"Gruppen mangler, men andre rækker har en. Rækken læses som »{group}«.",
                "Skriv gruppen i rækken, også når det er alle.",
            )
        )  # fmt: skip
    return and_more(problems, rows[0][-1] if rows else 0)


def groups_of_other_areas(
    connection: duckdb.DuckDBPyConnection, plan: Plan, catalog: Catalog
) -> list[Problem]:
    """A warning for each indicator whose own group has no figures in such areas, as others have.

    A file of municipalities that names no group is else stored as of the programme's families.
    """
    if "group_id" in plan.columns or "group_id" in plan.constants:
        return []
    problems = []
    for indicator_id, level, group_ids in connection.execute(_OTHER_AREAS).fetchall():
        indicator = catalog.indicators[indicator_id]
        groups = listing([f"»{catalog.groups[group_id].name}«" for group_id in group_ids])
        problems.append(
            Problem(
                "empty_group", "", None, None, None,
                f"{indicator.name}: Filen siger ikke, hvem tallene er for, og de gemmes som "
                f"»{catalog.groups[indicator.default_group].name}«. På niveauet "
                f"»{LEVEL_NAMES[level]}« er der kun udgivet tal for {groups}.",
                "Skriv gruppen i en kolonne, eller angiv den i en opskrift under [constant].",
            )
        )  # fmt: skip
    return problems


_OTHER_AREAS = """
WITH own AS (
    SELECT DISTINCT known_indicator.id AS indicator_id, known_group.id AS group_id, level
    FROM (SELECT DISTINCT indicator, population_group, area FROM valid) AS series
    JOIN known_indicator ON known_indicator.number = series.indicator
        AND default_group = population_group
    JOIN known_group ON known_group.number = population_group
    JOIN known_area ON known_area.number = series.area
),
published AS (
    SELECT DISTINCT now.indicator_id, now.group_id, level
    FROM spor.current_observation AS now JOIN known_area ON known_area.id = now.area_id
    WHERE now.indicator_id IN (SELECT indicator_id FROM own)
)
SELECT own.indicator_id, own.level, list(published.group_id ORDER BY published.group_id)
FROM own JOIN published USING (indicator_id, level)
GROUP BY own.indicator_id, own.level, own.group_id
HAVING NOT bool_or(published.group_id = own.group_id)
ORDER BY own.indicator_id, own.level
"""
_SPELLINGS = """
SELECT bool_or(id = ''), bool_or(id <> '') FROM word_group_id WHERE code IS NULL
"""
_EMPTY_GROUPS = """
WITH grouped AS (
    SELECT business.line, parsed_row.indicator, word_group_id.id = '' AS is_empty
    FROM business
    JOIN word_group_id ON word_group_id.spelling = business.group_id
    JOIN parsed_row USING (record)
    WHERE word_group_id.code IS NULL AND parsed_row.indicator IS NOT NULL
),
filled AS (
    SELECT indicator, count(*) FILTER (NOT is_empty) > count(*) FILTER (is_empty) AS is_filled
    FROM grouped GROUP BY indicator
),
whole AS (
    SELECT count(*) FILTER (NOT is_empty) > count(*) FILTER (is_empty) AS is_mostly_filled
    FROM grouped
),
empty AS (
    SELECT DISTINCT line, indicator
    FROM grouped JOIN filled USING (indicator), whole
    WHERE is_empty AND (is_filled OR is_mostly_filled)
)
SELECT line, indicator, count(*) OVER () AS every
FROM empty
ORDER BY line
LIMIT $most
"""
