"""What is wrong with the squares of the schematic map (area_tile)."""

from collections.abc import Iterator, Sequence

from kpi.domain.errors import Problem
from kpi.tables.spec import Row

# So many letters fit into a square.
MOST_LETTERS = 5


def tile_problems(numbered: Sequence[tuple[int, Row]], name: str) -> Iterator[Problem]:
    """Two areas in one square, a short name that two areas have, or one that is too long."""
    places: dict[tuple[str, str], int] = {}
    shorts: dict[str, int] = {}
    for line, row in numbered:
        place, short = (row["column"], row["row"]), row["short"]
        if place in places:
            yield Problem("duplicate_key", name, line, "column", ", ".join(place),
                          f"Pladsen er optaget af linje {places[place]}.",
                          "Vælg en anden kolonne eller række.")  # fmt: skip
        if short in shorts:
            yield Problem("duplicate_key", name, line, "short", short,
                          f"Navnet står også i linje {shorts[short]}.",
                          "Skriv navnet, så det kan kendes fra de andre.")  # fmt: skip
        if len(short) > MOST_LETTERS:
            yield Problem("unknown_value", name, line, "short", short,
                          f"Navnet har {len(short)} bogstaver og kan ikke stå i firkanten.",
                          f"Skriv højst {MOST_LETTERS} bogstaver.")  # fmt: skip
        places.setdefault(place, line)
        shorts.setdefault(short, line)
