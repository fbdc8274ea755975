"""What is handed in to a meeting: exhibits and the plan's state, the same for every format."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from kpi import format as fmt
from kpi.catalog import Catalog
from kpi.errors import KpiError
from kpi.exhibits import Exhibit
from kpi.model import Indicator, Theme
from kpi.plan import NOT_MENTIONED, STATE_NAMES, Initiative, Meeting, Plan
from kpi.store import Store
from kpi.views.cards import areas_in_focus
from kpi.views.indicator import indicator_view, later_exhibit
from kpi.wording import capital

TITLE = "Nøgletal til Integrationshandleplanen"


@dataclass(frozen=True)
class Choice:
    """What a person chose: ids, none meaning all. Kept with a pack, so that it can be made again.

    `order` holds exhibit keys in the order wanted (others follow), `left_out` those that were taken
    out, `titles` edited takeaways by exhibit key.
    """

    area_id: str
    meeting_id: str = ""
    theme_ids: tuple[str, ...] = ()
    indicator_ids: tuple[str, ...] = ()
    order: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    titles: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Item:
    """An exhibit with what a reader needs beside it. `title` is the takeaway, edited or its own."""

    exhibit: Exhibit
    indicator: Indicator
    theme: Theme
    title: str

    @property
    def reading(self) -> str:
        """The sentence under the chart; empty where there is none."""
        return self.exhibit.remarks[0] if self.exhibit.remarks else ""

    @property
    def caveats(self) -> tuple[str, ...]:
        """What else the reader must know."""
        return self.exhibit.remarks[1:]


@dataclass(frozen=True)
class Action:
    """A row of the plan's state: track, action, responsible, state now and its source's words."""

    theme: str
    title: str
    responsible: str
    state: str
    since: str
    summary: str


@dataclass(frozen=True)
class Paper:
    """All that a deck, an annex, a workbook or a pack is made of.

    `meeting` is None for a plain date. `as_of` is the day whose figures these are; `version` names
    them, and stays the same as long as they do. `news` are rows of kpi.export.news.columns: what
    has changed since the day in words that `news_since` names.
    """

    title: str
    meeting: Meeting | None
    as_of: date
    version: str
    area_name: str
    items: tuple[Item, ...]
    actions: tuple[Action, ...]
    choice: Choice
    news: tuple[tuple[str, str, str, str], ...] = ()
    news_since: str = ""

    @property
    def themes(self) -> tuple[Theme, ...]:
        """The themes with an exhibit, in order."""
        return tuple(dict.fromkeys(one.theme for one in self.items))

    @property
    def occasion(self) -> str:
        """`Social- og Beskæftigelsesudvalget, 19. marts 2025`, or empty."""
        if self.meeting is None:
            return ""
        return f"{self.meeting.body}, {fmt.long_date(self.meeting.day)}"

    @property
    def dated(self) -> str:
        """`Tal pr. 19. marts 2025`."""
        return f"Tal pr. {fmt.long_date(self.as_of)}"


def paper(store: Store, catalog: Catalog, choice: Choice) -> Paper:
    """The chosen exhibits and actions as the store knows them (open it as of a day for that day's).

    Raises KpiError for an unknown id, and when nothing chosen has a figure.
    """
    catalog.area(choice.area_id)
    themes = [catalog.theme(one) for one in choice.theme_ids] or list(catalog.themes.values())
    indicators = [catalog.indicator(one) for one in choice.indicator_ids] or [
        one for theme in themes for one in catalog.indicators_of(theme.theme_id)
    ]
    plan = store.plan()
    items = tuple(item for one in indicators for item in _items(store, catalog, one, choice))
    if not items:
        raise KpiError("Ingen figurer", "Ingen af de valgte nøgletal har tal for området den dag.")
    as_of = store.day
    whole = Paper(
        TITLE,
        catalog.meeting(choice.meeting_id) if choice.meeting_id else None,
        as_of,
        store.edition(),
        catalog.areas[choice.area_id].name,
        items,
        actions(plan, [one.theme_id for one in themes], as_of, catalog),
        choice,
    )
    return arranged(whole, choice)


def of_one(exhibit: Exhibit, catalog: Catalog, as_of: date, version: str) -> Paper:
    """A paper of a single exhibit, without a meeting and the plan's state."""
    row = exhibit.observations[0]
    indicator = catalog.indicators[row.indicator_id]
    item = Item(exhibit, indicator, catalog.themes[indicator.theme_id], exhibit.title)
    area = catalog.areas[row.area_id].name
    return Paper(TITLE, None, as_of, version, area, (item,), (), Choice(row.area_id))


def arranged(whole: Paper, choice: Choice) -> Paper:
    """A whole paper's items in the choice's order, with its titles, without those left out."""
    places = {key: place for place, key in enumerate(choice.order)}
    items = sorted(whole.items, key=lambda one: places.get(one.exhibit.key, len(places)))
    kept = tuple(
        replace(one, title=choice.titles.get(one.exhibit.key) or one.exhibit.title)
        for one in items
        if one.exhibit.key not in choice.left_out
    )
    return replace(whole, items=kept, choice=choice)


def _items(store: Store, catalog: Catalog, indicator: Indicator, choice: Choice) -> list[Item]:
    """The indicator's exhibits; none of those that only show other areas, as a page may."""
    focus = areas_in_focus(choice.area_id, catalog)
    view = indicator_view(store, catalog, indicator, choice.area_id)
    found = [
        view.exhibit,
        *(
            later_exhibit(store, catalog, indicator, one.group_id, choice.area_id)
            for one in view.later
        ),
    ]
    theme = catalog.themes[indicator.theme_id]
    return [
        Item(one, indicator, theme, one.title)
        for one in found
        if one is not None and any(row.area_id in focus for row in one.observations)
    ]


def actions(
    plan: Plan, theme_ids: Sequence[str], day: date, catalog: Catalog
) -> tuple[Action, ...]:
    """The themes' initiatives with the state they had on a day, in the plan's order."""
    return tuple(
        _action(one, day, catalog) for theme_id in theme_ids for one in plan.of_theme(theme_id)
    )


def _action(one: Initiative, day: date, catalog: Catalog) -> Action:
    status = one.status_on(day)
    theme = catalog.themes[one.theme_id].short_name
    if status is None:
        return Action(theme, one.title, one.responsible, NOT_MENTIONED, "", "")
    return Action(
        theme,
        one.title,
        one.responsible,
        STATE_NAMES[status.state],
        capital(fmt.partial_date(status.date)),
        status.summary,
    )
