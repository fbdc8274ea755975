"""Files that tests of the store publish are looked through for errors of their rows only.

What a store does with a publication says nothing of what is doubted in a file and asked of it, in
its rows and beside what is published, which is nearly half of a small publication's time:
`tests/kpi/ingest` tests that, and `make soak` looks through these files as well. A module that is
about such doubts is marked `whole_check`. Elsewhere a store that a test only looks at is put
together so (`put_together`).
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext

import duckdb
import pytest

from kpi.domain.errors import Problem
from kpi.domain.period import today
from kpi.ingest import difference, file_problems, row_checks
from kpi.ingest.checks import faults
from kpi.ingest.file_problems import FileUnderstood
from tests.tiers import takes_every_case


@contextmanager
def for_errors_only() -> Iterator[None]:
    """Rows are understood, refused and compared with what is published, and nothing is asked."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(file_problems, "_of_rows", _errors_of_rows)
        patch.setattr(file_problems, "_beside_known", _none)
        patch.setattr(file_problems, "_questions", _none)
        yield


def put_together() -> AbstractContextManager[None]:
    """Around publications that only make what a test looks at: nothing is asked of their files.

    Where every case is run all of it is asked.
    """
    return nullcontext() if takes_every_case() else for_errors_only()


def _errors_of_rows(connection: duckdb.DuckDBPyConnection, file: FileUnderstood) -> list[Problem]:
    table, plan = file.table, file.plan
    row_checks.find_problems(connection, today(), plan, file.catalog)
    difference.keep_published(connection)
    return [
        *row_checks.word_problems(connection, table, plan),
        *faults.row_problems(connection, table, plan),
        *row_checks.mismatches(connection, table, plan),
        *row_checks.duplicates(connection, table, plan),
    ]


def _none(*_of_file: object) -> list[Problem]:
    return []
