"""A column of units that distinguishes rows: each row's must be that of the row's own indicator."""

import duckdb

from kpi.domain.catalog import Catalog
from kpi.domain.errors import Problem
from kpi.ingest.mapping.unread import parts_beside, plain
from kpi.ingest.words.units import fits_indicator, unit_kind

_MOST_UNITS = 20


def row_units(
    connection: duckdb.DuckDBPyConnection, place: int, name: str, catalog: Catalog
) -> list[Problem] | None:
    """An error for each unit that is not its rows' indicator's; empty where all fit.

    None where the column has one unit, which the table's own check compares, or other labels.
    Expects `in_use` (kpi/ingest/mapping/unread.py).
    """
    texts = connection.table(f"spelled_c{place}").limit(_MOST_UNITS + 1).project("text").fetchall()
    units = [plain(text) for (text,) in texts]
    if not 1 < len(units) <= _MOST_UNITS or not all(map(unit_kind, units)):
        return None
    if all(unit.replace(".", "").isdigit() for unit in units):
        return None
    indicators = list(catalog.indicators.values())
    return [
        Problem(
            "unit_mismatch", "", line, name, plain(text),
            f"Rækkens tal er i »{plain(text)}«, men {indicators[number].name} er det ikke.",
            "Kontrollér, at det er det rigtige nøgletal, eller slet rækkerne. Er enheden forkert, "
            "så slet kolonnen.",
        )
        for text, number, line in parts_beside(connection, place, "indicator")
        if not fits_indicator(plain(text), indicators[number])
    ]  # fmt: skip
