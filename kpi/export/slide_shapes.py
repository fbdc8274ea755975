"""What is on a finished deck's slides: texts, tables and rules in their places, as JSON."""

import io
import json
from collections.abc import Iterator, Mapping
from typing import Any

from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.util import Emu

from kpi.charts.marks import Frame, Marks
from kpi.export.deck import figure_part, gathered_part
from kpi.export.deck_as_written import key_of
from kpi.export.deck_gathered import groups_of
from kpi.export.deck_places import area_of, sources_of
from kpi.export.paper import Paper
from kpi.export.slide_picture import DeckShapes, SlideShapes

_INK, _LINE = "#1B2530", "#D3DAE1"
_POINTS = 12700
_INSETS = {"lIns": 91440, "tIns": 45720, "rIns": 91440, "bIns": 45720}
_THEME_NAMES = {"tx1": "dk1", "tx2": "dk2", "bg1": "lt1", "bg2": "lt2"}
_USUAL_SIZE = 18.0
_TITLES = (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE)


def deck_shapes(content: bytes, paper: Paper) -> DeckShapes:
    """What is on each slide of the paper's deck."""
    presentation = Presentation(io.BytesIO(content))
    sides = (presentation.slide_width or 0, presentation.slide_height or 0)
    wide, high = (Emu(side).pt for side in sides)
    marks = {f"{figure_part(item.exhibit.key)} 1": item.exhibit.marks for item in paper.items}
    keys = [key_of(slide) for slide in presentation.slides]
    slides = tuple(
        _slide(slide, wide, high, marks.get(key))
        for slide, key in zip(presentation.slides, keys, strict=True)
    )
    firsts = {key: f"{part} 1" for key, part in _parts_of(paper).items()}
    numbers = {key: keys.index(first) + 1 for key, first in firsts.items() if first in keys}
    return DeckShapes(slides, numbers)


def _slide(slide: Any, wide: float, high: float, marks: Marks | None) -> SlideShapes:
    shapes = list(_shapes(slide, marks))
    chart = next((shape for shape in shapes if shape["kind"] == "chart"), None)
    frame = Frame(chart["width"], chart["height"]) if chart else None
    said = json.dumps({"width": wide, "height": high, "shapes": shapes}, ensure_ascii=False)
    return SlideShapes(wide, said, marks if chart else None, frame)


def _parts_of(paper: Paper) -> Mapping[str, str]:
    return {
        item.exhibit.key: gathered_part(name) if name else figure_part(item.exhibit.key)
        for name, items in groups_of(paper)
        for item in items
    }


def _shapes(slide: Any, marks: Marks | None) -> Iterator[dict[str, Any]]:
    colours = _theme(slide)
    for shape in slide.slide_layout.shapes:
        if not shape.is_placeholder and not (shape.has_text_frame and shape.text_frame.text):
            yield _rule(shape, colours)
    for shape in slide.shapes:
        if shape.has_chart and marks is not None:
            yield {"kind": "chart", **_place(shape)}
        elif shape.has_table:
            yield _table(shape, colours)
        elif shape.has_text_frame and shape.text_frame.text:
            yield _text(shape, colours)
        elif shape.has_text_frame and not shape.is_placeholder:
            yield _rule(shape, colours)


def _place(shape: Any) -> dict[str, float]:
    area = area_of(shape)
    return {"x": area.left, "y": area.top, "width": area.width, "height": area.height}


def _rule(shape: Any, colours: Mapping[str, str]) -> dict[str, Any]:
    place = _place(shape)
    colour = _colour(shape._element, colours) or _LINE
    place |= {"width": max(place["width"], 0.75), "height": max(place["height"], 0.75)}
    return {"kind": "rule", "colour": colour, **place}


def _table(shape: Any, colours: Mapping[str, str]) -> dict[str, Any]:
    table = shape.table
    rows = [
        [
            _run(run, colours, {}, False)
            for cell in row.cells
            for run in ([*cell.text_frame.paragraphs[0].runs[:1]] or [None])
        ]
        for row in table.rows
    ]
    return {
        "kind": "table",
        "widths": [Emu(column.width).pt for column in table.columns],
        "heights": [Emu(row.height).pt for row in table.rows],
        "rows": rows,
        "lines": [[_line_of(cell, colours) for cell in row.cells] for row in table.rows],
        "sides": [_side_of(cell) for cell in table.rows[0].cells],
        "befores": [Emu(cell.margin_left).pt for cell in table.rows[0].cells],
        **_place(shape),
    }


def _line_of(cell: Any, colours: Mapping[str, str]) -> str:
    """The colour of the line under a cell; empty where there is none."""
    line = cell._tc.find("{*}tcPr/{*}lnB")
    return "" if line is None else _colour(line, colours)


