"""Units that cells of a spreadsheet are shown with, compared with those of their indicators.

`kr.` after a number is in no cell: the format writes it. Who reads the sheet takes 71 `kr.` for no
percentage, so it is asked, as a percent sign on a count is.
"""

import re

import duckdb

from kpi.domain import format as fmt
from kpi.domain.catalog import Catalog
from kpi.domain.errors import Problem
from kpi.domain.model import Indicator
from kpi.domain.units import unit_name
from kpi.ingest.checks.faults import shown
from kpi.ingest.mapping.column_mapping import Plan
from kpi.ingest.table.raw import TYPED, RawTable
from kpi.ingest.words.cell_units import INDEX, PERSONS, POINTS, RATE, cell_unit
from kpi.ingest.words.counted_things import other_thing, things_of
from kpi.ingest.words.numbers import unit_of
from kpi.ingest.words.units import MONEY, fits_indicator, unit_kind

_HAS_ITS_UNIT = re.compile(rf"{TYPED}[-\d]")  # no words of its format are before the number
_ROLES = ("value", "low", "high")


def cell_units(
    connection: duckdb.DuckDBPyConnection, table: RawTable, plan: Plan, catalog: Catalog
) -> list[Problem]:
    """An error for each indicator and unit that is not its own, at its first cell.

    None where a person or a recipe has chosen the scale. Expects `parsed_row`.
    """
    if plan.scale is not None:
        return []
    indicators = list(catalog.indicators.values())
    problems = []
    for role in _ROLES:
        unit_by_spelling = _units(connection, role) if role in plan.columns else {}
        if not unit_by_spelling:
            continue
        units = {"spellings": list(unit_by_spelling), "units": list(unit_by_spelling.values())}
        rows = connection.execute(_FIRST_CELLS.replace("value", role), units).fetchall()
        problems += [
            _problem(indicators[number], unit, line, plan.name_of(role, table), text, count)
            for unit, number, line, text, count in rows
            if not _fits(unit, indicators[number])
        ]
    return problems


def _units(connection: duckdb.DuckDBPyConnection, role: str) -> dict[int, str]:
    """The units beside numbers, typed or written, by spelling."""
    texts = connection.table(f"spelled_{role}").filter(_HAS_UNIT).project("spelling", "text")
    units = {
        spelling: text.partition(" ")[2] if _HAS_ITS_UNIT.match(text) else unit_of(text)
        for spelling, text in texts.fetchall()
    }
    return {spelling: unit for spelling, unit in units.items() if unit}


def _fits(unit: str, indicator: Indicator) -> bool:
    """Whether an indicator's figures may be shown with a unit: its own, or people of counts."""
    kind, name = cell_unit(unit), unit_name(indicator.unit)
    own = cell_unit(name)
    if unit_kind(unit) == MONEY and unit_kind(name).endswith(f" {MONEY}"):
        return False  # kroner, where the indicator is in millions of them
    if kind == own or set(unit.casefold().split()) <= set(name.casefold().split()):
        return True
    if kind in (POINTS, RATE, INDEX):
        return fits_indicator(unit, indicator)
    if other_thing(unit, things_of(indicator)):
        return False
    return kind == PERSONS and indicator.kind in ("count", "mean") and own in ("", PERSONS)


def _problem(
    indicator: Indicator, unit: str, line: int | None, column: str, text: str, count: int
) -> Problem:
    own = unit_name(indicator.unit)
    more = f" Det gælder {fmt.number(count, 0)} celler." if count > 1 else ""
    return Problem(
        "unit_mismatch", "", line, column, shown(text),
        f"Cellen vises med »{unit}«, men {indicator.name} er i {own}.{more}",
        "Kontrollér, at det er det rigtige nøgletal. "
        f"Er tallene {own}, som de står i filen: --scale 1.",
    )  # fmt: skip


_HAS_UNIT = f"""
(starts_with(text, '{TYPED}') AND contains(text, ' '))
OR regexp_matches(text, '[0-9][^0-9]*[[:alpha:]åøæÅØÆ-][. ]*$|^[ ]*[A-Za-z].*[0-9]')
"""
_FIRST_CELLS = """
WITH with_unit AS (
    SELECT unnest($spellings::INTEGER[]) AS spelling, unnest($units::VARCHAR[]) AS unit
)
SELECT with_unit.unit, parsed_row.indicator, min(candidate.line),
    arg_min(spelled_value.text, record), count(*)
FROM candidate
JOIN with_unit ON with_unit.spelling = candidate.value
JOIN spelled_value ON spelled_value.spelling = candidate.value
JOIN parsed_row USING (record)
WHERE NOT parsed_row.ignored AND parsed_row.indicator IS NOT NULL
GROUP BY with_unit.unit, parsed_row.indicator
ORDER BY min(record)
"""
