"""The examples in the docstrings of the functions that everyone calls say what they return."""

import doctest
from collections.abc import Callable
from pathlib import Path

import pytest

from kpi.domain.compare import compare
from kpi.domain.format import display
from kpi.domain.period import parse_period
from kpi.domain.units import unit_of
from kpi.store import Store, open_store
from kpi.suppression.cells import Cell
from kpi.suppression.hiding import cells_to_hide


class _SpacesAlike(doctest.OutputChecker):
    """Takes a no-break space for the space that a docstring has."""

    def check_output(self, want: str, got: str, optionflags: int) -> bool:
        return super().check_output(want, got.replace("\u00a0", " "), optionflags)


@pytest.mark.parametrize(
    "function", [cells_to_hide, compare, display, parse_period, Store.newest, unit_of],
    ids=lambda function: function.__qualname__,
)  # fmt: skip
def test_the_example_of(function: Callable[..., object], built_home: Path) -> None:
    store = open_store(built_home)
    names = {"store": store, "Cell": Cell, "parse_period": parse_period}
    names[function.__name__] = function
    (example,) = doctest.DocTestFinder(recurse=False).find(
        function, function.__qualname__, globs=names
    )
    assert example.examples
    runner = doctest.DocTestRunner(_SpacesAlike(), verbose=False)
    reports: list[str] = []
    runner.run(example, out=reports.append)
    store.close()
    assert not reports, "".join(reports)
