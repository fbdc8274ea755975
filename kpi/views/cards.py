"""Cards: one key figure with its value, comparison in words, badges and a small chart."""

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from kpi.domain import format as fmt
from kpi.domain.age import age_text, counted_until, months_between
from kpi.domain.catalog import Catalog
from kpi.domain.compare import Comparison
from kpi.domain.figures import Figures
from kpi.domain.judgement import comparison_phrase, figure_badges, leading
from kpi.domain.measure import shown_counts
from kpi.domain.model import Area, Indicator, Observation
from kpi.domain.period_words import ahead_sentence, row_period_in_text, row_period_name
from kpi.domain.progress import progress_text
from kpi.domain.selection import Selection
from kpi.domain.series_break import break_between
from kpi.domain.targets import target_summary
from kpi.domain.verdicts import comparisons
from kpi.domain.vocabulary import LEVEL_NOUNS, NO_COMPARISON
from kpi.domain.wording import (
    NOT_COMPARED,
    UNKNOWN,
    Badge,
    among,
    capital,
    for_whom,
    in_text,
    listing,
)
from kpi.exhibits.begun import unequal_time_badges
from kpi.exhibits.parts import whose
from kpi.views.card_figure import card_figure, targets_to_come


@dataclass(frozen=True)
class Card:
    """One key figure. `value` is the big text, `sentence` what it means beside others.

    `label` names the figure in full, `who` only whose it is.

    `figure` is None where there is nothing to draw; `alt` then is empty. `target` says how far a
    set target is, or that none is set. `age` is how old the figure is; `newer` is a newer one that
    few others have yet, or says that the source may have one, where it is old and more may come.
    """

    indicator: Indicator
    subject: str
    period: str
    label: str
    who: str
    value: str
    sentence: str
    badges: tuple[Badge, ...]
    figure: go.Figure | None
    alt: str
    source: str
    selection: Selection
    target: str = ""
    age: str = ""
    newer: str = ""


# From so many months on a newer figure may be had.
_OLD_MONTHS = 24


def card(
    own: Observation,
    figures: Figures,
    history: Figures | None,
    catalog: Catalog,
) -> Card:
    """The card of an observation. `history` has the full series for the small trend, where loaded.

    Without a history (None) it has no small chart.
    """
    indicator = catalog.indicators[own.indicator_id]
    theme = catalog.themes[catalog.theme_of(own.indicator_id, own.group_id)]
    compared = comparisons(own, figures, catalog)
    counted = shown_counts(own, indicator)
    figure, alt = None, ""
    if history is not None:
        figure, alt = card_figure(own, compared, figures, history, catalog)
    return Card(
        indicator=indicator,
        subject=indicator.short_name,
        period=row_period_name(own, indicator, catalog),
        label=_label(own, indicator, catalog),
        who=_who(own, indicator, catalog),
        value=fmt.n_of_n(*counted) if counted else fmt.display(own, indicator),
        sentence=_sentence(own, compared, figures, catalog),
        badges=(*_badges(own, compared, catalog), *_break_badges(own, history, catalog)),
        figure=figure,
        alt=alt,
        source=catalog.sources[own.source_id].title.partition(":")[0],
        selection=Selection("tema", tema=theme.theme_id, noegletal=indicator.indicator_id),
        target=_target(own, indicator, history, catalog),
        age=age_text(own, catalog.sources[own.source_id], indicator, catalog.day),
        newer=_newer(own, figures, indicator, catalog),
    )


def _newer(own: Observation, figures: Figures, indicator: Indicator, catalog: Catalog) -> str:
    """What is newer than the figure: one that few others have yet, or perhaps the source's."""
    ahead = catalog.ahead_of(*own[:3])
    if ahead:
        return ahead_sentence(ahead[0], catalog)
    newer = figures.newer.get(own[:3])
    if newer is not None:
        text = fmt.display(newer, indicator)
        when = row_period_in_text(newer, indicator, catalog)
        # They have other periods, or will have this one later.
        yet = " endnu" if newer.period.is_like(own.period) else ""
        return f"Nyere tal: {text} ({when}). Det har de fleste andre kommuner ikke{yet}."
    source = catalog.sources[own.source_id]
    months = months_between(counted_until(own, source, indicator), catalog.day)
    if source.frequency == "once" or months < _OLD_MONTHS:
        return ""
    newest = row_period_in_text(own, indicator, catalog)
    is_from = " er fra" if own.measured == "over" else ":"
    return f"Nyeste tal i Spor{is_from} {newest}. Kilden kan have nyere tal."


