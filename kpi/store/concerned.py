"""The rows in which small numbers are looked for: of indicators that have any, or disclose any."""

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import chain, groupby

import duckdb

from kpi.domain.period import parse_period
from kpi.store.counting import count_persons
from kpi.store.ever_shown import Memory, Publication, Row, shown_numbers
from kpi.store.figures_by_number import ADDED_FIGURES, by_number, keep_places_of_added
from kpi.store.outline import keep_outline
from kpi.store.ties import Ties
from kpi.suppression.hiding import implies_few
from kpi.suppression.screening import Figures, leave_few, sums_of

_AT_ONCE = 50_000
_FIGURES_AT_ONCE, _MOST_AT_ONCE = 600_000, 10_000
_THREADS = 2


def rows_concerned(
    connection: duckdb.DuckDBPyConnection,
    publications: Mapping[int, Publication],
    memory: Memory,
    ties: Ties,
    batch_id: int | None = None,
) -> Iterator[list[Row]]:
    """All rows ever published of each indicator that may have something to hide, one at a time.

    Expects the true rows in current_observation, and what guards them (kpi/store/strictest.py).
    `batch_id` is the publication of this connection (kpi/store/figures_by_number.py).
    """
    count_persons(connection, publications, ties)
    keep_outline(connection)
    connection.execute(_CONCERNED)
    _add_concerned_by_sums(connection, ties, batch_id)
    is_any_rarer = connection.execute(_RARER).fetchone() == (True,)
    connection.execute(_MIXED if is_any_rarer else _NONE_MIXED)
    for rows in [*_by_indicator(connection, _ROWS_OF_SERIES, _ANY_SERIES)]:
        cells = shown_numbers(rows, publications, memory).cells
        if implies_few(cells, ties.groups, ties.areas, ties.former):
            connection.execute("INSERT INTO concerned VALUES ($1)", [rows[0].indicator_id])
    yield from _by_indicator(connection, _ROWS, _ANY_INDICATOR)
    connection.execute(_END)


def rows_of(
    connection: duckdb.DuckDBPyConnection, indicator_ids: Sequence[str]
) -> Iterator[list[Row]]:
    """All rows ever published of some indicators, one at a time; after `rows_concerned`."""
    result = connection.execute(_ROWS_OF_THESE, {"ids": indicator_ids})
    for _, rows in groupby(result.fetchall(), key=lambda row: row[0]):
        yield list(map(Row._make, rows))


def _by_indicator(
    connection: duckdb.DuckDBPyConnection, sql: str, is_any: str
) -> Iterator[list[Row]]:
    """The rows of each indicator; the connection is not to be used for anything else meanwhile.

    `is_any` asks whether there are rows: planning `sql` takes longer than most publications have.
    """
    if connection.execute(is_any).fetchone() == (False,):
        return
    result = connection.execute(sql)
    every = chain.from_iterable(iter(lambda: result.fetchmany(_AT_ONCE), []))
    for _, rows in groupby(every, key=lambda row: row[0]):
        yield list(map(Row._make, rows))


def _add_concerned_by_sums(
    connection: duckdb.DuckDBPyConnection, ties: Ties, batch_id: int | None
) -> None:
    """The indicators with few persons between a total and its parts, by what is published."""
    connection.execute(_NUMBERED)
    connection.execute(_SEVERAL)
    several = connection.execute(_EACH_OF_SEVERAL).fetchall()
    is_any_other = connection.execute(_ANY_OTHER).fetchone() == (True,)
    connection.execute(_OTHER_FIGURES if is_any_other else _NO_OTHER_FIGURES)
    group_ids, area_ids = (
        [name for (name,) in connection.execute(names).fetchall()] for names in _NAMES
    )
    sums = sums_of(group_ids, area_ids, (ties.groups, ties.former), ties.areas)
    is_at_hand = keep_places_of_added(connection, batch_id)
    figures_sql = _FIGURES_AND_ADDED if is_at_hand else _FIGURES
    periods = [parse_period(text) for (text,) in connection.execute(_PERIODS).fetchall()]
    stocks = {indicator_id for (indicator_id,) in connection.execute(_STOCKS).fetchall()}

    def leaves(indicator_id: str, figures: Figures) -> bool:
        """Whether the figures of an indicator may leave few persons."""
        return bool(
            figures.area.min() < 0
            or figures.group.min() < 0
            or leave_few(figures, sums, periods, indicator_id in stocks)
        )

    # The next figures are fetched while some are looked through.
    concerned: list[tuple[str]] = []
    with ThreadPoolExecutor(_THREADS) as threads:
        before: list[tuple[str, Future[bool]]] = []
        for indicator_ids in _some_at_once(several):
            connection.execute(_CHOSEN, {"ids": indicator_ids})
            ends = {"first": indicator_ids[0], "last": indicator_ids[-1]}
            of_batch = {"batch": batch_id} if is_at_hand else {}
            columns = connection.execute(figures_sql, ends | of_batch).fetchnumpy()
            concerned += _those_that_leave(before)
            before = [
                (indicator_ids[number], threads.submit(leaves, indicator_ids[number], figures))
                for number, figures in by_number(columns)
            ]
        concerned += _those_that_leave(before)
    if concerned:
        connection.executemany("INSERT INTO concerned VALUES ($1)", concerned)
    connection.execute(_NUMBERED_END)


