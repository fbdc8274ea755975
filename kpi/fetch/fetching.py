"""Fetches what a definition names: it goes the way of every extract, or waits for a person."""

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from kpi.domain.errors import KpiError, Problem
from kpi.domain.model import Batch
from kpi.domain.period import Period, parse_period
from kpi.domain.problem_codes import HARMLESS_WHEN_FETCHED, NO_ANSWER, ProblemCode
from kpi.domain.vocabulary import FETCH_TROUBLES, FETCHED_BY, FetchOutcome
from kpi.fetch.definition import Definition, read_definition, recipe_of
from kpi.fetch.failure import ChangedError, FetchError
from kpi.fetch.http import Client, Question
from kpi.fetch.journal import (
    Entry,
    batches_of_others,
    handled_stamp,
    read_entry,
    with_batch,
    write_entry,
)
from kpi.fetch.judging import judged_by
from kpi.fetch.meanings import hold_areas, hold_meanings, texts_for
from kpi.fetch.newest import hold_newest
from kpi.fetch.queue import Waiting, fetched_words, is_rejected, remove, wait_for_person, waiting_of
from kpi.fetch.small_numbers import shown_file
from kpi.fetch.sources import SOURCES
from kpi.fetch.taking_turns import alone
from kpi.fetch.tokens import content_holds_token, without_tokens
from kpi.fetch.withdrawn import can_return, withdrawn_of
from kpi.ingest.checked import Checked
from kpi.ingest.mapping.choices import Choices
from kpi.ingest.mapping.recipe import Recipe
from kpi.ingest.table.raw import Upload
from kpi.store import versions as place
from kpi.store.catalogs import catalog_of
from kpi.store.connection import open_store
from kpi.store.removed import RemovedError, forget_fetched, removed_among
from kpi.store.uploads import check_file, publish

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True)
class Fetched:
    """What a fetch of a definition came to; `waiting` is its file in the queue, older ones too.

    `checked` is what may be shown of its check (kpi/fetch/small_numbers.py); None where nothing was
    downloaded. `questions` are the requests that were sent. `withdrawn` is its latest publication
    where a person has withdrawn that, `can_return` whether it can be fetched again.
    """

    definition: Definition
    entry: Entry
    checked: Checked | None = None
    waiting: Waiting | None = None
    withdrawn: Batch | None = None
    can_return: bool = False
    questions: Sequence[Question] = field(default=())

    @property
    def needs_person(self) -> bool:
        """Whether somebody has to do something about it."""
        return self.waiting is not None or self.entry.outcome in (None, "waiting", *FETCH_TROUBLES)


@dataclass(frozen=True)
class _Fetch:
    """One fetch: what is asked for, how its file is read, and what is remembered of it so far."""

    definition: Definition
    recipe: Recipe
    home: Path
    is_trial: bool
    is_again: bool
    tried: Entry
    texts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @property
    def choices(self) -> Choices:
        """How the file is read."""
        return Choices(
            self.recipe, sheet=self.definition.sheet, texts=self.texts,
            of_all_areas=self.definition.asks_all_areas(self.recipe.area or ""),
            is_fetched=True,
        )  # fmt: skip


def fetch(
    name: str,
    home: Path | None = None,
    is_trial: bool = False,
    new_client: Callable[[], Client] = Client,
    now: datetime | None = None,
    *,
    is_again: bool = False,
) -> Fetched:
    """Asks a source, and publishes what it has that is new, or lets it wait for a person.

    A trial writes nothing: neither figures nor queue nor journal. `is_again` downloads and checks
    also what was decided already: a person wants what was withdrawn back. Raises
    DefinitionError for a definition that cannot be used, KpiError where its figures are being
    fetched already, or the disk is full. What the source does is no error, but the outcome.
    """
    home = home or place.home_folder()
    definition = read_definition(name, home)
    recipe = recipe_of(definition.recipe, home)
    place.current_version(home)
    moment = (now or datetime.now(UTC)).astimezone(UTC).replace(microsecond=0)
    # A trial writes nothing, and so can be made of a store that may only be read.
    with nullcontext() if is_trial else alone(home, name, definition.title, is_decision=False):
        before = read_entry(home, name)
        tried = replace(before, tried_at=moment.isoformat(), not_before="", error="", failures=0)
        task = _Fetch(definition, recipe, home, is_trial, is_again, tried)
        fetched = _attempted(new_client, task, before)
        if not is_trial:
            write_entry(home, name, fetched.entry)
            _forget_removed(home, fetched.entry)
    _LOG.info("fetched %s: %s", name, fetched.entry.outcome)
    withdrawn = _withdrawn(replace(task, tried=fetched.entry))
    waiting = waiting_of(home, name)
    returns = can_return(home, name, withdrawn, waiting)
    return replace(fetched, waiting=waiting, withdrawn=withdrawn, can_return=returns)


def blocking(checked: Checked, recipe: Recipe) -> list[Problem]:
    """The problems that a person has to look at before the file is published.

    None of a figure that a person has published already, and that the file leaves as it is.
    """
    return [
        problem
        for problem in checked.problems
        if problem.severity == "error"
        or not (
            problem.code in HARMLESS_WHEN_FETCHED
            or problem.stands
            or (problem.code == "ignored_area" and recipe.ignores("areas", problem.value or ""))
        )
    ]


