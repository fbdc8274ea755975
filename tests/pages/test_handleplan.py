"""Handleplan: what moved, whose it is, filters, what is new since a meeting, and a new status."""

from datetime import date, datetime
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from kpi.domain.period import DENMARK
from kpi.store import current_version, open_store
from tests.pages.plan_page import TRACKS, UNIT, cells, tracks
from tests.pages.visit import (
    UNFOLDED,
    alts_of,
    assert_healthy,
    open_page,
    read,
    texts_of,
    title_of,
)

TITLE = (
    "9 af 22 indsatser i de 4 spor har fået ny status siden 24. juni 2024, og 2 er nye i "
    "opfølgningen"
)


@pytest.mark.usefixtures("shared_home")
def test_the_plan_as_it_opens() -> None:
    app = open_page("handleplan", **UNFOLDED)
    assert_healthy(app)
    assert title_of(app) == TITLE
    assert tracks(app) == TRACKS
    assert "3 i gang, 1 planlagt. To af fire har fået ny status. 2 mangler" in texts_of(app)
    assert "Alle tre har fået ny status; to er nye i opfølgningen" in texts_of(app)


@pytest.mark.usefixtures("shared_home")
def test_what_is_counted_and_how_old_it_is() -> None:
    texts = texts_of(open_page("handleplan", **UNFOLDED, pr="2025-03-19"))
    assert "Integrationshandleplanens 24 indsatser i 4 spor og 6 uden for sporene" in texts
    assert "Seneste rapport er fra 11. marts 2025, for 8 dage siden" in texts


@pytest.mark.usefixtures("shared_home")
def test_columns_are_named_by_their_day_and_a_summary_is_no_quotation() -> None:
    app = open_page("handleplan", **UNFOLDED)
    (table, *_) = (table for table in app.table if table.proto.alt in TRACKS)
    assert list(table.value.columns) == [
        "Indsats", "24\\.\u00a0juni 2024", "Seneste status", "Status i korte træk", "Nøgletal",
    ]  # fmt: skip
    assert "Status i korte træk er Spors gengivelse af kilden, ikke et citat." in texts_of(app)


@pytest.mark.usefixtures("shared_home")
@pytest.mark.parametrize(
    ("initiative", "then", "now", "summary"),
    [
        ("Workshops om arbejdspladskultur", "Planlagt", "Afsluttet",
         "Fire workshops holdt i efteråret 2024"),
        ("Uoplyst formue", "Afventer", "I gang", "Bistand er søgt hos SØIK"),
        ("Bande-exit", "I gang", "Mangler statusopdatering",
         "Indsatsen er i gang"),
        ("Opgang til Opgang i Gellerup", "–", "Ny i opfølgningen", "Overgået fra projekt"),
    ],
)  # fmt: skip
def test_a_row_has_then_the_newest_status_and_what_it_says(
    initiative: str, then: str, now: str, summary: str
) -> None:
    row = cells(open_page("handleplan", **UNFOLDED), initiative)
    assert then in row[1]
    assert now in row[2]
    assert summary in row[3]


@pytest.mark.usefixtures("shared_home")
@pytest.mark.parametrize(
    ("initiative", "figure"),
    [
        ("Integrationshandleplanen samlet", "70,0 % (2022)"),
        ("Integrationshandleplanen samlet", "Intet måltal fastsat"),
        ("Udvidelse af sprogmentorindsatsen", "Loft: højst 50 pladser i 2025"),
        ("Opgang til Opgang i Viby Syd", "3 af 13 (23 %)"),
        ("Bande-exit", "–"),  # no figure belongs to it
    ],
)
def test_figures_stand_with_their_initiative(initiative: str, figure: str) -> None:
    assert figure in cells(open_page("handleplan", **UNFOLDED, pr="2025-03-19"), initiative)[4]


@pytest.mark.usefixtures("shared_home")
def test_each_filter_leaves_what_fits() -> None:
    app = open_page("handleplan", **UNFOLDED)
    app.selectbox(key="plan-tema").select("social_control").run()
    assert tracks(app) == ["Spor 3: Indsats mod negativ social kontrol"]
    assert app.query_params["tema"] == "social_control"
    app.selectbox(key="plan-ansvarlig").select(UNIT).run()
    (table,) = (table for table in app.table if table.proto.alt in TRACKS)
    assert len(table.value) == 2
    assert title_of(app).startswith(f"Spor 3 · Social kontrol, {UNIT}: ")
    app.selectbox(key="plan-tilstand").select("completed").run()
    assert title_of(app).endswith(": Ingen indsatser er afsluttet")
    assert tracks(app) == []
    assert "Ingen indsatser passer til valgene." in texts_of(app)
    app.selectbox(key="plan-tema").select("alle").run()
    app.selectbox(key="plan-ansvarlig").select("").run()
    assert tracks(app) == ["Spor 2: Arbejdsidentitet og kultur"]
    assert "tema" not in app.query_params
    assert_healthy(app)


