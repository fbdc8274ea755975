"""The new figures of the most important indicators since a meeting, each beside the one before."""

from collections.abc import Mapping
from dataclasses import dataclass

from kpi.domain import format as fmt
from kpi.domain.catalog import Catalog
from kpi.domain.compare import change, parted, verdict
from kpi.domain.figures import Figures
from kpi.domain.judgement import is_neutral
from kpi.domain.measure import share
from kpi.domain.model import Indicator, Observation
from kpi.domain.period import parse_period
from kpi.domain.period_words import is_other_season, row_period_name
from kpi.domain.plan import Meeting
from kpi.domain.selection import Selection
from kpi.domain.vocabulary import BETTER, EQUAL, HIGHER, LOWER, WORSE, Verdict
from kpi.domain.wording import (
    NO_UNCERTAINTY,
    UNKNOWN,
    Badge,
    BadgeKind,
    break_reason,
    capital,
    caution_badges,
    counts_in_words,
)
from kpi.exhibits.parts import same_decimals, whose
from kpi.exhibits.titles import doubt
from kpi.store import Store
from kpi.views.focus import focus_of
from kpi.views.since import Key, other_periods, series_order

_NEW = Badge("new", "Nyt tal")
_WORDS: Mapping[Verdict, tuple[BadgeKind, str]] = {
    BETTER: ("better", "Bedre"),
    WORSE: ("worse", "Dårligere"),
    HIGHER: ("higher", "Højere"),
    LOWER: ("lower", "Lavere"),
    EQUAL: ("same", "Uændret"),
}
_CHANCE = Badge("same", "Ingen sikker ændring")


@dataclass(frozen=True)
class HeadlineRow:
    """A series with a new figure: its newest, that of the period before, and what else is new.

    `before` is a dash where there is none, `others` empty where only one period is new.
    """

    name: str
    before: str
    now: str
    period: str
    badges: tuple[Badge, ...]
    selection: Selection
    others: str = ""


@dataclass(frozen=True)
class Headlines:
    """What is new since a meeting: how many series have new figures, and the important ones."""

    title: str
    subtitle: str
    rows: tuple[HeadlineRow, ...]


def headlines(store: Store, catalog: Catalog, meeting: Meeting, home_id: str) -> Headlines:
    """The new figures of the area and its programme areas that were not known at the meeting.

    Every series counts, as in `since_view`: all groups, and older periods that came late. The rows
    are those of the headline indicators.
    """
    ids = list(catalog.indicators)
    in_focus = focus_of(store, catalog, ids, home_id)
    focus = in_focus.all_ids
    new = {
        key: periods
        for key, periods in store.new_since(meeting.day, ids, focus).items()
        if in_focus.holds(key)
    }
    keys = [key for key in series_order(new, ids, focus) if catalog.indicators[key[0]].headline]
    series = Figures(store.histories([(key[0], key[2]) for key in keys], focus))
    rows = tuple(_row(key, new[key], series, catalog) for key in keys)
    count = len(new)
    (word,) = counts_in_words(count)
    # A series counts once, however many of its periods are new.
    of = "opgørelse" if count == 1 else "opgørelser"
    many = f"{capital(word)} {of} har fået nye tal" if count else "Ingen nye tal"
    about = f"{meeting.body}: {meeting.title}".rstrip(": ")
    return Headlines(
        f"{many} siden mødet {fmt.long_date(meeting.day)}",
        " · ".join(filter(None, [about, _which(len(rows), count)])),
        rows,
    )


def _which(rows: int, count: int) -> str:
    """Says that the rows are not all that is new, where they are not."""
    if rows == count:
        return ""
    if not rows:
        return "ingen af dem hører til de vigtigste nøgletal"
    word, _ = counts_in_words(rows, count)
    return f"vist: {'den ene' if rows == 1 else f'de {word}'}, der hører til de vigtigste nøgletal"


def _row(key: Key, periods: tuple[str, ...], series: Figures, catalog: Catalog) -> HeadlineRow:
    indicator, area = catalog.indicators[key[0]], catalog.areas[key[1]]
    rows = [row for period in periods if (row := series.at(*key, parse_period(period))) is not None]
    *others, new = rows
    old = series.before(new)
    # Of a programme's area everyone knows whose figures they are.
    of = whose(indicator, new.group_id, catalog)
    if area.is_local:
        is_known = area.level == "programme_area" and new.group_id == indicator.default_group
        of = (area.name, *(() if is_known else of))
    before, now = fmt.MISSING, fmt.display(new, indicator)
    if old is not None:
        # Beside each other they have equally many decimals.
        before, now = (
            fmt.display(same_decimal, indicator)
            for same_decimal in same_decimals([old, new], indicator)
        )
        before = f"{before} ({row_period_name(old, indicator, catalog)}){doubt([old], catalog)}"
    return HeadlineRow(
        ", ".join([indicator.short_name, *of]),
        before,
        now,
        row_period_name(new, indicator, catalog),
        (*_judged(new, old, indicator, catalog), *caution_badges(new, catalog)),
        Selection(
            "tema",
            tema=catalog.theme_of(new.indicator_id, new.group_id),
            noegletal=new.indicator_id,
        ),
        other_periods(others, catalog),
    )


def _judged(
    new: Observation, old: Observation | None, indicator: Indicator, catalog: Catalog
) -> tuple[Badge, ...]:
    """The badges of the change from the figure before; new where they cannot be compared."""
    moved = change(new, old, indicator) if old else None
    apart = parted(new, old, indicator)
    if apart is not None:
        return _NEW, Badge(UNKNOWN, break_reason(apart.broken))
    if old is None or moved is None or catalog.doubts_change(new, old.period):
        return (_NEW,)
    if is_other_season(old.period, new.period, indicator, catalog):
        # Without their years: `forår`, `2. kvartal`, `juni`.
        seasons = [
            period.name(seasons=True).rsplit(" ", 1)[0] for period in (old.period, new.period)
        ]
        _, side = _WORDS[verdict(moved.change_points, indicator, True, moved.approximate)]
        return (Badge(UNKNOWN, f"{side} ({' mod '.join(seasons)})"),)
    if moved.is_chance:
        return (_CHANCE,)
    # A programme's families are others than the year before.
    neutral = is_neutral(catalog.areas[new.area_id])
    kind, word = _WORDS[verdict(moved.change_points, indicator, neutral, moved.approximate)]
    knows_chance = share(new, indicator) and share(old, indicator)
    if knows_chance or not indicator.is_rate:
        return (Badge(kind, word),)
    return (Badge(kind, word, is_sure=False), Badge(UNKNOWN, NO_UNCERTAINTY))
