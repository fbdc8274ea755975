"""The elements of a Word document that its library has no call for: fields, bookmarks, blanks."""

from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn


def add_field(paragraph: Any, instruction: str, shown: str) -> Any:
    """Adds a field with what it shows until Word computes it."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), f" {instruction} ")
    field.append(_run(shown))
    paragraph._p.append(field)
    return field


def add_bookmarked_field(
    paragraph: Any, name: str, number: int, instruction: str, shown: str
) -> None:
    """Adds a field that sentences refer to by the bookmark's name."""
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for element in (start, end):
        element.set(qn("w:id"), str(number))
    start.set(qn("w:name"), name)
    paragraph._p.append(start)
    add_field(paragraph, instruction, shown)
    paragraph._p.append(end)


def add_blank(paragraph: Any, prompt: str, number: int, style_id: str | None) -> None:
    """Adds a content control that shows its prompt until a person writes over it."""
    control = OxmlElement("w:sdt")
    properties = OxmlElement("w:sdtPr")
    for tag, value in (
        ("w:alias", prompt),
        ("w:tag", f"spor-{number}"),
        ("w:id", str(1000 + number)),
    ):
        element = OxmlElement(tag)
        # Word allows no longer name of a control.
        element.set(qn("w:val"), value[:64])
        properties.append(element)
    properties.append(OxmlElement("w:showingPlcHdr"))
    properties.append(OxmlElement("w:text"))
    content = OxmlElement("w:sdtContent")
    run = _run(f"[{prompt}]")
    if style_id:
        style = OxmlElement("w:rStyle")
        style.set(qn("w:val"), style_id)
        run_properties = OxmlElement("w:rPr")
        run_properties.append(style)
        run.insert(0, run_properties)
    content.append(run)
    control.append(properties)
    control.append(content)
    paragraph._p.append(control)


def is_head_row(row: Any) -> None:
    """Makes a row one that is repeated on each page and read aloud as the table's head."""
    properties = row._tr.get_or_add_trPr()
    whole = OxmlElement("w:cantSplit")
    head = OxmlElement("w:tblHeader")
    properties.append(whole)
    properties.append(head)


def keep_row_whole(row: Any) -> None:
    """A row stands on one page."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def describe_table(table: Any, alt: str) -> None:
    """The table's text for a reader who does not see it."""
    description = OxmlElement("w:tblDescription")
    description.set(qn("w:val"), alt)
    table._tbl.tblPr.append(description)


def describe_picture(shape: Any, alt: str, name: str) -> None:
    """The picture's text for a reader who does not see it."""
    properties = shape._inline.docPr
    properties.set("descr", alt)
    properties.set("name", name)


def _run(shown: str) -> Any:
    run, words = OxmlElement("w:r"), OxmlElement("w:t")
    words.text = shown
    words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    run.append(words)
    return run
