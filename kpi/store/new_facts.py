"""What a file contains of names that Spor does not know yet: its values, and whose they are.

The file is read as if the new names were known already. Nothing is written anywhere.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from kpi.domain.catalog import Catalog
from kpi.domain.errors import Problem
from kpi.domain.model import Indicator, Observation, PopulationGroup, Source
from kpi.domain.period import parse_period
from kpi.ingest.checking import check
from kpi.ingest.mapping.choices import Choices
from kpi.ingest.mapping.recipe import all_recipes
from kpi.ingest.table.raw import Upload
from kpi.store import versions as place
from kpi.store.connection import compared_with
from kpi.store.uploads import recipe_folders

# What the new indicator, and each group and source that is not known, is called while it is read.
NEW_ID = "nyt_udkast"
# The source of a file whose source nobody has chosen yet, and the limit that it is read with.
OPEN_SOURCE = f"{NEW_ID}_kilde"
_USUAL_LEAST = 5
_MOST_ROWS = 20_000


@dataclass(frozen=True)
class SameFigures:
    """An indicator that is published already with the file's own figures.

    `shared` counts the areas and periods that both have a figure of, `equal` those of them where it
    is the same.
    """

    indicator_id: str
    shared: int
    equal: int


@dataclass(frozen=True)
class NewFacts:
    """What the file's rows of one indicator contain.

    `observations` are those that were understood, under the id that was asked for: every period of
    the areas asked for, and of all areas the newest period, at most 20,000. `rows` counts the
    file's rows of the indicator, `empty` and `hidden` those without a value. `lowest`, `highest`
    and `decimals` are of its exact values, `is_whole` says that none has decimals, `has_percent`
    that cells have the percent sign. `area_ids`, `group_ids` and `source_ids` are known ones, in
    the catalog's order; `used_areas` are the areas that the file's indicators have figures of
    already. `medians` (group, period) are of the municipalities but the first area asked for, where
    three or more have a value. `periods` are all that it has, `same` the indicators that nearly all
    its figures are published as. `columns` and `title` are the file's, as its table has them.
    `problems` is what checking reports of the file then.
    """

    observations: tuple[Observation, ...] = ()
    rows: int = 0
    empty: int = 0
    hidden: int = 0
    lowest: float | None = None
    highest: float | None = None
    decimals: int = 0
    is_whole: bool = False
    has_percent: bool = False
    area_ids: tuple[str, ...] = ()
    group_ids: tuple[str, ...] = ()
    source_ids: tuple[str, ...] = ()
    used_areas: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    title: str = ""
    medians: Mapping[tuple[str, str], float] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    periods: tuple[str, ...] = ()
    same: tuple[SameFigures, ...] = ()


def with_unknown(
    catalog: Catalog,
    indicator_names: Sequence[str] = (),
    group_names: Sequence[str] = (),
    source_names: Sequence[str] = (),
) -> Catalog:
    """The catalog with the names that a file uses and nobody knows; the first indicator is NEW_ID.

    It is good for reading alone: what the names stand for is not known.
    """
    groups = [PopulationGroup(_numbered(n), name, "", None) for n, name in enumerate(group_names)]
    sources = [Source(_numbered(n), name, "", "", "", 0) for n, name in enumerate(source_names)]
    sources.append(Source(OPEN_SOURCE, "ikke valgt endnu", "", "", "", _USUAL_LEAST))
    theme_id, group_id = next(iter(catalog.themes), ""), _everyone(catalog)
    indicators = [
        Indicator(
            _numbered(n), theme_id, name, name, "mean", "persons", "neutral", 0, False, group_id,
            "", "",
        )
        for n, name in enumerate(indicator_names or [""])
    ]  # fmt: skip
    return replace(
        catalog,
        indicators={
            **catalog.indicators,
            **{indicator.indicator_id: indicator for indicator in indicators},
        },
        groups={**catalog.groups, **{group.group_id: group for group in groups}},
        sources={**catalog.sources, **{source.source_id: source for source in sources}},
    )


def _numbered(number: int) -> str:
    return f"{NEW_ID}_{number}" if number else NEW_ID


def _everyone(catalog: Catalog) -> str:
    return "all" if "all" in catalog.groups else next(iter(catalog.groups), "")


def read_new_facts(
    upload: Upload,
    choices: Choices,
    catalog: Catalog,
    area_ids: Sequence[str],
    indicator_id: str = NEW_ID,
    home: Path | None = None,
) -> NewFacts:
    """What a file contains of an indicator of the catalog, also of one that `with_unknown` made.

    Without an indicator (empty text), of all that it is about. Empty facts, with the problems,
    where the file cannot be understood so far.
    """
    home = home or place.home_folder()
    version = place.current_version(home)
    with compared_with(place.version_path(home, version), upload.size) as connection:
        recipes = partial(all_recipes, recipe_folders(home))
        checked = check(connection, upload, catalog, choices, recipes)
        facts = NewFacts(columns=checked.columns, title=checked.title, problems=checked.problems)
        if not connection.execute(_IS_UNDERSTOOD).fetchone():
            return facts
        asked = {"indicator": indicator_id}
        counted = connection.execute(_COUNTED, asked).fetchone() or ()
        rows = connection.execute(
            _ROWS, {**asked, "areas": list(area_ids), "most": _MOST_ROWS}
        ).fetchall()
        without = area_ids[0] if area_ids else ""
        medians = connection.execute(_MEDIANS, {**asked, "without": without}).fetchall()
        same = connection.execute(_SAME, asked | _ENOUGH_ALIKE).fetchall()
        named = {
            role: tuple(text for (text,) in connection.execute(sql, asked).fetchall())
            for role, sql in _NAMED.items()
        }
    total, empty, hidden, lowest, highest, decimals, is_whole, has_percent = counted
    return replace(
        facts,
        observations=tuple(
            Observation(indicator_id, area, group, parse_period(period), *values)
            for area, group, period, *values in rows
        ),
        rows=total,
        empty=empty,
        hidden=hidden,
        lowest=lowest,
        highest=highest,
        decimals=decimals or 0,
        is_whole=bool(is_whole),
        has_percent=bool(has_percent),
        area_ids=named["area_ids"],
        group_ids=named["group_ids"],
        source_ids=named["source_ids"],
        used_areas=named["used_areas"],
        periods=named["periods"],
        same=tuple(SameFigures(*counts) for counts in same),
        medians={(group, period): value for group, period, value in medians},
    )


_IS_UNDERSTOOD = "SELECT 1 FROM information_schema.tables WHERE table_name = 'parsed_row'"

# Limits and what is only approximate say little of how a figure is written.
_COUNTED = """
SELECT count(*), count(*) FILTER (value IS NULL AND meaning = 'empty'),
    count(*) FILTER (meaning IN ('missing', 'suppressed')),
    min(value), max(value),
    max(decimals) FILTER (value IS NOT NULL AND NOT approximate),
    bool_and(value = trunc(value)), bool_or(percent)
