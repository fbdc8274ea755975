"""A paper's figures as an Excel workbook: numbers as numbers, every name written out."""

import io
import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any, assert_never

import xlsxwriter

from kpi.domain import format as fmt
from kpi.domain.age import counted_until
from kpi.domain.catalog import Catalog
from kpi.domain.format import safe_text
from kpi.domain.measure import share
from kpi.domain.model import Indicator, Observation, Source
from kpi.domain.period_words import row_period_name
from kpi.domain.series_break import BreakPlace, places_of
from kpi.domain.units import unit_name
from kpi.domain.vocabulary import DIRECTION_NAMES, MEASURED_NAMES, STATUS_NAMES
from kpi.domain.wording import capital
from kpi.exhibits.comments import COMMENTS
from kpi.export.paper import Paper, case_words
from kpi.export.shown_numbers import ShownNumber, shown_number

FIGURES, EXHIBITS, DEFINITIONS, SOURCES, ACTIONS, ABOUT = (
    "Tal", "Figurer", "Definitioner", "Kilder", "Handleplan", "Om",
)  # fmt: skip
NEWS, CLAIMS = "Siden sidst", "Regnetjek"

_INK, _HEAD, _LINE, _BLUE = "#1B2530", "#F3F5F7", "#D3DAE1", "#00529B"
_PROPERTY = 255
# Danish names of months, whatever the language of the reader's Excel.
_DATE_FORMAT = "[$-406]d. mmmm yyyy"

# Text, a number with so many decimals or with words around it, a day, or nothing.
Cell = str | tuple[float, int] | ShownNumber | date | None
Column = tuple[str, float]

# The source's own rounding is kept; the share computed from its counts has its own column.
_VALUE = "værdi som oplyst"

_FIGURE_COLUMNS: tuple[Column, ...] = (
    ("nøgletal", 38), ("område", 18), ("gruppe", 34), ("periode", 24), ("fra", 18), ("til", 18),
    ("opgjort", 24), (_VALUE, 20), ("mindst", 9), ("højst", 9), ("enhed", 16), ("tæller", 9),
    ("nævner", 9), ("beregnet andel i %", 18), ("status", 12), ("kildens ord", 22), ("note", 60),
    ("kilde", 60), ("brud i serien", 44),
)  # fmt: skip
_EXHIBIT_COLUMNS: tuple[Column, ...] = (
    ("figur", 7), ("tema", 26), ("overskrift", 60), ("hvad der måles", 60),
    ("sådan læses figuren", 60), ("forbehold", 80), ("papirets tal", 50), ("kilde", 60),
)  # fmt: skip
_DEFINITION_COLUMNS: tuple[Column, ...] = (
    ("nøgletal", 38), ("definition", 70), ("enhed", 16), ("retning", 24),
    ("sammenligningsgrundlag", 34), ("gruppe", 34), ("om kilden", 60),
)  # fmt: skip
_SOURCE_COLUMNS: tuple[Column, ...] = (
    ("kilde", 70), ("udgiver", 44), ("udgivet", 18), ("næste tal ventes", 30), ("afsnit", 40),
)  # fmt: skip
_ACTION_COLUMNS: tuple[Column, ...] = (
    ("tema", 20), ("indsats", 56), ("ansvarlig", 50), ("status", 13), ("statusdato", 18),
    ("status i korte træk", 80),
)  # fmt: skip
_CLAIM_COLUMNS: tuple[Column, ...] = (
    ("nøgletal", 44), ("papir", 18), ("papiret skriver", 18), ("beregnet", 18),
    ("vurdering", 14), ("udregning", 90),
)  # fmt: skip
_COMMENT_COLUMNS: tuple[Column, ...] = (("om", 44), ("bemærkning", 90), ("givet af", 44))


