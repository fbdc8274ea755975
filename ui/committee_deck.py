"""The slides of what is chosen, as the file that is fetched has them."""

import io
import sys

from PIL import Image

from kpi.export.browser import start_early
from kpi.export.deck_apart import shapes_apart, shapes_here
from kpi.export.paper import Paper
from kpi.export.slide_picture import DeckShapes, SlideShapes, slide_picture
from ui.keeping import kept
from ui.serving import is_serving
from ui.turns import waiting

# Twice as many pixels as a slide, or its small picture, is wide on the page. Streamlit makes what
# is wider than 1460 smaller, anew at every run.
_PIXELS, _SMALL_PIXELS = 1440, 224
_FEW = 12


def expect_pictures() -> None:
    """Starts the browser that will draw, while the page is made that it draws for."""
    if is_serving():
        start_early()


# Of all sessions together: with its own, each session would take megabytes.
@kept(most=20)
def slides_of(paper: Paper) -> DeckShapes:
    """What is on each slide of a paper.

    A few figures are sooner made here than a process is started, once the server has the packages.
    """
    is_quick = "pptx" in sys.modules and len(paper.items) <= _FEW
    is_apart = is_serving() and not is_quick
    with waiting("Laver sliden …" if is_apart else ""):
        return shapes_apart(paper) if is_apart else shapes_here(paper)


@kept(most=40)
def drawn(slide: SlideShapes) -> bytes:
    """A slide as PNG, drawn once whatever else in the deck changes.

    KpiError without a browser that draws its chart.
    """
    with waiting("Tegner sliden …"):
        return slide_picture(slide, _PIXELS)


def finished(slides: DeckShapes | None, key: str, *, small: bool = False) -> bytes | None:
    """The picture of the slide that a figure is on, where it is drawn already."""
    slide = slides.of_figure(key) if slides else None
    if slide is None:
        return None
    return drawn_small.known(slide) if small else drawn.known(slide)


@kept(most=200)
def drawn_small(slide: SlideShapes) -> bytes:
    """A slide as PNG, as small as it stands in the list."""
    with Image.open(io.BytesIO(drawn(slide))) as image:
        image.thumbnail((_SMALL_PIXELS, _SMALL_PIXELS))
        out = io.BytesIO()
        image.convert("RGB").save(out, "PNG")
        return out.getvalue()
