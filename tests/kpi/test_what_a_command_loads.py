"""A command loads what it needs: never pandas, and no reader of files to list figures."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TABLE = "nøgletal;område;periode;værdi\nBeskæftigelsesfrekvens 16-64 år;Aarhus;2027;71,0\n"
# What the command does, and whether pandas is loaded (True), was looked for again and again (False)
# or is known to be absent (None).
PROGRAM = """
import sys
from kpi.cli.commands import run
try:
    run()
except SystemExit as end:
    loaded = sys.modules.get("pandas", False)
    print(loaded and True, end.code)
"""


@pytest.mark.parametrize(
    ("arguments", "loaded"),
    [
        (("show", "employment_rate", "--area", "aarhus"), False),
        (("check", "{file}", "--source", "own_upload"), None),
        (("publish", "{file}", "--source", "own_upload", "--by", "Ida", "--note", "Prøve"), None),
        (("export", "csv", "--out", "{out}"), False),
        (("init",), False),
    ],
)
def test_a_command_leaves_pandas_unloaded(
    tmp_path: Path, home: Path, arguments: tuple[str, ...], loaded: bool | None
) -> None:
    file = tmp_path / "tal.csv"
    file.write_text(TABLE, "utf-8")
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM,
         *(text.format(file=file, out=tmp_path / "ud.csv") for text in arguments)],
        cwd=ROOT, env={**os.environ, "KPI_HOME": str(home)}, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert done.stdout.splitlines()[-1:] == [f"{loaded} 0"], done.stdout + done.stderr


# Which of these the command has loaded.
LOADED = """
import sys
from kpi.cli.commands import run
try:
    run()
except SystemExit:
    print([name for name in ("duckdb", "kpi.ingest.checking", "kpi.export") if name in sys.modules])
"""


@pytest.mark.parametrize(
    ("arguments", "loaded"),
    [(("--help",), []), (("show", "--help"), []), (("show", "employment_rate"), ["duckdb"]),
     (("batches",), ["duckdb"])],
)  # fmt: skip
def test_a_command_loads_only_what_it_needs(
    home: Path, arguments: tuple[str, ...], loaded: list[str]
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", LOADED, *arguments],
        cwd=ROOT, env={**os.environ, "KPI_HOME": str(home)}, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert done.stdout.splitlines()[-1:] == [str(loaded)], done.stdout + done.stderr
