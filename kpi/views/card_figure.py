"""The small chart of a card: what it draws, and its alt text."""

from collections.abc import Sequence
from dataclasses import replace

import plotly.graph_objects as go

from kpi import charts
from kpi.charts.marks import FOCUS, PEER, TARGET, Dot, Line
from kpi.domain import format as fmt
from kpi.domain.catalog import Catalog
from kpi.domain.compare import Comparison
from kpi.domain.figures import Figures
from kpi.domain.measure import share, shown_counts
from kpi.domain.model import Observation
from kpi.domain.plan import Target
from kpi.domain.series_break import break_between
from kpi.domain.targets import (
    is_drawn_beside,
    next_targets,
    target_number,
    targets_of,
)
from kpi.domain.wording import (
    break_reason,
    capital,
)
from kpi.exhibits.one_measure import in_one_measure, measuring
from kpi.exhibits.parts import dot_in_words, dot_of, line_of, role_of, scale_of
from kpi.exhibits.targets import lines_to_targets
from kpi.views.focus import areas_to_draw

# What a card is wide enough for: three years of months, ten of quarters.
_MOST_PERIODS = 40


def card_figure(
    own: Observation,
    compared: Sequence[Comparison],
    figures: Figures,
    history: Figures,
    catalog: Catalog,
) -> tuple[go.Figure | None, str]:
    """The small chart and its alt text: a line of three periods or more, else dots; None of one."""
    indicator = catalog.indicators[own.indicator_id]
    series = history.series_like(own)
    pattern = measuring((own, *series))
    series, _ = in_one_measure(pattern, series, indicator)
    if len(series) >= 3:
        country = catalog.country()
        ids = areas_to_draw(
            [own.area_id, *([country.area_id] if country else [])], indicator, catalog
        )
        lines = [
            line_of(
                _short_area(catalog.areas[id_].name), role_of(id_, own.area_id, catalog),
                in_one_measure(
                    pattern, history.series_like(own._replace(area_id=id_)), indicator
                )[0][-_MOST_PERIODS:],
                indicator, catalog,
            )
            for id_ in ids
        ]  # fmt: skip
        lines = [line for line in lines if line.points]
        lines += [
            replace(line, name=_short_target(line))
            for line in lines_to_targets(
                targets_to_come(own, catalog), series, series[-_MOST_PERIODS:], indicator, catalog
            )
        ]
        first, last = lines[0].points[0], lines[0].points[-1]
        alt = (
            f"Linjediagram: {lines[0].name} fra {first.text} i {first.period_name} "
            f"til {last.text} i {last.period_name}."
        )
        if (broken := break_between(first.period, last.period, indicator)) is not None:
            alt += f" {break_reason(broken)}."
        return charts.card_trend(lines, scale_of(indicator)), alt
    rows = _dots(own, compared, figures, catalog)
    target = next(iter(targets_to_come(own, catalog)), None)
    if target and target.is_decided and rows and is_drawn_beside(own, target, indicator):
        if len(rows) == 1:
            # Beside its target alone, the figure is the area's.
            rows = [replace(rows[0], name=_short_area(catalog.areas[own.area_id].name))]
        text = target_number(target, indicator)
        rows.append(Dot("Måltal", PEER, target.value, text, approximate=True))
    if len(rows) < 2:
        return None, ""
    scale = scale_of(indicator, [own])
    alt = "Punktdiagram: " + "; ".join(map(dot_in_words, rows)) + "."
    return charts.cards_dots(rows, scale), alt


def _short_target(line: Line) -> str:
    """A target's line named as short as a card needs it; of limits there may be several."""
    if line.role == TARGET:
        return "Måltal"
    return f"Grænse{fmt.NO_BREAK_SPACE}{line.points[-1].text}"


def _dots(
    own: Observation,
    compared: Sequence[Comparison],
    figures: Figures,
    catalog: Catalog,
) -> list[Dot]:
    """Own value and at most two it is compared with: the benchmark, then the farthest area."""
    indicator = catalog.indicators[own.indicator_id]
    if indicator.is_total and not share(own, indicator):
        return []
    areas = [
        comparison
        for comparison in compared
        if comparison.kind == "area" and comparison.other is not None
    ]
    if areas:
        rest = sorted(areas[1:], key=lambda comparison: -abs(comparison.gap_points or 0))[:1]
        others = [
            comparison.other for comparison in [areas[0], *rest] if comparison.other is not None
        ]
        first = areas[0]
    else:
        groups = _other_groups(own, figures, catalog)
        others = list(in_one_measure(own, groups, indicator)[0])
        first = None
    rows = []
    for row in [own, *others]:
        if areas:
            role = role_of(row.area_id, own.area_id, catalog)
            name = _short_area(catalog.areas[row.area_id].name)
        else:
            role = FOCUS if row is own else PEER
            name = short_group(catalog.groups[row.group_id].name)
        dot = dot_of(name, role, row, indicator, first if row is own else None)
        counted = shown_counts(row, indicator)
        if dot is not None:
            # The card's sentence says the percent; its small chart has room for the counts only.
            rows.append(replace(dot, text=fmt.n_of_n(*counted)) if counted else dot)
    return rows


def _other_groups(own: Observation, figures: Figures, catalog: Catalog) -> list[Observation]:
    """The reference group; for amounts without one, up to two other groups."""
    reference = catalog.groups[own.group_id].reference_group_id
    indicator = catalog.indicators[own.indicator_id]
    group_ids = list(catalog.groups) if indicator.kind == "amount" else []
    rows = [
        figures.at(own.indicator_id, own.area_id, group_id, own.period)
        for group_id in ([reference] if reference else group_ids)
        if group_id != own.group_id
    ]
    return [row for row in rows if row is not None][:2]


def short_group(name: str) -> str:
    """A group's name as short as a card's chart needs it: `Ikke-vestlig`, `Dansk`, `Jobparate`."""
    words = name.removesuffix(" ekskl. Ukraine").removeprefix("Kvinder med ")
    return capital(words.removesuffix(" baggrund").removesuffix(" ledige"))


def _short_area(name: str) -> str:
    return capital(name.removeprefix("Hele "))


def targets_to_come(own: Observation, catalog: Catalog) -> tuple[Target, ...]:
    """The targets that a figure is on its way to, next one first."""
    targets = targets_of(catalog.targets, own.indicator_id, own.area_id, own.group_id)
    return next_targets(targets, catalog.day)
