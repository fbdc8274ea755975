"""Single figures that a mark made small: thousands read as units, percentages left as fractions.

`374.101` in a typed cell is no 374.101 persons to a spreadsheet, and 0,741 among percentages is
74,1 %. Each is one figure among right ones, so that no factor mends the file: it is asked about
where the multiplied figure fits what is known, and the figure itself does not.
"""

from collections.abc import Collection

import duckdb

from kpi.domain.catalog import Catalog
from kpi.domain.errors import Problem
from kpi.domain.model import Indicator
from kpi.domain.vocabulary import Severity
from kpi.ingest.checks.faults import shown
from kpi.ingest.mapping.column_mapping import Plan
from kpi.ingest.plausibility.evidence import beside_words, exact, mended_in_file
from kpi.ingest.table.raw import RawTable

# A count grows or falls less than fivefold, a percentage of some size less than twofold.
_COUNT_FITS, _SHARE_FITS, _LEAST_SHARE = 5.0, 2.0, 5.0
# Beside other areas alone: so many of them, or fewer that are this much larger.
_FEWEST_OTHERS, _FAR_BELOW = 3, 5.0

_AMONG = {
    "series": "filens andre perioder", "areas": "filens andre områder",
    "period": "de andre områder", "newest": "de andre områders nyeste tal",
    "groups": "områdets andre grupper",
}  # fmt: skip


def stray_marks(
    connection: duckdb.DuckDBPyConnection,
    table: RawTable,
    plan: Plan,
    catalog: Catalog,
    answer: float | None,
    asked: Collection[int],
) -> dict[int, Problem]:
    """A question for each indicator (by number) that has such figures, none of those `asked`.

    `answer` is the factor that a person gave for the file: 1 answers the question. Adds them to
    `asked_cell`. Expects `far_first` (beside_areas.py).
    """
    problems: dict[int, Problem] = {}
    if answer == 1 or connection.table("noted").limit(1).fetchone() is None:
        return problems
    reported_as: Severity | None = None if answer is None else "warning"
    indicators, areas = list(catalog.indicators.values()), list(catalog.areas.values())
    limits = {
        "count_fits": _COUNT_FITS, "share_fits": _SHARE_FITS, "least_share": _LEAST_SHARE,
        "others": _FEWEST_OTHERS, "far": _FAR_BELOW, "asked": list(asked),
    }  # fmt: skip
    if connection.execute(_ANY_DOUBTFUL).fetchone() == (False,):
        return problems
    connection.execute(_STRAY, limits)
    connection.execute(_ASKED)
    for number, area, line, text, value, times, earlier, period, place, count in connection.execute(
        _EACH_INDICATOR
    ).fetchall():
        indicator = indicators[number]
        known = _known(earlier, period, place, indicator, catalog)
        problems[number] = Problem(
            "scale", "", line, plan.name_of("value", table), shown(text),
            f"{indicator.name}: {exact(value, indicator)} for {areas[area].name} mod {known}. "
            f"{_question(value, times, indicator)}{_how_many(count)}",
            mended_in_file(indicator), weight=count, reported_as=reported_as,
        )  # fmt: skip
    return problems


def _known(level: float, period: str, place: str, indicator: Indicator, catalog: Catalog) -> str:
    """What the figure is compared with: a known one, its own later ones, the other areas'."""
    if place == "beside":
        return beside_words(level, period or None, indicator, catalog)
    return f"omkring {exact(round(level, indicator.decimals), indicator)} i {_AMONG[place]}"


def _question(value: float, times: float, indicator: Indicator) -> str:
    meant = exact(round(value * times, 6), indicator)
    if indicator.is_proportion:
        return f"Er tallet en andel (0-1) og skal være {meant}?"
    missing = "tusinder" if times == 1_000 else "millioner"
    return f"Et antal er helt: Mangler der {missing}, så tallet er {meant}?"


def _how_many(count: int) -> str:
    return "" if count == 1 else f" {count} tal i filen er sådan."


