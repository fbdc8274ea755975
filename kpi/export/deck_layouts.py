"""The layouts a deck is made on: our own wide ones, or those of the user's own presentation."""

import io
import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape, quoteattr
from zipfile import BadZipFile, ZipFile

from lxml.etree import XMLSyntaxError
from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.exc import PackageNotFoundError
from pptx.oxml import parse_xml
from pptx.util import Inches

from kpi.domain.errors import KpiError
from kpi.export import office_files
from kpi.ingest.gate.unseen_texts import unseen_personal_numbers

# Both come with Office on Windows and Mac, and LibreOffice has stand-ins of the same widths.
# Their digits are on the baseline; those of Georgia hang below it, which is harder to read.
HEADING_FONT, BODY_FONT = "Cambria", "Calibri"
SUBJECT, MEASURE, READING, SOURCE, DATED = 13, 14, 16, 17, 13
MARGIN, WIDTH, HEIGHT = 0.5, 13.333, 7.5
HAIRLINE = 6.56

_NS = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_THEME_COLOURS = {
    "dk2": "4A5663", "lt2": "F3F5F7", "accent1": "00529B", "accent2": "AEB7C0",
    "accent3": "00766C", "accent4": "C2500A", "accent5": "9A7400", "accent6": "5B6775",
    "hlink": "00529B", "folHlink": "5B6775",
}  # fmt: skip
_TEMPLATE_TYPE = b"presentationml.template.main+xml"
_PRESENTATION_TYPE = b"presentationml.presentation.main+xml"
_LIBRARY_NAME = re.compile(rb'name="Office(?: Theme)?"')
_MACRO_TYPE = b"macroEnabled"
_IS_PRESENTATION = re.compile(
    rb"presentationml\.(presentation|template)\.main|powerpoint\.\w+\.macroEnabled"
)
# What archives and the library raise for files that are damaged, locked or of another kind.
_UNREADABLE = (
    BadZipFile, PackageNotFoundError, XMLSyntaxError, zlib.error, KeyError, ValueError,
    AttributeError, TypeError, RuntimeError,
)  # fmt: skip
# An archive can unpack to far more than it seems.
_MOST_BYTES = 300_000_000
_PROMPTS = {
    "title": "Konklusion", "ctrTitle": "Titel", "subTitle": "Anledning", "chart": "Diagram",
    "dt": "Data som kendt", "ftr": "Anledning", "body": "Tekst", "sldNum": "Sidetal",
    "pic": "Billede", "hdr": "Sidehoved", "sldImg": "Slide", "obj": "Indhold", "tbl": "Tabel",
}  # fmt: skip


@dataclass(frozen=True)
class Layouts:
    """A presentation without slides, and which of its layouts each kind of slide is made on.

    `own`: whether they are ours, whose placeholders are known by number.
    """

    presentation: Any
    title: Any
    figure: Any
    table: Any
    own: bool


@dataclass(frozen=True)
class _Place:
    """A placeholder of our own layouts; `box` is left, top, width and height in inches."""

    kind: str
    number: int
    prompt: str
    box: tuple[float, float, float, float]
    size: float
    colour: str = "tx2"
    bold: bool = False
    align: str = "l"
    anchor: str = "t"


_ACROSS = WIDTH - 2 * MARGIN
_FOOT = (
    _Place("dt", 10, "Data som kendt", (MARGIN, 6.98, 6.0, 0.28), 11, bold=True),
    _Place("ftr", 11, "Anledning", (WIDTH - MARGIN - 4.2, 6.62, 4.2, 0.36), 11, align="r"),
    _Place("sldNum", 12, "Side", (WIDTH - MARGIN - 2.0, 6.98, 2.0, 0.28), 11, align="r"),
)
_TITLE = _Place("title", 0, "Konklusion", (MARGIN, 0.62, _ACROSS, 0.95), 28, "tx1", bold=True)
_SUBJECT = _Place(
    "body", SUBJECT, "Tema · nøgletal", (MARGIN, 0.34, _ACROSS, 0.3), 14, "accent1", bold=True
)
_FRONT = (
    _Place("ctrTitle", 0, "Titel", (0.9, 1.7, 11.5, 1.75), 40, "tx1", bold=True, anchor="b"),
    _Place("subTitle", 1, "Anledning", (0.9, 3.85, 11.5, 0.9), 22),
    _Place("body", DATED, "Data som kendt", (0.9, 6.1, 11.5, 0.8), 14),
)
_FIGURE = (
    _TITLE,
    _SUBJECT,
    _Place("body", MEASURE, "Hvad der måles", (MARGIN, 1.15, _ACROSS, 0.3), 15),
    _Place("chart", 15, "Diagram", (MARGIN, 1.6, _ACROSS, 4.2), 13),
    _Place("body", READING, "Sådan læses figuren", (MARGIN, 5.95, _ACROSS, 0.5), 15, "tx1"),
    _Place("body", SOURCE, "Kilde", (MARGIN, 6.62, 8.0, 0.36), 11),
    *_FOOT,
)
_TABLE = (_TITLE, _SUBJECT, *_FOOT)


