"""Where the figures live: immutable version files, one writer, any number of readers."""

from typing import TYPE_CHECKING, Any

from kpi.store.connection import open_store
from kpi.store.queries import Store
from kpi.store.versions import current_version, data_folder, home_folder, is_empty, version_path

if TYPE_CHECKING:
    from kpi.store.publishing import Published, init

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


def __getattr__(name: str) -> Any:
    """`init` and what it returns, imported when first asked for: reading files takes long to load.

    Raises AttributeError for any other name.
    """
    if name in ("Published", "init"):
        from kpi.store import publishing

        return getattr(publishing, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
