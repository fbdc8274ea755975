"""The slides for a meeting as PowerPoint: native charts and tables that can be edited."""

import io
from datetime import datetime, time
from typing import Any

from kpi.exhibits.comments import COMMENTS
from kpi.export import office_files
from kpi.export.claim_lines import CLAIMS_TITLE
from kpi.export.deck_figure import figure_slides
from kpi.export.deck_gathered import gathered_slides, groups_of
from kpi.export.deck_language import speak_danish
from kpi.export.deck_layouts import (
    Layouts,
    in_danish,
    layouts_of,
    name_places,
    name_theme,
)
from kpi.export.deck_slides import (
    NEWS,
    PLAN,
    action_slides,
    claim_slides,
    comment_slides,
    contents_page,
    front_slide,
    news_slides,
    write_contents,
)
from kpi.export.paper import Paper, case_words

AUTHOR, LANGUAGE = "Spor", "da-DK"
# The library allows no longer text in a property of the file.
_MOST_LETTERS = 255


def slide(paper: Paper) -> bytes:
    """The paper's exhibits alone as a .pptx, to be put into slides that somebody has already."""
    layouts = layouts_of(None)
    for item in paper.items:
        figure_slides(layouts, paper, item)
    return _finished(layouts, paper)


def deck(paper: Paper, template: bytes | None = None) -> bytes:
    """The paper as a .pptx: front, contents, the exhibits, the plan's status, and what is new.

    `template` (a .pptx or .potx) is whose layouts, fonts and colours are used; else Spor's own.
    The same paper gives the same bytes. Raises KpiError when the template is no presentation.
    """
    layouts = layouts_of(template)
    has = paper.choice.has
    if has("front"):
        front_slide(layouts, paper)
    contents = contents_page(layouts, paper) if has("contents") else None
    starts: dict[str, int | None] = {}
    for name, items in groups_of(paper):
        if name:
            pages = gathered_slides(layouts, paper, name, items)
        else:
            pages = [figure_slides(layouts, paper, items[0])]
        starts |= {item.exhibit.key: page for item, page in zip(items, pages, strict=True)}
    starts[PLAN] = action_slides(layouts, paper) if has("plan") else None
    starts[CLAIMS_TITLE] = claim_slides(layouts, paper)
    starts[COMMENTS] = comment_slides(layouts, paper) if has("comments") else None
    starts[NEWS] = news_slides(layouts, paper) if has("news") else None
    if contents:
        write_contents(contents, paper, {name: page for name, page in starts.items() if page})
    return _finished(layouts, paper)


def _finished(layouts: Layouts, paper: Paper) -> bytes:
    presentation = layouts.presentation
    _write_properties(presentation, paper)
    _in_danish(presentation)
    out = io.BytesIO()
    presentation.save(out)
    return office_files.repacked(out.getvalue(), lambda _, content: content)


def _write_properties(presentation: Any, paper: Paper) -> None:
    properties = presentation.core_properties
    properties.title, properties.subject = (
        paper.title[:_MOST_LETTERS],
        paper.occasion[:_MOST_LETTERS],
    )
    properties.author = properties.last_modified_by = AUTHOR
    properties.language, properties.revision = LANGUAGE, 1
    case = paper.choice.case
    properties.category = case.department[:_MOST_LETTERS]
    properties.comments = f"{paper.dated}. {paper.basis}."
    properties.keywords = case_words(paper)[:_MOST_LETTERS]
    written = datetime.combine(paper.as_of, time())
    properties.created = properties.modified = written


def _in_danish(presentation: Any) -> None:
    for slide in presentation.slides:
        speak_danish(slide._element)
        for shape in slide.shapes:
            if shape.has_chart:
                speak_danish(shape.chart._chartSpace)
        if slide.has_notes_slide:
            name_places(slide.notes_slide)
            speak_danish(slide.notes_slide._element)
    notes = presentation.notes_master
    name_theme(notes)
    in_danish(notes)
    speak_danish(notes._element)
