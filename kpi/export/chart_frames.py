"""What people set of a chart beside its numbers and colours: its axes, and the numbers at marks."""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from kpi.export.as_written import fingerprint

_AXES = ("{*}valAx", "{*}catAx", "{*}dateAx", "{*}serAx")
# What a number format stands before, in a series' labels.
_AFTER_FORMAT = ("spPr", "txPr", "dLblPos", "showLegendKey", "delete")
_AXES_SAID, _LABELS_SAID = "akser", "visning af tallene ved punkterne"


def frame_of(chart_space: Any) -> dict[str, str]:
    """Each axis and each series' labels, with a fingerprint of how they are set.

    What a program writes that has opened the file is left out: where nothing is said and where
    what is usual is said, the fingerprint is the same.
    """
    frame = {_axis_name(place): _axis(axis) for place, axis in enumerate(_axes(chart_space))}
    for place, series in enumerate(chart_space.iter("{*}ser")):
        frame[_labels_name(place)] = _labels(series)
    return frame


def keep_frame(old: Any, new: Any, was: Mapping[str, str]) -> list[str]:
    """Gives a new chart what people set of the old one; what that is, in words.

    `was` is the frame as Spor drew it; empty where the file was made before it was kept. Axes and
    series that are others today are left as they are drawn.
    """
    if not was:
        return []
    said: list[str] = []
    axes = list(zip(_axes(old), _axes(new), strict=False))
    for place, (own, drawn) in enumerate(axes):
        if own.tag == drawn.tag and _axis(own) != was.get(_axis_name(place), _axis(own)):
            _put_axis(own, drawn)
            said.append(_AXES_SAID)
    pairs = zip(old.iter("{*}ser"), list(new.iter("{*}ser")), strict=False)
    for place, (own, drawn) in enumerate(pairs):
        if _labels(own) != was.get(_labels_name(place), _labels(own)):
            _put_labels(own, drawn)
            said.append(_LABELS_SAID)
    return list(dict.fromkeys(said))


def title_of(chart_space: Any) -> Any:
    """The chart's own title: one that people wrote, as Spor's charts have none."""
    return chart_space.find("{*}chart/{*}title")


def _axis_name(place: int) -> str:
    return f"akse {place}"


def _labels_name(place: int) -> str:
    return f"tal {place}"


def _axes(chart_space: Any) -> list[Any]:
    return list(chart_space.iter(*_AXES))


def _axis(axis: Any) -> str:
    scaling = [axis.find(f"{{*}}scaling/{{*}}{name}") for name in ("min", "max")]
    parts = [*scaling, axis.find("{*}majorUnit")]
    numbers = ["" if each is None else f"{float(each.get('val')):g}" for each in parts]
    lines = [name for name in ("major", "minor") if axis.find(f"{{*}}{name}Gridlines") is not None]
    hidden = axis.find("{*}delete")
    shown = "" if hidden is None or hidden.get("val") == "0" else "ingen"
    return fingerprint("akse", *numbers, *lines, _format(axis), shown)


def _labels(series: Any) -> str:
    labels = series.find("{*}dLbls")
    if labels is None or not _is_shown(labels):
        return ""
    formats = {_format(each) for each in (labels, *labels.findall("{*}dLbl"))}
    return fingerprint("tal", *sorted(formats))


def _is_shown(labels: Any) -> bool:
    singles = [each for each in labels.findall("{*}dLbl") if not _is_on(each, "delete")]
    shows = [name for name in ("showVal", "showSerName", "showCatName") if _is_on(labels, name)]
    return bool(singles or shows) and not _is_on(labels, "delete")


def _is_on(element: Any, name: str) -> bool:
    child = element.find(f"{{*}}{name}")
    return child is not None and child.get("val", "1") in ("1", "true")


def _format(element: Any) -> str:
    own = element.find("{*}numFmt")
    code = "" if own is None or own.get("sourceLinked") == "1" else own.get("formatCode")
    return "" if code == "General" else str(code or "")


def _put_axis(own: Any, drawn: Any) -> None:
    """The axis as people set it, in the place and under the number of the drawn one."""
    kept = deepcopy(own)
    for name in ("axId", "crossAx"):
        kept.find(f"{{*}}{name}").set("val", drawn.find(f"{{*}}{name}").get("val"))
    drawn.getparent().replace(drawn, kept)


def _put_labels(own: Any, drawn: Any) -> None:
    """No labels where people took them away; else theirs in the format that people chose."""
    labels, theirs = drawn.find("{*}dLbls"), own.find("{*}dLbls")
    if labels is None:
        return
    if theirs is None or not _is_shown(theirs):
        drawn.remove(labels)
        return
    chosen = theirs.find("{*}numFmt")
    if chosen is None:
        chosen = theirs.find("{*}dLbl/{*}numFmt")
    if chosen is None:
        return
    for each in (labels, *labels.findall("{*}dLbl")):
        before = each.find("{*}numFmt")
        if before is not None:
            each.replace(before, deepcopy(chosen))
        elif (place := _place_for_format(each)) is not None:
            place.addprevious(deepcopy(chosen))


def _place_for_format(labels: Any) -> Any:
    children = (labels.find(f"{{*}}{name}") for name in _AFTER_FORMAT)
    return next((child for child in children if child is not None), None)
