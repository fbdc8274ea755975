"""The keys that sources ask for: read from the environment, and never said to anyone.

A key is in `KPI_TOKEN_NAME`, or in the file that `KPI_TOKEN_NAME_FILE` names: how systemd and
containers hand out what is secret.
"""

import os
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

from kpi.domain.errors import KpiError
from kpi.system.settings import OF_A_KEY

_FILE = "_FILE"
# A shorter one would take words out of every message.
_FEWEST_CHARACTERS = 4
_OF_ANSWERS = ("utf-8", "utf-16-le", "utf-16-be")


def setting_of(name: str) -> str:
    """The setting that has the key of a source: `KPI_TOKEN_JOBINDSATS`."""
    return OF_A_KEY + name.upper()


def token(name: str) -> str:
    """The key of a source. Raises KpiError where there is none, or its file cannot be read."""
    setting = setting_of(name)
    text = os.environ.get(setting, "").strip()
    path = os.environ.get(setting + _FILE, "").strip()
    if not text and path:
        try:
            text = _of_file(path)
        except (OSError, UnicodeDecodeError) as error:
            raise KpiError(
                "Nøglen kan ikke læses", f"Filen, som {setting}{_FILE} nævner, kan ikke læses."
            ) from error
    if not text:
        raise KpiError(
            "Nøglen mangler",
            f"Kilden kræver en nøgle. Sæt den i {setting}, eller i en fil, som {setting}{_FILE} "
            "nævner.",
        )
    if not text.isascii() or not text.isprintable() or " " in text:
        raise KpiError("Nøglen kan ikke bruges", f"{setting} har tegn, som ingen nøgle har.")
    return text


def _of_file(path: str) -> str:
    # Notepad on Windows may write a mark before it.
    return Path(path).read_text(encoding="utf-8-sig").strip()


def is_set(name: str) -> bool:
    """Whether a key of the source is set at all, be it one that nobody can read."""
    setting = setting_of(name)
    return any(os.environ.get(each, "").strip() for each in (setting, setting + _FILE))


def without_tokens(text: str) -> str:
    """A text with `***` in the place of every key known here, also as addresses write it."""
    for known in _known():
        for written in {known, quote(known, safe=""), quote(known)}:
            text = re.sub(re.escape(written), "***", text, flags=re.IGNORECASE)
    return text


def holds_token(text: str) -> bool:
    """Whether a text has a key that is known here."""
    return any(known in text for known in _known())


def line_with_token(text: str) -> int:
    """The number of the first line of a text that has a key; 0 where none has."""
    lines = enumerate(text.splitlines(), start=1)
    return next((number for number, line in lines if holds_token(line)), 0)


def content_holds_token(content: bytes) -> bool:
    """Whether an answer has a key that is known here."""
    return any(known.encode(encoding) in content for known in _known() for encoding in _OF_ANSWERS)


def _known() -> Iterator[str]:
    for name in sorted(os.environ):
        if not name.startswith(OF_A_KEY):
            continue
        text = os.environ[name].strip()
        if name.endswith(_FILE):
            # A key may be called so itself: then it names no file.
            with suppress(OSError, ValueError):
                text = _of_file(text)
        if len(text) >= _FEWEST_CHARACTERS:
            yield text
