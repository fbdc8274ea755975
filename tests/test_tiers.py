"""What `make test` leaves to `make soak`: never a whole table, and never in silence."""

import os
import subprocess
import sys
from datetime import date, timedelta
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

from tests.compiling import share
from tests.tiers import (
    as_if,
    in_turn,
    is_whole,
    part_of,
    some,
    takes_every_case,
    those_that_stay,
)

DAY = date(2026, 11, 28)
ROOT = Path(__file__).resolve().parents[1]
# A table of functions, slow ones, another that is run whole, one whose cases have marks of their
# own, tests of minutes, and seven slow tests: of all slow cases the first is run.
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

@pytest.mark.parametrize(
    "case",
    [pytest.param(case, marks=getattr(pytest.mark, mark)) for case, mark in enumerate(
        ["soak", "xfail", "every_case", "xfail", "every_case", "soak"]
    )],
)
def test_of_many_marks(case, tmp_path): pass

@pytest.mark.soak
def test_of_minutes(tmp_path): pass

@pytest.mark.soak
@pytest.mark.parametrize("case", range(9))
def test_table_of_minutes(case): pass

def test_slow_1(tmp_path): pass
def test_slow_2(tmp_path): pass
def test_slow_3(tmp_path): pass
def test_slow_4(tmp_path): pass
def test_slow_5(tmp_path): pass
def test_slow_6(tmp_path): pass
def test_slow_7(tmp_path): pass
"""
SECOND_LOOK = """
import pytest

pytestmark = pytest.mark.second_look

@pytest.mark.parametrize("case", range(9))
def test_seen(case): pass

@pytest.mark.parametrize("case", range(9))
def test_drawn(case, tmp_path): pass

def test_compared(tmp_path): pass
"""


@pytest.mark.parametrize(
    ("folder", "tests", "quick", "run"),
    [
        ("kpi/ingest", ["a[1]", "a[2]", "b", "c[1]", "c[2]"], 0, ["a[1]"]),
        ("kpi/store", ["a[1]", "a[2]", "b", "c[1]", "c[2]"], 1, ["a[1]"]),
        # Quick ones say it.
        ("kpi/store", ["a[1]", "a[2]", "b", "c[1]", "c[2]"], 2, []),
        ("pages", ["a[1]", "b"], 9, ["a[1]"]),
        ("kpi/suppression", ["a[1]", "a[2]", "b", "c[1]", "c[2]"], 9, ["a[1]", "c[2]"]),
        ("kpi/suppression", ["a", "b"], 9, ["a", "b"]),
        ("browser", ["a", "b", "c"], 9, ["a"]),
        # Cases of one test say the same.
        ("kpi/suppression", ["a[1]", "a[2]", "a[3]"], 9, ["a[1]"]),
        ("browser", ["a"], 9, ["a"]),
    ],
)
def test_of_the_slow_cases_of_a_module_few_are_run(
    folder: str, tests: list[str], quick: int, run: list[str]
) -> None:
    names = {name: f"tests/{folder}/test_x.py::test_{name}" for name in tests}
    assert those_that_stay([*names.values()], quick) == [names[name] for name in run]


def test_what_is_left_out_is_counted(tmp_path: Path) -> None:
    (tmp_path / "test_made.py").write_text(TESTS, "utf-8")
    (tmp_path / "test_second.py").write_text(SECOND_LOOK, "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "tests.conftest",
         "-c", ROOT / "pyproject.toml", "--rootdir", ROOT, "--collect-only", tmp_path],
        cwd=ROOT, env={name: os.environ[name] for name in os.environ if name != "SPOR_SOAK"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    listed = [line for line in done.stdout.splitlines() if "::" in line]
    # The tables that are run whole, the first case of the first slow one, and cases marked so; of
    # the second module the table alone that takes nothing.
    functions = [f"function[{case}]" for case in range(9)]
    pages = [f"page[{case}]" for case in range(9)]
    run = [*functions, "folder[0]", *pages, "of_many_marks[2]", "of_many_marks[4]"]
    run += [f"seen[{case}]" for case in range(9)]
    assert [line.partition("::test_")[2] for line in listed] == run, done.stdout + done.stderr
    left = 8 + 9 + 4 + 1 + 9 + 7 + 9 + 1
    assert f"{left} cases are left to `make soak`" in done.stdout
    # Of a table no more are built than may be run: of the second the last, of the third the first
    # and the last, of the fifth its two, of those of minutes one each; of what is left whole one.
    assert f"({1 + 2 + 2 + 1 + 1 + 7 + 1 + 1} deselected)" in done.stdout


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


def test_the_parts_of_what_is_left_are_all_of_it() -> None:
    left: list[Any] = [*range(45)]
    parts: list[Any] = [part_of(left, f"{number}/20", DAY) for number in range(1, 21)]
    assert sorted(chain.from_iterable(parts)) == left
    days: list[Any] = [part_of(left, "today", DAY + timedelta(days)) for days in range(20)]
    assert sorted(chain.from_iterable(days)) == left
    for word in ("0/20", "21/20", "3", "tomorrow", "1/0"):
        with pytest.raises(pytest.UsageError, match="PART is a part"):
            part_of(left, word, DAY)


@pytest.mark.parametrize(
    ("count", "most", "tried"),
    [(9, 3, [0, 4, 8]), (9, 2, [0, 8]), (3, 3, [0, 1, 2]), (2, 3, [0, 1]), (0, 2, [])],
)
def test_a_loop_goes_through_some_cases_or_all(count: int, most: int, tried: list[int]) -> None:
    with as_if(False):
        assert [*some(range(count), most)] == tried
    with as_if(True):
        assert [*some(range(count), most)] == [*range(count)]


def test_of_two_tables_each_case_is_tried_in_turn_or_with_each_of_the_other() -> None:
    with as_if(False):
        assert [in_turn("abc", number) for number in range(4)] == [["a"], ["b"], ["c"], ["a"]]
    with as_if(True):
        assert in_turn("abc", 1) == "abc"


@pytest.mark.parametrize("whole", [True, False])
def test_what_a_test_pretends_holds_for_no_later_one(whole: bool) -> None:
    before = takes_every_case()
    with as_if(whole):
        assert takes_every_case() == whole
    assert takes_every_case() == before


@pytest.mark.parametrize("count", [1, 2, 3, 4])
def test_each_module_is_compiled_by_one_process(count: int) -> None:
    modules = [Path(f"test_{number}.py") for number in range(10)]
    shares = [share(modules, number, count) for number in range(count)]
    assert list(chain.from_iterable(shares)) == modules
    assert max(map(len, shares)) - min(map(len, shares)) <= 1
