"""The only caches: open versions and what pages computed from them, keyed by version and choices.

Everything kept here is a frozen value of an immutable version as it looks on a day, so it is shared
between sessions and never copied. A new version or day makes new keys; what an earlier version left
is forgotten by housekeeping (ui/housekeeping.py), the rest falls out by number, and a store that
falls out closes when its last reader lets go of it.
"""

import gc
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cache

from kpi.domain import format as fmt
from kpi.domain.catalog import Catalog
from kpi.domain.errors import KpiError
from kpi.domain.model import Batch, Entry
from kpi.domain.period import today
from kpi.domain.plan import Meeting, Plan
from kpi.domain.selection import Selection
from kpi.exhibits import Exhibit
from kpi.export.choice import Choice
from kpi.export.news import looked_back_to, with_news
from kpi.export.paper import Paper, paper
from kpi.plan.changes import PlanChange
from kpi.store import Store, current_version, home_folder, open_store, version_path
from kpi.store.versions import damaged, starting_area
from kpi.views.about import AboutView, about_view
from kpi.views.area import AreaView, OpenedRow, area_view, opened_row
from kpi.views.claims import CheckedClaim, claims_of, disputed_keys
from kpi.views.comparison import ComparisonView, comparison_view
from kpi.views.freshness import FreshnessRow, freshness_rows
from kpi.views.headlines import Headlines, headlines
from kpi.views.heat_map import HeatMap, heat_map
from kpi.views.indicator import IndicatorView, indicator_view, later_exhibit
from kpi.views.indicator_choices import indicator_choices
from kpi.views.indicator_history import History, history
from kpi.views.known import first_known
from kpi.views.new_at_home import NewAtHome, new_at_home
from kpi.views.overview import Overview, overview
from kpi.views.plan import PlanView, plan_view
from kpi.views.plan_moves import PlanMoves, plan_moves
from kpi.views.search_index import SearchIndex, search_index
from kpi.views.similar import SimilarView, similar_view
from kpi.views.since import Since, since_view
from kpi.views.theme import ThemeView, theme_view
from kpi.views.theme_map import indicator_map, may_be_mapped
from ui.keeping import Arguments, Kept, forget, kept


def home_area(known: Catalog) -> str:
    """The id of the area that the pages start from. KpiError when the setting names no area."""
    try:
        return known.area(starting_area()).area_id
    except KpiError as error:
        raise KpiError("Indstillingen KPI_AREA er forkert", error.message) from error


def version() -> str:
    """The key of the current version.

    The key carries the file's time beside its name: a store that was deleted and rebuilt starts
    again at 000001. It also carries the day, as what a page says of a figure's age and of targets
    depends on it. Raises KpiError when there is no store or it is broken; none is built here: what
    is missing may be on a drive that is away, and data/ has nothing of what people published.
    """
    home = home_folder()
    name = current_version(home)
    try:
        written = version_path(home, name).stat().st_mtime_ns
    except OSError as error:  # gone since, with its folder
        raise damaged(name) from error
    return f"{name}@{written}~{today().isoformat()}"


@kept(most=32)
def has_figures(version_key: str, theme_id: str = "") -> bool:
    """Whether any figure was known on the key's day; of a theme also whether any target was."""
    indicator_ids = set(store(version_key).figures_per_indicator())
    if not theme_id:
        return bool(indicator_ids)
    known = _metadata(version_key)
    indicator_ids |= {target.indicator_id for target in known.targets}
    return any(
        indicator.indicator_id in indicator_ids for indicator in known.indicators_of(theme_id)
    )


@kept(most=32)
def first_figures(version_key: str, theme_id: str = "") -> tuple[date, str] | None:
    """The first day of which figures are known, of a theme or of all, and its words."""
    opened, known = store(version_key), _metadata(version_key)
    batches = opened.batches()
    if theme_id:
        about = opened.batches_about(
            [indicator.indicator_id for indicator in known.indicators_of(theme_id)]
        )
        batches = [batch for batch in batches if batch.batch_id in about]
    return first_known(batches, known)


@kept(most=16)
def first_status(version_key: str) -> str:
    """The first day that the action plan has a status of; empty without any."""
    days = [
        each.date for initiative in plan_of(version_key).initiatives for each in initiative.statuses
    ]
    return fmt.partial_date(min(days)) if days else ""


def as_of(version_key: str, day: date) -> str:
    """The key of a version's figures as they were known by the end of a day."""
    return f"{_file(version_key)}#{day.isoformat()}"


def store(version_key: str) -> Store:
    """One connection per process, version and earlier day."""
    file, (_, _, day) = _file(version_key), version_key.partition("#")
    if not day:
        return _newest(file)
    return (_many_days if _is_small(file) else _few_days)(file, date.fromisoformat(day))


