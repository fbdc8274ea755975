"""Plotly as the page has it that figures are drawn on: a quarter of the whole.

A browser takes most of its start to read Plotly. Its modules stand one after the other, each after
those that it needs: first what draws points, lines and bars, then some fifty other kinds of charts,
and last one that names them all; so the others can be cut out in one piece. This is known of the
files of `KNOWN` alone: another one is read whole.
"""

import hashlib
import re
from pathlib import Path

import plotly

# SHA-256 of the file, with its version. Of a new one look again: the first kind that the last
# module names must still be the bars, and every chart of ours be drawn the same.
KNOWN = {"3b6e15d45dbb7fca5bd2094291e961ddc5472cd887009e6009a56dab668d721f": "4.1.1"}
PLOTLY = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"

# The last module: `var a=W((b,c)=>{var d=e();d.register([bars(),box(),…])`. A name may have a `$`.
_NAMING = re.compile(r"var [\w$]+=W\(\([\w$,]+\)=>\{[^{}]*?\.register\(\[([\w$]+)\(\)(,[^]]*)\]\)")


def plotly_script() -> str:
    """The element of a page that has Plotly in it, or the address of the whole of it."""
    content = PLOTLY.read_bytes()
    if hashlib.sha256(content).hexdigest() not in KNOWN:
        return f'<script src="{PLOTLY.as_uri()}" charset="utf-8"></script>'
    # The page is written in whatever letters the machine has.
    script = basic(content.decode("utf-8")).encode("ascii", "backslashreplace").decode("ascii")
    return f"<script>{script}</script>"


def basic(script: str) -> str:
    """What draws points, lines and bars. It must be a script that is `KNOWN`."""
    naming = _NAMING.search(script)
    assert naming is not None
    bars = re.search(rf"var {re.escape(naming[1])}=W\(.*?\}}\);", script)
    assert bars is not None
    return script[: bars.end()] + script[naming.start() : naming.start(2)] + script[naming.end(2) :]
