"""What `fetch` and `queue` answer: one JSON object, and the same in Danish text."""

from collections.abc import Sequence
from typing import Any

from kpi.cli.file_answers import REATTRIBUTED_WORDS, counts_answer, problem_answer, problem_lines
from kpi.domain.errors import KpiError
from kpi.domain.format import counted, danish_time, long_date, number
from kpi.domain.model import Batch
from kpi.domain.vocabulary import BATCH_STATE_NAMES, FETCH_OUTCOME_NAMES, FETCH_RHYTHM_NAMES
from kpi.domain.wording import listing
from kpi.fetch.fetching import Fetched
from kpi.fetch.journal import Entry
from kpi.fetch.queue import Waiting
from kpi.fetch.states import FetchState


def fetched_answer(
    fetched: Sequence[Fetched],
    refused: Sequence[tuple[str, KpiError]],
    lacking: Sequence[tuple[str, str]] = (),
) -> dict[str, Any]:
    """What became of each definition, for `fetch --json`; `lacking` are names and their key."""
    return {
        "fetched": [
            _entry_answer(each.definition.name, each.definition.title, each.entry)
            | {
                "waiting": each.waiting.id if each.waiting else None,
                "withdrawn": each.withdrawn.batch_id if each.withdrawn else None,
                "problems": [problem_answer(problem) for problem in _problems(each)],
                "problem_counts": counts_answer(_problems(each)),
                "requests": [
                    {"method": question.method, "url": question.address, "body": question.body}
                    for question in each.questions
                ],
            }
            for each in fetched
        ],
        "refused": [
            {"name": name, "title": error.title, "message": error.message}
            for name, error in refused
        ],
        "lacking_key": [{"name": name, "setting": setting} for name, setting in lacking],
    }


def fetched_text(
    fetched: Sequence[Fetched],
    refused: Sequence[tuple[str, KpiError]],
    lacking: Sequence[tuple[str, str]],
    is_trial: bool,
) -> str:
    """What became of each definition as text, some lines each."""
    lines = [] if fetched or refused else ["Der er intet at hente nu."]
    for each in fetched:
        lines.append(_outcome_text(each, is_trial))
        if is_trial:
            lines += [f"  {question.method} {question.address}" for question in each.questions]
        lines += [f"  {line}" for line in problem_lines(_problems(each))]
        if each.waiting is not None:
            lines.append(f"  Venter på godkendelse: {each.waiting.id}. Se »python -m kpi queue«.")
        if each.withdrawn is not None:
            lines.append(f"  {_withdrawn(each.definition.name, each.withdrawn, each.can_return)}")
    lines += [f"{name}: {error.title}. {error.message}" for name, error in refused]
    lines += [f"{name}: {_lacking(setting)}" for name, setting in lacking]
    return "\n".join(lines)


def _lacking(setting: str) -> str:
    return f"springes over, til kildens nøgle er sat ({setting})."


def _withdrawn(name: str, batch: Batch, returns: bool) -> str:
    text = f"Indlæsning nr. {batch.batch_id} er {BATCH_STATE_NAMES[batch.state]}."
    return f"{text} Hent den igen med »fetch {name} --again«." if returns else text


def _problems(each: Fetched) -> Sequence[Any]:
    return each.checked.problems if each.checked else ()


def _outcome_text(each: Fetched, is_trial: bool) -> str:
    entry = each.entry
    words = FETCH_OUTCOME_NAMES[entry.outcome] if entry.outcome else ""
    text = f"{each.definition.name}: {'ville blive: ' if is_trial else ''}{words}"
    if entry.error:
        text += f". {entry.error}"
        if entry.outcome == "failed":
            text += f" {_tried_again(entry)}"
    elif each.checked is not None and entry.outcome != "nothing_new":
        new = counted(entry.new or 0, "nyt tal", "nye tal")
        text += f", {new}, {number(entry.changed or 0, 0)} ændrede"
        text += _reattributed(entry.reattributed)
    if entry.batch_id is not None and entry.outcome == "published":
        text += f", indlæsning nr. {entry.batch_id}"
    return text + ("" if text.endswith(".") else ".")


def _reattributed(count: int | None) -> str:
    return f", {number(count, 0)} {REATTRIBUTED_WORDS}" if count else ""


def _tried_again(entry: Entry) -> str:
    if entry.not_before:
        return f"Kilden beder om ro; prøv igen efter {danish_time(entry.not_before)}."
    return "Det prøves igen ved næste hentning."


