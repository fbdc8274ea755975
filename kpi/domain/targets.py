"""Targets beside figures: what is set, how far it is, and whether progress is sufficient.

A target is written in its indicator's unit: a count is compared with the count, a share with the
share counted afresh.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from kpi.domain import format as fmt
from kpi.domain.catalog import Catalog
from kpi.domain.compare import Comparison, Pair, judge_alone
from kpi.domain.judgement import gap_alone_if_doubted
from kpi.domain.measure import Measured, measured
from kpi.domain.model import Break, Indicator, Observation
from kpi.domain.period import Period, parse_period
from kpi.domain.period_words import period_in_text, period_name, when, when_row
from kpi.domain.plan import Target
from kpi.domain.series_break import break_between
from kpi.domain.vocabulary import NO_COMPARISON
from kpi.domain.wording import break_reason, gap_phrase, in_text, listing

# On a line that nobody here aims at.
LIMIT_NAME = "Lovens grænse"
NO_TARGET = "Intet måltal fastsat"
# `i` and `å` are words.
_SECTION = re.compile(r"§ ?\d+(?: [a-hj-zæø](?!\w))?")
# What counts most comes first: what is in force before what is only proposed.
_RANKED = ("decided", "legal_threshold", "ceiling", "proposed")


@dataclass(frozen=True)
class _Words:
    """Words for a target of a state: before its value, as a name, and where a figure is at it."""

    opening: str
    name: str
    held_against: str
    limit: str = ""


_STATE_WORDS = {
    "decided": _Words("Måltal", "Måltal", "måltallet"),
    "proposed": _Words("Foreslået", "Forslag", "forslaget"),
    "ceiling": _Words("Loft", "Loft", "loftet", "højst "),
    "legal_threshold": _Words(LIMIT_NAME, LIMIT_NAME, "lovens grænse"),
}


def targets_of(
    targets: Sequence[Target], indicator_id: str, area_id: str, group_id: str
) -> tuple[Target, ...]:
    """The targets of one key, by period; of one period what is in force before a proposal."""
    matching = [
        target
        for target in targets
        if (target.indicator_id, target.area_id, target.group_id)
        == (indicator_id, area_id, group_id)
    ]
    return tuple(sorted(matching, key=_order))


def _order(target: Target) -> tuple[object, ...]:
    return period_of(target).order, _RANKED.index(target.state), target.target_id


def period_of(target: Target) -> Period:
    """The period that a target is set for."""
    return parse_period(target.period)


def target_name(target: Target, indicator: Indicator, catalog: Catalog) -> str:
    """`Måltal 2026`, `Forslag 2025`, `Loft 2026`, `Lovens grænse 2025`."""
    name = period_name(period_of(target), indicator, catalog)
    return f"{_STATE_WORDS[target.state].name} {name}"


def target_amount(target: Target, indicator: Indicator) -> str:
    """The target with its unit: the figures' decimals, and all that it has itself.

    A law's limit as the law writes it, `40 %`: its note says it so, too.
    """
    return fmt.amount(target.value, indicator, _decimals_of(target, indicator))


def target_number(target: Target, indicator: Indicator) -> str:
    """The target without its unit, for labels inside a chart."""
    return fmt.number(target.value, _decimals_of(target, indicator))


def _decimals_of(target: Target, indicator: Indicator) -> int:
    if target.is_the_laws:
        return _own_decimals(target.value)
    return target_decimals(target.value, indicator)


def target_decimals(value: float, indicator: Indicator) -> int:
    """The figures' decimals, and all that the target has itself."""
    return max(indicator.decimals, _own_decimals(value))


def _own_decimals(value: float) -> int:
    return len(f"{value:.10f}".rstrip("0").partition(".")[2])


def next_target(targets: Sequence[Target], day: date) -> Target | None:
    """The target that counts on a day: of those that lie ahead the decided one, else what is next.

    After the decided come a law's limit, a ceiling and a proposal; of several the first. Where none
    lies ahead, the last in the same order.
    """
    ordered = sorted(targets, key=_order)
    ahead = [target for target in ordered if period_of(target).end >= day]
    by_state = lambda target: _RANKED.index(target.state)  # noqa: E731
    if ahead:
        return min(ahead, key=by_state)
    return min(reversed(ordered), key=by_state, default=None)


