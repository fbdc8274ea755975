"""A figure's slides: what it shows, its chart, how it is read, and every caveat.

Where there is little room the chart gives way, never a caveat: caveats are under the chart or
beside it, and what even a small chart leaves no room for goes on to a slide of its own.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pptx.enum.dml import MSO_THEME_COLOR

from kpi.domain.units import unit_name
from kpi.exhibits.comments import is_comment
from kpi.export.deck_layouts import Layouts
from kpi.export.deck_page import FIGURE, READING_LOOK, Look, Page
from kpi.export.deck_places import Area
from kpi.export.deck_text import lines_of, text_height
from kpi.export.native_charts import add_chart, heights_of, is_tall
from kpi.export.paper import Item, Paper
from kpi.export.spoken import speaker_notes

CONTINUED = " (fortsat)"
_HEADING, _MORE = "Læs tallene med forbehold", "Flere forbehold på næste side."
# Points: what a chart of lines needs to be read, what any chart needs, the gaps around it.
_SMALLEST = 36.0
_LINES_HIGH, _LEAST_CHART, _GAPS = 210.0, 150.0, 14.0
# From so high on lines over the whole slide are seen better than beside a column.
_LINES_WIDE = 240.0
# Of the reading, and of the caveats under it: the largest that leave the chart its room.
_SIZES = ((20, 16), (18, 14), (15, 13), (15, 12))
# A column beside the chart: its width, what the chart keeps, its letters, what is between notes.
_COLUMN, _CHART_KEEPS, _GUTTER, _BETWEEN = 212.0, 430.0, 22.0, 8.0
# What rows of dots keep of their best height where there is more to say.
_ENOUGH = 0.75
# Of their least height, before a caveat goes on to a slide of its own.
_AT_LEAST = 0.8
_UNDER_GAP = 4.0
_COLUMN_SIZES = (14, 13, 12)
_INDENT = 10.0
_HEADING_LOOK = Look(13, MSO_THEME_COLOR.TEXT_1, bold=True)


@dataclass(frozen=True)
class _Note:
    """A text about the figure; `may_go` ones are only written where there is room to spare."""

    text: str
    may_go: bool = False
    is_small: bool = False


@dataclass(frozen=True)
class _Plan:
    """The chart's height, the sizes of the texts, and the width of a column beside it (or 0).

    With a `reading` of 0 there is no room for it under the chart.
    """

    height: float
    reading: float
    notes: float
    column: float = 0.0


def figure_slides(layouts: Layouts, paper: Paper, item: Item) -> int:
    """Writes the item's slides, one or as many as its caveats need; the number of the first."""
    page = _begun(layouts, paper, item, item.title)
    page.measure(item.exhibit.measure)
    notes = _notes(item)
    plan = _plan(page, item, notes)
    if not plan.reading and item.reading:
        notes = [_Note(item.reading), *notes]
    body = page.area
    width = body.width - (plan.column + _GUTTER if plan.column else 0)
    _write_chart(page, paper, item, Area(body.left, body.top, width, plan.height))
    page.begin(body.left, body.top + plan.height + 6, width)
    if plan.reading:
        page.reading(item.reading, plan.reading)
    if plan.column:
        left = body.left + width + _GUTTER
        column = Area(left, body.top, plan.column, page.area.bottom - body.top)
        rest = _write_column(page, column, notes, plan.notes)
    else:
        rest = _write_under(page, notes, plan.notes)
    page.finish()
    _write_notes(page.slide, paper, item)
    while rest:
        rest = _continue(layouts, paper, item, rest)
    return page.number


def _begun(layouts: Layouts, paper: Paper, item: Item, title: str) -> Page:
    page = Page(layouts, layouts.figure)
    page.foot(item.exhibit.source, paper.dated, paper.occasion)
    page.title(title)
    page.subject(f"{item.theme.name} · {item.indicator.short_name}")
    return page


def _notes(item: Item) -> list[_Note]:
    return [
        *(_Note(text) for text in item.caveats),
        *(_Note(text, is_small=True) for text in item.roundings),
        _Note(f"Definition: {item.indicator.definition}", may_go=True),
    ]


def _plan(page: Page, item: Item, notes: Sequence[_Note]) -> _Plan:
    """Where the notes have room for their letters to be large and the chart enough."""
    needed = [note for note in notes if not note.may_go]
    heights = heights_of(item.exhibit.marks)
    tall = is_tall(item.exhibit.marks)
    least = max(heights[0] if heights and not tall else 0, _LEAST_CHART)
    wanted = _LINES_HIGH if tall else max(heights[1] if heights else 0, least)
    most = heights[1] if heights else page.area.height
    ways = (
        [
            _under(page, item, notes, _LINES_WIDE, most),
            _beside(page, item, notes, most),
            _beside(page, item, needed, most),
            _under(page, item, needed, wanted, most),
        ]
        if tall
        else [
            # A definition is worth more than the last of a few rows' height.
            _under(page, item, notes, max(least, _ENOUGH * wanted), most),
            _beside(page, item, notes, most),
            _under(page, item, needed, wanted, most),
            _beside(page, item, needed, most),
        ]
    )
    ways.append(_under(page, item, needed, least, most))
    if heights and not tall:
        # A reader sooner misses a slide that goes on than a little of the chart's height.
        ways.append(_under(page, item, needed, _AT_LEAST * heights[0], most))
    fits = next((way for way in ways if way), None)
    if fits:
        return fits
    # More than fits on a slide: the chart keeps its size, and the rest goes on.
    reading, size = _SIZES[-2]
    room = page.area.height - _reading_room(page, item, reading)
    if room < _LEAST_CHART / 2:
        # A template may leave next to nothing: all but the chart goes on.
        return _Plan(max(page.area.height, _SMALLEST), 0, size)
    return _Plan(max(min(wanted, most, room - 4 * size), _LEAST_CHART / 2), reading, size)


