"""A single number, written large: one lone dot or bar would only look like a comparison."""

import textwrap
from typing import Any

import plotly.graph_objects as go

from kpi.charts import style
from kpi.charts.marks import FOCUS, PEER, NumberMarks

_SIZE, _LETTER, _LINE = 40, 20, 20
# What fits across a phone.
_MOST_LETTERS = 46


def number(marks: NumberMarks) -> go.Figure:
    """The number from the left edge, and under it what it is."""
    lines = textwrap.wrap(marks.about, _MOST_LETTERS) or [""]
    size = _SIZE if len(marks.text) * _LETTER <= 330 else 26
    sketch = style.blank(76 + _LINE * len(lines), {"l": 8, "r": 8, "t": 8, "b": 8})
    sketch.xaxis.update(range=[0, 1], showticklabels=False)
    sketch.yaxis.update(range=[0, 1], showticklabels=False)
    paper: dict[str, Any] = {"xref": "paper", "yref": "paper", "xanchor": "left", "align": "left"}
    sketch.label(marks.text, FOCUS, size, x=0, y=1, yanchor="top", **paper)
    sketch.label("<br>".join(lines), PEER, x=0, y=0, yanchor="bottom", **paper)
    return sketch.figure()
