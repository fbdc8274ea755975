"""Two numbers are taken for parts of a third by places that could show it, not by chance."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import duckdb
import pytest

from kpi.store.splits_seen import Split, splits_seen

DECIMALS = 0.05
SPLIT = Split(("people", "value"), (("share", "numerator"), ("those", "value")))


@dataclass(frozen=True)
class Place:
    """Three indicators at one place: counts of all and of some, and a share in per cent.

    The share's denominator is the row's own, or taken from another indicator.
    """

    people: int
    those: int
    having: int
    denominator: int
    is_own: bool = True

    def rows(self, number: int) -> list[tuple[object, ...]]:
        """As `said` has them: a share of many is known only as near as it is rounded."""
        area_id = f"a{number:04}"
        share = round(100 * self.having / self.denominator, 1)
        having = round(share * self.denominator / 100)
        counts = [
            (name, area_id, "count", count, None, None, None, 0.0, True)
            for name, count in (("people", self.people), ("those", self.those))
        ]
        off = DECIMALS * self.denominator / 100
        left = self.denominator - having
        return [
            *counts,
            ("share", area_id, "proportion", None, having, self.denominator, left, off,
             self.is_own),
        ]  # fmt: skip


@pytest.fixture(scope="module")
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        yield connection


def seen(connection: duckdb.DuckDBPyConnection, places: Sequence[Place]) -> bool:
    """Whether those who have it and `those` are seen to come to the people."""
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE said (indicator_id VARCHAR, area_id VARCHAR, kind VARCHAR,"
        " value DOUBLE, numerator DOUBLE, denominator DOUBLE, remainder DOUBLE,"
        " of_numerator DOUBLE, is_own_numerator BOOLEAN, of_denominator DOUBLE DEFAULT 0,"
        " group_id VARCHAR DEFAULT 'all', period VARCHAR DEFAULT '2024',"
        " status VARCHAR DEFAULT 'ok', batch_id INTEGER DEFAULT 1)"
    )
    rows = [row for number, place in enumerate(places) for row in place.rows(number)]
    connection.executemany(
        "INSERT INTO said (indicator_id, area_id, kind, value, numerator, denominator, remainder,"
        " of_numerator, is_own_numerator) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows
    )  # fmt: skip
    connection.execute("ALTER TABLE said ADD COLUMN is_own_denominator BOOLEAN")
    connection.execute("UPDATE said SET is_own_denominator = is_own_numerator")
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE observation AS SELECT * REPLACE ("
        "coalesce(value, numerator) AS value) FROM said"
    )
    # Any numbers are added up at some places of each set of indicators: here at the first as well.
    connection.execute(
        "INSERT INTO observation SELECT * REPLACE ('more' AS indicator_id) FROM observation"
        " WHERE area_id = 'a0000' AND indicator_id = 'people'"
    )
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE number_said AS"
        " SELECT *, '' AS name, 0 AS number FROM said LIMIT 0;"
        "CREATE OR REPLACE TEMP TABLE implied_number AS"
        " SELECT *, '' AS along, '' AS name, 0 AS number FROM said LIMIT 0;"
        "CREATE OR REPLACE TEMP TABLE ever_within (area_id VARCHAR, parent_id VARCHAR);"
        "CREATE OR REPLACE TEMP TABLE period (period VARCHAR, start_date DATE, end_date DATE)"
    )
    hidden = [("those", "a0000", "all", "2024", "own", 1)]
    return SPLIT in splits_seen(connection, hidden)


def few(chance: random.Random, is_part: bool = True) -> Place:
    """Few persons, of whom every number is known; by chance, or not, they come to a third."""
    those, having = chance.randint(1, 12), chance.randint(1, 12)
    return Place(those + having + (0 if is_part else 3), those, having, chance.randint(20, 60))


def many(chance: random.Random, is_part: bool, **more: bool) -> Place:
    """Many persons: who has it is known within a few."""
    having = chance.randint(4_000, 9_000)
    denominator, those = having + chance.randint(4_000, 9_000), chance.randint(2_000, 9_000)
    people = those + having if is_part else those + having + chance.choice((-1, 1)) * 400
    return Place(people, those, having, denominator, **more)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("is_part", [True, False])
def test_many_persons_tell_chance_from_parts(
    connection: duckdb.DuckDBPyConnection, seed: int, is_part: bool
) -> None:
    """Wherever few persons come to a third by chance, many do not, as near as they are known."""
    chance = random.Random(seed)
    places = [few(chance) for _ in range(chance.randint(1, 3))]
    places += [many(chance, is_part) for _ in range(chance.randint(1, 40))]
    assert seen(connection, places) == is_part


@pytest.mark.parametrize(
    ("fitting", "more", "expected"),
    [
        (1, 0, True),  # one place suffices
        (9, 1, True),  # nine in ten
        (8, 1, False),
    ],
)
def test_nine_in_ten(
    connection: duckdb.DuckDBPyConnection, fitting: int, more: int, expected: bool
) -> None:
    chance = random.Random(fitting)
    places = [few(chance)] + [many(chance, is_part=True) for _ in range(fitting - 1)]
    places += [many(chance, is_part=False) for _ in range(more)]
    assert seen(connection, places) == expected


def test_a_rounding_wider_than_a_part_is_no_evidence(connection: duckdb.DuckDBPyConnection) -> None:
    """That 12 more or less come to 60.000 within 50 is so whatever they are."""
    chance = random.Random(1)
    vague = [Place(60_000 + n, 12, 60_000, 100_000) for n in range(40)]
    against = [many(chance, is_part=False) for _ in range(2)]
    assert seen(connection, [few(chance), *vague])
    assert not seen(connection, [few(chance), *vague, *against])


@pytest.mark.parametrize(
    ("own", "of_others", "expected"),
    [(True, False, True), (False, True, False), (True, None, True), (False, None, False)],
)
def test_a_number_of_all_taken_from_another_does_not_outvote_rows_own(
    connection: duckdb.DuckDBPyConnection, own: bool, of_others: bool | None, expected: bool
) -> None:
    """The wrong indicator's persons are no evidence against what rows say themselves."""
    chance = random.Random(3)
    places = [few(chance), *(many(chance, is_part=own) for _ in range(4))]
    if of_others is not None:
        places += [many(chance, is_part=of_others, is_own=False) for _ in range(10)]
    assert seen(connection, places) == expected


def test_of_those_that_others_tell_they_are_judged_by_these(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    chance = random.Random(4)
    places = [few(chance)] + [many(chance, is_part=False, is_own=False) for _ in range(3)]
    places[0] = Place(**{**places[0].__dict__, "is_own": False})
    assert not seen(connection, places)
    assert seen(connection, places[:1])
