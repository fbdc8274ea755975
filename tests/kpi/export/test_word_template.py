"""A municipality's own Word template: its styles and places are used, what is none is refused."""

import io
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from zipfile import ZipFile

import pytest
from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.shared import Cm

from kpi.domain.errors import KpiError
from kpi.export.choice import CaseDetails
from kpi.export.paper import Paper
from kpi.export.submission import submission
from kpi.export.submission_figures import drawn_items
from kpi.export.word import submission_file, word_file
from kpi.export.word_content import WordPaper
from kpi.export.word_template import (
    CHARACTER_STYLES,
    SPOR_TEMPLATE,
    STYLES,
    earlier_document,
    opened_document,
)
from tests.kpi.export.office_format import format_faults
from tests.kpi.export.test_deck_templates import damaged, zip_of

# A picture of one point.
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)


def saved(document: Any) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def typed(content: bytes, old: bytes, new: bytes) -> bytes:
    """The file with other words in its content types."""
    out = io.BytesIO()
    with ZipFile(io.BytesIO(content)) as read, ZipFile(out, "w") as written:
        for name in read.namelist():
            part = read.read(name)
            written.writestr(name, part.replace(old, new) if name.startswith("[") else part)
    return out.getvalue()


def of_the_library(edit: Callable[[Any], None] = lambda document: None) -> bytes:
    """Another's template, which has most styles and none of ours."""
    document = Document()
    document.add_paragraph("Gammel tekst")
    edit(document)
    return saved(document)


def without_lists(document: Any) -> None:
    """Neither its lists nor its numbering; narrow."""
    for name in ("List Bullet", "List Number", "Caption", "Strong", "Title"):
        document.styles[name].delete()
    related = document.part.rels
    for key in [key for key, rel in related.items() if rel.reltype.endswith("/numbering")]:
        related.pop(key)
    document.sections[0].page_width = Cm(15)
    document.sections[0].left_margin = document.sections[0].right_margin = Cm(2)


def with_places(document: Any) -> None:
    """Places in text, head and a table, one of them parted into runs."""
    head = document.sections[0].header.paragraphs[0]
    head.add_run("Sag {{sags")
    head.add_run("nummer}} og {{ukendt}}")
    document.add_paragraph("{{titel}}")
    document.add_table(1, 1).rows[0].cells[0].paragraphs[0].add_run("Til {{anledning}}")
    document.add_paragraph("{{indhold}}")
    document.add_paragraph("Med venlig hilsen")


@pytest.fixture(scope="module")
def drafted(handed_in: Paper) -> WordPaper:
    choice = replace(handed_in.choice, case=CaseDetails(number="EMN-2025-1"))
    paper = replace(handed_in, choice=choice)
    return submission(paper, "indstilling", [PNG] * len(drawn_items(paper)))


def texts(document: Any) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs]


@pytest.mark.parametrize(
    "edit", [lambda document: None, without_lists, with_places], ids=["plain", "bare", "places"]
)
def test_a_paper_in_anothers_template_needs_no_repair(
    handed_in: Paper, drafted: WordPaper, edit: Callable[[Any], None]
) -> None:
    template = of_the_library(edit)
    before = format_faults(template, "docx")
    made = word_file(drafted, handed_in, "indstilling", template)
    assert [fault for fault in format_faults(made, "docx") if fault not in before] == []
    assert word_file(drafted, handed_in, "indstilling", template) == made
    document: Any = Document(io.BytesIO(made))
    names = [paragraph.style.name for paragraph in document.paragraphs]
    assert names.count("Heading 1") == 8
    assert {"List Bullet", "List Number", "Caption", "Figur", "Kilde"} <= {*names}
    assert ("Gammel tekst" in texts(document)) is (edit is with_places)
    section = document.sections[0]
    room = section.page_width - section.left_margin - section.right_margin
    assert all(shape.width <= room + 1000 for shape in document.inline_shapes)


@pytest.mark.parametrize("opened", [opened_document, earlier_document])
def test_styles_are_known_by_the_names_that_libreoffice_gives_them(
    opened: Callable[[bytes], Any],
) -> None:
    def edit(document: Any) -> None:
        for style in document.styles.element.style_lst:
            style.name_val = {"heading 1": "Heading 1", "caption": "Caption"}.get(
                style.name_val, style.name_val
            )
        document.styles["List Number"].delete()

    document = opened(of_the_library(edit))
    for name in STYLES:
        if name not in (*CHARACTER_STYLES, "Spor tabel"):
            assert document.add_paragraph("Tekst", style=name).style.name == name


def test_danish_names_of_styles_are_known(handed_in: Paper, drafted: WordPaper) -> None:
    names = {
        "heading 1": "Overskrift 1", "heading 2": "overskrift 2", "Title": "Titel",
        "List Bullet": "Opstilling \N{EN DASH} punkttegn", "caption": "Billedtekst",
    }  # fmt: skip

    def edit(document: Any) -> None:
        for style in document.styles.element.style_lst:
            style.name_val = names.get(style.name_val, style.name_val)

    made: Any = Document(io.BytesIO(word_file(drafted, handed_in, "x", of_the_library(edit))))
    used = [paragraph.style for paragraph in made.paragraphs]
    # Their own, none lent.
    own = {style.name for style in used if not style.style_id.startswith("Spor")}
    assert {"Heading 1", "Heading 2", "Title", "List Bullet", "Caption"} <= own


