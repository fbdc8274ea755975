"""Handleplan: its tables are corrected and added to on the page, always as new rows."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from kpi.store import current_version, entering, open_store
from tests.pages.visit import assert_healthy, open_page, read, texts_of

ADD = "Tilføj en række"
Edit = Callable[[pd.DataFrame], None]


def opened(table: str, way: str = "Ret det, der står") -> AppTest:
    """The page with the editor open at a table."""
    app = open_page("handleplan")
    app.session_state["ret-planen"] = True
    app.session_state["ret-tabel"] = table
    app.session_state["ret-eller-ny"] = way
    return app.run()


@pytest.fixture
def editor(monkeypatch: pytest.MonkeyPatch) -> Callable[[Edit], None]:
    """Lets the next tables to edit come back as a person left them."""

    def typing(edit: Edit) -> None:
        def data_editor(frame: pd.DataFrame, **_: object) -> pd.DataFrame:
            edited = frame.copy()
            edit(edited)
            return edited

        monkeypatch.setattr(st, "data_editor", data_editor)

    return typing


def changes(app: AppTest) -> list[list[str]]:
    """What the page says that the rows change."""
    return [
        [read(str(cell)) for cell in row]
        for table in app.table
        if table.proto.alt == "Hvad rækkerne ændrer"
        for row in table.value.to_numpy()
    ]


def enter(app: AppTest, table: str, by: str = "Anna") -> AppTest:
    app.text_input(key=f"ret-{table}-navn").input(by)
    return app.button(key=f"ret-{table}-ind").click().run()


@pytest.mark.usefixtures("shared_home")
@pytest.mark.parametrize(
    ("table", "rows", "columns"),
    [
        ("initiative", 30, ["theme_id", "title", "responsible", "started", "indicator_ids"]),
        ("initiative_status", 30, ["initiative_id", "date", "state", "summary", "source_id"]),
        ("event", 9, ["date", "precision", "area_id", "theme_id", "title", "source_id"]),
        ("meeting", 5, ["date", "body", "title"]),
        ("target", 6, ["indicator_id", "area_id", "group_id", "period", "value", "state", "note",
                       "source_id"]),
    ],
)  # fmt: skip
def test_each_table_can_be_edited(table: str, rows: int, columns: list[str]) -> None:
    app = opened(table)
    assert_healthy(app)
    (shown,) = app.dataframe
    assert len(shown.value) == rows
    assert list(shown.proto.column_order) == columns
    assert changes(app) == []
    assert f"ret-{table}-ind" not in [button.key for button in app.button]


def test_a_correction_is_shown_entered_and_the_old_row_kept(
    home: Path, editor: Callable[[Edit], None]
) -> None:
    def edit(frame: pd.DataFrame) -> None:
        frame.loc[frame["title"] == "Bande-exit", "responsible"] = "Jobcentret"

    editor(edit)
    app = opened("initiative")
    assert_healthy(app)
    ((kind, name, before, after),) = changes(app)
    assert kind.startswith("Ændret")
    assert name == "Bande-exit"
    assert "Østjyllands Politi" in before
    assert after == "ansvarlig: Jobcentret"
    assert_healthy(enter(app, "initiative"))
    store = open_store(home)
    (entered,) = (
        initiative
        for initiative in store.plan().initiatives
        if initiative.initiative_id == "gang_exit"
    )
    store.close()
    assert entered.responsible == "Jobcentret"
    earlier = open_store(home, as_of=date(2025, 3, 19))
    assert "Jobcentret" not in [initiative.responsible for initiative in earlier.plan().initiatives]
    earlier.close()


@pytest.mark.usefixtures("home")
def test_several_corrections_are_entered_as_one(editor: Callable[[Edit], None]) -> None:
    def edit(frame: pd.DataFrame) -> None:
        frame.loc[1, "value"] = 62.5
        frame.loc[2, "state"] = "Foreslået"

    editor(edit)
    app = opened("target")
    assert [row[3] for row in changes(app)] == ["værdi: 62,5", "status: Foreslået"]
    app = enter(app, "target")
    assert_healthy(app)
    assert "Nr. 1 · 2 mål" in texts_of(app)


@pytest.mark.usefixtures("home")
def test_what_was_done_is_said_once_the_page_is_drawn_again(
    editor: Callable[[Edit], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A message before it is gone when a busy browser comes to draw it."""
    done: list[str] = []
    rerun = st.rerun

    def noted_rerun() -> None:
        done.append("drawn again")
        rerun()

    def edit(frame: pd.DataFrame) -> None:
        frame.loc[1, "value"] = 63.5

    editor(edit)
    app = opened("target")
    monkeypatch.setattr(st, "rerun", noted_rerun)
    monkeypatch.setattr(st, "toast", lambda text, **_: done.append(text))
    enter(app, "target")
    assert done == ["drawn again", "Det er registreret i handleplanen."]
    app.run()
    assert len(done) == 2


def test_a_fault_is_reported_by_its_row_and_nothing_is_entered(
    home: Path, editor: Callable[[Edit], None]
) -> None:
    def edit(frame: pd.DataFrame) -> None:
        frame.loc[3, "date"] = "i foråret"
        frame.loc[3, "source_id"] = None

    editor(edit)
    app = opened("event")
    (error,) = app.error
    assert "hændelser, linje 3, kolonne dato" in read(error.value)
    assert "hændelser, linje 3, kolonne kilde" in read(error.value)
    assert "ret-event-ind" not in [button.key for button in app.button]
    assert current_version(home) == "000001"


