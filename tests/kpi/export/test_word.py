"""The indstilling and the notat: sections, numbered figures, alt text, and nothing that changes."""

import io
import re
from dataclasses import replace
from typing import Any
from zipfile import ZipFile

import pytest
from docx import Document
from PIL import Image

from kpi.domain.errors import KpiError
from kpi.export.choice import CaseDetails, Choice
from kpi.export.paper import Paper, arranged
from kpi.export.proposal import proposal
from kpi.export.submission import submission
from kpi.export.submission_figures import drawn_items, is_money, said_items
from kpi.export.word import emptiness, submission_file, word_file
from kpi.export.word_content import Caption, Grid, Heading, Picture, Text, WordPaper, text
from kpi.export.word_pages import word_pages
from tests.kpi.export.office_format import format_faults

SECTIONS = [
    "Indledning", "Indstilling", "Sagsfremstilling", "Ressourcer", "Kommunikation",
    "Videre proces", "Koordineret med", "Bilag",
]  # fmt: skip
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def letters(text: str) -> str:
    return "".join(letter for letter in text if letter.isalnum())


def drafted(paper: Paper, form: Any = "indstilling") -> WordPaper:
    """The blocks, without pictures being drawn."""
    return submission(paper, form, [b""] * len(drawn_items(paper)))


def said_in(paper: WordPaper) -> str:
    words = []
    for block in paper.blocks:
        match block:
            case Text():
                words += [span if isinstance(span, str) else span.text for span in block.spans]
            case Heading():
                words.append(block.text)
            case Caption():
                words.append(f"{block.title} {block.measure}")
    return "".join(words)


@pytest.fixture(scope="module")
def written(handed_in: Paper, browser_path: str) -> bytes:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BROWSER_PATH", browser_path)
        return submission_file(handed_in, "indstilling")


@pytest.fixture(scope="module")
def document(written: bytes) -> Any:
    return Document(io.BytesIO(written))


def test_no_program_needs_to_repair_it(written: bytes) -> None:
    assert format_faults(written, "docx") == []


def test_the_sections_are_headings_in_their_order(document: Any, handed_in: Paper) -> None:
    heads = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    assert heads == SECTIONS
    assert [p.text for p in document.paragraphs if p.style.name == "Title"] == [
        "Status på Integrationshandleplanen"
    ]
    notat = [block.text for block in drafted(handed_in, "notat").blocks
             if isinstance(block, Heading) and block.level == 1]  # fmt: skip
    assert notat == [section for section in SECTIONS if section != "Indstilling"]


def test_all_is_said_by_styles(document: Any) -> None:
    """No paragraph has letters of its own: a template decides how it looks."""
    names = {style.name for style in document.styles}
    assert {p.style.name for p in document.paragraphs} <= names
    changed = [
        child.tag
        for run in document.element.iter(f"{_WORD}rPr")
        for child in run
        if child.tag not in (f"{_WORD}rStyle", f"{_WORD}b")
    ]
    assert changed == []


def test_figures_are_numbered_by_fields_and_referred_to(document: Any, handed_in: Paper) -> None:
    fields = [f.get(f"{_WORD}instr").strip() for f in document.element.iter(f"{_WORD}fldSimple")]
    names = {m.get(f"{_WORD}name") for m in document.element.iter(f"{_WORD}bookmarkStart")}
    names = {name for name in names if not name.startswith("_spor_")}
    referred = {field.split()[1] for field in fields if field.startswith("REF ")}
    count = len(drawn_items(handed_in))
    assert count
    assert fields.count(r"SEQ Figur \* ARABIC") == count
    tables = {"tabel_1", "tabel_2"}  # the plan's counts and the programme's outcomes
    assert names == referred == {*tables, *(f"figur_{n}" for n in range(1, count + 1))}


def test_a_theme_s_sentences_may_follow_its_pictures(handed_in: Paper) -> None:
    """The same blocks in another order, the figures' numbers still in theirs."""
    first = submission(handed_in, "indstilling", [b""] * len(drawn_items(handed_in)), True)
    usual = drafted(handed_in)
    assert first.blocks != usual.blocks
    assert {text for block in first.blocks for text in [repr(block).partition("key=")[0]]} == {
        text for block in usual.blocks for text in [repr(block).partition("key=")[0]]
    }
    for kind in ("Figur", "Tabel"):
        numbers = [b.number for b in first.blocks if isinstance(b, Caption) and b.kind == kind]
        assert numbers == [*range(1, len(numbers) + 1)]


