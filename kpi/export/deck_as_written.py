"""The slides of a deck as they are written: what each is, and fingerprints of its shapes.

A slide is known by its name, a shape by its own within it; both last when slides are moved, and
when PowerPoint or LibreOffice saves the file.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from pptx.opc.package import Part as FilePart
from pptx.opc.packuri import PackURI

from kpi.export.as_written import (
    CONTENT_TYPE,
    PROPERTIES,
    PROPERTIES_RELATION,
    PROPERTIES_TYPE,
    RELATION,
    Part,
    Piece,
    as_xml,
    fingerprint,
    is_ours,
)
from kpi.export.chart_frames import frame_of
from kpi.export.deck_places import area_of
from kpi.export.paper import Paper

KIND, NOTES = "pptx", "Talenoter"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
# What decides how letters look; the rest Office writes as it likes.
_LETTERS = ("sz", "b", "i", "u")


def name_slides(presentation: Any, before: int, part: str, most: int | None = None) -> None:
    """Names the slides after the first `before`, at most so many: all are of one part."""
    slides = list(presentation.slides)[before:][:most]
    for number, slide in enumerate(slides, start=1):
        slide._element.cSld.set("name", f"{part} {number}")
        names: set[str] = set()
        for shape in slide.shapes:
            name, count = shape.name, 1
            while shape.name in names:
                count += 1
                shape.name = f"{name} {count}"
            names.add(shape.name)


def key_of(slide: Any) -> str:
    """The slide's name as `name_slides` gave it, if it did."""
    return str(slide._element.cSld.get("name") or "")


def part_of(slide: Any) -> Part:
    """The slide as it is now."""
    pieces = {shape.name: piece_of(shape) for shape in slide.shapes}
    if slide.has_notes_slide:
        pieces[NOTES] = Piece(fingerprint(notes_of(slide)))
    return Part(key_of(slide), pieces)


def notes_of(slide: Any) -> str:
    """What the speaker notes say."""
    frame = slide.notes_slide.notes_text_frame if slide.has_notes_slide else None
    return "" if frame is None else str(frame.text)


def piece_of(shape: Any) -> Piece:
    """A shape as it is now."""
    element = shape._element
    area = area_of(shape)
    at = tuple(map(round, (area.left, area.top, area.width, area.height)))
    named = element.find(".//{*}cNvPr")
    alt = fingerprint(named.get("descr", ""))
    if getattr(shape, "has_chart", False) and shape.has_chart:
        chart = shape.chart._chartSpace
        looks = {name: look_of_series(series) for name, series in series_of(chart)}
        return Piece(numbers=numbers_of(chart), alt=alt, at=at, series=looks, frame=frame_of(chart))
    if getattr(shape, "has_table", False) and shape.has_table:
        rows = tuple(
            tuple(fingerprint(cell.text) for cell in row.cells) for row in shape.table.rows
        )
        return Piece(fingerprint(text_of(element)), look_of(element), alt, at=at, rows=rows)
    return Piece(fingerprint(text_of(element)), look_of(element), alt, at=at)


def text_of(element: Any) -> str:
    """All that a shape says; a field such as the slide's number is no text of its own."""
    return "\n".join(
        "".join(run.findtext(f"{_DRAWING}t", "") for run in paragraph.findall(f"{_DRAWING}r"))
        for paragraph in element.iter(f"{_DRAWING}p")
    )


def look_of(element: Any) -> str:
    """How the letters look, each way once."""
    looks = dict.fromkeys(
        "/".join(_letters(run.find(f"{_DRAWING}rPr"))) for run in element.iter(f"{_DRAWING}r")
    )
    return fingerprint(*looks)


def _letters(properties: Any) -> Iterator[str]:
    if properties is None:
        return
    for name in _LETTERS:
        yield f"{name}{properties.get(name) or ''}"
    for kind in ("latin", "solidFill"):
        for child in properties.findall(f"{_DRAWING}{kind}"):
            yield child.get("typeface") or "".join(each.get("val", "") for each in child)


def series_of(chart_space: Any) -> Iterator[tuple[str, Any]]:
    """The chart's lines and dots with their names."""
    for series in chart_space.iter("{*}ser"):
        yield series.findtext("{*}tx/{*}strRef/{*}strCache/{*}pt/{*}v", ""), series


def numbers_of(chart_space: Any) -> str:
    """The values that a chart is drawn of, by series."""
    said = []
    for name, series in series_of(chart_space):
        said.append(name)
        for values in series.iter("{*}val", "{*}xVal", "{*}yVal"):
            said += [_short(value.text or "") for value in values.iter("{*}v")]
    return fingerprint(*said)


def _short(number: str) -> str:
    try:
        return f"{float(number):.6g}"
    except ValueError:
        return number


def look_of_series(series: Any) -> str:
    """The colours and widths of a series' own line, fill and mark."""
    looks = [
        f"{each.tag.rpartition('}')[2]}{each.get('val') or each.get('w') or ''}"
        for properties in (*series.findall("{*}spPr"), *series.findall("{*}marker"))
        for each in properties.iter(
            "{*}ln", "{*}srgbClr", "{*}schemeClr", "{*}prstDash", "{*}symbol", "{*}noFill"
        )
    ]
    return fingerprint(*looks)


def keep_as_written(presentation: Any, paper: Paper) -> None:
    """Puts into the file what it was made of, and how each slide is; in place of what was there."""
    parts = [part_of(slide) for slide in presentation.slides if key_of(slide)]
    write_as_written(presentation, paper, parts)


def write_as_written(
    presentation: Any, paper: Paper, parts: list[Part], figures: Sequence[str] | None = None
) -> None:
    """Puts these parts into the file, in place of what was there; `figures` as in `as_xml`."""
    owner, package = presentation.part, presentation.part.package
    # LibreOffice has the file itself name it, not the presentation.
    for whole in (owner, package):
        for number, relation in list(whole._rels.items()):
            if relation.reltype == RELATION and is_ours(relation.target_part.blob):
                whole._rels.pop(number)
    taken = {str(part.partname) for part in package.iter_parts()}
    place = next(n for n in range(1, 1000) if f"/customXml/item{n}.xml" not in taken)
    blob = as_xml(KIND, paper, parts, figures)
    kept = _part(f"/customXml/item{place}.xml", CONTENT_TYPE, package, blob)
    about = _part(f"/customXml/itemProps{place}.xml", PROPERTIES_TYPE, package, PROPERTIES)
    kept.relate_to(about, PROPERTIES_RELATION)
    owner.relate_to(kept, RELATION)


def _part(name: str, kind: str, package: Any, blob: bytes) -> Any:
    make: Callable[..., Any] = FilePart
    return make(PackURI(name), kind, package, blob)
