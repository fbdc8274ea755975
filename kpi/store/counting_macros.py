"""What a row says of how many it is and how many have it, as macros for SQL."""

MACROS = """
CREATE OR REPLACE TEMP MACRO step_of(decimals) AS 0.5 * pow(10, -coalesce(decimals, 1));
CREATE OR REPLACE TEMP MACRO of_all(kind, value, numerator, denominator) AS
coalesce(
    denominator,
    -- What stands beside a sum of kroner are those who have it, as no sum is a quotient.
    CASE WHEN kind = 'amount' THEN if(value > 0, numerator, NULL)
        WHEN kind <> 'count' AND value > 0
        THEN round(if(kind = 'proportion', 100, 1) * numerator / value) END
);

-- Of how many a share is: of several reported of its key, of as few as leave any who lack it.
CREATE OR REPLACE TEMP MACRO whole_of(value, numerator, denominator, of_key) AS coalesce(
    denominator,
    least(
        CASE WHEN of_key > numerator THEN of_key END,
        CASE WHEN of_all('proportion', value, numerator, NULL) > numerator
            THEN of_all('proportion', value, numerator, NULL) END
    ),
    of_all('proportion', value, numerator, NULL), of_key
);

-- How many have something: as a row says, or as others leave it, where that is the percentage.
CREATE OR REPLACE TEMP MACRO having_of(kind, value, numerator, of_row, persons, decimals) AS
coalesce(
    numerator,
    CASE WHEN kind = 'proportion' AND persons <= of_row
            AND abs(value - 100 * persons / of_row) <= step_of(decimals) + 1e-6
        THEN persons END
);

-- What all of a mean have together, as whole ones: cases of persons, children of families.
CREATE OR REPLACE TEMP MACRO is_mean(kind) AS kind NOT IN ('count', 'proportion', 'amount');
CREATE OR REPLACE TEMP MACRO least_sum(value, of_row, decimals) AS
greatest(ceil((value - step_of(decimals)) * of_row - 1e-6), 0);
CREATE OR REPLACE TEMP MACRO most_sum(value, of_row, decimals) AS
floor((value + step_of(decimals)) * of_row + 1e-6);
CREATE OR REPLACE TEMP MACRO sum_of(kind, value, numerator, of_row, decimals) AS
CASE WHEN NOT is_mean(kind) THEN NULL
    WHEN numerator IS NOT NULL THEN numerator
    WHEN least_sum(value, of_row, decimals) <= most_sum(value, of_row, decimals)
    THEN greatest(round(value * of_row), least_sum(value, of_row, decimals))
END;

-- The fewest and the most persons that a row is of, where it only says so by a rounded number.
CREATE OR REPLACE TEMP MACRO fewest_of(
    kind, value, numerator, as_said, of_key, decimals
) AS CASE
    WHEN kind = 'proportion' AND numerator IS NULL THEN
        greatest(ceil((value - step_of(decimals)) * coalesce(as_said, of_key) / 100 - 1e-6), 0)
    WHEN kind NOT IN ('count', 'proportion', 'amount') AND as_said IS NULL AND value > 0
        THEN ceil(numerator / (value + step_of(decimals)) - 1e-6)
END;
CREATE OR REPLACE TEMP MACRO most_of(
    kind, value, numerator, as_said, of_key, decimals
) AS CASE
    WHEN kind = 'proportion' AND numerator IS NULL THEN least(
        floor((value + step_of(decimals)) * coalesce(as_said, of_key) / 100 + 1e-6),
        coalesce(as_said, of_key)
    )
    WHEN kind NOT IN ('count', 'proportion', 'amount') AND as_said IS NULL
            AND value > step_of(decimals)
        THEN floor(numerator / (value - step_of(decimals)) + 1e-6)
END;
"""
