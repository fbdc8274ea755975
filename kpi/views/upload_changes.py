"""What publishing a file would change: before, after and difference, in each indicator's unit."""

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from kpi import charts
from kpi.charts.marks import FOCUS, PEER, Dot
from kpi.domain import format as fmt
from kpi.domain.catalog import Catalog
from kpi.domain.format import raw_number
from kpi.domain.model import Indicator
from kpi.domain.period import parse_period
from kpi.domain.period_words import period_name
from kpi.domain.vocabulary import BOUNDS, STATUS_NAMES
from kpi.domain.wording import in_text
from kpi.exhibits import Table
from kpi.exhibits.parts import scale_of
from kpi.ingest.changes_file import CHANGE_WORDS
from kpi.ingest.checked import Change

MOST_SHOWN = 100
MOST_CHARTS = 3
# More decimals than this are those of a computation, not of a figure.
_EXTRA_DECIMALS = 3


@dataclass(frozen=True)
class ChangeRow:
    """One key that publishing adds or changes, in words."""

    row: str
    is_new: bool
    indicator: str
    group: str
    area: str
    period: str
    before: str
    after: str
    difference: str
    source: str = ""
    is_hidden: bool = False
    is_reattributed: bool = False


@dataclass(frozen=True)
class BeforeAfter:
    """A change as a small chart, with alt text, table, and what is said under it."""

    title: str
    figure: go.Figure
    alt: str
    table: Table
    remark: str = ""


def change_rows(changes: Sequence[Change], catalog: Catalog) -> list[ChangeRow]:
    """The first MOST_SHOWN changes as rows, in their order (changed before new).

    A row names its source where the file has several, or where the figure had another.
    """
    several = len({change.new_source for change in changes}) > 1
    return [_row(change, catalog, several) for change in changes[:MOST_SHOWN]]


def before_after(changes: Sequence[Change], catalog: Catalog) -> list[BeforeAfter]:
    """Of up to three changed indicators the change that is largest beside the value it changes."""
    largest: dict[str, Change] = {}
    for change in changes:
        if change.old is None or change.new is None or change.old == change.new:
            continue
        if {change.old_status, change.new_status} & set(BOUNDS):
            continue
        rival = largest.get(change.indicator_id)
        if rival is None or _relative(change) > _relative(rival):
            largest[change.indicator_id] = change
    return [_chart(change, catalog) for change in list(largest.values())[:MOST_CHARTS]]


def _row(change: Change, catalog: Catalog, with_source: bool = False) -> ChangeRow:
    indicator = catalog.indicators[change.indicator_id]
    is_new = change.old_status is None
    return ChangeRow(
        row=fmt.MISSING if change.row is None else str(change.row),
        is_new=is_new,
        indicator=indicator.name,
        group=catalog.groups[change.group_id].name,
        area=catalog.areas[change.area_id].name,
        period=_period(change, indicator, catalog),
        before=fmt.MISSING
        if is_new
        else _value(change.old, change.old_status, indicator, (change.old_low, change.old_high)),
        after=_value(change.new, change.new_status, indicator, (change.new_low, change.new_high)),
        difference="" if is_new else _difference(change, indicator),
        source=_source(change, catalog, with_source),
        is_hidden=change.is_hidden,
        is_reattributed=change.is_reattributed,
    )


def _source(change: Change, catalog: Catalog, always: bool) -> str:
    new, old = (
        catalog.sources[source_id].title if source_id else ""
        for source_id in (change.new_source, change.old_source)
    )
    if old and old != new:
        return f"{new} (før: {old})"
    return new if always else ""


def _name(change: Change, indicator: Indicator, catalog: Catalog) -> str:
    if change.group_id == indicator.default_group:
        return indicator.name
    return f"{indicator.name}, {in_text(catalog.groups[change.group_id].name)}"


def _period(change: Change, indicator: Indicator, catalog: Catalog) -> str:
    return period_name(parse_period(change.period), indicator, catalog)


def _value(
    value: float | None,
    status: str | None,
    indicator: Indicator,
    limits: tuple[float | None, float | None],
) -> str:
    if status == "suppressed":
        return fmt.hidden(None)
    low, high = limits
    if status == "range" and low is not None and high is not None:
        decimals = max(decimals_of(limit, indicator) for limit in limits if limit is not None)
        return f"{fmt.number(low, decimals)}-{fmt.amount(high, indicator, decimals)}"
    if value is None:
        # In words: a sign alone is left out where a narrow screen stacks the cells of a row.
        return STATUS_NAMES["not_applicable" if status == "not_applicable" else "missing"]
    text = fmt.amount(value, indicator, decimals_of(value, indicator))
    if status in ("at_least", "at_most"):
        return f"{CHANGE_WORDS[status]}{fmt.NO_BREAK_SPACE}{text}"
    if status == "approximate":
        return f"ca.{fmt.NO_BREAK_SPACE}{text}"
    return f"{text} ({STATUS_NAMES[status]})" if status == "preliminary" else text


def _difference(change: Change, indicator: Indicator) -> str:
    if change.is_hidden:
        return "skjult, kan ikke sammenlignes"
    is_exact = not {change.old_status, change.new_status} & set(BOUNDS)
    if is_exact and change.old is not None and change.new is not None and change.old != change.new:
        decimals = max(decimals_of(value, indicator) for value in (change.old, change.new))
        points = fmt.number(change.new - change.old, decimals, sign=True)
        if indicator.is_proportion:
            return f"{points}{fmt.NO_BREAK_SPACE}procentpoint"
        return points if indicator.is_bare else fmt.with_unit(points, indicator.unit)
    if change.old_status != change.new_status:
        before, after = (
            CHANGE_WORDS.get(status or "", "") for status in (change.old_status, change.new_status)
        )
        return f"{before} → {after}"
    return "grænser" if not is_exact else "tæller, nævner eller note"


def decimals_of(value: float, indicator: Indicator) -> int:
    """As many decimals as the value has: a difference must show, also past the usual rounding."""
    own = len(raw_number(value).partition(".")[2])
    return min(own, indicator.decimals + _EXTRA_DECIMALS)


def _relative(change: Change) -> float:
    assert change.old is not None
    assert change.new is not None
    return abs(change.new - change.old) / (abs(change.old) or 1.0)


def _chart(change: Change, catalog: Catalog) -> BeforeAfter:
    indicator = catalog.indicators[change.indicator_id]
    row = _row(change, catalog)
    period = row.period.replace(" ", fmt.NO_BREAK_SPACE)
    title = f"{_name(change, indicator, catalog)}, {row.area}, {period}"
    rows = (("Før", row.before), ("Efter", row.after))
    dots = [
        Dot(name, role, value, text, status == "approximate")
        for (name, text), role, value, status in zip(
            rows, (PEER, FOCUS), (change.old or 0.0, change.new or 0.0),
            (change.old_status, change.new_status), strict=True,
        )
    ]  # fmt: skip
    return BeforeAfter(
        title,
        charts.cards_dots(dots, scale_of(indicator)),
        f"Punktdiagram. {title}: før {row.before}, efter {row.after}, forskel {row.difference}.",
        Table(("", "Værdi"), rows),
    )
