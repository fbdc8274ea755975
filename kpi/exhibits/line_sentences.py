"""What is said of the lines of a development: title, reading, alt text, remarks."""

from collections.abc import Sequence
from functools import partial

from kpi.charts.marks import Line
from kpi.domain.catalog import Catalog
from kpi.domain.compare import Change, change
from kpi.domain.model import Indicator, Observation
from kpi.domain.period_words import is_other_season, when
from kpi.domain.wording import capital, gap_phrase, sentences
from kpi.exhibits.drawn_lines import DrawnLines
from kpi.exhibits.reading import reading_of
from kpi.exhibits.titles import (
    DOUBT,
    believed,
    change_title,
    earliest_alike,
    exact,
    gap_since,
    gap_title,
    other_group,
    unbroken,
    unsure,
    value_title,
)

OTHER_SEASON = "Forår og efterår er ikke samme årstid."


def lines_title(drawn: DrawnLines, in_percent: bool, indicator: Indicator, catalog: Catalog) -> str:
    """The chosen area's difference to the benchmark, now and before; without one its own change.

    A value that is implausible is marked as doubted in the sentence. Where the newest figure is
    hidden, the sentence says of when it speaks; where all are, and the country alone is drawn, that
    they are.
    """
    if drawn.unshown is not None:
        name = catalog.areas[drawn.unshown.area_id].name
        return value_title(drawn.unshown, indicator, name, catalog)
    focus, benchmark = drawn.focus, drawn.benchmark
    groups = {row.group_id for row in drawn.rows}
    of_group = "".join(
        other_group(drawn.focus_id, group_id, indicator, catalog) for group_id in groups
    )
    own = {row.period: row for row in drawn.series.get(drawn.focus_id, ())}
    points = exact(focus)
    # Of a figure that is hidden or missing there is a row, and no point.
    is_newest = not own or [*own][-1] == focus.points[-1].period
    theirs = {point.period: point for point in exact(benchmark)} if benchmark else {}
    if benchmark and points and points[-1] is focus.points[-1] and points[-1].period in theirs:
        last, other = points[-1], theirs[points[-1].period]
        gap = round(last.value - other.value, 10)
        approximate = last.approximate or other.approximate
        title = gap_title(
            focus.name, gap, drawn.against, indicator, in_percent, approximate, of_group
        )
        title += "" if is_newest else f" {when(last.period, indicator, catalog)}"
        title += DOUBT if last.doubted or other.doubted else ""
        comparison_in = partial(drawn.comparison_in, indicator=indicator, catalog=catalog)
        since = gap_since(focus, benchmark, indicator, catalog, comparison_in)
        return title + unsure(comparison_in(last.period)) + since
    moved: Change | None = None
    sure = unbroken(believed(focus), indicator)
    if len(sure) > 1:
        first = earliest_alike(sure, sure[-1], indicator, catalog)
        now, then = own.get(sure[-1].period), own.get(first.period)
        moved = change(now, then, indicator) if now and then else None
    return change_title(focus, in_percent, moved, indicator, catalog, is_newest, of_group)


def last_compared(
    drawn: DrawnLines, in_percent: bool, indicator: Indicator, catalog: Catalog
) -> str:
    """When the chosen area was last beside the benchmark, where its newest figure stands alone.

    `I 2025 er der ingen tal for hele landet; i 2024 lå Aarhus 3,1 procentpoint under hele landet.`:
    else a difference would be gone with the first new figure. Empty where there is none.
    """
    own, benchmark = believed(drawn.focus), drawn.benchmark
    if benchmark is None or not own or own[-1] is not drawn.focus.points[-1]:
        return ""
    theirs = {point.period: point for point in believed(benchmark)}
    newest = own[-1].period
    common = [point for point in unbroken(own, indicator) if point.period in theirs]
    # Of one that is hidden there is a row.
    is_there = drawn.country_id is not None and drawn.row_at(drawn.country_id, newest) is not None
    if not common or is_there or newest in theirs:
        return ""
    last = common[-1]
    other = theirs[last.period]
    gap = gap_phrase(
        round(last.value - other.value, 10), indicator, drawn.against, in_percent,
        last.approximate or other.approximate,
    )  # fmt: skip
    now, then = (when(period, indicator, catalog) for period in (newest, last.period))
    chance = unsure(drawn.comparison_in(last.period, indicator, catalog))
    return (
        f"{capital(now)} er der ingen tal for {drawn.against}; {then} lå {drawn.focus.name} "
        f"{gap}{chance}."
    )


def season_remark(focus: Line, indicator: Indicator, catalog: Catalog) -> str:
    """That the first and last value are of a spring and an autumn; empty where they are alike.

    Quarters and months begin and end in any season, which is seen; their titles look back to the
    same one.
    """
    first, last = focus.points[0], focus.points[-1]
    if last.period.kind != "half":
        return ""
    return OTHER_SEASON if is_other_season(first.period, last.period, indicator, catalog) else ""


def lines_reading(
    rows: Sequence[Observation], drawn: DrawnLines, indicator: Indicator, catalog: Catalog
) -> str:
    """The newest values beside each other: the chosen area's, then the benchmark's."""
    period = drawn.focus.points[-1].period
    newest = [row for row in rows if row.period == period]
    order = [drawn.focus_id, drawn.country_id]
    newest.sort(key=lambda row: order.index(row.area_id) if row.area_id in order else 2)
    return reading_of(newest, indicator, catalog, drawn.middle_at(period), drawn.against)


def lines_alt(
    title: str,
    under: str,
    lines: Sequence[Line],
    target_lines: Sequence[Line],
    indicator: Indicator,
    catalog: Catalog,
) -> str:
    """The lines by name with their first and last value, then the targets."""
    described = []
    for line in lines:
        first, last = (
            f"{point.text} {when(point.period, indicator, catalog)}"
            for point in (line.points[0], line.points[-1])
        )
        described.append(f"{line.name}: {last if first == last else f'{first}, {last}'}")
    described += [
        f"{target_line.name}: {target_line.points[-1].text}" for target_line in target_lines
    ]
    return sentences("Linjediagram", title, capital(under), "; ".join(described))
