"""A meeting's annex as PDF: every figure with its numbers and source, the plan, and definitions.

The PDF is PDF/UA-1 and PDF/A-2a: tagged, in Danish, with a text for every figure. `annex.typ` lays
it out; what it says goes in as JSON.
"""

import json
import re
from collections.abc import Sequence
from datetime import UTC, datetime, time
from itertools import groupby
from pathlib import Path
from typing import Any

from kpi.charts.marks import NumberMarks
from kpi.domain import format as fmt
from kpi.domain.units import unit_name
from kpi.domain.vocabulary import DIRECTION_NAMES
from kpi.domain.wording import capital, sentences
from kpi.exhibits.caveats import NOT_REPORTED
from kpi.exhibits.comments import COMMENT_COLUMNS, COMMENTS
from kpi.exhibits.parts import Table
from kpi.export.claim_lines import CLAIM_COLUMNS, CLAIMS_TITLE
from kpi.export.definitions import about_source
from kpi.export.fonts import SANS, SERIF
from kpi.export.news import NEW_FIGURE
from kpi.export.paper import Item, Paper, case_words
from kpi.export.typesetting import typeset
from kpi.export.vectors import MOST_ROWS, Chart, charts, frame_on_page
from kpi.plan.counts import scope_text

_TEMPLATE = Path(__file__).with_name("annex.typ")
# The text of a page is 166 mm wide: at this many pixels the smallest letters have 9.5 points.
_CHART_WIDTH = 594
# A column with a longer text than this is broken over lines.
_LONG_TEXT = 40
_EVERYONE = "Alle"
_NUMBER = re.compile(r"(ca\. )?[−+±]?\d")


def annex(paper: Paper) -> bytes:
    """The paper as PDF, the same bytes for the same paper; a theme's heading over its figures.

    Of a table with more rows, the first `MOST_ROWS` are shown. Letters that the typefaces lack are
    shown as "■". Raises KpiError where there is no browser that draws the charts.
    """
    drawn = charts(
        [
            (item.exhibit.marks, frame_on_page(item.exhibit.marks, _CHART_WIDTH))
            for item in paper.items
        ]
    )
    return typeset(
        _TEMPLATE,
        format="pdf",
        pdf_standards=["ua-1", "a-2a"],
        timestamp=datetime.combine(paper.as_of, time(), UTC),
        sys_inputs={"annex": json.dumps(drawable(_content(paper, drawn)), ensure_ascii=False)},
    )


def _content(paper: Paper, drawn: Sequence[Chart]) -> dict[str, Any]:
    pairs = zip(paper.items, drawn, strict=True)
    return {
        "title": paper.title,
        "description": f"{paper.area_name}. {paper.dated}. {paper.basis}.",
        "keywords": [word for word in case_words(paper).split("; ") if word],
        "day": [paper.as_of.year, paper.as_of.month, paper.as_of.day],
        "occasion": paper.occasion,
        "area": paper.area_name,
        "dated": paper.dated,
        "basis": paper.basis,
        "words": {
            "page": "Side",
            "of": "af",
            "contents": "Indhold",
            "actions": "Indsatsernes status",
            "news": f"Nyt {paper.since_meeting}",
            "state_on": f"{capital(scope_text(paper.scope))}. Nyeste status, som den var kendt "
            f"{fmt.long_date(paper.as_of)}, gengivet af Spor i korte træk og ikke med kildernes "
            "ord.",
            "claims": CLAIMS_TITLE,
            "claims_note": "Tal, som papirerne selv har beregnet, kontrolberegnet af de udgivne "
            "tal.",
            "comments": COMMENTS,
            "definitions": "Definitioner",
        },
        "parts": [
            {"theme": theme.name, "items": [_item(item, chart) for item, chart in members]}
            for theme, members in groupby(pairs, key=lambda pair: pair[0].theme)
        ],
        "actions": _table(_actions(paper), [2.3, 1.9, 0, 0, 3.05], numbers=False),
        "claims": _table(
            Table(CLAIM_COLUMNS, tuple(line.cells for line in paper.claims)),
            [2, 1, 1, 1, 3.2],
            numbers=False,
        ),
        "comments": _table(
            Table(COMMENT_COLUMNS, tuple(line[:3] for line in paper.comments)),
            [2, 4, 2],
            numbers=False,
        ),
        "news": _table(
            Table(paper.news_columns, tuple(row for row in paper.news if not _is_first(row))),
            [1.5, 3.2, 1.9, 1.8],
            f"{fmt.MISSING} = intet tal eller ingen status den dag.",
            numbers=False,
        ),
        "firsts": _table(
            Table(
                (NEW_FIGURE, paper.news_columns[-1]),
                tuple((row[1], row[-1]) for row in paper.news if _is_first(row)),
            ),
            [5, 1.4],
            numbers=False,
        ),
        "definitions": _table(_definitions(paper), [1.75, 3.7, 1.15, 1.85, 1.55], numbers=False),
    }


