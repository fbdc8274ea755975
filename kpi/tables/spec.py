"""The tables of data/: one specification each, from which lists of tables and columns follow."""

import re
from collections.abc import Mapping

from kpi.domain import vocabulary as words
from kpi.domain.units import known_units
from kpi.domain.whom import OF_NONE, OF_NONE_NAME
from kpi.domain.wording import capital
from kpi.tables.table_spec import Cells, Column, Nouns, TableSpec

Row = dict[str, str]

_THEME = TableSpec(
    "theme", "metadata", (
        Column("theme_id"),
        Column("name", "navn", required=True),
        Column("short_name", "kort navn", required=True),
        Column("plan_track", "spor i handleplanen", "whole"),
        Column("sort_order", "rækkefølge", "whole", required=True),
        Column("description", "beskrivelse"),
    ),
    nouns=Nouns("tema", "temaer", "temaet"), key=("theme_id",), called_by="name",
)  # fmt: skip
_INDICATOR = TableSpec(
    "indicator", "metadata", (
        Column("indicator_id"),
        Column("theme_id", required=True, refers_to="theme"),
        Column("name", "navn", required=True),
        Column("short_name", "kort navn", required=True),
        Column("kind", "slags", required=True, choices=words.KINDS, words=words.KIND_NAMES),
        Column("unit", "enhed", required=True, choices=known_units()),
        Column("direction", "retning", required=True, choices=words.DIRECTIONS, words={
            **{direction: capital(name) for direction, name in words.DIRECTION_NAMES.items()},
            "neutral": "Ingen retning",
        }),
        Column("decimals", "decimaler", "whole", required=True),
        Column("headline", "på overblik", required=True, choices=("0", "1"),
               words={"1": "Ja", "0": "Nej"}),
        Column("default_group", "gruppe", required=True, refers_to="population_group"),
        Column("definition", "definition", required=True),
        Column("source_note", "kildenote"),
        Column("benchmark", "sammenlignes med", optional=True, choices=words.BENCHMARKS[1:], words={
            "country": "Hele landet", "median": "Medianen af kommunerne",
            "peers": "Områderne i samme sæt",
        }),
        Column("aliases", "andre navne", optional=True),
        Column("breaks", "brud i serien", "breaks", optional=True),
        Column("retired", "udgået", "day", optional=True),
        Column("numerator_id", "tæller", optional=True, refers_to="indicator"),
        Column("denominator_id", "nævner", optional=True, refers_to="indicator",
               beside_ids={OF_NONE: OF_NONE_NAME}),
    ),
    nouns=Nouns("nøgletal", "nøgletal", "nøgletallet"), key=("indicator_id",), called_by="name",
)  # fmt: skip
_AREA = TableSpec(
    "area", "metadata", (
        Column("area_id"),
        Column("name", "navn", required=True),
        Column("level", "områdetype", required=True, choices=words.LEVELS, words=words.LEVEL_NAMES),
        Column("parent_id", "hører under", refers_to="area"),
        Column("code", "kode"),
        Column("aliases", "andre navne"),
        Column("valid_from", "gælder fra", "day", optional=True),
        Column("valid_to", "gælder til", "day", optional=True),
        Column("succeeded_by", "afløst af", optional=True),
        Column("retired", "udgået", "day", optional=True),
        Column("context_of", "vises ved", optional=True, refers_to="area"),
        Column("region_id", "region", optional=True, refers_to="area"),
    ),
    nouns=Nouns("område", "områder", "området"), key=("area_id",), called_by="name",
)  # fmt: skip
_AREA_SET = TableSpec(
    "area_set", "metadata", (
        Column("set_id"),
        Column("name", "navn", required=True),
        Column("area_id", required=True, refers_to="area"),
    ),
)  # fmt: skip
_POPULATION_GROUP = TableSpec(
    "population_group", "metadata", (
        Column("group_id"),
        Column("name", "navn", required=True),
        Column("note", "note"),
        Column("aliases", "andre navne", optional=True),
        Column("part_of", "del af", optional=True),
        Column("retired", "udgået", "day", optional=True),
    ),
    nouns=Nouns("gruppe", "grupper", "gruppen"), key=("group_id",), called_by="name",
)  # fmt: skip
_GROUP_REFERENCE = TableSpec(
    "group_reference", "metadata", (
        Column("group_id", refers_to="population_group"),
        Column("reference_group_id", "sammenlignes med", required=True,
               refers_to="population_group"),
    ),
)  # fmt: skip
_SOURCE = TableSpec(
    "source", "metadata", (
        Column("source_id"),
        Column("title", "titel", required=True),
        Column("publisher", "udgiver", required=True),
        Column("published", "udgivet", "date"),
        Column("section", "afsnit"),
        Column("min_cell", "mindste antal", "whole", required=True),
        Column("frequency", "hyppighed", optional=True, choices=words.FREQUENCIES[1:], words={
            frequency: name for frequency, name in words.FREQUENCY_NAMES.items() if frequency
        }),
        Column("next_release", "næste offentliggørelse", "date_or_words", optional=True),
        Column("owner", "ansvarlig", optional=True),
    ),
    nouns=Nouns("kilde", "kilder", "kilden"), key=("source_id",), called_by="title", sheet="Kilder",
    same_by=("title",), if_twice="Et papir med den titel står der allerede", id_of=("title",),
)  # fmt: skip
_SOURCE_RELEASE = TableSpec(
    "source_release", "data", (
        Column("source_id", refers_to="source"),
        Column("period", "periode", "period", required=True),
        Column("published", "udgivet", "day", required=True),
    ),
    key=("source_id", "period"), may_be_missing=True,
)  # fmt: skip
_MOVED_PERIOD = TableSpec(
    "moved_period", "data", (
        Column("indicator_id", refers_to="indicator"),
        Column("former_period", "tidligere periode", "period", required=True),
        Column("period", "periode", "period", required=True),
        Column("measured", "opgjort", required=True, choices=words.MEASURED),
    ),
    key=("indicator_id", "former_period"), may_be_missing=True,
)  # fmt: skip
_SIMILAR_FEATURE = TableSpec(
    "similar_feature", "data", (
        Column("indicator_id", refers_to="indicator"),
        Column("weight", "vægt", "number", required=True),
        Column("scale", "skala", required=True, choices=words.SCALES),
    ),
    key=("indicator_id",), may_be_missing=True,
)  # fmt: skip
_GROUP_THEME = TableSpec(
    "group_theme", "data", (
        Column("indicator_id", refers_to="indicator"),
        Column("group_id", refers_to="population_group"),
        Column("theme_id", required=True, refers_to="theme"),
    ),
    key=("indicator_id", "group_id"), may_be_missing=True,
)  # fmt: skip
_AREA_TILE = TableSpec(
    "area_tile", "data", (
        Column("area_id", refers_to="area"),
        Column("column", "kolonne", "whole", required=True),
        Column("row", "række", "whole", required=True),
        Column("short", "kort navn", required=True),
    ),
    key=("area_id",), may_be_missing=True,
)  # fmt: skip
_INITIATIVE = TableSpec(
    "initiative", "plan", (
        Column("initiative_id"),
        Column("theme_id", required=True, refers_to="theme"),
        Column("title", "titel", required=True),
        Column("responsible", "ansvarlig"),
        Column("started", "begyndt", "date_or_words"),
        Column("indicator_ids", "nøgletal", "ids", refers_to="indicator"),
    ),
    nouns=Nouns("indsats", "indsatser"), key=("initiative_id",), called_by="title",
    sheet="Indsatser", same_by=("title",), id_of=("title",),
    if_twice="En indsats med den titel står der allerede",
)  # fmt: skip
_INITIATIVE_STATUS = TableSpec(
    "initiative_status", "plan", (
        Column("initiative_id", refers_to="initiative"),
        Column("date", "dato", "date", required=True),
        Column("state", "status", required=True, choices=words.INITIATIVE_STATES,
               words=words.STATE_NAMES, former_name="tilstand",
               former_words={"Blokeret": "blocked"}),
        Column("summary", "beskrivelse"),
        Column("source_id", required=True, refers_to="source"),
    ),
    nouns=Nouns("status", "statusser"), sheet="Status", in_problems="status på indsatser",
)  # fmt: skip
_EVENT = TableSpec(
    "event", "plan", (
        Column("event_id"),
        Column("date", "dato", "date", required=True),
        Column("precision", "nøjagtighed", required=True, choices=words.PRECISIONS,
               words=words.PRECISION_NAMES),
        Column("area_id", refers_to="area"),
        Column("theme_id", refers_to="theme"),
        Column("title", "titel", required=True),
        Column("source_id", required=True, refers_to="source"),
    ),
    nouns=Nouns("hændelse", "hændelser"), key=("event_id",), sheet="Hændelser",
    same_by=("title", "date"), if_twice="Hændelsen står der allerede", id_of=("title",),
)  # fmt: skip
_MEETING = TableSpec(
    "meeting", "plan", (
        Column("meeting_id"),
        Column("date", "dato", "day", required=True),
        Column("body", "forum", required=True),
        Column("title", "titel"),
    ),
    nouns=Nouns("møde", "møder"), key=("meeting_id",), sheet="Møder",
    same_by=("date", "body"), if_twice="Forummets møde den dag står der allerede",
    id_of=("body", "date"),
)  # fmt: skip
_TARGET = TableSpec(
    "target", "plan", (
        Column("target_id", former_name="mål"),
        Column("indicator_id", required=True, refers_to="indicator"),
        Column("area_id", required=True, refers_to="area"),
        Column("group_id", required=True, refers_to="population_group"),
        Column("period", "periode", "period", required=True),
        Column("value", "værdi", "number", required=True),
        Column("state", "status", required=True, choices=words.TARGET_STATES,
               words=words.TARGET_STATE_NAMES, former_name="tilstand",
               former_words={"lovfastsat grænse": "legal_threshold"}),
        Column("note", "note"),
        Column("source_id", required=True, refers_to="source"),
    ),
    nouns=Nouns("måltal", "måltal"), key=("target_id",), sheet="Måltal", former_sheet="mål",
    same_by=("indicator_id", "area_id", "group_id", "period", "state"),
    if_twice="Et måltal af samme slags for samme tal står der allerede",
    id_of=("indicator_id", "area_id", "period"),
)  # fmt: skip
_REMARK = TableSpec(
    "remark", "plan", (
        Column("remark_id"),
        Column("indicator_id", required=True, refers_to="indicator"),
        Column("area_id", required=True, refers_to="area"),
        Column("group_id", required=True, refers_to="population_group"),
        Column("period", "periode", "period", required=True),
        Column("text", "tekst", required=True),
        Column("source_id", required=True, refers_to="source"),
    ),
    nouns=Nouns("bemærkning", "bemærkninger"), key=("remark_id",), sheet="Bemærkninger",
    same_by=("indicator_id", "area_id", "group_id", "period", "text"),
    if_twice="Bemærkningen står der allerede", id_of=("indicator_id", "area_id", "period"),
    may_be_missing=True,
)  # fmt: skip
_COMMENT = TableSpec(
    "comment", "plan", (
        Column("comment_id"),
        Column("date", "dato", "day", required=True),
        Column("author", "navn", required=True),
        Column("text", "tekst", required=True),
        Column("indicator_id", refers_to="indicator"),
        Column("area_id", refers_to="area"),
        Column("initiative_id", refers_to="initiative"),
        Column("meeting_id", refers_to="meeting"),
    ),
    nouns=Nouns("forvaltningens bemærkning", "forvaltningens bemærkninger"), key=("comment_id",),
    sheet="Forvaltningens bemærkninger",
    same_by=("text", "indicator_id", "area_id", "initiative_id", "date"),
    if_twice="Forvaltningens bemærkning står der allerede", id_of=("author", "date"),
    may_be_missing=True,
)  # fmt: skip
_CLAIM = TableSpec(
    "claim", "claim", (
        Column("claim_id"),
        Column("source_id", required=True, refers_to="source"),
        Column("indicator_id", required=True, refers_to="indicator"),
        Column("area_id", required=True, refers_to="area"),
        Column("group_id", required=True, refers_to="population_group"),
        Column("period", "periode", "period", required=True),
        Column("from_period", "tidligere periode", "period"),
        Column("kind", "regnet som", required=True, choices=words.CLAIM_KINDS),
        Column("reported_value", "papirets tal", "number"),
        Column("unit", "enhed"),
        Column("inputs", "led"),
        Column("recomputed", cells="number"),
        Column("verdict"),
        Column("explanation", "udsagn"),
    ),
    nouns=Nouns("udsagn", "udsagn"), key=("claim_id",),
)  # fmt: skip
_ABBREVIATION = TableSpec(
    "abbreviation", "data", (Column("abbreviation"), Column("meaning", required=True)),
    key=("abbreviation",),
)  # fmt: skip

