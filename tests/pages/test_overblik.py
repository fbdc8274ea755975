"""Overblik: the finding, what is worse and better, what is new and overdue, and what is folded."""

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from tests.days import set_day
from tests.pages.visit import assert_healthy, open_page, read, texts_of, title_of

pytestmark = pytest.mark.usefixtures("shared_home")

HOMES = {
    "gellerup": "Gellerup: ingen sikker forskel fra Viby Syd på forældre med tilknytning til job",
    "laesoe": "Læsø ligger dårligere end hele landet på beskæftigelse, men bedre end de fleste "
    "kommuner på fravær på mellemtrinnet",
    "denmark": "Hele landet: to nøgletal uden sammenligningsgrundlag",
    "tilst": "Tilst: endnu ingen tal",
}


def cells(app: AppTest, alt: str) -> list[list[str]]:
    """The rows of a table as a person reads them."""
    (table,) = (table for table in app.table if table.proto.alt == alt)
    return [[read(str(cell)) for cell in row] for row in table.value.to_numpy().tolist()]


def unfolded(key: str, **parameters: str) -> AppTest:
    """The page with one of its folded parts opened."""
    app = open_page("overblik", **parameters)
    app.session_state[key] = True
    return app.run()


def headings(app: AppTest) -> list[str]:
    return [read(header.value) for header in app.header]


def test_it_begins_at_the_meeting_of_the_report_before_the_newest() -> None:
    app = open_page("overblik")
    assert_healthy(app)
    assert app.selectbox(key="siden").value == "rmm_2024_06_24"
    assert app.query_params == {}


def test_what_it_opens_with(monkeypatch: pytest.MonkeyPatch) -> None:
    """The oldest counts persons at the end of November 2021, and is five years old that day."""
    for day, age in ((29, "knap 5 år"), (30, "5 år")):
        set_day(monkeypatch, date(2026, 11, day))
        heading = headings(open_page("overblik"))[3]
        assert heading.partition(":")[0] == f"Otte ting er uden nyt, det ældste i {age}"
    app = open_page("overblik")
    assert [heading.partition(":")[0] for heading in headings(app)] == [
        "To nøgletal er dårligere",
        "To nøgletal er bedre",
        "Ti nøgletal har nye tal",
        "Otte ting er uden nyt, det ældste i 5 år",
        "Handleplanens fire spor",
    ]
    assert texts_of(app).count("Der er ikke sat mål for nogen af nøgletallene her.") == 1
    assert cells(app, "Ti nøgletal har nye tal")[0] == [
        "Fravær, udskoling", "7,0 %  \n2023/2024", "6,9 %  \n2024/2025", "−0,1",
    ]  # fmt: skip


@pytest.mark.parametrize(("home", "title"), HOMES.items())
def test_of_any_area(monkeypatch: pytest.MonkeyPatch, home: str, title: str) -> None:
    """A card that would be empty is left out."""
    monkeypatch.setenv("KPI_AREA", home)
    app = open_page("overblik")
    assert_healthy(app)
    assert title_of(app) == title
    assert [heading for heading in headings(app) if heading.startswith("Nul")] == []


def test_what_became_of_the_plan_since_the_meeting() -> None:
    app = unfolded("alt-nyt", siden="rmm_2024_06_24")
    title = (
        "Otte af de elleve indsatser, der var planlagt 24. juni 2024, er i gang eller afsluttet "
        "ifølge seneste status"
    )
    assert title in texts_of(app)
    rows = cells(app, title)
    assert rows[0] == ["7", "Planlagt", "I gang", "Ny status"]
    assert sum(int(row[0]) for row in rows) == 24  # those of the four tracks
    app = unfolded("alt-nyt", siden="sbu_2025_03_19")
    assert_healthy(app)
    title = "Ingen af 24 indsatser i de 4 spor har fået ny status siden 19. marts 2025"
    assert title in texts_of(app)


def test_the_papers_numbers_that_do_not_hold() -> None:
    title = "To af papirernes seks tal afviger fra beregningen, og ét er afrundet"
    (label,) = (each.label for each in open_page("overblik").expander if title in each.label)
    assert label.startswith("Kan jeg stole på tallene?")
    app = unfolded("tillid")
    assert "2.687 tal" in texts_of(app)
    assert [row[1:] for row in cells(app, title)] == [
        ["−34 %", "−25,4 %", "Afviger"],
        ["40 %", "38,3 %", "Afviger"],
        ["30 %", "30,9 %", "Afrundet"],
    ]


def test_the_peers_and_the_ways_to_areas_are_folded() -> None:
    title = "Aarhus og resten af 6-byerne"
    assert title not in headings(open_page("overblik"))
    app = unfolded("andre-omraader")
    assert_healthy(app)
    assert cells(app, title)[0][0] == "77,2 landet"
    assert "Gå til et område" in headings(app)


def test_before_the_first_report_there_is_neither() -> None:
    app = open_page("overblik", pr="2023-01-01")
    assert_healthy(app)
    assert [table.proto.alt for table in app.table if "indsats" in table.proto.alt.lower()] == []
