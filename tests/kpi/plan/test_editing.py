"""The plan's tables as a person edits them: names for ids, current rows, and new ids."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi.domain.catalog import Catalog
from kpi.domain.plan import Plan
from kpi.plan.changes import SAME, plan_changes
from kpi.plan.editing import Cell, Sheet, carried_over, names_of, sheet_of
from kpi.store import Store
from kpi.tables.spec import COLUMNS

TABLES = ("initiative", "initiative_status", "event", "meeting", "target")


@pytest.fixture(scope="module")
def plan(store: Store) -> Plan:
    return store.plan()


def test_each_table_can_be_edited(plan: Plan, catalog: Catalog) -> None:
    sizes = [len(sheet_of(table, plan, catalog).rows) for table in TABLES]
    assert sizes == [30, 30, 9, 5, 6]


@pytest.mark.parametrize("table", TABLES)
def test_a_table_left_alone_changes_nothing(plan: Plan, catalog: Catalog, table: str) -> None:
    sheet = sheet_of(table, plan, catalog)
    rows = sheet.rows_of(sheet.rows)
    assert len(rows) == len(sheet.rows)
    changes = plan_changes({table: rows}, plan, catalog)
    assert {change.kind for change in changes} == {SAME}


def test_whoever_edits_sees_names_and_the_rows_get_ids(plan: Plan, catalog: Catalog) -> None:
    sheet = sheet_of("target", plan, catalog)
    first = sheet.rows[0]
    assert first["indicator_id"] == "Pladser i sprogmentorindsatsen"
    assert (first["area_id"], first["state"], first["value"]) == ("Aarhus", "Loft", 50.0)
    (row,) = sheet.rows_of([{**first, "area_id": "Odense", "value": 62.5}])
    assert (row["area_id"], row["value"], row["target_id"]) == ("odense", "62.5", "mentor_2024")
    assert sheet.columns[0] == "indicator_id"
    assert sheet.needed == tuple(column for column in sheet.columns if column != "note")


def test_a_status_is_of_an_initiative_that_is_chosen_by_name(plan: Plan, catalog: Catalog) -> None:
    sheet = sheet_of("initiative_status", plan, catalog)
    assert sheet.columns == COLUMNS["initiative_status"]
    cells: dict[str, Cell] = {
        "initiative_id": "Bande-exit", "date": "2025-06", "state": "Afsluttet",
        "summary": " Evalueret ", "source_id": None,
    }  # fmt: skip
    assert sheet.rows_of([cells]) == [
        {"initiative_id": "gang_exit", "date": "2025-06", "state": "completed",
         "summary": "Evalueret", "source_id": ""}
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("table", "cells", "wanted"),
    [
        ("event", {"title": "Åbent hus på Øst"}, "aabent_hus_paa_oest"),
        ("initiative", {"title": "Bande-exit"}, "bande_exit"),
        ("initiative", {"title": "Sprogboost"}, "sprogboost_2"),  # the id is taken
        ("event", {"date": "2025-06"}, "ny"),
        ("meeting", {"body": "Udvalget", "date": date(2025, 8, 20)}, "udvalget_2025_08_20"),
        ("target", {"indicator_id": "Timer til NSK-vejledere", "area_id": "Aarhus"},
         "nsk_advisor_hours_aarhus"),
    ],
)  # fmt: skip
def test_a_new_row_gets_an_id_that_is_free(
    plan: Plan, catalog: Catalog, table: str, cells: dict[str, Cell], wanted: str
) -> None:
    sheet = sheet_of(table, plan, catalog)
    twice = sheet.rows_of([cells, {}, cells])  # the empty row between them is none
    assert twice[0][COLUMNS[table][0]] == wanted
    assert len({row[COLUMNS[table][0]] for row in twice}) == 2


def test_indicators_of_an_initiative_are_a_list(plan: Plan, catalog: Catalog) -> None:
    sheet = sheet_of("initiative", plan, catalog)
    first = sheet.rows[0]
    assert first["indicator_ids"] == ["Pladser i sprogmentorindsatsen"]
    both = ["Pladser i sprogmentorindsatsen", "Sanktionsandel"]
    (row,) = sheet.rows_of([{**first, "indicator_ids": both}])
    assert row["indicator_ids"].split(";")[0] == "language_mentor_places"
    assert len(row["indicator_ids"].split(";")) == 2
    (row,) = sheet.rows_of([{**first, "indicator_ids": []}])
    assert row["indicator_ids"] == ""


def test_what_shares_a_name_is_distinguished_by_its_id(plan: Plan, catalog: Catalog) -> None:
    source_id, other = list(catalog.sources)[:2]
    twins = {**catalog.sources, other: catalog.sources[source_id]}
    names = names_of("target", plan, replace(catalog, sources=twins))["source_id"]
    assert names[source_id].endswith(f" ({source_id})")
    assert names[other].endswith(f" ({other})")
    assert len(set(names.values())) == len(twins)


def test_what_was_typed_is_carried_over_to_the_current_rows() -> None:
    before = [{"id": "a", "title": "A", "date": "2024"}, {"id": "b", "title": "B", "date": "2024"}]
    edited = [{"id": "a", "title": "Typed", "date": "2024"}, {"id": "b", "title": "B2", "date": ""}]
    now = [
        {"id": "new", "title": "N", "date": "2025"},
        {"id": "a", "title": "A", "date": "2025"},  # another person changed the date meanwhile
    ]
    assert carried_over(before, edited, now, "id") == [
        {"id": "new", "title": "N", "date": "2025"},
        {"id": "a", "title": "Typed", "date": "2025"},
    ]
    assert carried_over(before, before, now, "id") == now


@given(
    st.lists(
        st.dictionaries(st.sampled_from(COLUMNS["event"][1:]), st.none() | st.text(max_size=20)),
        max_size=6,
    )
)
def test_whatever_is_typed_ids_are_plain_and_each_its_own(edited: list[dict[str, Cell]]) -> None:
    sheet = Sheet("event", COLUMNS["event"][1:], {}, ({"event_id": "ny"},))
    rows = sheet.rows_of(edited)
    ids = [row["event_id"] for row in rows]
    assert len({"ny", *ids}) == len(ids) + 1
    assert all(id_ and set(id_) <= set("abcdefghijklmnopqrstuvwxyz0123456789_") for id_ in ids)
    assert all(any(text for column, text in row.items() if column != "event_id") for row in rows)
