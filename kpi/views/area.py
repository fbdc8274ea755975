"""An area's page: its figures beside country, set and neighbours, a programme with its outcomes."""

from collections.abc import Sequence
from dataclasses import dataclass

from kpi.domain import format as fmt
from kpi.domain.catalog import Catalog
from kpi.domain.compare import Comparison
from kpi.domain.figures import Figures, Municipal
from kpi.domain.measure import share
from kpi.domain.model import Area, Observation
from kpi.domain.period_words import row_period_in_text
from kpi.domain.verdicts import comparisons_of, judged_among, summary_among
from kpi.domain.vocabulary import FigureStatus
from kpi.domain.wording import Badge, caution_badges, genitive, in_text, listing
from kpi.exhibits import Exhibit, outcomes_exhibit, trend_exhibit
from kpi.exhibits.begun import unequal_time_badges
from kpi.exhibits.comments import comments_on_area
from kpi.exhibits.programme import outcomes_finding
from kpi.store import Store
from kpi.views.area_line import area_line
from kpi.views.beside import (
    municipal_keys,
    newest_beside,
    similar_ids,
    with_doubts,
)
from kpi.views.drawn import drawn_exhibit
from kpi.views.few_people import has_few_people
from kpi.views.finding import standing
from kpi.views.focus import areas_to_compare, areas_to_draw
from kpi.views.housing import HousingContext, housing_contexts
from kpi.views.in_common import in_common
from kpi.views.middles import middles_of_newest
from kpi.views.placed import placed_of
from kpi.views.profile import Profile, profile
from kpi.views.row_words import dated_with_age
from kpi.views.rows import AreaRow, area_row
from kpi.views.standings import standings_of


@dataclass(frozen=True)
class Fact:
    """A number about who a programme is for: its name, value, and the same in the other areas.

    `dated` is its period and how old it is, `badges` what a reader must know of it.
    """

    name: str
    value: str
    beside: str
    dated: str = ""
    badges: tuple[Badge, ...] = ()


# A figure of these is in no chart.
_UNSEEN: frozenset[FigureStatus] = frozenset(("suppressed", "missing", "not_applicable"))


@dataclass(frozen=True)
class OpenedRow:
    """A figure of the profile in full: its chart, where one can be drawn, and all comparisons."""

    exhibit: Exhibit | None
    row: AreaRow


@dataclass(frozen=True)
class AreaView:
    """Everything an area's page shows.

    `profile` has a row of each figure that is in none of the charts. `trends` are a programme's
    developments, each with the newest figure beside its comparisons. `housing` is the public
    housing area around it. `remarks` say why there are no figures, where there are none: (date,
    text, source); `out_of_use` is how many indicators that are out of use have some. `comments`
    are the administration's on the area itself.
    """

    area: Area
    title: str
    subtitle: str
    facts: tuple[Fact, ...]
    outcomes: Exhibit | None
    trends: tuple[OpenedRow, ...]
    profile: Profile
    incomparable: str
    remarks: tuple[tuple[str, str, str], ...]
    comments: tuple[str, ...]
    housing: tuple[HousingContext, ...]
    out_of_use: int = 0

    @property
    def has_figures(self) -> bool:
        """Whether there is any figure of the area."""
        return bool(self.profile.rows or self.facts or self.outcomes or self.trends)


# More lines than this beside a programme are read by nobody; any other is drawn when it is opened.
_MOST_TRENDS = 3
# Beside its chart a figure has all its comparisons.
_MOST_COMPARED = 8


def area_view(store: Store, catalog: Catalog, area_id: str) -> AreaView:
    """The area with every indicator that has a figure for it; KpiError for an unknown area."""
    area = catalog.area(area_id)
    others = areas_to_compare(area_id, catalog)
    siblings = catalog.siblings(area) if area.level == "programme_area" else ()
    # Of the areas beside a programme also figures of other periods: they are said to have some.
    seen = [area_id, *(sibling.area_id for sibling in siblings)]
    figures, municipal = _figures(store, catalog, area, seen, others)
    newest = _newest(area_id, figures, catalog)
    compared = comparisons_of(newest, figures, catalog)
    outcomes = outcomes_exhibit(area, siblings, figures, catalog) if siblings else None
    drawn = {row.indicator_id for row in outcomes.observations} if outcomes else set()
    facts = _facts(newest, siblings, figures, catalog) if siblings else ()
    long = _with_development(newest, figures, catalog)[:_MOST_TRENDS]
    trends = _trends(store, long, area_id, others, figures, catalog) if facts or outcomes else ()
    charted = {_key(row): exhibit for row, exhibit in trends}
    listed = [
        (row, each)
        for row, each in zip(newest, compared, strict=True)
        if row.indicator_id not in drawn
        and _key(row) not in charted
        and not (facts and _is_fact(row, catalog))
    ]
    standings = standings_of([row for row, _ in trends], figures, catalog)
    out_of_use = 0 if newest else _out_of_use(area_id, figures, catalog)
    return AreaView(
        area=area,
        title=outcomes_finding(area, siblings, figures, catalog)
        or _title(area, newest, compared, facts, municipal, catalog, out_of_use),
        subtitle=area_line(area, catalog),
        facts=facts,
        outcomes=outcomes,
        trends=tuple(
            OpenedRow(
                charted[_key(standing.observation)],
                area_row(standing, catalog, most=_MOST_COMPARED),
            )
            for standing in standings
        ),
        profile=profile(store, listed, area, figures, municipal, catalog),
        incomparable=_incomparable(area, newest, store, catalog) if siblings else "",
        remarks=()
        if newest
        else tuple(
            (fmt.partial_date(day), text, catalog.sources[source_id].title)
            for day, text, source_id in store.remarks(area_id)
        ),
        comments=tuple(comments_on_area(area_id, catalog)),
        housing=housing_contexts(store, area, catalog),
        out_of_use=out_of_use,
    )


