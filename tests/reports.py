"""What a process of xdist says of each test: how it went, and of its steps what did not go well.

Else five messages a test go to the process that writes the summary: that it begins, was set up, how
it went, was taken down, and ended. Of ten thousand tests the other four cost six seconds of a
processor, and nobody sees them. Where durations of set-ups are asked for (`--durations`), `-n 0`.
"""

from typing import Any

import pytest


@pytest.hookimpl(tryfirst=True)
def pytest_report_to_serializable(
    config: pytest.Config, report: pytest.CollectReport | pytest.TestReport
) -> dict[str, Any] | None:
    """Nothing of a step that went well; of all else what pytest makes of it."""
    is_step = isinstance(report, pytest.TestReport) and report.when != "call"
    return {} if is_step and report.passed and hasattr(config, "workerinput") else None


def pytest_sessionstart(session: pytest.Session) -> None:
    """Keeps what says nothing from being sent."""
    for plugin in session.config.pluginmanager.get_plugins():
        if type(plugin).__name__ == "WorkerInteractor":
            send_only_news(plugin)


def send_only_news(interactor: Any) -> None:
    """Lets xdist's process leave out that a test begins and ends, and empty reports."""
    send = interactor.sendevent

    def send_news(name: str, **said: Any) -> None:
        is_empty = name == "testreport" and "$report_type" not in said["data"]
        if name not in ("logstart", "logfinish") and not is_empty:
            send(name, **said)

    interactor.sendevent = send_news
