"""Where the labels of a figure stand, in pixels from its upper left corner."""

from itertools import combinations
from typing import Any, NamedTuple

import plotly.graph_objects as go

# A letter of our typeface is about half as wide as high; bold ones a little more.
_LETTER, _BOLD, _LINE = 0.5, 0.53, 1.25


class Box(NamedTuple):
    """A label and the room it takes."""

    text: str
    left: float
    right: float
    top: float
    bottom: float


def boxes(figure: go.Figure, width: float) -> list[Box]:
    """The label boxes of a figure that is drawn `width` pixels wide."""
    layout = figure.to_dict()["layout"]
    return [_box(annotation, layout, width) for annotation in layout.get("annotations", [])]


def plot_of(figure: go.Figure, width: float) -> Box:
    """The plot between the margins."""
    layout = figure.to_dict()["layout"]
    margin = layout["margin"]
    return Box(
        "", margin["l"], width - margin["r"], margin["t"], layout["height"] - margin["b"]
    )  # fmt: skip


def overlaps(drawn: list[Box]) -> list[tuple[str, str]]:
    """The pairs of labels that share room, beyond a pixel of rounding."""
    return [
        (box.text, other.text)
        for box, other in combinations(drawn, 2)
        if min(box.right, other.right) - max(box.left, other.left) > 1
        and min(box.bottom, other.bottom) - max(box.top, other.top) > 1
    ]


def _box(label: dict[str, Any], layout: dict[str, Any], width: float) -> Box:
    margin = layout["margin"]
    plot_width = width - margin["l"] - margin["r"]
    plot_height = layout["height"] - margin["t"] - margin["b"]
    x = margin["l"] + plot_width * _share(label, layout, "x")
    y = margin["t"] + plot_height * (1 - _share(label, layout, "y"))
    x += label.get("ax", 0) if label["showarrow"] else label.get("xshift", 0)
    y += label.get("ay", 0) if label["showarrow"] else -label.get("yshift", 0)
    size = label["font"]["size"]
    plain = label["text"].replace("<b>", "").replace("</b>", "")
    lines = plain.split("<br>")
    letter = _BOLD if plain != label["text"] else _LETTER
    wide, high = letter * size * max(map(len, lines)), _LINE * size * len(lines)
    left = x - {"left": 0.0, "center": wide / 2, "right": wide}[label.get("xanchor", "center")]
    top = y - {"top": 0.0, "middle": high / 2, "bottom": high}[label.get("yanchor", "middle")]
    return Box(plain, left, left + wide, top, top + high)


def _share(label: dict[str, Any], layout: dict[str, Any], side: str) -> float:
    """How far along its axis a label stands, 0 to 1 from the left or lower end."""
    value = float(label[side])
    if label.get(f"{side}ref", side) == "paper":
        return value
    start, end = layout[f"{side}axis"]["range"]
    return float((value - start) / (end - start))
