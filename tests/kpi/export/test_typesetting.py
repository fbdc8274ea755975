"""What Typst makes is handed over; what it remembers of it is let go of."""

import ctypes
import sys
from pathlib import Path

import pytest

from kpi.export.typesetting import typeset

_MOST_GROWTH_MEGABYTES = 60
# A slide's picture: unpacked it is 23 MB.
_SVG = """<svg xmlns="http://www.w3.org/2000/svg" width="1600" height="900" viewBox="0 0 1600 900">
<rect width="1600" height="900" fill="#FFFFFF"/><circle cx="{x}" cy="450" r="{x}"/></svg>"""
_PAGE = b"""#set page(width: 1600pt, height: 900pt, margin: 0pt)
#image(bytes(sys.inputs.svg), format: "svg", width: 100%)"""


def _picture(number: int) -> bytes:
    svg = _SVG.format(x=100 + number)
    return typeset(_PAGE, format="png", ppi=144, sys_inputs={"svg": svg})


def _resident_megabytes() -> int:
    """What the process holds; not what the C library keeps of freed memory for the next one."""
    if hasattr(library := ctypes.CDLL(None), "malloc_trim"):
        library.malloc_trim(0)
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * 4096 // 1024**2


@pytest.mark.skipif(sys.platform != "linux", reason="/proc tells a process's memory on Linux only")
def test_pictures_that_were_made_do_not_stay_in_memory() -> None:
    assert _picture(0).startswith(b"\x89PNG")
    before = _resident_megabytes()
    for number in range(1, 9):
        _picture(number)
    assert _resident_megabytes() - before < _MOST_GROWTH_MEGABYTES


def test_the_same_document_gives_the_same_bytes() -> None:
    assert _picture(7) == _picture(7)