# In an order in which rows only point to tables before them, or to their own.
SPECS: Mapping[str, TableSpec] = {
    spec.name: spec
    for spec in (
        _THEME, _INDICATOR, _AREA, _AREA_SET, _POPULATION_GROUP, _GROUP_REFERENCE, _SOURCE,
        _SOURCE_RELEASE, _MOVED_PERIOD, _SIMILAR_FEATURE, _GROUP_THEME, _AREA_TILE, _INITIATIVE,
        _INITIATIVE_STATUS, _EVENT, _MEETING, _TARGET, _REMARK, _COMMENT, _CLAIM, _ABBREVIATION,
    )
}  # fmt: skip

COLUMNS: Mapping[str, tuple[str, ...]] = {table: spec.column_names for table, spec in SPECS.items()}
REQUIRED: Mapping[str, tuple[str, ...]] = {table: spec.required for table, spec in SPECS.items()}
# column: the table whose first column it points to. A column of a name points to one table.
REFERENCES: Mapping[str, str] = {
    column.name: column.refers_to or table
    for table, spec in SPECS.items()
    for column in spec.columns
    if (column.refers_to and column.cells != "ids") or spec.key == (column.name,)
}
# What a cell may hold in place of such an id, and what people call it.
BESIDE_IDS: Mapping[str, Mapping[str, str]] = {
    column.name: column.beside_ids
    for spec in SPECS.values()
    for column in spec.columns
    if column.beside_ids
}
# The tables whose newest rows name the figures.
METADATA = tuple(table for table, spec in SPECS.items() if spec.part == "metadata")
# The tables that a person may enter rows of, beside those that name the figures.
ENTERED = tuple(
    table
    for table, spec in SPECS.items()
    if spec.part in ("plan", "claim") or (spec.part == "metadata" and spec.sheet)
)

