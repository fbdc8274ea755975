"""Figures of one or two numbers, gathered as rows of one slide for the plan's tracks or a theme."""

from collections.abc import Iterator, Sequence

from kpi.charts.marks import DotMarks, NumberMarks
from kpi.domain.format import MISSING
from kpi.domain.model import Observation
from kpi.domain.wording import capital, in_text, sentences
from kpi.export.deck_figure import CONTINUED
from kpi.export.deck_layouts import Layouts
from kpi.export.deck_outcomes import outcome_slides
from kpi.export.deck_page import Page
from kpi.export.deck_tables import TableKind, grown, write_table
from kpi.export.outcome_table import shared_outcomes
from kpi.export.paper import Item, Paper
from kpi.export.spoken import speaker_notes

_FEW_ROWS, _FEWEST = 2, 2
# A group of everybody beside the parts that it is the total of.
_ALL = "all"
TRACKS = "Handleplanens spor i tal"
_KIND = TableKind(
    "Nøgletal", ("Nøgletal", "Læsning og forbehold", "Kilde"), (), 12, strong=0,
    most_rows=10,
)  # fmt: skip


def is_small(item: Item) -> bool:
    """Whether a row says as much of the figure as a chart does."""
    match item.exhibit.marks:
        case NumberMarks():
            return True
        case DotMarks():
            return len(item.exhibit.table.rows) - bool(_parts(item)) <= _FEW_ROWS
        case _:
            return False


def _parts(item: Item) -> tuple[Observation, ...]:
    """The parts that a count of everybody is made of, where the figure shows both."""
    rows = item.exhibit.observations
    parts = tuple(row for row in rows if row.group_id != _ALL)
    is_whole = len(rows) - len(parts) == 1 and item.indicator.is_total
    return parts if is_whole and len(item.exhibit.table.rows) == len(rows) else ()


def groups_of(paper: Paper) -> Iterator[tuple[str, tuple[Item, ...]]]:
    """The paper's items in order, gathered ones together where their first stands, with a name.

    The name is empty for an item by itself.
    """
    gathered = paper.choice.gathered
    names = [
        _group(item) if gathered and (is_small(item) or shared_outcomes(paper, [item])) else ""
        for item in paper.items
    ]
    done = set()
    for item, name in zip(paper.items, names, strict=True):
        if not name or names.count(name) < _FEWEST:
            yield "", (item,)
        elif name not in done:
            done.add(name)
            yield (
                name,
                tuple(other for other, its in zip(paper.items, names, strict=True) if its == name),
            )


def _group(item: Item) -> str:
    return item.theme.name if item.theme.plan_track is None else TRACKS


def gathered_slides(layouts: Layouts, paper: Paper, name: str, items: Sequence[Item]) -> list[int]:
    """Writes the items as rows on as many slides as they need; the number of each one's slide.

    A programme's outcomes are rows of one table, area beside area.
    """
    if programme := shared_outcomes(paper, items):
        return outcome_slides(layouts, paper, programme, items)
    pages: list[int] = []
    kind = _KIND
    while len(pages) < len(items):
        rest = items[len(pages) :]
        page = Page(layouts, layouts.table)
        page.foot("", paper.dated, paper.occasion)
        page.title(name if not pages else name + CONTINUED)
        page.subject(_KIND.name)
        page.gap(10)
        if not pages:
            kind = grown(kind, [_cells(item) for item in items], page.area)
        written = write_table(page, kind, [_cells(item) for item in rest])
        page.finish()
        notes = [speaker_notes(item, paper) for item in rest[:written]]
        page.slide.notes_slide.notes_text_frame.text = "\n\n".join(notes)
        pages += [page.number] * written
    return pages


def _cells(item: Item) -> tuple[str, str, str]:
    said = sentences(item.reading, *item.caveats, *item.roundings)
    measure = item.exhibit.measure
    if _parts(item):
        # The row has no marks that show them.
        values = [f"{in_text(name)}: {value}" for name, value, *_ in item.exhibit.table.rows[1:]]
        said = sentences(capital("; ".join(values)), said)
    return (
        item.title,
        sentences(capital(measure), said) if measure else said or MISSING,
        item.exhibit.source.removeprefix("Kilde: "),
    )