@pytest.mark.usefixtures("shared_home")
def test_another_meeting_is_another_comparison() -> None:
    app = open_page("handleplan", **UNFOLDED, siden="rmm_2024_06_24")
    assert title_of(app) == TITLE
    app.selectbox(key="siden").select("sbu_2025_03_19").run()
    assert_healthy(app)
    assert title_of(app) == (
        "Ingen af 24 indsatser i de 4 spor har fået ny status siden mødet 19. marts 2025 "
        "(Social- og Beskæftigelsesudvalget)"
    )
    assert app.query_params["siden"] == "sbu_2025_03_19"
    assert any("Nyt siden mødet 19. marts 2025" in expander.label for expander in app.expander)


@pytest.mark.usefixtures("shared_home")
def test_what_is_new_since_the_meeting_opens_on_the_page() -> None:
    app = open_page("handleplan", **UNFOLDED, siden="rmm_2024_06_24")
    for box in app.expander:
        if key := box.proto.id.partition("-siden-")[2]:
            app.session_state[f"siden-{key}"] = True
    app.run()
    assert_healthy(app)
    texts = texts_of(app)
    assert "Indsatser med ny status, og indsatser, der er nye i opfølgningen (16)" in texts
    assert "Nye tal (43)" in texts
    assert "Status på Integrationshandleplanen" in texts  # what the meeting dealt with


@pytest.mark.usefixtures("shared_home")
def test_the_time_line_is_drawn_described_and_in_a_table() -> None:
    app = open_page("handleplan", **UNFOLDED)
    (alt,) = (alt for alt in alts_of(app) if alt.startswith("Tidslinje. "))
    assert "22. maj 2025: Temadag om negativ social kontrol" in alt
    assert "forår 2024: Integrationshandleplanen sættes i gang" in alt
    (table,) = (table for table in app.table if table.proto.alt == "Hændelser og møder")
    rows = [tuple(read(str(cell)) for cell in row) for row in table.value.to_numpy()]
    assert ("22. maj", "Temadag om negativ social kontrol  \nPasseret, uden nyt") in rows
    assert rows.index(("2025", "")) > [what for _, what in rows].index("I dag")


# --- a new status -------------------------------------------------------------------------------


def enter(
    app: AppTest, initiative: str, state: str, by: str, day: date | None, source: str = "own_upload"
) -> None:
    app.selectbox(key="status-indsats").select(initiative)
    app.selectbox(key="status-tilstand").select(state)
    app.selectbox(key="status-kilde").select(source)
    app.text_area(key="status-tekst").input("Evalueret på en workshop")
    app.text_input(key="status-navn").input(by)
    app.date_input(key="status-dato").set_value(day)
    (button,) = (button for button in app.button if button.label == "Registrér status")
    button.click().run()


def test_a_new_status_is_seen_at_once_and_the_old_one_stays(home: Path) -> None:
    app = open_page("handleplan", **UNFOLDED)
    enter(app, "gang_exit", "completed", "Anna", datetime.now(DENMARK).date())
    assert_healthy(app)
    assert title_of(app).startswith("10 af 22 indsatser")
    row = cells(app, "Bande-exit")
    assert "I gang" in row[1]
    assert "Afsluttet" in row[2]
    assert "Evalueret på en workshop" in row[3]
    store = open_store(home)
    (entered,) = (
        initiative
        for initiative in store.plan().initiatives
        if initiative.initiative_id == "gang_exit"
    )
    store.close()
    assert [status.state for status in entered.statuses] == ["in_progress", "completed"]


