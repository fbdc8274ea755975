"""A theme's page: one card per indicator, and which of them to open first."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kpi.domain import format as fmt
from kpi.domain.catalog import Catalog
from kpi.domain.figures import Figures
from kpi.domain.model import Area, Indicator, Observation, Theme
from kpi.domain.targets import NO_TARGET
from kpi.domain.verdicts import summary_of
from kpi.domain.vocabulary import Level
from kpi.domain.wording import NO_UNCERTAINTY, UNKNOWN, VERDICT_KINDS, Badge, counts_in_words
from kpi.exhibits.programme import outcomes_finding
from kpi.store import Store
from kpi.views.beside import newest_beside
from kpi.views.cards import Card, card, empty_card
from kpi.views.focus import areas_to_compare, focus_of, focus_row


@dataclass(frozen=True)
class ThemeView:
    """Everything a theme's page shows.

    `cards` are the first with a small chart each, `later` those of all other indicators, and
    `without` those that have no figure in the area, where they are many.
    `housing` are the areas whose pages have the figures of a theme that are of housing areas alone:
    beside the municipality's they would be read as its own.
    `lacks_uncertainty` where no comparison of the cards has one: said once, none of them says it.
    """

    theme: Theme
    title: str
    cards: tuple[Card, ...]
    later: tuple[Card, ...]
    default_indicator: str
    area: Area
    housing: tuple[Area, ...] = ()
    without: tuple[Card, ...] = ()
    lacks_uncertainty: bool = False

    @property
    def without_title(self) -> str:
        """How many indicators have no figure, over the list of them."""
        number = fmt.counted(len(self.without), "nøgletal", "nøgletal")
        return f"{number} uden tal for {self.area.name}"

    @property
    def targets_note(self) -> str:
        """For how many of the theme's indicators a target is set, where not for each of them.

        Said once, as a card says only what is set.
        """
        cards = (*self.cards, *self.later, *self.without)
        with_target = sum(card.target != NO_TARGET for card in cards)
        if with_target == len(cards):
            return ""
        if not with_target:
            return "Der er ikke fastsat måltal for nogen af temaets nøgletal."
        word, of = counts_in_words(with_target, len(cards), common=False)
        return f"Der er fastsat måltal for {word} af temaets {of} nøgletal."

    @property
    def uncertainty_note(self) -> str:
        """That no comparison has its uncertainty computed; empty where the cards differ."""
        if not self.lacks_uncertainty:
            return ""
        return "Usikkerheden er ikke beregnet for nogen af forskellene på kortene."


_FIRST_CARDS = 6
_FEWEST_COMPARED = 2
# As many cards without a figure are shown as cards; more are a list.
_MOST_WITHOUT = 3
_HOUSING: Level = "housing_area"
_UNSURE = Badge(UNKNOWN, NO_UNCERTAINTY)


def theme_view(store: Store, catalog: Catalog, theme_id: str, home_id: str) -> ThemeView:
    """The theme as seen from an area. Raises KpiError for an unknown theme."""
    theme = catalog.theme(theme_id)
    # The important ones first: also one that was added last has its card with a chart.
    indicators = tuple(
        sorted(catalog.indicators_of(theme_id), key=lambda indicator: not indicator.headline)
    )
    others = areas_to_compare(home_id, catalog)
    ids = [indicator.indicator_id for indicator in indicators]
    in_focus = focus_of(store, catalog, ids, home_id)
    focus = in_focus.area_ids
    figures = newest_beside(store, catalog, ids, in_focus.all_ids, others)
    rows = {
        each.indicator_id: focus_row(each, in_focus.of(each.indicator_id), figures)
        for each in indicators
    }
    own = tuple(each for each in indicators if not _is_of_housing(each, rows, catalog))
    housing = _housing([each for each in indicators if each not in own], focus, catalog)
    rows = {each.indicator_id: rows[each.indicator_id] for each in own}
    cards = _cards(own, rows, figures, focus, store, catalog)
    without = [each for each in cards if rows[each.indicator.indicator_id] is None]
    if len(without) > _MOST_WITHOUT:
        cards = [each for each in cards if each not in without]
    else:
        without = []
    lacks_uncertainty = _all_lack_uncertainty(cards)
    if lacks_uncertainty:
        cards = [_without_uncertainty(each) for each in cards]
    return ThemeView(
        theme,
        _title(theme, rows, figures, focus, catalog),
        tuple(cards[:_FIRST_CARDS]),
        tuple(cards[_FIRST_CARDS:]),
        _default(own, rows, figures),
        catalog.areas[home_id],
        housing,
        tuple(without),
        lacks_uncertainty,
    )


def _all_lack_uncertainty(cards: Sequence[Card]) -> bool:
    """Whether several cards have a verdict, and each of them without its uncertainty."""
    judged = [each for each in cards if any(badge.kind in VERDICT_KINDS for badge in each.badges)]
    return len(judged) > 1 and all(_UNSURE in each.badges for each in judged)


def _without_uncertainty(each: Card) -> Card:
    return replace(each, badges=tuple(badge for badge in each.badges if badge != _UNSURE))


def _is_of_housing(
    indicator: Indicator, rows: dict[str, Observation | None], catalog: Catalog
) -> bool:
    """Whether an indicator's figures are of housing areas alone: so is one that only they limit."""
    row = rows[indicator.indicator_id]
    if row is not None:
        return catalog.areas[row.area_id].level == _HOUSING
    limited = [each for each in catalog.targets if each.indicator_id == indicator.indicator_id]
    return bool(limited) and all(
        each.is_the_laws and catalog.areas[each.area_id].level == _HOUSING for each in limited
    )


