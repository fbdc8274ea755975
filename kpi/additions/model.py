"""What a person may add and correct beside data/: themes, indicators, areas, groups and sources.

A row has text by column, as in data/; a group's row also names its reference, an area's its sets.
"""

from collections.abc import Mapping, Sequence

from kpi.domain.catalog import Catalog
from kpi.domain.model import Area, Indicator, PopulationGroup, Theme
from kpi.domain.series_break import breaks_text
from kpi.domain.vocabulary import DIRECTION_NAMES, FREQUENCY_NAMES, KIND_NAMES, LEVEL_NAMES
from kpi.domain.wording import capital
from kpi.plan.changes import source_row
from kpi.tables.spec import COLUMNS, Row

# In the order in which they may point to each other.
ADDABLE: Mapping[str, tuple[str, ...]] = {
    "theme": COLUMNS["theme"],
    "source": COLUMNS["source"],
    "population_group": (*COLUMNS["population_group"], "reference_group_id"),
    "area": (*COLUMNS["area"], "set_ids"),
    "indicator": COLUMNS["indicator"],
}
# Ids of several areas or sets, or several names, with `;` between them.
LISTED = ("aliases", "succeeded_by", "set_ids")
ADDED_NAMES = {
    "theme": "temaer", "source": "kilder", "population_group": "grupper", "area": "områder",
    "indicator": "nøgletal",
}  # fmt: skip
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
# What the columns are called in a file and in a form.
ADDED_COLUMNS: Mapping[str, Mapping[str, str]] = {
    "theme": {
        "theme_id": "id", "name": "navn", "short_name": "kort navn",
        "plan_track": "spor i handleplanen", "sort_order": "rækkefølge",
        "description": "beskrivelse",
    },
    "source": {
        "source_id": "id", "title": "titel", "publisher": "udgiver", "published": "udgivet",
        "section": "afsnit", "min_cell": "mindste antal", "frequency": "hyppighed",
        "next_release": "næste offentliggørelse", "owner": "ansvarlig",
    },
    "population_group": {
        "group_id": "id", "name": "navn", "note": "note", "aliases": "andre navne",
        "part_of": "del af", "retired": "udgået", "reference_group_id": "sammenlignes med",
    },
    "area": {
        "area_id": "id", "name": "navn", "level": "områdetype", "parent_id": "hører under",
        "code": "kode", "aliases": "andre navne", "valid_from": "gælder fra",
        "valid_to": "gælder til", "succeeded_by": "afløst af", "retired": "udgået",
        "set_ids": "områdesæt",
    },
    "indicator": {
        "indicator_id": "id", "theme_id": "tema", "name": "navn", "short_name": "kort navn",
        "kind": "slags", "unit": "enhed", "direction": "retning", "decimals": "decimaler",
        "headline": "på overblik", "default_group": "gruppe", "definition": "definition",
        "source_note": "kildenote", "benchmark": "sammenlignes med", "aliases": "andre navne",
        "breaks": "brud i serien", "retired": "udgået",
    },
}  # fmt: skip
# What a person writes, and the word of the tables; the first word of each is the one offered.
_DIRECTION_WORDS: Mapping[str, str] = {
    **{direction: capital(name) for direction, name in DIRECTION_NAMES.items()},
    "neutral": "Ingen retning",
}
_BENCHMARK_WORDS = {
    "country": "Hele landet", "median": "Medianen af kommunerne", "peers": "Områderne i samme sæt",
}  # fmt: skip
CHOICE_WORDS: Mapping[tuple[str, str], Mapping[str, str]] = {
    ("indicator", "kind"): KIND_NAMES,
    ("indicator", "direction"): _DIRECTION_WORDS,
    ("indicator", "headline"): {"1": "Ja", "0": "Nej"},
    ("indicator", "benchmark"): _BENCHMARK_WORDS,
    ("area", "level"): LEVEL_NAMES,
    ("source", "frequency"): {
        frequency: name for frequency, name in FREQUENCY_NAMES.items() if frequency
    },
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
    ("indicator", "kind"): {"procent": "proportion", "procentandel": "proportion"},
    ("area", "level"): {
        "hele landet": "country", "opgang til opgang-område": "programme_area",
        "indsatsområde": "programme_area",
    },
}  # fmt: skip


def catalog_rows(table: str, catalog: Catalog) -> dict[str, Row]:
    """The current rows of a table of ADDABLE, by id, in the table's order."""
    if table == "theme":
        return {theme_id: _theme_row(theme) for theme_id, theme in catalog.themes.items()}
    if table == "source":
        return {source_id: source_row(source) for source_id, source in catalog.sources.items()}
    if table == "population_group":
        return {group_id: _group_row(group) for group_id, group in catalog.groups.items()}
    if table == "area":
        return {
            area_id: _area_row(area, [each.set_id for each in catalog.sets_of(area_id)])
            for area_id, area in catalog.areas.items()
        }
    return {
        indicator_id: _indicator_row(indicator)
        for indicator_id, indicator in catalog.indicators.items()
    }


def names_of_row(table: str, row: Row) -> dict[str, str]:
    """All that a row may be called in a file, and the column that says so."""
    columns = {"source": ("title",), "theme": ("name", "short_name")}.get(
        table, ("name", "short_name", "code")
    )
    names = {row[column]: column for column in reversed(columns) if row.get(column)}
    aliases = [alias.strip() for alias in row.get("aliases", "").split(";") if alias.strip()]
    return {row[COLUMNS[table][0]]: COLUMNS[table][0]} | dict.fromkeys(aliases, "aliases") | names


def _theme_row(theme: Theme) -> Row:
    return {
        "theme_id": theme.theme_id, "name": theme.name, "short_name": theme.short_name,
        "plan_track": "" if theme.plan_track is None else str(theme.plan_track),
        "sort_order": str(theme.sort_order), "description": theme.description,
    }  # fmt: skip


def _group_row(group: PopulationGroup) -> Row:
    return {
        "group_id": group.group_id, "name": group.name, "note": group.note,
        "aliases": ";".join(group.aliases), "part_of": group.part_of, "retired": group.retired,
        "reference_group_id": group.reference_group_id or "",
    }  # fmt: skip


def _area_row(area: Area, set_ids: Sequence[str]) -> Row:
    return {
        "area_id": area.area_id, "name": area.name, "level": area.level,
        "parent_id": area.parent_id or "", "code": area.code or "",
        "aliases": ";".join(area.aliases),
        "valid_from": area.valid_from, "valid_to": area.valid_to,
        "succeeded_by": ";".join(area.succeeded_by), "retired": area.retired,
        "set_ids": ";".join(set_ids),
    }  # fmt: skip


def _indicator_row(indicator: Indicator) -> Row:
    return {
        "indicator_id": indicator.indicator_id, "theme_id": indicator.theme_id,
        "name": indicator.name,
        "short_name": indicator.short_name, "kind": indicator.kind, "unit": indicator.unit,
        "direction": indicator.direction, "decimals": str(indicator.decimals),
        "headline": "1" if indicator.headline else "0", "default_group": indicator.default_group,
        "definition": indicator.definition, "source_note": indicator.source_note,
        "benchmark": indicator.benchmark,
        "aliases": ";".join(indicator.aliases), "breaks": breaks_text(indicator.breaks),
        "retired": indicator.retired,
    }  # fmt: skip
