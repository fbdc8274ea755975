"""The presentation a deck is made on, Spor's own or the user's, and which layouts are for what.

Ours is `pptx/spor.potx`, edited in PowerPoint (`pptx/README.md`). There is nothing it may do that a
user's own may not: a layout may have places of the names below, and is written into where it has.
"""

import io
import logging
import re
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

from lxml.etree import XMLSyntaxError
from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.exc import PackageNotFoundError
from pptx.opc.constants import RELATIONSHIP_TYPE

from kpi.domain.errors import KpiError
from kpi.export import office_files
from kpi.ingest.gate.unseen_texts import unseen_personal_numbers
from kpi.ingest.table.file_kind import ZIP_FAULTS, KindName, file_kind

SPOR_TEMPLATE = Path(__file__).parent / "pptx" / "spor.potx"
# Places for text, known by their names in a layout.
SUBJECT, MEASURE, READING = "Tema · nøgletal", "Hvad der måles", "Sådan læses figuren"
SOURCE, DATED = "Kilde", "Data som kendt"

_NAMES = frozenset({SUBJECT, MEASURE, READING, SOURCE, DATED})
# How much room a heading takes is estimated from this font. Another may be wider.
_KNOWN_FONT, _SHARE_FOR_OTHERS = "Cambria", 0.85
_HEADING_FONT = re.compile(rb'<a:majorFont>\s*<a:latin typeface="([^"]*)"')
_TEMPLATE_TYPE = b"presentationml.template.main+xml"
_PRESENTATION_TYPE = b"presentationml.presentation.main+xml"
_LIBRARY_NAME = re.compile(rb'name="Office(?: Theme)?"')
_MACRO_TYPE = b"macroEnabled"
_IS_PRESENTATION = re.compile(
    rb"presentationml\.(presentation|template)\.main|powerpoint\.\w+\.macroEnabled"
)
# What reading the parts of a damaged archive raises.
_DAMAGED = (BadZipFile, zlib.error, EOFError, NotImplementedError)
# What the library raises for parts that are missing or broken. In code of ours most of these are
# faults of ours, which are not said to be the file's.
_LIBRARY_FAULTS = (
    *ZIP_FAULTS, PackageNotFoundError, XMLSyntaxError, LookupError, AttributeError, TypeError,
)  # fmt: skip
_ENCRYPTED = 0x1
_OLD_OFFICE = "en fil i det gamle format .ppt, .doc eller .xls eller en låst fil"
_ZIP = "en zip-fil"
_CALLED: Mapping[KindName, str] = {
    "pdf": "en PDF", "picture": "et billede", "word": "et Word-dokument", "xlsx": "en Excel-fil",
    "xlsb": "en Excel-fil", "xls": _OLD_OFFICE, "old_office": _OLD_OFFICE, "ods": _ZIP,
    "powerpoint": _ZIP, "archive": _ZIP, "container": _ZIP,
}  # fmt: skip
# An archive can unpack to far more than it seems.
_MOST_BYTES = 300_000_000
_PROMPTS = {
    "title": "Konklusion", "ctrTitle": "Titel", "subTitle": "Anledning", "chart": "Diagram",
    "dt": "Data som kendt", "ftr": "Anledning", "body": "Tekst", "sldNum": "Sidetal",
    "pic": "Billede", "hdr": "Sidehoved", "sldImg": "Slide", "obj": "Indhold", "tbl": "Tabel",
}  # fmt: skip

_log = logging.getLogger(__name__)


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


