"""What can be taken away of one chart: picture, slide and numbers, each saying where it is from.

The files of a whole paper are in ui/committee_files.py.
"""

from functools import partial
from typing import assert_never

import streamlit as st

from kpi.domain.errors import KpiError
from kpi.domain.vocabulary import PICTURE_FORMATS, PictureFormat
from kpi.exhibits import Exhibit
from kpi.export.browser import find_browser
from kpi.export.csv import observations_csv
from kpi.export.office_files import POWERPOINT
from kpi.export.paper import Paper, of_one
from kpi.export.pictures import picture, plate
from ui import cache
from ui.as_of import shown_day, shown_key
from ui.keeping import kept


def _picture_button(kind: PictureFormat) -> tuple[str, str, str]:
    """The name, MIME type and icon of a picture's button."""
    match kind:
        case "png":
            return "PNG", "image/png", ":material/image:"
        case "svg":
            return "SVG", "image/svg+xml", ":material/shapes:"
    assert_never(kind)


def show_downloads(exhibit: Exhibit) -> None:
    """The buttons; pictures are off, and say why, where no browser can draw them."""
    missing = _missing_browser()
    # Computed now: the button's own call runs outside the visitor's session.
    edition = cache.store(shown_key()).edition()
    drawn = plate(exhibit, shown_day(), edition)
    for kind in PICTURE_FORMATS:
        name, mime, icon = _picture_button(kind)
        st.download_button(
            name,
            partial(picture, drawn, "slide", kind),
            file_name=f"spor-{exhibit.key}.{kind}",
            mime=mime,
            key=f"{kind}-{exhibit.key}",
            icon=icon,
            type="tertiary",
            on_click="ignore",
            disabled=bool(missing),
            help=missing,
        )
    catalog = cache.catalog(shown_key())
    handed = of_one(exhibit, catalog, shown_day(), edition)
    st.download_button(
        "Slide",
        partial(_slide, handed),
        file_name=f"spor-{exhibit.key}.pptx",
        mime=POWERPOINT,
        key=f"slide-{exhibit.key}",
        icon=":material/slideshow:",
        type="tertiary",
        on_click="ignore",
    )
    st.download_button(
        "CSV",
        lambda: observations_csv(exhibit.observations, catalog).encode("utf-8"),
        file_name=f"spor-{exhibit.key}.csv",
        mime="text/csv",
        key=f"csv-{exhibit.key}",
        icon=":material/download:",
        type="tertiary",
        on_click="ignore",
    )


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
