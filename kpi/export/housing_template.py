"""The template with a row for each figure of a year's list of housing areas: values are typed."""

from datetime import date

from kpi.domain.catalog import Catalog
from kpi.export.template import HEADERS, Cell, filled_template

HOUSING_FILE_NAME = "spor-skabelon-boligomraader.xlsx"
# The lists come on 1 December; the coming one is prepared from the month before.
_LIST_MONTH = 12
# Whose list it is, so that what is typed of it is not taken for figures of our own.
_LIST_SOURCE = "udsatte_omraader"


def list_day(day: date) -> date:
    """The day of the list that is typed on a day: the newest, in November the coming one."""
    year = day.year if day.month >= _LIST_MONTH - 1 else day.year - 1
    return date(year, _LIST_MONTH, 1)


def housing_template(catalog: Catalog) -> bytes:
    """The workbook with the law's indicators of every offered housing area, without values."""
    return filled_template(catalog, housing_rows(catalog))


def housing_rows(catalog: Catalog) -> list[list[Cell]]:
    """The rows of the workbook, in HEADERS' order."""
    limited = {
        (target.area_id, target.indicator_id) for target in catalog.targets if target.is_the_laws
    }
    listed = list_day(catalog.day)
    source = catalog.sources.get(_LIST_SOURCE)
    rows: list[list[Cell]] = []
    for area in catalog.sorted_areas():
        for indicator in catalog.offered_indicators():
            if (area.area_id, indicator.indicator_id) in limited:
                cells: dict[str, Cell] = {
                    "nøgletal": indicator.name,
                    "område": area.name,
                    "gruppe": catalog.groups[indicator.default_group].name,
                    "periode": f"{listed:%YM%mD%d}",
                    "kilde": source.title if source else None,
                    "note": f"Aflæst i ministeriets liste af 1. december {listed.year}",
                }
                rows.append([cells.get(header) for header in HEADERS])
    return rows
