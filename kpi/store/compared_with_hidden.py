"""Figures that two numbers leave, of which one is hidden: changes, gaps and proportions.

Between a number and the one of an earlier period (the last, one of two to five or ten years before,
or any that a plan may have begun with), of an area around it, of another group, or of
another indicator: their difference or half of it, the one in per cent of the other or of both, or
how many times as large it is, also for each year between; how many have something for each who
lacks it; and the number itself, or what it lacks of 100 %. With its sign, or as the fall or the
distance that it is. Seen at nine places in ten, to so many digits that of all such comparisons none
comes out by chance.
"""

import duckdb


def keep_compared(connection: duckdb.DuckDBPyConnection) -> None:
    """Makes `compared_with`: the places of figures that tell a hidden number, and of which they do.

    Expects `newest`, `number`, `pair`, `parent` and `whole` (made_of_hidden.py) and `counted_row`.
    """
    connection.execute(_BY_WHAT)
    connection.execute(_SAMPLED)
    _compare(connection, "sampled")
    connection.execute(_CHOSEN)
    connection.execute(_OF_CHOSEN)
    _compare(connection, "newest_chosen", _ONLY_TELLING)
    connection.execute(_TELLING)
    connection.execute(_END)


def _compare(connection: duckdb.DuckDBPyConnection, figures: str, which: str = "true") -> None:
    """Makes `compared` of the figures of a table, a step at a time: at once, all meets all."""
    connection.execute(_BESIDE.format(figures=figures))
    connection.execute(_NOW)
    connection.execute(_COMPARED.format(figures=figures, which=which))


# By which period, area and group a figure may be compared. Of more than a dozen groups no two are.
_BY_WHAT = """
CREATE OR REPLACE TEMP TABLE step_back AS
WITH numbered AS (
    SELECT DISTINCT indicator_id, period.* FROM period JOIN number USING (period)
),
since AS (
    SELECT DISTINCT kind, arg_min(period, start_date) AS earlier, min(start_date) AS start_date
    FROM numbered GROUP BY kind, indicator_id
    UNION
    -- Any of the last dozen may be what a plan began with.
    SELECT kind, period, start_date FROM (SELECT DISTINCT kind, period, start_date FROM numbered)
    QUALIFY row_number() OVER (PARTITION BY kind ORDER BY start_date DESC) <= 12
)
SELECT period.period, earlier.period AS earlier,
    if(earlier.end_date = period.start_date - 1, 'last', 'year') AS step, 1 AS years
FROM period
SEMI JOIN newest USING (period)
JOIN period AS earlier ON earlier.kind = period.kind
    AND (earlier.end_date = period.start_date - 1
        OR earlier.start_date = period.start_date - INTERVAL 1 YEAR)
UNION ALL
SELECT period.period, earlier.period, years || ' years', years
FROM period
SEMI JOIN newest USING (period)
CROSS JOIN (FROM (VALUES (2), (3), (4), (5), (10)) AS every(years)) AS every
JOIN period AS earlier ON earlier.kind = period.kind
    AND earlier.start_date = period.start_date - to_years(years)
UNION ALL
SELECT period.period, earlier, 'since ' || earlier,
    abs(date_diff('month', since.start_date, period.start_date)) / 12
FROM period SEMI JOIN newest USING (period) JOIN since USING (kind)
WHERE period.period <> earlier;

CREATE OR REPLACE TEMP TABLE few_groups AS
SELECT group_id FROM number GROUP BY group_id
QUALIFY group_id = 'all' OR count(*) OVER () <= 12;

CREATE OR REPLACE TEMP TABLE form AS
FROM (VALUES ('two', 'difference', 1), ('two', 'difference', 0.5), ('two', 'yearly', 1),
    ('two', 'change', 100), ('two', 'change', 1), ('two', 'growth', 100), ('two', 'growth', 1),
    ('two', 'times', 1), ('two', 'times', 100), ('two', 'part', 100), ('two', 'part', 1),
    ('two', 'contrast', 100), ('two', 'contrast', 1), ('persons', 'same', 1),
    ('value', 'same', 1), ('value', 'same', 10),
    ('value', 'same', 0.1), ('value', 'same', 0.01), ('value', 'rest', 100), ('value', 'rest', 1)
) AS forms(kind, form, scale)
UNION ALL
SELECT 'other', form, scale
FROM (VALUES ('times'), ('divided')) AS forms(form)
CROSS JOIN (VALUES (1), (100), (1000), (10000), (100000)) AS scales(scale)
UNION ALL
SELECT 'other', form, scale
FROM (VALUES ('odds'), ('odds against'), ('lacking')) AS forms(form)
CROSS JOIN (VALUES (1), (100)) AS scales(scale)
"""