def _target(
    own: Observation, indicator: Indicator, history: Figures | None, catalog: Catalog
) -> str:
    """The figure's target, and the progress towards it where the series is loaded."""
    rows = history.series(own.indicator_id, own.area_id, own.group_id) if history else ()
    described = target_summary(
        catalog.targets, indicator, own, [own.area_id], catalog, catalog.day, rows
    )
    if history is None:
        return described
    alike = history.series_like(own)
    progress = [
        progress_text(alike, target, indicator, catalog).rstrip(".")
        for target in targets_to_come(own, catalog)
    ]
    return ". ".join(filter(None, (described, *progress)))


def empty_card(
    indicator: Indicator, focus: Sequence[str], catalog: Catalog, is_known: bool = False
) -> Card:
    """The card of an indicator that has no figures in the areas yet; `is_known`: in others.

    Where there are none at all, the note of its source says what they are to be.
    """
    name = catalog.areas[focus[0]].name
    note = indicator.source_note or "Der er endnu ikke indlæst tal"
    ahead = next(
        (
            rows[0]
            for area_id in focus
            if (rows := catalog.ahead_of(indicator.indicator_id, area_id, indicator.default_group))
        ),
        None,
    )
    if ahead is not None:
        note, is_known = ahead_sentence(ahead, catalog), False
    return Card(
        indicator, indicator.short_name, "", indicator.name, "", fmt.MISSING,
        f"Spor har ingen tal for {name}, kun for andre." if is_known else note.rstrip(".") + ".",
        (Badge("unknown", "Ingen tal indlæst"),), None, "", "",
        Selection("tema", tema=indicator.theme_id, noegletal=indicator.indicator_id),
        target_summary(catalog.targets, indicator, None, focus, catalog, catalog.day),
    )  # fmt: skip


def _label(own: Observation, indicator: Indicator, catalog: Catalog) -> str:
    area = catalog.areas[own.area_id]
    if area.level == "programme_area":
        return f"{area.name}: {in_text(indicator.name)}"
    if area.is_local:
        named = [in_text(indicator.name), *whose(indicator, own.group_id, catalog)]
        return f"{area.name}: {', '.join(named)}"
    return ", ".join([indicator.name, *whose(indicator, own.group_id, catalog)])


def _who(own: Observation, indicator: Indicator, catalog: Catalog) -> str:
    area = catalog.areas[own.area_id]
    group = whose(indicator, own.group_id, catalog)
    if area.level == "programme_area":
        return area.name
    if area.is_local:
        return ", ".join([area.name, *group])
    return ", ".join(group) or area.name


def _share_sentence(
    counted: tuple[float, float],
    area: Area,
    compared: Sequence[Comparison],
    indicator: Indicator,
    catalog: Catalog,
) -> str:
    """`31 % i Gellerup mod 21-23 % i de to andre områder.`: a share of few beside others like it.

    A range is of all of their kind and level that have a value, also of those of many people.
    """
    text = f"**{capital(fmt.percent(100 * counted[0] / counted[1], 0))} i {area.name}"
    beside = [each for each in compared if each.other and shown_counts(each.other, indicator)]
    if not beside:
        return f"{text}.**"
    first, theirs = beside[0], beside[0].other
    assert theirs is not None
    where = catalog.areas[theirs.area_id]
    values = {
        each.other.area_id: each.value
        for each in compared
        if each.kind == first.kind
        and each.other
        and each.value is not None
        and catalog.areas[each.other.area_id].level == where.level
    }
    if len(values) > 1 and not first.is_benchmark:
        # One of several would be as good as any other of them.
        low, high = min(values.values()), max(values.values())
        span = fmt.percent(low, 0) if low == high else fmt.span(low, high)
        the = "de " if _fellows(area, catalog) <= {area.area_id, *values} else ""
        many = fmt.count_word(len(values))
        return f"{text} mod {span} i {the}{many} andre {LEVEL_NOUNS[where.level]}**."
    counts = shown_counts(theirs, indicator) or counted
    whose_share = f"i {where.name}"
    if first.kind == "group":
        whose_share = among(catalog.groups[first.with_id].name)
    other_share = f"{fmt.percent(100 * counts[0] / counts[1], 0)} {whose_share}"
    return f"{text} mod {other_share}** ({fmt.n_of_n(*counts)})."


