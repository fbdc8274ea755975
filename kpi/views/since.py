"""What has changed since a day: figures, verdicts, initiatives, corrections, what was undone."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from kpi.domain import format as fmt
from kpi.domain.catalog import Catalog
from kpi.domain.compare import Comparison, parted
from kpi.domain.figures import Figures
from kpi.domain.judgement import verdict_badge
from kpi.domain.model import Batch, Observation
from kpi.domain.period import DENMARK, parse_period
from kpi.domain.period_words import row_period_name
from kpi.domain.selection import Selection
from kpi.domain.series_break import is_across
from kpi.domain.verdicts import comparisons
from kpi.domain.vocabulary import BATCH_STATE_NAMES, NO_COMPARISON, STATE_NAMES
from kpi.domain.wording import Badge, break_reason, capital
from kpi.exhibits.parts import whose
from kpi.exhibits.titles import doubt
from kpi.store import Store
from kpi.views.beside import newest_beside
from kpi.views.focus import areas_to_compare, focus_of
from kpi.views.plan import state_badge


@dataclass(frozen=True)
class NewFigure:
    """The newest figure of a series that became known after the day.

    `before` is the newest value known until then, `others` names the series' other new periods;
    each is empty where there are none.
    """

    name: str
    period: str
    value: str
    before: str
    selection: Selection
    others: str = ""


@dataclass(frozen=True)
class ChangedFigure:
    """A figure whose value another one has taken the place of; `new` is `fjernet` without one."""

    name: str
    period: str
    old: str
    new: str
    selection: Selection


@dataclass(frozen=True)
class Flipped:
    """A verdict that is another now than on the day, against the same area or group."""

    name: str
    then: Badge
    now: Badge
    selection: Selection


@dataclass(frozen=True)
class MovedInitiative:
    """An initiative with another state than on the day; `then` None where it was not reported.

    `reported_on` is the date of the newest status, in Danish.
    """

    title: str
    theme_id: str
    responsible: str
    then: Badge | None
    now: Badge
    summary: str
    reported_on: str


@dataclass(frozen=True)
class Since:
    """Everything that is other than on the day. `corrections` are (what, when, why)."""

    day: date
    new: tuple[NewFigure, ...]
    changed: tuple[ChangedFigure, ...]
    flipped: tuple[Flipped, ...]
    moved: tuple[MovedInitiative, ...]
    corrections: tuple[tuple[str, str, str], ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing has changed."""
        return not (self.new or self.changed or self.flipped or self.moved or self.corrections)


def since_view(
    then: Store, now: Store, catalog: Catalog, day: date, home_id: str, theme_id: str = ""
) -> Since:
    """What the store `now` knows that `then` (opened as of the day) did not; of one theme, or all.

    Figures are those of the area and the programme areas within it.
    """
    themes = [theme_id] if theme_id else list(catalog.themes)
    ids = [
        indicator.indicator_id
        for indicator in catalog.indicators.values()
        if any(each.theme_id in themes for each in catalog.by_theme(indicator))
    ]
    in_focus, others = focus_of(now, catalog, ids, home_id), areas_to_compare(home_id, catalog)
    focus = in_focus.all_ids
    before = newest_beside(then, catalog, ids, focus, others, is_judged=False)
    after = newest_beside(now, catalog, ids, focus, others, is_judged=False)

    def is_shown(key: Key) -> bool:
        """Whether a figure is of the focus and, placed by its group, of one of the themes."""
        return in_focus.holds(key) and catalog.theme_of(key[0], key[2]) in themes

    keys = series_order(filter(is_shown, after), ids, focus)
    new = {key: periods for key, periods in now.new_since(day, ids, focus).items() if is_shown(key)}
    batches = now.batches()
    if theme_id:
        about = now.batches_about(ids)
        batches = [batch for batch in batches if batch.batch_id in about]
    long_before, long_after = (Figures(store.series(ids, focus)) for store in (then, now))
    # Of a series that is gone altogether nothing is known any more.
    long_keys = series_order(filter(is_shown, {*long_before, *after}), ids, focus)
    # Seen as of a day before the meeting, what it knew beyond that is no change.
    is_later = catalog.day > day
    return Since(
        day,
        tuple(
            _new(key, new[key], long_before, long_after, catalog)
            for key in series_order(new, ids, focus)
        ),
        changed_figures(long_keys, long_before, long_after, then.catalog(), catalog)
        if is_later
        else (),
        tuple(turn for key in keys if (turn := _flipped(key, before, after, catalog))),
        _moved(then, now, day, themes),
        _corrections(batches, day, catalog),
    )


