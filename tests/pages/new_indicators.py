"""The forms of new things on the page Indlæs data."""

from pathlib import Path

from streamlit.testing.v1 import AppTest

from kpi.domain.model import Indicator
from kpi.store import open_store
from tests.pages.visit import open_page

HEAD = "nøgletal;område;gruppe;periode;værdi;kilde\n"
NAME = "Fuldtidspersoner på kontanthjælp i procent"


def file_of_months() -> str:
    """A new indicator in Aarhus and the country, fourteen months each."""
    lines = [
        f"{NAME};{area};;{year}M{month:02d};{first + month / 10:.1f};".replace(".", ",")
        for area, first in (("Aarhus", 2), ("Hele landet", 3))
        for year in (2025, 2026)
        for month in range(1, 8)
    ]
    return HEAD + "\n".join(lines) + "\n"


def field(app: AppTest, kind: str, label: str):  # type: ignore[no-untyped-def]
    """The field of that label, among those of its kind."""
    (wanted,) = (element for element in getattr(app, kind) if element.label == label)
    return wanted


def answer_limit(app: AppTest, answer: str) -> None:
    """Whether everyone can look a source's figures up, as a person answers."""
    field(app, "radio", "Kan alle slå tallene op i forvejen?").set_value(answer).run()


def fill_indicator(app: AppTest) -> AppTest:
    """What the file cannot know, as a person fills it in."""
    field(app, "text_input", "Kort navn").set_value("Kontanthjælp")
    field(app, "selectbox", "Tema").set_value("employment")
    field(app, "text_area", "Definition").set_value("Andel af befolkningen på kontanthjælp")
    field(app, "text_input", "Dit navn").set_value("Mette Hansen")
    return app.run()


def edited(table: str, way: str) -> AppTest:
    """The page with the editor open at a table."""
    app = open_page("indlaes")
    app.session_state["ret-ting"] = True
    app.session_state["ret-ting-tabel"] = table
    ways = 2 if table in ("source", "theme") else 3
    app.session_state[f"ret-ting-hvordan-{ways}"] = way
    return app.run()


def made_indicator(home: Path) -> Indicator:
    """The indicator that was made, as the store has it."""
    (made,) = (
        indicator
        for indicator in open_store(home).catalog().indicators.values()
        if indicator.name == NAME
    )
    return made
