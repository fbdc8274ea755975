"""A measure that a person chose, where another of the file is called as the indicator itself."""

import duckdb

from kpi.domain.catalog import Catalog
from kpi.domain.errors import Problem
from kpi.ingest.mapping.choices import Choices
from kpi.ingest.mapping.column_mapping import Plan
from kpi.ingest.mapping.unread import plain
from kpi.ingest.table.raw import RawTable
from kpi.ingest.words.heads import split_unit
from kpi.ingest.words.lookup import indicator_lookup

_MOST_LABELS = 200


def own_measure(
    connection: duckdb.DuckDBPyConnection,
    table: RawTable,
    plan: Plan,
    catalog: Catalog,
    choices: Choices,
) -> list[Problem]:
    """A warning with the column or label that is called so. Expects word_indicator_id."""
    if not choices.measure:
        return []
    ids = connection.table("word_indicator_id").filter("id IS NOT NULL").project("id").fetchall()
    find = indicator_lookup(catalog)
    read = table.columns[plan.columns["value"]] if "value" in plan.columns else ""
    place = table.measure_column
    names = [name for name in table.columns if name != read]
    kept = [choices.measure, read]
    if place is not None:
        labels = connection.table(f"spelled_c{place}").limit(_MOST_LABELS).project("text")
        names = [plain(text) for (text,) in labels.fetchall()]
        kept = list(plan.keep.get(place, kept))
    for (indicator_id,) in ids:
        own = [
            name for name in (*kept, *names)
            if indicator_id in (find(name), find(split_unit(name)[0]))
        ]  # fmt: skip
        if own and own[0] in kept:
            continue
        if own:
            indicator = catalog.indicators[indicator_id].name
            return [
                Problem(
                    "head_words", "", None, None, own[0],
                    f"»{kept[0]}« læses, men »{own[0]}« hedder som nøgletallet »{indicator}«.",
                    "Er det et andet mål, så vælg det: --measure NAVN.",
                    reported_as="warning",
                )
            ]  # fmt: skip
    return []
