"""A store of invented figures for the real indicators, areas, groups and sources.

Every indicator has figures in every area, in several groups, and in each month, quarter or year up
to the end of 2025. More rows reach further back, more groups less far; where the catalogue has too
few groups, others are invented. The same numbers of rows and groups give the same figures. Its
sources have no limit below which numbers are hidden: invented numbers come to no totals, so what
they leave of each other would be few persons nearly everywhere (`bench/settling.py` times hiding,
with numbers that do).
"""

import math
import shutil
from dataclasses import replace
from pathlib import Path

import duckdb
import pandas as pd

from kpi.domain.catalog import Catalog
from kpi.domain.period import Period, parse_period
from kpi.store import init, open_store
from kpi.store import versions as place
from kpi.store.current_rows import rebuild_all_rows

_SEED = 20250319
_LAST_YEAR = 2025
GROUPS = 4
_TEXTS = {
    "month": [f"{{year}}M{month:02d}" for month in range(1, 13)],
    "quarter": [f"{{year}}K{quarter}" for quarter in range(1, 5)],
    "year": ["{year}"],
}
# Every so many indicators lack a figure of the whole country, as school absence does: pages then
# compute the municipalities' median.
_WITHOUT_COUNTRY = 4

_OBSERVATIONS = """
INSERT INTO past_observation
WITH key AS (
    SELECT slot.indicator_id, area.area_id, slot.group_id, period.period, slot.source_id,
        batch.batch_id, period.start_date, period.end_date, indicator.kind, indicator.decimals,
        concat_ws('|', $seed, slot.indicator_id, slot.group_id) AS slot_name,
        concat_ws('|', slot_name, area.area_id, period.period) AS key_name
    FROM slot
    JOIN indicator USING (indicator_id)
    JOIN period ON period.kind = slot.period_kind
    JOIN batch ON batch.source_id = slot.source_id
        AND year(batch.known_from) = year(period.end_date) + 1
    JOIN area ON slot.with_country OR area.level <> 'country'
    ORDER BY period.end_date DESC, hash(key_name), key_name
    LIMIT $rows
),
level AS (
    SELECT *,
        -- A level of the indicator and group, an offset of the area, a slow trend, and noise.
        least(99.5, greatest(0.5,
            15 + 65 * chance(slot_name)
            + 14 * (chance(indicator_id || area_id) - 0.5)
            + 1.2 * (chance(slot_name || 'trend') - 0.5) * (year(start_date) - 2020)
            + 2.5 * (chance(key_name) - 0.5)
        )) AS percent,
        CASE WHEN kind = 'proportion' AND chance(indicator_id) < 0.4
            THEN 150 + floor(20000 * chance(area_id || group_id) ** 3) END AS denominator,
        chance(key_name || 'status') AS luck
    FROM key
),
valued AS (
    SELECT *,
        round(percent * denominator / 100) AS numerator,
        CASE kind
            WHEN 'proportion' THEN
                round(coalesce(100 * numerator / denominator, percent), decimals)
            WHEN 'count' THEN round(20 * percent)
            ELSE round(percent / 4, decimals)
        END AS value,
        CASE
            WHEN luck < 0.01 THEN 'suppressed'
            WHEN luck < 0.02 THEN 'missing'
            WHEN luck < 0.05 THEN 'approximate'
            WHEN luck < 0.08 THEN 'preliminary'
            ELSE 'final'
        END AS status,
        status IN ('suppressed', 'missing') AS hidden
    FROM level
)
SELECT indicator_id, area_id, group_id, period,
    CASE WHEN NOT hidden THEN value END, CASE WHEN NOT hidden THEN numerator END,
    CASE WHEN NOT hidden THEN denominator END, status, decimals,
    CASE WHEN status = 'approximate' THEN 'ca. ' || value END,
    CASE WHEN luck > 0.95 THEN 'Opdigtet tal' END,
    source_id, NULL, NULL, 'over', batch_id, false
FROM valued
"""


_NOTHING = """
DELETE FROM current_observation; DELETE FROM hidden_observation; DELETE FROM past_observation;
DELETE FROM batch; DELETE FROM period; DELETE FROM hidden_row; DELETE FROM put_out;
UPDATE source SET min_cell = 0;
"""


_GROUP = "INSERT INTO {table} BY NAME SELECT group_id, name FROM invented_group"

# Named, worded and judged as the real ones, so that they are put into words as those are.
_INDICATORS = """
INSERT INTO {table} BY NAME
SELECT real.* REPLACE (
    concat_ws('_', indicator_id, number) AS indicator_id, concat_ws(' ', name, number) AS name,
    concat_ws(' ', short_name, number) AS short_name, false AS headline
)
FROM invented_indicator JOIN {table} AS real USING (indicator_id)
"""


