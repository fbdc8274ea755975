"""The version of the program."""

import re

import pytest

from kpi.cli.arguments import read_arguments
from kpi.system.program import program_version
from tests.conftest import DATA


def test_the_version_has_three_parts() -> None:
    assert re.fullmatch(r"\d+\.\d+\.\d+", program_version())


def test_the_changelog_has_the_version() -> None:
    changelog = (DATA.parent / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.search(rf"^## {re.escape(program_version())} \(", changelog, re.M)


def test_the_command_line_names_the_version(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        read_arguments(["--version"])
    assert (ended.value.code, capsys.readouterr().out) == (0, f"Spor {program_version()}\n")
