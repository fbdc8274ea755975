"""What is handed in to a meeting: exhibits and the plan's state, the same for every format."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from kpi.domain import format as fmt
from kpi.domain.catalog import Catalog
from kpi.domain.errors import KpiError
from kpi.domain.figures import Figures
from kpi.domain.judgement import NO_BASIS
from kpi.domain.model import Area, Indicator, Theme
from kpi.domain.personal import refuse_personal_texts
from kpi.domain.plan import Meeting
from kpi.domain.wording import Badge, meeting_name
from kpi.exhibits import Exhibit, outcomes_exhibit
from kpi.exhibits.caveats import NOT_REPORTED
from kpi.exhibits.comments import CommentLine, comment_lines
from kpi.export.actions import Action, actions, plan_area
from kpi.export.choice import Choice, texts_of, writable_choice
from kpi.export.claim_lines import ClaimLine, claim_lines, lines_about
from kpi.export.outcome_verdicts import outcome_verdicts
from kpi.plan.counts import PlanScope
from kpi.store import Store
from kpi.views.focus import areas_in_focus, focus_of
from kpi.views.indicator import IndicatorView, indicator_views, later_exhibit

TITLE = "Nøgletal til Integrationshandleplanen"


@dataclass(frozen=True)
class Item:
    """An exhibit with what a reader needs beside it. `title` is the takeaway, edited or its own.

    `claims` are the papers' own numbers about its figures, where they differ from ours, `benchmark`
    names what the figures are compared with, `verdict` what the newest of them is called beside it;
    None where they are compared with nothing.
    """

    exhibit: Exhibit
    indicator: Indicator
    theme: Theme
    title: str
    claims: tuple[ClaimLine, ...] = ()
    benchmark: str = ""
    verdict: Badge | None = None

    @property
    def remarks(self) -> tuple[str, ...]:
        """The exhibit's remarks, less the one that only explains a mark in its table."""
        return tuple(remark for remark in self.exhibit.remarks if remark != NOT_REPORTED)

    @property
    def reading(self) -> str:
        """The sentence under the chart; empty where there is none."""
        return "".join(self.remarks[:1])

    @property
    def caveats(self) -> tuple[str, ...]:
        """What else the reader must know; none of it is ever left out."""
        deviations = (line.text for line in self.claims if not line.is_rounding)
        return (*self.remarks[1:], *deviations)

    @property
    def roundings(self) -> tuple[str, ...]:
        """The papers' numbers that only a rounding sets apart from ours."""
        return tuple(line.text for line in self.claims if line.is_rounding)


@dataclass(frozen=True)
class Programme:
    """The areas of a programme, the first in focus, and their outcomes beside each other if any.

    `items` are its figures, also those left out of the paper: who it is for is always said.
    `verdicts` are those of the outcomes, the first area beside the second.
    """

    areas: tuple[Area, ...]
    outcomes: Item | None
    items: tuple[Item, ...]
    verdicts: tuple[str, ...] = ()

    def without_claims(self) -> "Programme":
        """The programme without the numbers that earlier papers derived."""
        outcomes = replace(self.outcomes, claims=()) if self.outcomes else None
        items = tuple(replace(item, claims=()) for item in self.items)
        return replace(self, outcomes=outcomes, items=items)


