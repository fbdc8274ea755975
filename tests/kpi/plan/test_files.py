"""Files of the action plan: the template filled in, single tables as CSV, and what is no table."""

import io
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import cast

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from kpi.domain.catalog import Catalog
from kpi.domain.errors import KpiError
from kpi.domain.plan import Comment
from kpi.export.plan_template import plan_template
from kpi.ingest.table.raw import RefusedError, Upload
from kpi.plan.changes import current_plan_rows
from kpi.plan.files import FILE_TABLES, TABLE_NAMES, read_plan_file
from kpi.plan.rows import as_written, written_day, written_period
from kpi.store import Store, open_store
from kpi.store.entering import enter
from kpi.tables.spec import COLUMNS, SPECS, file_name
from kpi.tables.table_spec import DATES, TableSpec
from tests.tables import for_each


def workbook(**sheets: Sequence[Sequence[object]]) -> Upload:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": "dd-mm-yyyy"})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for place, row in enumerate(rows):
            sheet.write_row(place, 0, row)
    book.close()
    return Upload("plan.xlsx", out.getvalue())


STATUS = ["indsats", "dato", "status", "beskrivelse", "kilde"]


@for_each(
    "upload",
    [
        workbook(Status=[STATUS, ["sprogboost", "2025-06-01", "I drift", "Fast", "status_2025"]]),
        Upload(  # a single table is known by its columns
            "s.csv", b"indsats;dato;status;beskrivelse;kilde\nsprogboost;2025-06-01;i drift;Fast;"
            b"status_2025\n",
        ),
        Upload(  # as in data/
            "s.csv", b"initiative_id,date,state,summary,source_id\n"
            b"sprogboost,2025-06-01,in_operation,Fast,status_2025\n",
        ),
    ],
)  # fmt: skip
def test_a_status_is_read(upload: Upload) -> None:
    plan_file = read_plan_file(upload)
    (row,) = plan_file.rows["initiative_status"]
    state = row.pop("state")
    assert state.casefold() in ("i drift", "in_operation")
    assert row == {
        "initiative_id": "sprogboost",
        "date": "2025-06-01",
        "summary": "Fast",
        "source_id": "status_2025",
    }
    assert plan_file.lines == {"initiative_status": [2]}


def test_files_of_earlier_templates_are_read(store: Store, catalog: Catalog) -> None:
    """Their sheet and columns had other names, and so had the status of what waits."""
    former = workbook(
        Status=[
            ["indsats", "dato", "tilstand", "beskrivelse", "kilde"],
            ["sprogboost", "2025-06-01", "Blokeret", "Fast", "status_2025"],
        ],
        Mål=[
            ["mål", "nøgletal", "område", "gruppe", "periode", "værdi", "tilstand", "kilde"],
            ["m1", "employment_rate", "aarhus", "all", "2027", 77.5, "Foreslået", "status_2025"],
        ],
    )
    rows = as_written(read_plan_file(former).rows, store.plan(), catalog)
    assert rows["initiative_status"][0]["state"] == "blocked"
    assert (rows["target"][0]["target_id"], rows["target"][0]["state"]) == ("m1", "proposed")


def test_former_names_of_indicators_and_groups_are_read(store: Store, catalog: Catalog) -> None:
    former = workbook(
        Måltal=[
            ["måltal", "nøgletal", "område", "gruppe", "periode", "værdi", "status", "kilde"],
            ["m1", "Fritidspas", "Gellerup", "Familier i indsatsen", "2027", 9, "Foreslået", "x"],
        ],
        Indsatser=[
            ["indsats", "tema", "titel", "nøgletal"],
            ["ny", "Opgang til Opgang", "Ny", "Kapacitet; NSK-timer"],
        ],
    )
    rows = as_written(read_plan_file(former).rows, store.plan(), catalog)
    (target,), (initiative,) = rows["target"], rows["initiative"]
    assert (target["indicator_id"], target["group_id"]) == (
        "leisure_pass_families", "programme_families",
    )  # fmt: skip
    assert initiative["indicator_ids"] == "programme_capacity;nsk_advisor_hours"