def test_a_source_that_is_older_than_the_status_is_asked_about_and_marked(home: Path) -> None:
    app = open_page("handleplan", **UNFOLDED)
    enter(app, "gang_exit", "completed", "Anna", datetime.now(DENMARK).date(), source="status_2025")
    (warning,) = app.warning
    said = "Kilden er fra 4. marts 2025 og dermed ældre end status"
    assert said in read(warning.value)
    assert current_version(home) == "000001"
    (button,) = (button for button in app.button if button.label == "Registrér status")
    button.click().run()
    assert_healthy(app)
    assert current_version(home) == "000002"
    assert said in read(cells(app, "Bande-exit")[3])


def test_a_status_without_words_is_shown_all_the_same(home: Path) -> None:
    app = open_page("handleplan", **UNFOLDED)
    app.selectbox(key="status-indsats").select("gang_exit")
    app.selectbox(key="status-tilstand").select("completed")
    app.text_input(key="status-navn").input("Anna")
    (button,) = (button for button in app.button if button.label == "Registrér status")
    button.click().run()
    # Nothing is chosen for a person who did not choose.
    (error,) = app.error
    assert "kolonne kilde: Feltet er tomt." in read(error.value)
    app.selectbox(key="status-kilde").select("own_upload")
    (button,) = (button for button in app.button if button.label == "Registrér status")
    button.click().run()
    assert_healthy(app)
    assert "Afsluttet" in cells(app, "Bande-exit")[2]
    assert_healthy(open_page("overblik"))
    assert_healthy(open_page("tema", tema="benefit_fraud"))
    assert current_version(home) == "000002"


@pytest.mark.parametrize(
    ("by", "day", "message"),
    [
        ("", date(2025, 6, 1), "Skriv, hvem der registrerer rækkerne"),
        ("Anna", date(2023, 6, 1), "Datoen ligger før indsatsens start (2024)."),
        ("Anna 010190-1234", date(2025, 6, 1), "CPR-nummer"),
        ("Anna", None, "kolonne dato"),
    ],
)
def test_a_status_with_faults_is_reported_and_nothing_is_entered(
    home: Path, by: str, day: date | None, message: str
) -> None:
    app = open_page("handleplan", **UNFOLDED)
    enter(app, "gang_exit", "completed", by, day)
    assert [error.message for error in app.exception] == []
    (error,) = app.error
    assert message in read(error.value)
    assert current_version(home) == "000001"
    assert title_of(app) == TITLE


def entered_file(app: AppTest, line: str) -> AppTest:
    """The page after a CSV of statuses is laid in its field."""
    text = f"indsats;dato;tilstand;beskrivelse;kilde\n{line}\n"
    app.session_state["plan-fra-fil"] = True
    app.run()
    app.file_uploader(key="plan-fil").set_value(("status.csv", text.encode(), "text/csv")).run()
    return app


def change_row(app: AppTest) -> list[str]:
    (table,) = (table for table in app.table if table.proto.alt == "Hvad rækkerne ændrer")
    return [read(str(cell)) for cell in table.value.iloc[0]]


def test_a_file_shows_what_it_changes_is_entered_and_withdrawn(home: Path) -> None:
    line = "gang_exit;2025-06-01;Afsluttet;Evalueret;status_2025"
    app = entered_file(open_page("handleplan", **UNFOLDED), line)
    assert_healthy(app)
    kind, name, before, after = change_row(app)
    assert kind.startswith("Ny")
    assert "Bande-exit" in name
    assert before.startswith("I gang (")
    assert after == (
        "Afsluttet (1. juni 2025): Evalueret. OBS: Kilden er fra 4. marts 2025 og dermed ældre end "
        "status"
    )
    app.text_input(key="plan-fil-navn").input("Anna")
    app.button(key="plan-fil-ind").click().run()
    assert_healthy(app)
    assert "Afsluttet" in cells(app, "Bande-exit")[2]

    app = entered_file(open_page("handleplan", **UNFOLDED), line)
    assert "Alle rækker står der allerede. Der er intet at registrere." in texts_of(app)
    assert "plan-fil-ind" not in [button.key for button in app.button]

    assert any("1 status" in read(paragraph.value) for paragraph in app.markdown)
    app.text_input(key="tilbage-1-hvorfor").input("Forkert indsats")
    app.text_input(key="tilbage-1-navn").input("Bo")
    (button,) = (button for button in app.button if button.label == "Fortryd registreringen")
    button.click().run()
    assert_healthy(app)
    assert "I gang" in cells(app, "Bande-exit")[2]
    assert any("Fortrudt af Bo" in read(paragraph.value) for paragraph in app.markdown)


