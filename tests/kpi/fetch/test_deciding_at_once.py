"""Two who decide at once, or while the next file is fetched: one does, and nothing is lost."""

import threading
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from kpi.domain.errors import KpiError
from kpi.fetch.deciding import approve, throw_away
from kpi.fetch.journal import read_entry
from kpi.fetch.queue import NotWaitingError, Waiting, is_rejected, wait_for_person, waiting_files
from kpi.fetch.taking_turns import alone
from kpi.ingest.mapping.choices import Choices
from kpi.ingest.table.raw import Upload
from kpi.store import open_store
from kpi.store.removed import Removed, RemovedError, remember
from kpi.store.upload_job import publish_as_read
from kpi.store.uploads import PublishedUpload, publish
from tests.fetched_files import HEADER, let_wait

SECONDS = 60


def _while_publishing(home: Path, waiting: Waiting, meanwhile: Callable[[], None]) -> None:
    """Approves a file; `meanwhile` runs between its being read and its figures being published."""

    def slow(
        upload: Upload, choices: Choices, by: str, note: str, _: Sequence[Removed]
    ) -> PublishedUpload:
        other = threading.Thread(target=meanwhile)
        other.start()
        other.join(SECONDS)
        assert not other.is_alive()
        return publish(upload, choices, by, note, home)

    assert approve(waiting.id, "Anna", "Set", home, slow).batch_id is not None


def _replace(home: Path, waiting: Waiting) -> None:
    """What a fetch does that has a newer answer: under the definition's lock, or not at all."""
    with alone(home, waiting.name, waiting.title, is_decision=False):
        upload = Upload("RAS200.csv", f"{HEADER}\r\n751;00;16-64;TOT;BFK;2022;33,3\r\n".encode())
        newer = Waiting(
            upload.sha256, waiting.name, waiting.title, "RAS200", upload.name, waiting.recipe,
            None, waiting.fetched_at, "", 1, 1, 0,
        )  # fmt: skip
        wait_for_person(home, newer, upload)


@pytest.mark.parametrize("other", ["rejected", "replaced", "approved"])
def test_while_a_file_is_published_nobody_else_decides(home: Path, other: str) -> None:
    waiting = let_wait(home)
    refused: list[KpiError] = []

    def decide() -> None:
        try:
            if other == "rejected":
                throw_away(waiting.id, "Bent", "Forkert", home)
            elif other == "approved":
                approve(waiting.id, "Bent", "Også set", home)
            else:
                _replace(home, waiting)
        except KpiError as error:
            refused.append(error)

    _while_publishing(home, waiting, decide)
    wanted = "Tallene hentes allerede" if other == "replaced" else "Filen er optaget"
    assert [error.title for error in refused] == [wanted]
    # The definition is called what people know it by.
    assert waiting.title in refused[0].message
    assert not waiting_files(home)
    assert not is_rejected(home, waiting.sha256, waiting.name)
    assert [batch.published_by for batch in open_store(home).batches()][:1] == ["Anna"]
    assert read_entry(home, waiting.name).outcome == "published"
    # Afterwards nothing of it is left to decide about.
    with pytest.raises(NotWaitingError):
        throw_away(waiting.id, "Bent", "Forkert", home)


def test_a_press_on_a_file_that_was_replaced_publishes_neither(home: Path) -> None:
    waiting = let_wait(home)
    version = open_store(home).version
    _replace(home, waiting)
    for decide in (
        lambda: approve(waiting.id, "Anna", "Set", home),
        lambda: throw_away(waiting.id, "Anna", "Forkert", home),
    ):
        with pytest.raises(NotWaitingError):
            decide()
    assert open_store(home).version == version
    [newer] = waiting_files(home)
    assert newer.sha256 != waiting.sha256


def test_figures_of_a_version_that_came_meanwhile_are_what_an_approval_is_checked_against(
    home: Path,
) -> None:
    """The same figures were published in another way while the file was read: nothing is new."""
    waiting = let_wait(home)

    def slow(
        upload: Upload, choices: Choices, by: str, note: str, _: Sequence[Removed]
    ) -> PublishedUpload:
        publish(upload, choices, "Bent", "Af en anden vej", home)
        return publish(upload, choices, by, note, home)

    done = approve(waiting.id, "Anna", "Set", home, slow)
    assert (done.batch_id, done.checked.moved) == (None, 0)
    assert not waiting_files(home)
    assert read_entry(home, waiting.name).outcome == "nothing_new"


def test_a_file_that_is_removed_for_good_after_it_was_read_is_not_published(home: Path) -> None:
    waiting = let_wait(home)
    before = len(open_store(home).batches())

    def slow(
        upload: Upload, choices: Choices, by: str, note: str, removed: Sequence[Removed]
    ) -> PublishedUpload:
        remember(home, upload.sha256, ("Bent", "Hentet ved en fejl"))
        return publish_as_read(upload, choices, by, note, removed, home)

    with pytest.raises(RemovedError):
        approve(waiting.id, "Anna", "Set", home, slow)
    assert len(open_store(home).batches()) == before
    assert not list((home / "originals").glob(f"{waiting.sha256}.*"))
