"""Streamlit's chart library without what no chart of ours is drawn with: a quarter of its size.

Plotly draws some fifty kinds of charts; ours are lines, points and bars. Its modules stand one
after the other, and all from the box plot on are for the other kinds, so they can be cut out in one
piece. What is left draws each chart once and lets charts take turns (ui/chart_turns.js). This is
known of the files of `KNOWN` alone: another one is sent whole.
"""

import hashlib
import re
from pathlib import Path

# What the cut file draws, as Plotly names the traces.
DRAWN = ("scatter", "bar")
# SHA-256 of Streamlit's PlotlyChart.….js, with the version of Streamlit that it is of. Of a new one
# look again: where the cut begins and ends, that nothing kept needs what is cut (no name in it is
# without its declaration), and every page.
KNOWN = {"8cb9b72292d50f4ac26b35921c6209897f2a946d03214aa63214e86f129a8cb1": "1.67.0"}
NAME = re.compile(r"PlotlyChart\.[\w-]+\.js")

_FIRST_CUT = ',Lu=_({"src/traces/box/attributes.js"'
_FIRST_KEPT = ',rae=_({"lib/calendars.js"'
_REGISTERED = re.compile(r"n\.register\(\[Iu\(\),[^]]*\]\)")

# Streamlit's own drawing: what was asked for, each time that anything was asked for.
_OWN_DRAWING = (
    "v.current=v.current.then(()=>{if(!x.current){if(!_.current)throw Error(`Missing element "
    "reference`);return e.react(_.current,{data:t,layout:n,config:r,frames:i})}})"
)
# The newest that is asked for, in the chart's turn. `S.current` holds it, `x.current` is true of a
# chart that is gone.
_DRAWING = (
    "v.current=v.current.then(()=>x.current?void 0:sporTurn(_.current,n&&n.height))"
    ".then(()=>{if(!x.current){if(!_.current)throw Error(`Missing element reference`);"
    "return sporDraw(e,_.current,S.current)}})"
)
# When a chart is asked for: after its place is painted, and all that came with it is put together.
_OWN_ASKING = "(0,P.useEffect)(()=>{if(x.current=!1,S.current===null)"
# As soon as it has its place.
_ASKING = _OWN_ASKING.replace("useEffect", "useLayoutEffect")
_TURNS = Path(__file__).with_name("chart_turns.js")


def is_known(library: bytes) -> bool:
    """Whether this file of Streamlit's was looked at."""
    return hashlib.sha256(library).hexdigest() in KNOWN


def basic(library: bytes) -> bytes:
    """The library with `DRAWN` alone, drawing in turns. It must be one that `is_known`."""
    text = library.decode()
    begins, ends = text.index(_FIRST_CUT), text.index(_FIRST_KEPT)
    kept, times = _REGISTERED.subn("n.register([Iu()])", text[:begins] + text[ends:])
    assert (times, kept.count(_OWN_DRAWING), kept.count(_OWN_ASKING)) == (1, 1, 1)
    drawing = kept.replace(_OWN_DRAWING, _DRAWING).replace(_OWN_ASKING, _ASKING)
    return (drawing + _TURNS.read_text("utf-8")).encode()
