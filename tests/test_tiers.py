"""What `make test` leaves to `make soak`: never a whole table, and never in silence."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.tiers import ends, is_whole

ROOT = Path(__file__).resolve().parents[1]
# A table of functions, two slow ones, one that is run whole, and a test of minutes.
TESTS = """
import pytest

@pytest.mark.parametrize("case", range(9))
def test_function(case): pass

@pytest.mark.parametrize("case", range(9))
def test_folder(case, tmp_path): pass

@pytest.mark.some_cases
@pytest.mark.parametrize("case", range(9))
def test_marked(case): pass

@pytest.mark.every_case
@pytest.mark.parametrize("case", range(9))
def test_page(case, tmp_path): pass

@pytest.mark.soak
def test_of_minutes(tmp_path): pass
"""


def test_the_first_and_the_last_case_are_run() -> None:
    assert [ends(range(number)) for number in range(5)] == [[], [0], [0, 1], [0, 2], [0, 3]]


def test_what_is_left_out_is_counted(tmp_path: Path) -> None:
    (tmp_path / "test_made.py").write_text(TESTS, "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "tests.conftest",
         "-c", ROOT / "pyproject.toml", "--rootdir", ROOT, "--collect-only", tmp_path],
        cwd=ROOT, env={name: os.environ[name] for name in os.environ if name != "SPOR_SOAK"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    listed = [line for line in done.stdout.splitlines() if "::" in line]
    left = 2 * 7 + 1
    assert len(listed) == 37 - left, done.stdout + done.stderr
    assert f"{left} cases are left to `make soak`" in done.stdout


@pytest.mark.parametrize(
    ("named", "keyword", "soak", "whole"),
    [
        (["tests"], "", False, False),
        (["tests/kpi", "tests/ui"], "", False, False),
        (["tests/test_tiers.py"], "", False, True),
        (["tests/kpi", "tests/test_tiers.py::test_x"], "", False, True),
        (["tests"], "rank", False, True),
        (["tests"], "", True, True),
    ],
)
def test_what_is_named_is_run_whole(
    monkeypatch: pytest.MonkeyPatch, named: list[str], keyword: str, soak: bool, whole: bool
) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.delenv("SPOR_SOAK", raising=False)
    if soak:
        monkeypatch.setenv("SPOR_SOAK", "1")
    assert is_whole(named, keyword) == whole