@dataclass(frozen=True)
class Paper:
    """All that a deck, an annex, a workbook or a pack is made of.

    `meeting` is None for a plain date. `as_of` is the day whose figures these are; `version` names
    them, and stays the same as long as they do. `news` are rows of `news_columns`: what has changed
    since the meeting `news_since`. `comments` are the administration's.
    `programme` is that of the area, if any of it is among what was chosen; `authority` whose paper
    it is (`Aarhus Kommune`).
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
    news_since: Meeting | None = None
    comments: tuple[CommentLine, ...] = ()
    programme: Programme | None = None
    authority: str = ""

    @property
    def themes(self) -> tuple[Theme, ...]:
        """The themes with an exhibit, in order."""
        return tuple(dict.fromkeys(item.theme for item in self.items))

    @property
    def defined(self) -> tuple[Item, ...]:
        """The first item of each indicator, in order: its definition is written once."""
        first = {item.indicator.indicator_id: item for item in reversed(self.items)}
        return tuple(item for item in self.items if first[item.indicator.indicator_id] is item)

    def benchmark_of(self, indicator: Indicator) -> str:
        """What the indicator's figures in the paper are compared with, `intet` with nothing."""
        names = [item.benchmark for item in self.items if item.indicator == indicator]
        compared = dict.fromkeys(name for name in names if name not in ("", NO_BASIS))
        return "; ".join(compared) or NO_BASIS

    @property
    def occasion(self) -> str:
        """`Social- og Beskæftigelsesudvalget, 19. marts 2025`, or empty."""
        if self.meeting is None:
            return ""
        return f"{self.meeting.body}, {fmt.long_date(self.meeting.day)}"

    @property
    def dated(self) -> str:
        """`Data som kendt 19. marts 2025`."""
        return known_on(self.as_of)

    @property
    def scope(self) -> PlanScope:
        """How many actions there are under the plan's tracks, and beside them."""
        tracks = [action.track for action in self.actions if action.track is not None]
        return PlanScope(len(tracks), len(set(tracks)), len(self.actions) - len(tracks))

    @property
    def basis(self) -> str:
        """`Datagrundlag: indlæsning 1-5`."""
        return basis_of(self.version)

    @property
    def claims(self) -> tuple[ClaimLine, ...]:
        """The papers' own numbers that differ from ours, deviations first, each once."""
        lines = dict.fromkeys(line for item in self.items for line in item.claims)
        return tuple(sorted(lines, key=lambda line: line.is_rounding))

    @property
    def news_columns(self) -> tuple[str, str, str, str]:
        """The columns of `news`; the last two are the state on either day."""
        then = fmt.long_date(self.news_since.day) if self.news_since else ""
        return ("Ændring", "Nøgletal eller indsats", then, fmt.long_date(self.as_of))

    @property
    def since_meeting(self) -> str:
        """`siden mødet 24. juni 2024 (Rådmandsmøde)`: from when `news` counts; empty without."""
        return f"siden {meeting_name(self.news_since)}" if self.news_since else ""


def known_on(day: date) -> str:
    """`Data som kendt 19. marts 2025`: when the figures were known, not what they are of."""
    return f"Data som kendt {fmt.long_date(day)}"


def basis_of(version: str) -> str:
    """`Datagrundlag: indlæsning 1-5`."""
    return f"Datagrundlag: {version}"


def paper(store: Store, catalog: Catalog, choice: Choice) -> Paper:
    """The chosen exhibits and actions as the store knows them (open it as of a day for that day's).

    Raises KpiError for an unknown id, and when nothing chosen has a figure.
    """
    area = catalog.area(choice.area_id)
    themes = [catalog.theme(theme_id) for theme_id in choice.theme_ids] or list(
        catalog.themes.values()
    )
    indicators = [
        indicator
        for indicator_id in choice.indicator_ids
        for indicator in _chosen(catalog.indicator(indicator_id), choice, catalog)
    ] or [indicator for theme in themes for indicator in catalog.indicators_of(theme.theme_id)]
    plan = store.plan()
    views = indicator_views(store, catalog, indicators, choice.area_id, choice.among)
    items = tuple(item for view in views for item in _items(store, catalog, view, choice))
    if not items:
        raise KpiError(
            "Ingen figurer",
            f"Der er ingen tal for de valgte nøgletal i {area.name} pr. "
            f"{fmt.long_date(store.day)}. Vælg et andet område, andre nøgletal eller en anden dag.",
        )
    municipality = catalog.municipality_of(area)
    lines = claim_lines(store, catalog)
    items = tuple(
        replace(item, claims=lines_about(lines, item.exhibit.observations)) for item in items
    )
    owner = plan_area(plan, catalog)
    own_plan = bool(plan.initiatives) and owner in ("", area.area_id)
    initiatives = [i for theme in themes for i in plan.of_theme(theme.theme_id)] if own_plan else []
    full_paper = Paper(
        TITLE if own_plan else f"{area.name}: nøgletal",
        catalog.meeting(choice.meeting_id) if choice.meeting_id else None,
        store.day,
        store.edition(),
        area.name,
        items,
        actions(plan, [theme.theme_id for theme in themes], store.day, catalog) if own_plan else (),
        choice,
        comments=comment_lines(
            catalog,
            plan,
            {item.indicator.indicator_id for item in items},
            {area.area_id, *(row.area_id for item in items for row in item.exhibit.observations)},
            {initiative.initiative_id for initiative in initiatives},
        ),
        programme=_programme(store, catalog, area, items, lines),
        authority=f"{municipality.name} Kommune" if municipality else area.name,
    )
    return arranged(full_paper, choice)


def _chosen(indicator: Indicator, choice: Choice, catalog: Catalog) -> tuple[Indicator, ...]:
    """A chosen indicator under the chosen themes; under all its own where it is in none of them."""
    placed = catalog.by_theme(indicator)
    return tuple(each for each in placed if each.theme_id in choice.theme_ids) or placed


