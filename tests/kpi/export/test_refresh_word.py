"""An earlier Word paper is brought up to date in place; what people wrote in it stays."""

import io
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from docx import Document
from docx.shared import Cm
from PIL import Image

from kpi.domain.catalog import Catalog
from kpi.domain.vocabulary import STATE_NAMES
from kpi.export.paper import Paper
from kpi.export.refresh import refreshed
from kpi.export.refreshed import Refreshed
from kpi.export.submission import submission
from kpi.export.submission_figures import drawn_items
from kpi.export.word import word_file
from kpi.export.word_content import WordPaper
from tests.kpi.export.office_format import format_faults

LATER, DONE = "Nu er tallet et andet", STATE_NAMES["completed"]


def drawn(paper: Paper, form: Any = "indstilling") -> WordPaper:
    """The blocks, with small pictures that differ from day to day."""
    out = io.BytesIO()
    shade = (1, 2, 3) if paper.items[0].title.startswith(LATER) else (9, 9, 9)
    Image.new("RGB", (32, 16), shade).save(out, "PNG")
    return submission(paper, form, [out.getvalue()] * len(drawn_items(paper)))


@pytest.fixture(autouse=True)
def _without_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kpi.export.refresh_word.drawn_submission", drawn)
    monkeypatch.setattr("kpi.export.refresh_word.check_office", lambda content: None)


@pytest.fixture(scope="module")
def earlier(handed_in: Paper) -> Paper:
    choice = replace(handed_in.choice, picked=tuple(i.exhibit.key for i in handed_in.items[:3]))
    return replace(
        handed_in, items=handed_in.items[:3], choice=choice, actions=handed_in.actions[:4],
        programme=None,
    )  # fmt: skip


@pytest.fixture(scope="module")
def given(earlier: Paper) -> bytes:
    return word_file(drawn(earlier), earlier, "indstilling")


def later(paper: Paper) -> Paper:
    items = (replace(item, title=f"{LATER}: {item.exhibit.key}") for item in paper.items)
    actions = tuple(replace(action, state=DONE) for action in paper.actions)
    return replace(paper, items=tuple(items), actions=actions)


def edited(content: bytes, edit: Callable[[Any], None]) -> bytes:
    document = Document(io.BytesIO(content))
    edit(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def said(content: bytes) -> list[str]:
    return [each.text for each in Document(io.BytesIO(content)).paragraphs]


def refresh(content: bytes, paper: Paper, catalog: Catalog) -> Refreshed:
    return refreshed(content, lambda _: paper, catalog)


def test_all_is_new_and_a_second_time_nothing(
    given: bytes, earlier: Paper, catalog: Catalog
) -> None:
    now = later(earlier)
    made = refresh(given, now, catalog)
    assert (made.kept, made.missing, made.gone) == ((), (), ())
    assert said(made.content) == said(word_file(drawn(now), now, "indstilling"))
    tables = Document(io.BytesIO(made.content)).tables
    assert DONE in [cell.text for cell in tables[0].rows[0].cells]
    again = refresh(made.content, now, catalog)
    assert (again.updated, again.kept, again.new) == (0, (), ())
    assert format_faults(made.content, "docx") == []


def test_what_people_wrote_stays_and_is_listed(
    given: bytes, earlier: Paper, catalog: Catalog
) -> None:
    old = earlier.items[0].title.rstrip(".")

    def write(document: Any) -> None:
        first = next(each for each in document.paragraphs if each.text.startswith(old))
        first.runs[0].text = "Vores egne ord, jf. "
        second = next(
            each
            for each in document.paragraphs
            if each.text.startswith(earlier.items[1].title[:30])
        )
        second.runs[0].font.highlight_color = 7
        heading = next(each for each in document.paragraphs if each.text == "Kommunikation")
        heading.insert_paragraph_before("Et afsnit, vi selv har skrevet.")
        heading._p.getparent().remove(heading._p)
        if document.inline_shapes:
            document.inline_shapes[0].width = Cm(7)

    made = refresh(edited(given, write), later(earlier), catalog)
    text = "\n".join(said(made.content))
    assert "Vores egne ord, jf. " in text
    assert "Et afsnit, vi selv har skrevet." in text
    assert "\nKommunikation\n" not in text
    document = Document(io.BytesIO(made.content))
    second = next(each for each in document.paragraphs if earlier.items[1].exhibit.key in each.text)
    assert second.runs[0].font.highlight_color == 7
    if document.inline_shapes:
        assert round(document.inline_shapes[0].width / Cm(1)) == 7
    listed = "\n".join(made.kept)
    for words in (
        "Skrevet eller udfyldt i hånden: Vores egne ord", "Jeres egen formatering",
        "1 afsnit er jeres eget", "Slettet i hånden: Kommunikation",
    ):  # fmt: skip
        assert words in listed


def test_a_filled_in_blank_and_a_cell_by_hand_stay(
    given: bytes, earlier: Paper, catalog: Catalog
) -> None:
    def write(document: Any) -> None:
        for control in document.element.body.iter("{*}sdt"):
            if (text := next(control.iter("{*}t"))).text == "[Sagsnummer]":
                text.text = "25/4711"
        document.tables[0].cell(1, 1).paragraphs[0].runs[0].text = "(2)"

    now = replace(later(earlier), actions=earlier.actions)
    made = refresh(edited(given, write), now, catalog)
    everything = "".join(
        text.text or "" for text in Document(io.BytesIO(made.content)).element.body.iter("{*}t")
    )
    assert "25/4711" in everything
    assert "(2)" in everything


def test_a_figure_that_is_gone_is_named_and_what_is_new_is_put_in(
    given: bytes, earlier: Paper, catalog: Catalog
) -> None:
    now = replace(later(earlier), items=later(earlier).items[1:])
    made = refresh(given, now, catalog)
    name = earlier.items[0].indicator.short_name
    assert any(name in line for line in made.missing)
    assert any(line.startswith(earlier.items[0].title[:30]) for line in said(made.content))
    again = refresh(made.content, later(earlier), catalog)
    assert any(earlier.items[0].exhibit.key in line for line in said(again.content))