def test_words_become_codes_and_numbers_keep_their_value(store: Store, catalog: Catalog) -> None:
    read = read_plan_file(
        workbook(
            Hændelser=[
                ["hændelse", "dato", "nøjagtighed", "titel", "kilde"],
                ["dag_et", "2025-05", "måned", "Temadag", "status_2025"],
            ],
            Måltal=[
                ["måltal", "nøgletal", "område", "gruppe", "periode", "værdi", "status", "kilde"],
                [
                    "m1",
                    "employment_rate",
                    "aarhus",
                    "all",
                    "2027",
                    77.5,
                    "Besluttet",
                    "status_2025",
                ],
            ],
        )
    )
    written = as_written(read.rows, store.plan(), catalog)
    assert written["event"][0]["precision"] == "month"
    assert (written["target"][0]["state"], written["target"][0]["value"]) == ("decided", "77.5")


@for_each(
    ("upload", "message"),
    [
        (Upload("tal.csv", b"a;b\n1;2\n"), "ingen af handleplanens tabeller"),
        (workbook(Ark1=[["indsats"], ["x"]]), "ingen af handleplanens tabeller"),
        (workbook(Status=[STATUS]), "ingen af handleplanens tabeller"),  # headers only
        (
            workbook(
                Status=[STATUS, [], ["sprogboost", "2025-06-01", "I drift", "010190-1111", "x"]],
                Møder=[["møde", "dato", "forum"]],
            ),
            "et CPR-nummer: linje 3, kolonne beskrivelse på arket Status. "
            "Filen er ikke gemt, og intet er registreret.",
        ),
        (Upload("010190-1111.csv", b"m\xc3\xb8de;dato;forum\nm;2025-01-01;F\n"), "Filnavnet"),
        (
            Upload("s.csv", b"indsats;dato;sttaus;kilde\na;2025;i drift;b\n"),
            "en kolonne, der ikke kendes: »sttaus«. Mente du »status«?",
        ),
        (
            workbook(Status=[STATUS[:-1], ["sprogboost", "2025-06-01", "I drift", "Fast"]]),
            "Status mangler »kilde«.",
        ),
        (workbook(Status=[[*STATUS, "Kilde"], ["a"]]), "kolonnen »kilde« to gange"),
    ],
)
def test_what_is_refused(upload: Upload, message: str) -> None:
    with pytest.raises(RefusedError) as refused:
        read_plan_file(upload)
    assert message in f"{refused.value.title} {refused.value.message}"


def test_the_template_has_every_table_and_column(store: Store, catalog: Catalog) -> None:
    book = CalamineWorkbook.from_filelike(io.BytesIO(plan_template(catalog, store.plan())))
    assert book.sheet_names == [*FILE_TABLES.values(), "Lister"]
    heads = {name: book.get_sheet_by_name(name).to_python()[0] for name in TABLE_NAMES.values()}
    assert heads["Status"] == [file_name("initiative_status", column) for column in (
        "initiative_id", "date", "state", "summary", "source_id",
    )]  # fmt: skip