def _is_first(row: tuple[str, str, str, str]) -> bool:
    """Whether a figure is there that was not: of what it was there is nothing to say."""
    return row[0] == NEW_FIGURE and row[2] == fmt.MISSING


def _item(item: Item, chart: Chart) -> dict[str, Any]:
    table = _without_repetitions(_without_empty_columns(item.exhibit.table))
    if _is_said(table, item):
        table = Table(table.columns, ())
    shown = Table(table.columns, table.rows[:MOST_ROWS])
    under = []
    if len(table.rows) > MOST_ROWS:
        under.append(f"De første {MOST_ROWS} af {len(table.rows)} rækker.")
    if any(fmt.MISSING in row for row in shown.rows):
        under.append(NOT_REPORTED)
    return {
        "title": item.title,
        "measure": item.exhibit.measure,
        "svg": chart.svg,
        "alt": item.exhibit.alt,
        "reading": item.reading,
        "source": item.exhibit.source,
        "caveats": item.caveats,
        "roundings": item.roundings,
        "table": _table(shown, _widths(shown), " ".join(under)),
    }


def _actions(paper: Paper) -> Table:
    return Table(
        ("Indsats", "Ansvarlig", "Status", "Statusdato", "Status i korte træk"),
        tuple(
            (
                f"{action.theme}: {action.title}", action.responsible, action.state,
                capital(action.reported_on),
                action.summary,
            )
            for action in paper.actions
        ),
    )  # fmt: skip


def _definitions(paper: Paper) -> Table:
    """One row per indicator: what it counts, in which unit, and what is better."""
    return Table(
        ("Nøgletal", "Definition", "Enhed", "Retning", "Sammenligningsgrundlag"),
        tuple(
            (
                indicator.name,
                sentences(indicator.definition, about_source(indicator)),
                unit_name(indicator.unit),
                DIRECTION_NAMES[indicator.direction],
                paper.benchmark_of(indicator),
            )
            for item in paper.defined
            for indicator in (item.indicator,)
        ),
    )


def _without_empty_columns(table: Table) -> Table:
    kept = [
        place
        for place, cells in enumerate(zip(*table.rows, strict=True))
        if place == 0 or any(cell.strip("–") for cell in cells)
    ]
    return Table(
        tuple(table.columns[place] for place in kept),
        tuple(tuple(row[place] for place in kept) for row in table.rows),
    )


def _without_repetitions(table: Table) -> Table:
    """The table without a last column that only repeats the one before, as a source's words may."""
    if len(table.columns) > 2 and all(_plain(row[-1]) == _plain(row[-2]) for row in table.rows):
        return Table(table.columns[:-1], tuple(row[:-1] for row in table.rows))
    return table


def _plain(text: str) -> str:
    return text.replace(fmt.NO_BREAK_SPACE, " ")


def _is_said(table: Table, item: Item) -> bool:
    """Whether a table has a single number and all of it is written above it already."""
    if not isinstance(item.exhibit.marks, NumberMarks) or len(table.rows) != 1:
        return False
    above = f"{item.exhibit.measure} {item.exhibit.marks.text}".casefold()
    return all(cell == _EVERYONE or cell.casefold() in above for cell in table.rows[0])


def _table(
    table: Table, widths: Sequence[float], under: str = "", numbers: bool = True
) -> dict[str, Any]:
    """A table for the template; a width of 0 is that of the text, others are shares of the rest."""
    by_column = list(zip(*table.rows, strict=True)) or [()] * len(table.columns)
    return {
        "columns": table.columns,
        "rows": table.rows,
        "numeric": [
            numbers and place > 0 and all(map(_is_number, cells))
            for place, cells in enumerate(by_column)
        ],
        "widths": widths,
        "under": under,
    }


def _is_number(cell: str) -> bool:
    return not cell.strip("–") or _NUMBER.match(cell) is not None


def _widths(table: Table) -> list[float]:
    columns = zip(table.columns, *table.rows, strict=True)
    return [1 if max(map(len, cells)) > _LONG_TEXT else 0 for cells in columns]


def drawable(value: Any) -> Any:
    """A value with every letter that the typefaces lack as "■": PDF/A allows no empty glyph.

    Its dates stay on one line.
    """
    if isinstance(value, str):
        text = fmt.joined(value)
        return text if text.isascii() and text.isprintable() else "".join(map(_letter, text))
    if isinstance(value, dict):
        return {key: drawable(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [drawable(item) for item in value]
    return value


def _letter(letter: str) -> str:
    if letter in "\t\r\n":
        return " "
    return letter if SANS.has(letter) and SERIF.has(letter) else "■"
