"""The area's own figures that are new or corrected since a meeting, beside those before."""

from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import groupby

from kpi.domain import format as fmt
from kpi.domain.catalog import Catalog
from kpi.domain.compare import change, parted
from kpi.domain.figures import Figures
from kpi.domain.measure import comparable_value
from kpi.domain.model import Indicator, Observation
from kpi.domain.period import parse_period
from kpi.domain.period_words import is_other_season, row_period_name
from kpi.domain.plan import Meeting
from kpi.domain.selection import Selection
from kpi.domain.wording import (
    capital,
    change_doubt,
    counts_in_words,
    listing,
    meeting_name,
    signed_gap,
)
from kpi.exhibits.parts import same_decimals, whose
from kpi.store import Store
from kpi.views.since import (
    GONE,
    ChangedFigure,
    Key,
    changed_figures,
    may_be_changed,
    series_order,
)

# What a page shows of the rows.
MOST_ROWS = 4
# A figure that comes so long after the end of its period, in days, is an older one that came late:
# no source publishes with such a delay.
_LONGEST_DELAY = 400
_UNCHANGED = "uændret"
_CORRECTED = "rettet"


@dataclass(frozen=True)
class NewRow:
    """A series with a new figure and the one before; `change` is the signed difference.

    Where there is none, it says why: of a corrected figure that it is, between its two values of
    one period. `is_rounded`: the two as they are shown differ by another.
    `before` is a dash, and `before_period` empty, where there is no earlier figure.
    """

    name: str
    before: str
    before_period: str
    now: str
    period: str
    change: str
    selection: Selection
    is_rounded: bool


@dataclass(frozen=True)
class NewAtHome:
    """What is new of the area itself: how much, and all rows, of which a page shows the first."""

    title: str
    subtitle: str
    all_rows: tuple[NewRow, ...]

    @property
    def rows(self) -> tuple[NewRow, ...]:
        """The first rows."""
        return self.all_rows[:MOST_ROWS]

    @property
    def more(self) -> int:
        """How many more there are."""
        return len(self.all_rows) - len(self.rows)


def new_at_home(
    store: Store,
    catalog: Catalog,
    meeting: Meeting,
    home_id: str,
    then: Callable[[], Store] | None = None,
) -> NewAtHome:
    """The area's figures that were not known at the meeting; retired indicators are left out.

    First come those that the meeting knew and that are corrected or gone. `then` opens the store
    as of the meeting's day, where any may be. Of the new ones first come those that can be judged,
    among them those that have an earlier figure, then the most important, and of these those that
    have changed. Last come figures of periods that had ended long before the meeting: they are
    counted by themselves, as nothing new has happened.
    """
    ids = list(catalog.indicators)
    new = {
        key: periods
        for key, periods in store.new_since(meeting.day, ids, [home_id]).items()
        if catalog.is_in_use(key[0], key[2])
    }
    earlier = _with_earlier(store, new, home_id)
    keys = sorted(
        series_order(new, ids, [home_id]), key=lambda key: _order(key, key in earlier, catalog)
    )
    corrected = _corrected(store, then, catalog, meeting, home_id)
    series = _series(store, keys, home_id)
    late = [key for key in keys if _is_late(new[key], meeting)]
    ordered = [*(key for key in keys if key not in late), *late]
    of_new = [_row(key, new[key], series, catalog) for key in ordered]
    rows = (*map(_corrected_row, corrected), *_changed_first(ordered, of_new, earlier, catalog))
    is_rounded = any(row.is_rounded for row in rows[:MOST_ROWS])
    since = f"{catalog.areas[home_id].name} siden {meeting_name(meeting)}"
    notes = [
        since,
        "vigtigste først" if len(rows) > MOST_ROWS else "",
        _late_words(len(late)),
        "ændring før afrunding" if is_rounded else "",
    ]
    return NewAtHome(_title(len(new) - len(late), corrected), " · ".join(filter(None, notes)), rows)


def _is_late(periods: Sequence[str], meeting: Meeting) -> bool:
    """Whether the newest of the new periods had ended long before the meeting."""
    return (meeting.day - parse_period(periods[-1]).end).days > _LONGEST_DELAY


def _late_words(count: int) -> str:
    """`plus ældre tal for to`; empty without any."""
    (word,) = counts_in_words(count, common=False)
    return f"plus ældre tal for {word}" if count else ""


def _changed_first(
    keys: Sequence[Key], rows: Sequence[NewRow], earlier: Set[Key], catalog: Catalog
) -> list[NewRow]:
    """The rows in their order, but of those that can be judged and compared the changed first."""
    parts = groupby(
        zip(keys, rows, strict=True),
        key=lambda each: _order(each[0], each[0] in earlier, catalog)[:2],
    )
    return [
        row
        for _, part in parts
        for _, row in sorted(part, key=lambda each: each[1].change.startswith(_UNCHANGED))
    ]