def own_layouts() -> Layouts:
    """Wide slides in the house style: Danish names, our theme, nothing of the library's own."""
    presentation = Presentation()
    old_width = presentation.slide_width
    presentation.slide_width, presentation.slide_height = Inches(WIDTH), Inches(HEIGHT)
    presentation.part._element.sldSz.attrib.pop("type", None)
    master = presentation.slide_master
    layouts = list(presentation.slide_layouts)
    for layout in layouts[3:]:
        presentation.slide_layouts.remove(layout)
    for shape in master.placeholders:
        shape.left, shape.width = (
            round(length * Inches(WIDTH) / old_width) for length in (shape.left, shape.width)
        )
        # Some readers take the colour of the foot from here.
        for tint in list(shape._element.iter("{*}tint")):
            tint.getparent().getparent().replace(
                tint.getparent(), parse_xml(f'<a:schemeClr {_NS} val="tx2"/>')
            )
    title_style = master._element.find(".//{*}titleStyle/{*}lvl1pPr")
    title_style.set("algn", "l")
    title_style.find("{*}defRPr").set("b", "1")
    title_style.find("{*}defRPr").set("sz", "2800")
    kinds = {"Forside": _FRONT, "Figur": _FIGURE, "Tabel": _TABLE}
    for layout, (name, places) in zip(layouts, kinds.items(), strict=False):
        _rebuild(layout, name, places)
    _own_theme(master)
    in_danish(master)
    for default in presentation.part._element.iter("{*}defRPr"):
        default.set("lang", "da-DK")
    _drop_parts(presentation, ("printerSettings", "thumbnail", "extended-properties"))
    front, figure, table = layouts[:3]
    return Layouts(presentation, front, figure, table, own=True)


def layouts_of(template: bytes) -> Layouts:
    """The layouts of a user's own presentation, its slides taken out.

    Raises KpiError when the file is no presentation, or one with macros.
    """
    presentation = _opened(template)
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
    return Layouts(presentation, front, figure, plain, own=False)


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

    try:
        with ZipFile(io.BytesIO(template)) as archive:
            if sum(part.file_size for part in archive.infolist()) > _MOST_BYTES:
                raise KpiError("For stor skabelon", "Skabelonen fylder over 300 MB udpakket.")
            types = archive.read("[Content_Types].xml")
        if not _IS_PRESENTATION.search(types):
            raise ValueError(types[:80])
        if _MACRO_TYPE in types:
            raise KpiError(
                "Skabelonen har makroer",
                "Filen er en præsentation med makroer. Gem den som .pptx uden makroer, og vælg den "
                "igen.",
            )
        _refuse_personal(template)
        return Presentation(io.BytesIO(office_files.repacked(template, edit)))
    except _UNREADABLE as error:
        raise KpiError(
            "Ikke en PowerPoint-fil",
            f"Skabelonen er {_what(template)}. Vælg en præsentation, der er gemt som .pptx eller "
            ".potx.",
        ) from error


def _refuse_personal(template: bytes) -> None:
    """Refuses a template with a CPR number anywhere: much of it goes into each file made on it."""
    places = unseen_personal_numbers(template, "pptx")
    if places:
        raise KpiError(
            "Skabelonen indeholder et CPR-nummer",
            "Det står på en slide, i en note, i et billede eller i filens egenskaber, og kan læses "
            "af alle, der får papiret. Fjern det, og vælg skabelonen igen.",
        )


def _what(content: bytes) -> str:
    if not content:
        return "en tom fil"
    kinds = {
        b"%PDF": "en PDF", b"\xd0\xcf\x11\xe0": "en fil i det gamle format .ppt, .doc eller .xls "
        "eller en låst fil", b"\x89PNG": "et billede", b"\xff\xd8\xff": "et billede",
    }  # fmt: skip
    for start, name in kinds.items():
        if content.startswith(start):
            return name
    if content.startswith(b"PK"):
        inside = {b"word/": "et Word-dokument", b"xl/": "en Excel-fil"}
        return next((name for path, name in inside.items() if path in content), "en zip-fil")
    return "en fil af en anden slags"


def _first(layouts: Sequence[Any], wanted: Any) -> Any:
    return next((layout for layout in layouts if wanted(layout)), None)


def _kinds(layout: Any) -> list[Any]:
    return [shape.placeholder_format.type for shape in layout.placeholders]


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


