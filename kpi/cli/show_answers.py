"""What `show` answers: one JSON object, and the same in Danish text."""

from collections.abc import Mapping, Sequence
from typing import Any

from kpi.domain import format as fmt
from kpi.domain.age import age_text, counted_until, months_between
from kpi.domain.catalog import Catalog
from kpi.domain.compare import Change, Comparison
from kpi.domain.judgement import NOT_JUDGED, lacks_uncertainty, verdict_words
from kpi.domain.measure import compares_in_percent, interval
from kpi.domain.model import Area, Indicator, Observation
from kpi.domain.period_words import (
    ahead_sentence,
    is_other_season,
    row_period_name,
    since_when,
)
from kpi.domain.plan import Target
from kpi.domain.targets import gap_to_target
from kpi.domain.units import unit_name
from kpi.domain.vocabulary import NO_COMPARISON, SAME, VERDICT_NAMES
from kpi.domain.wording import (
    caution_badges,
    gap_text,
    in_percent_of_earlier,
    in_text,
    parted_phrase,
    row_name,
    signed_gap,
    status_badges,
)
from kpi.store import Store
from kpi.views.standings import Standing, rank_text

_NBSP = fmt.NO_BREAK_SPACE


def show_answer(store: Store, indicator_id: str, figures: Sequence[Standing]) -> dict[str, Any]:
    """The newest values and comparisons, for `show --json`.

    `as_of` is the asked day, or today. `low` and `high` are in percent, null without counts.
    `break` is the break in the series since the figure before, with which none is compared then.
    """
    catalog = store.catalog()
    indicator = catalog.indicator(indicator_id)
    rows = [_row_answer(figure, indicator, catalog) for figure in figures]
    return {
        "indicator_id": indicator_id,
        "unit": indicator.unit,
        "as_of": store.day.isoformat(),
        "version": store.version,
        "rows": rows,
    }


def _row_answer(figure: Standing, indicator: Indicator, catalog: Catalog) -> dict[str, Any]:
    """The newest value of a series, with what it is compared with."""
    own = figure.observation
    previous = figure.previous
    # Of a share the interval of its counts, of a limit the limits that the source gives.
    low, high = interval(own, indicator) or (own.low, own.high)
    return {
        "area_id": own.area_id,
        "group_id": own.group_id,
        "period": own.period.text,
        "value": own.value,
        "display": fmt.display(own, indicator),
        "status": own.status,
        "measured": own.measured,
        "numerator": own.numerator,
        "denominator": own.denominator,
        "low": low,
        "high": high,
        "previous": None
        if previous is None
        else {
            "period": previous.since.text,
            "change": previous.change_points,
            "relative_change": previous.relative_percent,
        },
        "break": None
        if figure.parted is None
        else {
            "period": figure.parted.since.text,
            "day": figure.parted.broken.day.isoformat(),
            "title": figure.parted.broken.title,
        },
        "comparisons": [comparison_answer(each, indicator) for each in figure.comparisons],
        "rank": None
        if figure.rank is None
        else {"of": figure.rank.of, "place": figure.rank.place, "among": figure.rank.among},
        "source_id": own.source_id,
        "note": own.note,
        "doubted": catalog.is_implausible(own),
        "age_months": _age_months(own, catalog),
        "not_begun": [
            {"period": row.period.text, "value": row.value} for row in catalog.ahead_of(*own[:3])
        ],
    }


def _age_months(own: Observation, catalog: Catalog) -> int | None:
    """Whole months since the figure was counted; None before its period has ended."""
    source, indicator = catalog.sources[own.source_id], catalog.indicators[own.indicator_id]
    until = counted_until(own, source, indicator)
    return months_between(until, catalog.day) if until <= catalog.day else None


def comparison_answer(comparison: Comparison, indicator: Indicator) -> dict[str, Any]:
    """A comparison for --json; `uncertainty` is null where chance is neither judged nor lacking."""
    uncertainty = None
    if comparison.is_judged:
        uncertainty = "judged"
    elif lacks_uncertainty(comparison, indicator):
        uncertainty = "not_calculated"
    return {
        "with": comparison.with_id,
        "kind": comparison.kind,
        "value": comparison.value,
        "gap": comparison.gap_points,
        "verdict": _VERDICT_WORDS[comparison.verdict],
        "uncertainty": uncertainty,
    }


