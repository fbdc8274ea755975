"""What a person decides about a fetched file that waits: published, or thrown away."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from kpi.domain.lengths import MOST_IN_DECISION, refuse_long_texts
from kpi.domain.personal import refuse_personal_texts
from kpi.domain.vocabulary import FetchOutcome
from kpi.fetch.definition import recipe_of
from kpi.fetch.journal import read_entry, with_decision, write_entry
from kpi.fetch.queue import Waiting, fetched_words, reject, remove, waiting_entry, waiting_file
from kpi.fetch.taking_turns import alone
from kpi.ingest.mapping.choices import Choices
from kpi.ingest.table.raw import Upload
from kpi.store import versions as place
from kpi.store.removed import Removed, removals
from kpi.store.uploads import PublishedUpload, publish

# How a file is published: `kpi.store.uploads.publish`, or the same in a process of its own; the
# last is what had been removed for good when the file was read.
Publisher = Callable[[Upload, Choices, str, str, Sequence[Removed]], PublishedUpload]


def read_waiting(wanted: str, home: Path | None = None) -> tuple[Waiting, Upload, Choices]:
    """A file that waits, and how it is read now.

    Raises NotWaitingError where it waits no longer, KpiError where it or its recipe cannot be read.
    """
    home = home or place.home_folder()
    waiting, upload = waiting_file(home, wanted)
    recipe = recipe_of(waiting.recipe, home)
    choices = Choices(
        recipe,
        sheet=waiting.sheet,
        texts=waiting.texts,
        of_all_areas=waiting.of_all_areas,
        is_fetched=True,
    )
    return waiting, upload, choices


def approve(
    wanted: str,
    by: str,
    note: str,
    home: Path | None = None,
    publisher: Publisher | None = None,
) -> PublishedUpload:
    """Publishes a file that waits, checked anew. Raises KpiError as `read_waiting` does.

    Its note begins with where it was fetched from. It stays in the queue where it has errors.
    """
    refuse_long_texts(by, note, MOST_IN_DECISION)
    refuse_personal_texts(by, note)
    home = home or place.home_folder()
    waiting = waiting_entry(home, wanted)
    name = waiting.name
    with alone(home, name, waiting.title, is_decision=True):
        # Before it is read: whoever removes the file from here on removes this one, too.
        removed = removals(home)
        waiting, upload, choices = read_waiting(wanted, home)
        if note.strip():  # without one it is refused
            note = f"{fetched_words(waiting.source, waiting.updated_on())}. {note.strip()}"
        if publisher is None:
            done = publish(upload, choices, by, note, home, removed_before=removed)
        else:
            done = publisher(upload, choices, by, note, removed)
        if done.batch_id is not None or done.checked.is_published_already:
            remove(home, waiting)
            outcome: FetchOutcome = "published" if done.batch_id is not None else "nothing_new"
            entry = with_decision(read_entry(home, name), outcome, done.batch_id)
            if done.batch_id is None:  # whatever was withdrawn is published again in another way
                entry = replace(entry, restored_batch_id=entry.last_batch_id)
            write_entry(home, name, entry)
    return done


def throw_away(wanted: str, by: str, why: str, home: Path | None = None) -> Waiting:
    """Rejects a file that waits; the same bytes never wait again. Raises KpiError.

    One that nobody can read any more is thrown away as well.
    """
    refuse_long_texts(by, why, MOST_IN_DECISION)
    refuse_personal_texts(by, why)
    home = home or place.home_folder()
    waiting = waiting_entry(home, wanted)
    name = waiting.name
    with alone(home, name, waiting.title, is_decision=True):
        waiting = waiting_entry(home, wanted)
        reject(home, waiting, by, why)
        write_entry(home, name, with_decision(read_entry(home, name), "nothing_new"))
    return waiting