def _figures(
    store: Store, catalog: Catalog, area: Area, seen: Sequence[str], others: Sequence[str]
) -> tuple[Figures, Municipal]:
    """The newest figures beside all they are compared with, and the municipalities' values.

    The figures know those values of the keys alone whose verdict needs them, as on all other pages.
    """
    ids = list(catalog.indicators)
    beside = [*others, *(sibling.area_id for sibling in catalog.siblings(area))]
    if area.level == "municipality":
        beside = [*others, *similar_ids(catalog, ids, [area.area_id])]
    newest = store.newest(ids, seen, list(dict.fromkeys(beside)))
    rows, newer = in_common(store, catalog, newest, seen, beside)
    figures = Figures(rows, newer=newer)
    if area.level not in ("municipality", "country"):
        return figures, {}
    keys = {
        (key[0], key[2], own.period.text)
        for key in figures
        if key[1] == area.area_id
        and not catalog.indicators[key[0]].is_total
        and catalog.is_in_use(key[0], key[2])
        and (own := figures.newest(*key)) is not None
    }
    judged = municipal_keys(figures, catalog, seen)
    known = store.municipal(sorted(keys | judged))
    return figures.with_municipal({key: known[key] for key in judged}), known


def _key(row: Observation) -> tuple[str, str]:
    return row.indicator_id, row.group_id


def _newest(area_id: str, figures: Figures, catalog: Catalog) -> list[Observation]:
    indicators = {each: place for place, each in enumerate(catalog.indicators)}
    groups = {each: place for place, each in enumerate(catalog.groups)}
    keys = sorted(
        (key for key in figures if key[1] == area_id and catalog.is_in_use(key[0], key[2])),
        key=lambda key: (
            indicators[key[0]],
            key[2] != catalog.indicators[key[0]].default_group,
            groups[key[2]],
        ),
    )
    rows = (figures.newest(*key) for key in keys)
    return [row for row in rows if row is not None]


def _out_of_use(area_id: str, figures: Figures, catalog: Catalog) -> int:
    """How many indicators have figures of the area that nobody is shown unasked."""
    keys = [key for key in figures if key[1] == area_id]
    return len({key[0] for key in keys if not catalog.is_in_use(key[0], key[2])})


def _title(
    area: Area,
    newest: list[Observation],
    compared: Sequence[Sequence[Comparison]],
    facts: tuple[Fact, ...],
    municipal: Municipal,
    catalog: Catalog,
    out_of_use: int,
) -> str:
    """What a municipality is behind and ahead at; else how its verdicts are."""
    if not newest:
        return f"{area.name}: {'ingen aktuelle' if out_of_use else 'endnu ingen'} tal"
    # Of a place that one family moves nobody is told that it is among the best.
    if area.level == "municipality" and not has_few_people(area, catalog):
        judged = judged_among(newest, compared, catalog)
        title = standing(area, placed_of(judged, municipal, catalog), catalog)
        if title:
            return title
    summary = summary_among(area, newest, compared, catalog)
    if not summary and facts:
        return f"{area.name}: {listing([_fact_text(fact) for fact in facts[:3]])}"
    if not summary and area.level == "country":
        count = len({row.indicator_id for row in newest})
        return f"{area.name}: {fmt.counted(count, 'nøgletal', 'nøgletal')}"
    return summary or area.name


def _fact_text(fact: Fact) -> str:
    return f"{fact.value} {in_text(fact.name)}"


def _is_fact(row: Observation, catalog: Catalog) -> bool:
    """A plain count of people, families or staff: who the programme is for, not what came of it."""
    indicator = catalog.indicators[row.indicator_id]
    return indicator.is_total and indicator.direction == "neutral" and not row.denominator


