"""How fresh every source is: those that Spor asks itself, and those that a person hands in."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kpi.domain import format as fmt
from kpi.domain.age import ON_TIME, OVERDUE, PUNCTUALITY_NAMES
from kpi.domain.catalog import Catalog
from kpi.domain.period import DENMARK
from kpi.domain.vocabulary import FETCH_SOURCE_NAMES
from kpi.domain.wording import Badge, capital, first_listed
from kpi.fetch.states import FetchState
from kpi.views.fetched import fetch_badges, needs_nobody
from kpi.views.freshness import FreshnessRow

_MOST_NAMED = 2
# On a phone each is a card of seven lines.
_SHOWN_FIRST = 12
_NOT_FETCHED = "Hentes ikke"


@dataclass(frozen=True)
class SourceRow:
    """A source in words: its table, what it has, its newest figures here, and how it stands."""

    table: str
    content: str
    publisher: str
    newest: str
    asked: str
    expected: str
    badges: tuple[Badge, ...]
    is_fetched: bool

    @property
    def needs_person(self) -> bool:
        """Whether somebody has to do something about it."""
        return not needs_nobody(self.badges)


def source_rows(
    states: Sequence[FetchState], ages: Sequence[FreshnessRow], catalog: Catalog
) -> tuple[SourceRow, ...]:
    """Every source with newest figures here, or that is asked; those that need somebody first.

    `ages` are those of each indicator and source. Of a source that another one goes on after
    nothing is said: nothing is expected of it.
    """
    by_source: dict[str, list[FreshnessRow]] = {}
    for row in ages:
        if not row.is_continued:
            by_source.setdefault(row.source_id, []).append(row)
    newest = newest_known(ages)
    fetched = [_fetched(state, newest) for state in states]
    asked = {state.source_id for state in states if state.definition is not None}
    # A source that is asked has its row already; what was typed of it is of the same source.
    others = [
        _handed_in(rows, catalog) for source_id, rows in by_source.items() if source_id not in asked
    ]
    order = lambda row: (not row.needs_person, not row.is_fetched)  # noqa: E731
    return tuple(sorted([*fetched, *others], key=order))


def newest_known(ages: Iterable[FreshnessRow]) -> dict[str, FreshnessRow]:
    """The newest period of what each source has, be it that a copy of it goes on after it."""
    of_indicator: dict[str, FreshnessRow] = {}
    rows = [*ages]
    for row in rows:
        newest = of_indicator.setdefault(row.indicator_id, row)
        if row.end > newest.end:
            of_indicator[row.indicator_id] = row
    known: dict[str, FreshnessRow] = {}
    for row in rows:
        newest = of_indicator[row.indicator_id] if row.is_continued else row
        if row.source_id not in known or newest.end > known[row.source_id].end:
            known[row.source_id] = newest
    return known


def _fetched(state: FetchState, newest_of: Mapping[str, FreshnessRow]) -> SourceRow:
    definition, entry = state.definition, state.entry
    if definition is None:
        return SourceRow(
            state.name, "", "", fmt.MISSING, "aldrig", fmt.MISSING, fetch_badges(state), True
        )
    known = newest_of.get(state.source_id)
    newest = known.period if known else fmt.MISSING
    if state.waiting is not None:
        newest = f"{newest} · nyere venter" if newest != fmt.MISSING else "venter"
    moment = entry.moment(entry.tried_at)
    expected = entry.expected_on()
    return SourceRow(
        definition.table,
        capital(definition.title.removeprefix(f"{definition.table}: ")),
        FETCH_SOURCE_NAMES[definition.source],
        newest,
        fmt.long_date(moment.astimezone(DENMARK).date()) if moment else "aldrig",
        fmt.long_date(expected) if expected else definition.released or "ikke oplyst",
        fetch_badges(state),
        True,
    )


def _newest(rows: Sequence[FreshnessRow]) -> str:
    newest = max(rows, key=lambda row: row.end, default=None)
    return newest.period if newest else fmt.MISSING


def _handed_in(rows: Sequence[FreshnessRow], catalog: Catalog) -> SourceRow:
    """A source that nobody asks by itself, by its newest figures; late where any of them is."""
    late = [row for row in rows if row.is_overdue]
    shown = late or [row for row in rows if row.badge.kind == ON_TIME] or [*rows]
    return SourceRow(
        rows[0].source_title,
        first_listed(list(dict.fromkeys(row.indicator_name for row in rows)), _MOST_NAMED),
        catalog.sources[rows[0].source_id].publisher,
        _newest(rows),
        _NOT_FETCHED,
        shown[0].expected,
        (Badge(OVERDUE, PUNCTUALITY_NAMES[OVERDUE]),) if late else (shown[0].badge,),
        False,
    )


# Which rows a person wants to see, and what the choice is called.
CHOICES: Mapping[str, str] = {
    "alle": "Alle kilder", "hentes": "Hentes automatisk", "handling": "Kræver handling",
}  # fmt: skip


def chosen_rows(rows: Iterable[SourceRow], choice: str) -> list[SourceRow]:
    """The rows of a choice."""
    if choice == "hentes":
        return [row for row in rows if row.is_fetched]
    if choice == "handling":
        return [row for row in rows if row.needs_person]
    return [*rows]


def split_rows(rows: Sequence[SourceRow]) -> tuple[Sequence[SourceRow], Sequence[SourceRow]]:
    """The rows that are shown at first, with all that need a person, and the others."""
    first = max(_SHOWN_FIRST, sum(row.needs_person for row in rows))
    return rows[:first], rows[first:]


def other_sources_words(count: int) -> str:
    """`De øvrige 22 kilder`: of those that are not shown at first."""
    return "Den sidste kilde" if count == 1 else f"De øvrige {fmt.number(count, 0)} kilder"
