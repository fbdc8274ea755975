"""The slides for a meeting as PowerPoint: native charts and tables that can be edited."""

import io
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import datetime, time
from functools import partial
from typing import Any, TypeVar

from kpi.exhibits.comments import COMMENTS
from kpi.export import office_files
from kpi.export.choice import OwnSlide
from kpi.export.claim_lines import CLAIMS_TITLE
from kpi.export.deck_as_written import keep_as_written, name_slides
from kpi.export.deck_colours import in_theme
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
    own_slide,
    write_contents,
)
from kpi.export.paper import Item, Paper, case_words

AUTHOR, LANGUAGE = "Spor", "da-DK"
FRONT, CONTENTS = "Forside", "Indhold"
_Written = TypeVar("_Written")
# The library allows no longer text in a property of the file.
_MOST_LETTERS = 255


def slide(paper: Paper) -> bytes:
    """The paper's exhibits alone as a .pptx, to be put into slides that somebody has already."""
    layouts = layouts_of(None)
    for item in paper.items:
        _figure(layouts, paper, item)
    return _finished(layouts, paper)


def deck(paper: Paper, template: bytes | None = None) -> bytes:
    """The paper as a .pptx: front, contents, the exhibits, the plan's status, and what is new.

    `template` (a .pptx or .potx) is whose layouts, fonts and colours are used; else Spor's own.
    The same paper gives the same bytes. Raises KpiError when the template is no presentation.
    """
    layouts = layouts_of(template)
    if paper.choice.has("front"):
        _named(layouts, FRONT, lambda: front_slide(layouts, paper))
    contents = None
    if paper.choice.has("contents"):
        contents = _named(layouts, CONTENTS, lambda: contents_page(layouts, paper))
    starts = write_parts(layouts, paper)
    if contents:
        write_contents(contents, paper, starts)
        _in_theme(layouts, contents.slide)
        name_slides(layouts.presentation, contents.number - 1, CONTENTS, most=1)
    return _finished(layouts, paper)


def write_parts(layouts: Layouts, paper: Paper) -> dict[str, int]:
    """Writes all slides between the contents and the end; the number of each part's first.

    The parts are the exhibits' keys, PLAN, CLAIMS_TITLE, COMMENTS and NEWS.
    """
    has = paper.choice.has
    starts: dict[str, int | None] = {}
    keys = {item.exhibit.key for item in paper.items}
    own = [each if each.after in keys else replace(each, after="") for each in paper.choice.slides]
    _own(layouts, paper, own, {""})
    for name, items in groups_of(paper):
        if name:
            pages = _gathered(layouts, paper, name, items)
        else:
            pages = [_figure(layouts, paper, items[0])]
        _own(layouts, paper, own, {item.exhibit.key for item in items})
        starts |= {item.exhibit.key: page for item, page in zip(items, pages, strict=True)}
    for part, is_wanted, write in (
        (PLAN, has("plan"), action_slides),
        (CLAIMS_TITLE, True, claim_slides),
        (COMMENTS, has("comments"), comment_slides),
        (NEWS, has("news"), news_slides),
    ):
        starts[part] = _named(layouts, part, partial(write, layouts, paper)) if is_wanted else None
    return {name: page for name, page in starts.items() if page}


def figure_part(key: str) -> str:
    """What the slides of an exhibit are called."""
    return f"Figur {key}"


def gathered_part(name: str) -> str:
    """What the slides of figures that are rows of one table are called."""
    return f"Samlet {name}"


def _figure(layouts: Layouts, paper: Paper, item: Item) -> int:
    part = figure_part(item.exhibit.key)
    return _named(layouts, part, lambda: figure_slides(layouts, paper, item))


def _gathered(layouts: Layouts, paper: Paper, name: str, items: Sequence[Item]) -> list[int]:
    part = gathered_part(name)
    return _named(layouts, part, lambda: gathered_slides(layouts, paper, name, items))


def _own(
    layouts: Layouts, paper: Paper, slides: Sequence[OwnSlide], after: Collection[str]
) -> None:
    """Writes the slides of text that follow any of the figures."""
    for number, own in enumerate(slides, start=1):
        if own.after in after:
            _named(layouts, f"Egen {number}", partial(own_slide, layouts, paper, own))


def _named(layouts: Layouts, part: str, write: Callable[[], _Written]) -> _Written:
    """Writes slides in the theme's colours, and names them as of a part."""
    before = len(layouts.presentation.slides)
    written = write()
    for slide in list(layouts.presentation.slides)[before:]:
        _in_theme(layouts, slide)
    name_slides(layouts.presentation, before, part)
    return written


def _in_theme(layouts: Layouts, slide: Any) -> None:
    in_theme(slide._element, layouts.shades)
    for shape in slide.shapes:
        if shape.has_chart:
            in_theme(shape.chart._chartSpace, layouts.shades)


def _finished(layouts: Layouts, paper: Paper) -> bytes:
    presentation = layouts.presentation
    write_properties(presentation, paper)
    all_in_danish(presentation)
    keep_as_written(presentation, paper)
    out = io.BytesIO()
    presentation.save(out)
    return office_files.repacked(out.getvalue(), lambda _, content: content)


def write_properties(presentation: Any, paper: Paper) -> None:
    """What the file says of itself, dated as its figures are: the same choice, the same bytes."""
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


def all_in_danish(presentation: Any) -> None:
    """Marks every text as Danish and names what PowerPoint reads out: slides, charts, notes."""
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
