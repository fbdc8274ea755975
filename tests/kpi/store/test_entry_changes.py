"""Each entry says what stood before it, and what it made of it."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from kpi.additions.model import catalog_rows
from kpi.plan.changes import NEW, SAME, PlanChange
from kpi.store import open_store
from kpi.store.adding import add
from kpi.store.entering import enter
from kpi.store.entry_changes import read_entry_changes
from kpi.store.withdrawing_entries import withdraw_entry
from kpi.tables.spec import COLUMNS, Row
from kpi.views.entry_details import EntryDetail, entry_details, rest_words
from tests.kpi.store.test_withdrawing_entries import COURSES, GOAL
from tests.tables import for_each

# Something of data/ is corrected, the entry is withdrawn, and it is corrected again.
AREAS: list[tuple[str, Row] | int] = [
    ("area", {"area_id": "gellerup", "name": "Gellerup Nord"}),
    1,
    ("area", {"area_id": "gellerup", "aliases": "Gjellerup", "set_ids": "Byerne"}),
]  # fmt: skip
# In every other table something new is made, and corrected.
OTHERS: list[tuple[str, Row] | int] = [
    ("population_group", {"name": "Indskoling", "reference_group_id": "Alle"}),
    ("population_group", {"group_id": "indskoling", "reference_group_id": ""}),
    ("source", {"title": "KMD Elev", "publisher": "Kommunen"}),
    ("source", {"source_id": "kmd_elev", "min_cell": "10"}),
    ("theme", {"name": "Sundhed"}),
    ("theme", {"theme_id": "sundhed", "description": "Trivsel"}),
    ("indicator", {
        "name": "Ydelser", "theme_id": "Arbejde", "kind": "Antal", "unit": "personer",
        "definition": "Modtagere",
    }),
    ("indicator", {"indicator_id": "ydelser", "headline": "ja", "breaks": "1. juli 2025 Reform"}),
    8,
    ("indicator", {"indicator_id": "ydelser", "decimals": "2"}),
]  # fmt: skip


def standing(home: Path, table: str) -> dict[str, Row]:
    store = open_store(home)
    rows = catalog_rows(table, store.catalog())
    store.close()
    return rows


def follow(home: Path, steps: list[tuple[str, Row] | int]) -> dict[int, tuple[EntryDetail, ...]]:
    """Takes the steps, holds what each entry says against what stood, and gives its words."""
    seen: dict[int, tuple[Row | None, Row]] = {}
    for step in steps:
        if isinstance(step, int):
            withdraw_entry(step, "Bo", "Fejl", home)
            continue
        table, row = step
        before = standing(home, table)
        done = add(table, [row], "Anna", home)
        row_id = done.changes[0].row[COLUMNS[table][0]]
        seen[done.entry_id or 0] = before.get(row_id), standing(home, table)[row_id]
    store = open_store(home)
    changes, catalog, plan = store.entry_changes([*seen]), store.catalog(), store.plan()
    store.close()
    said = {entry: [(each.before, each.row) for each in of] for entry, of in changes.items()}
    assert said == {entry: [rows] for entry, rows in seen.items()}
    return {entry: entry_details(of_entry, catalog, plan) for entry, of_entry in changes.items()}


def test_what_stood_before_each_entry_and_after_it_is_what_the_entry_says(spor: Path) -> None:
    assert follow(spor, AREAS) == {
        1: (
            EntryDetail("Gellerup", True, (
                "Navn: fra »Gellerup« til »Gellerup Nord«", "Andre navne: tilføjet »Gellerup«",
            )),
        ),
        2: (
            EntryDetail("Gellerup", True, (
                "Andre navne: tilføjet »Gjellerup«", "Sammenlignes i: tilføjet »Byerne«",
            )),
        ),
    }  # fmt: skip


@pytest.mark.soak
def test_so_it_is_in_every_table_that_people_add_to(spor: Path) -> None:
    details = follow(spor, OTHERS)
    assert details[2][0].lines == ("Sammenlignes med: fjernet »Alle«",)
    assert not details[1][0].is_correction


def test_of_the_plan_what_stood_before_and_the_status_before_each_new_one(spor: Path) -> None:
    status = {"initiative_id": "courses", "source_id": "paper", "summary": ""}
    for rows in (
        {"target": [{**GOAL, "value": "82.5"}], "initiative": [{**COURSES, "title": "Kurser"}]},
        {"initiative_status": [{**status, "date": "2025-06-01", "state": "completed"}]},
        {"initiative_status": [{**status, "date": "2025-06-02", "state": "blocked"}]},
    ):
        enter(rows, "Anna", spor)
    withdraw_entry(2, "Bo", "Fejl", spor)
    enter(
        {
            "initiative_status": [{**status, "date": "2025-06-03", "state": "in_operation"}],
            "meeting": [{"meeting_id": "ny", "date": "2025-06-04", "body": "Udvalg"}],
        },
        "A",
        spor,
    )
    store = open_store(spor)
    changes, catalog, plan = store.entry_changes([1, 2, 3, 4]), store.catalog(), store.plan()
    store.close()
    said = {entry: entry_details(of_entry, catalog, plan) for entry, of_entry in changes.items()}
    assert [(each.word, each.name, each.lines) for each in said[1]] == [
        ("Rettet", "Forløb i Gellerup", ("Titel: fra »Forløb i Gellerup« til »Kurser«",)),
        ("Rettet", "Job, Aarhus 2026", ("Værdi: fra »80« til »82,5«",)),
    ]
    before = [each.lines[-1] for each in (said[2][0], said[3][0], said[4][0])]
    assert before == [
        "Seneste status forinden: I gang (24. juni 2024)",
        "Seneste status forinden: I gang (24. juni 2024)",  # of a status withdrawn that day: none
        "Seneste status forinden: Afventer (2. juni 2025)",
    ]
    assert [(each.word, each.name) for each in said[4]] == [
        ("Ny status", "Kurser"), ("Oprettet", "Udvalg"),
    ]  # fmt: skip


@for_each("is_withdrawn", [False, True])
@for_each("days_after", [-1, 0, 1])
def test_what_was_withdrawn_stood_until_its_day(days_after: int, is_withdrawn: bool) -> None:
    """On the entry's own day it is taken to have stood where the entry was withdrawn itself."""
    first, second = datetime(2025, 3, 1, 9), datetime(2025, 3, 19, 9)  # noqa: DTZ001 - UTC
    gone = second.date() + timedelta(days=days_after)
    entries = [(1, first, gone), (2, second, second.date() if is_withdrawn else None)]
    themes = [
        [
            moment,
            *({"theme_id": "sundhed", "name": name}.get(column) for column in COLUMNS["theme"]),
        ]
        for moment, name in ((first, "Sundhed"), (second, "Sundhed og trivsel"))
    ]

    def ask(sql: str) -> list[Any]:
        return entries if "FROM entry" in sql else themes if "FROM theme_row" in sql else []

    (change,) = read_entry_changes(ask, [2])[2]
    stood = days_after > 0 or (days_after == 0 and is_withdrawn)
    assert (change.before and change.before["name"]) == ("Sundhed" if stood else None)


def test_rows_past_the_first_are_counted() -> None:
    rows = [PlanChange("theme", {"theme_id": str(n)}, None, NEW) for n in range(3)]
    assert rest_words([*rows, PlanChange("theme", {"theme_id": "3"}, None, SAME)], 2) == (
        "Og 1 række til."
    )
    assert rest_words(rows, 3) == ""
