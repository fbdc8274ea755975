"""Running a command in this process, and reading what it says."""

import json
from typing import Any

import pytest

from kpi.cli.commands import main

Captured = pytest.CaptureFixture[str]


def run(capsys: Captured, *arguments: str) -> tuple[int, str, str]:
    """Exit code, standard output and standard error of a command run in this process."""
    code = main(arguments)
    out, err = capsys.readouterr()
    return code, out, err


def answer(capsys: Captured, *arguments: str) -> Any:
    """The one JSON object of a command that must succeed."""
    code, out, err = run(capsys, *arguments, "--json")
    assert (code, err) == (0, "")
    return json.loads(out)
