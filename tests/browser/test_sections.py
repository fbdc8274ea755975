"""A section of a page that a press alone changes is sent by itself."""

from collections.abc import Sequence

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.browser.stream import connected, press, run

_TITLE = "Vores egen overskrift"


def test_the_next_figure_leaves_the_rest_of_the_page(app_url: str) -> None:
    """Of Udvalg's 230 elements the list and the slide; a title typed before it makes the page."""
    query = "moede=sbu_2025_03_19"
    with connected(app_url) as opened:
        page = run(opened, "udvalg", query)
        alone = press(opened, page, "Næste", query)
        assert "Figur 1 af 8" in _words(page)
        assert "Figur 2 af 8" in _words(alone)
        assert "Hent filerne" not in _words(alone)
        assert len(alone) < 0.65 * len(page)
        both = press(opened, [*page, *alone], "Næste", query, {"Overskrift": _TITLE})
        assert {"Figur 3 af 8", "Hent filerne", _TITLE} <= _words(both)


def _words(received: Sequence[bytes]) -> set[str]:
    """The headings and texts among what was received."""
    elements = [ForwardMsg.FromString(each).delta.new_element for each in received]
    return {element.heading.body or element.markdown.body for element in elements}
