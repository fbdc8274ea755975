"""Opening a version for reading: the newest, a named one, or as it was known on a day."""

import weakref
from datetime import date
from pathlib import Path

import duckdb

from kpi.domain.errors import KpiError
from kpi.store.connecting import connect, is_up_to_date
from kpi.store.queries import Store
from kpi.store.versions import current_version, damaged, home_folder, version_path


class OtherProgramError(KpiError):
    """The version is sound, but another program wrote it: `init` brings it along."""


def open_store(
    home: Path | None = None, version: str | None = None, as_of: date | None = None
) -> Store:
    """Opens a version (default: the one that holds now) for reading.

    It closes when the last reader lets go of it, so whoever shares a store never closes it; `close`
    is for one who has it alone.
    Raises KpiError when there is no version, or its file is damaged; the message says what to do.
    """
    home = home or home_folder()
    version = version or current_version(home)
    path = version_path(home, version)
    try:
        connection = connect(path, as_of)
        is_ours = is_up_to_date(connection)
    except (duckdb.Error, OSError) as error:
        raise damaged(version) from error
    if not is_ours:
        connection.close()
        raise OtherProgramError(
            "Tallene skal bygges om",
            f"Udgave {version} er lavet af en anden udgave af programmet. Kør »python -m kpi init« "
            "i programmets mappe: den skriver en ny udgave af de samme tal.",
        )
    store = Store(connection, version, as_of)
    # A cache that forgets a store must not close it under a page that reads it.
    weakref.finalize(store, connection.close)
    return store
