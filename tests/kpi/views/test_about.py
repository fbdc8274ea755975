"""The catalogue of everything: figures, sources and publications."""

from kpi.catalog import Catalog
from kpi.store import Store
from kpi.views.about import about_view


def test_the_catalogue(store: Store, catalog: Catalog) -> None:
    view = about_view(store, catalog)
    assert len(view.rows) == 35
    counts = {row.indicator.indicator_id: (row.figures, row.areas) for row in view.rows}
    assert counts["employment_rate"] == (1456, 104)
    assert counts["school_absence"] == (1177, 100)
    assert counts["language_mentor_places"] == (0, 0)
    assert [
        (source.source_id, figures, approximate) for source, figures, approximate in view.sources
    ] == [
        ("handleplan_2024", 9, 6),
        ("handlingsnotat_2024", 3, 0),
        ("indstilling_2024", 0, 0),
        ("indstilling_2025", 0, 0),
        ("status_2025", 7, 0),
        ("handleplan_2024_genoptryk", 3, 0),  # three of the plan's figures, told anew
        ("oto_status_2025", 35, 2),
        ("ras200", 1456, 0),
        ("uvm_absence", 1174, 0),
        ("own_upload", 0, 0),  # what analysts publish without naming a source
    ]
    assert len(view.batches) == 7
    assert len(view.abbreviations) == 12
    assert view.version == "000001"