def _attempted(new_client: Callable[[], Client], task: _Fetch, before: Entry) -> Fetched:
    """The fetch, or that the source has changed or failed; with the requests that were sent."""
    questions: list[Question] = []
    try:
        with new_client() as client:
            questions = client.questions
            return replace(_fetched(client, task), questions=questions)
    except ChangedError as error:
        entry = replace(task.tried, outcome="changed", error=error.message)
    except FetchError as error:
        later = error.not_before.isoformat() if error.not_before else ""
        entry = replace(
            task.tried, outcome="failed", error=error.message, not_before=later,
            failures=before.failures + 1,
        )  # fmt: skip
    return Fetched(task.definition, entry, questions=questions)


def _fetched(client: Client, task: _Fetch) -> Fetched:
    """Asks for the source's stamp, and for its figures where they are new."""
    definition, recipe, tried = task.definition, task.recipe, task.tried
    source = SOURCES[definition.source]
    catalog = catalog_of(task.home, place.current_version(task.home))
    judged = judged_by(recipe, catalog)
    with _unasked_is_unanswered():
        stamp = source.stamp(client, definition) if source.stamp else None
    if stamp is not None:
        expected = stamp.next_expected.isoformat() if stamp.next_expected else ""
        tried = replace(
            tried, source_updated=stamp.updated, next_expected=expected,
            since=_since(tried, is_new=stamp.updated != tried.source_updated),
        )  # fmt: skip
        handled = handled_stamp(stamp.updated, definition, recipe, judged)
        if _is_dealt_with(task, handled):
            return Fetched(definition, _unchanged(tried))
        hold_meanings(definition, recipe, stamp.texts)
        hold_areas(definition, recipe, stamp.texts, catalog.areas.values())
        hold_newest(definition, stamp.periods, _newest_published(task))
        task = replace(task, texts=texts_for(recipe, stamp.texts))
    with _unasked_is_unanswered():
        upload = source.download(client, definition, stamp)
    if content_holds_token(upload.content):
        raise FetchError("Kilden svarer med nøglen i svaret. Det gemmes ikke.")
    stamped = stamp.updated if stamp else upload.sha256
    handled = handled_stamp(stamped, definition, recipe, judged)
    if removed_among(task.home, [upload.sha256]):
        return Fetched(definition, _of_removed(tried, upload, handled))
    if _is_dealt_with(task, handled):
        return Fetched(definition, _unchanged(tried))
    if stamp is None:
        tried = replace(tried, since=_since(tried, is_new=upload.sha256 != tried.sha256))
    return _dealt_with(replace(task, tried=tried), upload, handled)


def _since(tried: Entry, *, is_new: bool) -> str:
    """When what the source has was first seen; never after now, whatever the clock was then."""
    return tried.tried_at if is_new or not tried.since else min(tried.since, tried.tried_at)


def _newest_published(task: _Fetch) -> list[Period]:
    """The newest period of each indicator that stands of the recipe's source."""
    recipe, ids = task.recipe, task.recipe.indicator_ids()
    with closing(open_store(task.home)) as store:
        return [
            parse_period(period)
            for indicator_id, source_id, period, *_ in store.newest_periods()
            if source_id == recipe.source_id and (not ids or indicator_id in ids)
        ]


def _unchanged(tried: Entry) -> Entry:
    """Nothing was downloaded; what the source has was refused before, and still is."""
    if tried.refused:
        return replace(tried, outcome="refused", error=tried.refused)
    return replace(tried, outcome="same")


def _of_removed(tried: Entry, upload: Upload, handled: str) -> Entry:
    """The source has the very file that was removed for good: its hash is not kept either."""
    return replace(
        tried, outcome="nothing_new", fetched_at=tried.tried_at, sha256="", rows=None, new=None,
        changed=None, reattributed=None, batch_id=None, waits="", refused="",
        handled=handled.replace(upload.sha256, ""),
    )  # fmt: skip


def _forget_removed(home: Path, entry: Entry) -> None:
    """Takes the hash of a file out of the journal again that was removed for good meanwhile.

    Whoever removes a file remembers it first and looks through the journals last.
    """
    for sha256, _ in removed_among(home, {entry.sha256, entry.waits}):
        forget_fetched(home, sha256)


def _is_dealt_with(task: _Fetch, handled: str) -> bool:
    """Whether what the source has needs no download, and nobody wants it again."""
    return task.tried.handled == handled and not task.is_again and not _is_lost(task)


def _is_lost(task: _Fetch) -> bool:
    """Whether a file should wait that nobody decided about, and that is no longer there."""
    waits, name = task.tried.waits, task.definition.name
    if not waits or is_rejected(task.home, waits, name):
        return False
    waiting = waiting_of(task.home, name)
    return waiting is None or waiting.sha256 != waits


