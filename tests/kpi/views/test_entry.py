"""Rows about to be entered, in words: names for ids, Danish numbers and dates."""

import pytest

from kpi.domain.catalog import Catalog
from kpi.plan.changes import plan_changes
from kpi.store import Store
from kpi.store.entering import whole_rows
from kpi.views.entry import ChangeLine, change_lines

MENTOR = {
    "target_id": "mentor_2024", "indicator_id": "language_mentor_places", "area_id": "aarhus",
    "group_id": "all", "period": "2024", "value": "50", "state": "ceiling",
    "note": "Midlerne gælder 2024-2026",
    "source_id": "handlingsnotat_2024",
}  # fmt: skip


def line(table: str, row: dict[str, str], store: Store, catalog: Catalog) -> ChangeLine:
    plan = store.plan()
    changes = plan_changes(whole_rows({table: [row]}), plan, catalog)
    (change,) = change_lines(changes, plan, catalog)
    return change


@pytest.mark.parametrize(
    ("changed", "before", "after"),
    [
        ({"value": "1250.5"}, "værdi: 50", "værdi: 1.250,5"),
        ({"area_id": "odense"}, "område: Aarhus", "område: Odense"),
        ({"state": "proposed", "note": ""},
         "status: Loft; note: Midlerne gælder 2024-2026", "status: Foreslået; note: –"),
        ({"state": "legal_threshold"}, "status: Loft", "status: Lovens grænse"),
        ({"period": "2024K2"}, "periode: 2024", "periode: 2. kvartal 2024"),
    ],
)  # fmt: skip
def test_a_changed_target(
    changed: dict[str, str], before: str, after: str, store: Store, catalog: Catalog
) -> None:
    change = line("target", {**MENTOR, **changed}, store, catalog)
    assert (change.table, change.kind) == ("Måltal", "Ændret")
    assert (change.before, change.after) == (before, after)


def test_a_status_older_than_the_newest_says_so(store: Store, catalog: Catalog) -> None:
    row = {"initiative_id": "sprogboost", "date": "2024-12", "state": "blocked",
           "source_id": "status_2025"}  # fmt: skip
    change = line("initiative_status", row, store, catalog)
    assert change.after == (
        "Afventer (december 2024). Ændrer ikke den seneste status: I gang (4. marts 2025) er nyere"
    )


def test_a_status_of_a_new_initiative_is_named_by_its_title(store: Store, catalog: Catalog) -> None:
    rows = {
        "initiative": [{"initiative_id": "ny", "theme_id": "language", "title": "Ny indsats"}],
        "initiative_status": [{"initiative_id": "ny", "date": "2025", "state": "planned",
                               "source_id": "status_2025"}],
    }  # fmt: skip
    changes = plan_changes(whole_rows(rows), store.plan(), catalog)
    listed = change_lines(changes, store.plan(), catalog)
    assert [change.name for change in listed] == ["Ny indsats", "Ny indsats"]


@pytest.mark.parametrize(
    ("table", "row", "name", "after"),
    [
        ("event", {"event_id": "ny", "date": "2025-09", "precision": "month", "title": "Jobmesse",
                   "theme_id": "language", "source_id": "status_2025"}, "Jobmesse",
         "dato: september 2025; nøjagtighed: Måned; tema: Mestring af det danske sprog; "
         "titel: Jobmesse; kilde: Kort status på indsatser i handleplanen (bilag 1)"),
        ("meeting", {"meeting_id": "ny", "date": "2025-08-20", "body": "Rådmandsmøde"},
         "Rådmandsmøde", "dato: 20. august 2025; forum: Rådmandsmøde"),
        ("initiative", {"initiative_id": "ny", "theme_id": "language", "title": "Ny indsats",
                        "started": "2025", "indicator_ids": "sanction_share;ukendt"},
         "Ny indsats", "tema: Mestring af det danske sprog; titel: Ny indsats; begyndt: 2025; "
         "nøgletal: Sanktionsandel og ukendt"),
    ],
)  # fmt: skip
def test_a_new_row(
    table: str, row: dict[str, str], name: str, after: str, store: Store, catalog: Catalog
) -> None:
    change = line(table, row, store, catalog)
    assert (change.kind, change.name, change.before) == ("Ny", name, "–")
    assert change.after == after


def test_what_cannot_be_read_is_shown_as_it_is(store: Store, catalog: Catalog) -> None:
    change = line("target", {**MENTOR, "period": "engang", "value": "mange"}, store, catalog)
    assert change.after == "periode: engang; værdi: mange"
