"""What the pages ask of uploads: in processes of their own where a server runs, else in this one.

A test or a benchmark that runs a page's script has no server, and needs no process for each file.
"""

import logging
from collections.abc import Sequence
from typing import Any

from kpi.domain.catalog import Catalog
from kpi.fetch import deciding
from kpi.ingest.checked import Checked
from kpi.ingest.mapping.choices import Choices
from kpi.ingest.table.raw import Upload
from kpi.store import new_facts, uploads
from kpi.store.new_facts import NewFacts
from kpi.store.removed import Removed
from kpi.store.upload_job import publish_as_read
from kpi.store.upload_processes import UploadProcesses
from kpi.store.uploads import PublishedUpload

_LOG = logging.getLogger("spor")
_STARTED: list[UploadProcesses] = []


def start_processes() -> None:
    """From now on files are read apart from this process; it has one ready."""
    if not _STARTED:
        _STARTED.append(UploadProcesses())
        _STARTED[0].start()


def stop_processes() -> None:
    """Ends the process that waits, where one does."""
    while _STARTED:
        _STARTED.pop().stop()


def check_file(upload: Upload, choices: Choices) -> Checked:
    """`uploads.check_file`, in the process that waits where one does."""
    if not _STARTED:
        return uploads.check_file(upload, choices)
    return _STARTED[0].check(upload, choices)


def changes_file(
    upload: Upload, choices: Choices, version: str = "", with_figures: bool = True
) -> bytes:
    """`uploads.changes_file`, in the process that waits where one does."""
    return bytes(_asked("changes", uploads.changes_file, upload, choices, version, with_figures))


def publish(
    upload: Upload,
    choices: Choices,
    by: str,
    note: str,
    removed_before: Sequence[Removed] | None = None,
) -> PublishedUpload:
    """`uploads.publish`, in the process that waits where one does."""
    arguments = (choices, by, note, removed_before)
    published: PublishedUpload = _asked("publish", publish_as_read, upload, *arguments)
    if _STARTED and published.batch_id is not None:
        _LOG.info("published batch %s as version %s", published.batch_id, published.version)
    return published


def approve(wanted: str, by: str, note: str) -> PublishedUpload:
    """`deciding.approve`, published in the process that waits where one does."""
    return deciding.approve(wanted, by, note, publisher=publish)


def read_new_facts(
    upload: Upload,
    choices: Choices,
    catalog: Catalog,
    area_ids: Sequence[str],
    indicator_id: str = new_facts.NEW_ID,
) -> NewFacts:
    """`new_facts.read_new_facts`, in the process that waits where one does."""
    arguments = (choices, catalog, tuple(area_ids), indicator_id)
    facts: NewFacts = _asked("facts", new_facts.read_new_facts, upload, *arguments)
    return facts


def _asked(task: str, here: Any, upload: Upload, *arguments: Any) -> Any:
    return _STARTED[0].run(task, upload, *arguments) if _STARTED else here(upload, *arguments)
