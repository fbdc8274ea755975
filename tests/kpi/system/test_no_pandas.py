"""Pandas that is left out is not searched for again and again; a loaded one stays."""

import sys
from types import ModuleType

import pytest

from kpi.system.no_pandas import leave_out_pandas, stop_searching


@pytest.fixture(autouse=True)
def _of_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "meta_path", list(sys.meta_path))
    # Whatever stands there afterwards goes, also where nothing stood before.
    monkeypatch.setitem(sys.modules, "pandas", ModuleType("pandas"))
    del sys.modules["pandas"]


def test_it_is_known_to_be_absent_once_it_is_left_out() -> None:
    stop_searching()
    assert "pandas" not in sys.modules
    leave_out_pandas()
    stop_searching()
    assert sys.modules["pandas"] is None
    with pytest.raises(ModuleNotFoundError):
        import pandas  # noqa: F401


def test_one_that_is_loaded_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    loaded = ModuleType("pandas")
    monkeypatch.setitem(sys.modules, "pandas", loaded)
    leave_out_pandas()
    stop_searching()
    assert sys.modules["pandas"] is loaded
