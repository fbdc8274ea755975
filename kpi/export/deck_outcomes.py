"""A programme's outcomes on a slide: a table of its areas beside each other, and what to know."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kpi.domain.wording import in_text, listing, sentences
from kpi.exhibits.caveats import NO_EFFECT
from kpi.exhibits.outcome_differences import WHICH_ARE_SURE
from kpi.export.deck_figure import CONTINUED
from kpi.export.deck_layouts import Layouts
from kpi.export.deck_page import CAVEATS, Look, Page
from kpi.export.deck_tables import TableKind, table_height, write_table
from kpi.export.outcome_table import OutcomeTable, is_extent, outcome_table
from kpi.export.paper import Item, Paper, Programme
from kpi.export.spoken import speaker_notes

_NAME = "Resultater"
# Letters of the table and of what must be known of it: the largest that leave both their room.
_TABLE_SIZES, _NOTE_SIZES = (14.0, 13.0, 12.0), (14.0, 13.0, 12.0)
# How much wider the letters of notes may be. In a still wider font their box makes them smaller.
_WIDER = 1.04
_GAP = 4.0
# What stands under the table even where its letters are smaller for it: that no difference is an
# effect.
_LEAST_NOTES = 1
_GOES_ON = "Flere forbehold på næste side."
_CONTINUED_LOOK = Look(16)


@dataclass(frozen=True)
class _Way:
    """The letters of the table and of the notes, and how many notes stand under the table."""

    table: float
    notes: float
    count: int


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
    if table.judged:
        # Each is said in its row.
        rest = rest.partition(f" {WHICH_ARE_SURE}")[0]
    notes = _notes(rest, programme, items, [line.text for line in paper.claims if line.is_rounding])
    page = _begun(layouts, paper, outcomes, title)
    page.measure("; ".join(filter(None, ("Antal af gruppen og procent", table.judged))))
    way = _way(page, table, notes, least=_LEAST_NOTES)
    under = _under(notes, way.count)
    area = page.area
    room = page.room_for(under, Look(way.notes * _WIDER))
    page.area = replace(area, height=area.height - room)
    write_table(page, _kind(table, way.table), _rows(table), is_whole=True)
    if under:
        place = replace(area, top=area.bottom - room + _GAP, height=room)
        page.write(under, Look(way.notes), place, CAVEATS)
    page.finish()
    page.slide.notes_slide.notes_text_frame.text = "\n\n".join(
        speaker_notes(item, paper) for item in items
    )
    if notes[way.count :]:
        _continue(layouts, paper, outcomes, title, notes[way.count :])
    return [page.number] * len(items)


def _begun(layouts: Layouts, paper: Paper, outcomes: Item, title: str) -> Page:
    page = Page(layouts, layouts.table)
    page.foot(outcomes.exhibit.source, paper.dated, paper.occasion)
    page.title(title)
    page.subject(f"{outcomes.theme.name} · {_NAME}")
    return page


def _continue(
    layouts: Layouts, paper: Paper, outcomes: Item, title: str, notes: Sequence[str]
) -> None:
    page = _begun(layouts, paper, outcomes, title + CONTINUED)
    page.gap(8)
    page.paragraphs([(sentences(note), _CONTINUED_LOOK) for note in notes], page.area, 8)
    page.finish()


def _under(notes: Sequence[str], count: int) -> str:
    """The first notes as one text, which says where the others are."""
    return sentences(*notes[:count], *([_GOES_ON] if count < len(notes) else []))


def _way(page: Page, table: OutcomeTable, notes: Sequence[str], least: int) -> _Way:
    """The largest letters in which the table and its first notes have their room.

    A slide of its own is for what letters of twelve points leave no room for. `least` notes stand
    under the table even where its letters are smaller for them.
    """
    rows = _rows(table)
    heights = {
        size: table_height(_kind(table, size), rows, page.area.width) for size in _TABLE_SIZES
    }
    for fewest in (len(notes), min(least, len(notes)), 0):
        for size, high in heights.items():
            for count in range(len(notes), fewest - 1, -1):
                text = _under(notes, count)
                for letters in _NOTE_SIZES:
                    if high + page.room_for(text, Look(letters * _WIDER)) <= page.area.height:
                        return _Way(size, letters, count)
    return _Way(_TABLE_SIZES[-1], _NOTE_SIZES[-1], 0)


def _notes(
    rest: str, programme: Programme, items: Sequence[Item], elsewhere: Sequence[str]
) -> list[str]:
    """Each thing to know once: of the outcomes, and what they do not say of the chosen figures.

    Without what stands on a slide elsewhere. What the difference is not comes first.
    """
    assert programme.outcomes is not None
    said = [*programme.outcomes.caveats, rest, *programme.outcomes.roundings]
    for item in items:
        extent = [item.reading] if is_extent(item, programme) else []
        said += [*extent, *item.caveats, *item.roundings]
    texts = [text for text in dict.fromkeys(said) if text and text not in elsewhere]
    # One that another has within it says no more.
    texts = [text for text in texts if not any(text in other for other in texts if other != text)]
    return sorted(texts, key=lambda text: text != NO_EFFECT)


def _kind(table: OutcomeTable, size: float) -> TableKind:
    return TableKind(
        _NAME, table.columns, (), size, strong=2, most_rows=len(table.rows),
        shades={"": "#00437F"}, numbers=tuple(range(2, 2 + len(table.areas))), is_dense=True,
        is_parted=True,
    )  # fmt: skip


def _rows(table: OutcomeTable) -> list[tuple[str, ...]]:
    """The rows with each group's name over the first of them alone."""
    groups = ["", *(row[0] for row in table.rows)]
    return [
        ("" if row[0] == before else row[0], *row[1:])
        for row, before in zip(table.rows, groups, strict=False)
    ]
