"""A table without names of columns: its first row would be taken for them, and be lost."""

from collections.abc import Sequence

from kpi.domain.catalog import Catalog
from kpi.domain.errors import Problem
from kpi.ingest.turning.column_texts import ColumnTexts, is_numeric, is_period, share_of
from kpi.ingest.words.area_lookup import area_lookup
from kpi.ingest.words.heads import is_figure_name
from kpi.ingest.words.written_periods import is_period_name

_SHARE_OF_KIND = 0.5


def headless(columns: Sequence[ColumnTexts], catalog: Catalog) -> list[Problem]:
    """An error where the names of columns are what is in them: an area over areas, and more.

    One of them alone may be a name: `Aarhus` over its parts, `0` as pandas calls a column.
    """
    find = area_lookup(catalog)
    areas = [
        column.name for column in columns
        if not column.name.isdecimal() and find(column.name) is not None
        and share_of(column.filled, lambda text: find(text) is not None, _SHARE_OF_KIND)
        >= _SHARE_OF_KIND
    ]  # fmt: skip
    others = [column.name for column in columns if _is_a_cell(column)]
    if not areas or not others:
        return []
    return [
        Problem(
            "not_a_table", "", None, areas[0], None,
            f"Tabellen har ingen kolonnenavne: »{areas[0]}« og »{others[0]}« er felter i dens "
            "første række.",
            "Skriv kolonnernes navne i en række over tallene, for eksempel kommune, år og værdi.",
        )
    ]  # fmt: skip


def _is_a_cell(column: ColumnTexts) -> bool:
    """Whether a column is called as its cells are: a period over periods, figures over figures."""
    if is_period_name(column.name):
        return share_of(column.filled, is_period, 1.0) == 1.0
    return is_figure_name(column.name) and is_numeric(column)
