"""An area's profile: each of its newest figures as a row, with its place, past and verdict."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from kpi.domain import format as fmt
from kpi.domain.age import counted_until
from kpi.domain.catalog import Catalog
from kpi.domain.compare import Comparison
from kpi.domain.figures import Figures, Municipal
from kpi.domain.judgement import figure_badges, leading
from kpi.domain.measure import comparable_value
from kpi.domain.model import Area, Indicator, Observation
from kpi.domain.period_words import row_period_name
from kpi.domain.vocabulary import EQUAL, VERDICT_NAMES, Verdict
from kpi.domain.wording import Badge, capital, sentences
from kpi.exhibits.parts import whose
from kpi.store import Store
from kpi.views.few_people import FEW_PEOPLE, has_few_people
from kpi.views.front_cards import uncertainty_note
from kpi.views.profile_past import LINE_YEARS, Past, past_of
from kpi.views.profile_places import Beside, StripPlace, has_direction, place_of
from kpi.views.row_words import dated_with_age, gap_in_row

_ROUNDED_LATER = "Forskelle er beregnet før afrunding"


@dataclass(frozen=True)
class ProfileRow:
    """A figure of the area: `key` is its indicator and group, `until` the day it is counted to.

    `verdict` is the badge that it leads with, None where it is compared with nothing, and `gap` the
    distance in words. `outcome` is the same for counting and sorting: empty where nothing can be
    better, or the value is not believed. `has_direction`: one end of its strip is the best.
    `own` is the figure itself, `lead` the comparison that the verdict is of.
    """

    key: tuple[str, str]
    theme_id: str
    name: str
    dated: str
    until: date
    value: str
    has_direction: bool
    place: StripPlace
    past: Past
    verdict: Badge | None
    gap: str
    cautions: tuple[Badge, ...]
    outcome: Verdict | None
    own: Observation
    lead: Comparison | None

    @property
    def id(self) -> str:
        """What the address calls the row: `school_absence/lower_secondary`."""
        return "/".join(self.key)

    @property
    def moved(self) -> float:
        """How far along its strip the figure has moved, of its length; 0 where it is not known."""
        if not self.past.points or not self.place.spread:
            return 0.0
        return abs(self.past.points) / self.place.spread


@dataclass(frozen=True)
class Profile:
    """All rows of an area in the tables' order, and what is said of them once.

    `set_name` and `similar` name the means that strips show, empty where none does; `noun` is what
    the areas are called that it lies among, `is_among_many` whether any strip shows a middle half.
    """

    area: Area
    rows: tuple[ProfileRow, ...]
    set_name: str
    similar: tuple[str, ...]
    noun: str
    note: str


def profile(
    store: Store,
    rows: Sequence[tuple[Observation, Sequence[Comparison]]],
    area: Area,
    figures: Figures,
    municipal: Municipal,
    catalog: Catalog,
) -> Profile:
    """The profile of an area's newest figures, each with all that it is compared with.

    `figures` holds those they are compared with, `municipal` the municipalities' values of their
    keys; what the area's figures were before is asked for at once.
    """
    beside = Beside(area, figures, municipal, catalog)
    series = _series(store, [row for row, _ in rows], area)
    made = tuple(
        _row(row, each, series.get((row.indicator_id, row.group_id), ()), beside)
        for row, each in rows
    )
    strips = [row.place.strip for row in made if row.place.strip]
    sets = catalog.sets_of(area.area_id)
    alike = catalog.similar_to(area, "")
    judged = [
        (lead, catalog.indicators[row.indicator_id])
        for row, each in rows
        if (lead := leading(each)) is not None
    ]
    return Profile(
        area,
        made,
        sets[0].name if sets and any(strip.set_mean is not None for strip in strips) else "",
        tuple(catalog.areas[each].name for each in alike.area_ids[1:])
        if alike and any(strip.similar is not None for strip in strips)
        else (),
        beside.noun,
        sentences(
            uncertainty_note(
                judged, "kommunetallene" if area.level == "municipality" else "tallene"
            ),
            FEW_PEOPLE.format(area.name) if has_few_people(area, catalog) else "",
            _ROUNDED_LATER if any(_is_rounded_later(row, catalog) for row in made) else "",
        ),
    )


def _is_rounded_later(row: ProfileRow, catalog: Catalog) -> bool:
    """Whether who subtracts the numbers that are shown finds another gap than the one said."""
    lead, indicator = row.lead, catalog.indicators[row.key[0]]
    own = comparable_value(row.own, indicator)
    if lead is None or lead.gap_points is None or lead.value is None or own is None or not row.gap:
        return False
    decimals = fmt.gap_decimals(indicator, lead.approximate)
    shown = fmt.shown_steps(own, decimals) - fmt.shown_steps(lead.value, decimals)
    return shown != fmt.shown_steps(lead.gap_points, decimals)


def _series(
    store: Store, rows: Sequence[Observation], area: Area
) -> Mapping[tuple[str, str], Sequence[Observation]]:
    """The area's figures of the years that lines and changes go back to, by indicator and group."""
    series: dict[tuple[str, str], list[Observation]] = defaultdict(list)
    if rows:
        first = min(row.period.end.year for row in rows) - LINE_YEARS
        for row in store.past(area.area_id, date(first - 1, 12, 31)):
            series[row.indicator_id, row.group_id].append(row)
    return series


def _row(
    row: Observation,
    comparisons: Sequence[Comparison],
    series: Sequence[Observation],
    beside: Beside,
) -> ProfileRow:
    catalog, area = beside.catalog, beside.area
    indicator = catalog.indicators[row.indicator_id]
    badges = figure_badges(row, comparisons, catalog)
    verdict: Badge | None = None
    gap, outcome = "", None
    lead = leading(comparisons)
    if comparisons:
        verdict, *badges_left = badges
        badges = tuple(badges_left)
    if verdict is not None and lead is not None:
        gap = gap_in_row(lead, indicator, catalog, area)
        if not catalog.is_implausible(row):
            verdict = replace(verdict, text=capital(VERDICT_NAMES[lead.verdict]))
            # Such a badge has said the first words.
            gap = gap.removeprefix(f"{VERDICT_NAMES[EQUAL]} ") if lead.verdict == EQUAL else gap
            outcome = lead.verdict if lead.is_benchmark else None
    return ProfileRow(
        (row.indicator_id, row.group_id),
        catalog.theme_of(row.indicator_id, row.group_id),
        ", ".join([indicator.short_name, *whose(indicator, row.group_id, catalog)]),
        _dated(row, beside.figures, indicator, catalog),
        counted_until(row, catalog.sources[row.source_id], indicator),
        fmt.display_in_words(row, indicator),
        has_direction(indicator, area),
        place_of(row, comparisons, beside),
        past_of(row, series, indicator, catalog),
        verdict,
        gap,
        # Said once under all rows.
        tuple(badge for badge in badges if badge.kind != "unknown"),
        outcome,
        row,
        lead,
    )


def _dated(row: Observation, figures: Figures, indicator: Indicator, catalog: Catalog) -> str:
    """`2024 · 22 måneder gammelt`; with a newer figure that few other areas have, that one too."""
    dated = dated_with_age(row, indicator, catalog)
    newer = figures.newer.get(row[:3])
    if newer is None:
        return dated
    return (
        f"{dated} · {row_period_name(newer, indicator, catalog)}: {fmt.display(newer, indicator)}"
    )
