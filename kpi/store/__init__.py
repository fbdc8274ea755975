"""Where the figures live: immutable version files, one writer, any number of readers."""

from kpi.store.connection import open_store
from kpi.store.publishing import Published, init
from kpi.store.queries import Store
from kpi.store.versions import current_version, data_folder, home_folder, is_empty, version_path

__all__ = [
    "Published",
    "Store",
    "current_version",
    "data_folder",
    "home_folder",
    "init",
    "is_empty",
    "open_store",
    "version_path",
]