# Some hundred places of each indicator show that it has nothing in common with a number.
_SAMPLED = """
CREATE OR REPLACE TEMP TABLE sampled AS
SELECT newest.*
FROM newest
JOIN (SELECT made_id, greatest(count(*) // 150, 1) AS every FROM newest GROUP BY made_id)
    USING (made_id)
WHERE is_exact AND hash(area_id, period) % every = 0;

-- What another indicator counts there.
CREATE OR REPLACE TEMP TABLE number_of_other AS
WITH place AS (SELECT DISTINCT area_id, group_id, period FROM newest WHERE may_be_of_two),
hidden_place AS (SELECT DISTINCT indicator_id, area_id, group_id, period FROM incoming),
each AS (
    SELECT counted_row.indicator_id AS other_id, area_id, group_id, period, batch_id,
        hidden_place.indicator_id IS NOT NULL AS is_hidden,
        unnest(['value', 'denominator']) AS name,
        unnest([if(kind = 'count', value, NULL), denominator]) AS number
    FROM counted_row
    SEMI JOIN place USING (area_id, group_id, period)
    LEFT JOIN hidden_place USING (indicator_id, area_id, group_id, period)
    WHERE NOT removed AND status NOT IN ('at_least', 'at_most', 'range', 'approximate')
)
SELECT other_id, name, area_id, group_id, period, arg_max(number, batch_id) AS number,
    bool_or(is_hidden) AS is_hidden
FROM each
WHERE number > 0
GROUP BY ALL
"""