FROM parsed_row
WHERE NOT ignored AND ($indicator = ''
    OR indicator = (SELECT number FROM known_indicator WHERE id = $indicator))
"""

_ROWS = """
WITH ours AS (
    SELECT parsed_row.*, known_period.id AS period_id, end_date, start_date
    FROM parsed_row
    JOIN known_period ON known_period.number = parsed_row.period
    WHERE indicator = (SELECT number FROM known_indicator WHERE id = $indicator)
        AND key IS NOT NULL AND NOT ignored AND NOT misread AND status IS NOT NULL
)
SELECT known_area.id, known_group.id, period_id, value, numerator, denominator, status::VARCHAR,
    CASE WHEN value IS NOT NULL AND NOT typed THEN decimals END, NULL, NULL, known_source.id, low,
    high, coalesce(measured::VARCHAR, 'over')
FROM ours
JOIN known_area ON known_area.number = ours.area
JOIN known_group ON known_group.number = ours.population_group
JOIN known_source ON known_source.number = ours.source
WHERE list_contains($areas::VARCHAR[], known_area.id)
    OR end_date = (SELECT max(end_date) FROM ours)
    OR known_area.number = (SELECT area FROM ours ORDER BY record LIMIT 1)
ORDER BY end_date DESC, start_date, known_area.number
LIMIT $most
"""

_MEDIANS = """
SELECT known_group.id, known_period.id, median(value)
FROM parsed_row
JOIN known_area ON known_area.number = parsed_row.area
JOIN spor.area ON area.area_id = known_area.id AND area.level = 'municipality'
JOIN known_group ON known_group.number = parsed_row.population_group
JOIN known_period ON known_period.number = parsed_row.period
WHERE indicator = (SELECT number FROM known_indicator WHERE id = $indicator)
    AND key IS NOT NULL AND NOT ignored AND NOT misread
    AND value IS NOT NULL AND NOT is_bound AND known_area.id <> $without
