"""Fetches what a definition names: it goes the way of every extract, or waits for a person."""

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from kpi.domain.errors import KpiError, Problem
from kpi.domain.problem_codes import ProblemCode
from kpi.domain.vocabulary import FetchOutcome
from kpi.fetch.definition import Definition, DefinitionError, read_definition
from kpi.fetch.failure import ChangedError, FetchError
from kpi.fetch.http import Client, Question
from kpi.fetch.journal import Entry, handled_stamp, read_entry, settled, write_entry
from kpi.fetch.meanings import hold_meanings
from kpi.fetch.queue import (
    Waiting,
    is_rejected,
    reject,
    remove,
    wait_for_person,
    waiting_file,
    waiting_of,
)
from kpi.fetch.source import Stamp
from kpi.fetch.sources import SOURCES
from kpi.fetch.tokens import holds_token, without_tokens
from kpi.ingest.checking import Checked, Choices
from kpi.ingest.mapping.recipe import Recipe, find_recipe
from kpi.ingest.mapping.recipe_sections import RecipeError
from kpi.ingest.table.raw import Upload
from kpi.store import versions as place
from kpi.store.uploads import PublishedUpload, check_file, publish, recipe_folders
from kpi.system.os_errors import why_not_written

_LOG = logging.getLogger(__name__)
FETCHED_BY = "hentning"
# What every answer of a source may have, and how exactly it writes its figures; anything else is
# looked at by a person.
_HARMLESS: frozenset[ProblemCode] = frozenset(
    ("suppressed", "approximate", "ignored_row", "ignored_column", "unused_column", "rounded")
)
# An answer that is no table of figures at all: nothing that a person could approve.
_NONSENSE: frozenset[ProblemCode] = frozenset(
    ("empty_file", "not_a_table", "too_large", "encoding")
)


@dataclass(frozen=True)
class Fetched:
    """What a fetch of a definition came to; `waiting` is its file in the queue, older ones too.

    `checked` is None where nothing was downloaded. `questions` are the requests that were sent.
    """

    definition: Definition
    entry: Entry
    checked: Checked | None = None
    waiting: Waiting | None = None
    questions: Sequence[Question] = field(default=())

    @property
    def needs_person(self) -> bool:
        """Whether somebody has to do something about it."""
        return self.waiting is not None or self.entry.outcome not in _ALL_WELL


_ALL_WELL: frozenset[FetchOutcome | None] = frozenset(("same", "nothing_new", "published"))


def fetch(
    name: str,
    home: Path | None = None,
    is_trial: bool = False,
    new_client: Callable[[], Client] = Client,
    now: datetime | None = None,
) -> Fetched:
    """Asks a source, and publishes what it has that is new, or lets it wait for a person.

    A trial writes nothing: neither figures nor queue nor journal. Raises DefinitionError for a
    definition that cannot be used, KpiError where its figures are being fetched already, or the
    disk is full. What the source does is no error, but the outcome.
    """
    home = home or place.home_folder()
    definition, recipe = _asked_for(name, home)
    place.current_version(home)
    moment = (now or datetime.now(UTC)).astimezone(UTC).replace(microsecond=0)
    with _alone(home, name):
        before = read_entry(home, name)
        tried = replace(before, tried_at=moment.isoformat(), not_before="", error="")
        with new_client() as client:
            try:
                fetched = _fetched(client, definition, recipe, tried, home, is_trial)
            except ChangedError as error:
                entry = replace(tried, outcome="changed", error=error.message, failures=0)
                fetched = Fetched(definition, entry)
            except FetchError as error:
                later = error.not_before.isoformat() if error.not_before else ""
                entry = replace(
                    tried, outcome="failed", error=error.message, not_before=later,
                    failures=before.failures + 1,
                )  # fmt: skip
                fetched = Fetched(definition, entry)
            questions = tuple(client.questions)
        if not is_trial:
            write_entry(home, name, fetched.entry)
    _LOG.info("fetched %s: %s", name, fetched.entry.outcome)
    return replace(fetched, waiting=waiting_of(home, name), questions=questions)


def approve(wanted: str, by: str, note: str, home: Path | None = None) -> PublishedUpload:
    """Publishes a file that waits, checked anew. Raises KpiError where it waits no longer.

    It stays in the queue where it has errors.
    """
    home = home or place.home_folder()
    waiting, upload = waiting_file(home, wanted)
    with _alone(home, waiting.name):
        recipe = _recipe(waiting.recipe, home)
        done = publish(upload, Choices(recipe), by, note, home)
        if done.batch_id is not None or (done.checked.publishable and not done.checked.moved):
            remove(home, waiting)
            outcome: FetchOutcome = "published" if done.batch_id is not None else "nothing_new"
            write_entry(
                home, waiting.name, settled(read_entry(home, waiting.name), outcome, done.batch_id)
            )
    return done


def throw_away(wanted: str, by: str, why: str, home: Path | None = None) -> Waiting:
    """Rejects a file that waits; the same bytes never wait again. Raises KpiError."""
    home = home or place.home_folder()
    waiting, _ = waiting_file(home, wanted)
    with _alone(home, waiting.name):
        reject(home, waiting, by, why)
        write_entry(home, waiting.name, settled(read_entry(home, waiting.name), "nothing_new"))
    return waiting


def blocking(checked: Checked, recipe: Recipe) -> list[Problem]:
    """The problems that a person has to look at before the file is published."""
    return [
        problem
        for problem in checked.problems
        if problem.severity == "error"
        or not (
            problem.code in _HARMLESS
            or (problem.code == "ignored_area" and recipe.ignores("areas", problem.value or ""))
        )
    ]