def _facts(
    newest: list[Observation], siblings: tuple[Area, ...], figures: Figures, catalog: Catalog
) -> tuple[Fact, ...]:
    facts = []
    for row in newest:
        if not _is_fact(row, catalog):
            continue
        indicator = catalog.indicators[row.indicator_id]
        others = [
            theirs
            for other in siblings
            if (theirs := figures.at(row.indicator_id, other.area_id, row.group_id, row.period))
        ]
        beside = [
            f"{catalog.areas[theirs.area_id].name} {fmt.bare(theirs, indicator)}"
            for theirs in others
        ]
        facts.append(
            Fact(
                indicator.short_name,
                fmt.display(row, indicator),
                " · ".join(beside),
                dated_with_age(row, indicator, catalog),
                caution_badges(row, catalog) + unequal_time_badges([row, *others], catalog),
            )
        )
    return tuple(facts)


def opened_row(
    store: Store, catalog: Catalog, area_id: str, indicator_id: str, group_id: str
) -> OpenedRow | None:
    """One of the area's figures in full; None where it has none of the indicator and group.

    Its chart is the development, else the areas' newest figures, else the groups'. There is none
    where the area's own figures are all hidden or missing: others' alone would be taken for them.
    """
    others = areas_to_compare(area_id, catalog)
    figures = newest_beside(store, catalog, [indicator_id], [area_id], others)
    row = figures.newest(indicator_id, area_id, group_id)
    if row is None:
        return None
    (standing,) = standings_of([row], figures, catalog)
    groups = [
        group.group_id
        for group in catalog.groups.values()
        if group.group_id != group_id
        and catalog.is_in_use(indicator_id, group.group_id)
        and figures.at(indicator_id, area_id, group.group_id, row.period)
    ]
    area_ids = [area_id, *others]
    rows = store.histories([(indicator_id, each) for each in (group_id, *groups)], area_ids)
    catalog = with_doubts(store, catalog, rows)
    medians = middles_of_newest(store, catalog, [row], figures)
    has_own = any(each.area_id == area_id and each.status not in _UNSEEN for each in rows)
    exhibit = drawn_exhibit(
        catalog.indicators[indicator_id], [group_id, *groups], area_ids, Figures(rows), catalog,
        lambda _: medians.get((indicator_id, group_id), {}),
    ) if has_own else None  # fmt: skip
    return OpenedRow(exhibit, area_row(standing, catalog, most=_MOST_COMPARED))


def _with_development(
    newest: list[Observation], figures: Figures, catalog: Catalog
) -> list[Observation]:
    """Those that the area has two periods of: indicators' own groups, then important ones first."""

    def rank(row: Observation) -> tuple[bool, bool]:
        """What is drawn first has the smallest."""
        indicator = catalog.indicators[row.indicator_id]
        return row.group_id != indicator.default_group, not indicator.headline

    return sorted((row for row in newest if figures.before(row) is not None), key=rank)


def _trends(
    store: Store,
    newest: list[Observation],
    area_id: str,
    others: tuple[str, ...],
    figures: Figures,
    catalog: Catalog,
) -> tuple[tuple[Observation, Exhibit], ...]:
    """A line chart for each of the area's newest figures that has two periods in one measure."""
    keys = [_key(row) for row in newest]
    area_ids = [area_id, *others]
    rows = store.histories(keys, area_ids) if newest else []
    catalog = with_doubts(store, catalog, rows)
    history = Figures(rows)
    middles = middles_of_newest(store, catalog, newest, figures)
    trends = []
    for row in newest:
        indicator = catalog.indicators[row.indicator_id]
        if len(history.series(row.indicator_id, area_id, row.group_id)) < 2:
            continue
        middle = middles.get(_key(row))
        drawn = areas_to_draw(area_ids, indicator, catalog)
        exhibit = trend_exhibit(indicator, row.group_id, drawn, history, catalog, middle)
        if exhibit:
            trends.append((row, exhibit))
    return tuple(trends)


def _incomparable(area: Area, newest: list[Observation], store: Store, catalog: Catalog) -> str:
    """A sentence on the parent's figures of the same indicators that measure something else."""
    parent = catalog.areas.get(area.parent_id or "")
    ids = dict.fromkeys(
        row.indicator_id
        for row in newest
        if share(row, catalog.indicators[row.indicator_id]) is None
    )
    if parent is None or not ids:
        return ""
    own = {(row.indicator_id, row.group_id, row.period.kind) for row in newest}
    figures = Figures(store.newest(list(ids), [parent.area_id], ()))
    incomparable: dict[str, list[str]] = {}
    for key in figures:
        row = figures.newest(*key)
        if row is None or (row.indicator_id, row.group_id, row.period.kind) in own:
            continue
        indicator = catalog.indicators[row.indicator_id]
        group = in_text(catalog.groups[row.group_id].name)
        date = row_period_in_text(row, indicator, catalog)
        incomparable.setdefault(in_text(indicator.name), []).append(
            f"{group} {fmt.display(row, indicator)} ({date})"
        )
    return " ".join(
        f"{genitive(parent.name)} {name} opgøres for andre grupper og perioder: "
        f"{listing(values)}. Tallene kan derfor ikke sammenlignes."
        for name, values in incomparable.items()
    )
