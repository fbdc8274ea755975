"""Keeps pandas out of processes that have no use for it.

DuckDB and Arrow import pandas, where it is installed, at the first bound parameter and the first
array, to ask whether a value is a data frame. It takes longer than checking a small file.
"""

import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType


class _WithoutPandas(MetaPathFinder):
    """Finds no pandas, as if it were not installed."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """None for all but pandas: others find it. Raises ModuleNotFoundError for pandas."""
        if fullname == "pandas":
            raise ModuleNotFoundError(name=fullname)
        return None


def leave_out_pandas() -> None:
    """Makes `import pandas` fail in this process from now on. Nothing of `kpi` imports it."""
    sys.meta_path.insert(0, _WithoutPandas())


def stop_searching() -> None:
    """Where pandas is left out, lets its next import fail at once: DuckDB tries for each value.

    That is some 4,500 times in a publication, a tenth of the processor's time. For a process that
    has Arrow: it tries once, and would take what stands for an absent module for pandas itself.
    """
    if any(isinstance(finder, _WithoutPandas) for finder in sys.meta_path):
        import pyarrow as arrow

        arrow.array([])
        # Where it was loaded before it was left out, somebody has a use for it.
        sys.modules.setdefault("pandas", None)  # type: ignore[arg-type]