def forget_earlier_versions(version_key: str) -> int:
    """Lets go of all that was computed of other versions than the key's: nobody asks for it again.

    What its first readers have computed of the new one stays. How many values it was.
    """
    file = _file(version_key)

    def is_of_another(arguments: Arguments) -> bool:
        """Whether a value was computed of another version's file."""
        of = arguments[0] if arguments else None
        return isinstance(of, str) and _file(of) != file

    return forget(is_of_another)


def _file(version_key: str) -> str:
    """The part of a key that names the version's file, whatever the day."""
    return version_key.partition("#")[0].partition("~")[0]


@kept(most=3)
def _newest(file: str) -> Store:
    return _open(file, None)


def _open(file: str, as_of: date | None) -> Store:
    opened = open_store(version=file.partition("@")[0], as_of=as_of)
    _keep_what_is_loaded()
    return opened


# An earlier day's rows and texts are in memory: 4 MB of the figures that Spor is shipped with.
_few_days, _many_days = Kept(_open, most=4), Kept(_open, most=12)
_SMALL_BYTES = 30 * 1024**2


def _is_small(file: str) -> bool:
    path = version_path(home_folder(), file.partition("@")[0])
    return path.exists() and path.stat().st_size < _SMALL_BYTES


@cache
def _keep_what_is_loaded() -> None:
    """Leaves the program itself out of the search for garbage, once in a process.

    That search then no longer adds 30-100 ms to every few pages. What is garbage by now is taken
    away first: frozen, it would never be.
    """
    gc.collect()
    gc.freeze()
    # A page makes some ten thousand small values that live as long as its cache: looking through
    # them after every 700 is a tenth of its time.
    gc.set_threshold(50_000, 20, 20)


@kept(most=16)
def claims(version_key: str) -> tuple[CheckedClaim, ...]:
    """What papers have derived from the version's figures, recomputed."""
    opened = store(version_key)
    return claims_of(opened, _metadata(version_key))


@kept(most=16)
def catalog(version_key: str) -> Catalog:
    """The version's metadata, with the figures that papers say something wrong of."""
    return replace(_metadata(version_key), disputed=disputed_keys(claims(version_key)))


@kept(most=16)
def _metadata(version_key: str) -> Catalog:
    return store(version_key).catalog()


@kept(most=16)
def overview_of(version_key: str, area_id: str) -> Overview:
    """The front page."""
    checked, plan = claims(version_key), plan_of(version_key)
    return overview(store(version_key), catalog(version_key), checked, area_id, plan)


@kept(most=16)
def heat_map_of(version_key: str, area_id: str, among: str = "") -> HeatMap | None:
    """An area beside the other members of a set."""
    return heat_map(store(version_key), catalog(version_key), area_id, among)


@kept(most=16)
def new_at_home_of(version_key: str, meeting: Meeting, area_id: str) -> NewAtHome:
    """The area's own figures that are new or corrected since a meeting."""

    def then() -> Store:
        """The figures as the meeting knew them."""
        return store(as_of(version_key, meeting.day))

    return new_at_home(store(version_key), catalog(version_key), meeting, area_id, then)


@kept(most=32)
def theme_of(version_key: str, theme_id: str, area_id: str) -> ThemeView:
    """A theme's cards."""
    return theme_view(store(version_key), catalog(version_key), theme_id, area_id)


@kept(most=128)
def indicator_of(
    version_key: str, indicator_id: str, area_id: str, among: str = "", theme_id: str = ""
) -> IndicatorView:
    """An indicator in depth, under one of its themes: without, or of another one, under its own."""
    known = catalog(version_key)
    indicator = known.indicator(indicator_id)
    placed = known.under(indicator, theme_id) or indicator
    return indicator_view(store(version_key), known, placed, area_id, among)


@kept(most=32)
def history_of(version_key: str, indicator_id: str) -> History:
    """The sources and publications of an indicator's figures."""
    known = catalog(version_key)
    return history(store(version_key), known, known.indicator(indicator_id))


@kept(most=128)
def exhibit_of(
    version_key: str, indicator_id: str, group_id: str, area_id: str, among: str = ""
) -> Exhibit | None:
    """One of the exhibits that an indicator has beside its first."""
    known = catalog(version_key)
    indicator = known.indicator(indicator_id)
    return later_exhibit(store(version_key), known, indicator, group_id, area_id, among)


@kept(most=64)
def is_mapped(version_key: str, indicator_id: str, group_id: str) -> bool:
    """Whether an indicator's newest figures of a group are of enough municipalities for a map."""
    known = catalog(version_key)
    return may_be_mapped(store(version_key), known, known.indicator(indicator_id), group_id)


