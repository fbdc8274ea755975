"""Putting a file's rows into the version that is written: of a large one beside its check.

Which rows are written is known before the last questions are asked of them: whether a figure is
strange, and what titles and notes say. They take as long as writing a million rows, hiding small
numbers among them and working out what follows. The check reads the version that it compares with
meanwhile, and the rows are written to a copy of it: should a question find an error, the copy is
thrown away. Of a short file the copy is read, too: reading two would take longer.
"""

import shutil
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import duckdb

from kpi.domain.catalog import Catalog
from kpi.domain.errors import Problem
from kpi.domain.period import DENMARK
from kpi.ingest.difference import Counts, source_ids
from kpi.ingest.table.dictionary import let_go_of_cells
from kpi.ingest.table.raw import Upload
from kpi.store.added_rows import MANY, find_added
from kpi.store.attaching import attach
from kpi.store.batches import NewBatch, insert_batch
from kpi.store.connection import compared_with, derive_after, write_texts_as_dictionaries
from kpi.store.derived import note_hidden
from kpi.store.newly_hidden import newly_hidden
from kpi.store.newly_hidden import note_hidden as note_hidden_figures
from kpi.store.publishing import clear
from kpi.store.suppression import count_recoverable, show_small_numbers
from kpi.system.two_at_once import another
from kpi.system.writing import flush

# Of more rows what is written and what is asked would press each other out of memory.
_MOST_BESIDE = 1_500_000
# So many rows are in no table of fewer bytes, but for a packed one that repeats itself.
_MANY_BYTES = 1024**2
_UNTIL_INTERRUPTED_AGAIN = 0.02


@dataclass(frozen=True)
class Signature:
    """Who publishes a file, why, and the recipe that it is read by."""

    by: str
    note: str
    recipe: str | None


@dataclass(frozen=True)
class NextVersion:
    """A version's file, and the copy of it that is changed; whether the check reads another one."""

    base: Path
    path: Path
    is_apart: bool

    def begin_again(self) -> None:
        """Takes back what was changed."""
        clear(self.path)
        shutil.copyfile(self.base, self.path)


@dataclass(frozen=True)
class Inserted:
    """A batch that is in the next version's file, on the disk.

    `recoverable` more hidden numbers than before can be computed since, none where a row of it is
    of a public source; `hidden`: how many figures of each indicator were shown before, and are
    hidden since.
    """

    batch_id: int
    recoverable: int
    hidden: Mapping[str, int]


@dataclass
class Insertion:
    """A batch, its rows and its periods, put into the copy, and what follows of them."""

    connection: duckdb.DuckDBPyConnection
    copy: NextVersion
    upload: Upload
    catalog: Catalog
    signature: Signature
    threads: ThreadPoolExecutor
    _counts: Counts | None = None
    _beside: duckdb.DuckDBPyConnection | None = None
    _begun: Future[Inserted] | None = None

    def begin(self, counts: Counts, problems: Sequence[Problem]) -> None:
        """Notes how many rows there are, and begins to write many where nothing speaks against it.

        For the check, once these rows are final (kpi/ingest/checking.py).
        """
        self._counts = counts
        is_error = any(problem.severity == "error" for problem in problems)
        if is_error or not self.copy.is_apart or not MANY < counts.moved <= _MOST_BESIDE:
            return
        self._beside = another(self.connection)
        self._begun = self.threads.submit(self._insert, self._beside, counts)

    def finish(self) -> Inserted:
        """Waits until all is written, or writes it now. Raises OutOfMemoryException."""
        assert self._counts is not None, "no file was checked"
        try:
            if self._begun:
                return self._begun.result()
        except duckdb.OutOfMemoryException:  # alone it may find room
            self.close()
            self.copy.begin_again()
        self._beside = self._begun = None
        return self._insert(self.connection, self._counts)

    def close(self) -> None:
        """Ends what is still written, in vain, and lets go of the copy."""
        writing = self._beside or self.connection
        while self._begun and not self._begun.done():
            # Between two questions there is nothing to interrupt: the next one is.
            writing.interrupt()
            wait([self._begun], _UNTIL_INTERRUPTED_AGAIN)
        with suppress(duckdb.Error):  # there is none, or it was given up
            writing.execute("ROLLBACK")
        with suppress(duckdb.Error):
            writing.execute("USE memory; DETACH DATABASE IF EXISTS next")
        if self._beside:
            self._beside.close()

    def _insert(self, connection: duckdb.DuckDBPyConnection, counts: Counts) -> Inserted:
        """Adds the rows, hides small numbers among all and works out what follows."""
        if self.copy.is_apart:
            attach(connection, self.copy.path, "RECOVERY_MODE NO_WAL_WRITES", "next")
        find_added(connection, counts.moved, counts.reattributed)
        batch = self._batch(connection, counts)
        # Who calls his guess of a hidden number public is not told whether it is right.
        sources = source_ids(connection, self.catalog)
        is_public = any(self.catalog.sources[each].min_cell == 0 for each in sources)
        connection.execute("USE next" if self.copy.is_apart else "USE spor")
        write_texts_as_dictionaries(connection)
        connection.execute("BEGIN")
        before = count_recoverable(connection)
        note_hidden(connection)
        note_hidden_figures(connection)
        show_small_numbers(connection)
        batch_id = insert_batch(connection, batch, are_current=True)
        # Rows of a transaction that still goes on are read by one thread only. Nobody reads the
        # file before all of it is done, so two transactions are as safe as one.
        connection.execute("COMMIT")
        if connection is self.connection:  # nothing more is asked of them
            let_go_of_cells(connection)
        derive_after(connection, batch_id, counts.moved > MANY)
        recoverable = 0 if is_public else count_recoverable(connection) - before
        hidden = newly_hidden(connection, batch_id)
        connection.execute("CHECKPOINT")
        connection.execute("USE memory")
        connection.execute("DETACH next" if self.copy.is_apart else "DETACH spor")
        flush(self.copy.path)
        return Inserted(batch_id, max(recoverable, 0), hidden)

    def _batch(self, connection: duckdb.DuckDBPyConnection, counts: Counts) -> NewBatch:
        sources = ";".join(source_ids(connection, self.catalog))
        by, note, recipe = self.signature.by, self.signature.note, self.signature.recipe
        return NewBatch(
            "upload", sources, _known_from(connection), by, self.upload.name, self.upload.sha256,
            recipe, note, counts.new, counts.changed + counts.hidden,
            rows_reattributed=counts.reattributed,
        )  # fmt: skip


@contextmanager
def inserting(
    base: Path, unfinished: Path, upload: Upload, catalog: Catalog, signature: Signature
) -> Iterator[Insertion]:
    """An insertion that is begun or finished within the block; after it nothing is written.

    Its connection is for the check of the file. `unfinished` is a copy of the version `base`.
    """
    copy = NextVersion(base, unfinished, upload.size >= _MANY_BYTES)
    read = base if copy.is_apart else unfinished
    with (
        compared_with(read, upload.size, is_published=True, read_only=copy.is_apart) as connection,
        ThreadPoolExecutor(1) as threads,
    ):
        insertion = Insertion(connection, copy, upload, catalog, signature, threads)
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
