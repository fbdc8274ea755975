"""Days and years in the column of figures: `20250131` of an export, `2025` of a column too far.

Where earlier figures are known their scale says so. Of a new indicator, or the first figures of a
series, nothing else would.
"""

import duckdb

from kpi.domain import format as fmt
from kpi.domain.catalog import Catalog
from kpi.domain.errors import Problem
from kpi.ingest.checks.faults import shown
from kpi.ingest.mapping.column_mapping import Plan
from kpi.ingest.table.raw import RawTable

# One count may be 2,025. Of a day written in eight digits hardly any figure is.
_FEWEST_YEARS = 2


def dates_as_figures(
    connection: duckdb.DuckDBPyConnection, table: RawTable, plan: Plan, catalog: Catalog
) -> dict[int, Problem]:
    """A question for each indicator (by number) all of whose figures are days, or their own years.

    None of percentages, nor where published figures are of that size. Expects `share_of_period`
    (compared.py), so that rows are read only where all figures are of the size.
    """
    indicators = list(catalog.indicators.values())
    problems = {}
    for number, are_days, count, line, text in connection.execute(
        _DATES, {"fewest": _FEWEST_YEARS}
    ).fetchall():
        if count == 1:
            subject = "Tallet er en dato"
        else:
            kind = "datoer" if are_days else "deres egne årstal"
            subject = f"Alle {fmt.number(count, 0)} tal er {kind}"
        example = "" if line is None else f", fx »{shown(text)}« i række {line}"
        problems[number] = (
            Problem("scale", "", line, plan.name_of("value", table), shown(text),
                    f"{indicators[number].name}: {subject}{example}. Er det den rigtige "
                    "kolonne?",
                    "Kontrollér, hvilken kolonne tallene står i. Er tallene rigtige, som de står i "
                    "filen: --scale 1.", weight=count)
        )  # fmt: skip
    return problems


_DATES = """
WITH sized AS (
    SELECT indicator, min(lowest) AS lowest, max(highest) AS highest,
        sum(values_count)::INTEGER AS count
    FROM share_of_period
    GROUP BY indicator
),
likely AS (
    SELECT sized.indicator, id, count, lowest > 10000 AS are_days
    FROM sized
    JOIN known_indicator ON known_indicator.number = sized.indicator
    WHERE kind <> 'proportion' AND (
        lowest >= 19000101 AND highest <= 20991231
        OR lowest >= 1900 AND highest <= 2100 AND count >= $fewest
    )
),
judged AS (
    SELECT likely.indicator, any_value(likely.id) AS id, bool_or(are_days) AS are_days,
        any_value(likely.count) AS count, min(record) AS record,
        bool_and(
            CASE
                WHEN are_days
                THEN try_strptime(valid.value::BIGINT::VARCHAR, '%Y%m%d') IS NOT NULL
                ELSE valid.value = left(known_period.id, 4)::INTEGER
            END
            AND valid.value = floor(valid.value)
        ) AS are_dates
    FROM valid
    JOIN likely ON likely.indicator = valid.indicator
    JOIN known_period ON known_period.number = valid.period
    WHERE valid.value IS NOT NULL
    GROUP BY likely.indicator
)
SELECT judged.indicator, are_days, count, candidate.line, spelled_value.text
FROM judged
LEFT JOIN candidate USING (record)
LEFT JOIN spelled_value ON spelled_value.spelling = candidate.value
WHERE are_dates AND NOT EXISTS (
    FROM spor.current_observation
    WHERE indicator_id = judged.id
        AND if(are_days, value BETWEEN 1e7 AND 3e7, value BETWEEN 1000 AND 4000)
)
ORDER BY judged.indicator
"""