def _those_that_leave(looked_through: Sequence[tuple[str, Future[bool]]]) -> list[tuple[str]]:
    return [(indicator_id,) for indicator_id, leaves in looked_through if leaves.result()]


def _some_at_once(indicators: Sequence[tuple[str, int]]) -> Iterator[list[str]]:
    """Indicators with their numbers of figures, as many together as are read in one go."""
    some: list[str] = []
    figures = 0
    for indicator_id, more in indicators:
        if some and (figures + more > _FIGURES_AT_ONCE or len(some) == _MOST_AT_ONCE):
            yield some
            some, figures = [], 0
        some.append(indicator_id)
        figures += more
    if some:
        yield some


_CONCERNED = """
CREATE OR REPLACE TEMP TABLE concerned AS
SELECT indicator_id FROM outline WHERE is_concerned
UNION
SELECT indicator_id FROM stays_hidden
"""

# The others are looked through for few persons between a total and its parts (screening.py).
_SEVERAL = """
CREATE OR REPLACE TEMP TABLE several AS
SELECT indicator_id, sum(figures)::BIGINT AS figures
FROM outline
ANTI JOIN concerned USING (indicator_id)
GROUP BY indicator_id
HAVING max(min_cell) > 0 AND sum(figures) > 1
"""
_EACH_OF_SEVERAL = "FROM several ORDER BY indicator_id"
_ANY_OTHER = """
SELECT count(*) > 0 FROM guarded SEMI JOIN several USING (indicator_id) WHERE is_any_other
"""

_NUMBERED = """
CREATE OR REPLACE TEMP TABLE numbered_group AS
SELECT group_id AS id, (row_number() OVER (ORDER BY group_id) - 1)::INTEGER AS number
FROM (SELECT group_id FROM population_group UNION SELECT group_id FROM ever_part_of);

CREATE OR REPLACE TEMP TABLE numbered_area AS
SELECT area_id AS id, (row_number() OVER (ORDER BY area_id) - 1)::INTEGER AS number
FROM (SELECT area_id FROM area UNION SELECT area_id FROM ever_within);

CREATE OR REPLACE TEMP TABLE numbered_period AS
SELECT period, (row_number() OVER (ORDER BY period) - 1)::INTEGER AS number
FROM (SELECT DISTINCT period FROM outline ANTI JOIN concerned USING (indicator_id))
"""
_NUMBERED_END = """
DROP TABLE IF EXISTS chosen; DROP TABLE several; DROP TABLE other_figure;
DROP TABLE numbered_group; DROP TABLE numbered_area; DROP TABLE numbered_period
"""
_PERIODS = "SELECT period FROM numbered_period ORDER BY number"
_STOCKS = "SELECT DISTINCT indicator_id FROM outline WHERE is_stock"

_NAMES = (
    "SELECT id FROM numbered_group ORDER BY number",
    "SELECT id FROM numbered_area ORDER BY number",
)

