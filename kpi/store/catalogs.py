"""The metadata of a version, read once in a process: a version never changes."""

from functools import lru_cache
from pathlib import Path

from kpi.domain.catalog import Catalog
from kpi.store.connection import open_store
from kpi.store.versions import version_path

# Files are checked against the current version; a large store's metadata is a few megabytes.
_KEPT = 4


def catalog_of(home: Path, version: str) -> Catalog:
    """All metadata of a version, as it is today.

    Raises KpiError where the version is missing or damaged, or another program wrote it.
    """
    try:
        file = version_path(home, version).stat()
    except OSError:
        return _read(home, version)
    return _kept(home, version, (file.st_ino, file.st_size, file.st_mtime_ns))


@lru_cache(_KEPT)
def _kept(home: Path, version: str, _file: tuple[int, int, int]) -> Catalog:
    """The same file, by what the disk says of it, has the same metadata."""
    return _read(home, version)


def _read(home: Path, version: str) -> Catalog:
    store = open_store(home, version)
    try:
        return store.catalog()
    finally:
        store.close()
