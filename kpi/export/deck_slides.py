"""The slides of a deck: front, contents, a figure each, and the action plan's state."""

from collections import Counter
from dataclasses import replace
from typing import Any

from kpi import format as fmt
from kpi.export.deck_layouts import DATED, Layouts
from kpi.export.deck_page import Look, Page
from kpi.export.deck_tables import TableKind, write_table
from kpi.export.native_charts import add_chart, heights_of
from kpi.export.news import NEW_FIGURE, columns
from kpi.export.paper import Action, Item, Paper
from kpi.plan import NOT_MENTIONED, STATE_NAMES
from kpi.wording import in_text

_CONTENTS = TableKind(
    "Indhold", ("Tema", "Omfang", "Begynder på"), (0.6, 0.2, 0.2), 18, strong=0, most_rows=20
)
_ACTIONS = TableKind(
    "Handleplanens tilstand",
    ("Spor", "Indsats", "Ansvarlig", "Tilstand", "Siden"),
    (0.15, 0.35, 0.29, 0.09, 0.12),
    12,
    strong=3,
    most_rows=10,
    shades={
        "I gang": "#00437F",
        "I drift": "#005A52",
        "Afsluttet": "#005A52",
        "Blokeret": "#8F3A05",
    },
)
_NEWS = TableKind("Siden sidst", ("",) * 4, (0.14, 0.46, 0.22, 0.18), 12, strong=3, most_rows=10)
# Beside the texts' own gaps: under the chart and under its reading.
_LEAST_CHART, _GAPS = 120.0, 14.0
# Of the reading, and of what is told under it: the largest that leave the chart its room.
_SIZES = ((Look(20), Look(16)), (Look(18), Look(14)), (Look(15), Look(13)))


def front_slide(layouts: Layouts, paper: Paper) -> None:
    """Title, occasion, the day the figures are of, and the edition they were read from."""
    page = Page(layouts, layouts.title)
    when = f"{paper.area_name} · {paper.dated} · Udgave {paper.version}"
    places = {one.placeholder_format.idx: one for one in page.slide.placeholders}
    below = places.get(1)
    if page.own:
        page.fill(places[0], paper.title, (40, 36, 32, 28, 24, 20, 16, 12), serif=True)
        page.fill(places[1], paper.occasion, (22, 20, 18, 16, 14, 12))
        page.fill(places[DATED], when, (14, 12, 10))
    else:
        page.title(paper.title)
        lines = [one for one in (paper.occasion, when) if one]
        if below is not None:
            below.text_frame.text = "\n".join(lines)
        else:
            for line in lines:
                page.text(line, Look(18))
    page.finish()


def contents_slide(layouts: Layouts, paper: Paper) -> None:
    """The themes with how many figures each has and on which slide they begin."""
    page = Page(layouts, layouts.table)
    page.foot("", paper.dated, paper.occasion)
    page.title("Indhold")
    first = page.number + 1
    starts: dict[str, int] = {}
    for place, item in enumerate(paper.items):
        starts.setdefault(item.theme.theme_id, first + place)
    counts = Counter(item.theme.theme_id for item in paper.items)
    lines = [
        (
            one.name,
            _how_many(counts[one.theme_id], "figur", "figurer"),
            f"side {starts[one.theme_id]}",
        )
        for one in paper.themes
    ]
    if paper.actions:
        told = _how_many(len(paper.actions), "indsats", "indsatser")
        lines.append(("Handleplanens tilstand", told, f"side {first + len(paper.items)}"))
    page.gap(10)
    write_table(page, _CONTENTS, lines)
    page.finish()


def figure_slide(layouts: Layouts, paper: Paper, item: Item) -> None:
    """Subject, takeaway, what is measured, the chart, how to read it, and where it is from."""
    exhibit = item.exhibit
    page = Page(layouts, layouts.figure)
    page.foot(exhibit.source, paper.dated, paper.occasion)
    page.title(item.title)
    page.subject(f"{item.theme.name} · {item.indicator.short_name}")
    page.measure(exhibit.subtitle)
    height, reads, tells = _sizes(page, item)
    frame = add_chart(page.slide.shapes, exhibit.marks, page.take(height).box, paper.as_of)
    frame.name = "Diagram"
    frame._element.find(".//{*}cNvPr").set("descr", exhibit.alt)
    page.into_placeholder(frame)
    page.reading(item.reading, reads.size)
    _write_about(page, item, tells)
    page.finish()
    _write_notes(page.slide, paper, item)