# A table, as DuckDB then knows how few rows it has: of an unnested list it does not, and it builds
# a hash table of all figures ever published each time.
_CHOSEN = """
CREATE OR REPLACE TEMP TABLE chosen AS
SELECT unnest($ids) AS indicator_id, generate_subscripts($ids, 1) - 1 AS number
"""
# Ids as numbers, -1 for what nobody remembers, and no empty cells, as arrays are to have them.
_NUMBERS = """
    numbered_period.number AS period, coalesce(numbered_area.number, -1) AS area,
    coalesce(numbered_group.number, -1) AS "group",
    coalesce(
        if(kind = 'count', value, coalesce(numerator, value * denominator / 100)), 'NaN'::DOUBLE
    ) AS persons,
    coalesce(denominator, 'NaN'::DOUBLE) AS denominator, min_cell::INTEGER AS "limit",
    (hash(source_id, batch_id) >> 34)::INTEGER AS origin
"""
_NAMED = """
JOIN numbered_period USING (period)
LEFT JOIN numbered_area ON numbered_area.id = area_id
LEFT JOIN numbered_group ON numbered_group.id = group_id
"""
# What more may be known of than it says itself is worked out once: to plan that takes as long as
# reading a hundred thousand figures.
_OTHER_FIGURES = f"""
CREATE OR REPLACE TEMP TABLE other_figure AS
SELECT indicator_id, {_NUMBERS}
FROM counted_other
SEMI JOIN several USING (indicator_id)
{_NAMED}
ORDER BY indicator_id
"""  # noqa: S608
_NO_OTHER_FIGURES = """
CREATE OR REPLACE TEMP TABLE other_figure (
    indicator_id VARCHAR, period INTEGER, area INTEGER, "group" INTEGER, persons DOUBLE,
    denominator DOUBLE, "limit" INTEGER, origin INTEGER
)
"""
_PLAIN_FIGURES = f"""
SELECT chosen.number::INTEGER AS indicator, {_NUMBERS}
FROM counted_plain
JOIN chosen USING (indicator_id)
{_NAMED}
-- They follow each other in order: most of a large store is not even read.
WHERE indicator_id BETWEEN $first AND $last
"""  # noqa: S608
_FIGURES_OF_OTHERS = """
UNION ALL
SELECT chosen.number::INTEGER, period, area, "group", persons, denominator, "limit", origin
FROM other_figure
JOIN chosen USING (indicator_id)
WHERE indicator_id BETWEEN $first AND $last
"""
# Put aside before any is fetched: DuckDB waits for itself for good where rows of the first part
# fill what waits to be fetched while the second's joins are built (tests/kpi/store/test_fetched).
_FIGURES = f"""
WITH figure AS MATERIALIZED ({_PLAIN_FIGURES} {_FIGURES_OF_OTHERS}) FROM figure
"""
_FIGURES_AND_ADDED = f"""
WITH figure AS MATERIALIZED (
    {_PLAIN_FIGURES} AND batch_id <> $batch UNION ALL {ADDED_FIGURES} {_FIGURES_OF_OTHERS}
)
FROM figure
"""

# Of the other indicators the series whose periods may add up: those of an indicator's rarer kinds
# of period, or of ranges, so that a large file of one kind is hardly looked at.
_RARER = """
CREATE OR REPLACE TEMP TABLE rarer AS
WITH kinds AS (
    SELECT indicator_id, period.kind, sum(figures) AS figures, max(min_cell) AS min_cell
    FROM outline
    JOIN period USING (period)
    ANTI JOIN concerned USING (indicator_id)
    GROUP BY indicator_id, period.kind
),
rarer_kind AS (
    SELECT indicator_id, kind
    FROM kinds
    QUALIFY max(min_cell) OVER (PARTITION BY indicator_id) > 0 AND (
        kind IN ('range', 'rolling_year', 'year_to_date')
        OR row_number() OVER (PARTITION BY indicator_id ORDER BY figures DESC, kind) > 1
    )
)
SELECT indicator_id, period
FROM outline JOIN period USING (period) SEMI JOIN rarer_kind USING (indicator_id, kind);
SELECT count(*) > 0 FROM rarer
"""
# To plan this one takes longer than most publications have, so it is not asked of none.
_MIXED = """
CREATE OR REPLACE TEMP TABLE mixed AS
SELECT DISTINCT indicator_id, area_id, group_id
FROM counted SEMI JOIN rarer USING (indicator_id, period)
"""
_NONE_MIXED = """
CREATE OR REPLACE TEMP TABLE mixed (indicator_id VARCHAR, area_id VARCHAR, group_id VARCHAR)
"""