def test_a_page_that_a_picture_has_left_is_known_to_be_empty(handed_in: Paper) -> None:
    png = io.BytesIO()
    Image.new("RGB", (160, 100)).save(png, "PNG")
    figure = (Caption("Figur", 1, "En figur"), Picture(png.getvalue(), 16.0, "En figur"))
    lines = (text("En linje"),) * 24
    last, first = (
        replace(drafted(handed_in), blocks=blocks)
        for blocks in ((*lines, *figure), (*figure, *lines))
    )
    assert emptiness(last) == (2, 0.4)
    assert emptiness(first) == (2, 0.0)


def test_a_long_table_goes_on_over_the_page_and_a_short_one_does_not(handed_in: Paper) -> None:
    def made(*rows: tuple[str, str]) -> bytes:
        grid = Grid(("Resultat", "Antal"), rows, (3, 1), "En tabel")
        blocks = (
            *(text("En linje"),) * 16,
            Caption("Tabel", 1, "En tabel"),
            grid,
            *(text("En linje"),) * 12,
        )
        return word_file(replace(drafted(handed_in), blocks=blocks), handed_in, "notat")

    def together(content: bytes) -> list[int]:
        """The rows that stand on the page of the row after them; 0 is the head."""
        (table,) = Document(io.BytesIO(content)).tables
        lines = [row.cells[0].paragraphs[0].paragraph_format for row in table.rows]
        return [line for line, form in enumerate(lines) if form.keep_with_next]

    short, long = (
        made(*[("Række", "1")] * 8),
        made(*[("Række", "1")] * 9, ("Par", ""), *[("Række", "1")] * 10),
    )
    assert together(short) == [*range(9)]
    # The head and two rows, what heads the rows under it, and the last two with what follows.
    assert together(long) == [0, 1, 2, 10, 19, 20]
    assert word_pages(long) == 2


def test_every_picture_says_in_words_what_it_shows(document: Any, handed_in: Paper) -> None:
    alts = [shape._inline.docPr.get("descr") for shape in document.inline_shapes]
    assert alts == [item.exhibit.alt for item in drawn_items(handed_in)]
    assert {round(shape.width.cm, 1) for shape in document.inline_shapes} == {16.0}


def test_the_table_has_a_head_row_that_is_repeated(document: Any, handed_in: Paper) -> None:
    table, outcomes = document.tables
    for each in (table, outcomes):
        assert each.rows[0]._tr.trPr.find(f"{_WORD}tblHeader") is not None
    head, *rows = ([cell.text for cell in row.cells] for row in table.rows)
    assert (head[0], head[-2:]) == ("Spor", ["I alt", "Mangler statusopdatering"])
    tracks = [action for action in handed_in.actions if action.track]
    assert sum(int(row[-2]) for row in rows) == len(tracks)
    silent = [0 if row[-1] == "–" else int(row[-1]) for row in rows]
    assert sum(silent) == sum(not action.is_current for action in tracks)


def test_it_is_danish_and_dated(written: bytes, document: Any, handed_in: Paper) -> None:
    with ZipFile(io.BytesIO(written)) as archive:
        styles = archive.read("word/styles.xml").decode()
        assert {entry.date_time[:3] for entry in archive.infolist()} == {(1980, 1, 1)}
    assert re.findall(r'w:lang w:val="([^"]+)"', styles) == ["da-DK"]
    properties = document.core_properties
    assert (properties.language, properties.author) == ("da-DK", "Spor")
    assert properties.created.date() == handed_in.as_of
    assert "Indstilling: Social- og Beskæftigelsesudvalget" in properties.subject


@pytest.mark.usefixtures("drawing")
def test_the_same_paper_gives_the_same_bytes(handed_in: Paper, written: bytes) -> None:
    assert submission_file(handed_in, "indstilling") == written


def test_every_action_of_the_plan_is_named(handed_in: Paper) -> None:
    said = said_in(drafted(handed_in))
    unnamed = [action.title for action in handed_in.actions
               if action.title not in said and (action.track or action.is_current)]  # fmt: skip
    assert unnamed == []