OBSERVATION_COLUMNS = (
    "indicator_id", "area_id", "group_id", "period", "value", "numerator", "denominator", "status",
    "as_published", "note", "source_id",
)  # fmt: skip
# Columns that a file of figures may leave out: every row is then a plain figure over its period.
OPTIONAL_OBSERVATION_COLUMNS = ("low", "high", "measured")
# What is no word of a source: the figures of a date, right or wrong.
LIKE_A_DATE = re.compile(r"[\d\s./-]*\d[\d\s./-]*")


def danish_name(table: str, column: str) -> str:
    """What people call a column, in its own table's forms; empty where they never see it."""
    spec = _column(table, column)
    if spec is None or spec.danish:
        return spec.danish if spec else ""
    return SPECS[spec.refers_to].nouns.one if spec.refers_to else _own_id(table, column)


def cells_of(table: str, column: str) -> Cells:
    """What the cells of a column hold; text where the table has no such column."""
    spec = _column(table, column)
    return spec.cells if spec else "text"


def file_name(table: str, column: str) -> str:
    """What a file with several tables calls a column: an id is called as what it is of."""
    is_id = SPECS[table].key == (column,)
    return SPECS[table].nouns.one if is_id else danish_name(table, column)


def _own_id(table: str, column: str) -> str:
    return "id" if SPECS[table].key == (column,) else ""


def _column(table: str, name: str) -> Column | None:
    return next((column for column in SPECS[table].columns if column.name == name), None)