def layouts_of(template: bytes | None) -> Layouts:
    """The layouts of a presentation, its slides taken out; without one, of Spor's own.

    Raises KpiError when the file is no presentation, or one with macros.
    """
    presentation = _opened(SPOR_TEMPLATE.read_bytes() if template is None else template)
    slide_ids = presentation.slides._sldIdLst
    for slide_id in list(slide_ids):
        presentation.part.drop_rel(slide_id.rId)
        slide_ids.remove(slide_id)
    # Sections and shows point at the slides that are gone, which PowerPoint takes for damage.
    root = presentation.part._element
    for tag in ("{*}custShowLst", "{*}extLst"):
        for element in root.findall(tag):
            root.remove(element)
    _drop_parts(presentation, ("thumbnail", "extended-properties"))
    layouts = list(presentation.slide_layouts)
    if not layouts:
        raise KpiError(
            "Ingen layouts",
            "Skabelonen har ingen layouts. Vælg en præsentation med en slidemaster.",
        )
    plain = _first(layouts, _is_title_only) or _first(layouts, _has_title) or layouts[-1]
    figure = (
        _first(layouts, lambda layout: _content_kinds(layout) == [PP_PLACEHOLDER.CHART])
        or _first(layouts, lambda layout: _content_kinds(layout) == [PP_PLACEHOLDER.OBJECT])
        or _first(layouts, lambda layout: _content_kinds(layout) == [PP_PLACEHOLDER.PICTURE])
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


def _opened(template: bytes) -> Any:
    def edit(name: str, content: bytes) -> bytes:
        """A part of the archive, with the content types of a presentation."""
        # A .potx is the same but for its own word for itself.
        if name == "[Content_Types].xml":
            return content.replace(_TEMPLATE_TYPE, _PRESENTATION_TYPE)
        return content

    _check_archive(template)
    try:
        _refuse_personal(template)
        repacked = office_files.repacked(template, edit)
    except _DAMAGED as error:
        raise _no_presentation(template) from error
    try:
        return Presentation(io.BytesIO(repacked))
    except _LIBRARY_FAULTS as error:
        _log.info("Template of %d bytes", len(template), exc_info=error)
        raise _no_presentation(template) from error


def _check_archive(template: bytes) -> None:
    """Refuses what is no presentation, is locked, has macros, or unpacks to far too much."""
    try:
        with ZipFile(io.BytesIO(template)) as archive:
            parts = archive.infolist()
            inflated = sum(part.file_size for part in parts)
            types = archive.read("[Content_Types].xml") if inflated <= _MOST_BYTES else b""
    except ZIP_FAULTS as error:
        raise _no_presentation(template) from error
    if inflated > _MOST_BYTES:
        raise KpiError("For stor skabelon", "Skabelonen fylder over 300 MB udpakket.")
    if not _IS_PRESENTATION.search(types) or any(part.flag_bits & _ENCRYPTED for part in parts):
        raise _no_presentation(template)
    if _MACRO_TYPE in types:
        raise KpiError(
            "Skabelonen har makroer",
            "Filen er en præsentation med makroer. Gem den som .pptx uden makroer, og vælg den "
            "igen.",
        )


def _refuse_personal(template: bytes) -> None:
    """Refuses a template with a CPR number anywhere: much of it goes into each file made on it."""
    if unseen_personal_numbers(template, "pptx"):
        raise KpiError(
            "Skabelonen indeholder et CPR-nummer",
            "Det står på en slide, i en note, i et billede eller i filens egenskaber, og kan læses "
            "af alle, der får papiret. Fjern det, og vælg skabelonen igen.",
        )


def _no_presentation(template: bytes) -> KpiError:
    called = _CALLED.get(file_kind(template).name, "en fil af en anden slags")
    return KpiError(
        "Ikke en PowerPoint-fil",
        f"Skabelonen er {called if template else 'en tom fil'}. Vælg en præsentation, der er gemt "
        "som .pptx eller .potx.",
    )


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


def _drop_parts(presentation: Any, kinds: Sequence[str]) -> None:
    """Removes parts about the history of the library's or the template's own file."""
    for owner in (presentation.part, presentation.part.package):
        for number, relation in list(owner._rels.items()):
            if relation.reltype.endswith(tuple(kinds)):
                owner._rels.pop(number)
