"""Indlæs data: areas are split and merged, and their history stays."""

from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from kpi.store import open_store
from kpi.store.adding import add
from tests.pages.new_indicators import HEAD, edited, field
from tests.pages.upload_page import assert_no_fault, button, hand_in
from tests.pages.visit import open_page, texts_of


def save_area(app: AppTest, button_label: str) -> None:
    app.text_input(key="ret-ting-navn-area").set_value("Mette").run()
    button(app, button_label).click().run()
    assert_no_fault(app)


@pytest.mark.soak
def test_areas_are_split_and_merged_by_clicks_and_keep_their_history(home: Path) -> None:
    # Two by rows, as an area made by clicks is one of the tests above, and one by clicks.
    row = {"level": "Programområde", "parent_id": "Aarhus", "valid_from": "01.01.2025"}
    add("area", [{**row, "name": name} for name in ("Tilst Nord", "Tilst Syd")], "Anna", home)
    app = edited("area", "Opret")
    field(app, "text_input", "Navn").set_value("Vest og Viby")
    field(app, "selectbox", "Slags område").set_value("programme_area")
    field(app, "selectbox", "Ligger i").set_value("aarhus")
    field(app, "date_input", "Gælder fra (kan udelades)").set_value(date(2026, 1, 1))
    save_area(app, "Opret område")
    made = {area.name: area.area_id for area in open_store(home).catalog().areas.values()}
    for area_id, last, after in (
        ("tilst", date(2024, 12, 31), ("Tilst Nord", "Tilst Syd")),
        ("gellerup", date(2025, 12, 31), ("Vest og Viby",)),
        ("viby_syd", date(2025, 12, 31), ("Vest og Viby",)),
    ):
        app = edited("area", "Ret eller omdøb")
        field(app, "selectbox", "Søg område").set_value(area_id).run()
        field(app, "date_input", "Gælder til og med (kan udelades)").set_value(last)
        field(app, "multiselect", "Derefter en del af (kan udelades)").set_value(
            [made[name] for name in after]
        ).run()
        save_area(app, "Gem rettelsen")

    # The old address goes on, with its figures, and says what came after; the new what came before.
    old = texts_of(open_page("omraade", omraade="gellerup"))
    assert "til 31. december 2025, derefter Vest og Viby" in old
    assert {"75", "176"} <= set(old.split("\n"))
    assert "derefter Tilst Nord og Tilst Syd" in texts_of(open_page("omraade", omraade="tilst"))
    for name, before in (
        ("Tilst Nord", "fra 1. januar 2025, før en del af Tilst"),
        ("Vest og Viby", "fra 1. januar 2026, før Gellerup og Viby Syd"),
    ):
        assert before in texts_of(open_page("omraade", omraade=made[name]))
    # A figure of the area that ended is doubted with the names of those that follow.
    app = hand_in(open_page("indlaes"), "a.csv", HEAD + "programme_families;Tilst;;2025K2;22;\n")
    assert "Tilst Nord" in texts_of(app)

    # The newest of what was made and corrected is the first to be withdrawn.
    app = edited("area", "Ret eller omdøb")
    reasons = [element for element in app.text_input if element.label == "Hvorfor?"]
    names = [
        element for element in app.text_input
        if "tilbage" in str(element.key) and element.label == "Dit navn"
    ]  # fmt: skip
    reasons[0].set_value("Forkert område")
    names[0].set_value("Mette")
    back = [element for element in app.button if element.label == "Fortryd registreringen"]
    back[0].click().run()
    assert_no_fault(app)
    areas = open_store(home).catalog().areas
    assert (areas["viby_syd"].valid_to, areas["viby_syd"].succeeded_by) == ("", ())
    assert areas["gellerup"].succeeded_by == (made["Vest og Viby"],)
