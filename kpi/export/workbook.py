"""A paper's figures as an Excel workbook: numbers as numbers, every name written out."""

import io
from collections.abc import Sequence
from datetime import datetime, time
from typing import Any

import xlsxwriter

from kpi import format as fmt
from kpi.catalog import Catalog
from kpi.export.csv import safe_text
from kpi.export.news import columns
from kpi.export.paper import Paper
from kpi.model import Observation
from kpi.wording import period_name

FIGURES, DEFINITIONS, SOURCES, ACTIONS, ABOUT = (
    "Tal", "Definitioner", "Kilder", "Handleplan", "Om",
)  # fmt: skip
NEWS = "Siden sidst"
STATUS_NAMES = {
    "final": "endelig", "preliminary": "foreløbig", "approximate": "cirka",
    "suppressed": "skjult", "missing": "mangler", "not_applicable": "ikke relevant",
}  # fmt: skip
DIRECTION_NAMES = {
    "higher_is_better": "højere er bedre", "lower_is_better": "lavere er bedre",
    "neutral": "hverken højere eller lavere er bedre",
}  # fmt: skip

_INK, _HEAD, _LINE, _BLUE = "#1B2530", "#F3F5F7", "#D3DAE1", "#00529B"
_PROPERTY = 255

# Text, a number with so many decimals, or nothing.
Cell = str | tuple[float, int] | None
Column = tuple[str, float]

_FIGURE_COLUMNS: tuple[Column, ...] = (
    ("nøgletal", 38), ("område", 18), ("gruppe", 34), ("periode", 16), ("værdi", 11),
    ("tæller", 9), ("nævner", 9), ("status", 11), ("kildens ord", 22), ("note", 60), ("kilde", 60),
)  # fmt: skip
_DEFINITION_COLUMNS: tuple[Column, ...] = (
    ("indikator", 38), ("definition", 70), ("enhed", 16), ("retning", 24), ("gruppe", 34),
    ("kildenote", 60),
)  # fmt: skip
_SOURCE_COLUMNS: tuple[Column, ...] = (
    ("kilde", 70), ("udgiver", 44), ("udgivet", 14), ("afsnit", 40),
)  # fmt: skip
_ACTION_COLUMNS: tuple[Column, ...] = (
    ("spor", 20), ("indsats", 56), ("ansvarlig", 50), ("tilstand", 13), ("siden", 16),
    ("kildens ord", 80),
)  # fmt: skip


_NEWS_WIDTHS = (18, 60, 30, 30)


def workbook(paper: Paper, catalog: Catalog) -> bytes:
    """The paper as XLSX, one row an observation of any of its exhibits, each once.

    A hidden value stands as `<5` or `skjult`, a missing one is empty, and no text is a formula.
    The same paper gives the same bytes.
    """
    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    book.set_properties(
        {
            "title": paper.title[:_PROPERTY],
            "subject": paper.occasion[:_PROPERTY],
            "author": "Spor",
            "comments": f"{paper.dated}. Udgave {paper.version}.",
            "created": datetime.combine(paper.as_of, time()),
        }
    )
    observations = _observations(paper)
    figures = [_figure(one, catalog) for one in observations]
    _write(book, paper, FIGURES, _FIGURE_COLUMNS, figures)
    _write(book, paper, DEFINITIONS, _DEFINITION_COLUMNS, _definitions(paper, catalog))
    _write(book, paper, SOURCES, _SOURCE_COLUMNS, _sources(observations, catalog))
    actions = [
        (one.theme, one.title, one.responsible, one.state, one.since, one.summary)
        for one in paper.actions
    ]
    _write(book, paper, ACTIONS, _ACTION_COLUMNS, actions)
    if paper.news:
        heads = [one.lower() for one in columns(paper)]
        _write(book, paper, NEWS, list(zip(heads, _NEWS_WIDTHS, strict=True)), paper.news)
    _write_about(book, paper, catalog)
    book.close()
    return out.getvalue()


def _observations(paper: Paper) -> tuple[Observation, ...]:
    """Those of all exhibits, in their order; what stands in several stands once."""
    return tuple(dict.fromkeys(row for item in paper.items for row in item.exhibit.observations))


