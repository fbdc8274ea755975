"""Reading a figure back: what is drawn where, and what a person reads in it."""

from typing import Any

import plotly.graph_objects as go


def validated(figure: go.Figure) -> go.Figure:
    """The same figure with every part checked by Plotly; ValueError for a part it does not know.

    The app draws without these checks, which cost more than the drawing.
    """
    return go.Figure(figure.to_dict())


def texts(figure: go.Figure) -> list[str]:
    """Every text in the figure: labels, tick labels and hover texts, without bold marks."""
    parts = figure.to_dict()
    axes = [parts["layout"]["xaxis"], parts["layout"]["yaxis"]]
    written = [part["text"] for part in parts["layout"].get("annotations", [])]
    written += [text for axis in axes for text in axis.get("ticktext") or []]
    for trace in parts["data"]:
        written += [*(trace.get("text") or []), *(trace.get("hovertext") or [])]
        template = trace.get("hovertemplate", "")
        written += [template.replace("%{fullData.name}", trace.get("name", ""))] if template else []
    return [text.replace("<b>", "").replace("</b>", "") for text in written]


def labels(figure: go.Figure) -> list[str]:
    """The labels in the plot, without bold marks and with ordinary spaces."""
    annotations = figure.to_dict()["layout"].get("annotations", [])
    return [
        annotation["text"].replace("<b>", "").replace("</b>", "").replace("\u00a0", " ")
        for annotation in annotations
    ]


def marks(figure: go.Figure) -> list[tuple[float, bool]]:
    """The value of every dot, row by row, and whether it is hollow."""
    points = [
        (y, x, _is_hollow(trace["marker"]))
        for trace in figure.to_dict()["data"]
        if trace.get("mode") == "markers"
        for x, y in zip(trace["x"], trace["y"], strict=True)
    ]
    return [(value, hollow) for _, value, hollow in sorted(points, key=lambda point: point[0])]


def beyond_axes(figure: go.Figure) -> list[str]:
    """The points that an axis leaves out; the limits of a funnel, which have no end, may be cut."""
    parts = figure.to_dict()
    left_out = []
    for trace in parts["data"]:
        if trace.get("hoverinfo") == "skip":
            continue
        for side in ("x", "y"):
            axis = parts["layout"][f"{side}axis{trace.get(side + 'axis', side)[1:]}"]
            if (ends := axis.get("range")) is None:
                continue
            # The ends of a logarithmic axis are powers of ten.
            is_log = axis.get("type") == "log"
            low, high = sorted(10**end if is_log else float(end) for end in ends)
            points = trace.get(side)
            left_out += [
                f"{side} {value} of {trace.get('name', '')} in {low} to {high}"
                for value in ([] if points is None else points)
                if isinstance(value, int | float) and not low - 1e-9 <= value <= high + 1e-9
            ]
    return left_out


def _is_hollow(marker: dict[str, Any]) -> bool:
    return bool(marker["color"] == "#FFFFFF" and marker["line"]["width"] > 0)