def test_a_file_with_faults_is_reported_before_anything_is_pressed(home: Path) -> None:
    app = entered_file(
        open_page("handleplan", **UNFOLDED), "gang_exit;2025-06-01;Pause;x;status_2025"
    )
    (error,) = app.error
    assert "linje 2" in read(error.value)
    assert "plan-fil-ind" not in [button.key for button in app.button]


def test_without_uploads_nothing_can_be_entered(
    shared_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KPI_UPLOADS", "off")
    app = open_page("handleplan", **UNFOLDED)
    assert_healthy(app)
    assert title_of(app) == TITLE
    assert "Registrér en ny status" not in [expander.label for expander in app.expander]


@pytest.mark.usefixtures("shared_home")
def test_on_an_earlier_day_nothing_is_entered_as_it_would_not_be_seen() -> None:
    app = open_page("handleplan", **UNFOLDED, pr="2025-03-19")
    assert "Registrér en ny status" not in [expander.label for expander in app.expander]


@pytest.mark.usefixtures("shared_home")
def test_before_the_plan_there_is_none() -> None:
    app = open_page("handleplan", **UNFOLDED, pr="2024-01-15")
    assert_healthy(app)
    assert title_of(app) == "Handleplanen har endnu ingen indsatser"
    assert "Ingen indsatser passer til valgene." not in texts_of(app)
    assert "siden" not in [box.key for box in app.selectbox]


@pytest.mark.usefixtures("shared_home")
def test_before_the_first_meeting_there_is_nothing_to_hold_it_against() -> None:
    app = open_page("handleplan", **UNFOLDED, pr="2024-06-24")
    assert_healthy(app)
    assert title_of(app) == "Handleplanen har 22 indsatser i 4 spor og 1 uden for sporene"
    assert "siden" not in [box.key for box in app.selectbox]
    assert len(cells(app, "Bande-exit")) == 4  # no column of an earlier day


@pytest.mark.usefixtures("shared_home")
def test_a_meeting_that_was_not_held_yet_is_named() -> None:
    app = open_page("handleplan", **UNFOLDED, pr="2025-03-11", siden="sbu_2025_03_19")
    (note,) = app.warning
    assert "Mødet 19. marts 2025 ligger ikke før 11. marts 2025." in read(note.value)
    assert app.selectbox(key="siden").value == "rmm_2024_06_24"


@pytest.mark.usefixtures("shared_home")
def test_what_became_of_what_was_reported_to_a_meeting() -> None:
    app = open_page("handleplan", **UNFOLDED, pr="2025-03-19")
    app.session_state["opfoelgning"] = True
    app.run()
    assert_healthy(app)
    assert "Status på Integrationshandleplanen" in texts_of(app)
    assert (
        "Af 22 indsatser i 4 spor og 1 uden for sporene: 9 har fået ny status, 6 har samme status, "
        "og 8 mangler statusopdatering." in texts_of(app)
    )
    (table,) = (table for table in app.table if table.proto.alt == "Opfølgning på mødet")
    rows = {read(str(row[0])).split("\n")[0].strip(): row for row in table.value.to_numpy()}
    assert "Hændelser siden: Lovhjemmel" in texts_of(app)
    assert read(str(rows["Bande-exit"][2])) == "Ingen nyere status"
    money = [read(str(cell)) for cell in rows["Uoplyst formue og indkomst i udlandet"]]
    assert "Afventer" in money[1]
    assert "Bistand er søgt hos SØIK" in money[2]


@pytest.mark.usefixtures("shared_home")
def test_whose_next_step_it_is() -> None:
    app = open_page("handleplan", pr="2025-03-19")
    app.session_state["naeste-skridt"] = True
    app.run()
    labels = [expander.label for expander in app.expander]
    assert (
        "Hvem følger op? Seks indsatser er planlagt, og yderligere fem mangler statusopdatering"
        in labels
    )
    (table,) = (table for table in app.table if table.proto.alt == "Hvem følger op?")
    assert list(table.value.columns) == ["Ansvarlig", "Indsats", "Seneste status"]
    assert len(table.value) == 11
    assert "Kommende datoer: Temadag om negativ social kontrol (22. maj 2025)" in texts_of(app)
    app.selectbox(key="plan-tema").select("benefit_fraud").run()
    labels = [expander.label for expander in app.expander]
    assert (
        "Hvem følger op? Én indsats er planlagt, og yderligere fire mangler statusopdatering"
        in labels
    )
