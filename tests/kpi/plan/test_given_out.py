"""What templates have ever said: people have files made with it, and these are still read."""

from collections.abc import Mapping

import pytest

from kpi.plan.files import FILE_TABLES, _known, _table
from kpi.tables.spec import SPECS, file_name
from kpi.tables.table_spec import Column, TableSpec
from tests.tables import for_each

# Of each table of the template: all that its sheet, its columns and the words in them were called.
# Nothing is taken out of here. What is called otherwise now is added, its earlier name is kept as
# `former_sheet`, `former_name` or in `former_words` of kpi/tables/spec.py.
SHEETS: Mapping[str, tuple[str, ...]] = {
    "source": ("Kilder",), "initiative": ("Indsatser",), "initiative_status": ("Status",),
    "event": ("Hændelser",), "meeting": ("Møder",), "target": ("Måltal", "mål"),
    "remark": ("Bemærkninger",), "comment": ("Forvaltningens bemærkninger",),
}  # fmt: skip
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "source": (
        "kilde", "titel", "udgiver", "udgivet", "afsnit", "mindste antal", "hyppighed",
        "næste offentliggørelse", "ansvarlig",
    ),
    "initiative": ("indsats", "tema", "titel", "ansvarlig", "begyndt", "nøgletal"),
    "initiative_status": ("indsats", "dato", "status", "tilstand", "beskrivelse", "kilde"),
    "event": ("hændelse", "dato", "nøjagtighed", "område", "tema", "titel", "kilde"),
    "meeting": ("møde", "dato", "forum", "titel"),
    "target": (
        "måltal", "mål", "nøgletal", "område", "gruppe", "periode", "værdi", "status", "tilstand",
        "note", "kilde",
    ),
    "comment": (
        "forvaltningens bemærkning", "dato", "navn", "tekst", "nøgletal", "område", "indsats",
        "møde",
    ),
    "remark": ("bemærkning", "nøgletal", "område", "gruppe", "periode", "tekst", "kilde"),
}  # fmt: skip
WORDS: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("source", "frequency"): (
        "hvert år", "hvert skoleår", "hvert halvår", "hvert kvartal", "hver måned",
        "opgjort én gang", "ingen fast rytme",
    ),
    ("initiative_status", "state"): (
        "Planlagt", "I gang", "I drift", "Afsluttet", "Afventer", "Blokeret",
    ),
    ("event", "precision"): ("Dag", "Måned", "Årstid"),
    ("target", "state"): ("besluttet", "foreslået", "loft", "lovfastsat grænse", "lovens grænse"),
}  # fmt: skip
IN_FILES = [SPECS[table] for table in FILE_TABLES]
WITH_WORDS = [(spec, column) for spec in IN_FILES for column in spec.columns if column.words]


def test_all_that_is_given_out_is_listed() -> None:
    sheets = {spec.name for spec in IN_FILES if spec.sheet not in SHEETS[spec.name]}
    assert not sheets, f"add what their sheets are called now to SHEETS above: {sheets}"
    named = {(spec.name, file_name(spec.name, name)) for spec in IN_FILES
             for name in spec.column_names}  # fmt: skip
    names = named - {(table, name) for table, names in COLUMNS.items() for name in names}
    assert not names, f"add these to COLUMNS above: {names}"
    worded = {(spec.name, word) for spec, column in WITH_WORDS for word in column.words.values()}
    words = worded - {(table, word) for (table, _), words in WORDS.items() for word in words}
    assert not words, f"add these to WORDS above: {words}"


@pytest.mark.parametrize("spec", IN_FILES, ids=FILE_TABLES)
def test_sheets_and_columns_are_read_as_they_were_called(spec: TableSpec) -> None:
    unread = [sheet for sheet in SHEETS[spec.name] if _table(sheet, []) != spec.name]
    assert not unread, f"keep as former_sheet in kpi/tables/spec.py: {unread}"
    unknown = {*COLUMNS[spec.name]} - _known(spec.name).keys()
    assert not unknown, f"keep as former_name in kpi/tables/spec.py: {unknown}"


@for_each(("spec", "column"), WITH_WORDS)
def test_words_are_read_as_they_were_called(spec: TableSpec, column: Column) -> None:
    read = {*column.words.values(), *column.former_words}
    unread = {*WORDS[spec.name, column.name]} - read
    assert not unread, f"keep in former_words of the column in kpi/tables/spec.py: {unread}"