def _under(
    page: Page, item: Item, notes: Sequence[_Note], wanted: float, most: float
) -> _Plan | None:
    for reading, size in _SIZES:
        room = page.area.height - _reading_room(page, item, reading) - _GAPS
        room -= sum(page.room_for(note.text, _look(note, size)) for note in notes)
        if room >= min(wanted, most):
            return _Plan(min(room, most), reading, size)
    return None


def _beside(page: Page, item: Item, notes: Sequence[_Note], most: float) -> _Plan | None:
    """A column right of the chart; None where the slide is too narrow or the notes too long."""
    width = page.area.width - _COLUMN - _GUTTER
    if not notes or width < _CHART_KEEPS:
        return None
    size = READING_LOOK.size
    reading = text_height(item.reading, size, width) + 10 if item.reading else 0
    for letters in _COLUMN_SIZES:
        if _column_height(notes, letters, _COLUMN) <= page.area.height:
            height = page.area.height - reading - 6
            if height < min(_LINES_HIGH, most):
                return None
            return _Plan(min(height, most), size, letters, _COLUMN)
    return None


def _column_height(notes: Sequence[_Note], size: float, width: float) -> float:
    heading = text_height(_HEADING, _HEADING_LOOK.size, width) + _BETWEEN
    return heading + sum(_height(note, size, width - _INDENT) + _BETWEEN for note in notes)


def _height(note: _Note, size: float, width: float) -> float:
    return text_height(note.text, _look(note, size).size, width) + 2


def _look(note: _Note, size: float) -> Look:
    """Grey; what the administration says is set apart by colour."""
    if is_comment(note.text):
        return Look(size, MSO_THEME_COLOR.ACCENT_1)
    return Look(min(size, 11) if note.is_small else size)


def _reading_room(page: Page, item: Item, size: float) -> float:
    return page.room_for(item.reading, Look(size)) if item.reading else 0.0


def _write_chart(page: Page, paper: Paper, item: Item, area: Area) -> None:
    exhibit = item.exhibit
    frame = add_chart(
        page.slide.shapes, exhibit.marks, area.box, paper.as_of, unit_name(item.indicator.unit)
    )
    frame.name = FIGURE
    frame._element.find(".//{*}cNvPr").set("descr", exhibit.alt)
    # A single number is a table: the layout's place is for a chart.
    if frame.has_chart:
        page.into_placeholder(frame)


def _write_column(page: Page, area: Area, notes: Sequence[_Note], size: float) -> list[_Note]:
    """Writes the notes under each other beside a line; those left over, which are none."""
    height = text_height(_HEADING, _HEADING_LOOK.size, area.width) + 2
    written: list[tuple[str, Look]] = [(_HEADING, _HEADING_LOOK)]
    for note in notes:
        needed = _height(note, size, area.width - _INDENT) + _BETWEEN
        if note.may_go and height + needed > area.height:
            continue
        written.append((note.text, _look(note, size)))
        height += needed
    page.rule(Area(area.left, area.top, 1.5, height))
    box = Area(area.left + _INDENT, area.top, area.width - _INDENT, area.height)
    page.paragraphs(written, box, _BETWEEN)
    return []


def _write_under(page: Page, notes: Sequence[_Note], size: float) -> list[_Note]:
    """Writes the notes that there is room for; those left over, which are never few words."""
    needed = [note for note in notes if not note.may_go]
    height = sum(page.room_for(note.text, _look(note, size)) for note in needed)
    if not needed or height <= page.area.height + 4:
        left = page.area.height - height
        texts = []
        for note in notes:
            look = _look(note, size)
            room = page.room_for(note.text, look)
            if not note.may_go or room <= left:
                texts.append((note.text, look))
                left -= room if note.may_go else 0
        if texts:
            page.paragraphs(texts, page.take(page.area.height), _UNDER_GAP)
        return []
    more = page.room_for(_MORE, Look(size, bold=True))
    written = 0
    for note in needed:
        if page.room_for(note.text, _look(note, size)) + more > page.area.height:
            break
        page.text(note.text, _look(note, size))
        written += 1
    if more <= page.area.height:
        page.text(_MORE, Look(size, bold=True))
    return needed[written:]


def _continue(layouts: Layouts, paper: Paper, item: Item, notes: Sequence[_Note]) -> list[_Note]:
    """A slide of the caveats that had no room; those that have none here either."""
    page = _begun(layouts, paper, item, item.title + CONTINUED)
    page.gap(8)
    page.text(_HEADING, Look(16, MSO_THEME_COLOR.TEXT_1, bold=True), gap=8)
    rest = list(notes)
    size = _SIZES[1][1]
    while rest and page.room_for(rest[0].text, _look(rest[0], size)) <= page.area.height:
        page.text(rest[0].text, _look(rest[0], size), gap=6)
        rest = rest[1:]
    if len(rest) == len(notes):
        # A text longer than a slide is parted between its lines.
        lines = lines_of(rest[0].text, size, page.area.width)
        fit = max(int((page.area.height - 10) / text_height("x", size, page.area.width)), 1)
        page.text(" ".join(lines[:fit]), Look(size))
        rest = [_Note(" ".join(lines[fit:])), *rest[1:]] if lines[fit:] else rest[1:]
    page.finish()
    return rest


def _write_notes(slide: Any, paper: Paper, item: Item) -> None:
    slide.notes_slide.notes_text_frame.text = speaker_notes(item, paper)