# What stands in place of the value of a figure that was taken away.
GONE = "fjernet"
# A series: indicator, area and group.
Key = tuple[str, str, str]


def series_order(keys: Iterable[Key], ids: Sequence[str], areas: Sequence[str]) -> list[Key]:
    """Series in the order of the indicators, then the areas, then the groups."""
    places = {indicator_id: place for place, indicator_id in enumerate(ids)}
    return sorted(keys, key=lambda key: (places[key[0]], areas.index(key[1]), key[2]))


def _new(
    key: Key, periods: Sequence[str], before: Figures, after: Figures, catalog: Catalog
) -> NewFigure:
    rows = (after.at(*key, parse_period(period)) for period in periods)
    *others, row = [each for each in rows if each is not None]
    indicator = catalog.indicators[row.indicator_id]
    known = before.newest(*key)
    earlier = ""
    if known is not None:
        name = row_period_name(known, indicator, catalog)
        earlier = f"{fmt.display(known, indicator)} ({name}){doubt([known], catalog)}"
        if (apart := parted(row, known, indicator)) is not None:
            earlier += f". {break_reason(apart.broken)}"
    return NewFigure(
        _name(row, catalog), row_period_name(row, indicator, catalog),
        fmt.display(row, indicator) + doubt([row], catalog), earlier, _link(row, catalog),
        other_periods(others, catalog),
    )  # fmt: skip


def other_periods(rows: Sequence[Observation], catalog: Catalog) -> str:
    """The new periods before the newest, oldest first: `og 13 tidligere perioder (2008-2020)`."""
    if not rows:
        return ""
    indicator = catalog.indicators[rows[0].indicator_id]
    first, last = (row_period_name(row, indicator, catalog) for row in (rows[0], rows[-1]))
    if len(rows) == 1:
        return f"og {first}"
    stretch = f"{first}-{last}" if first.isdigit() and last.isdigit() else f"{first} til {last}"
    return f"og {fmt.number(len(rows), 0)} tidligere perioder ({stretch})"


def changed_figures(
    keys: Iterable[Key], before: Figures, after: Figures, earlier: Catalog, catalog: Catalog
) -> tuple[ChangedFigure, ...]:
    """The figures of any period that were known before and are other now, or gone: `fjernet`.

    What is gone is named as the `earlier` day knew it: its source may be gone with it.
    """
    changed = []
    for key in keys:
        indicator = catalog.indicators[key[0]]
        for old in before.series(*key):
            row = after.at(*key, old.period)
            if row is not None and _shown(old) == _shown(row):
                continue
            now = fmt.display(row, indicator) + doubt([row], catalog) if row else GONE
            known = catalog if row else earlier
            changed.append(
                ChangedFigure(
                    _name(old, known),
                    row_period_name(row or old, indicator, known),
                    fmt.display(old, indicator),
                    now,
                    _link(old, catalog),
                )
            )
    return tuple(changed)


def may_be_changed(now: Store, day: date) -> bool:
    """Whether any publication since a day changed or removed figures, or was undone.

    Without any, all figures of that day are today's, and the day's tables need not be made.
    """
    return any(
        bool(batch.withdrawn_on and date.fromisoformat(batch.withdrawn_on) > day)
        or (_published(batch) > day and bool(batch.rows_changed or batch.rows_removed))
        for batch in now.batches()
    )


def _shown(row: Observation) -> tuple[object, ...]:
    return row.value, row.numerator, row.denominator, row.status, row.low, row.high