# A percentage of a known number of persons is a number of persons, too: a whole one where it is
# rounded. Rows without a number count as well: they are in the place of an earlier one. A count
# that says another number beside itself is as small as that.
_PERSONS = """
WITH published_row AS (
    SELECT observation.* REPLACE (
            if(kind NOT IN ('count', 'proportion'), NULL, denominator) AS denominator,
            if(kind NOT IN ('count', 'proportion'), NULL, numerator) AS numerator,
            if(kind NOT IN ('count', 'proportion'),
                coalesce(of_all(kind, value, numerator, denominator), of_key), value
            ) AS value,
            if(kind NOT IN ('count', 'proportion'), NULL, low) AS low,
            if(kind NOT IN ('count', 'proportion'), NULL, high) AS high,
            CASE WHEN status = 'suppressed' AND kind IN ('count', 'proportion')
                THEN concat_ws(chr(10), as_published, note) END AS note,
            if(kind NOT IN ('count', 'proportion') AND status <> 'suppressed', 'ok', status)
                AS status,
            if(kind NOT IN ('count', 'proportion'), 'count', kind) AS kind
        ),
        fewest_of(
            kind, value, numerator, coalesce(denominator, as_said), of_key, decimals
        ) AS fewest,
        most_of(
            kind, value, numerator, coalesce(denominator, as_said), of_key, decimals
        ) AS most,
        known_denominator.of_key,
        known_denominator.persons AS persons_of_key,
        is_mean(kind) AS is_of_mean,
        coalesce(of_all(kind, value, numerator, denominator), of_key) AS of_mean,
        sum_of(kind, value, numerator, of_mean, decimals) AS sum_of_mean,
        if(numerator IS NULL, least_sum(value, of_mean, decimals), NULL) AS least_of_sum,
        if(numerator IS NULL, most_sum(value, of_mean, decimals), NULL) AS most_of_sum
    FROM counted_row AS observation
    LEFT JOIN known_denominator USING (indicator_id, area_id, group_id, period)
    WHERE {those}
),
persons AS (
    SELECT published_row.* EXCLUDE (denominator, numerator),
        if(
            kind = 'proportion', whole_of(value, numerator, denominator, of_key),
            coalesce(denominator, of_key)
        ) AS of_row,
        having_of(kind, value, numerator, of_row, persons_of_key, decimals) AS having_it,
        status IN ('at_least', 'at_most', 'range') AS is_bound
    FROM published_row
),
unit AS (
    SELECT * EXCLUDE (of_row, having_it), of_row AS denominator, having_it AS numerator,
        CASE WHEN kind = 'count' THEN 1 ELSE denominator / 100 END AS a_unit,
        0.5 * pow(10, -coalesce(decimals, 1)) * a_unit + 1e-6 AS rounding,
        -- Nothing is said but of how many a number is missing or hidden.
        denominator > 0 AND coalesce(value, numerator, low, high) IS NULL AS tells_all_only
    FROM persons
)
SELECT indicator_id, unit.area_id, group_id, unit.period,
    CASE
        WHEN is_bound THEN NULL
        WHEN kind = 'count' AND (
            (numerator > 0 AND numerator < min_cell)
            OR (denominator > numerator AND denominator - numerator < min_cell)
        ) THEN numerator
        WHEN tells_all_only AND denominator < min_cell THEN denominator
        WHEN kind = 'count' THEN coalesce(value, numerator)
        WHEN numerator IS NOT NULL THEN numerator
        WHEN abs(value * a_unit - round(value * a_unit)) <= rounding THEN round(value * a_unit)
        ELSE round(value * a_unit, 6)
    END AS part,
    denominator, min_cell, coalesce(area.level, former.level, ''),
    if(area.area_id IS NULL, former.parent_id, area.parent_id),
    CASE WHEN is_bound
        THEN round(coalesce(low, if(status = 'at_least', value, NULL)) * a_unit, 6) END,
    CASE WHEN is_bound
        THEN round(coalesce(high, if(status = 'at_most', value, NULL)) * a_unit, 6) END,
    is_bound, source_id, batch_id, coalesce(released_on, batch.known_from), removed,
    NOT removed AND (
        status = 'suppressed' OR coalesce(tells_all_only AND denominator < min_cell, false)
        OR (kind = 'count' AND (is_bound OR coalesce(value, numerator) IS NOT NULL))
        OR (kind = 'proportion' AND numerator IS NOT NULL)
        OR (kind = 'proportion' AND denominator IS NOT NULL
            AND coalesce(value, low, high) IS NOT NULL)
    ),
    is_on_day(measured, unit.period), unit.note, a_unit, lowest_limit,
    CASE WHEN NOT is_bound AND numerator IS NULL AND fewest < most THEN fewest END,
    CASE WHEN NOT is_bound AND numerator IS NULL AND fewest < most THEN most END,
    is_of_mean, sum_of_mean, CASE WHEN least_of_sum < most_of_sum THEN least_of_sum END,
    CASE WHEN least_of_sum < most_of_sum THEN most_of_sum END
FROM unit
JOIN strictest_limit USING (source_id, batch_id)
LEFT JOIN area ON area.area_id = unit.area_id
LEFT JOIN (
    SELECT area_id, min(level) AS level, min(parent_id) AS parent_id FROM ever_within GROUP BY ALL
) AS former ON former.area_id = unit.area_id
LEFT JOIN period_release USING (batch_id, source_id, period)
JOIN batch USING (batch_id)
WHERE kind = 'count' OR kind = 'proportion'
ORDER BY indicator_id, unit.area_id, group_id, unit.period, batch_id, source_id
"""
# All numbers of persons of the indicators concerned: a public one may disclose a hidden one.
_ROWS = _PERSONS.format(those="indicator_id IN (FROM concerned)")
_ROWS_OF_SERIES = _PERSONS.format(
    those="(indicator_id, observation.area_id, observation.group_id) IN (FROM mixed)"
)
_ROWS_OF_THESE = _PERSONS.format(those="list_contains($ids::VARCHAR[], indicator_id)")
_ANY_INDICATOR = "SELECT count(*) > 0 FROM concerned"
_ANY_SERIES = "SELECT count(*) > 0 FROM mixed"
_END = """
DROP TABLE concerned; DROP TABLE outline; DROP TABLE rarer; DROP TABLE mixed
"""