def build(home: Path, rows: int, groups: int = GROUPS, indicators: int = 0) -> None:
    """Makes the store in an empty folder: the real metadata, and `rows` invented observations.

    `groups` is how many groups each indicator has figures of, `indicators` how many there are of
    them at least: more than the real ones are invented.
    """
    init(home)
    first = place.current_version(home)
    store = open_store(home)
    catalog = store.catalog()
    store.close()
    unfinished = home / "versions" / "next.tmp"
    with place.write_lock(home):
        shutil.copyfile(place.version_path(home, first), unfinished)
        with duckdb.connect(str(unfinished)) as connection:
            catalog = _with_indicators(connection, catalog, indicators)
            _fill(connection, catalog, rows, groups)
        place.make_current(home, unfinished, place.next_version(home))


def _with_indicators(
    connection: duckdb.DuckDBPyConnection, catalog: Catalog, indicators: int
) -> Catalog:
    """The catalog with so many indicators, which the version has too."""
    real = list(catalog.indicators.values())
    invented = [
        (real[place % len(real)], place // len(real)) for place in range(len(real), indicators)
    ]
    ids = [(indicator.indicator_id, number) for indicator, number in invented]
    connection.register("invented_indicator", pd.DataFrame(ids, columns=["indicator_id", "number"]))
    for table in ("indicator", "indicator_row"):
        connection.execute(_INDICATORS.format(table=table))
    more = {
        indicator_id: replace(indicator, indicator_id=indicator_id)
        for indicator, number in invented
        for indicator_id in [f"{indicator.indicator_id}_{number}"]
    }
    return replace(catalog, indicators={**catalog.indicators, **more})


def _fill(connection: duckdb.DuckDBPyConnection, catalog: Catalog, rows: int, groups: int) -> None:
    invented = [f"invented_{number}" for number in range(1, groups - len(catalog.groups) + 1)]
    slots = _slots(catalog, [*catalog.groups, *invented], groups)
    a_year = len(catalog.areas) * sum(len(_TEXTS[kind]) for kind in slots["period_kind"])
    years = range(_LAST_YEAR - math.ceil(rows / a_year), _LAST_YEAR + 1)
    connection.execute("SET enable_progress_bar = false")
    connection.execute("BEGIN")
    connection.execute(_NOTHING)
    connection.register("slot", slots)
    names = [group_id.replace("invented_", "Opdigtet gruppe ") for group_id in invented]
    connection.register("invented_group", pd.DataFrame({"group_id": invented, "name": names}))
    for table in ("population_group", "population_group_row"):
        connection.execute(_GROUP.format(table=table))
    connection.register("invented", _periods(years))
    connection.execute("INSERT INTO period FROM invented")
    connection.register("invented", _batches(catalog, years))
    connection.execute("INSERT INTO batch BY NAME FROM invented")
    connection.execute(
        "CREATE TEMP MACRO chance(name) AS hash(name)::DOUBLE / 18446744073709551615"
    )
    connection.execute(_OBSERVATIONS, {"seed": str(_SEED), "rows": rows})
    rebuild_all_rows(connection)
    connection.execute("COMMIT")
    connection.execute("CHECKPOINT")


def _slots(catalog: Catalog, all_group_ids: list[str], groups: int) -> pd.DataFrame:
    """Which group, kind of period and source an indicator is invented for: one row a group."""
    kinds, source_ids = list(_TEXTS), list(catalog.sources)
    slots = []
    for number, indicator in enumerate(catalog.indicators.values()):
        reference_id = catalog.groups[indicator.default_group].reference_group_id
        preferred = [indicator.default_group, *([reference_id] if reference_id else [])]
        group_ids = list(dict.fromkeys([*preferred, *all_group_ids]))[:groups]
        slots += [
            (
                indicator.indicator_id, group_id, kinds[number % len(kinds)],
                source_ids[number % len(source_ids)], number % _WITHOUT_COUNTRY > 0,
            )
            for group_id in group_ids
        ]  # fmt: skip
    columns = ["indicator_id", "group_id", "period_kind", "source_id", "with_country"]
    return pd.DataFrame(slots, columns=columns)


def _periods(years: range) -> pd.DataFrame:
    periods: list[Period] = [
        parse_period(text.format(year=year))
        for year in years
        for texts in _TEXTS.values()
        for text in texts
    ]
    return pd.DataFrame(
        [(period.text, period.kind, period.start, period.end) for period in periods],
        columns=["period", "kind", "start_date", "end_date"],
    )


def _batches(catalog: Catalog, years: range) -> pd.DataFrame:
    """One publication a source and year, in the spring after."""
    publications = [(source_id, year) for year in years for source_id in catalog.sources]
    return pd.DataFrame(
        [
            (
                number, source_id, "data", f"{year + 1}-03-19", f"{year + 1}-03-19", "bench",
                f"{source_id}.csv", "", None, "Opdigtede tal", 0, 0, 0, 0, "published", None, None,
                None,
            )
            for number, (source_id, year) in enumerate(publications, start=1)
        ],
        columns=[
            "batch_id", "source_id", "origin", "published_at", "known_from", "published_by",
            "original_name", "original_sha256", "recipe", "note", "rows_new", "rows_changed",
            "rows_removed", "rows_reattributed", "state", "withdrawn_on", "withdrawn_by",
            "withdrawn_why",
        ],
    )  # fmt: skip