def test_a_new_row_says_what_is_missing_until_it_can_be_entered(home: Path) -> None:
    app = opened("meeting", ADD)
    assert_healthy(app)
    assert "Mangler endnu" not in texts_of(app)
    app.text_input(key="ny-meeting-body-0").input("Rådmandsmøde").run()
    assert "Mangler endnu: dato." in texts_of(app)
    app.date_input(key="ny-meeting-date-0").set_value(date(2025, 8, 20)).run()
    ((kind, name, before, after),) = changes(app)
    assert kind.startswith("Ny")
    assert (name, before) == ("Rådmandsmøde", "–")
    assert after == "dato: 20. august 2025; forum: Rådmandsmøde"
    app = enter(app, "meeting")
    assert_healthy(app)
    assert not app.text_input(key="ny-meeting-body-1").value
    store = open_store(home)
    assert store.catalog().meetings["raadmandsmoede_2025_08_20"].day == date(2025, 8, 20)
    store.close()


@pytest.mark.usefixtures("shared_home")
def test_looking_at_another_table_loses_nothing_that_was_typed() -> None:
    app = opened("meeting", ADD)
    app.text_input(key="ny-meeting-body-0").input("Rådmandsmøde").run()
    app.session_state["ret-tabel"] = "target"
    app.run()
    app.selectbox(key="ny-target-area_id-0").select("Odense").run()
    app.session_state["ret-tabel"] = "meeting"
    app.run()
    assert app.text_input(key="ny-meeting-body-0").value == "Rådmandsmøde"
    app.session_state["ret-tabel"] = "target"
    app.run()
    assert app.selectbox(key="ny-target-area_id-0").value == "Odense"
    assert_healthy(app)


@pytest.mark.usefixtures("home")
def test_corrections_stay_while_another_person_enters_something(
    editor: Callable[[Edit], None],
) -> None:
    def edit(frame: pd.DataFrame) -> None:
        frame.loc[frame["event_id"] == "plan_start", "title"] = "Planen går i gang"

    editor(edit)
    app = opened("event")
    assert len(changes(app)) == 1
    other = {
        "event_id": "payment_tool", "date": "2024-05", "precision": "month", "area_id": "aarhus",
        "title": "Et andet navn", "source_id": "handlingsnotat_2024",
    }  # fmt: skip
    entering.enter({"event": [other]}, "Bo")
    editor(lambda _: None)  # the table comes back as it is sent
    app.run()
    ((_, name, _, after),) = changes(app)
    assert (name, after) == ("Planen går i gang", "titel: Planen går i gang")
    app.session_state["ret-tabel"] = "target"
    app.run()
    assert changes(app) == []
    app.session_state["ret-tabel"] = "event"
    app.run()
    assert len(changes(app)) == 1
    assert_healthy(enter(app, "event"))


def test_a_new_target_is_chosen_by_name_and_written_in_danish(home: Path) -> None:
    app = opened("target", ADD)
    for column, name in (
        ("indicator_id", "Budget til NSK-vejledere"), ("area_id", "Aarhus"), ("group_id", "Alle"),
        ("state", "Besluttet"), ("source_id", "Handleplan på integrationsområdet 2024"),
    ):  # fmt: skip
        app.selectbox(key=f"ny-target-{column}-0").select(name)
    app.text_input(key="ny-target-period-0").input("2026")
    app.text_input(key="ny-target-value-0").input("900.000").run()
    ((_, _, _, after),) = changes(app)
    assert "værdi: 900.000; status: Besluttet" in after
    assert_healthy(enter(app, "target"))
    store = open_store(home)
    values = {target.target_id: target.value for target in store.plan().targets}
    store.close()
    assert values["nsk_budget_aarhus_2026"] == 900_000


def test_without_a_name_nothing_is_entered(home: Path, editor: Callable[[Edit], None]) -> None:
    def edit(frame: pd.DataFrame) -> None:
        frame.loc[1, "title"] = "Et andet navn"

    editor(edit)
    app = enter(opened("event"), "event", by=" ")
    (error,) = app.error
    assert "Skriv, hvem der registrerer rækkerne" in read(error.value)
    assert current_version(home) == "000001"


def test_a_new_paper_is_added_and_can_be_cited(home: Path) -> None:
    app = opened("source", ADD)
    assert "Ret det, der står" not in texts_of(app)  # a paper is never changed
    app.text_input(key="ny-source-title-0").input("Status 2026")
    app.text_input(key="ny-source-publisher-0").input("MSB").run()
    app.text_input(key="ny-source-published-0").input("3. marts 2026").run()
    ((kind, name, _, after),) = changes(app)
    assert (kind.splitlines()[0].strip(), name) == ("Ny", "Status 2026")
    assert "udgivet: 3. marts 2026" in after
    assert_healthy(enter(app, "source"))
    store = open_store(home)
    assert store.catalog().sources["status_2026"].min_cell == 5
    store.close()


def test_a_date_is_corrected_as_danes_write_it(home: Path, editor: Callable[[Edit], None]) -> None:
    def edit(frame: pd.DataFrame) -> None:
        frame.loc[frame["event_id"] == "payment_tool", "date"] = "maj 2024"

    editor(edit)
    ((_, _, before, after),) = changes(app := opened("event"))
    assert (before, after) == ("dato: april 2024", "dato: maj 2024")
    assert_healthy(enter(app, "event"))
    store = open_store(home)
    assert {event.event_id: event.date for event in store.plan().events}[
        "payment_tool"
    ] == "2024-05"
    store.close()
