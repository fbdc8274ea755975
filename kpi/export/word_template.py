"""The document that a Word paper is written in: Spor's own template, or a municipality's.

Ours is `docx/spor.dotx`, edited in Word (`docx/README.md`). In one's own the content stands where a
paragraph says `{{indhold}}`, else in place of all that it says; its styles are used by their names,
and those it lacks are lent from ours, without letters of their own. A heading it must have itself.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from copy import deepcopy
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.exceptions import PackageNotFoundError
from docx.opc.packuri import PackURI
from docx.oxml.ns import qn
from docx.parts.numbering import NumberingPart
from docx.shared import Cm, Pt
from docx.styles import BabelFish
from lxml.etree import XMLSyntaxError

from kpi.domain.errors import KpiError
from kpi.export.own_template import TemplateKind, opened_template
from kpi.export.unsearched import refuse_unsearched
from kpi.ingest.table.file_kind import ZIP_FAULTS, file_kind

SPOR_TEMPLATE = Path(__file__).parent / "docx" / "spor.dotx"
STYLES = (
    "Normal", "Title", "Heading 1", "Heading 2", "List Bullet", "List Number", "Caption", "Figur",
    "Kilde", "Tabeltekst", "Spor tabel", "Strong", "Emphasis",
    "Placeholder Text",
)  # fmt: skip
CHARACTER_STYLES = ("Strong", "Emphasis", "Placeholder Text")
CONTENT = "{{indhold}}"

# Of each style its letters and the gaps before and after; never under 9.5 points.
_BRIEF = {
    "Title": (17, 0, 3), "Heading 1": (11.5, 5, 1), "Heading 2": (10.5, 3, 1),
    "Normal": (10, 0, 2), "List Bullet": (10, 0, 1), "Caption": (9.5, 3, 1),
    "Kilde": (9.5, 0, 2), "Tabeltekst": (9.5, 0, 0), "Figur": (9.5, 0, 1),
}  # fmt: skip
_BRIEF_MARGIN = 1.5
# What Danish programs call the styles, where a template has them as styles of its own.
_DANISH = {
    "titel": "Title", "opstilling - punkttegn": "List Bullet", "punktopstilling": "List Bullet",
    "opstilling - talopstilling": "List Number", "nummereret liste": "List Number",
    "billedtekst": "caption", "sidehoved": "header", "sidefod": "footer", "stærk": "Strong",
    "fremhæv": "Emphasis", "pladsholdertekst": "Placeholder Text",
    **{f"overskrift {level}": f"heading {level}" for level in range(1, 10)},
}  # fmt: skip
# Without it a paper has no sections, for whoever reads or navigates it.
_NEEDED = "Heading 1"
_LISTS = ("List Number", "List Bullet")
_OF_ITS_PAST = ("stylesWithEffects", "thumbnail", "extended-properties")
_LETTERS = ("w:rFonts", "w:color")
_PLACE = re.compile(r"\{\{\s*(\w+)\s*\}\}")
_LIBRARY_FAULTS = (
    *ZIP_FAULTS, PackageNotFoundError, XMLSyntaxError, LookupError, AttributeError, TypeError,
)  # fmt: skip
_WORD = TemplateKind(
    name="word",
    is_kind=re.compile(rb"wordprocessingml\.(document|template)\.main|word\.\w+\.macroEnabled"),
    other_types=(b"wordprocessingml.template.main+xml",),
    document_type=b"wordprocessingml.document.main+xml",
    title="Ikke et Word-dokument",
    document="et dokument",
    endings=".docx eller .dotx",
    plain_ending=".docx",
    personal_place="i teksten, i et sidehoved, i et billede eller i filens egenskaber",
)


def is_word(template: bytes | None) -> bool:
    """Whether a template is for Word papers and not for slides."""
    return template is not None and file_kind(template).name == "word"


def opened_document(template: bytes | None) -> Any:
    """The document to write in; Spor's own without a template.

    Raises KpiError for what is no Word document, has macros, is damaged, or has no headings.
    """
    content = SPOR_TEMPLATE.read_bytes() if template is None else template
    document = opened_template(content, _WORD, _read, _LIBRARY_FAULTS)
    if template is not None:
        refuse_unsearched(template, _WORD)
        _lend_styles(document)
        _drop_parts(document)
    return document


def earlier_document(content: bytes) -> Any:
    """A document that was made earlier, with its text. Raises KpiError as for a template."""
    kind = replace(_WORD, called="Filen")
    document = opened_template(content, kind, _read, _LIBRARY_FAULTS)
    refuse_unsearched(content, kind)
    _lend_styles(document, kind.called)
    _drop_parts(document)
    return document


def _read(content: BytesIO) -> Any:
    """The document, once all that a paper is written with is what it should be."""
    document = Document(content)
    _name_styles(document)
    _ = document.core_properties.title, document.element.body.tag
    for style in document.styles:
        _ = style.name, style.style_id
    for paragraph in _paragraphs(document):
        _ = paragraph.text
    _ = document.sections[-1].page_width
    with suppress(KeyError):
        numbering: Any = document.part.part_related_by(RELATIONSHIP_TYPE.NUMBERING)
        _ = numbering.element.tag
    return document


def _name_styles(document: Any) -> None:
    """Names the styles as Word does (`heading 1`): LibreOffice writes them as people read them,
    and a template may have `Overskrift 1` as a style of its own.
    """
    styles = document.styles.element.style_lst
    names = {style.name_val for style in styles}
    for style in styles:
        read = (style.name_val or "").replace("\N{EN DASH}", "-")
        word = _DANISH.get(read.casefold()) or BabelFish.ui2internal(style.name_val or "")
        if word not in names:
            style.name_val = word
            names.add(word)


def _drop_parts(document: Any) -> None:
    """Removes parts about the template itself: styles for Word 2010, its picture, its counts."""
    for owner in (document.part, document.part.package):
        for key, relation in list(owner.rels.items()):
            if relation.reltype.endswith(_OF_ITS_PAST):
                owner.rels.pop(key)


def make_brief(document: Any) -> None:
    """Narrow margins, and letters and gaps as small as a short paper may have them."""
    for section in document.sections:
        section.left_margin = section.right_margin = Cm(_BRIEF_MARGIN)
        section.top_margin, section.bottom_margin = Cm(1.8), Cm(1.0)
        # An empty foot has a line of its own.
        section.header_distance, section.footer_distance = Cm(0.8), Cm(0.4)
    for name, (size, before, after) in _BRIEF.items():
        style = document.styles[name]
        style.font.size = Pt(size)
        style.paragraph_format.space_before = Pt(before)
        style.paragraph_format.space_after = Pt(after)
        # The same lines whichever font there is; a picture has a line as high as it is.
        style.paragraph_format.line_spacing = 1.0 if name == "Figur" else Pt(1.16 * size)
    stops = document.styles["header"].paragraph_format.tab_stops
    stops.clear_all()
    stops.add_tab_stop(Cm(21 - 2 * _BRIEF_MARGIN), WD_TAB_ALIGNMENT.RIGHT)


def emptied(document: Any) -> Any:
    """Takes the template's own text out, unless it says where content stands.

    Returns the paragraph before which content is written; None where it is at the end. Raises
    KpiError where it says so among other words, in a table, or twice.
    """
    body = document.element.body
    places = [paragraph for paragraph in document.paragraphs if paragraph.text.strip() == CONTENT]
    said = "".join(text.text or "" for text in body.iter(qn("w:t"))).count(CONTENT)
    if said and (said, len(places)) != (1, 1):
        where = "flere steder" if said > 1 else "i en tabel, et felt eller midt i anden tekst"
        raise KpiError(
            "Skabelonens plads til indhold",
            f"{CONTENT} står {where}. Skriv det én gang, i et afsnit for sig, og vælg skabelonen "
            "igen.",
        )
    if places:
        return places[0]
    for element in list(body):
        if element.tag != qn("w:sectPr"):
            body.remove(element)
    return None


def fill_places(document: Any, words: Mapping[str, str]) -> set[str]:
    """Writes words where the text, a head or a foot says `{{name}}`; the names that were there.

    A name that is none of the words stays as it is.
    """
    filled: set[str] = set()
    for paragraph in _paragraphs(document):
        runs = paragraph.runs
        names = set(_PLACE.findall("".join(run.text for run in runs))) & words.keys()
        if not names:
            continue
        whole = _PLACE.sub(
            lambda match: words.get(match[1], match[0]), "".join(run.text for run in runs)
        )
        # Word parts a word into runs as it likes; the first one's letters are those of the place.
        runs[0].text = whole
        for run in runs[1:]:
            run.text = ""
        filled |= names
    return filled


def _paragraphs(document: Any) -> Iterator[Any]:
    yield from document.paragraphs
    for table in document.tables:
        for row in table.rows:
            for cell in row.cells:
                yield from cell.paragraphs
    for section in document.sections:
        for part in (
            section.header, section.footer, section.first_page_header, section.first_page_footer,
        ):  # fmt: skip
            if not part.is_linked_to_previous:
                yield from part.paragraphs
                for table in part.tables:
                    for cell in (cell for row in table.rows for cell in row.cells):
                        yield from cell.paragraphs


def _kind_of(name: str) -> Any:
    if name in CHARACTER_STYLES:
        return WD_STYLE_TYPE.CHARACTER
    return WD_STYLE_TYPE.TABLE if name == "Spor tabel" else WD_STYLE_TYPE.PARAGRAPH


def _lend_styles(document: Any, called: str = "Skabelonen") -> None:
    for style in document.styles:
        # A style for letters that has our name of one for paragraphs is another style.
        if style.name in STYLES and style.type != _kind_of(style.name):
            style.name = f"{style.name} (skabelonens)"
    own = {style.name for style in document.styles}
    if _NEEDED not in own:
        raise KpiError(
            f"{called} mangler typografier",
            f"{called} har ikke typografien »Overskrift 1«. Åbn den i Word, brug Overskrift 1 på "
            "et afsnit, gem den, og vælg den igen.",
        )
    ours = opened_template(SPOR_TEMPLATE.read_bytes(), _WORD, _read, _LIBRARY_FAULTS)
    missing = [name for name in STYLES if name not in own]
    numbers = _lend_numbering(document, ours) if {*_LISTS} & {*missing} else {}
    for name in missing:
        style = deepcopy(ours.styles[name].element)
        # Its id may be another style's in this document.
        style.set(qn("w:styleId"), f"Spor{style.get(qn('w:styleId'))}")
        style.attrib.pop(qn("w:default"), None)
        for based in (*style.findall(qn("w:basedOn")), *style.findall(qn("w:next"))):
            _point(based, document, ours)
        for tag in _LETTERS:
            for letters in list(style.iter(qn(tag))):
                letters.getparent().remove(letters)
        for number in style.iter(qn("w:numId")):
            number.set(qn("w:val"), str(numbers[int(number.get(qn("w:val")))]))
        document.styles.element.append(style)


def _point(reference: Any, document: Any, ours: Any) -> None:
    """A lent style refers to the document's own style of the same name, if there is one."""
    names = {style.style_id: style.name for style in ours.styles}
    own = {style.name: style.style_id for style in document.styles}
    name = names.get(reference.get(qn("w:val")), "")
    if name in own:
        reference.set(qn("w:val"), own[name])
    elif name in STYLES:
        reference.set(qn("w:val"), f"Spor{reference.get(qn('w:val'))}")
    else:
        reference.getparent().remove(reference)


