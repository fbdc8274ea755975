"""What begins the keys of containers that the pages' style knows (ui/keys.js)."""

import re
from pathlib import Path

_MARK = re.compile(r"\[data-key-([\w-]+)\]")


def beginnings() -> list[str]:
    """Each `kort` for which a style has `[data-key-kort]`."""
    styles = (Path(__file__).with_name(name) for name in ("spor.css", "papir.css"))
    return sorted({each for style in styles for each in _MARK.findall(style.read_text("utf-8"))})
