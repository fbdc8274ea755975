"""What a person may add and correct beside data/: themes, indicators, areas, groups and sources.

A row has text by column, as in data/; a group's row also names its reference, an area's its sets.
"""

from collections.abc import Mapping

from kpi.domain.catalog import Catalog
from kpi.tables.row_text import row_of
from kpi.tables.spec import COLUMNS, SPECS, Row, danish_name

# Ids of several areas or sets, or several names, with `;` between them.
LISTED = ("aliases", "succeeded_by", "set_ids")
# The columns that name other rows of their own table.
OF_SAME_TABLE = {
    "indicator": ("numerator_id", "denominator_id"),
    "area": ("parent_id", "succeeded_by", "context_of", "region_id"),
    "population_group": ("reference_group_id", "part_of"),
}
# What the columns are called in a file and in a form; beside a table's own those of its rows that
# another table keeps.
_KEPT_ELSEWHERE = {
    "population_group": {
        "reference_group_id": danish_name("group_reference", "reference_group_id")
    },
    "area": {"set_ids": "områdesæt"},
}
ADDED_COLUMNS: Mapping[str, Mapping[str, str]] = {
    table: {column: danish_name(table, column) for column in COLUMNS[table]}
    | _KEPT_ELSEWHERE.get(table, {})
    for table, spec in SPECS.items()
    if spec.nouns.definite
}
ADDABLE: Mapping[str, tuple[str, ...]] = {
    table: tuple(columns) for table, columns in ADDED_COLUMNS.items()
}
ADDED_NAMES = {table: SPECS[table].nouns.several for table in ADDABLE}
# What the command line calls each table.
ADDED_NOUNS = {
    "indicator": "indicator", "area": "area", "group": "population_group", "source": "source",
    "theme": "theme",
}  # fmt: skip
# What the command line calls it, by the problem that a file's unknown name is.
ADDED_BY_PROBLEM = {
    "unknown_indicator": "indicator", "unknown_area": "area", "unknown_group": "group",
    "unknown_source": "source",
}  # fmt: skip
# What a new entry has where nothing is written.
FILLED_IN_ADDED = (
    "short_name", "direction", "decimals", "headline", "default_group", "min_cell", "sort_order",
)  # fmt: skip
# What a person writes, and the word of the tables; the first word of each is the one offered.
CHOICE_WORDS: Mapping[tuple[str, str], Mapping[str, str]] = {
    (table, column.name): column.words
    for table in ADDABLE
    for column in SPECS[table].columns
    if column.words
}
# Other words that are understood.
OTHER_WORDS: Mapping[tuple[str, str], Mapping[str, str]] = {
    ("indicator", "direction"): {
        "hverken højere eller lavere er bedre": "neutral", "neutral": "neutral", "ingen": "neutral",
        "højere": "higher_is_better", "lavere": "lower_is_better",
    },
    ("indicator", "benchmark"): {
        "landet": "country", "median": "median", "kommunernes median": "median",
        "områdesættet": "peers", "andre områder": "peers", "ingen": "",
    },
    ("indicator", "kind"): {
        "procent": "proportion", "procentandel": "proportion", "gns.": "mean", "gns": "mean",
        "middelværdi": "mean", "stk.": "count", "stk": "count", "kr.": "amount", "kroner": "amount",
    },
    ("source", "frequency"): {
        "årligt": "year", "årlig": "year", "år": "year", "hvert skoleår": "school_year",
        "skoleår": "school_year", "halvårligt": "half", "halvår": "half",
        "kvartalsvis": "quarter", "kvartal": "quarter", "månedligt": "month",
        "månedlig": "month", "månedsvis": "month", "måned": "month", "én gang": "once",
        "engangs": "once", "løbende": "irregular", "uregelmæssigt": "irregular",
    },
    ("area", "level"): {
        "hele landet": "country", "opgang til opgang-område": "programme_area",
        "indsatsområde": "programme_area",
    },
}  # fmt: skip


def catalog_rows(table: str, catalog: Catalog) -> dict[str, Row]:
    """The current rows of a table of ADDABLE, by id, in the table's order."""
    entities: Mapping[str, Mapping[str, object]] = {
        "theme": catalog.themes, "indicator": catalog.indicators, "area": catalog.areas,
        "population_group": catalog.groups, "source": catalog.sources,
    }  # fmt: skip
    rows = {id_: row_of(table, entity) for id_, entity in entities[table].items()}
    if table == "population_group":
        for group_id, group in catalog.groups.items():
            rows[group_id]["reference_group_id"] = group.reference_group_id or ""
    if table == "area":
        for area_id, row in rows.items():
            row["set_ids"] = ";".join(each.set_id for each in catalog.sets_of(area_id))
    return rows


def names_of_row(table: str, row: Row) -> dict[str, str]:
    """All that a row may be called in a file, and the column that says so."""
    columns = {"source": ("title",), "theme": ("name", "short_name")}.get(
        table, ("name", "short_name", "code")
    )
    names = {row[column]: column for column in reversed(columns) if row.get(column)}
    aliases = [alias.strip() for alias in row.get("aliases", "").split(";") if alias.strip()]
    return {row[COLUMNS[table][0]]: COLUMNS[table][0]} | dict.fromkeys(aliases, "aliases") | names
