"""What a fetched file that waits has, counted: in a line, and as chips."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kpi.domain import format as fmt
from kpi.domain.catalog import Catalog
from kpi.domain.errors import Problem, count_of
from kpi.domain.period import parse_period
from kpi.domain.period_words import period_name
from kpi.domain.problem_codes import PROBLEM_KINDS, ProblemCode
from kpi.domain.wording import Badge, BadgeKind, in_text, listing
from kpi.ingest.checked import Change, Checked
from kpi.store import Store
from kpi.views.upload_problems import errors_of, has_personal_data, warnings_of
from kpi.views.waiting_moves import Moves, moves_of

_MOST_NAMED = 3


@dataclass(frozen=True)
class Evidence:
    """What a person looks at before a file is published; `moves` None where nothing is asked."""

    about: str
    chips: tuple[Badge, ...]
    moves: Moves | None


def evidence(checked: Checked, store: Store, catalog: Catalog, home_area: str) -> Evidence:
    """The evidence of a file, against the store that it would be published in."""
    return Evidence(
        _about(checked, catalog),
        _chips(checked, catalog),
        moves_of(checked, store, catalog, home_area),
    )


def _about(checked: Checked, catalog: Catalog) -> str:
    """`Beskæftigelsesfrekvens, 98 områder, 2025.`: what the figures that would move are of.

    Of a file that moves more than it lists, only what they measure.
    """
    changes = checked.changes
    if not changes:
        return ""
    names = list(dict.fromkeys(catalog.indicators[each.indicator_id].name for each in changes))
    groups = list(dict.fromkeys(each.group_id for each in changes))
    parts = [listing(names) if len(names) <= _MOST_NAMED else f"{len(names)} nøgletal"]
    if len(groups) > 1:
        parts.append(f"{len(groups)} grupper")
    elif groups != ["all"]:
        parts.append(in_text(catalog.groups[groups[0]].name))
    if not checked.truncated:
        areas = {each.area_id for each in changes}
        name = catalog.areas[changes[0].area_id].name
        parts.append(name if len(areas) == 1 else f"{fmt.number(len(areas), 0)} områder")
        parts.append(_stretch(changes, catalog))
    return f"{', '.join(parts)}."


def _stretch(changes: Sequence[Change], catalog: Catalog) -> str:
    """`2025`, `2023 til 2025`."""
    periods = sorted({parse_period(each.period) for each in changes}, key=lambda each: each.order)
    indicator = catalog.indicators[changes[0].indicator_id]
    first, last = (period_name(each, indicator, catalog) for each in (periods[0], periods[-1]))
    return first if first == last else f"{first} til {last}"


def _chips(checked: Checked, catalog: Catalog) -> tuple[Badge, ...]:
    """New figures, others, what the check asks about, and what was looked for and not found."""
    counted: tuple[tuple[BadgeKind, int, str, str, str], ...] = (
        ("new", checked.new, "nyt tal", "nye tal", _of_period(checked, catalog)),
        ("changed", checked.changed, "ændret tal", "ændrede tal", ""),
        ("same", checked.unchanged, "uændret", "uændrede", ""),
        ("hidden", checked.hidden, "skjult", "skjulte", ""),
        ("failed", count_of(errors_of(checked)), "fejl", "fejl", ""),
    )
    chips = [
        Badge(kind, fmt.counted(count, singular, plural) + more)
        for kind, count, singular, plural, more in counted
        if count
    ]
    chips += _asked(warnings_of(checked))
    if checked.columns and not has_personal_data(checked):
        chips.append(Badge("agrees", "Ingen CPR-numre fundet"))
    every = _all_municipalities(checked, catalog)
    return (*chips, *([Badge("agrees", every)] if every else []))


def _of_period(checked: Checked, catalog: Catalog) -> str:
    """` for 2025`, where all new figures are of one period."""
    new = [change for change in checked.changes if change.old_status is None]
    is_one = len(new) == checked.new and len({change.period for change in new}) == 1
    return f" for {_stretch(new, catalog)}" if is_one else ""


def _asked(warnings: Iterable[Problem]) -> list[Badge]:
    """`2 store ændringer`: each kind of warning that somebody has to look at."""
    counts: Counter[ProblemCode] = Counter()
    for warning in warnings:
        if PROBLEM_KINDS[warning.code].needs_action:
            counts[warning.code] += 1 + warning.more
    chips = []
    for code, count in counts.items():
        kind = PROBLEM_KINDS[code]
        is_counted = count > 1 and kind.several
        words = f"{fmt.number(count, 0)} {kind.several}" if is_counted else kind.name
        chips.append(Badge("waits", words))
    return chips


def _all_municipalities(checked: Checked, catalog: Catalog) -> str:
    """`Alle 98 kommuner med`, where the newest of the periods has every one of them."""
    if checked.truncated or not checked.changes:
        return ""
    periods = {each.period for each in checked.changes}
    newest = max(periods, key=lambda text: parse_period(text).order)
    every = {area.area_id for area in catalog.areas.values() if area.level == "municipality"}
    having = {each.area_id for each in checked.changes if each.period == newest}
    return f"Alle {fmt.number(len(every), 0)} kommuner med" if every and every <= having else ""
