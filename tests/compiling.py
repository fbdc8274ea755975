"""Modules of tests are compiled once for all processes of a run, not once for each.

pytest compiles them with assertions that explain themselves and keeps that, nine seconds of a
processor for all of them. Processes that collect them in one order compile each at the same time;
so each begins with a share of its own, and has the others' when it comes to them.
"""

from contextlib import suppress
from importlib import import_module
from pathlib import Path

import pytest

_ROOT = Path(__file__).resolve().parents[1]


def compile_a_share(config: pytest.Config) -> None:
    """Imports this process's share of the modules that are to be collected."""
    # A process of xdist knows its own number, gw0 and on, and how many there are.
    worker = getattr(config, "workerinput", None)
    if worker is None:
        return
    folders = [config.rootpath / name for name in config.args if (config.rootpath / name).is_dir()]
    modules = sorted(path for folder in folders for path in folder.rglob("test_*.py"))
    number = int(worker["workerid"].removeprefix("gw"))
    for path in share(modules, number, worker["workercount"]):
        # What cannot be imported is reported when it is collected.
        with suppress(Exception):
            import_module(".".join(path.relative_to(_ROOT).with_suffix("").parts))


def share(modules: list[Path], number: int, count: int) -> list[Path]:
    """The share of one of so many processes: those that follow each other use the same packages."""
    return modules[len(modules) * number // count : len(modules) * (number + 1) // count]
