"""A number goes on over the marks within a paragraph: colours, links, bookmarks, remarks beside."""

from io import BytesIO
from zipfile import ZipFile

import pytest

from kpi.ingest.gate.unseen_texts import unseen_personal_numbers
from kpi.ingest.gate.unseen_xml import Texts
from tests.tables import for_each

NAMES = 'xmlns:a="a" xmlns:w="w" xmlns:text="t" xmlns:office="o" xmlns:draw="d" xmlns:r="r"'
SPELLINGS = (("251248", "-4916"), ("251248", "4916"), ("080807", "-6124"), ("25124", "8-4916"),
             ("Ida 251248 ", "4916"))  # fmt: skip
_RUN = "<a:p><a:r><a:rPr/><a:t>{0}</a:t></a:r><a:r><a:rPr>%s</a:rPr><a:t>{1}</a:t></a:r></a:p>"
_WORD = "<w:p><w:r><w:t>{0}</w:t></w:r>%s<w:r><w:rPr>%s</w:rPr><w:t>{1}</w:t></w:r></w:p>"
_TEXT = "<text:p>{0}%s{1}</text:p>"
PARAGRAPHS = (
    *(_RUN % mark for mark in (
        '<a:highlight><a:srgbClr val="FFFF00"/></a:highlight>', '<a:hlinkClick r:id="rId1"/>',
        "<a:ln><a:noFill/></a:ln>", "<a:effectLst/>", '<a:sym typeface="Wingdings"/>',
        '<a:solidFill><a:schemeClr val="x"><a:lumMod val="5"/></a:schemeClr></a:solidFill>',
    )),
    _WORD % ('<w:proofErr w:type="spellStart"/>', '<w:szCs w:val="20"/>'),
    _WORD % ('<w:bookmarkStart w:id="1"/>', '<w:rFonts w:ascii="Arial"/><w:lang w:val="da"/>'),
    "<w:p><w:r><w:t>{0}</w:t></w:r><w:hyperlink><w:r><w:t>{1}</w:t></w:r></w:hyperlink></w:p>",
    *(_TEXT % mark for mark in (
        '<text:bookmark text:name="b"/>', "<text:soft-page-break/>",
        '<text:change-start text:change-id="c"/>', '<text:reference-mark-end text:name="m"/>',
    )),
    "<text:p><text:ruby><text:ruby-base>{0}</text:ruby-base></text:ruby>{1}</text:p>",
)  # fmt: skip
# Texts of their own: in two boxes, two cells of a table, a paragraph and the remark beside it.
APART = (
    "<a:x><a:p><a:t>{0}</a:t></a:p></a:x><a:x><a:p><a:t>{1}</a:t></a:p></a:x>",
    "<a:tc><a:p><a:t>{0}</a:t></a:p></a:tc><a:tc><a:p><a:t>{1}</a:t></a:p></a:tc>",
    "<text:p>{0}<office:annotation><text:p>x</text:p></office:annotation>{1}</text:p>",
    "<text:p>{0}<draw:frame><text:p>x</text:p></draw:frame>{1}</text:p>",
)


def holds(paragraph: str, halves: tuple[str, str]) -> bool:
    part = f"<x {NAMES}>{paragraph.format(*halves)}</x>".encode()
    return Texts(has_cells=False).has_personal_number(iter([part]))


@for_each("paragraph", PARAGRAPHS)
def test_a_number_over_a_mark(paragraph: str) -> None:
    assert [halves for halves in SPELLINGS if not holds(paragraph, halves)] == []
    assert not holds(paragraph, ("251248", " til 4916"))
    assert not holds(paragraph, ("2011", "01-2020"))


@for_each("paragraph", APART)
def test_two_texts_are_two(paragraph: str) -> None:
    assert not holds(paragraph, ("251248", "-4916"))


def test_a_number_within_a_remark_in_a_paragraph() -> None:
    remark = "<office:annotation><a:date>2024-01-01T10:00:00</a:date><text:p>{0}{1}</text:p>"
    assert holds(f"<text:p>aarhus{remark}</office:annotation></text:p>", ("251248", "-4916"))


@pytest.mark.parametrize(
    ("name", "text"),
    [("ppt/tags/tag1.xml", '<t><tag name="CPR" val="2512484916"/></t>'),
     ("ppt/commentAuthors.xml", '<t><cmAuthor id="1" name="x" initials="2512484916"/></t>')],
)  # fmt: skip
def test_attributes_of_a_presentation_that_are_words(name: str, text: str) -> None:
    file = BytesIO()
    with ZipFile(file, "w") as archive:
        archive.writestr(name, text)
    assert unseen_personal_numbers(file.getvalue(), "pptx")


def test_a_row_of_ones_own_xml_is_no_paragraph() -> None:
    part = b"<x><r><no>251248</no><id>4916</id></r><p><no>251248</no><id>4916</id></p></x>"
    assert not Texts(has_cells=False, only_words=True).has_personal_number(iter([part]))