def _fellows(area: Area, catalog: Catalog) -> set[str]:
    """The areas that a figure of the area is compared with one by one."""
    siblings = catalog.siblings(area) if area.is_residential else ()
    of_sets = (area_id for set_ in catalog.sets_of(area.area_id) for area_id in set_.area_ids)
    return {*of_sets, *(sibling.area_id for sibling in siblings)}


def _sentence(
    own: Observation, compared: Sequence[Comparison], figures: Figures, catalog: Catalog
) -> str:
    indicator = catalog.indicators[own.indicator_id]
    area = catalog.areas[own.area_id]
    counted = shown_counts(own, indicator)
    if counted:
        return _share_sentence(counted, area, compared, indicator, catalog)
    judged = [each for each in compared if each.verdict != NO_COMPARISON]
    first = leading(judged)
    if first is not None:
        # Beside the benchmark, the area that lies farthest from the figure says most.
        kind = "area" if first.is_benchmark else first.kind
        rest = [each for each in judged if each is not first and each.kind == kind]
        text = f"**{capital(comparison_phrase(first, indicator, catalog, area))}**"
        if rest:
            far = max(rest, key=lambda comparison: abs(comparison.gap_points or 0))
            # Said, as the others of the set may lie on the other side.
            which = ", som ligger længst fra" if len(rest) > 1 else ""
            text += f" og {comparison_phrase(far, indicator, catalog, area)}{which}"
        return text + "."
    parts = _parts(own, figures, catalog)
    if parts:
        return parts
    return (own.note or indicator.definition).rstrip(".") + "."


def _parts(own: Observation, figures: Figures, catalog: Catalog) -> str:
    """`Heraf 2 for arabisktalende borgere …`: the groups that a count is made up of."""
    indicator = catalog.indicators[own.indicator_id]
    if not indicator.is_total or own.group_id != "all":
        return ""
    parts = []
    for group in catalog.groups.values():
        row = figures.at(own.indicator_id, own.area_id, group.group_id, own.period)
        if row is not None and group.group_id != own.group_id:
            parts.append(f"{fmt.bare(row, indicator)} {for_whom(indicator, group.name)}")
    return f"Heraf {listing(parts)}." if parts else ""


def _badges(
    own: Observation, compared: Sequence[Comparison], catalog: Catalog
) -> tuple[Badge, ...]:
    """A card has room to say that there is nothing to compare with."""
    nothing = () if compared else (Badge(UNKNOWN, NOT_COMPARED),)
    beside = [own, *(each.other for each in compared if each.other)]
    unequal = unequal_time_badges(beside, catalog)
    return nothing + figure_badges(own, compared, catalog) + unequal


def _break_badges(own: Observation, history: Figures | None, catalog: Catalog) -> tuple[Badge, ...]:
    """That earlier figures of the series cannot be compared with this one, and from when."""
    indicator = catalog.indicators[own.indicator_id]
    if history is None or not indicator.breaks:
        return ()
    series = history.series(own.indicator_id, own.area_id, own.group_id)
    apart = [
        broken
        for row in series
        if row.period.end < own.period.start
        and (broken := break_between(row.period, own.period, indicator)) is not None
    ]
    if not apart:
        return ()
    day = apart[-1].day
    when = fmt.partial_date(f"{day:%Y-%m}") if day.day == 1 else fmt.long_date(day)
    return (Badge(UNKNOWN, f"Kan ikke sammenlignes før {when}"),)