def _flipped(key: Key, before: Figures, after: Figures, catalog: Catalog) -> Flipped | None:
    """The first comparison that both days have, where its verdict is another now.

    None across a break in the series: what is counted in another way has not got better or worse.
    None where one of the values is implausible, of which no verdict is given.
    """
    old, new = before.newest(*key), after.newest(*key)
    if old is None or new is None or any(map(catalog.is_implausible, (old, new))):
        return None
    indicator = catalog.indicators[new.indicator_id]
    if is_across(old.period, new.period, indicator):
        return None
    known = {
        _against(comparison): comparison for comparison in _shown_comparisons(old, before, catalog)
    }
    area = catalog.areas[new.area_id]
    for comparison in _shown_comparisons(new, after, catalog):
        earlier = known.get(_against(comparison))
        if earlier is None:
            continue
        if earlier.verdict == comparison.verdict:
            return None
        then, now = (
            verdict_badge(each, indicator, catalog, area) for each in (earlier, comparison)
        )
        return Flipped(_name(new, catalog), then, now, _link(new, catalog))
    return None


def _shown_comparisons(row: Observation, figures: Figures, catalog: Catalog) -> list[Comparison]:
    return [
        comparison
        for comparison in comparisons(row, figures, catalog)
        if comparison.verdict != NO_COMPARISON
    ]


def _against(comparison: Comparison) -> tuple[str, str]:
    return comparison.kind, comparison.with_id


def _moved(
    then: Store, now: Store, day: date, themes: Sequence[str]
) -> tuple[MovedInitiative, ...]:
    """Initiatives whose state is another than the one that was known on the day."""
    known = {
        initiative.initiative_id: initiative.status_on(day)
        for initiative in then.plan().initiatives
    }
    moved = []
    for initiative in now.plan().initiatives:
        before, status = known.get(initiative.initiative_id), initiative.status_on(now.day)
        if initiative.theme_id not in themes or status is None:
            continue
        if before is not None and before.state == status.state:
            continue
        moved.append(
            MovedInitiative(
                initiative.title,
                initiative.theme_id,
                initiative.responsible,
                state_badge(before) if before else None,
                state_badge(status),
                status.summary,
                fmt.partial_date(status.date),
            )
        )
    # The most advanced first, so that what is done comes before what has begun.
    order = list(STATE_NAMES.values())
    return tuple(sorted(moved, key=lambda initiative: -order.index(initiative.now.text)))


def _corrections(
    batches: Sequence[Batch], day: date, catalog: Catalog
) -> tuple[tuple[str, str, str], ...]:
    """Publications that changed or took away values, and those that were undone."""
    corrections = []
    for batch in batches:
        names = "; ".join(catalog.sources[each].title for each in batch.source_id.split(";"))
        if batch.withdrawn_on and date.fromisoformat(batch.withdrawn_on) > day:
            when = fmt.partial_date(batch.withdrawn_on)
            action = capital(BATCH_STATE_NAMES[batch.state])
            corrections.append((f"{action}: {names}", when, batch.withdrawn_why))
        elif _published(batch) > day and (batch.rows_changed or batch.rows_removed):
            counts = [
                f"{fmt.number(count, 0)} {single if count == 1 else several}"
                for count, single, several in (
                    (batch.rows_changed, "rettet", "rettede"),
                    (batch.rows_removed, "fjernet", "fjernede"),
                )
                if count
            ]
            when = fmt.long_date(_published(batch))
            corrections.append((f"{names}: {' og '.join(counts)}", when, batch.note))
    return tuple(corrections)


def _published(batch: Batch) -> date:
    return datetime.fromisoformat(batch.published_at).astimezone(DENMARK).date()


def _name(row: Observation, catalog: Catalog) -> str:
    """`Gellerup: fravær` or `Selvforsørgelse, ikke-vestlig baggrund`."""
    indicator = catalog.indicators[row.indicator_id]
    area = catalog.areas[row.area_id]
    name = ", ".join([indicator.short_name, *whose(indicator, row.group_id, catalog)])
    return f"{area.name}: {name}" if area.is_local else name


def _link(row: Observation, catalog: Catalog) -> Selection:
    """The indicator's page; its theme is named where it is not the indicator's own."""
    apart = catalog.group_themes.get((row.indicator_id, row.group_id), "")
    return Selection("tema", tema=apart, noegletal=row.indicator_id)