def workbook(paper: Paper, catalog: Catalog) -> bytes:
    """The paper as XLSX, one row an observation of any of its exhibits, each once.

    A hidden value is written `<5` or `skjult`, a missing one is empty, and no text is a formula.
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
            "category": paper.choice.case.department[:_PROPERTY],
            "keywords": case_words(paper)[:_PROPERTY],
            "comments": f"{paper.dated}. {paper.basis}.",
            "created": datetime.combine(paper.as_of, time()),
        }
    )
    observations = _observations(paper)
    figures = [_figure(observation, paper.as_of, catalog) for observation in observations]
    _write(book, paper, FIGURES, _FIGURE_COLUMNS, figures)
    _write(book, paper, EXHIBITS, _EXHIBIT_COLUMNS, _exhibits(paper))
    _write(book, paper, DEFINITIONS, _DEFINITION_COLUMNS, _definitions(paper, catalog))
    _write(book, paper, SOURCES, _SOURCE_COLUMNS, _sources(observations, catalog))
    if paper.actions:
        actions = [
            (
                action.theme,
                action.title,
                action.responsible,
                action.state,
                _day(action.status_date),
                action.summary,
            )
            for action in paper.actions
        ]
        _write(book, paper, ACTIONS, _ACTION_COLUMNS, actions)
    if paper.claims:
        _write(book, paper, CLAIMS, _CLAIM_COLUMNS, _claims(paper))
    if paper.comments:
        lines = [line[:3] for line in paper.comments]
        _write(book, paper, COMMENTS, _COMMENT_COLUMNS, lines)
    if paper.news:
        kind, title, *days = paper.news_columns
        columns = ((kind.lower(), 14), (title.lower(), 60), *((day, 30) for day in days))
        news = [(*row[:2], *map(_number_or_text, row[2:])) for row in paper.news]
        _write(book, paper, NEWS, columns, news)
    _write_about(book, paper, catalog)
    book.close()
    return out.getvalue()


def _observations(paper: Paper) -> tuple[Observation, ...]:
    """Those of all exhibits, in their order; a row of several exhibits is listed once."""
    return tuple(dict.fromkeys(row for item in paper.items for row in item.exhibit.observations))


def _figure(row: Observation, as_of: date, catalog: Catalog) -> tuple[Cell, ...]:
    indicator = catalog.indicators[row.indicator_id]
    source = catalog.sources[row.source_id]
    counted = share(row, indicator)
    decimals = indicator.decimals if row.decimals is None else row.decimals
    value: Cell = None if row.value is None else (row.value, decimals)
    counts: tuple[Cell, Cell] = (_count(row.numerator), _count(row.denominator))
    limits: tuple[Cell, Cell] = tuple(  # type: ignore[assignment]
        None if limit is None else (limit, decimals) for limit in (row.low, row.high)
    )
    words = row.as_published
    if row.status == "suppressed":
        # Whatever a hidden row may contain, none of it is written.
        value, counts, limits = fmt.hidden(row.as_published), (None, None), (None, None)
        counted, words = None, ""
    return (
        indicator.name,
        catalog.areas[row.area_id].name,
        catalog.groups[row.group_id].name,
        row_period_name(row, indicator, catalog),
        *counted_days(row, source, indicator, as_of),
        MEASURED_NAMES["at" if indicator.counted_on(row.period) else row.measured],
        value,
        *limits,
        unit_name(indicator.unit),
        *counts,
        (100 * counted[0] / counted[1], 1) if counted else None,
        STATUS_NAMES[row.status],
        words,
        row.note,
        source.title,
        _breaks(row, catalog),
    )


# Where a figure lies by a break, in words before the day.
_PLACES: Mapping[BreakPlace, str] = {
    "before": "før bruddet", "across": "på begge sider af bruddet", "after": "efter bruddet",
}  # fmt: skip


def _breaks(row: Observation, catalog: Catalog) -> str:
    """`efter bruddet 1. juli 2025 (Kontanthjælpsreformen)`: with which others it is not compared.

    Empty of an unbroken series.
    """
    places = places_of(row.period, catalog.indicators[row.indicator_id])
    return "; ".join(
        f"{_PLACES[place]} {fmt.long_date(each.day)} ({each.title})" for each, place in places
    )


def counted_days(
    row: Observation, source: Source, indicator: Indicator, as_of: date
) -> tuple[date | None, date | None]:
    """The first and last day that a figure counts; none where it is not known when it was counted.

    A report counts no days after its own, and no paper days after those it knows of.
    """
    match row.measured:
        case "reported":
            return None, None
        case "over" | "at" | "since":
            last = min(row.period.end, counted_until(row, source, indicator), as_of)
            return row.period.start, max(row.period.start, last)
    assert_never(row.measured)


def _count(count: float | None) -> Cell:
    return None if count is None else (count, 0)


def _definitions(paper: Paper, catalog: Catalog) -> list[tuple[Cell, ...]]:
    return [
        (
            indicator.name,
            indicator.definition,
            unit_name(indicator.unit),
            DIRECTION_NAMES[indicator.direction],
            paper.benchmark_of(indicator),
            catalog.groups[indicator.default_group].name,
            indicator.source_note,
        )
        for item in paper.defined
        for indicator in (item.indicator,)
    ]


def _sources(observations: Sequence[Observation], catalog: Catalog) -> list[tuple[Cell, ...]]:
    ids = dict.fromkeys(row.source_id for row in observations)
    sources = [catalog.sources[source_id] for source_id in ids]
    return [
        (
            source.title,
            source.publisher,
            _day(source.published),
            _day(source.next_release),
            source.section,
        )
        for source in sources
    ]


def _exhibits(paper: Paper) -> list[tuple[Cell, ...]]:
    """One row per figure, with all that is shown beside it in the other papers."""
    return [
        (
            (float(number), 0),
            item.theme.name,
            item.title,
            item.exhibit.subtitle,
            item.reading,
            "\n".join(item.remarks[1:]),
            "\n".join(line.text for line in item.claims),
            item.exhibit.source,
        )
        for number, item in enumerate(paper.items, start=1)
    ]


def _claims(paper: Paper) -> list[tuple[Cell, ...]]:
    return [
        (
            line.subject,
            line.paper,
            _number_or_text(line.reported),
            _number_or_text(line.computed),
            line.outcome.lower(),
            line.working,
        )
        for line in paper.claims
    ]


def _number_or_text(text: str) -> Cell:
    return shown_number(text) or text


def _day(text: str) -> Cell:
    """A source's date as a day where it is one, else as far as it is known: `marts 2025`."""
    try:
        return date.fromisoformat(text) if len(text) == len("2025-03-04") else _partial(text)
    except ValueError:
        return text