def list_answer(states: Sequence[FetchState]) -> dict[str, Any]:
    """Each definition with its latest fetch, for `fetch --list --json`."""
    return {
        "definitions": [
            _entry_answer(
                state.name, state.definition.title if state.definition else "", state.entry
            )
            | {
                "source": state.definition.source if state.definition else None,
                "every": state.definition.every if state.definition else None,
                "publish": state.definition.publish if state.definition else None,
                "due": state.is_due,
                "overdue": state.is_overdue,
                "lacking_key": state.lacking_key or None,
                "waiting": state.waiting.id if state.waiting else None,
                "withdrawn": state.withdrawn.batch_id if state.withdrawn else None,
                "withdrawn_earlier": [batch.batch_id for batch in state.withdrawn_earlier],
                "fault": state.fault or None,
            }
            for state in states
        ]
    }


def list_text(states: Sequence[FetchState]) -> str:
    """Each definition with its latest fetch as text, a line each."""
    if not states:
        return "Der er ingen definitioner i data/fetch eller databasemappens fetch."
    return "\n".join(_state_text(state) for state in states)


def _state_text(state: FetchState) -> str:
    entry, definition = state.entry, state.definition
    if definition is None:
        return f"{state.name}: {state.fault}"
    parts = [f"{state.name}: {definition.title}, {FETCH_RHYTHM_NAMES[definition.every]}"]
    parts.append(f"hentet {danish_time(entry.fetched_at)}" if entry.fetched_at else "aldrig hentet")
    if updated := entry.updated_on():
        not_yet = " (den dag er ikke kommet)" if entry.stamp_ahead() else ""
        parts.append(f"kilden opdateret {long_date(updated)}{not_yet}")
    if expected := entry.expected_on():
        parts.append(f"ventes {long_date(expected)}")
    if state.lacking_key:
        return f"{', '.join(parts)}, {_lacking(state.lacking_key)}"
    is_gone = state.withdrawn is not None and entry.outcome == "published"
    if entry.outcome and not is_gone and not (state.waiting and entry.outcome == "waiting"):
        parts.append(FETCH_OUTCOME_NAMES[entry.outcome])
    if state.waiting:
        parts.append(f"venter på godkendelse ({state.waiting.id})")
    if state.is_overdue:
        parts.append("FORSINKET")
    text = ". ".join((", ".join(parts), entry.error)).rstrip(". ") + "."
    if state.withdrawn is not None:
        text += f" {_withdrawn(state.name, state.withdrawn, state.can_return)}"
    return text + _withdrawn_earlier(state.withdrawn_earlier)


def _withdrawn_earlier(batches: Sequence[Batch]) -> str:
    if not batches:
        return ""
    numbers = listing([str(batch.batch_id) for batch in reversed(batches)])
    which = "Den tidligere indlæsning" if len(batches) == 1 else "De tidligere indlæsninger"
    again = "Kommer dens tal igen" if len(batches) == 1 else "Kommer deres tal igen"
    return f" {which} nr. {numbers} er {BATCH_STATE_NAMES['withdrawn']}. {again}, venter de."


def queue_answer(waiting: Sequence[Waiting]) -> dict[str, Any]:
    """What waits, the oldest first, for `queue --json`."""
    return {
        "waiting": [
            {
                "id": entry.id,
                "name": entry.name,
                "title": entry.title,
                "source": entry.source,
                "file": entry.file,
                "fetched_at": entry.fetched_at,
                "source_updated": entry.source_updated or None,
                "rows": entry.rows,
                "new": entry.new,
                "changed": entry.changed,
                "reattributed": entry.reattributed,
                "problems": [problem_answer(problem) for problem in entry.problems],
                "problem_counts": counts_answer(entry.problems),
            }
            for entry in waiting
        ]
    }


def queue_text(waiting: Sequence[Waiting]) -> str:
    """What waits as text: a line a file, its problems under it, and how to decide."""
    if not waiting:
        return "Intet venter på godkendelse."
    lines = []
    for entry in waiting:
        new = counted(entry.new, "nyt tal", "nye tal")
        lines.append(
            f"{entry.id}  {entry.title} ({entry.source}), hentet {danish_time(entry.fetched_at)}: "
            f"{new}, {number(entry.changed, 0)} ændrede{_reattributed(entry.reattributed)}."
        )
        lines += [f"  {line}" for line in problem_lines(entry.problems)]
    lines.append(
        "Udgiv med »queue --approve NUMMER --by NAVN --note TEKST«, eller afvis med "
        "»queue --reject NUMMER --by NAVN --why TEKST«."
    )
    return "\n".join(lines)


def _entry_answer(name: str, title: str, entry: Entry) -> dict[str, Any]:
    return {
        "name": name,
        "title": title,
        "outcome": entry.outcome,
        "tried_at": entry.tried_at or None,
        "fetched_at": entry.fetched_at or None,
        "source_updated": entry.source_updated or None,
        "next_expected": entry.next_expected or None,
        "not_before": entry.not_before or None,
        "error": entry.error or None,
        "rows": entry.rows,
        "new": entry.new,
        "changed": entry.changed,
        "reattributed": entry.reattributed,
        "batch_id": entry.batch_id,
        "failures": entry.failures,
    }
