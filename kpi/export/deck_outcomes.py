"""A programme's outcomes on a slide: a table of its areas beside each other, and what to know."""

from collections.abc import Sequence
from dataclasses import replace

from kpi.domain.wording import in_text, listing, sentences
from kpi.export.deck_figure import CONTINUED
from kpi.export.deck_layouts import Layouts
from kpi.export.deck_page import CAVEATS, GREY_LOOK, Look, Page
from kpi.export.deck_tables import TableKind, write_table
from kpi.export.outcome_table import OutcomeTable, is_extent, outcome_table
from kpi.export.paper import Item, Paper, Programme
from kpi.export.spoken import speaker_notes

_NAME = "Resultater"
_SIZES = (12.0, 11.0, 10.0, 9.0)
# How much wider letters may be where a deck's font is missing.
_WIDER = 1.2
# Of the room under the title, what the notes may take before they go on to a slide of their own.
_MOST_NOTES = 0.3
_GAP = 4.0


def outcome_slides(
    layouts: Layouts, paper: Paper, programme: Programme, items: Sequence[Item]
) -> list[int]:
    """Writes the table and what must be known of it; the number of each item's slide."""
    assert programme.outcomes is not None
    outcomes = programme.outcomes
    first, _, rest = outcomes.reading.partition(". ")
    table = outcome_table(programme, items)
    # The columns name the areas.
    finding = first.rstrip(".").replace(f" mellem {listing([*table.areas])}", "")
    title = f"{outcomes.theme.name}: {in_text(finding)}"
    notes = sentences(*_notes(rest, programme, items))
    page = _begun(layouts, paper, outcomes, title)
    page.measure("; ".join(filter(None, ("Antal af gruppen og procent", table.judged))))
    size = _size_of(page, notes)
    area = page.area
    room = page.room_for(notes, Look(size * _WIDER)) if size else 0.0
    page.area = replace(area, height=area.height - room)
    write_table(page, _kind(table), _rows(table), is_whole=True, may_grow=True)
    if size:
        page.write(
            notes, Look(size), replace(area, top=area.bottom - room + _GAP, height=room), CAVEATS
        )
    page.finish()
    page.slide.notes_slide.notes_text_frame.text = "\n\n".join(
        speaker_notes(item, paper) for item in items
    )
    if notes and not size:
        _continue(layouts, paper, outcomes, title, notes)
    return [page.number] * len(items)


def _begun(layouts: Layouts, paper: Paper, outcomes: Item, title: str) -> Page:
    page = Page(layouts, layouts.table)
    page.foot(outcomes.exhibit.source, paper.dated, paper.occasion)
    page.title(title)
    page.subject(f"{outcomes.theme.name} · {_NAME}")
    return page


def _continue(layouts: Layouts, paper: Paper, outcomes: Item, title: str, notes: str) -> None:
    page = _begun(layouts, paper, outcomes, title + CONTINUED)
    page.gap(8)
    page.text(notes, GREY_LOOK, CAVEATS)
    page.finish()


def _size_of(page: Page, notes: str) -> float:
    """The largest letters in which the notes leave the table its room; 0 where none do."""
    most = _MOST_NOTES * page.area.height
    fitting = (size for size in _SIZES if page.room_for(notes, Look(size * _WIDER)) <= most)
    return next(fitting, 0.0) if notes else 0.0


def _notes(rest: str, programme: Programme, items: Sequence[Item]) -> list[str]:
    """Each thing to know once: of the outcomes, and what they do not say of the chosen figures."""
    assert programme.outcomes is not None
    said = [rest, *programme.outcomes.caveats, *programme.outcomes.roundings]
    for item in items:
        extent = [item.reading] if is_extent(item, programme) else []
        said += [*extent, *item.caveats, *item.roundings]
    return [text for text in dict.fromkeys(said) if text]


def _kind(table: OutcomeTable) -> TableKind:
    judged = [0.19] if table.judged else []
    areas = [0.31 / max(len(table.areas), 1)] * len(table.areas)
    return TableKind(
        _NAME, table.columns, (0.22, 0.28, *areas, *judged), 12, strong=2,
        most_rows=len(table.rows), shades={"": "#00437F"},
        numbers=tuple(range(2, 2 + len(table.areas))), is_dense=True,
    )  # fmt: skip


def _rows(table: OutcomeTable) -> list[tuple[str, ...]]:
    """The rows with each group's name over the first of them alone."""
    groups = ["", *(row[0] for row in table.rows)]
    return [
        ("" if row[0] == before else row[0], *row[1:])
        for row, before in zip(table.rows, groups, strict=False)
    ]
