"""A table of cases that one test goes through: each is tried, and each that fails is named.

As `pytest.mark.parametrize`, for cases that take no time and share nothing. There every case is a
test of its own, which costs more processor time than most such cases do.

Where a test takes a fixture of its own (a store, a folder, a page) its cases take time: `make test`
tries the first and the last, unless it is marked `every_case` (tests/tiers.py).
"""

import inspect
from collections.abc import Callable, Collection, Sequence
from functools import wraps
from typing import Any

import pytest
from _pytest.mark import ParameterSet

from tests.tiers import has_own_fixtures, some

# Of an argument as much as tells a case from its neighbours.
_SHOWN = 80
# Of slow cases so many are tried: a check of a file takes a quarter of a second.
_MOST_SLOW = 2
# Where a table keeps what its test is given by tables.
_GIVEN = "given_by_tables"


def for_each(
    names: str | Sequence[str], cases: Collection[Any]
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Calls a test with every case, as its arguments `names`; its other arguments are fixtures.

    All cases are given the same fixtures, so these must be only read. A case may be a pytest.param
    without marks, whose id names it. Raises a BaseExceptionGroup of the errors and failures of all
    cases, each with a note that names its case.
    """
    argument_names = names.replace(",", " ").split() if isinstance(names, str) else [*names]
    is_bare = isinstance(names, str) and "," not in names
    assert cases, "a table without cases tests nothing"
    table = [_case(argument_names, case, is_bare) for case in cases]

    def in_one_test(test: Callable[..., None]) -> Callable[..., None]:
        # Of a table of tables the inner one is given the outer one's arguments as well.
        given = {*argument_names}
        vars(test).get(_GIVEN, given).update(argument_names)

        @wraps(test)
        def test_of_all(**fixtures: Any) -> None:
            failures: dict[str, BaseException] = {}
            marks = {mark.name for mark in getattr(test_of_all, "pytestmark", ())}
            is_slow = has_own_fixtures(test, given) and "every_case" not in marks
            tried = some(table, _MOST_SLOW) if is_slow else table
            for name, arguments in tried:
                try:
                    test(**fixtures, **arguments)
                # Whatever a case raises, the next is tried; all of it is raised below.
                except (Exception, pytest.fail.Exception, BaseExceptionGroup) as failure:  # noqa: BLE001
                    failure.add_note(f"Case: {name}")
                    failures[name] = failure
            if failures:
                text = f"{len(failures)} of {len(tried)} cases: {'; '.join(failures)}"
                raise BaseExceptionGroup(text, [*failures.values()])

        parameters = inspect.signature(test).parameters
        fixtures = [parameters[name] for name in parameters if name not in argument_names]
        # What pytest and tests/tiers.py take for the fixtures of a test.
        vars(test_of_all)["__signature__"] = inspect.Signature(fixtures)
        vars(test_of_all)[_GIVEN] = given
        return test_of_all

    return in_one_test


def _case(argument_names: Sequence[str], case: Any, is_bare: bool) -> tuple[str, dict[str, Any]]:
    """What names a case, and its arguments by their names."""
    values, label = ((case,) if is_bare else tuple(case)), ""
    if isinstance(case, ParameterSet):
        assert not case.marks, "a marked case is a test of its own: pytest.mark.parametrize"
        values, label = tuple(case.values), str(case.id or "")
    arguments = dict(zip(argument_names, values, strict=True))
    written = ", ".join(f"{name}={repr(value)[:_SHOWN]}" for name, value in arguments.items())
    return label or written, arguments
