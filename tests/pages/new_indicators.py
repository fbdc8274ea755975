"""The form of a new indicator on the page Indlæs data."""

from streamlit.testing.v1 import AppTest

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
