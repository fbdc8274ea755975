"""Which source a recipe form proposes for an extract."""

from dataclasses import replace

import pytest

from kpi.domain.catalog import Catalog
from kpi.domain.model import Source
from kpi.ingest.checked import Checked
from kpi.ingest.mapping.proposed_recipe import Proposal
from kpi.ingest.table.formats import FORMATS, Format
from kpi.views.proposed_source import proposed_indicator, proposed_source

SOURCES = {
    name: Source(name, title, publisher, "", "", 0)
    for name, title, publisher in (
        ("ras200", "RAS200: erhvervsfrekvenser", "Danmarks Statistik"),
        ("ras200_transcript", "RAS200 (afskrift): erhvervsfrekvenser", "Danmarks Statistik"),
        ("folk1am", "FOLK1AM: folketal", "Danmarks Statistik"),
        ("y60a02", "y60a02: kontanthjælp", "Styrelsen for Arbejdsmarked og Rekruttering"),
        ("uvm_absence", "Elevfravær i folkeskolen", "Børne- og Undervisningsministeriet"),
    )
}
EDUCATION = ("[Tid].[Skoleår].[Skoleår]", "Gennemsnitligt fravær per skoleår")


@pytest.mark.parametrize(
    ("file", "kind", "table_id", "columns", "source_id", "table"),
    [
        ("udtræk.xlsx", "statbank_xlsx", "RAS200", (), "ras200", "RAS200"),
        ("folk1am_2026.csv", "statbank_csv", "", ("TID", "INDHOLD"), "folk1am", "folk1am"),
        ("y60a02.json", "jobindsats_json", "", (), "y60a02", "y60a02"),
        ("fravær.csv", "uvm_csv", "", EDUCATION, "uvm_absence", ""),
        # a table that no source has: its number is the name of a new one
        ("lbesk69_ansatte.csv", "statbank_csv", "", (), "", "LBESK69"),
        # a table of one's own that has the name of a table is its copy, or the table
        ("RAS200_2024.csv", "table_csv", "", (), "", ""),
        ("covid19.csv", "table_csv", "", (), "", ""),
        ("karakterer.csv", "uvm_csv", "", ("Karaktergennemsnit",), "", ""),
    ],
)  # fmt: skip
def test_the_source_that_a_file_points_to(
    catalog: Catalog, file: str, kind: Format, table_id: str, columns: tuple[str, ...],
    source_id: str, table: str,
) -> None:  # fmt: skip
    checked = Checked(
        file, kind, 2, 0, (), columns=columns, table_id=table_id, publisher=FORMATS[kind].publisher
    )
    proposed = proposed_source(checked, replace(catalog, sources=SOURCES))
    assert (proposed.source_id, proposed.table) == (source_id, table)
    assert bool(proposed.why) == bool(source_id)


@pytest.mark.parametrize(
    ("value", "measure", "named"),
    [("{name}", "", True), ("{name} (pct.)", "", True), ("INDHOLD", "{name}", True),
     ("INDHOLD", "", False), ("Andre end {name}", "", False)],
)  # fmt: skip
def test_the_indicator_that_the_figures_are_called_by(
    catalog: Catalog, value: str, measure: str, named: bool
) -> None:
    known = next(each for each in catalog.indicators.values() if each.is_proportion)
    texts = [text.format(name=known.name) for text in (value, measure)]
    checked = Checked(
        "a.csv", "table_csv", 2, 0, (), measure=texts[1], proposal=Proposal(value=texts[0])
    )
    assert proposed_indicator(checked, catalog) == (known.indicator_id if named else "")