def _fetched(
    client: Client,
    definition: Definition,
    recipe: Recipe,
    tried: Entry,
    home: Path,
    is_trial: bool,
) -> Fetched:
    """Asks for the source's stamp, and for its figures where they are new."""
    source = SOURCES[definition.source]
    with _no_answer_told():
        stamp = source.stamp(client, definition) if source.stamp else None
    if stamp is not None:
        tried = _stamped(tried, stamp)
        if tried.handled == handled_stamp(stamp.updated, definition, recipe):
            return Fetched(definition, replace(tried, outcome="same", failures=0))
    with _no_answer_told():
        if stamp is not None:
            hold_meanings(definition, recipe, stamp.texts)
        upload = source.download(client, definition, stamp)
    if holds_token(upload.content.decode("latin-1")):
        raise FetchError("Kilden svarer med nøglen i svaret. Det gemmes ikke.")
    handled = handled_stamp(stamp.updated if stamp else upload.sha256, definition, recipe)
    if stamp is None and tried.handled == handled:
        return Fetched(definition, replace(tried, outcome="same", failures=0))
    return _dealt_with(definition, recipe, replace(tried, failures=0), upload, handled, home,
                       is_trial)  # fmt: skip


def _dealt_with(
    definition: Definition,
    recipe: Recipe,
    tried: Entry,
    upload: Upload,
    handled: str,
    home: Path,
    is_trial: bool,
) -> Fetched:
    """Checks the file, and publishes it or lets it wait. Raises FetchError where it is no table."""
    choices = Choices(recipe)
    is_asked = definition.publish == "ask" or is_trial or is_rejected(home, upload.sha256)
    batch_id = None
    if is_asked:
        checked = check_file(upload, choices, home)
    else:
        done = publish(
            upload, choices, FETCHED_BY, _note(definition, tried), home,
            lambda checked: not blocking(checked, recipe),
        )  # fmt: skip
        checked, batch_id = done.checked, done.batch_id
    codes = {problem.code for problem in checked.problems if problem.severity == "error"}
    if not checked.observations and codes & _NONSENSE:
        raise FetchError(without_tokens(checked.problems[0].message))
    outcome = _outcome(definition, recipe, checked, batch_id, home, upload)
    entry = replace(
        tried, outcome=outcome, fetched_at=tried.tried_at, handled=handled, sha256=upload.sha256,
        rows=checked.rows_read, new=checked.new, changed=checked.changed + checked.hidden,
        batch_id=batch_id,
    )  # fmt: skip
    if outcome == "refused":
        entry = replace(entry, sha256="", error=checked.problems[0].message)
    elif not is_trial:
        _queue(home, definition, entry, checked, upload)
    return Fetched(definition, entry, checked)


def _outcome(
    definition: Definition,
    recipe: Recipe,
    checked: Checked,
    batch_id: int | None,
    home: Path,
    upload: Upload,
) -> FetchOutcome:
    if any(problem.code == "personal_data" for problem in checked.problems):
        return "refused"
    if batch_id is not None:
        return "published"
    if checked.publishable and not checked.moved:
        return "nothing_new"
    if is_rejected(home, upload.sha256):
        return "nothing_new"
    # Without a single figure there is no error either: the recipe ignores all that came.
    if definition.publish == "ask" or not checked.publishable or blocking(checked, recipe):
        return "waiting"
    return "published"  # only a trial comes here: the same fetch would publish it


def _queue(
    home: Path, definition: Definition, entry: Entry, checked: Checked, upload: Upload
) -> None:
    """Lets the file wait, or takes away an older one that the newer answer has settled."""
    if entry.outcome == "waiting":
        waiting = Waiting(
            upload.sha256, definition.name, definition.title, definition.table, upload.name,
            definition.recipe, entry.fetched_at, entry.source_updated, checked.rows_read,
            checked.new, checked.changed + checked.hidden, checked.problems,
        )  # fmt: skip
        wait_for_person(home, waiting, upload)
    elif older := waiting_of(home, definition.name):
        remove(home, older)


def _note(definition: Definition, entry: Entry) -> str:
    day = entry.updated_on()
    return f"Hentet fra {definition.table}" + (f", opdateret {day:%d.%m.%Y}" if day else "")


def _stamped(entry: Entry, stamp: Stamp) -> Entry:
    expected = stamp.next_expected.isoformat() if stamp.next_expected else ""
    return replace(entry, source_updated=stamp.updated, next_expected=expected)


def _asked_for(name: str, home: Path) -> tuple[Definition, Recipe]:
    definition = read_definition(name, home)
    return definition, _recipe(definition.recipe, home)


def _recipe(name: str, home: Path) -> Recipe:
    try:
        return find_recipe(name, recipe_folders(home))
    except RecipeError as error:
        raise DefinitionError(error.title, error.message) from error


@contextmanager
def _no_answer_told() -> Iterator[None]:
    """A source that cannot even be asked, for want of a key or of an address, gives no answer."""
    try:
        yield
    except (FetchError, ChangedError):
        raise
    except KpiError as error:
        raise FetchError(error.message) from error


@contextmanager
def _alone(home: Path, name: str) -> Iterator[None]:
    """While nobody else fetches or decides about the same figures; nobody waits for it."""
    path = home / "fetch" / f"{name}.lock"
    try:
        path.parent.mkdir(exist_ok=True)
        with FileLock(path, timeout=0):
            yield
    except Timeout as error:
        raise KpiError(
            "Tallene hentes allerede",
            f"»{name}« hentes eller behandles lige nu. Prøv igen om lidt.",
        ) from error
    except OSError as error:
        raise KpiError("Tallene kan ikke hentes", why_not_written(path.name, error)) from error
