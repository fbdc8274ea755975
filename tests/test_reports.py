"""What a process of a run leaves unsaid: of steps that went well, and nothing else."""

from types import SimpleNamespace
from typing import Any, Literal, cast

import pytest

from tests.reports import pytest_report_to_serializable, send_only_news
from tests.tables import for_each


@for_each(
    ("when", "outcome", "is_said"),
    [
        ("setup", "passed", False),
        ("call", "passed", True),
        ("teardown", "passed", False),
        ("setup", "skipped", True),
        ("setup", "failed", True),
        ("teardown", "failed", True),
    ],
)
def test_what_is_sent(
    when: Literal["setup", "call", "teardown"],
    outcome: Literal["passed", "failed", "skipped"],
    is_said: bool,
) -> None:
    worker = cast(pytest.Config, SimpleNamespace(workerinput={}))
    report = pytest.TestReport("tests/a.py::b", ("a.py", 1, "b"), {}, outcome, None, when)
    written = pytest_report_to_serializable(worker, report)
    sent: list[dict[str, Any]] = []
    interactor = SimpleNamespace(sendevent=lambda name, **said: sent.append(said))
    send_only_news(interactor)
    data = report._to_json() | {"$report_type": "TestReport"} if written is None else written
    interactor.sendevent("testreport", data=data)
    assert len(sent) == is_said
