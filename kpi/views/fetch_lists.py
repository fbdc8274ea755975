"""What became of fetches without a person: published by themselves, or failed; and a fetch now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from kpi.domain import format as fmt
from kpi.domain.model import Batch
from kpi.domain.period import DENMARK
from kpi.domain.vocabulary import (
    FETCH_OUTCOME_NAMES,
    FETCH_OUTCOMES,
    FETCH_SOURCE_NAMES,
    FETCHED_BY,
    FetchOutcome,
)
from kpi.domain.wording import Badge, capital, first_listed, listing
from kpi.fetch.background import FetchRun, Result
from kpi.fetch.definition import Definition
from kpi.fetch.queue import Rejection
from kpi.fetch.states import FetchState
from kpi.views.fetched import fetch_outcome, has_failed, withdrawal_badge, withdrawal_words
from kpi.views.upload_counts import moved_words

# What came by itself is news for so long; after it, the history has it.
_DAYS_SHOWN = 30
_MOST_NAMED = 4
# What came of a fetch is listed in this order: first what a person has to do something about.
_RANKS: Mapping[FetchOutcome, int] = {
    "waiting": 0, "failed": 1, "changed": 2, "refused": 3, "published": 4, "nothing_new": 5,
    "same": 6,
}  # fmt: skip


@dataclass(frozen=True)
class PublishedCard:
    """What was published by itself: the batch, what it is called, and what it moved."""

    batch_id: int
    title: str
    when: str
    about: str


@dataclass(frozen=True)
class FailedCard:
    """A definition whose newest fetch came to nothing: why, and what was asked for.

    `name` is the definition's, empty where it cannot be fetched as it is.
    """

    name: str
    title: str
    badge: Badge
    when: str
    about: str
    asked: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class RejectedCard:
    """What a person threw away: which file, when, and by whom and why."""

    title: str
    when: str
    about: str


@dataclass(frozen=True)
class WithdrawnCard:
    """Fetched figures that a person has withdrawn: whose, when, by whom and why.

    `name` is the definition's, empty where the same figures cannot be fetched again.
    """

    name: str
    title: str
    badge: Badge
    when: str
    about: str


def withdrawn_cards(states: Sequence[FetchState]) -> tuple[WithdrawnCard, ...]:
    """Every definition whose latest publication was withdrawn, until a later one is approved."""
    return tuple(
        WithdrawnCard(
            state.name if state.can_return else "",
            state.definition.title,
            withdrawal_badge(state.withdrawn),
            fmt.partial_date(state.withdrawn.withdrawn_on),
            withdrawal_words(state.withdrawn),
        )
        for state in states
        if state.definition is not None and state.withdrawn is not None
    )


def rejected_cards(rejections: Sequence[Rejection], day: date) -> tuple[RejectedCard, ...]:
    """The rejections of the last 30 days, in the order given."""
    return tuple(
        RejectedCard(
            rejection.title,
            fmt.danish_time(rejection.rejected_at),
            f"Afvist af {rejection.by}: {rejection.why}",
        )
        for rejection in rejections
        if day - _danish_day(rejection.rejected_at) <= timedelta(_DAYS_SHOWN)
    )


def published_cards(
    states: Sequence[FetchState], batches: Sequence[Batch], day: date
) -> tuple[PublishedCard, ...]:
    """The publications of the last 30 days that nobody had to look at, newest first."""
    return tuple(
        PublishedCard(
            batch.batch_id,
            _title_of(batch, states),
            fmt.danish_time(batch.published_at),
            f"{capital(_moved(batch))}. {batch.note}.",
        )
        for batch in batches
        if batch.published_by == FETCHED_BY
        and batch.state == "published"
        and day - _danish_day(batch.published_at) <= timedelta(_DAYS_SHOWN)
    )


def _title_of(batch: Batch, states: Sequence[FetchState]) -> str:
    """What a fetched publication is called: by the definition it is the latest of, or its file."""
    for state in states:
        if state.definition is not None and state.entry.last_batch_id == batch.batch_id:
            return state.definition.title
    return batch.original_name


def failed_cards(states: Sequence[FetchState]) -> tuple[FailedCard, ...]:
    """Every definition whose newest fetch failed, was refused, or cannot be made at all."""
    return tuple(_failed(state) for state in states if has_failed(state))


def _failed(state: FetchState) -> FailedCard:
    definition, entry = state.definition, state.entry
    tried = fmt.danish_time(entry.tried_at) if entry.tried_at else ""
    times = ""
    if entry.failures > 1 and not state.fault:
        times = f" Det er {fmt.count_word(entry.failures)} gange i træk."
    return FailedCard(
        state.name if definition is not None else "",
        definition.title if definition else state.name,
        Badge("failed", "Kan ikke læses" if state.fault else fetch_outcome(entry)),
        f"forsøgt {tried}" if tried else "",
        f"{state.fault or entry.error}{times}",
        _asked(definition) if definition else (),
    )


def _asked(definition: Definition) -> tuple[tuple[str, str], ...]:
    """What the definition asks for, as names and values."""
    query = definition.query
    rows = [("Kilde", FETCH_SOURCE_NAMES[definition.source])]
    rows += [(_shown(key), _address(text)) for key, text in query.words.items() if key != "token"]
    rows += [(_shown(key), ", ".join(values)) for key, values in query.lists.items()]
    rows += [(key, ", ".join(values)) for key, values in query.values.items()]
    return tuple(rows)


_KEYS = {
    "table": "Tabel", "lang": "Sprog", "period_type": "Periodetype", "periods": "Perioder",
    "measures": "Målinger", "omraade": "Område", "emne": "Emne", "underemne": "Underemne",
    "noegletal": "Nøgletal", "detaljering": "Detaljering", "sheet": "Ark", "url": "Adresse",
}  # fmt: skip


def _shown(key: str) -> str:
    return _KEYS.get(key, key)


def _address(text: str) -> str:
    """A setting as it may be shown: what follows `?` in an address may be a key."""
    return text.partition("?")[0]


def running_words(run: FetchRun) -> str:
    """`Henter fra kilderne siden kl. 9.50 …`."""
    began = run.started_at.astimezone(DENMARK)
    return f"Henter fra kilderne siden kl. {began.hour}.{began:%M} …"


def is_trouble(run: FetchRun) -> bool:
    """Whether a fetch that is over came to something that somebody should look at."""
    well = ("same", "nothing_new", "published")
    return bool(run.fault) or any(result.outcome not in well for result in run.results)


def ended_words(run: FetchRun) -> str:
    """What a fetch came to: `Hentningen er færdig. Udgivet: …. Ikke hentet: ….`."""
    if run.fault:
        return f"Hentningen mislykkedes. {run.fault}"
    if not run.results and run.lacking:
        return (
            "Intet er hentet: Kilderne kræver en nøgle. Sæt "
            f"{listing(list(run.lacking))} i serverens miljø, eller i en fil, som navnet med "
            "_FILE efter nævner (docs/fetching.md)."
        )
    if not run.results:
        return "Der er ingen kilder at hente fra."
    parts = []
    for outcome in (*sorted(FETCH_OUTCOMES, key=_RANKS.__getitem__), None):
        titles = [result.title for result in run.results if result.outcome == outcome]
        if titles:
            name = capital(FETCH_OUTCOME_NAMES[outcome]) if outcome else _not_tried(run.results)
            parts.append(f"{name}: {first_listed(titles, _MOST_NAMED)}.")
    return f"Hentningen er færdig. {' '.join(parts)}"


def _not_tried(results: Sequence[Result]) -> str:
    reasons = {result.error for result in results if result.outcome is None}
    return f"Ikke forsøgt ({reasons.pop().rstrip('.')})" if len(reasons) == 1 else "Ikke forsøgt"


def under_words(waits: int, published: int, failed: int) -> str:
    """`1 venter, 1 er udgivet af sig selv, 1 mislykkedes`."""
    parts = [f"{fmt.number(waits, 0)} venter"] if waits else []
    parts += [f"{fmt.number(published, 0)} er udgivet af sig selv"] if published else []
    parts += [f"{fmt.number(failed, 0)} mislykkedes"] if failed else []
    return ", ".join(parts)


def _danish_day(moment: str) -> date:
    return datetime.fromisoformat(moment).astimezone(DENMARK).date()


def _moved(batch: Batch) -> str:
    return moved_words(batch.rows_new, batch.rows_changed, reattributed=batch.rows_reattributed)
