"""What is known of the sources that Spor asks: when it did, what came, and what is late."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from kpi.domain import format as fmt
from kpi.domain.age import ON_TIME, OVERDUE, PUNCTUALITY_NAMES
from kpi.domain.model import Batch
from kpi.domain.vocabulary import (
    BATCH_STATE_NAMES,
    FETCH_OUTCOME_NAMES,
    FETCH_RHYTHM_NAMES,
    FETCH_SOURCE_NAMES,
    FETCH_TROUBLES,
)
from kpi.domain.wording import Badge, capital, counts_in_words, listing
from kpi.fetch.definition import Definition
from kpi.fetch.journal import Entry
from kpi.fetch.states import FetchState
from kpi.views.approval import waiting_words
from kpi.views.freshness import FreshnessRow

_NOT_TOLD = "ikke oplyst"


@dataclass(frozen=True)
class FetchRow:
    """A definition in words: what it fetches, its days, and how it stands."""

    title: str
    source: str
    asked: str
    fetched: str
    updated: str
    expected: str
    badges: tuple[Badge, ...]
    result: str


@dataclass(frozen=True)
class SourceFact:
    """What a source has said of its own next update; `expected` None where it has not."""

    expected: date | None
    is_overdue: bool


def fetch_rows(states: Sequence[FetchState]) -> tuple[FetchRow, ...]:
    """Every definition, those that need somebody first."""
    rows = [_row(state) for state in states]
    return tuple(sorted(rows, key=lambda row: needs_nobody(row.badges)))


def attention_line(states: Iterable[FetchState]) -> str:
    """`To hentede filer venter på godkendelse, og én kilde er forsinket.`; empty where neither."""
    known = tuple(states)
    waits = sum(state.waiting is not None for state in known)
    return _sentence([*([waiting_words(waits)] if waits else []), *_troubles(known)])


def trouble_line(states: Iterable[FetchState]) -> str:
    """`Én kilde er forsinket.`: the same without the files that wait."""
    return _sentence(_troubles(tuple(states)))


def _troubles(states: Sequence[FetchState]) -> list[str]:
    late = sum(state.is_overdue for state in states)
    failed = sum(has_failed(state) for state in states)
    parts = [f"{_sources(late)} er {'forsinket' if late == 1 else 'forsinkede'}"] if late else []
    return [*parts, *([f"{_sources(failed)} er ikke hentet"] if failed else [])]


def _sentence(parts: Sequence[str]) -> str:
    return capital(listing(list(parts)).replace(" og ", ", og ")) + "." if parts else ""


def source_facts(states: Iterable[FetchState]) -> dict[str, SourceFact]:
    """By source what it says itself, where all that it has is among the figures already.

    A file that waits, a fetch that failed and figures that were withdrawn say nothing of how old
    those here are.
    """
    settled = ("same", "nothing_new", "published")
    return {
        state.source_id: SourceFact(state.entry.expected_on(), state.is_overdue)
        for state in states
        if state.source_id
        and state.waiting is None
        and state.withdrawn is None
        and state.entry.outcome in settled
        and state.entry.updated_on() is not None
    }


def as_fetched(
    rows: Iterable[FreshnessRow], facts: Mapping[str, SourceFact]
) -> tuple[FreshnessRow, ...]:
    """The rows with what their sources say themselves before what is written of them in data/."""
    known = [_as_fetched(row, facts.get(row.source_id)) for row in rows]
    return tuple(sorted(known, key=lambda row: not row.is_overdue))


def _as_fetched(row: FreshnessRow, fact: SourceFact | None) -> FreshnessRow:
    if fact is None or row.is_continued:
        return row
    state = OVERDUE if fact.is_overdue else ON_TIME
    expected = fmt.long_date(fact.expected) if fact.expected else row.expected
    return replace(row, expected=expected, badge=Badge(state, PUNCTUALITY_NAMES[state]))


def _row(state: FetchState) -> FetchRow:
    definition, entry = state.definition, state.entry
    return FetchRow(
        definition.title if definition else state.name,
        _source(definition) if definition else "",
        _asked(definition, entry),
        fmt.danish_time(entry.fetched_at) if entry.fetched_at else "aldrig",
        _updated(entry),
        _expected(definition, entry),
        fetch_badges(state),
        _result(state),
    )


def _updated(entry: Entry) -> str:
    """`28. oktober 2026`; a stamp that cannot be right is shown with what is wrong with it."""
    updated = entry.updated_on()
    if updated is None:
        return _NOT_TOLD
    return fmt.long_date(updated) + (", som ikke er kommet" if entry.stamp_ahead() else "")


def _source(definition: Definition) -> str:
    if definition.source == "url":
        return definition.table
    return f"{FETCH_SOURCE_NAMES[definition.source]}, {definition.table}"


def _asked(definition: Definition | None, entry: Entry) -> str:
    when = fmt.danish_time(entry.tried_at) if entry.tried_at else "aldrig"
    return f"{when} ({FETCH_RHYTHM_NAMES[definition.every]})" if definition else when


def _expected(definition: Definition | None, entry: Entry) -> str:
    day = entry.expected_on()
    if day is not None:
        return fmt.long_date(day)
    return (definition.released if definition else "") or _NOT_TOLD


def fetch_badges(state: FetchState) -> tuple[Badge, ...]:
    """How it stands; a file that waits and a source that is late are two facts."""
    badges = []
    if state.fault:
        badges.append(Badge("failed", "Kan ikke læses"))
    elif has_failed(state):
        badges.append(Badge("failed", fetch_outcome(state.entry)))
    if state.waiting is not None:
        badges.append(Badge("waits", capital(FETCH_OUTCOME_NAMES["waiting"])))
    if state.withdrawn is not None:
        badges.append(withdrawal_badge(state.withdrawn))
    if state.is_overdue:
        badges.append(Badge(OVERDUE, PUNCTUALITY_NAMES[OVERDUE]))
    if badges:
        return tuple(badges)
    if state.lacking_key:
        return (Badge("unknown_rhythm", "Nøglen mangler"),)
    if state.entry.outcome is None:
        return (Badge("unknown_rhythm", "Endnu ikke hentet"),)
    return (Badge(ON_TIME, PUNCTUALITY_NAMES[ON_TIME]),)


def _result(state: FetchState) -> str:
    """What the latest fetch came to, with the reason where it came to nothing."""
    entry = state.entry
    if state.lacking_key:
        return f"Hentes først, når kildens nøgle er sat ({state.lacking_key})."
    if state.fault or entry.outcome is None:
        return state.fault or fmt.MISSING
    words = fetch_outcome(entry)
    if entry.batch_id is not None and entry.outcome == "published":
        words += f" som indlæsning nr. {entry.batch_id}"
    if entry.failures > 1:
        words += f" {fmt.count_word(entry.failures)} gange i træk"
    result = f"{words}. {entry.error}" if entry.error else f"{words}."
    return f"{result} {withdrawal_words(state.withdrawn)}" if state.withdrawn else result


def withdrawal_badge(batch: Batch) -> Badge:
    """`Fortrudt`, or that it was removed for good."""
    return Badge("withdrawn", capital(BATCH_STATE_NAMES[batch.state]))


def withdrawal_words(batch: Batch) -> str:
    """`Indlæsning nr. 29 er fortrudt af Anna: Kilden har regnet forkert.`"""
    said = f"Indlæsning nr. {batch.batch_id} er {BATCH_STATE_NAMES[batch.state]}"
    return f"{said} af {batch.withdrawn_by}: {batch.withdrawn_why.rstrip('.')}."


def fetch_outcome(entry: Entry) -> str:
    """What the newest fetch came to, in a word; empty before the first."""
    return capital(FETCH_OUTCOME_NAMES[entry.outcome]) if entry.outcome else ""


def has_failed(state: FetchState) -> bool:
    """Whether the newest fetch came to nothing, or cannot be made; not for want of a key."""
    if state.lacking_key:
        return False
    return bool(state.fault) or state.entry.outcome in FETCH_TROUBLES


def needs_nobody(badges: Iterable[Badge]) -> bool:
    """Whether none of the badges of a source asks for a person."""
    return not any(badge.kind in ("failed", "waits", OVERDUE) for badge in badges)


def _sources(count: int) -> str:
    (many,) = counts_in_words(count, common=True)
    return f"{many} {'kilde' if count == 1 else 'kilder'}"
