"""Opens the newest version and reads it, over and over. Run as a program of its own:

    python -m tests.kpi.store.reader HOME DONE

Prints the values each time they change, until the file DONE exists.
"""

import sys
import time
from pathlib import Path

from kpi.store import open_store


def main(home: Path, done: Path) -> None:
    """Reads on until `done` exists, and once more after that."""
    before = ""
    last = False
    while not last:
        last = done.exists()
        store = open_store(home)
        values = str([row.value for row in store.series(["rate"])])
        store.close()
        if values != before:
            print(values, flush=True)
        before = values
        time.sleep(0.005)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
