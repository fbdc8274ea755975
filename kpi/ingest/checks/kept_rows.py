"""What [keep] does to a file: labels kept together, and areas that lose all their rows."""

import duckdb

from kpi.domain.errors import Problem
from kpi.domain.format import counted
from kpi.domain.wording import first_listed, listing
from kpi.ingest.mapping.column_mapping import Plan
from kpi.ingest.mapping.unread import Unused, plain
from kpi.ingest.table.raw import RawTable
from kpi.ingest.words import labels
from kpi.ingest.words.label_meaning import Meaning
from kpi.ingest.words.lookup import folded

_NAMES_SHOWN = 5
_TEXTS_READ = 1000
_OTHER_ROWS = "Hent filen med de rækker, eller ret værdierne under [keep] i opskriften."


def kept_together(column: Unused) -> list[Problem]:
    """A warning where rows in use have several of a column's kept labels, and nothing parts them.

    Several spellings of a total are one label.
    """
    texts = [plain(text) for text in column.first]
    if len({folded(text) for text in texts}) < 2 or all(map(labels.is_total, texts)):
        return []
    more = column.count - len(texts)
    shown = [f"»{text}«" for text in texts] + ([f"{more} til"] if more else [])
    return [
        Problem(
            "unused_column", "", None, column.name, None,
            f"Opskriften beholder {shown}, og tallene gemmes uden at skelne mellem dem.",
            "Behold kun den ene, eller oversæt værdierne under [group].", reported_as="warning",
        )
    ]  # fmt: skip


def nothing_kept(
    connection: duckdb.DuckDBPyConnection, table: RawTable, plan: Plan
) -> list[Problem]:
    """An error for each column without the labels that are kept, where no row is in use.

    Where each label is somewhere, but in no row together, all the columns are named at once. None
    where rows are kept, and the recipe leaves them out for another reason.
    """
    if connection.execute("SELECT 1 FROM candidate LIMIT 1").fetchone():
        return []
    wanted = {table.columns[place]: labels for place, labels in plan.keep.items()}
    lacking = []
    for place, kept in plan.keep.items():
        spelled = connection.table(f"spelled_c{place}").order("spelling").limit(_TEXTS_READ)
        texts = [text for (raw,) in spelled.project("text").fetchall() if (text := plain(raw))]
        codes = table.codes.get(place, {})
        known = {folded(name) for text in texts for name in (text, codes.get(text, text))}
        if texts and not known & {folded(label) for label in kept}:
            lacking.append(_nothing_of(table.columns[place], kept, texts))
    if lacking or not plan.keep:
        return lacking
    names = listing([f"»{name}« er »{labels[0]}«" for name, labels in wanted.items()])
    return [
        Problem("empty_file", "", None, None, None,
                f"Ingen række har alt det, opskriften beholder: {names}.", _OTHER_ROWS)
    ]  # fmt: skip


def _nothing_of(column: str, kept: tuple[str, ...], texts: list[str]) -> Problem:
    wanted = first_listed([f"»{label}«" for label in kept], _NAMES_SHOWN)
    shown = first_listed([f"»{text}«" for text in texts], _NAMES_SHOWN)
    return Problem("empty_file", "", None, column, None,
                   f"Opskriften beholder {wanted}, men kolonnen har {shown}. "
                   "Ingen rækker er tilbage.", _OTHER_ROWS)  # fmt: skip


def lost_areas(
    connection: duckdb.DuckDBPyConnection, table: RawTable, plan: Plan, meaning: Meaning
) -> list[Problem]:
    """A warning that names the known areas of which no row is kept.

    `Total` in some areas' rows and `I alt` in the others' would leave the former out unseen.
    """
    place = plan.columns.get("area_id")
    if not plan.keep or place is None or place in plan.keep:
        return []
    connection.table(f"spelled_c{place}").create_view("spelled_area_column", replace=True)
    lost = [
        plain(text)
        for (text,) in connection.execute(_WITHOUT_ROWS).fetchall()
        if meaning.areas(text) and not (plan.recipe and plan.recipe.ignores("areas", plain(text)))
    ]
    if not lost:
        return []
    shown = first_listed([f"»{text}«" for text in lost], _NAMES_SHOWN)
    names = listing([f"»{table.columns[kept_place]}«" for kept_place in plan.keep])
    return [
        Problem(
            "ignored_area", "", None, table.columns[place], lost[0],
            f"{counted(len(lost), 'område', 'områder')} har ingen rækker med det, opskriften "
            f"beholder i {names}: {shown}.",
            "Kontrollér, om værdien er skrevet på en anden måde i deres rækker.",
        )
    ]  # fmt: skip


_WITHOUT_ROWS = """
SELECT text FROM spelled_area_column
WHERE spelling NOT IN (SELECT area_id FROM candidate WHERE area_id IS NOT NULL)
ORDER BY spelling
LIMIT 10000
"""