def _rebuild(layout: Any, name: str, places: Sequence[_Place]) -> None:
    layout._element.cSld.set("name", name)
    layout._element.attrib.pop("type", None)
    layout._element.set("userDrawn", "1")
    tree = layout._element.cSld.spTree
    for shape in list(tree)[2:]:
        tree.remove(shape)
    for number, place in enumerate(places, start=2):
        tree.append(parse_xml(_placeholder_xml(number, place)))
    y = 3.62 if places is _FRONT else HAIRLINE
    left, width, line = (0.9, 1.4, 38100) if places is _FRONT else (MARGIN, _ACROSS, 9525)
    shade = "accent1" if places is _FRONT else "accent2"
    tree.append(parse_xml(_rule_xml(len(places) + 2, (left, y, width), line, shade)))


def _emu(inches: float) -> int:
    return int(Inches(inches))


def _placeholder_xml(number: int, place: _Place) -> str:
    left, top, width, height = map(_emu, place.box)
    font = "+mj-lt" if place.kind in ("title", "ctrTitle") else "+mn-lt"
    kind = f'type="{place.kind}"' + (f' idx="{place.number}"' if place.number else "")
    field = 'type="slidenum"' if place.kind == "sldNum" else ""
    prompt = f'<a:r><a:rPr lang="da-DK"/><a:t>{escape(place.prompt)}</a:t></a:r>'
    if field:
        prompt = (
            '<a:r><a:rPr lang="da-DK"/><a:t>Side </a:t></a:r><a:fld id="{C1FF6DA9-008F-8B48-92A6-'
            f'B652298478BF}}" {field}><a:rPr lang="da-DK"/><a:t>‹nr.›</a:t></a:fld>'
        )
    return (
        f'<p:sp {_NS}><p:nvSpPr><p:cNvPr id="{number}" name={quoteattr(place.prompt)}/>'
        f'<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr><p:ph {kind}/></p:nvPr></p:nvSpPr>'
        f'<p:spPr><a:xfrm><a:off x="{left}" y="{top}"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr><p:txBody>'
        f'<a:bodyPr lIns="0" tIns="0" rIns="0" bIns="0" anchor="{place.anchor}"><a:noAutofit/>'
        f'</a:bodyPr><a:lstStyle><a:lvl1pPr marL="0" indent="0" algn="{place.align}">'
        '<a:spcBef><a:spcPts val="0"/></a:spcBef><a:buNone/>'
        f'<a:defRPr lang="da-DK" sz="{round(place.size * 100)}" b="{int(place.bold)}">'
        f'<a:solidFill><a:schemeClr val="{place.colour}"/></a:solidFill>'
        f'<a:latin typeface="{font}"/></a:defRPr></a:lvl1pPr></a:lstStyle>'
        f"<a:p>{prompt}</a:p></p:txBody></p:sp>"
    )


def _rule_xml(number: int, box: tuple[float, float, float], width: int, shade: str) -> str:
    left, top, length = map(_emu, box)
    return (
        f'<p:cxnSp {_NS}><p:nvCxnSpPr><p:cNvPr id="{number}" name="Linje"/><p:cNvCxnSpPr/><p:nvPr/>'
        f'</p:nvCxnSpPr><p:spPr><a:xfrm><a:off x="{left}" y="{top}"/>'
        f'<a:ext cx="{length}" cy="0"/></a:xfrm><a:prstGeom prst="line"><a:avLst/></a:prstGeom>'
        f'<a:ln w="{width}"><a:solidFill><a:schemeClr val="{shade}"/></a:solidFill></a:ln></p:spPr>'
        "</p:cxnSp>"
    )


def _own_theme(master: Any) -> None:
    part = name_theme(master)
    theme = part.blob.decode("utf-8")
    for slot, value in _THEME_COLOURS.items():
        theme = re.sub(
            rf"(<a:{slot}>)<a:srgbClr val=\"\w+\"/>", rf'\1<a:srgbClr val="{value}"/>', theme
        )
    theme = re.sub(r"<a:dk1>.*?</a:dk1>", '<a:dk1><a:srgbClr val="1B2530"/></a:dk1>', theme)
    for font, typeface in (("majorFont", HEADING_FONT), ("minorFont", BODY_FONT)):
        theme = re.sub(rf'(<a:{font}><a:latin typeface=")[^"]*', rf"\g<1>{typeface}", theme)
    part._blob = theme.encode("utf-8")


def name_theme(master: Any) -> Any:
    """Gives the library's own theme of a master our name; returns the theme's part."""
    relations = master.part.rels.values()
    part = next(
        relation.target_part for relation in relations if relation.reltype.endswith("theme")
    )
    if hasattr(part, "_element"):
        for element in part._element.iter():
            if element.get("name") in ("Office Theme", "Office"):
                element.set("name", "Spor")
    else:
        part._blob = _LIBRARY_NAME.sub(b'name="Spor"', part.blob)
    return part


def _drop_parts(presentation: Any, kinds: Sequence[str]) -> None:
    """Removes parts about the history of the library's or the template's own file."""
    for owner in (presentation.part, presentation.part.package):
        for number, relation in list(owner._rels.items()):
            if relation.reltype.endswith(tuple(kinds)):
                owner._rels.pop(number)