def _side_of(cell: Any) -> str:
    """Where a cell's text stands: `l`, or `r` for numbers."""
    properties = cell.text_frame.paragraphs[0]._p.pPr
    side = properties.get("algn") if properties is not None else None
    return side if side in ("ctr", "r") else "l"


def _text(shape: Any, colours: Mapping[str, str]) -> dict[str, Any]:
    usual = _usual(shape, colours)
    serif = usual["serif"]
    insets, anchor, side = dict(_INSETS), "t", "l"
    for source in reversed(list(sources_of(shape))):
        body = source._element.find("{*}txBody/{*}bodyPr")
        if body is not None:
            insets |= {name: int(body.get(name)) for name in insets if body.get(name)}
            anchor = body.get("anchor") or anchor
        level = source._element.find("{*}txBody/{*}lstStyle/{*}lvl1pPr")
        side = (level.get("algn") if level is not None else None) or side
    lines = []
    for paragraph in shape.text_frame.paragraphs:
        before = paragraph.space_before
        parts = [part for part in paragraph._p if part.tag.rpartition("}")[2] in ("r", "fld")]
        lines.append(
            {
                "before": before.pt if before is not None else 0,
                "runs": [_run_of(part, colours, usual, serif) for part in parts],
            }
        )
    inset = [insets[name] / _POINTS for name in ("lIns", "tIns", "rIns", "bIns")]
    return {
        "kind": "text", "lines": lines, "inset": inset, "anchor": anchor,
        "side": side if side in ("l", "ctr", "r") else "l", **_place(shape),
    }  # fmt: skip


def _usual(shape: Any, colours: Mapping[str, str]) -> dict[str, Any]:
    """How a shape's letters are where a run says nothing: its layout's, else its master's."""
    usual: dict[str, Any] = {"size": _USUAL_SIZE, "bold": False, "colour": _INK, "serif": False}
    defaults = [
        default
        for source in sources_of(shape)
        if (default := source._element.find(".//{*}lstStyle/{*}lvl1pPr/{*}defRPr")) is not None
    ]
    if shape.is_placeholder:
        is_title = shape.placeholder_format.type in _TITLES
        master = shape.part.slide_layout.slide_master._element
        style = "titleStyle" if is_title else "bodyStyle"
        own = master.find(f".//{{*}}{style}/{{*}}lvl1pPr/{{*}}defRPr")
        defaults += [own] if own is not None else []
        usual["serif"] = is_title
    for default in reversed(defaults):
        usual["size"] = int(default.get("sz", 100 * usual["size"])) / 100
        usual["bold"] = default.get("b", "1" if usual["bold"] else "0") == "1"
        usual["colour"] = _colour(default, colours) or usual["colour"]
    return usual


def _run(
    run: Any, colours: Mapping[str, str], usual: Mapping[str, Any], serif: bool
) -> dict[str, Any]:
    if run is None:
        return {"text": "", "size": 1, "bold": False, "colour": _INK, "serif": False}
    return _run_of(run._r, colours, usual, serif)


def _run_of(
    part: Any, colours: Mapping[str, str], usual: Mapping[str, Any], serif: bool
) -> dict[str, Any]:
    look = part.find("{*}rPr")
    said = {} if look is None else look.attrib
    return {
        "text": part.findtext("{*}t") or "",
        "size": int(said["sz"]) / 100 if "sz" in said else usual.get("size", _USUAL_SIZE),
        "bold": said["b"] == "1" if "b" in said else usual.get("bold", False),
        "colour": (_colour(look, colours) if look is not None else "") or usual.get("colour", _INK),
        "serif": serif,
    }


def _colour(element: Any, colours: Mapping[str, str]) -> str:
    """The first colour that is filled with; empty where none is said."""
    fill = element.find(".//{*}solidFill")
    if fill is None or not len(fill):
        return ""
    name = str(fill[0].get("val"))
    if fill[0].tag.endswith("srgbClr"):
        return f"#{name}"
    return colours.get(_THEME_NAMES.get(name, name), "")


def _theme(slide: Any) -> dict[str, str]:
    """The colours of the theme by their names (`dk1`, `accent1`)."""
    from lxml import etree

    master = slide.slide_layout.slide_master.part
    part = next(rel.target_part for rel in master.rels.values() if rel.reltype.endswith("/theme"))
    scheme = etree.fromstring(part.blob).find(".//{*}clrScheme")
    return {
        colour.tag.rpartition("}")[2]: f"#{colour[0].get('lastClr') or colour[0].get('val')}"
        for colour in scheme
    }
