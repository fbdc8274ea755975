"""What a person decides about a fetched file that waits: published, or thrown away."""

from pathlib import Path

from kpi.domain.vocabulary import FetchOutcome
from kpi.fetch.definition import recipe_of
from kpi.fetch.journal import read_entry, settled, write_entry
from kpi.fetch.queue import Waiting, reject, remove, waiting_file
from kpi.fetch.taking_turns import alone
from kpi.ingest.checking import Choices
from kpi.store import versions as place
from kpi.store.uploads import PublishedUpload, publish


def approve(wanted: str, by: str, note: str, home: Path | None = None) -> PublishedUpload:
    """Publishes a file that waits, checked anew. Raises KpiError where it waits no longer.

    It stays in the queue where it has errors.
    """
    home = home or place.home_folder()
    waiting, upload = waiting_file(home, wanted)
    with alone(home, waiting.name):
        choices = Choices(recipe_of(waiting.recipe, home), sheet=waiting.sheet)
        done = publish(upload, choices, by, note, home)
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
    with alone(home, waiting.name):
        reject(home, waiting, by, why)
        write_entry(home, waiting.name, settled(read_entry(home, waiting.name), "nothing_new"))
    return waiting
