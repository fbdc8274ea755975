"""How much of the processor a group of processes has taken."""

import os
from pathlib import Path

_PROCESSES = Path("/proc")
# Of /proc/N/stat behind the name, which may hold spaces and brackets: group, user and system time.
_GROUP, _USER, _SYSTEM = 2, 11, 12


def group_seconds(group: int) -> float:
    """Seconds of the processor that the processes of a group have taken; 0 where none can be asked.

    Those of processes that have ended count only where another one of the group has waited for
    them.
    """
    ticks = 0
    for path in _PROCESSES.glob("[0-9]*/stat"):
        try:
            fields = path.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        except OSError:  # it has ended meanwhile
            continue
        if int(fields[_GROUP]) == group:
            # Its own, and those of its children that have ended.
            ticks += sum(map(int, fields[_USER : _SYSTEM + 3]))
    return ticks / os.sysconf("SC_CLK_TCK") if ticks else 0.0
