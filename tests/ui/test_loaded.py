"""What writes files is loaded with the first of them: most visitors of a server only read."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# Loads all that the pages share, and says which of these came along.
PROGRAM = """
import sys
from importlib import import_module
from pathlib import Path

HEAVY = ("pptx", "lxml", "xlsxwriter", "typst", "fontTools")
for path in sorted(Path("ui").glob("*.py")):
    if path.stem != "navigation":  # a script, not a module
        import_module(f"ui.{path.stem}")
print([name for name in HEAVY if name in sys.modules])
"""


def test_pages_load_nothing_that_only_writes_files() -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.stdout.splitlines()[-1:] == ["[]"], done.stdout + done.stderr