def action_slides(layouts: Layouts, paper: Paper) -> None:
    """The actions with the state they had on the day, as tables of at most ten rows."""
    if not paper.actions:
        return
    counts = Counter(one.state for one in paper.actions)
    told = [
        f"{counts[state]} {in_text(state)}"
        for state in (*STATE_NAMES.values(), NOT_MENTIONED)
        if counts[state]
    ]
    title = "Handleplanens indsatser: " + ", ".join(told)
    remaining = list(paper.actions)
    first = True
    while remaining:
        page = Page(layouts, layouts.table)
        page.foot("", paper.dated, paper.occasion)
        page.title(title if first else title + " (fortsat)")
        page.subject("Handleplanens tilstand")
        page.gap(10)
        shown = write_table(page, _ACTIONS, [_cells(one) for one in remaining])
        remaining = remaining[shown:]
        page.finish()
        first = False


def news_slides(layouts: Layouts, paper: Paper) -> None:
    """What has changed since the meeting before, as tables of at most ten rows.

    New figures are only counted: each has its own slide, and the annex lists them.
    """
    remaining = [row for row in paper.news if row[0] != NEW_FIGURE]
    figures = len(paper.news) - len(remaining)
    kind = replace(_NEWS, columns=columns(paper))
    title = f"Nyt siden {paper.news_since}"
    if figures:
        title += f", og {_how_many(figures, 'nyt tal', 'nye tal')}"
    first = True
    while remaining:
        page = Page(layouts, layouts.table)
        page.foot("", paper.dated, paper.occasion)
        page.title(title if first else f"{title} (fortsat)")
        first = False
        page.subject("Siden sidst")
        page.gap(10)
        remaining = remaining[write_table(page, kind, remaining) :]
        page.finish()


def _how_many(count: int, one: str, several: str) -> str:
    return f"{count} {one if count == 1 else several}"


def _sizes(page: Page, item: Item) -> tuple[float, Look, Look]:
    """The chart's height, and how large its reading and what is told under it are written.

    As large as there is room for; where there is little, the chart keeps what it needs.
    """
    heights = heights_of(item.exhibit.marks)
    for reads, tells in _SIZES:
        room = max(page.area.height - page.room_for(item.reading, reads), _LEAST_CHART)
        beside = room - sum(page.room_for(text, tells) for text in _about(item)) - _GAPS
        if heights and beside >= heights[1]:
            return heights[1], reads, tells
    if heights is None:
        return room, reads, tells
    least, most = heights
    return min(max(beside, least, _LEAST_CHART), most, room), reads, tells


def _about(item: Item) -> tuple[str, ...]:
    return (f"Definition: {item.indicator.definition}", *item.caveats)


def _write_about(page: Page, item: Item, look: Look) -> None:
    """Definition and caveats, as far as there is room: all of them are in the notes."""
    for text in _about(item):
        if page.area.height < page.room_for(text, look):
            return
        page.text(text, look)


def _write_notes(slide: Any, paper: Paper, item: Item) -> None:
    indicator, exhibit = item.indicator, item.exhibit
    lines = [
        item.title,
        exhibit.subtitle,
        f"Nøgletal: {indicator.name}",
        f"Definition: {indicator.definition}",
        f"Enhed: {fmt.unit_name(indicator.unit)}",
        *([f"Om kilden: {indicator.source_note}"] if indicator.source_note else []),
        *exhibit.remarks,
        exhibit.source,
        f"{paper.dated} · Udgave {paper.version}",
    ]
    slide.notes_slide.notes_text_frame.text = "\n".join(lines)


def _cells(action: Action) -> tuple[str, ...]:
    return (action.theme, action.title, action.responsible, action.state, action.since)
