"""Putting a file's rows into the version that is written: of a large one beside its check.

Which rows are written is known before the last questions are asked of them: whether a figure is
strange, and what titles and notes say. They take as long as writing a million rows. Should one of
them find an error, what was written is taken back.
"""

from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date, datetime

import duckdb

from kpi.domain.catalog import Catalog
from kpi.domain.errors import Problem
from kpi.domain.period import DENMARK
from kpi.ingest.difference import Counts, source_ids
from kpi.ingest.table.dictionary import let_go_of_cells
from kpi.ingest.table.raw import Upload
from kpi.store.added_rows import MANY, find_added
from kpi.store.batches import NewBatch, insert_batch
from kpi.store.connection import write_texts_as_dictionaries
from kpi.store.derived import note_hidden
from kpi.store.newly_hidden import note_hidden as note_hidden_figures
from kpi.store.suppression import count_recoverable, show_small_numbers
from kpi.system.two_at_once import another

# Of more rows what is written and what is asked would press each other out of memory.
_MOST_BESIDE = 1_500_000


@dataclass(frozen=True)
class Signature:
    """Who publishes a file, why, and the recipe that it is read by."""

    by: str
    note: str
    recipe: str | None


@dataclass
class Insertion:
    """A batch, its rows and its periods, put into `spor`, where all true rows then are."""

    connection: duckdb.DuckDBPyConnection
    upload: Upload
    catalog: Catalog
    signature: Signature
    threads: ThreadPoolExecutor
    _counts: Counts | None = None
    _beside: duckdb.DuckDBPyConnection | None = None
    _begun: Future[tuple[int, int]] | None = None

    def begin(self, counts: Counts, problems: Sequence[Problem]) -> None:
        """Notes how many rows there are, and begins to write many where nothing speaks against it.

        For the check, once these rows are final (kpi/ingest/checking.py).
        """
        self._counts = counts
        is_error = any(problem.severity == "error" for problem in problems)
        if is_error or not MANY < counts.moved <= _MOST_BESIDE:
            return
        self._beside = another(self.connection)
        self._begun = self.threads.submit(self._insert, self._beside, counts)

    def finish(self) -> tuple[duckdb.DuckDBPyConnection, int, int]:
        """Commits the rows, written now where they are not yet.

        Returns the connection that has what hiding asks of them, the batch's number, and how many
        hidden numbers could be computed by what was shown before.
        """
        assert self._counts is not None, "no file was checked"
        try:
            begun = self._begun.result() if self._begun else None
        except duckdb.OutOfMemoryException:  # alone it may find room
            self.close()
            begun = self._beside = self._begun = None
        connection = self._beside or self.connection
        batch_id, before = begun or self._insert(connection, self._counts)
        # Rows of a transaction that still goes on are read by one thread only. Nobody reads the
        # file before all of it is done, so two transactions are as safe as one.
        connection.execute("COMMIT")
        let_go_of_cells(connection)
        return connection, batch_id, before

    def close(self) -> None:
        """Ends what is still written, in vain, and closes the connection of its own."""
        if self._beside is None or self._begun is None:
            return
        if not self._begun.done():
            self._beside.interrupt()
            self._begun.exception()
        with suppress(duckdb.Error):  # there is none, or it was given up
            self._beside.execute("ROLLBACK")
        self._beside.close()

    def _insert(self, connection: duckdb.DuckDBPyConnection, counts: Counts) -> tuple[int, int]:
        """Adds them in a transaction that is left open; the batch's number, and as `finish`."""
        find_added(connection, counts.moved, counts.reattributed)
        write_texts_as_dictionaries(connection)
        sources = ";".join(source_ids(connection, self.catalog))
        by, note, recipe = self.signature.by, self.signature.note, self.signature.recipe
        batch = NewBatch(
            "upload", sources, _known_from(connection), by, self.upload.name, self.upload.sha256,
            recipe, note, counts.new, counts.changed + counts.hidden,
            rows_reattributed=counts.reattributed,
        )  # fmt: skip
        connection.execute("USE spor")
        connection.execute("BEGIN")
        before = count_recoverable(connection)
        note_hidden(connection)
        note_hidden_figures(connection)
        show_small_numbers(connection)
        return insert_batch(connection, batch, are_current=True), before


@contextmanager
def inserting(
    connection: duckdb.DuckDBPyConnection, upload: Upload, catalog: Catalog, signature: Signature
) -> Iterator[Insertion]:
    """An insertion that is begun or finished within the block; after it nothing is written."""
    with ThreadPoolExecutor(1) as threads:
        insertion = Insertion(connection, upload, catalog, signature, threads)
        try:
            yield insertion
        finally:
            insertion.close()


def _known_from(connection: duckdb.DuckDBPyConnection) -> date:
    """The day from which what is published now is known: today, and never before what is there.

    A clock that was set back would otherwise put it behind what it corrects, and in earlier papers.
    """
    (latest,) = connection.execute(_LATEST).fetchone() or (None,)
    today = datetime.now(DENMARK).date()
    return max(today, latest) if latest else today


_LATEST = "SELECT max(known_from) FROM spor.batch WHERE state = 'published'"