# The words on screen may be put better; what other programs read stays as it is.
_VERDICT_WORDS: Mapping[str, str] = {
    **VERDICT_NAMES,
    SAME: "kan ikke skelnes",
    NO_COMPARISON: "ingen sammenligning",
}


def show_text(catalog: Catalog, indicator_id: str, figures: Sequence[Standing]) -> str:
    """The newest figures as text: a line each, its comparisons indented under it."""
    indicator = catalog.indicator(indicator_id)
    lines = [f"{indicator.name} ({unit_name(indicator.unit)})"]
    for figure in figures:
        own = figure.observation
        area = catalog.areas[own.area_id]
        group = catalog.groups[own.group_id].name
        reach = interval(own, indicator)
        unsure = f", sikkerhedsinterval {fmt.interval(*reach)}" if reach else ""
        value = f"{fmt.display(own, indicator)}{unsure}"
        when = row_period_name(own, indicator, catalog)
        lines.append(f"{area.name}, {group}, {when}: {value}")
        lines.append(f"  {_age_and_cautions(own, catalog)}")
        lines += [f"  {ahead_sentence(row, catalog)}" for row in catalog.ahead_of(*own[:3])]
        if figure.previous:
            lines.append(f"  {_previous_text(own, figure.previous, indicator, catalog)}")
        if figure.parted:
            lines.append(f"  {parted_phrase(figure.parted, indicator, catalog)}")
        lines += [f"  {_comparison_text(own, each, catalog, area)}" for each in figure.comparisons]
        if figure.rank:
            lines.append(f"  {rank_text(figure.rank, indicator, catalog)}")
    return "\n".join(lines).replace(_NBSP, " ")


def _age_and_cautions(own: Observation, catalog: Catalog) -> str:
    """`15 måneder gammelt; papirets tal afviger`: as the badges on the pages say it."""
    source, indicator = catalog.sources[own.source_id], catalog.indicators[own.indicator_id]
    cautions = [age_text(own, source, indicator, catalog.day)]
    # Approximate, hidden and limited values say so themselves.
    badges = status_badges(own)
    cautions += [
        in_text(caution_badge.text)
        for caution_badge in caution_badges(own, catalog)
        if caution_badge not in badges
    ]
    return "; ".join(cautions)


def _previous_text(
    own: Observation, previous: Change, indicator: Indicator, catalog: Catalog
) -> str:
    """`siden foråret 2024: −3,3 procentpoint (ikke samme årstid)`; a count also in percent."""
    in_percent = compares_in_percent(own, indicator)
    text = _step(previous.change_points, indicator, in_percent, previous.approximate)
    if not in_percent and not previous.approximate:
        text += in_percent_of_earlier(previous)
    if is_other_season(previous.since, own.period, indicator, catalog):
        text += " (ikke samme årstid)"
    elif previous.is_chance:
        text += ", ingen sikker ændring"
    return f"{since_when(previous.since, indicator, catalog)}: {text}"


def _comparison_text(own: Observation, each: Comparison, catalog: Catalog, area: Area) -> str:
    """`i forhold til hele landet: −7,2 procentpoint (dårligere; usikkerhed ikke beregnet)`.

    Of a target only how far it is, as on the pages: `5 timer under forslaget for 2025`.
    """
    indicator = catalog.indicators[own.indicator_id]
    target = _target_of(each, catalog)
    if target:
        return gap_to_target(target, own, indicator, catalog)
    gap = _step(each.gap_points, indicator, each.in_percent, each.approximate)
    name = row_name(each, indicator, catalog, area)
    words = verdict_words(each, indicator)
    if catalog.is_implausible(own):
        words = in_text(NOT_JUDGED)
    return f"i forhold til {name}: {gap} ({words})"


def _target_of(comparison: Comparison, catalog: Catalog) -> Target | None:
    """The target that a figure is compared with; None where it is another figure."""
    if comparison.kind != "target":
        return None
    return next(target for target in catalog.targets if target.target_id == comparison.with_id)


def _step(
    points: float | None, indicator: Indicator, in_percent: bool, approximate: bool = False
) -> str:
    """A difference with its sign; in percentage points also between counts with a denominator."""
    if points is None:
        return fmt.MISSING
    if in_percent:
        return f"{signed_gap(points, indicator, approximate)} procentpoint"
    return gap_text(points, indicator, approximate)