@kept(most=64)
def map_of(
    version_key: str, indicator_id: str, group_id: str, area_id: str, among: str = ""
) -> Exhibit | None:
    """An indicator's newest figures on the map; None where there is no map of them."""
    known = catalog(version_key)
    indicator = known.indicator(indicator_id)
    return indicator_map(store(version_key), known, indicator, group_id, area_id, among)


@kept(most=128)
def area_of(version_key: str, area_id: str) -> AreaView:
    """An area's page."""
    return area_view(store(version_key), catalog(version_key), area_id)


@kept(most=64)
def opened_row_of(
    version_key: str, area_id: str, indicator_id: str, group_id: str
) -> OpenedRow | None:
    """One of an area's figures in full."""
    opened, known = store(version_key), catalog(version_key)
    return opened_row(opened, known, area_id, indicator_id, group_id)


@kept(most=32)
def new_keys_of(version_key: str, day: date, area_id: str) -> frozenset[tuple[str, str]]:
    """Of which (indicator, group) the area has figures that were not known by the end of a day."""
    new = store(version_key).new_since(day, list(catalog(version_key).indicators), [area_id])
    return frozenset((indicator_id, group_id) for indicator_id, _, group_id in new)


@kept(most=128)
def comparison_of(version_key: str, selection: Selection, area_id: str) -> ComparisonView:
    """A free comparison."""
    return comparison_view(store(version_key), catalog(version_key), selection, area_id)


@kept(most=32)
def plan_view_of(version_key: str, then: date | None, now: date, area_id: str) -> PlanView:
    """The action plan's page."""
    return plan_view(store(version_key), catalog(version_key), then, now, area_id)


@kept(most=16)
def headlines_of(version_key: str, meeting: Meeting, area_id: str) -> Headlines:
    """The headline figures that are new since a meeting."""
    return headlines(store(version_key), catalog(version_key), meeting, area_id)


@kept(most=32)
def since_of(version_key: str, day: date, area_id: str, theme_id: str = "") -> Since:
    """What is other than on a day."""
    then, now = store(as_of(version_key, day)), store(version_key)
    return since_view(then, now, catalog(version_key), day, area_id, theme_id)


@kept(most=16)
def paper_of(version_key: str, choice: Choice) -> Paper:
    """What is handed in to a meeting, before anyone has arranged it."""
    known = catalog(version_key)
    made = paper(store(version_key), known, choice)
    before = looked_back_to(made, plan_of(version_key), known)
    if before is None:
        return made
    return with_news(made, before, since_of(version_key, before.day, choice.area_id), known)


@kept(most=32)
def plan_moves_of(version_key: str, then: date, now: date) -> PlanMoves | None:
    """The action plan in a few lines."""
    return plan_moves(plan_of(version_key), catalog(version_key), then, now)


@kept(most=16)
def plan_of(version_key: str) -> Plan:
    """The action plan."""
    return store(version_key).plan()


@kept(most=16)
def edition_of(version_key: str) -> str:
    """What names the version's figures in a paper."""
    return store(version_key).edition()


@kept(most=16)
def batches_of(version_key: str) -> tuple[Batch, ...]:
    """All publications."""
    return tuple(store(version_key).batches())


@kept(most=4)
def entries_of(version_key: str) -> tuple[Entry, ...]:
    """All rows that people have entered."""
    return tuple(store(version_key).entries())


@kept(most=4)
def entry_changes_of(
    version_key: str, entry_ids: tuple[int, ...]
) -> Mapping[int, tuple[PlanChange, ...]]:
    """By entry what it added and corrected of what names the figures."""
    return store(version_key).entry_changes(entry_ids)


@kept(most=16)
def freshness_of(version_key: str) -> tuple[FreshnessRow, ...]:
    """How old the newest figures of each indicator and source are."""
    return freshness_rows(store(version_key), catalog(version_key))


@kept(most=16)
def similar_of(version_key: str, area_id: str) -> SimilarView | None:
    """The municipalities similar to an area, and how they were chosen."""
    return similar_view(catalog(version_key), area_id)


@kept(most=16)
def indicator_choices_of(version_key: str) -> Mapping[str, str]:
    """The indicators by theme, with what they hold."""
    return indicator_choices(store(version_key), catalog(version_key))


@kept(most=8)
def search_index_of(version_key: str, pages: tuple[str, ...]) -> SearchIndex:
    """What can be searched for on the pages that are shown."""
    known = catalog(version_key)
    plan, home = plan_of(version_key), home_area(known)
    return search_index(store(version_key), known, plan, home, pages)


@kept(most=16)
def about_of(version_key: str) -> AboutView:
    """The catalogue page."""
    return about_view(store(version_key), catalog(version_key))