def _partial(text: str) -> str:
    return fmt.partial_date(text) if re.fullmatch(r"\d{4}(-\d{2})?", text) else text


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
    shapes: dict[str, Any] = {}
    right = book.add_format({"align": "right", "valign": "top", "font_color": _INK})
    day = book.add_format({"num_format": _DATE_FORMAT, "align": "left", "valign": "top"})
    for place, (header, width) in enumerate(columns):
        sheet.set_column(place, place, width)
        sheet.write_string(0, place, header, head)
    for line, cells in enumerate(rows, start=1):
        for place, cell in enumerate(cells):
            if isinstance(cell, date):
                sheet.write_datetime(line, place, datetime.combine(cell, time()), day)
            elif isinstance(cell, ShownNumber):
                shape = shapes.get(cell.format) or book.add_format(
                    {"num_format": cell.format, "valign": "top", "font_color": _INK}
                )
                shapes[cell.format] = shape
                sheet.write_number(line, place, cell.value, shape)
            elif isinstance(cell, tuple):
                value, decimals = cell
                sheet.write_number(line, place, value, numbers[min(decimals, 6)])
            elif cell:
                is_value = columns[place][0] == _VALUE  # `<5` stands below the numbers
                sheet.write_string(line, place, safe_text(cell), right if is_value else text)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(len(rows), 1), len(columns) - 1)
    sheet.repeat_rows(0)


def _write_about(book: Any, paper: Paper, catalog: Catalog) -> None:
    sheet = _sheet(book, paper, ABOUT)
    bold = book.add_format({"bold": True, "valign": "top", "font_color": _BLUE})
    text = book.add_format({"text_wrap": True, "valign": "top", "font_color": _INK})
    chosen = paper.choice
    themes = [catalog.themes[theme_id].name for theme_id in chosen.theme_ids]
    indicators = [catalog.indicators[indicator_id].name for indicator_id in chosen.indicator_ids]
    if chosen.picked:
        indicators = [item.indicator.name for item in paper.defined]
    lines = {
        "Titel": paper.title,
        "Anledning": paper.occasion,
        "Data": paper.dated,
        "Datagrundlag": paper.basis.removeprefix("Datagrundlag: "),
        "Område": paper.area_name,
        "Temaer": ", ".join(themes) or "alle",
        "Nøgletal": ", ".join(indicators) or "alle",
        NEWS: capital(paper.since_meeting),
        "Skjulte tal": "Et skjult tal (diskretioneret) står som »<5« eller "
        f"»{STATUS_NAMES['suppressed']}« og er ikke med "
        "i summer.",
        "Manglende tal": "Et tomt felt betyder, at tallet ikke er oplyst. Det er ikke 0.",
    }
    sheet.set_column(0, 0, 18)
    sheet.set_column(1, 1, 100)
    said = {name: value for name, value in lines.items() if value}
    for line, (name, value) in enumerate(said.items()):
        sheet.write_string(line, 0, name, bold)
        sheet.write_string(line, 1, safe_text(value), text)


def _sheet(book: Any, paper: Paper, name: str) -> Any:
    """A sheet that prints lying, as wide as the paper, with the day and page at the foot."""
    sheet = book.add_worksheet(name)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer(f"&L{paper.dated}&R{name}, side &P af &N")
    return sheet