_BESIDE = """
CREATE OR REPLACE TEMP TABLE beside AS
SELECT figure.*, step AS way, group_id AS of_group, area_id AS other_area,
    group_id AS other_group, earlier AS other_period, years
FROM {figures} AS figure JOIN step_back USING (period)
UNION ALL
SELECT figure.*, 'parent', group_id, parent_id, group_id, period, 1
FROM {figures} AS figure JOIN parent USING (area_id)
WHERE parent_id IS NOT NULL
UNION ALL
SELECT figure.*, 'area ' || whole.area_id, group_id, whole.area_id, group_id, period, 1
FROM {figures} AS figure JOIN whole ON whole.area_id <> figure.area_id
UNION ALL
SELECT figure.*, 'group ' || other.group_id, figure.group_id, area_id, other.group_id, period, 1
FROM {figures} AS figure JOIN few_groups AS other ON other.group_id <> figure.group_id
UNION ALL
SELECT figure.*, 'groups ' || ours.group_id || ' ' || other.group_id, ours.group_id, area_id,
    other.group_id, period, 1
FROM {figures} AS figure
JOIN few_groups AS ours ON ours.group_id NOT IN (figure.group_id, 'all')
JOIN few_groups AS other ON other.group_id NOT IN (figure.group_id, ours.group_id, 'all')
UNION ALL
SELECT figure.*, 'itself', group_id, area_id, group_id, period, 1 FROM {figures} AS figure
UNION ALL
-- Everyone of one indicator are the women of another.
SELECT figure.*, 'itself of ' || other.group_id, other.group_id, area_id, other.group_id, period, 1
FROM {figures} AS figure JOIN few_groups AS other ON other.group_id <> figure.group_id
"""
_NOW = """
CREATE OR REPLACE TEMP TABLE beside_now AS
SELECT beside.*, indicator_id, name, number, number_rounding, is_hidden
FROM beside
JOIN pair USING (made_id)
JOIN number USING (indicator_id, area_id, period)
WHERE number.group_id = of_group
"""
_COMPARED = """
CREATE OR REPLACE TEMP TABLE compared AS
WITH every AS (
    SELECT beside_now.*, other.number AS other_number, other.number_rounding AS other_rounding,
        beside_now.is_hidden OR other.is_hidden AS is_telling,
        CASE WHEN NOT other.is_hidden THEN 'now' WHEN NOT beside_now.is_hidden THEN 'other' END
            AS disclosed
    FROM beside_now
    JOIN number AS other ON other.indicator_id = beside_now.indicator_id
        AND other.name = beside_now.name AND other.area_id = other_area
        AND other.group_id = other_group AND other.period = other_period
    WHERE way NOT LIKE 'itself%' AND other.number > other.number_rounding
    UNION ALL
    SELECT beside_now.*, 1, 0, is_hidden, 'now' FROM beside_now WHERE way LIKE 'itself%'
    UNION ALL
    SELECT beside_now.* REPLACE ('of ' || other_id || ' ' || other.name AS way), other.number, 0,
        beside_now.is_hidden, if(other.is_hidden, NULL, 'now')
    FROM beside_now
    JOIN number_of_other AS other USING (area_id, group_id, period)
    WHERE may_be_of_two AND way = 'itself' AND other_id NOT IN (made_id, beside_now.indicator_id)
        AND beside_now.name = 'persons' AND beside_now.number > 0
),
formed AS (
    SELECT every.*, form, scale
    FROM every JOIN form ON form.kind = CASE WHEN way LIKE 'of %' THEN 'other'
        WHEN way NOT LIKE 'itself%' THEN 'two' WHEN name = 'value' THEN 'value' ELSE 'persons' END
    WHERE {which} AND (form NOT IN ('yearly', 'growth') OR years > 1)
)
SELECT *,
    scale * (number_rounding + number / other_number * other_rounding)
        / (other_number - other_rounding) AS near_quotient,
    scale * (number_rounding + other_rounding) / (number + other_number) AS near_sum,
    CASE form WHEN 'difference' THEN scale * (number - other_number)
        WHEN 'yearly' THEN (number - other_number) / years
        WHEN 'change' THEN scale * number / other_number - scale
        WHEN 'growth' THEN scale * pow(number / other_number, 1 / years) - scale
        WHEN 'part' THEN scale * number / (number + other_number)
        WHEN 'contrast' THEN scale * (number - other_number) / (number + other_number)
        WHEN 'odds' THEN scale * number / nullif(other_number - number, 0)
        WHEN 'odds against' THEN scale * (other_number - number) / number
        WHEN 'lacking' THEN scale - scale * number / other_number
        WHEN 'times' THEN scale * number / other_number
        WHEN 'divided' THEN scale * other_number / number
        WHEN 'same' THEN scale * number ELSE scale - scale * number / 100 END AS made,
    rounding + CASE form WHEN 'difference' THEN scale * (number_rounding + other_rounding)
        WHEN 'part' THEN 2 * near_sum
        WHEN 'contrast' THEN 2 * near_sum
        WHEN 'yearly' THEN (number_rounding + other_rounding) / years
        WHEN 'growth' THEN scale * (number_rounding / greatest(number, 1) + other_rounding
            / (other_number - other_rounding)) / years
        WHEN 'same' THEN scale * number_rounding
        WHEN 'rest' THEN scale * number_rounding / 100
        WHEN 'change' THEN near_quotient
        WHEN 'times' THEN near_quotient
        ELSE 0 END AS most_off,
    abs(abs(value) - abs(made)) <= most_off + 1e-6 AS fits,
    -- What is as large as the other has no change.
    if(form = 'times' AND way NOT LIKE 'of %', value - scale, value) AS change
FROM formed
"""
_ONLY_TELLING = (
    "is_telling AND (made_id, indicator_id, name, way) IN ("
    "SELECT (made_id, indicator_id, name, way) FROM chosen)"
)
# By chance a figure is as near as its rounding is to the differences between such figures. Nobody
# knows of one place what it is made of. It is seen where all places say so, the hidden ones among
# them; or where the others do: then a figure at a hidden number is hidden whatever it says.
_CHOSEN = """
CREATE OR REPLACE TEMP TABLE chosen AS
WITH spread AS (
    SELECT *, max(abs(value)) OVER same_figure - min(abs(value)) OVER same_figure
        AS between_figures
    FROM compared
    WINDOW same_figure AS (PARTITION BY made_id, indicator_id, name, way, form, scale)
),
by_form AS (
    SELECT made_id, indicator_id, name, way, form, scale,
        count(*) FILTER (fits) / count(*) AS fitting,
        coalesce(sum(exactness) FILTER (fits), 0) AS digits,
        count(*) FILTER (fits AND NOT is_telling)
            / nullif(count(*) FILTER (NOT is_telling), 0) AS seen_fitting,
        coalesce(sum(exactness) FILTER (fits AND NOT is_telling), 0) AS seen_digits
    FROM (
        SELECT *,
            log10(greatest(least(abs(change), between_figures) / (2 * most_off), 1)) AS exactness
        FROM spread
    )
    GROUP BY ALL
),
needed AS (SELECT 3 + log10(greatest(count(*), 1)) AS digits_needed FROM by_form)
SELECT made_id, indicator_id, name, way, form, scale
FROM by_form CROSS JOIN needed
WHERE (fitting >= 0.9 AND digits >= digits_needed)
    OR (seen_fitting >= 0.9 AND seen_digits >= digits_needed)
"""
_OF_CHOSEN = """
CREATE OR REPLACE TEMP TABLE newest_chosen AS FROM newest SEMI JOIN chosen USING (made_id)
"""
_TELLING = """
CREATE OR REPLACE TEMP TABLE compared_with AS
SELECT DISTINCT made_id, area_id, group_id, period
FROM compared SEMI JOIN chosen USING (made_id, indicator_id, name, way, form, scale)
WHERE is_own;

-- Of persons it is disclosed where the figure is rounded to less than one of them.
CREATE OR REPLACE TEMP TABLE disclosed_by_public AS
SELECT DISTINCT indicator_id, if(disclosed = 'now', area_id, other_area) AS area_id,
    if(disclosed = 'now', of_group, other_group) AS group_id,
    if(disclosed = 'now', period, other_period) AS period
FROM compared SEMI JOIN chosen USING (made_id, indicator_id, name, way, form, scale)
WHERE NOT is_own AND is_exact AND disclosed IS NOT NULL
    AND (name = 'value' OR 0.5 > CASE form WHEN 'times' THEN rounding * other_number / scale
        WHEN 'difference' THEN rounding / scale
        WHEN 'part' THEN rounding * pow(number + other_number, 2) / other_number / scale
        WHEN 'contrast' THEN rounding * pow(number + other_number, 2) / other_number / scale / 2
        WHEN 'change' THEN rounding * other_number / scale
        WHEN 'lacking' THEN rounding * other_number / scale
        WHEN 'yearly' THEN rounding * years
        WHEN 'growth' THEN rounding * years * number / (scale + made)
        WHEN 'odds' THEN rounding * pow(other_number - number, 2) / other_number / scale
        WHEN 'odds against' THEN rounding * pow(number, 2) / other_number / scale
        WHEN 'divided' THEN rounding * number / value ELSE rounding END)
"""
_END = """
DROP TABLE newest_chosen; DROP TABLE step_back; DROP TABLE few_groups; DROP TABLE form;
DROP TABLE sampled; DROP TABLE number_of_other; DROP TABLE chosen; DROP TABLE beside;
DROP TABLE beside_now; DROP TABLE compared
"""
