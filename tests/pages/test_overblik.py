"""Overblik: the plan in a few lines, and what the papers say that does not hold."""

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.visit import assert_healthy, open_page, read, texts_of

pytestmark = pytest.mark.usefixtures("shared_home")


def cells(app: AppTest, alt: str) -> list[list[str]]:
    """The rows of a table as a person reads them."""
    (table,) = (table for table in app.table if table.proto.alt == alt)
    return [[read(str(cell)) for cell in row] for row in table.value.to_numpy().tolist()]


def test_it_begins_at_the_meeting_of_the_report_before_the_newest() -> None:
    app = open_page("overblik")
    assert_healthy(app)
    assert app.selectbox(key="siden").value == "rmm_2024_06_24"
    assert app.query_params == {}


def test_what_became_of_the_plan_since_the_meeting() -> None:
    app = open_page("overblik", siden="rmm_2024_06_24")
    title = (
        "Otte af de elleve indsatser, der var planlagt 24. juni 2024, er i gang eller afsluttet "
        "ifølge seneste status"
    )
    assert title in texts_of(app)
    rows = cells(app, title)
    assert rows[0] == ["7", "Planlagt", "I gang", "Ny status"]
    assert sum(int(row[0]) for row in rows) == 24  # those of the four tracks
    app.selectbox(key="siden").select("sbu_2025_03_19").run()
    assert_healthy(app)
    title = "Ingen af 24 indsatser i de 4 spor har fået ny status siden 19. marts 2025"
    assert title in texts_of(app)


def test_the_papers_numbers_that_do_not_hold() -> None:
    title = "To af papirernes seks tal afviger fra beregningen, og ét er afrundet"
    assert [row[1:] for row in cells(open_page("overblik"), title)] == [
        ["−34 %", "−25,4 %", "Afviger"],
        ["40 %", "38,3 %", "Afviger"],
        ["30 %", "30,9 %", "Afrundet"],
    ]


def test_before_the_first_report_there_is_neither() -> None:
    app = open_page("overblik", pr="2023-01-01")
    assert_healthy(app)
    assert [table.proto.alt for table in app.table if "indsats" in table.proto.alt.lower()] == []
