"""A deck as it is read back, and a presentation to use as a template."""

import io
from typing import Any
from zipfile import ZipFile

from pptx import Presentation

DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


def opened(content: bytes) -> list[Any]:
    return list(Presentation(io.BytesIO(content)).slides)


def charts(slide: Any) -> list[Any]:
    """The figures: charts, and tables of a single number."""
    return [shape for shape in slide.shapes if shape.has_chart or shape.name == "Diagram"]


def diagrams(slide: Any) -> list[Any]:
    """The charts, and the single numbers that stand in their place."""
    return [shape for shape in slide.shapes if shape.name == "Diagram"]


def tables(slide: Any) -> list[Any]:
    return [shape.table for shape in slide.shapes if shape.has_table]


def text_of(slide: Any) -> str:
    return "\n".join(text.text for text in slide._element.iter(f"{DRAWING}t"))


def everything(content: bytes) -> str:
    """All parts of a file as text, those of the workbooks inside it too."""
    contents = []
    with ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            part = archive.read(name)
            contents.append(everything(part) if name.endswith(".xlsx") else part.decode("utf-8"))
    return "\n".join(contents)


def made_template(layout: int | None = None) -> bytes:
    """A presentation with a slide of its own; with `layout`, that layout is its only one."""
    made = Presentation()
    slide = made.slides.add_slide(made.slide_layouts[5 if layout is None else layout])
    slide.shapes.title.text = "Gammelt slide"
    for slide_layout in list(made.slide_layouts):
        if layout is not None and slide_layout.name != made.slide_layouts[layout].name:
            kept = [made.slide_layouts[layout].name]
            if slide_layout.name not in kept and not slide_layout.used_by_slides:
                made.slide_layouts.remove(slide_layout)
                layout = [other.name for other in made.slide_layouts].index(kept[0])
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()