def _dealt_with(task: _Fetch, upload: Upload, handled: str) -> Fetched:
    """Checks the file, and publishes it or lets it wait. Raises FetchError where it is no table."""
    try:
        checked, batch_id = _published(task, upload)
    except RemovedError:
        is_removed = True
    else:
        is_removed = batch_id is None and bool(removed_among(task.home, [upload.sha256]))
    if is_removed:
        return Fetched(task.definition, _of_removed(task.tried, upload, handled))
    codes = {problem.code for problem in checked.problems if problem.severity == "error"}
    if not checked.observations and codes & NO_ANSWER:
        raise FetchError(_said(checked, NO_ANSWER))
    outcome = _outcome(task, checked, batch_id, upload)
    entry = replace(
        with_batch(task.tried, batch_id), outcome=outcome, fetched_at=task.tried.tried_at,
        handled=handled, sha256=upload.sha256, rows=checked.rows_read, new=checked.new,
        changed=checked.changed + checked.hidden, reattributed=checked.reattributed,
        batch_id=batch_id,
        waits=upload.sha256 if outcome == "waiting" else "", refused="",
    )  # fmt: skip
    if checked.is_published_already:
        entry = replace(entry, restored_batch_id=_brought_back(task, upload))
    if outcome == "refused":
        why = _said(checked, frozenset(("personal_data",)))
        entry = replace(entry, sha256="", error=why, refused=why)
    shown = shown_file(checked, task.recipe, task.home)
    if outcome != "refused" and not task.is_trial and not _queue(task, entry, shown, upload):
        return Fetched(task.definition, _of_removed(task.tried, upload, handled))
    return Fetched(task.definition, entry, shown)


def _said(checked: Checked, codes: frozenset[ProblemCode]) -> str:
    """What the check says of the first problem of a kind."""
    messages = [problem.message for problem in checked.problems if problem.code in codes]
    return without_tokens(messages[0])


def _published(task: _Fetch, upload: Upload) -> tuple[Checked, int | None]:
    """The file's check, and the publication where a person need not look at it."""
    if (
        task.is_trial
        or is_rejected(task.home, upload.sha256, task.definition.name)
        or _asks_person(task)
    ):
        return check_file(upload, task.choices, task.home), None
    done = publish(
        upload, task.choices, FETCHED_BY,
        fetched_words(task.definition.table, task.tried.updated_on()), task.home,
        lambda checked: (
            not blocking(checked, task.recipe)
            and not removed_among(task.home, [upload.sha256])
        ),
    )  # fmt: skip
    return done.checked, done.batch_id


def _asks_person(task: _Fetch) -> bool:
    """Whether every file of the definition waits: it says so, or its latest was withdrawn.

    What a person has withdrawn would else come back by itself with the source's next figures.
    """
    return task.definition.publish != "when_clean" or _withdrawn(task) is not None


def _withdrawn(task: _Fetch) -> Batch | None:
    others = batches_of_others(task.home, task.definition.name)
    with closing(open_store(task.home)) as store:
        return withdrawn_of(task.definition, task.tried, store.batches(), others)


def _brought_back(task: _Fetch, upload: Upload) -> int | None:
    """The withdrawn publication whose very file is published again in another way, if any."""
    withdrawn = _withdrawn(task)
    if withdrawn is None or withdrawn.original_sha256 != upload.sha256:
        return task.tried.restored_batch_id
    return withdrawn.batch_id


def _outcome(task: _Fetch, checked: Checked, batch_id: int | None, upload: Upload) -> FetchOutcome:
    if any(problem.code == "personal_data" for problem in checked.problems):
        return "refused"
    if batch_id is not None:
        return "published"
    if checked.is_published_already:
        return "nothing_new"
    if is_rejected(task.home, upload.sha256, task.definition.name):
        return "nothing_new"
    # Without a single figure there is no error either: the recipe ignores all that came.
    if _asks_person(task) or not checked.publishable or blocking(checked, task.recipe):
        return "waiting"
    return "published"  # only a trial comes here: the same fetch would publish it


def _queue(task: _Fetch, entry: Entry, checked: Checked, upload: Upload) -> bool:
    """Lets the file wait, or removes an older one that the newer answer decides about.

    False where the file was removed for good since it was downloaded: no copy of it may wait.
    """
    definition = task.definition
    if entry.outcome == "waiting":
        waiting = Waiting(
            upload.sha256, definition.name, definition.title, definition.table, upload.name,
            definition.recipe, definition.sheet, entry.fetched_at, entry.source_updated,
            checked.rows_read, checked.new, checked.changed + checked.hidden, checked.problems,
            reattributed=checked.reattributed, texts=task.texts,
            of_all_areas=task.choices.of_all_areas,
        )  # fmt: skip
        with place.write_lock(task.home):
            if removed_among(task.home, [upload.sha256]):
                return False
            wait_for_person(task.home, waiting, upload)
    elif older := waiting_of(task.home, definition.name):
        remove(task.home, older)
    return True


@contextmanager
def _unasked_is_unanswered() -> Iterator[None]:
    """A source that cannot even be asked, for want of a key or of an address, gives no answer."""
    try:
        yield
    except (FetchError, ChangedError):
        raise
    except KpiError as error:
        raise FetchError(error.message) from error