GROUP BY ALL
HAVING count(*) >= 3
"""

# A fifth of the figures may have been corrected since; fewer, or all alike, are equal by chance.
_ENOUGH_ALIKE = {"probed": 2_000, "fewest": 8, "values": 5, "part": 0.8}
# Whatever the group: the file may name none. Hidden figures are nobody's to compare with.
_SAME = """
WITH own AS (
    SELECT known_area.id AS area_id, known_period.id AS period, value
    FROM parsed_row
    JOIN known_area ON known_area.number = parsed_row.area
    JOIN known_period ON known_period.number = parsed_row.period
    WHERE indicator = (SELECT number FROM known_indicator WHERE id = $indicator)
        AND key IS NOT NULL AND NOT ignored AND NOT misread AND value IS NOT NULL AND NOT is_bound
    ORDER BY hash(record) LIMIT $probed
),
compared AS (
    SELECT published.indicator_id, own.area_id, own.period, any_value(own.value) AS value,
        bool_or(abs(published.value - own.value) < 1e-9) AS is_equal
    FROM own JOIN spor.current_observation AS published USING (area_id, period)
    WHERE published.value IS NOT NULL AND NOT coalesce(published.is_hidden, false)
    GROUP BY ALL
)
SELECT indicator_id, count(*), count(*) FILTER (is_equal)
FROM compared
GROUP BY indicator_id
HAVING count(*) FILTER (is_equal) >= greatest($fewest, $part * count(*))
    AND count(DISTINCT value) >= $values
ORDER BY 3 DESC, 1
"""

_NAMED = {
    "periods": """
        SELECT id FROM known_period WHERE number IN (
            SELECT period FROM parsed_row
            WHERE $indicator = ''
                OR indicator = (SELECT number FROM known_indicator WHERE id = $indicator)
        ) ORDER BY end_date, start_date
    """,
    "area_ids": """
        SELECT id FROM known_area WHERE number IN (
            SELECT area FROM parsed_row
            WHERE $indicator = ''
                OR indicator = (SELECT number FROM known_indicator WHERE id = $indicator)
        ) ORDER BY number
    """,
    "group_ids": """
        SELECT id FROM known_group WHERE number IN (
            SELECT population_group FROM parsed_row
            WHERE $indicator = ''
                OR indicator = (SELECT number FROM known_indicator WHERE id = $indicator)
        ) ORDER BY number
    """,
    "source_ids": """
        SELECT id FROM known_source WHERE number IN (
            SELECT source FROM parsed_row
            WHERE $indicator = ''
                OR indicator = (SELECT number FROM known_indicator WHERE id = $indicator)
        ) ORDER BY number
    """,
    "used_areas": """
        SELECT DISTINCT area_id FROM spor.current_observation
        WHERE indicator_id IN (
            SELECT id FROM known_indicator WHERE number IN (SELECT indicator FROM parsed_row)
                AND id <> $indicator
        ) ORDER BY area_id
    """,
}
