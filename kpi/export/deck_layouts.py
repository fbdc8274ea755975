"""The presentation a deck is made on, Spor's own or the user's, and which layouts are for what.

Ours is `pptx/spor.potx`, edited in PowerPoint (`pptx/README.md`). There is nothing it may do that a
user's own may not: a layout may have places of the names below, and is written into where it has.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from io import BytesIO
from pathlib import Path
from typing import Any

from lxml.etree import XMLSyntaxError
from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.exc import PackageNotFoundError
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.util import Emu

from kpi.domain.errors import KpiError
from kpi.export.deck_colours import Shade, shades_of
from kpi.export.own_template import TemplateKind, opened_template
from kpi.export.quick_places import ask_quickly
from kpi.export.unsearched import refuse_unsearched
from kpi.ingest.table.file_kind import ZIP_FAULTS

# Whatever reads slides or writes them opens a presentation here.
ask_quickly()

SPOR_TEMPLATE = Path(__file__).parent / "pptx" / "spor.potx"
# Places for text, known by their names in a layout.
SUBJECT, MEASURE, READING = "Tema · nøgletal", "Hvad der måles", "Sådan læses figuren"
SOURCE, DATED = "Kilde", "Data som kendt"

_NAMES = frozenset({SUBJECT, MEASURE, READING, SOURCE, DATED})
# How much room a heading takes is estimated from this font. Another may be wider.
_LEAST_HIGH = 72
_KNOWN_FONT, _SHARE_FOR_OTHERS = "Cambria", 0.85
_HEADING_FONT = re.compile(rb'<a:majorFont>\s*<a:latin typeface="([^"]*)"')
_LIBRARY_NAME = re.compile(rb'name="Office(?: Theme)?"')
# What the library raises for parts that are missing or broken. In code of ours most of these are
# faults of ours, which are not said to be the file's.
_LIBRARY_FAULTS = (
    *ZIP_FAULTS, PackageNotFoundError, XMLSyntaxError, LookupError, AttributeError, TypeError,
)  # fmt: skip
_PRESENTATION = TemplateKind(
    name="powerpoint",
    is_kind=re.compile(
        rb"presentationml\.(presentation|template|slideshow)\.main|powerpoint\.\w+\.macroEnabled"
    ),
    other_types=(b"presentationml.template.main+xml", b"presentationml.slideshow.main+xml"),
    document_type=b"presentationml.presentation.main+xml",
    title="Ikke en PowerPoint-fil",
    document="en præsentation",
    endings=".pptx eller .potx",
    plain_ending=".pptx",
    personal_place="på en slide, i en note, i et billede eller i filens egenskaber",
)
_PROMPTS = {
    "title": "Konklusion", "ctrTitle": "Titel", "subTitle": "Anledning", "chart": "Diagram",
    "dt": "Data som kendt", "ftr": "Anledning", "body": "Tekst", "sldNum": "Sidetal",
    "pic": "Billede", "hdr": "Sidehoved", "sldImg": "Slide", "obj": "Indhold", "tbl": "Tabel",
}  # fmt: skip


@dataclass(frozen=True)
class Layouts:
    """A presentation without slides, and which of its layouts each kind of slide is made on.

    `heading_share` is how much of its box a title may take by our estimate of its letters.
    """

    presentation: Any
    title: Any
    figure: Any
    table: Any
    heading_share: float

    @cached_property
    def shades(self) -> Mapping[str, Shade]:
        """What each of Spor's colours is in the theme of the slides with figures."""
        return shades_of(self.figure.slide_master)


def layouts_of(template: bytes | None) -> Layouts:
    """The layouts of a presentation, its slides taken out; without one, of Spor's own.

    Raises KpiError when the file is no presentation, or one with macros.
    """
    content = SPOR_TEMPLATE.read_bytes() if template is None else template
    presentation = opened_presentation(content, _PRESENTATION)
    if template is not None:
        refuse_unsearched(template, _PRESENTATION)
    slide_ids = presentation.slides._sldIdLst
    for slide_id in list(slide_ids):
        presentation.part.drop_rel(slide_id.rId)
        slide_ids.remove(slide_id)
    # Sections and shows point at the slides that are gone, which PowerPoint takes for damage.
    root = presentation.part._element
    for tag in ("{*}custShowLst", "{*}extLst"):
        for element in root.findall(tag):
            root.remove(element)
    drop_history(presentation)
    return layouts_in(presentation)


def earlier_deck(content: bytes) -> Any:
    """A deck that was made earlier, with its slides. Raises KpiError as for a template."""
    kind = replace(_PRESENTATION, called="Filen")
    presentation = opened_presentation(content, kind)
    refuse_unsearched(content, kind)
    drop_history(presentation)
    return presentation


