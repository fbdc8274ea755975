"""The domain knows nothing of the screen."""

import subprocess
import sys

from tests.conftest import DATA

IMPORT_ALL = """
import importlib, pkgutil, sys
import kpi
names = [one.name for one in pkgutil.walk_packages(kpi.__path__, "kpi.")]
for name in names:
    importlib.import_module(name)
print(len(names), *(name in sys.modules for name in ("streamlit", "ui", "pandas")))
"""


def test_no_module_of_kpi_imports_streamlit() -> None:
    answer = subprocess.run(
        [sys.executable, "-c", IMPORT_ALL],
        cwd=DATA.parent,
        capture_output=True,
        text=True,
        check=True,
    )
    count, streamlit, ui, pandas = answer.stdout.split()
    assert (streamlit, ui) == ("False", "False")
    assert pandas == "False"  # it takes as long to load as all of kpi
    assert int(count) >= 40  # the walk found the modules
