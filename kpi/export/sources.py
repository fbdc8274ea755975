"""The sources of several figures in one line, each once."""

import re
from collections.abc import Iterable

_WORD = re.compile(r"^Kilder?: ")


def sources_line(sources: Iterable[str]) -> str:
    """`Kilder: A; B.` of exhibits' own lines; empty without any."""
    named = dict.fromkeys(
        name for source in sources for name in _WORD.sub("", source).rstrip(".").split("; ") if name
    )
    if not named:
        return ""
    return f"{'Kilde' if len(named) == 1 else 'Kilder'}: {'; '.join(named)}."
