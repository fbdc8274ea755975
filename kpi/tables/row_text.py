"""Domain entities as rows of text, as the files of data/ write them."""

from kpi.domain.series_break import breaks_text
from kpi.tables.spec import SPECS, Row


def row_of(table: str, entity: object) -> Row:
    """The row of a domain entity whose attributes are called as the table's columns."""
    return {
        column.name: (
            breaks_text(getattr(entity, column.name))
            if column.cells == "breaks"
            else _text(getattr(entity, column.name))
        )
        for column in SPECS[table].columns
    }


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float):
        return f"{value:.15g}"
    if isinstance(value, tuple):
        return ";".join(value)
    return str(value)