def _programme(
    store: Store,
    catalog: Catalog,
    area: Area,
    items: Sequence[Item],
    lines: Sequence[ClaimLine],
) -> Programme | None:
    """The programme areas within an area, or it and those beside it; None without a figure."""
    within = [catalog.areas[area_id] for area_id in areas_in_focus(area.area_id, catalog)]
    areas = [other for other in within if other.is_programme]
    if area.is_programme:
        areas = [area, *catalog.siblings(area)]
    shown = {row.area_id for item in items for row in item.exhibit.observations}
    if not shown & {other.area_id for other in areas}:
        return None
    chosen = {item.indicator.indicator_id for item in items}
    ids = [other.area_id for other in areas]
    own = tuple(
        item for item in items if any(row.area_id in ids for row in item.exhibit.observations)
    )
    figures = Figures(store.newest([key for key in catalog.indicators if key in chosen], ids, []))
    # What papers say otherwise stands beside it as a sentence: nothing is marked with a star.
    unmarked = replace(catalog, disputed={})
    exhibit = outcomes_exhibit(areas[0], areas[1:], figures, unmarked)
    if exhibit is None:
        return Programme(tuple(areas), None, own)
    indicator = catalog.indicators[exhibit.observations[0].indicator_id]
    theme = _theme_of(exhibit, catalog)
    claims = lines_about(lines, exhibit.observations)
    outcomes = Item(exhibit, indicator, theme, exhibit.title, claims)
    return Programme(tuple(areas), outcomes, own, outcome_verdicts(exhibit))


def _theme_of(exhibit: Exhibit, catalog: Catalog) -> Theme:
    row = exhibit.observations[0]
    return catalog.themes[catalog.theme_of(row.indicator_id, row.group_id)]


def of_one(exhibit: Exhibit, catalog: Catalog, as_of: date, version: str) -> Paper:
    """A paper of a single exhibit, without a meeting, the plan's state and the papers' numbers."""
    row = exhibit.observations[0]
    indicator = catalog.indicators[row.indicator_id]
    item = Item(exhibit, indicator, _theme_of(exhibit, catalog), exhibit.title)
    area = catalog.areas[row.area_id].name
    return Paper(TITLE, None, as_of, version, area, (item,), (), Choice(row.area_id))


def arranged(full_paper: Paper, choice: Choice) -> Paper:
    """A full paper's items in the choice's order, with its titles, without what is left out.

    Raises KpiError for a title with a CPR number.
    """
    choice = writable_choice(choice)
    refuse_personal_texts(*texts_of(choice))
    places = {key: place for place, key in enumerate(choice.order)}
    items = sorted(full_paper.items, key=lambda item: places.get(item.exhibit.key, len(places)))
    kept = tuple(
        replace(
            item,
            title=choice.titles.get(item.exhibit.key) or item.exhibit.title,
            claims=item.claims if choice.claims else (),
        )
        for item in items
        if item.exhibit.key not in choice.left_out
        and (not choice.picked or item.exhibit.key in choice.picked)
    )
    programme = full_paper.programme
    if programme and not choice.claims:
        programme = programme.without_claims()
    title = choice.cover or full_paper.title
    return replace(full_paper, items=kept, choice=choice, programme=programme, title=title)


def case_words(paper: Paper, own_annex: str = "") -> str:
    """`Sagsnummer 25/4711; Bilag 2`: for a file's properties; empty where nobody has said any.

    `own_annex` is the number of the file itself, where it is another annex than the figures'.
    """
    case = paper.choice.case
    number = f"Sagsnummer {case.number}" if case.number else ""
    annex = f"Bilag {own_annex or case.annex}" if own_annex or case.annex else ""
    return "; ".join(filter(None, (number, annex)))


def _items(store: Store, catalog: Catalog, view: IndicatorView, choice: Choice) -> list[Item]:
    """The indicator's exhibits; none of those that only show other areas, as a page may."""
    indicator = view.indicator
    in_focus = focus_of(store, catalog, [indicator.indicator_id], choice.area_id)
    focus = in_focus.of(indicator.indicator_id)
    exhibits = [
        view.exhibit,
        *(
            later_exhibit(store, catalog, indicator, group.group_id, choice.area_id, choice.among)
            for group in view.later
        ),
    ]
    theme = catalog.themes[indicator.theme_id]
    return [
        Item(
            exhibit, catalog.indicators[indicator.indicator_id], theme, exhibit.title,
            benchmark=view.basis_of([row.group_id for row in exhibit.observations]),
            verdict=view.verdict_of([row.group_id for row in exhibit.observations]),
        )
        for exhibit in exhibits
        if exhibit is not None and any(row.area_id in focus for row in exhibit.observations)
    ]  # fmt: skip
