"""The page Indlæs data without a browser: its files, buttons, boxes and tables."""

from collections.abc import Mapping
from pathlib import Path

from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Button

from tests.pages.visit import read

HEADER = "nøgletal;område;gruppe;periode;værdi;tæller;nævner;status;note\n"
MENDED = HEADER + (
    "programme_families;Gellerup;;2024:2025M03;75;;;;\n"  # as published
    "labour_market_link_share;Viby Syd;;2024M10D06;23,1;3;13;;\n"  # 23 before
    "school_absence;Viby Syd;;2025H1;9,1;;;;\n"  # new
    "programme_capacity;Aarhus;;2026;ca. 250;;;;\n"  # new, and two warnings
)
FAULTY = MENDED + "programme_staff;Bydel 7;;2025K1;22;;;;\n"
SAMPLES = Path(__file__).resolve().parents[1] / "samples"


def hand_in(app: AppTest, name: str, content: str | bytes) -> AppTest:
    """The person chooses a file in the field that is on the page."""
    return hand_in_all(app, {name: content})


def hand_in_all(app: AppTest, files: Mapping[str, str | bytes], *, adds: bool = False) -> AppTest:
    """The person chooses files at once; with `adds` in the field of the queue."""
    label = "Vælg flere filer"
    (field,) = (uploader for uploader in app.file_uploader if (uploader.label == label) == adds)
    field.set_value(
        [
            (
                name,
                content.encode() if isinstance(content, str) else content,
                "application/octet-stream",
            )
            for name, content in files.items()
        ]
    )
    return app.run()


def cells(app: AppTest, alt: str) -> list[list[str]]:
    """The rows of the table whose text alternative begins so, as a person reads them."""
    (table,) = (table for table in app.table if table.proto.alt.startswith(alt))
    return [[read(str(cell)) for cell in row] for row in table.value.to_numpy().tolist()]


def button(app: AppTest, label: str) -> Button:
    (wanted,) = (element for element in app.button if element.label == label)
    return wanted


def fill(app: AppTest, label: str, text: str) -> AppTest:
    (field,) = (field for field in app.text_input if field.label == label)
    field.set_value(text)
    return app.run()


def assert_no_fault(app: AppTest) -> None:
    assert [error.message for error in app.exception] == []


def choose(app: AppTest, label: str, value: str) -> None:
    """Chooses in the box of that name, and lets the page follow."""
    (box,) = (box for box in app.selectbox if box.label == label)
    box.set_value(value).run()
    assert_no_fault(app)
