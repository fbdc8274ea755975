"""The front page: the finding, what is worse and better, the tracks, how good figures are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from kpi.domain.catalog import Catalog
from kpi.domain.compare import Comparison
from kpi.domain.figures import Figures
from kpi.domain.model import Area, Indicator, Observation
from kpi.domain.plan import Plan
from kpi.domain.verdicts import comparisons, judged_of
from kpi.domain.vocabulary import BOUNDS, DIFFERS, ROUNDED, SAME, VERDICT_NAMES
from kpi.domain.wording import capital, counts_in_words, in_text, listing
from kpi.store import Store
from kpi.views.beside import newest_beside
from kpi.views.claims import CheckedClaim
from kpi.views.finding import finding
from kpi.views.focus import Focus, areas_to_compare, focus_of, focus_row
from kpi.views.freshness import FreshnessRow, overdue_rows
from kpi.views.front_cards import FrontCards, front_cards, without_sure_difference
from kpi.views.placed import placed
from kpi.views.tracks import Tracks, tracks


@dataclass(frozen=True)
class Quality:
    """How many figures there are, how many of them are approximate, mere limits, or hidden.

    `claims` are the papers' derived numbers, `disputed` those that differ from the recomputed
    number, `rounded` those that are cut or rounded roughly.
    """

    figures: int
    approximate: int
    limits: int
    hidden: int
    missing: int
    claims: int
    disputed: int
    rounded: int = 0


@dataclass(frozen=True)
class Overview:
    """Everything the front page opens with; `overdue` are the figures older than expected.

    `tracks` is None without an action plan and other headline figures.
    """

    area_name: str
    title: str
    subtitle: str
    cards: FrontCards
    tracks: Tracks | None
    quality: Quality
    overdue: tuple[FreshnessRow, ...]


def overview(
    store: Store,
    catalog: Catalog,
    claims: Sequence[CheckedClaim],
    home_id: str,
    plan: Plan | None = None,
) -> Overview:
    """The front page of an area: its judged figures by their places, and its themes' headlines.

    `claims` are the papers' derived numbers, recomputed; a plan that is not at hand is read.
    """
    area = catalog.areas[home_id]
    others = areas_to_compare(home_id, catalog)
    offered = [indicator.indicator_id for indicator in catalog.offered_indicators()]
    focus = focus_of(store, catalog, offered, home_id)
    figures = newest_beside(store, catalog, offered, focus.all_ids, others)
    newest = _newest(home_id, offered, figures, catalog)
    judged = placed(store, catalog, newest, figures)
    level = without_sure_difference(focus.area_ids, figures, catalog)
    return Overview(
        area.name,
        finding(area, judged, catalog) or _unjudged(area, newest, level, catalog),
        _subtitle(area.name, catalog),
        front_cards(
            area,
            judged,
            level,
            catalog,
            _doubted(newest, figures, catalog),
        ),
        tracks(
            store.plan() if plan is None else plan,
            catalog,
            store.day,
            _headlines(focus, figures, catalog),
            [each.row for each in judged],
        ),
        _quality(store, claims),
        overdue_rows(store, catalog),
    )


def _newest(
    home_id: str, indicator_ids: Sequence[str], figures: Figures, catalog: Catalog
) -> list[Observation]:
    """The area's own newest figures in the tables' order: the indicators', then the groups'."""
    groups = list(catalog.groups)
    keys = sorted(
        (key for key in figures if key[1] == home_id and catalog.is_in_use(key[0], key[2])),
        key=lambda key: (indicator_ids.index(key[0]), groups.index(key[2])),
    )
    return [row for key in keys if (row := figures.newest(*key)) is not None]


def _unjudged(
    area: Area,
    newest: Sequence[Observation],
    level: Sequence[tuple[Observation, Sequence[Comparison]]],
    catalog: Catalog,
) -> str:
    """The title of an area whose figures have no benchmark; that there are none without any."""
    if level:
        own, others = level[0]
        names = [catalog.areas[each.with_id].name for each in others]
        indicator = catalog.indicators[own.indicator_id]
        return (
            f"{catalog.areas[own.area_id].name}: {VERDICT_NAMES[SAME]} fra "
            f"{listing(names)} på {in_text(indicator.short_name)}"
        )
    if not newest:
        return f"{area.name}: endnu ingen tal"
    (count,) = counts_in_words(len({row.indicator_id for row in newest}), common=False)
    return f"{area.name}: {count} nøgletal uden sammenligningsgrundlag"


def _doubted(rows: Sequence[Observation], figures: Figures, catalog: Catalog) -> int:
    """How many more would be judged if they could be believed."""
    doubted = [row for row in rows if catalog.is_implausible(row)]
    return len(judged_of(doubted, figures, replace(catalog, implausible=frozenset())))


def _headlines(focus: Focus, figures: Figures, catalog: Catalog) -> Mapping[str, Observation]:
    """Each theme's headline figure by the theme's id."""
    return {
        theme_id: row
        for theme_id in catalog.themes
        if (row := _headline(catalog.indicators_of(theme_id), focus, figures, catalog))
    }


def _headline(
    indicators: tuple[Indicator, ...], focus: Focus, figures: Figures, catalog: Catalog
) -> Observation | None:
    """The theme's headline figure: a share that can be compared, of the newest year there is.

    Else a figure of the newest year; of several the first of the table. So an indicator that a
    person has called important is seen where those before it have no figures of its year.
    """
    rows = [
        row
        for indicator in indicators
        if indicator.headline
        and (row := focus_row(indicator, focus.of(indicator.indicator_id), figures))
    ]

    def rank(row: Observation) -> tuple[bool, int]:
        """The larger, the better to be shown."""
        is_share = catalog.indicators[row.indicator_id].is_proportion
        return is_share and bool(comparisons(row, figures, catalog)), row.period.end.year

    return max(rows, key=rank, default=None)


def _subtitle(area_name: str, catalog: Catalog) -> str:
    """`Beskæftigelse, handleplan og Opgang til Opgang`: what has a headline figure.

    The title names the area.
    """
    shown = {indicator.theme_id for indicator in catalog.offered_indicators() if indicator.headline}
    themes = [theme for theme in catalog.themes.values() if theme.theme_id in shown]
    names = dict.fromkeys(
        "handleplan" if theme.plan_track else theme.short_name for theme in themes
    )
    return capital(listing(list(names))) if names else area_name


def _quality(store: Store, claims: Sequence[CheckedClaim]) -> Quality:
    counts = store.status_counts()

    def total(*statuses: str) -> int:
        """How many figures have one of the statuses."""
        return sum(count for _, status, count in counts if status in statuses)

    return Quality(
        sum(count for *_, count in counts),
        total("approximate"),
        total(*BOUNDS),
        total("suppressed"),
        total("missing", "not_applicable"),
        len(claims),
        sum(claim.outcome == DIFFERS for claim in claims),
        sum(claim.outcome == ROUNDED for claim in claims),
    )