def _lend_numbering(document: Any, ours: Any) -> dict[int, int]:
    """Puts the numbering of our lists into the document; the new number of each of ours."""
    lent = ours.part.numbering_part.element
    try:
        element = document.part.part_related_by(RELATIONSHIP_TYPE.NUMBERING).element
    except KeyError:
        part = NumberingPart.load(
            PackURI("/word/numbering.xml"),
            CONTENT_TYPE.WML_NUMBERING,
            ours.part.numbering_part.blob,
            document.part.package,
        )
        document.part.relate_to(part, RELATIONSHIP_TYPE.NUMBERING)
        _rename_styles(part.element)
        return {int(num.get(qn("w:numId"))): int(num.get(qn("w:numId")))
                for num in part.element.findall(qn("w:num"))}  # fmt: skip
    numbers: dict[int, int] = {}
    abstract = 1 + _most(element, "w:abstractNum", "w:abstractNumId")
    number = 1 + _most(element, "w:num", "w:numId")
    nums = element.findall(qn("w:num"))
    for offset, kind in enumerate(lent.findall(qn("w:abstractNum"))):
        copied = deepcopy(kind)
        copied.set(qn("w:abstractNumId"), str(abstract + offset))
        # All kinds stand before all numbers.
        (nums[0].addprevious if nums else element.append)(copied)
    for offset, num in enumerate(lent.findall(qn("w:num"))):
        copied = deepcopy(num)
        copied.set(qn("w:numId"), str(number + offset))
        kind = copied.find(qn("w:abstractNumId"))
        kind.set(qn("w:val"), str(abstract + int(kind.get(qn("w:val")))))
        element.append(copied)
        numbers[int(num.get(qn("w:numId")))] = number + offset
    _rename_styles(element, abstract)
    return numbers


def _rename_styles(numbering: Any, first: int = 0) -> None:
    """The lent kinds of list belong to the lent styles, which have ids of their own."""
    for kind in numbering.findall(qn("w:abstractNum")):
        if int(kind.get(qn("w:abstractNumId"))) >= first:
            for style in kind.iter(qn("w:pStyle")):
                style.set(qn("w:val"), f"Spor{style.get(qn('w:val'))}")


def _most(numbering: Any, tag: str, attribute: str) -> int:
    return max((int(e.get(qn(attribute))) for e in numbering.findall(qn(tag))), default=-1)
