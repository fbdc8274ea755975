"""What can be taken away of one chart: picture, slide and numbers, each saying where it is from.

The files of a whole paper are in ui/committee_files.py.
"""

from functools import partial
from typing import assert_never

import streamlit as st

from kpi.domain.catalog import Catalog
from kpi.domain.errors import KpiError
from kpi.domain.vocabulary import CHART_FILES, PICTURE_FORMATS, ChartFile
from kpi.exhibits import Exhibit
from kpi.export.browser import find_browser
from kpi.export.csv import shown_csv
from kpi.export.office_files import EXCEL, POWERPOINT
from kpi.export.paper import Paper, of_one
from kpi.export.pictures import Plate, picture, plate
from ui import cache
from ui.as_of import shown_day, shown_key
from ui.export_turns import export_turn
from ui.handed_out import Look, show_download
from ui.keeping import kept

_VECTORS: tuple[ChartFile, ...] = ("svg", "svg-omrids")


def _button(kind: ChartFile) -> tuple[str, str, str]:
    """The name, MIME type and icon of a file's button."""
    match kind:
        case "png":
            return "PNG", "image/png", ":material/image:"
        case "svg":
            return "Bogstaver som tekst", "image/svg+xml", ":material/shapes:"
        case "svg-omrids":
            return "Bogstaver som omrids", "image/svg+xml", ":material/shapes:"
        case "pptx":
            return "Slide", POWERPOINT, ":material/slideshow:"
        case "xlsx":
            return "Excel", EXCEL, ":material/table_view:"
        case "csv":
            return "CSV", "text/csv", ":material/download:"
    assert_never(kind)


def show_downloads(exhibit: Exhibit, place: str) -> None:
    """The buttons in a `place` of the page; pictures are off, and say why, without a browser.

    Both kinds of SVG are behind a button: a row has room for so many.
    """
    missing = _missing_browser()
    # Computed now: the button's own call runs outside the visitor's session.
    edition = cache.edition_of(shown_key())
    drawn = plate(exhibit, shown_day(), edition)
    catalog = cache.catalog(shown_key())
    handed = of_one(exhibit, catalog, shown_day(), edition)

    def show(kind: ChartFile) -> None:
        """The button of a file."""
        name, mime, icon = _button(kind)
        show_download(
            name,
            partial(chart_file, kind, exhibit, drawn, handed, catalog),
            _file_name(kind, exhibit),
            mime,
            key=f"{kind}-{place}",
            look=Look(icon),
            why_not=missing if kind in PICTURE_FORMATS else None,
        )

    show("png")
    with st.popover("SVG", icon=":material/shapes:", type="tertiary", width="content"):
        for kind in _VECTORS:
            show(kind)
    for kind in CHART_FILES:
        if kind not in ("png", *_VECTORS):
            show(kind)


def _file_name(kind: ChartFile, exhibit: Exhibit) -> str:
    name = f"spor-{exhibit.key}-{shown_day().isoformat()}"
    match kind:
        case "svg-omrids":
            return f"{name}-omrids.svg"
        case "png" | "svg" | "pptx" | "xlsx" | "csv":
            return f"{name}.{kind}"
    assert_never(kind)


@export_turn()
def chart_file(
    kind: ChartFile, exhibit: Exhibit, drawn: Plate, handed: Paper, catalog: Catalog
) -> bytes:
    """A chart's file: of the picture as `drawn`, or of the paper with this chart alone."""
    match kind:
        case "png" | "svg" | "svg-omrids":
            return picture(drawn, "slide", kind)
        case "pptx":
            return _slide(handed)
        case "xlsx":
            return _workbook(handed, catalog)
        case "csv":
            return shown_csv(exhibit.observations, catalog).encode("utf-8")
    assert_never(kind)


def _workbook(handed: Paper, catalog: Catalog) -> bytes:
    from kpi.export.workbook import workbook  # loads all that writes Excel: not before the first

    return workbook(handed, catalog)


def _slide(handed: Paper) -> bytes:
    from kpi.export.deck import slide  # loads all that writes PowerPoint: not before the first

    return slide(handed)


@kept(most=1)
def _missing_browser() -> str | None:
    try:
        find_browser()
    except KpiError as error:
        return f"{error.title}. {error.message}"
    return None
