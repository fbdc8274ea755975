"""The current version as a copy to change, which becomes the next one."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from kpi.domain.errors import KpiError
from kpi.domain.lengths import refuse_long_texts
from kpi.domain.personal import refuse_personal_texts
from kpi.store import versions as place
from kpi.store.connection import open_store
from kpi.store.publishing import clear
from kpi.system.two_at_once import OF_EACH


@contextmanager
def next_version_copy(home: Path) -> Iterator[tuple[str, Path]]:
    """The current version and a copy of it to change, while no one else publishes."""
    unfinished = home / "versions" / "next.tmp"
    with place.write_lock(home), place.disk_errors_reported(home):
        version = place.current_version(home)
        try:
            clear(unfinished)
            shutil.copyfile(place.version_path(home, version), unfinished)
            yield version, unfinished
        except duckdb.OutOfMemoryException as error:
            raise KpiError(
                "Der er ikke hukommelse nok",
                "Intet er ændret. Luk andre programmer, eller del filen op, og prøv igen.",
            ) from error
        finally:
            clear(unfinished)


@contextmanager
def changed_version(home: Path) -> Iterator[tuple[str, duckdb.DuckDBPyConnection]]:
    """The next version's name and a connection to it; it is current once the block has ended.

    Raises KpiError where there is no version, or another program wrote it.
    """
    with next_version_copy(home) as (version, unfinished):
        open_store(home, version).close()  # says what to do where another program wrote it
        new = place.next_version(home)
        with duckdb.connect(str(unfinished)) as connection:
            connection.execute(OF_EACH)
            yield new, connection
            connection.execute("CHECKPOINT")
        place.make_current(home, unfinished, new)


def signed(by: str, why: str) -> tuple[str, str]:
    """Who withdraws or removes something, and why; KpiError for an empty, long or personal text."""
    if not by.strip() or not why.strip():
        raise KpiError("Der mangler noget", "Skriv både navn (--by) og grund (--why).")
    refuse_long_texts(by, why)
    refuse_personal_texts(by, why)
    return by.strip(), why.strip()