def _figure(row: Observation, catalog: Catalog) -> tuple[Cell, ...]:
    indicator = catalog.indicators[row.indicator_id]
    decimals = indicator.decimals if row.decimals is None else row.decimals
    value: Cell = None if row.value is None else (row.value, decimals)
    counts: tuple[Cell, Cell] = (_count(row.numerator), _count(row.denominator))
    if row.status == "suppressed":
        # Whatever a hidden row may hold, none of it is told.
        value, counts = fmt.hidden(row.as_published), (None, None)
    words = "" if row.status == "suppressed" else row.as_published
    return (
        indicator.name,
        catalog.areas[row.area_id].name,
        catalog.groups[row.group_id].name,
        period_name(row.period, indicator, catalog),
        value,
        *counts,
        STATUS_NAMES[row.status],
        words,
        row.note,
        catalog.sources[row.source_id].title,
    )


def _count(count: float | None) -> Cell:
    return None if count is None else (count, 0)


def _definitions(paper: Paper, catalog: Catalog) -> list[tuple[Cell, ...]]:
    return [
        (
            one.name,
            one.definition,
            fmt.unit_name(one.unit),
            DIRECTION_NAMES[one.direction],
            catalog.groups[one.default_group].name,
            one.source_note,
        )
        for one in dict.fromkeys(item.indicator for item in paper.items)
    ]


def _sources(observations: Sequence[Observation], catalog: Catalog) -> list[tuple[Cell, ...]]:
    ids = dict.fromkeys(row.source_id for row in observations)
    sources = [catalog.sources[source_id] for source_id in ids]
    return [(one.title, one.publisher, one.published, one.section) for one in sources]


def _write(
    book: Any, paper: Paper, name: str, columns: Sequence[Column], rows: Sequence[Sequence[Cell]]
) -> None:
    sheet = _sheet(book, paper, name)
    text = book.add_format({"text_wrap": True, "valign": "top", "font_color": _INK})
    head = book.add_format(
        {
            "bold": True, "font_color": _INK, "bg_color": _HEAD, "bottom": 1,
            "bottom_color": _LINE, "valign": "top",
        }
    )  # fmt: skip
    numbers = {
        decimals: book.add_format(
            {"num_format": "#,##0" + "." * bool(decimals) + "0" * decimals, "valign": "top"}
        )
        for decimals in range(7)
    }
    right = book.add_format({"align": "right", "valign": "top", "font_color": _INK})
    for place, (header, width) in enumerate(columns):
        sheet.set_column(place, place, width)
        sheet.write_string(0, place, header, head)
    for line, cells in enumerate(rows, start=1):
        for place, cell in enumerate(cells):
            if isinstance(cell, tuple):
                value, decimals = cell
                sheet.write_number(line, place, value, numbers[min(decimals, 6)])
            elif cell:
                hidden = columns[place][0] == "værdi"
                sheet.write_string(line, place, safe_text(cell), right if hidden else text)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(len(rows), 1), len(columns) - 1)
    sheet.repeat_rows(0)


def _write_about(book: Any, paper: Paper, catalog: Catalog) -> None:
    sheet = _sheet(book, paper, ABOUT)
    bold = book.add_format({"bold": True, "valign": "top", "font_color": _BLUE})
    text = book.add_format({"text_wrap": True, "valign": "top", "font_color": _INK})
    chosen = paper.choice
    themes = [catalog.themes[one].name for one in chosen.theme_ids]
    indicators = [catalog.indicators[one].name for one in chosen.indicator_ids]
    lines = {
        "Titel": paper.title,
        "Anledning": paper.occasion,
        "Dato": paper.dated,
        "Udgave": paper.version,
        "Område": paper.area_name,
        "Temaer": ", ".join(themes) or "alle",
        "Nøgletal": ", ".join(indicators) or "alle",
        "Skjulte tal": "Et skjult tal står som »<5« eller »skjult« og tæller ikke med i summer.",
        "Manglende tal": "Et tomt felt betyder, at tallet mangler. Det er ikke 0.",
    }
    sheet.set_column(0, 0, 18)
    sheet.set_column(1, 1, 100)
    for line, (name, said) in enumerate(lines.items()):
        sheet.write_string(line, 0, name, bold)
        sheet.write_string(line, 1, safe_text(said), text)


def _sheet(book: Any, paper: Paper, name: str) -> Any:
    """A sheet that prints lying, as wide as the paper, with the day and page at the foot."""
    sheet = book.add_worksheet(name)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer(f"&L{paper.dated}&R{name}, side &P af &N")
    return sheet
