"""Every command line that the documents write is one that the program takes."""

import re
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest

from kpi.cli.arguments import read_arguments
from kpi.domain.errors import KpiError
from tests.test_docs import COMMANDS_PAGE, ROOT

_DOCUMENTS = ("README.md", *(f"docs/{path.name}" for path in sorted((ROOT / "docs").glob("*.md"))))
_COMMANDS = {*re.findall(r"^\| `(\w+)", COMMANDS_PAGE, re.MULTILINE)}
# What stands for a value; others in capitals are any text.
_VALUES = {"DATE": "2025-01-01", "THING": "source", "K": "difference"}


def _command_lines() -> Iterator[tuple[str, str]]:
    """Each document with what it writes as code and begins with a command."""
    for document in _DOCUMENTS:
        text = (ROOT / document).read_text("utf-8").replace(r"\|", "|")
        codes = [code.rpartition("-m kpi ")[2] for code in re.findall(r"`([^`\n]+)`", text)]
        codes += re.findall(r"-m kpi ([^`\n]+)", text)
        for code in dict.fromkeys(codes):
            line = re.split(r"[;>&]", code)[0].replace("...", "")
            if line.split()[:1] and line.split()[0] in _COMMANDS and "=" not in line:
                yield document, line


def _spellings(line: str) -> Iterator[list[str]]:
    """The line without what may be left out, with each of that, and with each choice of `a|b`."""
    least = re.sub(r"\[[^\]]*\]", "", line)
    for optional in ("", *re.findall(r"\[([^\]]*)\]", line)):
        words = [word.split("|") for word in f"{least} {optional}".split()]
        yield from map(list, product(*words))


def _value(word: str) -> str:
    return _VALUES.get(word, "1") if re.fullmatch("[A-Z_]+", word) else word


def test_every_command_line_of_the_documents_is_taken() -> None:
    lines = [*_command_lines()]
    assert {Path(document).stem for document, _ in lines} >= {"README", "commands", "fetching"}
    faults = []
    for document, line in lines:
        for words in _spellings(line):
            if "--help" in words:
                continue
            try:
                read_arguments([_value(word) for word in words])
            except KpiError as error:
                # In a sentence a command is named without all that it needs.
                if not error.message.startswith("der mangler: "):
                    faults.append(f"{document}: {' '.join(words)}: {error.message}")
    assert faults == []


def test_a_command_line_with_a_slip_is_not_taken() -> None:
    with pytest.raises(KpiError, match="--dues"):
        read_arguments(["fetch", "--dues"])