def layouts_in(presentation: Any) -> Layouts:
    """Which layout of a presentation each kind of slide is made on. KpiError where it has none."""
    layouts = list(presentation.slide_layouts)
    if not layouts:
        raise KpiError(
            "Ingen layouts",
            "Skabelonen har ingen layouts. Vælg en præsentation med en slidemaster.",
        )
    plain = _first(layouts, _is_title_only) or _first(layouts, _has_title) or layouts[-1]
    roomy = [layout for layout in layouts if _has_room(layout)]
    figure = (
        _first(roomy, lambda layout: _content_kinds(layout) == [PP_PLACEHOLDER.CHART])
        or _first(roomy, lambda layout: _content_kinds(layout) == [PP_PLACEHOLDER.OBJECT])
        or _first(roomy, lambda layout: _content_kinds(layout) == [PP_PLACEHOLDER.PICTURE])
        or plain
    )
    front = _first(layouts, _is_front) or plain
    known = _heading_font(presentation.slide_master) == _KNOWN_FONT
    return Layouts(presentation, front, figure, plain, 1.0 if known else _SHARE_FOR_OTHERS)


def name_of(place: Any) -> str | None:
    """Which of the named places a layout's placeholder is; None for all others."""
    is_text = place.placeholder_format.type == PP_PLACEHOLDER.BODY
    return place.name if is_text and place.name in _NAMES else None


def in_danish(layout: Any) -> None:
    """Gives the placeholders of a layout or master Danish names and prompts."""
    name_places(layout)
    for shape in layout.placeholders:
        prompt = _PROMPTS.get(shape._element.ph.get("type", "obj"), "Felt")
        for level, paragraph in enumerate(shape._element.iter("{*}p"), start=1):
            for run in paragraph.findall("{*}r"):
                run.find("{*}t").text = prompt if level == 1 else f"Niveau {level}"


def name_places(slide: Any) -> None:
    """Gives the placeholders of a slide, layout or master Danish names."""
    for shape in slide.placeholders:
        shape.name = _PROMPTS.get(shape._element.ph.get("type", "obj"), "Felt")


def opened_presentation(content: bytes, kind: TemplateKind) -> Any:
    """The presentation with its slides. Raises KpiError for what is none."""
    return opened_template(content, kind, _read, _LIBRARY_FAULTS)


def _read(content: BytesIO) -> Any:
    """The presentation, once all that a deck is written with is what it should be."""
    presentation = Presentation(content)
    _ = presentation.core_properties.title
    for slide in presentation.slides:
        _ = slide.slide_layout.name, [shape.has_chart and shape.chart for shape in slide.shapes]
        if slide.has_notes_slide:
            list(slide.notes_slide.placeholders)
    masters = list(presentation.slide_masters)
    kinds = [relation.reltype for relation in presentation.part._rels.values()]
    if RELATIONSHIP_TYPE.NOTES_MASTER in kinds:
        masters.append(presentation.notes_master)
    for master in masters:
        _ = _theme_of(master).blob
    for place in (place for master in masters for place in master.placeholders):
        _ = place.name, place.placeholder_format.type
    for layout in presentation.slide_layouts:
        _ = list(layout.placeholders), layout.slide_master.name
    return presentation


def _first(layouts: Sequence[Any], wanted: Any) -> Any:
    return next((layout for layout in layouts if wanted(layout)), None)


def _kinds(layout: Any) -> list[Any]:
    return [shape.placeholder_format.type for shape in layout.placeholders if not name_of(shape)]


def _has_title(layout: Any) -> bool:
    return PP_PLACEHOLDER.TITLE in _kinds(layout)


def _content_kinds(layout: Any) -> list[Any]:
    """What there is to fill besides the title and the foot; empty without a title."""
    foot = (
        PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.FOOTER,
        PP_PLACEHOLDER.SLIDE_NUMBER,
    )  # fmt: skip
    return [kind for kind in _kinds(layout) if kind not in foot] if _has_title(layout) else []


def _has_room(layout: Any) -> bool:
    """Whether its places are high enough for a chart; LibreOffice leaves them as high as a line."""
    kinds = (PP_PLACEHOLDER.CHART, PP_PLACEHOLDER.OBJECT, PP_PLACEHOLDER.PICTURE)
    return all(
        Emu(shape.height or 0).pt >= _LEAST_HIGH
        for shape in layout.placeholders
        if shape.placeholder_format.type in kinds
    )


def _is_title_only(layout: Any) -> bool:
    return _has_title(layout) and not _content_kinds(layout)


def _is_front(layout: Any) -> bool:
    return PP_PLACEHOLDER.CENTER_TITLE in _kinds(layout)


def name_theme(master: Any) -> None:
    """Gives the library's own theme of a master our name."""
    part = _theme_of(master)
    if hasattr(part, "_element"):
        for element in part._element.iter():
            if element.get("name") in ("Office Theme", "Office"):
                element.set("name", "Spor")
    else:
        part._blob = _LIBRARY_NAME.sub(b'name="Spor"', part.blob)


def _heading_font(master: Any) -> str:
    font = _HEADING_FONT.search(_theme_of(master).blob)
    return font.group(1).decode() if font else ""


def _theme_of(master: Any) -> Any:
    return master.part.part_related_by(RELATIONSHIP_TYPE.THEME)


def drop_history(presentation: Any) -> None:
    """Removes parts about the history of the library's or the template's own file."""
    kinds = ("thumbnail", "extended-properties")
    for owner in (presentation.part, presentation.part.package):
        for number, relation in list(owner._rels.items()):
            if relation.reltype.endswith(kinds):
                owner._rels.pop(number)
