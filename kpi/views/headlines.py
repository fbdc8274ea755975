"""The headline figures that are new since a meeting, each beside the one before."""

from dataclasses import dataclass

from kpi import format as fmt
from kpi.catalog import Catalog
from kpi.compare import BETTER, EQUAL, HIGHER, LOWER, WORSE, Figures, change, verdict
from kpi.exhibits.parts import whose
from kpi.measure import share
from kpi.model import Indicator, Observation
from kpi.plan import Meeting
from kpi.selection import Selection
from kpi.store import Store
from kpi.views.cards import areas_in_focus
from kpi.wording import (
    UNKNOWN,
    Badge,
    capital,
    claim_badges,
    is_other_season,
    period_name,
    status_badges,
)

_NEW = Badge("new", "Nyt tal")
_WORDS = {
    BETTER: Badge("better", "Bedre"),
    WORSE: Badge("worse", "Dårligere"),
    HIGHER: Badge("higher", "Højere"),
    LOWER: Badge("lower", "Lavere"),
    EQUAL: Badge("same", "Uændret"),
}


@dataclass(frozen=True)
class HeadlineRow:
    """A headline figure that is new; `before` is the one before it, a dash without one."""

    name: str
    before: str
    now: str
    period: str
    badges: tuple[Badge, ...]
    selection: Selection


@dataclass(frozen=True)
class Headlines:
    """What is new among the headline figures since a meeting: a takeaway and the rows."""

    title: str
    subtitle: str
    rows: tuple[HeadlineRow, ...]


def headlines(store: Store, catalog: Catalog, meeting: Meeting, home_id: str) -> Headlines:
    """The newest headline figures of the area and its programme areas, not known at the meeting."""
    ids = [one.indicator_id for one in catalog.indicators.values() if one.headline]
    focus = areas_in_focus(home_id, catalog)
    figures = Figures(store.newest(ids, focus, ()))
    groups = {one: catalog.indicators[one].default_group for one in ids}
    newest = [
        row
        for one in ids
        for area_id in focus
        if (row := figures.newest(one, area_id, groups[one])) is not None
    ]
    rows = [
        _row(row, figures.before(row), catalog.indicators[row.indicator_id], catalog)
        for row, is_known in zip(newest, store.known_by(meeting.day, newest), strict=True)
        if not is_known
    ]
    since = f"siden {fmt.long_date(meeting.day)}"
    many = "hovedtal er nyt" if len(rows) == 1 else "hovedtal er nye"
    title = f"{capital(fmt.count_word(len(rows)))} {many} {since}" if rows else (
        f"Ingen hovedtal er nye {since}"
    )  # fmt: skip
    title = title.replace("Én hovedtal", "Ét hovedtal")
    return Headlines(title, f"{meeting.body}: {meeting.title}".rstrip(": "), tuple(rows))


def _row(
    new: Observation, old: Observation | None, indicator: Indicator, catalog: Catalog
) -> HeadlineRow:
    area = catalog.areas[new.area_id]
    # Of a programme's area everyone knows whose figures they are.
    of = [area.name] if area.level == "programme_area" else whose(indicator, new.group_id, catalog)
    before = fmt.MISSING
    if old is not None:
        before = f"{fmt.display(old, indicator)} ({period_name(old.period, indicator, catalog)})"
    return HeadlineRow(
        ", ".join([indicator.short_name, *of]),
        before,
        fmt.display(new, indicator),
        period_name(new.period, indicator, catalog),
        (*_judged(new, old, indicator, catalog), *status_badges(new), *claim_badges(new, catalog)),
        Selection("tema", tema=indicator.theme_id, noegletal=indicator.indicator_id),
    )


def _judged(
    new: Observation, old: Observation | None, indicator: Indicator, catalog: Catalog
) -> tuple[Badge, ...]:
    """Whether it is better than the one before, where that can be said."""
    moved = change(new, old, indicator) if old else None
    if old is None or moved is None:
        return (_NEW,)
    if moved.is_chance:
        return (Badge("same", "Kan ikke skelnes"),)
    if is_other_season(old.period, new.period, indicator, catalog):
        side = "Lavere" if moved.change_points < 0 else "Højere"
        return (Badge(UNKNOWN, f"{side}, en anden årstid"),)
    word = _WORDS[verdict(moved.change_points, indicator)]
    judged = share(new, indicator) and share(old, indicator)
    return (word,) if judged else (word, Badge(UNKNOWN, "Usikkerhed ukendt"))
