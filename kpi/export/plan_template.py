"""The workbook that the action plan is kept up with: one sheet per table, headers only."""

import io
from datetime import datetime

from kpi.domain.catalog import Catalog
from kpi.domain.plan import Plan
from kpi.plan.editing import names_of
from kpi.plan.files import FILE_TABLES
from kpi.tables.spec import COLUMNS, SPECS, file_name

FILE_NAME = "spor-handleplan.xlsx"
_LAST_ROW = 1_000
# The columns with a list of their own, in the order of the sheet of lists.
_LISTED = (
    "initiative_id", "theme_id", "source_id", "area_id", "group_id", "indicator_id", "precision",
)  # fmt: skip
# The same plan gives the same bytes, whenever it is asked for.
_CREATED = datetime(2025, 1, 1)  # noqa: DTZ001  (workbooks have no time zones)


def plan_template(catalog: Catalog, plan: Plan) -> bytes:
    """An XLSX with lists of names to choose from: initiatives, themes, sources, areas, states."""
    import xlsxwriter  # with the first: pages only offer it

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.set_properties({"created": _CREATED, "title": "Handleplan"})
    head = book.add_format({"bold": True, "bg_color": "#F3F5F7", "bottom": 1})
    text = book.add_format({"num_format": "@"})
    names = {table: names_of(table, plan, catalog) for table in FILE_TABLES}
    known_names = {column: of for named in names.values() for column, of in named.items()}
    lists = {("", column): list(known_names[column].values()) for column in _LISTED}
    # The same column may be chosen from other words in each table.
    words = {
        (table, column.name): list(names[table][column.name].values())
        for table in FILE_TABLES
        for column in SPECS[table].columns
        if column.name in names[table] and column.words and column.name not in _LISTED
    }
    sheets = {table: book.add_worksheet(name) for table, name in FILE_TABLES.items()}
    known = book.add_worksheet("Lister")
    places: dict[tuple[str, str], str] = {}
    for place, ((table, column), values) in enumerate({**lists, **words}.items()):
        owner = table or next(each for each in FILE_TABLES if column in COLUMNS[each])
        known.write_string(0, place, file_name(owner, column), head)
        known.write_column(1, place, values)
        letter = chr(ord("A") + place)
        places[table, column] = f"=Lister!${letter}$2:${letter}${len(values) + 1}"
    known.set_column(0, len(places), 30)
    for table, sheet in sheets.items():
        sheet.freeze_panes(1, 0)
        for place, column in enumerate(COLUMNS[table]):
            sheet.write_string(0, place, file_name(table, column), head)
            sheet.set_column(
                place, place, 40 if column in ("title", "summary", "note") else 22, text
            )
            source = places.get((table, column)) or places.get(("", column))
            # The id of a row's own is new; that of a status's initiative is chosen.
            is_own = place == 0 and SPECS[table].has_ids
            if source and not is_own:
                sheet.data_validation(
                    1, place, _LAST_ROW, place,
                    {"validate": "list", "source": source, "error_type": "warning"},
                )  # fmt: skip
    book.close()
    return out.getvalue()