def next_targets(targets: Sequence[Target], day: date) -> tuple[Target, ...]:
    """`next_target`, and where it is a law's, all limits that laws set for its key and period.

    A law may set two: one for each list that an area can come on. Empty without any.
    """
    following = next_target(targets, day)
    if following is None or not following.is_the_laws:
        return (following,) if following else ()
    beside = (target for target in targets if target.is_the_laws and _is_beside(following, target))
    return tuple(sorted(beside, key=_order))


def _is_beside(target: Target, other: Target) -> bool:
    return (target.indicator_id, target.area_id, target.group_id, target.period) == (
        other.indicator_id, other.area_id, other.group_id, other.period
    )  # fmt: skip


def limit_name(limits: Sequence[Target]) -> str:
    """What limits of one value are called: `Lovens grænse (§ 61 a og § 61 b)`.

    The sections are those that the notes name; without any it is just the law's limit.
    """
    sections = [section[0] for limit in limits if (section := _SECTION.search(limit.note))]
    return f"{LIMIT_NAME} ({listing([*dict.fromkeys(sections)])})" if sections else LIMIT_NAME


def row_for(target: Target, series: Sequence[Observation]) -> Observation:
    """The figure of a series that a target is compared with: its own period's, else the newest.

    A law's limit stays in force: it is always the newest.
    """
    if target.is_the_laws:
        return series[-1]
    aimed = period_of(target)
    own = [row for row in series if row.period == aimed and row.value is not None]
    return own[0] if own else series[-1]


def target_text(
    chosen: Target, row: Observation | None, indicator: Indicator, catalog: Catalog
) -> str:
    """`Loft: højst 50 pladser i 2026`, with the distance where there is a figure, and its note.

    The distance is given for every target and says nothing of better or worse.
    """
    aimed, words = period_of(chosen), _STATE_WORDS[chosen.state]
    value = target_amount(chosen, indicator)
    if words.limit and indicator.is_bare:
        # "højst 50" of what: the amount of a count has no unit of its own.
        value = fmt.with_unit(value, indicator.unit, is_singular=chosen.value == 1)
    text = f"{words.opening}: {words.limit}{value} {when(aimed, indicator, catalog)}"
    known = "" if not row or row.period == aimed else f" {when_row(row, indicator, catalog)}"
    if row and (distance := _distance(chosen, row, indicator)):
        text = f"{text}; tallet{known} er {distance}"
    elif row and row.value is not None and (reason := why_apart(row, chosen, indicator)):
        text = f"{text}; {words.held_against} kan ikke sammenlignes med tallet{known}. {reason}"
    return f"{text}. {chosen.note}" if chosen.note else text


def gap_to_target(target: Target, row: Observation, indicator: Indicator, catalog: Catalog) -> str:
    """`5 timer under forslaget for 2025`: the most that is said of a target that is not decided.

    Empty where the figure is hidden, missing or only a limit.
    """
    distance = _distance(target, row, indicator)
    name = period_in_text(period_of(target), indicator, catalog)
    return f"{distance} for {name}" if distance else ""


def break_before(row: Observation, target: Target, indicator: Indicator) -> Break | None:
    """The newest break in the series that parts a figure from a target; None where none does.

    It lies between their periods, or the target was set before it and the figure counted after: who
    set it knew the earlier way of counting, whatever year it is set for.
    """
    parted = break_between(row.period, period_of(target), indicator)
    set_before = [
        each
        for each in indicator.breaks
        if target.set_on is not None and target.set_on < each.day <= row.period.end
    ]
    return max(filter(None, [parted, *set_before]), default=None)


def why_apart(row: Observation, target: Target, indicator: Indicator) -> str:
    """Why a figure is not compared with a target, as a sentence; empty where it is."""
    if broken := break_before(row, target, indicator):
        return break_reason(broken)
    if is_of_other_length(row, target, indicator):
        return "De tæller ikke over lige lange perioder."
    return ""


def is_of_other_length(row: Observation, target: Target, indicator: Indicator) -> bool:
    """Whether a count grows with its period, which is not as long as the target's."""
    grows = indicator.is_total and row.measured in ("over", "since")
    return grows and not row.period.is_like(period_of(target))


