"""What DuckDB has freed goes back to the system (kpi/system/freed_memory.py)."""

import subprocess
import sys

import pytest

# In a process of its own: what other tests have left free in this one would go back with it.
_TABLE_MADE_AND_DROPPED = """
from pathlib import Path
import duckdb
from kpi.system.freed_memory import give_back_freed

def megabytes():
    (line,) = (l for l in Path("/proc/self/status").read_text().splitlines() if "VmRSS" in l)
    return int(line.split()[1]) / 1024

give_back_freed()
connection = duckdb.connect(":memory:", config={"threads": 1})
print(megabytes())
connection.execute("CREATE TABLE rows AS SELECT range AS a, range::VARCHAR AS b FROM range(400000)")
connection.execute("DROP TABLE rows")
print(megabytes())
give_back_freed()
print(megabytes())
print(connection.execute("SELECT 7").fetchall())
"""


@pytest.mark.skipif(sys.platform != "linux", reason="reads what Linux says of the process")
def test_what_a_dropped_table_took_is_given_back_and_others_go_on_reading() -> None:
    run = subprocess.run(
        [sys.executable, "-c", _TABLE_MADE_AND_DROPPED], capture_output=True, text=True, check=True
    )
    *sizes, answer = run.stdout.splitlines()
    before, dropped, given_back = (float(size) for size in sizes)
    assert dropped - before > 8, "DuckDB keeps nothing any more: then nothing has to be given back"
    assert given_back - before < (dropped - before) / 2
    assert answer == "[(7,)]"