def test_a_column_is_called_by_its_own_table(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two tables may have a column of one name, and people call it otherwise in each."""
    event = SPECS["event"]
    columns = [
        replace(column, danish="overskrift") if column.name == "title" else column
        for column in event.columns
    ]
    monkeypatch.setitem(
        cast(dict[str, TableSpec], SPECS), "event", replace(event, columns=tuple(columns))
    )
    heads = "indsats;tema;titel\nny;language;Ny"
    assert read_plan_file(Upload("a.csv", heads.encode())).rows["initiative"][0]["title"] == "Ny"
    heads = "dato;nøjagtighed;overskrift;kilde\n2025;Årstid;Fest;handleplan_2024"
    assert read_plan_file(Upload("b.csv", heads.encode())).rows["event"][0]["title"] == "Fest"


def test_every_table_with_ids_is_compared_with_its_current_rows(
    store: Store, catalog: Catalog
) -> None:
    with_ids = [table for table in FILE_TABLES if SPECS[table].has_ids]
    comment = Comment("c", "2025-03-11", "Sekretariatet", "Et udkast.", "", "aarhus", "", "")
    plan, catalog = store.plan(), replace(catalog, comments=(comment,))
    assert [table for table in with_ids if not current_plan_rows(table, plan, catalog)] == []


def test_the_template_lists_names_that_are_read(store: Store, catalog: Catalog) -> None:
    book = CalamineWorkbook.from_filelike(io.BytesIO(plan_template(catalog, store.plan())))
    head, *rows = book.get_sheet_by_name("Lister").to_python()
    lists = {name: [row[place] for row in rows if row[place]] for place, name in enumerate(head)}
    assert lists["indsats"][0] == "Udvidelse af sprogmentorindsatsen"
    assert "Indsats mod negativ social kontrol" in lists["tema"]
    given = [
        {"initiative_id": str(title), "date": "2025", "state": "I gang", "source_id": str(source)}
        for title in lists["indsats"]
        for source in lists["kilde"][:2]
    ]
    read = as_written({"initiative_status": given}, store.plan(), catalog)["initiative_status"]
    assert {row["initiative_id"] for row in read} == {
        initiative.initiative_id for initiative in store.plan().initiatives
    }
    assert {row["source_id"] for row in read} == set(list(catalog.sources)[:2])


def test_ids_need_not_be_written(home: Path) -> None:
    meetings = [["dato", "forum", "titel"], ["2025-09-01", "Byrådet", "Budget"]]
    upload = workbook(
        Indsatser=[["tema", "titel"], ["Sprog", "Ny indsats"], ["Sprog", "Ny indsats 2"]],
        Status=[STATUS, ["Ny indsats", "1.6.2025", "I gang", "Fast", "Egen indberetning"]],
        Møder=meetings,
    )
    for _ in range(2):
        plan_file = read_plan_file(upload)
        done = enter(plan_file.rows, "Anna", home, lines=plan_file.lines)
    assert (done.rows, done.unchanged) == (0, 4)  # the second time all of it exists already
    store = open_store(home)
    new = {
        initiative.initiative_id: initiative
        for initiative in store.plan().initiatives
        if "Ny " in initiative.title
    }
    assert list(new) == ["ny_indsats", "ny_indsats_2"]
    assert [status.source_id for status in new["ny_indsats"].statuses] == ["own_upload"]
    meetings[1][2] = "Budget 2026"
    plan_file = read_plan_file(workbook(Møder=meetings))
    assert enter(plan_file.rows, "Anna", home, lines=plan_file.lines).rows == 1
    titles = [meeting.title for meeting in open_store(home).catalog().meetings.values()]
    assert (titles.count("Budget"), titles.count("Budget 2026")) == (0, 1)


def test_of_a_row_that_lacks_more_than_its_id_only_that_is_reported(home: Path) -> None:
    head = ["dato", "nøjagtighed", "titel", "kilde"]
    plan_file = read_plan_file(workbook(Hændelser=[head, ["", "Dag", "Temadag", "status_2025"]]))
    with pytest.raises(KpiError) as refused:
        enter(plan_file.rows, "Anna", home, lines=plan_file.lines)
    assert refused.value.message == (
        "1 fejl. Intet er ændret.\n- hændelser, linje 2, kolonne dato: Feltet er tomt. "
        "Udfyld feltet."
    )


def test_a_new_paper_comes_with_what_cites_it(home: Path) -> None:
    papers = [["titel", "udgiver", "udgivet"], ["Status 2026", "MSB", "3. marts 2026"]]
    upload = workbook(
        Kilder=papers,
        Status=[STATUS, ["Bande-exit", "2026-03-03", "Afsluttet", "Slut", "status 2026"]],
    )
    for _ in range(2):
        plan_file = read_plan_file(upload)
        done = enter(plan_file.rows, "Anna", home, lines=plan_file.lines)
    assert (done.rows, done.unchanged) == (0, 2)
    store = open_store(home)
    source = store.catalog().sources["status_2026"]
    assert (source.published, source.min_cell) == ("2026-03-03", 5)
    (entry,) = store.entries()
    assert dict(entry.rows) == {"source": 1, "initiative_status": 1}
    papers[1][1] = "En anden"  # a paper is never changed
    plan_file = read_plan_file(workbook(Kilder=papers))
    with pytest.raises(KpiError, match="Id'et findes allerede"):
        enter(plan_file.rows, "Anna", home, lines=plan_file.lines)


def test_what_is_read_can_be_entered(home: Path) -> None:
    rows = read_plan_file(
        workbook(
            Indsatser=[["indsats", "tema", "titel"], ["ny", "language", "Ny indsats"]],
            Status=[STATUS, ["ny", "2025-06-01", "Planlagt", "Forberedes", "status_2025"]],
        )
    )
    assert enter(rows.rows, "Anna", home, lines=rows.lines).rows == 2
    titles = [initiative.title for initiative in open_store(home).plan().initiatives]
    assert "Ny indsats" in titles


@for_each(
    ("name", "written", "value"),
    [
        ("værdi", "800.000", "800000"), ("værdi", "1.234,5", "1234.5"), ("værdi", "12,5 %", "12.5"),
        ("value", "77.125", "77.125"),  # as data/ writes it
    ],
)  # fmt: skip
def test_a_number_is_read_as_its_column_writes_it(name: str, written: str, value: str) -> None:
    text = (
        f"måltal;nøgletal;område;gruppe;periode;{name};status;kilde\n"
        f"t;nsk_budget;aarhus;all;2026;{written};besluttet;status_2025\n"
    )
    (row,) = read_plan_file(Upload("plan.csv", text.encode())).rows["target"]
    assert row["value"] == value


DATED = [
    (table, column.name)
    for table in FILE_TABLES
    for column in SPECS[table].columns
    if column.cells in DATES
]


@for_each(("table", "column"), DATED)
def test_a_date_of_a_workbook_is_a_day_in_every_column_of_dates(table: str, column: str) -> None:
    names = [file_name(table, name) for name in COLUMNS[table]]
    cells: list[object] = ["x"] * len(names)
    cells[COLUMNS[table].index(column)] = date(2026, 3, 3)
    sheets: dict[str, Sequence[Sequence[object]]] = {FILE_TABLES[table]: [names, cells]}
    plan_file = read_plan_file(workbook(**sheets))
    (row,) = plan_file.rows[table]
    assert row[column] == "2026-03-03"


def test_a_row_is_named_by_its_line(home: Path) -> None:
    text = (
        "\nindsats;dato;status;beskrivelse;kilde\n\n"
        'sprogboost;2025-06-01;I drift;"To\nlinjer";status_2025\n;;;;\n'
        "sprogboost;2025-06-02;Sat på pause;Fast;status_2025\n"
    )
    plan_file = read_plan_file(Upload("plan.csv", text.encode()))
    with pytest.raises(KpiError) as refused:
        enter(plan_file.rows, "Anna", home, lines=plan_file.lines)
    assert refused.value.message.splitlines()[1:] == [
        "- status på indsatser, linje 7, kolonne status: »Sat på pause« Værdien kendes ikke. "
        "Vælg en af: Planlagt, I gang, I drift, Afsluttet, Afventer."
    ]


@for_each(
    ("written", "day"),
    [
        ("01.06.2025", "2025-06-01"), ("1/6/2025", "2025-06-01"), ("1-6-2025", "2025-06-01"),
        ("1. juni 2025", "2025-06-01"), ("Juni 2025", "2025-06"), ("2025-06", "2025-06"),
        ("2025", "2025"), ("32.13.2025", "32.13.2025"),
        ("31.02.2025", "31.02.2025"), ("i juni", "i juni"), ("", ""),
    ],
)  # fmt: skip
def test_a_date_is_read_as_danes_write_it(written: str, day: str) -> None:
    assert written_day(written) == day


@for_each(
    ("written", "period"),
    [
        ("2027", "2027"),
        ("2027M01:2027M12", "2027"),
        ("2027Q1", "2027K1"),
        ("1. kvartal 2027", "2027K1"),
        ("engang", "engang"),  # reported by the checks
        ("", ""),
    ],
)
def test_a_period_is_read_as_a_file_of_figures_writes_it(written: str, period: str) -> None:
    assert written_period(written) == period


def test_names_stand_for_ids_in_any_letter_case(store: Store, catalog: Catalog) -> None:
    rows = {
        "target": [
            {
                "target_id": "NSK_budget", "indicator_id": "budget til nsk-vejledere",
                "area_id": "ÅRHUS", "group_id": "alle", "period": "2026", "value": "1",
                "state": "Besluttet", "note": "Alle", "source_id": "STATUS_2025",
            }
        ],
        "initiative": [
            {
                "initiative_id": "ny", "theme_id": "social KONTROL", "title": "Ny",
                "responsible": "", "started": "1.2.2025",
                "indicator_ids": "NSK_cases; Sanktionsandel; Fantasi",
            }
        ],
        "initiative_status": [
            {"initiative_id": "ny", "date": "2025", "state": "i gang", "source_id": "x"}
        ],
    }  # fmt: skip
    written = as_written(rows, store.plan(), catalog)
    (target,), (initiative,) = written["target"], written["initiative"]
    assert target == {
        "target_id": "nsk_budget", "indicator_id": "nsk_budget", "area_id": "aarhus",
        "group_id": "all", "period": "2026", "value": "1", "state": "decided", "note": "Alle",
        "source_id": "status_2025",
    }  # fmt: skip
    assert (initiative["started"], initiative["theme_id"]) == ("2025-02-01", "social_control")
    # What names nothing stays, and is reported by the checks.
    assert initiative["indicator_ids"] == "nsk_cases;sanction_share;Fantasi"
    assert written["initiative_status"][0]["state"] == "in_progress"