def _distance(target: Target, row: Observation, indicator: Indicator) -> str:
    """`5 timer under forslaget`; empty where there is no exact value, or a break lies between."""
    value = comparable(row, indicator).value
    if value is None or why_apart(row, target, indicator):
        return ""
    return gap_phrase(
        round(value - target.value, 10),
        indicator,
        _STATE_WORDS[target.state].held_against,
        indicator.is_proportion,
        row.is_approximate,
        decimals=target_decimals(target.value, indicator),
    )


def target_summary(
    targets: Sequence[Target],
    indicator: Indicator,
    row: Observation | None,
    area_ids: Sequence[str],
    catalog: Catalog,
    day: date,
    series: Sequence[Observation] = (),
) -> str:
    """What is set for the figure; else for another group or one of the areas, and for whom.

    `row` is the figure shown, None where there is none: that of the first of the areas is missed
    then. `day` chooses among several targets. A target whose period is over is compared with the
    figure of that, so without the whole `series` no distance is given. Says so where none is set.
    """
    own = next_targets(
        targets_of(targets, row.indicator_id, row.area_id, row.group_id) if row else (), day
    )
    if own and row:
        return _in_a_row(
            target_text(target, _held_against(target, row, series), indicator, catalog)
            for target in own
        )
    others = [
        target
        for target in targets
        if target.indicator_id == indicator.indicator_id and target.area_id in area_ids
    ]
    chosen = next_targets(others, day)
    if not chosen:
        return NO_TARGET
    area_id, group_id = (
        (row.area_id, row.group_id) if row else (area_ids[0], indicator.default_group)
    )
    whose = [catalog.areas[chosen[0].area_id].name] if chosen[0].area_id != area_id else []
    if chosen[0].group_id != group_id:
        whose.append(in_text(catalog.groups[chosen[0].group_id].name))
    suffix = f" ({', '.join(whose)})" if whose else ""
    return _in_a_row(
        target_text(replace(target, note=""), None, indicator, catalog)
        + suffix
        + (f". {target.note}" if target.note else "")
        for target in chosen
    )


def _held_against(
    target: Target, row: Observation, series: Sequence[Observation]
) -> Observation | None:
    is_over = period_of(target).end < row.period.end and not target.is_the_laws
    return None if is_over and not series else row_for(target, [*series, row])


def _in_a_row(texts: Iterable[str]) -> str:
    """The texts as sentences; only the last keeps the end that it came with."""
    *before, last = texts
    return " ".join([*(f"{text.rstrip('.')}." for text in before), last])


def compared_with_targets(
    row: Observation, indicator: Indicator, catalog: Catalog
) -> tuple[Comparison, ...]:
    """The figure beside every target of its key, by period; empty where there is no value.

    `with_id` is the target's id. Only by a decided target it is judged, by chance too where counts
    are known; of the others there is the gap alone. None where they are apart.
    """
    ours = comparable(row, indicator)
    if ours.value is None:
        return ()
    targets = targets_of(catalog.targets, row.indicator_id, row.area_id, row.group_id)
    return tuple(
        gap_alone_if_doubted(_compared_with_target(ours, target), row, catalog)
        for target in targets
        if not why_apart(row, target, indicator)
    )


def _compared_with_target(ours: Measured, target: Target) -> Comparison:
    judged = judge_alone(Pair(ours, "target", target.target_id, target.value))
    if target.is_decided:
        return judged
    return judged._replace(verdict=NO_COMPARISON, low=None, high=None)


def comparable(row: Observation, indicator: Indicator) -> Measured:
    """What of the figure a target is compared with: of a count the count, not its share."""
    if indicator.is_proportion:
        return measured(row, indicator)
    # A limit ("mere end 30") is not compared with anything.
    value = None if row.is_bound else row.value
    return Measured(row, indicator, None, value, in_percent=False)


def is_drawn_beside(row: Observation, target: Target, indicator: Indicator) -> bool:
    """Whether charts draw the figure in the target's unit (some counts are shares) and length."""
    is_in_its_unit = measured(row, indicator).in_percent == indicator.is_proportion
    return is_in_its_unit and not is_of_other_length(row, target, indicator)