# Hardly any file has such a figure, and the question below takes longer to plan than most checks.
_ANY_DOUBTFUL = """
SELECT EXISTS (
    FROM valid
    WHERE value > 0 AND (
        (kind = 'count' AND value <> floor(value))
        OR (kind = 'proportion' AND value <= 1 AND NOT percent
            AND (numerator IS NULL OR denominator IS NULL))
    )
)
"""
# What may be stray: broken counts that are whole as thousands (or millions), and percentages of at
# most 1 whose cell does not say percent and that no counts beside them explain. Known is the figure
# beside; of a first figure the middle of its own series in the file, else of the other areas.
_STRAY = """
CREATE TABLE stray AS
WITH doubtful AS (
    SELECT valid.record, valid.indicator, valid.population_group, valid.area, valid.period,
        valid.value, valid.kind, unconfirmed.line, unconfirmed.text,
        unnest(if(valid.kind = 'count', [1e3, 1e6], [1e2])) AS times
    FROM valid
    JOIN noted ON noted.record = valid.record AND noted.indicator = valid.indicator
    JOIN unconfirmed ON unconfirmed.record = valid.record
    WHERE NOT list_contains($asked::INTEGER[], valid.indicator::INTEGER) AND valid.value > 0 AND (
        (
            valid.kind = 'count' AND valid.value <> floor(valid.value)
            AND valid.indicator IN (SELECT number FROM whole_indicator)
        ) OR (
            valid.kind = 'proportion' AND valid.value <= 1 AND NOT valid.percent
            AND (valid.numerator IS NULL OR valid.denominator IS NULL)
        )
    )
),
possible AS (
    FROM doubtful
    WHERE kind = 'proportion' OR abs(value * times - round(value * times)) < 1e-9 * value * times
),
unchanged AS (
    FROM possible ANTI JOIN changed USING (record, indicator)
),
of_series AS (
    SELECT unchanged.record, unchanged.times, median(own.value) AS level
    FROM unchanged
    JOIN valid AS own ON own.indicator = unchanged.indicator AND own.area = unchanged.area
        AND own.population_group = unchanged.population_group
        AND own.record <> unchanged.record
    WHERE own.value > 0
    GROUP BY unchanged.record, unchanged.times
),
of_areas AS (
    SELECT unchanged.record, unchanged.times, median(other.value) AS level
    FROM unchanged
    JOIN valid AS other ON other.indicator = unchanged.indicator
        AND other.period = unchanged.period
        AND other.population_group = unchanged.population_group
        AND other.area <> unchanged.area
    WHERE unchanged.kind = 'count' AND other.value > 0 AND other.value = floor(other.value)
    GROUP BY unchanged.record, unchanged.times, unchanged.value
    HAVING unchanged.value < min(other.value) / if(count(*) >= $others, 1, $far)
        AND unchanged.value * unchanged.times
            BETWEEN min(other.value) / 2 AND max(other.value) * 2
),
-- A percentage has the other areas beside it, or the other groups of its own area.
of_shares AS (
    SELECT possible.record, possible.times, far_first.place,
        if(others < $others, (low + high) / 2, middle) AS level
    FROM possible JOIN far_first USING (record, indicator)
    WHERE kind = 'proportion' AND value * $far <= low
        AND value * times BETWEEN low / $share_fits AND high * $share_fits
    QUALIFY row_number() OVER (PARTITION BY record, indicator ORDER BY place = 'groups') = 1
),
levelled AS (
    SELECT possible.*, changed.earlier AS level, beside, 'beside' AS place
    FROM possible JOIN changed USING (record, indicator)
    UNION ALL
    SELECT unchanged.*, level, NULL, 'series'
    FROM unchanged JOIN of_series USING (record, times)
    UNION ALL
    SELECT unchanged.*, level, NULL, 'areas'
    FROM unchanged JOIN of_areas USING (record, times)
    ANTI JOIN of_series USING (record)
    UNION ALL
    SELECT possible.*, level, NULL, of_shares.place
    FROM possible JOIN of_shares USING (record, times)
    ANTI JOIN of_series USING (record)
),
stray AS (
    FROM levelled
    WHERE place = 'areas' OR if(
        kind = 'count',
        value * times BETWEEN level / $count_fits AND level * $count_fits,
        level >= $least_share AND (
            place IN ('period', 'newest', 'groups')
            OR value * times BETWEEN level / $share_fits AND level * $share_fits
        )
    )
)
FROM stray
"""
_EACH_INDICATOR = """
SELECT indicator, arg_min(area, record), arg_min(line, record), arg_min(text, record),
    arg_min(value, record), arg_min(times, record), arg_min(level, record),
    arg_min(coalesce(beside, ''), record), arg_min(place, record), count(DISTINCT record)
FROM stray
GROUP BY indicator
ORDER BY indicator
"""
_ASKED = "INSERT INTO asked_cell SELECT DISTINCT record, indicator FROM stray"