@pytest.mark.parametrize(
    "write",
    [lambda d: d.add_table(1, 1).cell(0, 0).add_paragraph("{{indhold}}"),
     lambda d: d.add_paragraph("Herunder: {{indhold}}"),
     lambda d: [d.add_paragraph("{{indhold}}"), d.add_paragraph("{{indhold}}")]],
)  # fmt: skip
def test_content_stands_once_in_a_paragraph_of_its_own(
    write: Callable[[Any], Any], handed_in: Paper, drafted: WordPaper
) -> None:
    """Else the template's own text would go, or the words of the place stay in the paper."""
    with pytest.raises(KpiError, match="i et afsnit for sig"):
        word_file(drafted, handed_in, "indstilling", of_the_library(write))


@pytest.mark.parametrize("name", ["List Bullet", "Kilde", "Spor tabel", *CHARACTER_STYLES])
def test_a_style_of_our_name_and_another_kind_is_not_written_with(
    name: str, handed_in: Paper, drafted: WordPaper
) -> None:
    kind = WD_STYLE_TYPE.PARAGRAPH if name in CHARACTER_STYLES else WD_STYLE_TYPE.CHARACTER

    def edit(document: Any) -> None:
        if name in document.styles:
            document.styles[name].delete()
        document.styles.add_style(name, kind)

    made = word_file(drafted, handed_in, "indstilling", of_the_library(edit))
    assert Document(io.BytesIO(made)).styles[name].type != kind
    assert format_faults(made, "docx") == []


def test_lists_that_are_lent_are_numbered(handed_in: Paper, drafted: WordPaper) -> None:
    made: Any = Document(
        io.BytesIO(word_file(drafted, handed_in, "indstilling", of_the_library(without_lists)))
    )
    numbering = made.part.numbering_part.element
    kinds = {num.numId: num.abstractNumId.val for num in numbering.num_lst}
    for name in ("List Bullet", "List Number"):
        style = made.styles[name]
        assert style.element.pPr.numPr.numId.val in kinds
        # The letters are the template's own.
        assert style.font.name is None


def test_its_places_are_filled_and_content_stands_where_it_says(
    handed_in: Paper, drafted: WordPaper
) -> None:
    made: Any = Document(
        io.BytesIO(word_file(drafted, handed_in, "indstilling", of_the_library(with_places)))
    )
    assert made.sections[0].header.paragraphs[0].text == "Sag EMN-2025-1 og {{ukendt}}"
    assert made.tables[0].rows[0].cells[0].text == f"Til {handed_in.occasion}"
    said = texts(made)
    assert said[:2] == ["Gammel tekst", "Status på Integrationshandleplanen"]
    assert said[2] == "Indledning"
    assert said[-1] == "Med venlig hilsen"
    assert "{{indhold}}" not in said
    assert [p.text for p in made.paragraphs if p.style.name == "Title"] == []


def test_a_dotx_is_read_as_a_document(handed_in: Paper, drafted: WordPaper) -> None:
    made = word_file(drafted, handed_in, "indstilling", SPOR_TEMPLATE.read_bytes())
    assert format_faults(made, "docx") == []
    assert b"template.main" not in ZipFile(io.BytesIO(made)).read("[Content_Types].xml")


def headless() -> bytes:
    def edit(document: Any) -> None:
        document.styles["Heading 1"].delete()

    return of_the_library(edit)


def personal() -> bytes:
    def edit(document: Any) -> None:
        document.sections[0].footer.paragraphs[0].add_run("Sag om 251248-4916")

    return of_the_library(edit)


WITH_MACROS = typed(
    of_the_library(),
    b"vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    b"vnd.ms-word.document.macroEnabled.main+xml",
)


@pytest.mark.every_case
@pytest.mark.parametrize(
    ("template", "title", "message"),
    [
        (b"", "Ikke et Word-dokument", "en tom fil"),
        (b"%PDF-1.7", "Ikke et Word-dokument", "en PDF"),
        (zip_of("ppt/presentation.xml"), "Ikke et Word-dokument", "en PowerPoint-fil"),
        (zip_of("x.txt"), "Ikke et Word-dokument", "en zip-fil"),
        (zip_of("word/document.xml", types="<Types"), "Skabelonen er beskadiget", ".docx eller"),
        (of_the_library()[:3000], "Skabelonen er beskadiget", "kan ikke læses"),
        (
            damaged(of_the_library(), "word/document.xml"),
            "Skabelonen er beskadiget",
            "kan ikke læses",
        ),
        (
            damaged(of_the_library(), "word/styles.xml"),
            "Skabelonen er beskadiget",
            "kan ikke læses",
        ),
        (WITH_MACROS, "Skabelonen har makroer", ".docx uden makroer"),
        (headless(), "Skabelonen mangler typografier", "Overskrift 1"),
        (personal(), "Skabelonen indeholder et CPR-nummer", "et sidehoved"),
    ],
)
def test_what_is_no_template_is_refused_before_anything_is_drawn(
    handed_in: Paper, template: bytes, title: str, message: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setenv("BROWSER_PATH", "/findes/ikke")
    with pytest.raises(KpiError) as refused:
        submission_file(handed_in, "notat", template)
    assert refused.value.title == title
    assert message in refused.value.message
    assert "4916" not in str(refused.value)


def test_what_unpacks_to_far_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kpi.export.own_template._MOST_BYTES", 10_000)
    with pytest.raises(KpiError, match="er for stor"):
        opened_document(of_the_library())
