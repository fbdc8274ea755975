"""How precise figures of guarded sources are kept: `as_kept`, and macros for what is stored.

1.4018691588785 percent is 3 of 214: all digits that a spreadsheet computed tell of how many a
figure is, in its value, its limits and the source's words.
"""

import duckdb

from kpi.domain.catalog import Catalog


def keep_no_fractions(connection: duckdb.DuckDBPyConnection, catalog: Catalog) -> int:
    """Makes `as_kept`: `valid`, but figures of guarded sources about as precise as they are shown.

    Those whose row does not say both of how many they are and how many have it. Returns how many
    are other numbers than in the file. Leaves `most_decimals`, `guarded_source` and the macros.
    """
    guarded = [number for number, each in enumerate(catalog.sources.values()) if each.shown_from]
    measures = [
        (number, indicator.most_decimals, indicator.decimals)
        for number, indicator in enumerate(catalog.indicators.values())
        if indicator.most_decimals is not None
    ]
    ids, most, shown = zip(*measures, strict=True) if measures else ((), (), ())
    connection.execute(_MOST_DECIMALS, {"ids": [*ids], "most": [*most], "shown": [*shown]})
    connection.execute(KEPT_DECIMALS)
    connection.execute(_GUARDED_SOURCE, {"ids": guarded})
    is_any = connection.execute(_IS_ANY_FRACTION).fetchone() is not None
    connection.execute(_WITHOUT_FRACTIONS if is_any else "CREATE VIEW as_kept AS FROM valid")
    if not is_any:
        return 0
    ((rounded,),) = connection.execute(_ROUNDED).fetchall()
    return int(rounded)


# With how many decimals a value is kept: one more than is shown. Where it would then be shown as
# another number than it is (9,9451 as 9,95 as 10,0), with those that are shown.
# `cut_fractions` is a source's words without the further digits of a number: `1,40…`. Three digits
# after a mark are thousands where the figure is so large (`ca. 45.300`), but not after thousands.
KEPT_DECIMALS = r"""
CREATE OR REPLACE TEMP MACRO kept_decimals(value, most, shown) AS
    if(round(round(value, most), shown) = round(value, shown), most, shown);
CREATE OR REPLACE TEMP MACRO cut_fractions(words, value, most) AS
    regexp_replace(
        regexp_replace(
            words,
            concat(
                '(\d[.\s\x{00a0}''’]\d{3},\d{', most,
                '}|\d[,\s\x{00a0}''’]\d{3}\.\d{', most, '})\d+'
            ), '\1…', 'g'
        ),
        concat(
            '(\d[.,]\d{', most, '})\d{',
            if(abs(coalesce(value, 0)) < 1000, 1, greatest(4 - most, 1)), ',}'
        ), '\1…', 'g'
    );
"""
# A figure whose row says of how many it is, and how many have it, tells no more by its decimals.
_MOST_DECIMALS = """
CREATE TABLE most_decimals AS
SELECT unnest($ids::INTEGER[]) AS indicator, unnest($most::INTEGER[]) AS most,
    unnest($shown::INTEGER[]) AS shown
"""
_GUARDED_SOURCE = "CREATE TABLE guarded_source AS SELECT unnest($ids::INTEGER[]) AS source"
_IS_ANY_FRACTION = """
FROM valid
SEMI JOIN guarded_source USING (source)
WHERE decimals > 1 AND coalesce(value, low, high) IS NOT NULL
    AND (numerator IS NULL OR denominator IS NULL)
    AND indicator IN (SELECT indicator FROM most_decimals)
LIMIT 1
"""
_WITHOUT_FRACTIONS = """
CREATE VIEW as_kept AS
SELECT valid.* REPLACE (
    if(is_fraction, round(valid.value, kept), valid.value) AS value,
    if(is_fraction, round(valid.low, most), valid.low) AS low,
    if(is_fraction, round(valid.high, most), valid.high) AS high,
    if(is_fraction, least(valid.decimals, if(valid.value IS NULL, most, kept)), valid.decimals)
        AS decimals,
    -- A typed number has no decimals of its own, but what is told of it has.
    valid.typed AND NOT is_fraction AS typed
)
FROM (
    SELECT valid.*, most, kept_decimals(valid.value, most, shown) AS kept,
        most IS NOT NULL AND guarded_source.source IS NOT NULL AND decimals > 1
            AND coalesce(value, low, high) IS NOT NULL
            AND (numerator IS NULL OR denominator IS NULL) AS is_fraction
    FROM valid
    LEFT JOIN most_decimals USING (indicator)
    LEFT JOIN guarded_source USING (source)
) AS valid
"""

_ROUNDED = """
SELECT count(*) FROM valid JOIN as_kept USING (record)
WHERE valid.value <> as_kept.value OR valid.low <> as_kept.low OR valid.high <> as_kept.high
"""