def _housing(
    indicators: Sequence[Indicator], focus: Sequence[str], catalog: Catalog
) -> tuple[Area, ...]:
    """The housing areas within the area, where a theme has indicators of them."""
    areas = [catalog.areas[area_id] for area_id in focus]
    return tuple(area for area in areas if area.level == _HOUSING) if indicators else ()


def _cards(
    indicators: tuple[Indicator, ...],
    rows: dict[str, Observation | None],
    figures: Figures,
    focus: Sequence[str],
    store: Store,
    catalog: Catalog,
) -> list[Card]:
    """One card per indicator: those with a small chart first, those without a value last."""
    with_value = [row for row in rows.values() if row is not None]
    long = [row for row in with_value if figures.before(row) is not None][:_FIRST_CARDS]
    history = Figures(_history(store, catalog, long))
    missing = [indicator_id for indicator_id, row in rows.items() if row is None]
    known = {key[0] for key in store.known_areas(missing, [*catalog.areas])} if missing else set()
    cards, drawn = [], 0
    for indicator in indicators:
        row = rows[indicator.indicator_id]
        if row is None:
            is_known = indicator.indicator_id in known
            cards.append(empty_card(indicator, focus, catalog, is_known))
            continue
        cards.append(card(row, figures, history if drawn < _FIRST_CARDS else None, catalog))
        drawn += cards[-1].figure is not None
    return sorted(
        cards, key=lambda theme_card: (theme_card.value == fmt.MISSING, theme_card.figure is None)
    )


def _history(store: Store, catalog: Catalog, long: list[Observation]) -> list[Observation]:
    if not long:
        return []
    country = catalog.country()
    area_ids = {row.area_id for row in long} | ({country.area_id} if country else set())
    return store.histories([(row.indicator_id, row.group_id) for row in long], sorted(area_ids))


def _default(
    indicators: tuple[Indicator, ...], rows: dict[str, Observation | None], figures: Figures
) -> str:
    """The first indicator with a development, a headline before others; else the first figure.

    The empty word for a theme without indicators.
    """

    def rank(indicator: Indicator) -> tuple[bool, bool, bool]:
        """The larger, the better to open first."""
        row = rows[indicator.indicator_id]
        has_trend = row is not None and figures.before(row) is not None
        return has_trend, row is not None, indicator.headline

    return max(indicators, key=rank).indicator_id if indicators else ""


def _title(
    theme: Theme,
    rows: dict[str, Observation | None],
    figures: Figures,
    focus: Sequence[str],
    catalog: Catalog,
) -> str:
    """How many of the theme's figures are better or worse than their benchmark, or its name."""
    area = catalog.areas[focus[0]]
    # Every group counts, as on the area's own page.
    own = [
        row
        for key in sorted(figures.keys())
        if key[1] == area.area_id
        and key[0] in rows
        and catalog.is_in_use(key[0], key[2])
        and catalog.theme_of(key[0], key[2]) == theme.theme_id
        and (row := figures.newest(*key)) is not None
    ]
    shown = sum(row is not None for row in rows.values())
    said = summary_of(area, own, figures, catalog, shown)
    return _between_programme_areas(figures, focus, catalog) or said or theme.name


def _between_programme_areas(figures: Figures, focus: Sequence[str], catalog: Catalog) -> str:
    """Where the programme's areas certainly differ; empty of a theme without their figures."""
    areas = [catalog.areas[area_id] for area_id in focus]
    programme = [area for area in areas if area.level == "programme_area"]
    if len(programme) < _FEWEST_COMPARED:
        return ""
    return outcomes_finding(programme[0], programme[1:], figures, catalog)