def _title(new: int, corrected: Sequence[ChangedFigure]) -> str:
    """`Ti nøgletal har nye tal`, `Ingen nye tal, ét rettet tal og to fjernede tal`."""
    gone = sum(figure.new == GONE for figure in corrected)
    of = (new, len(corrected) - gone, gone)
    words = counts_in_words(*of, common=False)
    first = f"{capital(words[0])} nøgletal har nye tal" if new else "Ingen nye tal"
    beside = [
        f"{word} {singular if count == 1 else plural} tal"
        for count, word, singular, plural in zip(
            of[1:], words[1:], ("rettet", "fjernet"), ("rettede", "fjernede"), strict=True
        )
        if count
    ]
    return ", ".join(filter(None, (first, listing(beside) if beside else "")))


def _corrected(
    store: Store,
    then: Callable[[], Store] | None,
    catalog: Catalog,
    meeting: Meeting,
    home_id: str,
) -> tuple[ChangedFigure, ...]:
    """The area's figures that the meeting knew with another value, the important ones first."""
    if then is None or not may_be_changed(store, meeting.day):
        return ()
    ids = list(catalog.indicators)
    earlier = then()
    before, after = (Figures(each.series(ids, [home_id])) for each in (earlier, store))
    keys = [
        key
        for key in series_order({*before, *after}, ids, [home_id])
        if catalog.is_in_use(key[0], key[2])
    ]
    keys.sort(key=lambda key: not catalog.indicators[key[0]].headline)
    return changed_figures(keys, before, after, earlier.catalog(), catalog)


def _corrected_row(figure: ChangedFigure) -> NewRow:
    is_gone = figure.new == GONE
    return NewRow(
        figure.name,
        figure.old,
        figure.period,
        fmt.MISSING if is_gone else figure.new,
        figure.period,
        GONE if is_gone else _CORRECTED,
        figure.selection,
        is_rounded=False,
    )


def _with_earlier(store: Store, new: Mapping[Key, Sequence[str]], home_id: str) -> set[Key]:
    """The series whose newest new figure has an earlier one before it.

    The two newest of each series mostly show it; all figures of the others are read.
    """
    if not new:
        return set()
    near = Figures(store.newest(list(dict.fromkeys(key[0] for key in new)), [home_id], ()))
    seen = {key for key, periods in new.items() if _has_earlier(near, key, periods)}
    others = [key for key in new if key not in seen]
    series = _series(store, others, home_id)
    return seen | {key for key in others if _has_earlier(series, key, new[key])}


def _series(store: Store, keys: Sequence[Key], home_id: str) -> Figures:
    return Figures(store.histories([(key[0], key[2]) for key in keys], [home_id]) if keys else ())


def _has_earlier(series: Figures, key: Key, periods: Sequence[str]) -> bool:
    newest = series.at(*key, parse_period(periods[-1]))
    return newest is not None and series.before(newest) is not None


def _order(key: Key, has_earlier: bool, catalog: Catalog) -> tuple[bool, bool, bool]:
    indicator = catalog.indicators[key[0]]
    return indicator.direction == "neutral", not has_earlier, not indicator.headline


def _row(key: Key, periods: Sequence[str], series: Figures, catalog: Catalog) -> NewRow:
    indicator = catalog.indicators[key[0]]
    known = [row for text in periods if (row := series.at(*key, parse_period(text))) is not None]
    new = known[-1]
    old = series.before(new)
    before, before_period, now = fmt.MISSING, "", fmt.display(new, indicator)
    if old is not None:
        # Beside each other they have equally many decimals.
        earlier, newest = same_decimals([old, new], indicator)
        before, now = fmt.display(earlier, indicator), fmt.display(newest, indicator)
        before_period = row_period_name(old, indicator, catalog)
    return NewRow(
        ", ".join([indicator.short_name, *whose(indicator, new.group_id, catalog)]),
        before,
        before_period,
        now,
        row_period_name(new, indicator, catalog),
        _change(new, old, indicator, catalog),
        Selection("tema", tema=catalog.theme_of(key[0], key[2]), noegletal=key[0]),
        _is_rounded(new, old, indicator),
    )


def _is_rounded(new: Observation, old: Observation | None, indicator: Indicator) -> bool:
    """Whether who subtracts the numbers that are shown finds another change than the one said."""
    moved = change(new, old, indicator) if old else None
    now = comparable_value(new, indicator)
    then = comparable_value(old, indicator) if old else None
    if moved is None or now is None or then is None:
        return False
    places = fmt.gap_decimals(indicator, moved.approximate)
    shown = fmt.shown_steps(now, places) - fmt.shown_steps(then, places)
    return shown != fmt.shown_steps(moved.change_points, places)


def _change(
    new: Observation, old: Observation | None, indicator: Indicator, catalog: Catalog
) -> str:
    """`−0,1`, `uændret`; what keeps the two from being compared, a dash where nothing is before."""
    if parted(new, old, indicator) is not None:
        return "brud i serien"
    moved = change(new, old, indicator) if old else None
    doubt = change_doubt(new, old.period if old else new.period, catalog)
    if old is None or moved is None:
        return fmt.MISSING + doubt
    if fmt.rounds_to_zero(moved.change_points, fmt.gap_decimals(indicator, moved.approximate)):
        return f"{_UNCHANGED}{doubt}"
    text = signed_gap(moved.change_points, indicator, moved.approximate) + doubt
    if is_other_season(old.period, new.period, indicator, catalog):
        return f"{text} (ikke samme årstid)"
    return f"{text} (ingen sikker ændring)" if moved.is_chance else text