def test_chosen_figures_are_all_in_it_with_every_caveat(handed_in: Paper) -> None:
    choice = replace(handed_in.choice, theme_ids=("employment", "opgang_til_opgang"))
    chosen = replace(handed_in, choice=choice)
    said = letters(said_in(drafted(chosen)))
    for item in chosen.items:
        wanted = [item.title, *item.remarks, *(line.text for line in item.claims)]
        assert [text for text in wanted if letters(text) not in said] == [], item.exhibit.key


def test_a_choice_that_names_no_figures_gives_the_headline_ones(handed_in: Paper) -> None:
    *said, outcomes = said_items(handed_in)
    assert outcomes.exhibit.key == "resultater-gellerup"
    within = {row.indicator_id for row in outcomes.exhibit.observations}
    named = {item.indicator.indicator_id for item in said}
    assert not named & within
    headline = {item.indicator.indicator_id for item in handed_in.items if item.indicator.headline}
    assert headline <= named | within
    # The papers' own numbers about them stand in the text.
    assert "Rapporten skriver 40" in said_in(drafted(handed_in))
    assert f"Alle {len(handed_in.items)} figurer" in said_in(drafted(handed_in))


def test_chosen_figures_of_a_programme_are_in_the_one_that_shows_its_areas(
    handed_in: Paper,
) -> None:
    # As the page makes it: what is offered is a choice too.
    offered = arranged(handed_in, replace(handed_in.choice, picked=proposal(handed_in)))
    keys = [item.exhibit.key for item in said_items(offered)]
    assert keys.count("resultater-gellerup") == 1
    assert not [key for key in keys if key.startswith("niveau-labour_market_link_share")]
    key = next(k for k in offered.choice.picked if k.startswith("niveau-labour_market_link_share"))
    own = arranged(handed_in, replace(offered.choice, titles={key: "Vores overskrift"}))
    assert key in [item.exhibit.key for item in said_items(own)]


def test_what_spor_does_not_know_is_left_to_a_person(handed_in: Paper) -> None:
    prompts = {blank.prompt for blank in drafted(handed_in).blanks}
    assert {"Navn", "Sagsnummer", "Dato"} <= prompts
    case = CaseDetails("Fagligt Sekretariat", "EMN-2025-001234", "3. marts 2025")
    known = replace(handed_in, choice=replace(handed_in.choice, case=case))
    filled = drafted(known)
    assert not {"Navn", "Sagsnummer", "Dato"} & {blank.prompt for blank in filled.blanks}
    assert "Sagsnummer: EMN-2025-001234" in said_in(filled)


def test_a_personal_number_goes_into_no_paper(handed_in: Paper) -> None:
    for case in (CaseDetails("Jens, 070795-2313"), CaseDetails(number="070795-2313")):
        with pytest.raises(KpiError, match="CPR-nummer"):
            arranged(handed_in, Choice("aarhus", case=case))


def test_without_a_plan_and_a_meeting_it_is_a_paper_of_figures(handed_in: Paper) -> None:
    bare = replace(handed_in, actions=(), meeting=None, items=handed_in.items[:1])
    made = drafted(bare)
    assert "[Udvalg] forelægges" in said_in(made)
    assert "Status i" not in said_in(made)
    # A letter that no file can contain is left out, as on slides.
    odd = replace(made, title="Nul\x00tegn", blocks=tuple(b for b in made.blocks
                                                          if isinstance(b, Text)))  # fmt: skip
    assert format_faults(word_file(odd, bare, "notat"), "docx") == []


def test_what_people_have_is_no_resource_of_the_case(handed_in: Paper) -> None:
    money = next(item for item in handed_in.items if is_money(item))
    # As the mean of what people have at their disposal.
    income = replace(money, indicator=replace(money.indicator, kind="mean", headline=True))
    made = drafted(replace(handed_in, items=(income,), programme=None))
    heads = [block.text for block in made.blocks if isinstance(block, Heading)]
    of_resources = heads.index("Ressourcer")
    said = said_in(replace(made, blocks=made.blocks[: made.blocks.index(
        next(block for block in made.blocks if isinstance(block, Heading)
             and block.text == "Ressourcer"))]))  # fmt: skip
    assert heads[of_resources + 1] == "Kommunikation"
    assert income.title in said
